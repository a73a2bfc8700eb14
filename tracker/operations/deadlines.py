"""Which statutory limits are running on a day: overdue, or due soon, over all ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from tracker.db import events, records
from tracker.db.database import Row
from tracker.db.records import Record
from tracker.operations.office import Office
from tracker.schema.clock import Clock
from tracker.schema.events import Event
from tracker.schema.filters import All, AnyOf, Condition, Days, NotBy, OneOf
from tracker.schema.ledger import Ledger

AT_ONCE = 1000
"""So many records are looked at together."""
WITHIN = 30
"""Days ahead that are told unless asked otherwise."""


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
    found: list[Due] = []
    for ledger in office.catalogue.ledgers:
        for clock in ledger.clocks:
            check()
            found.extend(_of_clock(office, ledger, clock, on, within))
    return tuple(sorted(found, key=lambda d: (d.due_on, d.ledger, d.number, d.clock)))


def _of_clock(office: Office, ledger: Ledger, clock: Clock, on: date, within: int) -> Iterator[Due]:
    keys = [field.key for field in ledger.fields]
    rows = _open(office, ledger, clock, on.isoformat())
    while some := list(islice(rows, AT_ONCE)):
        many = [dict(zip(keys, row, strict=True)) for row in some]
        found = events.of_records(office.db, [str(r["uid"]) for r in many]) if ledger.events else {}
        for record in many:
            told = _due(office, ledger, clock, record, found.get(str(record["uid"]), ()), on)
            if told and told.days_left <= within:
                yield told


def _open(office: Office, ledger: Ledger, clock: Clock, day: str) -> Iterator[Row]:
    """The records for which the clock may run on the day, in no order."""
    keys = [field.key for field in ledger.fields]
    running: list[Condition] = [NotBy(key, day) for key in clock.stopped_by]
    begun = Days("", first=day) if clock.backward else Days("", last=day)
    fields = tuple(replace(begun, field=start.field) for start in clock.starts if start.field)
    kinds = tuple(start.event for start in clock.starts if start.event)
    if fields:
        yield from records.unordered(office.db, ledger, All((AnyOf(fields), *running)), keys)
    if kinds and events.kept(office.db):
        uids = list(events.having(office.db, ledger.name, kinds))
        for start in range(0, len(uids), AT_ONCE):
            among = OneOf("uid", tuple(uids[start : start + AT_ONCE]))
            yield from records.unordered(office.db, ledger, All((among, *running)), keys)


def _due(
    office: Office, ledger: Ledger, clock: Clock, record: Record, told: Sequence[Event], on: date
) -> Due | None:
    calendar = office.calendar
    run = clock.run(ledger.known(record, on.isoformat()), calendar, told, on)
    if run is None or run.unrolled is None or run.rolled is None or clock.ended(run, told, on):
        return None
    if clock.lapses and run.rolled < on:
        return None
    return Due(
        ledger.name,
        str(record["uid"]),
        str(record[ledger.number]),
        about(ledger, record),
        clock.key,
        run.title(),
        run.rolled,
        (run.rolled - on).days,
        (run.unrolled - on).days,
        clock.basis,
        clock.verified,
        not run.unpublished(calendar),
        any(span.last == on for span in run.spans) and clock.goes_on(told, on),
    )


def about(ledger: Ledger, record: Record) -> str:
    """Whom a record is about: the first two of its list's columns that name somebody."""
    named = [key for key in ledger.columns if ledger.field(key).kind == "names" and record.get(key)]
    named = named or [
        k
        for k in ledger.columns
        if k != ledger.number and ledger.field(k).kind in ("text", "link") and record.get(k)
    ]
    return " / ".join(ledger.field(key).shown(record[key]) for key in named[:2])
