"""From the cells of one column to values of its field, each distinct cell parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from tracker.exchange.headings import Column
from tracker.i18n import _
from tracker.schema.fields import Money, Names, Number, Text, Value
from tracker.schema.values import Invalid, plain

MOST_DIGITS = 10**15
"""From here on a spreadsheet does not keep every digit of a number."""
_REMEMBERED = 20_000
_MASK = re.compile(r"[^\s*]{0,6}\*{2,}[^\s*]{0,6}|[\u3400-\u9fff]{1,2}\*[\u3400-\u9fff]?")


class Masked:
    """What stands for a value that an export hid, such as 138****1234: the field stays as it is."""


MASKED = Masked()


class _Memory(dict[object, Value | Masked | Invalid]):
    """What distinct cells mean; one that is not known is read."""

    def __init__(self, read: Callable[[object], Value | Masked | Invalid]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: object) -> Value | Masked | Invalid:
        value = self[raw] = self._read(raw)
        return value


class Parser:
    """Reads the cells of one column, remembering what distinct cells were found to mean."""

    def __init__(self, column: Column) -> None:
        self.column, self.field = column, column.field
        self._textual = isinstance(self.field, Text | Names | Number)
        self._money = isinstance(self.field, Money)
        self._memory = _Memory(self._tried)

    def values(self, raws: Sequence[object]) -> list[Value | Masked | Invalid]:
        """The field's values of cells one below the other, None for nothing; for a cell refused, why."""
        if isinstance(self.field, Number) or bool in set(map(type, raws)):  # all differ; True equals 1
            return [self._tried(raw) for raw in raws]
        if len(self._memory) > _REMEMBERED:
            self._memory.clear()
        return list(map(self._memory.__getitem__, raws))

    def losing_digits(self, raws: Sequence[object]) -> list[int]:
        """Where a text of digits, such as an identity number, was kept as a number and lost its last digits."""
        if not (self._textual and float in set(map(type, raws))):
            return []
        return [n for n, raw in enumerate(raws) if isinstance(raw, float) and abs(raw) >= MOST_DIGITS]

    def _tried(self, raw: object) -> Value | Masked | Invalid:
        if raw == "":
            return None
        try:
            return self._read(raw)
        except Invalid as wrong:
            return Invalid(str(wrong))  # without its trace, which would keep all cells

    def _read(self, raw: object) -> Value | Masked:
        if isinstance(raw, str):
            if "*" in raw and _MASK.fullmatch(raw.strip()):
                return MASKED
            if self.column.scale != 1 and raw.strip()[-1:] not in ("万", "元"):
                raw = f"{plain(raw)}万"
        elif self._money and isinstance(raw, float):
            return self._fen(raw)
        elif self.column.scale != 1 and isinstance(raw, int):
            raw *= self.column.scale
        elif self._textual and isinstance(raw, datetime):
            raw = raw.isoformat(sep=" ", timespec="minutes")
        return self.field.parse(raw)

    def _fen(self, raw: float) -> Value:
        """As `values.parse_money` says, the usual case without decimals' arithmetic."""
        exact = raw * 100 * self.column.scale
        near = round(exact) if abs(exact) < MOST_DIGITS else -1
        return near if near >= 0 and abs(exact - near) < 0.0009 else self.field.parse(raw * self.column.scale)


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


__all__ = ["MASKED", "Invalid", "Masked", "Parser", "shown"]
