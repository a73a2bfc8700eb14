"""Rows typed as a table, before they are records: texts of cells, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.exchange import tidy
from tracker.schema.fields import Field, Names
from tracker.schema.values import Invalid


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a row (counted from 0), or with `warning` only unlikely."""

    row: int
    field: str
    message: str
    warning: bool = False


def spelled(fields: Sequence[Field], rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Cells of a sheet as their fields show them; those beyond the fields are left out, faulty ones stay as typed."""
    return [{field.key: shown(field, cell) for field, cell in zip(fields, row, strict=False)} for row in rows]


def shown(field: Field, cell: str, today: date | None = None) -> str:
    """A cell's text as its field shows it, as it stands where it is no value; `today` allows days without a year."""
    text = (tidy.names if isinstance(field, Names) else tidy.line)(cell.strip())
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
