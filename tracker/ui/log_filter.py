"""Which part of the log is shown: whose operations, of which kind, and from which time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from tracker.db.log import Wanted
from tracker.i18n import N_, _
from tracker.operations.log import GROUPS
from tracker.schema.fields import Day
from tracker.schema.values import Invalid
from tracker.ui import theme
from tracker.ui.day_editor import DayEditor
from tracker.ui.keys import WITHIN, Log

TIMES = {
    "": N_("All the time"),
    "today": N_("Today"),
    "week": N_("The last 7 days"),
    "month": N_("This month"),
    "year": N_("This year"),
    "days": N_("Days …"),
}


class LogFilter(QWidget):
    """`changed` when another part is asked for."""

    changed = Signal()

    def __init__(self, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.clerk, self.kind, self.time = QComboBox(), QComboBox(), QComboBox()
        self.begin, self.end = (
            DayEditor(Day(key=key, label=label), today)
            for key, label in (("begin", N_("From")), ("end", N_("To")))
        )
        self.days = QWidget()
        self._fill()
        self._lay_out()
        for combo in (self.clerk, self.kind, self.time):
            combo.currentIndexChanged.connect(lambda _n: self._changed())
        for editor in (self.begin, self.end):
            editor.edited.connect(self._typed)

    def _fill(self) -> None:
        self.clerk.addItem(_("Everybody"), "")
        self.kind.addItem(_("Everything"), "")
        for key, (label, _kinds) in GROUPS.items():
            self.kind.addItem(_(label), key)
        for key, label in TIMES.items():
            self.time.addItem(_(label), key)
        for combo, name, shortcut in (
            (self.clerk, _("Whose operations"), Log.clerk),
            (self.kind, _("Kind of operations"), Log.kind),
            (self.time, _("From which time"), Log.time),
        ):
            combo.setAccessibleName(name)
            combo.setMinimumWidth(130)
            shortcut.tell(combo, name)

    def _lay_out(self) -> None:
        between = QHBoxLayout(self.days)
        between.setContentsMargins(0, 0, 0, 0)
        between.setSpacing(theme.XS)
        between.addWidget(self.begin)
        between.addWidget(QLabel("–"))
        between.addWidget(self.end)
        self.days.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for widget in (self.clerk, self.kind, self.time, self.days):
            row.addWidget(widget)

    def bind(self, page: QWidget) -> None:
        """Let its keys work on a page."""
        for combo, key in ((self.clerk, Log.clerk), (self.kind, Log.kind), (self.time, Log.time)):
            key.on(page, combo.setFocus, WITHIN)

    @property
    def wanted(self) -> Wanted:
        """What is asked for, but for its kind."""
        begin, end = self._days()
        return Wanted(str(self.clerk.currentData() or ""), (), begin, end)

    @property
    def group(self) -> str:
        """The group of kinds that is asked for (`log.GROUPS`), empty for all."""
        return str(self.kind.currentData() or "")

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.group or self.wanted != Wanted())

    def show_people(self, people: Sequence[str]) -> None:
        """Offer these people; one who is alone needs no choice."""
        kept = self.clerk.currentData()
        self.clerk.blockSignals(True)
        self.clerk.clear()
        self.clerk.addItem(_("Everybody"), "")
        for name in people:
            self.clerk.addItem(name, name)
        self.clerk.setCurrentIndex(max(0, self.clerk.findData(kept)))
        self.clerk.setVisible(len(people) > 1)
        self.clerk.blockSignals(False)

    def clear(self) -> None:
        """Show everything."""
        for combo in (self.clerk, self.kind, self.time):
            combo.blockSignals(True)
            combo.setCurrentIndex(0)
            combo.blockSignals(False)
        self._changed()

    def _days(self) -> tuple[str, str]:
        chosen, today = str(self.time.currentData() or ""), self._today()
        if chosen == "days":
            try:
                return str(self.begin.value() or ""), str(self.end.value() or "")
            except Invalid:
                return "", ""
        first = {
            "today": today,
            "week": today - timedelta(days=6),
            "month": today.replace(day=1),
            "year": today.replace(month=1, day=1),
        }
        return (first[chosen].isoformat() if chosen in first else "", "")

    def _typed(self) -> None:
        try:
            self.begin.value(), self.end.value()
        except Invalid:
            return  # while it is typed
        self.changed.emit()

    def _changed(self) -> None:
        self.days.setVisible(self.time.currentData() == "days")
        self.changed.emit()
