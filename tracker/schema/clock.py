"""Statutory clocks: from which day, how long, extended and suspended how, by which article."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.i18n import _
from tracker.schema.filters import All, Condition, Record
from tracker.workdays import Calendar

ALWAYS = All(())
_CENTURY = 36_525


@dataclass(frozen=True, kw_only=True)
class Start:
    """A day field from which a clock runs, where the condition holds and the day is there."""

    field: str
    when: Condition = ALWAYS


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One time limit of a ledger; the day it starts on is not counted, and its end rolls to the next working day."""

    key: str
    label: str
    starts: tuple[Start, ...]
    """The first that applies is taken."""
    days: int = 0
    working: bool = False
    """Whether `days` and the extension are working days."""
    months: int = 0
    """Calendar months instead of days; the extension then counts months too."""
    extension: tuple[str, int] | None = None
    """A yes/no field and the days (or months) it adds."""
    excluded: str | None = None
    """A count field: days not counted (suspension, service by announcement); beyond a century no limit is left."""
    never: Condition | None = None
    """Where it holds, no clock runs."""
    field: str = "due_on"
    """The derived field that holds the rolled day."""
    stopped_by: str = "closed_on"
    basis: str = ""
    """The article, in Chinese as it is cited."""
    verified: bool = True
    """Whether the text of the article was read (see the design's clocks)."""

    def title(self) -> str:
        """What is to be done within which limit, in the language in use."""
        return _(self.label)

    def unrolled(self, record: Record, calendar: Calendar) -> date | None:
        """The last day of the limit before any rolling: the safer day to warn by. None where no clock runs."""
        if self.never is not None and self.never.matches(record):
            return None
        begin = next(
            (record.get(s.field) for s in self.starts if record.get(s.field) and s.when.matches(record)), None
        )
        if not isinstance(begin, str):
            return None
        added = self.extension[1] if self.extension and record.get(self.extension[0]) else 0
        end = self._end(date.fromisoformat(begin[:10]), added, calendar)
        excluded = record.get(self.excluded) if self.excluded else None
        if not isinstance(excluded, int):
            return end
        return end + timedelta(days=excluded) if excluded <= _CENTURY else None

    def _end(self, first: date, added: int, calendar: Calendar) -> date:
        """The last day of the plain limit with what an extension adds."""
        if self.months:
            return months_later(first, self.months + added)
        days = self.days + added
        return calendar.after(first, days) if self.working else first + timedelta(days=days)

    def due(self, record: Record, calendar: Calendar) -> str | None:
        """The ISO day on which the limit ends, rolled to the next working day; None where no clock runs."""
        end = self.unrolled(record, calendar)
        return None if end is None else calendar.rolled(end).isoformat()

    def reads(self) -> frozenset[str]:
        """Keys of the fields it looks at."""
        return self.decides() | {self.stopped_by}

    def decides(self) -> frozenset[str]:
        """Keys of the fields on which the day due depends."""
        keys = {s.field for s in self.starts}
        keys |= {self.extension[0]} if self.extension else set()
        keys |= {self.excluded} if self.excluded else set()
        for condition in (*(s.when for s in self.starts), self.never):
            keys |= condition.fields() if condition else frozenset()
        return frozenset(keys)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter (Civil Code, Art 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
