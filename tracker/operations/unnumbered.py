"""Rows of sheets without numbers: known again by what they hold, else given a number by the office's pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tracker.db import records
from tracker.exchange.headings import Mapping as Headings
from tracker.i18n import _
from tracker.operations import known_rows, new_numbers
from tracker.operations.taking import Issue, Row

if TYPE_CHECKING:
    from tracker.operations.rows import Planner


class Unnumbered:
    """Gathers them while sheets are gone through, since all are looked for together; tells the planner what they do."""

    def __init__(self, planner: Planner) -> None:
        self._to = planner
        self._rows: list[tuple[Row, Headings]] = []

    def gather(self, rows: Iterable[Row]) -> None:
        """Keep rows of the sheet in hand."""
        self._rows += [(row, self._to.mapping) for row in rows]

    def settle(self, check: Callable[[], object]) -> None:
        """Find out what each would do; it may be one that was taken in before."""
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        finder = known_rows.Finder(self._to.office.db, self._to.ledger, check)
        found = finder.find([row.record for row, _mapping in rows])
        olds = records.by_uids(
            self._to.office.db, self._to.ledger, [known.uid for known in found.known if known]
        )
        for (row, _mapping), known in zip(rows, found.known, strict=True):
            row.old = olds.get(known.uid) if known else None
            row.guessed = bool(known and known.guessed)
        numbers = self._invented([row for row, _mapping in rows if row.old is None])
        for at in range(0, len(rows), 500):
            check()
            part = rows[at : at + 500]
            for (row, mapping), known, binned in zip(part, found.known[at:], found.binned[at:], strict=False):
                self._to.mapping = mapping
                self._decide(row, known, numbers, binned)
            self._to.judge([row for row, _mapping in part])
            self._to.note_wrong([row for row, _mapping in part])
        self._warn_of_twins([row for row, _mapping in rows], found.nearly)

    def _warn_of_twins(self, rows: Sequence[Row], nearly: Sequence[str | None]) -> None:
        """Say of new rows from which record only a name or the day sets them apart: it may be mistyped."""
        twins = records.by_uids(self._to.office.db, self._to.ledger, [uid for uid in nearly if uid])
        for row, uid in zip(rows, nearly, strict=True):
            twin = twins.get(uid or "")
            if twin is None or row.refused or row.old is not None:
                continue
            told = {key: row.record[key] for key in row.prints or () if row.record[key] != twin.get(key)}
            if told:
                text = _(
                    "Added as a new record; {number} differs only in {changes}. If they are the same, "
                    "leave this row out and correct that record."
                )
                self._to.warn_of(row, twin, told, text)

    def _decide(
        self, row: Row, known: known_rows.Known | None, numbers: dict[int, str], binned: bool
    ) -> None:
        prints = known_rows.of_row(row.record, self._to.ledger.number)
        if row.old is None:
            number = numbers.get(id(row))
            if number is None:
                self._lacks_number(row)
                return
            row.record = {**self._to.constants, **row.record, self._to.ledger.number: number}
            if binned:
                text = _("A record of this row lies in the bin; it would be added once more.")
                self._to.warnings.append(Issue(row.number, "", "", text, row.sheet))
        given = {
            key: value
            for key, value in row.record.items()
            if known is None or key not in known.cells or prints.get(key) != known.cells[key]
        }
        self._to.change(row, given if row.old is not None else row.record)
        row.prints = prints

    def _lacks_number(self, row: Row) -> None:
        day = self._to.ledger.field(self._to.ledger.day).title() if self._to.ledger.day else ""
        text = _("Without {field} no number can be given; fill it in.").format(field=day)
        self._to.tell(
            row, Issue(row.number, self._to.ledger.day or self._to.ledger.number, "", text, row.sheet)
        )
        row.changes, row.full = {}, {}

    def _invented(self, rows: Sequence[Row]) -> dict[int, str]:
        """Numbers by the office's pattern for new rows, in the order of the sheet, none of them given before."""
        if self._to.ledger.name not in self._to.office.patterns:
            return {}
        by_year: dict[int, list[Row]] = {}
        for row in rows:
            record = {**self._to.constants, **row.record}
            if not self._to.ledger.day or record.get(self._to.ledger.day):
                by_year.setdefault(self._to.ledger.year_of(record), []).append(row)
        made: dict[int, str] = {}
        for year, wanting in by_year.items():
            free = new_numbers.free(self._to.office, self._to.ledger, year, len(wanting), self._to.seen)
            made |= {id(row): number for row, number in zip(wanting, free, strict=True)}
        return made
