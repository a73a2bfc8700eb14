"""A clerk's year in the real window, by the keyboard, with the real worker and file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import at, press, typed
from tracker.app import Shell, drop_deleted
from tracker.exchange import styles
from tracker.operations.office import open_office
from tracker.ui.crash import Crashes
from tracker.ui.export_dialog import ExportWorkbookDialog
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.start_page import StartPage
from tracker.ui.state import State
from tracker.ui.statistics_page import StatisticsPage

KEY = Qt.Key
ENTER, ESCAPE = KEY.Key_Return, KEY.Key_Escape
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
YEAR = date.today().year
PLAIN = ("t", "张三", "某某建筑有限公司", "9", "12000.5", "李仲裁")


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    defects: list[BaseException] = []
    crashes = Crashes()
    crashes.happened.connect(defects.append)
    result = Shell(qapp, State(tmp_path / "state.json"), crashes, lang="zh_CN")
    yield result
    result.close_file()
    if result.window:
        result.window.hide()
        result.window.deleteLater()
    drop_deleted(qapp)
    assert defects == []


class Clerk:
    """Works on the window in front and waits for it as a person does."""

    def __init__(self, shell: Shell, qtbot: QtBot) -> None:
        self.shell, self.qtbot = shell, qtbot

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.shell.window, MainWindow)
        return self.shell.window

    @property
    def list(self) -> LedgerPage:
        assert isinstance(self.window.current, LedgerPage)
        return self.window.current

    @property
    def statistics(self) -> StatisticsPage:
        assert isinstance(self.window.current, StatisticsPage)
        return self.window.current

    def look_at(self, window: QWidget | None) -> None:
        assert window is not None
        window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is window and self._has_focus(window))

    @staticmethod
    def _has_focus(window: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.window() is window

    def rest(self) -> None:
        """Wait until all work is done and shown."""
        desk = self.shell.desk
        assert desk is not None
        self.qtbot.waitUntil(lambda: not desk.tasks.is_busy())
        QApplication.processEvents()
        if QApplication.activeWindow() is None:  # a list that dropped down is gone; no window manager here
            self.look_at(self.shell.window)

    def type_record(self, *texts: str) -> None:
        for text in texts:
            typed(text, *([] if text == texts[-1] else [ENTER]))

    def save(self) -> None:
        press(KEY.Key_S, CONTROL)
        self.rest()
        assert not self.list.has_unsaved()

    def rows(self) -> int:
        self.rest()
        return len(self.list.model.ids)

    def cell(self, row: int, column: int) -> str:
        return str(self.list.model.index(row, column).data())

    def dialog(self, kind: type[QWidget]) -> QWidget:
        found = [dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()]
        assert len(found) == 1
        self.look_at(found[0])
        return found[0]


@pytest.fixture
def clerk(shell: Shell, qtbot: QtBot, tmp_path: Path) -> Clerk:
    """At the window of a file just made from the start page."""
    shell.begin()
    page = shell.window
    assert isinstance(page, StartPage)
    result = Clerk(shell, qtbot)
    result.look_at(page)
    press(ENTER)
    page.setup.show_path(tmp_path / "office.db")
    page.setup.rows.rows["region"].editor.setFocus()
    typed("京怀", ENTER, ENTER, ENTER)  # past the pattern and the clerk
    result.look_at(shell.window)
    result.rest()
    return result


def test_a_year_from_the_first_key_to_the_workbook(
    clerk: Clerk, tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    records(clerk)
    corrects(clerk)
    searches(clerk)
    looks_at_figures(clerk)
    imports(clerk, tmp_path)
    book = exports(clerk, tmp_path)
    clerk.window.close()
    assert_closed_whole(tmp_path / "office.db")
    assert_proofs_agree(libreoffice(book))


def records(clerk: Clerk) -> None:
    press(KEY.Key_N, CONTROL)
    clerk.rest()
    clerk.type_record(*PLAIN)
    press(ENTER, CONTROL)  # saves, and begins the next
    clerk.rest()
    assert at(clerk.list.form) == "applicant"
    clerk.type_record("李四", "某某餐饮有限公司", "7")
    clerk.save()
    press(ESCAPE)
    assert clerk.rows() == 2
    numbers = {clerk.cell(row, 0) for row in range(2)}
    assert numbers == {f"京怀劳人仲字〔{YEAR}〕第{n}号" for n in (1, 2)}
    assert clerk.window.navigation.count_text("disputes") == "2"


def corrects(clerk: Clerk) -> None:
    table = clerk.list.table
    table.setFocus()
    row = next(row for row in range(2) if "第1号" in clerk.cell(row, 0))
    table.selectRow(row)
    press(ENTER)
    clerk.rest()
    form = clerk.list.form
    assert "第1号" in form.header.title.text()
    form.body.cells["respondent"].editor.setFocus()
    press(KEY.Key_A, CONTROL)
    typed("更正后的建筑有限公司")
    clerk.save()
    press(ESCAPE)
    clerk.rest()
    shown = {clerk.cell(row, column) for row in range(2) for column in range(clerk.list.model.columnCount())}
    assert "更正后的建筑有限公司" in shown and "某某建筑有限公司" not in shown


def searches(clerk: Clerk) -> None:
    press(KEY.Key_F, CONTROL)
    typed("李四", ENTER)
    assert clerk.rows() == 1
    press(KEY.Key_F, CONTROL)
    press(ESCAPE)
    assert clerk.rows() == 2


def looks_at_figures(clerk: Clerk) -> None:
    press(KEY.Key_3, CONTROL)
    clerk.rest()
    page = clerk.statistics
    assert page.table.go_to("disputes.accepted", 1)
    page.table.setFocus()
    press(ENTER)
    assert clerk.rows() == 2
    assert "受理" in clerk.list.caption.text.text()
    press(KEY.Key_Left, ALT)
    clerk.rest()
    assert clerk.statistics is page
    assert page.table.go_to("disputes.closed", 1)
    press(ENTER)
    assert clerk.rows() == 0
    press(ESCAPE)
    assert clerk.window.current is page


def imports(clerk: Clerk, folder: Path) -> None:
    sheet = folder / "petitions.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active.append(["信访编号", "登记日期", "信访渠道", "信访人", "人次", "信访原因"])
    for n in (1, 2):
        book.active.append([f"京怀人社信〔{YEAR}〕{n}号", date.today(), "走访", "王五", 3, "工资"])
    book.save(sheet)
    press(KEY.Key_6, CONTROL)
    clerk.rest()
    press(KEY.Key_I, CONTROL)
    dialog = clerk.dialog(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    dialog.choose(sheet)
    clerk.rest()
    assert dialog.import_all.hasFocus()
    press(ENTER)
    clerk.rest()
    dialog.close()
    clerk.look_at(clerk.window)
    assert clerk.rows() == 2
    assert clerk.window.navigation.count_text("petitions") == "2"


def exports(clerk: Clerk, folder: Path) -> Path:
    book = folder / "book.xlsx"
    press(KEY.Key_E, CONTROL)
    dialog = clerk.dialog(ExportWorkbookDialog)
    assert isinstance(dialog, ExportWorkbookDialog)
    dialog.path.selectAll()
    typed(str(book))
    press(ENTER, CONTROL)
    clerk.rest()
    assert book.is_file()
    dialog.close()
    return book


def assert_closed_whole(path: Path) -> None:
    assert not path.with_name(f"{path.name}-wal").exists()
    office = open_office(path)
    numbers = office.db.rows("SELECT count(*) FROM disputes")
    office.close()
    assert numbers == [(2,)]


def assert_proofs_agree(path: Path) -> None:
    words = [
        cell.value
        for sheet in load_workbook(path, data_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert words.count(styles.agrees()) > 20
    assert styles.differs() not in words
