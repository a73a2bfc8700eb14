"""The window: navigation, the pages it makes at need, menus and the status line; it knows no page's inside."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QWidget,
)

from tracker.db.drafts import Draft
from tracker.i18n import _, ngettext
from tracker.operations.backups import Backup
from tracker.operations.office import Changed
from tracker.period import Period
from tracker.schema.clerks import Deed
from tracker.ui import clerk_dialog, menus, theme
from tracker.ui.about import about
from tracker.ui.backups_page import BackupsPage
from tracker.ui.balanced import BalancedHeading
from tracker.ui.batch_window import BatchWindow
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.dropped import dropped_file
from tracker.ui.finder import Finder
from tracker.ui.finder_box import FinderBox
from tracker.ui.frame import Frame, under
from tracker.ui.frame_words import FrameWords
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.handover_dialog import HandoverDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.navigation import Navigation
from tracker.ui.only_read import would_write
from tracker.ui.page_stack import PageStack
from tracker.ui.pages import Adding, Exporting, Page, Printing, Refreshable, Searchable, pages
from tracker.ui.report_page import ReportPage
from tracker.ui.restore_dialog import RestoreDialog
from tracker.ui.return_export import ask_return
from tracker.ui.settings_page import SettingsPage
from tracker.ui.shortcuts_sheet import ShortcutsSheet
from tracker.ui.standing import Standing
from tracker.ui.statistics_page import StatisticsPage, remembered
from tracker.ui.status_line import StatusLine
from tracker.ui.today_page import TodayPage
from tracker.ui.trail import Place
from tracker.ui.undo_actions import UndoActions
from tracker.ui.urgent_badge import UrgentBadge
from tracker.ui.ways import Ways
from tracker.ui.widgets import Banner

if TYPE_CHECKING:
    pass

SMALLEST = (960, 600)
USUAL = (1280, 720)


class MainWindow(QMainWindow):
    """One open file. What needs another file or language is left to whoever made the window, by signals."""

    new_file_wanted = Signal()
    open_wanted = Signal(object)
    """The Path of another file."""
    again_wanted = Signal(object)
    """The Path of this file, to be closed and opened anew: it may be written by now, or is another one."""
    language_wanted = Signal(str)
    restore_ready = Signal(object)
    """The `Ready` that is to take the file's place."""
    structure_changed = Signal(object)
    """Fields, codes or figures are others than those that the pages were made for; with the Place to go to."""
    closed = Signal()
    password_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.catalogue = desk.office.catalogue
        self.pages = {page.key: page for page in pages(self.catalogue)}
        self.navigation = Navigation(self._shown_pages(), desk.state)
        self.office_name = BalancedHeading((theme.M, theme.M, theme.S, theme.S))
        self.stack = PageStack(desk, self.pages.values())
        self.ways = Ways(desk, self.stack, self)
        self.status = StatusLine(desk.tasks)
        self.banner, self.notice = Standing(desk), Banner()
        self.badge = UrgentBadge(desk, self.navigation, lambda: isinstance(self.current, TodayPage))
        self.finder_box = FinderBox()
        self.setAcceptDrops(True)
        self._build()
        self.finder = Finder(desk, self, self._shown_pages)
        self.ways.follow_finder(self.finder)
        self.finder_box.asked.connect(self.finder.ask)
        by_key = self.actions_by_key
        self.undoing = UndoActions(self, desk, by_key["undo"], by_key["redo"], self)
        self.words = FrameWords(desk, self, self.office_name, self.navigation, self.status)
        self._connect()
        self.go(Place(self._first_page()))
        self.words.read()

    def _connect(self) -> None:
        self.ways.outdated.connect(self._made_anew)
        self.navigation.chosen.connect(self.ways.browse)
        self.navigation.entered_page.connect(self.stack.take_focus)
        self.stack.made.connect(self._connect_page)
        self.stack.arrived.connect(self._mark)
        self.desk.changed.connect(self._file_changed)
        self.desk.tasks.problem.connect(self.tell_problem)
        self.banner.again_wanted.connect(lambda: self.again_wanted.emit(self.desk.office.db.path))
        self.banner.resumed.connect(self._resume)
        self.desk.warned.connect(self.warn)
        self.desk.noted.connect(self._note)
        self.desk.only_read.connect(self._only_read)
        self.notice.acted.connect(self.show_backups)
        self.banner.stopped.connect(self._tell_the_graver)

    def _shown_pages(self) -> list[Page]:
        """The pages of the navigation: all but those of ledgers that the office does not use."""
        hidden = self.desk.office.catalogue.hidden
        return [page for page in self.pages.values() if page.key not in hidden]

    def _build(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        above = (self.office_name, self.finder_box, self.navigation)
        frame = under(self.notice, Frame(above, self.stack, USUAL[0], self.desk.state))
        self.setCentralWidget(under(self.banner, frame))
        self.setStatusBar(self.status)
        self.status.show_file(self.desk.office.db.path)
        self.status.show_period(remembered(self.desk).label())
        self.actions_by_key = menus.build(
            self, self.pages.values(), lambda key: self.go(Place(key)), bool(self.desk.readonly)
        )
        self._restore_geometry()

    # going from page to page

    def go(self, place: Place) -> None:
        """Show a place, the focus in it; where pages are out of date, in a window made anew."""
        self.ways.go(place)

    def _made_anew(self, place: Place) -> None:
        if self.may_close():
            self.structure_changed.emit(place)

    def back(self) -> None:
        """Go back to where one came from."""
        self.ways.step(-1)

    def forward(self) -> None:
        """Undo a step back."""
        self.ways.step(1)

    def focus_navigation(self) -> None:
        """Put the focus into the navigation."""
        self.navigation.setFocus()

    @property
    def current(self) -> QWidget | None:
        """The page in front, None before the first."""
        return self.ways.page

    @property
    def here(self) -> Place | None:
        """The place in front, None before the first."""
        return self.ways.here

    def _mark(self, place: Place | None) -> None:
        if place:
            self.navigation.show_key(place.key)
            self.desk.state.set("page", place.key)
            self.desk.state.set("page_day", date.today().isoformat())

    def _connect_page(self, page: QWidget) -> None:
        """What pages ask of the window, beside where they ask to be taken."""
        if isinstance(page, LedgerPage):
            page.import_requested.connect(self.import_sheet)
        elif isinstance(page, StatisticsPage):
            page.export_requested.connect(self._export)
            page.freeze_requested.connect(self._freeze)
        elif isinstance(page, TodayPage):
            page.counted.connect(self.badge.show)
        elif isinstance(page, BackupsPage):
            page.restore_wanted.connect(self._restore)
        elif isinstance(page, SettingsPage):
            page.language_wanted.connect(self.language_wanted)
        if isinstance(page, StatisticsPage | ReportPage):
            page.picker.changed.connect(lambda period: self.status.show_period(period.label()))

    def _first_page(self) -> str:
        """Today, the first time on a day; later on that day where the last session ended."""
        last = str(self.desk.state.get("page", ""))
        this_day = self.desk.state.get("page_day") == date.today().isoformat()
        return last if this_day and last in self.pages else "today"

    def _resume(self, draft: Draft) -> None:
        self.go(Place(draft.ledger))
        page = self.current
        if isinstance(page, LedgerPage) and page.ledger.name == draft.ledger and page.resume(draft):
            self.banner.gone_on(draft)

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

        dialog = ImportDialog(self.desk, self.ways.ledger(), self)
        dialog.opened.connect(self.ways.drill)
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

    def merge_file(self) -> None:
        """Bring another clerk's file in."""
        from tracker.ui.merge_dialog import MergeDialog, ask_file  # here: few ever need it

        path = ask_file(self, self.desk.office.db.path.parent) if self.may_close() else None
        if path:
            dialog = MergeDialog(self.desk, path, self)
            dialog.record_wanted.connect(self.ways.to_record)
            dialog.open()

    def write_part(self) -> None:
        """Write some records as a file of its own."""
        from tracker.ui.part_dialog import PartDialog  # here: few ever need it

        PartDialog(self.desk, date.today(), self).open()

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
        ask_return(self, self.desk, self._period(), self.tell_done, self.tell_problem)

    def tell_done(self, text: str) -> None:
        """Say in the status line what was done."""
        self.status.showMessage(text, 15_000)

    def back_up(self) -> None:
        """Back the file up, in the sight of its backups."""
        self.show_backups()
        page = self.current
        if isinstance(page, BackupsPage):
            page.back_up()

    def show_backups(self) -> None:
        """Go to the backups."""
        self.go(Place("backups"))

    def _restore(self, backup: Backup, key: str | None) -> None:
        if self.may_close():
            dialog = RestoreDialog(self.desk, backup, key, self)
            dialog.ready.connect(self.restore_ready)
            dialog.open()

    def warn(self, text: str) -> None:
        """Tell above the pages of something that stops nothing, such as a backup that was not made."""
        if not self.banner.stops:
            self.notice.tell("warning", text, _("Backups"))

    def _tell_the_graver(self) -> None:
        if self.notice.action.isVisibleTo(self.notice):  # about backups, of which nothing is asked now
            self.notice.hide()

    def _note(self, text: str) -> None:
        self.notice.tell("warning", text)

    def show_settings(self) -> None:
        """Go to the settings."""
        self.go(Place("settings"))

    def switch_clerk(self) -> None:
        """Let another clerk act from now on."""
        if self.may_close():
            clerk_dialog.switch(self.desk, self, lambda: self.go(Place("clerks")))

    def hand_over(self) -> None:
        """Hand the open cases of one person over to another."""
        dialog = HandoverDialog(self.desk, self)
        dialog.handed_over.connect(self.tell_done)
        dialog.open()

    def password(self) -> None:
        """Set, change or remove the file's password."""
        self.password_wanted.emit()

    def lock(self) -> None:
        """Lock the window at once."""
        self.lock_wanted.emit()

    def undo(self) -> None:
        """Take back what this clerk did last."""
        self.undoing.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.undoing.redo()

    def new_record(self) -> None:
        """Begin a record in the ledger in front, or in the first one; elsewhere what the page adds."""
        front: object = self.current
        page = front if isinstance(front, Adding) else self.ways.to_ledger()
        if page:
            page.new_record()

    def enter_table(self) -> None:
        """Type several records of the ledger in front like a table."""
        window = BatchWindow(self.desk, self.ways.ledger(), self)
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
            page = self.ways.to_ledger()
        if isinstance(page, Searchable):
            page.focus_search()

    def search_all(self) -> None:
        """Search all ledgers."""
        self.finder.ask()

    def refresh(self) -> None:
        """Read the page in front, and the counts, anew."""
        page: object = self.current
        if isinstance(page, Refreshable):
            page.refresh()
        self.words.count_all()

    def show_shortcuts(self) -> None:
        """Show all keys."""
        ShortcutsSheet(self).open()

    def show_about(self) -> None:
        """Show the version."""
        about(self).open()

    def tell_problem(self, text: str) -> None:
        """Show a sentence that no page took; one that is still shown is not shown again."""
        if self.banner.tells(text):
            return
        if any(box.isVisible() and box.text() == text for box in self.findChildren(QMessageBox)):
            return
        box = message_box(self, _("Case Tracker"), text, icon_name="warning", role="warning")
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _export(self, period: Period) -> None:
        from tracker.ui.export_dialog import ExportWorkbookDialog  # as above

        ExportWorkbookDialog(self.desk, period, self).open()

    def _freeze(self, period: Period) -> None:
        if reason := self.desk.refusal(Deed.FREEZE):
            self.tell_problem(reason)
            return
        FreezeDialog(self.desk, period, self).open()

    def _period(self) -> Period:
        page = self.stack.pages.get("statistics")
        return page.period if isinstance(page, StatisticsPage) else remembered(self.desk)

    def _file_changed(self, changed: Changed) -> None:
        if changed.structure:
            self.navigation.show_pages(self._shown_pages())
            self.badge.count()
        self.words.again(changed)

    def _only_read(self) -> None:
        self.banner.flash()
        self.tell_done(self.desk.readonly)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """A key that no part took, and that would write, is answered where nothing can be written."""
        super().keyPressEvent(event)
        if self.desk.readonly and would_write(event, QApplication.focusWidget()):
            self._only_read()

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
