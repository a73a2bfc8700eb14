"""Figure expressions: what each filter gives, and one sentence for whatever cannot be read or has no value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.demos import demo
from tests.office import WHO, new_office
from tests.unit.records import fill
from tracker.catalogue import STANDARD
from tracker.db.records import Query
from tracker.indicators import INDICATORS
from tracker.ledgers import BY_NAME
from tracker.operations import figures
from tracker.operations.listing import plain_rows
from tracker.operations.office import Office, open_office, save_settings
from tracker.operations.quoting import DASH, behind, quoted, reader
from tracker.period import Period
from tracker.schema.expressions import FILTERS, LONGEST, Quote, Reader
from tracker.schema.indicator import Breakdown, Ratio, part_keys
from tracker.schema.values import Invalid

YEAR = Period.year(2020, date(2020, 12, 25))
EMPTY = Period.year(1999)


@pytest.fixture(scope="module")
def huairou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = open_office(demo(tmp_path_factory, "huairou-2020"), readonly=True)
    yield office
    office.close()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("drawn") / "a.db", WHO)
    fill(made, range(2018, 2021), 300, 120)
    yield made
    made.close()


def says(office: Office, expression: str, period: Period = YEAR) -> str:
    found = quoted(office.db, reader(office.db, period), [expression])[expression]
    assert bool(found.text) != bool(found.problem) or found.text == DASH
    return found.problem or found.text


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("disputes.accepted", "2207"),
        ("disputes.closed_of_accepted", "2191"),
        ("disputes.closure_rate", "99.28"),
        ("disputes.mediation_share", "65.86"),
        ("disputes.finality_rate", "72.39"),
        ("disputes.finality_rate|truncated", "72.38"),
        ("disputes.finality_rate|截断(1)", "72.3"),
        ("disputes.finality_rate|numerator", "1586"),
        ("disputes.finality_rate | 分母", "2191"),
        ("disputes.closure_rate|decimals(0)", "99"),
        ('petitions.by_subject|part("wages")', "65"),
        ("petitions.by_subject|构成(“劳动工资”)", "65"),
        ("disputes.accepted|wan", "0.22"),
        ("disputes.accepted|万(1)", "0.2"),
        ("disputes.accepted|about(100)", "2200"),
        ("disputes.accepted|about(100)|wan", "0.22"),
        ("disputes.accepted|千分位", "2,207"),
        ("disputes.closure_rate|numerator|thousands", "2,191"),
        ('disputes.accepted|between("2020-01-01", "2020-12-31")', "2207"),
        ("disputes.accepted|months（1，12）", "2207"),
        ('disputes.accepted|since("2000-01-01")|about(1)', "4217"),
        ("period.year", "2020"),
        ("period.as_of", "2020年12月25日"),
    ],
)
def test_demonstration_says_what_the_report_prints(huairou: Office, expression: str, printed: str) -> None:
    assert says(huairou, expression) == printed


def test_months_add_up_and_years_compare(drawn: Office) -> None:
    months = sum(int(says(drawn, f"disputes.accepted|months({n})")) for n in range(1, 13))
    assert months == int(says(drawn, "disputes.accepted"))
    now, before = (Decimal(says(drawn, f"disputes.accepted{tail}")) for tail in ("", "|previous"))
    assert before == Decimal(says(drawn, "disputes.accepted", YEAR.previous()))
    change = Decimal(says(drawn, "disputes.accepted|change"))
    assert abs(change - (now - before) * 100 / before) <= Decimal("0.005")
    assert Decimal(says(drawn, "disputes.accepted|fall")) == -change
    figure = figures.figures(drawn.db, YEAR, [i for i in INDICATORS if i.key == "disputes.closure_rate"])[0]
    assert says(drawn, "disputes.closure_rate|change") == figure.change()


def test_part_of_a_year_is_told_as_of_its_last_day() -> None:
    quote = Reader(STANDARD, YEAR).read("disputes.closure_rate|months(1, 8)")
    assert isinstance(quote, Quote)
    assert quote.period == Period.of(date(2020, 1, 1), date(2020, 8, 31))
    later = Reader(STANDARD, YEAR).read('disputes.closure_rate|months(1, 8)|as_of("2020-10-01")')
    assert isinstance(later, Quote)
    assert later.period.as_of == date(2020, 10, 1)
    earlier = Reader(STANDARD, Period.year(2020, date(2020, 6, 30))).read(
        "disputes.closure_rate|months(1, 8)"
    )
    assert isinstance(earlier, Quote)
    assert earlier.period.as_of == date(2020, 6, 30)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.key)
def test_every_figure_is_quoted_as_statistics_print_it(drawn: Office, indicator: object) -> None:
    """Also its parts, its numerator and denominator, and as many records stand behind it as behind the figure."""
    figure = figures.figures(drawn.db, YEAR, [indicator])[0]  # type: ignore[list-item]
    key, measure = figure.indicator.key, figure.indicator.measure
    if isinstance(measure, Breakdown):
        for part in part_keys(measure, BY_NAME[figure.indicator.ledger], YEAR):
            assert says(drawn, f'{key}|part("{part}")') == figure.part_text(part)
        return
    told = quoted(drawn.db, reader(drawn.db, YEAR), [key])[key]
    assert told.text == (figure.text() or DASH) and bool(told.problem) == (figure.text() is None)
    if isinstance(measure, Ratio):
        pair = says(drawn, f"{key}|numerator"), says(drawn, f"{key}|denominator")
        assert pair == figure.part_texts()


def test_records_behind_a_quoted_part_are_those_counted(drawn: Office) -> None:
    expression = 'disputes.by_cause|months(3, 9)|previous|part("remuneration")'
    found = quoted(drawn.db, reader(drawn.db, YEAR), [expression])[expression]
    assert found.figure
    assert found.quote
    opened = behind(found.figure, found.quote)
    rows = list(plain_rows(drawn.db, Query(opened.ledger, opened.where)))
    assert len(rows) == int(found.text) > 0
    assert {str(row["accepted_on"])[:4] for row in rows} == {"2019"}


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("disputes.acepted", "没有“disputes.acepted”这个指标，是不是“disputes.accepted”？"),
        ("nothing.at_all", "没有“nothing.at_all”这个指标"),
        ("disputes.accepted|rounded", "没有“rounded”这种写法，可以用：months"),
        ("disputes.accepted|months(0, 8)", "正确写法例如 |months(1, 8)"),
        ("disputes.accepted|months", "正确写法例如 |months(1, 8)"),
        ('disputes.accepted|decimals("2")', "正确写法例如 |decimals(1)"),
        ("disputes.accepted|decimals(99)", "正确写法例如 |decimals(1)"),
        ("disputes.accepted|about(0)", "正确写法例如 |about(100)"),
        ("disputes.accepted|about(True)", "正确写法例如 |about(100)"),
        ('disputes.accepted|as_of("2020-13-01")', "正确写法例如 |as_of"),
        ('disputes.accepted|between("2020-05-01", "2020-01-01")', "早于"),
        ("disputes.by_cause", "是分类统计，请写明取哪一项"),
        ('disputes.by_cause|part("nonsense")', "没有“nonsense”这一项，有："),
        ('disputes.accepted|part("wages")', "不是分类统计，请删去 |part"),
        ("disputes.accepted|denominator", "不是比率，请删去 |denominator"),
        ("disputes", "不是数字的写法"),
        ("", "不是数字的写法"),
        ("disputes.accepted + 1", "不是数字的写法"),
        ("disputes.accepted.__class__", "不是数字的写法"),
        ("disputes.__class__", "没有“disputes.__class__”这个指标"),
        ("().__class__.__bases__", "不是数字的写法"),
        ("range(10**9)|list", "不是数字的写法"),
        ("'a'*10**9", "不是数字的写法"),
        ("lambda: 1", "不是数字的写法"),
        ("disputes.accepted|months(*[1])", "不是数字的写法"),
        ("disputes.accepted|months(first=1)", "不是数字的写法"),
        ('disputes.accepted|part("\\x41")', "不是数字的写法"),
        ("(" * 290 + ")" * 5, "不是数字的写法"),
        ("a." * LONGEST, "不是数字的写法"),
        ("\x00", "不是数字的写法"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(huairou: Office, expression: str, sentence: str) -> None:
    told = says(huairou, expression)
    assert sentence in told
    assert "\n" not in told


def test_figure_without_a_value_says_why(drawn: Office) -> None:
    assert says(drawn, "disputes.closure_rate", EMPTY) == "“结案率”在1999年没有数值：分母为零。"
    assert "上年同期没有可比的数" in says(drawn, "disputes.accepted|change", EMPTY)
    assert says(drawn, "disputes.accepted", EMPTY) == "0"
    assert says(drawn, 'disputes.by_cause|part("dismissal")', EMPTY) == "0"


@given(st.text(max_size=40) | st.text("disputes.accepted|months(1,8)\"' {}", max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        read = Reader(STANDARD, YEAR).read(text)
    except Invalid as wrong:
        assert str(wrong)
    else:
        assert isinstance(read, Quote)


def test_each_filter_has_one_name_in_each_language_and_reads_its_own_example() -> None:
    words = [word for one in FILTERS for word in (one.name, one.chinese)]
    assert len(words) == len(set(words))
    read = Reader(STANDARD, YEAR).read
    for one in FILTERS:
        key = "petitions.by_subject" if one.name == "part" else "disputes.closure_rate"
        english = read(f"{key}|{one.usage}")
        chinese = read(f"{key}|{one.usage.replace(one.name, one.chinese, 1)}")
        assert isinstance(english, Quote)
        assert isinstance(chinese, Quote)
        assert {**vars(english), "expression": ""} == {**vars(chinese), "expression": ""}
        assert english != read(f'{key}|part("pension")' if one.name == "part" else key)


def test_rounding_set_by_the_office_holds_in_the_report(tmp_path: Path) -> None:
    made = new_office(tmp_path / "a.db", WHO)
    fill(made, range(2019, 2021), 300, 10)
    plain = says(made, "disputes.mediation_share")
    whole = says(made, "disputes.mediation_share|decimals(0)")
    assert "." in plain
    assert "." not in whole
    save_settings(made, {"office": "怀柔区人社局"})
    found = quoted(made.db, reader(made.db, YEAR, "怀柔区人社局"), ["office.name"])
    assert found["office.name"].text == "怀柔区人社局"
    made.close()
