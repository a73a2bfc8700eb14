"""A table of ready-made texts: sorted by any column, copied with Ctrl+C as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from tracker.ui import clipboard, widgets

Cell = str | int
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Head:
    """One column: its title, its width in pixels, 0 for what is left over."""

    title: str
    width: int = 0


class LazyRows(Sequence[Sequence[Cell]]):
    """Many rows, each made when it is first looked at; not to be sorted."""

    def __init__(self, count: int, make: Callable[[int], Sequence[Cell]]) -> None:
        self._count, self._make = count, make
        self._made: dict[int, Sequence[Cell]] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        if index not in self._made:
            if len(self._made) > 500:
                self._made.clear()
            self._made[index] = self._make(index)
        return self._made[index]


class PlainModel(QAbstractTableModel):
    """Rows of texts and numbers; sorting puts the rows themselves in order."""

    def __init__(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
        super().__init__()
        self.heads = list(heads)
        self.cells: Any = rows if isinstance(rows, LazyRows) else list(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell:,}" if isinstance(cell, int) else cell.replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(cell)
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, int) else None

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(section):
            return _RIGHT
        return None

    def _is_number(self, column: int) -> bool:
        """Whether a column holds numbers, which stand at the right: as its first row tells."""
        return bool(len(self.cells)) and isinstance(self.cells[0][column], int)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Numbers before texts; rows that are equal keep their order."""
        if not 0 <= column < len(self.heads):
            return
        self.layoutAboutToBeChanged.emit()
        down = order == Qt.SortOrder.DescendingOrder
        self.cells.sort(key=lambda row: (isinstance(row[column], str), row[column]), reverse=down)
        self.layoutChanged.emit()


class PlainTable(QTableView):
    """A view of a `PlainModel`; `fill` replaces what it shows."""

    def __init__(self, name: str, parent: QWidget | None = None, *, sortable: bool = True) -> None:
        super().__init__(parent)
        self._sortable = sortable
        self._plain = PlainModel((), ())
        widgets.tune_table(self)
        self.setAccessibleName(name)

    def fill(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows, in their order until a heading is pressed."""
        self.setSortingEnabled(False)
        self._plain = model = self._made(heads, rows)
        self.setModel(model)
        header = self.horizontalHeader()
        for column, head in enumerate(heads):
            wide = QHeaderView.ResizeMode.Interactive if head.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, wide)
            if head.width:
                self.setColumnWidth(column, head.width)
        if self._sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        if rows:
            self.setCurrentIndex(model.index(0, 0))

    def _made(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> PlainModel:
        return PlainModel(heads, rows)

    def message(self) -> str:
        """The last cell of the row in hand."""
        index = self.currentIndex()
        return str(self._plain.cells[index.row()][-1]) if index.isValid() else ""

    def row(self, index: int) -> Sequence[Cell]:
        """The cells of a row as they stand now."""
        row: Sequence[Cell] = self._plain.cells[index]
        return row

    def tell(self, text: str) -> None:
        """Put another text into the last cell of the row in hand."""
        index = self.currentIndex()
        if index.isValid():
            row = self._plain.cells[index.row()]
            assert isinstance(row, list)  # the row itself, which may carry more than its cells
            row[-1] = text
            last = self._plain.index(index.row(), len(self._plain.heads) - 1)
            self._plain.dataChanged.emit(last, last)

    def copied(self) -> str:
        """The selected rows as text, cells parted by tabs."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return "\n".join("\t".join(str(c).replace("\n", " ") for c in self._plain.cells[row]) for row in rows)

    # Qt asks the keyboard how to select: while Ctrl is held, as in the key of an act that fills the table anew, the row
    # put in hand would be chosen beside the one before it. What the program chooses is all that is chosen.

    def selectRow(self, row: int) -> None:  # noqa: N802 (Qt's name)
        """Put a row in hand, whatever keys are held."""
        super().selectRow(row)
        self._choose_only(row)

    def setCurrentIndex(self, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Put the row of a cell in hand, whatever keys are held."""
        super().setCurrentIndex(index)
        self._choose_only(index.row())

    def _choose_only(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        index = self._plain.index(row, 0)
        if index.isValid():
            self.selectionModel().select(index, flag.ClearAndSelect | flag.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.matches(QKeySequence.StandardKey.Copy):
            clipboard.put(self.copied())
        else:
            super().keyPressEvent(event)
