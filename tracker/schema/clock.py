"""Statutory clocks: from which day, how long, extended and suspended how, by which article.

How a limit is counted is told step by step in `Clock.run`; what was read of the articles, and what was not, is in
`docs/decisions/0028-what-moves-a-limit.md`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.i18n import _
from tracker.schema.events import Event, known_on
from tracker.schema.filters import All, AnyOf, Condition, Record
from tracker.schema.run import Run
from tracker.schema.spans import OPEN, Counted, Span, pushed, together
from tracker.workdays import Calendar

ALWAYS = All(())
_CENTURY = 36_525


@dataclass(frozen=True, kw_only=True)
class Start:
    """From where a clock runs: a day field, or an event of a kind; where the condition holds and the day is there."""

    field: str = ""
    event: str = ""
    since: str = ""
    """Only an event on or after the day in this field."""
    last: bool = False
    """The last such event instead of the first."""
    when: Condition = ALWAYS

    def found(self, record: Record, events: Sequence[Event]) -> date | None:
        """The day it gives for a record."""
        if not self.when.matches(record):
            return None
        if self.field:
            return day_of(record, self.field)
        least = day_of(record, self.since) if self.since else date.min
        days = [e.day for e in events if e.kind == self.event and least and e.day >= least]
        return None if not days else max(days) if self.last else min(days)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Another number of days where a condition holds and the office has set one: the law of its province."""

    when: Condition
    setting: str
    """One of the ledger's `limits`."""
    label: str
    days: int | None = None
    """As the office has set it; see `Ledger.limited`."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time limit of a ledger; the day it starts on is not counted, and its end rolls to the next working day."""

    key: str
    label: str
    starts: tuple[Start, ...]
    """The first that applies is taken."""
    days: int = 0
    """Zero, where the office has to set it first."""
    working: bool = False
    """Whether `days` and the extension are working days."""
    months: int = 0
    """Calendar months instead of days; the extension then counts months too."""
    backward: bool = False
    """Whether the days are counted back from the start: the last day on which something can still be done."""
    extension: tuple[str, int] | None = None
    """A yes/no field (or none) and the most it adds, in days (or months); zero leaves that to the event."""
    approvals: str = ""
    """The kind of event by which it is extended, where such events are kept."""
    excluded: str | None = None
    """A count field: days not counted (suspension, service by announcement); beyond a century no limit is left."""
    spans: tuple[str, ...] = ()
    """Kinds of events that give the days not counted, where such events are kept."""
    restarts: tuple[str, ...] = ()
    """Kinds of events from which the whole limit runs anew."""
    variants: tuple[Variant, ...] = ()
    days_by: str = ""
    """One of the ledger's `limits` that holds the days, where no text of law fixes them."""
    never: Condition | None = None
    """Where it holds, no clock runs."""
    never_by: tuple[Condition, str] | None = None
    """As `never`, where the office has set one of the ledger's `limits` to yes: the law of its province."""
    lapses: bool = False
    """A limit of the parties, or a choice of the office's: once it is over nothing is overdue."""
    field: str = "due_on"
    """The derived field that holds the rolled day; empty where the limit is only told."""
    stopped_by: tuple[str, ...] = ("closed_on",)
    """Day fields of which the first that comes ends the clock."""
    ended_by: tuple[str, ...] = ()
    """Kinds of events that end it, from its start on (of a backward clock, from the day its start was entered on)."""
    basis: str = ""
    """The article, in Chinese as it is cited."""
    verified: bool = True
    """Whether the text of the article was read (see the design's clocks)."""

    def title(self) -> str:
        """What is to be done within which limit, in the language in use."""
        return _(self.label)

    def run(
        self, record: Record, calendar: Calendar, events: Sequence[Event] = (), on: date | None = None
    ) -> Run | None:
        """How it runs for a record with its events, as known on a day; None where it does not.

        With a day, what goes on is counted up to it; without one, what goes on keeps the clock standing.
        """
        if (self.never and self.never.matches(record)) or not (self._limit(record) or self.months):
            return None
        told = known_on(events, on)
        start, begin = next(
            ((s, d) for s in self.starts if (d := s.found(record, told))), (self.starts[0], None)
        )
        if begin is None:
            return None
        stop = min((d for d in (day_of(record, key) for key in self.stopped_by) if d), default=None)
        mine = [e for e in told if stop is None or e.day <= stop]
        restart = max((e for e in mine if e.kind in self.restarts and e.day >= begin), key=_day, default=None)
        first = restart.day if restart else begin
        added, approved = self._added(record, events, mine, first)
        plain = self._counted(record, calendar, mine, first, 0, stop or on)
        counted = self._counted(record, calendar, mine, first, added, stop or on) if added else plain
        typed = self._typed(record, events)
        if typed > _CENTURY:
            return None
        end, limit_end = _later(counted.end, typed), _later(plain.end, typed)
        late = tuple(e for e in approved if limit_end and e.day > self._rolled(limit_end, calendar))
        return Run(
            self,
            start,
            begin,
            restart,
            self._limit(record),
            added,
            tuple(approved),
            late,
            counted.spans,
            typed,
            end,
            end and self._rolled(end, calendar),
            counted.stopped,
            self._variant(record),
        )

    def ended(self, run: Run, events: Sequence[Event], on: date) -> bool:
        """Whether by the day an event has ended it, or what it is about has come."""
        if self.backward and run.first < on:
            return True
        since = run.begin
        if self.backward:
            since = min((e.entered for e in events if e.day == run.begin and e.entered), default=since)
        return any(e.kind in self.ended_by and since <= e.day <= on for e in events)

    def done_on(self, run: Run, record: Record, events: Sequence[Event]) -> date | None:
        """The day on which what is to be done was done, where it was."""
        days = [day for key in self.stopped_by if (day := day_of(record, key))]
        days += [
            e.day for e in events if e.kind in self.ended_by and e.day >= run.begin and not self.backward
        ]
        return min(days, default=None)

    def goes_on(self, events: Sequence[Event], on: date) -> bool:
        """Whether on the day something goes on that is not counted."""
        return any(e.kind in self.spans and e.day <= on and (e.until is None or e.until > on) for e in events)

    def _variant(self, record: Record) -> Variant | None:
        return next((v for v in self.variants if v.days and v.when.matches(record)), None)

    def _limit(self, record: Record) -> int:
        variant = self._variant(record) if self.variants else None
        return variant.days or 0 if variant else self.months or self.days

    def _added(
        self, record: Record, events: Sequence[Event], mine: Sequence[Event], first: date
    ) -> tuple[int, list[Event]]:
        """What extensions add, and the events of them: one approved before the limit began anew is over with it."""
        if self.extension is None:
            return 0, []
        field, most = self.extension
        if not self.keeps_approvals(events):
            return (most, []) if field and record.get(field) else (0, [])
        approved = [e for e in mine if e.kind == self.approvals and e.day >= first]
        days = sum(most if self.months or e.days is None else e.days for e in approved)
        return min(days, most or _CENTURY), approved

    def least(self) -> int:
        """So many calendar days pass at the least from its start to its end, whatever moves it."""
        days = [n for n in (self.months or self.days, *(v.days for v in self.variants)) if n]
        return min(days, default=0) * (28 if self.months else 1)

    def keeps_approvals(self, events: Sequence[Event]) -> bool:
        """Whether the events tell of extensions, so that the field does not."""
        return bool(self.approvals) and any(e.kind == self.approvals for e in events)

    def keeps_spans(self, events: Sequence[Event]) -> bool:
        """Whether the events tell the days not counted, so that the field does not."""
        return any(e.kind in self.spans for e in events)

    def _typed(self, record: Record, events: Sequence[Event]) -> int:
        days = record.get(self.excluded) if self.excluded and not self.keeps_spans(events) else None
        return days if isinstance(days, int) else 0

    def _counted(
        self,
        record: Record,
        calendar: Calendar,
        events: Sequence[Event],
        first: date,
        added: int,
        known: date | None,
    ) -> Counted:
        """The end of the limit with what an extension adds; what goes on is counted up to the day that is known."""
        limit = self._limit(record) + added
        further = calendar.after if self.working else _calendar_days_later
        if self.backward:
            back = calendar.before if self.working else _calendar_days_earlier
            return Counted(back(first, limit), ())
        end = months_later(first, limit) if self.months else further(first, limit)
        spans = [
            Span(e.day, max(e.day, min(e.until or OPEN, known or OPEN)), (e.kind,))
            for e in events
            if e.kind in self.spans
        ]
        between = calendar.workdays if self.working else _calendar_days
        return pushed(first, end, together(spans), further, between) if spans else Counted(end, ())

    def _rolled(self, day: date, calendar: Calendar) -> date:
        return calendar.rolled_back(day) if self.backward else calendar.rolled(day)

    def unrolled(self, record: Record, calendar: Calendar) -> date | None:
        """The last day of the limit before any rolling: the safer day to warn by. None where no clock runs."""
        run = self.run(record, calendar)
        return run.unrolled if run else None

    def due(self, record: Record, calendar: Calendar, events: Sequence[Event] = ()) -> str | None:
        """The ISO day on which the limit ends, rolled to a working day; None where no clock runs or it stands still."""
        run = self.run(record, calendar, events)
        return run.rolled.isoformat() if run and run.rolled else None

    def in_step(
        self, record: Record, calendar: Calendar, events: Sequence[Event]
    ) -> dict[str, str | int | None]:
        """The fields that follow the events where these are kept: days not counted, and whether it is extended."""
        run = self.run(record, calendar, events)
        found: dict[str, str | int | None] = {}
        if self.excluded and self.keeps_spans(events):
            found[self.excluded] = run.left_out if run else 0
        if self.extension and self.extension[0] and self.keeps_approvals(events):
            found[self.extension[0]] = int(bool(run and run.added))
        return found

    def following(self) -> dict[str, frozenset[str]]:
        """The fields that events of these kinds keep in step."""
        found: dict[str, frozenset[str]] = {}
        if self.excluded and self.spans:
            found[self.excluded] = frozenset(self.spans)
        if self.extension and self.extension[0] and self.approvals:
            found[self.extension[0]] = frozenset({self.approvals})
        return found

    def kinds(self) -> frozenset[str]:
        """Every kind of event it looks at."""
        started = {s.event for s in self.starts if s.event}
        approvals = {self.approvals} if self.approvals else set()
        return frozenset(started | approvals | set(self.spans) | set(self.restarts) | set(self.ended_by))

    def reads(self) -> frozenset[str]:
        """Keys of the fields it looks at."""
        return self.decides() | frozenset(self.stopped_by)

    def decides(self) -> frozenset[str]:
        """Keys of the fields on which the day due depends, as long as there are no events."""
        keys = {key for s in self.starts for key in (s.field, s.since) if key}
        keys |= {self.extension[0]} if self.extension and self.extension[0] else set()
        keys |= {self.excluded} if self.excluded else set()
        conditions = (*(s.when for s in self.starts), *(v.when for v in self.variants), self.never)
        conditions += (self.never_by[0] if self.never_by else None,)
        for condition in conditions:
            keys |= condition.fields() if condition else frozenset()
        return frozenset(keys)

    def resolved(self, limits: Mapping[str, str | int | None]) -> Clock:
        """It with the numbers of days that the office has set."""
        days = (_number(limits[self.days_by]) or 0) if self.days_by else self.days
        variants = tuple(replace(v, days=_number(limits[v.setting])) for v in self.variants)
        found = replace(self, days=days, variants=variants)
        if self.never_by and limits[self.never_by[1]]:
            given, condition = self.never, self.never_by[0]
            found = replace(found, never=AnyOf((given, condition)) if given else condition, never_by=None)
        return self if found == self else found


def day_of(record: Record, key: str) -> date | None:
    """The day in a field, whatever the time of day."""
    value = record.get(key)
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter (Civil Code, Art 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(event: Event) -> date:
    return event.day


def _later(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day and days <= _CENTURY else None


def _number(value: str | int | None) -> int | None:
    return min(int(value), _CENTURY) if value is not None else None


def _calendar_days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _calendar_days_earlier(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _calendar_days(first: date, last: date) -> int:
    return (last - first).days + 1
