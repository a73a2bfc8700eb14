"""By which rules the derived days of each ledger were last computed, and computing them anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tracker.db import events
from tracker.db.database import Database
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.workdays import Calendar, edition

AT_ONCE = 2000
MOST_KNOWN = 50_000
"""So many days computed are remembered."""


def by_other_rules(db: Database, ledgers: Iterable[Ledger], calendar: Calendar) -> tuple[Ledger, ...]:
    """The ledgers whose derived days were computed by other rules than those that hold now."""
    noted: dict[str, str] = dict(db.rows("SELECT ledger, rules FROM computed"))
    timed = (ledger for ledger in ledgers if any(clock.field for clock in ledger.clocks))
    return tuple(ledger for ledger in timed if noted.get(ledger.name) != _rules(ledger, calendar))


def note(db: Database, ledger: Ledger, calendar: Calendar) -> None:
    """Note that a ledger's days are computed by the rules that hold now."""
    db.run("INSERT OR REPLACE INTO computed VALUES (?, ?)", (ledger.name, _rules(ledger, calendar)))


def _rules(ledger: Ledger, calendar: Calendar) -> str:
    """What the days of a ledger depend on beside its records, in short."""
    clocks = [replace(clock, label="", basis="") for clock in ledger.clocks if clock.field]
    days = sorted((day.isoformat(), worked) for day, worked in calendar.changes.items())
    text = json.dumps([repr(clocks), days, edition(), *ledger.first_days])
    return hashlib.sha256(text.encode()).hexdigest()


def distrust(db: Database, ledger: Ledger, calendar: Calendar) -> None:
    """Before a day is derived: where other rules hold than those noted, a ledger's days are by none of them alone.

    Without a note every computer computes them anew; with it, one on which the old rules still hold would not.
    """
    if by_other_rules(db, (ledger,), calendar):
        db.run("DELETE FROM computed WHERE ledger = ?", (ledger.name,))


def anew(db: Database, ledger: Ledger, calendar: Calendar, check: Callable[[int], object]) -> int:
    """Compute the derived days of all records of a ledger, the bin's too; `check` is told how many were looked at.

    Returns how many changed. Derived days are neither in the history nor locked by frozen figures, which are kept.
    """
    changed = 0
    for record, new in _differing(db, ledger, calendar, check):
        names = ", ".join(f"{key} = ?" for key in new)
        db.run(f"UPDATE {ledger.name} SET {names} WHERE id = ?", (*new.values(), record["id"]))
        changed += 1
    return changed


def astray(
    db: Database, ledger: Ledger, calendar: Calendar, check: Callable[[int], object] = lambda _done: None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The records of which derived days are not what the rules make of them, by uid, and which days; none of a ledger
    whose days were computed by other rules: these are computed anew before anybody works in the file."""
    if any(clock.field for clock in ledger.clocks) and not by_other_rules(db, (ledger,), calendar):
        for record, new in _differing(db, ledger, calendar, check):
            yield str(record["uid"]), tuple(new)


def _differing(
    db: Database, ledger: Ledger, calendar: Calendar, check: Callable[[int], object]
) -> Iterator[tuple[dict[str, Value], dict[str, Value]]]:
    """Each record that has other derived days than it should, with what these should be."""
    derived = [clock.field for clock in ledger.clocks if clock.field]
    keys = sorted({"uid", *derived, *(key for clock in ledger.clocks for key in clock.reads())})
    sql = f"SELECT id, {', '.join(keys)} FROM {ledger.name} WHERE id > ? ORDER BY id LIMIT {AT_ONCE}"
    with_events = bool(ledger.events) and events.kept(db)
    decides = sorted(frozenset[str]().union(*(clock.decides() for clock in ledger.clocks)))
    known: dict[tuple[Value, ...], dict[str, Value]] = {}
    """What was derived of records without events by what decides it: many share that."""
    last = looked_at = 0
    while rows := db.rows(sql, (last,)):
        records = [dict(zip(("id", *keys), row, strict=True)) for row in rows]
        told = events.of_records(db, [str(r["uid"]) for r in records]) if with_events else {}
        for record in records:
            own = told.get(str(record["uid"]), ())
            key = tuple(map(record.get, decides))
            found = None if own else known.get(key)
            if found is None:
                found = ledger.derive(record, calendar, own)
                if not own and len(known) < MOST_KNOWN:
                    known[key] = found
            new = {key: value for key, value in found.items() if record[key] != value}
            if new:
                yield record, new
        last, looked_at = int(records[-1]["id"]), looked_at + len(records)
        check(looked_at)
