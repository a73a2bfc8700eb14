"""The history of a file rewritten past the program, with hashes that fit."""

from __future__ import annotations

import json

from tests.office import WHO
from tracker.db.database import Database
from tracker.db.history import Journal, row_hash


def written(db: Database, action: str, changes: dict[str, object]) -> None:
    """Add one row that is about no record."""
    with db.atomic():
        journal = Journal(db, WHO, action)
        journal.add("", "", action, changes)
        journal.flush()


def unguarded(db: Database) -> None:
    """Take away the triggers that keep frozen records and contents as they are."""
    for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%ABORT%'"):
        db.run(f"DROP TRIGGER {name}")


def rehashed(db: Database, sql: str) -> None:
    """Run a statement on the rows, then give all of them the hashes that they would have."""
    with db.atomic():
        order = [row[0] for row in db.rows("SELECT rowid FROM history ORDER BY id")]
        db.run(sql)
        new: dict[bytes, bytes] = {}
        for row in order:
            ((identity, operation, ledger, uid, action, changes, parents, kept),) = db.rows(
                "SELECT id, operation, ledger, uid, action, changes, parents, hash FROM history WHERE rowid = ?",
                (row,),
            )
            ((*told,),) = db.rows(
                "SELECT id, at, clerk, origin, kind, note FROM operations WHERE id = ?", (operation,)
            )
            after = b"".join(new[parents[n : n + 32]] for n in range(0, len(parents), 32))
            head = json.dumps(told, ensure_ascii=False)
            new[kept] = row_hash(head, identity, ledger, uid, action, changes, after)
            db.run("UPDATE history SET parents = ?, hash = ? WHERE rowid = ?", (after, new[kept], row))
        ends = [row[0] for row in db.rows("SELECT hash FROM heads")]
        db.run("DELETE FROM heads")
        db.run_many("INSERT INTO heads VALUES (?)", [(new[end],) for end in ends])
