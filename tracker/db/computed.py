"""By which rules the derived days of each ledger were last computed, and computing them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.db import events
from tracker.db.database import Database
from tracker.schema.ledger import Ledger
from tracker.workdays import Calendar

AT_ONCE = 2000


def rules(db: Database) -> Mapping[str, str]:
    """The rules noted for each ledger."""
    return dict(db.rows("SELECT ledger, rules FROM computed"))


def note(db: Database, ledger: str, text: str) -> None:
    """Note by which rules a ledger's days are computed from now on."""
    db.run("INSERT OR REPLACE INTO computed VALUES (?, ?)", (ledger, text))


def anew(db: Database, ledger: Ledger, calendar: Calendar, check: Callable[[int], object]) -> tuple[int, int]:
    """Compute the derived days of all records of a ledger, the bin's too; `check` is told how many were looked at.

    Returns how many changed. Derived days are neither in the history nor locked by frozen figures, which are kept.
    """
    derived = [clock.field for clock in ledger.clocks if clock.field]
    keys = sorted({"uid", *derived, *(key for clock in ledger.clocks for key in clock.reads())})
    sql = f"SELECT id, {', '.join(keys)} FROM {ledger.name} WHERE id > ? ORDER BY id LIMIT {AT_ONCE}"
    with_events = bool(ledger.events) and events.kept(db)
    last = looked_at = changed = 0
    while rows := db.rows(sql, (last,)):
        records = [dict(zip(("id", *keys), row, strict=True)) for row in rows]
        told = events.of_records(db, [str(r["uid"]) for r in records]) if with_events else {}
        for record in records:
            found = ledger.derive(record, calendar, told.get(str(record["uid"]), ()))
            new = {key: value for key, value in found.items() if record[key] != value}
            if new:
                names = ", ".join(f"{key} = ?" for key in new)
                db.run(f"UPDATE {ledger.name} SET {names} WHERE id = ?", (*new.values(), record["id"]))
                changed += 1
        last, looked_at = int(records[-1]["id"]), looked_at + len(records)
        check(looked_at)
    return changed
