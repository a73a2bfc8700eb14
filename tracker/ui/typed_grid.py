"""The table in which rows are typed as in a sheet: its keys, what is pasted, and the buttons above it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations.office import Office
from tracker.ui import clipboard, theme, widgets
from tracker.ui.completion import ENTER
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.keys import WITHIN, Key, Rows
from tracker.ui.sticky_column import StickyTable
from tracker.ui.tasks import Job, Progress, wait_for
from tracker.ui.typed_cells import Asking, CellDelegate, CellLine
from tracker.ui.typed_model import TypedModel


class TypedGrid(StickyTable):
    """Enter goes to the next cell and from the last one to the next row; Ctrl+V fills in copied cells, which the worker
    reads: whoever saves or closes calls `finish` before."""

    told = Signal(str, str)
    """The level of a banner, and what there is to say of pasted rows."""

    def __init__(self, desk: Desk, model: TypedModel, name: str, asking: Asking | None = None) -> None:
        super().__init__()
        self._desk, self.typed = desk, model
        self._reading: Job | None = None
        self.setModel(model)
        widgets.tune_table(self)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(True)
        self.verticalHeader().show()
        self.cells = CellDelegate(self, self.step, asking)
        self.setItemDelegate(self.cells)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give the columns widths that fit their fields and headings, and hold the one that tells rows apart."""
        self.sticky = self.typed.naming()
        metrics = self.horizontalHeader().fontMetrics()
        for n, field in enumerate(self.typed.fields):
            heading = metrics.horizontalAdvance(str(self.typed.headerData(n, Qt.Orientation.Horizontal)))
            self.setColumnWidth(n, self.typed.width(field, heading))

    # going about

    def go_to(self, row: int, key: str) -> None:
        """Put the cursor into a cell, by its field; into the first where the field is no column."""
        column = next((n for n, field in enumerate(self.typed.fields) if field.key == key), 0)
        self._to(row, column)

    def _to(self, row: int, column: int) -> None:
        last = self.typed.rowCount() - 1
        widgets.to_cell(self, self.typed.index(max(0, min(row, last)), column))
        self.setFocus()

    def start(self) -> None:
        """Go to the first cell that is to be typed."""
        self._to(0, self.typed.start())

    def step(self, by: int = 1) -> None:
        """Go to the next cell, from the last of a row to where the next is begun."""
        at, last = self.currentIndex(), self.typed.columnCount() - 1
        row, column = (at.row(), at.column() + by) if at.isValid() else (0, self.typed.start())
        if column > last:
            row, column = row + 1, self.typed.start()
        elif column < 0:
            row, column = max(0, row - 1), last if row else 0
        widgets.to_cell(self, self.typed.index(min(row, self.typed.rowCount() - 1), column))

    def next_problem(self) -> None:
        """Go to the next cell that is wrong or unlikely, after the last to the first."""
        places = self.typed.problems()
        if places:
            at = (self.currentIndex().row(), self.currentIndex().column())
            self._to(*next((place for place in places if place > at), places[0]))

    # what is under way

    def finish(self) -> None:
        """Let rows that are still being read arrive, and take the cell that is being typed: before anything is saved,
        left, removed or taken back."""
        wait_for(self._reading)
        editor = self.indexWidget(self.currentIndex()) if self.currentIndex().isValid() else None
        if isinstance(editor, CellLine):
            self.cells.close(editor)

    # changes

    def paste(self, text: str) -> None:
        """Have the worker read copied cells, and take them in from the cell in hand on."""
        at = self.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, self.typed.start())
        read = self.typed.reading(text, row, column)

        def op(_office: Office, _progress: Progress) -> Any:
            return read()

        self._reading = self._desk.run(op, alive(self, lambda found: self._take(found, row, column)))

    def _take(self, found: Any, row: int, column: int) -> None:
        at, editing = self.currentIndex(), self.state() == QAbstractItemView.State.EditingState
        taken = self.typed.take(found, row, column)
        if taken.at and not editing and (at.row(), at.column()) == (row, column):  # else the clerk went on
            self.go_to(*taken.at)
        if taken.text:
            self.told.emit(taken.level, taken.text)

    def paste_clipboard(self) -> None:
        """Take in what was copied: rows of a sheet, or the text of one cell."""
        text = QGuiApplication.clipboard().text()
        if "\t" in text or "\n" in text.strip() or not self.currentIndex().isValid():
            self.paste(text)
        else:
            self.typed.setData(self.currentIndex(), text.strip())

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet does."""
        cells = {(index.row(), index.column()): self._text(index) for index in self.selectedIndexes()}
        rows = sorted({row for row, _column in cells})
        columns = sorted({column for _row, column in cells})
        lines = ("\t".join(cells.get((row, column), "") for column in columns) for row in rows)
        clipboard.put("\n".join(lines))

    @staticmethod
    def _text(index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.EditRole) or "")

    def remove_rows(self) -> None:
        """Take out the rows in which a cell is selected."""
        self.finish()
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if rows:
            column = max(0, self.currentIndex().column())
            self.typed.remove(rows)
            self._to(rows[0], column)

    def undo(self) -> None:
        """Take the last step back, and go where it was."""
        self.finish()
        if place := self.typed.undo():
            self._to(*place)

    def redo(self) -> None:
        """Do again what was taken back last, and go where it is."""
        self.finish()
        if place := self.typed.redo():
            self._to(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clipboard()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.typed.empty(self.selectedIndexes())
        elif event.key() in ENTER and not held & Qt.KeyboardModifier.ControlModifier:
            self.step(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held:
            self.typed.empty(self.selectedIndexes())
        else:
            super().keyPressEvent(event)


class TypedTable(QWidget):
    """The grid with its buttons above; their keys work in all of it, also while a cell is typed."""

    def __init__(self, grid: TypedGrid) -> None:
        super().__init__()
        self.grid = grid
        self.paste_button = self._button(_("Paste rows from a sheet"), "copy", Rows.paste)
        self.remove_button = self._button(_("Remove rows"), "delete", Rows.remove)
        self.undo_button = self._button(_("Undo"), "undo", Rows.undo)
        self.redo_button = self._button(_("Redo"), "redo", Rows.redo)
        self.next_button = self._button(_("Next problem"), "warning", Rows.next)
        tools = QHBoxLayout()
        buttons = (self.paste_button, self.remove_button, self.undo_button, self.redo_button)
        for button in (*buttons, self.next_button):
            tools.addWidget(button)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(tools)
        column.addWidget(grid, 1)
        self.paste_button.clicked.connect(lambda: grid.paste(QGuiApplication.clipboard().text()))
        Rows.undo.on(self, grid.undo, WITHIN)
        Rows.redo.on(self, grid.redo, WITHIN)
        Rows.remove.on(self, grid.remove_rows, WITHIN)
        Rows.next.on(self, grid.next_problem)
        self.remove_button.clicked.connect(grid.remove_rows)
        self.undo_button.clicked.connect(grid.undo)
        self.redo_button.clicked.connect(grid.redo)
        self.next_button.clicked.connect(grid.next_problem)
        grid.typed.edited.connect(self.follow)
        self.follow()

    @staticmethod
    def _button(text: str, icon: str, key: Key) -> QPushButton:
        result = widgets.button(text, icon, quiet=True)
        key.tell(result, text)
        result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return result

    def follow(self) -> None:
        """Offer what there is to take back, and the way to what is wrong."""
        self.undo_button.setEnabled(self.grid.typed.can_undo())
        self.redo_button.setEnabled(self.grid.typed.can_redo())
        self.next_button.setVisible(bool(self.grid.typed.wrong))
