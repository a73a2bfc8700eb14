"""Statutory limits against a counter that steps from day to day, with the calendar as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_workdays import works
from tracker.ledgers.disclosures import DISCLOSURES
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.permits import PERMITS
from tracker.ledgers.petitions import PETITIONS
from tracker.ledgers.proposals import PROPOSALS
from tracker.ledgers.wage_arrears import WAGE_ARREARS
from tracker.schema.events import Event
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.workdays import Calendar

CALENDAR = Calendar()
DAYS = st.dates(date(2019, 1, 1), date(2021, 4, 30))
YES_NO = st.none() | st.integers(0, 1)


def due(ledger: Ledger, record: dict[str, Value]) -> str | None:
    return ledger.clocks[0].due(record, CALENDAR)


def stepped(begin: date, days: int, working: bool = False) -> str:
    """The last day of a limit: every day (or working day) after the first counted, then on to a working day."""
    day = begin
    while days:
        day += timedelta(days=1)
        days -= works(day) or not working
    while not works(day):
        day += timedelta(days=1)
    return day.isoformat()


@given(DAYS, YES_NO, st.none() | st.integers(0, 90))
def test_disputes_end_after_45_days(accepted: date, extended: int | None, suspended: int | None) -> None:
    record: dict[str, Value] = {"applied_on": "2018-01-01", "accepted_on": accepted.isoformat()}
    record |= {"extended": extended, "suspended_days": suspended}
    assert due(DISPUTES, record) == stepped(accepted, 45 + 15 * (extended or 0) + (suspended or 0))


@given(DAYS, YES_NO, st.none() | DAYS, st.sampled_from((None, "accepted", "not_accepted", "transferred")))
def test_petitions_end_after_60_days(
    received: date, extended: int | None, decided: date | None, decision: str | None
) -> None:
    record: dict[str, Value] = {
        "received_on": received.isoformat(),
        "decision": decision,
        "extended": extended,
    }
    record["decided_on"] = decided.isoformat() if decided else None
    begin = decided if decided and decision == "accepted" else received
    ended = decision in ("not_accepted", "transferred")
    assert due(PETITIONS, record) == (None if ended else stepped(begin, 60 + 30 * (extended or 0)))


@given(DAYS, st.none() | DAYS, YES_NO)
def test_wage_arrears_end_after_60_working_days(
    received: date, filed: date | None, extended: int | None
) -> None:
    record: dict[str, Value] = {"received_on": received.isoformat(), "extended": extended}
    record["filed_on"] = filed.isoformat() if filed else None
    assert due(WAGE_ARREARS, record) == stepped(filed or received, 60 + 30 * (extended or 0), working=True)


@pytest.mark.parametrize(
    ("ledger", "record", "day"),
    (
        (DISPUTES, {"accepted_on": "2020-01-16"}, "2020-03-02"),  # Sunday 1 March
        (DISPUTES, {"accepted_on": "2020-01-15"}, "2020-03-02"),  # 45 days over a leap day's Saturday
        (DISPUTES, {"accepted_on": "2020-08-17"}, "2020-10-09"),  # into the holiday of eight days
        (DISPUTES, {"accepted_on": "2020-08-26"}, "2020-10-10"),  # a Saturday that was worked
        (DISPUTES, {"accepted_on": "2019-12-10"}, "2020-02-03"),  # the extended Spring Festival
        (WAGE_ARREARS, {"received_on": "2020-01-17"}, "2020-04-20"),  # counted on paper
        (PETITIONS, {"received_on": "2019-12-31"}, "2020-03-02"),
    ),
)  # fmt: skip
def test_limits_worked_out_by_hand(ledger: Ledger, record: dict[str, Value], day: str) -> None:
    assert due(ledger, record) == day


def test_no_start_no_limit() -> None:
    assert due(DISPUTES, {"applied_on": "2020-01-02", "accepted_on": None}) is None


def test_the_early_warning_day_is_not_rolled() -> None:
    record: dict[str, Value] = {"accepted_on": "2020-08-17"}
    assert DISPUTES.clocks[0].unrolled(record, CALENDAR) == date(2020, 10, 1)


def test_days_beyond_a_century_leave_no_limit_and_no_error() -> None:
    record: dict[str, Value] = {"accepted_on": "2020-08-17", "suspended_days": 2**53}
    assert due(DISPUTES, record) is None
    assert due(DISPUTES, {"accepted_on": "2199-12-31", "suspended_days": 36_525}) is not None


def test_a_time_of_day_does_not_move_the_start() -> None:
    clock = replace(WAGE_ARREARS.clocks[0], working=False)
    given = ({"received_on": "2020-08-17"}, {"received_on": "2020-08-17T23:59"})
    assert len({clock.due(record, CALENDAR) for record in given}) == 1


def test_each_clock_names_its_article() -> None:
    for ledger in (DISPUTES, PETITIONS, WAGE_ARREARS):
        assert all("条" in clock.basis for clock in ledger.clocks)


@given(DAYS, YES_NO)
def test_proposals_are_due_after_three_months(assigned: date, extended: int | None) -> None:
    """On the day of that number, or the month's last (Civil Code, Art 202), then on to a working day."""
    record: dict[str, Value] = {"received_on": assigned.isoformat(), "extended": extended}
    place = assigned.year * 12 + assigned.month - 1 + (6 if extended else 3)
    lengths = [31, 29 if place // 12 % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    end = date(place // 12, place % 12 + 1, min(assigned.day, lengths[place % 12]))
    assert due(PROPOSALS, record) == stepped(end, 0)


@given(DAYS, YES_NO, st.none() | DAYS, st.sampled_from(("proactive", "application")))
def test_applications_are_answered_after_20_working_days(
    received: date, extended: int | None, amended: date | None, kind: str
) -> None:
    record: dict[str, Value] = {"received_on": received.isoformat(), "kind": kind, "extended": extended}
    record["amended_on"] = amended.isoformat() if amended else None
    days = 20 + 20 * (extended or 0)
    end = None if kind == "proactive" else stepped(amended or received, days, working=True)
    assert due(DISCLOSURES, record) == end


@pytest.mark.parametrize(
    ("assigned", "day"),
    (
        ("2022-11-30", "2023-02-28"),
        ("2023-02-16", "2023-05-16"),
        ("2023-11-30", "2024-02-29"),
        ("2020-07-01", "2020-10-09"),
    ),
)
def test_months_worked_out_by_hand(assigned: str, day: str) -> None:
    assert due(PROPOSALS, {"received_on": assigned}) == day


def test_permits_are_decided_and_published_in_working_days() -> None:
    record: dict[str, Value] = {"received_on": "2020-06-01", "decided_on": "2020-06-19", "result": "granted"}
    assert PERMITS.derive(record, CALENDAR) == {
        "due_on": "2020-06-30",
        "publish_by": "2020-07-01",
    }  # 28 June was worked
    assert PERMITS.derive({**record, "result": "refused"}, CALENDAR)["publish_by"] is None


NOTICE = next(clock for clock in DISPUTES.clocks if clock.key == "hearing_notice")


def hearing(day: int, entered: int | None = 1) -> Event:
    return Event("hearing", date(2020, 6, day), entered=entered and date(2020, 6, entered))


@pytest.mark.parametrize(
    ("hearings", "served", "on", "ended"),
    [
        ([hearing(19)], "2020-05-20", 8, False),  # the copy of the application, not the notice
        ([hearing(19)], "2020-06-01", 8, True),  # the day on which the hearing was entered
        ([hearing(19)], "2020-06-05", 8, True),
        ([hearing(19)], "2020-06-09", 8, False),  # not served yet
        ([hearing(19, 12)], "2020-06-11", 15, False),  # entered late: what was served before told another day
        ([hearing(19, 12)], "2020-06-12", 15, True),
        ([hearing(19, 12), hearing(19, 3)], "2020-06-04", 15, True),  # entered twice: since the first
        (
            [hearing(19), hearing(12, 12)],
            "2020-06-04",
            15,
            True,
        ),  # an earlier hearing entered later moves nothing
        (
            [hearing(10), hearing(19, 12)],
            "2020-06-05",
            15,
            False,
        ),  # that was the notice of the hearing before
        ([hearing(19, None)], "2020-06-18", 18, False),  # nobody knows when: only from its day on
        ([hearing(19, None)], "2020-06-19", 19, True),
    ],
)
def test_a_notice_ends_its_clock_from_the_day_on_which_the_hearing_was_entered(
    hearings: list[Event], served: str, on: int, ended: bool
) -> None:
    told = [*hearings, Event("service", date.fromisoformat(served))]
    run = NOTICE.run({}, CALENDAR, told)
    assert run and NOTICE.ended(run, told, date(2020, 6, on)) is ended


def test_a_notice_is_called_for_until_the_hearing_and_no_longer() -> None:
    run = NOTICE.run({}, CALENDAR, [hearing(19)])
    assert run
    assert not NOTICE.ended(run, [hearing(19)], date(2020, 6, 19))
    assert NOTICE.ended(run, [hearing(19)], date(2020, 6, 20))
