"""Figures of what stands below the office: bodies and people as of the period's last known day, from the register."""

from tracker.i18n import N_
from tracker.schema.filters import All, AnyOf, ByEnd, Condition, Empty, InPeriod, Is, OneOf, StillOn, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Sum

BODIES, WORKERS = N_("units"), N_("persons")

THERE = All((StillOn("ended_on"), AnyOf((Empty("founded_on"), ByEnd("founded_on")))))
"""Founded by the end of the period (or before anybody noted it) and not ended."""


def there(*parts: Condition) -> Count:
    """Organisations on the register at the end of the period that also meet these."""
    return Count(both(THERE, *parts))


def of_kind(kind: str, *parts: Condition) -> Count:
    """Organisations of a kind on the register at the end of the period."""
    return there(Is("kind", kind), *parts)


ENTERPRISES, TOWNS = ("enterprise", "institution"), ("township", "subdistrict", "community", "village")

ORGANISATIONS: tuple[Indicator, ...] = (
    Indicator(key="organisations.all", label=N_("Organisations on the register"), unit=BODIES, measure=there(),
        definition=N_("Organisations founded by the period's last known day and not ended before it.")),
    Indicator(key="organisations.founded", label=N_("Organisations founded"), unit=BODIES, measure=Count(InPeriod("founded_on")),
        definition=N_("Organisations founded in the period.")),
    Indicator(key="organisations.mediation_bodies", label=N_("Mediation bodies"), unit=BODIES, measure=of_kind("mediation"),
        definition=N_("Mediation bodies on the register on the period's last known day.")),
    Indicator(key="organisations.mediation_by_level", label=N_("Mediation bodies by level"), unit=BODIES, measure=Breakdown(of_kind("mediation"), "level"),
        definition=N_("Mediation bodies on the register on the period's last known day, by level.")),
    Indicator(key="organisations.enterprise_bodies", label=N_("Mediation bodies of enterprises and institutions"), unit=BODIES, measure=of_kind("mediation", OneOf("level", ENTERPRISES)),
        definition=N_("Mediation bodies of enterprises and public institutions on the period's last known day.")),
    Indicator(key="organisations.local_bodies", label=N_("Mediation bodies of towns and villages"), unit=BODIES, measure=of_kind("mediation", OneOf("level", TOWNS)),
        definition=N_("Mediation bodies of townships, subdistricts, communities and villages on the period's last known day.")),
    Indicator(key="organisations.grid_units", label=N_("Grid units"), unit=BODIES, measure=of_kind("grid"),
        definition=N_("Supervision grid units on the period's last known day.")),
    Indicator(key="organisations.grid_by_level", label=N_("Grid units by level"), unit=BODIES, measure=Breakdown(of_kind("grid"), "level"),
        definition=N_("Supervision grid units on the period's last known day, by level.")),
    Indicator(key="organisations.platforms_by_level", label=N_("Service platforms by level"), unit=BODIES, measure=Breakdown(of_kind("platform"), "level"),
        definition=N_("Grassroots service platforms on the period's last known day, by level.")),
    Indicator(key="organisations.stations", label=N_("Labour security stations"), unit=BODIES, measure=of_kind("station"),
        definition=N_("Labour security stations in use on the period's last known day.")),
    Indicator(key="organisations.tribunals", label=N_("Digital tribunals"), unit=BODIES, measure=of_kind("tribunal"),
        definition=N_("Digital tribunals on the period's last known day.")),
    Indicator(key="organisations.tribunals_by_grade", label=N_("Digital tribunals by grade"), unit=BODIES, measure=Breakdown(of_kind("tribunal"), "grade"),
        definition=N_("Digital tribunals on the period's last known day, by grade.")),
    Indicator(key="organisations.groups", label=N_("Work chat groups"), unit=BODIES, measure=of_kind("group"),
        definition=N_("Work chat groups on the period's last known day.")),
    Indicator(key="organisations.mediators", label=N_("Mediators"), unit=WORKERS, measure=Sum("mediators", THERE),
        definition=N_("Mediators of the organisations on the register on the period's last known day.")),
    Indicator(key="organisations.supervisors", label=N_("Labour security supervisors"), unit=WORKERS, measure=Sum("supervisors", THERE),
        definition=N_("Labour security supervisors of the organisations on the register on the period's last known day.")),
    Indicator(key="organisations.administrators", label=N_("Labour security administrators"), unit=WORKERS, measure=Sum("administrators", THERE),
        definition=N_("Labour security administrators of the organisations on the register on the period's last known day.")),
    Indicator(key="organisations.coordinators", label=N_("Labour relations coordinators"), unit=WORKERS, measure=Sum("coordinators", THERE),
        definition=N_("Labour relations coordinators of the organisations on the register on the period's last known day.")),
)  # fmt: skip
