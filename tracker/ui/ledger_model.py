"""The list's model: all ids of what was asked, in order; rows are read by need and few are kept.

The first ids come at once where a short walk finds them; all of them are worked out by the worker, eight bytes each.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from tracker.db import records
from tracker.db.database import Row
from tracker.db.records import Query, Sort
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import standing, twice
from tracker.operations.office import Office
from tracker.operations.standing import Stands
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import BINNED, Ledger
from tracker.ui.desk import Desk
from tracker.ui.icons import icon
from tracker.ui.tasks import Progress

Index = QModelIndex | QPersistentModelIndex
FIRST = 500
"""So many ids are looked for at once, in the main thread."""
PATIENCE = 0.025
"""Seconds for which the main thread looks."""
PAGE, PAGES_KEPT = 100, 40
MINUTE = len("2020-01-05 09:30")
RIGHT = frozenset({"money", "count"})
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column:
    """How one field stands in a list."""

    field: Field

    @cached_property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers to the right, everything else to the left."""
        side = Qt.AlignmentFlag.AlignRight if self.field.kind in RIGHT else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def title(self) -> str:
        """The heading: the label, with the unit where numbers need one that the label does not say."""
        label, unit = self.field.title(), _(self.field.unit) if self.field.unit else ""
        if self.field.kind not in RIGHT or unit.casefold() in label.casefold():
            return label
        return _("{label} ({unit})").format(label=label, unit=unit)

    def text(self, value: Value) -> str:
        """The value on one line; a moment that the program noted to the minute."""
        text = value if isinstance(value, Stands) else self.field.shown(value)
        if self.field.system and self.field.kind == "day":
            text = text[:MINUTE]
        return " ".join(text.split()) if "\n" in text else text


def columns(ledger: Ledger, keys: Iterable[str]) -> tuple[Column, ...]:
    """The columns of those keys that the ledger declares."""
    return tuple(Column(ledger.field(key)) for key in keys if key in ledger.by_key)


class LedgerModel(QAbstractTableModel):
    """Records that meet a query. Rows are positions in `ids`; `all_there` says whether these are all."""

    looking = Signal(bool)
    """Whether the worker is still working out the ids."""
    replacing = Signal()
    """The ids are about to be replaced by those of the same query, read anew."""
    replaced = Signal()
    marked = Signal()
    """Whether some rows have a mark before their first column is otherwise than before."""
    _early = Signal(object, object)
    """From the worker: the query and its first ids."""

    def __init__(
        self, desk: Desk, ledger: Ledger, keys: Iterable[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self.columns = columns(ledger, keys)
        self.query = Query(ledger)
        self._binned = False
        self.ids: array[int] = array("q")
        self.all_there = False
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._early.connect(self._found_early)
        self._twice: frozenset[str] = frozenset()
        """The uids of records whose number another one has too."""

    # which records

    def show(self, query: Query) -> None:
        """Find the records of another query: the window looks for a moment while the worker sets out for all."""
        self.query, self.all_there = query, False
        self._reset(array("q"))
        self._look(self._reset)

    def reload(self) -> None:
        """Find the same query's records anew; until all are known the old list stands with its rows as they are now."""
        self._pages.clear()
        self._look(None)
        if not self.all_there:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    @property
    def has_marks(self) -> bool:
        """Whether some rows have a mark before their first column."""
        return bool(self._twice)

    def _mark(self) -> None:
        """Have the worker find the records whose numbers are given twice."""
        ledger = self.ledger

        def find(office: Office, _progress: Progress) -> frozenset[str]:
            return frozenset(uid for one in twice.of_ledger(office.db, ledger) for uid in one.uids)

        self.desk.run_latest(("twice", ledger.name), find, self._marked)

    def _marked(self, found: frozenset[str]) -> None:
        if found != self._twice:
            before, self._twice = self._twice, found
            if bool(before) != bool(found):
                self.marked.emit()
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, 0))

    def _look(self, first: Callable[[array[int]], object] | None) -> None:
        """Have the worker find all, unless the window's own look finds them; `first` shows what that comes upon."""
        query = self.query
        self.all_there = False
        self._mark()

        def find(office: Office, progress: Progress) -> array[int]:
            with progress.interruptible(office.db.interrupt):
                return records.ids(office.db, query, early=lambda some: self._early.emit(query, some))

        job = self.desk.run_latest(("list", self.ledger.name), find, lambda found: self._found(query, found))
        if self.all_there:
            return
        found, done = records.first_ids(self.desk.reader, query, FIRST, PATIENCE)
        self.all_there = done
        if done:
            job.cancel()
            (first or self._replace)(found)
        elif first:
            first(found)
        self.looking.emit(not done)

    def _found(self, query: Query, found: array[int]) -> None:
        if query is not self.query or self.all_there:
            return  # an answer to what is no longer asked
        self._take(found)
        self.all_there = True
        self.looking.emit(False)

    def _found_early(self, query: Query, found: array[int]) -> None:
        """The first ids of a long search are shown where nothing else is yet."""
        if query is self.query and not self.all_there and len(self.ids) < len(found):
            self._take(found)

    def _take(self, found: array[int]) -> None:
        """Show more ids below those already shown, or others in their place."""
        known = len(self.ids)
        if len(found) > known and found[:known] == self.ids:
            self.beginInsertRows(NOWHERE, known, len(found) - 1)
            self.ids = found
            self._pages.pop((known - 1) // PAGE, None)
            self.endInsertRows()
        else:
            self._replace(found)

    def _replace(self, found: array[int]) -> None:
        self.replacing.emit()
        self._reset(found)
        self.replaced.emit()

    def _reset(self, found: array[int]) -> None:
        self.beginResetModel()
        self.ids = found
        self._pages.clear()
        self.endResetModel()

    def set_columns(self, keys: Iterable[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        first, *rest = columns(self.ledger, keys)
        self.columns = (first, *(map(Column, BINNED) if self._binned else ()), *rest)
        self._pages.clear()
        self.endResetModel()

    def show_bin(self, binned: bool) -> None:
        """Tell beside a record's fields when and by whom it was put into the bin, or not."""
        self._binned = binned
        self.set_columns(column.field.key for column in self.columns if column.field not in BINNED)

    def row_of(self, number: int) -> int | None:
        """Where the record with this id stands."""
        try:
            return self.ids.index(number)
        except ValueError:
            return None

    def uid(self, row: int) -> str | None:
        """The uid of a row's record; None for one that is gone."""
        found = self._row(row)
        return None if found is None else str(found[0])

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row = self._row(index.row())
            column = index.column()
            return "" if row is None else self.columns[column].text(row[column + 1])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[index.column()].alignment
        if index.column() == 0 and self._twice and self.uid(index.row()) in self._twice:
            return self._twice_mark(index, role)
        return None

    def _twice_mark(self, index: Index, role: int) -> Any:
        """How a row says, before its first column, that its number is given twice."""
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("warning", "warning")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("The number or running number is given twice; open the record to settle it.")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{text}, number given twice").format(text=self.data(index))
        return None

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title() + self._sort_mark(column.field.key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.alignment
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("Click to sort by {field}, with Shift as a further key").format(field=column.title())
        return None

    def _sort_mark(self, key: str) -> str:
        """Direction and rank, where there are several keys (a single one has the header's own arrow)."""
        if len(self.query.sort) < 2:
            return ""
        ranks = {k: f"  {'↓' if down else '↑'}{n}" for n, (k, down) in enumerate(self.query.sort, 1)}
        return ranks.get(key, "")

    def _row(self, row: int) -> Row | None:
        """The uid and the columns' values."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(self.ids[number * PAGE : (number + 1) * PAGE])
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place]

    def _read(self, ids: Sequence[int]) -> list[Row | None]:
        """Their rows; none where the disk or the file is at fault, which is told once, and not while painting."""
        try:
            page = records.rows(self.desk.reader, self.ledger, self._keys(), ids)
            return standing.told(self.desk.reader, self.ledger, self._keys()[1:], page)
        except UserError as wrong:
            told = wrong
        QTimer.singleShot(0, self, lambda: self.desk.tasks.tell(told))
        return [None] * len(ids)

    def _keys(self) -> Sequence[str]:
        return ("uid", *(column.field.key for column in self.columns))


def sorted_by(sort: Sort, key: str, further: bool) -> Sort:
    """The order after a click on a heading: a key again turns round, with `further` others stay before it."""
    before = dict(sort)
    if further:
        return tuple({**before, key: not before[key] if key in before else False}.items())
    return ((key, not before[key] if key in before else False),)
