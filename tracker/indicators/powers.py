"""Figures of the list of powers: what is in force on the period's last known day, and what changed in it."""

from tracker.i18n import N_
from tracker.schema.filters import (
    All,
    AnyOf,
    BeforePeriod,
    ByEnd,
    Condition,
    Empty,
    InPeriod,
    Is,
    NotBeforePeriod,
    StillOn,
    both,
)
from tracker.schema.indicator import Breakdown, Count, Indicator

ITEMS = N_("items of power")

IN_FORCE = All((StillOn("valid_until"), AnyOf((Empty("valid_from"), ByEnd("valid_from")))))
AT_BEGIN = All((NotBeforePeriod("valid_until"), AnyOf((Empty("valid_from"), BeforePeriod("valid_from")))))
ENDED = All((InPeriod("valid_until"),))


def in_force(*parts: Condition) -> Count:
    """Items in force at the end of the period that also meet these."""
    return Count(both(IN_FORCE, *parts))


POWERS: tuple[Indicator, ...] = (
    Indicator(key="powers.in_force", label=N_("Items in force"), unit=ITEMS, measure=in_force(),
        definition=N_("Items in force on the period's last known day.")),
    Indicator(key="powers.at_begin", label=N_("Items in force before"), unit=ITEMS, measure=Count(AT_BEGIN),
        definition=N_("Items in force when the period began.")),
    Indicator(key="powers.cancelled", label=N_("Items cancelled"), unit=ITEMS, measure=Count(both(ENDED, Is("ended_by", "cancelled"))),
        definition=N_("Items that ended in the period because they were cancelled.")),
    Indicator(key="powers.merged", label=N_("Items merged"), unit=ITEMS, measure=Count(both(ENDED, Is("ended_by", "merged"))),
        definition=N_("Items that ended in the period because they were merged into another.")),
    Indicator(key="powers.services", label=N_("Government service items"), unit=ITEMS, measure=in_force(Is("service", 1)),
        definition=N_("Government service items in force on the period's last known day.")),
    Indicator(key="powers.penalties", label=N_("Powers to penalise"), unit=ITEMS, measure=in_force(Is("kind", "penalty")),
        definition=N_("Powers to penalise in force on the period's last known day.")),
    Indicator(key="powers.simplified", label=N_("Procedures simplified"), unit=ITEMS, measure=Count(InPeriod("simplified_on")),
        definition=N_("Items whose procedure was simplified in the period.")),
    Indicator(key="powers.optimised", label=N_("Flows optimised"), unit=ITEMS, measure=Count(InPeriod("optimised_on")),
        definition=N_("Items whose flow was optimised in the period.")),
    Indicator(key="powers.one_thing_lead", label=N_("Joint services led"), unit=ITEMS, measure=in_force(Is("one_thing_role", "lead")),
        definition=N_("Items in force with which the office leads a joint service (一件事).")),
    Indicator(key="powers.one_thing_assist", label=N_("Joint services assisted"), unit=ITEMS, measure=in_force(Is("one_thing_role", "assist")),
        definition=N_("Items in force with which the office assists a joint service (一件事).")),
    Indicator(key="powers.by_kind", label=N_("Items by kind"), unit=ITEMS, measure=Breakdown(in_force(), "kind"),
        definition=N_("Items in force on the period's last known day, by kind.")),
)  # fmt: skip
