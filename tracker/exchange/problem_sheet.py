"""Rows that could not be taken, as a sheet with the reason beside each: corrected there, it is read in as any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tracker.exchange.headings import Mapping
from tracker.i18n import N_, _

REASON, ROW = N_("Why it was not imported"), N_("Row before")
_HEAD = PatternFill("solid", fgColor="E4EDFA")
_WHY = PatternFill("solid", fgColor="FCF0D4")


def write(mapping: Mapping, rows: Iterable[tuple[str, int, Sequence[object]]], path: Path) -> None:
    """Write the rows as (reason, row, cells) under the sheet's own headings."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_("Rows with problems"))
    headings = [text if text else _("Column {n}").format(n=n + 1) for n, text in enumerate(mapping.headings)]
    sheet.freeze_panes = "C2"
    for number, width in enumerate((48, 8, *(16 for _text in headings)), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head(sheet, text) for text in (_(REASON), _(ROW), *headings)])
    for reason, row, cells in rows:
        why = _cell(sheet, reason)
        why.fill, why.alignment = _WHY, Alignment(wrap_text=True, vertical="top")
        filled = [*cells, *[""] * (len(headings) - len(cells))][: len(headings)]
        sheet.append([why, row, *(_cell(sheet, cell) for cell in filled)])
    book.save(path)


def _head(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font, cell.fill = Font(bold=True), _HEAD
    return cell


def _cell(sheet: Any, value: object) -> Any:
    """A cell of the value; a text is never taken for a formula."""
    if isinstance(value, bool) or not isinstance(value, int | float | date | datetime | str):
        value = "" if value is None else str(value)
    cell: Any = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell
