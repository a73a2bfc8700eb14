"""Reading records of any ledger: one, a page, all; lists are ids first, rows by need."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tracker.db import search, tables
from tracker.db.database import Database, Row
from tracker.errors import Cancelled
from tracker.schema.fields import Value
from tracker.schema.filters import All, Condition, Days, Empty, Filled, Sql
from tracker.schema.ledger import BINNED, Ledger
from tracker.schema.numbering import Pattern
from tracker.schema.values import LONGEST

LATEST, SUGGEST_SECONDS = 10_000, 0.15
Record = dict[str, str | int | None]
Sort = tuple[tuple[str, bool], ...]
_BIN = frozenset(field.key for field in BINNED)
EARLY = 100
"""So many ids, more than a screen shows, are told before all are found."""
FEW = 5000
"""So many records are found by an index of their own and then sorted sooner than by walking the list's."""


@dataclass(frozen=True)
class Query:
    """Which records of a ledger, in which order; `sort` is (field, descending) pairs, newest first where empty."""

    ledger: Ledger
    where: Condition = field(default_factory=lambda: All(()))
    search: str = ""
    sort: Sort = ()
    binned: bool = False

    def keys(self) -> frozenset[str]:
        """The fields that its filter and its order look at."""
        return self.where.fields() | {key for key, _down in self.sort}

    def order(self, *, walk: bool = True) -> str:
        """The ORDER BY clause; the id breaks ties. Without `walk` no index gives the order: what is found is sorted."""
        keys = self.sort or (("binned_at" if self.binned else self.ledger.order, True),)
        last = "DESC" if keys[-1][1] else "ASC"
        named = (f"{self._column(key)} {'DESC' if down else self._ascending(key)}" for key, down in keys)
        return f"ORDER BY {'' if walk else '+'}{', '.join(named)}, id {last}"

    def _ascending(self, key: str) -> str:
        """Upwards, days due that there are before those that stand or never run."""
        due = key in self.ledger.by_key and self.ledger.field(key).derived
        return "ASC NULLS LAST" if due else "ASC"

    def _column(self, key: str) -> str:
        """The column to sort by; raises KeyError for one that the ledger does not have."""
        return key if self.binned and key in _BIN else self.ledger.field(key).key


DELETED = ""
"""In place of who put a record into the bin: it was deleted from there, and is in no list any more."""


def is_deleted(record: Mapping[str, Value]) -> bool:
    """Whether a record was deleted from the bin."""
    return record.get("binned_at") is not None and record.get("binned_by") == DELETED


def where(db: Database, query: Query, *, walk: bool = False) -> Sql:
    """The WHERE clause of a query; with `walk` one that finds frequent words soonest when rows are read in order."""
    parts = [
        f"binned_at IS NOT NULL AND binned_by IS NOT '{DELETED}'" if query.binned else "binned_at IS NULL"
    ]
    sql, parameters = query.where.sql()
    if sql != "1":
        parts.append(f"({sql})")
        narrow, more = ("1", ()) if walk else search.narrowing(db, query.ledger, query.where)
        if narrow != "1":
            parts.append(narrow)
            parameters = (*parameters, *more)
    if query.search.strip():
        found, more = search.condition(db, query.ledger, query.search, walk=walk, binned=query.binned)
        parts.append(f"({found})")
        parameters = (*parameters, *more)
    return "WHERE " + " AND ".join(parts), parameters


def _select(db: Database, query: Query, what: str, *, walk: bool = False) -> Sql:
    """A SELECT in the query's order, by the way that finds the first rows soonest.

    Few records are found by the index of a day, words by the search index, all others by a walk along the list's own
    index, which holds what most filters ask for. SQLite has no statistics here to choose by. (Where it sees that a
    column which is always filled in is asked to be empty, it refuses to use any index that it is told to.)
    """
    clause, parameters = where(db, query, walk=walk)
    ledger, index, in_order = query.ledger, None, True
    if not walk and search.by_index(ledger, query.search):
        in_order = False
    elif not (query.binned or query.keys() & tables.NEVER_NULL) and (
        walk or not search.narrows(ledger, query.where)
    ):
        index = _few(db, query)
        in_order = index is None
        if in_order and (not query.sort or query.keys() <= set(tables.listed(ledger))):
            index = tables.listed(ledger)
    hint = f" INDEXED BY {tables.named(ledger, index)}" if index else ""
    return f"SELECT {what} FROM {ledger.name}{hint} {clause} {query.order(walk=in_order)}", parameters


def _few(db: Database, query: Query) -> tuple[str, ...] | None:
    """The index of a day for which the filter leaves few records."""
    parts = query.where.parts if isinstance(query.where, All) else (query.where,)
    first = {index[0]: index for index in tables.indexes(query.ledger)[1:]}
    for part in parts:
        if isinstance(part, Days | Filled | Empty) and part.field in first:
            clause, parameters = part.sql()
            some = f"SELECT 1 FROM {query.ledger.name} WHERE binned_at IS NULL AND {clause} LIMIT {FEW}"
            if db.rows(f"SELECT count(*) FROM ({some})", parameters)[0][0] < FEW:
                return first[part.field]
    return None


def ids(
    db: Database,
    query: Query,
    limit: int | None = None,
    offset: int = 0,
    early: Callable[[array[int]], object] | None = None,
) -> array[int]:
    """Ids in the query's order, eight bytes each; `early` is given the first `EARLY` as soon as they are found."""
    sql, parameters = _select(db, query, "id")
    part = "" if limit is None and not offset else f" LIMIT {-1 if limit is None else limit} OFFSET {offset}"
    found = array("q")
    for (number,) in db.each(sql + part, parameters, at_once=EARLY):
        found.append(number)
        if early and len(found) == EARLY:
            early(found[:])
    return found


def first_ids(db: Database, query: Query, limit: int, seconds: float) -> tuple[array[int], bool]:
    """The first ids that a walk in the list's order comes upon in so short a time, and whether these are all."""
    found = array("q")
    try:
        with db.limited(seconds):
            sql, parameters = _select(db, query, "id", walk=True)
            found.extend(row[0] for row in db.each(f"{sql} LIMIT {limit}", parameters, at_once=1))
    except Cancelled:
        return found, False
    return found, len(found) < limit


def count(db: Database, query: Query) -> int:
    """How many records the query finds."""
    clause, parameters = where(db, query)
    row = db.one(f"SELECT count(*) FROM {query.ledger.name} {clause}", parameters)
    return int(row[0]) if row else 0


def rows(db: Database, ledger: Ledger, keys: Sequence[str], wanted: Sequence[int]) -> list[Row | None]:
    """The fields of the records with these ids, in their order; None for one that is gone."""
    marks = ", ".join("?" * len(wanted))
    sql = f"SELECT id, {', '.join(keys)} FROM {ledger.name} WHERE id IN ({marks})"
    found = {row[0]: tuple(row[1:]) for row in db.rows(sql, tuple(wanted))}
    return [found.get(number) for number in wanted]


def each(db: Database, query: Query, keys: Sequence[str]) -> Iterator[Row]:
    """The fields of every record found, one after the other, memory staying flat."""
    yield from db.each(*_select(db, query, ", ".join(keys)))


def unordered(db: Database, ledger: Ledger, where: Condition, keys: Sequence[str]) -> Iterator[Row]:
    """The fields of every record outside the bin that meets a condition, found by whichever index finds it soonest."""
    clause, parameters = where.sql()
    sql = f"SELECT {', '.join(keys)} FROM {ledger.name} WHERE binned_at IS NULL AND ({clause})"
    yield from db.each(sql, parameters)


def get(db: Database, ledger: Ledger, uid: str) -> Record | None:
    """One record with all its columns, the binned ones too; None where there is none."""
    return _first(db, ledger, "uid = ?", (uid,))


def by_id(db: Database, ledger: Ledger, number: int) -> Record | None:
    """One record by its row id."""
    return _first(db, ledger, "id = ?", (number,))


def by_number(db: Database, ledger: Ledger, number: str) -> list[Record]:
    """Records with this number however it is written; more than one only after a merge. Binned ones are among them."""
    clause = "number_key = ? ORDER BY binned_at IS NOT NULL, id"
    return list(_all(db, ledger, clause, (ledger.key_text(number),)))


def that_left(db: Database, ledger: Ledger, number: str) -> list[Record]:
    """Records in the bin, and deleted ones, that had this number and have left it to others."""
    key = ledger.key_text(number)
    without = _all(db, ledger, "number_key IS NULL ORDER BY id", ())
    return [one for one in without if ledger.key_text(one[ledger.number]) == key]


def by_keys(db: Database, ledger: Ledger, keys: Sequence[str]) -> dict[str, list[Record]]:
    """Records by their number keys, the bin's among them; several of one key only after a merge."""
    found: dict[str, list[Record]] = {}
    for start in range(0, len(keys), 5000):
        part = tuple(keys[start : start + 5000])
        for record in _all(db, ledger, f"number_key IN ({', '.join('?' * len(part))}) ORDER BY id", part):
            found.setdefault(str(record["number_key"]), []).append(record)
    return found


def by_uids(db: Database, ledger: Ledger, uids: Sequence[str]) -> dict[str, Record]:
    """Records by their uids, the bin's among them."""
    found: dict[str, Record] = {}
    for start in range(0, len(uids), 5000):
        part = tuple(uids[start : start + 5000])
        for record in _all(db, ledger, f"uid IN ({', '.join('?' * len(part))})", part):
            found[str(record["uid"])] = record
    return found


def holding(db: Database, ledger: Ledger, key: str, values: Sequence[str]) -> Iterator[Record]:
    """Records, the bin's among them, in which a field holds one of these values."""
    for binned in ("NULL", "NOT NULL"):  # apart, since only the first is answered by an index
        for start in range(0, len(values), 5000):
            part = tuple(values[start : start + 5000])
            marks = ", ".join("?" * len(part))
            yield from _all(db, ledger, f"binned_at IS {binned} AND {key} IN ({marks})", part)


def named_by(db: Database, ledger: Ledger, key: str, values: Sequence[str]) -> tuple[str, str] | None:
    """A record that is not in the bin whose field holds one of these values: its uid, and the value."""
    for start in range(0, len(values), 5000):
        part = tuple(values[start : start + 5000])
        marks = ", ".join("?" * len(part))
        sql = f"SELECT uid, {key} FROM {ledger.name} WHERE binned_at IS NULL AND {key} IN ({marks}) LIMIT 1"
        if found := db.one(sql, part):
            return str(found[0]), str(found[1])
    return None


def suggestions(db: Database, ledger: Ledger, key: str, typed: str, limit: int = 12) -> list[str]:
    """Values already in a field that hold what was typed, those beginning with it first, else the latest first.

    Looks through the latest records, and where these have none through all as long as `SUGGEST_SECONDS`.
    """
    if len(typed) > LONGEST:
        return []
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    held, begins = f"%{escaped}%", f"{escaped}%"

    def among(source: str, parameters: tuple[str | int, ...]) -> list[str]:
        sql = (
            f"SELECT {key} FROM ({source}) WHERE {key} LIKE ? ESCAPE '\\' GROUP BY {key} "
            f"ORDER BY ({key} NOT LIKE ? ESCAPE '\\'), max(id) DESC LIMIT ?"
        )
        return [row[0] for row in db.rows(sql, (*parameters, held, begins, limit))]

    latest = f"SELECT id, {key} FROM {ledger.name} WHERE binned_at IS NULL ORDER BY id DESC LIMIT {LATEST}"
    found: list[str] = []
    with suppress(Cancelled), db.limited(SUGGEST_SECONDS):
        found = among(latest, ())
        if not found:
            held_somewhere, parameters = search.piece(db, ledger, typed[:200])
            every = (
                f"SELECT id, {key} FROM {ledger.name} "
                f"WHERE binned_at IS NULL AND ({held_somewhere}) AND {key} LIKE ? ESCAPE '\\'"
            )
            found = among(f"{every} ORDER BY id DESC LIMIT 500", (*parameters, held))
    return found


def counters(db: Database, ledger: Ledger, pattern: Pattern, year: int) -> list[int]:
    """The counters of the year's numbers that follow the pattern, the bin's too."""
    head = pattern.key_head(year)
    sql = f"SELECT number_key FROM {ledger.name} WHERE number_key >= ? AND number_key < ?"
    found = (pattern.counted(key, year) for (key,) in db.rows(sql, (head, head + "\U0010ffff")))
    return [n for n in found if n is not None]


def last_numbers(db: Database, ledger: Ledger, year: int) -> tuple[int, int]:
    """The last running number and the last number counter given in a year, zero where none was."""
    row = db.one("SELECT no, number FROM counters WHERE ledger = ? AND year = ?", (ledger.name, year))
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _first(db: Database, ledger: Ledger, clause: str, parameters: tuple[str | int, ...]) -> Record | None:
    return next(_all(db, ledger, clause, parameters), None)


def _all(db: Database, ledger: Ledger, clause: str, parameters: tuple[str | int, ...]) -> Iterator[Record]:
    names = ["id", "year", "number_key", "binned_at", "binned_by", *ledger.by_key]
    for row in db.rows(f"SELECT {', '.join(names)} FROM {ledger.name} WHERE {clause}", parameters):
        yield dict(zip(names, row, strict=True))
