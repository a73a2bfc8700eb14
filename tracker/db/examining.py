"""Whether a file is whole, found out without writing to it, not even its log into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tracker.db.database import Database, open_file, told
from tracker.db.snapshots import private
from tracker.errors import FileProblem
from tracker.i18n import _

SMALL = 8 * 2**20
"""Up to so many bytes every page is looked at each time, which takes about a tenth of a second."""
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
    with (
        _settled(path, key) as settled,
        closing(open_file(settled, readonly=True, key=key, untouched=True)) as db,
    ):
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
        except BaseException:
            if raised:
                raise raised[0] from None
            raise
        finally:
            db.connection.set_progress_handler(None, 0)


@contextmanager
def _settled(path: Path, key: str | None) -> Iterator[Path]:
    """The file; where its journal is still to be played back, a private copy in which SQLite does that."""
    journal = path.with_name(f"{path.name}-journal")
    if not (journal.exists() and journal.stat().st_size):
        yield path
        return
    try:
        with private(path) as folder:
            for each in (path, journal):
                shutil.copyfile(each, folder / each.name)
            open_file(folder / path.name, key=key).close()
            yield folder / path.name
    except OSError as wrong:
        text = _("The disk of {path} reports an error; nothing was saved. Check the disk and try again.")
        raise FileProblem(text.format(path=path)) from wrong


def _found(db: Database, whole: bool) -> tuple[str, ...]:
    size = db.path.stat().st_size
    if whole:
        return _asked(db, "integrity_check(20)")
    if size <= SMALL:
        return _asked(db, "quick_check(5)")
    pages, page = (
        int(db.rows(f"PRAGMA {name}")[0][0]) for name in ("page_count", "page_size")
    )  # SQLCipher: a text
    log = db.path.with_name(f"{db.path.name}-wal")
    if size < pages * page and not (log.exists() and log.stat().st_size):
        return (_("{missing} bytes are missing at its end").format(missing=f"{pages * page - size:,}"),)
    _ends(db)
    return ()


def _asked(db: Database, pragma: str) -> tuple[str, ...]:
    return tuple(str(said) for (said,) in db.rows(f"PRAGMA {pragma}") if said != "ok")


def _ends(db: Database) -> None:
    """Read the first and the last entry of every table and index; raises FileProblem where a page cannot be."""
    with told(db.path):
        tables = db.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 "
            "AND sql NOT LIKE '%WITHOUT ROWID%'"
        )
        for (name,) in tables:
            for order in ("", " DESC"):
                db.rows(f'SELECT * FROM "{name}" ORDER BY rowid{order} LIMIT 1')
        for name, table in db.rows(
            "SELECT name, tbl_name FROM sqlite_master "
            "WHERE type = 'index' AND sql IS NOT NULL AND upper(sql) NOT LIKE '% WHERE %'"
        ):
            db.rows(f'SELECT 1 FROM "{table}" INDEXED BY "{name}" LIMIT 1')
