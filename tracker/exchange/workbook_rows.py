"""Records as rows of a sheet, streamed: one cell object a column, filled anew for each row.

Text stays text whatever it begins with, days are real days, money is yuan, codes are their labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles.styleable import StyleableObject
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from tracker.errors import UserError
from tracker.exchange import styles
from tracker.exchange.guard import FORMULA_LIKE
from tracker.i18n import _
from tracker.schema.fields import Choice, Count, Day, Field, Money, Value, YesNo

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPES = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
LONGEST = 32_767  # characters that a cell of a spreadsheet holds
STEP = 500
_EPOCH = date(1899, 12, 30).toordinal()

Row = Sequence[Any]
Told = Callable[[int], object]


class Stamp(Cell):
    """A cell that is written again and again: its style is looked up once, not for each row."""

    __slots__ = ("has_style", "style_id")

    def settle(self) -> None:
        """Keep the style it has, for good."""
        own: Any = self  # both are read-only properties of a plain cell
        own.style_id = vars(StyleableObject)["style_id"].fget(self)
        own.has_style = True


class RowSheet(WriteOnlyWorksheet):
    """A write-only sheet whose rows are cells already placed in their columns.

    openpyxl's own tries to make a value of every cell and catches the error; skipping that saves a third of the time.
    """

    def _values_to_row(self, values: Iterable[Any], row_idx: int) -> Iterator[Any]:
        for cell in values:
            cell.row = row_idx
            yield cell


def row_sheet(book: Any, title: str) -> Any:
    """A new sheet at the end of a write-only workbook."""
    sheet = RowSheet(book, title)
    book._add_sheet(sheet)
    return sheet


def safe_text(text: str) -> str:
    """A text as a spreadsheet can hold it: without control characters, cut off with a mark where too long."""
    if not text.isprintable():
        text = UNSAFE.sub("", text)
    if "_x" in text:
        text = ESCAPES.sub("_x005F_", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def serial(day: str) -> int | float:
    """The number by which spreadsheets know an ISO day, with the time of day as a fraction."""
    try:
        if len(day) == 10:
            return date.fromisoformat(day).toordinal() - _EPOCH
        moment = datetime.fromisoformat(day)
    except ValueError as wrong:  # written by something else, as `verify` tells
        text = _("“{value}” is not a day; the file is not sound. Open a backup.")
        raise UserError(text.format(value=day[:40])) from wrong
    return moment.toordinal() - _EPOCH + (moment.hour * 60 + moment.minute) / 1440


class Column:
    """Writes one field: `cell` is the same object for every row, so it must be written before the next `put`."""

    def __init__(self, sheet: Any, field: Field, place: int) -> None:
        self.field = field
        self._cell, self._quoted = self._made(sheet, place), self._made(sheet, place)
        self._quoted.quotePrefix = True
        for cell in (self._cell, self._quoted):
            cell.settle()
        self._known: dict[Value, Any] = {}
        self.put: Callable[[Value], Any] = self._text if self._cell.data_type == "s" else self._number

    def _made(self, sheet: Any, place: int) -> Any:
        cell = Stamp(sheet, row=1, column=place)
        cell.style = f"Tracker {_look(self.field)}"
        cell.data_type = "n" if isinstance(self.field, (Day, Money, Count)) else "s"
        return cell

    def _number(self, value: Value) -> Any:
        known = self._known.get(value)
        if known is None:
            known = self._stored(value)
            if len(self._known) < 10_000:
                self._known[value] = known
        self._cell._value = known
        return self._cell

    def _stored(self, value: Value) -> int | float:
        if isinstance(self.field, Day):
            return serial(str(value))
        return int(value or 0) / 100 if isinstance(self.field, Money) else int(value or 0)

    def _text(self, value: Value) -> Any:
        text = safe_text(self._label(value))
        cell = self._quoted if text.startswith(FORMULA_LIKE) else self._cell
        cell._value = text
        return cell

    def _label(self, value: Value) -> str:
        if self.field.personal:
            return self.field.shown(value)
        if not isinstance(self.field, (Choice, YesNo)):
            return str(value)
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = self.field.format(value)
        return str(known)

    def width(self, values: Iterable[Value]) -> int:
        """A width that fits heading and values, within bounds."""
        shown = [
            styles.width_of(str(self.field.format(value)).partition("\n")[0])
            for value in values
            if value is not None
        ]
        spare = 3 if isinstance(self.field, (Money, Count)) else 1
        title = styles.width_of(self.field.title())
        heading = title if title <= 14 else title // 2 + 4  # on two lines
        return min(max(max(shown, default=0) + spare, heading + 4, 8), 28)


def _look(field: Field) -> str:
    if isinstance(field, Day):
        return "moment" if field.moment else "day"
    return "amount" if isinstance(field, Money) else "whole" if isinstance(field, Count) else "text"


def write_rows(sheet: Any, columns: Sequence[Column], rows: Iterable[Row], tell: Told | None = None) -> int:
    """Append the rows and return how many; `tell` hears the number every few hundred rows and may raise to stop."""
    puts = [column.put for column in columns]
    number = 0
    for row in rows:
        sheet.append([put(value) for put, value in zip(puts, row, strict=True) if value is not None])
        number += 1
        if tell and number % STEP == 0:
            tell(number)
    return number


def heading_row(sheet: Any, columns: Sequence[Column]) -> None:
    """Append the fields' labels."""
    cells = []
    for place, column in enumerate(columns, 1):
        cell = WriteOnlyCell(sheet, column.field.title())
        cell.column, cell.style = place, "Tracker heading"
        cells.append(cell)
    sheet.row_dimensions[1].height = 30
    sheet.append(cells)
