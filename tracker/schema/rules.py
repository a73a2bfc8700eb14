"""Rules between the fields of one record: walls, which refuse a record, and warnings, which only speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.schema.fields import Names
from tracker.schema.filters import Condition, Record
from tracker.workdays import Calendar

if TYPE_CHECKING:
    from tracker.schema.ledger import Ledger


_CALENDAR = Calendar()


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a record, in words; a warning blocks nothing."""

    field: str
    message: str
    value: object = None
    warning: bool = False


class Rule:
    """Something that must hold between fields."""

    warning = False

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        """What is wrong with the record, None where the rule is kept."""
        raise NotImplementedError

    def fields(self) -> frozenset[str]:
        """Keys of the fields it looks at."""
        raise NotImplementedError


def _has(record: Record, key: str) -> bool:
    return record.get(key) is not None


@dataclass(frozen=True)
class NotBefore(Rule):
    """Day `later` is on or after day `earlier`, where both are there; times of day do not count."""

    later: str
    earlier: str
    warning: bool = False

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        later, earlier = record.get(self.later), record.get(self.earlier)
        if not isinstance(later, str) or not isinstance(earlier, str) or later[:10] >= earlier[:10]:
            return None
        text = _(
            "{later} ({later_day}) is before {earlier} ({earlier_day}); correct one of the two days."
        ).format(
            later=ledger.field(self.later).title(),
            later_day=later[:10],
            earlier=ledger.field(self.earlier).title(),
            earlier_day=earlier[:10],
        )
        return Problem(self.later, text, later, self.warning)

    def fields(self) -> frozenset[str]:
        return frozenset({self.later, self.earlier})


@dataclass(frozen=True)
class Needs(Rule):
    """Where `field` is filled in, so must `other` be."""

    field: str
    other: str
    warning: bool = False

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        if not _has(record, self.field) or _has(record, self.other):
            return None
        text = _("{field} is filled in, so {other} must be too.").format(
            field=ledger.field(self.field).title(), other=ledger.field(self.other).title()
        )
        return Problem(self.other, text, None, self.warning)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field, self.other})


@dataclass(frozen=True)
class OnlyWith(Rule):
    """`field` is filled in only where the condition holds."""

    field: str
    condition: Condition
    warning: bool = False

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        if not _has(record, self.field) or self.condition.matches(record):
            return None
        field = ledger.field(self.field)
        text = _(
            "{field} belongs only to records where {condition}; clear it or correct the other field."
        ).format(field=field.title(), condition=self.condition.sentence(ledger))
        return Problem(self.field, text, record.get(self.field), self.warning)

    def fields(self) -> frozenset[str]:
        return self.condition.fields() | {self.field}


@dataclass(frozen=True)
class Excludes(Rule):
    """Not both fields are filled in."""

    field: str
    other: str
    warning: bool = False

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        if not (_has(record, self.field) and _has(record, self.other)):
            return None
        text = _("{field} and {other} exclude each other; clear one of them.").format(
            field=ledger.field(self.field).title(), other=ledger.field(self.other).title()
        )
        return Problem(self.field, text, record.get(self.field), self.warning)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field, self.other})


@dataclass(frozen=True)
class Unlikely(Rule):
    """A warning with its own sentence (an English message id) where the condition holds."""

    field: str
    condition: Condition
    message: str
    warning = True

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        if not self.condition.matches(record):
            return None
        return Problem(self.field, _(self.message), record.get(self.field), True)

    def fields(self) -> frozenset[str]:
        return self.condition.fields() | {self.field}


@dataclass(frozen=True)
class More(Rule):
    """A warning with its own sentence where number `field` exceeds number `other`."""

    field: str
    other: str
    message: str
    warning = True

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        value, other = record.get(self.field), record.get(self.other)
        if not isinstance(value, int) or not isinstance(other, int) or value <= other:
            return None
        return Problem(self.field, _(self.message), value, True)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field, self.other})


@dataclass(frozen=True)
class Limited(Rule):
    """A warning with its own sentence where the condition holds and `number` reaches the ledger's limit so many times.

    With `beyond` it must pass it. An office that has not set the limit is told nothing.
    """

    field: str
    number: str
    limit: str
    condition: Condition
    message: str
    times: int = 1
    beyond: bool = False
    warning = True

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        value, limit = record.get(self.number), ledger.limit(self.limit)
        if not isinstance(value, int) or not isinstance(limit, int):
            return None
        if value < limit * self.times + self.beyond or not self.condition.matches(record):
            return None
        return Problem(self.field, _(self.message), record.get(self.field), True)

    def fields(self) -> frozenset[str]:
        return self.condition.fields() | {self.field, self.number}


@dataclass(frozen=True)
class WithinWorkdays(Rule):
    """A warning with its own sentence where day `later` comes more than so many working days after day `earlier`.

    Where it has not come and the record meets `due`, today stands in its place.
    """

    later: str
    earlier: str
    days: int
    message: str
    due: Condition | None = None
    warning = True

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        later, earlier = record.get(self.later), record.get(self.earlier)
        if later is None and self.due is not None and self.due.matches(record):
            later = date.today().isoformat()
        if not isinstance(later, str) or not isinstance(earlier, str):
            return None
        if date.fromisoformat(later[:10]) <= _CALENDAR.after(date.fromisoformat(earlier[:10]), self.days):
            return None
        return Problem(self.later, _(self.message), record.get(self.later), True)

    def fields(self) -> frozenset[str]:
        return frozenset({self.later, self.earlier}) | (self.due.fields() if self.due else frozenset())


@dataclass(frozen=True)
class FewerNames(Rule):
    """A warning with its own sentence where a field of names holds fewer than `least`."""

    field: str
    least: int
    message: str
    warning = True

    def problem(self, record: Record, ledger: Ledger) -> Problem | None:
        value = record.get(self.field)
        if value is None or len(Names.split(value)) >= self.least:
            return None
        return Problem(self.field, _(self.message), value, True)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})
