"""The rows of one sheet as values of fields: what is no record left out, merged cells filled, cells corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, islice

from tracker.exchange import tidy
from tracker.exchange.cells import Damaged, Masked, Parser, Read, Unknown
from tracker.exchange.headings import Column
from tracker.exchange.layout import Hints
from tracker.i18n import _
from tracker.operations.column_notes import Notes
from tracker.operations.joining import Joiner
from tracker.operations.merged_cells import Merges
from tracker.operations.passing_over import PassedOver
from tracker.operations.sheet_people import Pairs
from tracker.operations.sheet_rows import Findings, Intent, Issue, Row, Table
from tracker.schema.fields import Day, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid

BLOCK = 500
_REFUSED = (Invalid, Masked)


class Taker:
    """Takes the rows of one sheet, block by block."""

    def __init__(
        self, ledger: Ledger, table: Table, intent: Intent, findings: Findings, name: str = ""
    ) -> None:
        self._ledger, self._intent, self._findings, self._name = ledger, intent, findings, name
        self._mapping, self._sheet, self._hints = table.mapping, table.sheet, table.hints
        self._parsers = [self._parser(column) for column in self._mapping.columns]
        self._keys = [column.field.key for column in self._mapping.columns]
        read = (*self._mapping.columns, *self._mapping.compared)
        self._width = 1 + max((column.index for column in read), default=0)
        self._broken = {row for row, _column in self._sheet.errors}
        self._corrected = {row for sheet, row, _field in intent.corrections if sheet == name}
        self._left_out = {row for sheet, row in intent.left_out if sheet == name}
        self._above: dict[str, Value] = {}
        """What a ditto mark in the next row repeats, by field."""
        self._merges = Merges(table, ledger.number, self._width)
        self._passed = PassedOver(table, self._left_out, findings, name)
        self._pairs = Pairs(ledger, self._mapping, self._merges, findings)
        self._joiner = Joiner(ledger, table, self._merges, findings)
        self._notes = Notes(table, findings, name)

    def _parser(self, column: Column, hints: Hints | None = None) -> Parser:
        def again() -> Iterable[object]:
            rows = islice(self._sheet.open(), self._mapping.row + 1, None)
            return (row[column.index] for row in rows if column.index < len(row))

        def days_again() -> Iterable[object]:
            indexes = [c.index for c in self._mapping.columns if isinstance(c.field, Day)]
            for index in indexes:
                for row in islice(self._sheet.open(), self._mapping.row + 1, None):
                    if index < len(row):
                        yield row[index]

        words = self._intent.words.get(column.field.key, {})
        return Parser(column, hints or self._hints, words, again, days_again, self._mapping.is_own)

    def blocks(self) -> Iterator[tuple[int, list[Row]]]:
        """The rows that may be records, some at a time, and how many rows of the sheet were looked at."""
        done = self._mapping.row + 1
        rows = islice(self._sheet.open(), done, None)
        while block := list(islice(rows, BLOCK)):
            yield done + len(block), self._take(done, block)
            done += len(block)
        yield done, self._joiner.rest()
        self._notes.tell(self._parsers, self._hints)

    def _take(self, begin: int, rows: list[list[object]]) -> list[Row]:
        """Parse a block of rows column by column, leaving out rows that are no records."""
        rows = [self._padded(row) for row in rows]
        self._merges.fill(begin, rows)
        passed = self._passed.among(begin, rows)
        if self._corrected:
            self._correct(begin, rows)
        months = [n for n, row in enumerate(rows) if begin + n + 1 in self._passed.sections]
        taken: list[Row] = []
        for first, last in zip([0, *months], [*months, len(rows)], strict=True):
            self._begin_section(begin + first + 1)
            if last > first:
                taken += self._read(begin + first, rows[first:last], passed)
        return self._joiner.joined(taken)

    def _begin_section(self, number: int) -> None:
        """Days below a row such as 三月份 are of that month."""
        text = self._passed.sections.pop(number, "")
        if text:
            self._notes.tell(self._parsers, self._hints)
            self._hints = self._hints.read(text)
            self._parsers = [self._parser(p.column, self._hints) if p.days else p for p in self._parsers]

    def _read(self, begin: int, rows: list[list[object]], passed: set[int]) -> list[Row]:
        columns = list(zip(*rows, strict=False))
        read = [parser.values(columns[parser.column.index]) for parser in self._parsers]
        taken = [
            Row(
                self._name,
                number,
                row,
                {key: v for key, v in zip(self._keys, values, strict=True) if v is not None},
            )
            for number, row, values in zip(count(begin + 1), rows, zip(*read, strict=True), strict=False)
        ]
        for parser, values in zip(self._parsers, read, strict=True):
            if parser.unsure:
                self._notes.unsure(parser, columns[parser.column.index])
            if parser.huge:
                self._notes.huge(parser, (row for row in taken if row.number not in passed))
            if any(issubclass(kind, _REFUSED) for kind in set(map(type, values))):
                self._sift(taken, parser.column, values, passed)
            elif not self._mapping.is_own:
                self._remember(parser.field.key, taken, values, passed)
        for row in taken:
            if row.number in self._corrected:
                self._add_corrected(row)
            if row.number - 1 in self._broken and row.number not in passed:
                self._refuse_errors(row)
        taken = [row for row in taken if row.number not in passed and not self._empty(row)]
        self._pairs.take(taken)
        return [row for row in taken if row.record or row.masked or row.wrong]

    def _padded(self, row: list[object]) -> list[object]:
        missing = self._width - len(row)
        return row if missing <= 0 else [*row, *[""] * missing]

    def _correct(self, begin: int, rows: list[list[object]]) -> None:
        for (sheet, number, key), text in self._intent.corrections.items():
            column = self._mapping.column_of(key)
            if column and sheet == self._name and begin < number <= begin + len(rows):
                rows[number - begin - 1] = [*rows[number - begin - 1]]
                rows[number - begin - 1][column.index] = text

    def _add_corrected(self, row: Row) -> None:
        """What was said of a row's fields that no column fills."""
        for (sheet, number, key), text in self._intent.corrections.items():
            if sheet == self._name and number == row.number and self._mapping.column_of(key) is None:
                try:
                    value = self._ledger.field(key).parse(text)
                except Invalid as wrong:
                    self._findings.problems.append(Issue(number, key, text, str(wrong), sheet))
                    row.refuse(key)
                else:
                    row.record |= {} if value is None else {key: value}

    def _remember(self, key: str, taken: list[Row], values: list[Read], passed: set[int]) -> None:
        """Keep the last value of a column for ditto marks below."""
        pairs = zip(reversed(taken), reversed(values), strict=True)
        last = next((v for row, v in pairs if v is not None and self._is_repeated(row, passed)), None)
        if last is not None and not isinstance(last, _REFUSED):
            self._above[key] = last

    def _is_repeated(self, row: Row, passed: set[int]) -> bool:
        """Whether a ditto mark may mean the row: it is a record, though perhaps one that a clerk left out."""
        return row.number not in passed or row.number in self._left_out

    def _sift(self, taken: list[Row], column: Column, values: list[Read], passed: set[int]) -> None:
        """Take what is refused or masked out of the records."""
        key = column.field.key
        for row, value in zip(taken, values, strict=True):
            if not isinstance(value, _REFUSED):
                if value is not None and self._is_repeated(row, passed):
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
            elif isinstance(value, Damaged) and key != self._ledger.number:
                self._findings.warn(row, column, str(value))
            else:
                if isinstance(value, Unknown):
                    self._findings.unknown[key, value.word] += 1
                self._findings.refuse(row, column, str(value))

    def _empty(self, row: Row) -> bool:
        """Whether the row is empty, or a title: then it leaves no problem either."""
        if self._merges.is_banner(row.number - 1) and len(row.record) < 2:
            if row.wrong:
                mine = (row.number, self._name)
                self._findings.problems = [p for p in self._findings.problems if (p.row, p.sheet) != mine]
            return True
        return not (row.record or row.masked or row.wrong)

    def _refuse_errors(self, taken: Row) -> None:
        for column in self._mapping.columns:
            error = self._sheet.errors.get((taken.number - 1, column.index + self._sheet.left))
            if (
                error is not None
                and (self._name, taken.number, column.field.key) not in self._intent.corrections
            ):
                text = _("The cell holds the error {error}; correct its formula.").format(error=error)
                if not error:
                    text = _(
                        "The file does not hold what this formula gives; open and save it in your spreadsheet program."
                    )
                self._findings.problems.append(Issue(taken.number, column.field.key, error, text, self._name))
                taken.refuse(column.field.key)
