"""How a limit was counted, told step by step in the language in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.i18n import _, listed, ngettext
from tracker.schema.clock import Clock
from tracker.schema.events import Event
from tracker.schema.fields import Choice
from tracker.schema.ledger import Ledger
from tracker.schema.run import Run
from tracker.schema.spans import Span
from tracker.workdays import Calendar


@dataclass(frozen=True)
class Step:
    """One step: the day it leads to (or its span), and what is said; a doubt is something to look at."""

    when: str
    text: str
    doubt: bool = False


def explain(ledger: Ledger, run: Run, events_ledger: Ledger, calendar: Calendar) -> tuple[Step, ...]:
    """How the clock of a record was counted."""
    kinds = events_ledger.field("kind")
    assert isinstance(kinds, Choice)
    return tuple(_Telling(ledger, run, kinds, calendar).steps())


class _Telling:
    """The words for one run."""

    def __init__(self, ledger: Ledger, run: Run, kinds: Choice, calendar: Calendar) -> None:
        self.ledger, self.run, self.clock, self.kinds, self.calendar = ledger, run, run.clock, kinds, calendar

    def steps(self) -> Iterator[Step]:
        run = self.run
        yield Step(run.begin.isoformat(), self._start())
        if run.restart:
            text = _("{event}: the whole limit runs anew from here, and what came before is over with it.")
            yield Step(run.restart.day.isoformat(), text.format(event=self._event(run.restart)))
        yield Step("", self._limit())
        moved = [*map(self._extension, run.approved), *map(self._span, run.spans)]
        yield from sorted(moved, key=lambda step: step.when[:10])
        if run.added and not run.approved:
            yield Step(
                "", _("Extended, as the record says: {amount} more.").format(amount=self._amount(run.added))
            )
        if run.typed:
            text = _("Not counted, as the record says: {amount}.")
            yield Step("", text.format(amount=self._days(run.typed)))
        yield from self._end()
        yield from self._doubts()

    def _start(self) -> str:
        start = self.run.start
        word = self.ledger.field(start.field).title() if start.field else self.kinds.code_label(start.event)
        if self.clock.backward:
            return _("{start}: the limit is counted back from this day, which is not counted itself.").format(
                start=word
            )
        return _("{start}: the limit runs from here; the day itself is not counted.").format(start=word)

    def _limit(self) -> str:
        amount = self._amount(self.run.limit)
        text = (
            _("The limit: {amount}, as the office has set it.") if self._set() else _("The limit: {amount}.")
        )
        return text.format(amount=amount)

    def _set(self) -> bool:
        return bool(self.run.variant or self.clock.days_by)

    def _extension(self, event: Event) -> Step:
        amount = self._amount(self.run.added) if event == self.run.approved[0] else ""
        text = (
            _("Extension approved by {who}: {amount} more.")
            if event.by
            else _("Extension approved: {amount} more.")
        )
        if not amount:
            text = (
                _("Extension approved by {who}; counted together.")
                if event.by
                else _("Extension approved; counted together.")
            )
        told = text.format(who=event.by, amount=amount)
        if event in self.run.late:
            told += _("Granted late: the limit was over already.")
        return Step(event.day.isoformat(), told, event in self.run.late)

    def _span(self, span: Span) -> Step:
        kinds = listed(self.kinds.code_label(kind) for kind in span.kinds)
        amount = self._working(span.days) if self.clock.working else self._days(span.days)
        text = _("{kind}: {amount} not counted.").format(kind=kinds, amount=amount)
        return Step(_("{first} to {last}").format(first=span.first, last=span.last), text)

    def _end(self) -> Iterator[Step]:
        run = self.run
        if run.unrolled is None or run.rolled is None:
            since = run.stopped.isoformat() if run.stopped else ""
            yield Step(
                since, _("The clock stands still since this day; no day is due until it is resumed."), True
            )
            return
        words = _("Last day on which it can be done.") if self.clock.backward else _("Last day of the limit.")
        yield Step(run.unrolled.isoformat(), words)
        if run.rolled != run.unrolled:
            yield Step(run.rolled.isoformat(), self._rolling(run.unrolled, run.rolled))

    def _rolling(self, end: date, rolled: date) -> str:
        names = [self._off(end + timedelta(days=n)) for n in range((rolled - end).days)]
        text = _("The last day is off ({why}), so it ends on the next working day.")
        worked = _(" That is a weekend day that is worked.") if rolled.weekday() > 4 else ""
        return text.format(why=listed(dict.fromkeys(filter(None, names)))) + worked

    def _off(self, day: date) -> str:
        if self.calendar.is_workday(day):
            return ""
        return self.calendar.name_of(day) or _("weekend")

    def _doubts(self) -> Iterator[Step]:
        for year in self.run.unpublished(self.calendar):
            text = _("The holidays of {year} are not announced yet, so this day may still move.")
            yield Step("", text.format(year=year), True)
        if self.clock.basis:
            yield Step("", _("Basis: {basis}").format(basis=self.clock.basis))
        if not self.clock.verified:
            yield Step(
                "", _("The text of this article was not read when the program was made; compare it."), True
            )

    def _event(self, event: Event) -> str:
        label = self.kinds.code_label(event.kind)
        return (
            label
            if event.title in ("", label)
            else _("{kind} ({title})").format(kind=label, title=event.title)
        )

    def _amount(self, n: int) -> str:
        if self.clock.months:
            return ngettext("{n} month", "{n} months", n).format(n=n)
        return self._working(n) if self.clock.working else self._days(n)

    def _days(self, n: int) -> str:
        return ngettext("{n} day", "{n} days", n).format(n=n)

    def _working(self, n: int) -> str:
        return ngettext("{n} working day", "{n} working days", n).format(n=n)


def nothing_runs(clock: Clock) -> Step:
    """What is said where a clock does not run."""
    return Step("", _("{clock}: no limit runs for this record.").format(clock=clock.title()))
