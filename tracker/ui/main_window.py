"""The window: navigation, the pages it makes at need, menus and the status line; it knows no page's inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.db import records
from tracker.i18n import _, ngettext
from tracker.operations.figures import Behind
from tracker.operations.office import Changed, Office
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.about import about
from tracker.ui.batch_window import BatchWindow
from tracker.ui.boxes import message_box
from tracker.ui.commands import COMMANDS, GO, MENUS, PAGE_KEYS
from tracker.ui.day_page import DayPage
from tracker.ui.desk import Desk
from tracker.ui.dropped import dropped_file
from tracker.ui.finder import Finder
from tracker.ui.finder_box import FinderBox
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.icons import icon
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.navigation import Navigation
from tracker.ui.page_stack import PageStack
from tracker.ui.pages import Adding, Exporting, Page, Printing, Refreshable, Searchable, pages
from tracker.ui.recents import remember
from tracker.ui.report_page import ReportPage
from tracker.ui.settings_page import SettingsPage
from tracker.ui.shortcuts_sheet import ShortcutsSheet
from tracker.ui.statistics_page import StatisticsPage, remembered
from tracker.ui.status_line import StatusLine
from tracker.ui.today_page import TodayPage
from tracker.ui.trail import Place
from tracker.ui.undo_actions import UndoActions
from tracker.ui.urgent_badge import UrgentBadge

if TYPE_CHECKING:
    from tracker.operations.views import View

SMALLEST = (960, 600)
USUAL = (1280, 720)
NAVIGATION_WIDTH = 216
CUSTOMISE = "customise"


@dataclass(frozen=True)
class Names:
    """What the window's frame says of the file: the office, and who acts."""

    office: str
    clerk: str


def read_names(office: Office) -> Names:
    """Read in the worker; quick."""
    return Names(str(office.setting("office") or ""), office.who.clerk)


def read_counts(office: Office, ledgers: Iterable[str]) -> dict[str, int]:
    """Read in the worker: how many records each of the ledgers has, one pass over an index each."""
    by_name = office.catalogue.by_name
    return {name: records.count(office.db, records.Query(by_name[name])) for name in ledgers}


class MainWindow(QMainWindow):
    """One open file. What needs another file or language is left to whoever made the window, by signals."""

    new_file_wanted = Signal()
    open_wanted = Signal(object)
    """The Path of another file."""
    language_wanted = Signal(str)
    structure_changed = Signal(object)
    """Fields, codes or figures are others than those that the pages were made for; with the Place to go to."""
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._to_count: frozenset[str] = frozenset()
        self.actions_by_key: dict[str, QAction] = {}
        self.catalogue = desk.office.catalogue
        self.pages = {page.key: page for page in pages(self.catalogue)}
        self.navigation = Navigation(self._shown_pages(), desk.state)
        self.office_name = widgets.Heading(role="strong")
        self.stack = PageStack(desk, self.pages.values())
        self.status = StatusLine(desk.tasks)
        self.badge = UrgentBadge(desk, self.navigation, lambda: isinstance(self.current, TodayPage))
        self.finder_box = FinderBox()
        self.setAcceptDrops(True)
        self._build()
        self.finder = Finder(desk, self)
        self.finder.record_chosen.connect(self._go_to_record)
        self.finder.list_chosen.connect(self._show_search)
        self.finder.view_chosen.connect(self._show_view)
        self.finder_box.asked.connect(self.finder.ask)
        by_key = self.actions_by_key
        self.undoing = UndoActions(self, desk, by_key["undo"], by_key["redo"], self)
        self.navigation.chosen.connect(self._chosen)
        self.navigation.entered_page.connect(self.stack.take_focus)
        self.stack.made.connect(self._connect_page)
        self.stack.arrived.connect(self._mark)
        desk.changed.connect(self._file_changed)
        desk.tasks.problem.connect(self.tell_problem)
        self._read_names()
        self.go(Place(self._first_page()))
        self._read_counts(self.catalogue.by_name)

    def _shown_pages(self) -> list[Page]:
        """The pages of the navigation: all but those of ledgers that the office does not use."""
        hidden = self.desk.office.catalogue.hidden
        return [page for page in self.pages.values() if page.key not in hidden]

    def _build(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setCentralWidget(self._splitter())
        self.setStatusBar(self.status)
        self.status.show_file(self.desk.office.db.path)
        self.status.show_period(remembered(self.desk).label())
        self._build_menus()
        self._restore_geometry()

    def _splitter(self) -> QSplitter:
        self.office_name.setWordWrap(True)
        self.office_name.setContentsMargins(theme.M, theme.M, theme.S, theme.S)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.office_name)
        column.addWidget(self.finder_box)
        column.addWidget(self.navigation, 1)
        left.setMinimumWidth(150)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(1, 1)
        splitter.setCollapsible(1, False)
        width = int(self.desk.state.get("navigation_width", NAVIGATION_WIDTH))
        splitter.setSizes([width, USUAL[0] - width])
        splitter.splitterMoved.connect(lambda width, _n: self.desk.state.set("navigation_width", width))
        return splitter

    def _build_menus(self) -> None:
        menus = {name: self.menuBar().addMenu(_(name)) for name in MENUS}
        for command in COMMANDS:
            if command.gap:
                menus[command.menu].addSeparator()
            action = self._action(command.key, _(command.label), command.keys, command.icon)
            if command.also:
                action.setShortcuts([QKeySequence(keys) for keys in (command.keys, command.also)])
            action.triggered.connect(getattr(self, command.key))
            menus[command.menu].addAction(action)
        self._add_pages(menus[GO])

    def _add_pages(self, menu: QMenu) -> None:
        menu.addSeparator()
        for n, page in enumerate(self.pages.values()):
            action = self._action(
                page.key, _(page.label), PAGE_KEYS[n] if n < len(PAGE_KEYS) else "", page.icon
            )
            action.triggered.connect(partial(self._go_to, page.key))
            menu.addAction(action)

    def _action(self, key: str, label: str, keys: str, icon_name: str) -> QAction:
        action = QAction(label, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(f"{label} ({action.shortcut().toString()})" if keys else label)
        self.actions_by_key[key] = action
        return action

    # going from page to page

    def go(self, place: Place) -> None:
        """Show a place, the focus in it; where pages are out of date, in a window made anew."""
        if self._is_outdated(place.key):
            if self.may_close():
                self.structure_changed.emit(place)
            return
        self.stack.go(place)
        self.stack.take_focus()

    def _chosen(self, key: str) -> None:
        """The navigation keeps the keyboard, unless the window is made anew."""
        if self._is_outdated(key):
            self.go(Place(key))
        else:
            self.stack.go(Place(key))

    def back(self) -> None:
        """Go back to where one came from."""
        self._step(-1)

    def forward(self) -> None:
        """Undo a step back."""
        self._step(1)

    def _step(self, by: int) -> None:
        """Go one place back or forward; where pages are out of date, by a window made anew there."""
        place = self.stack.trail.beside(by)
        if place and self._is_outdated(place.key):
            self.go(place)
        else:
            self.stack.step(by)
            self.stack.take_focus()

    def _is_outdated(self, key: str) -> bool:
        """Whether the page was made for other fields, codes or figures than the file has now."""
        return self.desk.office.catalogue is not self.catalogue and key != CUSTOMISE

    def focus_navigation(self) -> None:
        """Put the focus into the navigation."""
        self.navigation.setFocus()

    @property
    def current(self) -> QWidget | None:
        """The page in front, None before the first."""
        return self.stack.currentWidget()

    @property
    def here(self) -> Place | None:
        """The place in front, None before the first."""
        return self.stack.trail.here

    def _go_to(self, key: str, _checked: bool = False) -> None:
        self.go(Place(key))

    def _go_to_record(self, ledger: str, uid: str) -> None:
        self._go_on(Place(ledger, uid=uid))

    def _enter(self, ledger: str, name: str) -> None:
        """Begin a record that another one names."""
        self._begin(ledger, {self.catalogue.by_name[ledger].called.key: name})

    def _begin(self, ledger: str, given: Mapping[str, Value]) -> None:
        """Begin a record with what another one gives it."""
        self._go_on(Place(ledger))
        page = self.current
        if isinstance(page, LedgerPage) and page.ledger.name == ledger:
            page.new_record(given)

    def _go_on(self, place: Place) -> None:
        page = self.current
        self.stack.go_on(place, page.shown_uid if isinstance(page, LedgerPage) else "")
        self.stack.take_focus()

    def search_all(self) -> None:
        """Search all ledgers."""
        self.finder.ask()

    def _show_search(self, ledger: str, text: str) -> None:
        self._go_on(Place(ledger))
        page = self.current
        if isinstance(page, LedgerPage) and page.ledger.name == ledger:
            page.show_search(text)

    def _show_view(self, view: View) -> None:
        self._go_on(Place(view.ledger))
        page = self.current
        if isinstance(page, LedgerPage) and page.ledger.name == view.ledger:
            page.views.show_view(view)

    def _drill_on(self, behind: Behind) -> None:
        self._go_on(Place(behind.ledger.name, behind))

    def _drill(self, behind: Behind) -> None:
        self.go(Place(behind.ledger.name, behind))

    def _mark(self, place: Place | None) -> None:
        if place:
            self.navigation.show_key(place.key)
            self.desk.state.set("page", place.key)
            self.desk.state.set("page_day", date.today().isoformat())

    def _connect_page(self, page: QWidget) -> None:
        if isinstance(page, LedgerPage):
            page.back_requested.connect(self.back)
            page.import_requested.connect(self.import_sheet)
            page.record_wanted.connect(self._go_to_record)
            opened = partial(remember, self.desk.state, self.desk.office.db.path, page.ledger.name)
            page.record_opened.connect(opened)
            page.entry_wanted.connect(self._enter)
            page.begun.connect(self._begin)
            page.drill.connect(self._drill_on)
        elif isinstance(page, StatisticsPage):
            page.drill.connect(self._drill)
            page.export_requested.connect(self._export)
            page.freeze_requested.connect(self._freeze)
            page.freezes_wanted.connect(self._show_freeze)
            page.picker.changed.connect(lambda period: self.status.show_period(period.label()))
        elif isinstance(page, ReportPage):
            page.drill.connect(self._drill)
            page.picker.changed.connect(lambda period: self.status.show_period(period.label()))
        elif isinstance(page, DayPage):
            page.drill.connect(self._drill)
            page.record_wanted.connect(self._open_record)
            if isinstance(page, TodayPage):
                page.counted.connect(self.badge.show)
        elif isinstance(page, FreezesPage):
            page.record_wanted.connect(self._open_record)
        elif isinstance(page, SettingsPage):
            page.language_wanted.connect(self.language_wanted)

    def _first_page(self) -> str:
        """Today, the first time on a day; later on that day where the last session ended."""
        last = str(self.desk.state.get("page", ""))
        this_day = self.desk.state.get("page_day") == date.today().isoformat()
        return last if this_day and last in self.pages else "today"

    # commands

    def new_file(self) -> None:
        """Leave this file for a new one."""
        if self.may_close():
            self.new_file_wanted.emit()

    def open_file(self) -> None:
        """Choose another file and open it."""
        folder = str(self.desk.office.db.path.parent)
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Open file"), folder, file_filter())
        if chosen and self.may_close():
            self.open_wanted.emit(Path(chosen))

    def import_sheet(self) -> None:
        """Read a sheet into the ledger in front."""
        self._import()

    def _import(self, path: Path | None = None) -> None:
        from tracker.ui.import_dialog import ImportDialog  # here: its libraries take long to load

        dialog = ImportDialog(self.desk, self._ledger(), self)
        dialog.opened.connect(self._drill)
        dialog.open()
        if path:
            dialog.choose(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """A sheet may be dropped on the window."""
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Read the sheet that was dropped into the ledger in front."""
        if path := dropped_file(event.mimeData()):
            event.acceptProposedAction()
            self._import(path)

    def export_workbook(self) -> None:
        """Write the workbook of the statistics' period, or what the page in front writes in its place."""
        page: object = self.current
        if isinstance(page, Exporting):
            page.export_file()
        else:
            self._export(self._period())

    def print_list(self) -> None:
        """Preview and print the list of the page in front."""
        page: object = self.current
        if isinstance(page, Printing):
            page.print_list()
        else:
            self.tell_done(_("This page has no list to print."))

    def freeze_figures(self) -> None:
        """Freeze the figures of the statistics' period."""
        self._freeze(self._period())

    def export_return(self) -> None:
        """Write the statistical return of disputes for the statistics' period, such as a quarter."""
        from tracker.operations import exporting  # here: its libraries take long to load

        period = self._period()
        title = _("Statistical return of labour disputes")
        start = str(self.desk.office.db.path.with_name(f"{title} {period.label()}.xlsx"))
        kinds = _("Workbooks (*.xlsx)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export the statistical return"), start, kinds)
        if not chosen:
            return
        path = Path(chosen).with_suffix(".xlsx")
        self.desk.run(
            lambda office, progress: exporting.statistical_return(office, period, path, progress),
            lambda made: self.tell_done(_("Written: {path}").format(path=made.path)),
            lambda wrong: self.tell_problem(str(wrong)),
            cancellable=True,
        )

    def tell_done(self, text: str) -> None:
        """Say in the status line what was done."""
        self.status.showMessage(text, 15_000)

    def show_settings(self) -> None:
        """Go to the settings."""
        self.go(Place("settings"))

    def undo(self) -> None:
        """Take back what this clerk did last."""
        self.undoing.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.undoing.redo()

    def new_record(self) -> None:
        """Begin a record in the ledger in front, or in the first one; elsewhere what the page adds."""
        front: object = self.current
        page = front if isinstance(front, Adding) else self._ledger_page()
        if page:
            page.new_record()

    def enter_table(self) -> None:
        """Type several records of the ledger in front like a table."""
        window = BatchWindow(self.desk, self._ledger(), self)
        window.entered.connect(
            lambda n: self.tell_done(
                ngettext("{n} record saved.", "{n} records saved.", n).format(n=f"{n:,}")
            )
        )
        window.open()

    def search(self) -> None:
        """Put the cursor where one searches on this page, or in the first ledger."""
        page: object = self.current
        if not isinstance(page, Searchable):
            page = self._ledger_page()
        if isinstance(page, Searchable):
            page.focus_search()

    def refresh(self) -> None:
        """Read the page in front, and the counts, anew."""
        page: object = self.current
        if isinstance(page, Refreshable):
            page.refresh()
        self._read_counts(self.catalogue.by_name)

    def show_shortcuts(self) -> None:
        """Show all keys."""
        ShortcutsSheet(self).open()

    def show_about(self) -> None:
        """Show the version."""
        about(self).open()

    def tell_problem(self, text: str) -> None:
        """Show a sentence that no page took."""
        box = message_box(self, _("Case Tracker"), text, icon_name="warning", role="warning")
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _export(self, period: Period) -> None:
        from tracker.ui.export_dialog import ExportWorkbookDialog  # as above

        ExportWorkbookDialog(self.desk, period, self).open()

    def _freeze(self, period: Period) -> None:
        FreezeDialog(self.desk, period, self).open()

    def _show_freeze(self, freeze: str) -> None:
        """Go to a freeze, by its id."""
        self.go(Place("freezes"))
        page = self.current
        if isinstance(page, FreezesPage):
            page.show_freeze(freeze)

    def _open_record(self, ledger: str, uid: str) -> None:
        """Open a record on the form of its ledger's page."""
        self.go(Place(ledger, uid=uid))

    def _period(self) -> Period:
        page = self.stack.pages.get("statistics")
        return page.period if isinstance(page, StatisticsPage) else remembered(self.desk)

    def _ledger(self) -> Ledger:
        here = self.pages[self.here.key] if self.here else None
        return here.ledger if here and here.ledger else self.catalogue.ledgers[0]

    def _ledger_page(self) -> LedgerPage | None:
        """The ledger in front, else the first one, brought to the front."""
        if not isinstance(self.current, LedgerPage):
            self.go(Place(self._ledger().name))
        page = self.current
        return page if isinstance(page, LedgerPage) else None

    # what the frame says

    def _file_changed(self, changed: Changed) -> None:
        if changed.settings:
            self._read_names()
        if changed.structure:
            self.navigation.show_pages(self._shown_pages())
            self.badge.count()
            self._read_counts(self.catalogue.by_name)
        self._to_count |= changed.ledgers & self.catalogue.by_name.keys()  # what is attached has no page
        if self._to_count:
            self._read_counts(self._to_count)

    def _read_names(self) -> None:
        self.desk.run_latest("names", lambda office, _progress: read_names(office), self._show_names)

    def _read_counts(self, ledgers: Iterable[str]) -> None:
        """Count these ledgers; one that a later count overtakes stays among those to be counted.

        Of what belongs to records, such as their events, the navigation has no count.
        """
        self._to_count = frozenset(ledgers) & self.desk.office.catalogue.by_name.keys()
        wanted = sorted(self._to_count)
        self.desk.run_latest(
            "counts", lambda office, _progress: read_counts(office, wanted), self._show_counts
        )

    def _show_names(self, names: Names) -> None:
        office = names.office or _("Case Tracker")
        file = self.desk.office.db.path.name
        self.setWindowTitle(_("{office} — {file}").format(office=office, file=file))
        self.office_name.setText(office)
        self.status.show_clerk(names.clerk)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._to_count -= counts.keys()
        self.navigation.show_counts(counts)

    # leaving

    def may_close(self) -> bool:
        """Ask about unsaved work; False where the user stays."""
        return self.stack.may_leave()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Closing with unsaved work asks."""
        if not self.may_close():
            event.ignore()
            return
        self.keep_geometry()
        event.accept()
        self.closed.emit()

    def keep_geometry(self) -> None:
        """Remember where the window is and how large."""
        self.desk.state.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())

    def _restore_geometry(self) -> None:
        stored = str(self.desk.state.get("geometry", ""))
        if stored:
            self.restoreGeometry(QByteArray.fromBase64(stored.encode()))


def file_filter() -> str:
    """What a file dialog offers."""
    return _("Data files (*.db);;All files (*)")
