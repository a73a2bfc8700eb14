"""Tells when another day has begun: at midnight, and when a computer that slept is used again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

SLACK_MS = 500


class DayWatch(QObject):
    """`turned` with the new day; `today` may be another clock."""

    turned = Signal(object)

    def __init__(self, parent: QObject, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self.today = today
        self.day = today()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._wait()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)

    def look(self) -> None:
        """Tell, if another day has begun since the last look."""
        day = self.today()
        self._wait()
        if day != self.day:
            self.day = day
            self.turned.emit(day)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()

    def _wait(self) -> None:
        midnight = datetime.combine(date.today() + timedelta(days=1), time.min)
        self._timer.start(int((midnight - datetime.now()).total_seconds() * 1000) + SLACK_MS)
