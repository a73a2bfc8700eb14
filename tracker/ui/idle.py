"""Tells when nobody has typed or pointed for some minutes, and when a computer that slept so long is used again."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_USED = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)
LOOK_MS = 5_000
"""So often it is looked at; the wall clock counts, since a timer does not run while a computer sleeps."""


class IdleWatch(QObject):
    """`idle` is emitted once; `begin` begins anew. `clock` tells seconds."""

    idle = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._used, self._limit = clock(), 0.0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)  # input arrives at the window that has the focus
            self._follow(app.focusWindow())

    def begin(self, minutes: int) -> None:
        """Watch for so many minutes without use; 0 watches no more."""
        self._used, self._limit = self._clock(), minutes * 60.0
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> bool:
        """Tell, if it has been long enough; whether it has."""
        if not self._limit or self._clock() - self._used < self._limit:
            return False
        self._limit = 0.0
        self._timer.stop()
        self.idle.emit()
        return True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """What is used; a key pressed after the time is over locks, and does nothing else."""
        if event.type() in _USED and self._limit:
            if self.look():
                return True
            self._used = self._clock()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
