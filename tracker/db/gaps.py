"""What of the history is known not to be in a file: left out of a part, or lost before a rescue.

A row `PART` names the hashes of rows that are not there. Whoever can write rows can write such a one: with it a hole
cannot be hidden, only be told as what somebody left out; so it is told, with who and when.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.db.database import Database
from tracker.db.history import told
from tracker.db.verifying import PART, left_out

RESCUE = "rescue"
"""The kind of the operation by which a damaged file is rescued."""


@dataclass(frozen=True)
class Gap:
    """Who says that rows are left out, and when. `rows` are named and missing, each perhaps with others before it;
    `records` were left out of a part (0: not told)."""

    at: str
    clerk: str
    rows: int
    records: int = 0
    rescued: bool = False


def gaps(db: Database) -> tuple[Gap, ...]:
    """The gaps that the history has still, oldest first; one that a merge has filled is none."""
    sql = (
        "SELECT h.changes, o.at, o.clerk, o.kind FROM history h JOIN operations o ON o.id = h.operation "
        "WHERE h.action = ? ORDER BY h.id"
    )
    named = [(left_out(changes), told(changes).get("left"), *by) for changes, *by in db.rows(sql, (PART,))]
    missing = set().union(*(hashes for hashes, *_more in named))
    if missing:
        missing -= {kept for (kept,) in db.each("SELECT hash FROM history")}
    return tuple(
        Gap(at, clerk, len(hashes & missing), left if type(left) is int else 0, kind == RESCUE)
        for hashes, left, at, clerk, kind in named
        if hashes & missing
    )


def last(db: Database) -> tuple[str, str]:
    """When the last change was made that the history tells of, and by whom; empty where there is none."""
    sql = "SELECT o.at, o.clerk FROM history h JOIN operations o ON o.id = h.operation ORDER BY h.id DESC LIMIT 1"
    found = db.one(sql)
    return (str(found[0]), str(found[1])) if found else ("", "")
