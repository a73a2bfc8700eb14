"""Days and amounts in Chinese characters, read back by a reader of its own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.schema.chinese import capitals, day_in_characters, day_text

UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> int:
    """Fen of an amount in capitals."""
    body = text.removesuffix("整")
    yuan, _sign, rest = body.rpartition("元") if "元" in body else ("", "", body)
    total = section = figure = 0
    for c in yuan.replace("万亿", "兆"):
        if c in "零壹贰叁肆伍陆柒捌玖":
            figure = "零壹贰叁肆伍陆柒捌玖".index(c)
        elif c in UNITS:
            section, figure = section + figure * UNITS[c], 0
        else:
            total += (section + figure) * {"万": 10**4, "亿": 10**8, "兆": 10**12}[c]
            section = figure = 0
    fen = (total + section + figure) * 100
    for name, worth in (("角", 10), ("分", 1)):
        if name in rest:
            fen += "零壹贰叁肆伍陆柒捌玖".index(rest[rest.index(name) - 1]) * worth
    return fen


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1_200_000, "壹万贰仟元整"),
        (30_507, "叁佰零伍元零柒分"),
        (1_010, "壹拾元壹角整"),
        (10, "壹角整"),
        (7, "柒分"),
        (10_000_100, "壹拾万零壹元整"),
        (100_000_000_00, "壹亿元整"),
        (100_050_000_00, "壹亿零伍万元整"),
        (12_345_678_901_23, "壹佰贰拾叁亿肆仟伍佰陆拾柒万捌仟玖佰零壹元贰角叁分"),
        (-100, "负壹元整"),
        (1_000_500, "壹万零伍元整"),
        (10_100_000, "壹拾万壹仟元整"),
    ],
)
def test_amounts(fen: int, text: str) -> None:
    assert capitals(fen) == text


@given(st.integers(0, 2**53))
def test_any_amount_reads_back_and_has_no_double_nought(fen: int) -> None:
    text = capitals(fen)
    assert read(text) == fen
    assert "零零" not in text
    assert "零元" not in text.removeprefix("零元")


@given(st.dates(date(1949, 1, 1), date(2199, 12, 31)))
def test_any_day_reads_back(day: date) -> None:
    text = day_in_characters(day.isoformat())
    year, rest = text.split("年")
    month, rest = rest.split("月")

    def small(word: str) -> int:
        tens, ten, ones = word.rpartition("十")
        figures = "〇一二三四五六七八九"
        return (figures.index(tens) if tens else 1) * 10 * bool(ten) + (figures.index(ones) if ones else 0)

    assert "".join(str("〇一二三四五六七八九".index(c)) for c in year) == str(day.year)
    assert (small(month), small(rest.removesuffix("日"))) == (day.month, day.day)
    assert day_text(day.isoformat()) == f"{day.year}年{day.month}月{day.day}日"


def test_time_of_day_and_what_is_no_day() -> None:
    assert day_text("2020-01-05T09:30") == "2020年1月5日9时30分"
    assert day_text("2020-01-05 14:00") == "2020年1月5日14时"
    assert day_in_characters("2020-10-20T09:30") == "二〇二〇年十月二十日"
    assert day_text("不详") == day_in_characters("不详") == "不详"
