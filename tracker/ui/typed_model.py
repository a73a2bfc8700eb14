"""Rows that are typed as in a sheet: texts of cells by field, what is wrong at each, and every step taken back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from tracker.i18n import _
from tracker.operations.cells import Wrong
from tracker.schema.fields import Choice, Field, YesNo
from tracker.ui import theme, widgets
from tracker.ui.icons import icon
from tracker.ui.typed_history import History

Index = QModelIndex | QPersistentModelIndex
Texts = Mapping[str, str]
Fault = tuple[str, str, bool]
"""A field, what is wrong in it as a sentence, and whether it is only unlikely."""
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()


@dataclass(frozen=True, eq=False)
class Row:
    """The texts of one row. Never changed: what is typed makes another row of the same `mark`, which tells it from
    others wherever it moves; `uid` where it is a record already."""

    texts: Texts
    mark: int
    uid: str = ""


@dataclass(frozen=True)
class Taken:
    """What is to be said of pasted cells, if anything, and the cell to go to, if any."""

    level: widgets.Level = "info"
    text: str = ""
    at: tuple[int, str] | None = None


class TypedModel(QAbstractTableModel):
    """The columns are fields. A table of some kind of rows says here how its rows read, what is wrong with them and how
    copied cells become rows; the rest is the same in all."""

    edited = Signal()
    """Rows are others than before; `can_undo` and `can_redo` may be too."""
    least = 1
    """So many rows are shown at least."""
    most: int | None = None
    """So many rows the table takes."""

    def __init__(self, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self.rows: tuple[Row, ...] = ()
        self.wrong: dict[tuple[int, str], Wrong] = {}
        """What is wrong with a cell, by row and field."""
        self._marks = count()
        self._told: dict[tuple[int, str], tuple[str, Wrong]] = {}
        """What saving found wrong, by row's mark and field, with the text of which it is true."""
        self._history: History[tuple[Row, ...]] = History()
        self._faults: WeakKeyDictionary[Row, tuple[Fault, ...]] = WeakKeyDictionary()

    # what each kind of rows says for itself

    @abstractmethod
    def is_blank(self, texts: Texts) -> bool:
        """Whether nothing was typed in a row."""

    @abstractmethod
    def typed(self, texts: Texts, field: Field, text: str) -> Texts:
        """The texts of a row after one was typed."""

    @abstractmethod
    def in_row(self, texts: Texts) -> Iterable[Fault]:
        """What is wrong or unlikely in a row by itself; kept, so that a keystroke reads one row and not all."""

    def among_rows(self) -> Iterable[Wrong]:
        """What is wrong or unlikely of rows beside each other."""
        return ()

    @abstractmethod
    def start(self) -> int:
        """The column in which typing a row begins."""

    @abstractmethod
    def naming(self) -> int:
        """The column that tells the rows apart; it stays in view."""

    @abstractmethod
    def reading(self, text: str, row: int, column: int) -> Callable[[], Any]:
        """How the worker reads copied cells that are pasted at a cell; it may not look at the model."""

    @abstractmethod
    def take(self, read: Any, row: int, column: int) -> Taken:
        """Take in what was read, as one step."""

    def fresh(self, _rows: Sequence[Row]) -> Texts:
        """The texts of an empty row that follows these."""
        return {}

    def offered(self, field: Field) -> tuple[str, ...]:
        """The words that a cell may hold; empty for free text."""
        if isinstance(field, Choice):
            return tuple(field.code_label(code.key) for code in field.offered)
        return (_("Yes"), _("No")) if isinstance(field, YesNo) else ()

    def hint(self, _field: Field, _texts: Texts) -> str:
        """What stands in a cell in grey while it is empty."""
        return ""

    def width(self, field: Field, heading: int) -> int:
        """The width of a column whose heading takes so many pixels."""
        return max(heading + 2 * theme.L, min(200, 8 * field.width + theme.XL))

    # rows

    def row(self, texts: Texts, uid: str = "") -> Row:
        """Another row."""
        return Row(texts, next(self._marks), uid)

    def filled(self) -> list[int]:
        """The rows in which something was typed."""
        return [n for n, row in enumerate(self.rows) if not self.is_blank(row.texts)]

    def begin(self, rows: Iterable[Row]) -> None:
        """Show rows from which nothing is taken back."""
        self._history = History()
        self._show(tuple(rows))

    def change(self, rows: Iterable[Row]) -> None:
        """Have other rows, which is one step to take back."""
        left = self.rows
        self._history.step(left)
        self._show(tuple(rows))

    def write(self, row: int, lines: Sequence[Texts]) -> None:
        """Write cells into the rows from one on, as one step, with as many rows as it needs."""
        rows = list(self._with_spare(self.rows, row + len(lines)))
        for n, line in enumerate(lines, row):
            rows[n] = replace(rows[n], texts={**rows[n].texts, **line})
        self.change(rows)

    def empty(self, cells: Iterable[Index]) -> None:
        """Empty cells, as one step."""
        rows = list(self.rows)
        for cell in cells:
            row, field = rows[cell.row()], self.fields[cell.column()]
            if row.texts.get(field.key):
                rows[cell.row()] = replace(row, texts=self.typed(row.texts, field, ""))
        if tuple(rows) != self.rows:
            self.change(rows)

    def remove(self, places: Iterable[int]) -> None:
        """Take rows out, as one step."""
        gone = set(places)
        if gone:
            self.change(row for n, row in enumerate(self.rows) if n not in gone)

    def _with_spare(self, rows: Sequence[Row], wanted: int = 0) -> tuple[Row, ...]:
        """Rows with empty ones behind: as many as are wanted, and at least one."""
        found = list(rows)
        while len(found) < max(self.least, wanted) or not self.is_blank(found[-1].texts):
            if self.most is not None and len(found) >= self.most:
                break
            found.append(self.row(self.fresh(found)))
        return tuple(found)

    # steps

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo()

    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._history.can_redo()

    def undo(self) -> tuple[int, int] | None:
        """Take a step back; the row and column in which it shows, None where there is no step."""
        return self._go(self._history.undo(self.rows)) if self.can_undo() else None

    def redo(self) -> tuple[int, int] | None:
        """Do a step again; as `undo`."""
        return self._go(self._history.redo(self.rows)) if self.can_redo() else None

    def _go(self, rows: tuple[Row, ...]) -> tuple[int, int]:
        before = self.rows
        self._show(rows)
        pairs = enumerate(zip(before, self.rows, strict=False))
        place = next((n for n, (old, new) in pairs if old is not new), min(len(before), len(self.rows)) - 1)
        row = max(0, min(place, len(self.rows) - 1))
        old, new = (rows[row].texts if row < len(rows) else {} for rows in (before, self.rows))
        keys = [field.key for field in self.fields]
        others = (n for n, key in enumerate(keys) if old.get(key, "") != new.get(key, ""))
        return row, next(others, self.naming())

    # showing

    def _show(self, rows: tuple[Row, ...]) -> None:
        """Replace what is shown, so that the view keeps its place: rows alike at both ends stay, those between change,
        and what there is more or less of them comes or goes behind."""
        old, new = self.rows, self._with_spare(rows)
        least = min(len(old), len(new))
        top = next((n for n in range(least) if old[n] is not new[n]), least)
        bottom = next((n for n in range(least - top) if old[-1 - n] is not new[-1 - n]), least - top)
        same, more = least - bottom, len(new) - len(old)
        if top < same:
            self.rows = (*old[:top], *new[top:same], *old[same:])
            self.dataChanged.emit(self.index(top, 0), self.index(same - 1, len(self.fields) - 1))
        if more > 0:
            self.beginInsertRows(NOWHERE, same, same + more - 1)
        elif more < 0:
            self.beginRemoveRows(NOWHERE, same, same - more - 1)
        self.rows = new
        if more > 0:
            self.endInsertRows()
        elif more < 0:
            self.endRemoveRows()
        self._look()
        self.edited.emit()

    def _look(self) -> None:
        """Find out what is wrong, walls first; that of a field that is no column is told at the first one."""
        keys = {field.key for field in self.fields}
        places = {row.mark: n for n, row in enumerate(self.rows)}
        told = [
            replace(one, row=places[mark])
            for (mark, key), (text, one) in self._told.items()
            if mark in places and self.rows[places[mark]].texts.get(key, "") == text
        ]
        self.wrong = {}
        for one in sorted((*told, *self._examined()), key=lambda one: one.warning):
            key = one.field if one.field in keys else self.fields[0].key
            self.wrong.setdefault((one.row, key), one)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.fields) - 1))

    def _examined(self) -> Iterator[Wrong]:
        for n, row in enumerate(self.rows):
            found = self._faults.get(row)
            if found is None:
                found = self._faults[row] = tuple(self.in_row(row.texts))
            yield from (Wrong(n, *one) for one in found)
        yield from self.among_rows()

    def tell(self, wrong: Iterable[Wrong]) -> None:
        """Mark what saving found wrong, each until its cell holds another text."""
        self._told = {
            (self.rows[one.row].mark, one.field): (self.rows[one.row].texts.get(one.field, ""), one)
            for one in sorted(wrong, key=lambda one: not one.warning)
        }
        self._look()

    def problem(self, index: Index) -> Wrong | None:
        """What is wrong at a cell."""
        if not index.isValid():
            return None
        return self.wrong.get((index.row(), self.fields[index.column()].key))

    def problems(self, walls: bool = False) -> list[tuple[int, int]]:
        """Rows and columns of cells at fault, from the top; with `walls` only those that cannot be saved."""
        columns = {field.key: n for n, field in enumerate(self.fields)}
        return sorted(
            (row, columns[key]) for (row, key), one in self.wrong.items() if not (walls and one.warning)
        )

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return (
            super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags
        )

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field, texts = self.fields[index.column()], self.rows[index.row()].texts
        text, fault = texts.get(field.key, ""), self.problem(index)
        if role == Role.EditRole:
            return text
        if role == Role.DisplayRole:
            return text or self.hint(field, texts)
        if role == Role.ForegroundRole and not text:
            return theme.current().color("placeholder")
        if fault and role == Role.BackgroundRole:
            return theme.current().color("warning_soft" if fault.warning else "danger_soft")
        if fault and role == Role.DecorationRole:
            return icon("warning", "warning" if fault.warning else "danger")
        if fault and role == Role.ToolTipRole:
            return fault.message
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802 (Qt's name)
        if role != Role.EditRole or not index.isValid():
            return False
        row, field = self.rows[index.row()], self.fields[index.column()]
        texts = self.typed(row.texts, field, str(value))
        if _said(texts) != _said(row.texts):
            rows = list(self.rows)
            rows[index.row()] = replace(row, texts=texts)
            self.change(rows)
        return True

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole else None
        if not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Role.DisplayRole:
            return f"{field.title()} *" if field.required else field.title()
        return (_(field.help) if field.help else "") if role == Role.ToolTipRole else None


def _said(texts: Texts) -> dict[str, str]:
    """A row without its empty cells, which may be there or not."""
    return {key: text for key, text in texts.items() if text}
