"""One data file: opened, kept consistent and closed whole."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlcipher3 import dbapi2

from tracker.db import keys, places, room
from tracker.errors import (
    Cancelled,
    DamagedFile,
    DiskFull,
    FileInUse,
    FileProblem,
    FrozenRecords,
    NotOurs,
    PasswordNeeded,
    ReadOnlyFile,
    UnfinishedFile,
    WrongPassword,
)
from tracker.i18n import N_, _
from tracker.schema.catalogue import Catalogue

Row = tuple[Any, ...]
BUSY_SECONDS = 5.0
WRITER_CACHE, READER_CACHE = 32_768, 8_192  # KiB
PAGE_BYTES = 8_192
"""Of a new file; a scan of an index in twice as large pages takes a quarter less time."""

LOG, JOURNAL = "-wal", "-journal"
"""What SQLite leaves beside a file that has still to come into it."""
MARKS = (LOG, room.INDEX, JOURNAL)
"""All that SQLite leaves beside a file; the index of its log is made anew where it is missing."""
FROZEN = "frozen"
"""Begins what a trigger says that guards what frozen figures count."""


class Database:
    """A connection to a data file. Use `open_file`; `raw` is the same connection for sqlite-utils."""

    def __init__(self, path: Path, connection: Any, readonly: bool, key: str | None = None) -> None:
        self.path = path
        self.key = key
        """The raw key of a file with a password (`tracker/db/keys.py`), None for a plain one."""
        self.readonly = readonly
        self.refusal = ""
        """Why nothing may be written, in a sentence, where it is open for reading only."""
        self.connection = connection
        self.raw = sqlite_utils.Database(connection, execute_plugins=False)
        self._file = _which(path)
        self.catalogue = Catalogue()
        """What the file's office records and computes; set by whoever opens the file."""
        self.damaged = False
        """Whether it was found to be: nothing more is written to it, and the next opening looks through all of it."""
        self.before_writing: Callable[[], object] | None = None
        """Called before a transaction that writes begins, in the thread of who writes; `operations.backups` uses it."""

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

    def compiles(self, sql: str) -> bool:
        """Whether SQLite understands a statement, which is not run."""
        try:
            self.connection.execute(f"EXPLAIN {sql}").close()
        except dbapi2.Error:
            return False
        return True

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """One statement that changes something; inside `atomic` only."""
        with told(self.path):
            self.connection.execute(sql, parameters)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for many rows; inside `atomic` only."""
        with told(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def atomic(self, *, derived: bool = False) -> Iterator[None]:
        """All changes inside or none; holds the file for writing from the start. Nested ones join the outer one.

        What is only `derived` from what is stored is no reason to back up first.
        Raises ReadOnlyFile with the `refusal` of a file that is open for reading only, DamagedFile for one known to be
        so, FileProblem for one that is no longer where it was.
        """
        if self.refusal:
            raise ReadOnlyFile(self.refusal)
        with told(self.path):
            if self.connection.in_transaction:
                with self.raw.atomic():
                    yield
                return
            if self.damaged:
                raise found_damaged(self.path)
            if self.before_writing and not derived:
                self.before_writing()
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_elsewhere()
                yield
                self._refuse_elsewhere()
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def is_elsewhere(self) -> bool:
        """Whether another file, or none, has the name by now by which this one was opened."""
        return _which(self.path) != self._file

    def _refuse_elsewhere(self) -> None:
        """Raise FileProblem where the file was moved, deleted or replaced: nobody would look where it is written."""
        if self.is_elsewhere():
            text = _(
                "{path} was moved, deleted or replaced while it was open; nothing was saved. Put it back, then save."
            )
            raise FileProblem(text.format(path=self.path))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever other connections write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        with told(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:  # else a fault has ended it
                self.connection.execute("ROLLBACK")

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """What is computed inside raises `Cancelled` once it has taken so long."""
        end = time.monotonic() + seconds
        self.connection.set_progress_handler(lambda: int(time.monotonic() > end), 2000)
        try:
            yield
        finally:
            self.connection.set_progress_handler(None, 0)

    def interrupt(self) -> None:
        """Stop what the connection is computing, from another thread; it raises `Cancelled` there."""
        self.connection.interrupt()

    def keep_log(self) -> None:
        """Write through a log beside the file from now on; only once it is known to be ours, since this changes it.

        On another computer's disk, where a log cannot be shared, through a journal that is gone after each change.
        """
        served = places.of(self.path) is places.Place.NETWORK
        with told(self.path):
            self.connection.execute(f"PRAGMA journal_mode = {'DELETE' if served else 'WAL'}")
            self.connection.execute(f"PRAGMA synchronous = {'EXTRA' if served else 'FULL'}")

    def copy_to(self, path: Path) -> None:
        """Write all that the file holds at this moment into a new one, under the same password."""
        try:
            with told(self.path):
                self.connection.execute("PRAGMA query_only = OFF")
                try:
                    self.connection.execute("VACUUM INTO ?", (str(path),))
                finally:
                    if self.readonly:
                        self.connection.execute("PRAGMA query_only = ON")
        except DiskFull as wrong:
            text = _("The disk is full; {path} was not written. Free some space and try again.")
            raise DiskFull(text.format(path=path), path) from wrong

    def reopen(self, key: str | None) -> None:
        """Go on after `close` with a new connection, the file being where it was. Raises as `open_file` does."""
        fresh = open_file(self.path, readonly=self.readonly, key=key)
        self.connection, self.raw, self.key, self._file = fresh.connection, fresh.raw, fresh.key, fresh._file
        if not self.readonly:
            self.keep_log()

    def forget(self) -> None:
        """Close, and keep nothing that opens the file; what reads it until `reopen` is refused in a sentence."""
        self.close()
        self.key = None

    def close(self) -> None:
        """Close; the writing connection first folds the log into the file, so that the one file is whole.

        Where the file is damaged nothing is written to it, and the log stays beside it for who rescues both.
        """
        if self.readonly:
            self.connection.close()
            _take_away_empty(self)
        elif self.damaged:
            with _read_by_another(self):  # else SQLite folds it in itself
                self.connection.close()
        else:
            with suppress(dbapi2.Error):  # someone still reads: the log stays and is read at the next opening
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.connection.close()


def open_file(
    path: Path,
    *,
    readonly: bool = False,
    create: bool = False,
    key: str | None = None,
) -> Database:
    """Open a data file, with `create` a new one. `key` is its password or recovery key, and of no use to a plain one.

    With `readonly` the file stays as it is to the end, and so does what lies beside it: its log is not folded into it.
    Whoever keeps it open so for long should ask `room.lacks` before: on a full disk nothing that others write is seen.

    Raises FileProblem for a file that is missing, not ours, locked or cannot be written, PasswordNeeded (WrongPassword)
    for one that cannot be read without (with) the key; UnfinishedFile for one that only playing back a journal, which
    would be writing, makes fit to be read.
    """
    must_be_text(path)
    if path.is_dir() or not create:
        must_be_file(path)
    if create and not path.parent.is_dir():
        raise FileProblem(
            _("There is no folder {path}; make it first or choose another.").format(path=path.parent)
        )
    if not create and not readonly and not os.access(path, os.W_OK):
        raise ReadOnlyFile(
            _("The data file {path} is read-only; make it writable or copy it elsewhere.").format(path=path)
        )
    raw = raw_key(path, key, create=create)
    mode = reading_mode(path) if readonly else "rwc" if create else "rw"
    if not create and "immutable" not in mode:
        room.refuse_full(path)
    which = _which(path)
    with told(path, locked=raw is not None):
        connection = _connected(path, mode, BUSY_SECONDS)
        try:
            if create and raw is None:
                connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            _prepare(connection, readonly, raw)
        except dbapi2.Error as wrong:
            connection.close()
            if readonly and "readonly" in str(wrong) and lies_beside(path, JOURNAL):
                text = _(
                    "{path} was left in the middle of a change, and cannot be read before that is undone."
                )
                raise UnfinishedFile(text.format(path=path)) from wrong
            raise
    if which and which != _which(path):  # exchanged while we waited for who exchanged it
        connection.close()
        return open_file(path, readonly=readonly, create=create, key=key)
    return Database(path, connection, readonly, raw)


def must_be_file(path: Path) -> None:
    """Raise FileProblem for a folder, a name that is no text, and where there is nothing."""
    must_be_text(path)
    if path.is_dir():
        raise FileProblem(_("{path} is a folder; name a file in it.").format(path=path))
    if not path.is_file():
        raise FileProblem(_("There is no data file {path}; check the name, or make one.").format(path=path))


def must_be_text(path: Path) -> None:
    """Raise FileProblem for a name in another encoding, as archives from Windows leave it on Linux: neither SQLite nor
    the history can be told of it."""
    name = str(path.absolute())
    shown = name.encode(errors="replace").decode()
    if shown != name:
        text = _(
            "The name {path} has characters that cannot be read; rename it, or the folder it is in, and try again."
        )
        raise FileProblem(text.format(path=shown))


def _connected(path: Path, mode: str, wait: float) -> Any:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return dbapi2.connect(uri, uri=True, timeout=wait, check_same_thread=False)


def lies_beside(path: Path, mark: str) -> bool:
    """Whether SQLite has left its `LOG` or `JOURNAL` beside a file, and not empty."""
    try:
        return path.with_name(f"{path.name}{mark}").stat().st_size > 0
    except OSError:
        return False


def _is_new(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


def raw_key(path: Path, key: str | None, *, create: bool = False) -> str | None:
    """The raw key of a file, None where it needs none; made of a password it takes a while, of itself none.

    Raises PasswordNeeded where there is none, WrongPassword for a recovery key that was mistyped or is another file's.
    """
    encrypted = keys.is_encrypted(path)
    if encrypted and not key:
        text = _("{path} has a password, or is not a Case Tracker file; give its password or recovery key.")
        raise PasswordNeeded(text.format(path=path))
    return keys.raw(path, key) if key and (encrypted or (create and _is_new(path))) else None


def _which(path: Path) -> tuple[int, int] | None:
    """Which file it is that has this name now; None where none has."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


def reading_mode(path: Path) -> str:
    """The mode for reading: SQLite keeps the log's index beside the file, and needs none where nobody can write, or for
    lack of room nobody has the file open and its log is empty."""
    log = path.with_name(f"{path.name}{LOG}")
    if lies_beside(path, JOURNAL) or lies_beside(path, LOG):
        return "ro"
    if room.lacks(path) or not (os.access(path.parent, os.W_OK) or log.exists()):
        return "ro&immutable=1"
    return "ro"


@contextmanager
def _read_by_another(db: Database) -> Iterator[None]:
    """One more connection has the file open, as far as it can still be read, and is still there."""
    with ExitStack() as stack:
        with suppress(dbapi2.Error, UnicodeDecodeError):
            _prepare(stack.enter_context(closing(_connected(db.path, "ro", 0))), True, db.key)
        yield


def _take_away_empty(db: Database) -> None:
    """The empty log that reading has made beside a file: only who may write clears it away, and SQLite knows when."""
    log = db.path.with_name(f"{db.path.name}{LOG}")
    if not log.exists() or any(lies_beside(db.path, mark) for mark in (LOG, JOURNAL)) or room.lacks(db.path):
        return
    with suppress(
        dbapi2.Error, UnicodeDecodeError
    ):  # of someone who is writing, where we may not, or damaged
        connection = _connected(db.path, "rw", 0)
        try:
            _prepare(connection, False, db.key)
        finally:
            connection.close()


def _prepare(connection: Any, readonly: bool, key: str | None) -> None:
    if key is not None:
        # Else each wrong password is told on standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key}"')
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA cache_size = -{READER_CACHE if readonly else WRITER_CACHE}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if readonly:
        connection.execute("PRAGMA query_only = ON")


@contextmanager
def told(path: Path, *, locked: bool = False) -> Iterator[None]:
    """Turn the environment's faults (disk full, locked, read-only, damaged) into a FileProblem; let bugs through.

    With `locked` a file that is opened by a password cannot be read where the password is not its own.
    """
    try:
        yield
    except dbapi2.Error as wrong:
        if locked and str(wrong) in _UNREADABLE:
            text = _("This is neither the password of {path} nor its recovery key; nothing was changed.")
            raise WrongPassword(text.format(path=path)) from None
        sentence = _sentence(str(wrong))
        if "disk is full" in str(wrong):
            raise room.full(path) from wrong
        if str(wrong) == "interrupted":
            raise Cancelled from wrong
        if str(wrong).startswith(FROZEN):
            text = _("Frozen figures count records that would change; give the reason for it in writing.")
            raise FrozenRecords((), text) from wrong
        if sentence is None:
            raise
        raise _kind(str(wrong))(_(sentence).format(path=path), path) from wrong
    except UnicodeDecodeError as wrong:  # in what SQLite itself tells of a damaged file
        raise damaged(path) from wrong


def damaged(path: Path) -> DamagedFile:
    """What is raised of a file that turned out to be damaged as it was opened or read."""
    return DamagedFile(_(_DAMAGED).format(path=path), path)


def found_damaged(path: Path) -> DamagedFile:
    """What is raised of a file that turned out to be damaged while it was open."""
    text = _(
        "{path} is damaged, and nothing more is written to it. Close it and open it again: "
        "then a backup is offered, or what can be read is rescued."
    )
    return DamagedFile(text.format(path=path), path)


def in_use(path: Path) -> FileInUse:
    """What is raised where another program has the file open."""
    return FileInUse(_(_IN_USE).format(path=path))


def _sentence(fault: str) -> str | None:
    """What the driver's message means to a clerk, as a message id; None where it is a fault of the program."""
    return next((text for words, text in _FAULTS.items() if words in fault), None)


def _kind(fault: str) -> type[FileProblem]:
    if _sentence(fault) == _DAMAGED:
        return DamagedFile
    if _sentence(fault) == _NOT_OURS:
        return NotOurs
    return FileInUse if "locked" in fault else FileProblem


_NOT_OURS = N_(
    "{path} is not a Case Tracker file, is damaged, or needs its password; open another file or a backup."
)
_DAMAGED = N_("{path} is damaged and nothing was written to it. Open a backup, or rescue what can be read.")
_IN_USE = N_("The data file {path} is in use by another program; close that one and try again.")
_UNREADABLE = ("file is not a database", "file is encrypted")
_FAULTS = {
    "file is not a database": _NOT_OURS,
    "file is encrypted": _NOT_OURS,
    "malformed": _DAMAGED,
    "fts5 file format": _DAMAGED,
    "fts5: corrupt": _DAMAGED,
    "Could not decode": _DAMAGED,
    "vtable constructor failed": _DAMAGED,  # the pages of a search index
    "locked": _IN_USE,
    "readonly": N_("The data file {path} cannot be written; make it and its folder writable."),
    "closed database": N_("{path} is locked; give its password first."),
    "integer overflow": N_(
        "The numbers in {path} add up to more than can be counted; correct those that cannot be true."
    ),
    "disk I/O": N_("The disk of {path} reports an error; nothing was saved. Check the disk and try again."),
    "unable to open": N_(
        "The data file {path} cannot be opened; check that it and its folder may be read and written."
    ),
}
"""Words in SQLite's messages, and what to say instead."""
