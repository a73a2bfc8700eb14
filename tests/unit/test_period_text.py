"""Periods as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UserError
from tracker.period import Period
from tracker.schema.values import Invalid
from tracker.ui.period_text import containing, kind_of, parse_period, shifted, stepped, typed_form

TODAY = date(2020, 6, 15)


def between(begin: str, end: str) -> Period:
    return Period.of(date.fromisoformat(begin), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020", Period.year(2020)),
        (" ２０２０年 ", Period.year(2020)),
        ("2020年度", Period.year(2020)),
        ("2020Q2", Period.quarter(2020, 2)),
        ("2020-q4", Period.quarter(2020, 4)),
        ("2020年一季度", Period.quarter(2020, 1)),
        ("2020年第3季度", Period.quarter(2020, 3)),
        ("2020-3", Period.month(2020, 3)),
        ("202003", Period.month(2020, 3)),
        ("2020年3月", Period.month(2020, 3)),
        ("2020年12月份", Period.month(2020, 12)),
        ("20200105", between("2020-01-05", "2020-01-05")),
        ("1.5", between("2020-01-05", "2020-01-05")),
        ("2020-01-05 ~ 2020-03-31", between("2020-01-05", "2020-03-31")),
        ("2019-01-05至3.31", between("2019-01-05", "2019-03-31")),
        ("2020年1月到2020年3月", Period.quarter(2020, 1)),
        ("2018 - 2020", between("2018-01-01", "2020-12-31")),
        ("20200105—20200331", between("2020-01-05", "2020-03-31")),
    ],
)
def test_what_may_be_typed(text: str, period: Period) -> None:
    assert parse_period(text, TODAY) == period


@pytest.mark.parametrize(
    "text", ["", "  ", "abc", "2020-13", "2020Q5", "1850", "2020-02-30", "9999Q1", "2020 ~ x"]
)
def test_what_is_no_period_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid, match=r"2020|1949"):
        parse_period(text, TODAY)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(UserError, match=r"2020-03-01.*2020-01-01|2020-01-01.*2020-03-01"):
        parse_period("2020-03-01 ~ 2020-01-01", TODAY)


DAYS = st.dates(date(1955, 1, 1), date(2190, 12, 31))


@given(DAYS, st.integers(0, 900))
def test_what_is_written_is_read_back(begin: date, days: int) -> None:
    period = Period.of(begin, begin + timedelta(days=days))
    assert parse_period(typed_form(period), TODAY) == period


@given(st.sampled_from(["year", "quarter", "month"]), DAYS, st.integers(1, 9))
def test_a_step_there_and_back(kind: str, day: date, steps: int) -> None:
    period = containing(kind, day)  # type: ignore[arg-type]
    assert kind_of(period) == kind and period.begin <= day <= period.end
    later = stepped(period, steps)
    assert kind_of(later) == kind and later.as_of == later.end
    assert stepped(later, -steps) == period


def test_the_as_of_day_moves_with_its_period() -> None:
    assert stepped(Period.year(2020, date(2020, 12, 25)), -1) == Period.year(2019, date(2019, 12, 25))
    assert stepped(Period.month(2020, 2, date(2020, 2, 29)), 1) == Period.month(2020, 3)
    assert stepped(between("2020-01-05", "2020-03-31"), -1) == between("2019-01-05", "2019-03-31")
    assert shifted(date(2021, 2, 28), -12) == date(2020, 2, 29)


def test_no_step_leaves_the_calendar() -> None:
    with pytest.raises(UserError):
        stepped(Period.year(1949), -1)
