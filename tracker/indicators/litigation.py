"""Figures of reconsideration and litigation. Cases settled before filing are told apart from those filed."""

from tracker.i18n import N_
from tracker.ledgers.litigation import BEFORE_FILING, CORRECTED, LAWSUIT, RECONSIDERATION
from tracker.schema.filters import All, Condition, Filled, InPeriod, Is, KnownBy, Not, NotKnownBy, OneOf, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio

CASES, PERCENT = N_("cases"), "%"

DISPUTE = OneOf("kind", ("reconsideration", "lawsuit"))
RECEIVED = All((InPeriod("filed_on"),))
CLOSED = All((InPeriod("closed_on"), DISPUTE))
HEARD = All((InPeriod("heard_on"), DISPUTE))
FILED = Not(BEFORE_FILING)
FIRST = Is("stage", "first")
ENDED, OPEN = KnownBy("closed_on"), NotKnownBy("closed_on")
JUDGED = OneOf("outcome", ("won", "lost"))


def received(*parts: Condition) -> Count:
    """Cases received in the period that also meet these."""
    return Count(both(RECEIVED, *parts))


def closed(*parts: Condition) -> Count:
    """Cases ended in the period that also meet these."""
    return Count(both(CLOSED, *parts))


SUITS = received(LAWSUIT, FILED)
CLOSED_RECONSIDERATIONS = closed(RECONSIDERATION, FILED)

LITIGATION: tuple[Indicator, ...] = (
    Indicator(key="litigation.cases", label=N_("Administrative disputes"), unit=CASES, measure=received(DISPUTE),
        definition=N_("Reconsideration and litigation cases received in the period, those settled before filing among them.")),
    Indicator(key="litigation.filed", label=N_("Reconsiderations and suits filed"), unit=CASES, measure=received(DISPUTE, FILED),
        definition=N_("Reconsideration and litigation cases received in the period, without those settled before filing.")),
    Indicator(key="litigation.reconsiderations", label=N_("Reconsiderations"), unit=CASES, measure=received(RECONSIDERATION, FILED),
        definition=N_("Reconsideration cases received in the period, without those settled before filing.")),
    Indicator(key="litigation.reconsiderations_pending", label=N_("Reconsiderations pending"), unit=CASES, measure=received(RECONSIDERATION, FILED, OPEN),
        definition=N_("Reconsideration cases received in the period and not ended by the as-of day.")),
    Indicator(key="litigation.reconsiderations_closed", label=N_("Reconsiderations ended of those received"), unit=CASES, measure=received(RECONSIDERATION, FILED, ENDED),
        definition=N_("Reconsideration cases received in the period and ended by the as-of day.")),
    Indicator(key="litigation.reconsiderations_before_filing", label=N_("Reconsiderations settled before filing"), unit=CASES, measure=received(RECONSIDERATION, BEFORE_FILING, Is("outcome", "mediated"), ENDED),
        definition=N_("Applications for reconsideration received in the period and settled by mediation before filing.")),
    Indicator(key="litigation.suits", label=N_("Suits"), unit=CASES, measure=SUITS,
        definition=N_("Suits against the office received in the period, of every instance, without those settled before filing.")),
    Indicator(key="litigation.suits_pending", label=N_("Suits without a result"), unit=CASES, measure=received(LAWSUIT, FILED, OPEN),
        definition=N_("Suits received in the period and not ended by the as-of day.")),
    Indicator(key="litigation.first_instance", label=N_("Suits of first instance"), unit=CASES, measure=received(LAWSUIT, FIRST),
        definition=N_("Suits of first instance received in the period.")),
    Indicator(key="litigation.first_instance_pending", label=N_("Suits of first instance pending"), unit=CASES, measure=received(LAWSUIT, FIRST, OPEN),
        definition=N_("Suits of first instance received in the period and not ended by the as-of day.")),
    Indicator(key="litigation.first_instance_closed", label=N_("Suits of first instance ended"), unit=CASES, measure=received(LAWSUIT, FIRST, ENDED),
        definition=N_("Suits of first instance received in the period and ended by the as-of day.")),
    Indicator(key="litigation.suits_before_filing", label=N_("Suits settled before filing"), unit=CASES, measure=received(LAWSUIT, BEFORE_FILING, Is("outcome", "mediated"), ENDED),
        definition=N_("Suits announced in the period and settled by mediation before filing.")),
    Indicator(key="litigation.lost", label=N_("Cases lost"), unit=CASES, measure=closed(FILED, Is("outcome", "lost")),
        definition=N_("Reconsideration and litigation cases ended in the period that the office lost.")),
    Indicator(key="litigation.won_share", label=N_("Share won of those judged"), unit=PERCENT, measure=Ratio(closed(LAWSUIT, FILED, Is("outcome", "won")), closed(LAWSUIT, FILED, JUDGED)),
        definition=N_("Suits won, over suits won or lost in the period.")),
    Indicator(key="litigation.won_share_of_closed", label=N_("Share won of those ended"), unit=PERCENT, measure=Ratio(closed(LAWSUIT, FILED, Is("outcome", "won")), closed(LAWSUIT, FILED)),
        definition=N_("Suits won, over all suits ended in the period, those withdrawn and dismissed among them.")),
    Indicator(key="litigation.corrected", label=N_("Acts corrected"), unit=CASES, measure=closed(RECONSIDERATION, FILED, CORRECTED),
        definition=N_("Reconsiderations ended in the period by revoking or changing the act, finding it unlawful or invalid, or ordering the office to act.")),
    Indicator(key="litigation.correction_rate_of_accepted", label=N_("Correction rate of those received"), unit=PERCENT,
        measure=Ratio(closed(RECONSIDERATION, FILED, CORRECTED), received(RECONSIDERATION, FILED)),
        definition=N_("Acts corrected by reconsideration in the period, over reconsiderations received in it.")),
    Indicator(key="litigation.correction_rate", label=N_("Correction rate"), unit=PERCENT,
        measure=Ratio(closed(RECONSIDERATION, FILED, CORRECTED), CLOSED_RECONSIDERATIONS),
        definition=N_("Acts corrected by reconsideration in the period, over reconsiderations ended in it.")),
    Indicator(key="litigation.hearings", label=N_("Cases heard in court"), unit=CASES, measure=Count(both(HEARD, LAWSUIT)),
        definition=N_("Suits heard in the period.")),
    Indicator(key="litigation.heads_in_court", label=N_("Heard with the head of the office"), unit=CASES, measure=Count(both(HEARD, LAWSUIT, Is("head_attended", 1))),
        definition=N_("Suits heard in the period with the head of the office in court.")),
    Indicator(key="litigation.head_attendance_rate", label=N_("Attendance of the head of the office"), unit=PERCENT,
        measure=Ratio(Count(both(HEARD, LAWSUIT, Is("head_attended", 1))), Count(both(HEARD, LAWSUIT))),
        definition=N_("Suits heard in the period with the head of the office in court, over suits heard in it.")),
    Indicator(key="litigation.with_counsel", label=N_("Cases with counsel"), unit=CASES, measure=received(DISPUTE, Filled("counsel")),
        definition=N_("Reconsideration and litigation cases received in the period in which counsel acts for the office.")),
    Indicator(key="litigation.reconsideration_opinions", label=N_("Reconsideration opinions"), unit=CASES, measure=Count(All((InPeriod("opinion_on"), Is("opinion", "reconsideration")))),
        definition=N_("Reconsideration opinions received in the period.")),
    Indicator(key="litigation.judicial_suggestions", label=N_("Judicial suggestions"), unit=CASES, measure=Count(All((InPeriod("opinion_on"), Is("opinion", "judicial")))),
        definition=N_("Judicial suggestions received in the period.")),
    Indicator(key="litigation.procuratorial_suggestions", label=N_("Procuratorial suggestions"), unit=CASES, measure=Count(All((InPeriod("opinion_on"), Is("opinion", "procuratorial")))),
        definition=N_("Procuratorial suggestions received in the period.")),
    Indicator(key="litigation.opinions_answered_rate", label=N_("Opinions answered"), unit=PERCENT,
        measure=Ratio(Count(All((InPeriod("opinion_on"), Filled("opinion"), KnownBy("opinion_answered_on")))), Count(All((InPeriod("opinion_on"), Filled("opinion"))))),
        definition=N_("Opinions and suggestions received in the period and answered by the as-of day, over those received.")),
    Indicator(key="litigation.suits_by_outcome", label=N_("Suits by result"), unit=CASES, measure=Breakdown(SUITS, "outcome"),
        definition=N_("Suits received in the period, by result; those without a result are not filled in.")),
    Indicator(key="litigation.by_matter", label=N_("Filed by matter"), unit=CASES, measure=Breakdown(received(DISPUTE, FILED), "matter"),
        definition=N_("Reconsideration and litigation cases received in the period, by matter, without those settled before filing.")),
)  # fmt: skip
