"""A year at a glance, one day a cell: what is off or worked out of turn is coloured and lettered 休 or 班."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tracker.i18n import _, language
from tracker.operations.day_words import WEEKDAY_LETTERS
from tracker.ui import theme
from tracker.workdays import Calendar

OFF, WORKED = "休", "班"
"""As on any Chinese calendar, whatever the language; explained beside it."""
GAP, HEAD, LEAST = 14, 44, QSize(25, 21)
"""Pixels between months, above the days of one, and the least of a day's cell."""


@dataclass(frozen=True)
class Kind:
    """How a day is shown: its letter, and the theme roles of its ground and text."""

    letter: str
    ground: str
    ink: str


def kind_of(calendar: Calendar, day: date) -> Kind:
    """How a day is shown."""
    worked, weekend = calendar.is_workday(day), day.weekday() > 4
    if worked and weekend:
        return Kind(WORKED, "accent_soft", "accent_text")
    if not worked and not weekend:
        return Kind(OFF, "danger_soft", "danger")
    if not worked and calendar.name_of(day):
        return Kind(OFF, "danger_soft", "danger")
    return Kind("", "", "text_muted" if weekend else "text")


class YearView(QWidget):
    """Arrows move the day in hand, the space bar (or a double click) asks for its change (`toggled`)."""

    moved = Signal(object)
    toggled = Signal(object)

    def __init__(self, calendar: Calendar, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calendar, self.day = calendar, day
        self._cells: Mapping[date, QRect] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Working calendar"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_calendar(self, calendar: Calendar) -> None:
        """Show another calendar."""
        self.calendar = calendar
        self.update()

    def go(self, day: date) -> None:
        """Take another day in hand, perhaps of another year."""
        if 1949 <= day.year <= 2199:
            again = day.year != self.day.year
            self.day = day
            if again:
                self._place()
            self.update()
            self.moved.emit(day)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(4 * 7 * LEAST.width() + 3 * GAP, 3 * (HEAD + 6 * LEAST.height()) + 2 * GAP)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        self._place()

    def _month(self, month: int) -> QRect:
        width, height = (self.width() - 3 * GAP) // 4, (self.height() - 2 * GAP) // 3
        column, row = (month - 1) % 4, (month - 1) // 4
        return QRect(column * (width + GAP), row * (height + GAP), width, height)

    def _place(self) -> None:
        cells = {}
        for month in range(1, 13):
            box = self._month(month)
            width, height = box.width() / 7, (box.height() - HEAD) / 6
            first = date(self.day.year, month, 1)
            for n in range(monthrange(first.year, month)[1]):
                day = first + timedelta(days=n)
                row, column = divmod(n + first.weekday(), 7)
                left, top = box.x() + round(column * width), box.y() + HEAD + round(row * height)
                cells[day] = QRect(left, top, round(width), round(height))
        self._cells = cells

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_head(painter, month)
        for day, cell in self._cells.items():
            self._paint_day(painter, day, QRectF(cell).adjusted(1, 1, -1, -1))

    def _paint_head(self, painter: QPainter, month: int) -> None:
        box, now = self._month(month), theme.current()
        painter.setPen(now.color("text"))
        painter.setFont(theme.font("strong"))
        name = f"{month}月" if language() == "zh_CN" else date(2000, month, 1).strftime("%B")
        painter.drawText(QRect(box.x() + 4, box.y(), box.width(), 22), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(now.color("text_muted"))
        painter.setFont(theme.font("small"))
        width = box.width() / 7
        for n, word in enumerate(WEEKDAY_LETTERS):
            place = QRect(box.x() + round(n * width), box.y() + 24, round(width), 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _(word))

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        now, kind = theme.current(), kind_of(self.calendar, day)
        if kind.ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(kind.ground))
            painter.drawRoundedRect(cell, 4, 4)
        if day == self.day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.color("focus" if self.hasFocus() else "border_input"), 2))
            painter.drawRoundedRect(cell, 4, 4)
        painter.setPen(now.color(kind.ink))
        self._paint_text(painter, cell, str(day.day), kind.letter)
        if day in self.calendar.changes:  # the office's own
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(kind.ink))
            painter.drawEllipse(QPointF(cell.right() - 4, cell.top() + 4), 2, 2)

    def _paint_text(self, painter: QPainter, cell: QRectF, number: str, letter: str) -> None:
        """The number, and beside it the letter: smaller where the cell is narrow, so that neither is cut."""
        font = theme.font("small")
        ink, wide = QFontMetricsF(font), QFontMetricsF(font).horizontalAdvance(number)
        room = cell.width() - ink.horizontalAdvance("28") - 3  # of one size in the whole year
        beside = QFont(font)
        if letter and ink.horizontalAdvance(letter) > room:
            beside.setPixelSize(max(8, int(room)))
        both = wide + (QFontMetricsF(beside).horizontalAdvance(letter) if letter else 0)
        left = cell.center().x() - both / 2
        base = cell.center().y() + (ink.ascent() - ink.descent()) / 2
        painter.setFont(font)
        painter.drawText(QPointF(left, base), number)
        painter.setFont(beside)
        painter.drawText(QPointF(left + wide, base), letter)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.go(self.day + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(_same_day(self.day, self.day.year + (1 if key == Qt.Key.Key_PageDown else -1)))
        elif key == Qt.Key.Key_Space:
            self.toggled.emit(self.day)
        else:
            super().keyPressEvent(event)

    def _at(self, position: QPointF) -> date | None:
        return next((day for day, cell in self._cells.items() if cell.contains(position.toPoint())), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        day = self._at(event.position())
        if day:
            self.go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        day = self._at(event.position())
        if day:
            self.toggled.emit(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._at(QPointF(event.pos()))
            name = self.calendar.name_of(day) if day else ""
            QToolTip.showText(event.globalPos(), f"{day.isoformat()} {name}" if day and name else "", self)
            return True
        return super().event(event)


def _same_day(day: date, year: int) -> date:
    """The same day of another year, or 28 February."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
