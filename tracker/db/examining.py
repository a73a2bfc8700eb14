"""Whether a file is whole, found out without writing to it, not even its log into it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from tracker.db import room
from tracker.db.database import JOURNAL, LOG, Database, lies_beside, open_file, told
from tracker.db.snapshots import private
from tracker.errors import FULL, DamagedFile, DiskFull, FileProblem, UnfinishedFile, told_of
from tracker.i18n import _

SMALL = 8 * 2**20
"""Up to so many bytes every page is looked at each time, which takes about a tenth of a second."""
_WHERE = re.compile(r"\bWHERE\b", re.IGNORECASE)
STEPS = 20_000
"""So many of SQLite's steps between two questions whether to stop."""


def faults(
    path: Path, key: str | None = None, *, whole: bool = False, stop: Callable[[], object] = lambda: None
) -> tuple[str, ...]:
    """What SQLite finds wrong with a file, in its words; empty where that is nothing.

    With `whole`, or in a small file, every page and index is looked at; else the file's length and both ends of every
    table and index. `stop` is called now and then, and may raise to end it. Raises FileProblem for a file that cannot
    be opened at all.
    """
    with reading(path, key) as db:
        raised: list[BaseException] = []

        def ask() -> int:
            try:
                stop()
            except BaseException as wish:  # noqa: BLE001 (told once SQLite has let go)
                raised.append(wish)
            return int(bool(raised))

        db.connection.set_progress_handler(ask, STEPS)
        try:
            return _found(db, whole)
        except BaseException as wrong:
            if raised:
                raise raised[0] from None
            if isinstance(wrong, DamagedFile):
                return (str(wrong),)
            raise
        finally:
            db.connection.set_progress_handler(None, 0)


@contextmanager
def reading(path: Path, key: str | None, beside: Path | None = None) -> Iterator[Database]:
    """A file open for reading, however its last writer left it, and untouched.

    Where a journal is still to be played back, SQLite does that in a private copy beside the file, or `beside` another;
    where a log cannot be read for lack of room beside it, in one among the system's temporary files.
    """
    with ExitStack() as stack:
        try:
            db = open_file(path, readonly=True, key=key)
        except UnfinishedFile:
            copy = stack.enter_context(_settled(path, key, beside or path))
            db = open_file(copy, readonly=True, key=key)
        except DiskFull as full:
            try:
                copy = stack.enter_context(_settled(path, key, Path(tempfile.gettempdir(), path.name)))
                db = open_file(copy, readonly=True, key=key)
            except DiskFull:
                raise full from None
        yield stack.enter_context(closing(db))


@contextmanager
def _settled(path: Path, key: str | None, beside: Path) -> Iterator[Path]:
    """A copy of a file with its journal or log, in which that is played back."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(private(beside))
            copy = folder / path.name
            for mark in ("", *(mark for mark in (LOG, JOURNAL) if lies_beside(path, mark))):
                shutil.copyfile(f"{path}{mark}", f"{copy}{mark}")
            with told_of(path, copy, beside):
                open_file(copy, key=key).close()
        except OSError as wrong:
            raise _fault(wrong, path, beside) from wrong
        yield copy


def _fault(wrong: OSError, path: Path, beside: Path) -> FileProblem:
    """Of a file that cannot be copied beside another one."""
    if wrong.errno in FULL:
        return room.full(beside)
    text = _("The disk of {path} reports an error; nothing was saved. Check the disk and try again.")
    return FileProblem(text.format(path=path))


def _found(db: Database, whole: bool) -> tuple[str, ...]:
    size = db.path.stat().st_size
    if whole:
        return _asked(db, "integrity_check(20)")
    if size <= SMALL:
        return _asked(db, "quick_check(5)")
    # SQLCipher: a text.
    pages, page = (int(db.rows(f"PRAGMA {name}")[0][0]) for name in ("page_count", "page_size"))
    if size < pages * page and not lies_beside(db.path, LOG):
        return (_("{missing} bytes are missing at its end").format(missing=f"{pages * page - size:,}"),)
    _ends(db)
    return ()


def _asked(db: Database, pragma: str) -> tuple[str, ...]:
    return tuple(str(said) for (said,) in db.rows(f"PRAGMA {pragma}") if said != "ok")


def _ends(db: Database) -> None:
    """Read the first and the last entry of every table and index; raises DamagedFile where a page cannot be."""
    with told(db.path):
        tables = db.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 "
            "AND sql NOT LIKE '%WITHOUT ROWID%'"
        )
        for (name,) in tables:
            for order in ("", " DESC"):
                db.rows(f'SELECT * FROM "{name}" ORDER BY rowid{order} LIMIT 1')
        indexes = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        for name, table, sql in db.rows(indexes):
            found = _WHERE.search(sql)
            some = sql[found.start() :] if found else ""  # of some records only: asked for those it is used
            with suppress(dbapi2.OperationalError):  # one of no program of ours, refused by its words later
                db.rows(f'SELECT 1 FROM "{table}" INDEXED BY "{name}" {some} LIMIT 1')
