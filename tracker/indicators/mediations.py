"""Figures of grassroots mediation, in the terms of the return on mediation bodies (人社统MA1)."""

from tracker.i18n import N_
from tracker.ledgers.mediations import SUCCEEDED
from tracker.schema.filters import All, Condition, Filled, InPeriod, Is, KnownBy, Not, NotLater, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio, Sum, Total

CASES, WORKERS, YUAN, PERCENT = N_("cases"), N_("persons"), N_("yuan"), "%"

REGISTERED = All((InPeriod("registered_on"),))
ACCEPTED = All((InPeriod("accepted_on"),))
ENDED = All((InPeriod("closed_on"),))
GRASSROOTS = Not(Is("before_filing", 1))


def registered(*parts: Condition) -> Count:
    """Disputes registered in the period that also meet these."""
    return Count(both(REGISTERED, *parts))


def ended(*parts: Condition) -> Count:
    """Mediations ended in the period that also meet these."""
    return Count(both(ENDED, *parts))


ARBITRATED = Count(All((InPeriod("accepted_on"),)), ledger="disputes")

MEDIATIONS: tuple[Indicator, ...] = (
    Indicator(key="mediations.registered", label=N_("Disputes registered for mediation"), unit=CASES, measure=registered(),
        definition=N_("Disputes that mediation bodies registered in the period.")),
    Indicator(key="mediations.accepted", label=N_("Mediations accepted"), unit=CASES, measure=Count(ACCEPTED),
        definition=N_("Disputes that mediation bodies accepted in the period.")),
    Indicator(key="mediations.ended", label=N_("Mediations ended"), unit=CASES, measure=ended(),
        definition=N_("Mediations that ended in the period, with whatever result.")),
    Indicator(key="mediations.resolved", label=N_("Disputes settled by mediation bodies"), unit=CASES, measure=ended(SUCCEEDED),
        definition=N_("Mediations that ended in the period with an agreement or a settlement between the parties.")),
    Indicator(key="mediations.transferred", label=N_("Passed on to arbitration"), unit=CASES, measure=ended(Is("outcome", "transferred")),
        definition=N_("Mediations that ended in the period because the dispute was passed on to arbitration.")),
    Indicator(key="mediations.success_rate", label=N_("Success rate of mediation"), unit=PERCENT, measure=Ratio(ended(SUCCEEDED), ended()),
        definition=N_("Agreements and settlements, over all mediations ended in the period, those failed, withdrawn and passed on among them."),
        source="人社统MA1"),
    Indicator(key="mediations.on_time_rate", label=N_("Mediations ended in time"), unit=PERCENT,
        measure=Ratio(ended(NotLater("closed_on", "due_on")), ended(Filled("due_on"))),
        definition=N_("Of the mediations ended in the period that have a due day: those ended on or before it.")),
    Indicator(key="mediations.grassroots_rate", label=N_("Share settled at the grassroots"), unit=PERCENT,
        measure=Ratio(ended(GRASSROOTS, SUCCEEDED), Total((ended(GRASSROOTS, SUCCEEDED), ARBITRATED))),
        definition=N_("Disputes that grassroots bodies settled in the period, over these and the disputes accepted by arbitration in it; mediation by arbitration before filing is left out.")),
    Indicator(key="mediations.before_filing", label=N_("Mediated by arbitration before filing"), unit=CASES, measure=ended(Is("before_filing", 1)),
        definition=N_("Mediations by the arbitration office before filing that ended in the period.")),
    Indicator(key="mediations.before_filing_agreed", label=N_("Agreed before filing"), unit=CASES, measure=ended(Is("before_filing", 1), SUCCEEDED),
        definition=N_("Mediations by the arbitration office before filing that ended in the period with an agreement or a settlement.")),
    Indicator(key="mediations.confirmed", label=N_("Agreements confirmed by arbitration"), unit=CASES, measure=Count(InPeriod("confirmed_on")),
        definition=N_("Mediation agreements that the arbitration commission reviewed and confirmed in the period.")),
    Indicator(key="mediations.closed_of_registered", label=N_("Ended of those registered"), unit=CASES, measure=registered(KnownBy("closed_on")),
        definition=N_("Disputes registered in the period whose mediation had ended by the as-of day.")),
    Indicator(key="mediations.workers", label=N_("Workers in mediations"), unit=WORKERS, measure=Sum("workers", REGISTERED),
        definition=N_("Workers of the disputes registered in the period.")),
    Indicator(key="mediations.settled_amount", label=N_("Amounts agreed"), unit=YUAN, measure=Sum("settled_amount", ENDED),
        definition=N_("Amounts agreed in mediations that ended in the period.")),
    Indicator(key="mediations.by_outcome", label=N_("Mediations by result"), unit=CASES, measure=Breakdown(ended(), "outcome"),
        definition=N_("Mediations that ended in the period, by result.")),
    Indicator(key="mediations.by_body", label=N_("Registered by kind of body"), unit=CASES, measure=Breakdown(registered(), "body_kind"),
        definition=N_("Disputes registered in the period, by kind of mediation body.")),
    Indicator(key="mediations.by_cause", label=N_("Registered by main cause"), unit=CASES, measure=Breakdown(registered(), "cause"),
        definition=N_("Disputes registered in the period, each counted once, by its first cause.")),
)  # fmt: skip
