"""Who has a data file open for writing: a lock beside it that the system lets go of with the process that held it.

The lock is one byte of `NAME.lock` (POSIX `flock`, on Windows a locked region), so that it can never outlive who took
it, neither on this computer nor, as far as its server keeps such locks, in a shared folder. What the file says is for
people: who has it. A holder that ends as it should takes the file away; one that is left tells of an unclean end.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WAITS = 0.05
"""Seconds between two tries."""
_PLACE = 0x7FFF0000
"""The byte that is locked on Windows, where nobody may read what is locked: far behind what is written."""
_MOST = 4096
"""So much of a lock file is read; what is longer is none of ours."""


@dataclass(frozen=True)
class Holder:
    """Who has a file: the clerk on a computer, since when (local time, to the second); empty where it is not known."""

    clerk: str = ""
    host: str = ""
    since: str = ""
    pid: int = 0


class Held(Exception):
    """Another one has the file."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


class Hold:
    """A file held for writing, from `take` to `release`."""

    def __init__(self, path: Path, handle: int, holder: Holder, left: Holder | None) -> None:
        self.path = path
        self.left = left
        """Who held it before and has not ended as it should, None where all ended well."""
        self._holder = holder
        self._handle: int | None = handle

    def tell(self, clerk: str) -> None:
        """From now on it is this clerk who has the file."""
        if self._handle is None or clerk == self._holder.clerk:
            return
        self._holder = replace(self._holder, clerk=clerk)
        with suppress(OSError):  # a full disk: what the file says is for people only
            _write(self._handle, self._holder)

    def release(self) -> None:
        """Let others have the file."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with suppress(OSError):
            os.truncate(handle if os.truncate in os.supports_fd else self.path, 0)
        with suppress(OSError):
            self.path.unlink()
        os.close(handle)
        if (
            sys.platform == "win32"
        ):  # which takes away no file that is open, so not before, and not the next one's
            with suppress(OSError):
                if self.path.stat().st_size == 0:
                    self.path.unlink()

    def forget(self) -> None:
        """Let go without a word, as the end of the process does: the next one takes it for an unclean end."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def lock_path(path: Path) -> Path:
    """Where the lock of a data file is: beside the file itself, whatever name it was called by."""
    whole = path.resolve()
    return whole.with_name(f"{whole.name}.lock")


def take(path: Path, clerk: str, host: str, wait: float = 0.0) -> Hold:
    """Hold a data file, at most `wait` seconds later. Raises Held; OSError where no file can be made beside it."""
    end = time.monotonic() + wait
    while True:
        try:
            return _take(path, clerk, host)
        except Held:
            if time.monotonic() >= end:
                raise
            time.sleep(WAITS)


def holder(path: Path) -> Holder | None:
    """Who holds a data file at this moment, None where nobody does."""
    place = lock_path(path)
    try:
        try:
            handle = os.open(place, os.O_RDWR)
        except PermissionError:  # another user's, who did not mean us to write
            handle = os.open(place, os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if _lock(handle) else _read(handle) or Holder()
    finally:
        os.close(handle)


def _take(path: Path, clerk: str, host: str) -> Hold:
    place = lock_path(path)
    while True:
        handle = _open(path, place)
        try:
            if not _lock(handle):
                raise Held(_read(handle) or Holder())
            if _same(handle, place):
                left = _read(handle)
                told = Holder(clerk, host, time.strftime("%Y-%m-%dT%H:%M:%S"), os.getpid())
                _sign(handle, place, told, left)
                return Hold(place, handle, told, left)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the one before took it away as it ended, between our opening and locking it


def _sign(handle: int, place: Path, told: Holder, left: Holder | None) -> None:
    """Say who has it; where a full disk has no room for that, nothing is left of the attempt. Raises OSError."""
    try:
        _write(handle, told)
    except OSError:
        if left is None:
            with suppress(OSError):
                place.unlink()
        raise


def _open(path: Path, place: Path) -> int:
    """The lock file, made where it is missing for whoever may use the data file. Raises Held, OSError."""
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0)
    try:
        return os.open(place, flags)
    except FileNotFoundError:
        pass
    except PermissionError:
        found = holder(path)
        if found:
            raise Held(found) from None
        raise
    handle = os.open(place, flags | os.O_CREAT, 0o666)
    if sys.platform != "win32":
        with suppress(
            OSError
        ):  # no data file yet; a disk that knows no permissions; made by someone else meanwhile
            told = path.stat()
            os.fchmod(handle, told.st_mode & 0o666)
            if os.geteuid() == 0:  # as SQLite does with the log
                os.fchown(handle, told.st_uid, told.st_gid)
    return handle


def _lock(handle: int) -> bool:
    """Whether the lock is ours now; a file system that knows no locks gives it to everyone."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _PLACE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as wrong:
        return not isinstance(wrong, BlockingIOError | PermissionError)
    return True


def _same(handle: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except OSError:
        return False


def _read(handle: int) -> Holder | None:
    os.lseek(handle, 0, os.SEEK_SET)
    said = os.read(handle, _MOST)
    if not said:
        return None
    try:
        told = json.loads(said)
        return Holder(str(told["clerk"]), str(told["host"]), str(told["since"]), int(told["pid"]))
    except (ValueError, KeyError, TypeError):  # half written, as its process ended
        return Holder()


def _write(handle: int, holder: Holder) -> None:
    """What was there is written over and only then cut, so that the file is at no moment that of one who ended well."""
    said = json.dumps(asdict(holder), ensure_ascii=False).encode()
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, said)
    if os.truncate in os.supports_fd:
        os.truncate(handle, len(said))
