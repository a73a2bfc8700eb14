"""Rows of a sheet without numbers, known again by what they held when taken in, or by what tells records apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from tracker.db import imported
from tracker.db.database import Database
from tracker.db.imported import Prints
from tracker.schema.fields import Choice, Names, Value
from tracker.schema.ledger import Ledger

MOST_LOOSE = 20_000
"""So many rows are looked for among those that resemble them."""
_MANY = 50
"""A cell that so many rows share tells none of them."""


@dataclass(frozen=True)
class Known:
    """The record that a row became earlier, and what the row held then; nothing where only the record is known."""

    uid: str
    cells: Prints


def of_row(record: Mapping[str, Value], number: str) -> Prints:
    """The prints of a row's values, its number apart."""
    return {
        key: blake2b(str(value).encode(), digest_size=4).hexdigest()
        for key, value in record.items()
        if key != number and value is not None
    }


def telling(ledger: Ledger, keys: frozenset[str]) -> tuple[str, ...]:
    """The fields among `keys` by which people tell records apart: the day, names and what is required."""
    return tuple(
        field.key
        for field in ledger.inputs
        if field.key in keys
        and field.key != ledger.number
        and (field.required or isinstance(field, Names) or field.names)
        and not (isinstance(field, Choice) and not field.required)
    )


class Finder:
    """Finds for each row the record that it became, each record for one row only."""

    def __init__(self, db: Database, ledger: Ledger, check: Callable[[], object]) -> None:
        self.db, self.ledger, self._check = db, ledger, check
        self._there, self._binned = imported.prints(db, ledger)
        self._claimed: set[str] = set()

    def find(self, rows: Sequence[Mapping[str, Value]]) -> tuple[list[Known | None], list[bool]]:
        """The record of each row, None for a new one; and whether a record of the row lies in the bin."""
        prints = [of_row(record, self.ledger.number) for record in rows]
        found: list[Known | None] = [None] * len(rows)
        self._take(found, prints, self._index(imported.text), imported.text)
        keys = telling(self.ledger, frozenset().union(*prints) if prints else frozenset())
        if keys:
            self._check()

            def told(cells: Prints) -> str:
                return "|".join(cells.get(key, "") for key in keys)

            self._take(found, prints, self._index(told), told)
            self._check()
            self._among_records(found, rows, keys)
        self._resembling(found, prints)
        gone = {imported.text(cells) for cells in self._binned.values()}
        return found, [
            known is None and imported.text(cells) in gone for known, cells in zip(found, prints, strict=True)
        ]

    def _index(self, of: Callable[[Prints], str]) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for uid, cells in self._there.items():
            if uid not in self._claimed:
                index[of(cells)].append(uid)
        return {key: uids[::-1] for key, uids in index.items()}

    def _take(
        self,
        found: list[Known | None],
        prints: Sequence[Prints],
        index: dict[str, list[str]],
        of: Callable[[Prints], str],
    ) -> None:
        """Give rows that have none yet the records of the same print, first come first served."""
        for n, cells in enumerate(prints):
            if found[n] is None and (uids := index.get(of(cells))):
                found[n] = self._claim(uids.pop())

    def _claim(self, uid: str) -> Known:
        self._claimed.add(uid)
        return Known(uid, self._there.get(uid, {}))

    def _among_records(
        self, found: list[Known | None], rows: Sequence[Mapping[str, Value]], keys: tuple[str, ...]
    ) -> None:
        """Records that were entered by hand or by another copy of the file, told by the same fields."""
        open_rows = [n for n, known in enumerate(found) if known is None]
        if not open_rows:
            return
        index: dict[tuple[Value, ...], list[str]] = defaultdict(list)
        wanted = {_folded(rows[n].get(key) for key in keys) for n in open_rows}
        for uid, values in imported.by_fields(self.db, self.ledger, keys):
            told = _folded(values)
            if uid not in self._claimed and told in wanted and uid not in self._there:
                index[told].append(uid)
        for n in open_rows:
            uids = index.get(_folded(rows[n].get(key) for key in keys))
            if uids:
                found[n] = self._claim(uids.pop(0))

    def _resembling(self, found: list[Known | None], prints: Sequence[Prints]) -> None:
        """Rows in which one or two cells were corrected: the record of which most other cells are the same."""
        open_rows = [n for n, known in enumerate(found) if known is None]
        if not open_rows or len(open_rows) > MOST_LOOSE:
            return
        holders: dict[str, list[str]] = defaultdict(list)
        for uid, cells in self._there.items():
            if uid not in self._claimed:
                for key, held in cells.items():
                    holders[f"{key}={held}"].append(uid)
        for n in open_rows:
            self._check()
            if best := self._nearest(prints[n], holders):
                found[n] = self._claim(best)

    def _nearest(self, cells: Prints, holders: Mapping[str, list[str]]) -> str | None:
        shared: dict[str, int] = defaultdict(int)
        for key, held in cells.items():
            uids = holders.get(f"{key}={held}", ())
            if len(uids) <= _MANY:
                for uid in uids:
                    shared[uid] += 1
        best = [uid for uid in shared if uid not in self._claimed and self._alike(cells, self._there[uid])]
        return max(best, key=lambda uid: shared[uid], default=None)

    @staticmethod
    def _alike(cells: Prints, other: Prints) -> bool:
        """Whether nearly all cells that both rows have are the same: all but one of seven, all but two of more."""
        both = cells.keys() & other.keys()
        same = sum(1 for key in both if cells[key] == other[key])
        wrong = len(both) - same
        return len(both) >= 4 and wrong <= (1 if len(both) < 8 else 2)


def _folded(values: object) -> tuple[Value, ...]:
    return tuple("".join(v.split()) if isinstance(v, str) else v for v in values)  # type: ignore[attr-defined]
