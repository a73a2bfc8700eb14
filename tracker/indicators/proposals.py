"""Figures of deputies' suggestions and proposals: by the day of assignment."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, KnownBy, NotLater, OneOf, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio

PIECES, PERCENT = N_("proposals"), "%"

ASSIGNED = All((InPeriod("received_on"),))
DEPUTY, COMMITTEE = Is("kind", "deputy"), Is("kind", "committee")
SESSION, BETWEEN = Is("session", "session"), Is("session", "between")
LEAD, ASSIST = Is("role", "lead"), Is("role", "assist")
ANSWERED = KnownBy("answered_on")
RATED = OneOf("satisfaction", ("satisfied", "basically", "dissatisfied"))


def assigned(*parts: Condition) -> Count:
    """Proposals assigned in the period that also meet these."""
    return Count(both(ASSIGNED, *parts))


PROPOSALS: tuple[Indicator, ...] = (
    Indicator(key="proposals.received", label=N_("Proposals assigned"), unit=PIECES, measure=assigned(),
        definition=N_("Suggestions and proposals assigned in the period.")),
    Indicator(key="proposals.deputies", label=N_("Deputies' suggestions assigned"), unit=PIECES, measure=assigned(DEPUTY),
        definition=N_("Deputies' suggestions assigned in the period, made in session or between sessions.")),
    Indicator(key="proposals.deputies_session", label=N_("Deputies' suggestions of the session"), unit=PIECES, measure=assigned(DEPUTY, SESSION),
        definition=N_("Deputies' suggestions assigned in the period that were made during the session.")),
    Indicator(key="proposals.deputies_lead", label=N_("Deputies' suggestions of the session: lead"), unit=PIECES, measure=assigned(DEPUTY, SESSION, LEAD),
        definition=N_("Of the suggestions of the session, those in which the office leads.")),
    Indicator(key="proposals.deputies_assist", label=N_("Deputies' suggestions of the session: assist"), unit=PIECES, measure=assigned(DEPUTY, SESSION, ASSIST),
        definition=N_("Of the suggestions of the session, those in which the office assists.")),
    Indicator(key="proposals.deputies_between", label=N_("Deputies' suggestions between sessions"), unit=PIECES, measure=assigned(DEPUTY, BETWEEN),
        definition=N_("Deputies' suggestions assigned in the period that were made between sessions.")),
    Indicator(key="proposals.deputies_between_lead", label=N_("Deputies' suggestions between sessions: lead"), unit=PIECES, measure=assigned(DEPUTY, BETWEEN, LEAD),
        definition=N_("Of the suggestions made between sessions, those in which the office leads.")),
    Indicator(key="proposals.committee", label=N_("Consultative conference proposals assigned"), unit=PIECES, measure=assigned(COMMITTEE),
        definition=N_("Proposals of the consultative conference assigned in the period.")),
    Indicator(key="proposals.committee_lead", label=N_("Consultative conference proposals: lead"), unit=PIECES, measure=assigned(COMMITTEE, LEAD),
        definition=N_("Of the proposals of the consultative conference, those in which the office leads.")),
    Indicator(key="proposals.committee_assist", label=N_("Consultative conference proposals: assist"), unit=PIECES, measure=assigned(COMMITTEE, ASSIST),
        definition=N_("Of the proposals of the consultative conference, those in which the office assists.")),
    Indicator(key="proposals.answer_rate", label=N_("Share of proposals answered"), unit=PERCENT, measure=Ratio(assigned(ANSWERED), assigned()),
        definition=N_("Proposals assigned in the period and answered by the as-of day, over those assigned.")),
    Indicator(key="proposals.on_time_rate", label=N_("Proposals answered in time"), unit=PERCENT, measure=Ratio(assigned(ANSWERED, NotLater("answered_on", "due_on")), assigned(ANSWERED)),
        definition=N_("Proposals assigned in the period and answered on or before their due day, over those answered by the as-of day.")),
    Indicator(key="proposals.satisfaction_rate", label=N_("Satisfaction with replies"), unit=PERCENT, measure=Ratio(assigned(OneOf("satisfaction", ("satisfied", "basically"))), assigned(RATED)),
        definition=N_("Satisfied and basically satisfied, over proposals assigned in the period that were rated.")),
    Indicator(key="proposals.by_grade", label=N_("Proposals by grade of the reply"), unit=PIECES, measure=Breakdown(assigned(), "grade"),
        definition=N_("Proposals assigned in the period, by grade of the reply.")),
)  # fmt: skip
