"""What an office sets for itself: fields, codes and figures of its own behave as the declared ones do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, filled, new_office, random_record
from tracker.catalogue import STANDARD
from tracker.db import records
from tracker.db.history import of_record
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.exchange.lists import write_sheet
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import customising, editing, figures, importing, listing, overview
from tracker.operations.office import Office, open_office
from tracker.period import Period
from tracker.schema import own
from tracker.schema.fields import Choice, Value
from tracker.schema.indicator import Breakdown, Figure, Ratio, Rounding
from tracker.schema.operators import Filter
from tracker.schema.own import Number, OwnFigure

YEAR = Period.year(2020, date(2020, 12, 25))
CASE: dict[str, Value] = {
    "case_no": "1号", "applied_on": "2020-01-06", "accepted_on": "2020-01-07",
    "applicant": "张三", "respondent": "某公司",
}  # fmt: skip
IN_2020 = Filter("accepted_on", "in_period")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def value(office: Office, key: str) -> Figure:
    return figures.figures(office.db, YEAR, [office.catalogue.by_key[key]])[0]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", " 三楼 ", "三楼"), ("day", "2020.3.1", "2020-03-01"), ("count", "12", 12),
        ("money", "3.5万", 3_500_000), ("yesno", "是", 1),
    ],
)  # fmt: skip
def test_a_field_of_the_office_is_kept_listed_filtered_and_searched(
    office: Office, kind: str, typed: str, kept: Value
) -> None:
    key, changed = customising.add_field(office, office.catalogue.by_name["disputes"], "档案位置", kind)
    assert changed.structure and key.startswith(own.OWN)
    ledger = office.catalogue.by_name["disputes"]
    read = ledger.field(key).parse(typed)
    assert read == kept and ledger.field(key) in ledger.inputs
    uid = editing.save(office, ledger, {**CASE, key: read}).uid
    office.close()
    again = open_office(office.db.path, WHO)
    ledger = again.catalogue.by_name["disputes"]
    assert records.get(again.db, ledger, uid)[key] == kept  # type: ignore[index]
    where = listing.where(ledger, f"档案位置={typed}")
    assert [row["uid"] for row in listing.plain_rows(again.db, Query(ledger, where))] == [uid]
    assert records.count(again.db, Query(ledger, search="三楼")) == (kind == "text")
    assert next(iter(of_record(again.db, uid))).changes[key] == kept
    again.close()


def test_a_field_of_codes_divides_the_ledgers_main_figure(office: Office) -> None:
    key, _changed = customising.add_field(
        office, office.catalogue.by_name["disputes"], "争议来源", "code", ["平台用工", "传统用工"]
    )
    ledger = office.catalogue.by_name["disputes"]
    field = ledger.field(key)
    assert isinstance(field, Choice) and [code.label for code in field.codes] == ["平台用工", "传统用工"]
    for n, word in enumerate(("平台用工", "平台用工", None), 1):
        editing.save(office, ledger, {**CASE, "case_no": f"{n}号", key: field.parse(word)})
    figure = value(office, f"disputes.by_{key}")
    assert figure.parts == {field.key_of("平台用工"): 2, "unspecified": 1}
    shown = overview.views(office.db, office.catalogue.by_key["disputes.accepted"], YEAR)
    assert any(isinstance(v.indicator.measure, Breakdown) and v.indicator.measure.by == key for v in shown)


def test_a_sheet_with_the_offices_field_goes_out_and_comes_back(office: Office, tmp_path: Path) -> None:
    key, _changed = customising.add_field(office, office.catalogue.by_name["disputes"], "档案位置", "text")
    ledger = office.catalogue.by_name["disputes"]
    editing.save(office, ledger, {**CASE, key: "三楼"})
    keys = [field.key for field in ledger.inputs]
    path = tmp_path / "out.xlsx"
    write_sheet("x", ledger.inputs, records.each(office.db, Query(ledger), keys), path)
    plan = importing.read_plan(office, ledger, path)
    assert (plan.read, plan.unchanged, plan.problems, plan.warnings) == (1, 1, (), ())
    importing.template(ledger, tmp_path / "template.xlsx")
    assert importing.read_plan(office, ledger, tmp_path / "template.xlsx").mapping.column_of(key)


def test_a_code_is_added_hidden_and_still_read(office: Office) -> None:
    ledger = office.catalogue.by_name["disputes"]
    cause = ledger.field("cause")
    assert isinstance(cause, Choice)
    key, _changed = customising.add_code(office, ledger, cause, "竞业限制")
    ledger = office.catalogue.by_name["disputes"]
    editing.save(office, ledger, {**CASE, "cause": ledger.field("cause").parse("竞业限制、福利")})
    assert value(office, "disputes.by_cause").parts == {key: 1}
    for hidden in (key, "welfare"):
        customising.hide_code(office, office.catalogue.by_name["disputes"], cause_of(office), hidden, True)
    found = cause_of(office)
    assert {key, "welfare"}.isdisjoint(code.key for code in found.offered)
    assert found.format(f"{key};welfare") == "竞业限制；福利" and found.parse("竞业限制") == key
    customising.hide_code(office, office.catalogue.by_name["disputes"], found, key, False)
    assert key in {code.key for code in cause_of(office).offered}
    customising.rename_code(
        office, office.catalogue.by_name["disputes"], cause_of(office), key, "竞业限制争议"
    )
    assert cause_of(office).format(key) == "竞业限制争议"
    with pytest.raises(UserError, match="程序自带"):
        customising.rename_code(
            office, office.catalogue.by_name["disputes"], cause_of(office), "welfare", "x"
        )


def cause_of(office: Office) -> Choice:
    field = office.catalogue.by_name["disputes"].field("cause")
    assert isinstance(field, Choice)
    return field


def test_what_cannot_be_is_refused_and_changes_nothing(office: Office) -> None:
    ledger = office.catalogue.by_name["disputes"]
    before = dict(office.settings)
    for wrong in (
        lambda: customising.add_field(office, ledger, "被申请人", "text"),
        lambda: customising.add_field(office, ledger, " ", "text"),
        lambda: customising.add_field(office, ledger, "长" * 61, "text"),
        lambda: customising.add_field(office, ledger, "来源", "code"),
        lambda: customising.add_code(office, ledger, cause_of(office), "福利待遇"[:2]),
        lambda: customising.save_figure(office, OwnFigure("", "件", Number("disputes"))),
        lambda: customising.save_figure(office, OwnFigure("结案率", "%", Number("disputes"))),
        lambda: customising.save_figure(
            office, OwnFigure("和", "件", Number("disputes", "sum", "applicant"))
        ),
        lambda: customising.save_figure(office, OwnFigure("和", "件", Number("disputes", "sum", "nothing"))),
        lambda: customising.save_figure(
            office, OwnFigure("率", "%", "disputes.closure_rate", "disputes.accepted")
        ),
    ):
        with pytest.raises(UserError):
            wrong()
    assert office.settings == before and not [
        i for i in office.catalogue.indicators if i.key not in STANDARD.by_key
    ]


def test_a_figure_of_the_office_is_computed_defined_and_opened(office: Office) -> None:
    ledger = office.catalogue.by_name["disputes"]
    for n, amount in enumerate((100_000_00, 200_000_01, 5), 1):
        editing.save(office, ledger, {**CASE, "case_no": f"{n}号", "claim_amount": amount})
    large = Number("disputes", conditions=(IN_2020, Filter("claim_amount", "between", (10_000_000, None))))
    key, _changed = customising.save_figure(office, OwnFigure("大额案件", "件", large))
    indicator = office.catalogue.by_key[key]
    assert value(office, key).text() == "2"
    assert indicator.definition == (
        "“劳动人事争议仲裁案件”中符合下列条件的记录数：受理日期在统计期内，申请标的额不少于100,000.00。"
    )
    behind = figures.behind(office.catalogue.by_name, indicator, YEAR)
    assert records.count(office.db, Query(behind.ledger, behind.where)) == 2
    rate, _changed = customising.save_figure(
        office, OwnFigure("大额占比", "%", key, "disputes.accepted", decimals=1)
    )
    assert value(office, rate).text() == "66.7"
    mean, _changed = customising.save_figure(
        office, OwnFigure("件均标的", "元", "disputes.claim_amount", "disputes.accepted", percent=False)
    )
    assert value(office, mean).text() == "100000.02"
    with pytest.raises(UserError, match="大额占比"):
        customising.remove_figure(office, key)
    with pytest.raises(UserError, match="无法计算"):
        customising.save_figure(office, OwnFigure("大额案件", "%", rate, "disputes.accepted"), key)
    with pytest.raises(UserError, match="自身"):
        customising.save_figure(office, OwnFigure("大额案件", "%", key, "disputes.accepted"), key)
    customising.remove_figure(office, rate)
    customising.remove_figure(office, key)
    assert key not in office.catalogue.by_key


def test_figures_over_other_ledgers_and_over_removed_fields(office: Office) -> None:
    key, _changed = customising.add_field(office, office.catalogue.by_name["petitions"], "重点", "yesno")
    number = Number("petitions", conditions=(Filter("received_on", "in_period"), Filter(key, "yes")))
    figure, _changed = customising.save_figure(
        office, OwnFigure("重点占比", "%", number, "disputes.accepted")
    )
    assert office.catalogue.by_key[figure].ledgers() == ("petitions", "disputes")
    assert value(office, figure).text() is None  # nothing below the line
    with pytest.raises(UserError, match="重点占比"):
        customising.remove_field(office, office.catalogue.by_name["petitions"], key)
    customising.remove_figure(office, figure)
    customising.remove_field(office, office.catalogue.by_name["petitions"], key)
    assert key not in office.catalogue.by_name["petitions"].by_key
    office.close()
    open_office(office.db.path, WHO).close()  # the column that stays is no newer program's


def test_rounding_is_the_offices(office: Office) -> None:
    ledger = office.catalogue.by_name["disputes"]
    for n in range(3):
        closed = {"closed_on": "2020-03-01", "closing_method": "mediation"} if n < 2 else {}
        editing.save(office, ledger, {**CASE, "case_no": f"{n + 1}号", **closed})
    assert value(office, "disputes.closure_rate").text() == "66.67"
    customising.set_rounding(office, "disputes.closure_rate", Rounding(2, truncate=True))
    assert value(office, "disputes.closure_rate").text() == "66.66"
    customising.set_rounding(office, "disputes.closure_rate", Rounding(0))
    assert value(office, "disputes.closure_rate").text() == "67"
    customising.set_rounding(office, "disputes.closure_rate", None)
    assert value(office, "disputes.closure_rate").text() == "66.67"


def test_ledgers_are_hidden_and_every_change_has_its_history(office: Office) -> None:
    ledger = office.catalogue.by_name["petitions"]
    customising.hide_ledger(office, ledger, True)
    assert office.catalogue.hidden == {"petitions"}
    customising.hide_ledger(office, ledger, False)
    assert not office.catalogue.hidden
    assert len(list(of_record(office.db, "settings"))) == 2


def test_what_another_program_wrote_wrongly_is_passed_over(office: Office) -> None:
    nowhere = {"label": "x", "unit": "y", "above": {"ledger": "nothing", "what": "count"}}
    wrong = {
        "own_field:disputes.own_x": "no json",
        "own_field:disputes.own_y": "[]",
        "own_field:disputes.case_no": json.dumps({"label": "x", "kind": "text"}),
        "own_figure:disputes.own_z": "{}",
        "own_figure:nothing.own_z": json.dumps(nowhere),
        "rounding:disputes.closure_rate": "[99, 1]",
    }
    with office.db.atomic():
        office.db.run_many("INSERT INTO settings VALUES (?, ?)", list(wrong.items()))
    office.renew()
    assert office.catalogue.by_key.keys() == STANDARD.by_key.keys() and not office.catalogue.rounding


CONDITIONS = st.lists(
    st.sampled_from(
        [
            Filter("cause", "one_of", ("welfare", "remuneration")),
            Filter("closed_on", "known"),
            Filter("closed_on", "not_known"),
            Filter("channel", "none_of", ("online",)),
            Filter("workers", "between", (2, None)),
            Filter("applicant", "contains", ("张",)),
            Filter("extended", "yes"),
            Filter("claim_amount", "filled"),
            Filter("heard_on", "in_period"),
        ]
    ),
    max_size=3,
)
NUMBERS = st.builds(
    lambda what, parts: Number("disputes", what[0], what[1], (IN_2020, *parts)),
    st.sampled_from([("count", ""), ("sum", "claim_amount"), ("sum", "workers"), ("distinct", "respondent")]),
    CONDITIONS,
)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    random = Random(5)
    made = filled(
        tmp_path_factory.mktemp("own") / "cases.db",
        {DISPUTES: [random_record(DISPUTES, random) for _n in range(300)]},
    )
    yield made
    made.close()


@settings(max_examples=tries(30))
@given(NUMBERS, NUMBERS)
def test_the_records_behind_an_own_figure_recompute_it(crowded: Office, above: Number, below: Number) -> None:
    indicator = customising.try_figure(crowded, OwnFigure("试", "%", above, below))
    (figure,) = figures.figures(crowded.db, YEAR, [indicator])
    assert isinstance(indicator.measure, Ratio) and indicator.definition
    for quantity, number in zip(indicator.quantities(), (figure.numerator, figure.denominator), strict=True):
        ledger = crowded.catalogue.by_name["disputes"]
        keys = list(ledger.by_key)
        where = quantity.where.at(YEAR)  # type: ignore[union-attr]
        rows = [dict(zip(keys, row, strict=True)) for row in records.each(crowded.db, Query(ledger), keys)]
        met = [row for row in rows if where.matches(row)]
        told = above if quantity is indicator.quantities()[0] else below
        values = [row[told.field] for row in met] if told.field else []
        wanted = {
            "count": len(met),
            "sum": sum(v or 0 for v in values if isinstance(v, int)),
            "distinct": len({*values} - {None}),
        }
        assert number == wanted[told.what]
    again = OwnFigure.from_json(json.loads(OwnFigure("试", "%", above, below).to_json()))
    assert again == OwnFigure("试", "%", above, below)


@settings(max_examples=tries(20))
@given(NUMBERS)
def test_an_own_figure_keeps_the_invariants(crowded: Office, number: Number) -> None:
    """An empty period gives zero; months add up to their year; what is dated after the as-of day does not count."""
    indicator = customising.try_figure(crowded, OwnFigure("试", "件", number))
    (empty,) = figures.figures(crowded.db, Period.year(2100), [indicator])
    assert empty.text() in ("0", "0.00")
    fixed = all(
        part.operator in ("one_of", "none_of", "between", "contains", "yes", "filled")
        for part in number.conditions[1:]
    )
    if fixed and number.what != "distinct":
        (year,) = figures.figures(crowded.db, Period.year(2020), [indicator], compared=False)
        months = [
            figures.figures(crowded.db, Period.month(2020, n), [indicator], compared=False)[0]
            for n in range(1, 13)
        ]
        assert year.numerator == sum(month.numerator or 0 for month in months)
    early = Period.year(2020, date(2020, 3, 31))
    (known,) = figures.figures(crowded.db, early, [indicator], compared=False)
    (first,) = figures.figures(
        crowded.db, Period.of(date(2020, 1, 1), date(2020, 3, 31)), [indicator], compared=False
    )
    assert known.numerator == first.numerator


def test_parts_of_an_own_field_add_up_whatever_the_order_of_entry(tmp_path: Path) -> None:
    random, found = Random(9), []
    for turn in range(2):
        office = new_office(tmp_path / f"{turn}.db", WHO)
        key, _changed = customising.add_field(
            office, office.catalogue.by_name["petitions"], "来源", "code", ["甲", "乙"]
        )
        ledger = office.catalogue.by_name["petitions"]
        field = ledger.field(key)
        assert isinstance(field, Choice)
        codes = (None, *(code.key for code in field.codes))
        case = {"received_on": "2020-02-03", "channel": "visit", "petitioner": "张三", "subject": "wages"}
        cases = [
            {**case, "petition_no": f"{n}号", "persons": n % 7 + 1, key: codes[n % 3]} for n in range(40)
        ]
        for one in random.sample(cases, len(cases)) if turn else cases:
            editing.save(office, ledger, one)
        (figure,) = figures.figures(office.db, YEAR, [office.catalogue.by_key[f"petitions.by_{key}"]])
        labels = {field.key_of(word): word for word in ("甲", "乙")}
        found.append({labels.get(part, part): number for part, number in (figure.parts or {}).items()})
        assert sum((figure.parts or {}).values()) == figure.numerator
        office.close()
    assert found[0] == found[1] and set(found[0]) == {"甲", "乙", "unspecified"}
