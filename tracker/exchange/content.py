"""What a column without a known heading may hold, told from its cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from tracker.exchange import tidy, units
from tracker.exchange.cells import Parser
from tracker.exchange.headings import CONTENT, Column, is_serial, normal
from tracker.exchange.headings import Mapping as Headings
from tracker.exchange.layout import Hints
from tracker.i18n import everywhere
from tracker.schema import firm, identity
from tracker.schema.fields import (
    Choice,
    Count,
    CreditCode,
    Day,
    Field,
    IdNumber,
    Money,
    Names,
    Number,
    Text,
    YesNo,
)
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid, plain

ENOUGH = 0.8
"""So large a part of a column's cells must fit."""
LEAST = 2
_BLANK = ("", None)
_PERSON = re.compile(r"[\u3400-\u9fff·]{2,4}(?:[、,，;；\s][\u3400-\u9fff·]{2,4})*(?:等\d*人?)?")
_CASE_NO = re.compile(r".*[〔\[(（【]?(?:19|20)\d\d[〕\])）】年]?.*第?\d+(?:-\d+)?号")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_MONEY = re.compile(
    r"[¥￥]?\d[\d,]*(?:\.\d+)?(?:万?元|万)|[¥￥]\d[\d,.]*|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2}"
)
Test = Callable[[object], bool]


def propose(ledger: Ledger, mapping: Headings, rows: Sequence[Sequence[object]], hints: Hints) -> Headings:
    """The mapping with fields for columns that no heading tells, where the cells leave one field only."""
    used = {column.index for column in (*mapping.columns, *mapping.compared)}
    used |= {column.index for column, _earlier in mapping.doubled}
    added: list[Column] = []
    free = [f for f in ledger.inputs if f.key not in mapping.keys]
    for index, heading in enumerate(mapping.headings):
        if index in used or is_serial(heading) or heading in dict(mapping.rivals):
            continue
        cells = [row[index] for row in rows if index < len(row) and row[index] not in _BLANK]
        left = [f for f in free if f.key not in {c.field.key for c in added}]
        field = _numbering(left, cells, heading, len(rows)) or _fitting(ledger, left, cells, heading, hints)
        if field:
            added.append(Column(index, heading, field, how=CONTENT))
    taken = {column.heading for column in added}
    unknown = tuple(text for text in mapping.unknown if text not in taken)
    return replace(mapping, columns=(*mapping.columns, *added), unknown=unknown)


def _numbering(free: Sequence[Field], cells: Sequence[object], heading: str, rows: int) -> Field | None:
    """The record's own number, where the heading says 编号 or 号 and almost every row has another one."""
    own = next((f for f in free if type(f) is Number), None)
    if own is None or not normal(heading).endswith("号") or likeness(heading, own) < 0.3:
        return None
    told = {_bare(cell) for cell in cells}
    digits = all(any(sign.isdigit() for sign in text) for text in told)
    return own if digits and len(told) == len(cells) >= max(LEAST, ENOUGH * rows) else None


def _fitting(
    ledger: Ledger, free: Sequence[Field], cells: Sequence[object], heading: str, hints: Hints
) -> Field | None:
    """The one field that the cells fit, of several the one that the heading resembles."""
    if len(cells) < LEAST:
        return None
    if (bracket := re.search(r"\(([^()]*)\)$", normal(heading))) and units.is_rate(bracket[1]):
        return None
    found = [field for field in free if _fits(ledger, field, cells, hints)]
    alike = [(likeness(heading, field), field) for field in found]
    alike = [pair for pair in alike if pair[0] > 0.3]
    if alike:
        return max(alike, key=lambda pair: pair[0])[1]
    told = [field for field in found if _tells(field, ledger)]
    kinds = {type(field) for field in told}
    return told[0] if len(told) == 1 or (told and len(kinds) == 1 and told[0].required) else None


def _tells(field: Field, ledger: Ledger) -> bool:
    """Whether cells alone can tell the field: numbers, identity numbers, words of a table; the ledger's own day."""
    if isinstance(field, Day):
        return field.key == ledger.day
    return not isinstance(field, Money | Count | YesNo)


def likeness(heading: str, field: Field) -> float:
    """How much of a heading's characters its field's names share, 0 to 1; a heading that is blank is like nothing."""
    word = normal(heading)
    if not word:
        return 0.0
    best = 0.0
    for name in (*everywhere(field.label), *field.also):
        other = normal(name)
        if word.endswith(other) or other.endswith(word):
            best = max(best, min(len(word), len(other)) / max(len(word), len(other)))
        common = len(set(_pairs(word)) & set(_pairs(other)))
        best = max(best, 2 * common / max(1, len(word) + len(other) - 2))
    return best


def _pairs(word: str) -> Iterator[str]:
    for one, other in itertools.pairwise(word):
        yield one + other


def _fits(ledger: Ledger, field: Field, cells: Sequence[object], hints: Hints) -> bool:
    test = _test(ledger, field)
    if test is not None:
        return _share(cells, test) >= ENOUGH
    if isinstance(field, Day):
        parser = Parser(Column(0, "", field), hints, column_again=lambda: cells)
        days = [cell for cell in cells if isinstance(cell, date | datetime) or _is_day(parser, cell)]
        return len(days) / len(cells) >= ENOUGH and any(not isinstance(c, int | float) for c in days)
    if isinstance(field, Choice) and not isinstance(field, YesNo):
        parser = Parser(Column(0, "", field))
        words = [cell for cell in cells if isinstance(cell, str)]
        fit = sum(1 for value in parser.values(words) if not isinstance(value, Invalid) and value is not None)
        return bool(words) and len(words) == len(cells) and fit / len(cells) >= ENOUGH
    return False


def _is_day(parser: Parser, cell: object) -> bool:
    (value,) = parser.values([cell])
    return value is not None and not isinstance(value, Invalid)


def _test(ledger: Ledger, field: Field) -> Test | None:
    if isinstance(field, IdNumber):
        return lambda cell: identity.is_id_number("".join(plain(str(cell)).split()).upper())
    if isinstance(field, CreditCode):
        return lambda cell: identity.is_credit_code("".join(plain(str(cell)).split()).upper())
    if isinstance(field, Number):
        named = field.key != ledger.number or not ledger.number_pattern
        return _is_firm if named else _matching(_CASE_NO)
    if isinstance(field, Money):
        return lambda cell: _matches(_MONEY, cell) or isinstance(cell, float)
    if isinstance(field, YesNo):
        return lambda cell: isinstance(cell, bool) or tidy.yes_or_no(str(cell)) in ("是", "否", "√", "×")
    if field.personal:
        return _matching(_PHONE)
    if field.names == "employers":
        return _is_firm
    if isinstance(field, Names):
        return lambda cell: _matches(_PERSON, cell) and not _is_firm(cell)
    if isinstance(field, Text):
        return lambda _cell: False
    return None


def _matching(pattern: re.Pattern[str]) -> Test:
    return lambda cell: _matches(pattern, cell)


def _matches(pattern: re.Pattern[str], cell: object) -> bool:
    return pattern.fullmatch(_bare(cell)) is not None


def _is_firm(cell: object) -> bool:
    return firm.in_a_column(_bare(cell))


def _bare(cell: object) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return "".join(plain(text).split())


def _share(cells: Sequence[object], test: Test) -> float:
    return sum(map(test, cells)) / len(cells)


__all__ = ["Mapping", "likeness", "propose"]
