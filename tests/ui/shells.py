"""The whole program on one computer's memory, closed at the end of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tracker.app import Shell
from tracker.ui.crash import Crashes
from tracker.ui.state import State


@contextmanager
def shell_with(
    app: QApplication, folder: Path, crashes: Crashes, *, instant: bool = False
) -> Iterator[Shell]:
    """The program without a window yet, its memory in the folder."""
    result = Shell(app, State(folder / "state.json"), crashes, lang="zh_CN", instant=instant)
    yield result
    result.end()
