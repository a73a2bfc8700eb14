"""Days and moments: typed as people write them, or picked from a calendar."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.schema.fields import Day, Field, Value
from tracker.schema.values import Invalid, parse_clock
from tracker.ui import theme, widgets
from tracker.ui.completion import Line
from tracker.ui.editors import LONG, NARROW, LineEditor, Today
from tracker.ui.keys import Form


class DayLine(Line):
    """A line that asks for the calendar (Alt+Down, F4) and steps by days (Up, Down)."""

    asked = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and alt):
            self.asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class DayEditor(LineEditor):
    """`20200105`, `2020-1-5`, `1.5`, `0105`, `今天`; a moment also takes a time of day behind it (`0105 0930`), and one
    that is typed alone (`9:30`, `9点半`) for the day that stands here."""

    def __init__(self, field: Field, today: Today = date.today) -> None:
        self._day_line = DayLine()
        super().__init__(field, today, self._day_line)
        self._popup: CalendarPopup | None = None
        self._day_line.asked.connect(self.pick)
        self._day_line.stepped.connect(self._step)
        self._is_moment = isinstance(field, Day) and field.moment
        self.line.setFixedWidth(LONG if self._is_moment else NARROW)
        self.line.setToolTip(_hint(self._is_moment))
        self.button = widgets.tool_button("calendar", Form.choose.tip(_("Pick from the calendar")))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.pick)
        self.row.addWidget(self.button)
        self.row.addStretch(1)

    def value(self) -> Value:
        clock = parse_clock(self.line.text()) if self._is_moment and self._value else ""
        return str(self._value)[:10] + clock if clock else super().value()

    def pick(self) -> None:
        """Open the calendar on the day typed, or on today."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.picked.connect(self._picked)
        self._popup.open_at(self.line, self._day() or self._today())

    def _day(self) -> date | None:
        try:
            value = self.value()
        except Invalid:
            return None
        return date.fromisoformat(str(value)[:10]) if value else None

    def _step(self, days: int) -> None:
        day = self._day()
        self._picked(day + timedelta(days=days) if day else self._today())

    def _picked(self, day: date) -> None:
        try:
            clock = str(self.value() or "")[10:]
        except Invalid:
            clock = ""
        self.line.setText(self.field.format(day.isoformat() + clock))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


def _hint(moment: bool) -> str:
    text = _("Such as 20200105, 2020-1-5, 1.5, 0105 or 今天; Up and Down step by a day")
    behind = _("The time behind it: 0930, 9:30 or 9点半")
    return f"{text}\n{behind}" if moment else text


class CalendarPopup(QFrame):
    """A calendar under a line; Enter or a click picks, Esc leaves."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.calendar = widgets.calendar()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        column.addWidget(self.calendar)
        self.calendar.activated.connect(self._pick)
        self.calendar.clicked.connect(self._pick)

    def open_at(self, line: QWidget, day: date) -> None:
        """Show it under the line, or above where the screen ends."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        place = line.mapToGlobal(QPoint(0, line.height() + 2))
        room = line.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place = line.mapToGlobal(QPoint(0, -self.height() - 2))
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        if self.isVisible():  # Enter is told twice: as clicked and as activated
            self.hide()
            self.picked.emit(date(day.year(), day.month(), day.day()))
