"""What importing each row of a sheet would do: a new record, a changed one, nothing, or a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count, islice

from tracker.db import events, records
from tracker.db.locks import Watch
from tracker.db.records import Record
from tracker.exchange import cells
from tracker.exchange.cells import Masked, Parser
from tracker.exchange.headings import Column, Mapping
from tracker.exchange.reading import Sheet
from tracker.i18n import _
from tracker.operations import links
from tracker.operations.office import Office
from tracker.schema.checks import Checks
from tracker.schema.fields import Day, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid

BLOCK = 500
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
    """A row, and what it would do."""

    number: int
    cells: list[object]
    record: dict[str, Value]
    """What the cells say, nothing for those that are empty, masked or refused."""
    key: str = ""
    masked: tuple[Column, ...] = ()
    wrong: frozenset[str] = frozenset()
    """Keys of fields whose cells were refused."""
    old: Record | None = None
    """The record of the same number in the file."""
    follows: dict[str, Value] = field(default_factory=dict)
    """What the events of that record say, whatever the row does."""
    changes: dict[str, Value] = field(init=False)
    full: Record = field(init=False)
    """The record as it would be."""


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
        self.frozen: list[Issue] = []
        """Rows that change what frozen figures count, for which a reason must be given."""
        self.sample: list[tuple[int, dict[str, str]]] = []
        self._clear_empty = clear_empty
        self._parsers = [Parser(column) for column in mapping.columns]
        self._keys = [column.field.key for column in mapping.columns]
        self._checks = Checks(ledger)
        self._speller = links.Speller(office.db, ledger)
        self._watch = Watch(office.db, ledger)
        self._width = 1 + max(c.index for c in (*mapping.columns, *mapping.compared))
        self._defaults: dict[str, Value] = {f.key: f.default for f in ledger.inputs if f.default is not None}
        self._moments = frozenset(f.key for f in ledger.inputs if isinstance(f, Day) and f.moment)
        self._events: dict[str, events.Events] = {}
        self._seen: dict[str, int] = {}
        self._once: set[str] = set()
        self._unknown: set[tuple[str, str]] = set()
        self._broken = {row for row, _column in sheet.errors}
        least = max(2, len(mapping.columns) // 2)
        self._banners = {row for row, left, right in sheet.merged if right - left + 1 >= least}

    def go_through(self, first: list[list[object]]) -> Iterator[int]:
        """Take the rows up, the `first` ones already read before the rest; yields how many rows were looked at."""
        usable, done = self._check_headings(), self.mapping.row + 1
        rows = islice(chain(first, self.sheet.rows), done, None)
        while block := list(islice(rows, BLOCK)):
            taken = self._take(done, block)
            self._count(taken)
            if usable:
                self._settle(taken)
            done += len(block)
            yield done

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

    def _take(self, begin: int, rows: list[list[object]]) -> list[_Row]:
        """Parse a block of rows column by column, leaving out rows that are empty or a title across the sheet."""
        rows = [self._padded(row) for row in rows]
        cells = list(zip(*rows, strict=False))
        columns = [parser.values(cells[parser.column.index]) for parser in self._parsers]
        keys = self._keys
        taken = [
            _Row(number, row, {key: v for key, v in zip(keys, values, strict=True) if v is not None})
            for number, row, values in zip(count(begin + 1), rows, zip(*columns, strict=True), strict=False)
        ]
        for parser, values in zip(self._parsers, columns, strict=True):
            if not {Invalid, Masked}.isdisjoint(map(type, values)):
                self._sift(taken, parser.column, values)
            for n in parser.losing_digits(cells[parser.column.index]):
                self._warn_of_lost_digits(taken[n], parser.column)
        for row in taken:
            if row.number - 1 in self._broken:
                self._refuse_errors(row)
        return [row for row in taken if not self._passed_over(row)]

    def _padded(self, row: list[object]) -> list[object]:
        missing = self._width - len(row)
        return row if missing <= 0 else [*row, *[""] * missing]

    def _sift(self, taken: list[_Row], column: Column, values: list[Value | Masked | Invalid]) -> None:
        """Take what is refused or masked out of the records."""
        for row, value in zip(taken, values, strict=True):
            if isinstance(value, Invalid):
                del row.record[column.field.key]
                self._problem(row, column, str(value))
            elif isinstance(value, Masked):
                del row.record[column.field.key]
                row.masked += (column,)

    def _passed_over(self, row: _Row) -> bool:
        """Whether the row is empty, or a title: then it leaves no problem either."""
        if row.number - 1 in self._banners and len(row.record) < 2:
            if row.wrong:
                self.problems = [problem for problem in self.problems if problem.row != row.number]
            return True
        return not (row.record or row.masked or row.wrong)

    def _count(self, taken: list[_Row]) -> None:
        self.read += len(taken)
        for row in taken[: SAMPLE_ROWS - len(self.sample)]:
            shown = {c.field.key: cells.shown(row.cells[c.index]) for c in self.mapping.columns}
            self.sample.append((row.number, shown))

    def _refuse_errors(self, taken: _Row) -> None:
        for column in self.mapping.columns:
            error = self.sheet.errors.get((taken.number - 1, column.index + self.sheet.left))
            if error:
                text = _("The cell holds the error {error}; correct its formula.").format(error=error)
                self.problems.append(Issue(taken.number, column.field.key, error, text))
                taken.wrong |= {column.field.key}

    def _warn_of_lost_digits(self, taken: _Row, column: Column) -> None:
        if column.field.key not in taken.wrong:
            text = _("The spreadsheet kept this as a number and lost its last digits; type it anew as text.")
            self._warn(taken, column, text)

    def _problem(self, taken: _Row, column: Column, text: str) -> None:
        raw = taken.cells[column.index]
        self.problems.append(Issue(taken.number, column.field.key, cells.shown(raw), text))
        taken.wrong |= {column.field.key}

    def _warn(self, taken: _Row, column: Column, text: str) -> None:
        raw = taken.cells[column.index]
        self.warnings.append(Issue(taken.number, column.field.key, cells.shown(raw), text))

    def _settle(self, block: list[_Row]) -> None:
        """Hold the rows of a block against the file and the ledger's rules."""
        self._respell(block)
        for row in block:
            row.key = self.ledger.key_text(row.record.get(self.ledger.number))
        known = records.by_keys(self.office.db, self.ledger, [row.key for row in block if row.key])
        self._events = self._events_of(known)
        numbered = [row for row in block if self._numbered(row, known.get(row.key, [])) and not row.wrong]
        for row in block:
            if row.wrong and not known.get(row.key):
                self._name_missing(row)
        for row in numbered:
            self._decide(row, known.get(row.key, []))
        checked = [row for row in numbered if row.old is None or row.changes]
        suspects = self._checks.suspects([row.full for row in checked])
        refused = {checked[n].number for n in sorted(suspects) if not self._sound(checked[n])}
        sound = [row for row in numbered if row.number not in refused]
        for row in sound:
            self._plan(row)
        self._note_frozen([row for row in sound if row.old is None or row.changes])

    def _note_frozen(self, rows: list[_Row]) -> None:
        text = _("Frozen figures count this record; it may change with a reason given in writing.")
        changed = [n for n, row in enumerate(rows) if row.old]
        olds = self._watch.concerned([rows[n].old or {} for n in changed])
        news = self._watch.concerned([row.full for row in rows])
        for n in sorted({*news, *(changed[m] for m in olds)}):
            number = str(rows[n].full.get(self.ledger.number) or "")
            self.frozen.append(Issue(rows[n].number, self.ledger.number, number, text))

    def _respell(self, block: list[_Row]) -> None:
        """Spell links as the records that they name; warn once of each text that names none."""
        for n, link, text in self._speller.respell([row.record for row in block]):
            column = self.mapping.column_of(link.key)
            if column and (link.key, text) not in self._unknown:
                self._unknown.add((link.key, text))
                self._warn(block[n], column, links.names_none(self.office.db, link, text))

    def _name_missing(self, row: _Row) -> None:
        """Say of a row refused for its cells also what it lacks, so that one correction is enough."""
        full = {**self._defaults, **row.record}
        for problem in self.ledger.problems(full):
            field = self.ledger.field(problem.field)
            lacks = field.required and full.get(field.key) is None and field.key != self.ledger.number
            if lacks and field.key not in row.wrong:
                self.problems.append(Issue(row.number, field.key, "", problem.message))

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
        """What the row would change, and the record as it would be."""
        row.old = old = next((record for record in same if not record["binned_at"]), None)
        if old is None:
            row.changes, row.full = {}, {**self._defaults, **row.record}
            return
        given = row.record
        if self._clear_empty:
            said = {*given, *row.wrong, *(column.field.key for column in row.masked)}
            given = {**{key: self._defaults.get(key) for key in self._keys if key not in said}, **given}
        told = self._events.get(str(old["uid"]), ())
        row.follows = self.ledger.in_step({**old, **given}, self.office.calendar, told)
        row.changes = {
            key: value
            for key, value in given.items()
            if old[key] != value and key not in row.follows and not self._same(key, old, value)
        }
        row.full = {**old, **row.changes, **row.follows} if row.changes else old

    def _events_of(self, known: dict[str, list[Record]]) -> dict[str, events.Events]:
        """The events of the records that rows of the block are about, where fields follow them."""
        if not self.ledger.following or not events.kept(self.office.db):
            return {}
        return events.of_records(self.office.db, [str(r["uid"]) for same in known.values() for r in same])

    def _warn_of_events(self, row: _Row) -> None:
        for key, value in row.follows.items():
            column = self.mapping.column_of(key)
            if column and key in row.record and row.record[key] != value:
                text = _("{field} is {value} by the events of the case, which stay.")
                shown = column.field.format(value) or _("empty")
                self._warn(row, column, text.format(field=column.field.title(), value=shown))

    def _plan(self, row: _Row) -> None:
        self._warn_of_events(row)
        if row.old is None:
            for column in row.masked:
                self._warn(row, column, _("The value is masked and was left out."))
        self._compare(row, row.full, row.old)
        if row.old is None:
            self.inserts.append(row.record)
        elif row.changes:
            self.updates.append((row.old, row.changes))
        else:
            self.unchanged += 1

    def _same(self, key: str, old: Record, value: Value) -> bool:
        """Whether only the spelling differs: the number's, or a sheet's day lacks the file's time of day."""
        if key == self.ledger.number:
            return True
        return key in self._moments and value is not None and str(old[key] or "")[:10] == value

    def _sound(self, row: _Row) -> bool:
        """Note what the ledger's rules say; whether they let the record pass."""
        sound = True
        for problem in self.ledger.problems(row.full):
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
        told = self._events.get(str(old["uid"]), ()) if old else ()
        computed = {**(old or {}), **self.ledger.derive(full, self.office.calendar, told)} if said else {}
        for column in said:
            value = computed.get(column.field.key)
            if column.field.system and old is None:
                self._warn_once(column, _("{field} is kept by the program itself; the column was not read."))
            elif not _agrees(column, row.cells[column.index], value):
                text = _("{field} is {value} by the program’s own account, which stays.")
                shown = column.field.format(value) or _("empty")
                self._warn(row, column, text.format(field=column.field.title(), value=shown))

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
