"""A list as a plain sheet or a CSV file, in the shape that import reads back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path

from tracker.exchange import styles
from tracker.exchange.guard import guarded
from tracker.exchange.workbook import streamed
from tracker.exchange.workbook_rows import (
    STEP,
    Column,
    Row,
    Told,
    heading_row,
    row_sheet,
    write_rows,
)
from tracker.i18n import _
from tracker.schema.fields import Count, Day, Field, Money, Value

SAMPLE = 400


def write_sheet(
    title: str,
    fields: Sequence[Field],
    rows: Iterable[Row],
    path: Path,
    tell: Told | None = None,
    *,
    part: str = "",
) -> None:
    """Write an .xlsx with one sheet: headings, then the rows, streamed.

    That the list was made from a part of a file stands at the head of each page and among the document's properties:
    in cells it would be taken for a record where the sheet is imported.
    """
    with streamed() as workbook:
        styles.add_styles(workbook)
        sheet = row_sheet(workbook, title[:28])
        columns = [Column(sheet, field, place) for place, field in enumerate(fields, 1)]
        left = iter(rows)
        sample = list(islice(left, SAMPLE))
        styles.set_widths(sheet, [c.width(row[n] for row in sample) + 0.7 for n, c in enumerate(columns)])
        styles.page(
            sheet,
            _("{text} · from a part of the file").format(text=title) if part else title,
            head_rows="1:1",
        )
        workbook.properties.description = part or None
        sheet.freeze_panes = "A2"
        heading_row(sheet, columns)
        number = write_rows(sheet, columns, chain(sample, left), tell)
        sheet.auto_filter.ref = f"A1:{styles.letter(len(columns))}{number + 1}"
        workbook.save(path)


def write_csv(fields: Sequence[Field], rows: Iterable[Row], path: Path, tell: Told | None = None) -> None:
    """Write UTF-8 with a byte order mark for Excel; a text that looks like a formula begins with an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([field.title() for field in fields])
        for number, row in enumerate(rows, 1):
            writer.writerow([_csv(field, value) for field, value in zip(fields, row, strict=True)])
            if tell and number % STEP == 0:
                tell(number)


def _csv(field: Field, value: Value) -> str:
    text = field.shown(value) if field.personal else field.edit_text(value)
    if isinstance(field, (Day, Money, Count)):
        return text
    return guarded(text)
