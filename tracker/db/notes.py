"""A small file of notes beside copies, under the same password as they: what is slow to look up again. It may be lost.

Whatever is wrong with it (another password meanwhile, damage, a read-only folder), it is made anew or done without.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from tracker.db import snapshots
from tracker.db.database import Database, open_file
from tracker.errors import FileProblem


def read(path: Path, key: str | None) -> dict[str, str]:
    """All notes, by name; none where they cannot be read."""
    if not path.is_file():
        return {}
    try:
        with closing(open_file(path, readonly=True, key=key)) as db:
            # None where it was killed before.
            begun = db.one("SELECT 1 FROM sqlite_master WHERE name = 'notes'")
            return dict(db.rows("SELECT name, text FROM notes")) if begun else {}
    except FileProblem:
        return {}


def write(path: Path, key: str | None, notes: Mapping[str, str], mode: int) -> None:
    """Have these be all notes, where the folder lets us."""
    with suppress(FileProblem, OSError):
        if not _put(path, key, notes):
            snapshots.remove(path)
            snapshots.begin(path, mode)
            _put(path, key, notes)


def _put(path: Path, key: str | None, notes: Mapping[str, str]) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(open_file(path, key=key, create=path.stat().st_size == 0)) as db:
            _replace(db, notes)
    except FileProblem:
        return False
    return True


def _replace(db: Database, notes: Mapping[str, str]) -> None:
    with db.atomic():
        db.run("CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT")
        db.run("DELETE FROM notes")
        db.run_many("INSERT INTO notes VALUES (?, ?)", list(notes.items()))
