"""Many new records of a ledger at once: its search index and other indexes are written after them, in one go each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.db import tables
from tracker.db.database import Database
from tracker.schema.ledger import Ledger

MANY = 500
"""From so many new records on the search index waits for them."""
SHARE = 5
"""The other indexes wait too where the new records are at least a fifth as many as those already there."""


@contextmanager
def indexing_later(
    db: Database, ledger: Ledger, expected: int, check: Callable[[], object]
) -> Iterator[None]:
    """Inside, about so many records come in and none is looked up; `check`, called between indexes, may raise.

    All is part of the surrounding transaction, so that one that fails leaves the indexes as they were.
    """
    if expected < MANY:
        yield
        return
    found = db.one(f"SELECT max(id) FROM {ledger.name}")
    last = int(found[0] or 0) if found else 0
    kinds = ("trigger", "index") if expected * SHARE >= last else ("trigger",)
    waiting = [made for kind in kinds for made in _made(db, ledger, kind)]
    for kind, name, _sql in waiting:
        db.run(f"DROP {kind} {name}")
    yield
    text = tables.search_text(ledger)
    db.run(
        f"INSERT INTO {ledger.name}_search(rowid, text) SELECT id, {text} FROM {ledger.name} WHERE id > ?",
        (last,),
    )
    db.run(tables.collected(ledger, last))
    for _kind, _name, sql in waiting:
        check()
        db.run(sql)


def _made(db: Database, ledger: Ledger, kind: str) -> list[tuple[str, str, str]]:
    """Kind, name and SQL of the ledger's indexes, or of the trigger that puts a new record into the search index."""
    name = f"{ledger.name}_search_insert" if kind == "trigger" else f"{ledger.name}_by_%"
    sql = "SELECT type, name, sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND name LIKE ?"
    return [(str(row[0]), str(row[1]), str(row[2])) for row in db.rows(sql, (kind, ledger.name, name))]
