"""The lock on what frozen figures count: triggers in the file itself, so that no way of writing gets round it.

A record that an active freeze keeps, or that one of its figures would count, may be added, changed or deleted only
while `reasons` holds a reason; that is within the transaction of a change that gives one. Columns that the program
works out itself (due days, the number as compared, who changed a record when) are free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tracker.db import tables
from tracker.db.conditions import checked
from tracker.db.database import FROZEN, Database
from tracker.errors import FrozenRecords
from tracker.i18n import _, listed, ngettext
from tracker.schema.filters import Record
from tracker.schema.ledger import Ledger

FREE = frozenset(
    {"number_key", "binned_by", "created_at", "created_by", "updated_at", "updated_by", "origin"}
)
"""Columns of which a change needs no reason, beside derived ones."""
NAMED = 3
"""So many records are named by a sentence that refuses their change."""
AT_ONCE = 200
"""So many records are held against the frozen figures by one statement."""


@dataclass(frozen=True)
class Lock:
    """What all active freezes together say of a ledger."""

    condition: str
    """SQL that is true of a record that a frozen figure counts."""
    fields: tuple[str, ...]
    """The columns that it looks at."""


def locks(db: Database, ledgers: Iterable[Ledger]) -> dict[str, Lock]:
    """The lock of every ledger that has one, by the ledger's name."""
    sql = (
        "SELECT l.ledger, l.condition, l.fields FROM frozen_locks l "
        "JOIN freezes f ON f.id = l.freeze WHERE f.thawed_at IS NULL ORDER BY l.freeze"
    )
    known = {ledger.name for ledger in ledgers}
    conditions: dict[str, dict[str, None]] = {}
    columns: dict[str, dict[str, None]] = {}
    for name, condition, fields in db.rows(sql):
        if name in known:
            conditions.setdefault(name, {})[f"({checked(db, condition, name)})"] = None
            columns.setdefault(name, {}).update(dict.fromkeys(map(partial(checked, db), fields.split())))
    return {name: Lock(" OR ".join(parts), tuple(columns[name])) for name, parts in conditions.items()}


def end_reasons(db: Database) -> None:
    """End what reason was left in the file. Never within a change that gives one."""
    db.run("DELETE FROM reasons")


def guard(db: Database, ledgers: Iterable[Ledger]) -> None:
    """Make the triggers that the active freezes ask for, and none beside."""
    wanted, there = _wanted(db, ledgers), _there(db)
    for name in sorted(there.keys() - wanted.keys()):
        db.run(f"DROP TRIGGER {name}")
    for name, sql in wanted.items():
        if there.get(name) != sql:
            db.run(f"DROP TRIGGER IF EXISTS main.{name}")  # else one of an attached file is meant
            db.run(sql)


def pending(db: Database, ledgers: Iterable[Ledger]) -> bool:
    """Whether a trigger is missing, is another one than it should be, or a reason was left in the file; reads only."""
    return _wanted(db, ledgers) != _there(db) or db.one("SELECT 1 FROM reasons") is not None


def _there(db: Database) -> dict[str, str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_frozen\\_%' ESCAPE '\\'"
    return dict(db.rows(sql))


def _wanted(db: Database, ledgers: Iterable[Ledger]) -> dict[str, str]:
    ledgers = tuple(ledgers)
    found, by_name = locks(db, ledgers), {ledger.name: ledger for ledger in ledgers}
    return {
        name: sql for ledger, lock in found.items() for name, sql in _triggers(by_name[ledger], lock).items()
    }


def _triggers(ledger: Ledger, lock: Lock) -> dict[str, str]:
    """The triggers of a ledger. SQLite's REPLACE deletes without one: what it would take the place of is asked for."""
    name, columns = ledger.name, ", ".join(locked(ledger))
    replaced = f"(SELECT uid FROM {name} WHERE id = new.id)"
    uids = {
        "delete": ("old.uid",),
        "insert": ("new.uid", replaced),
        "update": ("old.uid", "new.uid", replaced),
    }
    events = {
        "delete": ("DELETE", ("old",)),
        "insert": ("INSERT", ("new",)),
        "update": (f"UPDATE OF {columns}", ("old", "new")),
    }
    body = f"BEGIN SELECT RAISE(ABORT, '{FROZEN}: a reason must be given'); END"
    return {
        f"{name}_frozen_{event}": f"CREATE TRIGGER {name}_frozen_{event} BEFORE {when} ON {name} "
        f"WHEN NOT EXISTS (SELECT 1 FROM reasons) "
        f"AND ({_kept(uids[event])} OR {_counted(ledger, lock, rows)}) {body}"
        for event, (when, rows) in events.items()
    }


def _counted(ledger: Ledger, lock: Lock, rows: tuple[str, ...]) -> str:
    """SQL for whether a frozen figure counts a row of a trigger, which stands for its table.

    With a limit SQLite asks the condition once of both rows, rather than compiling it for each.
    """
    columns = [", ".join(f"{row}.{key} AS {key}" for key in ("binned_at", *lock.fields)) for row in rows]
    held = " UNION ALL ".join(f"SELECT {those}" for those in columns)
    limit = f" LIMIT {len(rows)}" if len(rows) > 1 else ""
    return (
        f"EXISTS (SELECT 1 FROM ({held}{limit}) AS {ledger.name} "
        f"WHERE binned_at IS NULL AND ({lock.condition}))"
    )


def locked(ledger: Ledger) -> tuple[str, ...]:
    """The columns that hold still: those a clerk fills in, the numbers, and whether the record is in the bin."""
    derived = {field.key for field in ledger.fields if field.derived}
    return ("id", *(key for key in tables.columns(ledger) if key not in FREE | derived))


def _kept(uids: tuple[str, ...]) -> str:
    return (
        "EXISTS (SELECT 1 FROM frozen_records r JOIN freezes f ON f.id = r.freeze "
        f"WHERE r.uid IN ({', '.join(uids)}) AND f.thawed_at IS NULL)"
    )


def refusal(ledgers: Mapping[str, Ledger], records: tuple[tuple[str, str, str], ...]) -> FrozenRecords:
    """Why (ledger, uid, number) each cannot change: the first few are named, and how many more there are."""
    numbers: dict[str, list[str]] = {}
    for name, _uid, number in records[:NAMED]:
        numbers.setdefault(ledgers[name].title() if name in ledgers else name, []).append(number)
    some = listed(
        _("{ledger} {number}").format(ledger=ledger, number=listed(few)) for ledger, few in numbers.items()
    )
    more = len(records) - NAMED
    if more > 0:
        some = ngettext("{records} and {n} more", "{records} and {n} more", more).format(records=some, n=more)
    text = _("Frozen figures count {records}; give the reason for the change in writing.")
    return FrozenRecords(records, text.format(records=some))


class Watch:
    """Tells of a ledger's records which ones would need a reason, before they are written."""

    def __init__(self, db: Database, ledger: Ledger) -> None:
        self.db, self.ledger = db, ledger
        self._lock = locks(db, (ledger,)).get(ledger.name)

    @property
    def holds(self) -> bool:
        """Whether anything of the ledger is frozen."""
        return self._lock is not None

    def concerned(self, rows: Sequence[Record]) -> list[int]:
        """The places in `rows` of records that a frozen figure would count, or that (by their `uid`) one counts."""
        found: set[int] = set()
        for start in range(0, len(rows) if self._lock else 0, AT_ONCE):
            part = rows[start : start + AT_ONCE]
            found |= {start + n for n in (*self._kept(part), *self._counted(part))}
        return sorted(found)

    def _kept(self, rows: Sequence[Record]) -> list[int]:
        uids = {str(row["uid"]): n for n, row in enumerate(rows) if row.get("uid")}
        if not uids:
            return []
        sql = (
            "SELECT DISTINCT r.uid FROM frozen_records r JOIN freezes f ON f.id = r.freeze "
            f"WHERE f.thawed_at IS NULL AND r.uid IN ({', '.join('?' * len(uids))})"
        )
        return [uids[uid] for (uid,) in self.db.rows(sql, tuple(uids))]

    def _counted(self, rows: Sequence[Record]) -> list[int]:
        assert self._lock
        keys = self._lock.fields
        columns = ", ".join(("place", "binned_at", *keys))
        marks = ", ".join(["(" + ", ".join("?" * (len(keys) + 2)) + ")"] * len(rows))
        held = [v for n, row in enumerate(rows) for v in (n, row.get("binned_at"), *map(row.get, keys))]
        sql = (
            f"WITH {self.ledger.name}({columns}) AS MATERIALIZED (VALUES {marks}) "
            f"SELECT place FROM {self.ledger.name} WHERE binned_at IS NULL AND ({self._lock.condition})"
        )
        return [n for (n,) in self.db.rows(sql, held)]
