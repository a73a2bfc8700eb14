"""What a table of numbers shows: lines of cells, each of which may open the records behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from tracker.i18n import _
from tracker.operations.figures import Behind

Index = QModelIndex | QPersistentModelIndex
Opens = Callable[[], Behind]
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Cell:
    """One number or word; `opens` gives the records behind it."""

    text: str = ""
    opens: Opens | None = None
    tip: str = ""
    note: str = ""
    """A muted word after it, such as a unit."""
    short: str = ""
    """The text where room is short; the whole is in its tip then."""

    def plain(self) -> str:
        """The cell as it is copied."""
        return _("{name} ({unit})").format(name=self.text, unit=self.note) if self.note else self.text


@dataclass(frozen=True)
class Line:
    """One row; `kind` is row, total, heading or note (the last two are one text across the table)."""

    key: str
    cells: tuple[Cell, ...]
    kind: str = "row"
    icon: str = ""
    role: str = "accent_text"
    """The theme's colour of the icon, which stands before a heading and after the name of a row."""

    @property
    def across(self) -> bool:
        """Whether it is one text across the table."""
        return self.kind in ("heading", "note")


@dataclass(frozen=True)
class Column:
    """A column's heading; numbers stand at the right, `quiet` ones are muted, `spare` ones go where room is short."""

    title: str
    number: bool = True
    quiet: bool = False
    spare: bool = False


class NumberModel(QAbstractTableModel):
    """Lines and columns as they are handed in."""

    def __init__(self, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns, self.lines = columns, tuple[Line, ...]()
        self.short = False
        """Whether there is only room for short texts."""

    def show(self, lines: tuple[Line, ...], columns: tuple[Column, ...] | None = None) -> None:
        """Show other lines, in other columns where given."""
        self.beginResetModel()
        self.lines, self.columns = lines, columns or self.columns
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 (as Qt declares it)
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 (as Qt declares it)
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell:
        """What stands in a place."""
        cells = self.lines[index.row()].cells
        return cells[index.column()] if index.column() < len(cells) else Cell()

    def text(self, cell: Cell) -> str:
        """A cell's text as there is room for it."""
        return cell.short or cell.text if self.short else cell.text

    def opens(self, index: Index) -> Opens | None:
        """What the place opens: its own records, else those of the line's first number that opens."""
        if not index.isValid() or self.lines[index.row()].across:
            return None
        own = self.cell(index).opens
        return own or next((cell.opens for cell in self.lines[index.row()].cells if cell.opens), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(cell) if role == Qt.ItemDataRole.DisplayRole else cell.plain()
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or (cell.text if self.short and cell.short else None)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[index.column()].number else LEFT
        return None

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].number else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].across:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)
