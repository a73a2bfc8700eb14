"""Figures: what is counted or summed over which records, and how the result is written.

An indicator is a declaration over conditions relative to a period. Its `atoms` are the plain numbers that the database
computes, all of one ledger in one scan; everything else is arithmetic here, in exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tracker.i18n import _
from tracker.period import Period
from tracker.schema.fields import Choice, Choices, Day, Field, Money
from tracker.schema.filters import All, AnyOf, Condition, Days, Empty, HasCode, Is, both
from tracker.schema.ledger import Ledger

MONTH = "month"
UNSPECIFIED = "unspecified"


@dataclass(frozen=True)
class Count:
    """How many records meet the condition."""

    where: Condition


@dataclass(frozen=True)
class Sum:
    """The sum of a number field over the records; a record without a value adds nothing."""

    field: str
    where: Condition


@dataclass(frozen=True)
class Distinct:
    """How many different values a text field has; with `blanks` every record without one counts as one more."""

    field: str
    where: Condition
    blanks: bool = False


@dataclass(frozen=True)
class DaySum:
    """The sum of calendar days from one day field to another."""

    first: str
    last: str
    where: Condition


Atom = Count | Sum | Distinct | DaySum


@dataclass(frozen=True)
class Ratio:
    """One number over another: a share in per cent (`scale` 100) or a mean (`scale` 1)."""

    numerator: Atom
    denominator: Atom
    scale: int = 100
    decimals: int = 2


@dataclass(frozen=True)
class Breakdown:
    """A number split by the codes of a field (the first of several), or by the month of a day field."""

    of: Count | Sum
    by: str
    month: bool = False


Measure = Atom | Ratio | Breakdown


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure with its definition (口径); label, unit and definition are English message ids."""

    key: str
    label: str
    unit: str
    definition: str
    measure: Measure
    source: str = ""
    """The law, form or report that prints the figure."""

    @property
    def ledger(self) -> str:
        """The name of the ledger whose records it is about."""
        return self.key.split(".")[0]

    @property
    def relative(self) -> bool:
        """Whether its change from year to year is told in percentage points rather than per cent."""
        return isinstance(self.measure, Ratio) and self.measure.scale == 100

    def atoms(self) -> tuple[Atom, ...]:
        """The plain numbers it is made of: one, or a ratio's two."""
        if isinstance(self.measure, Ratio):
            return self.measure.numerator, self.measure.denominator
        return (self.measure.of,) if isinstance(self.measure, Breakdown) else (self.measure,)

    def rows(self) -> Condition:
        """What the records behind the figure share: the condition of its number, or of both parts of a ratio."""
        conditions = tuple(dict.fromkeys(atom.where for atom in self.atoms()))
        return conditions[0] if len(conditions) == 1 else _union(conditions)


def _union(conditions: tuple[Condition, ...]) -> Condition:
    """Either of two conditions; only the wider one where it is the beginning of the narrower."""
    narrow, wide = conditions
    if isinstance(narrow, All) and isinstance(wide, All) and set(wide.parts) <= set(narrow.parts):
        return wide
    return AnyOf((wide, narrow))


@dataclass(frozen=True)
class Rounding:
    """How a rate is printed: decimals, and cut off instead of rounded half up."""

    decimals: int = 2
    truncate: bool = False


def written(value: Fraction, decimals: int, truncate: bool = False) -> str:
    """A number with so many decimals, rounded half up (away from zero) or cut off, without thousands separators."""
    scaled = abs(value) * 10**decimals
    whole = int(scaled) if truncate else int(scaled + Fraction(1, 2))
    sign = "-" if value < 0 and whole else ""
    digits = f"{whole:0{decimals + 1}d}"
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


@dataclass(frozen=True)
class Figure:
    """An indicator's result for one period: integers as stored (fen for money), parts by key for a breakdown."""

    indicator: Indicator
    period: Period
    numerator: int | None
    denominator: int | None = None
    parts: Mapping[str, int] | None = None
    money: bool = False
    previous: Figure | None = None
    rounding: Rounding | None = None

    @property
    def value(self) -> Fraction | None:
        """The exact value, in yuan for money; None for a breakdown and for a ratio over zero."""
        measure = self.indicator.measure
        if isinstance(measure, Breakdown) or self.numerator is None:
            return None
        if isinstance(measure, Ratio):
            return Fraction(self.numerator * measure.scale, self.denominator) if self.denominator else None
        return Fraction(self.numerator, 100) if self.money else Fraction(self.numerator)

    @property
    def decimals(self) -> int:
        """Decimals of the printed value: two for money and rates unless set otherwise, none for counts."""
        measure = self.indicator.measure
        if isinstance(measure, Ratio):
            return self.rounding.decimals if self.rounding else measure.decimals
        return 2 if self.money else 0

    def text(self) -> str | None:
        """The value as printed, without thousands separators; None where there is none."""
        truncate = bool(self.rounding and self.rounding.truncate)
        return None if self.value is None else written(self.value, self.decimals, truncate)

    def part_text(self, part: str) -> str:
        """One part of a breakdown as printed; zero where it is not there."""
        number = Fraction((self.parts or {}).get(part, 0))
        return written(number / 100, 2) if self.money else written(number, 0)

    def change(self) -> str | None:
        """Change from last year: per cent for counts and sums, percentage points for rates; None without a base."""
        now, before = self.value, self.previous.value if self.previous else None
        if now is None or before is None:
            return None
        if self.indicator.relative:
            return written(now - before, 2)
        return written((now - before) * 100 / before, 2) if before else None

    def plain(self, number: int | None) -> int | float | None:
        """A numerator or denominator for JSON: money in yuan."""
        if number is None or not self._fen:
            return number
        yuan = Decimal(number) / 100
        return int(yuan) if yuan == int(yuan) else float(yuan)

    def number_text(self, number: int) -> str:
        """A numerator or denominator as printed, without thousands separators."""
        return written(Fraction(number, 100), 2) if self._fen else str(number)

    @property
    def _fen(self) -> bool:
        measure = self.indicator.measure
        return self.money and not (isinstance(measure, Ratio) and not isinstance(measure.numerator, Sum))


def part_condition(breakdown: Breakdown, part: str, ledger: Ledger, period: Period) -> Condition:
    """The absolute condition of the records in one part of a breakdown."""
    whole = breakdown.of.where.at(period)
    field = ledger.field(breakdown.by)
    extra: Condition
    if part == UNSPECIFIED:
        extra = Empty(field.key)
    elif breakdown.month:
        month = Period.month(int(part[:4]), int(part[5:7]))
        extra = Days(field.key, month.begin.isoformat(), month.end.isoformat())
    else:
        extra = HasCode(field.key, part, main=True) if isinstance(field, Choices) else Is(field.key, part)
    return both(whole, extra)


def part_label(breakdown: Breakdown, part: str, ledger: Ledger) -> str:
    """What a part is called in the language in use."""
    field = ledger.field(breakdown.by)
    if part == UNSPECIFIED:
        return _("Not filled in")
    return field.code_label(part) if isinstance(field, Choice) else part


def part_keys(breakdown: Breakdown, ledger: Ledger, period: Period) -> tuple[str, ...]:
    """Every part there can be, in order: the code table, or the period's months; then records without a value."""
    field = ledger.field(breakdown.by)
    if breakdown.month:
        return period.months()
    keys = tuple(code.key for code in field.codes) if isinstance(field, Choice) else ()
    return (*keys, UNSPECIFIED)


def is_money(indicator: Indicator, ledger: Ledger) -> bool:
    """Whether its numbers are fen."""
    return any(isinstance(a, Sum) and isinstance(ledger.field(a.field), Money) for a in indicator.atoms())


def with_rounding(figure: Figure, rounding: Rounding | None) -> Figure:
    """The same figure, and last year's, printed as the office set it."""
    previous = replace(figure.previous, rounding=rounding) if figure.previous else None
    return replace(figure, rounding=rounding, previous=previous)


def check(indicator: Indicator, ledger: Ledger) -> list[str]:
    """What is wrong with the declaration: each sentence names indicator and remedy."""
    return [f"{indicator.key}: {fault}" for fault in _faults(indicator, ledger)]


def _faults(indicator: Indicator, ledger: Ledger) -> Iterator[str]:
    if not (indicator.label and indicator.unit and indicator.definition):
        yield "label, unit or definition is missing; write it"
    if indicator.ledger != ledger.name or not indicator.key.partition(".")[2]:
        yield f"key is not `{ledger.name}.` and a name; rename it"
    for name in sorted(names(indicator) - set(ledger.by_key)):
        yield f"names {name!r}, which is no field of {ledger.name}; correct the name"
    for atom in indicator.atoms():
        field: Field | None = ledger.by_key.get(atom.field) if isinstance(atom, Sum) else None
        if field is not None and not field.integer:
            yield f"sums {field.key!r}, which is no number; sum a Money or Count field"
        for key in (atom.first, atom.last) if isinstance(atom, DaySum) else ():
            if not isinstance(ledger.by_key.get(key), Day):
                yield f"counts days from or to {key!r}, which is no day; name a Day field"
    measure = indicator.measure
    by = ledger.by_key.get(measure.by) if isinstance(measure, Breakdown) else None
    if isinstance(measure, Breakdown) and not isinstance(by, Day if measure.month else Choice):
        yield f"is broken down by {measure.by!r}, which has no codes or months; name a Choice, or a Day with `month`"


def names(indicator: Indicator) -> set[str]:
    """Keys of the fields that the indicator looks at."""
    found: set[str] = set()
    for atom in indicator.atoms():
        found |= atom.where.fields()
        found |= {atom.field} if isinstance(atom, Sum | Distinct) else set()
        found |= {atom.first, atom.last} if isinstance(atom, DaySum) else set()
    if isinstance(indicator.measure, Breakdown):
        found.add(indicator.measure.by)
    return found
