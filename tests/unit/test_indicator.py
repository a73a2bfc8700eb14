"""How figures are written: exact fractions, rounded once; parts of breakdowns told and found."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.indicators import BY_KEY
from tracker.ledgers.disputes import DISPUTES
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.schema.filters import InPeriod
from tracker.schema.indicator import (
    UNSPECIFIED,
    Breakdown,
    Count,
    Figure,
    Ratio,
    Rounding,
    Sum,
    part_condition,
    part_keys,
    part_label,
    shares,
    written,
)

YEAR = Period.year(2020)
RATE, MONEY, ACCEPTED = (BY_KEY[f"disputes.{key}"] for key in ("finality_rate", "claim_amount", "accepted"))


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4), st.integers(0, 4))
def test_numbers_are_rounded_half_up_or_cut_off(above: int, below: int, decimals: int) -> None:
    exact, step = Fraction(above, below), Decimal(1).scaleb(-decimals)
    for truncate, rounding in ((False, ROUND_HALF_UP), (True, ROUND_DOWN)):
        scaled = Decimal(int(abs(exact) * 10 ** (decimals + 9))).scaleb(-decimals - 9)  # far beyond any half
        expected = scaled.quantize(step, rounding) * (-1 if exact < 0 else 1)
        assert Decimal(written(exact, decimals, truncate)) == expected
        assert written(exact, decimals, truncate) == f"{expected + 0:.{decimals}f}"


def test_a_report_that_rounds_and_cuts_off_in_one_sentence_can_be_told() -> None:
    finality = Figure(RATE, YEAR, 1586, 2191)
    assert finality.text() == "72.39"
    assert replace(finality, rounding=Rounding(2, truncate=True)).text() == "72.38"
    assert replace(finality, rounding=Rounding(0)).text() == "72"
    assert Figure(RATE, YEAR, 2191, 2207).text() == "99.28"
    assert Figure(RATE, YEAR, 7, 7).text() == "100.00"


def test_over_nothing_there_is_no_value() -> None:
    nothing = Figure(RATE, YEAR, 0, 0)
    assert (nothing.value, nothing.text(), nothing.change()) == (None, None, None)
    assert Figure(RATE, YEAR, 1, 2, previous=nothing).change() is None


def test_change_is_per_cent_for_numbers_and_points_for_rates() -> None:
    assert Figure(ACCEPTED, YEAR, 2207, previous=Figure(ACCEPTED, YEAR, 2010)).change() == "9.80"
    assert Figure(ACCEPTED, YEAR, 5, previous=Figure(ACCEPTED, YEAR, 0)).change() is None
    assert Figure(RATE, YEAR, 1, 4, previous=Figure(RATE, YEAR, 1, 2)).change() == "-25.00"
    assert Figure(ACCEPTED, YEAR, 2010, previous=Figure(ACCEPTED, YEAR, 2010)).change() == "0.00"


def test_money_is_told_in_yuan() -> None:
    figure = Figure(MONEY, YEAR, 1234550, money=True)
    assert (figure.text(), figure.plain_parts(), figure.value) == (
        "12345.50",
        (12345.5, None),
        Fraction(24691, 2),
    )
    whole = Figure(MONEY, YEAR, 100, money=True).plain_parts()[0]
    assert whole == 1 and isinstance(whole, int)


def test_a_mean_of_money_is_in_yuan_over_a_count() -> None:
    measure = Ratio(Sum("claim_amount", InPeriod("accepted_on")), Count(InPeriod("accepted_on")), 1)
    figure = Figure(replace(RATE, measure=measure), YEAR, 100_050, 3, money=True)
    assert (figure.text(), figure.part_texts()) == ("333.50", ("1000.50", "3"))
    both = Figure(RATE, YEAR, 100, 300, money=True, below_money=True)
    assert (both.text(), both.plain_parts()) == ("33.33", (1, 3))


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10_000), min_size=1, max_size=12))
def test_shares_add_up_to_exactly_100_where_asked_for(parts: dict[str, int]) -> None:
    plain, whole = shares(parts), shares(parts, whole=True)
    if not sum(parts.values()):
        assert plain == whole == {}
        return
    assert sum(map(Decimal, whole.values())) == 100
    for key, number in parts.items():
        exact = Fraction(100 * number, sum(parts.values()))
        assert abs(Fraction(whole[key]) - exact) < Fraction(1, 100) and plain[key] == written(exact, 2)


def test_the_largest_remainders_are_raised() -> None:
    assert shares({"a": 1, "b": 1, "c": 1}, whole=True) == {"a": "33.34", "b": "33.33", "c": "33.33"}
    assert shares({"a": 1, "b": 1, "c": 1}) == {"a": "33.33", "b": "33.33", "c": "33.33"}


def test_parts_are_told_and_found() -> None:
    causes = Breakdown(Count(InPeriod("accepted_on")), "cause")
    record: dict[str, Value] = {"accepted_on": "2020-03-05", "cause": "welfare;training"}
    parts = {key: part_condition(causes, key, DISPUTES, YEAR) for key in part_keys(causes, DISPUTES, YEAR)}
    assert [key for key, where in parts.items() if where.matches(record)] == ["welfare"]
    assert [key for key, where in parts.items() if where.matches({**record, "cause": None})] == [UNSPECIFIED]
    assert (part_label(causes, "welfare", DISPUTES), part_label(causes, UNSPECIFIED, DISPUTES)) == (
        "福利",
        "未填写",
    )


def test_months_are_parts_too_and_records_without_a_day_a_part_of_their_own() -> None:
    months = Breakdown(Sum("workers", InPeriod("applied_on")), "closed_on", month=True)
    assert part_keys(months, DISPUTES, YEAR)[:2] == ("2020-01", "2020-02")
    record: dict[str, Value] = {"applied_on": "2020-01-05", "closed_on": "2020-02-29"}
    assert part_condition(months, "2020-02", DISPUTES, YEAR).matches(record)
    assert not part_condition(months, "2020-03", DISPUTES, YEAR).matches(record)
    assert part_condition(months, UNSPECIFIED, DISPUTES, YEAR).matches({**record, "closed_on": None})
    assert part_label(months, "2020-02", DISPUTES) == "2020-02"


@pytest.mark.parametrize("key", ("wages", UNSPECIFIED))
def test_a_breakdown_has_no_single_value(key: str) -> None:
    figure = Figure(BY_KEY["petitions.by_subject"], YEAR, 76, parts={"wages": 65, UNSPECIFIED: 11})
    assert (figure.value, figure.text(), figure.change()) == (None, None, None)
    assert figure.part_text(key) in ("65", "11") and figure.part_text("pension") == "0"
