"""The office's own working calendar: single days, a year's announcement taken from a sheet, and written to one.

Whoever changes it has the days of records computed anew (`recomputing.follow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Changed, Office
from tracker.schema import own_days
from tracker.schema.values import clean

if TYPE_CHECKING:
    from tracker.exchange.calendars import Line, Trouble

WHOLE = 7
"""From so many days off on, a sheet is taken for the year's whole announcement, which has 13 holidays and more."""


class CalendarRefused(UserError):
    """A sheet with problems, each named by its row; nothing was taken from it."""

    def __init__(self, problems: tuple[Trouble, ...]) -> None:
        told = _("Row {row}: {problem}")
        super().__init__("\n".join(told.format(row=p.row, problem=p.message) for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Announced:
    """What was taken from a sheet: the days that are now other than published, and the years entered whole."""

    days: int
    years: tuple[int, ...]
    changed: Changed


def set_days(office: Office, days: Mapping[date, bool | None], note: str = "") -> Changed:
    """Have the office work on days, or not; None goes back to the published calendar."""
    values = dict(own_days.day_setting(day, worked, clean(note)) for day, worked in days.items())
    return _write(office, values)


def set_year(office: Office, year: int, whole: bool) -> Changed:
    """Say that a year's announcement is entered whole, or is not."""
    return _write(office, dict([own_days.year_setting(year, whole)]))


def take_in(office: Office, path: Path, sheet: str = "") -> Announced:
    """Take a year's announcement from a sheet with the columns 日期, 休/班 and 说明, all of it or nothing."""
    from tracker.exchange import calendars  # here: its libraries take long to load

    lines, problems = calendars.read(path, sheet)
    days: dict[date, Line] = {}
    for line in lines:
        for day in _each(line):
            before = days.setdefault(day, line)
            if before.worked != line.worked:
                text = _("{day} is told otherwise by row {row}; correct one of the two.")
                problems.append(calendars.Trouble(line.row, text.format(day=day, row=before.row)))
    if not lines and not problems:
        problems.append(calendars.Trouble(1, _("There is no day below the headings.")))
    if problems:
        raise CalendarRefused(tuple(sorted(problems, key=lambda p: p.row)))
    values = dict(own_days.day_setting(day, line.worked, line.note) for day, line in days.items())
    off = [day.year for day, line in days.items() if not line.worked]
    years = tuple(sorted(year for year in set(off) if off.count(year) >= WHOLE))
    values |= dict(own_days.year_setting(year, True) for year in years)
    return Announced(len(days), years, _write(office, values))


def write_out(office: Office, year: int, path: Path) -> Path:
    """Write the special days of a year in the shape that `take_in` takes; the sheet's path. Raises UserError."""
    from tracker.exchange import calendars  # here: as above

    if path.suffix.lower() != ".xlsx":
        path = path.with_name(f"{path.name}.xlsx")
    with fresh_file(path) as fresh:
        calendars.write(fresh, year, list(special(office, year)))
    return path


def special(office: Office, year: int) -> Iterator[tuple[date, bool, str]]:
    """The days of a year that are not as their weekday says or have a name: the day, whether worked, and why."""
    calendar, day = office.calendar, date(year, 1, 1)
    while day.year == year:
        worked, name = calendar.is_workday(day), calendar.name_of(day)
        if worked != (day.weekday() < 5) or name or day in calendar.changes:
            yield day, worked, name
        day += timedelta(days=1)


def _each(line: Line) -> Iterator[date]:
    return (line.first + timedelta(days=n) for n in range((line.last - line.first).days + 1))


def _write(office: Office, values: Mapping[str, str | None]) -> Changed:
    changed = stored.write(office.db, office.who, values)
    office.forget_settings()
    return Changed(settings=changed, structure=changed)
