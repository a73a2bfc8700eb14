"""Which operations can be taken back and done again: a stack for each clerk and computer, kept in the file.

The history is never rewritten: taking a step back is an operation of its own, and so is doing it again. A step says
which operation would have to be reversed next. A merge brings no steps, so that nobody undoes what another did; it and
a restore leave a wall, which says to whoever would go back past it how they are taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tracker.db.database import Database
from tracker.db.history import Journal, Who
from tracker.schema.stored import UNREADABLE

UNDO, REDO = "undo", "redo"
"""The kinds of the operations that take back and do again; their note begins with the operation they are about."""
RECOUNT = "recount"
"""The kind of an operation by which fields follow limits or working days that have changed."""
MERGE, RESTORED = "merge", "restored"
NEVER = frozenset({UNDO, REDO, RECOUNT, "demonstration", MERGE, "delete", "rescue", "password"})
"""Kinds of operations that make no step."""
WALLS = frozenset({MERGE, RESTORED})
"""What no step takes back, by the kind of its operation; it stands as what the wall was `made` by."""
UNBACKED = "unbacked"
"""Stands as the `last` of a wall before which no backup could be made."""
KEPT = 5000
"""So many steps are kept for each clerk and computer."""

Counter = tuple[str, int, int, int]
"""Ledger and year, and the last number given before and after an operation."""


@dataclass(frozen=True)
class Step:
    """One operation of a clerk. `operation` is to be reversed next: what made it (or did it again), or took it back."""

    id: int
    made: str
    made_last: str
    """The identifiers of the operation itself and of its last change."""
    rows: int
    operation: str
    last: str
    undone: bool
    counters: tuple[Counter, ...]

    @property
    def wall(self) -> str:
        """Of which kind the operation is that no step takes back; empty for a step."""
        return self.made if self.made in WALLS else ""

    @property
    def unbacked(self) -> bool:
        """Whether it is a wall that no backup takes back either."""
        return bool(self.wall) and self.last == UNBACKED


def wall(db: Database, who: Who, kind: str, *, backed_up: bool = True) -> None:
    """Note that a clerk did what no step takes back, and whether a backup does; what was undone before is lost. Inside
    `atomic`."""
    db.run("DELETE FROM steps WHERE clerk = ? AND origin = ? AND undone = 1", (who.clerk, who.origin))
    db.run(
        "INSERT INTO steps(clerk, origin, made, made_last, rows, operation, last, undone, counters) "
        "VALUES (?, ?, ?, '', 0, '', ?, 0, '[]')",
        (who.clerk, who.origin, kind, "" if backed_up else UNBACKED),
    )


def add(db: Database, journal: Journal, counters: tuple[Counter, ...] = ()) -> None:
    """Keep an operation that changed something as this clerk's newest step; what was undone is lost."""
    if not journal.count or journal.kind in NEVER:
        return
    who = (journal.who.clerk, journal.who.origin)
    db.run("DELETE FROM steps WHERE clerk = ? AND origin = ? AND undone = 1", who)
    made = (journal.operation, journal.last)
    db.run(
        "INSERT INTO steps(clerk, origin, made, made_last, rows, operation, last, undone, counters) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (*who, *made, journal.count, *made, json.dumps(counters)),
    )
    oldest = "SELECT id FROM steps WHERE clerk = ? AND origin = ? ORDER BY id DESC LIMIT 1 OFFSET ?"
    db.run(f"DELETE FROM steps WHERE clerk = ? AND origin = ? AND id <= ({oldest})", (*who, *who, KEPT))


def next_one(db: Database, who: Who, *, undone: bool) -> Step | None:
    """The step that would be taken back next or, of those `undone`, done again next."""
    order = "id" if undone else "id DESC"
    row = db.one(
        "SELECT id, made, made_last, rows, operation, last, undone, counters FROM steps "
        f"WHERE clerk = ? AND origin = ? AND undone = ? ORDER BY {order} LIMIT 1",
        (who.clerk, who.origin, int(undone)),
    )
    if row is None:
        return None
    *told, counters = row
    identity, made, made_last, rows, operation, last, was = told
    return Step(identity, made, made_last, rows, operation, last, bool(was), _counters(counters))


def _counters(text: str) -> tuple[Counter, ...]:
    """The counters of a step; none where a file holds something else: numbers are then not given again."""
    try:
        return tuple((str(name), int(year), int(a), int(b)) for name, year, a, b in json.loads(text))
    except UNREADABLE:
        return ()


def turn(db: Database, step: Step, journal: Journal) -> None:
    """Note that an operation took the step back, or did it again. Inside `atomic`."""
    sql = "UPDATE steps SET undone = ?, operation = ?, last = ? WHERE id = ?"
    db.run(sql, (int(not step.undone), journal.operation, journal.last, step.id))


def about(note: str) -> str:
    """The operation that one of the kinds UNDO and REDO is about, by its note."""
    return note.split(" ", 1)[0]


def drop(db: Database, step: Step) -> None:
    """Leave out a step that can no longer be reversed. Inside `atomic`."""
    db.run("DELETE FROM steps WHERE id = ?", (step.id,))
