"""A table on paper: title and office on the first page, heads on each, rows as high as their longest cell.

Drawn by ourselves, since a QTextDocument takes seconds for a thousand rows, during which the window would stand still.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from tracker.operations.printable import Printable
from tracker.ui.paper import INK, LEFT, LINE, QUIET, SHADE, Page, Paper, font

TITLE, SAID, TEXT = 16, 9, 9
HEAD = 46.0
"""Height of title and what is said below it."""
GAP = 3.0
WIDE = 6
"""From so many columns on the paper lies."""
LEAST = 3 * TEXT + 2 * GAP
"""So much room a column has before another one stays whole: three characters."""
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
        return self._broken(text, room)[0]

    def room(self, text: str, room: float) -> float:
        """The room in which to break a text: a little less where its last line had one character alone."""
        count, last = self._broken(text, room)
        less = room - self._one("国")
        return less if count > 1 and last == 1 and self.lines(text, less) == count else room

    def _broken(self, text: str, room: float) -> tuple[int, int]:
        """How many lines a text takes that is broken anywhere, and how many characters its last one has."""
        count = last = 0
        for part in text.split("\n"):
            count, last, used = count + 1, 0, 0.0
            for width in map(self._one, part):
                used, last = used + width, last + 1
                if used > room - 0.5:
                    count, last, used = count + 1, 1, width
        return count, last

    def _one(self, character: str) -> float:
        width = self._known.get(character)
        if width is None:
            width = self._known[character] = self._metrics.horizontalAdvance(character)
        return width


class _Grid:
    """A table laid into pages of a size: how wide its columns are, and how high a row is."""

    def __init__(self, content: Printable, size: QSizeF) -> None:
        self.content, self.size = content, size
        self.plain, self.strong = _Face(strong=False), _Face(strong=True)
        self.widths = fitted(self._natural(), size.width(), content.whole)
        self.head = self.height(self.strong, content.heads)

    def _natural(self) -> list[float]:
        """How wide each column would like to be; of those that stay whole every row is measured."""
        content = self.content
        some = (content.heads, *content.rows[:SAMPLE])
        every = (content.heads, *content.rows)
        return [
            max(self.strong.width(row[n]) for row in (every if n in content.whole else some)) + 2 * GAP
            for n in range(len(content.heads))
        ]

    def height(self, face: _Face, row: Row) -> float:
        """As high as its longest cell, with a little room above and below."""
        most = 1
        for text, width in zip(row, self.widths, strict=True):
            if _may_wrap(text, width):
                most = max(most, face.lines(text, width - 2 * GAP))
        return most * face.line + 2 * GAP


@dataclass
class TablePage(Page):
    """Its rows with their heights, a row of one cell being a head between others; `top` is where they begin."""

    grid: _Grid
    top: float = 0.0
    rows: list[tuple[Row, float]] = field(default_factory=list)

    def draw(self, painter: QPainter) -> None:
        """As `Page`."""
        if self.top:
            self._draw_title(painter)
        y = self._draw_row(painter, self.top, self.grid.content.heads, self.grid.head, head=True)
        for row, height in self.rows:
            y = self._draw_row(painter, y, row, height)

    def _draw_title(self, painter: QPainter) -> None:
        content, width = self.grid.content, self.grid.size.width()
        painter.setPen(INK)
        painter.setFont(font(TITLE, strong=True))
        painter.drawText(QRectF(0, 0, width, 24), int(LEFT), content.title)
        painter.setFont(font(SAID))
        painter.setPen(QUIET)
        said = " · ".join(filter(None, (content.office, content.said)))
        painter.drawText(QRectF(0, 25, width, 15), int(LEFT), said)

    def _draw_row(self, painter: QPainter, y: float, row: Row, height: float, *, head: bool = False) -> float:
        grid = self.grid
        part = len(row) == 1 and len(grid.widths) > 1
        strong = head or part
        widths = [grid.size.width()] if part else grid.widths
        if strong:
            painter.fillRect(QRectF(0, y, grid.size.width(), height), SHADE)
        painter.setPen(QPen(LINE, 0.5))
        painter.drawRect(QRectF(0, y, grid.size.width(), height))
        x = 0.0
        for width in widths[:-1]:
            x += width
            painter.drawLine(QLineF(x, y, x, y + height))
        painter.setFont((grid.strong if strong else grid.plain).font)
        painter.setPen(INK)
        x = 0.0
        for n, (text, width) in enumerate(zip(row, widths, strict=True)):
            left = x
            if not part and n in grid.content.amounts:
                left += max(0.0, width - 2 * GAP - (grid.strong if strong else grid.plain).width(text))
            self._draw_cell(painter, QRectF(left, y, x + width - left, height), text)
            x += width
        return y + height

    def _draw_cell(self, painter: QPainter, place: QRectF, text: str) -> None:
        if _may_wrap(text, place.width()):
            inside = place.adjusted(GAP, GAP, -GAP, 0)
            inside.setWidth(self.grid.plain.room(text, inside.width()))
            painter.drawText(inside, WRAPPED, text)
        elif text:  # on one line, which is sooner drawn
            painter.drawText(QPointF(place.left() + GAP, place.top() + GAP + self.grid.plain.ascent), text)


class TablePaper(Paper):
    """A `Paper` of a `Printable`."""

    def __init__(self, content: Printable, foot: str = "") -> None:
        self.content, self.title = content, content.title
        self.records = len(content.rows)
        self.foot = foot or content.office
        self.landscape = len(content.heads) >= WIDE
        self._last: tuple[QSizeF, list[TablePage]] = (QSizeF(), [])

    def pages(self, size: QSizeF) -> Sequence[TablePage]:
        """As `Paper`; quick, since most cells need one line."""
        if size != self._last[0]:
            self._last = (size, self._filled(_Grid(self.content, size)))
        return self._last[1]

    def _filled(self, grid: _Grid) -> list[TablePage]:
        page, parts = TablePage(grid, HEAD), dict(self.content.parts)
        pages = [page]
        room = grid.size.height() - grid.head
        left = room - HEAD
        for n, row in enumerate(self.content.rows):
            before = grid.plain.line + 2 * GAP + 2 if n in parts else 0.0
            height = grid.height(grid.plain, row)
            if before + height > left and page.rows:
                page, left = TablePage(grid), room
                pages.append(page)
            if before:
                page.rows.append(((parts[n],), before))
            page.rows.append((row, min(height, room - before)))
            left -= before + height
        return pages


def _may_wrap(text: str, width: float) -> bool:
    """Whether a cell may need more than one line; no character is wider than the font is high."""
    return len(text) * TEXT > width - 2 * GAP or "\n" in text


def fitted(
    natural: Sequence[float], width: float, whole: Collection[int] = (), least: float = LEAST
) -> list[float]:
    """Widths that fill the paper: what is narrow or to stay `whole` keeps its width, the widest share what is left.

    Nothing stays whole where it would leave the others no room worth having.
    """
    if sum(natural) <= width:
        spare = (width - sum(natural)) / len(natural)
        return [one + spare for one in natural]
    kept = sum(natural[n] for n in whole)
    others = [one for n, one in enumerate(natural) if n not in whole]
    if width - kept < sum(min(one, least) for one in others):
        kept, others, whole = 0.0, list(natural), ()
    cap, left, rest = 0.0, width - kept, sorted(others)
    while rest and rest[0] <= left / len(rest):
        left -= rest.pop(0)
    cap = left / len(rest) if rest else width
    return [one if n in whole else min(one, cap) for n, one in enumerate(natural)]
