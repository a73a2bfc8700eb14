"""The year-end workbook: it proves itself, keeps text as text, and appears whole or not at all."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.effort import tries
from tests.office import filled, new_office
from tests.unit.records import fill, fill_further
from tracker import i18n
from tracker.db import records
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.errors import Cancelled, UserError
from tracker.exchange.guard import bare, guarded
from tracker.exchange.workbook_rows import LONGEST, safe_text, serial
from tracker.exchange.workbook_sheet import NONE, Book
from tracker.i18n import _
from tracker.indicators import INDICATORS
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.operations import editing, exporting, importing
from tracker.operations.exporting import by_month, export_list, widest, workbook
from tracker.operations.figures import figures
from tracker.operations.office import Office, open_office, save_settings
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.schema.filters import All, AnyOf, Filled, Is
from tracker.schema.indicator import Breakdown, Count, Measure

YEAR = Period.year(2020)
DISPUTES = BY_NAME["disputes"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("office") / "a.db", Who("王敏", "front-desk"))
    save_settings(made, {"office": "怀柔区劳动人事争议仲裁院"})
    fill(made, range(2019, 2021), 300, 120)
    fill_further(made, 60)
    yield made
    made.close()


def verdicts(path: Path) -> tuple[list[str], list[str]]:
    """The agreement cells of the cover of a recomputed workbook, and of all other sheets."""
    words = ("一致", "不一致", "agrees", "differs")
    with closing(load_workbook(path, data_only=True, read_only=True)) as book:
        cover, *rest = [
            [str(v) for row in sheet.iter_rows(values_only=True) for v in row if v in words] for sheet in book
        ]
    return cover, list(chain.from_iterable(rest))


PERIODS = (
    ("en", Period.of(date(2019, 3, 10), date(2020, 4, 20), date(2020, 6, 30))),
    ("zh_CN", Period.year(2020, date(2020, 9, 15))),
    ("zh_CN", Period.year(2017)),
    ("zh_CN", YEAR),  # which the one with a changed record has as well
)


@pytest.mark.parametrize(("language", "period"), PERIODS[: tries(1)])
def test_libreoffice_confirms_every_figure(
    office: Office, language: str, period: Period, tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    i18n.use(language)  # until the test ends, as each begins in Chinese
    made = workbook(office, period, tmp_path / "w.xlsx")
    assert verdicts(libreoffice(made.path))[1] == [_("agrees")] * made.proofs
    assert made.proofs > 150


def test_a_changed_record_is_found_out(
    office: Office, tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    path = tmp_path / "w.xlsx"
    workbook(office, YEAR, path)
    book = load_workbook(path)
    sheet = book["劳动争议"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("结案方式") + 1
    row = next(r for r in range(2, sheet.max_row) if sheet.cell(r, column).value == "调解")
    sheet.cell(row, column).value = "移送"
    book.save(path)
    cover, found = verdicts(libreoffice(path))
    assert 3 <= found.count("不一致") < 20 and "不一致" in cover


def dated(measure: Measure) -> bool:
    """Whether it counts records by a day alone, as the charts of months do."""
    parts = measure.where.parts if isinstance(measure, Count) and isinstance(measure.where, All) else ()
    return isinstance(measure, Count) and all(isinstance(part, Filled) for part in parts[1:])


def test_figures_are_numbers_and_only_proofs_are_formulas(office: Office, tmp_path: Path) -> None:
    workbook(office, YEAR, tmp_path / "w.xlsx")
    book = load_workbook(tmp_path / "w.xlsx")
    assert book.calculation.fullCalcOnLoad
    rows = [row for row in book["汇总"].iter_rows(min_row=4) if row[1].value is not None]
    shown = {row[0].value: row[1].value for row in rows}
    single = [f for f in figures(office.db, YEAR) if not isinstance(f.indicator.measure, Breakdown)]
    assert len(shown) == len(single)
    for row, figure in zip(rows, single, strict=True):
        text = figure.text()
        assert row[1].value == (NONE if text is None else float(text))
        assert [cell.data_type for cell in row[9:11]] == ["f", "f"]
        assert "f" not in {cell.data_type for cell in row[:7]}
    charts = {ws.title: len(ws._charts) for ws in book.worksheets if ws._charts}
    charted = {i.ledger for i in INDICATORS if by_month(i) and dated(i.measure)}
    assert charts == {
        "分月": len(charted),
        "分类统计": sum(isinstance(i.measure, Breakdown) for i in INDICATORS),
    }


def test_details_hold_every_record_behind_a_figure_and_no_other(office: Office, tmp_path: Path) -> None:
    workbook(office, YEAR, tmp_path / "w.xlsx")
    book = load_workbook(tmp_path / "w.xlsx")
    for ledger in LEDGERS:
        title = _(ledger.short)
        mine = [i for i in INDICATORS if ledger.name in i.looks_into()]
        query = Query(ledger, AnyOf(tuple(i.rows(ledger.name).at(YEAR) for i in mine)))
        expected = {row[0] for row in records.each(office.db, query, [ledger.number])}
        sheet = book[title]
        assert {sheet.cell(r, 1).value for r in range(2, sheet.max_row + 1)} == expected
        assert sheet.freeze_panes == "B2" and sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")


def test_text_stays_text(tmp_path: Path) -> None:
    made = new_office(tmp_path / "a.db", Who("a", "b"))
    ledger = BY_NAME["disputes"]
    long_id = "110227199001011234"
    with made.writing("entry") as writer:
        for number, name in enumerate(("=1+1", "+86", "-1", "@x", long_id, "_x0041_")):
            record = {"case_no": f"{number}", "applied_on": "2020-01-05", "accepted_on": "2020-01-06"}
            writer.insert(ledger, {**record, "applicant": name, "respondent": "=cmd|' /C calc'!A0"})
    workbook(made, YEAR, tmp_path / "w.xlsx")
    sheet = load_workbook(tmp_path / "w.xlsx")["劳动争议"]
    made.close()
    column = [c.value for c in sheet[1]].index("申请人") + 1
    cells = [sheet.cell(r, column) for r in range(2, 8)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][:5] == ["=1+1", "+86", "-1", "@x", long_id]
    assert [cell.quotePrefix for cell in cells] == [True] * 4 + [False] * 2


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    assert safe_text("a\x00b\x0bc\ufffe\n") == "abc\n"
    assert safe_text("x" * (LONGEST + 5)) == "x" * (LONGEST - 1) + "…"
    assert safe_text("_x0041_") == "_x005F_x0041_"
    assert (serial("1900-03-01"), serial("2020-01-05T12:00")) == (61, 43835.5)


def test_sheet_names_are_allowed_and_different() -> None:
    book = Book(Workbook(write_only=True))
    titles = [book.sheet(wanted, "").title for wanted in ("a/b:c", "a/b:c", "长" * 40)]
    assert titles[0] == "a_b_c" and len(set(titles)) == 3 and max(map(len, titles)) <= 31


def test_a_narrower_condition_adds_nothing() -> None:
    wide, narrow, other = Filled("a"), All((Filled("a"), Is("b", 1))), Filled("c")
    assert widest([narrow, wide, other, All((wide,))]) in (
        AnyOf((wide, other)),
        AnyOf((other, wide)),
        AnyOf((All((wide,)), other)),
    )


def test_only_what_has_one_day_goes_by_month() -> None:
    by = {i.key: by_month(i) for i in INDICATORS}
    assert by["disputes.pending"] is by["disputes.carried_over"] is by["disputes.closure_rate"] is None
    assert by["disputes.closed"] == Breakdown(by["disputes.closed"].of, "closed_on", month=True)  # type: ignore[union-attr]


class Stopping:
    """Asks to stop once so many reports were made."""

    def __init__(self, after: int) -> None:
        self.left = after

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_cancelled_export_leaves_the_older_file(
    office: Office, tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr("tracker.exchange.workbook_rows.STEP", 50)
    path = tmp_path / "w.xlsx"
    path.write_text("old")
    with pytest.raises(Cancelled):
        workbook(office, YEAR, path, Stopping(after))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tmp", "w.xlsx"]
    assert path.read_text() == "old"
    assert list(temporary.iterdir()) == []


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file of this process may become longer: writing fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_workbook_is_of_one_moment(tmp_path: Path) -> None:
    """Another program enters a check while disputes are being written."""
    case: dict[str, Value] = {"applied_on": "2020-01-06", "accepted_on": "2020-01-06", "applicant": "张"}
    case["respondent"] = "某公司"
    check: dict[str, Value] = {
        "record_no": "1",
        "checked_on": "2020-03-02",
        "place": "怀柔",
        "officers": "甲、乙",
    }
    check |= {"target": "某公司", "kind": "routine", "items": "工资"}
    office = filled(tmp_path / "cases.db", {BY_NAME["disputes"]: [dict(case) for _n in range(600)]})
    other = open_office(office.db.path, Who("another", "m"))

    class Meanwhile:
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            if total and not records.count(other.db, Query(BY_NAME["inspections"])):
                editing.save(other, BY_NAME["inspections"], check)

    made = workbook(office, YEAR, tmp_path / "w.xlsx", Meanwhile())
    assert records.count(other.db, Query(BY_NAME["inspections"])) == 1
    assert made.records == 600
    assert "执法检查" not in load_workbook(tmp_path / "w.xlsx").sheetnames
    other.close()
    office.close()


@pytest.mark.parametrize("size", [3_000, 60_000])
def test_a_full_disk_is_one_sentence(
    office: Office, tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    path = tmp_path / "w.xlsx"
    path.write_text("old")
    with small_disk(size), pytest.raises(UserError, match="磁盘已满"):
        workbook(office, YEAR, path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tmp", "w.xlsx"] and path.read_text() == "old"
    assert list(temporary.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_sentence(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        workbook(office, YEAR, tmp_path / "none" / "w.xlsx")
    with pytest.raises(UserError, match="是文件夹"):
        workbook(office, YEAR, tmp_path)
    with pytest.raises(UserError, match="过长"):
        workbook(office, YEAR, tmp_path / f"{'长' * 120}.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("ledger", LEDGERS, ids=[ledger.name for ledger in LEDGERS])
def test_an_exported_list_comes_back_unharmed(office: Office, tmp_path: Path, kind: str, ledger) -> None:
    path = tmp_path / f"list.{kind}"
    keys = [field.key for field in ledger.fields]
    made = export_list(office, Query(ledger), keys, path)
    plan = importing.read_plan(office, ledger, path)
    assert [(issue.field, issue.message) for issue in plan.problems] == []
    assert (plan.read, plan.unchanged, len(plan.updates)) == (made.records, made.records, 0)


def test_the_list_is_as_filtered_and_sorted(office: Office, tmp_path: Path) -> None:
    query = Query(DISPUTES, Is("closing_method", "mediation"), sort=(("closed_on", True),))
    made = export_list(office, query, ["closed_on", "case_no", "settled_amount"], tmp_path / "list.xlsx")
    rows = list(load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True))  # type: ignore[union-attr]
    expected = list(records.each(office.db, query, ["closed_on", "case_no", "settled_amount"]))
    assert made.records == len(expected) == len(rows) - 1
    assert rows[0] == ("结案日期", "案号", "结案标的额") or rows[0][1] == "案号"
    for row, (day, number, fen) in zip(rows[1:], expected, strict=True):
        assert row == (datetime.fromisoformat(day), number, None if fen is None else fen / 100)


def test_content_leaves_out_what_is_not_asked(office: Office, tmp_path: Path) -> None:
    petitions = BY_NAME["petitions"]
    made = workbook(office, YEAR, tmp_path / "w.xlsx", ledgers=(petitions,))
    assert load_workbook(tmp_path / "w.xlsx").sheetnames == ["封面", "汇总", "分月", "分类统计", "信访事项"]
    assert 0 < made.proofs < 60


def test_the_period_of_a_figure_is_the_workbooks(office: Office) -> None:
    part = exporting.details(office.db, DISPUTES, INDICATORS, replace(YEAR, as_of=date(2020, 6, 30)))
    assert part.total == len(list(part.rows))
    assert part.total < exporting.details(office.db, DISPUTES, INDICATORS, YEAR).total


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''@x", "-5", "plain", "'quoted'", ""])
def test_the_guard_of_csv_comes_off_again(text: str) -> None:
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))
