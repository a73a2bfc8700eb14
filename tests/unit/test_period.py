"""Periods, their last year, and their shortest words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import i18n
from tracker.errors import UserError
from tracker.period import Period, year_earlier

DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 30))


@pytest.mark.parametrize(
    ("day", "before"),
    (
        (date(2020, 2, 29), date(2019, 2, 28)),
        (date(2021, 2, 28), date(2020, 2, 29)),
        (date(2020, 2, 28), date(2019, 2, 28)),
        (date(2020, 12, 31), date(2019, 12, 31)),
        (date(2020, 4, 30), date(2019, 4, 30)),
        (date(2020, 4, 29), date(2019, 4, 29)),
    ),
)
def test_a_year_earlier(day: date, before: date) -> None:
    assert year_earlier(day) == before


@given(DAYS)
def test_last_days_of_months_stay_last_days(day: date) -> None:
    before = year_earlier(day)
    assert (before.year, before.month) == (day.year - 1, day.month)
    if (day + timedelta(days=1)).month != day.month:
        assert (before + timedelta(days=1)).month != before.month


@given(DAYS, DAYS, st.none() | DAYS)
def test_what_is_known(one: date, other: date, as_of: date | None) -> None:
    begin, end = min(one, other), max(one, other)
    period = Period.of(begin, end, as_of)
    assert period.cut == min(end, as_of or end)
    assert period.day_before < begin and period.day_before <= period.as_of
    assert period.previous().as_of == year_earlier(as_of or end)
    months = period.months()
    assert (months[0], months[-1]) == (begin.isoformat()[:7], end.isoformat()[:7])
    assert list(months) == sorted(set(months))


def test_it_cannot_end_before_it_begins() -> None:
    with pytest.raises(UserError, match=r"2020-02-01.*2020-03-01"):
        Period.of(date(2020, 3, 1), date(2020, 2, 1))


@given(st.integers(1950, 2199))
def test_quarters_and_months_make_the_year(year: int) -> None:
    for parts in (
        [Period.quarter(year, n) for n in range(1, 5)],
        [Period.month(year, n) for n in range(1, 13)],
    ):
        assert (parts[0].begin, parts[-1].end) == (Period.year(year).begin, Period.year(year).end)
        assert all(one.end + timedelta(days=1) == two.begin for one, two in pairwise(parts))


@pytest.mark.parametrize(
    ("period", "words", "zh"),
    (
        (Period.year(2020), "2020", "2020年"),
        (Period.quarter(2020, 2), "2020 Q2", "2020年第2季度"),
        (Period.month(2020, 2), "2020-02", "2020年2月"),
        (Period.of(date(2020, 1, 1), date(2020, 2, 29)), "2020-01-01 to 2020-02-29", "2020-01-01"),
        (Period.of(date(2019, 1, 1), date(2020, 12, 31)), "2019-01-01 to 2020-12-31", "2019-01-01"),
        (Period.year(2020, date(2020, 12, 25)), "2020, as of 2020-12-25", "2020-12-25"),
    ),
)
def test_shortest_words(period: Period, words: str, zh: str) -> None:
    assert zh in period.label()
    i18n.use("en")
    assert period.label() == words
