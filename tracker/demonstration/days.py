"""Working days to draw from, and shares that change on given days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.demonstration.draw import Draw, Weighted
from tracker.workdays import Calendar

Steps = tuple[tuple[date, float], ...]
"""A share that holds from each day on; the first day is the earliest."""


def at(steps: Steps, day: date) -> float:
    """The share that holds on a day."""
    return next((share for since, share in reversed(steps) if since <= day), steps[0][1])


class Workdays:
    """The working days from `first` to `last`, by the published calendar."""

    def __init__(self, first: date, last: date) -> None:
        calendar = Calendar()
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days = [day for day in every if calendar.is_workday(day)]

    def within(self, first: date, last: date) -> list[date]:
        """The working days of a period, both ends included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def by(self, day: date) -> date:
        """The day itself or the last working day before it."""
        return self.days[bisect_right(self.days, day) - 1]

    def since(self, day: date) -> date:
        """The day itself or the next working day."""
        return self.days[bisect_left(self.days, day)]

    def after(self, day: date, number: int) -> date:
        """So many working days later; before it where `number` is negative."""
        return self.days[bisect_right(self.days, day) - 1 + number]

    def nearest(self, first: date, day: date) -> date:
        """The last working day by `day`, but not before `first`."""
        return max(self.by(day), first)


@dataclass(frozen=True)
class Season:
    """When business comes: a weight for each month, less by `lull_share` from `lull` on until `lull_end`."""

    months: tuple[float, ...]
    lull: date | None = None
    lull_end: date | None = None
    lull_share: float = 1.0

    def quiet(self, day: date) -> bool:
        """Whether the lull holds on the day."""
        return self.lull is not None and self.lull_end is not None and self.lull <= day <= self.lull_end

    def weights(self, days: list[date], bend: Callable[[date], float] = lambda day: 1.0) -> Weighted[date]:
        """The days by their weight: Mondays are busier, Fridays calmer."""
        return Weighted((day, self._weight(day) * bend(day)) for day in days)

    def _weight(self, day: date) -> float:
        week = (1.25, 1.05, 1.0, 0.95, 0.8, 0.5, 0.5)
        return (
            self.months[day.month - 1] * week[day.weekday()] * (self.lull_share if self.quiet(day) else 1.0)
        )


def drawn(draw: Draw, weights: Weighted[date], number: int) -> list[date]:
    """So many days by their weights, in order."""
    return sorted(draw.of(weights) for _n in range(number))
