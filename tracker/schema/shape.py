"""What a field can hold as the file keeps it, for what comes from files that anyone may have written or damaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tracker.schema.fields import Day, Field, Value, YesNo

MOST = 10**15
"""No count and no amount in fen comes near it, and a million of them can be added up."""
LONGEST = 10_000_000
"""Characters of a text."""


def check(field: Field) -> Callable[[Value], bool]:
    """Tells of a value of the right type, other than nothing, whether the field can hold it."""
    if isinstance(field, Day):
        return _is_moment if field.moment else _is_day
    if isinstance(field, YesNo):
        return lambda value: value in (0, 1)
    if field.integer:
        return is_number
    return lambda value: isinstance(value, str) and len(value) <= LONGEST


def is_number(value: Value) -> bool:
    """Whether a whole number can be counted with."""
    return isinstance(value, int) and -MOST < value < MOST


def _is_day(value: Value) -> bool:
    if not (isinstance(value, str) and len(value) == 10):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return value[4] == value[7] == "-"


def _is_moment(value: Value) -> bool:
    if not (isinstance(value, str) and _is_day(value[:10])):
        return False
    try:
        return len(value) == 10 or (
            value[10] == "T" and len(value) <= 19 and bool(datetime.fromisoformat(value))
        )
    except ValueError:
        return False
