"""What a file brings along that would run by itself: triggers, and tables that are none.

A file may come from anywhere. Nothing in it runs that this program did not write: triggers of other names, views, and
tables that are something else are refused; a trigger of ours with other words is made anew before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tracker.db import tables
from tracker.db.database import Database
from tracker.errors import FileProblem
from tracker.i18n import _
from tracker.schema.ledger import Ledger

_REFUSES = re.compile(r"CREATE TRIGGER [a-z_]+ BEFORE [^;]* BEGIN SELECT RAISE\(ABORT, ''\); END")
"""A trigger that can only refuse, its texts left out."""
_LOCK = re.compile(r"(?P<table>[a-z_]+)_frozen_(?:insert|update|delete)")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_INDEX = re.compile(r"CREATE VIRTUAL TABLE (?P<name>[a-z_]+) USING fts5(?:vocab)?\(")


def refuse(db: Database, ledgers: Iterable[Ledger]) -> None:
    """Raise FileProblem where something in a file is called as a table of this program's and is none."""
    indexes = {f"{ledger.name}{mark}" for ledger in ledgers for mark in ("_search", "_search_words")}
    indexes.add("names_search")
    sql = "SELECT type, name, sql FROM sqlite_master WHERE type NOT IN ('index', 'trigger')"
    for kind, name, text in db.rows(sql):
        index = _INDEX.match(str(text))
        fits = index["name"] == name if index else str(text).startswith("CREATE TABLE ")
        if kind != "table" or not fits or bool(index) != (name in indexes):
            raise _refusal(db, name)


def refuse_triggers(db: Database, ledgers: Iterable[Ledger], guards: Mapping[str, str]) -> None:
    """Raise FileProblem where a file has triggers that are not this program's; `guards` are those beside the ledgers'.

    Those of ledgers may have other words, as an earlier program wrote them: they are made anew before they could run.
    """
    ledgers = tuple(ledgers)
    names = {ledger.name for ledger in ledgers}
    follows = {name: ledger.name for ledger in ledgers for name in tables.search_triggers(ledger)}
    for name, table, text in db.rows("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"):
        lock = _LOCK.fullmatch(name)
        refuses = lock and lock["table"] == table in names and _REFUSES.fullmatch(_TEXT.sub("''", text))
        if not (follows.get(name) == table or guards.get(name) == text or refuses):
            raise _refusal(db, name)


def refuse_incomplete(db: Database, ledgers: Iterable[Ledger], base: Mapping[str, frozenset[str]]) -> None:
    """Raise FileProblem where a file lacks tables or columns that it should have; `base` beside those of ledgers."""
    sql = (
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%'"
    )
    there: dict[str, set[str]] = {}
    for table, column in db.rows(sql):
        there.setdefault(table, set()).add(column)
    wanted = {**base, **{ledger.name: frozenset(tables.columns(ledger)) for ledger in ledgers}}
    for table, columns in wanted.items():
        lacking = columns - there.get(table, set())
        if lacking:
            text = _("{path} lacks “{name}”; it was damaged or made by something else. Open a backup.")
            raise FileProblem(text.format(path=db.path, name=f"{table}.{min(lacking)}"))


def altered(db: Database, ledgers: Iterable[Ledger]) -> list[Ledger]:
    """The ledgers whose search index is not kept by triggers as this program writes them."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_search_*'"
    there: dict[str, str] = dict(db.rows(sql))
    return [
        ledger
        for ledger in ledgers
        if any(there.get(name) != text for name, text in tables.search_triggers(ledger).items())
    ]


def _refusal(db: Database, name: object) -> FileProblem:
    text = _("{path} holds “{name}”, which this program did not put there; nothing was run. Open a backup.")
    return FileProblem(text.format(path=db.path, name=str(name)[:60]))
