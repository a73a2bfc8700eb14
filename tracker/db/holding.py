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
from dataclasses import asdict, dataclass
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

    def __init__(self, path: Path, handle: int, left: Holder | None) -> None:
        self.path = path
        self.left = left
        """Who held it before and has not ended as it should, None where all ended well."""
        self._handle: int | None = handle

    def release(self) -> None:
        """Let others have the file."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with suppress(OSError):
            os.truncate(handle if os.truncate in os.supports_fd else self.path, 0)
        with suppress(OSError):  # Windows takes away no file that is open
            self.path.unlink()
        os.close(handle)
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
            return _take(lock_path(path), clerk, host)
        except Held:
            if time.monotonic() >= end:
                raise
            time.sleep(WAITS)


def holder(path: Path) -> Holder | None:
    """Who holds a data file at this moment, None where nobody does."""
    place = lock_path(path)
    try:
        handle = os.open(place, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if _lock(handle) else _read(handle)
    finally:
        os.close(handle)


def _take(place: Path, clerk: str, host: str) -> Hold:
    while True:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            if not _lock(handle):
                raise Held(_read(handle) or Holder())
            if _same(handle, place):
                left = _read(handle)
                _write(handle, Holder(clerk, host, time.strftime("%Y-%m-%dT%H:%M:%S"), os.getpid()))
                return Hold(place, handle, left)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # the one before took it away as it ended, between our opening and locking it


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
    os.lseek(handle, 0, os.SEEK_SET)
    os.truncate(handle, 0) if os.truncate in os.supports_fd else None
    os.write(handle, json.dumps(asdict(holder), ensure_ascii=False).encode())
