"""Copies of a data file: made whole, verified and synced before they take their name; and what each holds.

The steps of `write`, so that it is clear what a kill leaves after each: (1) an empty file under a temporary name beside
the wanted one, with the permissions of the data file; (2) the copy, by `VACUUM INTO`, under the data file's password;
(3) the copy is opened anew and held against the file: SQLite's whole check, references, rows of every table, heads of
the history; (4) synced, renamed, the folder synced. Until (4) nothing but the temporary name is there.
"""

from __future__ import annotations

import glob
import logging
import os
import re
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.db.database import MARKS, Database, found_damaged, in_use, open_file
from tracker.db.history import heads, newest
from tracker.errors import DamagedFile, FileProblem, told_of
from tracker.i18n import _
from tracker.paths import machine

log = logging.getLogger(__name__)
PART = ".part"
"""How the names end of what is not whole yet, beside the file that it is for: `.NAME.….part`."""
_UNSEEN = ".case-tracker."
CHECK_CACHE = 262_144  # KiB at most; looking up each entry of an index is several times slower with little
_TRIES = 5
Tick = Callable[[int, "int | None"], object]
"""Told of bytes done, of how many; whatever it raises stops the work."""


def _silent(_done: int, _total: int | None) -> None:
    """For who need not be told."""


@dataclass(frozen=True)
class Holding:
    """What a copy holds: records by ledger, the last change with who made it, and where its history stands."""

    records: dict[str, int]
    changed_at: str = ""
    changed_by: str = ""
    heads: str = ""
    newest: str = ""
    """The identifier of the history's last row: of two copies of a file the later one has the greater."""


def write(db: Database, path: Path, tick: Tick = _silent) -> None:
    """Copy all that the file holds at this moment to a name that is not there yet, under the same password.

    Raises FileProblem, and leaves nothing, where the copy is not whole in every respect; DamagedFile, once and for all,
    where that is because the file itself is damaged.
    """
    try:
        with fresh(path, mode_of(db.path)) as made, told_of(path, made):
            _same(db, made, tick)
    except DamagedFile as wrong:
        db.damaged = True
        raise found_damaged(db.path) from wrong


def _same(db: Database, made: Path, tick: Tick) -> None:
    """The copy, made again where another program has written meanwhile."""
    for _try in range(_TRIES):
        before = _state(db)
        made.write_bytes(b"")  # keeps the permissions
        with _told(db, tick, made):
            db.copy_to(made)
        try:
            with closing(open_file(made, readonly=True, key=db.key)) as copy:
                fault = first_fault(copy, tick)
                after = _state(copy)
        except DamagedFile as wrong:
            fault, after = str(wrong), before
        if before[0] != _version(db):
            continue
        if fault or before[1:] != after[1:]:
            with _told(db, tick):
                if db.rows("PRAGMA integrity_check(1)") != [("ok",)]:
                    raise DamagedFile(fault, db.path)
            raise FileProblem(
                _("The copy {path} is not whole and was removed; check the disk.").format(path=made)
            )
        return
    raise in_use(db.path)


def _version(db: Database) -> int:
    """Changes whenever another connection has written."""
    return int(db.rows("PRAGMA data_version")[0][0])


def _state(db: Database) -> tuple[int, dict[str, int], bytes]:
    with db.snapshot():
        return _version(db), counts(db), heads(db)


def first_fault(db: Database, tick: Tick = _silent) -> str:
    """What SQLite finds damaged in a file, empty where it is whole."""
    size = db.path.stat().st_size // 1024
    usual = db.rows("PRAGMA cache_size")[0][0]
    db.run(f"PRAGMA cache_size = -{min(max(size, 2_000), CHECK_CACHE)}")
    try:
        with _told(db, tick):
            said = [str(row[0]) for row in db.rows("PRAGMA integrity_check(1)")]
            orphans = db.rows("PRAGMA foreign_key_check")
    finally:
        db.run(f"PRAGMA cache_size = {usual}")
    return next((one for one in said if one != "ok"), f"{orphans[0][0]} {orphans[0][1]}" if orphans else "")


@contextmanager
def _told(db: Database, tick: Tick, growing: Path | None = None) -> Iterator[None]:
    """Tell of what the connection is at: the bytes of the file that grows by it, or only that it goes on."""
    total = db.path.stat().st_size if growing else None
    raised: list[BaseException] = []

    def step() -> int:
        try:
            tick(growing.stat().st_size if growing else 0, total)
        except BaseException as stop:  # noqa: BLE001 (SQLite lets nothing through but this number)
            raised.append(stop)
        return len(raised)

    connection: Any = db.connection
    connection.set_progress_handler(step, 20_000)
    try:
        yield
    except BaseException:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def part_name(path: Path) -> Path:
    """A name beside a file for what is to take its place; left over, `clear_left` takes it away."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")


def part_folder(path: Path) -> Path:
    """A new folder beside a file that nobody else may look into; left over, `clear_left` takes it away."""
    return Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent))


@contextmanager
def private(path: Path) -> Iterator[Path]:
    """`part_folder`, for the time of the block."""
    folder = part_folder(path)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def unseen(place: Path) -> Iterator[Path]:
    """A folder in another one, for the time of the block, in which a sheet or document is written that is to leave the
    file's protection only once it is whole. What a killed process left there goes first."""
    clear_unseen(place)
    mark = f"{_computer()}.{os.getpid()}.{secrets.token_hex(4)}"
    folder = place / f"{_UNSEEN}{mark}{PART}"
    # Else what is moved out stays closed on Windows.
    folder.mkdir(mode=0o700 if os.name == "posix" else 0o777)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_unseen(place: Path) -> None:
    """Take away what processes of this computer that are no more left of `unseen` in a folder."""
    for left in place.glob(f"{_UNSEEN}{_computer()}.*{PART}"):
        import psutil  # here: it takes 25 ms, and there is hardly ever anything left

        pid = left.name.split(".")[3]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _computer() -> str:
    return f"{zlib.crc32(machine().encode(errors='surrogateescape')):08x}"


@contextmanager
def fresh(path: Path, mode: int | None = None) -> Iterator[Path]:
    """A name beside `path` for a database, synced and renamed to it at the end, or taken away where the block fails.

    With `mode` the file is there from the start, empty, and nobody may read it beyond that.
    """
    made = part_name(path)
    try:
        if mode is not None:
            begin(made, mode)
        yield made
        settle(made, path)
    finally:
        remove(made)


def begin(path: Path, mode: int) -> None:
    """An empty file with these permissions."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    with suppress(OSError):  # a disk that knows no permissions
        path.chmod(mode)


def keep_folder(folder: Path, mode: int) -> None:
    """A folder for copies of a file with these permissions, as closed to others as it; on the disk once it returns."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o777 if mode & 0o077 else 0o700)
        sync(folder.parent)


def mode_of(path: Path) -> int:
    """The permissions of a file, to be those of its copies."""
    return path.stat().st_mode & 0o777


def settle(made: Path, path: Path) -> None:
    """Have the disk hold a file that was made, and then give it its name. Raises OSError where it does not have that.

    Once it has, nothing is raised: whoever is told of a failure counts on the file of before, under its password.
    """
    sync(made)
    os.replace(made, path)
    try:
        sync(path.parent)
    except OSError:
        log.warning("a folder could not be synced after a file in it got its name")


def remove(path: Path) -> None:
    """A file away with what SQLite left beside it."""
    for mark in ("", *MARKS):
        with suppress(OSError):
            path.with_name(path.name + mark).unlink(missing_ok=True)


def again(path: Path, name: Path) -> bool:
    """The same file under another name, without its content twice; False where the disk cannot do that."""
    try:
        os.link(path, name)
        sync(name.parent)
    except OSError:
        return False
    return True


def name_as(path: Path, name: Path) -> None:
    """Have another name lead to the content of `path`, once on the disk where it can. Raises OSError, FileProblem."""
    made = part_name(name)
    try:
        if again(path, made):
            settle(made, name)
        else:
            copy_file(path, name)
    finally:
        remove(made)


def copy_file(path: Path, name: Path, tick: Tick = _silent) -> None:
    """A closed file byte by byte under another name, read back and found the same. Raises OSError and FileProblem."""
    total = path.stat().st_size
    with fresh(name, mode_of(path)) as made:
        with path.open("rb") as source, made.open("r+b") as target:
            while piece := source.read(4 << 20):
                target.write(piece)
                tick(target.tell(), total)
        shutil.copystat(path, made)
        sync(made)
        with path.open("rb") as source, made.open("rb") as target:
            while piece := source.read(4 << 20):
                tick(target.tell(), total)
                if piece != target.read(len(piece)):
                    text = _("The copy {path} is not whole and was removed; check the disk.")
                    raise FileProblem(text.format(path=name))


def clear_left(path: Path) -> None:
    """Take away what is not whole and was left beside a file by whoever was killed; only while the file is held.

    That of a file with a longer name stays: whoever has that one may be at work.
    """
    marks = "|".join(MARKS)
    ours = re.compile(rf"\.{re.escape(path.name)}\.\w{{8}}{re.escape(PART)}({marks})?")
    clear_unseen(path.parent)
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{PART}*"):
        if not ours.fullmatch(left.name):
            continue
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
    """What the file holds, for whoever chooses among copies; an older one has not every table yet."""
    there = {name for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    records = {
        ledger.name: int(db.rows(f"SELECT count(*) FROM {ledger.name} WHERE binned_at IS NULL")[0][0])
        for ledger in db.catalogue.ledgers
        if ledger.name in there
    }
    row = db.one("SELECT at, clerk FROM operations ORDER BY id DESC LIMIT 1")
    at, clerk = map(str, row or ("", ""))
    return Holding(records, at, clerk, heads(db).hex(), newest(db))
