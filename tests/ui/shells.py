"""The whole program on one computer's memory, closed at the end of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from tracker.app import Shell
from tracker.errors import UserError
from tracker.operations.office import Office
from tracker.ui.crash import Crashes
from tracker.ui.desk import Desk
from tracker.ui.state import State
from tracker.ui.tasks import wait_for

T = TypeVar("T")


@contextmanager
def shell_with(
    app: QApplication, folder: Path, crashes: Crashes, *, instant: bool = False
) -> Iterator[Shell]:
    """The program without a window yet, its memory in the folder."""
    result = Shell(app, State(folder / "state.json"), crashes, lang="zh_CN", instant=instant)
    yield result
    result.end()


def break_table(desk: Desk, table: str) -> bytes:
    """Scribble over the first page of a table of the open file, as a disk does; all that the file is then."""

    def write(office: Office) -> bytes:
        path = office.db.path
        office.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root,),) = office.db.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        with path.open("r+b") as file:
            file.seek((root - 1) * 8192)
            file.write(b"\xff" * 8192)
        office.db.run("PRAGMA shrink_memory")  # forget pages read before
        return path.read_bytes()

    left = by_worker(desk, write)
    desk.reader.run("PRAGMA shrink_memory")
    return left


def by_worker(desk: Desk, does: Callable[[Office], T]) -> T:
    """What an operation gives or raises, in the thread that has the file in a window at work."""
    done: list[T] = []
    failed: list[UserError] = []
    wait_for(desk.tasks.run(lambda _progress: does(desk.office), done.append, failed.append))
    if failed:
        raise failed[0]
    return done[0]
