"""The figures that published annual reports print, kept as data beside the demonstrations that they come out of.

`resources/reports/NAME.toml` holds one report: `name` (the demonstration's too), `title`, `source`, `year` and, where
it has a cut-off, `as_of`; then a `[[figure]]` for each figure in the report's order, with the `passage` around it,
what is `printed`, its `unit`, the `figure` (an expression, see `tracker.schema.expressions`) or a `kind` ("text", "out
of scope") where no ledger computes it, what the demonstration `says` where that differs, and a `note` why.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from tracker.db.database import Database
from tracker.operations.quoting import Quoted, quoted, reader
from tracker.paths import resources
from tracker.period import Period

Verdict = Literal["equal", "about", "in words", "no"]
KINDS = ("text", "out of scope")
KEYS = frozenset({"passage", "printed", "unit", "figure", "says", "note", "kind"})


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One figure as a report prints it; either `figure` or `kind` is given."""

    passage: str
    """Words of the report around it, verbatim."""
    printed: str
    unit: str = ""
    figure: str = ""
    says: str = ""
    """What comes out of the demonstration, where it differs from `printed`."""
    note: str = ""
    kind: str = ""

    @property
    def expected(self) -> str:
        """What must come out of the demonstration."""
        return self.says or self.printed

    @property
    def verdict(self) -> Verdict:
        """How what comes out stands to what is printed, 余, 多, 近 and 以上 taken at their word."""
        if self.expected == self.printed:
            return "equal"
        found = _range(self.printed)
        if found is None:
            return "in words"
        scale = 10_000 if "wan" in self.figure and "万" in self.printed else 1
        value = Decimal(self.expected) * scale
        if found[0] == found[1] == value:
            return "equal"
        return "about" if found[0] <= value <= found[1] else "no"


@dataclass(frozen=True)
class Report:
    """One report with its figures in their order."""

    name: str
    title: str
    source: str
    period: Period
    figures: tuple[Printed, ...]

    def expressions(self) -> tuple[str, ...]:
        """The expressions that it quotes, each once."""
        return tuple(dict.fromkeys(one.figure for one in self.figures if one.figure))


def reports() -> tuple[Report, ...]:
    """Every report that the program knows, by name; raises ValueError where its data are wrong."""
    return tuple(report(path) for path in sorted((resources() / "reports").glob("*.toml")))


def report(path: Path) -> Report:
    """One report from its file; raises ValueError naming file and figure where its data are wrong."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    as_of = held.get("as_of")
    period = Period.year(held["year"], date.fromisoformat(as_of) if as_of else None)
    figures = []
    for number, entry in enumerate(held["figure"], 1):
        if set(entry) - KEYS or bool(entry.get("figure")) == bool(entry.get("kind")):
            raise ValueError(f"{path.name}, figure {number}: name a figure or a kind, and nothing unknown")
        if entry.get("kind") not in (None, *KINDS):
            raise ValueError(f"{path.name}, figure {number}: {entry['kind']!r} is no kind")
        figures.append(Printed(**entry))
    return Report(held["name"], held["title"], held["source"], period, tuple(figures))


def told(db: Database, wanted: Report) -> Mapping[str, Quoted]:
    """What each expression of a report says in a file."""
    return quoted(db, reader(db, wanted.period), wanted.expressions())


# What a report prints, as a range

_DIGITS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_FORM = re.compile(
    r"(近|上|约)?([\d.,]*[零一两二三四五六七八九十百千万]*)(余|多)?(万)?(?:%|个月|人次|名|次|件|起|项)?(以上)?"
)


def _range(printed: str) -> tuple[Decimal, Decimal] | None:
    """Where a printed number lies: `400多` from 400 to 499, `近15万` from 135,000 on; None for what is no number."""
    found = _FORM.fullmatch(printed)
    if printed == "没有" or found is None or not found[2]:
        return (Decimal(0), Decimal(0)) if printed == "没有" else None
    number = _number(found[2]) * (10_000 if found[4] else 1)
    if found[1] == "近":
        return number * Decimal("0.9"), number
    if found[5]:
        return number, Decimal("Infinity")
    return number, number + _step(number) - 1 if found[1] or found[3] else number


def _step(number: Decimal) -> Decimal:
    """The unit of its last digit that is no zero: 100 for 400, 1000 for 52000."""
    step = Decimal(1)
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def _number(text: str) -> Decimal:
    """A number in digits or Chinese numerals, with 万 behind either."""
    digits = re.match(r"[\d.,]*", text)
    plain = (digits[0] if digits else "").replace(",", "").strip(".")
    total, current = Decimal(0), Decimal(plain) if plain else Decimal(0)
    for mark in text[len(digits[0]) if digits else 0 :]:
        if mark in _DIGITS:
            current = Decimal(_DIGITS[mark])
        else:
            total, current = total + (current or 1) * _UNITS[mark], Decimal(0)
    return total + current
