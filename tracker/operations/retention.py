"""Which backups are kept: all of the last days, then one a day, a week and a month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Retention:
    """`whole_days` keeps every backup of so many days, today among them; of older ones the newest of each day, week
    (from Monday) and month, for as many of these as there are backups of."""

    whole_days: int = 2
    daily: int = 14
    weekly: int = 12
    monthly: int = 24


def kept(made: Iterable[datetime], now: datetime, rule: Retention) -> set[datetime]:
    """Of backups made at these times those to keep; the newest always, and those from a clock that was ahead."""
    newest = sorted(set(made), reverse=True)
    recent = (now - timedelta(days=rule.whole_days - 1)).date()
    keep = {one for one in newest if one.date() >= recent} | set(newest[:1])
    older = [one for one in newest if one.date() < recent]
    spans: tuple[tuple[int, Callable[[date], object]], ...] = (
        (rule.daily, lambda day: day),
        (rule.weekly, lambda day: day - timedelta(days=day.weekday())),
        (rule.monthly, lambda day: (day.year, day.month)),
    )
    for most, span in spans:
        first: dict[object, datetime] = {}
        for one in older:
            first.setdefault(span(one.date()), one)
        keep |= set([*first.values()][:most])
    return keep
