"""A damaged file's content brought into a new file: what can be proven, then what can be read, and nothing else.

Rows of the history and attached files prove themselves by their hashes. What the other tables hold is taken as it is
and then held against the history (`db.reconciling`). Nothing is guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker import ids
from tracker.db import bulk, contents, row_shapes, tables, verifying
from tracker.db.database import Database
from tracker.db.history import HASH, Journal, parted, row_hash
from tracker.db.salvage import Wreck
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

Row = tuple[object, ...]
OPERATIONS = ("id", "at", "clerk", "origin", "kind", "note")
HISTORY = ("id", "operation", "ledger", "uid", "action", "changes", "parents", "hash")
CONTENTS = ("digest", "size", "content")
LONGEST = 64
"""Characters of a record's uid, and more."""
DAMAGED = "\N{REPLACEMENT CHARACTER}"
BATCH = 500


@dataclass(frozen=True)
class Look:
    """Something that a clerk should look at: why, as a message id with `{what}`, and the record where one is meant."""

    why: str
    ledger: str = ""
    uid: str = ""
    what: str = ""


class Salvage:
    """One rescue: from the wreck into a new, empty file. Everything inside `atomic`."""

    def __init__(self, wreck: Wreck, db: Database) -> None:
        self.wreck, self.db = wreck, db
        self.there = wreck.tables()
        self.whole = False
        """Whether every row of the history could be read, so that it alone says what was."""
        self.absent: set[bytes] = set()
        """The hashes of rows of the history that others name and that could not be read."""
        self.looks: list[Look] = []
        self.hurt: dict[str, bool] = {}
        self.read: dict[str, set[object]] = {}
        """The numbers of the rows of each ledger's table that could be read."""
        self._shapes = row_shapes.RowShapes(db.catalogue.kept)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """What can be read of a table by its tree: its row's number, and these columns."""
        self.hurt[table] = True
        if set(columns) <= set(self.there.get(table, ())):
            self.wreck.forget()
            yield from self.wreck.walk(table, columns)
            self.hurt[table] = self.wreck.hurt

    # what proves itself

    def history(self) -> None:
        """Operations, history and contents; then where the history ends, and what is missing of it."""
        self.db.run("CREATE TEMP TABLE candidates (id TEXT, told TEXT, PRIMARY KEY (id, told)) WITHOUT ROWID")
        self._operations(row[1:] for row in self.rows("operations", OPERATIONS))
        self._history(row[1:] for row in self.rows("history", HISTORY))
        self._contents(row[1:] for row in self.rows("contents", CONTENTS))
        ends = {row[1] for row in self.rows("heads", ("hash",)) if isinstance(row[1], bytes)}
        if any(self.hurt.values()):
            self._operations(self.wreck.pages(len(OPERATIONS)))
            self._history(_also(self.wreck.pages(len(HISTORY)), ends if self.hurt["heads"] else set()))
            if self.hurt["contents"]:
                self._contents(self.wreck.pages(len(CONTENTS)))
        self.db.run("DROP TABLE temp.candidates")
        sinks = self._ends()
        self.whole = not self.absent and sinks == ends and not (self.hurt["history"] and not sinks)
        self.db.run_many("INSERT INTO heads VALUES (?)", [(one,) for one in sorted(sinks)])

    def _operations(self, rows: Iterable[Row]) -> None:
        """Remember what may be operations; the rows of the history tell which are."""
        for batch in _batches(row for row in rows if all(isinstance(value, str) for value in row)):
            told = [(row[0], json.dumps(list(row), ensure_ascii=False)) for row in batch]
            self.db.run_many("INSERT OR IGNORE INTO temp.candidates VALUES (?, ?)", told)

    def _history(self, rows: Iterable[Row]) -> None:
        known: tuple[object, list[str]] = ("", [])
        for row in rows:
            if not (all(isinstance(value, str) for value in row[:6]) and _bytes(row[6], row[7])):
                continue
            identity, operation, ledger, uid, action, changes, parents, kept = row
            if operation != known[0]:
                sql = "SELECT told FROM temp.candidates WHERE id = ?"
                known = (operation, [str(told) for (told,) in self.db.rows(sql, (operation,))])
            for head in known[1]:
                if kept == row_hash(head, identity, ledger, uid, action, changes, parents):  # type: ignore[arg-type]
                    if not (self._shapes.fit(ledger, action, changes) and _joins(head, parents)):  # type: ignore[arg-type]
                        break  # no program wrote it: it is named as missing, as one that was changed is
                    self.db.run(
                        "INSERT OR IGNORE INTO operations VALUES (?, ?, ?, ?, ?, ?)", json.loads(head)
                    )
                    self.db.run("INSERT OR IGNORE INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                    break

    def _contents(self, rows: Iterable[Row]) -> None:
        for digest, _size, content in rows:
            if isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == digest:
                contents.put(self.db, content)

    def _ends(self) -> set[bytes]:
        """Where the history ends; notes which rows are missing before others."""
        sinks: set[bytes] = set()
        seen: set[bytes] = set()
        named: set[bytes] = set()
        left_out: set[bytes] = set()
        for kept, parents, action, changes in self.db.each(
            "SELECT hash, parents, action, changes FROM history ORDER BY id"
        ):
            before = set(parted(parents))
            sinks = (sinks - before) | {kept}
            named |= before - seen
            seen.add(kept)
            if action == verifying.PART:
                left_out |= verifying.left_out(changes)
        self.absent = named - left_out
        return sinks

    def tell_absent(self, journal: Journal) -> None:
        """Name what could not be read of the history, so that it is known to have been."""
        if self.absent:
            journal.add("", "", verifying.PART, {"absent": sorted(one.hex() for one in self.absent)})

    # what does not

    def records(self, ledger: Ledger) -> int:
        """A ledger's records as far as its table can be read, not yet held against the history; how many."""
        kinds = tables.columns(ledger)
        names = tuple(name for name in kinds if name in self.there.get(ledger.name, ()))
        taken: set[object] = set()
        with bulk.indexing_later(self.db, ledger, bulk.MANY, lambda: None):
            rows = self.rows(ledger.name, names) if "uid" in names else iter(())
            for batch in _batches(rows):
                self._put(ledger, names, [row[1:] for row in batch], taken)
                self.read.setdefault(ledger.name, set()).update(row[0] for row in batch)
            self.hurt.setdefault(ledger.name, True)
        return len(taken)

    def _put(self, ledger: Ledger, names: Sequence[str], rows: Iterable[Row], taken: set[object]) -> None:
        kinds = tables.columns(ledger)
        fit = (_fitting(dict(zip(names, row, strict=True)), ledger) for row in rows)
        new = []
        for record in fit:
            if record and record["uid"] not in taken:
                taken.add(record["uid"])
                new.append(tuple(record[name] for name in kinds))
        marks = ", ".join("?" * len(kinds))
        self.db.run_many(f"INSERT INTO {ledger.name}({', '.join(kinds)}) VALUES ({marks})", new)

    def known(self, ledger: Ledger) -> dict[str, str]:
        """The uids that a damaged table's index knows of rows that could not be read, each with its number as compared,
        where that is known."""
        if ledger.name not in self.there or not self.hurt[ledger.name]:
            return {}
        name = ledger.name
        numbers: dict[int, object] = dict(self.wreck.listed(f"{name}_by_number_key", name, "number_key"))
        uids = self.wreck.listed(f"{name}_by_uid", name, "uid")
        read = self.read.get(name, set())
        return {
            uid: str(numbers.get(row) or "")
            for row, uid in uids
            if row not in read and isinstance(uid, str) and ids.is_one(uid)
        }

    def scattered(self, ledgers: Iterable[Ledger], missing: Mapping[str, str]) -> dict[str, int]:
        """Records that only their pages still hold, of those that are known to be missing: how many of each ledger.

        `missing` has their ledgers by their uids. Of several versions of one the last changed is taken.
        """
        by_name = {ledger.name: ledger for ledger in ledgers}
        places = {name: self.there.get(name, ()) for name in set(missing.values())}
        width = max((len(columns) for columns in places.values()), default=0)
        found: dict[str, dict[str, Value]] = {}
        for row in self.wreck.pages(width) if width else ():
            uid = row[1]
            name = missing.get(uid) if isinstance(uid, str) else None
            columns = places.get(name or "", ())
            if name is None or columns[:2] != ("id", "uid"):
                continue
            record = _fitting(dict(zip(columns, row[: len(columns)], strict=True)), by_name[name])
            if record and _later(record, found.get(str(uid))):
                found[str(uid)] = record
        count: dict[str, int] = {}
        for uid, record in found.items():
            name = missing[uid]
            self._put(by_name[name], tuple(record), [tuple(record.values())], set())
            count[name] = count.get(name, 0) + 1
        return count


def _joins(head: str, parents: bytes) -> bool:
    """Whether the operation of this head can join so many branches of the history."""
    return len(parents) <= HASH or len(parents) <= HASH * verifying.JOINED.get(json.loads(head)[4], 1)


def _later(record: Mapping[str, Value], than: Mapping[str, Value] | None) -> bool:
    return than is None or str(record["updated_at"] or "") > str(than["updated_at"] or "")


def _fitting(record: Mapping[str, object], ledger: Ledger) -> dict[str, Value] | None:
    """A record as the table takes it; what its fields cannot hold is left out. None for what is no record."""
    uid = record.get("uid")
    if not (isinstance(uid, str) and 0 < len(uid) <= LONGEST and DAMAGED not in uid):
        return None
    fit: dict[str, Value] = dict.fromkeys(tables.columns(ledger))
    shapes = row_shapes.shapes_of(ledger)
    for name, kind in tables.columns(ledger).items():
        value = record.get(name)
        if isinstance(value, int | str) and isinstance(value, kind) and shapes.get(name, _any)(value):
            fit[name] = value
    return {**fit, "year": fit["year"] or 0, "no": fit["no"] or 0}


def _also(rows: Iterable[Row], ends: set[bytes]) -> Iterator[Row]:
    """Rows of any table as they come; what looks like an end of the history is noted."""
    for row in rows:
        if isinstance(row[0], bytes) and len(row[0]) == HASH and not any(row[1:]):
            ends.add(row[0])
        yield row


def _any(_value: Value) -> bool:
    return True


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _bytes(*values: object) -> bool:
    return all(isinstance(value, bytes) for value in values)
