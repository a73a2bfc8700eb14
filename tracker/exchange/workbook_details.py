"""The detail sheets, one a ledger, with a defined name for each column; and the lists of different values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from openpyxl.workbook.defined_name import DefinedName

from tracker.exchange import formulas, styles
from tracker.exchange.formulas import Source
from tracker.exchange.workbook_rows import Column, Row, Told, heading_row, write_rows
from tracker.exchange.workbook_sheet import Book, Content, Details, Sheet
from tracker.i18n import _
from tracker.schema.fields import fold
from tracker.schema.filters import Condition
from tracker.schema.indicator import Distinct

SAMPLE = 400  # rows that widths are measured by
PAGE_WIDTH = 215  # characters that are still legible across a landscape page

Key = tuple[str, Distinct, Condition]
Values = dict[Key, dict[str, int]]


def write_details(book: Book, content: Content, details: Details, tell: Told | None) -> Values:
    """Write one ledger's sheet and name its columns; returns the different values that figures count."""
    ledger = details.ledger
    about = _("{ledger}: every record behind the figures, {total} in all, carried-over ones included").format(
        ledger=ledger.title(), total=f"{details.total:,}"
    )
    sheet = book.sheet(_(ledger.short), about)
    rows = iter(details.rows)
    sample = list(islice(rows, SAMPLE))
    columns = [Column(sheet.raw, field, place) for place, field in enumerate(details.columns, 1)]
    widths = [column.width(row[place] for row in sample) for place, column in enumerate(columns)]
    _prepare(sheet.raw, f"{ledger.title()} · {content.period.label()}", widths)
    heading_row(sheet.raw, columns)
    wanted = _distinct(content, ledger.name)
    values: Values = {key: {} for key in wanted}
    seen = (
        _watched(chain(sample, rows), [f.key for f in details.columns], values)
        if wanted
        else chain(sample, rows)
    )
    number = write_rows(sheet.raw, columns, seen, tell)
    sheet.raw.auto_filter.ref = f"A1:{styles.letter(len(columns))}{number + 1}"
    book.sources[ledger.name] = _named(book, sheet, details, number)
    return values


def _prepare(raw: Any, title: str, widths: list[int]) -> None:
    styles.set_widths(raw, [width + 0.7 for width in widths])
    wide = -(-sum(widths) // PAGE_WIDTH)
    styles.page(raw, title, pages_wide=wide, head_rows="1:1")
    if wide > 1:
        raw.print_title_cols = "A:A"
    raw.print_options.gridLines = True
    raw.print_options.horizontalCentered = False
    raw.freeze_panes = "B2"


def _distinct(content: Content, ledger: str) -> list[Key]:
    found: list[Key] = []
    for figure in content.figures:
        atoms = (a for a in figure.indicator.atoms() if isinstance(a, Distinct) and not a.month)
        mine = (atom for atom in atoms if figure.indicator.ledger_of(atom) == ledger)
        found += [(ledger, atom, atom.where.at(content.period)) for atom in mine]
    return list(dict.fromkeys(found))


def _watched(rows: Iterable[Row], keys: list[str], values: Values) -> Iterator[Row]:
    """The rows as they are, while the different values among them are gathered."""
    for row in rows:
        record = dict(zip(keys, row, strict=True))
        for (_ledger, atom, where), found in values.items():
            value = record[atom.field]
            if value is not None and where.matches(record):
                found[value] = found.get(value, 0) + 1
        yield row


def _named(book: Book, sheet: Sheet, details: Details, number: int) -> Source:
    names: dict[str, str] = {}
    for place, field in enumerate(details.columns, 1):
        name = _name(f"{_(details.ledger.short)}_{field.title()}")
        if name.casefold() in {n.casefold() for n in names.values()}:
            name = _name(f"{details.ledger.name}_{field.key}")
        names[field.key] = name
        ref = sheet.ref(place, 2, max(2, number + 1))
        book.workbook.defined_names[name] = DefinedName(name, attr_text=ref)
    return Source(details.ledger, names, book.sources)


def _name(text: str) -> str:
    """A defined name as spreadsheets allow it: letters, digits and underscores."""
    return re.sub(r"\W+", "_", text).strip("_")


def write_lists(book: Book, values: Values) -> None:
    """The sheet of different values, by which distinct counts are proven; none where no figure needs it."""
    if not values:
        return
    about = _(
        "The different values behind figures that count each once (employers, campaigns), for their proofs"
    )
    sheet = book.sheet(_("Different values"), about, (48, 14))
    styles.page(sheet.raw, sheet.title, landscape=False)
    for (ledger, atom, where), found in values.items():
        source = book.sources[ledger]
        field = source.ledger.field(atom.field)
        sheet.add(sheet.cell(f"{source.ledger.title()} · {where.sentence(source.ledger)}", "note"))
        sheet.headings(field.title(), _("Records"), height=20)
        first = sheet.row + 1
        folded: dict[str, int] = {}
        for value in found:
            folded[fold(value)] = folded.get(fold(value), 0) + 1
        for value in found:
            count = formulas.count_of(atom, where, source, value, folded[fold(value)] > 1)
            sheet.add(sheet.cell(value, "wrapped"), sheet.formula(count))
        book.counts[ledger, atom, where] = sheet.ref(2, first, sheet.row) if found else ""
        sheet.skip()
