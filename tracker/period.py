"""A period of statistics and the day as of which it is told."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.errors import UserError
from tracker.i18n import _


def year_earlier(day: date) -> date:
    """The same day one year before; a month's last day maps to that month's last day."""
    year, last = day.year - 1, calendar.monthrange(day.year - 1, day.month)[1]
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return date(year, day.month, last)
    return date(year, day.month, min(day.day, last))


@dataclass(frozen=True)
class Period:
    """Days `begin` to `end`, both included, told as of `as_of`; what is dated after that day is not yet known."""

    begin: date
    end: date
    as_of: date

    @staticmethod
    def of(begin: date, end: date, as_of: date | None = None) -> Period:
        """The period from `begin` to `end`; refuses one that ends before it begins."""
        if end < begin:
            raise UserError(
                _("The period ends ({end}) before it begins ({begin}); exchange the two days.").format(
                    begin=begin, end=end
                )
            )
        return Period(begin, end, as_of or end)

    @staticmethod
    def year(year: int, as_of: date | None = None) -> Period:
        """A calendar year."""
        return Period.of(date(year, 1, 1), date(year, 12, 31), as_of)

    @staticmethod
    def quarter(year: int, quarter: int, as_of: date | None = None) -> Period:
        """Quarter 1 to 4 of a year."""
        return Period.of(date(year, quarter * 3 - 2, 1), _last(year, quarter * 3), as_of)

    @staticmethod
    def month(year: int, month: int, as_of: date | None = None) -> Period:
        """A calendar month."""
        return Period.of(date(year, month, 1), _last(year, month), as_of)

    @property
    def cut(self) -> date:
        """The last day of the period that is known: the earlier of its end and the as-of day."""
        return min(self.end, self.as_of)

    @property
    def day_before(self) -> date:
        """The last known day before the period begins."""
        return min(self.begin - timedelta(days=1), self.as_of)

    def previous(self) -> Period:
        """The same period, and as-of day, one year earlier."""
        return Period(year_earlier(self.begin), year_earlier(self.end), year_earlier(self.as_of))

    def months(self) -> tuple[str, ...]:
        """The calendar months it touches, as `2020-01`."""
        first, last = self.begin.year * 12 + self.begin.month - 1, self.end.year * 12 + self.end.month - 1
        return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))

    def label(self) -> str:
        """Shortest words for the period: a year, quarter, month or two days; the as-of day where it is not the last."""
        text = self.name()
        if self.as_of != self.end:
            text = _("{period}, as of {day}").format(period=text, day=self.as_of.isoformat())
        return text

    def name(self) -> str:
        """The same without the as-of day."""
        year, months = self.begin.year, self.end.month - self.begin.month + 1
        whole = (
            self.begin.day == 1 and self.end == _last(self.end.year, self.end.month) and self.end.year == year
        )
        if whole and months == 12:
            return _("{year}").format(year=year)
        if whole and months == 3 and self.begin.month % 3 == 1:
            return _("{year} Q{quarter}").format(year=year, quarter=self.end.month // 3)
        if whole and months == 1:
            return _("{year}-{month:02d}").format(year=year, month=self.begin.month)
        return _("{begin} to {end}").format(begin=self.begin.isoformat(), end=self.end.isoformat())


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
