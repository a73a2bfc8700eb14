"""What a file brings along that would run by itself: triggers, views, and more than we declare in tables and indexes.

A file may come from anywhere. Nothing in it runs that this program did not write: triggers and indexes of other names,
views, tables that are something else, columns, conditions and foreign keys that this program does not declare are
refused; a trigger or an index of ours with other words is made anew before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tracker.db import tables
from tracker.db.database import Database
from tracker.errors import FileProblem
from tracker.i18n import _
from tracker.schema import own
from tracker.schema.ledger import Ledger

_REFUSES = re.compile(r"CREATE TRIGGER [a-z_]+ BEFORE [^;]* BEGIN SELECT RAISE\(ABORT, ''\); END")
"""A trigger that can only refuse, its texts left out."""
_LOCK = re.compile(r"(?P<table>[a-z_]+)_frozen_(?:insert|update|delete)")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_INDEX = re.compile(r"CREATE VIRTUAL TABLE (?P<name>[a-z_]+) USING fts5(?:vocab)?\(")
_NAME = re.compile(r'"([a-z_][a-z0-9_]*)"')
_WORD = re.compile(r"'[^']*'|\w+|\S")
_PART = r"(?:[a-z]+(?: INTEGER| BLOB)?(?: PRIMARY KEY)?|PRIMARY KEY\([a-z]+(?:, [a-z]+)*\))"
_SHADOW = re.compile(rf"CREATE TABLE '(?P<index>[a-z_]+)_[a-z]+'\({_PART}(?:, {_PART})*\)(?: WITHOUT ROWID)?")
"""A table in which SQLite keeps a search index; which columns it has is SQLite's affair."""
_TYPES = {int: "INTEGER", str: "TEXT"}
_KNOWN_TO_SQLITE = {
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What other programs leave that only look through a file."""


@dataclass(frozen=True)
class Made:
    """What the migrations make of an empty file, as SQL by its names, without the ledgers' own."""

    tables: Mapping[str, str]
    columns: Mapping[str, frozenset[str]]
    """Of the tables that are no search index."""
    indexes: Mapping[str, str]
    triggers: Mapping[str, str]


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


def refuse_undeclared(db: Database, ledgers: Iterable[Ledger], made: Made) -> None:
    """Raise FileProblem where a table or an index is not as this program, or an earlier one, declares it."""
    by_name = {ledger.name: ledger for ledger in ledgers}
    ours = {**made.tables, **_KNOWN_TO_SQLITE}
    for ledger in by_name.values():
        ours |= tables.search_tables(ledger)
    for name, text in db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if name in by_name:
            for place in _undeclared(by_name[name], text):
                raise _refusal(db, place)
        elif not (_words(text) == _words(ours[name]) if name in ours else is_shadow(text, ours)):
            raise _refusal(db, name)
    sql = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    for name, table, text in db.rows(sql):
        anew = table in by_name and _is_index(text, name, table)
        if not (anew or _words(text) == _words(made.indexes.get(name, ""))):
            raise _refusal(db, name)


def is_shadow(text: str, indexes: Collection[str]) -> bool:
    """Whether a table is one in which SQLite keeps one of these search indexes."""
    shadow = _SHADOW.fullmatch(text)
    return shadow is not None and shadow["index"] in indexes


def _is_index(text: str, name: str, table: str) -> bool:
    """Whether a ledger's table has this index by one of our names, so that it is made anew where its words differ."""
    begins = (f"CREATE INDEX {name} ON {table}(", f"CREATE UNIQUE INDEX {name} ON {table}(")
    return name.startswith(f"{table}_by_") and text.startswith(begins)


def _undeclared(ledger: Ledger, text: str) -> Iterator[str]:
    """What the table of a ledger has beside its declaration and the office's own fields, also those given up."""
    words = _words(text)
    head, tail = ("CREATE", "TABLE", ledger.name, "("), (")", "STRICT")
    if words[:4] != head or words[-2:] != tail:
        yield ledger.name
        return
    declared = {name: _TYPES[kind] for name, kind in tables.columns(ledger).items()}
    declared |= {name: f"{declared[name]} NOT NULL" for name in tables.NEVER_NULL}
    declared |= {"id": "INTEGER PRIMARY KEY"}
    for part in " ".join(words[4:-2]).split(" , "):
        name, _blank, kind = part.partition(" ")
        if kind != declared.get(name) and not (
            own.is_key(name) and name not in declared and kind in _TYPES.values()
        ):
            yield f"{ledger.name}.{name}"


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """A statement without its spaces and the quotes that its names may have; a sound file has those of the last one."""
    return tuple(_WORD.findall(_NAME.sub(r"\1", text)))


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


def refuse_incomplete(db: Database, ledgers: Iterable[Ledger], made: Made) -> None:
    """Raise FileProblem where a file lacks tables, columns or indexes that it should have."""
    sql = (
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%'"
    )
    there: dict[str, set[str]] = {}
    for table, column in db.rows(sql):
        there.setdefault(table, set()).add(column)
    wanted = {**made.columns, **{ledger.name: frozenset(tables.columns(ledger)) for ledger in ledgers}}
    lacking = [
        f"{table}.{name}" for table, names in wanted.items() for name in names - there.get(table, set())
    ]
    indexes = {name for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'index'")}
    lacking += made.indexes.keys() - indexes
    if lacking:
        text = _("{path} lacks “{name}”; it was damaged or made by something else. Open a backup.")
        raise FileProblem(text.format(path=db.path, name=min(lacking)))


def altered(db: Database, ledgers: Iterable[Ledger]) -> list[Ledger]:
    """The ledgers whose indexes, or the triggers that keep their search index, are not as this program writes them."""
    sql = (
        "SELECT tbl_name, name, sql FROM sqlite_master "
        "WHERE type = 'trigger' AND name GLOB '*_search_*' OR type = 'index' AND name GLOB '*_by_*'"
    )
    there: dict[str, dict[str, str]] = {}
    for table, name, text in db.rows(sql):
        there.setdefault(table, {})[name] = text
    return [
        ledger
        for ledger in ledgers
        if there.get(ledger.name) != {**tables.search_triggers(ledger), **tables.index_texts(ledger)}
    ]


def _refusal(db: Database, name: object) -> FileProblem:
    text = _("{path} holds “{name}”, which this program did not put there; nothing was run. Open a backup.")
    return FileProblem(text.format(path=db.path, name=str(name)[:60]))
