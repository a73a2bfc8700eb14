"""Defects of ours: caught wherever they surface, logged, and shown once in plain words."""

from __future__ import annotations

import logging
import platform
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)

import tracker
from tracker.i18n import language

PACKAGE = Path(tracker.__file__).parent
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
log = logging.getLogger(__name__)


class Crashes(QObject):
    """Takes what nobody expected, from any thread, and tells it in the main thread."""

    happened = Signal(object)
    _caught = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._caught.connect(self._pass_on)  # by the queue where another thread emits it

    def install(self) -> None:
        """Take over Python's last resorts and Qt's messages."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(log_message)

    def tell(self, error: BaseException) -> None:
        """Log an exception and show it."""
        log.error("a defect\n%s", describe(error))  # no message of it: that may tell what a record holds
        self._caught.emit(error)

    @Slot(object)
    def _pass_on(self, error: BaseException) -> None:
        self.happened.emit(error)

    def _hook(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
        else:
            self.tell(error)


def log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Put one of Qt's own messages into the log."""
    logging.getLogger(f"qt.{context.category or 'default'}").log(LEVELS.get(kind, logging.WARNING), text)


def describe(error: BaseException) -> str:
    """What a developer needs, without what a record may hold: no messages, no values, no folders of the user."""
    lines = [
        f"Case Tracker {tracker.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        f"language {language()}",
        "",
        *_chain(error),
    ]
    return "\n".join(lines)


def _chain(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or error.__context__
    if cause:
        yield from _chain(cause)
        yield ""
    yield type(error).__name__
    for frame in extract_tb(error.__traceback__):
        yield f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    return path.name
