"""Which statutory limits are running on a day: overdue, or due soon, over all ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice

from tracker.db import events, records
from tracker.db.database import Row
from tracker.db.records import Record
from tracker.db.tables import subjects
from tracker.operations.office import Office
from tracker.schema.clock import Clock
from tracker.schema.events import Event
from tracker.schema.filters import All, AnyOf, Condition, Days, NotBy, OneOf
from tracker.schema.ledger import Ledger

AT_ONCE = 1000
"""So many records are looked at together."""
WITHIN = 30
"""Days ahead that are told unless asked otherwise."""
OFFICERS = "officers"
"""The register of those who deal with records."""


@dataclass(frozen=True)
class Due:
    """One limit that runs on a day. Colours and early warnings go by `warn_left`, which does not count the rolling."""

    ledger: str
    uid: str
    number: str
    about: str
    """Whom the record is about, in a few words."""
    clock: str
    label: str
    """What is to be done, in the language in use."""
    due_on: date
    """Rolled to the next working day."""
    days_left: int
    """To `due_on`; negative when overdue."""
    warn_left: int
    """To the last day before any rolling."""
    basis: str
    verified: bool
    published: bool
    """Whether the calendar of every year it was computed with is known."""
    stands: bool = False
    """Whether the clock stands still, suspended: `due_on` is the day were it resumed now."""

    def as_json(self) -> dict[str, object]:
        """The shape of `due --json`."""
        return {
            "ledger": self.ledger,
            "uid": self.uid,
            "number": self.number,
            "clock": self.clock,
            "due_on": self.due_on.isoformat(),
            "days_left": self.days_left,
            "basis": self.basis,
        }


def due(
    office: Office, on: date, within: int = WITHIN, check: Callable[[], object] = lambda: None
) -> tuple[Due, ...]:
    """What was open on the day and is overdue then or due within so many days, the most urgent first.

    What is dated after the day is not known. `check` is called now and then and may raise.
    """
    found = []
    for ledger in office.catalogue.ledgers:
        keys = tuple(dict.fromkeys((ledger.number, *chain(*naming(ledger)))))
        for clock in ledger.clocks:
            for row, told in _running(office, ledger, clock, on, within, keys, check):
                found.append(_due(ledger, clock, dict(zip(("uid", *keys), row, strict=False)), told))
    return tuple(sorted(found, key=lambda d: (d.due_on, d.ledger, d.number, d.clock)))


def count(office: Office, on: date, within: int = 0, check: Callable[[], object] = lambda: None) -> int:
    """How many `due` would find."""
    clocks = ((ledger, clock) for ledger in office.catalogue.ledgers for clock in ledger.clocks)
    return sum(
        1 for ledger, clock in clocks for _found in _running(office, ledger, clock, on, within, (), check)
    )


@dataclass(frozen=True)
class _Told:
    """How a clock runs on a day."""

    title: str
    due_on: date
    days_left: int
    warn_left: int
    published: bool
    stands: bool


def _running(
    office: Office,
    ledger: Ledger,
    clock: Clock,
    on: date,
    within: int,
    keys: Sequence[str],
    check: Callable[[], object],
) -> Iterator[tuple[Row, _Told]]:
    """Each record for which the clock runs to within so many days, its uid and these fields first, and how it runs.

    Where nothing happened in a case, the clock looks at a few fields only; those alike in them are counted once.
    """
    read = _looked_at(ledger, clock)
    rows = _open(office, ledger, clock, on, within, ("uid", *keys, *read))
    alike: dict[Row, _Told | None] = {}
    while some := list(islice(rows, AT_ONCE)):
        check()
        found = events.of_records(office.db, [str(row[0]) for row in some]) if ledger.events else {}
        for row in some:
            values, happened = row[1 + len(keys) :], found.get(str(row[0]), ())
            if happened or values not in alike:
                known = ledger.known(dict(zip(read, values, strict=True)), on.isoformat())
                told = _told(office, clock, dict(known), happened, on)
                if not happened:
                    alike[values] = told
            else:
                told = alike[values]
            if told and told.days_left <= within:
                yield row, told


def _looked_at(ledger: Ledger, clock: Clock) -> tuple[str, ...]:
    """The fields that decide how a clock runs, with the days from which on they are known."""
    read = clock.reads() - {"uid"}
    return tuple(sorted(read | {by for key, by in ledger.dated if key in read}))


def _open(
    office: Office, ledger: Ledger, clock: Clock, on: date, within: int, keys: Sequence[str]
) -> Iterator[Row]:
    """The records for which the clock may run on the day to within so many days, in no order."""
    day = on.isoformat()
    running: list[Condition] = [NotBy(key, day) for key in clock.stopped_by]
    last = on + timedelta(days=min(0, within - clock.least()))  # what began later has more days left
    begun = Days("", first=day) if clock.backward else Days("", last=last.isoformat())
    fields = tuple(replace(begun, field=start.field) for start in clock.starts if start.field)
    kinds = tuple(start.event for start in clock.starts if start.event)
    if fields:
        yield from records.unordered(office.db, ledger, All((AnyOf(fields), *running)), keys)
    if kinds and events.kept(office.db):
        uids = list(events.having(office.db, ledger.name, kinds))
        for start in range(0, len(uids), AT_ONCE):
            among = OneOf("uid", tuple(uids[start : start + AT_ONCE]))
            yield from records.unordered(office.db, ledger, All((among, *running)), keys)


def _told(office: Office, clock: Clock, record: Record, happened: Sequence[Event], on: date) -> _Told | None:
    calendar = office.calendar
    run = clock.run(record, calendar, happened, on)
    if run is None or run.unrolled is None or run.rolled is None or clock.ended(run, happened, on):
        return None
    if clock.lapses and run.rolled < on:
        return None
    return _Told(
        run.title(),
        run.rolled,
        (run.rolled - on).days,
        (run.unrolled - on).days,
        not run.unpublished(calendar),
        any(span.last == on for span in run.spans) and clock.goes_on(happened, on),
    )


def _due(ledger: Ledger, clock: Clock, record: Record, told: _Told) -> Due:
    return Due(
        ledger.name,
        str(record["uid"]),
        str(record[ledger.number]),
        about(ledger, record),
        clock.key,
        told.title,
        told.due_on,
        told.days_left,
        told.warn_left,
        clock.basis,
        clock.verified,
        told.published,
        told.stands,
    )


def naming(ledger: Ledger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of the fields by which a clerk knows a record: those by which search shows it, except for the office's own
    people, and the texts of the list, which serve where the former are empty."""
    known = [f.key for f in subjects(ledger) if f.names != OFFICERS]
    texts = [f.key for f in map(ledger.field, ledger.columns) if f.kind in ("text", "link")]
    ours = (ledger.number, *ledger.agenda.people)
    return tuple(k for k in known if k not in ours), tuple(k for k in texts if k not in ours)


def about(ledger: Ledger, record: Record) -> str:
    """Whom or what a record is about: the first two of its naming fields that say something."""
    said = next(filter(None, ([key for key in keys if record.get(key)] for keys in naming(ledger))), [])
    return " / ".join(ledger.field(key).shown(record[key]) for key in said[:2])
