"""A sheet written from top to bottom that knows its row, and what the parts of the year-end workbook share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.hyperlink import Hyperlink

from tracker.exchange import styles
from tracker.exchange.formulas import Source
from tracker.exchange.guard import FORMULA_LIKE
from tracker.exchange.workbook_rows import Row, row_sheet, safe_text
from tracker.i18n import _
from tracker.period import Period
from tracker.schema.fields import Field
from tracker.schema.filters import Condition
from tracker.schema.indicator import Breakdown, Distinct, Figure
from tracker.schema.ledger import Ledger

NONE = "—"


@dataclass(frozen=True)
class Details:
    """A ledger's records behind the figures: `rows` are streamed, `total` is their number."""

    ledger: Ledger
    columns: tuple[Field, ...]
    rows: Any
    total: int


@dataclass(frozen=True)
class ReturnLine:
    """One row of a statistical return; `level` 1 is a part of the row above, with `heading` rows of a kind begin."""

    figure: Figure
    level: int
    heading: str


@dataclass(frozen=True)
class Content:
    """What a year-end workbook is made of."""

    office: str
    clerk: str
    made: datetime
    period: Period
    figures: Sequence[Figure]
    months: Sequence[Figure]
    """Breakdowns by month of counts and sums, in the order of the figures."""
    details: Sequence[Details]
    returns: Sequence[ReturnLine] = ()
    """The rows of the statistical return of disputes; none where it is not wanted."""
    part: str = ""
    """That the figures were made from a part of a file, in a sentence; empty of a whole one."""

    def of(self, ledger: Ledger) -> list[Figure]:
        """The ledger's figures that are single numbers."""
        return [
            f
            for f in self.figures
            if f.indicator.ledger == ledger.name and not isinstance(f.indicator.measure, Breakdown)
        ]

    def ledgers(self) -> list[Ledger]:
        """The ledgers in their order."""
        return [part.ledger for part in self.details]


@dataclass
class Book:
    """The workbook in the making: where proofs find the records, and which cells say whether they agree."""

    workbook: Workbook
    sources: dict[str, Source] = field(default_factory=dict)
    counts: dict[tuple[str, Distinct, Condition], str] = field(default_factory=dict)
    """By ledger, atom and absolute condition: the range of how many rows have each different value."""
    agreements: list[tuple[str, int]] = field(default_factory=list)
    """Ranges of agreement cells with how many there are."""
    contents: list[tuple[str, str]] = field(default_factory=list)
    """Sheets with what each holds."""

    def sheet(self, title: str, about: str, widths: Sequence[float] = ()) -> Sheet:
        """A new sheet, listed on the cover."""
        made = Sheet(self, self.title(title))
        styles.set_widths(made.raw, widths)
        if about:
            self.contents.append((made.title, about))
        return made

    def title(self, wanted: str) -> str:
        """A sheet name as spreadsheets allow it, different from those there are."""
        clean = "".join("_" if c in r"[]:*?/\'" else c for c in wanted)[:28] or "-"
        taken = {name.casefold() for name in self.workbook.sheetnames}
        return clean if clean.casefold() not in taken else f"{clean} {len(taken) + 1}"


class Sheet:
    """A write-only sheet; `row` is the last row written."""

    def __init__(self, book: Book, title: str) -> None:
        self.book, self.title, self.row = book, title, 0
        self.raw: Any = row_sheet(book.workbook, title)

    def add(self, *cells: Any, height: float | None = None) -> int:
        """Append a row of cells made by `cell` and its siblings (None leaves one out); returns its number."""
        self.row += 1
        if height:
            self.raw.row_dimensions[self.row].height = height
        for place, cell in enumerate(cells, 1):
            if cell is not None:
                cell.column = place
        self.raw.append([cell for cell in cells if cell is not None])
        return self.row

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        for _number in range(rows):
            self.add()

    def cell(self, value: str | int | float | None, style: str, number_format: str = "") -> Any:
        """A cell with a text or number; text stays text whatever it begins with."""
        made: Any = WriteOnlyCell(self.raw)
        made.style = f"Tracker {style}"
        if isinstance(value, str):
            made._value, made.data_type = safe_text(value), "s"
            if value.startswith(FORMULA_LIKE):
                made.quotePrefix = True
        else:
            made.value = value
        if number_format:
            made.number_format = number_format
        return made

    def formula(self, expression: str, style: str = "proof", number_format: str = "") -> Any:
        """A cell with a formula, given without its `=`."""
        made = self.cell(None, style, number_format)
        made.value = f"={expression}"
        return made

    def link(self, text: str, sheet: str) -> Any:
        """A cell that leads to another sheet."""
        made = self.cell(text, "link")
        made.hyperlink = Hyperlink(ref="", location=f"{quoted(sheet)}!A1", display=text)
        made.style = "Tracker link"
        return made

    def agreement(self, condition: str) -> Any:
        """A cell that says whether a proof confirms its figure."""
        yes, no = styles.agrees(), styles.differs()
        return self.formula(f'IFERROR(IF({condition},"{yes}","{no}"),"{no}")', "agree")

    def merge(self, columns: int, row: int | None = None) -> None:
        """Join the first cells of a row."""
        number = row or self.row
        self.raw.merged_cells.add(f"A{number}:{styles.letter(columns)}{number}")

    def ref(self, column: int, first: int, last: int) -> str:
        """An absolute range in one column, with the sheet's name."""
        name = styles.letter(column)
        return f"{quoted(self.title)}!${name}${first}:${name}${last}"

    def agreements(self, column: int, first: int, last: int, number: int) -> None:
        """Colour and count the agreement cells of a range, of which there are `number`."""
        if number:
            name = styles.letter(column)
            styles.colour_agreement(self.raw, f"{name}{first}:{name}{last}")
            self.book.agreements.append((self.ref(column, first, last), number))

    def head(self, title: str, columns: int, note: str = "") -> None:
        """The sheet's title in its first row, and a note below it."""
        self.add(self.cell(title, "title"), height=30)
        self.merge(columns)
        self.add(self.cell(note, "note"), height=18)
        self.merge(columns)

    def headings(self, *texts: str, height: float = 30) -> int:
        """A row of headings."""
        return self.add(*(self.cell(text, "heading") for text in texts), height=height)


def quoted(title: str) -> str:
    """A sheet's name within a formula."""
    return "'" + title.replace("'", "''") + "'"


def number_style(figure: Figure) -> tuple[str, str]:
    """The style of a figure's value, and its number format."""
    decimals = figure.decimals
    return "number", styles.WHOLE + ("." + "0" * decimals if decimals else "")


def note(content: Content) -> str:
    """Period and as-of day, for the line below a title; of a part also that it is one."""
    told = (
        _("{office} · period {begin} to {end} · as of {as_of}")
        .format(
            office=content.office or "—",
            begin=content.period.begin,
            end=content.period.end,
            as_of=content.period.as_of,
        )
        .removeprefix("— · ")
    )
    return _("{text} · from a part of the file").format(text=told) if content.part else told


__all__ = ["NONE", "Book", "Content", "Details", "Row", "Sheet", "note", "number_style", "quoted"]
