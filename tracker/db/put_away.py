"""Records that one side put into the bin, or deleted from there, while the other side went on with them.

Nothing of either side's work is lost, but it may lie where nobody looks for it: so a merge tells of each, also where
only something that belongs to the record was added, and wherever the record is now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tracker.db import merging, verifying
from tracker.db.database import Database
from tracker.db.records import is_deleted
from tracker.db.verifying import Row
from tracker.schema.ledger import Ledger

SIDES = ("own", "coming")
"""The tables of the rows that only one of the two files has (`merging.compare`)."""
PUT = ("bin", "delete")
"""The actions that put a record away."""


class Place(IntEnum):
    """Where a record is; the greater, the farther away."""

    LISTED = 0
    BINNED = 1
    DELETED = 2


@dataclass(frozen=True)
class Apart:
    """A record that one side has `put` away and the other one changed, or `restored`; and where it is `now`."""

    ledger: str
    uid: str
    put: Place
    restored: bool
    now: Place


def found(db: Database) -> Iterator[Apart]:
    """Every such record, by ledger and uid. After `merging.bring_history`, once what belongs to records is there."""
    sql = " UNION ".join(
        f"SELECT h.ledger, h.uid FROM temp.{side} s JOIN main.history h ON h.id = s.id "
        f"WHERE h.action IN {PUT}"
        for side in SIDES
    )
    by_ledger: dict[str, list[str]] = {}
    for name, uid in db.rows(f"{sql} ORDER BY 1, 2"):
        by_ledger.setdefault(name, []).append(uid)
    for name, uids in by_ledger.items():
        if ledger := db.catalogue.every.get(name):
            yield from _of_ledger(db, ledger, uids)


@dataclass(frozen=True)
class _Side:
    """What one side alone did with a record: whether it put it away or went on with it, and where it had it then."""

    put: bool
    went_on: bool
    restored: bool
    place: Place


def _of_ledger(db: Database, ledger: Ledger, uids: Sequence[str]) -> Iterator[Apart]:
    own, coming = (_with_belongings_changed(db, side, uids) for side in SIDES)
    for uid, rows in verifying.histories(db, ledger.name, uids):
        mine, its = merging.sides(db, rows)
        ours = _side(ledger, rows, mine, its, belongs=uid in own)
        theirs = _side(ledger, rows, its, mine, belongs=uid in coming)
        for one, other in ((ours, theirs), (theirs, ours)):
            if one.put and other.went_on and one.place > other.place:
                yield Apart(ledger.name, uid, one.place, other.restored, _place(ledger, rows))


def _side(ledger: Ledger, rows: Sequence[Row], mine: set[int], its: set[int], *, belongs: bool) -> _Side:
    """One side by the rows that it has: its own and those of both; `belongs` for what belongs to the record."""
    deeds = {rows[n].action for n in mine}
    place = _place(ledger, [row for n, row in enumerate(rows) if n not in its])
    went_on = belongs or not deeds.isdisjoint(("update", "restore"))
    return _Side(not deeds.isdisjoint(PUT), went_on, "restore" in deeds, place)


def _with_belongings_changed(db: Database, side: str, uids: Sequence[str]) -> set[str]:
    """Those of these records of which one side alone changed something that belongs to them."""
    found: set[str] = set()
    for attached in db.catalogue.attached:
        sql = (
            f"SELECT DISTINCT r.record FROM temp.{side} s JOIN main.history h ON h.id = s.id "
            f"JOIN main.{attached.name} r ON r.uid = h.uid "
            "WHERE h.ledger = ? AND r.record IN (SELECT value FROM json_each(?))"
        )
        found |= {str(uid) for (uid,) in db.rows(sql, (attached.name, json.dumps(list(uids))))}
    return found


def _place(ledger: Ledger, rows: Sequence[Row]) -> Place:
    state = verifying.replay(ledger, rows, frozenset())
    if state.get("binned_at") is None:
        return Place.LISTED
    return Place.DELETED if is_deleted(state) else Place.BINNED
