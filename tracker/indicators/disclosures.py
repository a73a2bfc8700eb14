"""Figures of open government information: items made public (条) and applications (件)."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, KnownBy, NotLater, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio, Sum

PIECES, APPLICATIONS, PERCENT = N_("pieces"), N_("applications"), "%"

DATED, ANSWERED = All((InPeriod("received_on"),)), All((InPeriod("answered_on"),))
PROACTIVE, APPLIED = both(DATED, Is("kind", "proactive")), both(DATED, Is("kind", "application"))


def applied(*parts: Condition) -> Count:
    """Applications of the period that also meet these."""
    return Count(both(APPLIED, *parts))


DISCLOSURES: tuple[Indicator, ...] = (
    Indicator(key="disclosures.proactive", label=N_("Information made public"), unit=PIECES, measure=Sum("items", PROACTIVE),
        definition=N_("Items of information made public in the period of the office's own accord.")),
    Indicator(key="disclosures.procedures", label=N_("Procedures made public"), unit=PIECES, measure=Sum("items", both(PROACTIVE, Is("category", "procedure"))),
        definition=N_("Procedures and flow charts made public in the period.")),
    Indicator(key="disclosures.penalties", label=N_("Penalty decisions made public"), unit=PIECES, measure=Sum("items", both(PROACTIVE, Is("category", "penalties"))),
        definition=N_("Penalty decisions made public in the period.")),
    Indicator(key="disclosures.applications", label=N_("Applications for information"), unit=APPLICATIONS, measure=applied(),
        definition=N_("Applications for information received in the period.")),
    Indicator(key="disclosures.answered_of_received", label=N_("Applications answered"), unit=APPLICATIONS, measure=applied(KnownBy("answered_on")),
        definition=N_("Applications for information received in the period and answered by the as-of day.")),
    Indicator(key="disclosures.answer_rate", label=N_("Share of applications answered"), unit=PERCENT, measure=Ratio(applied(KnownBy("answered_on")), applied()),
        definition=N_("Applications received in the period and answered by the as-of day, over those received.")),
    Indicator(key="disclosures.on_time_rate", label=N_("Applications answered in time"), unit=PERCENT, measure=Ratio(Count(both(ANSWERED, Is("kind", "application"), NotLater("answered_on", "due_on"))), Count(both(ANSWERED, Is("kind", "application")))),
        definition=N_("Applications answered on or before their due day, over those answered in the period.")),
    Indicator(key="disclosures.by_category", label=N_("Information made public by category"), unit=PIECES, measure=Breakdown(Sum("items", PROACTIVE), "category"),
        definition=N_("Items made public in the period, by category.")),
    Indicator(key="disclosures.by_result", label=N_("Answers by result"), unit=APPLICATIONS, measure=Breakdown(applied(KnownBy("answered_on")), "result"),
        definition=N_("Applications of the period that are answered, by result.")),
)  # fmt: skip
