"""What a file brings along that would run by itself: triggers, and tables that are none.

A file may come from anywhere. Nothing in it runs that this program did not write: triggers of other names, views, and
tables that are something else are refused; a trigger of ours with other words is made anew before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.db import tables
from tracker.db.database import Database
from tracker.errors import FileProblem
from tracker.i18n import _
from tracker.schema.ledger import Ledger

_REFUSES = re.compile(r"CREATE TRIGGER [a-z_]+ BEFORE [^;]* BEGIN SELECT RAISE\(ABORT, ''\); END")
"""A trigger that can only refuse, its texts left out."""
_OWN = re.compile(r"(?P<table>[a-z_]+?)_(?:kept|ended|frozen)_(?:insert|update|delete)")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_INDEX = re.compile(r"CREATE VIRTUAL TABLE (?P<name>[a-z_]+) USING fts5(?:vocab)?\(")


def refuse(db: Database, ledgers: Iterable[Ledger]) -> None:
    """Raise FileProblem where a file holds what this program does not put there; reads only."""
    ledgers = tuple(ledgers)
    follows = {name: ledger.name for ledger in ledgers for name in tables.search_triggers(ledger)}
    indexes = {f"{ledger.name}{mark}" for ledger in ledgers for mark in ("_search", "_search_words")}
    indexes.add("names_search")
    for kind, name, table, sql in db.rows("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        text = str(sql)
        if kind == "trigger":
            own = _OWN.fullmatch(name)
            refuses = own and own["table"] == table and _REFUSES.fullmatch(_TEXT.sub("''", text))
            fits = follows.get(name) == table or bool(refuses)
        elif kind == "table":
            index = _INDEX.match(text)
            fits = (index["name"] == name) if index else text.startswith("CREATE TABLE ")
            fits = fits and bool(index) == (name in indexes)
        else:
            fits = kind == "index"
        if not fits:
            raise _refusal(db, name)


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
