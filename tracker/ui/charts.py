"""Our charts: `BarChart`, `LineChart` (months) and `HBarChart` (breakdowns); their data are `ChartData`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from tracker.ui import theme
from tracker.ui.chart_base import CENTER, LEFT, PAD, RIGHT, Chart, Mark, elided, metrics, write
from tracker.ui.chart_data import Category, ChartData, Series, full_number, short_number, ticks
from tracker.ui.theme import Theme

__all__ = [
    "BarChart",
    "Category",
    "ChartData",
    "HBarChart",
    "LineChart",
    "Mark",
    "Series",
    "full_number",
    "short_number",
]

TICK_EVERY = 36  # logical pixels between the axis' hairlines, at least
TICKS_MAX = 5
BAR_MAX = 28
BAR_GAP = 2
SKIPPED_FROM = 56  # labels narrower than this are thinned out rather than turned
SLANT = math.sqrt(0.5)
ROW_MIN, ROW = 20, 28


@dataclass(frozen=True)
class Axes:
    """The frame of a vertical chart: the inner area, the marks of its axis, and how the categories are labelled."""

    inner: QRectF
    ticks: tuple[float, ...]
    slot: float
    step: int  # every how-manieth category is labelled
    slanted: bool
    label_width: float
    bare: bool

    def center(self, category: int) -> float:
        """The middle of a category's slot."""
        return self.inner.left() + (category + 0.5) * self.slot

    def y(self, value: float) -> float:
        """Where a value is on the axis."""
        return self.inner.bottom() - self.inner.height() * value / self.ticks[-1]


class _Vertical(Chart):
    """Categories along the bottom, values upwards; last year's series first, as time runs."""

    def _order(self, count: int) -> Iterable[int]:
        return reversed(range(count))

    def _bare(self, body: QRectF) -> bool:
        """Whether every value is written at its mark, so that the axis would only repeat them."""
        del body
        return False

    def axes(self, body: QRectF) -> Axes:
        """Divide the area so that no label overlaps another or is cut."""
        data, small = self._data, metrics("small")
        steps = int(min(TICKS_MAX, max(2.0, (body.height() - 40) // TICK_EVERY)))
        marks = ticks(data.top(), steps, whole=data.is_whole())
        bare = self._bare(body)
        left = 0.0 if bare else max(small.horizontalAdvance(short_number(mark)) for mark in marks) + theme.S
        widest = max(small.horizontalAdvance(category.label) for category in data.categories)
        slot = (body.width() - left) / len(data.categories)
        step, slanted, width = 1, False, widest
        if widest + 4 > slot:
            slanted = widest > SKIPPED_FROM
            if slanted:
                width = min(widest, body.height() * 0.4, 120.0)
                left = max(left, width * SLANT - slot / 2 + 6)
                slot = (body.width() - left) / len(data.categories)
            step = max(1, math.ceil(((small.height() + 2) / SLANT if slanted else widest + 6) / slot))
        below = (width + small.height()) * SLANT + 2 if slanted else small.height() + theme.XS
        inner = body.adjusted(left, small.height(), 0, -below)
        return Axes(inner, marks, slot, step, slanted, width, bare)

    def _draw_axes(self, painter: QPainter, body: QRectF, axes: Axes, look: Theme) -> None:
        for mark in axes.ticks[: 1 if axes.bare else None]:
            y = round(axes.y(mark)) + 0.5
            painter.setPen(QPen(look.color("border_input" if mark == 0 else "border"), 1))
            painter.drawLine(QPointF(axes.inner.left(), y), QPointF(axes.inner.right(), y))
            if axes.bare:
                break
            box = QRectF(body.left(), y - 10, axes.inner.left() - body.left() - theme.S + 2, 20)
            write(painter, box, RIGHT, short_number(mark), look.text_muted)
        for index in range(0, len(self._data.categories), axes.step):
            self._draw_category(painter, index, axes, look)

    def _draw_category(self, painter: QPainter, index: int, axes: Axes, look: Theme) -> None:
        label, x, height = self._data.categories[index].label, axes.center(index), metrics("small").height()
        if not axes.slanted:
            box = QRectF(x - 60, axes.inner.bottom() + theme.XS, 120, height)
            write(painter, box, CENTER, label, look.text_muted)
            return
        painter.save()
        painter.translate(x + 3, axes.inner.bottom() + theme.XS + 1)
        painter.rotate(-45)
        text = elided(label, "small", axes.label_width)
        write(painter, QRectF(-axes.label_width, 0, axes.label_width, height), RIGHT, text, look.text_muted)
        painter.restore()


class BarChart(_Vertical):
    """Upright bars; with a second series, last year's stand at the left of this year's."""

    def _place(self, body: QRectF) -> list[Mark]:
        axes, count = self.axes(body), len(self._data.series)
        width = _bar_width(axes.slot, count)
        marks = []
        for category in range(len(self._data.categories)):
            start = axes.center(category) - (width + BAR_GAP) * count / 2
            for place, series in enumerate(self._order(count)):
                value = self._data.series[series].values[category]
                if value is None:
                    continue
                x = start + place * (width + BAR_GAP) + BAR_GAP / 2
                shape = QRectF(x, axes.y(value), width, axes.inner.bottom() - axes.y(value))
                hit = QRectF(x - BAR_GAP / 2, axes.inner.top(), width + BAR_GAP, axes.inner.height())
                marks.append(Mark(series, category, shape, hit))
        return marks

    def _draw_plot(self, painter: QPainter, body: QRectF, look: Theme) -> None:
        axes, marks = self.axes(body), self._place(body)
        self._draw_axes(painter, body, axes, look)
        for mark in marks:
            color = look.series_color(mark.series)
            draw_bar(
                painter, mark.shape, lit(color, look) if self.is_lit(mark.series, mark.category) else color
            )
            if axes.bare:
                self._draw_value(painter, mark, look)

    def _bare(self, body: QRectF) -> bool:
        small, count = metrics("small"), len(self._data.series)
        values = (value for series in self._data.series for value in series.values if value is not None)
        widest = max(small.horizontalAdvance(short_number(value)) for value in values)
        slot = body.width() / len(self._data.categories)
        return widest + 4 <= (slot if count == 1 else _bar_width(slot, count) + BAR_GAP)

    def _draw_value(self, painter: QPainter, mark: Mark, look: Theme) -> None:
        value = self._data.series[mark.series].values[mark.category]
        box = QRectF(mark.shape.center().x() - 50, mark.shape.top() - 19, 100, 18)
        color = look.text if mark.series == 0 else look.text_muted
        write(painter, box, CENTER, short_number(value or 0), color)


class LineChart(_Vertical):
    """Points joined by lines, broken where a value is missing; the second series is dashed."""

    def _place(self, body: QRectF) -> list[Mark]:
        axes = self.axes(body)
        marks = []
        for index, series in enumerate(self._data.series):
            for category, value in enumerate(series.values):
                if value is None:
                    continue
                x, y = axes.center(category), axes.y(value)
                hit = QRectF(x - axes.slot / 2, axes.inner.top() - 8, axes.slot, axes.inner.height() + 8)
                marks.append(Mark(index, category, QRectF(x - 3.5, y - 3.5, 7, 7), hit))
        return marks

    def _draw_plot(self, painter: QPainter, body: QRectF, look: Theme) -> None:
        marks = self._place(body)
        self._draw_axes(painter, body, self.axes(body), look)
        for series in reversed(range(len(self._data.series))):
            self._draw_line(painter, series, [mark for mark in marks if mark.series == series], look)

    def _draw_line(self, painter: QPainter, series: int, marks: list[Mark], look: Theme) -> None:
        color = look.series_color(series)
        style = Qt.PenStyle.DashLine if series else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, 1.5 if series else 2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        run: list[QPointF] = []
        for before, mark in zip([None, *marks], marks, strict=False):
            if before and before.category != mark.category - 1:
                painter.drawPolyline(QPolygonF(run))
                run = []
            run.append(mark.shape.center())
        painter.drawPolyline(QPolygonF(run))
        painter.setPen(QPen(look.color("surface"), 1.5))
        for mark in marks:
            grown = 2 if self.is_lit(mark.series, mark.category) else 0
            painter.setBrush(color)
            painter.drawEllipse(mark.shape.adjusted(-grown, -grown, grown, grown))


class HBarChart(Chart):
    """Lying bars in the order given, each with its label before and its value behind; grows with its rows."""

    along = (Qt.Key.Key_Up, Qt.Key.Key_Down)
    across = (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def set_data(self, data: ChartData) -> None:
        super().set_data(data)
        self.setMinimumHeight(self.minimumSizeHint().height())

    def _columns(self, body: QRectF) -> tuple[float, float]:
        """The widths of the labels before and of the values behind."""
        small, data = metrics("small"), self._data
        labels = max(small.horizontalAdvance(category.label) for category in data.categories)
        places = range(len(data.categories))
        values = max(
            small.horizontalAdvance(data.text(series, place))
            for series in range(len(data.series))
            for place in places
        )
        return min(labels, body.width() * 0.45) + theme.S, min(values, body.width() * 0.35) + theme.S

    def _place(self, body: QRectF) -> list[Mark]:
        before, behind = self._columns(body)
        room = max(10.0, body.width() - before - behind)
        row = min(self._row() * 1.3, body.height() / len(self._data.categories))
        count, top = len(self._data.series), self._data.top()
        thick = min(18.0, (row - 6) / count)
        marks = []
        for category in range(len(self._data.categories)):
            y = body.top() + row * category
            for series in range(count):
                value = self._data.series[series].values[category]
                if value is None:
                    continue
                y_bar = y + (row - thick * count) / 2 + thick * series
                shape = QRectF(
                    body.left() + before, y_bar, room * value / top, thick - (1 if count > 1 else 0)
                )
                hit = QRectF(body.left(), y + row * series / count, body.width(), row / count)
                marks.append(Mark(series, category, shape, hit))
        return marks

    def _draw_plot(self, painter: QPainter, body: QRectF, look: Theme) -> None:
        before, _behind = self._columns(body)
        marks = self._place(body)
        row = min(self._row() * 1.3, body.height() / len(self._data.categories))
        for index, category in enumerate(self._data.categories):
            box = QRectF(body.left(), body.top() + row * index, before - theme.S, row)
            write(painter, box, RIGHT, elided(category.label, "small", box.width()), look.text)
        for mark in marks:
            color, on = look.series_color(mark.series), self.is_lit(mark.series, mark.category)
            draw_bar(painter, mark.shape, lit(color, look) if on else color, lying=True)
            text = self._data.text(mark.series, mark.category)
            box = mark.shape.adjusted(mark.shape.width() + 6, -4, body.right() - mark.shape.right(), 4)
            write(painter, box, LEFT, elided(text, "small", body.width() * 0.35), text_color(mark, look))

    def _row(self) -> int:
        return ROW if len(self._data.series) < 2 else 18 * len(self._data.series) + 4

    def minimumSizeHint(self) -> QSize:
        rows = len(self._data.categories) * (ROW_MIN if len(self._data.series) < 2 else self._row())
        return QSize(320, max(180, round(rows + self._header_height(320)) + 2 * PAD))

    def sizeHint(self) -> QSize:
        rows = len(self._data.categories) * self._row()
        return QSize(480, max(180, round(rows + self._header_height(480)) + 2 * PAD))


def _bar_width(slot: float, count: int) -> float:
    return max(2.0, min(BAR_MAX, slot * 0.74 / count - BAR_GAP))


def text_color(mark: Mark, look: Theme) -> str:
    """The colour of a value's number: that of the main series is plain, others are muted."""
    return look.text if mark.series == 0 else look.text_muted


def lit(color: QColor, look: Theme) -> QColor:
    """The colour of a highlighted bar."""
    return color.lighter(125) if look.dark else color.darker(125)


def draw_bar(painter: QPainter, shape: QRectF, color: QColor, *, lying: bool = False) -> None:
    """A bar with two rounded corners at its end; a value above nothing is at least a hairline."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    length = shape.width() if lying else shape.height()
    if length <= 0:
        return
    radius = min(2.5, length / 2)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(shape, radius, radius)
    flat = shape.adjusted(0, 0, -radius, 0) if lying else shape.adjusted(0, radius, 0, 0)
    path.addRect(flat)
    painter.drawPath(path.simplified())
