"""Copies of a data file: made whole, verified and synced before they take their name; and what each holds."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.db.database import Database, open_file
from tracker.errors import FileProblem
from tracker.i18n import _

PART = ".part"
"""How the names end of what is not whole yet, beside the file that it is for: `.NAME.….part`."""
MARKS = ("-wal", "-shm", "-journal")
"""What SQLite leaves beside a file."""


@dataclass(frozen=True)
class Holding:
    """What a copy holds: records by ledger, and the last change with who made it."""

    records: dict[str, int]
    changed_at: str
    changed_by: str


def write(db: Database, path: Path) -> None:
    """Copy all that the file holds at this moment to a name that is not there yet, under the same password.

    Raises FileProblem, and leaves nothing, where the copy is not whole in every respect.
    """
    with fresh(path) as made:
        with db.snapshot():
            before = counts(db)
        db.copy_to(made)
        with closing(open_file(made, readonly=True, key=db.key)) as copy:
            faults = [row[0] for row in copy.rows("PRAGMA integrity_check(1)") if row[0] != "ok"]
            after = counts(copy)
        if faults or any(after.get(name, -1) < n for name, n in before.items()):
            raise FileProblem(
                _("The copy {path} is not whole and was removed; check the disk.").format(path=path)
            )


@contextmanager
def fresh(path: Path) -> Iterator[Path]:
    """A name beside `path` for a database, synced and renamed to it at the end, or taken away where the block fails."""
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        yield made
        sync(made)
        os.replace(made, path)
        sync(path.parent)
    finally:
        for mark in ("", *MARKS):
            with suppress(OSError):
                made.with_name(made.name + mark).unlink(missing_ok=True)


def clear_left(path: Path) -> None:
    """Take away what is not whole and was left beside a file by whoever was killed; only while the file is held."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{PART}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or which names a folder has (where the system can)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def counts(db: Database) -> dict[str, int]:
    """How many rows each of the file's own tables has."""
    names = [
        name
        for (name,) in db.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT GLOB '*_search*' ORDER BY name"
        )
    ]
    return {name: int(db.rows(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names}


def holding(db: Database) -> Holding:
    """What the file holds, for whoever chooses among copies."""
    records = {
        ledger.name: int(db.rows(f"SELECT count(*) FROM {ledger.name} WHERE binned_at IS NULL")[0][0])
        for ledger in db.catalogue.ledgers
    }
    row = db.one("SELECT at, clerk FROM operations ORDER BY id DESC LIMIT 1")
    return Holding(records, *(map(str, row) if row else ("", "")))
