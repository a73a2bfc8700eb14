"""The rows of sheets on their way to records: what was decided of them, what they hold, and what was found wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.db.records import Record
from tracker.exchange import cells, layout
from tracker.exchange.headings import Column
from tracker.exchange.headings import Mapping as Headings
from tracker.exchange.layout import Hints
from tracker.exchange.reading import Sheet
from tracker.i18n import N_
from tracker.schema.fields import Value

PASSED = {
    layout.TOTAL: N_("a total"),
    layout.HEADING: N_("the headings once more"),
    layout.SECTION: N_("a heading between rows"),
    layout.FOOTER: N_("a note below the rows"),
    layout.OTHER: N_("another table"),
}
"""Why a row was passed over, in words."""


@dataclass(frozen=True)
class Issue:
    """A problem or warning about a cell; `row` as the spreadsheet shows it, `field` empty for an unknown heading."""

    row: int
    field: str
    value: str
    message: str
    sheet: str = ""
    """Where several sheets of a book are read."""

    def as_json(self) -> dict[str, object]:
        """The shape of `import --json`; no value is null."""
        told = {"row": self.row, "field": self.field, "value": self.value or None, "message": self.message}
        return {**told, "sheet": self.sheet} if self.sheet else told


@dataclass(frozen=True)
class Intent:
    """What was decided of an import beside the columns."""

    clear_empty: bool = False
    invent: bool = False
    """Whether rows without a number are given one by the office's pattern."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, folded words and the code that each means; an empty code leaves the field empty."""
    corrections: Mapping[tuple[str, int, str], str] = field(default_factory=dict)
    """By sheet, row and field, what stands in a cell instead."""
    left_out: frozenset[tuple[str, int]] = frozenset()
    """Rows, by sheet and number, that are not taken."""


@dataclass(frozen=True)
class Table:
    """A sheet with what its columns and titles mean."""

    sheet: Sheet
    mapping: Headings
    hints: Hints


@dataclass(slots=True)
class Row:
    """A row, and what it would do."""

    sheet: str
    number: int
    cells: list[object]
    record: dict[str, Value]
    """What the cells say, nothing for those that are empty, masked or refused."""
    people: dict[tuple[str, str], str] = field(default_factory=dict)
    """By role and name, the telephones of those whom it names."""
    key: str = ""
    masked: tuple[Column, ...] = ()
    wrong: frozenset[str] = frozenset()
    """Keys of fields whose cells were refused."""
    refused: bool = False
    """Whether any problem was told of it."""
    prints: dict[str, str] | None = None
    """What it held, by field, where it has no number."""
    old: Record | None = None
    """The record of the same number in the file."""
    guessed: bool = False
    """Whether that record was told by what it resembles."""
    follows: dict[str, Value] = field(default_factory=dict)
    """What the events of that record say, whatever the row does."""
    changes: dict[str, Value] = field(init=False)
    full: Record = field(init=False)
    """The record as it would be."""

    def refuse(self, key: str) -> None:
        """Note that the cell of a field was refused, and the row with it."""
        self.wrong |= {key}
        self.refused = True


@dataclass
class Findings:
    """What was found in all sheets."""

    problems: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    passed: list[Issue] = field(default_factory=list)
    """Rows that are no records, and why."""
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Words that a code table does not have, by field, and in how many rows they stand."""
    unsure: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Words that may mean several codes, likewise; they were taken for one of them."""
    told: set[tuple[str, str]] = field(default_factory=set)
    """What was said of a column already, on the first of several sheets."""

    def warn_once(self, about: str, issue: Issue) -> None:
        """Warn of a column, of those on several sheets once."""
        if (about, issue.value) not in self.told:
            self.told.add((about, issue.value))
            self.warnings.append(issue)

    def warn(self, row: Row, column: Column, text: str) -> None:
        """Warn of what a cell says."""
        self.warnings.append(_of_cell(row, column, text))

    def refuse(self, row: Row, column: Column, text: str) -> None:
        """Refuse a cell, and the row with it."""
        self.problems.append(_of_cell(row, column, text))
        row.refuse(column.field.key)


def _of_cell(row: Row, column: Column, text: str) -> Issue:
    return Issue(row.number, column.field.key, cells.shown(row.cells[column.index]), text, row.sheet)
