"""Changing records: every change with its history row, numbers and derived fields, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter

from tracker.db import computed, events, following, records, steps, tables
from tracker.db.bulk import indexing_later
from tracker.db.database import Database
from tracker.db.history import Journal, Who
from tracker.db.locks import Watch, refusal
from tracker.db.records import Record, last_numbers
from tracker.errors import FrozenRecords
from tracker.ids import uuid7
from tracker.schema.continuing import CONTINUES
from tracker.schema.events import LEDGER as EVENTS
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.numbering import Pattern
from tracker.workdays import Calendar

GATHERED = 5000
"""How many new records are held before they are written, and how many days computed are remembered."""


class Writer:
    """One operation's changes; records must already have been checked. Use `writing`, which commits all or nothing."""

    def __init__(
        self, db: Database, journal: Journal, calendar: Calendar, patterns: Mapping[str, Pattern]
    ) -> None:
        self.db, self.journal, self.calendar, self.patterns = db, journal, calendar, patterns
        self._numbers: dict[tuple[str, int], list[int]] = {}
        self._numbered: dict[tuple[str, int], int] = {}
        self._rows: dict[str, list[tuple[Value, ...]]] = {}
        self._gathered: set[str] = set()
        self._shapes: dict[str, _Shape] = {}
        self._events_kept: bool | None = None
        self._dues: dict[tuple[Value, ...], dict[str, Value]] = {}
        self.followed: set[str] = set()
        """Ledgers of which links were renamed with the records that they name."""
        self._frozen: dict[tuple[str, str], str] = {}
        self._owners: dict[tuple[str, str], set[str]] = {}
        """Records of which events were written, and of which kinds."""
        self._said: dict[tuple[str, str], Value] = {}
        """What this operation itself would have in fields that follow events, by uid and key."""
        self._ruled: dict[str, tuple[Ledger, Calendar]] = {}
        """By which rules days of each ledger were derived."""
        self.reversing = False
        """Whether the operation takes another one back: fields that follow events then hold what it put there."""

    def insert(self, ledger: Ledger, record: Mapping[str, Value], uid: str | None = None) -> str:
        """Add a record and return its uid; running number, key and derived fields are filled in here."""
        shape = self._shapes.get(ledger.name) or self._meet(ledger)
        journal, year, name, uid = self.journal, ledger.year_of(record), ledger.name, uid or uuid7()
        number = ledger.key_text(record[ledger.number])
        last = self._counters(ledger, year, number)
        last[0] += 1
        given = {key: value for key, value in record.items() if value is not None and key in shape.inputs}
        content: dict[str, Value] = {"no": last[0], "year": year, **shape.defaults, **given}
        full = {**shape.blank, **content, "uid": uid, "number_key": number}
        full |= self._derived(ledger, shape, full)
        self._touch(ledger, full)
        self._gathered.add(uid)
        rows = self._rows[name]
        rows.append(shape.row(full))
        journal.add(name, uid, "insert", content)
        if len(rows) >= GATHERED:
            self.flush()
        return uid

    @contextmanager
    def bulk(
        self, ledger: Ledger, expected: int, check: Callable[[], object] = lambda: None
    ) -> Iterator[None]:
        """About so many `insert`s into the ledger, and nothing else, come inside; see `indexing_later`."""
        with indexing_later(self.db, ledger, expected, check):
            yield
            self.flush()

    def update(self, ledger: Ledger, old: Record, new: Mapping[str, Value]) -> bool:
        """Change the fields of `new` that differ from `old`; False where none does. The running number never moves.

        A field that is cleared returns to its default, as one that was never filled in has it. Links that name the
        record follow when it is called otherwise (`following`).
        """
        new = following.with_former_name(ledger, old, new)
        self._said |= {(str(old["uid"]), key): new[key] for key in new if key in ledger.following}
        new = {**new, **self.in_step(ledger, {**old, **new})}
        wanted = {key: ledger.field(key).default if value is None else value for key, value in new.items()}
        changed = {key: value for key, value in wanted.items() if old.get(key) != value}
        if not changed:
            return False
        self._set(ledger, old, changed)
        self._touch(ledger, old)
        self._touch(ledger, {**old, **changed})
        self.journal.add(
            ledger.name, str(old["uid"]), "update", {k: [old.get(k), v] for k, v in changed.items()}
        )
        before, after = old.get(ledger.called.key), changed.get(ledger.called.key)
        if before and after and not following.shared(self.db, ledger, str(before), str(old["uid"])):
            following.rename(self, ledger, str(before), str(after))
        return True

    def rederive(self, ledger: Ledger, old: Record, dropped: Iterable[str] = ()) -> None:
        """Compute what follows a record's events anew, after they have changed.

        A field that events kept in step is emptied where the last of them, of the kinds `dropped`, is gone; or it holds
        what the operation wanted there. One that is `reversing` leaves it as it stood before the events came.
        """
        uid = str(old["uid"])
        cleared = {
            key: self._said.get((uid, key), ledger.field(key).default)
            for key, kinds in ledger.following.items()
            if not kinds.isdisjoint(dropped)
        }
        if self.update(ledger, old, {} if self.reversing else cleared):
            return
        derived = self._derive(ledger, old, self.events_of(ledger, old))
        changed = {key: value for key, value in derived.items() if old.get(key) != value}
        if changed:
            self._assign(ledger, old, changed)

    def events_of(self, ledger: Ledger, record: Record) -> events.Events:
        """The events of a record of a ledger that has any."""
        return events.of_record(self.db, str(record["uid"])) if ledger.events and self._any_events else ()

    @property
    def _any_events(self) -> bool:
        if self._events_kept is None:
            self._events_kept = events.kept(self.db)
        return self._events_kept

    def settle(self) -> None:
        """Have the records follow those of their events that were written."""
        self.flush()
        while self._owners:
            (name, uid), kinds = self._owners.popitem()
            ledger = self.db.catalogue.every.get(name)
            owner = records.get(self.db, ledger, uid) if ledger else None
            if ledger and owner:
                self.rederive(ledger, owner, kinds)
                self.followed.add(name)

    def _follow_later(self, ledger: Ledger, record: Record) -> None:
        """Have a record follow the events that it has once all are there; or the one that an event belongs to."""
        own = (str(record["of"]), str(record["record"])) if ledger.name == EVENTS else None
        if own:
            self._events_kept = True
        if own or ledger.events:
            self._owners.setdefault(own or (ledger.name, str(record["uid"])), set())

    def _touch(self, ledger: Ledger, event: Record) -> None:
        if ledger.name == EVENTS and event.get("of") and event.get("record"):
            self._events_kept = True
            key = (str(event["of"]), str(event["record"]))
            self._owners.setdefault(key, set()).add(str(event.get("kind")))

    def in_step(self, ledger: Ledger, record: Record) -> dict[str, Value]:
        """What the fields that follow the record's events hold by these, where there are such events."""
        return (
            ledger.in_step(record, self.calendar, self.events_of(ledger, record)) if ledger.following else {}
        )

    def renumber(self, ledger: Ledger, old: Record, number: str | None, *, running: bool) -> None:
        """Give a record another number and, with `running`, the year's next running number, which else never moves."""
        last = self._counters(ledger, int(str(old["year"])), ledger.key_text(number) if number else "")
        values: dict[str, Value] = {ledger.number: number} if number else {}
        if running:
            last[0] += 1
            values["no"] = last[0]
        self.put_back(ledger, old, values)

    def put_back(self, ledger: Ledger, old: Record, values: Mapping[str, Value]) -> None:
        """Give fields of a record exactly these values, as where an update is reversed: no names follow."""
        self._set(ledger, old, dict(values))
        if ledger.following:  # by the rules that hold now, which may be others than then
            self._owners.setdefault((ledger.name, str(old["uid"])), set())
        self._touch(ledger, old)
        self._touch(ledger, {**old, **values})
        self.journal.add(
            ledger.name, str(old["uid"]), "update", {k: [old.get(k), v] for k, v in values.items()}
        )

    def take(self, ledger: Ledger, row: Record) -> None:
        """Add a record just as another file has it, whose history tells of it."""
        shape = self._shapes.get(ledger.name) or self._meet(ledger)
        self._follow_later(ledger, row)
        self._gathered.add(str(row["uid"]))
        rows = self._rows[ledger.name]
        rows.append(shape.row({**shape.blank, **row}))
        if len(rows) >= GATHERED:
            self.flush()

    def become(self, ledger: Ledger, old: Record, fields: Mapping[str, Value]) -> None:
        """Have a record hold what a history says that is in the file already; what derives from it follows."""
        full: dict[str, Value] = {**old, **fields}
        derived = self._derive(ledger, full, self.events_of(ledger, old))
        self._assign(ledger, old, {**fields, **derived})
        self._follow_later(ledger, full)

    def bin(self, ledger: Ledger, old: Record, *, free: bool = False) -> None:
        """Put a record into the bin, where it keeps its number; one that was never meant to be leaves it `free`."""
        fields: dict[str, Value] = {"binned_at": self.journal.at, "binned_by": self.journal.who.clerk}
        if free:
            fields["number_key"] = None
        self._mark(ledger, old, fields, "bin")

    def delete(self, ledger: Ledger, old: Record) -> None:
        """Have a record in the bin be in no list any more, and leave its number; the history keeps what it was."""
        fields: dict[str, Value] = {
            "binned_at": self.journal.at,
            "binned_by": records.DELETED,
            "number_key": None,
        }
        self._mark(ledger, old, fields, "delete")

    def restore(self, ledger: Ledger, old: Record) -> None:
        """Take a record out of the bin; if it had left its number, nobody else must have taken that."""
        fields: dict[str, Value] = {"binned_at": None, "binned_by": None}
        if old["number_key"] is None:
            fields["number_key"] = ledger.key_text(old[ledger.number])
        self._mark(ledger, old, fields, "restore")

    def count_back(self, counters: Iterable[steps.Counter], *, again: bool) -> None:
        """Propose the numbers that an operation gave anew, where no others were given since; or `again` those after."""
        for name, year, before, after in counters:
            last = self._counters(self.db.catalogue.every[name], year, "")
            if last[1] == (before if again else after):
                last[1] = after if again else before

    @property
    def counted(self) -> tuple[steps.Counter, ...]:
        """The last numbers that were given before this operation and after it, where it gave any."""
        each = ((name, year, self._numbered[name, year], n[1]) for (name, year), n in self._numbers.items())
        return tuple(counter for counter in each if counter[2] != counter[3])

    def flush(self) -> None:
        """Write the records gathered so far, and their history."""
        for name, gathered in self._rows.items():
            if gathered:
                self._write(self._shapes[name], gathered)
                gathered.clear()
        self._gathered.clear()
        sql = "INSERT OR REPLACE INTO counters(ledger, year, no, number) VALUES (?, ?, ?, ?)"
        self.db.run_many(sql, [(name, year, *last) for (name, year), last in self._numbers.items()])
        self.journal.flush()

    def refuse_frozen(self) -> None:
        """Raise FrozenRecords, naming them, where what frozen figures count would have changed without a reason."""
        if self._frozen:
            named = ((ledger, uid, number) for (ledger, uid), number in self._frozen.items())
            raise refusal(self.db.catalogue.every, tuple(named))

    def _write(self, shape: _Shape, rows: list[tuple[Value, ...]]) -> None:
        ledger, names = shape.ledger, shape.columns
        sql = f"INSERT INTO {ledger.name}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        try:
            self.db.run_many(sql, rows)
        except FrozenRecords:
            records = [dict(zip(names, row, strict=True)) for row in rows]
            for n in Watch(self.db, ledger).concerned(records):
                self._hold(ledger, records[n])

    def hold(self, ledger: Ledger, rows: Sequence[Record]) -> None:
        """Have the operation refused where frozen figures count any of these records, though it changes none."""
        for n in Watch(self.db, ledger).concerned(rows):
            self._hold(ledger, rows[n])

    def _hold(self, ledger: Ledger, record: Record) -> None:
        """Remember a record whose change the file refuses; nothing of the operation will be saved."""
        self._frozen[ledger.name, str(record["uid"])] = str(record.get(ledger.number) or "")

    def _counters(self, ledger: Ledger, year: int, key: str) -> list[int]:
        """The year's last running number and last number counter, raised to that of the number's key."""
        last = self._numbers.get((ledger.name, year))
        if last is None:
            last = self._numbers[ledger.name, year] = list(last_numbers(self.db, ledger, year))
            self._numbered[ledger.name, year] = last[1]
        pattern = self.patterns.get(ledger.name)
        last[1] = max(last[1], (pattern.counted(key, year) if pattern else None) or 0)
        return last

    def _set(self, ledger: Ledger, old: Record, changed: dict[str, Value]) -> None:
        full: dict[str, Value] = {**old, **changed}
        stamped = {**changed, **self._derive(ledger, full, self.events_of(ledger, old))}
        stamped |= {"updated_at": self.journal.at, "updated_by": self.journal.who.clerk}
        if ledger.number in changed:
            stamped["number_key"] = ledger.key_text(changed[ledger.number])
            self._counters(ledger, int(str(old["year"])), str(stamped["number_key"]))
        self._assign(ledger, old, stamped)

    def _mark(self, ledger: Ledger, old: Record, fields: Mapping[str, Value], action: str) -> None:
        """Into the bin or out of it; the history tells of the number where that is left or taken again."""
        self._assign(ledger, old, fields)
        self._touch(ledger, old)
        number = {k: [old[k], value] for k, value in fields.items() if k == "number_key"}
        self.journal.add(ledger.name, str(old["uid"]), action, number)

    def _assign(self, ledger: Ledger, old: Record, fields: Mapping[str, Value]) -> None:
        uid = str(old["uid"])
        if uid in self._gathered:
            self.flush()
        names = ", ".join(f"{key} = ?" for key in fields)
        try:
            self.db.run(f"UPDATE {ledger.name} SET {names} WHERE uid = ?", (*fields.values(), uid))
        except FrozenRecords:
            self._hold(ledger, {**old, **fields})

    def _derived(self, ledger: Ledger, shape: _Shape, record: Record) -> dict[str, Value]:
        """As `Ledger.derive`, computed once for all records in which what decides the derived days is the same."""
        key = (ledger.name, *map(record.get, shape.reads))
        known = self._dues.get(key)
        if known is None:
            if len(self._dues) > GATHERED:
                self._dues.clear()
            known = self._dues[key] = self._derive(ledger, record)
        return known

    def _derive(self, ledger: Ledger, record: Record, told: events.Events = ()) -> dict[str, Value]:
        """As `Ledger.derive`, by rules of which the file knows."""
        of, by = self._ruled.get(ledger.name, (None, None))
        if of is not ledger or by is not self.calendar:
            computed.distrust(self.db, ledger, self.calendar)
            self._ruled[ledger.name] = ledger, self.calendar
        return ledger.derive(record, self.calendar, told)

    def _meet(self, ledger: Ledger) -> _Shape:
        self._rows[ledger.name] = []
        made = self._shapes[ledger.name] = _shape(ledger, self.journal)
        return made


@dataclass(frozen=True)
class _Shape:
    """What all new records of a ledger share within one operation."""

    ledger: Ledger
    columns: tuple[str, ...]
    inputs: frozenset[str]
    defaults: dict[str, Value]
    blank: dict[str, Value]
    """Every column, empty but for who writes and when."""
    row: Callable[[Record], tuple[Value, ...]]
    """A record's columns in order."""
    reads: tuple[str, ...]
    """What decides the derived days."""


def _shape(ledger: Ledger, journal: Journal) -> _Shape:
    columns, who = tuple(tables.columns(ledger)), journal.who
    stamps = {"created_at": journal.at, "created_by": who.clerk, "origin": who.origin}
    stamps |= {"updated_at": journal.at, "updated_by": who.clerk}
    return _Shape(
        ledger,
        columns,
        frozenset(field.key for field in ledger.inputs) | ({CONTINUES.key} & ledger.by_key.keys()),
        {field.key: field.default for field in ledger.inputs if field.default is not None},
        {**dict.fromkeys(columns), **stamps},
        itemgetter(*columns),
        tuple(sorted(frozenset[str]().union(*(clock.decides() for clock in ledger.clocks)))),
    )


@contextmanager
def writing(
    db: Database,
    who: Who,
    kind: str,
    calendar: Calendar,
    patterns: Mapping[str, Pattern],
    note: str = "",
    reason: str = "",
) -> Iterator[Writer]:
    """One operation: everything inside is saved with its history when it ends, or nothing is.

    Raises FrozenRecords where it would change what frozen figures count and gives no reason; the reason becomes part
    of the operation's note.
    """
    reason = reason.strip()
    with db.atomic():
        if reason:
            db.run("INSERT INTO reasons VALUES (?)", (reason,))
        writer = Writer(
            db, Journal(db, who, kind, " — ".join(filter(None, (note, reason)))), calendar, patterns
        )
        yield writer
        writer.settle()
        writer.flush()
        writer.refuse_frozen()
        steps.add(db, writer.journal, writer.counted)
        if reason:
            db.run("DELETE FROM reasons")
