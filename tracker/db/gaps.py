"""What of the history is known not to be in a file: left out of a part, or lost before a rescue.

A row `PART` names the hashes of rows that are not there. Whoever can write rows can write such a one: with it a hole
cannot be hidden, only be told as what somebody left out; so it is told, with who and when.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.db import draws, freezes
from tracker.db.database import Database
from tracker.db.history import parted, told
from tracker.db.verifying import PART, left_out
from tracker.db.verifying_rest import FILES, LOST, RESCUED, missing_contents

LACKING = "lacking"
"""What the row `PART` tells as the number of records that were left out."""
RESCUE = "rescue"
"""The kind of the operation by which a damaged file is rescued."""


@dataclass(frozen=True)
class Gap:
    """Who says that rows are left out, and when. `rows` are named and missing, each perhaps with others before it.

    The file is a `part` still, of which so many `records` with their parts and the bin's were left out, or 0 where that
    is not known; `kept` freezes and draws are gone or not what they were, of `contents` attached files nothing but
    their names is there."""

    at: str
    clerk: str
    rows: int
    records: int = 0
    rescued: bool = False
    kept: int = 0
    contents: int = 0
    part: bool = False


def gaps(db: Database) -> tuple[Gap, ...]:
    """The gaps that the history has still, oldest first; one that a merge has filled is none."""
    sql = (
        "SELECT h.changes, o.at, o.clerk, o.kind FROM history h JOIN operations o ON o.id = h.operation "
        "WHERE h.action = ? ORDER BY h.id"
    )
    named = [(left_out(changes), *by) for changes, *by in db.rows(sql, (PART,))]
    missing = _absent(db, set().union(*(hashes for hashes, *_more in named)))
    is_part = bool(missing) and part(db) is not None
    records = (_told_lacking(db) or 0) if is_part else 0
    left_out_of = tuple(
        Gap(at, clerk, len(hashes & missing), records, kind == RESCUE, part=is_part and kind == PART)
        for hashes, at, clerk, kind in named
        if hashes & missing
    )
    return (*left_out_of, *_kept(db), *_contents(db))


def _absent(db: Database, hashes: set[bytes]) -> set[bytes]:
    """Those of these rows that are not there."""
    return hashes - {kept for (kept,) in db.each("SELECT hash FROM history")} if hashes else hashes


def lacks(db: Database, other: Database) -> bool:
    """Whether anything is known not to be in a file that is known of in the other one, and may be there."""
    here, there = (_absent(one, _named(one)) for one in (db, other))
    if here - there:
        return True
    lost = {(gap.at, gap.clerk, bool(gap.kept)): gap for gap in (*_kept(other), *_contents(other))}
    for gap in (*_kept(db), *_contents(db)):
        known = lost.get((gap.at, gap.clerk, bool(gap.kept)))
        if known is None or (gap.kept, gap.contents) > (known.kept, known.contents):
            return True
    return False


def _named(db: Database) -> set[bytes]:
    rows = db.each("SELECT changes FROM history WHERE action = ?", (PART,))
    return set().union(*(left_out(changes) for (changes,) in rows))


@dataclass(frozen=True)
class Part:
    """By whom and when a file was written as a part of another one."""

    at: str
    clerk: str


def part(db: Database) -> Part | None:
    """Of which part a file is; None of a whole one, that may have taken parts in.

    A part has no row but those that were written into it, and those that follow. A file that took a part in has rows of
    its own beside that. One that only took in several parts is a part still, as long as any row is missing.
    """
    sql = (  # by operations, of which there are fewer, each of them small: this is asked of every file that is opened
        "SELECT h.hash, h.changes, o.at, o.clerk FROM operations o CROSS JOIN history h ON h.operation = o.id "
        "WHERE o.kind = ? AND h.action = ? ORDER BY h.id"
    )
    rows = [
        (kept, left_out(changes), Part(at, clerk)) for kept, changes, at, clerk in db.rows(sql, (PART, PART))
    ]
    absent = _absent(db, set().union(*(hashes for _kept, hashes, _by in rows)))
    if not absent or not _nothing_beside(db, {kept: hashes for kept, hashes, _by in rows}):
        return None
    return next(by for _kept, hashes, by in reversed(rows) if hashes & absent)


def lacking(db: Database) -> int | None:
    """How many records, with their parts and the bin's, a part has not of the whole file: 0 of a whole one, None where
    that is not known, as of a file of several parts, of which some may have what others have not."""
    return 0 if part(db) is None else _told_lacking(db)


def _told_lacking(db: Database) -> int | None:
    written = db.rows("SELECT changes FROM history WHERE action = ?", (PART,))
    left = told(written[0][0]).get(LACKING) if len(written) == 1 else None
    return left if type(left) is int else None


def _nothing_beside(db: Database, ends: Mapping[bytes, set[bytes]]) -> bool:
    """Whether each row was written into a part, or follows one; `ends` are the last rows of parts as they were written,
    each with what it names as left out: no part goes on beyond that, though another one may have it."""
    graph = {
        kept: parted(parents) for kept, parents in db.each("SELECT hash, parents FROM history ORDER BY id")
    }
    known: set[bytes] = set()
    for end, hashes in ends.items():
        mine, ahead = set[bytes](), [end]
        while ahead:
            one = ahead.pop()
            if one in graph and one not in mine and one not in hashes:
                mine.add(one)
                ahead += graph[one]
        known |= mine
    since = set(ends)
    for kept, parents in graph.items():
        if not since.isdisjoint(parents):
            since.add(kept)
    return graph.keys() <= known | since


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
