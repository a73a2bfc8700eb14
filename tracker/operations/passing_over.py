"""The rows of a sheet that are no records: totals, headings once more, titles between, notes, other tables, and those
that a clerk left out."""

from __future__ import annotations

from collections.abc import Set

from tracker.exchange import cells, layout
from tracker.exchange.layout import Sorter
from tracker.i18n import _
from tracker.operations.sheet_rows import Findings, Issue, Table


class PassedOver:
    """Finds them from the first row to the last, and tells of each why it is none."""

    def __init__(self, table: Table, left_out: Set[int], findings: Findings, name: str) -> None:
        """`left_out` are the numbers of rows that a clerk left out, `name` the sheet's where several are read."""
        self._left_out, self._findings, self._name = left_out, findings, name
        self._headings, self._is_own = table.mapping.row, table.mapping.is_own
        self._sorter = Sorter(table.mapping)
        self._other = False
        """Whether the rows at hand are of another table."""
        self.sections: dict[int, str] = {}
        """Titles between the rows that tell year or month of the days below, by number, until they are read."""

    def among(self, begin: int, rows: list[list[object]]) -> set[int]:
        """The numbers of those among some rows; the first of these has so many above it."""
        passed = set()
        for number, row in enumerate(rows, begin + 1):
            kind = self._sorter.kind(row)
            if number == self._headings + 2 and not self._is_own and layout.is_below_headings(row):
                kind = layout.HEADING
            if kind == layout.HEADING:
                self._other = False
            elif kind == layout.OTHER and not self._other and number not in self._left_out:
                self._other = True
                self._refuse_other(number, row)
            elif self._other:
                kind = layout.OTHER
            if kind:
                passed.add(number)
                text = _first_text(row)
                self._findings.passed.append(Issue(number, "", text, kind, self._name))
                if kind == layout.SECTION and (layout.month_of(text) or layout.year_of(text)):
                    self.sections[number] = text
            elif number in self._left_out:
                passed.add(number)
        return passed

    def _refuse_other(self, number: int, row: list[object]) -> None:
        """Say where a table with the columns in another order begins; its rows are not read."""
        text = _("Another table begins here, its columns in another order; move it to a sheet of its own.")
        self._findings.problems.append(Issue(number, "", _first_text(row), text, self._name))


def _first_text(row: list[object]) -> str:
    return next((cells.shown(cell) for cell in row if cell not in ("", None)), "")
