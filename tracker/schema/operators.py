"""What a list can be filtered by: for each kind of field its operators, each a menu label and the condition it makes.

A `Filter` is field, operator and values, so that it can be kept and told again; its sentence is the condition's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tracker.i18n import N_, _
from tracker.schema.current import LABELS, Current
from tracker.schema.fields import Choices, Field, Number, Value
from tracker.schema.filters import (
    AnyOf,
    Between,
    Condition,
    Contains,
    Days,
    Empty,
    Filled,
    HasCode,
    Is,
    Named,
    Not,
    OneOf,
)
from tracker.schema.ledger import Ledger

Inputs = Literal["none", "one", "range", "codes"]
Values = tuple[Value, ...]


@dataclass(frozen=True)
class Operator:
    """One way to filter. `inputs` says what is asked: nothing, a value, two ends of which one may be open, or codes."""

    key: str
    label: str
    inputs: Inputs
    make: Callable[[Field, Values], Condition]


def _any_code(field: Field, keys: Values) -> Condition:
    codes = tuple(str(key) for key in keys)
    if not isinstance(field, Choices):
        return OneOf(field.key, codes)
    if len(codes) == 1:
        return HasCode(field.key, codes[0])
    return AnyOf(tuple(HasCode(field.key, code) for code in codes))


def _spelled(field: Field, values: Values) -> str:
    """The text to look for, a number's brackets and digits as they are stored."""
    text = str(values[0] or "")
    return field.spelled(text) if isinstance(field, Number) else text


def _days(field: Field, ends: Values) -> Condition:
    first, last = (None if end is None else str(end)[:10] for end in ends)
    return Days(field.key, first, last)


def _between(field: Field, ends: Values) -> Condition:
    low, high = (None if end is None else int(end) for end in ends)
    return Between(field.key, low, high)


EMPTY = Operator("empty", N_("is empty"), "none", lambda field, values: Empty(field.key))
FILLED = Operator("filled", N_("is filled in"), "none", lambda field, values: Filled(field.key))
CONTAINS = Operator("contains", N_("contains"), "one", lambda f, values: Contains(f.key, _spelled(f, values)))
LACKS = Operator("lacks", N_("does not contain"), "one", lambda f, v: Not(Contains(f.key, _spelled(f, v))))
EQUALS = Operator("equals", N_("is exactly"), "one", lambda f, values: Is(f.key, _spelled(f, values)))
NAMES = Operator("names", N_("has among its names"), "one", lambda f, values: Named(f.key, (str(values[0]),)))
ONE_OF = Operator("one_of", N_("is one of"), "codes", _any_code)
NONE_OF = Operator("none_of", N_("is none of"), "codes", lambda field, keys: Not(_any_code(field, keys)))
MAIN = Operator("main", N_("mainly is"), "codes", lambda f, keys: _main(f, keys))
DAYS = Operator("days", N_("between"), "range", _days)
CURRENT = {
    key: Operator(key, label, "none", lambda field, _values, key=key: Current.of(field.key, key))  # type: ignore[misc]
    for key, label in LABELS.items()
}
"""Days by periods that move on with today."""
BETWEEN = Operator("between", N_("between"), "range", _between)
YES = Operator("yes", N_("is yes"), "none", lambda field, values: Is(field.key, 1))
NO = Operator("no", N_("is no"), "none", lambda field, values: Is(field.key, 0))

_TEXTS = (CONTAINS, EQUALS, LACKS, FILLED, EMPTY)
BY_KIND: dict[str, tuple[Operator, ...]] = {
    "text": _TEXTS,
    "names": (CONTAINS, NAMES, *_TEXTS[1:]),
    "number": _TEXTS,
    "code": (ONE_OF, NONE_OF, FILLED, EMPTY),
    "codes": (ONE_OF, MAIN, NONE_OF, FILLED, EMPTY),
    "day": (DAYS, *CURRENT.values(), FILLED, EMPTY),
    "money": (BETWEEN, FILLED, EMPTY),
    "count": (BETWEEN, FILLED, EMPTY),
    "yesno": (YES, NO, EMPTY),
    "link": _TEXTS,
}
"""The operators of each kind of field, the commonest first."""


def _main(field: Field, keys: Values) -> Condition:
    parts = tuple(HasCode(field.key, str(key), main=True) for key in keys)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def offered(field: Field) -> tuple[Operator, ...]:
    """The operators for a field; a required one is never empty."""
    return tuple(o for o in BY_KIND[field.kind] if not (field.required and o in (EMPTY, FILLED)))


def filterable(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that a list may be filtered by: all but the technical id."""
    return tuple(f for f in ledger.fields if f.key != "uid")


@dataclass(frozen=True)
class Filter:
    """One filter that a clerk set; `values` are values of the field, a range's two ends, or code keys."""

    field: str
    operator: str
    values: Values = ()

    def condition(self, ledger: Ledger) -> Condition:
        """What it asks of a record; raises KeyError for a field or operator that is not declared."""
        field = ledger.field(self.field)
        return self._operator(field).make(field, self.values)

    def sentence(self, ledger: Ledger) -> str:
        """It in words, in the language in use."""
        return self.condition(ledger).sentence(ledger)

    def _operator(self, field: Field) -> Operator:
        for operator in BY_KIND[field.kind]:
            if operator.key == self.operator:
                return operator
        raise KeyError(f"{field.kind} fields have no operator {self.operator!r}")

    def to_json(self) -> list[Any]:
        """It as a list of JSON values."""
        return [self.field, self.operator, list(self.values)]

    @staticmethod
    def from_json(kept: list[Any]) -> Filter:
        """The filter of `to_json`."""
        field, operator, values = kept
        return Filter(str(field), str(operator), tuple(values))


def problem(operator: Operator, values: Values) -> str:
    """What still lacks before the filter means something, as a sentence; empty where nothing does."""
    if operator.inputs == "one" and not any(v is not None for v in values):
        return _("Type what to look for.")
    if operator.inputs == "codes" and not values:
        return _("Tick at least one.")
    if operator.inputs == "range":
        low, high = values
        if low is None and high is None:
            return _("Fill in at least one of the two ends.")
        if low is not None and high is not None and str(low).zfill(20) > str(high).zfill(20):
            return _("The first is greater than the second; exchange the two.")
    return ""
