"""Every kind of field reads back what it shows, in both languages, and refuses what it cannot hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import strategy
from tracker import i18n
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.schema.fields import Choice, Count, Day, Field, Link, Money, Names, Text, Value, YesNo
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid

FIELDS = [
    pytest.param(ledger, field, id=f"{ledger.name}.{field.key}")
    for ledger in LEDGERS
    for field in ledger.inputs
    if not isinstance(field, Text | Names)
]
DISPUTES, INSPECTIONS = BY_NAME["disputes"], BY_NAME["inspections"]
CAUSE = DISPUTES.field("cause")


@pytest.mark.parametrize("written", ("第", " 第 第 "))
def test_a_number_without_its_own_part_is_refused(written: str) -> None:
    with pytest.raises(Invalid, match="第"):
        DISPUTES.field("case_no").parse(written)


@pytest.mark.parametrize(("ledger", "field"), FIELDS)
@settings(max_examples=tries(8))
@given(data=st.data())
def test_what_is_shown_is_read_back(ledger: Ledger, field: Field, data: st.DataObject) -> None:
    value = data.draw(strategy(field))
    if isinstance(value, str):
        value = field.parse(value)
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert field.parse(field.format(value)) == value
        assert field.parse(field.edit_text(value), date(2020, 1, 1)) == value
    assert field.parse(value if not isinstance(field, Money) else field.plain(value)) == value


@pytest.mark.parametrize("field", [f for ledger in LEDGERS for f in ledger.inputs], ids=lambda f: f.key)
def test_nothing_is_nothing(field: Field) -> None:
    for nothing in (None, "", "  ", "\u3000", "\n"):
        assert field.parse(nothing) is None
    assert field.format(None) == "" and field.plain(None) is None and field.edit_text(None) == ""


@pytest.mark.parametrize(
    ("written", "stored"),
    (
        ("劳动报酬", "remuneration"),
        ("remuneration", "remuneration"),
        ("Remuneration", "remuneration"),
        ("劳动报酬、工伤待遇", "remuneration;work_injury"),
        ("工伤；工资，福利", "work_injury;remuneration;welfare"),
        ("工资;工资", "remuneration"),
        ("工作时间、休息休假", "hours_leave"),
        ("Contract: conclusion, performance, change, Welfare", "contract;welfare"),
        (";、", None),
    ),
)
def test_several_codes_are_read_by_any_of_their_names(written: str, stored: Value) -> None:
    assert CAUSE.parse(written) == stored


def test_the_first_code_stays_the_main_one() -> None:
    assert CAUSE.plain(CAUSE.parse("福利、工伤")) == ["welfare", "work_injury"]


@pytest.mark.parametrize("wrong", ("劳动", "remuneration|welfare", "工资、不知", 3))
def test_an_unknown_code_is_answered_with_those_there_are(wrong: object) -> None:
    with pytest.raises(Invalid, match="社会保险"):
        CAUSE.parse(wrong)


def test_a_code_that_an_older_file_holds_is_shown_as_it_is() -> None:
    assert isinstance(CAUSE, Choice)
    assert CAUSE.format("welfare;bygone") == "福利；bygone"


@pytest.mark.parametrize(
    ("written", "value"),
    (("是", 1), ("YES", 1), ("√", 1), (True, 1), (1.0, 1), ("否", 0), ("０", 0), (False, 0)),
)
def test_yes_and_no(written: object, value: int) -> None:
    field = YesNo(key="x", label="X")
    assert field.parse(written) == value
    assert field.plain(value) is bool(value)


@pytest.mark.parametrize(
    ("field", "wrong"),
    (
        (YesNo(key="x", label="X"), "也许"),
        (YesNo(key="x", label="X"), 2),
        (Count(key="x", label="X", minimum=1), 0),
        (Count(key="x", label="X"), "-1"),
        (Day(key="x", label="X"), 43835),
        (Day(key="x", label="X"), 1.5),
        (Day(key="x", label="X"), "2020-02-30"),
        (Money(key="x", label="X"), "一百"),
        (Text(key="x", label="X"), "长" * 10_001),
        (DISPUTES.field("case_no"), "1" * 201),
    ),
)
def test_what_a_field_cannot_hold_is_refused_in_words(field: Field, wrong: object) -> None:
    with pytest.raises(Invalid) as refused:
        field.parse(wrong, date(2020, 1, 1))
    assert len(str(refused.value)) > 5


def test_amounts_are_grouped_on_screen_and_plain_elsewhere() -> None:
    field = Money(key="x", label="X")
    assert (field.format(123456789), field.edit_text(123456700), field.plain(5)) == (
        "1,234,567.89",
        "1234567",
        "0.05",
    )


def test_a_day_with_a_time_keeps_it_only_where_the_field_does() -> None:
    assert INSPECTIONS.field("checked_on").parse("2020-1-5 9:05") == "2020-01-05T09:05"
    assert DISPUTES.field("applied_on").parse("2020-1-5 9:05") == "2020-01-05"
    assert INSPECTIONS.field("checked_on").format("2020-01-05T09:05") == "2020-01-05 09:05"


def test_several_names_in_one_field() -> None:
    assert Names.split("张三、李四; 王五；") == ("张三", "李四", "王五")
    assert Names.split(None) == ()


def test_a_number_cell_becomes_text_without_a_decimal_point() -> None:
    assert Text(key="x", label="X").parse(13800000000.0) == "13800000000"
    assert DISPUTES.field("case_no").parse(12.0) == "12"


def test_a_link_keeps_what_it_is_given() -> None:
    assert Link(key="x", label="X", names="organisations").parse(" 某街道调解委员会 ") == "某街道调解委员会"
