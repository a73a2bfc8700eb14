"""How many limits are overdue or end today, kept fresh beside the name of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tracker.i18n import ngettext
from tracker.operations import today
from tracker.operations.office import Changed
from tracker.ui.day_watch import DayWatch
from tracker.ui.desk import Desk

if TYPE_CHECKING:
    from tracker.ui.navigation import Navigation

PAGE = "today"


class UrgentBadge(QObject):
    """Counts in the worker after every change and on a new day, unless the page, which counts too, is in front."""

    def __init__(self, desk: Desk, navigation: Navigation, told_anyway: Callable[[], bool]) -> None:
        super().__init__(navigation)
        self._desk, self._navigation, self._told_anyway = desk, navigation, told_anyway
        self.watch = DayWatch(self)
        self.watch.turned.connect(lambda _day: self.count())
        desk.changed.connect(self._changed)
        self.count()

    def count(self) -> None:
        """Count anew."""
        if not self._told_anyway():
            day = self.watch.today()
            self._desk.run_latest(
                (self, "urgent"), lambda office, p: today.urgent(office, day, p.check), self.show
            )

    def show(self, count: int) -> None:
        """Show what was counted."""
        words = ngettext("{n} limit is overdue or ends today", "{n} limits are overdue or end today", count)
        self._navigation.show_urgent(PAGE, count, words.format(n=f"{count:,}"))

    def _changed(self, changed: Changed) -> None:
        if changed.ledgers or changed.settings or changed.structure:
            self.count()
