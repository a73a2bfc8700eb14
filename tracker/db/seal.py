"""What a freeze keeps, table by table, and its seal: a SHA-256 over all of it, which the history tells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.db.database import Database


@dataclass(frozen=True)
class Kept:
    """A table of what is frozen: its columns, the freeze first, and those that tell its rows apart."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


KEPT = {
    "frozen_figures": Kept(("freeze", "place", "key", "content"), ("freeze", "key")),
    "frozen_counts": Kept(("freeze", "key", "ledger", "condition", "fields"), ("freeze", "key", "ledger")),
    "frozen_locks": Kept(("freeze", "ledger", "condition", "fields"), ("freeze", "ledger")),
    "frozen_records": Kept(("freeze", "ledger", "uid", "content"), ("freeze", "uid")),
}


def digest(db: Database, freeze: str, tick: Callable[[], object] = lambda: None) -> str:
    """The seal of what the file keeps of a freeze: figures, then counts, then each ledger's lock with its records.

    Rows count in the order in which they were written, which every copy of them therefore keeps.
    """
    seal = hashlib.sha256()

    def feed(table: str, where: str = "", *parameters: str) -> None:
        columns = ", ".join(KEPT[table].columns[1:])
        sql = f"SELECT {columns} FROM {table} WHERE freeze = ?{where} ORDER BY rowid"
        some = False
        for row in db.each(sql, (freeze, *parameters)):
            tick()
            seal.update((", " if some else "[").encode() + _encoded(row))
            some = True
        seal.update(b"]" if some else b"")

    feed("frozen_figures")
    feed("frozen_counts")
    for (ledger,) in db.rows("SELECT ledger FROM frozen_locks WHERE freeze = ? ORDER BY rowid", (freeze,)):
        feed("frozen_locks", " AND ledger = ?", ledger)
        feed("frozen_records", " AND ledger = ?", ledger)
    return seal.hexdigest()


def records(db: Database, freeze: str) -> int:
    """How many records it keeps, of whichever ledger."""
    found = db.one("SELECT count(*) FROM frozen_records WHERE freeze = ?", (freeze,))
    return int(found[0]) if found else 0


def copy(db: Database, schema: str, freeze: str) -> None:
    """Keep what an attached file keeps of a freeze. Inside `atomic` only."""
    for table, kept in KEPT.items():
        columns = ", ".join(kept.columns)
        db.run(
            f"INSERT INTO main.{table}({columns}) SELECT {columns} FROM {schema}.{table} "
            "WHERE freeze = ? ORDER BY rowid",
            (freeze,),
        )


def _encoded(row: Iterable[object]) -> bytes:
    return json.dumps(list(row), ensure_ascii=False).encode()
