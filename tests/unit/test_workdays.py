"""Working days against the State Council's notices, written out here by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import i18n
from tracker.workdays import Calendar

OFF = {
    2019: "1-1 2-4 2-5 2-6 2-7 2-8 4-5 5-1 5-2 5-3 6-7 9-13 10-1 10-2 10-3 10-4 10-7",
    2020: "1-1 1-24 1-27 1-28 1-29 1-30 1-31 4-6 5-1 5-4 5-5 6-25 6-26 10-1 10-2 10-5 10-6 10-7 10-8",
    2021: "1-1 2-11 2-12 2-15 2-16 2-17 4-5 5-3 5-4 5-5 6-14 9-20 9-21 10-1 10-4 10-5 10-6 10-7",
}
"""Days from Monday to Friday that were off; in 2020 the Spring Festival was extended to 2 February."""
WORKED = {
    2019: "2-2 2-3 4-28 5-5 9-29 10-12",
    2020: "1-19 4-26 5-9 6-28 9-27 10-10",
    2021: "2-7 2-20 4-25 5-8 9-18 9-26 10-9",
}
"""Saturdays and Sundays that were worked; 1 February 2020 was announced as one, and then belonged to the extension."""


def listed(table: dict[int, str]) -> set[date]:
    return {date(year, *map(int, day.split("-"))) for year, days in table.items() for day in days.split()}


NOT_WORKED, MADE_UP = listed(OFF), listed(WORKED)


def works(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in NOT_WORKED)


def test_three_years_are_as_they_were_announced() -> None:
    calendar, day = Calendar(), date(2019, 1, 1)
    while day.year < 2022:
        assert calendar.is_workday(day) == works(day), day
        day += timedelta(days=1)


@given(st.dates(date(2019, 1, 1), date(2021, 6, 30)), st.integers(0, 90))
def test_working_days_are_counted_one_by_one(day: date, wanted: int) -> None:
    end, counted = day, 0
    while counted < wanted:
        end += timedelta(days=1)
        counted += works(end)
    assert Calendar().after(day, wanted) == end


@given(st.dates(date(2019, 1, 1), date(2021, 12, 1)))
def test_a_day_off_rolls_to_the_next_working_day(day: date) -> None:
    rolled = Calendar().rolled(day)
    assert works(rolled)
    assert not any(works(day + timedelta(days=n)) for n in range((rolled - day).days))


def test_the_office_lays_its_own_calendar_over_it() -> None:
    calendar = Calendar({date(2020, 3, 2): False, date(2020, 3, 7): True})
    assert calendar.rolled(date(2020, 3, 2)) == date(2020, 3, 3)
    assert calendar.is_workday(date(2020, 3, 7))
    assert calendar.after(date(2020, 2, 28), 5) == date(2020, 3, 7)


def test_a_year_without_a_notice_is_told_apart() -> None:
    assert Calendar().published(2020)
    assert not Calendar().published(2150)
    assert not Calendar({date(2150, 3, 2): False}).published(2150)  # one day is no announcement
    assert Calendar(announced=frozenset({2150})).published(2150)


@pytest.mark.parametrize("day", (date(1949, 10, 1), date(2199, 12, 31), date(2300, 1, 1)))
def test_the_ends_of_the_calendar_are_no_error(day: date) -> None:
    assert Calendar().rolled(day) >= day


def test_days_off_are_named_in_the_language_in_use() -> None:
    calendar = Calendar({date(2020, 3, 2): False}, {date(2020, 3, 2): "消毒"})
    i18n.use("zh_CN")
    assert calendar.name_of(date(2020, 10, 2)) == "国庆节"
    assert calendar.name_of(date(2020, 3, 2)) == "消毒"
    assert calendar.name_of(date(2020, 3, 3)) == ""
    i18n.use("en")
    assert calendar.name_of(date(2020, 10, 2)) == "National Day"
