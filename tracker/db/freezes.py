"""Freezes as the file keeps them: the figures as quoted, which records stood behind each, and what these held."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from tracker.db import history, locks, seal, tables
from tracker.db.conditions import checked
from tracker.db.database import Database
from tracker.db.history import Journal
from tracker.db.records import Record
from tracker.errors import DamagedFile
from tracker.i18n import _
from tracker.period import Period
from tracker.schema.filters import Condition, literal
from tracker.schema.ledger import Ledger
from tracker.schema.quoted import Part, Quoted
from tracker.schema.stored import UNREADABLE

LEDGER = "freezes"
"""Under which the history tells of freezes."""
COLUMNS = '"begin", "end", as_of, at, clerk, origin, note, thawed_at, thawed_by, thawed_why'


@dataclass(frozen=True)
class Freeze:
    """Figures of a period held fast; `thawed_at` is empty as long as they are."""

    id: str
    period: Period
    at: str
    clerk: str
    origin: str
    note: str
    thawed_at: str = ""
    thawed_by: str = ""
    thawed_why: str = ""

    @property
    def active(self) -> bool:
        """Whether its records are locked."""
        return not self.thawed_at


@dataclass(frozen=True)
class Counting:
    """Which records of a ledger a figure counted: the condition as SQL, and the fields by which a record counted."""

    key: str
    ledger: str
    condition: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """All that a freeze keeps. `locks` are the conditions of each ledger's records, `counts` of each figure's."""

    figures: Sequence[Quoted]
    counts: Sequence[Counting]
    locks: Mapping[Ledger, Condition] = field(default_factory=dict)


def all_freezes(db: Database) -> list[Freeze]:
    """Every freeze, thawed ones too, the newest first."""
    with _readable(db):
        return [_freeze(row) for row in db.rows(f"SELECT id, {COLUMNS} FROM freezes ORDER BY id DESC")]


@contextmanager
def _readable(db: Database) -> Iterator[None]:
    """Raise DamagedFile where what is kept of frozen figures is not what this program writes."""
    try:
        yield
    except UNREADABLE as wrong:
        text = _("What {path} keeps of frozen figures cannot be read; open a backup.")
        raise DamagedFile(text.format(path=db.path), db.path) from wrong


def of_period(db: Database, period: Period) -> list[Freeze]:
    """The active freezes of exactly this period and as-of day, the newest first."""
    return [found for found in all_freezes(db) if found.active and found.period == period]


def is_freeze(row: Sequence[Any]) -> bool:
    """Whether an id and these `COLUMNS` of a damaged file are a freeze."""
    try:
        _freeze(row)
    except (ValueError, TypeError):
        return False
    return True


def is_figure(text: str) -> bool:
    """Whether the content of a frozen figure in a damaged file can be read."""
    try:
        _figure(json.loads(text))
    except UNREADABLE:
        return False
    return True


def _freeze(row: Sequence[str | None]) -> Freeze:
    texts = [value or "" for value in row]
    begin, end, as_of = map(date.fromisoformat, texts[1:4])
    return Freeze(texts[0], Period(begin, end, as_of), *texts[4:])


def add(db: Database, journal: Journal, freeze: Freeze, content: Content) -> int:
    """Keep a freeze, lock its records and note it in the history; how many records it keeps. Inside `atomic` only."""
    days = [day.isoformat() for day in (freeze.period.begin, freeze.period.end, freeze.period.as_of)]
    told = (freeze.at, freeze.clerk, freeze.origin, freeze.note)
    sql = f"INSERT INTO freezes(id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)"
    db.run(sql, (freeze.id, *days, *told))
    for table, rows in _rows(db, freeze, content):
        db.run_many(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    locks.guard(db, db.catalogue.ledgers)
    kept = kept_records(db, freeze)
    noted = dict(zip(("begin", "end", "as_of"), days, strict=True))
    values = {figure.key: figure.value for figure in content.figures if figure.value is not None}
    sealed = {"figures": values, "records": kept, "sha256": seal.digest(db, freeze.id)}
    journal.add(LEDGER, freeze.id, "freeze", {**noted, **sealed})
    journal.flush()
    return kept


def _rows(db: Database, freeze: Freeze, content: Content) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The rows of each table that hold what a freeze keeps, its id first; no table without rows."""
    mine = freeze.id
    tables_rows: list[tuple[str, list[tuple[object, ...]]]] = [
        ("frozen_figures", [(mine, n, f.key, _figure_text(f)) for n, f in enumerate(content.figures)]),
        (
            "frozen_counts",
            [(mine, c.key, c.ledger, c.condition, " ".join(c.fields)) for c in content.counts],
        ),
    ]
    for ledger, where in content.locks.items():
        condition, fields = literal(where), " ".join(sorted(where.fields()))
        tables_rows.append(("frozen_locks", [(mine, ledger.name, condition, fields)]))
        found = [(mine, ledger.name, uid, text) for uid, text in _contents(db, ledger, condition)]
        tables_rows.append(("frozen_records", [*found]))
    yield from (table for table in tables_rows if table[1])


def thaw(db: Database, journal: Journal, freeze: Freeze, why: str) -> None:
    """Let the records of a freeze go; what it keeps stays. Inside `atomic` only."""
    sql = "UPDATE freezes SET thawed_at = ?, thawed_by = ?, thawed_why = ? WHERE id = ? AND thawed_at IS NULL"
    db.run(sql, (journal.at, journal.who.clerk, why, freeze.id))
    locks.guard(db, db.catalogue.ledgers)
    journal.add(LEDGER, freeze.id, "thaw", {"why": why})
    journal.flush()


def take(db: Database, schema: str) -> int:
    """Keep the freezes of an attached file as well, and end those that either has ended; how many are new.

    Inside `atomic` only, with the history of both; `locks.guard` comes after it.
    """
    kept = "(SELECT id FROM main.freezes)"
    new = [row[0] for row in db.rows(f"SELECT id FROM {schema}.freezes WHERE id NOT IN {kept}")]
    for identity in new:
        columns = f"id, {COLUMNS}"
        sql = f"INSERT INTO main.freezes({columns}) SELECT {columns} FROM {schema}.freezes WHERE id = ?"
        db.run(sql, (identity,))
        seal.copy(db, schema, identity)
    ended = (
        f"SELECT t.id, t.thawed_at, t.thawed_by, t.thawed_why FROM {schema}.freezes t "
        "JOIN main.freezes f ON f.id = t.id WHERE t.thawed_at IS NOT NULL AND f.thawed_at IS NULL"
    )
    for identity, *told in db.rows(ended):
        sql = "UPDATE main.freezes SET thawed_at = ?, thawed_by = ?, thawed_why = ? WHERE id = ?"
        db.run(sql, (*told, identity))
    _end_once(db)
    return len(new)


def _end_once(db: Database) -> None:
    """Where several have ended one freeze, each in a copy of his own, the first of them has, in all copies."""
    sql = (
        "SELECT h.uid, h.changes, o.at, o.clerk FROM main.history h JOIN main.operations o ON o.id = h.operation "
        "WHERE h.uid IN (SELECT id FROM main.freezes) AND h.ledger = ? AND h.action = 'thaw' ORDER BY h.id DESC"
    )
    first = {row[0]: row[1:] for row in db.rows(sql, (LEDGER,))}
    ends = [(at, by, str(history.told(text).get("why", "")), uid) for uid, (text, at, by) in first.items()]
    held = set(db.rows("SELECT thawed_at, thawed_by, thawed_why, id FROM main.freezes"))
    if others := [end for end in ends if end not in held]:
        (guard,) = db.rows("SELECT sql FROM main.sqlite_master WHERE name = 'freezes_ended_update'")
        db.run("DROP TRIGGER main.freezes_ended_update")  # which lets nobody but this write over an end
        db.run_many(
            "UPDATE main.freezes SET thawed_at = ?, thawed_by = ?, thawed_why = ? WHERE id = ?", others
        )
        db.run(guard[0])


def _contents(db: Database, ledger: Ledger, condition: str) -> Iterator[tuple[str, str]]:
    """Uid and content of each record that meets the condition, by uid."""
    names = tuple(tables.columns(ledger))
    sql = (
        f"SELECT {', '.join(names)} FROM {ledger.name} WHERE binned_at IS NULL AND ({condition}) ORDER BY uid"
    )
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for row in db.rows(sql):
        yield row[0], encode({k: v for k, v in zip(names, row, strict=True) if v is not None})


def _figure_text(figure: Quoted) -> str:
    return json.dumps(asdict(figure), ensure_ascii=False)


def figures(db: Database, freeze: Freeze) -> list[Quoted]:
    """The figures as quoted, in their order."""
    sql = "SELECT content FROM frozen_figures WHERE freeze = ? ORDER BY place"
    with _readable(db):
        return [_figure(json.loads(text)) for (text,) in db.rows(sql, (freeze.id,))]


def _figure(content: dict[str, object]) -> Quoted:
    parts = content.pop("parts")
    listed = tuple(Part(**part) for part in parts) if isinstance(parts, list) else None
    return Quoted(**content, parts=listed)  # type: ignore[arg-type]


def counts(db: Database, freeze: Freeze, key: str) -> list[Counting]:
    """Which records of which ledgers a frozen figure counted."""
    sql = "SELECT key, ledger, condition, fields FROM frozen_counts WHERE freeze = ? AND key = ?"
    return [Counting(k, name, sql, tuple(f.split())) for k, name, sql, f in db.rows(sql, (freeze.id, key))]


def counted(db: Database, freeze: Freeze, counting: Counting, ledgers: Iterable[Ledger]) -> dict[str, Record]:
    """The records that a frozen figure counted, as they were then, by their uids.

    The condition is asked of what was kept, which takes the place of the ledgers' tables, so that also one which looks
    into another ledger is answered as it was.
    """
    kept = {name for (name,) in db.rows("SELECT ledger FROM frozen_locks WHERE freeze = ?", (freeze.id,))}
    views, parameters = [], []
    for ledger in ledgers:
        if ledger.name in kept:
            columns = ", ".join(
                f"json_extract(content, '$.{key}') AS {key}" for key in tables.columns(ledger)
            )
            views.append(
                f"{ledger.name} AS (SELECT content AS kept_content, {columns} "
                "FROM frozen_records WHERE freeze = ? AND ledger = ?)"
            )
            parameters += [freeze.id, ledger.name]
    if counting.ledger not in kept:
        return {}
    sql = (
        f"WITH {', '.join(views)} SELECT uid, kept_content FROM {counting.ledger} "
        f"WHERE {checked(db, counting.condition)}"
    )
    with _readable(db):
        return {uid: json.loads(text) for uid, text in db.rows(sql, parameters)}


def kept_records(db: Database, freeze: Freeze) -> int:
    """How many records it keeps."""
    return seal.records(db, freeze.id)


def kept(db: Database, freeze: Freeze, uid: str) -> Record | None:
    """A record as a freeze keeps it, behind whichever figure."""
    found = db.one("SELECT content FROM frozen_records WHERE uid = ? AND freeze = ?", (uid, freeze.id))
    with _readable(db):
        return json.loads(found[0]) if found else None


def live(db: Database, ledger: Ledger, condition: str) -> dict[str, Record]:
    """The records that meet a condition now, by their uids."""
    names = ("id", *tables.columns(ledger))
    sql = (
        f"SELECT {', '.join(names)} FROM {ledger.name} WHERE binned_at IS NULL AND ({checked(db, condition)})"
    )
    return {row[1]: dict(zip(names, row, strict=True)) for row in db.rows(sql)}
