"""Which statutory limits are running on a day: overdue, or due soon, over all ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.db import records
from tracker.db.records import Query, Record
from tracker.operations.office import Office
from tracker.schema.clock import Clock
from tracker.schema.fields import Day
from tracker.schema.filters import All, AnyOf, Days, Not
from tracker.schema.ledger import Ledger

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
    day = on.isoformat()
    started = AnyOf(tuple(Days(start.field, last=day) for start in clock.starts))
    running = Not(Days(clock.stopped_by, last=day))
    keys = [field.key for field in ledger.fields]
    for row in records.each(office.db, Query(ledger, All((started, running))), keys):
        record = known(ledger, dict(zip(keys, row, strict=True)), day)
        found = _due(office, ledger, clock, record, on)
        if found and found.days_left <= within:
            yield found


def known(ledger: Ledger, record: Record, day: str) -> Record:
    """The record without what is dated after the day."""
    later = {f.key for f in ledger.fields if isinstance(f, Day) and str(record.get(f.key) or "")[:10] > day}
    return {key: None if key in later else value for key, value in record.items()}


def _due(office: Office, ledger: Ledger, clock: Clock, record: Record, on: date) -> Due | None:
    unrolled = clock.unrolled(record, office.calendar)
    if unrolled is None:
        return None
    rolled = office.calendar.rolled(unrolled)
    return Due(
        ledger.name,
        str(record["uid"]),
        str(record[ledger.number]),
        about(ledger, record),
        clock.key,
        clock.title(),
        rolled,
        (rolled - on).days,
        (unrolled - on).days,
        clock.basis,
        clock.verified,
        all(office.calendar.published(year) for year in range(on.year, rolled.year + 1)),
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
