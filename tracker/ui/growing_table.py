"""A table of which the rows that follow are asked for when one scrolls to its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from tracker.ui.plain_table import Cell, Head, Index, PlainModel, PlainTable


class GrowingModel(PlainModel):
    """Asks for more rows once (`wanted`), until they are appended."""

    wanted = Signal()

    def __init__(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
        super().__init__(heads, rows)
        self.more = False

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 (Qt's name)
        return self.more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 (Qt's name)
        self.more = False
        self.wanted.emit()

    def append(self, rows: Sequence[Sequence[Cell]], more: bool) -> None:
        """Add rows at the end; whether there are `more` after them."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.cells), len(self.cells) + len(rows) - 1)
            self.cells.extend(rows)
            self.endInsertRows()
        self.more = more


class GrowingTable(PlainTable):
    """`wanted` asks for the rows that follow, `chosen` tells the row in hand (-1 for none)."""

    wanted = Signal()
    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, sortable=False)

    def begin(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]], more: bool) -> None:
        """Show these rows anew."""
        self.fill(heads, rows)
        self.grow((), more)

    def grow(self, rows: Sequence[Sequence[Cell]], more: bool) -> None:
        """Add the rows that were wanted."""
        if isinstance(self._plain, GrowingModel):
            self._plain.append(rows, more)

    def _made(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> PlainModel:
        model = GrowingModel(heads, rows)
        model.wanted.connect(self.wanted)
        return model

    def currentChanged(self, now: Index, before: Index) -> None:  # noqa: N802 (Qt's name)
        super().currentChanged(now, before)
        self.chosen.emit(now.row() if now.isValid() else -1)
