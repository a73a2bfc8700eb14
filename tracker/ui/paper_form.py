"""Printed forms on paper: upright A4 with a form's own margins, in tenths of a millimetre."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from tracker.schema.form import Cell, Form, Row
from tracker.ui.paper import INK, Page, Paper

PAGE = QSizeF(2100, 2970)
LEFT, TOP, BOTTOM = 250, 220, 200
WIDTH = PAGE.width() - 2 * LEFT
PAD = 22
POINT = 254 / 72
TITLES = [
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    "华文中宋",
    "STZhongsong",
    "SimSun",
    "Noto Serif CJK SC",
    "Songti SC",
]
TEXTS = ["仿宋", "仿宋_GB2312", "FangSong", "STFangsong", "SimSun", "Noto Serif CJK SC", "Songti SC"]
SIZES = {"#": 18.0, "##": 22.0, "###": 16.0, ">": 12.0}
BODY = 12.0
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_MIDDLE, _LEFT = (
    int(Qt.AlignmentFlag.AlignCenter),
    int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
)
_FOOT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)


@dataclass(frozen=True)
class FormPage(Page):
    """What stands on one sheet: heads (on the first of a form), rows with their places, and the columns' widths."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Row, float, float], ...]
    widths: tuple[float, ...]

    def draw(self, painter: QPainter) -> None:
        """As `Page`."""
        painter.scale(72 / 254, 72 / 254)
        painter.setPen(QPen(INK, 3))
        self._draw_heads(painter)
        painter.setFont(font(BODY))
        for row, top, height in self.rows:
            column, left = 0, float(LEFT)
            for cell in row.cells:
                width = sum(self.widths[column : column + cell.span])
                _draw_cell(painter, cell, QRectF(left, top, width, height))
                column, left = column + cell.span, left + width
        if self.rows:
            first, (_row, top, height) = self.rows[0][1], self.rows[-1]
            painter.setPen(QPen(INK, 6))
            painter.drawRect(QRectF(QPointF(LEFT, first), QPointF(LEFT + WIDTH, top + height)))

    def _draw_heads(self, painter: QPainter) -> None:
        at = float(TOP)
        for mark, text in self.heads:
            height = SIZES[mark] * POINT * 1.7
            painter.setFont(font(SIZES[mark], TEXTS if mark == ">" else TITLES))
            where = Qt.AlignmentFlag.AlignRight if mark == ">" else Qt.AlignmentFlag.AlignHCenter
            flags = int(where | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(LEFT, at, WIDTH, height), flags, text)
            at += height


class FormPaper(Paper):
    """Each form on as many sheets as it needs; a row is never parted."""

    foot, margins, turns = None, QMarginsF(), False
    whole = True

    def __init__(self, title: str, forms: Sequence[Form]) -> None:
        self.title, self.records = title, len(forms)
        self.sheets = tuple(page for form in forms for page in _sheets(form))

    def pages(self, size: QSizeF) -> Sequence[FormPage]:
        """As `Paper`."""
        return self.sheets


def _sheets(form: Form) -> Iterator[FormPage]:
    whole = sum(form.widths)
    widths = tuple(WIDTH * width / whole for width in form.widths)
    heads, at = form.heads, TOP + _heads_height(form.heads)
    rows: list[tuple[Row, float, float]] = []
    for row in form.rows:
        height = _height(row, widths)
        if rows and at + height > PAGE.height() - BOTTOM:
            yield FormPage(heads, tuple(rows), widths)
            heads, rows, at = (), [], float(TOP)
        rows.append((row, at, height))
        at += height
    yield FormPage(heads, tuple(rows), widths)


def font(size: float, families: Sequence[str] = TEXTS) -> QFont:
    """A font of so many points in the units of a page."""
    result = QFont()
    result.setFamilies(list(families))
    result.setPixelSize(round(size * POINT))
    return result


def _heads_height(heads: Sequence[tuple[str, str]]) -> float:
    return sum(SIZES[mark] * POINT * 1.7 for mark, _text in heads) + (40 if heads else 0)


def _height(row: Row, widths: Sequence[float]) -> float:
    """As high as declared, or as its fullest cell needs."""
    need, column = float(row.height * 10), 0
    metrics = QFontMetricsF(font(BODY))
    for cell in row.cells:
        width = sum(widths[column : column + cell.span]) - 2 * PAD
        column += cell.span
        box = metrics.boundingRect(QRectF(0, 0, width, 100_000), _WRAP, cell.text)
        foot = metrics.height() * 1.4 if cell.foot else 0
        need = max(need, box.height() + foot + PAD)
    return need


def _draw_cell(painter: QPainter, cell: Cell, box: QRectF) -> None:
    painter.drawRect(box)
    inside = box.marginsRemoved(QMarginsF(PAD, PAD / 2, PAD, PAD / 2))
    if cell.foot:
        painter.drawText(inside, _FOOT | _WRAP, cell.foot)
        inside.setBottom(inside.bottom() - QFontMetricsF(painter.font()).height() * 1.4)
    painter.drawText(inside, (_MIDDLE if cell.label else _LEFT) | _WRAP, cell.text)
