"""The log of a file: its operations, newest first, and which records each touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.db.database import Database


@dataclass(frozen=True)
class Wanted:
    """Which operations are asked for; what is empty does not matter. Days are ISO, both are meant."""

    clerk: str = ""
    kinds: tuple[str, ...] = ()
    begin: str = ""
    end: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation: who did what kind of thing when, how many rows of the history it wrote, and the last of them."""

    id: str
    at: str
    clerk: str
    origin: str
    kind: str
    note: str
    rows: int
    last: str


def operations(db: Database, wanted: Wanted, before: str, most: int) -> list[Operation]:
    """So many operations, the newest first, of those older than `before` (an id; empty for the newest of all)."""
    clause, parameters = _clause(wanted, before)
    return _read(db, clause, parameters, most)


def operation(db: Database, identity: str) -> Operation | None:
    """One operation by its id."""
    return next((one for one in _read(db, "id = ?", (identity,), 1)), None)


def _read(db: Database, clause: str, parameters: Sequence[str], most: int) -> list[Operation]:
    sql = (
        "SELECT id, at, clerk, origin, kind, note, "
        "(SELECT count(*) FROM history h WHERE h.operation = o.id), "
        "(SELECT h.id FROM history h WHERE h.operation = o.id ORDER BY h.rowid DESC LIMIT 1) "
        f"FROM operations o WHERE {clause} ORDER BY id DESC LIMIT ?"
    )
    return [Operation(*row) for row in db.rows(sql, (*parameters, most))]


def _clause(wanted: Wanted, before: str) -> tuple[str, tuple[str, ...]]:
    parts, parameters = ["1"], list[str]()
    told = (
        ("id < ?", before),
        ("clerk = ?", wanted.clerk),
        ("at >= ?", wanted.begin),
        (
            "at < ?",
            f"{wanted.end}U" if wanted.end else "",
        ),  # after every time of the day, which begins with T
    )
    for part, value in told:
        if value:
            parts.append(part)
            parameters.append(value)
    if wanted.kinds:
        parts.append(f"kind IN ({', '.join('?' * len(wanted.kinds))})")
        parameters += wanted.kinds
    return " AND ".join(parts), tuple(parameters)


def clerks(db: Database) -> list[str]:
    """Everybody who did anything, by name."""
    sql = (  # from one name to the next along the index, instead of reading all
        "WITH RECURSIVE named(clerk) AS (SELECT min(clerk) FROM operations UNION ALL "
        "SELECT (SELECT min(o.clerk) FROM operations o WHERE o.clerk > named.clerk) FROM named "
        "WHERE named.clerk IS NOT NULL) SELECT clerk FROM named WHERE clerk IS NOT NULL"
    )
    return [str(row[0]) for row in db.rows(sql)]


def kinds(db: Database) -> list[str]:
    """The kinds of all operations."""
    return [str(row[0]) for row in db.rows("SELECT DISTINCT kind FROM operations ORDER BY kind")]


def has_acted(db: Database, clerk: str) -> bool:
    """Whether anything stands under this name."""
    return db.one("SELECT 1 FROM operations WHERE clerk = ? LIMIT 1", (clerk,)) is not None


def touched(
    db: Database, operation: str, ledgers: Sequence[str], most: int, first: int = 1_000_000
) -> dict[str, list[str]]:
    """The records of these ledgers that an operation touched, by ledger; so many of each, of its `first` rows."""
    marks = ", ".join("?" * len(ledgers))
    sql = (
        "SELECT DISTINCT ledger, uid FROM "
        "(SELECT ledger, uid FROM history WHERE operation = ? ORDER BY rowid LIMIT ?) "
        f"WHERE ledger IN ({marks})"
    )
    found: dict[str, list[str]] = {}
    for ledger, uid in db.rows(sql, (operation, first, *ledgers)):
        several = found.setdefault(str(ledger), [])
        if len(several) < most:
            several.append(str(uid))
    return found
