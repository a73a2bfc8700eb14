"""The table of limits worked out by hand, and limits of any events against a second count, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.clock_cases import CASES, Case
from tests.unit.test_workdays import works
from tracker.ledgers import BY_NAME
from tracker.ledgers.disputes import DISPUTES
from tracker.schema.clock import Clock
from tracker.schema.events import Event
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.run import Run
from tracker.workdays import Calendar

CALENDAR = Calendar()
AWARD = DISPUTES.clocks[0]


def _record(ledger: Ledger, text: str) -> dict[str, Value]:
    """`accepted_on=2024-03-04 extended=1` as fields of a record."""
    pairs = (word.partition("=") for word in text.split())
    return {key: ledger.field(key).parse(value) for key, _equal, value in pairs}


def _events(text: str) -> list[Event]:
    """`suspension 2024-03-11..2024-03-20; extension 2024-04-10 +10` as events; `2024-03-11..` goes on."""
    found = []
    for part in filter(None, text.split("; ")):
        kind, when, *more = part.split()
        first, _dots, last = when.partition("..")
        until = date.fromisoformat(last) if last else None
        found.append(Event(kind, date.fromisoformat(first), until, int(more[0]) if more else None))
    return found


def _calendar(text: str) -> Calendar:
    pairs = (word.partition("=") for word in text.split())
    return Calendar({date.fromisoformat(day): said == "on" for day, _equal, said in pairs})


def _run(case: Case) -> tuple[Run | None, Calendar, Ledger]:
    name, _dot, key = case.clock.partition(".")
    settings = dict(pair.split("=") for pair in case.set.split())
    ledger = BY_NAME[name].limited(settings)
    clock = next(clock for clock in ledger.clocks if clock.key == key)
    calendar = _calendar(case.calendar)
    on = date.fromisoformat(case.on) if case.on else None
    return clock.run(_record(ledger, case.record), calendar, _events(case.events), on), calendar, ledger


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.clock}: {case.why}")
def test_limits_worked_out_by_hand(case: Case) -> None:
    run, calendar, ledger = _run(case)
    assert (run.rolled.isoformat() if run and run.rolled else "") == case.due
    if case.warn:
        assert run and run.unrolled and run.unrolled.isoformat() == case.warn
    if case.out is not None:
        assert run and run.left_out == case.out
    if case.late is not None:
        assert run and len(run.late) == case.late
    if case.extended is not None:
        told = ledger.in_step(_record(ledger, case.record), calendar, _events(case.events))
        assert told["extended"] == case.extended
    if run:
        assert " ".join(map(str, run.unpublished(calendar))) == case.unpublished


def test_the_table_is_long_enough() -> None:
    assert len({(c.clock, c.record, c.events, c.on, c.set, c.calendar) for c in CASES}) >= 100


# Any events, counted a second time

FIRST = date(2019, 3, 1)
DAYS = st.dates(FIRST, date(2020, 6, 30))
SPANS = st.builds(
    lambda kind, day, length: Event(kind, day, None if length is None else day + timedelta(length)),
    st.sampled_from(("suspension", "announcement")),
    DAYS,
    st.none() | st.integers(0, 40),
)
OTHERS = st.builds(
    lambda kind, day, days: Event(kind, day, None, days),
    st.sampled_from(("added_party", "changed_claim", "extension", "extension", "note", "service")),
    DAYS,
    st.none() | st.integers(1, 20),
)
EVENTS = st.lists(SPANS | OTHERS, max_size=6)
WORKING = replace(AWARD, working=True)


def counted(
    clock: Clock, accepted: date, events: list[Event], closed: date | None, on: date | None
) -> date | None:
    """The unrolled end, found by walking from day to day and asking of each whether it counts."""
    end_of_known = min((d for d in (closed, on) if d), default=None)
    mine = [e for e in events if end_of_known is None or e.day <= end_of_known]
    first = max([accepted, *(e.day for e in mine if e.kind in clock.restarts and e.day >= accepted)])
    approved = [e for e in mine if e.kind == "extension" and e.day >= first]
    left = clock.days + min(15, sum(15 if e.days is None else e.days for e in approved))
    out = set()
    stands: date | None = None
    for event in mine:
        if event.kind in clock.spans:
            last = event.until
            if end_of_known and (last is None or last > end_of_known):
                last = end_of_known
            if last is None:
                stands = min(event.day, stands or event.day)
            for n in range((last - event.day).days + 1 if last else 0):
                out.add(event.day + timedelta(n))
    day = first
    while left:
        day += timedelta(days=1)
        if stands and day >= stands:
            return None
        left -= day not in out and (works(day) or not clock.working)
    return day


@given(DAYS, EVENTS, st.none() | DAYS, st.none() | DAYS, st.sampled_from((AWARD, replace(WORKING, days=20))))
def test_any_events_against_a_count_from_day_to_day(
    accepted: date, events: list[Event], closed: date | None, on: date | None, clock: Clock
) -> None:
    if on and accepted > on:
        on = accepted
    if closed and (closed < accepted or (on and closed > on)):
        closed = None
    record: dict[str, Value] = {"accepted_on": accepted.isoformat()}
    record["closed_on"] = closed.isoformat() if closed else None
    run = clock.run(record, CALENDAR, events, on)
    assert run
    assert run.unrolled == counted(clock, accepted, events, closed, on)
    if run.unrolled and run.rolled:
        assert run.rolled >= run.unrolled and works(run.rolled)


@given(DAYS, EVENTS, st.integers(1, 80), st.booleans())
def test_a_longer_limit_ends_no_sooner(accepted: date, events: list[Event], days: int, working: bool) -> None:
    record: dict[str, Value] = {"accepted_on": accepted.isoformat()}
    on = date(2020, 12, 31)
    short = replace(AWARD, days=days, working=working).run(record, CALENDAR, events, on)
    long = replace(AWARD, days=days + 1, working=working).run(record, CALENDAR, events, on)
    assert short and long and short.unrolled and long.unrolled and short.rolled and long.rolled
    assert short.unrolled < long.unrolled
    assert short.rolled <= long.rolled


@given(DAYS, EVENTS)
def test_order_and_doubling_of_spans_do_not_matter(accepted: date, events: list[Event]) -> None:
    record: dict[str, Value] = {"accepted_on": accepted.isoformat()}
    spans = [e for e in events if e.kind in AWARD.spans]
    found = AWARD.run(record, CALENDAR, events)
    again = AWARD.run(record, CALENDAR, [*spans, *reversed(events)])
    assert found and again and (found.unrolled, found.left_out) == (again.unrolled, again.left_out)


@given(DAYS, EVENTS)
def test_the_fields_kept_in_step_give_the_same_day(accepted: date, events: list[Event]) -> None:
    """`accepted_on` (or what restarts) + 45 + what is added + `suspended_days`, as the ledger says."""
    record: dict[str, Value] = {"accepted_on": accepted.isoformat()}
    run = AWARD.run(record, CALENDAR, events)
    told = AWARD.in_step(record, CALENDAR, events)
    if run and run.unrolled:
        days = 45 + run.added + int(told.get("suspended_days") or 0)
        assert run.unrolled == run.first + timedelta(days=days)
        assert bool(told.get("extended")) == bool(run.added)


def test_absurd_numbers_are_no_error() -> None:
    ledger = DISPUTES.limited({"simplified_days": str(2**53)})
    record: dict[str, Value] = {"accepted_on": "2199-12-31", "procedure": "simplified"}
    assert ledger.clocks[0].run(record, CALENDAR)
    mediation = BY_NAME["mediations"].clocks[0]
    approved = Event("extension", date(2199, 12, 31), days=2**53)
    assert mediation.run({"registered_on": "2199-12-31"}, CALENDAR, [approved])


def test_suspensions_that_touch_are_told_as_one() -> None:
    (case,) = (case for case in CASES if case.why == "two that touch are one")
    run, _calendar, _ledger = _run(case)
    assert run and [(span.first, span.last, span.days) for span in run.spans] == [
        (date(2024, 3, 11), date(2024, 3, 20), 10)
    ]
