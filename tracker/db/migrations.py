"""Bringing a file to the program's shape: one small recorded function a change, and the ledgers' declared tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import sqlite_utils
from sqlcipher3 import dbapi2
from sqlite_utils.migrations import Migrations

from tracker.db import locks, own_fields, strange, tables
from tracker.db.database import FROZEN, Database, told
from tracker.errors import DamagedFile, FileProblem, ReadOnlyFile
from tracker.i18n import _
from tracker.schema.ledger import Ledger
from tracker.schema.own import OWN
from tracker.schema.stored import UNREADABLE

migrations = Migrations("tracker")
_MISSHAPEN = re.compile("already exists|no such|duplicate column")


@migrations()
def settings_and_counters(db: sqlite_utils.Database) -> None:
    """What the office set, and the last number given in each ledger and year (never given again)."""
    db.table("settings").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("counters").create(
        {"ledger": str, "year": int, "no": int, "number": int},
        pk=("ledger", "year"),
        not_null={"no", "number"},
        strict=True,
    )


@migrations()
def history(db: sqlite_utils.Database) -> None:
    """Operations and, for each record they changed, a row that hashes its content with its predecessors' hashes."""
    db.table("operations").create(
        {"id": str, "at": str, "clerk": str, "origin": str, "kind": str, "note": str}, pk="id", strict=True
    )
    db.table("history").create(
        {
            "id": str,
            "operation": str,
            "ledger": str,
            "uid": str,
            "action": str,
            "changes": str,
            "parents": bytes,
            "hash": bytes,
        },
        pk="id",
        foreign_keys=[("operation", "operations", "id")],
        strict=True,
    )
    db.execute("CREATE INDEX history_by_uid ON history(uid)")
    db.table("heads").create({"hash": bytes}, pk="hash", strict=True)


@migrations()
def declared_shapes(db: sqlite_utils.Database) -> None:
    """Which declaration each ledger's table was last brought to."""
    db.table("shapes").create({"ledger": str, "shape": str}, pk="ledger", strict=True)


@migrations()
def draws_of_lots(db: sqlite_utils.Database) -> None:
    """What was drawn by lot: seed, pools and result, so that it can be drawn again."""
    columns = dict.fromkeys(("id", "at", "clerk", "origin", "kind", "title", "seed", "content"), str)
    db.table("draws").create(columns, pk="id", not_null=set(columns), strict=True)


@migrations()
def report_templates(db: sqlite_utils.Database) -> None:
    """Documents that the office owns, such as the template of its report."""
    db.table("templates").create(
        {"name": str, "content": bytes, "updated_at": str, "who": str},
        pk="name",
        not_null={"content", "updated_at", "who"},
        strict=True,
    )


@migrations()
def freezes(db: sqlite_utils.Database) -> None:
    """Frozen figures: values as quoted, conditions and records behind them; and the reasons of changes under way.

    What is frozen is never altered nor deleted: only that a freeze has ended is noted, once.
    """
    told_at = {"at": str, "clerk": str, "origin": str, "note": str}
    thawed = {"thawed_at": str, "thawed_by": str, "thawed_why": str}
    days = {"begin": str, "end": str, "as_of": str}
    tables_of: dict[str, tuple[dict[str, type], str | tuple[str, ...] | None]] = {
        "freezes": ({"id": str, **days, **told_at, **thawed}, "id"),
        "frozen_figures": ({"freeze": str, "place": int, "key": str, "content": str}, ("freeze", "key")),
        "frozen_counts": (
            {"freeze": str, "key": str, "ledger": str, "condition": str, "fields": str},
            ("freeze", "key", "ledger"),
        ),
        "frozen_locks": (
            {"freeze": str, "ledger": str, "condition": str, "fields": str},
            ("freeze", "ledger"),
        ),
        "frozen_records": ({"freeze": str, "ledger": str, "uid": str, "content": str}, None),
    }
    for name, (columns, key) in tables_of.items():
        keys = [("freeze", "freezes", "id")] if "freeze" in columns else []
        db.table(name).create(columns, pk=key, foreign_keys=keys, strict=True)
        ended = (
            ""
            if name != "freezes"
            else " WHEN old.thawed_at IS NOT NULL OR new.thawed_at IS NULL OR trim(ifnull(new.thawed_why, '')) = ''"
        )
        only = "" if name != "freezes" else f" OF id, {', '.join([*_quoted(days), *told_at])}"
        abort = f"BEGIN SELECT RAISE(ABORT, '{FROZEN}: what is frozen stays'); END"
        db.execute(f"CREATE TRIGGER {name}_kept_delete BEFORE DELETE ON {name} {abort}")
        db.execute(f"CREATE TRIGGER {name}_kept_update BEFORE UPDATE{only} ON {name} {abort}")
        if ended:
            db.execute(f"CREATE TRIGGER {name}_ended_update BEFORE UPDATE ON {name}{ended} {abort}")
    db.execute("CREATE UNIQUE INDEX frozen_records_by_uid ON frozen_records(uid, freeze)")
    db.execute("CREATE INDEX frozen_records_by_freeze ON frozen_records(freeze, ledger)")
    db.execute("CREATE TABLE reasons (reason TEXT NOT NULL CHECK (trim(reason) <> '')) STRICT")


@migrations()
def frozen_is_never_replaced(db: sqlite_utils.Database) -> None:
    """SQLite's REPLACE deletes without a trigger: a row that is there already is refused before it comes in."""
    keys = {
        "freezes": ("id",),
        "frozen_figures": ("freeze", "key"),
        "frozen_counts": ("freeze", "key", "ledger"),
        "frozen_locks": ("freeze", "ledger"),
        "frozen_records": ("uid", "freeze"),
    }
    for name, columns in keys.items():
        same = " AND ".join(f"{column} = new.{column}" for column in columns)
        there = f"EXISTS (SELECT 1 FROM {name} WHERE rowid = new.rowid OR ({same}))"
        abort = f"BEGIN SELECT RAISE(ABORT, '{FROZEN}: what is frozen stays'); END"
        db.execute(f"CREATE TRIGGER {name}_kept_insert BEFORE INSERT ON {name} WHEN {there} {abort}")


@migrations()
def names_spelled(db: sqlite_utils.Database) -> None:
    """The different texts of fields that hold names, noted by triggers; `spelled` once their pinyin is indexed."""
    db.execute(
        "CREATE TABLE names (id INTEGER PRIMARY KEY, ledger TEXT NOT NULL, text TEXT NOT NULL, "
        "spelled INTEGER NOT NULL DEFAULT 0, UNIQUE (ledger, text)) STRICT"
    )
    db.execute("CREATE INDEX names_to_spell ON names(ledger) WHERE spelled = 0")
    db.execute(
        "CREATE VIRTUAL TABLE names_search USING "
        "fts5(words, content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars '^._'\")"
    )


@migrations()
def steps_to_undo(db: sqlite_utils.Database) -> None:
    """Which operations each clerk can take back and do again."""
    columns = {"id": int, "clerk": str, "origin": str, "made": str, "made_last": str, "rows": int}
    columns |= {"operation": str, "last": str, "undone": int, "counters": str}
    db.table("steps").create(columns, pk="id", not_null=set(columns) - {"id"}, strict=True)
    db.execute("CREATE INDEX steps_by_clerk ON steps(clerk, origin, undone)")


@migrations()
def computed_days(db: sqlite_utils.Database) -> None:
    """By which rules the derived days of each ledger were computed."""
    db.table("computed").create({"ledger": str, "rules": str}, pk="ledger", strict=True)


@migrations()
def contents_of_attachments(db: sqlite_utils.Database) -> None:
    """What is attached to records, by its SHA-256: kept once, and for good, since history and bin refer to it."""
    columns = {"digest": str, "size": int, "content": bytes}
    db.table("contents").create(columns, pk="digest", not_null=set(columns), strict=True)
    for what in ("UPDATE", "DELETE"):
        abort = "BEGIN SELECT RAISE(ABORT, 'contents: what is kept stays'); END"
        db.execute(f"CREATE TRIGGER contents_kept_{what.lower()} BEFORE {what} ON contents {abort}")
    there = (
        "EXISTS (SELECT 1 FROM contents WHERE rowid = new.rowid OR digest = new.digest)"  # see above: REPLACE
    )
    db.execute(f"CREATE TRIGGER contents_kept_insert BEFORE INSERT ON contents WHEN {there} {abort}")


@migrations()
def imported_rows(db: sqlite_utils.Database) -> None:
    """Which record each row of a sheet without numbers became, so that an import of a longer sheet knows it again."""
    columns = dict.fromkeys(("uid", "ledger", "cells"), str)
    db.table("imported").create(columns, pk="uid", not_null={"ledger", "cells"}, strict=True)
    db.execute("CREATE INDEX imported_by_ledger ON imported(ledger)")


@migrations()
def imported_changes(db: sqlite_utils.Database) -> None:
    """What an import changed in what rows held, so that undo takes that back as well: only the cells that differ."""
    columns = dict.fromkeys(("operation", "uid", "ledger", "before", "after"), str)
    db.table("imported_changes").create(columns, pk=("operation", "uid"), not_null=set(columns), strict=True)


@migrations()
def drafts_of_forms(db: sqlite_utils.Database) -> None:
    """What is typed into forms and not saved yet, of each clerk at each computer."""
    columns = dict.fromkeys(("id", "clerk", "origin", "ledger", "uid", "at", "content"), str)
    db.table("drafts").create(columns, pk="id", not_null=set(columns), strict=True)


@migrations()
def indexes_of_the_log(db: sqlite_utils.Database) -> None:
    """The rows of one operation, and the operations of one clerk, are found without walking through all."""
    db.execute("CREATE INDEX operations_by_clerk ON operations(clerk, id)")
    db.execute("CREATE INDEX history_by_operation ON history(operation)")


@migrations()
def merges_in_history(db: sqlite_utils.Database) -> None:
    """The rows that say which numbers merges found given twice, found without a look at all others."""
    db.execute("CREATE INDEX history_of_merges ON history(id) WHERE action = 'merge'")


@migrations()
def imported_in_order(db: sqlite_utils.Database) -> None:
    """When each row of a sheet was taken in last, by an identifier that sorts as those of the history do."""
    db.table("imported_order").create(
        {"uid": str, "written": str}, pk="uid", not_null={"written"}, strict=True
    )


@cache
def made() -> strange.Made:
    """What the steps make of an empty file."""
    raw = sqlite_utils.Database(memory=True)
    try:
        migrations.apply(raw)
        found = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        named = {table.name: frozenset(table.columns_dict) for table in raw.tables}
    finally:
        raw.conn.close()
    texts = {kind: {name: sql for each, name, sql in found if each == kind} for kind, _name, _sql in found}
    virtual = [name for name, sql in texts["table"].items() if sql.startswith("CREATE VIRTUAL")]
    tables = {name: sql for name, sql in texts["table"].items() if not strange.is_shadow(sql, virtual)}
    columns = {name: named[name] for name in tables if name not in virtual}
    return strange.Made(tables, columns, texts["index"], texts["trigger"])


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def is_ours(db: Database) -> bool:
    """Whether the file was made by this program."""
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    return db.one(there) is not None and bool(
        db.one("SELECT 1 FROM _sqlite_migrations WHERE migration_set = ?", (migrations.name,))
    )


def is_empty(db: Database) -> bool:
    """Whether nothing was ever put into the file."""
    return db.one("SELECT 1 FROM sqlite_master") is None


def pending(db: Database, ledgers: tuple[Ledger, ...]) -> bool:
    """Whether the file lacks anything that the program declares; reads only."""
    with told(db.path):
        if is_empty(db) or migrations.pending(db.raw):
            return True
    shapes = _shapes(db)
    return (
        any(tables.shape(ledger) != shapes.get(ledger.name) for ledger in ledgers)
        or bool(strange.altered(db, ledgers))
        or locks.pending(db, ledgers)
    )


def refuse_newer(db: Database, ledgers: tuple[Ledger, ...]) -> None:
    """Raise ReadOnlyFile where a newer program made the file: it holds steps or columns that this one does not know."""
    ours = {migration.name for migration in migrations._migrations}
    with told(db.path):
        newer = any(applied.name not in ours for applied in migrations.applied(db.raw))
    declared = {ledger.name: set(tables.columns(ledger)) for ledger in ledgers}
    for name, shape in _shapes(db).items():
        unknown = _columns(db, shape) - declared.get(name, set())
        # A field that the office gave up.
        newer = newer or any(not column.startswith(OWN) for column in unknown)
    if newer:
        raise ReadOnlyFile(
            _("{path} was made by a newer Case Tracker; install that version to write in it.").format(
                path=db.path
            )
        )


def readable(db: Database, ledgers: tuple[Ledger, ...]) -> bool:
    """Whether a newer program's file still has everything that this one reads."""
    with told(db.path):
        applied = {each.name for each in migrations.applied(db.raw)}
    shapes = _shapes(db)
    return all(each.name in applied for each in migrations._migrations) and all(
        set(tables.columns(ledger)) <= _columns(db, shapes.get(ledger.name, "[[]]")) for ledger in ledgers
    )


def bring_up(db: Database, ledgers: tuple[Ledger, ...], before: Callable[[], object] = lambda: None) -> None:
    """Apply what is pending, all of it or nothing; `before` is called where there is something.

    Within a change, as where it sets something that makes other ledgers, the reason in the file is that of the change.
    """
    within = db.connection.in_transaction
    if not within:
        db.keep_log()
    if not pending(db, ledgers):
        return
    before()
    with _shaped(db), db.atomic():
        migrations.apply(db.raw)
        known, altered = _shapes(db), strange.altered(db, ledgers)
        came: dict[Ledger, tuple[str, ...]] = {}
        for ledger in ledgers:
            shape = tables.shape(ledger)
            if ledger.name in known:
                came[ledger] = own_fields.lacking(ledger, _columns(db, known[ledger.name]))
            if known.get(ledger.name) != shape or ledger in altered:
                tables.bring_up(db, ledger)
                db.run("INSERT OR REPLACE INTO shapes VALUES (?, ?)", (ledger.name, shape))
            _name_who_binned(db, ledger)
        locks.guard(db, ledgers)
        for ledger, keys in came.items():
            own_fields.fill(db, ledger, keys)
        if not within:
            locks.end_reasons(db)


@contextmanager
def _shaped(db: Database) -> Iterator[None]:
    """Raise DamagedFile where what the file holds cannot be brought up: a uid twice, a table less than steps made."""
    try:
        yield
    except (dbapi2.IntegrityError, dbapi2.OperationalError) as wrong:
        if not isinstance(wrong, dbapi2.IntegrityError) and not _MISSHAPEN.search(str(wrong)):
            raise
        text = _(
            "{path} cannot be brought to this program's shape: {fault}. Nothing was changed; open a backup."
        )
        raise DamagedFile(text.format(path=db.path, fault=wrong), db.path) from wrong


def _name_who_binned(db: Database, ledger: Ledger) -> None:
    """In records that were put into the bin before it was noted by whom, as their history tells."""
    who = (
        "SELECT o.clerk FROM history h JOIN operations o ON o.id = h.operation "
        f"WHERE h.uid = {ledger.name}.uid AND h.action = 'bin' ORDER BY h.id DESC LIMIT 1"
    )
    unknown = "binned_at IS NOT NULL AND binned_by IS NULL"
    if db.one(f"SELECT 1 FROM {ledger.name} WHERE {unknown} LIMIT 1"):
        db.run(f"UPDATE {ledger.name} SET binned_by = ({who}) WHERE {unknown}")


def _columns(db: Database, shape: str) -> set[str]:
    """The columns that a declaration has which a table was brought to. Raises FileProblem for what is none."""
    try:
        return set(json.loads(shape)[0])
    except UNREADABLE as wrong:
        text = _("{path} lacks “{name}”; it was damaged or made by something else. Open a backup.")
        raise FileProblem(text.format(path=db.path, name="shapes")) from wrong


def _shapes(db: Database) -> dict[str, str]:
    if db.one("SELECT 1 FROM sqlite_master WHERE name = 'shapes'") is None:
        return {}
    return dict(db.rows("SELECT ledger, shape FROM shapes"))
