"""A month painted as a grid of days with what is on them; gone through by the keyboard like a calendar on the wall."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tracker.i18n import _
from tracker.operations.day_words import long_day, weekday
from tracker.operations.month import WEEKS, Cell, Month
from tracker.operations.today import Line
from tracker.schema.clock import months_later
from tracker.ui import theme
from tracker.ui.due_tone import tone
from tracker.ui.today_delegate import LEFT, RIGHT, elided, pill

HEAD, NUMBER, ITEM = 28, 25, 18
"""Heights of the names of weekdays, of a cell's number and of one of its items."""
MARKS = {"off": "positive", "worked": "warning"}


class MonthGrid(QWidget):
    """`chosen` with the day in front whenever it changes, `opened` when it is to be opened."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = day
        self._month: Month | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(7 * 76, HEAD + WEEKS * (NUMBER + ITEM))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(760, 520)

    def show_month(self, month: Month) -> None:
        """Show what was read."""
        self._month = month
        self._say()
        self.update()

    def go(self, day: date) -> None:
        """Put another day in front."""
        if day != self.day:
            self.day = day
            self._say()
            self.update()
            self.chosen.emit(day)

    def _say(self) -> None:
        """Tell whoever listens instead of looking what is on the day."""
        cell = self._month.cell(self.day) if self._month else Cell(self.day)
        words = "  ".join(f"{line.what} {line.about}" for line in cell.lines)
        self.setAccessibleName(long_day(self.day))
        self.setAccessibleDescription(words)

    # keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Arrows go by days, PgUp and PgDown by months, Home to today, Enter opens the day."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self.go(self.day + timedelta(days=steps[key]))
        elif key in months:
            self.go(months_later(self.day, months[key]))
        elif key == Qt.Key.Key_Home and self._month:
            self.go(self._month.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """The wheel goes by months."""
        turned = event.angleDelta().y()
        if turned:
            self.go(months_later(self.day, -1 if turned > 0 else 1))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        cell = self._at(event.position().toPoint().x(), event.position().toPoint().y())
        if cell:
            self.go(cell.on)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if self._at(event.position().toPoint().x(), event.position().toPoint().y()):
            self.opened.emit()

    def event(self, event: QEvent) -> bool:
        """A tooltip with everything of the day under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._at(event.pos().x(), event.pos().y())
            lines = (
                [f"{line.day[11:16]} {line.what}  {line.about}".strip() for line in cell.lines]
                if cell
                else []
            )
            QToolTip.showText(event.globalPos(), "\n".join(lines[:20]), self)
            return True
        return super().event(event)

    # painting

    def _place(self, row: int, column: int) -> QRect:
        width, height = self.width(), self.height() - HEAD
        left, right = column * width // 7, (column + 1) * width // 7
        top, bottom = HEAD + row * height // WEEKS, HEAD + (row + 1) * height // WEEKS
        return QRect(left, top, right - left, bottom - top)

    def _at(self, x: int, y: int) -> Cell | None:
        places = ((row, column) for row in range(WEEKS) for column in range(7))
        found = next((p for p in places if self._place(*p).contains(x, y)), None)
        return self._month.cells[found[0] * 7 + found[1]] if found and self._month else None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.color("border"), 1))
        painter.setBrush(colours.color("surface"))
        painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        self._paint_head(painter)
        if self._month:
            for n, cell in enumerate(self._month.cells):
                self._paint_cell(painter, self._place(n // 7, n % 7), cell)
            self._paint_frame(painter)

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.current().color("text_muted"))
        for column in range(7):
            place = self._place(0, column)
            name = weekday(date(2024, 1, 1 + column))  # a Monday
            painter.drawText(place.left() + 10, 0, place.width(), HEAD, LEFT, name)

    def _paint_cell(self, painter: QPainter, place: QRect, cell: Cell) -> None:
        colours, month = theme.current(), self._month
        assert month is not None
        inside = cell.on.month == month.first.month
        weekend = cell.on.weekday() >= 5
        if cell.mark == "off" or (weekend and cell.mark != "worked"):
            painter.fillRect(place.adjusted(1, 1, -1, -1), colours.color("window"))
        painter.setPen(QPen(colours.color("border"), 1))
        painter.drawLine(place.topLeft(), place.topRight())
        if place.left():
            painter.drawLine(place.topLeft(), place.bottomLeft())
        self._paint_number(painter, place, cell, inside, cell.on == month.today)
        room = max(0, (place.height() - NUMBER - 3) // ITEM)
        lines = cell.lines
        shown = len(lines) if len(lines) <= room else max(0, room - 1)
        painter.setOpacity(1.0 if inside else 0.6)
        for n, line in enumerate(lines[:shown]):
            at = QRect(place.left() + 5, place.top() + NUMBER + n * ITEM, place.width() - 8, ITEM - 1)
            _paint_item(painter, at, line)
        if shown < len(lines):
            at = QRect(place.left() + 20, place.top() + NUMBER + shown * ITEM, place.width() - 24, ITEM - 1)
            painter.setFont(theme.font("small"))
            painter.setPen(colours.color("accent_text"))
            painter.drawText(at, LEFT, f"+{len(lines) - shown:,}")
        painter.setOpacity(1.0)

    def _paint_number(self, painter: QPainter, place: QRect, cell: Cell, inside: bool, today: bool) -> None:
        colours = theme.current()
        at = QRect(place.left() + 5, place.top() + 2, 22, 22)
        text = str(cell.on.day) if inside or cell.on.day > 1 else f"{cell.on.month}/{cell.on.day}"
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color("accent"))
            painter.drawEllipse(at)
        painter.setFont(theme.font("strong" if today else "body"))
        painter.setPen(colours.color("on_accent" if today else "text" if inside else "text_disabled"))
        painter.drawText(
            at if today else at.adjusted(4, 0, 20, 0), Qt.AlignmentFlag.AlignCenter if today else LEFT, text
        )
        right = place.adjusted(0, 4, -5, 0)
        painter.setFont(theme.font("small"))
        if cell.mark:
            word = _("off") if cell.mark == "off" else _("work")
            width = painter.fontMetrics().horizontalAdvance(word) + 14
            pill(painter, QRect(right.right() - width, right.top(), width, 18), word, MARKS[cell.mark])
        elif today:
            painter.setPen(colours.color("accent_text"))
            painter.drawText(right.left(), right.top(), right.width(), 18, RIGHT, _("today"))

    def _paint_frame(self, painter: QPainter) -> None:
        month = self._month
        at = (self.day - month.cells[0].on).days if month else -1
        if not 0 <= at < 7 * WEEKS:
            return
        place = QRectF(self._place(at // 7, at % 7)).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("focus" if self.hasFocus() else "border_input"), 2))
        painter.drawRoundedRect(place, 4, 4)


def _paint_item(painter: QPainter, place: QRect, line: Line) -> None:
    """A square for a hearing, a triangle for a limit that is overdue or near, a circle for others, then whom it is."""
    colours, is_hearing = theme.current(), not line.basis
    role = "accent_text" if is_hearing else tone(line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.color(role if role != "muted" else "text_muted"))
    x, y = place.left() + 6.0, place.center().y() + 1.0
    if is_hearing:
        painter.drawRect(QRectF(x - 4, y - 4, 8, 8))
    elif role in ("danger", "warning"):
        painter.drawPolygon(QPolygonF([QPointF(x, y - 5), QPointF(x + 5, y + 4), QPointF(x - 5, y + 4)]))
    else:
        painter.drawEllipse(QPointF(x, y), 4, 4)
    painter.setFont(theme.font("small"))
    painter.setPen(colours.color("danger" if role == "danger" else "text"))
    words = f"{line.day[11:16]} {line.about or line.number}".strip()
    elided(painter, place.adjusted(16, 0, 0, 0), words)
