"""The rows of one sheet as values of fields: what is no record left out, merged cells filled, cells corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, islice

from tracker.db.records import Record
from tracker.exchange import cells, days, layout, tidy
from tracker.exchange.cells import Damaged, Masked, Parser, Read, Unknown
from tracker.exchange.headings import Column, is_serial
from tracker.exchange.headings import Mapping as Headings
from tracker.exchange.layout import Hints, Sorter
from tracker.exchange.reading import Sheet
from tracker.i18n import N_, _
from tracker.schema.fields import Count, Day, Field, Money, Names, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid, visible

BLOCK = 500
_LONGEST_BLOCK = 20_000
_REFUSED = (Invalid, Masked)
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


class Taker:
    """Takes the rows of one sheet, block by block."""

    def __init__(
        self, ledger: Ledger, table: Table, intent: Intent, findings: Findings, name: str = ""
    ) -> None:
        self.ledger, self.table, self.intent, self.findings = ledger, table, intent, findings
        self.mapping, self.sheet, self.name = table.mapping, table.sheet, name
        self._hints = table.hints
        self._parsers = [self._parser(column) for column in self.mapping.columns]
        self._keys = [column.field.key for column in self.mapping.columns]
        self._width = 1 + max((c.index for c in (*self.mapping.columns, *self.mapping.compared)), default=0)
        self._sorter = Sorter(self.mapping)
        self._broken = {row for row, _column in self.sheet.errors}
        least = max(2, len(self.mapping.columns) // 2)
        self._banners = {row for row, left, right in self.sheet.merged if right - left + 1 >= least}
        self._fills: dict[int, list[tuple[int, int]]] = {}
        self._kept: dict[tuple[int, int], object] = {}
        self._tops: set[int] = set()
        self._continued: set[int] = set()
        self._above: dict[str, Value] = {}
        self._sections: dict[int, str] = {}
        self._other = False
        self._own = self.mapping.is_own
        self._find_merges()

        self._corrected = {row for sheet, row, _field in intent.corrections if sheet == name}
        self._left_out = {row for sheet, row in intent.left_out if sheet == name}

    def _parser(self, column: Column, hints: Hints | None = None) -> Parser:
        def again() -> Iterable[object]:
            rows = islice(self.sheet.open(), self.mapping.row + 1, None)
            return (row[column.index] for row in rows if column.index < len(row))

        def days_again() -> Iterable[object]:
            indexes = [c.index for c in self.mapping.columns if isinstance(c.field, Day)]
            for index in indexes:
                for row in islice(self.sheet.open(), self.mapping.row + 1, None):
                    if index < len(row):
                        yield row[index]

        words = self.intent.words.get(column.field.key, {})
        return Parser(column, hints or self._hints, words, again, days_again, self.mapping.is_own)

    def _find_merges(self) -> None:
        """Which cells lie below the first of a merge, and which rows only go on with the record above."""
        first = self.mapping.row
        keys = {c.index for c in self.mapping.columns if c.field.key == self.ledger.number}
        self._serials = {n for n, text in enumerate(self.mapping.headings) if is_serial(text)}
        keys |= self._serials
        for top, left, bottom, right in self.sheet.spans or ():
            if top <= first or bottom == top or (left >= self._width and not keys & {left}):
                continue
            self._tops.add(top)
            for row in range(top + 1, min(bottom, self.sheet.height) + 1):
                self._fills.setdefault(row, []).append((left, top))
                if any(left <= key <= right for key in keys):
                    self._continued.add(row)

    def blocks(self) -> Iterator[tuple[int, list[Row]]]:
        """The rows that may be records, some at a time, and how many rows of the sheet were looked at."""
        done = self.mapping.row + 1
        rows = islice(self.sheet.open(), done, None)
        while block := list(islice(rows, BLOCK)):
            while done + len(block) in self._continued and len(block) < _LONGEST_BLOCK:
                block += islice(rows, 1)
            yield done + len(block), self._take(done, block)
            done += len(block)
        self._tell_notes()

    def _take(self, begin: int, rows: list[list[object]]) -> list[Row]:
        """Parse a block of rows column by column, leaving out rows that are no records."""
        rows = [self._padded(row) for row in rows]
        if self._fills:
            self._fill(begin, rows)
        passed = self._passed(begin, rows)
        if self._corrected:
            self._correct(begin, rows)
        months = [n for n, row in enumerate(rows) if begin + n + 1 in self._sections]
        taken: list[Row] = []
        for first, last in zip([0, *months], [*months, len(rows)], strict=True):
            self._begin_section(begin + first + 1)
            if last > first:
                taken += self._read(begin + first, rows[first:last], passed)
        return self._folded(taken)

    def _begin_section(self, number: int) -> None:
        """Days below a row such as 三月份 are of that month."""
        text = self._sections.pop(number, "")
        if text:
            self._tell_notes()
            self._hints = self._hints.read(text)
            self._parsers = [self._parser(p.column, self._hints) if p.days else p for p in self._parsers]

    def _read(self, begin: int, rows: list[list[object]], passed: set[int]) -> list[Row]:
        columns = list(zip(*rows, strict=False))
        read = [parser.values(columns[parser.column.index]) for parser in self._parsers]
        taken = [
            Row(
                self.name,
                number,
                row,
                {key: v for key, v in zip(self._keys, values, strict=True) if v is not None},
            )
            for number, row, values in zip(count(begin + 1), rows, zip(*read, strict=True), strict=False)
        ]
        for parser, values in zip(self._parsers, read, strict=True):
            if parser.unsure:
                self._note_unsure(parser, columns[parser.column.index])
            if parser.huge:
                self._warn_of_huge(taken, parser, passed)
            if any(issubclass(kind, _REFUSED) for kind in set(map(type, values))):
                self._sift(taken, parser.column, values, passed)
        for row in taken:
            if row.number in self._corrected:
                self._add_corrected(row)
            if row.number - 1 in self._broken and row.number not in passed:
                self._refuse_errors(row)
        return [row for row in taken if row.number not in passed and not self._empty(row)]

    def _note_unsure(self, parser: Parser, raws: Iterable[object]) -> None:
        """Count words that may mean several codes, and say once for which they were taken."""
        for row in (raw for raw in raws if isinstance(raw, str) and visible(raw) in parser.unsure):
            word = visible(row).strip()
            self.findings.unsure[parser.field.key, word] += 1
            text = _("“{word}” was taken for “{label}”; say once if it means another.")
            (value,) = parser.values([row])
            label = "" if isinstance(value, Invalid | Masked) else parser.field.format(value)
            told = text.format(word=word, label=label)
            place = self.mapping.row + 1
            self.findings.warn_once("unsure", Issue(place, parser.field.key, word, told, self.name))

    def _warn_of_huge(self, taken: list[Row], parser: Parser, passed: set[int]) -> None:
        text = _(
            "Read as {amount} yuan, as the unit of the column says; see whether the cell is in yuan already."
        )
        for row in taken:
            value = row.record.get(parser.field.key)
            if (
                row.cells[parser.column.index] in parser.huge
                and value is not None
                and row.number not in passed
            ):
                self._warn(row, parser.column, text.format(amount=parser.field.format(value)))

    def _padded(self, row: list[object]) -> list[object]:
        missing = self._width - len(row)
        return row if missing <= 0 else [*row, *[""] * missing]

    def _fill(self, begin: int, rows: list[list[object]]) -> None:
        """Give cells below the first of a merge what that one holds."""
        for n, row in enumerate(rows, begin):
            for left, top in self._fills.get(n, ()):
                if left < len(row) and row[left] in ("", None):
                    row[left] = self._kept.get((top, left), "")
            if n in self._tops:
                self._kept |= {(n, index): cell for index, cell in enumerate(row)}

    def _passed(self, begin: int, rows: list[list[object]]) -> set[int]:
        """The numbers of rows that are no records; titles between them may tell the month of those below."""
        passed = set()
        for number, row in enumerate(rows, begin + 1):
            kind = self._sorter.kind(row)
            if number == self.mapping.row + 2 and not self._own and layout.is_below_headings(row):
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
                text = next((cells.shown(cell) for cell in row if cell not in ("", None)), "")
                self.findings.passed.append(Issue(number, "", text, kind, self.name))
                if kind == layout.SECTION and (layout.month_of(text) or layout.year_of(text)):
                    self._sections[number] = text
            elif number in self._left_out:
                passed.add(number)
        return passed

    def _refuse_other(self, number: int, row: list[object]) -> None:
        """Say where a table with the columns in another order begins; its rows are not read."""
        text = _("Another table begins here, its columns in another order; move it to a sheet of its own.")
        told = next((cells.shown(cell) for cell in row if cell not in ("", None)), "")
        self.findings.problems.append(Issue(number, "", told, text, self.name))

    def _correct(self, begin: int, rows: list[list[object]]) -> None:
        for (sheet, number, key), text in self.intent.corrections.items():
            column = self.mapping.column_of(key)
            if column and sheet == self.name and begin < number <= begin + len(rows):
                rows[number - begin - 1] = [*rows[number - begin - 1]]
                rows[number - begin - 1][column.index] = text

    def _add_corrected(self, row: Row) -> None:
        """What was said of a row's fields that no column fills."""
        for (sheet, number, key), text in self.intent.corrections.items():
            if sheet == self.name and number == row.number and self.mapping.column_of(key) is None:
                try:
                    value = self.ledger.field(key).parse(text)
                except Invalid as wrong:
                    self.findings.problems.append(Issue(number, key, text, str(wrong), sheet))
                    row.refused, row.wrong = True, row.wrong | {key}
                else:
                    row.record |= {} if value is None else {key: value}

    def _sift(self, taken: list[Row], column: Column, values: list[Read], passed: set[int]) -> None:
        """Take what is refused or masked out of the records."""
        key = column.field.key
        for row, value in zip(taken, values, strict=True):
            if not isinstance(value, _REFUSED):
                if value is not None:
                    self._above[key] = value
                continue
            del row.record[key]
            if row.number in passed:
                continue
            raw = row.cells[column.index]
            if isinstance(value, Masked):
                row.masked += (column,)
            elif isinstance(raw, str) and raw.strip() in tidy.DITTO and key in self._above:
                row.record[key] = self._above[key]
            elif isinstance(value, Damaged) and key != self.ledger.number:
                self._warn(row, column, str(value))
            else:
                if isinstance(value, Unknown):
                    self.findings.unknown[key, value.word] += 1
                self._problem(row, column, str(value))

    def _empty(self, row: Row) -> bool:
        """Whether the row is empty, or a title: then it leaves no problem either."""
        if row.number - 1 in self._banners and len(row.record) < 2:
            if row.wrong:
                mine = (row.number, self.name)
                self.findings.problems = [p for p in self.findings.problems if (p.row, p.sheet) != mine]
            return True
        return not (row.record or row.masked or row.wrong)

    def _folded(self, rows: list[Row]) -> list[Row]:
        """Rows of one merged number as one record: names in a row, amounts of their own added up."""
        kept: list[Row] = []
        last = 0
        for row in rows:
            goes_on = row.number - 1 in self._continued
            if not goes_on and last == row.number - 1 and self._more_people(row):
                goes_on = True
                self._tell_more_people(kept, row)
            last = row.number
            if goes_on and kept:
                self._join(kept[-1], row)
            else:
                kept.append(row)
        return kept

    def _more_people(self, row: Row) -> bool:
        """Whether a row without number names more people, perhaps with amounts of theirs, of the record above."""
        if self._own or row.wrong or not row.record or self.ledger.number in row.record:
            return False
        if any(row.cells[n] not in ("", None) for n in self._serials if n < len(row.cells)):
            return False
        fields = [self.ledger.field(key) for key in row.record]
        names = [str(row.record[of.key]) for of in fields if isinstance(of, Names)]
        named = bool(names) and not any(sign.isdigit() for name in names for sign in name)
        own = self.ledger.number in self._keys or bool(self._serials)
        return own and named and all(isinstance(of, Names | Money | Count) for of in fields)

    def _tell_more_people(self, kept: list[Row], row: Row) -> None:
        """Say that a row was taken with the one above, where amounts are added or the file tells of other merges."""
        only_names = all(isinstance(self.ledger.field(key), Names) for key in row.record)
        if not kept or (only_names and self.sheet.spans is None):
            return
        column = next(
            c for c in self.mapping.columns if isinstance(c.field, Names) and c.field.key in row.record
        )
        text = _("Taken with row {row}: its names were joined and its amounts added.")
        self._warn(row, column, text.format(row=kept[-1].number))

    def _join(self, row: Row, more: Row) -> None:
        filled = {left for left, _top in self._fills.get(more.number - 1, ())}
        row.wrong |= more.wrong
        row.refused = row.refused or more.refused
        for column in self.mapping.columns:
            of, value = column.field, more.record.get(column.field.key)
            held = row.record.get(of.key)
            if value is None or column.index in filled:
                continue
            if held is None:
                row.record[of.key] = value
            elif isinstance(of, Money | Count) and not (isinstance(of, Count) and of.heads_of):
                row.record[of.key] = int(held) + int(value)
            elif isinstance(of, Names):
                row.record[of.key] = _joined(str(held), str(value))
            elif held != value and of.key != self.ledger.number:
                text = _("This differs from row {row}, with which the number is merged.")
                self._problem(more, column, text.format(row=row.number))
                row.wrong |= {of.key}
                row.refused = True

    def _refuse_errors(self, taken: Row) -> None:
        for column in self.mapping.columns:
            error = self.sheet.errors.get((taken.number - 1, column.index + self.sheet.left))
            if (
                error is not None
                and (self.name, taken.number, column.field.key) not in self.intent.corrections
            ):
                text = _("The cell holds the error {error}; correct its formula.").format(error=error)
                if not error:
                    text = _(
                        "The file does not hold what this formula gives; open and save it in your spreadsheet program."
                    )
                self.findings.problems.append(Issue(taken.number, column.field.key, error, text, self.name))
                taken.wrong |= {column.field.key}
                taken.refused = True

    def _problem(self, taken: Row, column: Column, text: str) -> None:
        raw = taken.cells[column.index]
        self.findings.problems.append(
            Issue(taken.number, column.field.key, cells.shown(raw), text, self.name)
        )
        taken.wrong |= {column.field.key}
        taken.refused = True

    def _warn(self, taken: Row, column: Column, text: str) -> None:
        raw = taken.cells[column.index]
        self.findings.warnings.append(
            Issue(taken.number, column.field.key, cells.shown(raw), text, self.name)
        )

    def _tell_notes(self) -> None:
        """Say once of each column what was decided beyond its cells."""
        for parser in self._parsers:
            if parser.days:
                for note, text in parser.days.notes.items():
                    told = self._day_note(parser, note, text)
                    issue = Issue(
                        self.mapping.row + 1, parser.field.key, parser.column.heading, told, self.name
                    )
                    about = f"{note} {self._hints.year}" if note == days.YEAR else note
                    self.findings.warn_once(about, issue)
        scale = self._hints.scale
        money = [
            c for c in self.mapping.columns if isinstance(c.field, Money) and c.scale == scale and not c.unit
        ]
        if scale != 1:
            text = _("The title says that amounts are in units of {n} yuan, and they were read so.").format(
                n=f"{scale:,}"
            )
            for column in money:
                issue = Issue(self.mapping.row + 1, column.field.key, column.heading, text, self.name)
                self.findings.warn_once("scale", issue)

    def _day_note(self, parser: Parser, note: str, text: str) -> str:
        assert parser.days
        if note == days.SERIAL:
            told = _("“{text}” and others were taken for serial numbers of days: {day}.")
            return told.format(text=text, day=parser.field.format(parser.days.read(float(text))))
        if note == days.YEAR:
            told = _(
                "Days without a year, such as “{text}”, were taken for days of {year}, from title or name."
            )
            return told.format(text=text, year=self._hints.year)
        order = parser.days.order
        sure = _("Days such as “{text}” were read as {order}, which all of the column fit best.")
        guess = _(
            "Days such as “{text}” were read as {order}; the column fits other orders too: compare some."
        )
        return (sure if order.sure else guess).format(text=order.sample, order=_(days.MEANT[order.parts]))


def _joined(held: str, more: str) -> str:
    have = Names.split(held)
    return "、".join((held, *(name for name in Names.split(more) if name not in have)))


__all__ = ["BLOCK", "Field", "Findings", "Intent", "Issue", "Row", "Table", "Taker"]
