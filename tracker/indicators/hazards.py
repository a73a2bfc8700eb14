"""Figures of screening: units screened (家) and hazards found and resolved (件). A record with a level is a hazard."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, Filled, InPeriod, Is, KnownBy, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio, Sum

FIRMS, CASES, WORKERS, PERCENT = N_("employers"), N_("cases"), N_("persons"), "%"

SCREENED = All((InPeriod("screened_on"),))
RESOLVED = All((InPeriod("resolved_on"), Filled("level")))


def found(*parts: Condition) -> Count:
    """Hazards found in the period that also meet these."""
    return Count(both(SCREENED, Filled("level"), *parts))


HAZARDS: tuple[Indicator, ...] = (
    Indicator(key="hazards.screened", label=N_("Employers screened"), unit=FIRMS, measure=Sum("screened", SCREENED),
        definition=N_("Units screened in the period, by each screening anew.")),
    Indicator(key="hazards.found", label=N_("Hazards found"), unit=CASES, measure=found(),
        definition=N_("Hazards found by the screening of the period.")),
    Indicator(key="hazards.resolved_of_found", label=N_("Resolved of the hazards found"), unit=CASES, measure=found(KnownBy("resolved_on")),
        definition=N_("Hazards found in the period and resolved by the as-of day.")),
    Indicator(key="hazards.resolution_rate", label=N_("Resolution rate"), unit=PERCENT, measure=Ratio(found(KnownBy("resolved_on")), found()),
        definition=N_("Hazards found in the period and resolved by the as-of day, over hazards found in the period.")),
    Indicator(key="hazards.resolved", label=N_("Hazards resolved"), unit=CASES, measure=Count(RESOLVED),
        definition=N_("Hazards resolved in the period, whenever they were found.")),
    Indicator(key="hazards.major_arrears_resolved", label=N_("Major arrears hazards resolved"), unit=CASES, measure=Count(both(RESOLVED, Is("level", "major"), Is("kind", "arrears"))),
        definition=N_("Major hazards of wage arrears resolved in the period, whenever they were found.")),
    Indicator(key="hazards.workers", label=N_("Workers concerned by hazards"), unit=WORKERS, measure=Sum("workers", both(SCREENED, Filled("level"))),
        definition=N_("Workers concerned by the hazards found in the period.")),
    Indicator(key="hazards.by_level", label=N_("Hazards found by level"), unit=CASES, measure=Breakdown(found(), "level"),
        definition=N_("Hazards found in the period, by level.")),
    Indicator(key="hazards.by_kind", label=N_("Hazards found by kind"), unit=CASES, measure=Breakdown(found(), "kind"),
        definition=N_("Hazards found in the period, by kind.")),
    Indicator(key="hazards.resolved_by_level", label=N_("Hazards resolved by level"), unit=CASES, measure=Breakdown(Count(RESOLVED), "level"),
        definition=N_("Hazards resolved in the period, by level, whenever they were found.")),
)  # fmt: skip
