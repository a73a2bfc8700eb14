"""Figures: what is counted or summed over which records, and how the result is written.

An indicator is a declaration over conditions relative to a period. Its `atoms` are the plain numbers that the database
computes, all of one ledger in one scan; everything else is arithmetic here, in exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tracker.i18n import _
from tracker.period import Period
from tracker.schema.fields import Choice, Choices, Day, Field, Money
from tracker.schema.filters import All, AnyOf, Condition, Days, Empty, HasCode, Is, NamedIn, Not, both
from tracker.schema.ledger import Ledger

MONTH = "month"
UNSPECIFIED = "unspecified"


@dataclass(frozen=True)
class Count:
    """How many records meet the condition. `ledger` names another one than the indicator's own."""

    where: Condition
    ledger: str = ""


@dataclass(frozen=True)
class Sum:
    """The sum of a number field over the records; a record without a value adds nothing."""

    field: str
    where: Condition
    ledger: str = ""


@dataclass(frozen=True)
class Distinct:
    """How many different values a text field has; with `blanks` every record without one counts as one more.

    With `month`, in how many different months the day field lies.
    """

    field: str
    where: Condition
    blanks: bool = False
    month: bool = False
    ledger: str = ""


@dataclass(frozen=True)
class DaySum:
    """The sum of calendar days from one day field to another."""

    first: str
    last: str
    where: Condition
    ledger: str = ""


Atom = Count | Sum | Distinct | DaySum


@dataclass(frozen=True)
class Total:
    """Several numbers added, of one ledger or of several; all amounts of money, or none."""

    parts: tuple[Atom, ...]


Quantity = Atom | Total


@dataclass(frozen=True)
class Ratio:
    """One number over another: a share in per cent (`scale` 100) or a mean (`scale` 1)."""

    numerator: Quantity
    denominator: Quantity
    scale: int = 100
    decimals: int = 2


@dataclass(frozen=True)
class Breakdown:
    """A number split by the codes of a field (the first of several), or by the month of a day field."""

    of: Count | Sum
    by: str
    month: bool = False


Measure = Quantity | Ratio | Breakdown


def atoms_of(quantity: Quantity) -> tuple[Atom, ...]:
    """The plain numbers that a quantity adds."""
    return quantity.parts if isinstance(quantity, Total) else (quantity,)


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

    def ledger_of(self, atom: Atom) -> str:
        """The name of the ledger whose records one of its numbers is about."""
        return atom.ledger or self.ledger

    @property
    def relative(self) -> bool:
        """Whether its change from year to year is told in percentage points rather than per cent."""
        return isinstance(self.measure, Ratio) and self.measure.scale == 100

    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers it is made of: one, or a ratio's two."""
        if isinstance(self.measure, Ratio):
            return self.measure.numerator, self.measure.denominator
        return (self.measure.of,) if isinstance(self.measure, Breakdown) else (self.measure,)

    def atoms(self) -> tuple[Atom, ...]:
        """The plain numbers it is made of, as the database computes them."""
        return tuple(dict.fromkeys(atom for quantity in self.quantities() for atom in atoms_of(quantity)))

    def ledgers(self) -> tuple[str, ...]:
        """The names of the ledgers whose records it is about, its own first where it counts them."""
        names = dict.fromkeys(self.ledger_of(atom) for atom in self.atoms())
        return tuple(sorted(names, key=lambda name: name != self.ledger))

    def looks_into(self) -> tuple[str, ...]:
        """The ledgers that it is about, and those that only its conditions ask."""
        asked = (found.other for atom in self.atoms() for found in asking(atom.where))
        return tuple(dict.fromkeys((*self.ledgers(), *asked)))

    def rows(self, ledger: str = "") -> Condition:
        """What the records of a ledger (its own, or else its first) behind the figure share; raises KeyError."""
        return behind(self, self.quantities(), ledger)


def behind(indicator: Indicator, quantities: tuple[Quantity, ...], ledger: str = "") -> Condition:
    """What the records of a ledger behind some of an indicator's numbers share; raises KeyError where none is its."""
    wanted = ledger or indicator.ledgers()[0]
    atoms = [atom for quantity in quantities for atom in atoms_of(quantity)]
    counted = [a.where for a in atoms if indicator.ledger_of(a) == wanted]
    asked = [found.where for a in atoms for found in asking(a.where) if found.other == wanted]
    conditions = tuple(dict.fromkeys(counted or asked))
    if not conditions:
        raise KeyError(wanted)
    return conditions[0] if len(conditions) == 1 else _union(conditions)


def asking(condition: Condition) -> Iterator[NamedIn]:
    """The conditions within it that other ledgers' records decide."""
    if isinstance(condition, NamedIn):
        yield condition
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from asking(part)
    elif isinstance(condition, Not):
        yield from asking(condition.part)


def _union(conditions: tuple[Condition, ...]) -> Condition:
    """Any of the conditions; one that begins as a wider one does is left out, since it holds only where that does."""
    parts = {c: frozenset(c.parts) if isinstance(c, All) else frozenset({c}) for c in conditions}
    kept = tuple(c for c in reversed(conditions) if not any(parts[o] < parts[c] for o in conditions))
    return kept[0] if len(kept) == 1 else AnyOf(kept)


@dataclass(frozen=True)
class Rounding:
    """How a rate is printed: decimals, and cut off instead of rounded half up."""

    decimals: int = 2
    truncate: bool = False


def written(value: Fraction, decimals: int, truncate: bool = False) -> str:
    """A number with so many decimals, rounded half up (away from zero) or cut off, without thousands separators."""
    if value.denominator == 1 and not decimals:
        return str(value.numerator)
    scaled = abs(value) * 10**decimals
    whole = int(scaled) if truncate else int(scaled + Fraction(1, 2))
    sign = "-" if value < 0 and whole else ""
    digits = f"{whole:0{decimals + 1}d}"
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def shares(parts: Mapping[str, int], whole: bool = False) -> dict[str, str]:
    """Each part's share of their sum in per cent with two decimals; nothing where the sum is zero.

    Rounded half up each for itself; with `whole` by the largest remainders (Hamilton's method), so that they add up to
    100.00: ties go to the earlier part.
    """
    total = sum(parts.values())
    if not total:
        return {}
    exact = {key: Fraction(10_000 * number, total) for key, number in parts.items()}
    if not whole:
        return {key: written(value / 100, 2) for key, value in exact.items()}
    floors = {key: int(value) for key, value in exact.items()}
    left = 10_000 - sum(floors.values())
    order = sorted(exact, key=lambda key: floors[key] - exact[key])
    for key in order[:left]:
        floors[key] += 1
    return {key: written(Fraction(number, 100), 2) for key, number in floors.items()}


@dataclass(frozen=True)
class Figure:
    """An indicator's result for one period: integers as stored (fen for money), parts by key for a breakdown."""

    indicator: Indicator
    period: Period
    numerator: int | None
    denominator: int | None = None
    parts: Mapping[str, int] | None = None
    money: bool = False
    """Whether the numerator is in fen."""
    below_money: bool = False
    """Whether the denominator is."""
    previous: Figure | None = None
    rounding: Rounding | None = None
    ledgers: Mapping[str, Ledger] = field(default_factory=dict, compare=False, repr=False)
    """The ledgers that it may be about, by their names, as the file has them."""

    @property
    def value(self) -> Fraction | None:
        """The exact value, in yuan for money; None for a breakdown and for a ratio over zero."""
        measure = self.indicator.measure
        if isinstance(measure, Breakdown) or self.numerator is None:
            return None
        above = Fraction(self.numerator, 100) if self.money else Fraction(self.numerator)
        if not isinstance(measure, Ratio):
            return above
        if not self.denominator:
            return None
        return (
            above
            * measure.scale
            / (Fraction(self.denominator, 100) if self.below_money else self.denominator)
        )

    @property
    def decimals(self) -> int:
        """Decimals of the printed value: two for money and rates unless set otherwise, none for counts."""
        measure = self.indicator.measure
        if self.rounding and (isinstance(measure, Ratio) or self.money):
            return self.rounding.decimals
        return measure.decimals if isinstance(measure, Ratio) else 2 if self.money else 0

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

    def plain_parts(self) -> tuple[int | float | None, int | float | None]:
        """Numerator and denominator for JSON: money in yuan."""
        return plain(self.numerator, self.money), plain(self.denominator, self.below_money)

    def part_texts(self) -> tuple[str | None, str | None]:
        """Numerator and denominator as printed, without thousands separators."""
        return printed(self.numerator, self.money), printed(self.denominator, self.below_money)


def plain(number: int | None, fen: bool) -> int | float | None:
    """A number for JSON: fen become yuan."""
    if number is None or not fen:
        return number
    yuan = Decimal(number) / 100
    return int(yuan) if yuan == int(yuan) else float(yuan)


def printed(number: int | None, fen: bool) -> str | None:
    """A number as text without thousands separators: fen become yuan with two decimals."""
    return None if number is None else written(Fraction(number, 100), 2) if fen else str(number)


def part_condition(breakdown: Breakdown, part: str, ledger: Ledger, period: Period) -> Condition:
    """The absolute condition of the records in one part of a breakdown."""
    whole = breakdown.of.where.at(period)
    by = ledger.field(breakdown.by)
    extra: Condition
    if part == UNSPECIFIED:
        extra = Empty(by.key)
    elif breakdown.month:
        month = Period.month(int(part[:4]), int(part[5:7]))
        extra = Days(by.key, month.begin.isoformat(), month.end.isoformat())
    else:
        extra = HasCode(by.key, part, main=True) if isinstance(by, Choices) else Is(by.key, part)
    return both(whole, extra)


def part_label(breakdown: Breakdown, part: str, ledger: Ledger) -> str:
    """What a part is called in the language in use."""
    by = ledger.field(breakdown.by)
    if part == UNSPECIFIED:
        return _("Not filled in")
    return by.code_label(part) if isinstance(by, Choice) else part


def part_keys(breakdown: Breakdown, ledger: Ledger, period: Period) -> tuple[str, ...]:
    """Every part there can be, in order: the code table, or the period's months; then records without a value."""
    by = ledger.field(breakdown.by)
    if breakdown.month:
        return period.months()
    keys = tuple(code.key for code in by.codes) if isinstance(by, Choice) else ()
    return (*keys, UNSPECIFIED)


def is_money(indicator: Indicator, quantity: Quantity, ledgers: Mapping[str, Ledger]) -> bool:
    """Whether one of an indicator's numbers is in fen."""
    return any(
        isinstance(a, Sum) and isinstance(ledgers[indicator.ledger_of(a)].field(a.field), Money)
        for a in atoms_of(quantity)
    )


def check(indicator: Indicator, ledgers: Mapping[str, Ledger]) -> list[str]:
    """What is wrong with the declaration: each sentence names indicator and remedy."""
    return [f"{indicator.key}: {fault}" for fault in _faults(indicator, ledgers)]


def _faults(indicator: Indicator, ledgers: Mapping[str, Ledger]) -> Iterator[str]:
    if not (indicator.label and indicator.unit and indicator.definition):
        yield "label, unit or definition is missing; write it"
    missing = sorted({indicator.ledger, *indicator.looks_into()} - set(ledgers))
    if missing or not indicator.key.partition(".")[2]:
        yield f"key is not a ledger, a point and a name, or names no ledger ({', '.join(missing)}); rename it"
        return
    for ledger in indicator.looks_into():
        for name in sorted(names(indicator, ledger) - set(ledgers[ledger].by_key)):
            yield f"names {name!r}, which is no field of {ledger}; correct the name"
    for atom in indicator.atoms():
        yield from _atom_faults(atom, ledgers[indicator.ledger_of(atom)])
    for quantity in indicator.quantities():
        money = {is_money(indicator, atom, ledgers) for atom in atoms_of(quantity)}
        if len(money) > 1:
            yield "adds amounts of money and other numbers; add one or the other"
    measure = indicator.measure
    if isinstance(measure, Breakdown):
        by = ledgers[indicator.ledger].by_key.get(measure.by)
        if not isinstance(by, Day if measure.month else Choice):
            yield f"is broken down by {measure.by!r}, which has no codes; name a Choice, or a Day with `month`"


def _atom_faults(atom: Atom, ledger: Ledger) -> Iterator[str]:
    of: Field | None = ledger.by_key.get(atom.field) if isinstance(atom, Sum | Distinct) else None
    if isinstance(atom, Sum) and of is not None and not of.integer:
        yield f"sums {of.key!r}, which is no number; sum a Money or Count field"
    if isinstance(atom, Distinct) and atom.month and not isinstance(of, Day):
        yield f"counts the months of {atom.field!r}, which is no day; name a Day field"
    for key in (atom.first, atom.last) if isinstance(atom, DaySum) else ():
        if not isinstance(ledger.by_key.get(key), Day):
            yield f"counts days from or to {key!r}, which is no day; name a Day field"


def names(indicator: Indicator, ledger: str = "") -> set[str]:
    """Keys of the fields of a ledger (its own) that the indicator looks at."""
    found: set[str] = set()
    wanted = ledger or indicator.ledger
    for atom in indicator.atoms():
        for asked in asking(atom.where):
            if asked.other == wanted:
                found |= {asked.naming} | asked.where.fields()
        if indicator.ledger_of(atom) == wanted:
            found |= atom.where.fields()
            found |= {atom.field} if isinstance(atom, Sum | Distinct) else set()
            found |= {atom.first, atom.last} if isinstance(atom, DaySum) else set()
    if isinstance(indicator.measure, Breakdown) and wanted == indicator.ledger:
        found.add(indicator.measure.by)
    return found
