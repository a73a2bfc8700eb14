"""The table of a batch: cells typed one after the other, pasted from a spreadsheet, with what is wrong at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.exchange.pasted import MOST
from tracker.i18n import _
from tracker.operations.batch import Wrong, spelled
from tracker.schema.fields import Choice, Field, Value, YesNo
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.completion import ENTER
from tracker.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LEAST, SPARE = 12, 1
"""So many rows are shown at first, and so many empty ones always follow those filled in."""


class BatchModel(QAbstractTableModel):
    """Rows of texts as they were typed, each written as its value is shown where it is one."""

    edited = Signal()

    def __init__(self, ledger: Ledger, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger, self.fields = ledger, tuple(fields)
        self.texts: list[dict[str, str]] = [{} for _row in range(LEAST)]
        self.wrong: dict[tuple[int, str], Wrong] = {}

    def set_fields(self, fields: Sequence[Field]) -> None:
        """Show the columns of other fields; what was typed stays."""
        self.beginResetModel()
        self.fields = tuple(fields)
        self.endResetModel()

    def filled(self) -> list[int]:
        """The rows in which something stands in a column that is shown."""
        keys = {field.key for field in self.fields}
        return [n for n, row in enumerate(self.texts) if any(row.get(key) for key in keys)]

    def values(self, row: int) -> tuple[dict[str, Value], list[Wrong]]:
        """The values of a row, and what in it is none."""
        values: dict[str, Value] = {}
        wrong = []
        for field in self.fields:
            try:
                values[field.key] = field.parse(self.texts[row].get(field.key, ""))
            except Invalid as fault:
                wrong.append(Wrong(row, field.key, str(fault)))
        return values, wrong

    def tell(self, wrong: Sequence[Wrong]) -> None:
        """Mark the cells at fault; a fault of a field that is no column stands at the row's first cell."""
        keys = {field.key for field in self.fields}
        self.wrong = {}
        for one in sorted(wrong, key=lambda one: one.warning):
            key = one.field if one.field in keys else self.fields[0].key
            self.wrong.setdefault((one.row, key), one)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.texts) - 1, len(self.fields) - 1))

    def problem(self, index: Index) -> Wrong | None:
        """What is wrong at a cell."""
        if not index.isValid():
            return None
        return self.wrong.get((index.row(), self.fields[index.column()].key))

    def put(self, row: int, fields: Sequence[Field], block: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Write a block of cells, which `batch.spelled` has read, from a row on, with as many rows as it needs."""
        self._reach(row + len(block))
        for n, line in enumerate(block, row):
            for field, (text, fault) in zip(fields, line, strict=False):
                self.wrong.pop((n, field.key), None)
                if fault:
                    self.wrong[n, field.key] = Wrong(n, field.key, fault)
                self.texts[n][field.key] = text
        self.dataChanged.emit(self.index(row, 0), self.index(row + len(block) - 1, len(self.fields) - 1))
        self.edited.emit()

    def _reach(self, rows: int) -> None:
        """Have so many rows, and an empty one behind."""
        known, wanted = len(self.texts), min(MOST, rows + SPARE)
        if wanted > known:
            self.beginInsertRows(NOWHERE, known, wanted - 1)
            self.texts += [{} for _row in range(wanted - known)]
            self.endInsertRows()

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field, row = self.fields[index.column()], self.texts[index.row()]
        text, fault = row.get(field.key, ""), self.problem(index)
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            return text or (_("automatic") if self._is_numbered(field, row) else "")
        if role == Qt.ItemDataRole.ForegroundRole and not text:
            return theme.current().color("placeholder")
        if fault and role == Qt.ItemDataRole.BackgroundRole:
            return theme.current().color("warning_soft" if fault.warning else "danger_soft")
        if fault and role == Qt.ItemDataRole.DecorationRole:
            return icon("warning", "warning" if fault.warning else "danger")
        if fault and role == Qt.ItemDataRole.ToolTipRole:
            return fault.message
        return None

    def _is_numbered(self, field: Field, row: dict[str, str]) -> bool:
        return field.key == self.ledger.number and bool(self.ledger.number_pattern) and any(row.values())

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        field = self.fields[index.column()]
        if str(value) != self.texts[index.row()].get(field.key, ""):
            self.put(index.row(), [field], spelled([field], [[str(value)]]))
        return True

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{field.title()} *" if field.required else field.title()
        return _(field.help) if role == Qt.ItemDataRole.ToolTipRole else None


class BatchGrid(QTableView):
    """Enter goes to the next cell and from the last one to the next row; Ctrl+V fills cells from a spreadsheet."""

    saving = Signal()
    pasted = Signal(str)
    """Cells of a sheet, as text, that go from the current cell on."""

    def __init__(self, model: BatchModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.batch = model
        self.setModel(model)
        widgets.tune_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(True)
        self.verticalHeader().show()
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setAccessibleName(model.ledger.title())
        self.fit()

    def fit(self) -> None:
        """Give the columns widths that fit their fields and headings."""
        metrics = self.horizontalHeader().fontMetrics()
        for n, field in enumerate(self.batch.fields):
            heading = metrics.horizontalAdvance(str(self.batch.headerData(n, Qt.Orientation.Horizontal)))
            self.setColumnWidth(n, max(heading + 2 * theme.L, min(200, 8 * field.width + theme.XL)))

    def step(self, by: int = 1) -> None:
        """Go to the next cell, from the last of a row to the first of the next that is to be filled in."""
        at, last = self.currentIndex(), len(self.batch.fields) - 1
        row, column = (at.row(), at.column() + by) if at.isValid() else (0, 0)
        if column > last:
            row, column = row + 1, self._first()
        elif column < 0:
            row, column = max(0, row - 1), last if row else 0
        self.batch._reach(row)
        widgets.to_cell(self, self.batch.index(min(row, self.batch.rowCount() - 1), column))

    def _first(self) -> int:
        """The first cell of a row that must be filled in and that the program does not fill in itself."""
        fields, number = self.batch.fields, self.batch.ledger.number
        numbered = bool(self.batch.ledger.number_pattern) and fields[0].key == number and len(fields) > 1
        must = (n for n, field in enumerate(fields) if field.required and not (numbered and n == 0))
        return next(must, int(numbered))

    def start(self) -> None:
        """Go to the first cell."""
        widgets.to_cell(self, self.batch.index(0, self._first()))
        self.setFocus()

    def _clear(self) -> None:
        for index in self.selectedIndexes():
            self.batch.setData(index, "")

    def _copy(self) -> None:
        cells = {
            (index.row(), index.column()): str(index.data(Qt.ItemDataRole.EditRole))
            for index in self.selectedIndexes()
        }
        rows = sorted({row for row, _column in cells})
        columns = sorted({column for _row, column in cells})
        lines = ("\t".join(cells.get((row, column), "") for column in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """A line in which codes complete themselves; Enter takes it and goes on."""

    def __init__(self, grid: BatchGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        line = QLineEdit(parent)
        line.setFrame(False)
        words = _words(self._grid.batch.fields[index.column()])
        if words:
            completer = QCompleter(words, line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            assert isinstance(editor, QWidget)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self._grid.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(editor, event)


def _words(field: Field) -> list[str]:
    """The words of which one may be typed."""
    if isinstance(field, Choice):
        return [field.code_label(code.key) for code in field.offered]
    return [_("Yes"), _("No")] if isinstance(field, YesNo) else []


def merged(shared: Mapping[str, Value], row: Mapping[str, Value]) -> dict[str, Value]:
    """A record of what all rows share and what one row says."""
    return {**shared, **{key: value for key, value in row.items() if value is not None}}
