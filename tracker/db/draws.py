"""Draws of lots: kept with seed, pools and what was drawn, each with its row of the history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tracker.db.database import Database
from tracker.db.history import Journal, Who
from tracker.errors import DamagedFile
from tracker.i18n import _
from tracker.schema.draw import Lot, Member
from tracker.schema.stored import UNREADABLE

LEDGER = "draws"
COLUMNS = ("id", "at", "clerk", "origin", "kind", "title", "seed", "content")
_COLUMNS = ", ".join(COLUMNS)


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


def keep(db: Database, who: Who, drawn: Draw) -> None:
    """Write a draw with its history, for good."""
    content = _content(drawn)
    with db.atomic():
        journal = Journal(db, who, "draw", drawn.title, drawn.at)
        told = {"kind": drawn.kind, "seed": drawn.seed, **json.loads(content)}
        journal.add(LEDGER, drawn.id, "insert", told)
        journal.flush()
        row = (drawn.id, drawn.at, drawn.clerk, drawn.origin, drawn.kind, drawn.title, drawn.seed, content)
        db.run(f"INSERT INTO draws({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def made(db: Database, identity: str) -> tuple[str, ...] | None:
    """The uids of the records made of a draw; None where there is no such draw. Raises DamagedFile."""
    row = db.one("SELECT content FROM draws WHERE id = ?", (identity,))
    with _readable(db):
        return tuple(json.loads(row[0])["made"]) if row else None


def set_made(db: Database, journal: Journal, identity: str, uids: Sequence[str]) -> None:
    """Say which records were made of a draw. Inside `atomic` only."""
    before = made(db, identity) or ()
    journal.add(LEDGER, identity, "update", {"made": [list(before), list(uids)]})
    note_made(db, identity, uids)


def note_made(db: Database, identity: str, uids: Sequence[str]) -> None:
    """As `set_made`, where the history tells it already."""
    sql = "UPDATE draws SET content = json_set(content, '$.made', json(?)) WHERE id = ?"
    db.run(sql, (json.dumps(list(uids)), identity))


def every(db: Database) -> list[Draw]:
    """All draws, newest first. Raises DamagedFile."""
    with _readable(db):
        return [_draw(row) for row in db.rows(f"SELECT {_COLUMNS} FROM draws ORDER BY id DESC")]


@contextmanager
def _readable(db: Database) -> Iterator[None]:
    """Raise DamagedFile where what is kept of draws is not what this program writes."""
    try:
        yield
    except UNREADABLE as wrong:
        text = _("What {path} keeps of draws of lots cannot be read; open a backup.")
        raise DamagedFile(text.format(path=db.path), db.path) from wrong


def _content(made: Draw) -> str:
    def told(members: Iterable[Member]) -> list[list[Any]]:
        return [[m.uid, m.called, list(m.barred)] for m in members]

    lots = [[lot.target.uid, [person.uid for person in lot.people]] for lot in made.lots]
    values = {"ledger": made.ledger, "count": made.count, "each": made.each, "targets": told(made.targets)}
    values |= {"people": told(made.people), "lots": lots, "made": list(made.made)}
    return text(values)


def text(content: Mapping[str, Any]) -> str:
    """What was drawn, as the file keeps it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def readable(row: Sequence[Any]) -> bool:
    """Whether these columns of a damaged file are a draw."""
    try:
        _draw(tuple(row))
    except UNREADABLE:
        return False
    return True


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
