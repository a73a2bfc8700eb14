"""Rows typed as a table, before they are records: texts of cells, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.exchange import tidy
from tracker.exchange.headings import Names, is_serial
from tracker.schema.fields import Field
from tracker.schema.fields import Names as People
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a row (counted from 0), or with `warning` only unlikely."""

    row: int
    field: str
    message: str
    warning: bool = False


def spelled(fields: Sequence[Field | None], rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Cells of a sheet as their fields show them; those of no field are left out, faulty ones stay as typed."""
    return [
        {field.key: shown(field, cell) for field, cell in zip(fields, row, strict=False) if field}
        for row in rows
    ]


def headed(ledger: Ledger, fields: Sequence[Field], row: Sequence[str]) -> list[Field | None] | None:
    """The fields under which the cells of a row stand that is only headings, None where no such field is filled in
    here; None where it is no row of headings."""
    said = [cell for cell in row if cell and not is_serial(cell)]
    known = Names(ledger)
    if not said or not all(map(known.find, said)):
        return None
    meant = [found[0] if cell in said and (found := known.find(cell)) else None for cell in row]
    return [field if field in fields and field not in meant[:n] else None for n, field in enumerate(meant)]


def shown(field: Field, cell: str, today: date | None = None) -> str:
    """A cell's text as its field shows it, as it stands where it is no value; `today` allows days without a year."""
    text = (tidy.names if isinstance(field, People) else tidy.line)(cell.strip())
    try:
        return field.format(field.parse(text, today))
    except Invalid:
        return text


def fault(field: Field, text: str) -> str:
    """Why a cell's text is no value of its field, as a sentence; empty where it is one."""
    try:
        field.parse(text)
    except Invalid as wrong:
        return str(wrong)
    return ""
