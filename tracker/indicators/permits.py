"""Figures of permits: by the day of the decision. Enterprises (家) and decisions (件) are two things."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, KnownBy, NotLater, both
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Ratio

PIECES, FIRMS, PERCENT = N_("permits"), N_("enterprises"), "%"

RECEIVED, DECIDED = All((InPeriod("received_on"),)), All((InPeriod("decided_on"),))
GRANTED = both(DECIDED, Is("result", "granted"))


def granted(*parts: Condition) -> Count:
    """Permits granted in the period that also meet these."""
    return Count(both(GRANTED, *parts))


HOURS, DISPATCH = Is("kind", "special_hours"), Is("kind", "dispatch")

PERMITS: tuple[Indicator, ...] = (
    Indicator(key="permits.received", label=N_("Permit applications taken up"), unit=PIECES, measure=Count(RECEIVED),
        definition=N_("Permit applications taken up in the period.")),
    Indicator(key="permits.decided", label=N_("Permits decided"), unit=PIECES, measure=Count(DECIDED),
        definition=N_("Permit applications decided in the period, whatever the decision.")),
    Indicator(key="permits.granted", label=N_("Permits granted"), unit=PIECES, measure=granted(),
        definition=N_("Permits granted in the period.")),
    Indicator(key="permits.special_hours", label=N_("Enterprises permitted special hours"), unit=FIRMS, measure=Distinct("enterprise", both(GRANTED, HOURS)),
        definition=N_("Different enterprises that were permitted special working hours in the period.")),
    Indicator(key="permits.dispatch", label=N_("Labour dispatch permits decided"), unit=PIECES, measure=granted(DISPATCH),
        definition=N_("Labour dispatch applications granted in the period: new, changed, renewed, cancelled, moved.")),
    Indicator(key="permits.dispatch_by_action", label=N_("Labour dispatch permits by action"), unit=PIECES, measure=Breakdown(granted(DISPATCH), "action"),
        definition=N_("Labour dispatch applications granted in the period, by what was applied for.")),
    Indicator(key="permits.on_time_rate", label=N_("Permits decided in time"), unit=PERCENT, measure=Ratio(Count(both(DECIDED, NotLater("decided_on", "due_on"))), Count(DECIDED)),
        definition=N_("Permits decided on or before their due day, over those decided in the period.")),
    Indicator(key="permits.published_rate", label=N_("Share of permits published"), unit=PERCENT, measure=Ratio(granted(KnownBy("published_on")), granted()),
        definition=N_("Permits granted in the period and published by the as-of day, over those granted.")),
    Indicator(key="permits.by_kind", label=N_("Permits granted by kind"), unit=PIECES, measure=Breakdown(granted(), "kind"),
        definition=N_("Permits granted in the period, by kind.")),
)  # fmt: skip
