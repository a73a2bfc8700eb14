"""What sheets unlike those of the first corpus showed: units, rivals among headings, and what must be told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.effort import tries
from tests.old_sheets import ALL, CORPUS, HEADS, C, Sheet, plan_of, usual
from tests.old_sheets_further import (
    FURTHER,
    more_people,
    plain_beats_more,
    words_in_brackets,
)
from tests.sheet_makers import xlsx
from tracker.exchange import units
from tracker.operations import importing, sheets, taking
from tracker.operations.importing import Plan
from tracker.operations.office import Office
from tracker.operations.sheet_rows import Intent
from tracker.schema.fields import Names


def read_plan(office: Office, path: Path, sheet: str | None = None) -> Plan:
    return importing.read_plan(office, office.catalogue.by_name["disputes"], path, sheet)


def none(*_parts: object) -> Path:
    raise AssertionError("only for sheets that LibreOffice makes")


def told(plan: Plan, field: str) -> list[str]:
    return [warning.message for warning in plan.warnings if warning.field == field]


@pytest.mark.parametrize("sheet", FURTHER, ids=lambda sheet: sheet.name)
def test_each_sheet_is_read_as_it_was_meant(office: Office, tmp_path: Path, sheet: Sheet) -> None:
    plan = read_plan(office, sheet.make(tmp_path, none))
    assert [(p.row, p.field) for p in plan.problems] == sheet.problems, [p.message for p in plan.problems]
    assert list(plan.inserts) == sheet.records


# Units


UNITS = [
    ([], "拖欠金额（千元）", 1_000),
    ([], "拖欠金额（人民币万元）", 10_000),
    ([], "拖欠金额（万元人民币）", 10_000),
    ([], "拖欠金额/万元", 10_000),
    ([], "拖欠金额万元", 10_000),
    ([], "拖欠金额（亿元）", 10**8),
    ([["单位：件、人、万元"]], "拖欠金额", 10_000),
    ([["台账", None, "（金额单位：万元）"]], "拖欠金额", 10_000),
    ([["（万元）"]], "拖欠金额", 10_000),
    ([["单位：千元"]], "拖欠金额", 1_000),
    ([["单位：万元"]], "拖欠金额（元）", 1),
    ([["填报单位：北京万元户餐饮公司"]], "拖欠金额", 1),
]


@pytest.mark.parametrize(("titles", "heading", "factor"), UNITS)
def test_amounts_are_of_the_unit_that_heading_or_title_tells(
    office: Office, tmp_path: Path, titles: list[list[object]], heading: str, factor: int
) -> None:
    heads = ["案件编号", "受理日期", "案件来源", "用人单位", heading]
    rows = [
        [f"欠{n}号", "2020-01-05", "投诉", "甲公司", cell]
        for n, cell in enumerate((1.25, "2.5", "7,000元", 3))
    ]
    plan = plan_of(office, xlsx(tmp_path / "a.xlsx", [*titles, heads, *rows]), ledger="wage_arrears")
    assert plan.problems == ()
    assert [r["owed_amount"] for r in plan.inserts] == [125 * factor, 250 * factor, 700_000, 300 * factor]
    assert bool(told(plan, "owed_amount")) == ((bool(titles) and factor > 1) or factor == 10**8)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("金额（万元）", "拖欠金额"),
        ("金额（万元）", "拖欠"),
        ("金额", "拖欠（万元）"),
        ("欠薪情况", "金额（万元）"),
    ],
)
def test_a_unit_may_stand_in_either_row_of_headings(
    office: Office, tmp_path: Path, upper: str, lower: str
) -> None:
    heads = [["案件编号", "受理日期", "案件来源", "用人单位", upper], [None, None, None, None, lower]]
    rows: list[list[object]] = [*heads, ["欠1号", "2020-01-05", "投诉", "甲公司", 1.25]]
    path = xlsx(tmp_path / "a.xlsx", rows, [f"{c}1:{c}2" for c in "ABCD"])
    plan = plan_of(office, path, ledger="wage_arrears")
    assert plan.problems == () and [r["owed_amount"] for r in plan.inserts] == [1_250_000]


@pytest.mark.parametrize("heading", ["标的额（元/人）", "标的额（美元）", "标的额（元/月）"])
def test_what_is_no_amount_in_yuan_is_not_read(office: Office, tmp_path: Path, heading: str) -> None:
    heads = [heading if word == "标的额" else word for word in HEADS]
    plan = plan_of(office, xlsx(tmp_path / "a.xlsx", [heads, *usual()]))
    assert all("claim_amount" not in record for record in plan.inserts)
    assert any(heading in message for message in told(plan, ""))


def test_an_amount_that_the_unit_makes_immense_is_told(office: Office, tmp_path: Path) -> None:
    heads = ["标的额（万元）" if word == "标的额" else word for word in HEADS]
    rows = usual()
    rows[0][7] = 1.2
    plan = plan_of(office, xlsx(tmp_path / "a.xlsx", [heads, *rows]))
    assert [w.row for w in plan.warnings if w.field == "claim_amount"] == [3]  # 35000万元; 8600.5万元 may be


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("单位：万元", 10_000),
        ("（单位:人，元）", 0),
        ("以万元为单位", 10_000),
        ("单位（千元）", 1_000),
        ("单位：亿元公司", 0),
    ],
)
def test_the_unit_of_a_title(text: str, size: int) -> None:
    assert units.of_title(text) == size


# What must be told


def test_a_column_that_another_one_outdid_is_told(office: Office, tmp_path: Path) -> None:
    plan = read_plan(office, plain_beats_more(tmp_path, none))
    assert list(plan.inserts) == ALL
    outdone = [m for m in told(plan, "") if "标的额" in m]
    assert len(outdone) == 2 and all("“标的额”" in m for m in outdone)


def test_rows_taken_with_the_one_above_are_told(office: Office, tmp_path: Path) -> None:
    plan = read_plan(office, more_people(tmp_path, none))
    assert [w.row for w in plan.warnings if w.field == "applicant"] == [4]


@pytest.mark.parametrize("cell", ["5人", None])
def test_a_sum_without_a_word_is_taken_with_no_case(office: Office, tmp_path: Path, cell: str | None) -> None:
    total = [None, None, None, None, cell, None, None, 55600.5]
    plan = read_plan(office, xlsx(tmp_path / "a.xlsx", [HEADS, *usual(), total]))
    assert list(plan.inserts) == ALL and {p.row for p in plan.problems} == {5}


@pytest.mark.parametrize("size", (2, 1, 3)[: tries(1)])
@pytest.mark.parametrize("sheet", (*CORPUS, *FURTHER), ids=lambda sheet: sheet.name)
def test_rows_are_read_alike_wherever_a_block_of_them_ends(
    office: Office, tmp_path: Path, sheet: Sheet, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sheet.office:
        pytest.skip("made by LibreOffice")
    path = sheet.make(tmp_path, none)
    whole = plan_of(office, path, invent=not sheet.numbered, ledger=sheet.ledger)
    monkeypatch.setattr(taking, "BLOCK", size)
    parts = plan_of(office, path, invent=not sheet.numbered, ledger=sheet.ledger)
    assert parts == replace(whole, tables=parts.tables)


def test_a_ditto_mark_repeats_the_last_record_and_no_total(office: Office, tmp_path: Path) -> None:
    rows = usual()
    rows[2][7] = "同上"
    total = ["合计", None, None, None, None, None, None, 47000, None, None]
    path = xlsx(tmp_path / "a.xlsx", [HEADS, *rows[:2], total, rows[2]])
    of = office.catalogue.by_name["disputes"]
    for left_out in (frozenset[tuple[str, int]](), frozenset({("", 3)})):
        plan = importing.make_plan(office, of, sheets.survey(office, of, path), Intent(left_out=left_out))
        assert plan.inserts[-1]["claim_amount"] == 35000_00


def test_words_whose_brackets_were_dropped_are_told(office: Office, tmp_path: Path) -> None:
    assert told(read_plan(office, words_in_brackets(tmp_path, none)), "closing_method") == []
    rows = usual()
    rows[0][9], rows[1][9] = "撤诉（视为）", "裁决结案"
    plan = read_plan(office, xlsx(tmp_path / "b.xlsx", [HEADS, *rows]))
    assert [r.get("closing_method") for r in plan.inserts] == ["withdrawal", "award", None]
    assert set(plan.unsure) == {("closing_method", "撤诉（视为）"), ("closing_method", "裁决结案")}
    assert len(told(plan, "closing_method")) == 2


def test_sheets_that_are_not_read_are_told(office: Office, tmp_path: Path) -> None:
    r = usual()
    book = {
        "1月": [HEADS, *r[:2]],
        "2月": [r[2], r[2]],
        "3月": [r[2], r[2], r[2]],
        "说明": [["由仲裁院填写"]],
    }
    plan = read_plan(office, xlsx(tmp_path / "a.xlsx", book))
    assert [w.value for w in plan.warnings if w.field == "" and w.sheet] == ["3月"]
    assert read_plan(office, tmp_path / "a.xlsx", "1月").warnings == tuple(
        w for w in plan.warnings if w.sheet != "3月"
    )


def test_a_hidden_sheet_is_told_and_read_only_by_its_name(office: Office, tmp_path: Path) -> None:
    r = usual()
    path = xlsx(tmp_path / "a.xlsx", {"台账": [HEADS, *r[:2]], "备份": [HEADS, r[2]]})
    book = load_workbook(path)
    book["备份"].sheet_state = "hidden"
    book.save(path)
    plan = read_plan(office, path)
    assert list(plan.inserts) == ALL[:2] and [w.value for w in plan.warnings if w.sheet == "备份"] == ["备份"]
    assert list(read_plan(office, path, "备份").inserts) == [C]


def test_a_circle_may_mean_either_and_is_asked(office: Office, tmp_path: Path) -> None:
    heads = [*HEADS, "批准延期"]
    plan = read_plan(office, xlsx(tmp_path / "a.xlsx", [heads, *([*r, "○"] for r in usual())]))
    assert {p.field for p in plan.problems} == {"extended"}


def test_numbers_of_an_unknown_shape_are_taken_before_others_are_given(
    office: Office, tmp_path: Path
) -> None:
    """Where a clerk sees the guess; else the office's own numbers would be lost for new ones."""
    heads = ["卷号" if word == "案号" else word for word in HEADS]
    heads[1] = "仲裁卷案号"
    rows = [[r[0], f"W2020{n:03d}", *r[2:]] for n, r in enumerate(usual(), 1)]
    plan = plan_of(office, xlsx(tmp_path / "a.xlsx", [heads, *rows]), invent=True)
    assert [r["case_no"] for r in plan.inserts] == ["W2020001", "W2020002", "W2020003"]


# Again


@pytest.mark.parametrize("sheet", [s for s in FURTHER if not s.problems], ids=lambda sheet: sheet.name)
def test_the_same_sheet_again_changes_nothing(office: Office, tmp_path: Path, sheet: Sheet) -> None:
    path = sheet.make(tmp_path, none)
    importing.carry_out(office, plan_of(office, path))
    plan = plan_of(office, path)
    assert (plan.inserts, plan.updates, plan.unchanged) == ((), (), len(sheet.records))


@pytest.mark.parametrize(
    ("names", "heads"),
    [
        ("张三等五人", 5),
        ("张三等12人", 12),
        ("张三、李四（均为女，退休）", 2),
        ("张三等一百零二名职工", 102),
        ("张三", 1),
    ],
)
def test_people_are_counted_by_names_and_words(names: str, heads: int) -> None:
    assert Names.heads(names) == heads
