"""The program's log: a small rotating file on this computer, for whoever looks into a defect."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "case-tracker.log"
BYTES, KEPT = 512 * 1024, 3


class _File(RotatingFileHandler):
    """A log that says nothing where it cannot be written."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Nothing: a trace on standard error is no help to a clerk."""


class _Late(logging.Handler):
    """Starts the log in a folder with the first thing to be noted."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.WARNING)
        self.folder = folder

    def emit(self, record: logging.LogRecord) -> None:
        handler = _file(self.folder)
        if handler:
            handler.handle(record)
            handler.close()


@contextmanager
def late(folder: Path) -> Iterator[None]:
    """Within the block what is noted goes into the log as well, which most commands have nothing for; and nothing to
    standard error, where a clerk would read it. Once it is `start`ed it goes there only once."""
    root, handler = logging.getLogger(), _Late(folder)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


def start(folder: Path) -> Path | None:
    """Log from now on into `folder` (made here); None, and no log, where it cannot be written."""
    handler = _file(folder)
    if handler is None:
        return None
    root = logging.getLogger()
    for waiting in [one for one in root.handlers if isinstance(one, _Late)]:
        root.removeHandler(waiting)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return folder / FILE


def _file(folder: Path) -> _File | None:
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _File(path, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler
