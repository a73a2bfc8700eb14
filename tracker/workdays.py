"""Working days in China: the published holidays and make-up weekends, with the office's own calendar over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import metadata

from tracker import i18n


@dataclass(frozen=True)
class _Year:
    """What is published of one year."""

    off: Mapping[date, str]
    """Days off and what they are called; where several holidays meet, all of them."""
    worked: frozenset[date]
    known: bool
    """Whether the State Council's notice for the year is known, not only which holidays there are every year."""


@cache
def _published_days(year: int, language: str = "zh_CN") -> _Year:
    """What is published of a year.

    Neighbouring years are read too: a notice may move a working day across New Year.
    """
    from holidays.countries.china import China  # here: a tenth of a second that most commands do not need

    names = "zh_CN" if language == "zh_CN" else "en_US"
    known = China(years=(year - 1, year, year + 1), language=names)  # type: ignore[no-untyped-call]
    off = {day: name for day, name in known.items() if day.year == year}
    worked = frozenset(day for day in known.weekend_workdays if day.year == year)
    return _Year(off, worked, year in known.special_public_holidays)


@cache
def edition() -> str:
    """Which edition of the published holidays the program knows."""
    return metadata.version("holidays")


@dataclass(frozen=True)
class Calendar:
    """Working days; `changes` is the office's own calendar, day -> whether worked, laid over the published one."""

    changes: Mapping[date, bool] = field(default_factory=dict)
    notes: Mapping[date, str] = field(default_factory=dict)
    """What the office wrote beside its own days."""
    announced: frozenset[int] = frozenset()
    """Years whose announcement the office entered whole."""
    _memory: dict[date, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on the day."""
        known = self._memory.get(day)
        if known is None:
            known = self._memory[day] = self._find(day)
        return known

    def _find(self, day: date) -> bool:
        return self.changes[day] if day in self.changes else self.usual(day)

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
        """Whether the year's notice of holidays is known, or the office entered it."""
        return year in self.announced or _published_days(year).known

    def usual(self, day: date) -> bool:
        """Whether it would be worked by the published calendar alone."""
        year = _published_days(day.year)
        return day in year.worked or (day.weekday() < 5 and day not in year.off)

    def name_of(self, day: date) -> str:
        """Why a day is off or worked, as the office wrote or as it was published; empty for a plain day."""
        if day in self.notes:
            return self.notes[day]
        year = _published_days(day.year, i18n.language())
        return "" if day in self.changes else year.off.get(day, "")
