"""Figures of talks with employers: talks (次), employers called in (家) and what was paid afterwards are three things."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, both
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Sum

TALKS, FIRMS, WORKERS, YUAN = N_("talks held"), N_("employers"), N_("persons"), N_("yuan")

HELD = All((InPeriod("held_on"),))


def held(*parts: Condition) -> Count:
    """Talks held in the period that also meet these."""
    return Count(both(HELD, *parts))


INTERVIEWS: tuple[Indicator, ...] = (
    Indicator(key="interviews.held", label=N_("Talks held"), unit=TALKS, measure=held(),
        definition=N_("Talks with employers held in the period.")),
    Indicator(key="interviews.employers", label=N_("Employers called in"), unit=FIRMS, measure=Distinct("employer", HELD),
        definition=N_("Different employers among the talks of the period.")),
    Indicator(key="interviews.arrears", label=N_("Talks about arrears"), unit=TALKS, measure=held(Is("reason", "arrears")),
        definition=N_("Talks held in the period because of wage arrears.")),
    Indicator(key="interviews.collective", label=N_("Talks about collective disputes"), unit=TALKS, measure=held(Is("reason", "collective")),
        definition=N_("Talks held in the period because of a collective dispute.")),
    Indicator(key="interviews.paid_workers", label=N_("Workers paid after talks"), unit=WORKERS, measure=Sum("paid_workers", HELD),
        definition=N_("Workers who were paid after the talks of the period.")),
    Indicator(key="interviews.paid_amount", label=N_("Amount paid after talks"), unit=YUAN, measure=Sum("paid_amount", HELD),
        definition=N_("Amounts paid to workers after the talks of the period.")),
    Indicator(key="interviews.by_reason", label=N_("Talks by reason"), unit=TALKS, measure=Breakdown(held(), "reason"),
        definition=N_("Talks held in the period, by reason.")),
)  # fmt: skip
