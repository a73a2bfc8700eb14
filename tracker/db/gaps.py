"""What of the history is known not to be in a file: left out of a part, or lost before a rescue.

A row `PART` names the hashes of rows that are not there. Whoever can write rows can write such a one: with it a hole
cannot be hidden, only be told as what somebody left out; so it is told, with who and when.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.db import draws, freezes
from tracker.db.database import Database
from tracker.db.history import told
from tracker.db.verifying import PART, left_out
from tracker.db.verifying_rest import FILES, LOST, RESCUED, missing_contents

RESCUE = "rescue"
"""The kind of the operation by which a damaged file is rescued."""


@dataclass(frozen=True)
class Gap:
    """Who says that rows are left out, and when. `rows` are named and missing, each perhaps with others before it;
    `records` were left out of a part (0: not told), `kept` freezes and draws are gone or not what they were, of
    `contents` attached files nothing but their names is there."""

    at: str
    clerk: str
    rows: int
    records: int = 0
    rescued: bool = False
    kept: int = 0
    contents: int = 0


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
    left_out_of = tuple(
        Gap(at, clerk, len(hashes & missing), left if type(left) is int else 0, kind == RESCUE)
        for hashes, left, at, clerk, kind in named
        if hashes & missing
    )
    return (*left_out_of, *_kept(db), *_contents(db))


def _kept(db: Database) -> Iterator[Gap]:
    """What rescues could not bring whole of what was frozen or drawn."""
    sql = (
        "SELECT count(*), o.at, o.clerk FROM history h JOIN operations o ON o.id = h.operation "
        "WHERE h.ledger IN (?, ?) AND h.action IN (?, ?) GROUP BY o.id ORDER BY o.id"
    )
    for n, at, clerk in db.rows(sql, (freezes.LEDGER, draws.LEDGER, RESCUED, LOST)):
        yield Gap(at, clerk, 0, rescued=True, kept=n)


def _contents(db: Database) -> Iterator[Gap]:
    """Contents of attached files that rescues could not read and that no merge has brought since."""
    sql = (
        "SELECT count(DISTINCT h.uid), o.at, o.clerk FROM history h JOIN operations o ON o.id = h.operation "
        "WHERE h.ledger = ? AND h.action = ? AND h.uid IN (SELECT value FROM json_each(?)) "
        "GROUP BY o.id ORDER BY o.id"
    )
    for n, at, clerk in db.rows(sql, (FILES, LOST, json.dumps(missing_contents(db, told=True)))):
        yield Gap(at, clerk, 0, rescued=True, contents=n)


def last(db: Database) -> tuple[str, str]:
    """When the last change was made that the history tells of, and by whom; empty where there is none."""
    sql = "SELECT o.at, o.clerk FROM history h JOIN operations o ON o.id = h.operation ORDER BY h.id DESC LIMIT 1"
    found = db.one(sql)
    return (str(found[0]), str(found[1])) if found else ("", "")
