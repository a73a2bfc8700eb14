"""Pictures of what stands before a page: dialogs, questions and reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from scripts import sample_sheets
from scripts.sample_desk import close_with, newest, sample_desk
from scripts.screens import both, screen, then
from scripts.screens_pages import YEAR, demonstration_window, ledger_page
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.office import open_office
from tracker.schema.operators import Filter
from tracker.ui.export_dialog import ExportWorkbookDialog, proposed_name
from tracker.ui.form_keys import ask_unsaved
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.progress import ProgressDialog
from tracker.ui.report_window import ReportWindow


def over_list(step: Callable[[LedgerPage], object]) -> Callable[[QApplication], QWidget]:
    """A screen: the disputes, and what a step opens over them."""

    def build(app: QApplication) -> QWidget:
        window = demonstration_window("disputes")
        page = ledger_page(window)
        then(window, lambda: step(page))
        return window

    return build


def over_window(step: Callable[[MainWindow], object]) -> Callable[[QApplication], QWidget]:
    """The same for what the window opens."""
    return over_list(lambda page: step(main_window(page)))


def main_window(page: LedgerPage) -> MainWindow:
    """The window that a page is in."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


screen("filter_text")(over_list(lambda page: page.filters.ask()))
screen("filter_days")(over_list(lambda page: page.filters.ask("accepted_on")))
screen("filter_codes")(
    over_list(lambda page: page.filters.ask(start=Filter("cause", "one_of", ("remuneration", "injury"))))
)
screen("columns")(over_list(lambda page: page.choose_columns()))
screen("shortcuts")(over_window(lambda window: window.show_shortcuts()))
screen("about")(over_window(lambda window: window.show_about()))
screen("problem")(
    over_window(
        lambda window: window.tell_problem(
            both(
                "数据文件被另一程序占用；请关闭该程序后重试。",
                "The data file is in use by another program; close it and try again.",
            )
        )
    )
)


@screen("question_bin")
def question_bin(app: QApplication) -> QWidget:
    """Before records go into the bin."""
    window = demonstration_window("disputes")
    page = ledger_page(window)

    def ask() -> None:
        page.table.selectAll()
        page.acts.bin()

    then(window, ask)
    return window


@screen("question_unsaved")
def question_unsaved(app: QApplication) -> QWidget:
    """Before a form with something typed is left."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    page.open_record(newest(page.desk, page.ledger))
    then(window, lambda: ask_unsaved(page))
    return window


@screen("progress")
def progress(app: QApplication) -> QWidget:
    """A job that takes its time."""
    window = demonstration_window("disputes")

    def run() -> None:
        dialog = ProgressDialog(window, both("导出列表", "Export list"))
        dialog._meter.show(1200, 4306, both("正在写入第 1,200 行，共 4,306 行", "row 1,200 of 4,306"))
        dialog.show()

    then(window, run)
    return window


@screen("report", whole=False)
def report(app: QApplication) -> QWidget:
    """What a defect looks like."""
    try:
        open_office(None)  # type: ignore[arg-type]
    except AttributeError as error:
        return ReportWindow(error, Path("case-tracker.log"))
    raise AssertionError("that should have been a defect")


@screen("import_start", whole=False)
def import_start(app: QApplication) -> QWidget:
    """Before a sheet is chosen."""
    desk, folder = sample_desk()
    widget = ImportDialog(desk, DISPUTES)
    close_with(widget, desk, folder)
    return widget


def _import(wrong: bool, tab: int = 0, *, old: bool = False, on: int = 0) -> ImportDialog:
    desk, folder = sample_desk()
    widget = ImportDialog(desk, DISPUTES)
    path = Path(folder.name) / "2020.xlsx"
    widget.choose(sample_sheets.write_old(path) if old else sample_sheets.write(path, wrong=wrong))
    for _n in range(on):
        widget.next_button.click()
    if tab:
        widget.preview.tabs.setCurrentIndex(tab)
    close_with(widget, desk, folder)
    return widget


screen("import_columns", whole=False)(lambda app: _import(True, old=True))
screen("import_words", whole=False)(lambda app: _import(True, old=True, on=1))
screen("import_problems", whole=False)(lambda app: _import(True, on=1))
screen("import_notes", whole=False)(lambda app: _import(True, 1, on=1))
screen("import_rows", whole=False)(lambda app: _import(True, 2, old=True, on=2))
screen("import_ready", whole=False)(lambda app: _import(False))


@screen("import_done", whole=False)
def import_done(app: QApplication) -> QWidget:
    """A sheet taken in."""
    widget = _import(False)
    widget._import(skip_problems=False)
    return widget


def _export() -> ExportWorkbookDialog:
    desk, folder = sample_desk()
    widget = ExportWorkbookDialog(desk, YEAR)
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    widget.path.setText(str(Path(folder.name) / proposed_name("", YEAR)))
    close_with(widget, desk, folder)
    return widget


screen("export", whole=False)(lambda app: _export())


@screen("export_running", whole=False)
def export_running(app: QApplication) -> QWidget:
    """The workbook under way."""
    widget = _export()
    widget._show_running(True)
    widget._progressed(3, 8, both("正在写入明细", "writing details"))
    return widget


@screen("export_done", whole=False)
def export_done(app: QApplication) -> QWidget:
    """The workbook, written."""
    widget = _export()
    widget.start()
    return widget
