"""Lists as they are printed: heads, rows as text and what is said about them; no more rows than anyone would read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.db import records
from tracker.db.records import Query
from tracker.i18n import _
from tracker.operations import day_rows, standing
from tracker.operations.office import Office
from tracker.operations.standing import Stands
from tracker.operations.today import Group

MOST = 1000
PRINTED = ("days", "day", "number", "about", "what", "note", "ledger")
"""The columns of what is due that have room on paper."""


@dataclass(frozen=True)
class Printable:
    """One table under a title; `parts` are heads before some rows."""

    title: str
    office: str
    said: str
    """How many there are, and what narrows them."""
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[tuple[int, str], ...] = ()
    """The place of a row and the head that stands before it."""
    whole: frozenset[int] = frozenset()
    """The places of columns that are never broken into lines: records' numbers."""
    amounts: frozenset[int] = frozenset()
    """The places of columns of figures, which stand at the right."""


def of_list(office: Office, query: Query, columns: Sequence[str], said: str = "") -> Printable:
    """A ledger's list as filtered and sorted, with these columns; personal numbers are masked."""
    fields = [query.ledger.field(key) for key in columns]
    with office.db.snapshot():
        total = records.count(office.db, query)
        found = list(islice(records.each(office.db, query, ("uid", *columns)), MOST))
        told = standing.told(office.db, query.ledger, columns, found)
    rows = tuple(
        tuple(
            value if isinstance(value, Stands) else f.shown(value)
            for f, value in zip(fields, row[1:], strict=True)
        )
        for row in told
        if row
    )
    words = " · ".join(filter(None, (said, _count(total))))
    heads = tuple(field.title() for field in fields)
    whole = frozenset(n for n, key in enumerate(columns) if key == query.ledger.number)
    amounts = frozenset(n for n, field in enumerate(fields) if field.kind in ("money", "count"))
    return Printable(
        query.ledger.title(), _office(office), words, heads, rows, whole=whole, amounts=amounts
    )  # fmt: skip


def of_day(office: Office, title: str, groups: Sequence[Group]) -> Printable:
    """What is due, each group under its head."""
    shown = [field for field in day_rows.FIELDS if field.key in PRINTED]
    places = [day_rows.FIELDS.index(field) for field in shown]
    every = day_rows.rows(office, groups)
    parts = [(n, f"{row[0]}") for n, row in enumerate(every) if n == 0 or every[n - 1][0] != row[0]]
    rows = tuple(
        tuple(field.shown(row[at]) for field, at in zip(shown, places, strict=True)) for row in every[:MOST]
    )
    heads = tuple(field.title() for field in shown)
    return Printable(
        title, _office(office), _count(len(every)), heads, rows,
        tuple((n, text) for n, text in parts if n < MOST), frozenset((PRINTED.index("number"),)),
    )  # fmt: skip


def _office(office: Office) -> str:
    return str(office.setting("office") or "")


def _count(total: int) -> str:
    if total <= MOST:
        return _("{n} in all").format(n=f"{total:,}")
    text = _("{n} in all; the first {most} are printed, a sheet written from the list has them all")
    return text.format(n=f"{total:,}", most=f"{MOST:,}")
