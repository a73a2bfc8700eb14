"""Copies of attachments opened with the system's programs: in a folder of the clerk's own, cleared away at the end."""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from tracker.operations.fresh import told
from tracker.ui.desk import Desk

PREFIX = "case-tracker-opened-"
LOCK = "lock"
MAKING_SECONDS = 60


class OpenedCopies(QObject):
    """One for each open file (`of`); the folder goes when the file is closed, and those go that a crash has left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        desk.closing.connect(self.clear)
        self._folder: Path | None = None
        self._end: Callable[[], object] = lambda: None

    @staticmethod
    def of(desk: Desk) -> OpenedCopies:
        """That of a desk."""
        return desk.findChild(OpenedCopies) or OpenedCopies(desk)

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed or was cleaned away; nobody else may look into it.

        Raises UserError where the disk refuses.
        """
        if self._folder is None or not self._folder.is_dir():
            self.clear()
            clear_left()
            with told(Path(tempfile.gettempdir())):
                self._folder = Path(tempfile.mkdtemp(prefix=PREFIX))
            lock = QLockFile(str(self._folder / LOCK))
            lock.tryLock(0)
            self._end = weakref.finalize(self, _finish, lock, self._folder)
        return self._folder

    def show(self, path: Path) -> bool:
        """Open a file with the system's program for it; False where there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def clear(self) -> None:
        """Take the copies away; one that a program still holds goes at the next start."""
        self._end()
        self._folder = None


def _finish(lock: QLockFile, folder: Path) -> None:
    lock.unlock()
    _remove(folder)


def clear_left() -> None:
    """Take away the folders of processes that have ended: at the start, and before there is a new one."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_being_made(folder):
            continue
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            lock.unlock()
            _remove(folder)


def _is_being_made(folder: Path) -> bool:
    """Whether it may still be about to get its lock."""
    try:
        return not (folder / LOCK).exists() and time.time() - folder.stat().st_mtime < MAKING_SECONDS
    except OSError:  # gone, or another user's
        return True


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with suppress(OSError):  # gone meanwhile
                path.chmod(0o600)  # Windows deletes no file that is read-only
    shutil.rmtree(folder, ignore_errors=True)
