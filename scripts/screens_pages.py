"""Pictures of the window with each of its pages, as a clerk comes upon them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget

from scripts.sample_desk import TODAY, add_closed, close_with, demonstration_desk, newest, sample_desk
from scripts.screens import both, screen, then
from tracker.catalogue import STANDARD
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import demonstration, figures
from tracker.period import Period
from tracker.schema.operators import Filter
from tracker.ui.commands import MENUS
from tracker.ui.desk import Desk
from tracker.ui.editors import LineEditor
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import pages
from tracker.ui.record_form import RecordForm
from tracker.ui.settings_page import SettingsPage
from tracker.ui.start_page import StartPage
from tracker.ui.statistics_page import StatisticsPage, remember
from tracker.ui.trail import Place

YEAR = Period.year(2020, date(2020, 12, 25))


def demonstration_window(key: str) -> MainWindow:
    """The window on the demonstration with one of its pages in front."""
    desk, folder = demonstration_desk(key)
    remember(desk, YEAR)
    result = MainWindow(desk)
    result.go(Place(key))
    close_with(result, desk, folder)
    return result


def ledger_page(window: MainWindow) -> LedgerPage:
    """The list in front."""
    page = window.current
    assert isinstance(page, LedgerPage)
    return page


def list_with(
    change: Callable[[LedgerPage], object], key: str = "disputes"
) -> Callable[[QApplication], QWidget]:
    """A screen: the window with a list to which something is done."""

    def build(app: QApplication) -> QWidget:
        window = demonstration_window(key)
        change(ledger_page(window))
        return window

    return build


def open_newest(page: LedgerPage) -> None:
    """Open the record on top, or a new one where there is none."""
    if records.count(page.desk.reader, Query(page.ledger)):
        page.open_record(newest(page.desk, page.ledger))
    else:
        page.new_record()


for entry in pages(STANDARD):
    screen(f"page_{entry.key}")(lambda app, key=entry.key: demonstration_window(key))  # type: ignore[misc]
for ledger in LEDGERS:
    screen(f"form_{ledger.name}")(list_with(lambda page: open_newest(page), ledger.name))


@screen("manual_list")
def manual_list(app: QApplication) -> QWidget:
    """Disputes some of which are closed, one of them chosen."""
    window = demonstration_window("disputes")
    table = ledger_page(window).table
    then(window, lambda: (table.scrollTo(table.model().index(96, 0)), table.pick_row(88)))
    return window


@screen("manual_form")
def manual_form(app: QApplication) -> QWidget:
    """A dispute closed by an award, in the window."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    page.filters.set_filters((Filter("closing_method", "one_of", ("final_award",)),))
    page.open_record(str(page.model.uid(0)))
    return window


@screen("list_filtered")
def list_filtered(app: QApplication) -> QWidget:
    """Two filters, two orders, and some rows selected."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    page.filters.set_filters(
        (
            Filter("cause", "one_of", ("remuneration", "compensation")),
            Filter("accepted_on", "days", ("2020-03-01", "2020-06-30")),
            Filter("closing_method", "one_of", ("final_award",)),
        )
    )
    page.table.sort("closed_on")
    page.table.sort("applicant", True)
    then(window, page.table.selectAll)
    return window


@screen("list_behind")
def list_behind(app: QApplication) -> QWidget:
    """The records behind a figure."""
    window = demonstration_window("disputes")
    awards = figures.indicator_named(window.catalogue, "disputes.final_awards")
    window.go(Place("disputes", figures.behind(window.catalogue.by_name, awards, YEAR)))
    ledger_page(window).table.pick_row(2)
    return window


def _search(text: str) -> Callable[[LedgerPage], object]:
    def search(page: LedgerPage) -> None:
        page.head.search.setText(text)
        page.head.search.returnPressed.emit()
        page.head.search.setFocus()

    return search


screen("list_searched")(list_with(_search("建筑工程")))
screen("list_nothing_found")(list_with(_search("查无此人")))
screen("list_bin_empty")(list_with(lambda page: page.head.bin.setChecked(True)))


@screen("list_bin")
def list_bin(app: QApplication) -> QWidget:
    """Records in the bin."""
    window = demonstration_window("petitions")
    page = ledger_page(window)
    for row in (0, 2, 3):
        page.table.pick_row(row)
        page.acts._run(page.table.picked_ids(), restore=False)
    page.head.bin.setChecked(True)
    page.table.pick_row(1)
    return window


@screen("list_empty")
def list_empty(app: QApplication) -> QWidget:
    """A new file's first list."""
    desk, folder = sample_desk()
    window = MainWindow(desk)
    window.go(Place("disputes"))
    close_with(window, desk, folder)
    return window


for name in MENUS:

    @screen(f"menu_{name.strip('&').lower()}")
    def menu(app: QApplication, name: str = name) -> QWidget:
        """The window with a menu open."""
        window = demonstration_window("disputes")
        bar = window.menuBar()
        action = bar.actions()[MENUS.index(name)]
        opened = action.menu()
        assert isinstance(opened, QMenu)
        then(window, lambda: opened.popup(bar.mapToGlobal(bar.actionGeometry(action).bottomLeft())))
        return window


@screen("menu_list")
def menu_list(app: QApplication) -> QWidget:
    """The menu of a row."""
    window = demonstration_window("disputes")
    table = ledger_page(window).table
    table.pick_row(3)
    menu = QMenu(table)
    menu.addActions(table.actions())
    then(window, lambda: menu.popup(table.viewport().mapToGlobal(table.rect().center())))
    return window


@screen("form_new_over")
def form_new_over(app: QApplication) -> QWidget:
    """A new dispute in the window."""
    window = demonstration_window("disputes")
    ledger_page(window).new_record()
    return window


def form_asking(key: str) -> Callable[[QApplication], QWidget]:
    """A screen: a new dispute with the list or calendar of a field open."""

    def build(app: QApplication) -> QWidget:
        window = demonstration_window("disputes")
        page = ledger_page(window)
        page.new_record()

        def ask() -> None:
            page.form.body.focus(key)
            editor = page.form.body.cells[key].editor
            line = editor.focusProxy() or editor  # the picture is of a window that has no keyboard
            QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

        then(window, ask)
        return window

    return build


screen("form_codes")(form_asking("cause"))
screen("form_calendar")(form_asking("accepted_on"))


@screen("form")
def form(app: QApplication) -> QWidget:
    """A closed dispute, opened."""
    widget, desk = _form()
    widget.open(add_closed(desk))
    return widget


@screen("form_end")
def form_end(app: QApplication) -> QWidget:
    """The same, scrolled to its end: an award."""
    widget, desk = _form()
    widget.open(add_closed(desk))
    bar = widget.area.verticalScrollBar()
    then(widget, lambda: bar.setValue(bar.maximum()))
    return widget


@screen("form_refused")
def form_refused(app: QApplication) -> QWidget:
    """A new dispute that cannot be saved yet."""
    widget, _desk = _form()
    widget.new()
    for key, text in (("accepted_on", "2020-13-05"), ("respondent", both("北京某某公司", "A Company"))):
        editor = widget.body.cells[key].editor
        assert isinstance(editor, LineEditor)
        editor.line.setText(text)
    widget.save()
    return widget


def _form() -> tuple[RecordForm, Desk]:
    desk, folder = sample_desk()
    widget = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    close_with(widget, desk, folder)
    return widget, desk


def statistics_at(key: str, period: Period = YEAR) -> MainWindow:
    """The window with the statistics, one figure chosen."""
    window = demonstration_window("statistics")
    page = window.current
    assert isinstance(page, StatisticsPage)
    page.picker.set_period(period)
    page.refresh()
    page.table.go_to(key)
    return window


screen("statistics_parts")(lambda app: statistics_at("disputes.by_cause"))
screen("statistics_end")(lambda app: statistics_at("inspections.by_kind"))
screen("statistics_month")(lambda app: statistics_at("disputes.accepted", Period.month(2020, 3)))
screen("statistics_range")(
    lambda app: statistics_at("disputes.accepted", Period.of(date(2020, 1, 5), date(2020, 3, 31)))
)


@screen("statistics_problem")
def statistics_problem(app: QApplication) -> QWidget:
    """A period that cannot be read."""
    window = statistics_at("disputes.closing_rate")
    page = window.current
    assert isinstance(page, StatisticsPage)
    page.picker.typed.setText("2020-15")
    page.picker.typed.setModified(True)
    page.picker.typed.editingFinished.emit()
    return window


@screen("statistics_nothing_found")
def statistics_nothing_found(app: QApplication) -> QWidget:
    """A figure that there is not."""
    window = statistics_at("disputes.accepted")
    page = window.current
    assert isinstance(page, StatisticsPage)
    page.focus_search()
    page.search.setText(both("天气", "weather"))
    page.search.returnPressed.emit()
    return window


@screen("statistics_calendar")
def statistics_calendar(app: QApplication) -> QWidget:
    """The as-of day's calendar."""
    window = statistics_at("disputes.accepted")
    page = window.current
    assert isinstance(page, StatisticsPage)
    then(window, page.picker._pop_up)
    return window


@screen("statistics_empty")
def statistics_empty(app: QApplication) -> QWidget:
    """The figures of a new file."""
    desk, folder = sample_desk()
    remember(desk, YEAR)
    window = MainWindow(desk)
    window.go(Place("statistics"))
    close_with(window, desk, folder)
    return window


@screen("settings_end")
def settings_end(app: QApplication) -> QWidget:
    """The settings, scrolled to their end, with something wrong."""
    window = demonstration_window("settings")
    page = window.current
    assert isinstance(page, SettingsPage)
    area = page.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    then(window, lambda: bar.setValue(bar.maximum()))
    return window


@screen("start")
def start(app: QApplication) -> QWidget:
    """The first thing one sees."""
    return StartPage((), demonstration.offers(), "王书记员")


@screen("start_recent")
def start_recent(app: QApplication) -> QWidget:
    """The start page with files opened before, and one that could not be opened."""
    names = both("怀柔区2020年台账.db 练习.db", "huairou-2020.db practice.db").split()
    page = StartPage(tuple(Path.home() / "Documents" / name for name in names), demonstration.offers())
    page.tell_problem(both("数据文件已损坏，请打开备份。", "The data file is damaged; open a backup."))
    return page


@screen("office")
def office(app: QApplication) -> QWidget:
    """The page of a new file."""
    page = StartPage((), {}, "王书记员")
    page.begin_setup()
    page.setup.rows.line("office").editor.setText("北京市怀柔区人力资源和社会保障局")
    page.setup.rows.line("region").editor.setText("京怀")
    then(page, lambda: page.setup.setFocus(Qt.FocusReason.TabFocusReason))
    return page


@screen("settings_limits")
def settings_limits(app: QApplication) -> QWidget:
    """The settings where numbers have units and something is ticked."""
    window = demonstration_window("settings")
    area = window.current.findChild(QScrollArea) if window.current else None
    assert area is not None
    then(window, lambda: area.verticalScrollBar().setValue(560))
    return window
