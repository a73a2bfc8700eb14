"""A clerk's year in the real window, by the keyboard, with the real worker and file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.end2end.clerk import Clerk, shell_in
from tests.ui.form_tools import at
from tracker.exchange import styles
from tracker.operations.office import open_office
from tracker.ui.export_dialog import ExportWorkbookDialog
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.start_page import StartPage
from tracker.ui.statistics_page import StatisticsPage

YEAR = date.today().year
PLAIN = ("t", "张三", "某某建筑有限公司", "9", "12000.5", "李仲裁")


class YearClerk(Clerk):
    """Reads what the pages show."""

    @property
    def statistics(self) -> StatisticsPage:
        assert isinstance(self.window.current, StatisticsPage)
        return self.window.current

    def rows(self) -> int:
        self.rest()
        return len(self.list.model.ids)

    def cell(self, row: int, column: int) -> str:
        return str(self.list.model.index(row, column).data())


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[YearClerk]:
    """At the window of a file just made from the start page."""
    with shell_in(qapp, tmp_path) as shell:
        shell.begin()
        page = shell.window
        assert isinstance(page, StartPage)
        result = YearClerk(shell, qtbot)
        result.look_at(page)
        result.press("Return")
        page.setup.show_path(tmp_path / "office.db")
        page.setup.rows.rows["region"].editor.setFocus()
        result.type("京怀", "Return", "Return", "Return")  # past the pattern and the clerk
        result.look_at(shell.window)
        result.rest()
        yield result


def test_a_year_from_the_first_key_to_the_workbook(
    clerk: YearClerk, tmp_path: Path, libreoffice: Callable[..., Path]
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


def records(clerk: YearClerk) -> None:
    clerk.press("Ctrl+N")
    clerk.rest()
    clerk.fill(*PLAIN)
    clerk.press("Ctrl+Return")  # saves, and begins the next
    clerk.rest()
    assert at(clerk.list.form) == "applicant"
    clerk.fill("李四", "某某餐饮有限公司", "7")
    clerk.save()
    clerk.press("Esc")
    assert clerk.rows() == 2
    numbers = {clerk.cell(row, 0) for row in range(2)}
    assert numbers == {f"京怀劳人仲字〔{YEAR}〕第{n}号" for n in (1, 2)}
    assert clerk.window.navigation.count_text("disputes") == "2"


def corrects(clerk: YearClerk) -> None:
    table = clerk.list.table
    table.setFocus()
    row = next(row for row in range(2) if "第1号" in clerk.cell(row, 0))
    table.selectRow(row)
    clerk.press("Return")
    clerk.rest()
    form = clerk.list.form
    assert "第1号" in form.header.title.text()
    form.body.cells["respondent"].editor.setFocus()
    clerk.press("Ctrl+A")
    clerk.type("更正后的建筑有限公司")
    clerk.save()
    clerk.press("Esc")
    clerk.rest()
    shown = {clerk.cell(row, column) for row in range(2) for column in range(clerk.list.model.columnCount())}
    assert "更正后的建筑有限公司" in shown and "某某建筑有限公司" not in shown


def searches(clerk: YearClerk) -> None:
    clerk.press("Ctrl+F")
    clerk.type("李四", "Return")
    assert clerk.rows() == 1
    clerk.press("Ctrl+F")
    clerk.press("Esc")
    assert clerk.rows() == 2


def looks_at_figures(clerk: YearClerk) -> None:
    clerk.press("Ctrl+3")
    clerk.rest()
    page = clerk.statistics
    assert page.table.go_to("disputes.accepted", 1)
    page.table.setFocus()
    clerk.press("Return")
    assert clerk.rows() == 2
    assert "受理" in clerk.list.caption.text.text()
    clerk.press("Alt+Left")
    clerk.rest()
    assert clerk.statistics is page
    assert page.table.go_to("disputes.closed", 1)
    clerk.press("Return")
    assert clerk.rows() == 0
    clerk.press("Esc")
    assert clerk.window.current is page


def imports(clerk: YearClerk, folder: Path) -> None:
    sheet = folder / "petitions.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active.append(["信访编号", "登记日期", "信访渠道", "信访人", "人次", "信访原因"])
    for n in (1, 2):
        book.active.append([f"京怀人社信〔{YEAR}〕{n}号", date.today(), "走访", "王五", 3, "工资"])
    book.save(sheet)
    clerk.press("Ctrl+6")
    clerk.rest()
    clerk.press("Ctrl+I")
    dialog = clerk.dialog(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    dialog.choose(sheet)
    clerk.rest()
    assert dialog.import_all.hasFocus()
    clerk.press("Return")
    clerk.rest()
    dialog.close()
    clerk.look_at(clerk.window)
    assert clerk.rows() == 2
    assert clerk.window.navigation.count_text("petitions") == "2"


def exports(clerk: YearClerk, folder: Path) -> Path:
    book = folder / "book.xlsx"
    clerk.press("Ctrl+E")
    dialog = clerk.dialog(ExportWorkbookDialog)
    assert isinstance(dialog, ExportWorkbookDialog)
    dialog.path.selectAll()
    clerk.type(str(book))
    clerk.press("Ctrl+Return")
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
