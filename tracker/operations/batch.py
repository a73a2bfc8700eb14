"""Many new records of a ledger at once, as they are typed into a table: all of them are saved, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import editing, links
from tracker.operations.cells import Wrong
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import REMARKS, Ledger

KIND = "batch"
"""The kind of the operation in the history."""
Row = dict[str, Value]


class BatchProblems(UserError):
    """Rows have problems, so nothing was saved; `wrong` has them all, with what is unlikely."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        rows = len({one.row for one in wrong if not one.warning})
        text = ngettext(
            "{n} row has problems; nothing was saved. Correct it where it is marked.",
            "{n} rows have problems; nothing was saved. Correct them where they are marked.",
            rows,
        )
        super().__init__(text.format(n=f"{rows:,}"))
        self.wrong = tuple(wrong)


@dataclass(frozen=True)
class Entered:
    """What was saved, in order of the rows."""

    uids: tuple[str, ...]
    changed: Changed


def shared(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that may be filled in once for all rows: those that carry over from one record to the next."""
    return tuple(field for field in ledger.inputs if field.carry)


def columns(ledger: Ledger) -> tuple[Field, ...]:
    """The fields of a row: what must be filled in, what a list shows, what rows may share, and remarks.

    What every row has to say for itself stands first; after it what rows share and a number that the program gives.
    """
    shown = {ledger.number, ledger.day, *ledger.columns, REMARKS.key}
    found = [f for f in ledger.inputs if f.required or f.carry or f.key in shown]
    given = ledger.number if ledger.number_pattern else ""
    return tuple(sorted(found, key=lambda f: (not f.required or f.key == given, f.carry and f.required)))


def merged(shared: Mapping[str, Value], row: Mapping[str, Value]) -> Row:
    """A record of what all rows share and what one row says."""
    return {**shared, **{key: value for key, value in row.items() if value is not None}}


def check(office: Office, ledger: Ledger, rows: Sequence[Row]) -> tuple[Wrong, ...]:
    """Number the rows that have no number, spell their links, and tell what is wrong; changes the rows in place."""
    unknown = [
        Wrong(n, field.key, links.names_none(office.db, field, text), True)
        for n, field, text in links.Speller(office.db, ledger).respell(rows)
    ]
    wrong = [*_number(office, ledger, rows), *unknown]
    defaults = {f.key: f.default for f in ledger.inputs if f.default is not None}
    for n, row in enumerate(rows):
        full = {**defaults, **row}
        wrong += [Wrong(n, p.field, p.message, p.warning) for p in ledger.problems(full)]
    return tuple(wrong)


def save(office: Office, ledger: Ledger, rows: Sequence[Mapping[str, Value]]) -> Entered:
    """Save all rows as one operation. Raises BatchProblems where one cannot be, and saves none."""
    many: list[Row] = [{key: value for key, value in row.items() if value is not None} for row in rows]
    with office.writing(KIND) as writer:  # what is looked up stays so until it is written
        wrong = check(office, ledger, many)
        if any(not one.warning for one in wrong):
            raise BatchProblems(wrong)
        uids = tuple(writer.insert(ledger, row) for row in many)
    return Entered(uids, Changed(frozenset({ledger.name})))


def _number(office: Office, ledger: Ledger, rows: Sequence[Row]) -> list[Wrong]:
    """Give numbers to rows without one, in their order; tell of numbers that stand twice or are taken."""
    seen: dict[str, int] = {}
    wrong: list[Wrong] = []
    for n, row in enumerate(rows):
        number = row.get(ledger.number)
        if number is None:
            continue
        other = seen.setdefault(ledger.key_text(number), n)
        taken = editing.taken(office, ledger, str(number))
        if other != n:
            text = _(
                "{number} stands in row {row} already; remove one of the two rows or correct its number."
            )
            wrong.append(Wrong(n, ledger.number, text.format(number=number, row=other + 1)))
        elif taken:
            wrong.append(Wrong(n, ledger.number, taken.message))
    last: dict[int, int] = {}
    for row in rows:
        if (
            ledger.number not in row
            and ledger.name in office.patterns
            and (not ledger.day or row.get(ledger.day))
        ):
            row[ledger.number] = _next(office, ledger, ledger.year_of(row), last, seen)
    return wrong


def _next(office: Office, ledger: Ledger, year: int, last: dict[int, int], seen: dict[str, int]) -> str:
    """The next number of a year that no record and no row has."""
    n = last.get(year) or records.last_numbers(office.db, ledger, year)[1]
    while True:
        n += 1
        number = office.patterns[ledger.name].number(year, n)
        if ledger.key_text(number) not in seen and not records.by_number(office.db, ledger, number):
            last[year] = n
            return number
