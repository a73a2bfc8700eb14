"""One data file: opened, kept consistent and closed whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlcipher3 import dbapi2

from tracker.errors import Cancelled, FileProblem
from tracker.i18n import _

Row = tuple[Any, ...]
BUSY_SECONDS = 5.0


class Database:
    """A connection to a data file. Use `open_file`; `raw` is the same connection for sqlite-utils."""

    def __init__(self, path: Path, connection: Any, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self.connection = connection
        self.raw = sqlite_utils.Database(connection, execute_plugins=False)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with told(self.path):
            return self.connection.execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def each(self, sql: str, parameters: Sequence[object] = (), at_once: int = 500) -> Iterator[Row]:
        """Rows of a query, fetched as they are taken, so that memory stays flat."""
        with told(self.path):
            cursor = self.connection.execute(sql, parameters)
            while batch := cursor.fetchmany(at_once):
                yield from batch

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, None where there is none."""
        with told(self.path):
            return self.connection.execute(sql, parameters).fetchone()  # type: ignore[no-any-return]

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """One statement that changes something; inside `atomic` only."""
        with told(self.path):
            self.connection.execute(sql, parameters)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for many rows; inside `atomic` only."""
        with told(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All changes inside or none; holds the file for writing from the start. Nested ones join the outer one."""
        with told(self.path):
            if self.connection.in_transaction:
                with self.raw.atomic():
                    yield
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def interrupt(self) -> None:
        """Stop what the connection is computing, from another thread; it raises `Cancelled` there."""
        self.connection.interrupt()

    def close(self) -> None:
        """Close; the writing connection first folds the log into the file, so that the one file is whole."""
        if not self.readonly:
            try:
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except dbapi2.Error:
                pass  # someone still reads: the log stays beside the file and is read at the next opening
        self.connection.close()


def open_file(path: Path, *, readonly: bool = False, create: bool = False, key: str | None = None) -> Database:
    """Open a data file, with `create` a new one. `key` is the file's password.

    Raises FileProblem for a file that is missing, not ours, locked or cannot be written.
    """
    if not create and not path.is_file():
        raise FileProblem(_("There is no data file {path}; check the name, or make one.").format(path=path))
    if create and not path.parent.is_dir():
        raise FileProblem(_("There is no folder {path}; make it first or choose another.").format(path=path.parent))
    if not create and not readonly and not os.access(path, os.W_OK):
        raise FileProblem(_("The data file {path} is read-only; make it writable or copy it elsewhere.").format(path=path))
    mode = "ro" if readonly else "rwc" if create else "rw"
    with told(path):
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
        )
        try:
            _prepare(connection, readonly, key)
        except dbapi2.Error:
            connection.close()
            raise
    return Database(path, connection, readonly)


def _prepare(connection: Any, readonly: bool, key: str | None) -> None:
    if key is not None:
        quoted = key.replace("'", "''")
        connection.execute(f"PRAGMA key = '{quoted}'")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if readonly:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the environment's faults (disk full, locked, read-only, damaged) into a FileProblem; let bugs through."""
    try:
        yield
    except dbapi2.Error as wrong:
        sentence = _sentence(str(wrong))
        if str(wrong) == "interrupted":
            raise Cancelled from wrong
        if sentence is None:
            raise
        raise FileProblem(sentence.format(path=path)) from wrong


def _sentence(fault: str) -> str | None:
    """What the driver's message means to a clerk; None where it is a fault of the program."""
    known = {
        "file is not a database": _("{path} is not a Case Tracker file, is damaged, or needs its password; open another file or a backup."),
        "file is encrypted": _("{path} is not a Case Tracker file, is damaged, or needs its password; open another file or a backup."),
        "malformed": _("The data file {path} is damaged; nothing was changed. Open a backup."),
        "locked": _("The data file {path} is in use by another program; close that one and try again."),
        "readonly": _("The data file {path} cannot be written; make it and its folder writable."),
        "disk is full": _("The disk of {path} is full; nothing was saved. Free some space and try again."),
        "disk I/O": _("The disk of {path} reports an error; nothing was saved. Check the disk and try again."),
        "unable to open": _("The data file {path} cannot be opened; check that it and its folder may be read and written."),
    }
    return next((text for words, text in known.items() if words in fault), None)
