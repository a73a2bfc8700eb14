"""What the office set, kept in the file; each change is in the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.db import steps
from tracker.db.database import Database
from tracker.db.history import Journal, Who

LEDGER = "settings"


def read(db: Database) -> dict[str, str]:
    """Every setting that was made, as text."""
    return dict(db.rows("SELECT key, value FROM settings"))


def write(db: Database, who: Who, values: Mapping[str, str | None]) -> bool:
    """Set the given keys, None clears one; False where nothing changed."""
    with db.atomic():
        old = read(db)
        changed = {key: [old.get(key), value] for key, value in values.items() if old.get(key) != value}
        if not changed:
            return False
        journal = Journal(db, who, "settings")
        put(db, journal, changed)
        journal.flush()
        steps.add(db, journal)
        return True


def put(db: Database, journal: Journal, changed: Mapping[str, Sequence[str | None]]) -> None:
    """Set keys from the first to the second of two values each, None being nothing. Inside `atomic` only."""
    journal.add(LEDGER, LEDGER, "update", {key: list(pair) for key, pair in changed.items()})
    for key in changed:
        db.run("DELETE FROM settings WHERE key = ?", (key,))
    kept = [(key, value) for key, (_before, value) in changed.items() if value is not None]
    db.run_many("INSERT INTO settings VALUES (?, ?)", kept)
