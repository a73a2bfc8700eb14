"""Reading days, amounts, counts and numbers as people write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.schema import values
from tracker.schema.fields import Day
from tracker.schema.values import Invalid

TODAY = date(2020, 5, 6)
FULL_WIDTH = str.maketrans("0123456789-.,()", "０１２３４５６７８９－．，（）")


@pytest.mark.parametrize(
    "written",
    (
        "2020-01-05",
        "2020-1-5",
        "2020/1/5",
        "2020.1.5",
        "20200105",
        "2020年1月5日",
        "２０２０－１－５",
        " 2020 1 5 ",
        "2020-01-05 09:30",
        "2020-01-05T09:30:00",
        "2020年1月5日 9时30分",
        20200105,
        20200105.0,
        date(2020, 1, 5),
        datetime(2020, 1, 5, 9, 30),
    ),
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    assert values.parse_day(written) == "2020-01-05"


@pytest.mark.parametrize(
    ("typed", "day"),
    (
        ("0105", "2020-01-05"),
        ("1.5", "2020-01-05"),
        ("1-5", "2020-01-05"),
        ("1月5日", "2020-01-05"),
        ("1月5号", "2020-01-05"),
        ("1。5", "2020-01-05"),
        ("20.1.5", "2020-01-05"),
        ("20-1-5", "2020-01-05"),
        ("19年12月3日", "2019-12-03"),
        ("12/31", "2020-12-31"),
        ("今天", "2020-05-06"),
        ("昨天", "2020-05-05"),
        ("明天", "2020-05-07"),
        ("today", "2020-05-06"),
        ("2.29", "2020-02-29"),
    ),
)
def test_a_day_typed_short_lies_in_the_year_of_today(typed: str, day: str) -> None:
    assert values.parse_day(typed, TODAY) == day
    with pytest.raises(Invalid, match="2020-01-05"):  # without today, the message shows what would do
        values.parse_day(typed)


@pytest.mark.parametrize(
    "wrong",
    (
        "2020-02-30",
        "2021-02-29",
        "20201301",
        "2020-13-01",
        "1948-12-31",
        "2200-01-01",
        "43835",
        "2020-1",
        "五月",
        "2020-01-05 24:00",
        "2020-01-05 09:60",
        "2020-01-05 09:30:61",
        "20-13-5",
        "2020-01-05-06",
        "-",
        "0",
        "9" * 5000,
        "2020-01-05\x00x",
    ),
)
def test_what_is_no_day_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid):
        values.parse_moment(wrong, TODAY)


@given(
    st.dates(date(1949, 1, 1), date(2199, 12, 31)),
    st.sampled_from(("%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%Y/%m/%d")),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    written = day.strftime(form)
    assert values.parse_day(written) == values.parse_day(written.translate(FULL_WIDTH)) == day.isoformat()


@given(st.datetimes(datetime(1949, 1, 1), datetime(2199, 12, 31)))
def test_every_moment_is_read_back(moment: datetime) -> None:
    stored = values.parse_moment(moment)
    assert values.parse_moment(stored) == values.parse_moment(stored.replace("T", " ")) == stored
    assert stored[:10] == moment.date().isoformat()


@pytest.mark.parametrize(
    ("typed", "moment"),
    (
        ("0629 0930", "2020-06-29T09:30"),
        ("0629 930", "2020-06-29T09:30"),
        ("6.29 9点半", "2020-06-29T09:30"),
        ("6-29 9:30", "2020-06-29T09:30"),
        ("6-29 9：30", "2020-06-29T09:30"),
        ("６－２９　９：３０", "2020-06-29T09:30"),
        ("6月29日9时30分", "2020-06-29T09:30"),
        ("6月29日 9点30分", "2020-06-29T09:30"),
        ("6月29号9点", "2020-06-29T09:00"),
        ("6月29日0930", "2020-06-29T09:30"),
        ("20200629 0930", "2020-06-29T09:30"),
        ("202006290930", "2020-06-29T09:30"),
        ("2020-6-29 2015", "2020-06-29T20:15"),
        ("今天9:30", "2020-05-06T09:30"),
        ("明天 下午2点半", "2020-05-07T14:30"),
        ("6.29 下午14:30", "2020-06-29T14:30"),
        ("6.29 上午9:05", "2020-06-29T09:05"),
        ("0930", "2020-09-30"),
    ),
)
def test_a_time_of_day_is_typed_behind_its_day(typed: str, moment: str) -> None:
    assert values.parse_moment(typed, TODAY) == moment
    assert values.parse_day(typed, TODAY) == moment[:10]


@pytest.mark.parametrize(
    "wrong",
    ("9:30", "9点半", "6.29 2020", "1/5 2020", "0629 2460", "202006292460", "6.29 25点", "6.29 上午12:00", "0629 09 30",
     "202006290930 10:00", "6.29 9点60分", "0629 0930 1000"),
)  # fmt: skip
def test_a_time_that_may_mean_something_else_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid):
        values.parse_moment(wrong, TODAY)


@pytest.mark.parametrize(
    ("typed", "clock"),
    (("9:30", "T09:30"), ("9：30", "T09:30"), ("9点半", "T09:30"), ("下午3点", "T15:00"), ("9时05分", "T09:05"),
     ("0930", ""), ("6.29", ""), ("", ""), ("2020-06-29 09:30", "")),
)  # fmt: skip
def test_a_time_alone_is_one_only_where_it_is_no_day(typed: str, clock: str) -> None:
    assert values.parse_clock(typed) == clock


WAYS = (
    "{at:%Y-%m-%d} {at:%H:%M}",
    "{at:%Y%m%d} {at:%H%M}",
    "{at:%Y%m%d%H%M}",
    "{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute}分",
    "{at.year}.{at.month}.{at.day} {at.hour}点{at:%M}",
    "{at.year}/{at.month}/{at.day}　{at.hour}：{at:%M}",
)
THIS_YEAR = (
    "{at:%m%d} {at:%H:%M}",
    "{at.month}.{at.day} {at.hour}点{at:%M}分",
    "{at.month}月{at.day}日{at:%H:%M}",
)


@given(st.datetimes(datetime(1949, 1, 1), datetime(2199, 12, 31)), st.sampled_from((*WAYS, *THIS_YEAR)))
def test_every_moment_is_read_back_however_it_is_typed(at: datetime, way: str) -> None:
    stored = values.parse_moment(at)
    today = at.date() if way in THIS_YEAR else None
    assert values.parse_moment(way.format(at=at), today) == stored
    assert values.parse_moment(way.format(at=at).translate(FULL_WIDTH), today) == stored
    field = Day(key="at", label="At", moment=True)
    assert field.parse(field.format(stored)) == stored


@given(st.text(alphabet="0123456789 :：.-/年月日号时点分半上下午今天T", max_size=20))
def test_what_is_typed_for_a_moment_is_one_or_refused(text: str) -> None:
    try:
        found = values.parse_moment(text, TODAY)
    except Invalid:
        return
    assert values.parse_moment(found) == found and len(found) in (10, 16)


@pytest.mark.parametrize(
    ("written", "fen"),
    (
        ("12,000.50", 1200050),
        ("12000.5", 1200050),
        ("3.5万", 3500000),
        ("3.5万元", 3500000),
        ("¥800元", 80000),
        ("￥800", 80000),
        ("0", 0),
        ("０.０１", 1),
        ("1 200", 120000),
        (12.5, 1250),
        (0.1 + 0.2, 30),
        (19.99, 1999),
        (1, 100),
        (8.21e6, 821_000_000),
        ("1.10000", 110),
    ),
)
def test_an_amount_is_read_however_it_is_written(written: object, fen: int) -> None:
    assert values.parse_money(written) == fen


WRONG_NUMBERS: tuple[Any, ...] = (
    "一万二",
    "12.5.1",
    "abc",
    "--1",
    "万",
    "1e5",
    "nan",
    "inf",
    "0x10",
    float("nan"),
    float("inf"),
    1e300,
    True,
    "",
    "9" * 5000,
    2**70,
    "12元5角",
    "∞",
    "1/2",
)


@pytest.mark.parametrize("wrong", (*WRONG_NUMBERS, "-1", -1, -0.01, 0.001, "0.001", "12.345"))
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    with pytest.raises(Invalid) as refused:
        values.parse_money(wrong)
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize("wrong", (*WRONG_NUMBERS, "-1", -1, 2.5, "2.5", "三", "3人"))
def test_what_is_no_count_is_refused(wrong: object) -> None:
    with pytest.raises(Invalid) as refused:
        values.parse_count(wrong)
    assert len(str(refused.value)) < 120


@given(st.integers(0, 2**53))
def test_every_amount_and_count_is_read_back(number: int) -> None:
    yuan = f"{number // 100}.{number % 100:02d}"
    assert values.parse_money(yuan) == values.parse_money(yuan.translate(FULL_WIDTH)) == number
    assert values.parse_money(f"{number // 100:,}.{number % 100:02d}元") == number
    assert (
        values.parse_count(number)
        == values.parse_count(f"{number:,}")
        == values.parse_count(f"{number}.0")
        == number
    )


@given(st.integers(0, 10**11))
def test_a_cell_with_cents_is_read_exactly(fen: int) -> None:
    assert values.parse_money(fen / 100) == fen


@given(st.text())
def test_text_is_either_read_or_refused(text: str) -> None:
    for read in (values.parse_money, values.parse_count, values.parse_day, values.parse_moment):
        try:
            read(text)
        except Invalid as refused:
            assert str(refused)


@example("一\uffff")
@example("一\ufffe二")
@given(st.text())
def test_clean_text_can_be_stored_and_stays(text: str) -> None:
    clean = values.clean(text)
    clean.encode()  # no half of a surrogate pair
    assert values.clean(clean) == clean
    assert not {c for c in clean if ord(c) < 32} - {"\n", "\t"}
    assert not {"\ufffe", "\uffff"} & set(clean)  # no spreadsheet can hold them


def test_line_breaks_of_every_system_are_one() -> None:
    assert values.clean(" 一\r\n二\r三\x07 ") == "一\n二\n三"


@pytest.mark.parametrize(
    "written",
    (
        "京怀劳人仲字〔2020〕第0012号",
        "京怀劳人仲字[2020]第12号",
        "京怀劳人仲字(2020)12号",
        "京怀劳人仲字（２０２０）第１２号",
        "京怀劳人仲字【2020】012号",
        " 京怀劳人仲字〔2020〕 第 12 号 ",
        "京怀劳人仲字［2020］12号",
    ),
)
def test_one_number_however_it_is_written(written: str) -> None:
    stored = values.number_text(written)
    assert "〔2020〕" in stored and stored.isprintable() and " " not in stored
    assert values.number_key(stored) == "京怀劳人仲字〔2020〕12号"
    assert ("第" in stored) == ("第" in written)
    assert ("0012" in stored) == ("0012" in written)


@given(
    st.text("京字-/a", max_size=3),
    st.integers(1949, 2199),
    st.integers(1, 99999),
    st.integers(1, 6),
    st.data(),
)
def test_spellings_of_a_number_share_its_key(
    word: str, year: int, n: int, width: int, data: st.DataObject
) -> None:
    opening, closing = data.draw(st.sampled_from(("〔〕", "[]", "()", "（）", "【】", "［］", "{}")))
    ordinal = data.draw(st.sampled_from(("第", "")))
    written = f"{word}{opening}{year}{closing}{ordinal}{n:0{width}d}号"
    if data.draw(st.booleans()):
        written = written.translate(FULL_WIDTH).upper()
    assert values.number_key(values.number_text(written)) == f"{word}〔{year}〕{n}号"


@pytest.mark.parametrize(
    ("one", "other"),
    (
        ("〔2020〕1号", "〔2020〕10号"),
        ("〔2020〕1号", "〔2021〕1号"),
        ("97-1号", "97号"),
        ("〔2020〕100号", "〔2020〕1号"),
        ("0", "1"),
    ),
)
def test_different_numbers_stay_different(one: str, other: str) -> None:
    assert values.number_key(values.number_text(one)) != values.number_key(values.number_text(other))


def test_zeros_after_the_ordinal_do_not_count_even_beside_a_year() -> None:
    assert values.number_key("2020第05号") == values.number_key("2020第5号")
