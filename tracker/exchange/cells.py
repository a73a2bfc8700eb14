"""From the cells of one column to values of its field, each distinct cell parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from tracker.exchange.headings import Column
from tracker.i18n import _
from tracker.schema.fields import Names, Number, Text, Value
from tracker.schema.values import Invalid, plain

Parse = Callable[[object], "Value | Masked"]
MOST_DIGITS = 10**15
"""From here on a spreadsheet does not keep every digit of a number."""
_REMEMBERED = 20_000
_MASK = re.compile(r"[^\s*]{0,6}\*{2,}[^\s*]{0,6}|[\u3400-\u9fff]{1,2}\*[\u3400-\u9fff]?")


class Masked:
    """What stands for a value that an export hid, such as 138****1234: the field stays as it is."""


MASKED = Masked()


def parser(column: Column) -> Parse:
    """A function from a cell to the field's value (None for nothing); it raises `Invalid`."""
    field, memory = column.field, dict[object, "Value | Masked"]()
    textual, forget = isinstance(field, Text | Names | Number), isinstance(field, Number)

    def fresh(raw: object) -> Value | Masked:
        if isinstance(raw, str):
            if "*" in raw and _MASK.fullmatch(raw.strip()):
                return MASKED
            if column.scale != 1 and raw.strip()[-1:] not in ("万", "元"):
                raw = f"{plain(raw)}万"
        elif column.scale != 1 and isinstance(raw, int | float):
            raw = round(raw * column.scale, 4)
        if textual and isinstance(raw, datetime):
            raw = raw.isoformat(sep=" ", timespec="minutes")
        return field.parse(raw)

    def parse(raw: object) -> Value | Masked:
        if raw is True or raw is False:  # equal to 1 and 0, so not to be remembered beside them
            return fresh(raw)
        try:
            return memory[raw]
        except KeyError:
            pass
        if len(memory) > _REMEMBERED:
            memory.clear()
        value = memory[raw] = fresh(raw)
        return value

    return fresh if forget else parse


def losing_digits(column: Column, raw: object) -> bool:
    """Whether a text of digits, such as an identity number, was kept as a number and lost its last digits."""
    textual = isinstance(column.field, Text | Names | Number)
    return textual and isinstance(raw, int | float) and abs(raw) >= MOST_DIGITS


def shown(raw: object) -> str:
    """A cell as text, for messages."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return _("Yes") if raw else _("No")
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


__all__ = ["MASKED", "Invalid", "Masked", "losing_digits", "parser", "shown"]
