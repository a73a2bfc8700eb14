"""So many records spread over a year, with exact totals: what every register of a demonstration is made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from tracker.demonstration.days import Workdays
from tracker.demonstration.draw import Draw
from tracker.demonstration.office import Record
from tracker.demonstration.people import Firms
from tracker.schema.ledger import Ledger
from tracker.schema.numbering import Pattern

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """One office in one year: its name as a seed, its days, its firms and its people."""

    name: str
    region: str
    first: date
    last: date
    """Nothing is dated after it."""
    days: Workdays
    firms: Firms
    staff: tuple[str, ...]
    """Names of the office's people, those who enforce the law first."""
    _draws: dict[str, Draw] = field(default_factory=dict, compare=False, repr=False)

    def draw(self, part: str) -> Draw:
        """The draw of a part, one and the same for the year."""
        return self._draws.setdefault(part, Draw(f"{self.name} {part} {self.first.year}"))

    def spread(
        self, part: str, number: int, first: date | None = None, last: date | None = None
    ) -> list[date]:
        """So many working days of the year (or of a part of it) in order, evenly."""
        days = self.days.within(first or self.first, last or self.last)
        draw = self.draw(part)
        return sorted(draw.pick(days) for _n in range(number))

    def later(self, day: date, least: int, most: int, part: str) -> str | None:
        """A working day so many working days later, None where that is not known yet."""
        found = self.days.after(day, self.draw(part).between(least, most))
        return found.isoformat() if found <= self.last else None

    def before(self, day: date, least: int, most: int, part: str) -> str:
        """A working day so many working days earlier."""
        return self.days.after(day, -self.draw(part).between(least, most)).isoformat()

    def pair(self, part: str, most: int = 12) -> str:
        """Two of the office's officers."""
        return "、".join(self.draw(part).some(self.staff[:most], 2))

    def numbered(self, ledger: Ledger, records: Iterable[Record]) -> list[Record]:
        """The records in order of their days with the numbers they will have, so that others can name them."""
        pattern, counted, made = Pattern.of(ledger.number_pattern, self.region), dict[int, int](), []
        for record in sorted(records, key=lambda record: str(record[ledger.day])):
            year = ledger.year_of(record)
            counted[year] = counted.get(year, 0) + 1
            made.append({**record, ledger.number: pattern.number(year, counted[year])})
        return made


def shares(draw: Draw, total: int, number: int, least: int = 0) -> list[int]:
    """So many whole numbers of at least `least`, uneven, that add up to the total exactly."""
    weights = [0.35 + draw.share() for _n in range(number)]
    over, whole = total - least * number, sum(weights)
    assert over >= 0, "the total is less than the least of each"
    found = [least + int(over * weight / whole) for weight in weights]
    for n in range(total - sum(found)):
        found[n % number] += 1
    return found


def dealt(draw: Draw, counts: Mapping[T, int]) -> list[T]:
    """Each thing so often as it says, mixed."""
    return draw.shuffled(thing for thing, number in counts.items() for _n in range(number))


def days_after(day: date, number: int) -> date:
    """So many calendar days later."""
    return day + timedelta(days=number)


def in_turn(things: Sequence[T], number: int) -> list[T]:
    """So many of them, one after the other and again from the first."""
    return [things[n % len(things)] for n in range(number)]


def kept(**values: str | int | None) -> Record:
    """A record of what is given; what is None is left out."""
    return {key: value for key, value in values.items() if value is not None}
