"""Telephones of old sheets: whose a column is, paired with the names of each row, and kept with the parties."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.office import WHO, new_office
from tests.unit.test_undoing_attached import everything
from tracker.db import records
from tracker.exchange import headings
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.ledgers.mediations import MEDIATIONS
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import importing, parties, sheets, undoing
from tracker.operations.importing import ImportResult, Plan
from tracker.operations.office import Office
from tracker.operations.sheet_people import pairs
from tracker.operations.sheet_rows import Intent
from tracker.schema.ledger import Ledger

HEADS = ("案号", "申请日期", "申请人", "联系电话", "被申请人", "被申请人联系电话")
ONE = ("1号", "2020-01-06", "张三", 13812345678, "甲公司", "010-69641234")
TWO = ("2号", "2020-01-07", "李四、王五", "13900000001、13900000002", "乙公司", "")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "office.db", WHO)) as made:
        yield made


def sheet(folder: Path, rows: list[tuple[object, ...]], heads: tuple[str, ...] = HEADS) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (heads, *rows):
        page.append([*row])
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def plan_of(
    office: Office, folder: Path, rows: list[tuple[object, ...]], heads: tuple[str, ...] = HEADS
) -> Plan:
    return importing.read_plan(office, DISPUTES, sheet(folder, rows, heads))


def take_in(
    office: Office, folder: Path, rows: list[tuple[object, ...]], heads: tuple[str, ...] = HEADS
) -> ImportResult:
    return importing.carry_out(office, plan_of(office, folder, rows, heads))


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.inserted, result.updated, result.unchanged, result.skipped


def uid_of(office: Office, number: str) -> str:
    (found,) = records.by_number(office.db, DISPUTES, number)
    return str(found["uid"])


def phones(office: Office, number: str = "1号") -> list[tuple[object, object, object, object]]:
    found = parties.of_record(office.db, uid_of(office, number))
    return [(one["role"], one["name"], one["kind"], one["phone"]) for one in found]


@pytest.mark.parametrize(
    ("ledger", "row", "of"),
    [
        (DISPUTES, ("案号", "申请人", "被申请人", "联系电话"), {3: "applicant"}),
        (DISPUTES, ("案号", "申请人", "手机号码", "被申请人", "电话"), {2: "applicant", 4: "respondent"}),
        (
            DISPUTES,
            ("案号", "申请人", "申请人电话", "被申请人", "联系方式"),
            {2: "applicant", 4: "respondent"},
        ),
        (DISPUTES, ("案号", "申请人", "被申请人", "被申请人电话", "电话"), {3: "respondent", 4: "applicant"}),
        (DISPUTES, ("案号", "申请人", "被申请人", "联系电话（被申请人）"), {3: "respondent"}),
        (DISPUTES, ("案号", "申请人", "被申请人", "代理人电话"), {}),
        (DISPUTES, ("案号", "被申请人", "联系电话"), {}),
        (PETITIONS, ("信访编号", "信访人", "联系电话"), {2: "petitioner"}),
        (INSPECTIONS, ("记录单编号", "检查对象", "联系电话"), {2: "employer"}),
        (INSPECTIONS, ("记录单编号", "检查对象", "执法人员", "联系电话"), {}),
        (MEDIATIONS, ("编号", "申请人", "联系电话", "被申请人", "被申请人电话"), {4: "respondent"}),
    ],
)
def test_whose_a_column_of_telephones_is(ledger: Ledger, row: tuple[str, ...], of: dict[int, str]) -> None:
    found = headings.find(ledger, [row])
    assert found
    told = {c.index: getattr(c.field, "role", "") for c in found.columns}
    assert {index: role for index, role in told.items() if role} == of


def test_whose_it_is_under_headings_of_two_rows() -> None:
    upper = ["案号", "申请人信息", None, "被申请人", None, "代理人"]
    lower = [None, "姓名", "电话", "名称", "联系电话", "电话"]
    found = headings.find(DISPUTES, [upper, lower])
    assert found and found.unknown == ("代理人/电话",)
    assert {c.index: c.field.key for c in found.columns} == {
        0: "case_no", 1: "applicant", 2: "applicant.phone", 3: "respondent", 4: "respondent.phone",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (("张三",), "138 1234 5678", {"张三": "138 1234 5678"}),
        (("张三",), "13812345678/010-69641234", {"张三": "13812345678、010-69641234"}),
        (("张三", "李四"), "13900000001\n13900000002", {"张三": "13900000001", "李四": "13900000002"}),
        (("张三", "李四"), "13900000001 13900000002", {"张三": "13900000001", "李四": "13900000002"}),
        (
            ("张三", "李四"),
            "李四13900000002、张三：13900000001",
            {"李四": "13900000002", "张三": "13900000001"},
        ),
        (("张三", "李四"), "13900000001", None),
        (("张三",), "已关机", None),
        (("张三", "李四"), "13900000001、不详", None),
        ((), "13900000001", None),
    ],
)
def test_telephones_and_names_are_paired(
    names: tuple[str, ...], text: str, found: dict[str, str] | None
) -> None:
    assert pairs(names, text) == found


def test_telephones_become_the_parties_of_the_case(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office, tmp_path, [ONE, TWO])
    assert not plan.mapping.unknown and not plan.problems and not plan.warnings
    assert [[(p.name, p.phone) for p in plan.insert_people[n]] for n in (0, 1)] == [
        [("张三", "13812345678"), ("甲公司", "010-69641234")],
        [("李四", "13900000001"), ("王五", "13900000002")],
    ]
    assert parties.PARTIES.name in importing.carry_out(office, plan).changed.ledgers
    assert phones(office) == [
        ("applicant", "张三", "person", "13812345678"),
        ("respondent", "甲公司", "firm", "010-69641234"),
    ]
    assert [one[1:] for one in phones(office, "2号")] == [
        ("李四", "person", "13900000001"),
        ("王五", "person", "13900000002"),
    ]


def test_counts_that_do_not_agree_are_told_and_nothing_is_kept(office: Office, tmp_path: Path) -> None:
    row = ("1号", "2020-01-06", "张三、李四", "13800000001", "甲公司", "无")
    result = take_in(office, tmp_path, [row])
    assert counts(result) == (1, 0, 0, 0) and phones(office) == []
    assert [(w.row, w.field, w.value) for w in result.warnings] == [(2, "applicant.phone", "13800000001")]
    assert "申请人2名" in result.warnings[0].message


def test_importing_again_adds_only_what_is_new(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [(*ONE[:3], "", *ONE[4:])])
    assert [one[0] for one in phones(office)] == ["respondent"]
    result = take_in(office, tmp_path, [ONE, TWO])
    assert counts(result) == (1, 1, 0, 0)
    ended = everything(office)
    assert [one[0] for one in phones(office)] == ["respondent", "applicant"]
    assert counts(take_in(office, tmp_path, [ONE, TWO])) == (0, 0, 2, 0)
    assert everything(office) == ended


def test_a_telephone_that_is_there_stays_and_one_that_is_missing_is_filled_in(
    office: Office, tmp_path: Path
) -> None:
    take_in(office, tmp_path, [ONE])
    uid = uid_of(office, "1号")
    worker, firm = parties.of_record(office.db, uid)
    changed = [{"uid": worker["uid"], "phone": "137-0000-0000"}, {"uid": firm["uid"], "phone": None}]
    parties.save(office, DISPUTES, uid, changed)
    result = take_in(office, tmp_path, [ONE])
    assert counts(result) == (0, 1, 0, 0)
    assert [one[3] for one in phones(office)] == ["137-0000-0000", "010-69641234"]
    assert [(w.field, w.value) for w in result.warnings] == [("applicant.phone", "13812345678")]
    spelled = (*ONE[:3], "13700000000", *ONE[4:])
    assert not take_in(office, tmp_path, [spelled]).warnings


def test_an_import_with_telephones_is_taken_back_and_done_again(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [(*ONE[:3], "", *ONE[4:5], "")])
    before = everything(office)
    take_in(office, tmp_path, [ONE, TWO])
    ended = everything(office)
    undoing.undo(office)
    assert everything(office) == before
    undoing.redo(office)
    assert everything(office) == ended
    undoing.undo(office)
    take_in(office, tmp_path, [ONE, TWO])
    assert len(phones(office)) == len(phones(office, "2号")) == 2


def test_people_of_further_rows_keep_their_telephones(office: Office, tmp_path: Path) -> None:
    """A row that only names one more applicant of the case above, with a telephone of their own."""
    more = ("", "", "王五", "13900000009", "", "")
    result = take_in(office, tmp_path, [ONE, more, TWO])
    assert counts(result) == (2, 0, 0, 0)
    assert [one[1:] for one in phones(office)] == [
        ("张三", "person", "13812345678"),
        ("王五", "person", "13900000009"),
        ("甲公司", "firm", "010-69641234"),
    ]


def test_rows_without_numbers_are_known_again_with_their_telephones(office: Office, tmp_path: Path) -> None:
    heads, rows = HEADS[1:], [ONE[1:], TWO[1:]]

    def again() -> ImportResult:
        seen = sheets.survey(office, DISPUTES, sheet(tmp_path, rows, heads))
        return importing.carry_out(office, importing.make_plan(office, DISPUTES, seen, Intent(invent=True)))

    assert counts(again()) == (2, 0, 0, 0)
    assert office.db.one("SELECT count(*) FROM parties") == (4,)
    assert counts(again()) == (0, 0, 2, 0)
    rows[0] = (*ONE[1:3], "13812345678", *ONE[4:])
    assert counts(again()) == (0, 0, 2, 0) and office.db.one("SELECT count(*) FROM parties") == (4,)


def test_a_masked_or_spoilt_telephone_is_not_kept(office: Office, tmp_path: Path) -> None:
    rows = [(*ONE[:3], "138****5678", *ONE[4:]), (*TWO[:3], "1.38E+10", *TWO[4:])]
    result = take_in(office, tmp_path, rows)
    assert counts(result) == (2, 0, 0, 0)
    assert [w.row for w in result.warnings] == [2, 3]
    assert [one[0] for one in phones(office)] == ["respondent"] and phones(office, "2号") == []


def test_emptying_what_a_sheet_leaves_empty_leaves_telephones(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [ONE])
    path = sheet(tmp_path, [(*ONE[:3], "", *ONE[4:])])
    plan = importing.read_plan(office, DISPUTES, path, clear_empty=True)
    assert counts(importing.carry_out(office, plan)) == (0, 0, 1, 0) and len(phones(office)) == 2
