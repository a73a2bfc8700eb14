"""Makers of sheets as offices have them: with several libraries, in several formats, by hand."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]
Book = Mapping[str, Rows]
Convert = Callable[..., Path]


def xlsx(path: Path, book: Book | Rows, merges: Sequence[str] = (), name: str = "Sheet1") -> Path:
    """With openpyxl; `merges` such as A1:D1 are made on every sheet."""
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for title, rows in _sheets(book, name).items():
        sheet: Worksheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for merge in merges:
            sheet.merge_cells(merge)
    made.save(path)
    return path


def xls(
    path: Path, book: Book | Rows, merges: Sequence[tuple[int, int, int, int]] = (), name: str = "Sheet1"
) -> Path:
    """With xlwt, as Excel 97 to 2003; `merges` are first and last row, first and last column from 0."""
    made = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for title, rows in _sheets(book, name).items():
        sheet = made.add_sheet(title)
        covered = {
            (r, c): (r0, c0)
            for r0, r1, c0, c1 in merges
            for r in range(r0, r1 + 1)
            for c in range(c0, c1 + 1)
        }
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is None or (r, c) in covered:
                    continue
                sheet.write(r, c, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
        for r0, r1, c0, c1 in merges:
            sheet.write_merge(r0, r1, c0, c1, rows[r0][c0] if rows[r0][c0] is not None else "")
    made.save(str(path))
    return path


def text(path: Path, rows: Rows, encoding: str = "gb18030", delimiter: str = ",") -> Path:
    """A csv file, cells as they would be typed."""
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(
        [["" if cell is None else _typed(cell) for cell in row] for row in rows]
    )
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def page(
    path: Path, rows: Rows, encoding: str = "utf-8", spans: Mapping[tuple[int, int], str] | None = None
) -> Path:
    """A web page with a table, as many systems give out under the name of a workbook."""
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, cell in enumerate(row):
            if cell is Ellipsis:  # covered by a span
                continue
            span = (spans or {}).get((r, c), "")
            cells.append(f"<td {span}>{html.escape(_typed(cell) if cell is not None else '')}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{encoding}"><style>td{{}}</style></head>'
    whole = f"{head}<body><table border=1>{''.join(lines)}</table></body></html>".replace("\n", "<br>")
    path.write_bytes(whole.encode(encoding))
    return path


def xml2003(path: Path, book: Book | Rows, name: str = "Sheet1") -> Path:
    """An XML workbook of Excel 2003, by hand."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" ',
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
    ]
    for title, rows in _sheets(book, name).items():
        parts.append(f"<Worksheet ss:Name={quoteattr(title)}><Table>")
        for r, row in enumerate(rows, 1):
            cells = [_xml_cell(c, cell) for c, cell in enumerate(row, 1) if cell is not None]
            if cells:
                parts.append(f'<Row ss:Index="{r}">{"".join(cells)}</Row>')
        parts.append("</Table></Worksheet>")
    path.write_text("".join([*parts, "</Workbook>"]), encoding="utf-8")
    return path


def _xml_cell(index: int, cell: object) -> str:
    kind, value = "String", str(cell)
    if isinstance(cell, datetime | date):
        kind, value = (
            "DateTime",
            f"{cell.isoformat()}T00:00:00.000" if not isinstance(cell, datetime) else cell.isoformat(),
        )
    elif isinstance(cell, int | float):
        kind = "Number"
    return f'<Cell ss:Index="{index}"><Data ss:Type="{kind}">{escape(value)}</Data></Cell>'


def renamed(path: Path, name: str) -> Path:
    """The file under another name."""
    return path.rename(path.with_name(name))


def _sheets(book: Book | Rows, name: str) -> Book:
    return book if isinstance(book, Mapping) else {name: book}


def _typed(cell: object) -> str:
    return f"{cell.year}/{cell.month}/{cell.day}" if isinstance(cell, date) else str(cell)
