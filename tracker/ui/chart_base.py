"""What all charts share: header and legend, hovering, keyboard, words for screen readers, printing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPaintDevice,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.i18n import _
from tracker.ui import theme
from tracker.ui.chart_data import ChartData
from tracker.ui.theme import FontRole, Theme

PAD = theme.S
SWATCH = 10
LOGICAL_DPI = 96
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


@dataclass(frozen=True)
class Mark:
    """One value that can be opened: where it is drawn and where the mouse finds it."""

    series: int
    category: int
    shape: QRectF
    hit: QRectF


class Chart(QWidget):
    """A chart of `ChartData`; subclasses place the marks and paint them.

    Arrows move the highlight, Enter and double click emit `activated(series key, category key)`.
    """

    activated = Signal(str, str)
    along = (Qt.Key.Key_Left, Qt.Key.Key_Right)  # to the previous and next category
    across = (Qt.Key.Key_Up, Qt.Key.Key_Down)  # to another series

    def __init__(self, parent: QWidget | None = None, *, empty_text: str = "") -> None:
        super().__init__(parent)
        self._data = ChartData()
        self._empty_text = empty_text
        self._hovered: tuple[int, int] | None = None
        self._cursor: tuple[int, int] | None = None
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    # ---- what it shows

    def set_data(self, data: ChartData) -> None:
        """Show other data; the highlight is forgotten."""
        self._data = data
        self._hovered = self._cursor = None
        self.setAccessibleName(data.title or _("Chart"))
        self.setAccessibleDescription(self._empty_words() if data.is_empty() else "")
        self.updateGeometry()
        self.update()

    def data(self) -> ChartData:
        """What is shown."""
        return self._data

    def marks(self) -> list[Mark]:
        """Every value as placed at the present size."""
        if self._data.is_empty():
            return []
        return self._place(self._body(QRectF(self.rect())))

    def mark_at(self, position: QPointF) -> Mark | None:
        """The value under the mouse; where places overlap, the nearest."""

        def distance(mark: Mark) -> float:
            away = mark.shape.center() - position
            return 0.0 if mark.shape.contains(position) else away.x() ** 2 + away.y() ** 2

        return min((mark for mark in self.marks() if mark.hit.contains(position)), key=distance, default=None)

    def highlighted(self) -> tuple[str, str] | None:
        """Series key and category key under the keyboard's highlight."""
        return self._keys(self._cursor) if self._cursor else None

    # ---- painting, on the screen and on paper

    def draw(self, painter: QPainter, rect: QRectF, look: Theme) -> None:
        """Paint into `rect` (logical pixels of 1/96 inch, or whatever the painter is scaled to)."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._body(rect)
        self._draw_header(painter, rect, look)
        if self._data.is_empty():
            painter.setFont(theme.font("body"))
            painter.setPen(look.color("text_muted"))
            flags = CENTER | Qt.TextFlag.TextWordWrap
            painter.drawText(body, flags, self._empty_words())
        else:
            self._draw_plot(painter, body, look)
        painter.restore()

    def print_on(self, device: QPaintDevice, rect: QRectF | None = None) -> None:
        """Paint in the light theme on a printer, PDF or picture; `rect` in the device's own dots."""
        painter = QPainter(device)
        scale = device.logicalDpiX() / LOGICAL_DPI
        area = rect or QRectF(0, 0, device.width(), device.height())
        painter.scale(scale, scale)
        where = QRectF(area.x() / scale, area.y() / scale, area.width() / scale, area.height() / scale)
        self.draw(painter, where, theme.LIGHT)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = QPainter(self), theme.current()
        self.draw(painter, QRectF(self.rect()), look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and self._ring:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        shown = self._hovered or (self._cursor if self.hasFocus() else None)
        for mark in self.marks():
            if (mark.series, mark.category) == shown:
                self._draw_bubble(painter, mark, look)
        painter.end()

    def is_lit(self, series: int, category: int) -> bool:
        """Whether this value is under the mouse or the keyboard's highlight."""
        return (series, category) in (self._hovered, self._cursor if self.hasFocus() else None)

    # ---- for subclasses

    def _place(self, body: QRectF) -> list[Mark]:
        raise NotImplementedError

    def _draw_plot(self, painter: QPainter, body: QRectF, look: Theme) -> None:
        raise NotImplementedError

    # ---- header

    def _header_height(self, width: float) -> float:
        line = metrics("body").height()
        has_title = bool(self._data.title or self._data.unit)
        if not self._legend():
            return line + PAD if has_title else 0.0
        both = has_title and self._title_width() + self._legend_width() + theme.L > width - 2 * PAD
        return line * (2 if both else 1) + PAD

    def _body(self, rect: QRectF) -> QRectF:
        return rect.adjusted(PAD, PAD + self._header_height(rect.width()), -PAD, -PAD)

    def _legend(self) -> list[int]:
        count = len(self._data.series)
        return list(self._order(count)) if count > 1 else []

    def _order(self, count: int) -> Iterable[int]:
        """The series from left to right or top to bottom."""
        return range(count)

    def _unit_text(self) -> str:
        return _("({unit})").format(unit=self._data.unit) if self._data.unit else ""

    def _title_width(self) -> float:
        title, unit = self._data.title, self._unit_text()
        return (
            metrics("strong").horizontalAdvance(title) + metrics("small").horizontalAdvance(unit) + theme.XS
        )

    def _legend_width(self) -> float:
        names = [self._data.series[index].name for index in self._legend()]
        return (
            sum(SWATCH + 6 + metrics("small").horizontalAdvance(name) + theme.L for name in names) - theme.L
        )

    def _draw_header(self, painter: QPainter, rect: QRectF, look: Theme) -> None:
        line = metrics("body").height()
        row = QRectF(rect.x() + PAD, rect.y() + PAD, rect.width() - 2 * PAD, line)
        unit_width = metrics("small").horizontalAdvance(self._unit_text())
        title = elided(self._data.title, "strong", row.width() - unit_width - theme.XS)
        write(painter, row, LEFT, title, look.text, "strong")
        after = metrics("strong").horizontalAdvance(title) + (theme.XS if title else 0)
        write(painter, row.adjusted(after, 0, 0, 0), LEFT, self._unit_text(), look.text_muted, "small")
        if self._legend():
            below = self._header_height(rect.width()) > 1.5 * line + PAD
            x = row.x() if below or not self._data.title else row.right() - self._legend_width()
            self._draw_legend(
                painter, QRectF(x, row.y() + (line if below else 0), row.right() - x, line), look
            )

    def _draw_legend(self, painter: QPainter, row: QRectF, look: Theme) -> None:
        share = (row.width() - theme.L * (len(self._legend()) - 1)) / len(self._legend())
        for index in self._legend():
            swatch = QRectF(row.x(), row.center().y() - SWATCH / 2, SWATCH, SWATCH)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.series_color(index))
            painter.drawRoundedRect(swatch, 2, 2)
            fits = self._legend_width() <= row.width() + 1
            name = self._data.series[index].name
            name = name if fits else elided(name, "small", share - SWATCH - 6)
            write(painter, row.adjusted(SWATCH + 6, 0, 0, 0), LEFT, name, look.text_muted, "small")
            row = row.adjusted(SWATCH + 6 + metrics("small").horizontalAdvance(name) + theme.L, 0, 0, 0)

    def _empty_words(self) -> str:
        return self._empty_text or _("Nothing to show for this period")

    # ---- the bubble with the words of one category

    def _bubble_lines(self, mark: Mark) -> list[tuple[str, str, bool]]:
        lines = [(self._data.categories[mark.category].label, "", False)]
        for index, series in enumerate(self._data.series):
            lines.append((series.name, self._data.value_words(index, mark.category), index == mark.series))
        return lines

    def _draw_bubble(self, painter: QPainter, mark: Mark, look: Theme) -> None:
        lines = self._bubble_lines(mark)
        widest_value = max(metrics("strong").horizontalAdvance(value) for _name, value, _on in lines)
        room = self.width() - 2 * PAD - 2 * theme.M
        names = [
            elided(name, "small", room - (widest_value + theme.L if value else 0)) for name, value, _ in lines
        ]
        widest = max(metrics("small").horizontalAdvance(name) for name in names[1:])
        inner = max(widest + theme.L + widest_value, metrics("small").horizontalAdvance(names[0]))
        line = metrics("body").height()
        box = self._bubble_place(mark, min(inner, room) + 2 * theme.M, line * len(lines) + theme.M)
        painter.setPen(QPen(look.color("border_input"), 1))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        row = QRectF(box.x() + theme.M, box.y() + theme.M / 2, box.width() - 2 * theme.M, line)
        for name, (_name, value, on) in zip(names, lines, strict=True):
            write(painter, row, LEFT, name, look.text if on else look.text_muted, "small")
            write(painter, row, RIGHT, value, look.text, "strong" if on else "body")
            row.translate(0, line)

    def _bubble_place(self, mark: Mark, width: float, height: float) -> QRectF:
        """Above the mark, or beside it where there is no room; always within the chart."""
        x, y = mark.shape.center().x() - width / 2, mark.shape.top() - height - theme.S
        if y < 1:
            y = max(1.0, min(mark.shape.center().y() - height / 2, self.height() - height - 1))
            beside = mark.shape.right() + theme.S
            x = beside if beside + width < self.width() else mark.shape.left() - theme.S - width
        x = max(1.0, min(x, self.width() - width - 1))
        return QRectF(round(x) + 0.5, round(y) + 0.5, round(width), round(height))

    # ---- mouse and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        hovered = (mark.series, mark.category) if mark else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        if mark:
            self._move_to(mark.series, mark.category)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        if mark and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(*self._keys((mark.series, mark.category)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._data.is_empty() or not self._take(key):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in KEYBOARD
        if self._ring and self._cursor is None:
            self._begin()
        super().focusInEvent(event)

    def _take(self, key: Qt.Key) -> bool:
        """Act on a key; whether it was ours."""
        across = self.across if len(self._data.series) > 1 else ()
        if key not in (*ENTER, *ENDS, *self.along, *across):
            return False
        self._ring = True
        if self._cursor is None:
            return self._begin()
        there = sorted((mark.series, mark.category) for mark in self.marks())
        series, category = self._cursor
        mine = [c for s, c in there if s == series]
        if key in ENTER:
            self.activated.emit(*self._keys((series, category)))
        elif key in ENDS:
            self._move_to(series, mine[0 if key == Qt.Key.Key_Home else -1])
        elif key in self.along:
            rest = [c for c in mine if (c < category if key == self.along[0] else c > category)]
            self._move_to(series, (rest[-1] if key == self.along[0] else rest[0]) if rest else category)
        else:
            others = [s for s, c in there if c == category and s != series]
            self._move_to(others[0] if others else series, category)
        return True

    def _begin(self) -> bool:
        """Put the highlight on the main series' first value; whether there is one."""
        first = min(((mark.series, mark.category) for mark in self.marks()), default=None)
        if first:
            self._move_to(*first)
        return first is not None

    def _move_to(self, series: int, category: int) -> None:
        self._cursor = (series, category)
        self._hovered = None
        self.setAccessibleDescription(self._data.words(series, category))
        self.update()

    def _keys(self, place: tuple[int, int]) -> tuple[str, str]:
        return self._data.series[place[0]].key, self._data.categories[place[1]].key

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 180)

    def sizeHint(self) -> QSize:
        return QSize(480, 260)


def metrics(role: FontRole) -> QFontMetricsF:
    """Measures of a font role, in logical pixels."""
    return QFontMetricsF(theme.font(role))


def elided(text: str, role: FontRole, width: float) -> str:
    """The text, shortened with an ellipsis to fit."""
    return metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width) + 0.5)


def write(
    painter: QPainter, rect: QRectF, flags: Qt.AlignmentFlag, text: str, color: str, role: FontRole = "small"
) -> None:
    """One line of text in a colour; what does not fit is cut by nobody, so fit it before."""
    painter.setFont(theme.font(role))
    painter.setPen(color)
    painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)
