"""Rows of a sheet without numbers, known again by what they held when taken in, or by what tells records apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

from tracker.db import imported
from tracker.db.database import Database
from tracker.db.imported import Prints
from tracker.schema.fields import Choice, CreditCode, Field, IdNumber, Link, Names, Text, Value
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
    guessed: bool = False
    """Whether the row only resembles it, or it was never taken from a sheet."""


@dataclass(frozen=True)
class Found:
    """What was found of rows, one entry for each."""

    prints: list[Prints]
    known: list[Known | None]
    """The record that the row became; None for a new one."""
    binned: list[bool]
    """Whether a record of the row lies in the bin."""
    nearly: list[str | None]
    """Of a new row the record, in no other row, from which only a name or the day sets it apart."""


def of_row(record: Mapping[str, Value], number: str) -> Prints:
    """The prints of a row's values, its number apart."""
    return {key: _print(value) for key, value in record.items() if key != number and value is not None}


@lru_cache(maxsize=1 << 14, typed=True)
def _print(value: Value) -> str:
    """Most cells of a sheet hold what others hold as well: days, codes, who deals with it."""
    return blake2b(str(value).encode(), digest_size=4).hexdigest()


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


def naming(ledger: Ledger, keys: frozenset[str]) -> tuple[str, ...]:
    """The fields among `keys` that say whom or what a record is about: another text there is another record.

    Who handles it is not among them, nor what it is linked to: these change.
    """
    return tuple(
        field.key
        for field in ledger.inputs
        if field.key in keys and field.key != ledger.number and (_names(field) or _identity(field))
    )


def _names(field: Field) -> bool:
    said = isinstance(field, Names) or (isinstance(field, Text) and (field.required or bool(field.names)))
    return said and field.names != "officers" and not isinstance(field, Link | Choice)


def _identity(field: Field) -> bool:
    return isinstance(field, IdNumber | CreditCode)


class Finder:
    """Finds for each row the record that it became, each record for one row only."""

    def __init__(self, db: Database, ledger: Ledger, check: Callable[[], object]) -> None:
        self.db, self.ledger, self._check = db, ledger, check
        self._there, self._binned = imported.prints(db, ledger)
        self._claimed: set[str] = set()
        self._names: tuple[str, ...] = ()

    def find(self, rows: Sequence[Mapping[str, Value]]) -> Found:
        """The record of each row."""
        prints = [of_row(record, self.ledger.number) for record in rows]
        found: list[Known | None] = [None] * len(rows)
        keys = frozenset().union(*prints) if prints else frozenset()
        self._names = naming(self.ledger, keys)
        self._take(found, prints, self._index(imported.text), imported.text)
        if self._names:
            self._check()
            told = telling(self.ledger, keys)
            self._take(found, prints, self._index(_joined(told)), _joined(told))
            self._check()
            self._among_records(found, rows, told)
        nearly = self._resembling(found, prints)
        gone = {imported.text(cells) for cells in self._binned.values()}
        binned = [
            known is None and imported.text(cells) in gone for known, cells in zip(found, prints, strict=True)
        ]
        return Found(prints, found, binned, nearly)

    def _index(self, of: Callable[[Prints], str]) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for uid, cells in self._there.items():
            if uid not in self._claimed:
                index[of(cells)].append(uid)
        return index

    def _take(
        self,
        found: list[Known | None],
        prints: Sequence[Prints],
        index: dict[str, list[str]],
        of: Callable[[Prints], str],
    ) -> None:
        """Give rows that have none yet the records of the same print, first come first served."""
        for n, cells in enumerate(prints):
            uids = index.get(of(cells), []) if found[n] is None else []
            whole = of is imported.text
            uid = next((uid for uid in uids if whole or self._may_be(cells, self._there[uid])), None)
            if uid:
                uids.remove(uid)
                found[n] = self._claim(uid)

    def _may_be(self, cells: Prints, other: Prints) -> bool:
        """Whether two rows can be of one record: the first that names anyone does alike, and no name or day differs."""
        first = next((key for key in self._names if not _identity(self.ledger.field(key))), "")
        same = any(key in cells and cells[key] == other.get(key) for key in self._names)
        return same and cells.get(first) == other.get(first) and not self._apart(cells, other)

    def _apart(self, cells: Prints, other: Prints) -> list[str]:
        """The names and days that both rows have and that differ."""
        return [
            key
            for key in (self.ledger.day, *self._names)
            if key in cells and key in other and cells[key] != other[key]
        ]

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
        more = tuple(key for key in self._names if key not in keys)
        index: dict[tuple[Value, ...], list[tuple[str, tuple[Value, ...]]]] = defaultdict(list)
        wanted = {_folded(rows[n].get(key) for key in keys) for n in open_rows}
        for uid, values in imported.by_fields(self.db, self.ledger, (*keys, *more)):
            told = _folded(values[: len(keys)])
            if uid not in self._claimed and told in wanted and uid not in self._there:
                index[told].append((uid, _folded(values[len(keys) :])))
        for n in open_rows:
            if not any(rows[n].get(key) for key in self._names):
                continue
            others = index.get(_folded(rows[n].get(key) for key in keys), [])
            mine = _folded(rows[n].get(key) for key in more)
            fit = next((one for one in others if not _differ(mine, one[1])), None)
            if fit:
                others.remove(fit)
                found[n] = replace(self._claim(fit[0]), guessed=True)

    def _resembling(self, found: list[Known | None], prints: Sequence[Prints]) -> list[str | None]:
        """Find rows in which one or two cells were corrected: of most other cells the record has the same.

        Returns for rows that stay new the record that they nearly are.
        """
        nearly: list[str | None] = [None] * len(found)
        open_rows = [n for n, known in enumerate(found) if known is None]
        if not open_rows or len(open_rows) > MOST_LOOSE:
            return nearly
        holders: dict[str, list[str]] = defaultdict(list)
        for uid, cells in self._there.items():
            if uid not in self._claimed:
                for key, held in cells.items():
                    holders[f"{key}={held}"].append(uid)
        for n in open_rows:
            self._check()
            shared = self._sharing(prints[n], holders)
            if best := self._nearest(prints[n], shared, self._alike):
                found[n] = replace(self._claim(best), guessed=True)
            else:
                nearly[n] = self._nearest(prints[n], shared, self._but_one)
        return [uid if uid not in self._claimed else None for uid in nearly]

    @staticmethod
    def _sharing(cells: Prints, holders: Mapping[str, list[str]]) -> dict[str, int]:
        """How many telling cells each record has in common with a row."""
        shared: dict[str, int] = defaultdict(int)
        for key, held in cells.items():
            uids = holders.get(f"{key}={held}", ())
            if len(uids) <= _MANY:
                for uid in uids:
                    shared[uid] += 1
        return shared

    def _nearest(
        self, cells: Prints, shared: Mapping[str, int], like: Callable[[Prints, Prints], bool]
    ) -> str | None:
        fit = [uid for uid in shared if uid not in self._claimed and like(cells, self._there[uid])]
        return max(fit, key=lambda uid: shared[uid], default=None)

    def _alike(self, cells: Prints, other: Prints) -> bool:
        """Whether both name the same and nearly all other cells are the same: all but one of seven, but two of more."""
        both = cells.keys() & other.keys()
        same = sum(1 for key in both if cells[key] == other[key])
        wrong = len(both) - same
        return len(both) >= 4 and wrong <= (1 if len(both) < 8 else 2) and self._may_be(cells, other)

    def _but_one(self, cells: Prints, other: Prints) -> bool:
        """Whether a name or the day is the only cell that differs."""
        both = cells.keys() & other.keys()
        wrong = [key for key in both if cells[key] != other[key]]
        return len(both) >= 4 and len(wrong) == 1 and wrong == self._apart(cells, other)


def _joined(keys: Sequence[str]) -> Callable[[Prints], str]:
    return lambda cells: "|".join(cells.get(key, "") for key in keys)


def _differ(values: Sequence[Value], others: Sequence[Value]) -> bool:
    return any(
        one != other
        for one, other in zip(values, others, strict=True)
        if one is not None and other is not None
    )


def _folded(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple("".join(v.split()) if isinstance(v, str) else v for v in values)
