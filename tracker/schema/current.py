"""Days that move on with today, such as this month: a kept view of what is due then is right next month, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.i18n import N_, _
from tracker.period import Period
from tracker.schema.filters import Days
from tracker.schema.ledger import Ledger

LABELS = {
    "this_week": N_("This week"),
    "this_month": N_("This month"),
    "previous_month": N_("Previous month"),
    "this_year": N_("This year"),
    "previous_year": N_("Previous year"),
}
"""The periods that are often asked for."""


def period_of(key: str, today: date) -> Period:
    """The period that a key of `LABELS` means on a day; a week begins on Monday."""
    monday = today - timedelta(days=today.weekday())
    before = today.replace(day=1) - timedelta(days=1)
    return {
        "this_week": Period.of(monday, monday + timedelta(days=6)),
        "this_month": Period.month(today.year, today.month),
        "previous_month": Period.month(before.year, before.month),
        "this_year": Period.year(today.year),
        "previous_year": Period.year(today.year - 1),
    }[key]


@dataclass(frozen=True)
class Current(Days):
    """The days of a period, as it is on the day on which it is asked for, told by the period's name."""

    period: str = ""

    @staticmethod
    def of(field: str, period: str) -> Current:
        """What the period means today."""
        days = period_of(period, date.today())
        return Current(field, days.begin.isoformat(), days.end.isoformat(), period)

    def sentence(self, ledger: Ledger) -> str:
        return _("{field}: {period}").format(
            field=ledger.field(self.field).title(), period=_(LABELS[self.period])
        )
