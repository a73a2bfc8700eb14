"""What two files of one office differ in: this one and another, attached as `other` (`db.merging.beside`)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.db import locks
from tracker.db.database import Database
from tracker.db.merging import OTHER
from tracker.schema.ledger import Ledger


@dataclass(frozen=True)
class Later:
    """What the history of this file has and the other one's has not."""

    operations: int
    records: dict[str, int]
    """How many records of each ledger those operations were about."""
    first: str = ""
    last: str = ""


def later(db: Database) -> Later:
    """What was done here that the other file does not know of."""
    only = f"FROM main.operations o WHERE NOT EXISTS (SELECT 1 FROM {OTHER}.operations t WHERE t.id = o.id)"
    count, first, last = db.rows(f"SELECT count(*), min(o.at), max(o.at) {only}")[0]
    sql = (
        "SELECT h.ledger, count(DISTINCT h.uid) FROM main.history h WHERE h.operation IN "
        f"(SELECT o.id {only}) GROUP BY h.ledger"
    )
    touched = {name: int(n) for name, n in db.rows(sql) if name in db.catalogue.every}
    return Later(int(count), touched, str(first or ""), str(last or ""))


def uids(db: Database, ledger: Ledger) -> set[str]:
    """The records of a ledger that only one of the files has, or that are not exactly the same in both; columns that
    are worked out do not count."""
    there = {row[1] for row in db.rows(f"PRAGMA {OTHER}.table_info({ledger.name})")}
    columns = ", ".join(name for name in locks.locked(ledger) if name != "id" and name in there)
    found: set[str] = set()
    for one, other in (("main", OTHER), (OTHER, "main")) if columns else ():
        sql = f"SELECT {columns} FROM {one}.{ledger.name} EXCEPT SELECT {columns} FROM {other}.{ledger.name}"
        found |= {str(row[0]) for row in db.rows(f"SELECT uid FROM ({sql})")}
    return found


def lost_freezes(db: Database) -> int:
    """How many freezes that hold here the other file does not know."""
    sql = f"SELECT count(*) FROM main.freezes WHERE thawed_at IS NULL AND id NOT IN (SELECT id FROM {OTHER}.freezes)"
    return int(db.rows(sql)[0][0])
