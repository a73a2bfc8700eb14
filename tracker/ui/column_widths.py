"""How wide a list's columns are until the clerk makes them otherwise: dates and numbers whole, texts as room allows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from PySide6.QtGui import QFontMetrics

from tracker.schema.fields import Choice, CreditCode
from tracker.ui import theme
from tracker.ui.ledger_model import Column

PAD = 24
"""Pixels that a cell needs beside its text."""
HEADING_PAD = 32
"""The same for a heading, with room for the arrow of its order."""
WIDEST, NARROWEST = 32, 8
"""Half-width characters that a text shows where there is room, and at least where there is little."""
FIRM, WORD = 26, 16
"""The same at least of a firm's name, whose first characters are its town and tell nothing, and of a word of a code
table."""
SHORT = 14
"""Texts up to here, such as a telephone number, stay whole."""
SHARE = 0.67
"""How much of their wished width longer texts keep where room is short."""
SAMPLES = {"day": "2020-12-25", "money": "12,345,678.90"}
YIELDING = frozenset({"text", "names", "code", "codes", "link"})
GROWING = YIELDING - {"code"}


def fitting(columns: Sequence[Column], room: int) -> list[int]:
    """Widths in pixels that use `room`: texts are wider than wished, or narrower down to their least.

    Where even that is too much, the first columns fill the room; those that follow lie beyond, as wide as they wish.
    """
    wished, least = [_wished(column) for column in columns], [_least(column) for column in columns]
    whole = max(1, sum(edge <= room for edge in accumulate(least)))
    seen = columns[:whole]
    return _shared(seen, wished[:whole], least[:whole], room) + wished[whole:]


def _shared(columns: Sequence[Column], wished: list[int], least: list[int], room: int) -> list[int]:
    """The widths of columns that all find room."""
    if sum(wished) <= room:
        return _widened(columns, wished, room - sum(wished))
    excess, yields = sum(wished) - room, sum(wished) - sum(least)
    share = min(1.0, excess / yields) if yields else 0.0
    return [most - ceil((most - few) * share) for most, few in zip(wished, least, strict=True)]


def _widened(columns: Sequence[Column], wished: list[int], spare: int) -> list[int]:
    """Texts get what is to spare, up to half as much again as they wished; words of a code table are whole already."""
    texts = sum(width for c, width in zip(columns, wished, strict=True) if c.field.kind in GROWING)
    share = min(0.5, spare / texts) if texts else 0.0
    return [
        width + int(width * share) if column.field.kind in GROWING else width
        for column, width in zip(columns, wished, strict=True)
    ]


def _wished(column: Column) -> int:
    field = column.field
    body = QFontMetrics(theme.font("body"))
    if field.kind in SAMPLES:
        sample = SAMPLES[field.kind] + (" 23:59" if getattr(field, "moment", False) else "")
        return _whole(column, body.horizontalAdvance(sample))
    if isinstance(field, Choice) and field.offered:
        several = _characters(field.width) if field.kind == "codes" else 0
        return _whole(column, max(several, min(_longest(field), _characters(WIDEST))))
    return _whole(column, _characters(min(field.width, WIDEST)))


def _least(column: Column) -> int:
    field = column.field
    if field.kind not in YIELDING:
        return _wished(column)
    if isinstance(field, Choice) and field.offered:
        return min(_wished(column), _whole(column, min(_longest(field), _characters(WORD))))
    if field.names == "employers":
        few = FIRM
    elif isinstance(field, CreditCode) or (field.kind == "text" and field.width <= SHORT):
        few = field.width
    else:
        few = max(NARROWEST, round(field.width * SHARE))
    return _whole(column, _characters(min(few, field.width)))


def _longest(field: Choice) -> int:
    """Pixels of the longest word that is offered."""
    body = QFontMetrics(theme.font("body"))
    return max(body.horizontalAdvance(field.code_label(code.key)) for code in field.offered)


def _characters(count: int) -> int:
    """Pixels of so many half-width characters."""
    return round(QFontMetrics(theme.font("body")).horizontalAdvance("国") / 2 * count)


def _whole(column: Column, text: int) -> int:
    """The width for a text of so many pixels; the heading is never cut."""
    heading = QFontMetrics(theme.font("small")).horizontalAdvance(column.title())
    return max(text + PAD, heading + HEADING_PAD)
