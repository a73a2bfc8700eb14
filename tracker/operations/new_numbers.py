"""Numbers by the office's pattern for records that come in without any."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from tracker.db import records
from tracker.exchange import layout
from tracker.exchange.cells import Parser
from tracker.operations.office import Office
from tracker.operations.sheets import Found, Survey
from tracker.schema.ledger import Ledger


def free(
    office: Office, ledger: Ledger, year: int, wanted: int, besides: Container[str] = frozenset()
) -> list[str]:
    """So many numbers of a year that no record has, nor any of those `besides`; none without a pattern."""
    pattern = office.patterns.get(ledger.name)
    if pattern is None:
        return []
    found: list[str] = []
    last = records.last_numbers(office.db, ledger, year)[1]
    while len(found) < wanted:
        more = [pattern.number(year, n) for n in range(last + 1, last + 1 + wanted)]
        keys = [ledger.key_text(text) for text in more]
        taken = records.by_keys(office.db, ledger, keys)
        found += [t for t, key in zip(more, keys, strict=True) if key not in taken and key not in besides]
        last += wanted
    return found[:wanted]


def example(office: Office, ledger: Ledger, seen: Survey) -> str:
    """The number that the first row read would get if it has none; empty without a pattern."""
    years = (year for name in seen.chosen if (year := _first_year(ledger, seen.of(name))))
    return "".join(free(office, ledger, next(years, date.today().year), 1))


def _first_year(ledger: Ledger, found: Found) -> int | None:
    """The year of the first day that can be read in the column by which the ledger's records are of a year."""
    column = found.mapping.column_of(ledger.day) if found.mapping and ledger.day else None
    if found.mapping is None or column is None:
        return None
    sorter = layout.Sorter(found.mapping)
    rows = [row for row in found.first[found.mapping.row + 1 :] if not sorter.kind(row)]
    cells = [row[column.index] for row in rows if column.index < len(row)]
    days = Parser(column, found.hints, column_again=lambda: cells).values(cells)
    return next((int(day[:4]) for day in days if isinstance(day, str)), None)
