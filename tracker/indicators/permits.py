"""Figures of administrative permits, which count in the period in which they were decided."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, KnownBy, NotLater, both
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Ratio, Sum

CASES, FIRMS, WORKERS, PERCENT = N_("cases"), N_("employers"), N_("persons"), "%"

DECIDED = All((InPeriod("decided_on"),))
GRANTED, HOURS, DISPATCH = Is("decision", "granted"), Is("kind", "special_hours"), Is("kind", "dispatch")


def decided(*parts: Condition) -> Count:
    """Permits decided in the period that also meet these."""
    return Count(both(DECIDED, *parts))


PERMITS: tuple[Indicator, ...] = (
    Indicator(key="permits.accepted", label=N_("Applications for permits accepted"), unit=CASES, measure=Count(InPeriod("accepted_on")),
        definition=N_("Applications for permits accepted in the period.")),
    Indicator(key="permits.decided", label=N_("Permits decided"), unit=CASES, measure=decided(),
        definition=N_("Applications for permits decided in the period, whatever the decision.")),
    Indicator(key="permits.granted", label=N_("Permits granted"), unit=CASES, measure=decided(GRANTED),
        definition=N_("Permits granted in the period.")),
    Indicator(key="permits.special_hours", label=N_("Permits for special hours"), unit=CASES, measure=decided(HOURS, GRANTED),
        definition=N_("Permits for special working hours granted in the period.")),
    Indicator(key="permits.special_hours_employers", label=N_("Employers with special hours"), unit=FIRMS, measure=Distinct("employer", both(DECIDED, HOURS, GRANTED)),
        definition=N_("Different employers that were granted special working hours in the period.")),
    Indicator(key="permits.special_hours_workers", label=N_("Workers on special hours"), unit=WORKERS, measure=Sum("workers", both(DECIDED, HOURS, GRANTED)),
        definition=N_("Workers for whom special hours were granted in the period.")),
    Indicator(key="permits.dispatch", label=N_("Labour dispatch permits"), unit=CASES, measure=decided(DISPATCH, GRANTED),
        definition=N_("Labour dispatch matters granted in the period: new permits, changes, renewals, cancellations and moves.")),
    Indicator(key="permits.dispatch_by_action", label=N_("Labour dispatch permits by matter"), unit=CASES, measure=Breakdown(decided(DISPATCH, GRANTED), "action"),
        definition=N_("Labour dispatch matters granted in the period, by matter.")),
    Indicator(key="permits.on_time_rate", label=N_("Permits decided in time"), unit=PERCENT, measure=Ratio(decided(NotLater("decided_on", "due_on")), decided()),
        definition=N_("Permits decided on or before their due day, over permits decided in the period.")),
    Indicator(key="permits.published_on_time_rate", label=N_("Permits published in time"), unit=PERCENT,
        measure=Ratio(decided(KnownBy("publish_by"), NotLater("published_on", "publish_by")), decided(KnownBy("publish_by"))),
        definition=N_("Of the permits decided in the period whose seven working days were over by the as-of day: those published within them.")),
    Indicator(key="permits.by_kind", label=N_("Permits by kind"), unit=CASES, measure=Breakdown(decided(), "kind"),
        definition=N_("Permits decided in the period, by kind.")),
)  # fmt: skip
