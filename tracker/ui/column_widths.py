"""How wide a list's columns are until the clerk makes them otherwise: dates and numbers whole, texts as room allows."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtGui import QFontMetrics

from tracker.ui import theme
from tracker.ui.ledger_model import Column

PAD = 24
"""Pixels that a cell needs beside its text."""
HEADING_PAD = 32
"""The same for a heading, with room for the arrow of its order."""
WIDEST, NARROWEST = 32, 8
"""Half-width characters that a text shows where there is room, and at least where there is little."""
SHARE = 0.67
"""How much of their wished width texts keep where room is short."""
SAMPLES = {"day": "2020-12-25", "money": "12,345,678.90"}
YIELDING = frozenset({"text", "names", "code", "codes"})


def fitting(columns: Sequence[Column], room: int) -> list[int]:
    """Widths in pixels that use `room`: texts are wider than wished, or narrower down to their least."""
    wished, least = [_wished(column) for column in columns], [_least(column) for column in columns]
    if sum(wished) <= room:
        return _widened(columns, wished, room - sum(wished))
    excess = sum(wished) - room
    yields = sum(wished) - sum(least)
    share = min(1.0, excess / yields) if yields else 0.0
    return [most - ceil((most - few) * share) for most, few in zip(wished, least, strict=True)]


def _widened(columns: Sequence[Column], wished: list[int], spare: int) -> list[int]:
    """Texts get what is to spare, up to half as much again as they wished."""
    texts = sum(width for c, width in zip(columns, wished, strict=True) if c.field.kind in YIELDING)
    share = min(0.5, spare / texts) if texts else 0.0
    return [
        width + int(width * share) if column.field.kind in YIELDING else width
        for column, width in zip(columns, wished, strict=True)
    ]


def _wished(column: Column) -> int:
    field = column.field
    body = QFontMetrics(theme.font("body"))
    if field.kind in SAMPLES:
        sample = SAMPLES[field.kind] + (" 23:59" if getattr(field, "moment", False) else "")
        return _whole(column, body.horizontalAdvance(sample))
    return _whole(column, _characters(min(field.width, WIDEST)))


def _least(column: Column) -> int:
    if column.field.kind not in YIELDING:
        return _wished(column)
    few = max(NARROWEST, round(column.field.width * SHARE))
    return _whole(column, _characters(min(few, column.field.width)))


def _characters(count: int) -> int:
    """Pixels of so many half-width characters."""
    return round(QFontMetrics(theme.font("body")).horizontalAdvance("国") / 2 * count)


def _whole(column: Column, text: int) -> int:
    """The width for a text of so many pixels; the heading is never cut."""
    heading = QFontMetrics(theme.font("small")).horizontalAdvance(column.title())
    return max(text + PAD, heading + HEADING_PAD)
