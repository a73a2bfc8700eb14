"""The window that takes a sheet in: seen first, then written whole, in part, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from scripts.sample_sheets import write, write_old
from tests.office import new_office
from tests.sheet_makers import xlsx
from tracker.db import records
from tracker.db import settings as stored
from tracker.db.history import Who
from tracker.exchange.reading import SUFFIXES
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import importing, parties, sheets, undoing
from tracker.operations.figures import Behind
from tracker.operations.office import Changed
from tracker.operations.sheet_rows import Intent
from tracker.ui import import_files
from tracker.ui.desk import Desk
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.import_steps import COLUMNS, DONE, FILE, ROWS, WORDS
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

Make = Callable[..., ImportDialog]


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    """Makes the window on a new file, shown."""
    desks: list[Desk] = []

    def make(*, instant: bool = True) -> ImportDialog:
        office = new_office(tmp_path / "office.db", Who("赵敏", "front-desk"))
        desk = Desk(office, Tasks(instant=instant), State(tmp_path / "state.json"))
        desks.append(desk)
        window = ImportDialog(desk, DISPUTES)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield make
    for desk in desks:
        desk.close()


def count(window: ImportDialog) -> int:
    return records.count(window.desk.reader, records.Query(DISPUTES))


def test_a_sheet_in_order_is_seen_then_written(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    told: list[Changed] = []
    window.desk.changed.connect(told.append)
    assert not window.import_all.isEnabled() and window.start.action.hasFocus()
    window.choose(write(tmp_path / "a.xlsx", wrong=False))
    assert window.preview.tallies["inserted"].number.text() == "40" and count(window) == 0
    assert window.at == ROWS and window.preview.columns.model().rowCount() == 12
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert count(window) == 40 and [change.ledgers for change in told] == [{"disputes"}]
    assert window.result_ and window.result_.inserted == 40
    assert "40" in window.done_page.text.text() and window.done_page.isVisible()


def test_problems_are_listed_and_their_rows_left_out_only_when_asked(
    dialog: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    window.next_button.click()  # its unknown word stays open
    table = window.preview.problems
    assert window.preview.tabs.currentWidget() is table and table.model().rowCount() == 7
    assert not window.import_all.isEnabled() and window.import_rest.isVisible()
    window.import_all.click()
    assert count(window) == 0
    window.import_rest.click()
    assert count(window) == 33


def test_problems_are_sorted_and_copied(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    window.next_button.click()
    table = window.preview.problems
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 0).data() == "33"
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied[:3] == ["33", "申请标的额", "一万二千元"]
    assert window.preview.detail.text() == copied[3]


def test_a_corrected_sheet_is_read_again_by_f5(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    path = write(tmp_path / "a.xlsx", wrong=True)
    window.choose(path)
    path.unlink()
    write(path, wrong=False)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.plan and not window.plan.problems and window.import_all.isEnabled()


def test_what_is_no_sheet_is_refused_with_its_sentence(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    (tmp_path / "a.xlsx").write_bytes(b"hello")
    window.choose(tmp_path / "a.xlsx")
    assert "a.xlsx" in window.banner.text.text() and window.banner.isVisible()
    assert window.start.isVisible() and not window.import_all.isEnabled()


def test_a_sheet_is_dropped_on_the_window(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path / "a.xlsx", wrong=False)))])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert window.plan and window.plan.read == 40


def test_importing_twice_finds_nothing_to_do(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    path = write(tmp_path / "a.xlsx", wrong=False)
    window.choose(path)
    window.import_all.click()
    window.result_, window.at = None, FILE
    window.choose(path)
    assert window.plan and window.plan.unchanged == 40
    assert not window.import_all.isEnabled() and window.note.text()


def test_with_the_worker_the_window_stays_open_until_it_has_stopped(
    dialog: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    window = dialog(instant=False)
    path = write(tmp_path / "a.xlsx", wrong=False)
    window.choose(path)
    assert window.working.isVisible()
    window.reject()
    assert window.isVisible()
    qtbot.waitUntil(lambda: window._job is None)
    window.choose(path)
    qtbot.waitUntil(lambda: window.plan is not None and window._job is None)
    window.import_all.click()
    qtbot.waitUntil(lambda: window.result_ is not None and window._job is None)
    assert count(window) == 40 and window.close_button.isVisible()
    window.close_button.click()
    assert not window.isVisible()


def test_every_kind_of_sheet_is_offered() -> None:
    assert import_files.SUFFIXES.split() == [f"*{suffix}" for suffix in SUFFIXES]


# A sheet of an office's own


def pick(box: QComboBox, data: str) -> None:
    """Choose as the keyboard does."""
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_an_old_ledger_goes_step_by_step_into_the_file(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    shown: list[Behind] = []
    window.opened.connect(shown.append)
    window.choose(write_old(tmp_path / "a.xlsx"))
    assert "〔2020〕第1号" in window.columns.invent.text(), "a number that the first row really gets"
    assert window.at == COLUMNS and window.columns.invent.isChecked() and window.columns.table.hasFocus()
    said = [window.columns.table.row(n)[2] for n in range(window.columns.table.model().rowCount())]
    assert said[1:4] == ["申请日期", "受理日期", "申请人"] and said[-1] == "仲裁员"
    window.columns.table.setCurrentIndex(window.columns.table.model().index(10, 0))
    pick(window.columns.field, "clerk")
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.at == WORDS and window.words.table.model().rowCount() == 4
    assert window.words.decided()[("closing_method", "仲裁调解书")] == "mediation"
    assert (
        window.words.decided()[("closing_method", "裁决")] == "award"
    )  # asked all the same: it may be final
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.at == ROWS and window.plan and window.plan.problems == () and len(window.plan.inserts) == 24
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.at == DONE and count(window) == 24 and window.done_page.action.hasFocus()
    window.done_page.action.click()
    (behind,) = shown
    assert records.count(window.desk.reader, records.Query(DISPUTES, behind.where)) == 24


def test_what_was_decided_once_is_not_asked_again(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    window.choose(write_old(tmp_path / "a.xlsx"))
    window.columns.table.setCurrentIndex(window.columns.table.model().index(10, 0))
    pick(window.columns.field, "clerk")
    window.next_button.click()
    window.next_button.click()
    window.import_all.click()
    again = ImportDialog(window.desk, DISPUTES)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    again.choose(write_old(tmp_path / "b.xlsx"))
    assert again.columns.table.row(10)[2:4] == ["书记员", "按上次的选择"]
    again.next_button.click()
    assert again.at == ROWS and again.plan and (again.plan.unchanged, again.plan.inserts) == (24, ())


def test_what_was_decided_of_a_sheet_that_changes_nothing_is_kept_too(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    window.choose(write_old(tmp_path / "a.xlsx"))
    window.next_button.click()
    window.next_button.click()
    window.import_all.click()
    again = ImportDialog(window.desk, DISPUTES)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    again.choose(write_old(tmp_path / "b.xlsx"))
    again.columns.table.setCurrentIndex(again.columns.table.model().index(10, 0))
    pick(again.columns.field, "")
    while again.at != ROWS:
        again.next_button.click()
    assert again.plan and not again.plan.inserts and not again.plan.updates
    assert again.import_all.isEnabled() and "记住" in again.note.text()
    again.import_all.click()
    assert [key for key in stored.read(window.desk.office.db) if key.startswith("sheet_columns")]
    assert again.result_ and (again.result_.updated, again.result_.changed.ledgers) == (0, frozenset())


def test_telephones_are_shown_before_they_are_kept_and_may_be_given_another_meaning(
    dialog: Make, tmp_path: Path
) -> None:
    heads = ["案号", "申请日期", "申请人", "被申请人", "联系电话"]
    first = ["1号", "2020-01-06", "张三", "甲公司", ""]
    window = dialog()
    window.choose(xlsx(tmp_path / "a.xlsx", [heads, first]))
    window.import_all.click()
    again = ImportDialog(window.desk, DISPUTES)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    rows = [[*first[:4], "13812345678"], ["2号", "2020-01-07", "李四", "乙公司", "13900000001"]]
    again.choose(xlsx(tmp_path / "b.xlsx", [heads, *rows]))
    assert again.columns.table.row(4)[2] == "申请人电话"
    while again.at != ROWS:
        again.next_button.click()
    assert again.preview.added.row(0)[-1] == "李四 13900000001"
    assert again.preview.changes.row(0)[-1] == "张三电话：空 → 13812345678"
    again.back_button.click()
    again.columns.table.setCurrentIndex(again.columns.table.model().index(4, 0))
    pick(again.columns.field, "respondent.phone")
    while again.at != ROWS:
        again.next_button.click()
    assert again.preview.added.row(0)[-1] == "乙公司 13900000001"
    again.import_all.click()
    (uid,) = (str(r["uid"]) for r in records.by_number(window.desk.reader, DISPUTES, "1号"))
    assert [(p["name"], p["phone"]) for p in parties.of_record(window.desk.reader, uid)] == [
        ("甲公司", "13812345678")
    ]
    third = ImportDialog(window.desk, DISPUTES)
    third.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    third.choose(xlsx(tmp_path / "c.xlsx", [heads, *rows]))
    assert third.columns.table.row(4)[2:4] == ["被申请人电话", "按上次的选择"]


def test_an_import_with_what_was_decided_is_one_step_to_undo(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    office = window.desk.office
    told: list[Changed] = []
    window.desk.changed.connect(told.append)
    before = dict(stored.read(office.db))
    window.choose(write_old(tmp_path / "a.xlsx"))
    window.columns.table.setCurrentIndex(window.columns.table.model().index(10, 0))
    pick(window.columns.field, "clerk")
    window.next_button.click()
    window.next_button.click()
    window.import_all.click()
    assert [(change.settings, change.ledgers) for change in told] == [(True, {"disputes", "parties"})]
    assert {key.partition(":")[0] for key in stored.read(office.db).keys() - before.keys()} == {
        "sheet_columns",
        "sheet_word",
    }
    undoing.undo(office)
    assert count(window) == 0 and stored.read(office.db) == before


def test_a_sheet_of_which_nothing_was_decided_leaves_no_setting(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=False))
    window.import_all.click()
    assert count(window) == 40
    assert not [key for key in stored.read(window.desk.office.db) if key.startswith("sheet_")]


def test_escape_goes_back_a_step_at_a_time(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    window.choose(write_old(tmp_path / "a.xlsx"))
    window.next_button.click()
    window.next_button.click()
    steps = []
    for _n in range(4):
        steps.append(window.at)
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert steps == [ROWS, WORDS, COLUMNS, FILE] and not window.isVisible()


def test_a_cell_is_corrected_and_a_row_left_out_in_place(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    window.next_button.click()
    table = window.preview.problems
    assert table.row(0)[2] == "2020-02-30"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(window.preview.cell.hasFocus)
    window.preview.cell.setText("2020.2.29")
    qtbot.keyClick(window.preview.cell, Qt.Key.Key_Return)
    assert "2020.2.29" in str(table.row(0)[3]) and table.currentIndex().row() == 1
    window.preview.leave_out.click()
    assert window.note.text().startswith("按 F5")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.plan and len(window.plan.problems) == 5 and window.plan.read == 39
    assert window.at == ROWS, "an open word is asked once, not after each correction"
    assert "2020-02-29" in [record.get("closed_on") for record in window.plan.inserts]


def test_of_two_problems_of_one_cell_the_one_in_hand_is_corrected(dialog: Make, tmp_path: Path) -> None:
    """Each row carries its problem, in whatever order they stand, and after its text was changed."""
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    window.next_button.click()
    assert window.plan
    wrong = window.plan.problems[0]
    twice = replace(wrong, message="第二句", field="closed_on")
    preview = window.preview
    preview.show_plan(replace(window.plan, problems=(wrong, twice)))
    preview.problems.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    for row in range(2):
        preview.problems.setCurrentIndex(preview.problems.model().index(row, 0))
        assert preview.issue and preview.issue.message == preview.problems.message()
        preview.problems.tell("改过了")
        assert preview.issue in (wrong, twice)


def test_a_row_that_only_resembles_another_is_left_out_where_it_is_told(
    dialog: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    window = dialog()
    office = window.desk.office
    for name, applicant in (("a.csv", "张三"), ("b.csv", "张珊")):
        path = tmp_path / name
        path.write_text(
            f"收件日期,申请人,用人单位,案由,标的额\n2020.1.5,{applicant},甲公司,劳动报酬,500\n",
            encoding="utf-8",
        )
        of = office.catalogue.by_name["disputes"]
        if applicant == "张三":
            plan = importing.make_plan(office, of, sheets.survey(office, of, path), Intent(invent=True))
            importing.carry_out(office, plan)
    window.choose(path)
    window.next_button.click()
    preview = window.preview
    assert preview.tabs.currentWidget() is preview.warnings
    assert "张三 → 张珊" in preview.detail.text() and preview.leave_out.isVisible()
    qtbot.keyClick(preview.warnings, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window._unchecked)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.plan and window.plan.inserts == () and window.plan.updates == ()


def test_problem_rows_go_out_with_their_reason_and_come_back(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    window.next_button.click()
    window.export_problems(tmp_path / "wrong.xlsx")
    window.import_rest.click()
    assert count(window) == 33 and window.at == DONE
    assert window.export_button.isVisible() and window.export_button.text() == "导出未导入的行…"
    assert window.export_button.shortcut().toString() == "Ctrl+S"
    book = load_workbook(tmp_path / "wrong.xlsx")
    sheet = book.active
    assert sheet is not None and sheet["A1"].value == "未导入原因" and sheet.max_row == 8
    assert "2020-02-30" in str(sheet["A2"].value) and sheet["B2"].value == 6
    for row in range(2, 9):
        sheet.cell(row, 11).value = sheet.cell(row, 12).value = None
        sheet.cell(row, 3, f"京怀劳人仲字〔2020〕第{row + 100}号")
        sheet.cell(row, 7, "补填的公司"), sheet.cell(row, 9, "工伤"), sheet.cell(row, 10, 12000)
    book.save(tmp_path / "wrong.xlsx")
    back = ImportDialog(window.desk, DISPUTES)
    back.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    back.choose(tmp_path / "wrong.xlsx")
    assert back.plan and back.plan.problems == () and len(back.plan.inserts) == 7


def test_a_field_that_no_column_fills_gets_one_value_for_all(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    path = tmp_path / "a.csv"
    path.write_text("案号,收件日期,用人单位\n1号,2020.1.5,甲公司\n", encoding="utf-8")
    window.choose(path)
    assert window.at == COLUMNS and list(window.columns._constants) == ["applicant"]
    line = window.columns._constants["applicant"]
    assert isinstance(line, QLineEdit)
    line.setText("不详")
    window.next_button.click()
    assert window.plan and window.plan.problems == () and window.plan.inserts[0]["applicant"] == "不详"


def test_a_word_that_may_mean_two_codes_is_asked_once(dialog: Make, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "案号,收件日期,申请人,用人单位,结案日期,结案形式\n1号,2020.1.5,张三,甲公司,2020.2.5,裁决\n",
        encoding="utf-8",
    )
    window = dialog()
    window.choose(path)
    assert window.at == WORDS and window.plan
    assert [w.value for w in window.plan.warnings if w.field == "closing_method"] == ["裁决"]
    pick(window.words.code, "final_award")
    window.next_button.click()
    assert window.at == ROWS
    assert not [w for w in window.plan.warnings if w.field == "closing_method"]
    assert window.plan.inserts[0]["closing_method"] == "final_award"
    window.import_all.click()
    assert not window.export_button.isVisible(), "nothing was left out"
    again = ImportDialog(window.desk, DISPUTES)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    again.choose(path)
    assert again.at == ROWS and again.plan and again.plan.unchanged == 1
