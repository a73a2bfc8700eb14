"""Who changed what, when, from what to what: written in the transaction of every change.

Each row has its own UUIDv7 and a SHA-256 over its content and the hashes of its predecessors (`parents`: the heads
of the file when it was written, 32 bytes each). A copied file forks that graph; a merge joins the forks by having both
as parents. The identifiers sort as things happened, whatever the clocks of the computers: each row is given one greater
than all that the file holds. So what a field holds is what the greatest row that wrote it says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker import ids
from tracker.db.database import Database
from tracker.ids import uuid7
from tracker.schema.fields import Value
from tracker.schema.stored import table
from tracker.schema.values import clean

HASH = 32
"""Bytes of a hash."""


@dataclass(frozen=True)
class Who:
    """Who acts: the clerk, and the machine."""

    clerk: str
    origin: str


@dataclass(frozen=True)
class Entry:
    """One row of a record's history; `changes` maps fields to values (insert) or to (old, new)."""

    at: str
    clerk: str
    origin: str
    kind: str
    note: str
    action: str
    changes: dict[str, object]
    id: str = ""
    """Its own identifier; later ones of one computer sort after earlier ones."""
    operation: str = ""


@dataclass(frozen=True)
class Change:
    """One row of an operation: what happened to one record; `changes` as in `Entry`."""

    ledger: str
    uid: str
    action: str
    changes: dict[str, Any]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Journal:
    """Writes one operation's history rows; make it inside `atomic`, and `flush` before that ends."""

    def __init__(self, db: Database, who: Who, kind: str, note: str = "", at: str | None = None) -> None:
        self.db, self.who, self.at = db, who, at or now()
        ids.follow(newest(db))
        note = clean(note)  # the name of a file may be no text
        self.operation = uuid7()
        self._head = json.dumps(
            [self.operation, self.at, who.clerk, who.origin, kind, note], ensure_ascii=False
        )
        self._parents = heads(db)
        self._rows: list[tuple[object, ...]] = []
        self.kind = kind
        self.count, self.last = 0, ""
        """How many changes were noted, and the identifier of the last one."""
        self._operation = (self.operation, self.at, who.clerk, who.origin, kind, note)

    def add(self, ledger: str, uid: str, action: str, changes: Mapping[str, object]) -> None:
        """Note one change of one record."""
        identity, text = uuid7(), _encode(changes)
        digest = row_hash(self._head, identity, ledger, uid, action, text, self._parents)
        self._rows.append((identity, self.operation, ledger, uid, action, text, self._parents, digest))
        self._parents = digest
        self.count, self.last = self.count + 1, identity
        if len(self._rows) >= 2000:
            self.flush()

    def join(self) -> None:
        """Go on from where the file's history ends now, after another one was brought in. Before anything is noted."""
        ids.follow(newest(self.db))
        self._parents = heads(self.db)

    def flush(self) -> None:
        """Write what was noted, and the new head; an operation that changed nothing leaves no trace."""
        if not self._rows:
            return
        self.db.run("INSERT OR IGNORE INTO operations VALUES (?, ?, ?, ?, ?, ?)", self._operation)
        self.db.run_many("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()
        self.db.run("DELETE FROM heads")
        self.db.run("INSERT INTO heads VALUES (?)", (self._parents,))


def parted(parents: bytes) -> list[bytes]:
    """The hashes of which a row's `parents` are made."""
    return [parents[n : n + HASH] for n in range(0, len(parents), HASH)]


def heads(db: Database) -> bytes:
    """Where the history stands: its last hashes, joined; it changes with every operation that changes a record."""
    return b"".join(row[0] for row in db.rows("SELECT hash FROM heads ORDER BY hash"))


def newest(db: Database) -> str:
    """The identifier of the last row, empty where there is none."""
    row = db.one("SELECT max(id) FROM history")
    return str(row[0]) if row and row[0] else ""


def last_told(db: Database, uid: str, key: str) -> str:
    """What a field of a record was last, as its history tells, which may be all that is left; empty where it is not."""
    for (changes,) in db.rows("SELECT changes FROM history WHERE uid = ? ORDER BY id DESC", (uid,)):
        said = told(changes).get(key)
        value = said[-1] if isinstance(said, list) and said else said
        if isinstance(value, str):
            return value
    return ""


def has_row(db: Database, row: str) -> bool:
    """Whether a row of the history is there, by its identifier."""
    return db.one("SELECT 1 FROM history WHERE id = ?", (row,)) is not None


def has_all(db: Database, hashes: Sequence[bytes]) -> bool:
    """Whether rows of the history with these hashes are there."""
    return all(db.one("SELECT 1 FROM history WHERE hash = ?", (one,)) for one in hashes)


def row_hash(
    head: str, identity: str, ledger: str, uid: str, action: str, changes: str, parents: bytes
) -> bytes:
    """SHA-256 of a history row; every part is preceded by its length, so that no two rows share an input."""
    parts = [part.encode() for part in (head, identity, ledger, uid, action, changes)]
    return hashlib.sha256(parents + b"".join([b"%d:%b" % (len(part), part) for part in parts])).digest()


def of_record(db: Database, uid: str) -> Iterator[Entry]:
    """A record's history, oldest first."""
    sql = (
        "SELECT o.at, o.clerk, o.origin, o.kind, o.note, h.action, h.changes, h.id, o.id FROM history h "
        "JOIN operations o ON o.id = h.operation WHERE h.uid = ? ORDER BY h.id"
    )
    for at, clerk, origin, kind, note, action, changes, identity, by in db.rows(sql, (uid,)):
        yield Entry(at, clerk, origin, kind, note, action, told(changes), identity, by)


def told(changes: str) -> dict[str, Any]:
    """What a row tells; nothing where it was damaged or written by something else, which `verify` finds."""
    return table(changes)


def of_records(
    db: Database, uids: Sequence[str], before: str = "", most: int = -1
) -> Iterator[tuple[str, str, Entry]]:
    """What happened to records, the newest first, of what is older than the row `before`: ledger, uid and the row."""
    sql = (
        "SELECT h.ledger, h.uid, o.at, o.clerk, o.origin, o.kind, o.note, h.action, h.changes, h.id, o.id "
        "FROM history h JOIN operations o ON o.id = h.operation "
        "WHERE h.uid IN (SELECT value FROM json_each(?)) AND (? = '' OR h.id < ?) ORDER BY +h.id DESC LIMIT ?"
    )
    rows = db.rows(sql, (json.dumps(list(uids)), before, before, most))
    for ledger, uid, at, clerk, origin, kind, note, action, changes, identity, by in rows:
        yield ledger, uid, Entry(at, clerk, origin, kind, note, action, told(changes), identity, by)


def binned_by(db: Database, uid: str) -> tuple[str, str]:
    """The operation that put a record into the bin last, and its kind; empty where none did."""
    sql = (
        "SELECT o.id, o.kind FROM history h JOIN operations o ON o.id = h.operation "
        "WHERE h.uid = ? AND h.action = 'bin' ORDER BY h.id DESC LIMIT 1"
    )
    row = db.one(sql, (uid,))
    return (str(row[0]), str(row[1])) if row else ("", "")


def kind_of(db: Database, operation: str) -> tuple[str, str]:
    """The kind and the note of an operation; empty where there is none."""
    row = db.one("SELECT kind, note FROM operations WHERE id = ?", (operation,))
    return (str(row[0]), str(row[1])) if row else ("", "")


def changes_of(db: Database, operation: str, last: str, at_once: int = 500) -> Iterator[list[Change]]:
    """What an operation changed up to its row `last`, from the last change to the first, in blocks.

    Rows that are written meanwhile are not among them: a block is read whole before it is handed out. The `+` has
    SQLite walk along the ids, which lie close together, in their order.
    """
    sql = (
        "SELECT id, ledger, uid, action, changes FROM history "
        "WHERE id > ? AND id {} ? AND +operation = ? ORDER BY id DESC LIMIT ?"
    )
    before, within = last, "<="
    while rows := db.rows(sql.format(within), (operation, before, operation, at_once)):
        yield [Change(ledger, uid, action, told(text)) for _id, ledger, uid, action, text in rows]
        before, within = rows[-1][0], "<"


def first_changes(db: Database, operation: str, last: str, most: int) -> list[Change]:
    """The first few changes of an operation, in order."""
    sql = (
        "SELECT ledger, uid, action, changes FROM history "
        "WHERE id > ? AND id <= ? AND +operation = ? ORDER BY id LIMIT ?"
    )
    rows = db.rows(sql, (operation, last, operation, most))
    return [Change(ledger, uid, action, told(text)) for ledger, uid, action, text in rows]


def first_whole(db: Database, operation: str, last: str, ledgers: Sequence[str]) -> Change | None:
    """The first record of these ledgers that an operation made, put into the bin or took out of it."""
    sql = (
        "SELECT ledger, uid, action, changes FROM history WHERE id > ? AND id <= ? AND +operation = ? "
        f"AND action <> 'update' AND ledger IN ({', '.join('?' * len(ledgers))}) ORDER BY id LIMIT 1"
    )
    row = db.one(sql, (operation, last, operation, *ledgers))
    return Change(row[0], row[1], row[2], told(row[3])) if row else None


def tallied(db: Database, operation: str, last: str) -> list[tuple[str, str, int]]:
    """How many changes an operation made of each kind: ledger, action and number, in order."""
    sql = (
        "SELECT ledger, action, count(*) FROM history WHERE id > ? AND id <= ? AND +operation = ? "
        "GROUP BY ledger, action ORDER BY min(id)"
    )
    return [(str(of), str(action), int(n)) for of, action, n in db.rows(sql, (operation, last, operation))]


def owners(db: Database, attached: str, operation: str, last: str) -> int:
    """To how many records that belongs which an operation changed in an attached ledger."""
    sql = (
        f"SELECT count(DISTINCT r.record) FROM history h JOIN {attached} r ON r.uid = h.uid "
        "WHERE h.id > ? AND h.id <= ? AND +h.operation = ? AND h.ledger = ?"
    )
    row = db.one(sql, (operation, last, operation, attached))
    return int(row[0]) if row else 0


def inserted(db: Database, operation: str, uids: Sequence[str]) -> dict[str, dict[str, Value]]:
    """Of these records those that an operation made, and with what."""
    marks = ", ".join("?" * len(uids))
    sql = f"SELECT uid, changes FROM history WHERE uid IN ({marks}) AND action = 'insert' AND operation = ?"
    return {str(uid): told(text) for uid, text in db.rows(sql, (*uids, operation))}


def later(db: Database, uid: str, operation: str) -> list[Entry]:
    """What happened to a record after an operation, oldest first; ids of rows follow that of their operation."""
    return [entry for entry in of_record(db, uid) if entry.id > operation and entry.operation != operation]


def updates_of(db: Database, operation: str) -> Iterator[tuple[str, str, dict[str, list[Value]]]]:
    """What one operation changed: ledger, uid and for each field (old, new), in order."""
    sql = "SELECT operation, ledger, uid, action, changes FROM history WHERE id > ? ORDER BY id"
    for by, ledger, uid, action, changes in db.each(
        sql, (operation,)
    ):  # ids of rows follow that of their operation
        if by == operation and action == "update":
            yield ledger, uid, told(changes)


def now() -> str:
    """The local time to the second, as it is stored."""
    return datetime.now().isoformat(timespec="seconds")
