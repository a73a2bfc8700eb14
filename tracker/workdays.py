"""Working days in China: the published holidays and make-up weekends, with the office's own calendar over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache


@cache
def _published_days(year: int) -> tuple[frozenset[date], frozenset[date], bool]:
    """Days off, weekend days worked, and whether the State Council's notice for the year is known.

    Neighbouring years are read too: a notice may move a working day across New Year.
    """
    from holidays.countries.china import China  # here: a tenth of a second that most commands do not need

    known = China(years=(year - 1, year, year + 1))  # type: ignore[no-untyped-call]
    off = frozenset(day for day in known if day.year == year)
    worked = frozenset(day for day in known.weekend_workdays if day.year == year)
    return off, worked, year in known.special_public_holidays


@dataclass(frozen=True)
class Calendar:
    """Working days; `changes` is the office's own calendar, day -> whether worked, laid over the published one."""

    changes: Mapping[date, bool] = field(default_factory=dict)
    _memory: dict[date, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on the day."""
        known = self._memory.get(day)
        if known is None:
            known = self._memory[day] = self._find(day)
        return known

    def _find(self, day: date) -> bool:
        if day in self.changes:
            return self.changes[day]
        off, worked, _known = _published_days(day.year)
        return day in worked or (day.weekday() < 5 and day not in off)

    def rolled(self, day: date) -> date:
        """The day itself if it is worked, else the next working day (Civil Procedure Law 2023, Art 85)."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def rolled_back(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def before(self, day: date, workdays: int) -> date:
        """The day that is so many working days before `day`, which is not counted itself."""
        for _n in range(workdays):
            day = self.rolled_back(day - timedelta(days=1))
        return day

    def workdays(self, first: date, last: date) -> int:
        """How many days are worked from one day to another, both included."""
        return sum(self.is_workday(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def after(self, day: date, workdays: int) -> date:
        """The day that is so many working days after `day`, which is not counted itself."""
        for _n in range(workdays):
            day = self.rolled(day + timedelta(days=1))
        return day

    def published(self, year: int) -> bool:
        """Whether the year's notice of holidays is known, or the office entered days of its own for it."""
        return _published_days(year)[2] or any(day.year == year for day in self.changes)
