"""What importing each row of a sheet would do: a new record, a changed one, nothing, or a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.db import records
from tracker.db.records import Record
from tracker.exchange import cells
from tracker.exchange.cells import MASKED, MOST_DIGITS, Masked, Parser
from tracker.exchange.headings import Column, Mapping
from tracker.exchange.reading import Sheet
from tracker.i18n import _
from tracker.operations.office import Office
from tracker.schema.fields import Day, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid, number_key

BLOCK = 2000
SAMPLE_ROWS = 50


@dataclass(frozen=True)
class Issue:
    """A problem or warning about a cell; `row` as the spreadsheet shows it, `field` empty for an unknown heading."""

    row: int
    field: str
    value: str
    message: str

    def as_json(self) -> dict[str, object]:
        """The shape of `import --json`; no value is null."""
        return {"row": self.row, "field": self.field, "value": self.value or None, "message": self.message}


@dataclass(slots=True)
class _Row:
    """A row as far as it is known without the file."""

    number: int
    cells: list[object]
    record: dict[str, Value]
    key: str
    blank: list[str]
    masked: list[Column] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)
    """Keys of fields whose cells were refused."""


class Planner:
    """Goes through the rows of a sheet once, gathering what each would do."""

    def __init__(
        self, office: Office, ledger: Ledger, mapping: Mapping, sheet: Sheet, clear_empty: bool
    ) -> None:
        self.office, self.ledger, self.mapping, self.sheet = office, ledger, mapping, sheet
        self.read = self.unchanged = 0
        self.inserts: list[dict[str, Value]] = []
        self.updates: list[tuple[Record, dict[str, Value]]] = []
        self.problems: list[Issue] = []
        self.warnings: list[Issue] = []
        self.sample: list[tuple[int, dict[str, str]]] = []
        self._clear_empty = clear_empty
        self._columns: list[tuple[int, str, Parser, dict[object, Value | Masked]]] = []
        for column in mapping.columns:
            parser = Parser(column)
            self._columns.append((column.index, column.field.key, parser, parser.memory))
        self._width = 1 + max(c.index for c in (*mapping.columns, *mapping.compared, *mapping.planned))
        self._defaults: dict[str, Value] = {f.key: f.default for f in ledger.inputs if f.default is not None}
        self._moments = frozenset(f.key for f in ledger.inputs if isinstance(f, Day) and f.moment)
        self._seen: dict[str, int] = {}
        self._once: set[str] = set()
        self._broken = {row for row, _column in sheet.errors}
        least = max(2, len(mapping.columns) // 2)
        self._banners = {row for row, left, right in sheet.merged if right - left + 1 >= least}

    def go_through(self, first: list[list[object]]) -> Iterator[int]:
        """Take the rows up, the `first` ones already read before the rest; yields how many rows were looked at."""
        usable = self._check_headings()
        block: list[_Row] = []
        done = 0
        for number, row in enumerate(self._all_rows(first)):
            if number <= self.mapping.row:
                continue
            taken = self._take(number, row)
            if taken is not None and usable:
                block.append(taken)
            if len(block) == BLOCK:
                self._settle(block)
                block.clear()
            if number % BLOCK == 0:
                yield number
            done = number + 1
        self._settle(block)
        yield done

    def _all_rows(self, first: list[list[object]]) -> Iterator[list[object]]:
        yield from first
        yield from self.sheet.rows

    def _check_headings(self) -> bool:
        """Warn of columns that are not read; False where the rows cannot be understood."""
        row, before = self.mapping.row + 1, len(self.problems)
        for heading in self.mapping.unknown:
            text = _("The column “{heading}” is not known and was not read.").format(heading=heading)
            self.warnings.append(Issue(row, "", heading, text))
        for column, earlier in self.mapping.doubled:
            text = _("Both “{earlier}” and “{heading}” stand for {field}; remove one of the columns.").format(
                earlier=earlier.heading, heading=column.heading, field=column.field.title()
            )
            self.problems.append(Issue(row, column.field.key, column.heading, text))
        if self.mapping.column_of(self.ledger.number) is None:
            title = self.ledger.field(self.ledger.number).title()
            text = _("The column {field} is missing, by which records are told apart; add it.").format(
                field=title
            )
            self.problems.append(Issue(row, self.ledger.number, "", text))
        return len(self.problems) == before

    def _take(self, number: int, row: list[object]) -> _Row | None:
        """Parse one row; None where it is empty or a title across the sheet."""
        if len(row) < self._width:
            row = [*row, *[""] * (self._width - len(row))]
        taken = _Row(number + 1, row, {}, "", [])
        record, blank = taken.record, taken.blank
        for index, key, parse, memory in self._columns:
            raw = row[index]
            if raw == "" or raw is None:
                blank.append(key)
                continue
            try:
                value = memory[raw] if raw in memory and raw.__class__ is not bool else parse(raw)
            except Invalid as wrong:
                self._problem(taken, parse.column, str(wrong))
                continue
            if value is None:
                blank.append(key)
            elif value is MASKED:
                taken.masked.append(parse.column)
            else:
                record[key] = value  # type: ignore[assignment]
            if raw.__class__ is float and (raw >= MOST_DIGITS or raw <= -MOST_DIGITS):
                self._warn_of_lost_digits(taken, parse.column, raw)
        if number in self._broken:
            self._refuse_errors(taken, number)
        if not (record or taken.masked or taken.wrong) or (number in self._banners and len(record) < 2):
            self._forget(taken)
            return None
        self._count(taken)
        return taken

    def _forget(self, taken: _Row) -> None:
        """Leave a row out as if it were empty."""
        if taken.wrong:
            self.problems = [problem for problem in self.problems if problem.row != taken.number]

    def _count(self, taken: _Row) -> None:
        self.read += 1
        if len(self.sample) < SAMPLE_ROWS:
            shown = {c.field.key: cells.shown(taken.cells[c.index]) for c in self.mapping.columns}
            self.sample.append((taken.number, shown))

    def _refuse_errors(self, taken: _Row, number: int) -> None:
        for index, key, _parse, _memory in self._columns:
            error = self.sheet.errors.get((number, index + self.sheet.left))
            if error:
                text = _("The cell holds the error {error}; correct its formula.").format(error=error)
                self.problems.append(Issue(taken.number, key, error, text))
                taken.wrong.add(key)

    def _warn_of_lost_digits(self, taken: _Row, column: Column, raw: object) -> None:
        if cells.losing_digits(column, raw):
            text = _("The spreadsheet kept this as a number and lost its last digits; type it anew as text.")
            self._warn(taken, column, text)

    def _problem(self, taken: _Row, column: Column, text: str) -> None:
        raw = taken.cells[column.index]
        self.problems.append(Issue(taken.number, column.field.key, cells.shown(raw), text))
        taken.wrong.add(column.field.key)

    def _warn(self, taken: _Row, column: Column, text: str) -> None:
        raw = taken.cells[column.index]
        self.warnings.append(Issue(taken.number, column.field.key, cells.shown(raw), text))

    def _settle(self, block: list[_Row]) -> None:
        """Hold the rows of a block against the file."""
        for row in block:
            row.key = number_key(str(row.record.get(self.ledger.number, "")))
        known = records.by_keys(self.office.db, self.ledger, [row.key for row in block if row.key])
        for row in block:
            if self._numbered(row, known.get(row.key, [])) and not row.wrong:
                self._decide(row, known.get(row.key, []))

    def _numbered(self, row: _Row, same: list[Record]) -> bool:
        """Whether the row's number names one record, or none yet."""
        number = row.record.get(self.ledger.number)
        if not row.key:
            if self.ledger.number not in row.wrong:
                title = self.ledger.field(self.ledger.number).title()
                self._about_number(row, _("{field} is missing; fill it in.").format(field=title))
            return False
        other = self._seen.setdefault(row.key, row.number)
        if other != row.number:
            text = _(
                "{number} stands in row {row} already; remove one of the two rows or correct its number."
            )
        elif not same:
            return True
        elif all(record["binned_at"] for record in same):
            text = _("{number} belongs to a record in the bin; restore that one or correct the number.")
        elif sum(not record["binned_at"] for record in same) > 1:
            text = _("{number} is given to several records in the file; settle that first.")
        else:
            return True
        self._about_number(row, text.format(number=number, row=other))
        return False

    def _about_number(self, row: _Row, text: str) -> None:
        column = self.mapping.column_of(self.ledger.number)
        value = cells.shown(row.cells[column.index]) if column else ""
        self.problems.append(Issue(row.number, self.ledger.number, value, text))

    def _decide(self, row: _Row, same: list[Record]) -> None:
        old = next((record for record in same if not record["binned_at"]), None)
        if old is None:
            self._insert(row)
        else:
            self._update(row, old)

    def _insert(self, row: _Row) -> None:
        full = {**self._defaults, **row.record}
        if not self._sound(row, full):
            return
        for column in row.masked:
            self._warn(row, column, _("The value is masked and was left out."))
        self._compare(row, full, None)
        self.inserts.append(row.record)

    def _update(self, row: _Row, old: Record) -> None:
        given = row.record
        if self._clear_empty:
            given = {**{key: self._defaults.get(key) for key in row.blank}, **given}
        changes = {
            key: value
            for key, value in given.items()
            if old[key] != value and not self._same(key, old, value)
        }
        full: Record = {**old, **changes} if changes else old
        if changes and not self._sound(row, full):
            return
        self._compare(row, full, old)
        if changes:
            self.updates.append((old, changes))
        else:
            self.unchanged += 1

    def _same(self, key: str, old: Record, value: Value) -> bool:
        """Whether only the spelling differs: the number's, or a sheet's day lacks the file's time of day."""
        if key == self.ledger.number:
            return True
        return key in self._moments and value is not None and str(old[key] or "")[:10] == value

    def _sound(self, row: _Row, full: Record) -> bool:
        """Note what the ledger's rules say; whether they let the record pass."""
        sound = True
        for problem in self.ledger.problems(full):
            column = self.mapping.column_of(problem.field)
            value = cells.shown(row.cells[column.index]) if column else ""
            if not value and problem.value is not None:
                value = self.ledger.field(problem.field).format(problem.value)  # type: ignore[arg-type]
            issue = Issue(row.number, problem.field, value, problem.message)
            (self.warnings if problem.warning else self.problems).append(issue)
            sound = sound and problem.warning
        return sound

    def _compare(self, row: _Row, full: Record, old: Record | None) -> None:
        """Warn where a column that is not read in says other than the program."""
        said = [column for column in self.mapping.compared if row.cells[column.index] not in ("", None)]
        computed = {**(old or {}), **self.ledger.derive(full, self.office.calendar)} if said else {}
        for column in said:
            value = computed.get(column.field.key)
            if column.field.system and old is None:
                self._warn_once(column, _("{field} is kept by the program itself; the column was not read."))
            elif not _agrees(column, row.cells[column.index], value):
                text = _("{field} is {value} by the program’s own account, which stays.")
                shown = column.field.format(value) or _("empty")
                self._warn(row, column, text.format(field=column.field.title(), value=shown))
        for column in self.mapping.planned:
            if row.cells[column.index] not in ("", None):
                self._warn_once(column, _("{field} cannot be taken in yet; the column was not read."))

    def _warn_once(self, column: Column, text: str) -> None:
        if column.field.key not in self._once:
            self._once.add(column.field.key)
            message = text.format(field=column.field.title())
            self.warnings.append(Issue(self.mapping.row + 1, column.field.key, column.heading, message))


def _agrees(column: Column, raw: object, value: Value) -> bool:
    """Whether a cell says what the program holds; a time of day only as far as the cell gives one."""
    try:
        said = column.field.parse(raw)
    except Invalid:
        return False
    if isinstance(column.field, Day) and isinstance(said, str):
        return str(value or "")[: len(said)] == said
    return said == value
