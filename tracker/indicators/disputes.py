"""Figures of arbitration. A dispute counts from the day it was accepted; one never accepted only as application or refusal."""

from tracker.i18n import N_
from tracker.ledgers.disputes import AWARDED, COLLECTIVE
from tracker.schema.continuing import CONTINUES
from tracker.schema.filters import (
    All,
    BeforePeriod,
    ByEnd,
    Condition,
    Disjoint,
    Empty,
    Filled,
    InPeriod,
    Is,
    KnownBy,
    NotBeforePeriod,
    NotKnownBy,
    NotLater,
    OneOf,
    both,
)
from tracker.schema.indicator import Breakdown, Count, DaySum, Indicator, Ratio, Sum, Total

CASES, WORKERS, YUAN, DAYS, PERCENT = N_("cases"), N_("persons"), N_("yuan"), N_("days"), "%"

ACCEPTED = All((InPeriod("accepted_on"),))
CLOSED = All((InPeriod("closed_on"), Filled("accepted_on")))
CARRIED_OVER = All((BeforePeriod("accepted_on"), NotBeforePeriod("closed_on")))
MATTERS = tuple(
    Count(All((InPeriod(day), Empty(CONTINUES.key))), ledger=ledger)
    for ledger, day in (
        ("disputes", "applied_on"),
        ("petitions", "received_on"),
        ("mediations", "registered_on"),
        ("wage_arrears", "received_on"),
    )
)
"""What begins a matter: no record that continues an earlier one."""


def accepted(*parts: Condition) -> Count:
    """Disputes accepted in the period that also meet these."""
    return Count(both(ACCEPTED, *parts))


def closed(*parts: Condition) -> Count:
    """Accepted disputes closed in the period that also meet these."""
    return Count(both(CLOSED, *parts))


MEDIATION = Is("closing_method", "mediation")
FINAL = Is("closing_method", "final_award")
WITHDRAWAL = OneOf("closing_method", ("withdrawal", "deemed_withdrawal"))

OUT_OF_CASE = All((InPeriod("closed_on"), Is("before_filing", 1)))
"""Mediations of the arbitration office before filing (案外调解), in the ledger `mediations`."""
OUT_OF_CASE_AGREED = Count(both(OUT_OF_CASE, OneOf("outcome", ("agreed", "settled"))), ledger="mediations")
HEARD = All((InPeriod("heard_on"), KnownBy("accepted_on")))

DISPUTES: tuple[Indicator, ...] = (
    Indicator(key="disputes.applications", label=N_("Applications received"), unit=CASES, measure=Count(InPeriod("applied_on")),
        definition=N_("Disputes whose day of application lies in the period.")),
    Indicator(key="disputes.refused", label=N_("Applications refused"), unit=CASES, measure=Count(InPeriod("refused_on")),
        definition=N_("Disputes whose day of refusal lies in the period.")),
    Indicator(key="disputes.carried_over", label=N_("Carried over"), unit=CASES, measure=Count(CARRIED_OVER),
        definition=N_("Disputes accepted before the period and not closed before it.")),
    Indicator(key="disputes.accepted", label=N_("Disputes accepted"), unit=CASES, measure=accepted(),
        definition=N_("Disputes whose day of acceptance lies in the period.")),
    Indicator(key="disputes.closed", label=N_("Disputes closed"), unit=CASES, measure=closed(),
        definition=N_("Accepted disputes whose day of closing lies in the period and is not after the as-of day, whenever they were accepted.")),
    Indicator(key="disputes.pending", label=N_("Pending"), unit=CASES, measure=Count(All((ByEnd("accepted_on"), NotKnownBy("closed_on")))),
        definition=N_("Disputes accepted by the end of the period and not closed by the as-of day. Carried over + accepted = closed + pending where the as-of day is the last of the period.")),
    Indicator(key="disputes.closed_of_accepted", label=N_("Closed of those accepted"), unit=CASES, measure=accepted(KnownBy("closed_on")),
        definition=N_("Disputes accepted in the period and closed by the as-of day.")),
    Indicator(key="disputes.closure_rate", label=N_("Closure rate"), unit=PERCENT, measure=Ratio(accepted(KnownBy("closed_on")), accepted()),
        definition=N_("Disputes accepted in the period and closed by the as-of day, over disputes accepted in the period: the form that annual reports print.")),
    Indicator(key="disputes.closure_rate_on_hand", label=N_("Closure rate of cases on hand"), unit=PERCENT,
        measure=Ratio(closed(), Count(Disjoint((CARRIED_OVER, ACCEPTED)))),
        definition=N_("Disputes closed in the period, over those carried over and those accepted: the form of the statistical return.")),
    Indicator(key="disputes.mediated", label=N_("Closed by mediation"), unit=CASES, measure=closed(MEDIATION),
        definition=N_("Disputes closed in the period by mediation.")),
    Indicator(key="disputes.mediation_share", label=N_("Share closed by mediation"), unit=PERCENT, measure=Ratio(closed(MEDIATION), closed()),
        definition=N_("Disputes closed by mediation, over disputes closed in the period.")),
    Indicator(key="disputes.final_awards", label=N_("Closed by final award"), unit=CASES, measure=closed(FINAL),
        definition=N_("Disputes closed in the period by a final award (Mediation and Arbitration Law, Art 47).")),
    Indicator(key="disputes.finality_rate", label=N_("Finality rate"), unit=PERCENT,
        measure=Ratio(closed(OneOf("closing_method", ("mediation", "final_award"))), closed()),
        definition=N_("Disputes closed by mediation or final award, over disputes closed in the period.")),
    Indicator(key="disputes.withdrawn", label=N_("Withdrawn"), unit=CASES, measure=closed(WITHDRAWAL),
        definition=N_("Disputes closed in the period as withdrawn or deemed withdrawn.")),
    Indicator(key="disputes.mediation_withdrawal_rate", label=N_("Share mediated or withdrawn"), unit=PERCENT,
        measure=Ratio(closed(OneOf("closing_method", ("mediation", "withdrawal", "deemed_withdrawal"))), closed()),
        definition=N_("Disputes closed by mediation, withdrawn or deemed withdrawn, over disputes closed in the period.")),
    Indicator(key="disputes.awarded", label=N_("Closed by award"), unit=CASES, measure=closed(AWARDED),
        definition=N_("Disputes closed in the period by a final or non-final award.")),
    Indicator(key="disputes.on_time_rate", label=N_("Closed in time"), unit=PERCENT, measure=Ratio(closed(NotLater("closed_on", "due_on")), closed()),
        definition=N_("Disputes closed on or before their due day, over disputes closed in the period.")),
    Indicator(key="disputes.mean_days", label=N_("Mean days to close"), unit=DAYS,
        measure=Ratio(DaySum("accepted_on", "closed_on", CLOSED), closed(), scale=1, decimals=1),
        definition=N_("Calendar days from acceptance to closing, averaged over disputes closed in the period.")),
    Indicator(key="disputes.collective", label=N_("Collective disputes"), unit=CASES, measure=accepted(COLLECTIVE),
        definition=N_("Disputes accepted in the period with 10 workers or more (Mediation and Arbitration Law, Art 7).")),
    Indicator(key="disputes.collective_workers", label=N_("Workers in collective disputes"), unit=WORKERS, measure=Sum("workers", both(ACCEPTED, COLLECTIVE)),
        definition=N_("Workers of the collective disputes accepted in the period.")),
    Indicator(key="disputes.workers", label=N_("Workers in disputes"), unit=WORKERS, measure=Sum("workers", ACCEPTED),
        definition=N_("Workers of all disputes accepted in the period.")),
    Indicator(key="disputes.claim_amount", label=N_("Amounts claimed"), unit=YUAN, measure=Sum("claim_amount", ACCEPTED),
        definition=N_("Amounts claimed in disputes accepted in the period.")),
    Indicator(key="disputes.settled_amount", label=N_("Amounts settled"), unit=YUAN, measure=Sum("settled_amount", CLOSED),
        definition=N_("Amounts settled in disputes closed in the period.")),
    Indicator(key="disputes.online_share", label=N_("Share filed online"), unit=PERCENT, measure=Ratio(accepted(Is("channel", "online")), accepted()),
        definition=N_("Disputes filed online, over disputes accepted in the period.")),
    Indicator(key="disputes.digital_hearings", label=N_("Digital hearings"), unit=CASES,
        measure=Count(All((InPeriod("heard_on"), Is("hearing_mode", "digital"), KnownBy("accepted_on")))),
        definition=N_("Accepted disputes heard in the period in a digital hearing.")),
    Indicator(key="disputes.off_hours_closed", label=N_("Closed after off-hours hearings"), unit=CASES,
        measure=closed(OneOf("hearing_session", ("evening", "weekend", "default"))),
        definition=N_("Disputes closed in the period whose hearing was in the evening, at a weekend or a 24-hour default hearing.")),
    Indicator(key="disputes.by_cause", label=N_("Accepted by main cause"), unit=CASES, measure=Breakdown(accepted(), "cause"),
        definition=N_("Disputes accepted in the period, each counted once, by its first cause.")),
    Indicator(key="disputes.by_closing_method", label=N_("Closed by method"), unit=CASES, measure=Breakdown(closed(), "closing_method"),
        definition=N_("Disputes closed in the period, by method of closing.")),
    Indicator(key="disputes.by_award_result", label=N_("Awards by result"), unit=CASES, measure=Breakdown(closed(AWARDED), "award_result"),
        definition=N_("Disputes closed in the period by an award, by who prevailed.")),
    Indicator(key="disputes.by_month", label=N_("Accepted by month"), unit=CASES, measure=Breakdown(accepted(), "accepted_on", month=True),
        definition=N_("Disputes accepted in the period, by month of acceptance.")),
    Indicator(key="disputes.mediation_share_of_accepted", label=N_("Mediated over accepted"), unit=PERCENT, measure=Ratio(closed(MEDIATION), accepted()),
        definition=N_("Disputes closed by mediation in the period, over disputes accepted in it.")),
    Indicator(key="disputes.mediation_share_with_before_filing", label=N_("Share mediated, before filing too"), unit=PERCENT,
        measure=Ratio(Total((closed(MEDIATION), OUT_OF_CASE_AGREED)), Total((closed(), Count(OUT_OF_CASE, ledger="mediations")))),
        definition=N_("Disputes closed by mediation and disputes agreed before filing, over disputes closed and mediations before filing that ended in the period.")),
    Indicator(key="disputes.not_sued_rate", label=N_("Finality rate, not taken to court"), unit=PERCENT, measure=Ratio(closed(NotKnownBy("sued_on")), closed()),
        definition=N_("Disputes closed in the period that nobody had taken to court by the as-of day, over disputes closed in it; for offices that learn of suits.")),
    Indicator(key="disputes.worker_won_share", label=N_("Workers prevailed, of awards"), unit=PERCENT, measure=Ratio(closed(AWARDED, Is("award_result", "worker")), closed(AWARDED)),
        definition=N_("Awards in favour of the worker, over disputes closed in the period by an award.")),
    Indicator(key="disputes.worker_won_share_of_closed", label=N_("Workers prevailed, of those closed"), unit=PERCENT, measure=Ratio(closed(AWARDED, Is("award_result", "worker")), closed()),
        definition=N_("Awards in favour of the worker, over all disputes closed in the period.")),
    Indicator(key="disputes.employer_won_share", label=N_("Employers prevailed, of awards"), unit=PERCENT, measure=Ratio(closed(AWARDED, Is("award_result", "employer")), closed(AWARDED)),
        definition=N_("Awards in favour of the employer, over disputes closed in the period by an award.")),
    Indicator(key="disputes.employer_won_share_of_closed", label=N_("Employers prevailed, of those closed"), unit=PERCENT, measure=Ratio(closed(AWARDED, Is("award_result", "employer")), closed()),
        definition=N_("Awards in favour of the employer, over all disputes closed in the period.")),
    Indicator(key="disputes.partly_won_share", label=N_("Partly each, of awards"), unit=PERCENT, measure=Ratio(closed(AWARDED, Is("award_result", "partial")), closed(AWARDED)),
        definition=N_("Awards partly for each side, over disputes closed in the period by an award.")),
    Indicator(key="disputes.hearings_by_session", label=N_("Hearings by session"), unit=CASES, measure=Breakdown(Count(HEARD), "hearing_session"),
        definition=N_("Accepted disputes heard in the period, by session of the hearing.")),
    Indicator(key="disputes.matters", label=N_("Matters begun, each once"), unit=N_("matters"), measure=Total(MATTERS),
        definition=N_("Disputes applied for, petitions and mediations registered and wage arrears cases received in the period; a record that continues an earlier one is not counted again.")),
)  # fmt: skip
