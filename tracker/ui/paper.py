"""What is put on paper: pages of a size that draw themselves, the same in the preview, on a printer and in a PDF.

Everything is measured in points. Paper is white whatever the theme is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrinter

from tracker.i18n import _
from tracker.ui import theme

INK, QUIET, LINE, SHADE = (QColor(name) for name in ("#000000", "#555555", "#999999", "#eeeeee"))
MARGINS = QMarginsF(15, 14, 15, 12)
"""In millimetres."""
FOOT = 22.0
"""Height of the line below, with the number of the page."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Paper(Protocol):
    """Something that can be printed."""

    title: str
    foot: str
    """What stands below each page beside its number."""

    def lay_out(self, size: QSizeF) -> int:
        """Fill pages of that size; how many there are, at least one."""

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw a page, counted from zero, as it was laid out."""


def font(points: float, *, strong: bool = False) -> QFont:
    """A font for paper: its pixels are points, and it is measured as it is printed."""
    result = theme.font("strong" if strong else "body")
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result.setPixelSize(round(points))
    return result


def set_up(printer: QPrinter, paper: Paper, landscape: bool) -> None:
    """A4 with our margins."""
    printer.setDocName(paper.title)
    printer.setCreator("Case Tracker")
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, way, MARGINS, QPageLayout.Unit.Millimeter))


def printing(printer: QPrinter, paper: Paper) -> Iterator[tuple[int, int]]:
    """Draw the pages that the printer was asked for, one at each step; which one it is, and of how many."""
    place = printer.pageLayout().paintRect(QPageLayout.Unit.Point)
    count = paper.lay_out(QSizeF(place.width(), place.height() - FOOT))
    first = max(1, printer.fromPage())
    last = min(count, printer.toPage() or count)
    painter = QPainter(printer)
    try:
        scale = printer.resolution() / 72
        painter.scale(scale, scale)
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            painter.save()
            paper.draw(painter, number - 1)
            painter.restore()
            foot = QRectF(0, place.height() - FOOT, place.width(), FOOT)
            draw_foot(painter, paper, foot, number, count)
            yield number, last
    finally:
        painter.end()


def draw_foot(painter: QPainter, paper: Paper, place: QRectF, number: int, count: int) -> None:
    """What stands below a page."""
    painter.setFont(font(8))
    painter.setPen(QUIET)
    painter.drawText(place, int(LEFT), paper.foot)
    painter.drawText(place, int(RIGHT), _("Page {n} of {count}").format(n=number, count=count))


class DocumentPaper:
    """A document, or HTML, as paper; for what is short, since all of it is laid out at once."""

    def __init__(self, title: str, content: QTextDocument | str, foot: str = "") -> None:
        self.title, self.foot = title, foot
        self.document = content if isinstance(content, QTextDocument) else QTextDocument()
        if isinstance(content, str):
            self.document.setDefaultFont(font(11))
            self.document.setHtml(content)
        self.document.setDocumentMargin(0)
        self._size = QSizeF()

    def lay_out(self, size: QSizeF) -> int:
        """As `Paper`."""
        self._size = size
        self.document.setPageSize(size)
        return max(1, self.document.pageCount())

    def draw(self, painter: QPainter, page: int) -> None:
        """As `Paper`."""
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, INK)
        context.palette = palette
        top = page * self._size.height()
        context.clip = QRectF(0, top, self._size.width(), self._size.height())
        painter.setClipRect(QRectF(0, 0, self._size.width(), self._size.height()))
        painter.translate(0, -top)
        self.document.documentLayout().draw(painter, context)
