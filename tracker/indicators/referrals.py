"""Figures of cases referred and handed over."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, KnownBy, NotLater, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio

CASES, PERCENT = N_("cases"), "%"

SENT = All((InPeriod("sent_on"),))
HANDOVER, DUE, IN_TIME = Is("kind", "handover"), KnownBy("receive_by"), NotLater("received_on", "receive_by")


def sent(*parts: Condition) -> Count:
    """Cases sent in the period that also meet these."""
    return Count(both(SENT, *parts))


REFERRALS: tuple[Indicator, ...] = (
    Indicator(key="referrals.sent", label=N_("Cases referred"), unit=CASES, measure=sent(Is("kind", "referral")),
        definition=N_("Cases referred to others in the period; handovers within the office are left out.")),
    Indicator(key="referrals.to_police", label=N_("Cases referred to the police"), unit=CASES, measure=sent(Is("kind", "referral"), Is("recipient", "police")),
        definition=N_("Cases referred to the police in the period.")),
    Indicator(key="referrals.handovers", label=N_("Handovers of enforcement"), unit=CASES, measure=sent(HANDOVER),
        definition=N_("Handovers of enforcement begun in the period.")),
    Indicator(key="referrals.handover_on_time_rate", label=N_("Handovers in time"), unit=PERCENT, measure=Ratio(sent(HANDOVER, DUE, IN_TIME), sent(HANDOVER, DUE)),
        definition=N_("Of the handovers begun in the period whose time was over by the as-of day: those received in time.")),
    Indicator(key="referrals.received_on_time_rate", label=N_("Received in time"), unit=PERCENT, measure=Ratio(sent(DUE, IN_TIME), sent(DUE)),
        definition=N_("Of the cases sent in the period whose time was over by the as-of day: those received in time.")),
    Indicator(key="referrals.by_recipient", label=N_("Cases sent by recipient"), unit=CASES, measure=Breakdown(sent(), "recipient"),
        definition=N_("Cases sent in the period, by recipient.")),
    Indicator(key="referrals.by_result", label=N_("Cases sent by result"), unit=CASES, measure=Breakdown(sent(), "result"),
        definition=N_("Cases sent in the period, by result; those without a result are not filled in.")),
)  # fmt: skip
