"""A month as a calendar shows it: limits and hearings of each day, and which days are worked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.i18n import _
from tracker.operations import hearings
from tracker.operations.deadlines import due
from tracker.operations.office import Office
from tracker.operations.today import (
    HEARING,
    WEEK,
    Group,
    Line,
    Wanted,
    group,
    hearing_line,
    limit_line,
    of_wanted,
    own,
)
from tracker.workdays import Calendar

Mark = Literal["", "off", "worked"]
WEEKS = 6


@dataclass(frozen=True)
class Cell:
    """One day: its limits, its hearings, and how it differs from an ordinary day of its week."""

    on: date
    limits: tuple[Line, ...] = ()
    hearings: tuple[Line, ...] = ()
    mark: Mark = ""
    """`off` for a weekday that is not worked, `worked` for a weekend day that is."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything of the day, hearings first, since they have a time."""
        return (*self.hearings, *self.limits)

    def groups(self) -> tuple[Group, ...]:
        """The day as two parts of a list."""
        return _parts((self,))


@dataclass(frozen=True)
class Month:
    """Six weeks around a month, from a Monday on."""

    first: date
    """The first of the month."""
    today: date
    cells: tuple[Cell, ...]
    unknown: tuple[int, ...]
    """Years among them whose holidays are not known yet."""

    def cell(self, day: date) -> Cell:
        """The cell of a day; an empty one where it is not among them."""
        at = (day - self.cells[0].on).days
        return self.cells[at] if 0 <= at < len(self.cells) else Cell(day)

    def own(self) -> tuple[Cell, ...]:
        """The cells of the month itself."""
        return tuple(cell for cell in self.cells if cell.on.month == self.first.month)

    def groups(self) -> tuple[Group, ...]:
        """The month itself as two parts of a list."""
        return _parts(self.own())


def _parts(cells: tuple[Cell, ...]) -> tuple[Group, ...]:
    return (
        group(HEARING, _("Hearings"), [line for cell in cells for line in cell.hearings]),
        group(WEEK, _("Limits that end"), [line for cell in cells for line in cell.limits]),
    )


def read(
    office: Office, day: date, today: date, wanted: Wanted, check: Callable[[], object] = lambda: None
) -> Month:
    """Read the month of a day; `check` is called now and then and may raise."""
    first = day.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=n) for n in range(7 * WEEKS)]
    with office.db.snapshot():
        found = (one for one in due(office, today, (days[-1] - today).days, check) if one.due_on >= monday)
        limits = [limit_line(one) for one in of_wanted(office, found, wanted)]
        sits = [hearing_line(one, today) for one in hearings.between(office, monday, days[-1])]
        sits = [line for line in sits if wanted.ledger in ("", line.ledger)]
        sits = list(own(office, sits)) if wanted.mine else sits
    calendar = office.calendar
    ends, held = _by_day(limits), _by_day(sits)
    cells = tuple(Cell(d, ends.get(d, ()), held.get(d, ()), mark(calendar, d)) for d in days)
    years = sorted({d.year for d in days})
    return Month(first, today, cells, tuple(year for year in years if not calendar.published(year)))


def _by_day(lines: list[Line]) -> dict[date, tuple[Line, ...]]:
    found: dict[date, list[Line]] = {}
    for line in lines:
        found.setdefault(date.fromisoformat(line.day[:10]), []).append(line)
    return {day: tuple(some) for day, some in found.items()}


def mark(calendar: Calendar, day: date) -> Mark:
    """How a day differs from an ordinary day of its week."""
    worked, weekend = calendar.is_workday(day), day.weekday() >= 5
    return "" if worked != weekend else "worked" if worked else "off"
