"""What is put on paper: pages that paint themselves, the same in the preview, on a printer and in a PDF.

Everything is measured in points. Paper is white whatever the theme is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations.fresh import fresh_file
from tracker.ui import theme

INK, QUIET, LINE, SHADE = (QColor(name) for name in ("#000000", "#555555", "#999999", "#eeeeee"))
MARGINS = QMarginsF(15, 14, 15, 12) * (72 / 25.4)
FOOT = 22.0
"""Height of the line below, with the number of the page."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
UNIT = QPageLayout.Unit.Point


class Page(ABC):
    """One page of a paper."""

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """Paint it, from the upper left corner of what is inside the margins."""


class Paper(ABC):
    """Something that can be printed on A4."""

    title = ""
    foot: str | None = ""
    """What stands below each page beside its number; None where a paper has no such line."""
    margins = MARGINS
    landscape = False
    """Whether it lies unless it is turned."""
    turns = True
    """Whether it may be turned."""
    records: int | None = None
    """How many it tells of, where that is known."""
    whole = False
    """Whether personal numbers in it are not masked."""

    @abstractmethod
    def pages(self, size: QSizeF) -> Sequence[Page]:
        """Pages of that size, at least one."""


class Sheets:
    """A paper laid out: its pages with what surrounds them."""

    def __init__(self, paper: Paper, layout: QPageLayout) -> None:
        self._paper = paper
        self.whole = layout.fullRect(UNIT)
        self._place = self.whole.marginsRemoved(paper.margins)
        foot = 0 if paper.foot is None else FOOT
        self.pages = paper.pages(QSizeF(self._place.width(), self._place.height() - foot))

    def draw(self, painter: QPainter, number: int) -> None:
        """Paint a whole sheet from its corner; its number is counted from zero."""
        painter.save()
        painter.translate(self._place.topLeft())
        self.pages[number].draw(painter)
        painter.restore()
        if self._paper.foot is not None:
            painter.setFont(font(8))
            painter.setPen(QUIET)
            place = self._place.adjusted(0, self._place.height() - FOOT, 0, 0)
            painter.drawText(place, int(LEFT), self._paper.foot)
            painter.drawText(place, int(RIGHT), page_of(number + 1, len(self.pages)))


def page_of(number: int, count: int) -> str:
    """Which page it is, in words."""
    return _("Page {n} of {count}").format(n=number, count=count)


def font(points: float, *, strong: bool = False) -> QFont:
    """A font for paper: its pixels are points, and it is measured as it is printed."""
    result = theme.font("strong" if strong else "body")
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result.setPixelSize(round(points))
    return result


def a4(landscape: bool) -> QPageLayout:
    """The sheet; papers keep their own margins."""
    way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF())


def set_up(printer: QPrinter, paper: Paper, landscape: bool) -> None:
    """Name what is printed, and lay A4 into it."""
    printer.setDocName(paper.title)
    printer.setCreator("Case Tracker")
    printer.setPageLayout(a4(landscape))


def printing(printer: QPrinter, paper: Paper) -> Iterator[tuple[int, int]]:
    """Draw the pages that the printer was asked for, one at each step; which one it is, and of how many.

    Raises UserError where the printer does not take them.
    """
    sheets = Sheets(paper, printer.pageLayout())
    first = max(1, printer.fromPage())
    last = min(len(sheets.pages), printer.toPage() or len(sheets.pages))
    printer.setFullPage(True)  # the corner is the sheet's, not that of what this printer can reach
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(_("The printer does not take it; choose another, or save as PDF."))
    try:
        scale = printer.resolution() / 72
        painter.scale(scale, scale)
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            sheets.draw(painter, number - 1)
            yield number, last
    finally:
        painter.end()


def write_pdf(paper: Paper, path: Path, landscape: bool = False) -> Iterator[tuple[int, int]]:
    """Write a paper as a PDF, one page at each step, whole or not at all. Raises UserError."""
    with fresh_file(path) as fresh:
        fresh.touch()  # so that what the disk refuses is told in its own words
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(fresh))
        set_up(printer, paper, landscape)
        yield from printing(printer, paper)
