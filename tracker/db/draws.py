"""Draws of lots: kept with seed, pools and what was drawn, each with its row of the history."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.db.database import Database
from tracker.db.history import Journal, Who
from tracker.schema.draw import Lot, Member

LEDGER = "draws"
_COLUMNS = "id, at, clerk, origin, kind, title, seed, content"


@dataclass(frozen=True)
class Draw:
    """One draw as it was made; `title` is its purpose in the clerk's words."""

    id: str
    at: str
    clerk: str
    origin: str
    kind: str
    title: str
    seed: str
    count: int
    each: int
    targets: tuple[Member, ...]
    people: tuple[Member, ...]
    lots: tuple[Lot, ...]
    ledger: str
    """The ledger of the targets."""
    made: tuple[str, ...] = ()
    """The uids of the records made of it."""


def keep(db: Database, who: Who, made: Draw) -> None:
    """Write a draw, or one whose records were made meanwhile, with its history."""
    content = _content(made)
    with db.atomic():
        old = db.one("SELECT content FROM draws WHERE id = ?", (made.id,))
        journal = Journal(db, who, "draw", made.title)
        change: dict[str, Any] = (
            {"made": [[], list(made.made)]} if old else {"seed": made.seed, **json.loads(content)}
        )
        journal.add(LEDGER, made.id, "update" if old else "insert", change)
        journal.flush()
        row = (made.id, made.at, made.clerk, made.origin, made.kind, made.title, made.seed, content)
        db.run(f"INSERT OR REPLACE INTO draws({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def every(db: Database) -> list[Draw]:
    """All draws, newest first."""
    return [_draw(row) for row in db.rows(f"SELECT {_COLUMNS} FROM draws ORDER BY id DESC")]


def _content(made: Draw) -> str:
    def told(members: Iterable[Member]) -> list[list[Any]]:
        return [[m.uid, m.called, list(m.barred)] for m in members]

    lots = [[lot.target.uid, [person.uid for person in lot.people]] for lot in made.lots]
    values = {"ledger": made.ledger, "count": made.count, "each": made.each, "targets": told(made.targets)}
    values |= {"people": told(made.people), "lots": lots, "made": list(made.made)}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _draw(row: tuple[Any, ...]) -> Draw:
    identity, at, clerk, origin, kind, title, seed, content = row
    told = json.loads(content)
    targets, people = (_members(told[name]) for name in ("targets", "people"))
    known, persons = {m.uid: m for m in targets}, {m.uid: m for m in people}
    lots = tuple(Lot(known[uid], tuple(persons[p] for p in drawn)) for uid, drawn in told["lots"])
    return Draw(
        identity, at, clerk, origin, kind, title, seed, told["count"], told["each"],
        targets, people, lots, told["ledger"], tuple(told["made"]),
    )  # fmt: skip


def _members(told: list[list[Any]]) -> tuple[Member, ...]:
    return tuple(Member(uid, called, tuple(barred)) for uid, called, barred in told)
