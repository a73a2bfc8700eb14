"""Giving a data file a password, another one or none: a verified new file takes the place of the old one.

All three go one way (SQLCipher's `sqlcipher_export`), because only that turns plain pages into encrypted ones and back,
and because a kill at any moment leaves either the old file or the new one, whole: nothing is rewritten in place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from tracker.db import keys, snapshots
from tracker.db.database import JOURNAL, MARKS, PAGE_BYTES, Database, in_use, open_file, told
from tracker.errors import FileProblem, told_of
from tracker.i18n import _

Facts = tuple[object, ...]
REPLACES_OPEN = os.name != "nt"
"""Whether the system lets a file be replaced that is open."""


def recode(
    path: Path,
    old: str | None,
    new: str | None,
    finish: Callable[[Path], object] = lambda made: None,
    step: Callable[[], object] = lambda: None,
) -> None:
    """Write a file anew under another key (None: plain); nobody may have it open.

    `finish` may still add to the new file, of which a copy whole in every respect was made, before it takes the old
    one's place. `step` is called between steps and may raise to stop; until the end the old file is what it was.
    Raises FileProblem where the file is in use, that or OSError where the disk refuses, WrongPassword where `old` does
    not open it.
    """
    snapshots.clear_left(path)
    with (
        told(path),
        alone(path, old) as db,
        snapshots.fresh(path, snapshots.mode_of(path)) as made,
        told_of(path, made),
    ):
        as_it_was = _state(path)
        step()
        _export(db, made, new)
        step()
        _compare(db, made, new)
        step()
        finish(made)
        _fold(made, new)
        snapshots.sync(made)
        let_replace(db)
        if _state(path) != as_it_was:
            raise in_use(path)


def opens(path: Path, password: str) -> bool:
    """Whether SQLCipher itself opens a file by a password, without any step of ours.

    It may have to play back what a killed process has left, which reading only could not.
    """
    quoted = password.replace("'", "''")
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with closing(dbapi2.connect(uri, uri=True)) as connection:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = '{quoted}'")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError:
            return False
    return True


def opened_by(path: Path, key: str | None) -> bool:
    """Whether a key opens a file that has one."""
    if not keys.is_encrypted(path):
        return False
    try:
        open_file(path, readonly=True, key=key).close()
    except (FileProblem, OSError):
        return False
    return True


@contextmanager
def alone(path: Path, key: str | None) -> Iterator[Database]:
    """A file that nobody else can read or write for the time of the block, its log folded in, so that it may be
    replaced: who would add to it meanwhile waits, and then finds the other one (`open_file`). Raises FileInUse."""
    with closing(open_file(path, key=key)) as db:
        _hold(db)
        yield db


def let_replace(db: Database) -> None:
    """Just before a file that is held `alone` is replaced: see that it still is what was copied. Raises FileInUse."""
    if not REPLACES_OPEN:  # so for a moment anybody may have it
        db.close()
    if db.is_elsewhere() or _beside(db.path):
        raise in_use(db.path)


def _hold(db: Database) -> None:
    """Fold the log into the file, and let nobody else read or write it until the connection is closed."""
    with told(db.path):
        db.connection.execute("PRAGMA journal_mode = DELETE")
        # Only now: with it a journal would stay until the end.
        db.connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.connection.execute("BEGIN EXCLUSIVE")
        db.connection.execute("COMMIT")
        mode = db.connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "delete":
        raise in_use(db.path)
    journal = db.path.with_name(f"{db.path.name}{JOURNAL}")
    # Of someone killed, and of no use: SQLite has looked at it before it locked.
    journal.unlink(missing_ok=True)


def _export(db: Database, made: Path, key: str | None) -> None:
    """Write all tables, indexes and triggers into a new file under a key."""
    numbers = {name: db.rows(f"PRAGMA main.{name}")[0][0] for name in ("user_version", "application_id")}
    with told(made):
        run = db.connection.execute
        run("PRAGMA foreign_keys = OFF")
        run("ATTACH DATABASE ? AS made KEY ?", (f"{made.absolute().as_uri()}?mode=rwc", key or ""))
        if key is None:
            run(f"PRAGMA made.page_size = {PAGE_BYTES}")
        run("BEGIN")
        run("SELECT sqlcipher_export('made')").fetchall()
        run("COMMIT")
        for name, number in numbers.items():
            run(f"PRAGMA made.{name} = {int(number)}")
        run("DETACH DATABASE made")


def _compare(db: Database, made: Path, key: str | None) -> None:
    """Raise FileProblem unless the new file is sound and holds all that the old one does."""
    with closing(open_file(made, readonly=True, key=key)) as copy:
        if snapshots.first_fault(copy) or _facts(copy) != _facts(db):
            raise FileProblem(
                _("The copy {path} is not whole and was removed; check the disk.").format(path=made)
            )


def _facts(db: Database) -> tuple[Facts, ...]:
    """What two copies have in common: numbers of the header, declarations, and rows of each table."""
    header = [db.rows(f"PRAGMA {name}")[0] for name in ("user_version", "application_id", "encoding")]
    declared = db.rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return (*header, *declared, *snapshots.counts(db).items())


def _fold(made: Path, key: str | None) -> None:
    """Leave one file, without a log that would have to be renamed with it."""
    with closing(open_file(made, key=key)) as db, told(made):
        db.connection.execute("PRAGMA journal_mode = DELETE")


def _state(path: Path) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _beside(path: Path) -> bool:
    """Whether someone keeps a log beside the file, which would be taken for the new one's."""
    return any(path.with_name(path.name + mark).exists() for mark in MARKS)
