"""Figures of the register of employers, as of the period's last known day."""

from tracker.i18n import N_
from tracker.schema.filters import All, AnyOf, ByEnd, Empty, StillOn
from tracker.schema.indicator import Breakdown, Count, Indicator, Sum

FIRMS, WORKERS = N_("employers"), N_("persons")

THERE = All((StillOn("ended_on"), AnyOf((Empty("founded_on"), ByEnd("founded_on")))))

EMPLOYERS: tuple[Indicator, ...] = (
    Indicator(key="employers.registered", label=N_("Employers on the register"), unit=FIRMS, measure=Count(THERE),
        definition=N_("Employers founded by the period's last known day, or of whom nobody noted when, and not closed down before it.")),
    Indicator(key="employers.workers", label=N_("Workers of the employers"), unit=WORKERS, measure=Sum("workers", THERE),
        definition=N_("Workers of the employers on the register on the period's last known day.")),
    Indicator(key="employers.by_sector", label=N_("Employers by sector"), unit=FIRMS, measure=Breakdown(Count(THERE), "sector"),
        definition=N_("Employers on the register on the period's last known day, by sector.")),
    Indicator(key="employers.by_size", label=N_("Employers by size"), unit=FIRMS, measure=Breakdown(Count(THERE), "size"),
        definition=N_("Employers on the register on the period's last known day, by size.")),
    Indicator(key="employers.by_grade", label=N_("Employers by grade"), unit=FIRMS, measure=Breakdown(Count(THERE), "credit_grade"),
        definition=N_("Employers on the register on the period's last known day, by grade of law-abidingness.")),
)  # fmt: skip
