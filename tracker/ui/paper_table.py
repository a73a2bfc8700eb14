"""A table on paper: title and office on the first page, heads on each, rows as high as their longest cell.

Drawn by ourselves, since a QTextDocument takes seconds for a thousand rows, during which the window would stand still.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.operations.printable import Printable
from tracker.ui.paper import INK, LEFT, LINE, QUIET, SHADE, font

TITLE, SAID, TEXT = 16, 9, 9
HEAD = 46.0
"""Height of title and what is said below it."""
GAP = 3.0
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWrapAnywhere)


@dataclass
class _Page:
    """The rows of a page with their heights; a row of one cell is a head between others."""

    rows: list[tuple[tuple[str, ...], float]] = field(default_factory=list)
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
        self._font, self._strong = font(TEXT), font(TEXT, strong=True)

    def lay_out(self, size: QSizeF) -> int:
        """As `Paper`; quick, since most cells need one line."""
        if size == self._size:
            return len(self._pages)
        self._size = size
        whole = sum(self.content.shares)
        self._widths = [size.width() * share / whole for share in self.content.shares]
        metrics = QFontMetricsF(self._font)
        line = metrics.lineSpacing()
        head = max(self._height(QFontMetricsF(self._strong), self.content.heads, line), line + 2 * GAP)
        page = _Page(top=HEAD)
        self._pages = [page]
        left = size.height() - HEAD - head
        self._head = head
        parts = dict(self.content.parts)
        for n, row in enumerate(self.content.rows):
            height = self._height(metrics, row, line)
            before = line + 2 * GAP + 2 if n in parts else 0.0
            if before + height > left and page.rows:
                page = _Page()
                self._pages.append(page)
                left = size.height() - head
            if before:
                page.rows.append(((parts[n],), before))
            page.rows.append((row, min(height, left - before)))
            left -= before + height
        return len(self._pages)

    def _height(self, metrics: QFontMetricsF, row: tuple[str, ...], line: float) -> float:
        high = line
        for text, width in zip(row, self._widths, strict=True):
            room = width - 2 * GAP
            if "\n" in text or (len(text) * TEXT > room and metrics.horizontalAdvance(text) > room):
                high = max(high, metrics.boundingRect(QRectF(0, 0, room, 10_000), WRAPPED, text).height())
        return high + 2 * GAP

    def draw(self, painter: QPainter, page: int) -> None:
        """As `Paper`."""
        shown = self._pages[page]
        y = shown.top
        if y:
            self._draw_title(painter)
        y = self._draw_row(painter, y, self.content.heads, self._head, head=True)
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

    def _draw_row(
        self, painter: QPainter, y: float, row: tuple[str, ...], height: float, *, head: bool = False
    ) -> float:
        part = len(row) == 1 and len(self._widths) > 1
        widths = [self._size.width()] if part else self._widths
        if head or part:
            painter.fillRect(QRectF(0, y, self._size.width(), height), SHADE)
        painter.setFont(self._strong if head or part else self._font)
        x = 0.0
        for text, width in zip(row, widths, strict=True):
            cell = QRectF(x, y, width, height)
            painter.setPen(QPen(LINE, 0.5))
            painter.drawRect(cell)
            painter.setPen(INK)
            painter.drawText(cell.adjusted(GAP, GAP, -GAP, 0), WRAPPED, text)
            x += width
        return y + height
