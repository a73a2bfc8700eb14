"""What importing each row of a sheet would do: a new record, a changed one, nothing, or a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.db import events, imported, records
from tracker.db.locks import Watch
from tracker.db.records import Record
from tracker.exchange import cells
from tracker.exchange.headings import CONTENT
from tracker.exchange.headings import Mapping as Headings
from tracker.i18n import _
from tracker.operations import links
from tracker.operations.beside import Beside
from tracker.operations.office import Office
from tracker.operations.sheet_people import People, Person
from tracker.operations.sheet_rows import Findings, Intent, Issue, Row, Table
from tracker.operations.taking import Taker
from tracker.operations.unnumbered import Unnumbered
from tracker.schema.checks import Checks
from tracker.schema.fields import Count, Day, Names, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid

SAMPLE_ROWS = 50
Place = tuple[str, int]
"""The sheet (nothing where only one is read) and the row in it."""


@dataclass(frozen=True)
class Wrong:
    """A row with problems, as the sheet has it."""

    place: Place
    cells: list[object]


class Planner:
    """Goes through the rows of one or several sheets once, gathering what each would do."""

    def __init__(self, office: Office, ledger: Ledger, intent: Intent) -> None:
        self.office, self.ledger, self.intent = office, ledger, intent
        self.findings = Findings()
        self.read = self.unchanged = 0
        self.inserts: list[dict[str, Value]] = []
        self.updates: list[tuple[Record, dict[str, Value]]] = []
        self.insert_places: list[Place] = []
        self.update_places: list[Place] = []
        self.insert_people: dict[int, tuple[Person, ...]] = {}
        self.update_people: dict[int, tuple[Person, ...]] = {}
        """By their place among the inserts and updates, parties whose telephones rows tell."""
        self.prints: dict[int, imported.Prints] = {}
        """By their place among the inserts, what rows without numbers held."""
        self.renewed: list[tuple[str, imported.Prints]] = []
        """What known rows without numbers hold now, by the uid of their record."""
        self.wrong: list[Wrong] = []
        self.frozen: list[Issue] = []
        """Rows that change what frozen figures count, for which a reason must be given."""
        self.sample: list[tuple[int, dict[str, str]]] = []
        self._checks = Checks(ledger)
        self._speller = links.Speller(office.db, ledger)
        self._watch = Watch(office.db, ledger)
        self._defaults: dict[str, Value] = {f.key: f.default for f in ledger.inputs if f.default is not None}
        self._moments = frozenset(f.key for f in ledger.inputs if isinstance(f, Day) and f.moment)
        self._follows = bool(ledger.following) and events.kept(office.db)
        self._events: dict[str, events.Events] = {}
        self._heads = [f for f in ledger.inputs if isinstance(f, Count) and f.heads_of]
        self.seen: dict[str, Place] = {}
        """Where each number stands first, by its key."""
        self._beside = Beside(self)
        self._people = People(office.db, ledger, self.findings)
        self._unknown: set[tuple[str, str]] = set()
        self._unnumbered = Unnumbered(self)
        self.constants: dict[str, Value] = {}
        """What every row of the sheet in hand holds."""
        self._keys: list[str] = []
        self.mapping: Headings

    @property
    def problems(self) -> list[Issue]:
        """What keeps rows from being taken."""
        return self.findings.problems

    @property
    def warnings(self) -> list[Issue]:
        """What is unlikely, or was decided for the clerk."""
        return self.findings.warnings

    def go_through(self, table: Table, name: str = "") -> Iterator[int]:
        """Take the rows of a sheet up; yields how many of its rows were looked at."""
        self.mapping = table.mapping
        self._keys = [c.field.key for c in table.mapping.columns if c.field.key in self.ledger.by_key]
        self.constants = self._parsed_constants(table.mapping)
        usable = self._check_headings(name)
        taker = Taker(self.ledger, table, self.intent, self.findings, name)
        for done, taken in taker.blocks():
            self._count(taken)
            if usable:
                self._settle(taken)
            self.note_wrong(taken)
            yield done

    def finish(self, check: Callable[[], object]) -> None:
        """Settle the rows without numbers, each of which may be one that was taken in before."""
        self._unnumbered.settle(check)

    def warn_of(self, row: Row, old: Record, changes: dict[str, Value], text: str) -> None:
        """Warn of what a row says other than a record, told by old and new text."""
        told = []
        for key, value in changes.items():
            of = self.ledger.field(key)
            part = _("{field}: {old} → {new}")
            empty = _("empty")
            told.append(
                part.format(
                    field=of.title(), old=of.format(old.get(key)) or empty, new=of.format(value) or empty
                )
            )
        first = next(iter(changes))
        message = text.format(number=old.get(self.ledger.number), changes="; ".join(told))
        value = self.ledger.field(first).format(changes[first])
        self.warnings.append(Issue(row.number, first, value, message, row.sheet))

    def _parsed_constants(self, mapping: Headings) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for of, text in mapping.constants:
            try:
                found[of.key] = of.parse(text)
            except Invalid as wrong:
                self.problems.append(Issue(mapping.row + 1, of.key, text, str(wrong)))
        return {key: value for key, value in found.items() if value is not None}

    def _check_headings(self, name: str) -> bool:
        """Warn of columns that are not read; False where the rows cannot be understood."""
        row, usable = self.mapping.row + 1, True
        rivals = dict(self.mapping.rivals)
        for heading in self.mapping.unknown:
            text = _("The column “{heading}” is not known and was not read.").format(heading=heading)
            if taken := rivals.get(heading):
                text = _(
                    "“{heading}” was not read: “{taken}” was taken for {field}; see that it is the right one."
                )
                text = text.format(heading=heading, taken=taken.heading, field=taken.field.title())
            self.findings.warn_once("unknown", Issue(row, "", heading, text, name))
        for column in self.mapping.columns:
            if column.how == CONTENT:
                text = _(
                    "“{heading}” was taken for {field} by what stands below it; see that it is the right column."
                )
                text = text.format(heading=column.heading, field=column.field.title())
                issue = Issue(row, column.field.key, column.heading, text, name)
                self.findings.warn_once("content", issue)
        for column, earlier in self.mapping.doubled:
            text = _("Both “{earlier}” and “{heading}” stand for {field}; remove one of the columns.").format(
                earlier=earlier.heading, heading=column.heading, field=column.field.title()
            )
            self.problems.append(Issue(row, column.field.key, column.heading, text, name))
            usable = False
        if self.mapping.column_of(self.ledger.number) is None and not self.intent.invent:
            title = self.ledger.field(self.ledger.number).title()
            text = _("The column {field} is missing, by which records are told apart; add it.").format(
                field=title
            )
            self.problems.append(Issue(row, self.ledger.number, "", text, name))
            usable = False
        return usable

    def _count(self, taken: list[Row]) -> None:
        self.read += len(taken)
        for row in taken[: SAMPLE_ROWS - len(self.sample)]:
            shown = {c.field.key: cells.shown(row.cells[c.index]) for c in self.mapping.columns}
            self.sample.append((row.number, shown))

    def note_wrong(self, rows: Sequence[Row]) -> None:
        """Keep the rows that are refused, to be written out or corrected."""
        self.wrong += [Wrong((row.sheet, row.number), row.cells) for row in rows if row.refused]

    def tell(self, row: Row, issue: Issue) -> None:
        """Refuse a row."""
        self.problems.append(issue)
        row.refused = True

    def _settle(self, block: list[Row]) -> None:
        """Hold the rows of a block against the file and the ledger's rules."""
        self._respell(block)
        for row in block:
            row.key = self.ledger.key_text(row.record.get(self.ledger.number))
        known = records.by_keys(self.office.db, self.ledger, [row.key for row in block if row.key])
        self._events = self._events_of(known)
        if self.intent.invent:
            self._unnumbered.gather([row for row in block if self._wants_number(row)])
        numbered = [row for row in block if self._numbered(row, known.get(row.key, [])) and not row.wrong]
        for row in block:
            if row.wrong and not known.get(row.key):
                self._name_missing(row)
        for row in numbered:
            self._decide(row, known.get(row.key, []))
        self.judge(numbered)

    def _wants_number(self, row: Row) -> bool:
        return not row.key and self.ledger.number not in row.wrong and not row.wrong

    def judge(self, rows: Sequence[Row]) -> None:
        """Hold what rows would make of records against the ledger's rules, and plan those that pass."""
        numbered = [row for row in rows if not row.refused]
        checked = [row for row in numbered if row.old is None or row.changes]
        suspects = self._checks.suspects([row.full for row in checked])
        for n in sorted(suspects):
            checked[n].refused = not self._sound(checked[n])
        sound = [row for row in numbered if not row.refused]
        self._people.fetch(sound)
        for row in sound:
            self._plan(row)
        self._note_frozen([row for row in sound if row.old is None or row.changes])

    def _note_frozen(self, rows: list[Row]) -> None:
        text = _("Frozen figures count this record; it may change with a reason given in writing.")
        changed = [n for n, row in enumerate(rows) if row.old]
        olds = self._watch.concerned([rows[n].old or {} for n in changed])
        news = self._watch.concerned([row.full for row in rows])
        for n in sorted({*news, *(changed[m] for m in olds)}):
            number = str(rows[n].full.get(self.ledger.number) or "")
            self.frozen.append(Issue(rows[n].number, self.ledger.number, number, text, rows[n].sheet))

    def _respell(self, block: list[Row]) -> None:
        """Spell links as the records that they name; warn once of each text that names none."""
        for n, link, text in self._speller.respell([row.record for row in block]):
            column = self.mapping.column_of(link.key)
            if column and (link.key, text) not in self._unknown:
                self._unknown.add((link.key, text))
                self.findings.warn(block[n], column, links.names_none(self.office.db, link, text))

    def _name_missing(self, row: Row) -> None:
        """Say of a row refused for its cells also what it lacks, so that one correction is enough."""
        full = {**self._defaults, **row.record}
        for problem in self.ledger.problems(full):
            field = self.ledger.field(problem.field)
            lacks = field.required and full.get(field.key) is None and field.key != self.ledger.number
            if lacks and field.key not in row.wrong:
                self.tell(row, Issue(row.number, field.key, "", problem.message, row.sheet))

    def _numbered(self, row: Row, same: list[Record]) -> bool:
        """Whether the row's number names one record, or none yet."""
        number = row.record.get(self.ledger.number)
        if not row.key:
            if self.ledger.number not in row.wrong and not self.intent.invent:
                title = self.ledger.field(self.ledger.number).title()
                self._about_number(row, _("{field} is missing; fill it in.").format(field=title))
            return False
        place = (row.sheet, row.number)
        other = self.seen.setdefault(row.key, place)
        if other != place:
            text = _(
                "{number} stands in row {row} already; remove one of the two rows or correct its number."
            )
            if other[0] != row.sheet:
                text = _("{number} stands in sheet “{sheet}”, row {row} already; remove one of the two.")
        elif not same:
            return True
        elif all(record["binned_at"] for record in same):
            text = _("{number} belongs to a record in the bin; restore that one or correct the number.")
        elif sum(not record["binned_at"] for record in same) > 1:
            text = _("{number} is given to several records in the file; settle that first.")
        else:
            return True
        self._about_number(row, text.format(number=number, row=other[1], sheet=other[0]))
        return False

    def _about_number(self, row: Row, text: str) -> None:
        column = self.mapping.column_of(self.ledger.number)
        value = cells.shown(row.cells[column.index]) if column else ""
        self.tell(row, Issue(row.number, self.ledger.number, value, text, row.sheet))

    def _decide(self, row: Row, same: list[Record]) -> None:
        """What the row would change, and the record as it would be."""
        row.old = next((record for record in same if not record["binned_at"]), None)
        if row.old is None and self.constants:
            row.record = {**self.constants, **row.record}
        self.change(row, row.record)

    def change(self, row: Row, given: dict[str, Value]) -> None:
        """What these values would change, and the record as it would be."""
        old = row.old
        if old is None:
            self._count_heads(row.record)
            row.changes, row.full = {}, {**self._defaults, **row.record}
            return
        if self.intent.clear_empty:
            said = {*given, *row.wrong, *(column.field.key for column in row.masked)}
            given = {**{key: self._defaults.get(key) for key in self._keys if key not in said}, **given}
        told = self._told(old)
        row.follows = self.ledger.in_step({**old, **given}, self.office.calendar, told)
        row.changes = {
            key: value
            for key, value in given.items()
            if old[key] != value and key not in row.follows and not self._same(key, old, value)
        }
        row.full = {**old, **row.changes, **row.follows} if row.changes else old

    def _events_of(self, known: dict[str, list[Record]]) -> dict[str, events.Events]:
        """The events of the records that rows of the block are about, where fields follow them."""
        if not self._follows:
            return {}
        uids = [str(record["uid"]) for same in known.values() for record in same]
        return {**dict.fromkeys(uids, ()), **events.of_records(self.office.db, uids)}

    def _told(self, old: Record) -> events.Events:
        """The events of one record; those of rows without numbers are met only here."""
        uid = str(old["uid"])
        if self._follows and uid not in self._events:
            self._events[uid] = events.of_record(self.office.db, uid)
        return self._events.get(uid, ())

    def _count_heads(self, record: dict[str, Value]) -> None:
        """As the form does: as many people as the names speak of, where nothing is said."""
        for of in self._heads:
            if of.key not in record and (heads := Names.heads(record.get(of.heads_of))) > 1:
                record[of.key] = heads

    def _plan(self, row: Row) -> None:
        self._beside.follow_events(row)
        if row.old is None:
            for column in row.masked:
                self.findings.warn(row, column, _("The value is masked and was left out."))
        self._beside.compare(row, self._told(row.old) if row.old else ())
        people = self._people.added(row, self.mapping) if row.people else ()
        if row.old is None:
            if people:
                self.insert_people[len(self.inserts)] = people
            if row.prints:
                self.prints[len(self.inserts)] = row.prints
            self.inserts.append(row.record)
            self.insert_places.append((row.sheet, row.number))
            return
        if row.prints:
            self.renewed.append((str(row.old["uid"]), row.prints))
        if row.changes:
            if row.guessed:
                text = _(
                    "Taken for {number}, which it changes: {changes}. Leave the row out if it is another."
                )
                self.warn_of(row, row.old, row.changes, text)
            elif changed := self._other_people(row.old, row.changes):
                text = _(
                    "{number} is another's: {changes}. If this is another case, leave the row out or correct "
                    "its number."
                )
                self.warn_of(row, row.old, changed, text)
        if row.changes or people:
            if people:
                self.update_people[len(self.updates)] = people
            self.updates.append((row.old, row.changes))
            self.update_places.append((row.sheet, row.number))
        else:
            self.unchanged += 1

    def _other_people(self, old: Record, changes: dict[str, Value]) -> dict[str, Value]:
        """The change of who a record is about, where none of the people stays: its number may be another case's."""
        key = next((role.field for role in self.ledger.parties if role.field), "")
        before, now = Names.split(old.get(key)), Names.split(changes.get(key))
        if not before or not now or any(a in b or b in a for a in before for b in now):
            return {}
        return {key: changes[key]}

    def _same(self, key: str, old: Record, value: Value) -> bool:
        """Whether only the spelling differs: the number's, or a sheet's day lacks the file's time of day."""
        if key == self.ledger.number:
            return True
        return key in self._moments and value is not None and str(old[key] or "")[:10] == value

    def _sound(self, row: Row) -> bool:
        """Note what the ledger's rules say; whether they let the record pass."""
        sound = True
        for problem in self.ledger.problems(row.full):
            column = self.mapping.column_of(problem.field)
            value = cells.shown(row.cells[column.index]) if column else ""
            if not value and problem.value is not None:
                value = self.ledger.field(problem.field).format(problem.value)  # type: ignore[arg-type]
            issue = Issue(row.number, problem.field, value, problem.message, row.sheet)
            (self.warnings if problem.warning else self.problems).append(issue)
            sound = sound and problem.warning
        return sound
