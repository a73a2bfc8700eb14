"""The list's table: selection by rows, sorting by headings, remembered columns, copying."""

from __future__ import annotations

from array import array
from html import escape
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Sort
from tracker.i18n import _
from tracker.operations import standing
from tracker.schema.ledger import Ledger
from tracker.ui import widgets
from tracker.ui.column_widths import PAD, fitting
from tracker.ui.icons import icon
from tracker.ui.keys import Key, List
from tracker.ui.ledger_model import LedgerModel, columns, sorted_by
from tracker.ui.state import State

COPIED_AT_ONCE = 1000
MARK = 24
"""Room for a mark before the first column."""
KEPT_SELECTED = 200
"""A selection of more rows is not found again after the list was read anew."""


class LedgerTable(QTableView):
    """The view of a `LedgerModel`. Its columns, widths and order of rows belong to this computer and ledger."""

    opened = Signal(str)
    """The uid of a row that was double clicked or on which Enter was pressed."""
    sort_asked = Signal(object)
    picked = Signal()
    """The selection changed."""

    def __init__(self, model: LedgerModel, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records, self._state = model, state
        self._place: tuple[list[int], int, int | None, int] = ([], -1, None, 0)
        self._fitting = False
        self._changed: set[str] = set()
        """Columns made wider or narrower by hand, until that is kept."""
        widgets.tune_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setModel(model)
        self.setAccessibleName(model.ledger.title())
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(48)
        header.sectionClicked.connect(self._clicked)
        header.sectionMoved.connect(self._moved)
        header.sectionResized.connect(self._resized)
        self._keeping = QTimer(self, singleShot=True, interval=400)
        self._keeping.timeout.connect(self._keep_widths)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        model.replacing.connect(self._remember_place)
        model.replaced.connect(self._return_to_place)
        model.marked.connect(self._lay_out)
        self.selectionModel().selectionChanged.connect(lambda: self.picked.emit())
        model.modelReset.connect(self.picked)
        self._lay_out()
        self.add_action(_("Open"), List.open, "edit", lambda: self._open(self.currentIndex().row()))

    def add_action(self, label: str, key: Key, icon_name: str, act: Any) -> QAction:
        """An action of the table's menu that works while the table has the keyboard."""
        action = QAction(icon(icon_name), label, self)
        action.setShortcuts(key.sequences)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return action

    def _open(self, row: int) -> None:
        uid = self.records.uid(row) if row >= 0 else None
        if uid:
            self.opened.emit(uid)

    # columns

    @property
    def _key(self) -> str:
        return f"list.{self.records.ledger.name}"

    def _kept(self) -> dict[str, Any]:
        kept = self._state.get(self._key, {})
        return kept if isinstance(kept, dict) else {}

    def _keep(self, **values: Any) -> None:
        self._state.set(self._key, {**self._kept(), **values})

    def shown(self) -> list[str]:
        """Keys of the columns that a clerk chose, as they stand from left to right."""
        header, all_columns = self.horizontalHeader(), self.records.columns
        keys = (all_columns[header.logicalIndex(n)].field.key for n in range(len(all_columns)))
        return [key for key in keys if key in self.records.ledger.by_key]

    def show_bin(self, binned: bool) -> None:
        """Give the list the columns of the bin, or take them out; the order of the others stays."""
        keys = self.shown()
        self._straighten()
        self.records.show_bin(binned)
        self.records.set_columns(keys)
        self._lay_out()

    def show_columns(self, keys: list[str]) -> None:
        """Show these columns in this order, from now on."""
        self._straighten()
        self._remember_place()
        self.records.set_columns(keys)
        self._lay_out()
        self._return_to_place()
        self._keep(columns=keys)

    def _straighten(self) -> None:
        """Let the columns stand in the order in which the model has them."""
        header = self.horizontalHeader()
        for logical in range(header.count()):
            header.moveSection(header.visualIndex(logical), logical)

    def _lay_out(self) -> None:
        """Give columns the widths chosen, others such as fit their fields and the room there is."""
        widths = self._kept().get("widths", {})
        columns = self.records.columns
        free = [column for column in columns if column.field.key not in widths]
        room = self.viewport().width() - sum(int(widths.get(column.field.key, 0)) for column in columns)
        mark = MARK if self.records.has_marks and columns and columns[0] in free else 0
        fitted = dict(zip((c.field.key for c in free), fitting(free, room - mark), strict=True))
        if mark:
            fitted[columns[0].field.key] += mark
        widths = fitted | widths
        self._fitting = True
        for n, column in enumerate(columns):
            self.horizontalHeader().resizeSection(n, int(widths[column.field.key]))
        self._fitting = False
        self.show_sort()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """What the clerk did not make wider or narrower follows the window."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Selected rows go on to the edge of a window that has more room than the columns take."""
        super().paintEvent(event)
        header, room = self.horizontalHeader(), self.viewport().rect()
        room.setLeft(header.length() - header.offset())
        if room.isEmpty():
            return
        option, painter = QStyleOptionViewItem(), QPainter(self.viewport())
        self.initViewItemOption(option)
        option.state |= QStyle.StateFlag.State_Selected
        last = self.rowAt(room.bottom())
        for row in range(max(0, self.rowAt(0)), self.records.rowCount() if last < 0 else last + 1):
            if self.selectionModel().isRowSelected(row):
                option.rect = QRect(
                    room.left(), self.rowViewportPosition(row), room.width(), self.rowHeight(row)
                )
                self.style().drawPrimitive(
                    QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self
                )
        painter.end()

    def _moved(self, _logical: int, _old: int, _new: int) -> None:
        self._keep(columns=self.shown())

    def _resized(self, logical: int, _old: int, _new: int) -> None:
        if not self._fitting:
            self._changed.add(self.records.columns[logical].field.key)
            self._keeping.start()

    def _keep_widths(self) -> None:
        widths = {
            column.field.key: self.columnWidth(n)
            for n, column in enumerate(self.records.columns)
            if column.field.key in self._changed
        }
        self._changed.clear()
        self._keep(widths={**self._kept().get("widths", {}), **widths})

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """A text that is cut is shown whole in a tooltip, and what a mark means."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        index = self.indexAt(event.pos())
        text = str(index.data() or "")
        cut = self.fontMetrics().horizontalAdvance(text) > self.columnWidth(index.column()) - PAD
        mark = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        QToolTip.showText(
            event.globalPos(), "\n".join(filter(None, (text if cut else "", mark))), self.viewport()
        )
        return True

    # order

    def _clicked(self, section: int) -> None:
        further = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.sort(self.records.columns[section].field.key, further)

    def sort(self, key: str, further: bool = False) -> None:
        """Ask for an order by this field; again for the opposite one."""
        order = sorted_by(self.records.query.sort, key, further)
        if not self.records.query.binned:
            self.keep_sort(order)
        self.sort_asked.emit(order)

    def keep_sort(self, order: Sort) -> None:
        """Remember an order that was asked for elsewhere."""
        self._keep(sort=[list(pair) for pair in order])

    def sort_as_usual(self) -> None:
        """Ask for the newest first."""
        if not self.records.query.binned:
            self.keep_sort(())
        self.sort_asked.emit(())

    def show_sort(self) -> None:
        """Mark the heading by which the list is sorted."""
        header, sort = self.horizontalHeader(), self.records.query.sort
        keys = [column.field.key for column in self.records.columns]
        single = len(sort) == 1 and sort[0][0] in keys
        header.setSortIndicatorShown(single)
        if single:
            down = Qt.SortOrder.DescendingOrder if sort[0][1] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(keys.index(sort[0][0]), down)
        self.records.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(keys) - 1)

    # selection

    def _parts(self) -> list[QItemSelectionRange]:
        """The selection as ranges, a range spanning whole rows."""
        return list(cast("list[QItemSelectionRange]", self.selectionModel().selection()))

    def picked_rows(self) -> list[int]:
        """The selected rows from top to bottom."""
        found: set[int] = set()
        for part in self._parts():
            found.update(range(part.top(), part.bottom() + 1))
        return sorted(found)

    def picked_count(self) -> int:
        """How many rows are selected."""
        return sum(part.bottom() - part.top() + 1 for part in self._parts() if part.left() == 0)

    def picked_ids(self) -> array[int]:
        """The row ids of the selected records."""
        ids = self.records.ids
        return array("q", (ids[row] for row in self.picked_rows()))

    def pick_row(self, row: int) -> None:
        """Select one row alone, whatever keys are held down (`selectRow` adds to the selection while Ctrl is)."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.records.index(row, 0), flags)

    def current_id(self) -> int | None:
        """The row id of the record on which the list stands."""
        row = self.currentIndex().row()
        return self.records.ids[row] if 0 <= row < len(self.records.ids) else None

    def pick_first(self) -> None:
        """Stand on the first row where none is selected, so that the keyboard can go on from there."""
        if self.records.ids and not self.picked_count():
            self.pick_row(max(0, self.currentIndex().row()))

    def select_id(self, number: int) -> bool:
        """Select and show one record; False where it is not in the list."""
        row = self.records.row_of(number)
        if row is None:
            return False
        self.pick_row(row)
        self.scrollTo(self.records.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def _remember_place(self) -> None:
        few = self.picked_count() <= KEPT_SELECTED
        picked = list(self.picked_ids()) if few else []
        self._place = (
            picked, self.currentIndex().row(), self.current_id(), self.verticalScrollBar().value()
        )  # fmt: skip

    def _return_to_place(self) -> None:
        picked, before, at, top = self._place
        model, selection = self.records, QItemSelection()
        right = len(model.columns) - 1
        for row in filter(lambda found: found is not None, map(model.row_of, picked)):
            selection.select(model.index(row or 0, 0), model.index(row or 0, right))
        current = model.row_of(at) if at is not None else None
        if current is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(model.index(current, 0), flag)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if at is not None and current is None and selection.isEmpty() and model.ids:
            self.pick_row(min(before, len(model.ids) - 1))  # its record went: that which took its place
        self.verticalScrollBar().setValue(top)


def clip(db: Database, ledger: Ledger, keys: list[str], ids: array[int]) -> tuple[str, str]:
    """Records as tab-separated lines and as an HTML table, with headings where there are several."""
    shown = columns(ledger, keys)
    lines = [[column.title() for column in shown]] if len(ids) > 1 else []
    for start in range(0, len(ids), 500):
        rows = records.rows(db, ledger, ("uid", *keys), ids[start : start + 500])
        for row in standing.told(db, ledger, keys, rows):
            if row is not None:
                pairs = zip(shown, row[1:], strict=True)
                lines.append([" ".join(column.text(value).split()) for column, value in pairs])
    text = "\n".join("\t".join(line) for line in lines)
    marks = ["" if column.field.integer else " style=\"mso-number-format:'\\@'\"" for column in shown]
    body = "".join(
        "<tr>" + "".join(f"<td{m}>{escape(t)}</td>" for m, t in zip(marks, line, strict=True)) + "</tr>"
        for line in lines
    )
    return text, f'<meta charset="utf-8"><table>{body}</table>'


def kept_columns(ledger: Ledger, state: State) -> list[str]:
    """The columns chosen on this computer that still are declared, else the ledger's own."""
    kept = state.get(f"list.{ledger.name}", {})
    keys = kept.get("columns", []) if isinstance(kept, dict) else []
    return [key for key in keys if key in ledger.by_key] or list(ledger.columns)


def kept_sort(ledger: Ledger, state: State) -> Sort:
    """The order chosen on this computer, empty for the newest first."""
    kept = state.get(f"list.{ledger.name}", {})
    pairs = kept.get("sort", []) if isinstance(kept, dict) else []
    return tuple((str(key), bool(down)) for key, down in pairs if key in ledger.by_key)
