"""Sheets that offices kept for years: each is read as its clerk meant it, and again after it was changed at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import new_office
from tests.old_sheets import (
    ALL,
    CORPUS,
    FIRMS,
    HEADS,
    TITLE,
    A,
    C,
    Sheet,
    american,
    chinese,
    dotted,
    plan_of,
    serial,
    usual,
    without,
)  # fmt: skip
from tests.sheet_makers import Convert, page, text, xls, xlsx, xml2003
from tracker.db import history, records
from tracker.db import settings as stored
from tracker.db.history import Who
from tracker.errors import UserError
from tracker.i18n import everywhere
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, importing, sheet_memory, sheets, undoing
from tracker.operations.importing import Plan
from tracker.operations.office import Office, save_settings
from tracker.operations.sheet_rows import Intent
from tracker.schema.fields import Choice, fold
from tracker.schema.ledger import Ledger


@pytest.mark.parametrize("sheet", CORPUS, ids=lambda sheet: sheet.name)
def test_each_sheet_is_read_as_it_was_meant(
    office: Office, tmp_path: Path, sheet: Sheet, request: pytest.FixtureRequest
) -> None:
    convert: Convert = request.getfixturevalue("libreoffice") if sheet.office else _none
    plan = plan_of(office, sheet.make(tmp_path, convert), sheet.ledger, invent=not sheet.numbered)
    number = plan.ledger.number
    assert [(p.row, p.field) for p in plan.problems] == sheet.problems, [p.message for p in plan.problems]
    read = [{k: v for k, v in r.items() if sheet.numbered or k != number} for r in plan.inserts]
    assert read == sheet.records


def _none(*_parts: object) -> Path:
    raise AssertionError("only for sheets that LibreOffice makes")


# Sheets changed at random

SYNONYMS = {
    "案号": ("案号", "案件编号", "编号", "仲裁案号"), "收案日期": ("收案日期", "收件日期", "申请时间", "收案时间"),
    "立案时间": ("立案时间", "立案日期", "受理时间", "受理日期"), "申请人": ("申请人", "申诉人", "劳动者", "申请人姓名"),
    "被申请人": ("被申请人", "用人单位", "被诉人", "单位名称"), "案由": ("案由", "争议类型", "争议原因"),
    "标的额": ("标的额", "涉案金额", "申请标的额", "标的"), "结案时间": ("结案时间", "结案日期", "审结日期"),
    "结案形式": ("结案形式", "结案方式", "处理结果"), "序号": ("序号", "序"),
}  # fmt: skip
DAY_WAYS = (
    date.fromisoformat,
    dotted,
    chinese,
    serial,
    american,
    lambda d: int(d.replace("-", "")),
    lambda d: d.replace("-", "/"),
)
TITLES: tuple[list[object], ...] = (
    [], ["2020年台账"], ["填报单位：仲裁院", None, "填报日期：2021年1月4日"], [None, "怀柔区劳动人事争议仲裁委员会2020年度案件登记表"],
)  # fmt: skip
BETWEEN: tuple[list[object], ...] = (
    [], ["合计", None, 3], [None, "本月小计"], ["总  计：", None, None, None, None, None, None, 55600.5], ["一、1月份"], ["制表人：张三"],
)  # fmt: skip


@settings(max_examples=tries(20))
@given(data=st.data())
def test_a_sheet_changed_at_random_tells_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(HEADS))))
    heads = [data.draw(st.sampled_from(SYNONYMS[word])) for word in HEADS]
    rows = usual(data.draw(st.sampled_from(DAY_WAYS)))
    moved = [[row[n] for n in order] for row in rows]
    table: list[list[object]] = [
        *data.draw(st.lists(st.sampled_from(TITLES), max_size=4)),
        [heads[n] for n in order],
    ]
    for row in moved:
        table.append(row)
        table += data.draw(st.lists(st.sampled_from(BETWEEN), max_size=2))
    write = data.draw(st.sampled_from((_xlsx, _xls, _text, _page, _xml)))
    folder = tmp_path_factory.mktemp("sheet")
    office = new_office(folder / "office.db", Who("赵敏", "front-desk"))
    try:
        plan = plan_of(office, write(folder / "a.xls", table))
    finally:
        office.close()
    assert plan.problems == () and list(plan.inserts) == ALL


def _xlsx(path: Path, rows: list[list[object]]) -> Path:
    return xlsx(path, rows)


def _xls(path: Path, rows: list[list[object]]) -> Path:
    return xls(path, rows)


def _text(path: Path, rows: list[list[object]]) -> Path:
    return text(path, rows, "gb18030")


def _page(path: Path, rows: list[list[object]]) -> Path:
    return page(path, rows)


def _xml(path: Path, rows: list[list[object]]) -> Path:
    return xml2003(path, rows)


# What is no sheet


@settings(max_examples=tries(30))
@given(data=st.data())
def test_a_file_with_torn_bytes_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    made = data.draw(st.sampled_from((_xlsx, _xls, _text, _page, _xml)))(
        folder / "a.xls", [HEADS, *usual(dotted)]
    )
    whole = bytearray(made.read_bytes())
    for _n in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, 9_999)) * len(whole) // 10_000] = data.draw(st.integers(0, 255))
    made.write_bytes(whole[: 1 + data.draw(st.integers(0, 10_000)) * (len(whole) - 1) // 10_000])
    office = new_office(folder / "office.db", Who("赵敏", "front-desk"))
    try:
        plan_of(office, made)
    except UserError as refused:
        assert str(refused).endswith("。") and "\n" not in str(refused)
    finally:
        office.close()


BOMB = '<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Workbook>&b;</Workbook>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY x SYSTEM "file:///etc/passwd">]><Workbook>&x;</Workbook>'
WIDE = '<?xml version="1.0"?><Workbook><Worksheet><Table><Row ss:Index="99999"><Cell ss:Index="99999"/></Row></Table></Worksheet></Workbook>'
SPANS = "<table><tr>" + '<td colspan="99999" rowspan="99999">1</td>' * 50 + "</tr></table>"


@pytest.mark.parametrize(
    "content", [BOMB, OUTSIDE, WIDE.replace("<Workbook>", '<Workbook xmlns:ss="x">'), SPANS, "<table>" * 500]
)
def test_traps_in_markup_are_refused(office: Office, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xls").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"a\.xls.*。$"):
        plan_of(office, tmp_path / "a.xls")


# The same sheet again


def again(office: Office, path: Path) -> Plan:
    return plan_of(office, path, invent=True)


def bare(folder: Path, rows: list[list[object]], name: str = "a.xlsx") -> Path:
    """A sheet without numbers."""
    return xlsx(folder / name, [TITLE, [h for h in HEADS if h != "案号"], *([r[0], *r[2:]] for r in rows)])


def named(office: Office, applicant: str) -> records.Record:
    (record,) = records.holding(office.db, DISPUTES, "applicant", [applicant])
    return record


def test_rows_without_numbers_are_given_the_next_of_the_office(office: Office, tmp_path: Path) -> None:
    save_settings(office, {"region": "京怀"})
    editing.save(
        office, DISPUTES, {**without(A), "case_no": "京怀劳人仲字〔2020〕第7号", "applicant": "孙七"}
    )
    plan = again(office, bare(tmp_path, usual()))
    assert [r["case_no"] for r in plan.inserts] == [f"京怀劳人仲字〔2020〕第{n}号" for n in (8, 9, 10)]
    importing.carry_out(office, plan)
    assert records.count(office.db, records.Query(DISPUTES)) == 4


def test_the_same_sheet_again_adds_nothing_a_longer_one_only_what_is_new(
    office: Office, tmp_path: Path
) -> None:
    rows = usual()
    importing.carry_out(office, again(office, bare(tmp_path, rows)))
    same = again(office, bare(tmp_path, rows, "b.xlsx"))
    assert (same.inserts, same.updates, same.unchanged) == ((), (), 3)
    fresh = [9, "", date(2020, 1, 7), date(2020, 1, 9), "孙七", FIRMS[2], "工资", 500, None, None]
    longer = again(office, bare(tmp_path, [rows[0], fresh, rows[1], rows[2]], "c.xlsx"))
    assert [r["applicant"] for r in longer.inserts] == ["孙七"] and (longer.updates, longer.unchanged) == (
        (),
        3,
    )


def test_a_corrected_cell_is_a_change_and_a_corrected_name_a_new_row_that_is_told(
    office: Office, tmp_path: Path
) -> None:
    rows = usual()
    importing.carry_out(office, again(office, bare(tmp_path, rows)))
    rows[2][8], rows[2][9], rows[0][4] = date(2020, 3, 1), "撤诉", "张珊"
    plan = again(office, bare(tmp_path, rows, "b.xlsx"))
    assert [r["applicant"] for r in plan.inserts] == ["张珊"] and plan.unchanged == 1
    assert [changes for _old, changes in plan.updates] == [
        {"closed_on": "2020-03-01", "closing_method": "withdrawal"}
    ]
    (told,) = [w for w in plan.warnings if w.field == "applicant"]
    assert "张三 → 张珊" in told.message and str(named(office, "张三")["case_no"]) in told.message
    importing.carry_out(office, plan)
    assert again(office, bare(tmp_path, rows, "c.xlsx")).unchanged == 3


@pytest.mark.parametrize("width", [5, len(HEADS)])
def test_the_next_month_of_another_person_overwrites_nobody(
    office: Office, tmp_path: Path, width: int
) -> None:
    """The same firm, matter and amount, and once but the name: a new case all the same."""
    wanted = ["收案日期", "申请人", "被申请人", "案由", "标的额"]
    kept = [n for n, word in enumerate(HEADS) if word in wanted] if width == 5 else range(2, width)

    def part(rows: list[list[object]], name: str) -> Path:
        return xlsx(tmp_path / name, [[row[n] for n in kept] for row in [list(HEADS), *rows]])

    january = usual()
    importing.carry_out(office, again(office, part(january, "1.xlsx")))
    name_only, name_and_day = list(january[0]), list(january[1])
    name_only[4], name_and_day[4], name_and_day[2] = "孙七", "周八", date(2020, 2, 5)
    name_and_day[3] = date(2020, 2, 6)
    day_only = list(january[2])
    day_only[2] = date(2020, 1, 31)
    plan = again(office, part([name_only, name_and_day, day_only], "2.xlsx"))
    assert plan.updates == () and len(plan.inserts) == 3


def test_a_row_told_by_what_it_resembles_is_told_with_what_it_changes(office: Office, tmp_path: Path) -> None:
    of = office.catalogue.by_name["consultations"]
    kind, channel = of.field("kind"), of.field("channel")
    assert isinstance(kind, Choice) and isinstance(channel, Choice)
    words = [field.code_label(field.offered[0].key) for field in (kind, channel)]
    heads = [of.field(key).title() for key in ("held_on", "kind", "channel", "person", "handler")]
    for name, handler in (("a.xlsx", "陈立新"), ("b.xlsx", "王芳")):
        plan = plan_of(
            office,
            xlsx(tmp_path / name, [heads, ["2020-01-03", *words, "张三", handler]]),
            of.name,
            invent=True,
        )
        assert plan.problems == ()
        importing.carry_out(office, plan)
    assert [changes for _old, changes in plan.updates] == [{"handler": "王芳"}]
    assert ["陈立新 → 王芳" in w.message for w in plan.warnings if w.field == "handler"] == [True]


@pytest.mark.parametrize(
    ("more", "changed", "known"),
    [
        ({}, ("subject",), True),  # one of seven cells
        ({}, ("subject", "purpose"), False),  # two of seven: as likely another petition of that day
        ({"satisfaction": "满意"}, ("subject", "purpose"), True),  # two of eight
        ({"satisfaction": "满意"}, ("subject", "purpose", "handler"), False),
        ({"satisfaction": "满意"}, ("subject", "petitioner"), False),  # another person is another petition
    ],
)
def test_a_row_is_taken_for_another_only_where_nearly_all_its_cells_are_alike(
    office: Office, tmp_path: Path, more: dict[str, str], changed: tuple[str, ...], known: bool
) -> None:
    of = office.catalogue.by_name["petitions"]
    row = {"received_on": "2020-01-03", "channel": "来访", "petitioner": "张三", "subject": "劳动工资"}
    row |= {"purpose": "申诉求决", "handler": "陈立新", "decision": "受理", **more}
    other = {"subject": "工伤保险", "purpose": "检举控告", "handler": "王芳", "petitioner": "李四"}
    heads = [of.field(key).title() for key in row]
    plans = []
    for name, cells in (("a.xlsx", row), ("b.xlsx", {**row, **{key: other[key] for key in changed}})):
        path = xlsx(tmp_path / name, [heads, [*cells.values()]])
        plans.append(plan_of(office, path, of.name, invent=True))
        assert plans[-1].problems == ()
        importing.carry_out(office, plans[-1])
    told = [set(changes) for _old, changes in plans[1].updates]
    assert told == ([set(changed)] if known else []) and len(plans[1].inserts) == (not known)


def test_what_was_typed_is_changed_by_a_sheet_only_with_a_word(office: Office, tmp_path: Path) -> None:
    editing.save(office, DISPUTES, {**A, "case_no": "手写1号", "claim_amount": 100})
    plan = again(office, bare(tmp_path, usual()))
    assert [changes for _old, changes in plan.updates] == [{"claim_amount": A["claim_amount"]}]
    assert ["手写1号" in w.message for w in plan.warnings if w.field == "claim_amount"] == [True]


def test_a_firm_of_the_same_name_with_another_credit_code_is_another(office: Office, tmp_path: Path) -> None:
    of = office.catalogue.by_name["permits"]
    kind, action = (of.field(key) for key in ("kind", "action"))
    assert isinstance(kind, Choice) and isinstance(action, Choice)
    heads = [of.field(key).title() for key in ("received_on", "kind", "action", "enterprise", "credit_code")]
    words = [field.code_label(field.offered[0].key) for field in (kind, action)]
    plans = []
    for n, code in enumerate(("91350100M000100Y43", "91110000600037341L")):
        path = xlsx(tmp_path / f"{n}.xlsx", [heads, ["2020-01-03", *words, "北京甲建筑有限公司", code]])
        plans.append(plan_of(office, path, of.name, invent=True))
        if plans[-1].inserts:
            importing.carry_out(office, plans[-1])
    assert [plan.updates for plan in plans] == [(), ()]
    assert [len(plan.inserts) for plan in plans] == [1, 1]


def test_what_a_clerk_changed_since_is_not_turned_back(office: Office, tmp_path: Path) -> None:
    rows = usual()
    importing.carry_out(office, again(office, bare(tmp_path, rows)))
    record = named(office, "赵六")
    editing.save(office, DISPUTES, {"arbitrator": "陈立新", "applicant": "赵陆"}, str(record["uid"]))
    rows[2][7] = 9000
    plan = again(office, bare(tmp_path, rows, "b.xlsx"))
    assert plan.inserts == () and [changes for _old, changes in plan.updates] == [{"claim_amount": 900_000}]


def test_rows_that_are_alike_are_as_many_records(office: Office, tmp_path: Path) -> None:
    rows = [usual()[0], usual()[0], usual()[1]]
    importing.carry_out(office, again(office, bare(tmp_path, rows)))
    assert records.count(office.db, records.Query(DISPUTES)) == 3
    assert again(office, bare(tmp_path, rows, "b.xlsx")).unchanged == 3
    assert len(again(office, bare(tmp_path, [*rows, rows[0]], "c.xlsx")).inserts) == 1


def test_a_record_that_was_typed_in_is_known_by_what_tells_it(office: Office, tmp_path: Path) -> None:
    editing.save(office, DISPUTES, {**A, "case_no": "手写1号"})
    plan = again(office, bare(tmp_path, usual()))
    assert (plan.unchanged, len(plan.inserts), plan.updates) == (1, 2, ())


def test_what_was_binned_is_new_again_and_told(office: Office, tmp_path: Path) -> None:
    importing.carry_out(office, again(office, bare(tmp_path, usual())))
    record = named(office, "赵六")
    editing.bin_records(office, DISPUTES, [str(record["uid"])])
    plan = again(office, bare(tmp_path, usual(), "b.xlsx"))
    assert len(plan.inserts) == 1 and any("回收站" in w.message for w in plan.warnings)


def test_a_sheet_that_changes_nothing_is_known_the_next_time(office: Office, tmp_path: Path) -> None:
    """Else what the clerk corrects after it would be turned back by the same sheet."""
    uid = editing.save(office, DISPUTES, {**A, "case_no": "手写1号"}).uid
    path = bare(tmp_path, usual()[:1])
    first = importing.carry_out(office, again(office, path))
    assert (first.unchanged, first.updated, first.inserted) == (1, 0, 0)
    editing.save(office, DISPUTES, {"claim_amount": 900_000}, uid)
    plan = again(office, path)
    assert (plan.unchanged, plan.updates, plan.inserts) == (1, (), ())


# What the office said once


def remember(office: Office, memory: dict[str, str]) -> None:
    stored.write(office.db, office.who, memory)
    office.forget_settings()


def test_columns_are_remembered_for_sheets_of_the_same_headings(office: Office, tmp_path: Path) -> None:
    heads = [*HEADS[:6], "类别二", *HEADS[7:]]
    seen = sheets.survey(office, DISPUTES, xlsx(tmp_path / "a.xlsx", [TITLE, heads, *usual()]))
    mapping = seen.found[0].mapping
    assert mapping
    cause = replace(mapping.columns[0], index=6, heading="类别二", field=DISPUTES.field("remarks"))
    rest = [c for c in mapping.columns if c.index != 6]
    remember(office, sheet_memory.of_mapping(DISPUTES, replace(mapping, columns=(*rest, cause))))
    moved = [[*row[:4], *row[5:], row[4]] for row in [heads, *usual()]]
    plan = plan_of(office, xlsx(tmp_path / "b.xlsx", [*TITLE_ROWS, *moved]))
    assert plan.inserts[0]["remarks"] == "劳动报酬" and "cause" not in plan.inserts[0]
    assert plan.inserts[0]["applicant"] == "张三"


TITLE_ROWS: list[list[object]] = [["另一个标题"], []]


def test_unknown_words_are_gathered_and_remembered(office: Office, tmp_path: Path) -> None:
    rows = usual()
    rows[0][9], rows[1][9], rows[1][6] = "和谐结案", "和谐结案", "解除劳动合同、跑路"
    path = xlsx(tmp_path / "a.xlsx", [HEADS, *rows])
    plan = plan_of(office, path)
    assert plan.unknown == {("closing_method", "和谐结案"): 2, ("cause", "跑路"): 1}
    said = {("closing_method", "和谐结案"): "mediation", ("cause", "跑路"): "remuneration"}
    remember(office, sheet_memory.of_words(DISPUTES, said))
    plan = plan_of(office, path)
    assert plan.problems == () and [r.get("closing_method") for r in plan.inserts] == [
        "mediation",
        "mediation",
        None,
    ]
    assert plan.inserts[1]["cause"] == "dismissal;remuneration"


def test_words_said_of_a_sheet_that_changes_nothing_are_kept_as_a_step(
    office: Office, tmp_path: Path
) -> None:
    plan = plan_of(office, xlsx(tmp_path / "a.xlsx", [HEADS, *usual()]))
    importing.carry_out(office, plan)
    memory = sheet_memory.of_words(DISPUTES, {("closing_method", "和谐结案"): "mediation"})
    again = plan_of(office, xlsx(tmp_path / "a.xlsx", [HEADS, *usual()]))
    assert not again.inserts and not again.updates
    before = history.heads(office.db)
    result = importing.carry_out(office, again, memory=memory)
    assert result.changed.settings and not result.changed.ledgers
    assert sheet_memory.words(office, DISPUTES) == {"closing_method": {"和谐结案": "mediation"}}
    undoing.undo(office)
    assert sheet_memory.words(office, DISPUTES) == {}
    undoing.redo(office)
    heads = history.heads(office.db)
    assert heads != before
    importing.carry_out(office, replace(again, heads=heads), memory=memory)  # known by now: no operation
    assert history.heads(office.db) == heads


def test_a_cell_corrected_in_place_and_a_row_left_out(office: Office, tmp_path: Path) -> None:
    rows = usual()
    rows[0][2], rows[1][2] = "不详", "2020-02-30"
    seen = sheets.survey(office, DISPUTES, xlsx(tmp_path / "a.xlsx", [HEADS, *rows]))
    intent = Intent(corrections={("", 2, "applied_on"): "2020.1.3"}, left_out=frozenset({("", 3)}))
    plan = importing.make_plan(office, DISPUTES, seen, intent)
    assert plan.problems == () and list(plan.inserts) == [A, C]


def test_other_sheets_of_the_book_are_not_read(office: Office, tmp_path: Path) -> None:
    seen = sheets.survey(
        office,
        DISPUTES,
        next(s for s in CORPUS if s.name.startswith("a month on each sheet, days")).make(tmp_path, _none),
    )
    assert seen.names == ("1月", "2月", "说明") and seen.chosen == ("1月", "2月")


# The command line


def test_without_a_clerk_nothing_is_guessed_and_no_number_given(office: Office, tmp_path: Path) -> None:
    bare_plan = importing.read_plan(office, DISPUTES, bare(tmp_path, usual()))
    assert [p.field for p in bare_plan.problems] == ["case_no"] and bare_plan.inserts == ()
    heads = ["字号", *HEADS[2:]]  # 字号 is told only by what stands below it
    path = xlsx(tmp_path / "b.xlsx", [heads, *(r[1:] for r in usual())])
    assert len(plan_of(office, path).inserts) == 3
    assert importing.read_plan(office, DISPUTES, path).inserts == ()


def test_without_a_clerk_all_months_are_read_and_issues_name_their_sheet(
    office: Office, tmp_path: Path
) -> None:
    rows = usual()
    rows[2][2] = "昨天"
    path = xlsx(tmp_path / "a.xlsx", {"1月": [HEADS, *rows[:2]], "2月": [HEADS, rows[2]]})
    plan = importing.read_plan(office, DISPUTES, path)
    told = importing.result(plan).as_json()["problems"]
    assert plan.read == 3 and [(p["sheet"], p["row"]) for p in told] == [("2月", 2)]  # type: ignore[index,attr-defined]
    alone = importing.read_plan(office, DISPUTES, path, sheet="1月")
    assert alone.read == 2 and alone.problems == ()


def test_a_serial_number_among_days_is_told(office: Office, tmp_path: Path) -> None:
    rows = usual()
    rows[0][2] = 43833
    plan = importing.read_plan(office, DISPUTES, xlsx(tmp_path / "a.xlsx", [HEADS, *rows]))
    assert list(plan.inserts) == ALL
    told = [w for w in plan.warnings if w.field == "applied_on"]  # 裁决 is told of beside it
    assert ["2020-01-03" in w.message for w in told] == [True]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_other_names_are_no_label_of_another_field(ledger: Ledger) -> None:
    labels = {
        fold(word): field.key for field in ledger.fields for word in (field.key, *everywhere(field.label))
    }
    dead = [
        (field.key, word)
        for field in ledger.typed
        for word in field.also
        if labels.get(fold(word), field.key) != field.key
    ]
    assert dead == []
