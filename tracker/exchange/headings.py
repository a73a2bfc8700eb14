"""From the headings of a sheet to the fields of a ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.i18n import everywhere
from tracker.schema.fields import Field, Money, fold
from tracker.schema.ledger import Ledger

SEARCHED_ROWS = 20
"""Within so many first rows the headings are looked for; titles may stand above them."""
_SPACE = re.compile(r"\s+")
_REQUIRED = re.compile(r"^[*＊※]+|[*＊※]+$|[(\[](?:必填|required)[)\]]$")
_UNIT = re.compile(r"^(.+)[(\[]([^()\[\]]*)[)\]]$")
_TEN_THOUSANDS = ("万元", "万", "10,000yuan")


@dataclass(frozen=True)
class Column:
    """A column of the sheet (`index` counts a row's cells from 0) that fills a field."""

    index: int
    heading: str
    field: Field
    scale: int = 1
    """By what amounts are multiplied: 10,000 under a heading such as 金额（万元）."""


@dataclass(frozen=True)
class Mapping:
    """What each column means; the window's wizard may make one by hand."""

    row: int
    """The row of the headings, from 0."""
    columns: tuple[Column, ...]
    """Columns that are read, at most one for each field."""
    compared: tuple[Column, ...] = ()
    """Columns of what the program computes or keeps itself: never read in, only compared."""
    unknown: tuple[str, ...] = ()
    """Headings that name no field."""
    doubled: tuple[tuple[Column, Column], ...] = ()
    """Columns for a field that an earlier column fills already, with that one."""

    def column_of(self, key: str) -> Column | None:
        """The column that fills the field of that key."""
        return next((column for column in self.columns if column.field.key == key), None)


def names(ledger: Ledger) -> dict[str, Field]:
    """Every heading, normalised, that names a field: its key and its label in each language; fields to fill in win."""
    found: dict[str, Field] = {}
    inputs = set(ledger.inputs)
    for field in sorted(ledger.fields, key=lambda f: f not in inputs):
        for word in (field.key, *everywhere(field.label)):
            found.setdefault(normal(word), field)
    return found


def normal(heading: object) -> str:
    """A heading as it is compared: half width, without white space, case and a mark of being required."""
    return _REQUIRED.sub("", _SPACE.sub("", fold(str(heading))))


def find(ledger: Ledger, first_rows: Sequence[Sequence[object]]) -> Mapping | None:
    """The mapping of the row that names the most fields (the first of equals); None where none does."""
    known = names(ledger)
    best: Mapping | None = None
    for number, row in enumerate(first_rows[:SEARCHED_ROWS]):
        mapping = _mapped(ledger, known, number, row)
        if mapping and (best is None or _named(mapping) > _named(best)):
            best = mapping
    return best


def _named(mapping: Mapping) -> int:
    return len(mapping.columns) + len(mapping.compared)


def _mapped(
    ledger: Ledger, known: Dictionary[str, Field], number: int, row: Sequence[object]
) -> Mapping | None:
    by_field: dict[str, Column] = {}
    compared, unknown, doubled = [], [], []
    for index, cell in enumerate(row):
        if cell is None or not str(cell).strip():
            continue
        column = _column(known, index, cell)
        if column is None:
            unknown.append(_SPACE.sub(" ", str(cell)).strip())
        elif column.field.derived or column.field.system:
            compared.append(column)
        elif column.field.key in by_field:
            doubled.append((column, by_field[column.field.key]))
        else:
            by_field[column.field.key] = column
    enough = len(by_field) + len(compared) > 1 or ledger.number in by_field
    if not enough or not by_field:
        return None
    columns = tuple(by_field.values())
    return Mapping(number, columns, tuple(compared), tuple(unknown), tuple(doubled))


def _column(known: Dictionary[str, Field], index: int, cell: object) -> Column | None:
    word = normal(cell)
    shown = _SPACE.sub(" ", str(cell)).strip()
    if word in known:
        return Column(index, shown, known[word])
    match = _UNIT.match(word)
    field = known.get(normal(match[1])) if match else None
    if match is None or field is None:
        return None
    scale = 10_000 if isinstance(field, Money) and match[2] in _TEN_THOUSANDS else 1
    return Column(index, shown, field, scale)
