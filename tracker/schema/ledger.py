"""A ledger: one declaration from which its table, form, list, sheet and documentation are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.i18n import N_, _, everywhere
from tracker.schema.agenda import NO_AGENDA, Agenda
from tracker.schema.clock import Clock
from tracker.schema.continuing import CONTINUES, Continuation
from tracker.schema.events import Event
from tracker.schema.fields import Choice, Count, Day, Field, Link, Name, Names, Number, Text, Value, fold
from tracker.schema.filters import Record
from tracker.schema.likeness import Likeness
from tracker.schema.party import Role
from tracker.schema.rules import Limited, Problem, Rule
from tracker.workdays import Calendar

_KEY = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = frozenset(
    """settings counters operations history heads shapes draws templates freezes frozen_figures frozen_counts
    frozen_locks frozen_records reasons imported imported_order contents steps computed names names_search""".split()  # noqa: SIM905 (a list of 12 lines)
)
"""Names of the file's own tables."""
RESERVED = frozenset(
    """id year number_key binned_at
    binned_by rowid add all alter and as between by case check collate commit constraint create
    default delete distinct drop else escape except exists foreign from group having in index insert intersect into
    is isnull join limit not nothing notnull null on or order primary references returning select set table then to
    transaction union unique update using values when where""".split()  # noqa: SIM905 (a list of 80 lines)
)
"""Columns beside the fields, and words that SQLite takes for its own where they stand without quotes."""

_AS_NAME = Name(key="name", label="Name")
LIMITS = N_("Amounts set by law or by the office")
"""The group of the settings that `Ledger.limits` become."""
TIME_LIMITS = N_("Time limits set by the province or the office")
"""The group of those that clocks look at."""
REMARKS = Text(
    key="remarks",
    label=N_("Remarks"),
    also=("备注说明", "附注", "说明", "其他说明", "其他"),
    group=N_("Remarks"),
    multiline=True,
    width=24,
)
SYSTEM: tuple[Field, ...] = (
    Text(key="uid", label=N_("Record id"), system=True, width=36),
    Count(key="no", label=N_("Running no."), system=True, width=8),
    Day(key="created_at", label=N_("Entered at"), system=True, moment=True, width=16),
    Text(key="created_by", label=N_("Entered by"), system=True),
    Day(key="updated_at", label=N_("Changed at"), system=True, moment=True, width=16),
    Text(key="updated_by", label=N_("Changed by"), system=True),
    Text(key="origin", label=N_("Computer"), system=True),
)
BINNED: tuple[Field, ...] = (
    Day(key="binned_at", label=N_("Binned at"), system=True, moment=True, width=16),
    Text(key="binned_by", label=N_("Binned by"), system=True),
)
"""What the list of the bin tells beside a record's fields."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One kind of record. Labels are English message ids; `typed` are the fields of its form in their order."""

    name: str
    label: str
    short: str
    """The label of the navigation."""
    section: str
    """The heading of the navigation under which it stands."""
    icon: str = "document"
    record: str
    """What one record is called, e.g. "dispute", and its Chinese counter word by translation."""
    typed: tuple[Field, ...]
    number: str
    """The field that holds the record's own number, or the name by which it is told apart."""
    number_pattern: str = ""
    """The pattern until the office sets its own; `{year}`, `{n}` (or `{n:03d}`) and `{region}` are filled in.
    Empty where records are told apart by a name."""
    day: str = ""
    """The first required day: its year is the year of the running number. Empty in a register, whose records have none:
    they are numbered through and listed as they were entered."""
    calls: str = ""
    """The field by which other ledgers name its records, where that is not the number."""
    attached: bool = False
    """Whether each of its records belongs to one record of another ledger (`attached.HEAD`): such a ledger has no page,
    no sheet and no figures of its own."""
    aliases: str = ""
    """The field of several names that keeps what a record is called elsewhere too, such as its former names."""
    parties: tuple[Role, ...] = ()
    """Who its cases have as parties, and the fields in which their names stand."""
    columns: tuple[str, ...]
    """Columns of the list until the clerk chooses others."""
    rules: tuple[Rule, ...] = ()
    limits: tuple[Field, ...] = ()
    """Amounts that rules compare with and that each office sets for itself: settings, whose default is the value."""
    clocks: tuple[Clock, ...] = ()
    agenda: Agenda = NO_AGENDA
    """What of it belongs on a clerk's day beside the clocks."""
    alike: tuple[Likeness, ...] = ()
    """Earlier records that a clerk is told of while typing one like them."""
    matter: bool = False
    """Whether its records are matters or parts of one, so that each says which earlier record it continues."""
    continued_as: tuple[Continuation, ...] = ()
    """As what its records may go on in other ledgers."""
    events: tuple[str, ...] = ()
    """Kinds of events that a clerk may add to its records, in the order offered; without any there is no timeline."""
    first_days: tuple[tuple[str, str], ...] = ()
    """Day fields that follow events, and the kind of event whose first day each holds where such events are kept."""
    dated: tuple[tuple[str, str], ...] = ()
    """Fields that become known with the day in another field, and that field: a decision with that of its notice."""
    indexes: tuple[tuple[str, ...], ...] = ()
    """Columns by which figures, filters and lists look records up, one tuple an index."""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field: the form's, remarks, and what the program keeps itself."""
        return (*self.entered, *SYSTEM, *((CONTINUES,) if self.matter else ()))

    @cached_property
    def entered(self) -> tuple[Field, ...]:
        """The form's fields and remarks, derived ones among them."""
        return (*self.typed, REMARKS)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Fields by their keys."""
        return {field.key: field for field in self.fields}

    def field(self, key: str) -> Field:
        """The field of that key; raises KeyError."""
        return self.by_key[key]

    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    @cached_property
    def inputs(self) -> tuple[Field, ...]:
        """Fields that a clerk fills in, on the form or by a sheet."""
        return tuple(f for f in self.entered if not f.derived)

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[Field, ...]], ...]:
        """The form's fields by their groups, in order of first appearance."""
        names = dict.fromkeys(f.group for f in self.entered)
        return tuple((name, tuple(f for f in self.entered if f.group == name)) for name in names)

    def limit(self, key: str) -> Value:
        """The amount of one of its limits, None where the office has set none; raises KeyError."""
        return {field.key: field.default for field in self.limits}[key]

    def limited(self, stored: Mapping[str, str]) -> Ledger:
        """It with the limits that an office has set, by the settings as stored; itself where none is."""
        if not any(field.key in stored for field in self.limits):
            return self
        limits = (replace(f, default=f.set_by(stored)) if f.key in stored else f for f in self.limits)
        ledger = replace(self, limits=tuple(limits))
        amounts = {field.key: field.default for field in ledger.limits}
        return replace(ledger, clocks=tuple(clock.resolved(amounts) for clock in self.clocks))

    def derive(self, record: Record, calendar: Calendar, events: Sequence[Event] = ()) -> dict[str, Value]:
        """The derived fields of a record with these events."""
        return {clock.field: clock.due(record, calendar, events) for clock in self.clocks if clock.field}

    def in_step(self, record: Record, calendar: Calendar, events: Sequence[Event]) -> dict[str, Value]:
        """The fields that follow the record's events, where events that concern them are kept."""
        found: dict[str, Value] = {}
        if events:
            for clock in self.clocks:
                found |= clock.in_step(record, calendar, events)
            for key, kind in self.first_days:
                if days := [event.day for event in events if event.kind == kind]:
                    found[key] = min(days).isoformat()
        return found

    @cached_property
    def following(self) -> Mapping[str, frozenset[str]]:
        """The fields that follow events, and of which kinds."""
        found = {key: kinds for clock in self.clocks for key, kinds in clock.following().items()}
        return found | {key: frozenset({kind}) for key, kind in self.first_days}

    def known(self, record: Record, day: str) -> Record:
        """A record without what is dated after the (ISO) day."""
        later = {key for key in self._days if str(record.get(key) or "")[:10] > day}
        later |= {key for key, by in self.dated if by in later}
        return {key: None if key in later else value for key, value in record.items()} if later else record

    @cached_property
    def _days(self) -> tuple[str, ...]:
        return tuple(f.key for f in self.fields if isinstance(f, Day))

    def year_of(self, record: Record) -> int:
        """The year to which the record's numbers belong: that of its first required day; 0 in a register."""
        return int(str(record[self.day])[:4]) if self.day else 0

    @property
    def order(self) -> str:
        """The field that gives a list its order until the clerk chooses another."""
        return self.day or "no"

    @property
    def called(self) -> Field:
        """The field by which other ledgers name its records."""
        return self.field(self.calls or self.number)

    def key_text(self, number: object) -> str:
        """What all spellings of a record's number share; empty for none."""
        field = self.by_key[self.number]
        assert isinstance(field, Number)
        return "" if number is None else field.key_text(str(number))

    def called_key(self, name: str) -> str:
        """What all spellings of what one record is called share."""
        field = self.called
        number = field if isinstance(field, Number) else _AS_NAME
        return number.key_text(number.spelled(name))

    @cached_property
    def naming(self) -> tuple[Field, ...]:
        """The fields that name records of a ledger."""
        return tuple(field for field in self.entered if field.names)

    def problems(self, record: Record) -> tuple[Problem, ...]:
        """What keeps the record from being saved, and what is unlikely, in order of the form."""
        found = [
            *self._missing(record),
            *self._doubtful(record),
            *(p for p in (rule.problem(record, self) for rule in self.rules) if p),
        ]
        if len(found) < 2:
            return tuple(found)
        order = {field.key: n for n, field in enumerate(self.fields)}
        return tuple(sorted(found, key=lambda problem: order[problem.field]))

    def _missing(self, record: Record) -> Iterator[Problem]:
        for field in self._required:
            if record.get(field.key) is None:
                yield Problem(field.key, _("{field} is missing; fill it in.").format(field=field.title()))

    def _doubtful(self, record: Record) -> Iterator[Problem]:
        for field in self.doubting:
            value = record.get(field.key)
            if value is not None and (doubt := field.doubt(value)):
                yield Problem(field.key, doubt, value, True)

    @cached_property
    def doubting(self) -> tuple[Field, ...]:
        """The fields that may find a value unlikely."""
        return tuple(f for f in self.inputs if type(f).doubt is not Field.doubt)

    @cached_property
    def _required(self) -> tuple[Field, ...]:
        return tuple(f for f in self.typed if f.required)

    def check(self) -> list[str]:
        """What is wrong with the declaration: each sentence names ledger, field and remedy."""
        return [f"{self.name}: {fault}" for fault in self._faults()]

    def _faults(self) -> Iterator[str]:
        yield from self._name_faults()
        for field in self.fields:
            yield from _field_faults(field)
        known = self.by_key
        for use, names in self._uses():
            for name in sorted(set(names) - set(known)):
                yield f"{use} names {name!r}, which is no field; declare it or correct the name"
        if not (isinstance(known.get(self.number), Number) and known[self.number].required):
            yield f"number {self.number!r} is not a required Number; declare it so"
        if self.day and not (isinstance(known.get(self.day), Day) and known[self.day].required):
            yield f"day {self.day!r} is not a required Day; declare it so"
        if ("{n" in self.number_pattern) == isinstance(known.get(self.number), Name):
            yield "number_pattern has no {n}, or the number is a name, which needs none; correct it"
        if "{year}" in self.number_pattern and not self.day:
            yield "number_pattern has a {year}, but a register has no day; take it out"
        if self.aliases and not isinstance(known.get(self.aliases), Names):
            yield f"aliases {self.aliases!r} is no field of several names; declare it so"
        if self.calls and self.calls not in known:
            yield f"calls names {self.calls!r}, which is no field; declare it or correct the name"
        if self.agenda.hearing and self.agenda.hearing not in (
            self.day,
            *(index[0] for index in self.indexes),
        ):
            yield f"no index begins with the hearing {self.agenda.hearing!r}; declare one"
        limits = {field.key for field in self.limits}
        for rule in self.rules:
            if isinstance(rule, Limited) and rule.limit not in limits:
                yield f"Limited compares with {rule.limit!r}, which is no limit of it; declare it in limits"
        for key in sorted(
            {f.key for f in self.fields if f.derived} ^ {c.field for c in self.clocks if c.field}
        ):
            yield f"field {key!r} is derived without a clock, or the other way round; declare both"

        for key, kind in self.first_days:
            if kind not in self.events:
                yield f"first_days has {key!r} follow events of kind {kind!r}; offer it in events"
        yield from self._clock_faults(limits)

    def _clock_faults(self, limits: set[str]) -> Iterator[str]:
        keys = [clock.key for clock in self.clocks]
        for clock in self.clocks:
            if keys.count(clock.key) > 1:
                yield f"clock {clock.key!r} stands twice; rename one"
            for kind in sorted(clock.kinds() - set(self.events)):
                yield f"clock {clock.key!r} looks at events of kind {kind!r}; offer it in events"
            never_by = clock.never_by[1] if clock.never_by else ""
            for limit in (clock.days_by, never_by, *(v.setting for v in clock.variants)):
                if limit and limit not in limits:
                    yield f"clock {clock.key!r} is set by {limit!r}, which is no limit of it; declare it in limits"
            if clock.days_by and clock.days_by in limits and (self.limit(clock.days_by) or 0) != clock.days:
                yield f"clock {clock.key!r} has other days than its limit {clock.days_by!r}; make them one"

    def _name_faults(self) -> Iterator[str]:
        if not _KEY.fullmatch(self.name) or self.name in TAKEN:
            yield "name is not lower-case ASCII or is taken; choose another"
        keys = [field.key for field in self.fields]
        for key in dict.fromkeys(keys):
            if not _KEY.fullmatch(key) or key in RESERVED:
                yield f"key {key!r} is not lower-case ASCII or is reserved; rename it"
            if keys.count(key) > 1:
                yield f"key {key!r} stands twice; remove one"
        words: dict[str, str] = {}
        for field in self.fields:
            for word in {field.key, *everywhere(field.label)}:
                if words.setdefault(fold(word), field.key) != field.key:
                    yield f"fields {words[fold(word)]!r} and {field.key!r} are both called {word!r}; change one label"
        words = {}  # a label of the office's own may be another field's other name: labels count first
        for field in self.fields:
            for word in field.also:
                if words.setdefault(fold(word), field.key) != field.key and field is not REMARKS:
                    yield f"{word!r} stands for {words[fold(word)]!r} and also for {field.key!r}; take one away"

    def _uses(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "columns", self.columns
        yield "parties", tuple(role.field for role in self.parties if role.field)
        for field in self.fields:
            if field.only_when:
                yield f"only_when of {field.key!r}", tuple(field.only_when.fields())
            if isinstance(field, Count) and field.heads_of:
                yield f"heads_of of {field.key!r}", (field.heads_of,)
        for rule in self.rules:
            yield type(rule).__name__, tuple(rule.fields())
        for clock in self.clocks:
            yield f"clock {clock.key!r}", (*clock.reads(), *filter(None, (clock.field,)))
        yield "first_days", tuple(key for key, _kind in self.first_days)
        for pair in self.dated:
            yield "dated", pair
        for likeness in self.alike:
            yield "alike", tuple(likeness.keys())
        for way in self.continued_as:
            yield "continued_as", tuple(source for _key, source in way.fields)
        for index in self.indexes:
            yield "indexes", index
        yield from self.agenda.uses()


def _field_faults(field: Field) -> Iterator[str]:
    if not field.label:
        yield f"field {field.key!r} has no label; give it one"
    if isinstance(field, Link) and not field.names:
        yield f"link {field.key!r} names no ledger; say which"
    if not isinstance(field, Choice):
        return
    keys = [code.key for code in field.codes]
    for key in dict.fromkeys(keys):
        if not _KEY.fullmatch(key):
            yield f"code {key!r} of {field.key!r} is not lower-case ASCII; rename it"
        if keys.count(key) > 1:
            yield f"code {key!r} of {field.key!r} stands twice; remove one"
    labels: dict[str, str] = {}
    for code in field.codes:
        for word in everywhere(code.label):
            if labels.setdefault(fold(word), code.key) != code.key:
                yield f"codes {labels[fold(word)]!r} and {code.key!r} of {field.key!r} are both {word!r}; change one"
    for use, value in (("default", field.default), ("prefill", field.prefill)):
        if value is not None and not set(str(value).split(";")) <= set(keys):
            yield f"{use} of {field.key!r} is {value!r}, which is none of its codes; correct it"
