"""When disputes are applied for, accepted and closed, and how: the exact totals of a year laid over believable days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tracker.demonstration.days import Workdays, drawn
from tracker.demonstration.dispute_plan import Case, DisputeYear
from tracker.demonstration.draw import Draw, Weighted

LAG = Weighted({0: 26, 1: 24, 2: 20, 3: 15, 4: 9, 5: 6})
"""Working days from application to acceptance: at most five (Mediation and Arbitration Law, Art 29)."""

USUAL = {
    "mediation": (1, 42),
    "withdrawal": (2, 38),
    "deemed_withdrawal": (18, 42),
    "final_award": (26, 45),
    "award": (28, 45),
    "transfer": (2, 14),
    "termination": (24, 45),
    "cancelled": (3, 20),
    "other": (5, 30),
}
"""Calendar days from acceptance to closing."""

SLOW = {"final_award": 30, "award": 32, "deemed_withdrawal": 22, "termination": 28}
"""Methods that need a hearing, and the days that must be left for them."""


def cases(plan: DisputeYear, days: Workdays, draw: Draw) -> list[Case]:
    """The year's accepted disputes in order of acceptance."""
    weights = plan.season.weights(days.within(plan.opens, plan.last), lambda day: _easing(plan, day))
    accepted = drawn(draw, weights, plan.accepted)
    methods = _methods(plan, accepted, draw)
    late = _late(plan, accepted, methods, draw)
    grouped = set(
        draw.some((n for n, m in enumerate(methods) if m in ("mediation", "award")), plan.collective)
    )
    made = []
    for n, (day, method) in enumerate(zip(accepted, methods, strict=True)):
        applied = max(days.after(day, -draw.of(LAG)), plan.first)
        made.append(_closing(plan, days, draw, Case(applied, day, method, n in grouped, n in late)))
    return made


def _easing(plan: DisputeYear, day: date) -> float:
    """Fewer are accepted in the last fortnight, when the office clears its desks."""
    return 0.55 if (plan.last - day).days < 14 else 1.0


def _methods(plan: DisputeYear, accepted: list[date], draw: Draw) -> list[str]:
    """A method for each day of acceptance, the slow ones where time is left for them; empty for the pending."""
    methods = [""] * len(accepted)
    recent = [n for n, day in enumerate(accepted) if plan.pending_from and day >= plan.pending_from]
    pending = set(draw.some(recent[len(recent) // 3 :], plan.pending))
    slow = [method for method in SLOW for _n in range(plan.closed.get(method, 0))]
    roomy = [n for n, day in enumerate(accepted) if (plan.close_by - day).days >= max(SLOW.values())]
    chosen = draw.some(roomy, len(slow))
    for n, method in zip(chosen, slow, strict=True):
        methods[n] = method
    quick = [method for method, number in plan.closed.items() if method not in SLOW for _n in range(number)]
    rest = [n for n in range(len(accepted)) if not methods[n] and n not in pending]
    for n, method in zip(rest, draw.shuffled(quick), strict=True):
        methods[n] = method
    return methods


def _late(plan: DisputeYear, accepted: list[date], methods: list[str], draw: Draw) -> set[int]:
    """Which awards come after their due day."""
    awards = [
        n for n, method in enumerate(methods) if method == "award" and (plan.close_by - accepted[n]).days > 75
    ]
    return set(draw.some(awards, plan.overdue))


def _closing(plan: DisputeYear, days: Workdays, draw: Draw, case: Case) -> Case:
    """The case with its day of closing, its extension and the days it was suspended."""
    if not case.method:
        return case
    room = (plan.close_by - case.accepted).days
    if case.overdue:
        return replace(case, closed=days.since(case.accepted + timedelta(days=draw.between(54, 66))))
    case = _special(case, draw, room)
    least, most = USUAL[case.method]
    shape = draw.high if case.method in SLOW else draw.low
    length = int(shape(46, 59)) if case.extended else int(shape(min(least, room), min(most, room)))
    if case.collective and case.method == "mediation":
        length = min(length, 18)
    case = _interrupted(plan, draw, case, length)
    target = case.accepted + timedelta(days=min(length + case.suspended, room))
    return replace(case, closed=days.nearest(case.accepted, target))


def _special(case: Case, draw: Draw, room: int) -> Case:
    """Some awards are extended by 15 days, some cases suspended for an appraisal or service by announcement."""
    if case.method == "award" and room > 62 and draw.chance(0.07):
        return replace(case, extended=True)
    if case.method in ("award", "termination") and room > 120 and draw.chance(0.06):
        return replace(case, suspended=draw.pick((30, 30, 30, 33, 45, 60, 62, 75)))
    return case


def _interrupted(plan: DisputeYear, draw: Draw, case: Case, length: int) -> Case:
    """Most cases that would have ended in the lull wait until it is over, their clock standing still."""
    begin, end = plan.season.lull, plan.season.lull_end
    target = case.accepted + timedelta(days=length)
    if begin is None or end is None or case.suspended or case.accepted >= begin or target < begin:
        return case
    if case.method not in SLOW and draw.chance(0.3):
        return case
    return replace(case, suspended=(end - begin).days + draw.between(-6, 8))
