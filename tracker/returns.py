"""The statistical return of labour disputes (劳动人事争议统计报表): its rows, each a figure, in the return's own order.

Rows as in the national statistical table (中国统计年鉴, 劳动争议案件受理及处理情况); the cause of a case is its main one. The
table tells change, dissolution and end of a contract apart; the offices' code table (调解仲裁法第二条) joins the last two.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import N_
from tracker.indicators.disputes import ACCEPTED, CARRIED_OVER, CLOSED, MEDIATION
from tracker.indicators.mediations import ENDED
from tracker.ledgers.disputes import AWARDED, COLLECTIVE
from tracker.ledgers.mediations import SUCCEEDED
from tracker.schema.filters import All, ByEnd, Condition, Disjoint, HasCode, Is, Not, NotKnownBy, both
from tracker.schema.indicator import Atom, Count, Indicator, Sum

CASES, WORKERS = N_("cases"), N_("persons")
NAMED_CAUSES = ("remuneration", "social_insurance", "contract", "dismissal", "hours_leave")


@dataclass(frozen=True)
class Line:
    """One row: `level` 1 is a part (其中) of the row above it, and with `heading` rows of a kind begin."""

    figure: Indicator
    level: int = 0
    heading: str = ""


def _line(
    key: str, label: str, measure: Atom, level: int = 0, *, unit: str = CASES, heading: str = ""
) -> Line:
    figure = Indicator(
        key=f"disputes.return_{key}", label=label, unit=unit, measure=measure, definition=label
    )
    return Line(figure, level, heading)


def _accepted(*parts: Condition) -> Count:
    return Count(both(ACCEPTED, *parts))


def _closed(*parts: Condition) -> Count:
    return Count(both(CLOSED, *parts))


def _cause(key: str) -> HasCode:
    return HasCode("cause", key, main=True)


CAUSES, METHODS, RESULTS = N_("Causes of dispute"), N_("How they were closed"), N_("Results")
_OUT = both(ENDED, Is("before_filing", 1))

DISPUTES: tuple[Line, ...] = (
    _line("carried_over", N_("Cases pending from the last period"), Count(CARRIED_OVER)),
    _line("accepted", N_("Cases accepted in the period"), _accepted()),
    _line("collective", N_("of these collective disputes"), _accepted(COLLECTIVE), 1),
    _line("by_workers", N_("of these brought by workers"), _accepted(Is("applicant_kind", "worker")), 1),
    _line("workers", N_("Workers concerned"), Sum("workers", ACCEPTED), unit=WORKERS),
    _line("collective_workers", N_("of these in collective disputes"), Sum("workers", both(ACCEPTED, COLLECTIVE)), 1, unit=WORKERS),
    _line("remuneration", N_("Remuneration"), _accepted(_cause("remuneration")), 1, heading=CAUSES),
    _line("social_insurance", N_("Social insurance"), _accepted(_cause("social_insurance")), 1),
    _line("contract", N_("Concluding, performing, changing a contract"), _accepted(_cause("contract")), 1),
    _line("dismissal", N_("Dissolving or ending a contract"), _accepted(_cause("dismissal")), 1),
    _line("hours_leave", N_("Working hours and leave"), _accepted(_cause("hours_leave")), 1),
    _line("other_causes", N_("Other causes"), _accepted(Not(Disjoint(tuple(map(_cause, NAMED_CAUSES))))), 1),
    _line("closed", N_("Cases closed"), _closed()),
    _line("mediated", N_("Mediated by arbitration"), _closed(MEDIATION), 1, heading=METHODS),
    _line("awarded", N_("Awarded by arbitration"), _closed(AWARDED), 1),
    _line("otherwise", N_("Otherwise"), _closed(Not(Disjoint((MEDIATION, AWARDED)))), 1),
    _line("employer_won", N_("Employer prevailed"), _closed(AWARDED, Is("award_result", "employer")), 1, heading=RESULTS),
    _line("worker_won", N_("Worker prevailed"), _closed(AWARDED, Is("award_result", "worker")), 1),
    _line("partly_won", N_("Both prevailed in part"), _closed(AWARDED, Is("award_result", "partial")), 1),
    _line("pending", N_("Cases pending at the end of the period"), Count(All((ByEnd("accepted_on"), NotKnownBy("closed_on"))))),
    _line("out_of_case", N_("Mediated outside the case"), Count(_OUT, ledger="mediations")),
    _line("out_of_case_agreed", N_("of these agreed"), Count(both(_OUT, SUCCEEDED), ledger="mediations"), 1),
)  # fmt: skip
