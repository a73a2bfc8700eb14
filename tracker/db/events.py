"""Events of records as clocks see them, read from the ledger that keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.db import records
from tracker.db.database import Database
from tracker.schema.events import LEDGER, Event, of_row

Events = tuple[Event, ...]


def kept(db: Database) -> bool:
    """Whether the file holds any event at all."""
    return LEDGER in db.catalogue.every and db.one(f"SELECT 1 FROM {LEDGER} LIMIT 1") is not None


def of_record(db: Database, uid: str) -> Events:
    """The events of one record that are not in the bin, by day."""
    return of_records(db, (uid,)).get(uid, ())


def of_records(db: Database, uids: Sequence[str]) -> dict[str, Events]:
    """The events of records, by the records' uids."""
    if LEDGER not in db.catalogue.every:
        return {}
    found: dict[str, Events] = {}
    for row in records.holding(db, db.catalogue.every[LEDGER], "record", uids):
        if row["binned_at"] is None:
            uid = str(row["record"])
            found[uid] = (*found.get(uid, ()), of_row(row))
    return {uid: tuple(sorted(many, key=lambda e: e.day)) for uid, many in found.items()}


def having(db: Database, ledger: str, kinds: Sequence[str]) -> Iterator[str]:
    """The uids of a ledger's records with an event of one of these kinds."""
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT DISTINCT record FROM {LEDGER} WHERE binned_at IS NULL AND kind IN ({marks}) AND of = ?"
    return (str(row[0]) for row in db.rows(sql, (*kinds, ledger)))
