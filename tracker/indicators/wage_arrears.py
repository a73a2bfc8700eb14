"""Figures of wage arrears: some over cases received in the period, some over cases closed in it, as each definition says."""

from tracker.i18n import N_
from tracker.schema.filters import All, AtLeast, Condition, InPeriod, Is, KnownBy, NotLater, both
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Ratio, Sum

CASES, WORKERS, YUAN, FIRMS, PERCENT = N_("cases"), N_("persons"), N_("yuan"), N_("employers"), "%"

RECEIVED = All((InPeriod("received_on"),))
CLOSED = All((InPeriod("closed_on"),))


def received(*parts: Condition) -> Count:
    """Cases received in the period that also meet these."""
    return Count(both(RECEIVED, *parts))


def closed(*parts: Condition) -> Count:
    """Cases closed in the period that also meet these."""
    return Count(both(CLOSED, *parts))


WAGE_ARREARS: tuple[Indicator, ...] = (
    Indicator(key="wage_arrears.received", label=N_("Wage arrears cases received"), unit=CASES, measure=received(),
        definition=N_("Wage arrears cases received in the period.")),
    Indicator(key="wage_arrears.closed_of_received", label=N_("Closed of the cases received"), unit=CASES, measure=received(KnownBy("closed_on")),
        definition=N_("Wage arrears cases received in the period and closed by the as-of day.")),
    Indicator(key="wage_arrears.closure_rate", label=N_("Closure rate of wage arrears"), unit=PERCENT, measure=Ratio(received(KnownBy("closed_on")), received()),
        definition=N_("Wage arrears cases received in the period and closed by the as-of day, over those received in the period.")),
    Indicator(key="wage_arrears.migrant_cases", label=N_("Cases of migrant workers"), unit=CASES, measure=received(Is("migrant", 1)),
        definition=N_("Wage arrears cases received in the period that concern migrant workers.")),
    Indicator(key="wage_arrears.workers", label=N_("Workers owed wages"), unit=WORKERS, measure=Sum("workers", RECEIVED),
        definition=N_("Workers of the wage arrears cases received in the period.")),
    Indicator(key="wage_arrears.owed_amount", label=N_("Wages owed"), unit=YUAN, measure=Sum("owed_amount", RECEIVED),
        definition=N_("Wages owed in the cases received in the period.")),
    Indicator(key="wage_arrears.recovered_amount", label=N_("Wages recovered"), unit=YUAN, measure=Sum("recovered_amount", CLOSED),
        definition=N_("Wages recovered in the cases closed in the period.")),
    Indicator(key="wage_arrears.recovery_rate", label=N_("Recovery rate"), unit=PERCENT, measure=Ratio(Sum("recovered_amount", CLOSED), Sum("owed_amount", CLOSED)),
        definition=N_("Wages recovered over wages owed, in the cases closed in the period.")),
    Indicator(key="wage_arrears.referred_to_police", label=N_("Handed to the police (wage arrears)"), unit=CASES, measure=closed(Is("outcome", "police")),
        definition=N_("Wage arrears cases closed in the period by handing them to the police.")),
    Indicator(key="wage_arrears.penalised_employers", label=N_("Employers penalised"), unit=FIRMS, measure=Distinct("employer", both(CLOSED, Is("outcome", "penalty"))),
        definition=N_("Different employers among the cases closed in the period with an administrative penalty.")),
    Indicator(key="wage_arrears.on_time_rate", label=N_("Wage arrears closed in time"), unit=PERCENT, measure=Ratio(closed(NotLater("closed_on", "due_on")), closed()),
        definition=N_("Wage arrears cases closed on or before their due day, over those closed in the period.")),
    Indicator(key="wage_arrears.by_outcome", label=N_("Closed by outcome"), unit=CASES, measure=Breakdown(closed(), "outcome"),
        definition=N_("Wage arrears cases closed in the period, by outcome.")),
    Indicator(key="wage_arrears.by_sector", label=N_("Received by sector"), unit=CASES, measure=Breakdown(received(), "sector"),
        definition=N_("Wage arrears cases received in the period, by sector.")),
    Indicator(key="wage_arrears.by_source", label=N_("Received by source"), unit=CASES, measure=Breakdown(received(), "source"),
        definition=N_("Wage arrears cases received in the period, by source.")),
    Indicator(key="wage_arrears.credit_deductions", label=N_("Credit points deducted, cases"), unit=N_("employers by case"), measure=closed(AtLeast("credit_points", 1)),
        definition=N_("Wage arrears cases closed in the period in which credit points were deducted: an employer counts in each anew.")),
)  # fmt: skip
