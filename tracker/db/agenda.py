"""What a clerk's day is read from: records that wait for a step, hearings, and what was entered since a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.db import tables
from tracker.db.database import Database
from tracker.db.records import Record
from tracker.schema.agenda import Waiting
from tracker.schema.filters import Condition
from tracker.schema.ledger import Ledger

AT_ONCE = 5000


def count_waiting(db: Database, ledger: Ledger, step: Waiting, where: Condition) -> int:
    """How many records wait for a step and meet a condition; answered by the step's own index."""
    clause, parameters = _waiting(ledger, step, where)
    row = db.one(f"SELECT count(*) {clause}", parameters)
    return int(row[0]) if row else 0


def waiting(db: Database, ledger: Ledger, step: Waiting, where: Condition, limit: int) -> list[Record]:
    """The records that wait for a step: those first that are to be done soonest, then those that wait longest."""
    clause, parameters = _waiting(ledger, step, where)
    order = f"{step.by} IS NULL, {step.by}, {step.since}" if step.by else step.since
    names = list(ledger.by_key)
    sql = f"SELECT {', '.join(names)} {clause} ORDER BY {order}, id LIMIT ?"
    return [dict(zip(names, row, strict=True)) for row in db.rows(sql, (*parameters, limit))]


def _waiting(ledger: Ledger, step: Waiting, where: Condition) -> tuple[str, tuple[str | int, ...]]:
    more, parameters = where.sql()
    index = tables.waiting_index(ledger, step)
    return f"FROM {ledger.name} INDEXED BY {index} WHERE {tables.waits(step)} AND ({more})", parameters


def of_uids(db: Database, ledger: Ledger, uids: Iterable[str], where: Condition) -> Iterator[Record]:
    """Records by their uids, those of the bin aside, that meet a condition."""
    more, parameters = where.sql()
    names, wanted = list(ledger.by_key), list(uids)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT {', '.join(names)} FROM {ledger.name} WHERE uid IN ({marks}) AND binned_at IS NULL AND ({more})"
        for row in db.rows(sql, (*part, *parameters)):
            yield dict(zip(names, row, strict=True))


@dataclass(frozen=True)
class Touched:
    """A record that someone entered or changed."""

    ledger: str
    uid: str
    entered: bool
    at: str


def touched(db: Database, clerks: Sequence[str], day: date) -> list[Touched]:
    """Records that these clerks entered or changed on a day and did not bin, the latest first.

    Rows of history sort by their time, so that only those since that day's beginning are read.
    """
    begin = datetime.combine(day, time.min)
    end = begin + timedelta(days=1)
    marks = ", ".join("?" * len(clerks))
    sql = (
        "SELECT h.ledger, h.uid, h.action, o.at FROM history h JOIN operations o ON o.id = h.operation "
        f"WHERE h.id >= ? AND o.at >= ? AND o.at < ? AND o.clerk IN ({marks}) ORDER BY h.id DESC"
    )
    found: dict[str, Touched] = {}
    binned: set[str] = set()
    for ledger, uid, action, at in db.each(
        sql, (_first_id(begin), begin.isoformat(), end.isoformat(), *clerks)
    ):
        last = found.get(uid)
        if last is None and action in ("bin", "delete"):
            binned.add(uid)
        elif last is None or action == "insert":
            found[uid] = Touched(ledger, uid, action == "insert", last.at if last else at)
    return [one for uid, one in found.items() if uid not in binned]


def _first_id(since: datetime) -> str:
    """The head of all UUIDv7 made from a local moment on."""
    stamp = max(0, int(since.astimezone(UTC).timestamp() * 1000))
    text = f"{stamp:012x}"
    return f"{text[:8]}-{text[8:]}"
