"""How workbooks look: a few named styles, colours of proofs, widths that fit, and pages ready to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from tracker.i18n import _

FACE = "Microsoft YaHei"
INK, MUTED, ACCENT = "1B2330", "566173", "1F5FBF"
HEAD, GROUP, LINE = "E4EDFA", "F4F5F7", "C9D0DA"
AGREES, AGREES_SOFT, DIFFERS, DIFFERS_SOFT = "17724A", "E1F3E9", "B02424", "FCE8E7"
SERIES = ("2F6FD0", "8395AE", "24906F", "B87A1A")

A4 = "9"
PAGE_POINTS, PAGE_PIXELS = (
    490,
    1035,
)  # what a landscape A4 page holds between our margins: height, and width at 96 dpi
CHARACTER = 9.4  # pixels that a character of column width takes where the default font is missing; 7 where it is there

DAY, MOMENT, MONEY, WHOLE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00", "#,##0"


def _style(
    name: str, *, size: float = 10, bold: bool = False, color: str = INK, fill: str = "", across: str = "general",
    number: str = "General", boxed: bool = True, wrap: bool = False, upright: str = "center", indent: int = 0,
) -> NamedStyle:  # fmt: skip
    side = Side(style="thin", color=LINE)
    return NamedStyle(
        name=f"Tracker {name}",
        font=Font(name=FACE, size=size, bold=bold, color=color),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        alignment=Alignment(horizontal=across, vertical=upright, wrap_text=wrap, indent=indent),
        border=Border(left=side, right=side, top=side, bottom=side) if boxed else Border(),
        number_format=number,
    )


def styles() -> list[NamedStyle]:
    """The workbook's styles, by which cells are written."""
    return [
        _style("title", size=16, bold=True, boxed=False),
        _style("cover", size=24, bold=True, boxed=False, across="center"),
        _style("subtitle", size=13, boxed=False, color=MUTED, across="center"),
        _style("section", size=12, bold=True, boxed=False, color=ACCENT),
        _style("note", size=9, boxed=False, color=MUTED),
        _style("paragraph", boxed=False, wrap=True, upright="top"),
        _style("warning", bold=True, boxed=False, wrap=True, color=DIFFERS, fill=DIFFERS_SOFT),
        _style("heading", bold=True, fill=HEAD, across="center", wrap=True),
        _style("group", bold=True, fill=GROUP),
        _style("label"),
        _style("link", color=ACCENT),
        _style("wrapped", wrap=True),
        _style("fact", across="left"),
        _style("small", size=9, color=MUTED, wrap=True),
        _style("unit", across="center", color=MUTED),
        _style("number", number=WHOLE, across="right"),
        _style("money", number=MONEY, across="right"),
        _style("total", number=WHOLE, across="right", bold=True, fill=GROUP),
        _style("proof", size=9, number=WHOLE, across="right", color=MUTED),
        _style("agree", across="center"),
        _style("text", size=9, boxed=False, across="left", indent=1),
        _style("day", size=9, boxed=False, number=DAY, across="center"),
        _style("moment", size=9, boxed=False, number=MOMENT, across="center"),
        _style("amount", size=9, boxed=False, number=MONEY + "_ ", across="right"),
        _style("whole", size=9, boxed=False, number=WHOLE + "_ ", across="right"),
    ]


def add_styles(book: Workbook) -> None:
    """Give the workbook the styles."""
    for style in styles():
        book.add_named_style(style)


def agrees() -> str:
    """What stands beside a figure that its proof confirms."""
    return _("agrees")


def differs() -> str:
    """What stands beside a figure that its proof does not confirm."""
    return _("differs")


def colour_agreement(sheet: Any, ref: str) -> None:
    """Colour the agreement cells of a range: green where they agree, red where not."""
    for word, ink, soft in ((agrees(), AGREES, AGREES_SOFT), (differs(), DIFFERS, DIFFERS_SOFT)):
        rule = CellIsRule(  # type: ignore[no-untyped-call]
            operator="equal",
            formula=[f'"{word}"'],
            font=Font(color=ink, bold=word == differs()),
            fill=PatternFill("solid", bgColor=soft),
        )
        sheet.conditional_formatting.add(ref, rule)


def width_of(text: str) -> int:
    """Width in characters of half width; Chinese characters count double."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lines_of(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column of this width."""
    return max(1, -(-width_of(text) * 11 // int(width * 10)))


def page(sheet: Any, title: str, *, landscape: bool = True, pages_wide: int = 1, head_rows: str = "") -> None:
    """Set a sheet up for A4, so many pages wide: heading rows (`1:1`) repeated, title above, page number below."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.7, 0.6, 0.3, 0.3
    if title:
        sheet.HeaderFooter.oddHeader.center.text = title.replace("&", "&&")
    sheet.HeaderFooter.oddFooter.center.text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    if head_rows:
        sheet.print_title_rows = head_rows


class Pages:
    """Breaks between blocks that shall not be torn apart, on a landscape page printed at a fixed scale in per cent.

    Excel ignores breaks on sheets that are fitted to a number of pages, so the scale is set instead. `head` is the
    height in points of what stands at the top of each page.
    """

    def __init__(self, sheet: Any, scale: int, head: float) -> None:
        self._sheet, self._used = sheet, 0.0
        self._room = PAGE_POINTS * 100 / scale - head
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
        sheet.page_setup.scale = scale

    def block(self, after_row: int, points: float) -> None:
        """Begin a block of this height below a row, on a new page where it does not fit."""
        if self._used and self._used + points > self._room:
            self._sheet.row_breaks.append(Break(id=after_row))
            self._used = 0
        self._used += points


def scale_for(widths: Sequence[float]) -> int:
    """The scale in per cent at which columns of these widths fill a landscape page."""
    return max(20, min(100, int(100 * PAGE_PIXELS / (CHARACTER * sum(widths)))))


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of the first columns; before any row is written."""
    for place, width in enumerate(widths):
        sheet.column_dimensions[letter(place + 1)].width = width


def letter(column: int) -> str:
    """The letters of a column, counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
