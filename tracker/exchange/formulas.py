"""Spreadsheet formulas that recompute a figure from a detail sheet, built from the very conditions that computed it.

A condition becomes a sum of signed conjunctions of criteria, as COUNTIFS and SUMIFS take them: "not c" is 1 - c,
"a or b" is a + b - ab. One that compares columns with each other has no such form and becomes an array of 0 and 1 in a
SUMPRODUCT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch

from tracker.period import Period
from tracker.schema.fields import Choice, Day, Money, YesNo
from tracker.schema.filters import (
    NAME_MARKS,
    All,
    AnyOf,
    Between,
    Condition,
    Contains,
    Days,
    Disjoint,
    Empty,
    Filled,
    HasCode,
    Named,
    NamedIn,
    Not,
    NotBy,
    NotLater,
    OneOf,
    both,
    day_after,
)
from tracker.schema.indicator import Atom, Count, DaySum, Distinct, Sum
from tracker.schema.ledger import Ledger

Criteria = tuple[tuple[str, str], ...]
Terms = dict[Criteria, int]
"""Conjunctions of (field, criterion), each with how often it counts."""

_NUMERIC = re.compile(r"[\s+\-.,¥￥$%％\d:：/Ee年月日时分秒()（）]*")
_MAX_CRITERION = 255
_LONGEST = 2000
"""Characters of an expression; a spreadsheet takes 8,192 in a whole formula, which may add several."""


class NoCriteria(Exception):
    """The condition has no COUNTIFS form."""


@dataclass(frozen=True)
class Source:
    """Where a ledger's detail columns stand: the defined name of each field's column."""

    ledger: Ledger
    names: Mapping[str, str]
    others: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)
    """Where the other ledgers' columns stand, by their names."""

    def column(self, key: str) -> str:
        """The name of a field's column; raises KeyError for one that the sheet lacks."""
        return self.names[key]

    def whole_day(self, key: str) -> str:
        """A day column without the time of day."""
        field = self.ledger.field(key)
        return f"INT({self.column(key)})" if isinstance(field, Day) and field.moment else self.column(key)


def recomputed(atom: Atom, period_where: Condition, source: Source) -> str:
    """The expression (without `=`) that recomputes an atom over records meeting a condition, money in yuan."""
    if isinstance(atom, DaySum):
        first, last = source.whole_day(atom.first), source.whole_day(atom.last)
        days = both(period_where, Filled(atom.first), Filled(atom.last))
        return f"SUMPRODUCT({array(days, source)}*({last}-{first}))"
    if isinstance(atom, Distinct):
        raise NoCriteria("distinct values are recounted from their list")
    summed = source.column(atom.field) if isinstance(atom, Sum) else ""
    text = total(period_where, source, summed)
    money = isinstance(atom, Sum) and isinstance(source.ledger.field(atom.field), Money)
    return f"ROUND({text},2)" if money else text


def total(where: Condition, source: Source, summed: str = "") -> str:
    """How many rows meet the condition, or the sum of the column `summed` over them."""
    try:
        text = _added(terms(where, source), source, summed)
    except NoCriteria:
        text = ""
    if text and len(text) <= _LONGEST:
        return text
    times = f"*{summed}" if summed else ""
    return f"SUMPRODUCT(1*{array(where, source)}{times})"


def recounted(atom: Distinct, where: Condition, source: Source, counts: str) -> str:
    """How many different values there are, from the range `counts` of rows that have each; "?" where one is missing."""
    filled = total(both(where, Filled(atom.field)), source)
    text = f'IF(SUM({counts})={filled},COUNTIF({counts},">0"),"?")' if counts else f'IF({filled}=0,0,"?")'
    return f"{text}+{total(both(where, Empty(atom.field)), source)}" if atom.blanks else text


def months_recounted(atom: Distinct, where: Condition, source: Source, months: Iterable[str]) -> str:
    """In how many of the months (such as `2020-01`) a row that meets the condition lies, by its day `atom.field`."""
    spans = (Period.month(int(month[:4]), int(month[5:])) for month in months)
    days = (Days(atom.field, span.begin.isoformat(), span.end.isoformat()) for span in spans)
    return "+".join(f"({total(both(where, part), source)}>0)" for part in days) or "0"


def _added(parts: Terms, source: Source, summed: str) -> str:
    used = [(criteria, times) for criteria, times in parts.items() if times]
    texts: list[str] = []
    for criteria, times in sorted(used, key=lambda term: -term[1]):
        sign = "-" if times < 0 else "+" if texts else ""
        factor = f"{abs(times)}*" if abs(times) > 1 else ""
        texts.append(f"{sign}{factor}{_one(criteria, source, summed)}")
    return "".join(texts) or "0"


def _one(criteria: Criteria, source: Source, summed: str) -> str:
    pairs = criteria or ((source.ledger.number, text_literal("<>")),)
    inside = ",".join(f"{source.column(key)},{criterion}" for key, criterion in pairs)
    return f"SUMIFS({summed},{inside})" if summed else f"COUNTIFS({inside})"


# Criteria


@singledispatch
def terms(condition: Condition, source: Source) -> Terms:
    """The condition as a sum of conjunctions; raises NoCriteria where it has no such form."""
    raise NoCriteria(repr(condition))


@terms.register
def _(condition: All, source: Source) -> Terms:
    result: Terms = {(): 1}
    for part in condition.parts:
        result = _times(result, terms(part, source))
    return result


@terms.register
def _(condition: AnyOf, source: Source) -> Terms:
    return _not(_product([_not(terms(part, source)) for part in condition.parts]))


@terms.register
def _(condition: Disjoint, source: Source) -> Terms:
    result: Terms = {}
    for part in condition.parts:
        for criteria, times in terms(part, source).items():
            result[criteria] = result.get(criteria, 0) + times
    return result


@terms.register
def _(condition: Not, source: Source) -> Terms:
    return _not(terms(condition.part, source))


@terms.register
def _(condition: OneOf, source: Source) -> Terms:
    field = source.ledger.field(condition.field)
    if isinstance(field, (Choice, YesNo)):
        return {((field.key, _equal(field.format(value))),): 1 for value in condition.values}
    if any(isinstance(value, str) for value in condition.values):
        return {((field.key, _equal_text(str(value))),): 1 for value in condition.values}
    return {
        ((field.key, text_literal(f"={_number(value, source, field.key)}")),): 1 for value in condition.values
    }


@terms.register
def _(condition: HasCode, source: Source) -> Terms:
    if not condition.main:
        raise NoCriteria("a label among others")
    label, mark = _label(condition, source)
    pattern = text_literal(f"{escaped(label)}{escaped(mark)}*")
    return {((condition.field, _equal(label)),): 1, ((condition.field, pattern),): 1}


@terms.register
def _(condition: Filled, source: Source) -> Terms:
    return {((condition.field, text_literal("<>")),): 1}


@terms.register
def _(condition: Empty, source: Source) -> Terms:
    return _not({((condition.field, text_literal("<>")),): 1})


@terms.register
def _(condition: Between, source: Source) -> Terms:
    bounds = ((">=", condition.low), ("<=", condition.high))
    return _all_of(
        condition.field,
        [text_literal(f"{sign}{_number(n, source, condition.field)}") for sign, n in bounds if n is not None],
    )


@terms.register
def _(condition: Days, source: Source) -> Terms:
    first = [f'">="&{day_literal(condition.first)}'] if condition.first else []
    last = [f'"<"&{day_literal(day_after(condition.last))}'] if condition.last else []
    return _all_of(condition.field, first + last)


@terms.register
def _(condition: NotBy, source: Source) -> Terms:
    return _not(_all_of(condition.field, [f'"<"&{day_literal(day_after(condition.last))}']))


def _all_of(key: str, criteria: list[str]) -> Terms:
    return {tuple((key, criterion) for criterion in criteria or [text_literal("<>")]): 1}


def _times(left: Terms, right: Terms) -> Terms:
    result: Terms = {}
    for a, m in left.items():
        for b, n in right.items():
            joined = tuple(sorted({*a, *b}))
            result[joined] = result.get(joined, 0) + m * n
    return {criteria: times for criteria, times in result.items() if times}


def _product(factors: list[Terms]) -> Terms:
    result: Terms = {(): 1}
    for factor in factors:
        result = _times(result, factor)
    return result


def _not(part: Terms) -> Terms:
    result: Terms = {(): 1}
    for criteria, times in part.items():
        result[criteria] = result.get(criteria, 0) - times
    return {criteria: times for criteria, times in result.items() if times}


def _equal_text(text: str) -> str:
    """A criterion for exactly this text, letter case aside; raises NoCriteria where spreadsheets see another."""
    if len(text) >= _MAX_CRITERION or text.isascii() or _NUMERIC.fullmatch(text) or text != text.strip():
        raise NoCriteria("a text that spreadsheets may read as a number or day, or cut off")
    return _equal(text)


def _equal(text: str) -> str:
    return text_literal(f"={escaped(text)}" if text[:1] in "<>=" else escaped(text))


def _label(condition: HasCode, source: Source) -> tuple[str, str]:
    """The code's label, and what stands between two of them."""
    field = source.ledger.field(condition.field)
    label = field.format(condition.code)
    two = field.format(f"{condition.code};{condition.code}")
    return label, two[len(label) : len(two) - len(label)]


# Arrays of 0 and 1


@singledispatch
def array(condition: Condition, source: Source) -> str:
    """The condition as an expression in brackets, 1 for each row that meets it and 0 for the others."""
    raise TypeError(f"{condition!r} has no spreadsheet form; give it one here")


@array.register
def _(condition: All, source: Source) -> str:
    parts = condition.parts or (Filled(source.ledger.number),)
    return "(" + "*".join(array(part, source) for part in parts) + ")"


@array.register
def _(condition: AnyOf, source: Source) -> str:
    return "((" + "+".join(array(part, source) for part in condition.parts) + ")>0)"


@array.register
def _(condition: Not, source: Source) -> str:
    return f"(1-{array(condition.part, source)})"


@array.register
def _(condition: OneOf, source: Source) -> str:
    column, field = source.column(condition.field), source.ledger.field(condition.field)
    if isinstance(field, (Choice, YesNo)) or any(isinstance(value, str) for value in condition.values):
        texts = [field.format(value) for value in condition.values]
        return "((" + "+".join(f"EXACT({column},{text_literal(text)})" for text in texts) + ")>0)"
    equal = "+".join(f"({column}={_number(value, source, field.key)})" for value in condition.values)
    return f'(({column}<>"")*(({equal})>0))'


@array.register
def _(condition: HasCode, source: Source) -> str:
    column = source.column(condition.field)
    label, mark = (text_literal(text) for text in _label(condition, source))
    if condition.main:
        return f"(LEFT({column}&{mark},LEN({label}&{mark}))={label}&{mark})"
    return f"ISNUMBER(FIND({mark}&{label}&{mark},{mark}&{column}&{mark}))"


@array.register
def _(condition: Filled, source: Source) -> str:
    return f'({source.column(condition.field)}<>"")'


@array.register
def _(condition: Empty, source: Source) -> str:
    return f'({source.column(condition.field)}="")'


@array.register
def _(condition: Between, source: Source) -> str:
    column = source.column(condition.field)
    bounds = ((">=", condition.low), ("<=", condition.high))
    parts = [f"({column}{sign}{_number(n, source, condition.field)})" for sign, n in bounds if n is not None]
    return "(" + "*".join([f'({column}<>"")', *parts]) + ")"


@array.register
def _(condition: Days, source: Source) -> str:
    column = source.column(condition.field)
    first = [f"({column}>={day_literal(condition.first)})"] if condition.first else []
    last = [f"({column}<{day_literal(day_after(condition.last))})"] if condition.last else []
    return "(" + "*".join([f'({column}<>"")', *first, *last]) + ")"


@array.register
def _(condition: NotBy, source: Source) -> str:
    column = source.column(condition.field)
    return f'((({column}="")+({column}>={day_literal(day_after(condition.last))}))>0)'


@array.register
def _(condition: Contains, source: Source) -> str:
    return f"ISNUMBER(SEARCH({text_literal(escaped(condition.text))},{source.column(condition.field)}))"


@array.register
def _(condition: Named, source: Source) -> str:
    held = f'TRIM(SUBSTITUTE({source.column(condition.field)},"　"," "))'
    for old, new in (*((mark, "、") for mark in NAME_MARKS[:-1]), ("、 ", "、"), (" 、", "、")):
        held = f'SUBSTITUTE({held},"{old}","{new}")'
    names = [text_literal(f"、{' '.join(name.split())}、") for name in condition.names]
    found = "+".join(f'ISNUMBER(FIND({name},"、"&{held}&"、"))' for name in names)
    return f"(({found})>0)" if found else f"(0*{array(Filled(condition.field), source)})"


@array.register
def _(condition: NamedIn, source: Source) -> str:
    other = source.others[condition.other]
    ((criteria, times),) = terms(condition.where, other).items()
    assert times == 1
    named = f'{other.column(condition.naming)},"*"&{source.column(condition.field)}&"*"'
    asked = "".join(f",{other.column(key)},{criterion}" for key, criterion in criteria)
    return f"(COUNTIFS({named}{asked})>0)"


@array.register
def _(condition: NotLater, source: Source) -> str:
    earlier, later = source.column(condition.earlier), source.column(condition.later)
    bound = f"{source.whole_day(condition.later)}+{condition.plus}" if condition.plus else later
    return f'(({earlier}<>"")*({later}<>"")*({earlier}<={bound}))'


def _number(value: str | int, source: Source, key: str) -> str:
    """A number as the sheet holds it: fen become yuan."""
    if isinstance(source.ledger.field(key), Money):
        return f"{int(value) / 100:.2f}".removesuffix(".00")
    return str(value)


def day_literal(day: str) -> str:
    """An ISO day as a spreadsheet writes it."""
    value = date.fromisoformat(day[:10])
    return f"DATE({value.year},{value.month},{value.day})"


def text_literal(text: str) -> str:
    """A text within a formula."""
    return '"' + text.replace('"', '""') + '"'


def escaped(text: str) -> str:
    """A text of which no character is a wildcard."""
    return re.sub(r"([*?~])", r"~\1", text)


def count_of(atom: Distinct, where: Condition, source: Source, value: str, alike: bool) -> str:
    """How many rows that meet the condition have this value; with `alike` another one differs only in letter case."""
    if not alike:
        return total(both(where, OneOf(atom.field, (value,))), source)
    return f"SUMPRODUCT(1*{array(both(where, OneOf(atom.field, (value,))), source)})"


def at_rate(
    numerator: str, denominator: str, scale: int, decimals: int, truncate: bool, money: tuple[bool, bool]
) -> str:
    """A rate as printed, from the cells of its parts; in whole numbers, so that no binary fraction tips it."""
    above, below = (
        f"ROUND(100*{cell},0)" if in_fen else cell
        for cell, in_fen in zip((numerator, denominator), money, strict=True)
    )
    half = "" if truncate else "+0.5"
    steps = 10**decimals
    return f'IF({denominator}=0,"—",INT({scale * steps}*{above}/{below}{half})/{steps})'


__all__ = [
    "Count",
    "NoCriteria",
    "Source",
    "array",
    "at_rate",
    "count_of",
    "day_literal",
    "escaped",
    "recomputed",
    "recounted",
    "terms",
    "text_literal",
    "total",
]
