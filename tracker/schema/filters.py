"""Conditions on a record: each knows its SQL, its test in Python and its sentence, so that figures and records agree.

Conditions relative to a period (`InPeriod`, `KnownBy` ...) are declared without one and become absolute by
`at(period)`; only absolute conditions have SQL. Days are ISO text; ranges include both ends;
a time of day never moves a day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.period import Period
from tracker.schema.values import LONGEST

if TYPE_CHECKING:
    from tracker.schema.ledger import Ledger

Record = Mapping[str, str | int | None]
Sql = tuple[str, tuple[str | int, ...]]
NEVER: Sql = ("?", (0,))
"""What no record meets; SQLite finds no way to answer a condition that it sees to be false with a given index."""
NAME_MARKS = ";；、"
"""What parts names in a field of several."""
_WHITE = "".join(c for c in map(chr, range(1, 0x3001)) if c.isspace())


class Condition:
    """What may hold of a record."""

    def sql(self) -> Sql:
        """A boolean SQL expression over the ledger's columns, with its parameters in order."""
        raise NotImplementedError(f"{self!r} needs a period")

    def matches(self, record: Record) -> bool:
        """The same test on a record in memory."""
        raise NotImplementedError(f"{self!r} needs a period")

    def sentence(self, ledger: Ledger) -> str:
        """The condition in words, in the language in use."""
        raise NotImplementedError(f"{self!r} needs a period")

    def at(self, period: Period) -> Condition:
        """The same condition with the period's days filled in."""
        return self

    def fields(self) -> frozenset[str]:
        """Keys of the fields it looks at."""
        return frozenset()


@dataclass(frozen=True)
class OneOf(Condition):
    """The field holds one of these values (codes, texts or numbers)."""

    field: str
    values: tuple[str | int, ...]

    def sql(self) -> Sql:
        if not self.values:
            return NEVER
        if len(self.values) == 1:
            return f"{self.field} = ?", self.values
        return f"{self.field} IN ({', '.join('?' * len(self.values))})", self.values

    def matches(self, record: Record) -> bool:
        return record.get(self.field) in self.values

    def sentence(self, ledger: Ledger) -> str:
        field = ledger.field(self.field)
        words = _(" or ").join(field.format(value) for value in self.values)
        return _("{field} is {value}").format(field=field.title(), value=words)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


def Is(field: str, value: str | int) -> OneOf:  # noqa: N802 (reads as the conditions beside it)
    """The field holds exactly this value."""
    return OneOf(field, (value,))


@dataclass(frozen=True)
class Among(Condition):
    """As `OneOf`, for any number of texts; `words` say what they share."""

    field: str
    values: frozenset[str]
    words: str = ""

    def sql(self) -> Sql:
        return f"{self.field} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(self.values)),)

    def matches(self, record: Record) -> bool:
        return record.get(self.field) in self.values

    def sentence(self, ledger: Ledger) -> str:
        return self.words

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class HasCode(Condition):
    """A field of several codes holds this one; with `main` as its first."""

    field: str
    code: str
    main: bool = False

    def sql(self) -> Sql:
        if self.main:
            return f"instr({self.field} || ';', ?) = 1", (f"{self.code};",)
        return f"instr(';' || {self.field} || ';', ?) > 0", (f";{self.code};",)

    def matches(self, record: Record) -> bool:
        held = str(record.get(self.field) or "").split(";")
        return held[0] == self.code if self.main else self.code in held

    def sentence(self, ledger: Ledger) -> str:
        field = ledger.field(self.field)
        words = _("main {field} is {value}") if self.main else _("{field} includes {value}")
        return words.format(field=field.title(), value=field.format(self.code))

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class Filled(Condition):
    """The field holds something."""

    field: str

    def sql(self) -> Sql:
        return f"{self.field} IS NOT NULL", ()

    def matches(self, record: Record) -> bool:
        return record.get(self.field) is not None

    def sentence(self, ledger: Ledger) -> str:
        return _("{field} is filled in").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class Empty(Condition):
    """The field holds nothing."""

    field: str

    def sql(self) -> Sql:
        return f"{self.field} IS NULL", ()

    def matches(self, record: Record) -> bool:
        return record.get(self.field) is None

    def sentence(self, ledger: Ledger) -> str:
        return _("{field} is empty").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class Between(Condition):
    """A number (fen for money) from `low` to `high`, both included; None leaves that side open."""

    field: str
    low: int | None = None
    high: int | None = None

    def sql(self) -> Sql:
        parts = [(f"{self.field} >= ?", self.low), (f"{self.field} <= ?", self.high)]
        used = [(text, bound) for text, bound in parts if bound is not None]
        return " AND ".join(text for text, _bound in used) or f"{self.field} IS NOT NULL", tuple(
            b for _t, b in used
        )

    def matches(self, record: Record) -> bool:
        value = record.get(self.field)
        return (
            isinstance(value, int)
            and (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
        )

    def sentence(self, ledger: Ledger) -> str:
        field = ledger.field(self.field)
        low, high = field.format(self.low), field.format(self.high)
        words = (
            _("{field} from {low} to {high}")
            if low and high
            else _("{field} at least {low}")
            if low
            else _("{field} at most {high}")
        )
        return words.format(field=field.title(), low=low, high=high)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


def AtLeast(field: str, low: int) -> Between:  # noqa: N802
    """A number of at least `low`."""
    return Between(field, low)


@dataclass(frozen=True)
class Days(Condition):
    """A day from `first` to `last` (ISO, both included); None leaves that side open."""

    field: str
    first: str | None = None
    last: str | None = None

    def sql(self) -> Sql:
        parts = []
        if self.first is not None:
            parts.append((f"{self.field} >= ?", self.first))
        if self.last is not None:
            parts.append((f"{self.field} < ?", day_after(self.last)))
        return " AND ".join(text for text, _day in parts) or f"{self.field} IS NOT NULL", tuple(
            d for _t, d in parts
        )

    def matches(self, record: Record) -> bool:
        value = record.get(self.field)
        return (
            isinstance(value, str)
            and (self.first is None or value >= self.first)
            and (self.last is None or value[:10] <= self.last)
        )

    def sentence(self, ledger: Ledger) -> str:
        field = ledger.field(self.field).title()
        if self.first and self.last:
            if self.first == self.last:
                return _("{field} on {day}").format(field=field, day=self.first)
            return _("{field} from {first} to {last}").format(field=field, first=self.first, last=self.last)
        if self.first:
            return _("{field} from {first} on").format(field=field, first=self.first)
        return _("{field} by {last}").format(field=field, last=self.last)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class NotBy(Condition):
    """The day had not come by `last`: it is empty or later."""

    field: str
    last: str

    def sql(self) -> Sql:
        return f"({self.field} IS NULL OR {self.field} >= ?)", (day_after(self.last),)

    def matches(self, record: Record) -> bool:
        value = record.get(self.field)
        return not isinstance(value, str) or value[:10] > self.last

    def sentence(self, ledger: Ledger) -> str:
        return _("no {field} by {last}").format(field=ledger.field(self.field).title(), last=self.last)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class Contains(Condition):
    """The text holds these characters, upper and lower case of ASCII letters alike."""

    field: str
    text: str

    def sql(self) -> Sql:
        if len(self.text) > LONGEST:  # no field holds so much, and SQLite would refuse the pattern
            return NEVER
        escaped = self.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{self.field} LIKE ? ESCAPE '\\'", (f"%{escaped}%",)

    def matches(self, record: Record) -> bool:
        value = record.get(self.field)
        return isinstance(value, str) and _ascii_fold(self.text) in _ascii_fold(value)

    def sentence(self, ledger: Ledger) -> str:
        return _("{field} contains “{text}”").format(field=ledger.field(self.field).title(), text=self.text)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class Named(Condition):
    """Among the names in the field is one of these, whole: names are parted by `、` or `;`, white space around them
    aside."""

    field: str
    names: tuple[str, ...]

    def sql(self) -> Sql:
        if not self.names:
            return NEVER
        parts = f"json_quote({self.field})"
        for mark in NAME_MARKS:
            parts = f"replace({parts}, '{mark}', '\",\"')"
        held = " OR ".join([f"instr({self.field}, ?) > 0"] * len(self.names))
        one = f"trim(value, ?) IN ({', '.join('?' * len(self.names))})"
        whole = f"EXISTS (SELECT 1 FROM json_each('[' || {parts} || ']') WHERE {one})"
        return f"(({held}) AND {whole})", (*self.names, _WHITE, *self.names)

    def matches(self, record: Record) -> bool:
        value = record.get(self.field)
        return isinstance(value, str) and not set(self.names).isdisjoint(split_names(value))

    def sentence(self, ledger: Ledger) -> str:
        names = _(" or ").join(_("“{name}”").format(name=name) for name in self.names)
        return _("{field} names {names}").format(field=ledger.field(self.field).title(), names=names)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class NotLater(Condition):
    """Day `earlier` (no moment, which would fall after its own day) is on or before day `later`, plus calendar days."""

    earlier: str
    later: str
    plus: int = 0

    def sql(self) -> Sql:
        bound = f"date({self.later}, '+{self.plus} days')" if self.plus else self.later
        return f"{self.earlier} <= {bound}", ()

    def matches(self, record: Record) -> bool:
        earlier, later = record.get(self.earlier), record.get(self.later)
        if not isinstance(earlier, str) or not isinstance(later, str):
            return False
        return earlier <= (shift(later, self.plus) if self.plus else later)

    def sentence(self, ledger: Ledger) -> str:
        earlier, later = ledger.field(self.earlier).title(), ledger.field(self.later).title()
        if self.plus:
            return _("{earlier} within {days} days of {later}").format(
                earlier=earlier, later=later, days=self.plus
            )
        return _("{earlier} not after {later}").format(earlier=earlier, later=later)

    def fields(self) -> frozenset[str]:
        return frozenset({self.earlier, self.later})


@dataclass(frozen=True)
class All(Condition):
    """Every one of the conditions holds; with none of them, always."""

    parts: tuple[Condition, ...]

    def sql(self) -> Sql:
        return _join(self.parts, " AND ", ("1", ()))

    def matches(self, record: Record) -> bool:
        return all(part.matches(record) for part in self.parts)

    def sentence(self, ledger: Ledger) -> str:
        return _(", ").join(part.sentence(ledger) for part in self.parts) or _("all records")

    def at(self, period: Period) -> Condition:
        return All(tuple(part.at(period) for part in self.parts))

    def fields(self) -> frozenset[str]:
        return frozenset().union(*(part.fields() for part in self.parts))


@dataclass(frozen=True)
class AnyOf(Condition):
    """At least one of the conditions holds."""

    parts: tuple[Condition, ...]

    def sql(self) -> Sql:
        return _join(self.parts, " OR ", NEVER)

    def matches(self, record: Record) -> bool:
        return any(part.matches(record) for part in self.parts)

    def sentence(self, ledger: Ledger) -> str:
        return _(", or ").join(part.sentence(ledger) for part in self.parts)

    def at(self, period: Period) -> Condition:
        return AnyOf(tuple(part.at(period) for part in self.parts))

    def fields(self) -> frozenset[str]:
        return frozenset().union(*(part.fields() for part in self.parts))


@dataclass(frozen=True)
class Disjoint(AnyOf):
    """One of conditions that exclude each other, so that a number over them is the sum of the numbers over each."""

    def at(self, period: Period) -> Condition:
        return Disjoint(tuple(part.at(period) for part in self.parts))


@dataclass(frozen=True)
class Not(Condition):
    """The condition does not hold; a record without a value for it does not meet it either way, and so counts here."""

    part: Condition

    def sql(self) -> Sql:
        text, parameters = self.part.sql()
        return f"({text}) IS NOT TRUE", parameters

    def matches(self, record: Record) -> bool:
        return not self.part.matches(record)

    def sentence(self, ledger: Ledger) -> str:
        return _("not ({condition})").format(condition=self.part.sentence(ledger))

    def at(self, period: Period) -> Condition:
        return Not(self.part.at(period))

    def fields(self) -> frozenset[str]:
        return self.part.fields()


ALL = All(())
"""What every record meets."""


# Relative to a period. D is the as-of day, and what is dated after it is not yet known.


@dataclass(frozen=True)
class InPeriod(Condition):
    """The day lies in the period and is known by D."""

    field: str

    def at(self, period: Period) -> Condition:
        return Days(self.field, period.begin.isoformat(), period.cut.isoformat())

    def sentence(self, ledger: Ledger) -> str:
        return _("{field} in the period").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class KnownBy(Condition):
    """The day is on or before D, whenever before; with `within` also so many days after it."""

    field: str
    within: int = 0

    def at(self, period: Period) -> Condition:
        return Days(self.field, None, (period.as_of - timedelta(days=self.within)).isoformat())

    def sentence(self, ledger: Ledger) -> str:
        text = (
            _("{field} at least {days} days before the as-of day")
            if self.within
            else _("{field} by the as-of day")
        )
        return text.format(field=ledger.field(self.field).title(), days=self.within)

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class NotKnownBy(Condition):
    """The day is empty or after D."""

    field: str

    def at(self, period: Period) -> Condition:
        return NotBy(self.field, period.as_of.isoformat())

    def sentence(self, ledger: Ledger) -> str:
        return _("no {field} by the as-of day").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class ByEnd(Condition):
    """The day is on or before the period's last known day."""

    field: str

    def at(self, period: Period) -> Condition:
        return Days(self.field, None, period.cut.isoformat())

    def sentence(self, ledger: Ledger) -> str:
        return _("{field} by the end of the period").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class BeforePeriod(Condition):
    """The day is before the period begins."""

    field: str

    def at(self, period: Period) -> Condition:
        return Days(self.field, None, period.day_before.isoformat())

    def sentence(self, ledger: Ledger) -> str:
        return _("{field} before the period").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class NotBeforePeriod(Condition):
    """The day had not come when the period began: it is empty, in the period or later."""

    field: str

    def at(self, period: Period) -> Condition:
        return NotBy(self.field, period.day_before.isoformat())

    def sentence(self, ledger: Ledger) -> str:
        return _("no {field} before the period").format(field=ledger.field(self.field).title())

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class StillOn(Condition):
    """What ends on this day had not ended before the period's last known day: it is empty, that day or later."""

    field: str

    def at(self, period: Period) -> Condition:
        return NotBy(self.field, (period.cut - timedelta(days=1)).isoformat())

    def sentence(self, ledger: Ledger) -> str:
        return _("no {field} before the last known day of the period").format(
            field=ledger.field(self.field).title()
        )

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


@dataclass(frozen=True)
class NamedIn(Condition):
    """A record of `other` that meets `where` names, in its field `naming`, what `field` of this ledger's record holds.

    Only a file can tell: `matches` is not answered.
    """

    ledger: str
    field: str
    other: str
    naming: str
    where: Condition

    def sql(self) -> Sql:
        text, parameters = self.where.sql()
        held = f"'、' || replace(replace({self.naming}, ';', '、'), '；', '、') || '、'"
        found = f"SELECT 1 FROM {self.other} WHERE {self.other}.binned_at IS NULL AND ({text})"
        return f"EXISTS ({found} AND instr({held}, '、' || {self.ledger}.{self.field} || '、'))", parameters

    def at(self, period: Period) -> Condition:
        return NamedIn(self.ledger, self.field, self.other, self.naming, self.where.at(period))

    def fields(self) -> frozenset[str]:
        return frozenset({self.field})


def split_names(text: str) -> tuple[str, ...]:
    """The single names in a text."""
    for mark in NAME_MARKS:
        text = text.replace(mark, "、")
    return tuple(name for name in (part.strip() for part in text.split("、")) if name)


def both(*parts: Condition) -> All:
    """All of the conditions, nested ones laid flat."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return All(tuple(flat))


def widest(conditions: Iterable[Condition]) -> Condition:
    """Any of the conditions, those left out that hold only where a wider one of them does."""
    parts = {c: frozenset(c.parts) if isinstance(c, All) else frozenset({c}) for c in conditions}
    kept = [c for c, own in parts.items() if not any(other < own for other in parts.values())]
    return AnyOf(tuple({parts[c]: c for c in kept}.values()))


def literal(condition: Condition) -> str:
    """Its SQL with the parameters written in, for triggers and for keeping."""
    text, parameters = condition.sql()
    pieces = text.split("?")
    assert len(pieces) == len(parameters) + 1, text
    values = [str(p) if isinstance(p, int) else "'" + p.replace("'", "''") + "'" for p in parameters]
    return "".join(piece + value for piece, value in zip(pieces, [*values, ""], strict=True))


def day_after(day: str) -> str:
    """The ISO day after an ISO day."""
    return shift(day, 1)


def shift(day: str, days: int) -> str:
    """An ISO day so many days later."""
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()


def _ascii_fold(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def _join(parts: tuple[Condition, ...], word: str, none: Sql) -> Sql:
    texts: list[str] = []
    parameters: list[str | int] = []
    for part in parts:
        text, values = part.sql()
        texts.append(f"({text})" if len(parts) > 1 else text)
        parameters.extend(values)
    return (word.join(texts), tuple(parameters)) if texts else none
