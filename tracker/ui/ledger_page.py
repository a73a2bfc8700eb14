"""The page of any ledger: its records as a list, search and filters above, the form beside it or over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tracker.db import records
from tracker.db.drafts import Draft
from tracker.db.records import Query, Sort
from tracker.i18n import _
from tracker.operations import editing
from tracker.operations.figures import Behind
from tracker.operations.office import Changed
from tracker.operations.views import View
from tracker.schema.fields import Value
from tracker.schema.filters import both
from tracker.schema.ledger import Ledger
from tracker.schema.operators import Filter
from tracker.ui import theme, widgets
from tracker.ui.column_chooser import ColumnChooser
from tracker.ui.desk import Desk
from tracker.ui.filter_bar import FilterBar
from tracker.ui.keys import List, of_command
from tracker.ui.ledger_actions import LedgerActions
from tracker.ui.ledger_head import LedgerHead
from tracker.ui.ledger_model import LedgerModel
from tracker.ui.ledger_table import LedgerTable, kept_columns, kept_sort
from tracker.ui.record_form import RecordForm
from tracker.ui.views_menu import ViewsMenu

BESIDE = 1280
"""From this width of the page on the form stands beside the list, else over it."""
BUSY_MS = 250


@dataclass(frozen=True)
class Asked:
    """What the clerk looks at: which records of the ledger, told apart from the order of rows."""

    filters: tuple[Filter, ...] = ()
    search: str = ""
    binned: bool = False


class LedgerPage(QWidget):
    """One ledger in the window."""

    count_changed = Signal(int)
    """How many records the list holds, once all are known."""
    caption_changed = Signal(str)
    """Which figure's records are shown, empty for the list as such."""
    back_requested = Signal()
    import_requested = Signal()
    record_opened = Signal(str)
    """The uid of a record that the form shows, just opened or saved."""
    record_wanted = Signal(str, str)
    """The ledger and the uid of another record to be shown."""
    entry_wanted = Signal(str, str)
    """The ledger and the name of a record to be entered."""
    begun = Signal(str, object)
    """The ledger of a record to be entered, and what it begins with."""
    drill = Signal(object)
    """A `Behind`: records of another ledger to be listed."""

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self.behind: Behind | None = None
        self.binned = False
        self._before: Asked | None = None
        self._left: int | None = None
        """The record on which the list stood before it showed those behind a figure."""
        self._wanted: int | None = None
        """The record on which the list is to stand as soon as it holds it."""
        self._stale = self._putting = self._wanted_told = False
        self._sort: Sort = kept_sort(ledger, desk.state)
        self._bin_sort: Sort = ()
        self.model = LedgerModel(desk, ledger, kept_columns(ledger, desk.state), self)
        self.table = LedgerTable(self.model, desk.state)
        self.head, self.filters, self.banner = LedgerHead(ledger), FilterBar(ledger), widgets.Banner()
        self.caption = widgets.Banner()
        self.stack, self.splitter = QStackedWidget(), QSplitter(Qt.Orientation.Horizontal)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._empty: widgets.EmptyState | None = None
        self._form: RecordForm | None = None
        self._arrange()
        self.acts = LedgerActions(self)
        self.views = ViewsMenu(self)
        self.head.views.setMenu(self.views)
        self._connect()
        self._ask()

    def _arrange(self) -> None:
        self.list_part = QWidget()
        column = QVBoxLayout(self.list_part)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.S)
        for widget in (self.head, self.caption, self.banner, self.filters, self.stack):
            column.addWidget(widget, int(widget is self.stack))
        self.stack.addWidget(self.table)
        self.splitter.addWidget(self.list_part)
        self.splitter.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        head, table, model = self.head, self.table, self.model
        head.search.searched.connect(lambda _text: self._ask())
        self.desk.closing.connect(head.search.rest)
        head.new.clicked.connect(lambda: self.new_record())
        head.filter.clicked.connect(lambda: self.filters.ask())
        head.columns.clicked.connect(self.choose_columns)
        head.bin.toggled.connect(self.show_bin)
        head.export.clicked.connect(self.acts.export)
        head.sort_menu.aboutToShow.connect(lambda: head.fill_sort(model, table))
        self.filters.changed.connect(self._ask)
        table.opened.connect(self.open_record)
        table.sort_asked.connect(self._sort_by)
        table.picked.connect(self._show_count)
        for signal in (model.modelReset, model.rowsInserted):
            signal.connect(self._show_state)
        model.looking.connect(self._show_looking)
        self._busy.timeout.connect(lambda: self.head.say_looking())
        self.caption.acted.connect(self.back_requested)
        self.desk.changed.connect(self._changed)

    # what is shown

    def _asked(self) -> Asked:
        return Asked(self.filters.filters, self.head.search.text(), self.binned)

    def query(self) -> Query:
        """What the list shows, in its order."""
        where = both(self.behind.where, self.filters.condition()) if self.behind else self.filters.condition()
        return Query(self.ledger, where, self.head.search.text(), self._order(), self.binned)

    def _order(self) -> Sort:
        return self._bin_sort if self.binned else self._sort

    def _ask(self) -> None:
        if self._putting:
            return
        self._stale = False
        self.model.show(self.query())
        self.table.scrollToTop()
        self.table.show_sort()

    def _sort_by(self, order: Sort) -> None:
        if self.binned:
            self._bin_sort = order
        else:
            self._sort = order
        self._ask()

    def _put(self, asked: Asked) -> None:
        """Show other records: search, filters and bin all at once."""
        self._putting = True
        self.filters.set_filters(asked.filters)
        self.head.search.setText(asked.search)
        self.head.search.returnPressed.emit()  # so that the field takes it as told, without waiting
        self.binned = asked.binned
        self.head.bin.setChecked(asked.binned)
        self._putting = False
        self.acts.show_bin(asked.binned)
        self.table.show_bin(asked.binned)
        self._ask()

    def show_behind(self, behind: Behind) -> None:
        """Show exactly the records behind a figure, whatever was searched or filtered before."""
        self._hide_form()
        if behind == self.behind:
            return  # come back to, it stands where it was left
        if self.behind is None:
            self._before, self._left = self._asked(), self.table.current_id()
        self.behind = behind
        text = (
            _("Behind the figure: {caption}").format(caption=behind.caption)
            if behind.figure
            else behind.caption
        )
        self.caption.tell("info", text, List.back.tip(_("Back")), closable=False)
        self.caption_changed.emit(behind.caption)
        self._put(Asked())

    def show_all(self) -> None:
        """Show the list as it was before a figure's records were shown."""
        if self.behind is None:
            return
        self.behind = None
        self.caption.hide()
        self.caption_changed.emit("")
        self._put(self._before or Asked())
        self._stand_on(self._left)

    def show_bin(self, binned: bool) -> None:
        """Show the records in the bin, or those that are not."""
        if binned != self.binned:
            self._put(Asked(self.filters.filters, self.head.search.text(), binned))
            self._enter_list()

    def clear(self) -> None:
        """Drop search and filters."""
        self._put(Asked(binned=self.binned))
        self.table.setFocus()

    def view(self) -> View:
        """What the list shows, to be kept under a name."""
        asked = self._asked()
        return View(
            self.ledger.name, "", asked.filters, asked.search.strip(), self._sort, tuple(self.table.shown())
        )

    def show_view(self, view: View) -> None:
        """Show a kept list: its columns, its order, its filters and search."""
        if view.columns:
            self.table.show_columns(list(view.columns))
        self._sort = view.sort
        self._put(Asked(view.filters, view.search))
        self.table.keep_sort(view.sort)
        self.table.setFocus()

    def show_search(self, text: str) -> None:
        """Show the records in which these words stand, without filters."""
        self._put(Asked(search=text))
        self._enter_list()

    def refresh(self) -> None:
        """Read the list anew, keeping place and selection."""
        self._stale = False
        self.model.reload()

    def _changed(self, changed: Changed) -> None:
        if self.ledger.name not in changed.ledgers:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        if self._stale:
            self.refresh()

    # what is said about it

    def _show_looking(self, looking: bool) -> None:
        if looking:
            self._busy.start()
        else:
            self._busy.stop()
            self._find_wanted()
            self.count_changed.emit(len(self.model.ids))
        self._show_state()

    def _show_state(self) -> None:
        empty = self.model.all_there and not self.model.ids
        if empty:
            self._show_empty()
        self.stack.setCurrentWidget(self._empty if empty and self._empty else self.table)
        self.table.pick_first()
        self._show_count()

    def _show_count(self) -> None:
        self.head.say_count(len(self.model.ids), self.table.picked_count(), self.model.all_there)
        self.head.restore.setEnabled(bool(self.model.ids))

    def _show_empty(self) -> None:
        if self._empty:
            self.stack.removeWidget(self._empty)
            self._empty.deleteLater()
        narrowed = self._asked() != Asked(binned=self.binned)
        if narrowed:
            self._empty = widgets.EmptyState(
                "search", _("Nothing found"), _("No record meets the search and filters."), _("Clear them")
            )
            self._empty.acted.connect(self.clear)
        elif self.binned:
            self._empty = widgets.EmptyState("delete", _("The bin is empty"))
        elif self.behind:
            self._empty = widgets.EmptyState("info", _("No records are behind this figure"))
        else:
            self._empty = self._nothing_yet()
        self.stack.addWidget(self._empty)

    def _nothing_yet(self) -> widgets.EmptyState:
        text = _("Enter the first one, or import the sheet kept until now.")
        empty = widgets.EmptyState(
            self.ledger.icon, _("No records yet"), text, of_command("new_record").tip(_("New"))
        )
        empty.acted.connect(lambda: self.new_record())
        bring = widgets.button(of_command("import_sheet").tip(), "import", quiet=True)
        bring.clicked.connect(self.import_requested)
        layout = empty.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, bring, 0, Qt.AlignmentFlag.AlignCenter)
        return empty

    # columns and keys

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        chooser = ColumnChooser(self.ledger, self.table.shown(), self.window())
        chooser.chosen.connect(self.table.show_columns)
        chooser.open()

    def print_list(self) -> None:
        """Preview and print the list as it is filtered."""
        self.acts.print_list()

    def focus_search(self) -> None:
        """Put the cursor into the search, its text selected."""
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc goes back to the figure, else ends the search; Down and Enter in the search go to the list."""
        if event.key() == Qt.Key.Key_Escape and self.behind:
            self.back_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.head.search.clear()
            self.table.setFocus()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return) and self.head.search.hasFocus():
            self._enter_list()
        else:
            super().keyPressEvent(event)

    def _enter_list(self) -> None:
        self.table.setFocus()
        self.table.pick_first()

    # the form

    @property
    def form(self) -> RecordForm:
        """The form, made when it is first needed."""
        if self._form is None:
            self._form = RecordForm(self.desk, self.ledger)
            self._form.hide()
            self._form.saved.connect(self._saved)
            self._form.closed.connect(self._closed)
            self._form.record_wanted.connect(self.record_wanted)
            self._form.entry_wanted.connect(self.entry_wanted)
            self._form.begun.connect(self.begun)
            self._form.drill.connect(self.drill)
            self._form.duplicate_wanted.connect(self.duplicate)
            self._form.related.combine.connect(self.acts.combine_with)
            self.splitter.addWidget(self._form)
            self.splitter.setStretchFactor(0, 3)
            self.splitter.setStretchFactor(1, 2)
        return self._form

    def new_record(self, given: Mapping[str, Value] | None = None) -> None:
        """Begin a record, with what is given filled in, after asking about unsaved work."""
        if self.may_leave():
            self._show_form()
            self.form.new(given=given)

    def resume(self, draft: Draft) -> bool:
        """Show what was typed before the program ended, after asking about unsaved work; False where that stays."""
        if not self.may_leave():
            return False
        self._show_form()
        self.form.resume(draft)
        return True

    def duplicate(self) -> None:
        """Begin a record like the one on the form, or else like the one on which the list stands."""
        uid = (
            self.shown_uid or self.model.uid(max(0, self.table.currentIndex().row()))
            if self.model.ids
            else ""
        )
        record = records.get(self.desk.reader, self.ledger, uid) if uid else None
        if record:
            self.new_record(editing.duplicate(self.ledger, record))

    def open_record(self, uid: str) -> bool:
        """Open a record on the form, after asking about unsaved work; False where the clerk stays with that."""
        if not self.may_leave():
            return False
        self._show_form()
        self.form.open(uid)
        self._stand_on_record(uid)
        self.record_opened.emit(uid)
        return True

    def show_record(self, uid: str) -> bool:
        """As `open_record`, unless the form shows it already, perhaps with unsaved work."""
        return (self._form is not None and self._form.shows(uid)) or self.open_record(uid)

    @property
    def shown_uid(self) -> str:
        """The uid of the record on the form; empty where none is open or saved."""
        return self._form.uid if self._form is not None and not self._form.isHidden() else ""

    def has_unsaved(self) -> bool:
        """Whether the form holds anything that is not in the file."""
        return self._form is not None and not self._form.isHidden() and self._form.has_unsaved()

    def may_leave(self) -> bool:
        """Ask where the form holds unsaved work; False where the clerk stays."""
        return not self.has_unsaved() or self.form.may_leave()

    def _show_form(self) -> None:
        if self._form is None:  # else it stays as wide as the clerk made it
            whole = self.width()
            self.form.show()
            self.splitter.setSizes([whole * 3 // 5, whole * 2 // 5])
        self.form.show()
        self._fit()

    def _hide_form(self) -> None:
        if self._form:
            self._form.hide()
        self.list_part.show()

    def _closed(self) -> None:
        self._hide_form()
        self.table.setFocus()

    def _saved(self, uid: str) -> None:
        self.record_opened.emit(uid)
        self._stand_on_record(uid, told=True)

    def _stand_on_record(self, uid: str, *, told: bool = False) -> None:
        record = records.get(self.desk.reader, self.ledger, uid)
        self._stand_on(int(str(record["id"])) if record else None, told=told)

    def _stand_on(self, number: int | None, *, told: bool = False) -> None:
        """Select a record as soon as the list holds it; where it does not, that may be told."""
        self._wanted, self._wanted_told = number, told
        self._find_wanted()

    def _find_wanted(self) -> None:
        if self._wanted is None:
            return
        found = self.table.select_id(self._wanted)
        if found or self.model.all_there:
            self._wanted = None
        if self.model.all_there and self._wanted_told and not found:
            self.banner.tell(
                "info", _("The saved record is not in this list: it does not meet the search or filters.")
            )

    def _fit(self) -> None:
        """Form beside the list where there is room, else over it."""
        shown = self._form is not None and not self._form.isHidden()
        self.list_part.setVisible(not shown or self.width() >= BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()
