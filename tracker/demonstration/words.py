"""The tables of words from which people, firms and causes are composed (resources/demonstration)."""

from __future__ import annotations

from functools import cache

from tracker.demonstration.draw import Weighted
from tracker.paths import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, cut at spaces; `#` begins a comment."""
    text = (resources() / "demonstration" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


@cache
def column(name: str) -> tuple[str, ...]:
    """The first column of a table."""
    return tuple(row[0] for row in rows(name))


@cache
def weighted(name: str) -> Weighted[str]:
    """The first column of a table by its last, the weight."""
    return Weighted((row[0], float(row[-1])) for row in rows(name))
