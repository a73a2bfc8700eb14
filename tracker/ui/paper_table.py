"""A table on paper: title and office on the first page, heads on each, rows as high as their longest cell.

Drawn by ourselves, since a QTextDocument takes seconds for a thousand rows, during which the window would stand still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.operations.printable import Printable
from tracker.ui.paper import INK, LEFT, LINE, QUIET, SHADE, font

TITLE, SAID, TEXT = 16, 9, 9
HEAD = 46.0
"""Height of title and what is said below it."""
GAP = 3.0
SAMPLE = 200
"""So many rows tell how wide the columns are."""
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWrapAnywhere)
Row = tuple[str, ...]


class _Face:
    """A font whose texts are measured by the widths of their characters, which are asked for once."""

    def __init__(self, *, strong: bool) -> None:
        self.font = font(TEXT, strong=strong)
        self._metrics = QFontMetricsF(self.font)
        self.line, self.ascent = self._metrics.lineSpacing(), self._metrics.ascent()
        self._known: dict[str, float] = {}

    def width(self, text: str) -> float:
        """How long a text is on one line, a little more rather than less."""
        return sum(map(self._one, text)) + 1

    def lines(self, text: str, room: float) -> int:
        """How many lines a text takes that is broken anywhere."""
        count = 0
        for part in text.split("\n"):
            count, used = count + 1, 0.0
            for width in map(self._one, part):
                used += width
                if used > room - 0.5:
                    count, used = count + 1, width
        return count

    def _one(self, character: str) -> float:
        width = self._known.get(character)
        if width is None:
            width = self._known[character] = self._metrics.horizontalAdvance(character)
        return width


@dataclass
class _Page:
    """The rows of a page with their heights; a row of one cell is a head between others."""

    rows: list[tuple[Row, float]] = field(default_factory=list)
    top: float = 0.0


class TablePaper:
    """A `Paper` of a `Printable`."""

    def __init__(self, content: Printable, foot: str = "") -> None:
        self.content = content
        self.title = content.title
        self.foot = foot or content.office
        self._size = QSizeF()
        self._pages: list[_Page] = []
        self._widths: list[float] = []
        self._plain, self._strong = _Face(strong=False), _Face(strong=True)
        self._head = 0.0

    def lay_out(self, size: QSizeF) -> int:
        """As `Paper`; quick, since most cells need one line."""
        if size != self._size:
            self._size = size
            self._widths = fitted(self._natural(), size.width())
            self._head = self._height(self._strong, self.content.heads)
            self._pages = self._filled()
        return len(self._pages)

    def _natural(self) -> list[float]:
        """How wide each column would like to be."""
        rows = (self.content.heads, *self.content.rows[:SAMPLE])
        return [
            max(self._strong.width(row[n]) for row in rows) + 2 * GAP for n in range(len(self.content.heads))
        ]

    def _filled(self) -> list[_Page]:
        page, parts = _Page(top=HEAD), dict(self.content.parts)
        pages = [page]
        room = self._size.height() - self._head
        left = room - HEAD
        for n, row in enumerate(self.content.rows):
            before = self._plain.line + 2 * GAP + 2 if n in parts else 0.0
            height = self._height(self._plain, row)
            if before + height > left and page.rows:
                page, left = _Page(), room
                pages.append(page)
            if before:
                page.rows.append(((parts[n],), before))
            page.rows.append((row, min(height, room - before)))
            left -= before + height
        return pages

    def _height(self, face: _Face, row: Row) -> float:
        """As high as its longest cell, with a little room above and below."""
        most = 1
        for text, width in zip(row, self._widths, strict=True):
            if len(text) * TEXT > width - 2 * GAP or "\n" in text:
                most = max(most, face.lines(text, width - 2 * GAP))
        return most * face.line + 2 * GAP

    # drawing

    def draw(self, painter: QPainter, page: int) -> None:
        """As `Paper`."""
        shown = self._pages[page]
        if shown.top:
            self._draw_title(painter)
        y = self._draw_row(painter, shown.top, self.content.heads, self._head, head=True)
        for row, height in shown.rows:
            y = self._draw_row(painter, y, row, height)

    def _draw_title(self, painter: QPainter) -> None:
        width = self._size.width()
        painter.setPen(INK)
        painter.setFont(font(TITLE, strong=True))
        painter.drawText(QRectF(0, 0, width, 24), int(LEFT), self.content.title)
        painter.setFont(font(SAID))
        painter.setPen(QUIET)
        said = " · ".join(filter(None, (self.content.office, self.content.said)))
        painter.drawText(QRectF(0, 25, width, 15), int(LEFT), said)

    def _draw_row(self, painter: QPainter, y: float, row: Row, height: float, *, head: bool = False) -> float:
        part = len(row) == 1 and len(self._widths) > 1
        strong = head or part
        widths = [self._size.width()] if part else self._widths
        if strong:
            painter.fillRect(QRectF(0, y, self._size.width(), height), SHADE)
        painter.setPen(QPen(LINE, 0.5))
        painter.drawRect(QRectF(0, y, self._size.width(), height))
        x = 0.0
        for width in widths[:-1]:
            x += width
            painter.drawLine(QLineF(x, y, x, y + height))
        painter.setFont((self._strong if strong else self._plain).font)
        painter.setPen(INK)
        x = 0.0
        for text, width in zip(row, widths, strict=True):
            self._draw_cell(painter, QRectF(x, y, width, height), text)
            x += width
        return y + height

    def _draw_cell(self, painter: QPainter, place: QRectF, text: str) -> None:
        if len(text) * TEXT > place.width() - 2 * GAP or "\n" in text:
            painter.drawText(place.adjusted(GAP, GAP, -GAP, 0), WRAPPED, text)
        elif (
            text
        ):  # sooner drawn, since it surely stands on one line: no character is wider than the font is high
            painter.drawText(QPointF(place.left() + GAP, place.top() + GAP + self._plain.ascent), text)


def fitted(natural: Sequence[float], width: float) -> list[float]:
    """Widths that fill the paper: what is narrow keeps its width, the widest share what is left."""
    if sum(natural) <= width:
        spare = (width - sum(natural)) / len(natural)
        return [one + spare for one in natural]
    cap, left, rest = 0.0, width, sorted(natural)
    while rest and rest[0] <= left / len(rest):
        left -= rest.pop(0)
    cap = left / len(rest) if rest else width
    return [min(one, cap) for one in natural]
