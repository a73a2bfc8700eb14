"""Figures of petitions. Items (件) and persons (人次) are never added to each other."""

from tracker.i18n import N_
from tracker.ledgers.petitions import COLLECTIVE_VISIT, ENDED_BY_NOTICE
from tracker.schema.filters import All, Condition, Filled, InPeriod, Is, KnownBy, Not, NotLater, OneOf, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Ratio, Sum

ITEMS, PERSONS, PERCENT = N_("items"), N_("visits in persons"), "%"

RECEIVED = All((InPeriod("received_on"),))
CLOSED = KnownBy("closed_on")
VALID = Not(ENDED_BY_NOTICE)
WRITTEN = Not(Is("channel", "hotline"))
NATIONAL = Is("channel", "national")
RATED = OneOf("satisfaction", ("satisfied", "basically", "dissatisfied"))


def received(*parts: Condition) -> Count:
    """Petitions registered in the period that also meet these."""
    return Count(both(RECEIVED, *parts))


PETITIONS: tuple[Indicator, ...] = (
    Indicator(key="petitions.received", label=N_("Petitions received"), unit=ITEMS, measure=received(),
        definition=N_("Petitions registered in the period.")),
    Indicator(key="petitions.persons", label=N_("Petitioners received"), unit=PERSONS, measure=Sum("persons", RECEIVED),
        definition=N_("Persons of the petitions registered in the period.")),
    Indicator(key="petitions.visits", label=N_("Visitors"), unit=PERSONS, measure=Sum("persons", both(RECEIVED, Is("channel", "visit"))),
        definition=N_("Persons of the petitions registered in the period that came by visit.")),
    Indicator(key="petitions.closed_of_received", label=N_("Completed of those received"), unit=ITEMS, measure=received(CLOSED),
        definition=N_("Petitions registered in the period and completed by the as-of day.")),
    Indicator(key="petitions.completion_rate", label=N_("Completion rate"), unit=PERCENT, measure=Ratio(received(CLOSED), received()),
        definition=N_("Petitions registered in the period and completed by the as-of day, over petitions registered in the period.")),
    Indicator(key="petitions.decided_on_time_rate", label=N_("Notified in time"), unit=PERCENT,
        measure=Ratio(
            received(KnownBy("received_on", within=15), NotLater("decided_on", "received_on", plus=15)),
            received(KnownBy("received_on", within=15)),
        ),
        definition=N_("Of the petitions registered in the period whose 15 days were over by the as-of day: those notified within 15 days of registration, days off not rolled.")),
    Indicator(key="petitions.on_time_rate", label=N_("Completed in time"), unit=PERCENT,
        measure=Ratio(received(CLOSED, Filled("due_on"), NotLater("closed_on", "due_on")), received(CLOSED, Filled("due_on"))),
        definition=N_("Of the petitions registered in the period, completed by the as-of day and with a due day: those completed on or before it.")),
    Indicator(key="petitions.rated", label=N_("Petitions rated"), unit=ITEMS, measure=received(RATED),
        definition=N_("Petitions registered in the period that the petitioner rated; a rating has no day of its own.")),
    Indicator(key="petitions.satisfaction_rate", label=N_("Satisfaction rate"), unit=PERCENT,
        measure=Ratio(received(OneOf("satisfaction", ("satisfied", "basically"))), received(RATED)),
        definition=N_("Satisfied and basically satisfied, over petitions registered in the period that were rated, never over all.")),
    Indicator(key="petitions.repeated", label=N_("Repeated petitions"), unit=ITEMS, measure=received(Is("repeated", 1)),
        definition=N_("Petitions registered in the period and marked as repeated.")),
    Indicator(key="petitions.collective_visits", label=N_("Collective visits"), unit=ITEMS, measure=received(COLLECTIVE_VISIT),
        definition=N_("Visits of 5 persons or more registered in the period (Regulations on Petitions, Art 20).")),
    Indicator(key="petitions.by_subject", label=N_("Persons by subject"), unit=PERSONS, measure=Breakdown(Sum("persons", RECEIVED), "subject"),
        definition=N_("Persons of the petitions registered in the period, by subject.")),
    Indicator(key="petitions.by_channel", label=N_("Petitions by channel"), unit=ITEMS, measure=Breakdown(received(), "channel"),
        definition=N_("Petitions registered in the period, by channel.")),
    Indicator(key="petitions.completion_rate_of_valid", label=N_("Completion rate of valid petitions"), unit=PERCENT, measure=Ratio(received(VALID, CLOSED), received(VALID)),
        definition=N_("Petitions registered in the period and completed by the as-of day, over those registered less those not taken up or passed on, in both parts.")),
    Indicator(key="petitions.without_hotline", label=N_("Petitions without hotline orders"), unit=ITEMS, measure=received(WRITTEN),
        definition=N_("Petitions registered in the period, orders of the hotline and its platform left out.")),
    Indicator(key="petitions.without_hotline_closed", label=N_("Completed without hotline orders"), unit=ITEMS, measure=received(WRITTEN, CLOSED),
        definition=N_("Petitions registered in the period and completed by the as-of day, orders of the hotline and its platform left out.")),
    Indicator(key="petitions.without_hotline_completion_rate", label=N_("Completion rate without hotline orders"), unit=PERCENT, measure=Ratio(received(WRITTEN, CLOSED), received(WRITTEN)),
        definition=N_("Petitions registered in the period and completed by the as-of day, over those registered, orders of the hotline and its platform left out of both.")),
    Indicator(key="petitions.national_satisfaction_rate", label=N_("Satisfaction with national petitions"), unit=PERCENT,
        measure=Ratio(received(NATIONAL, OneOf("satisfaction", ("satisfied", "basically"))), received(NATIONAL, RATED)),
        definition=N_("Satisfied and basically satisfied, over petitions of the national bureau registered in the period that were rated, never over all.")),
)  # fmt: skip
