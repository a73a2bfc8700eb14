"""Figures quoted by expressions, as templates and the data on the reports' figures name them, computed together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tracker.db import statistics
from tracker.db.database import Database
from tracker.operations import figures
from tracker.operations.figures import Behind
from tracker.period import Period
from tracker.schema.expressions import NoValue, Quote, Reader, text
from tracker.schema.indicator import Figure, Indicator
from tracker.schema.values import Invalid

DASH = "—"
"""What is printed of a figure that has no value."""


@dataclass(frozen=True)
class Quoted:
    """What an expression says: its text, or in `problem` why there is none; `quote` and `figure` where it is one.

    A figure that has no value is printed as a dash, and in `problem` is why.
    """

    text: str = ""
    problem: str = ""
    quote: Quote | None = None
    figure: Figure | None = field(default=None, repr=False)
    """The figure in the period quoted."""


def reader(db: Database, period: Period, office: str = "") -> Reader:
    """Reads expressions about a file's figures in a period."""
    return Reader(db.catalogue, period, fixed_words(period, office))


def fixed_words(period: Period, office: str) -> dict[str, str]:
    """Texts that a template may name beside figures: the office, and the period in Chinese official writing."""
    return {
        "office.name": office,
        "period.year": str(period.begin.year),
        "period.last_year": str(period.begin.year - 1),
        "period.next_year": str(period.end.year + 1),
        "period.begin": in_words(period.begin),
        "period.end": in_words(period.end),
        "period.as_of": in_words(period.as_of),
    }


def in_words(day: date) -> str:
    """A day as Chinese documents print it."""
    return f"{day.year}年{day.month}月{day.day}日"


def quoted(db: Database, wanted: Reader, expressions: Iterable[str]) -> dict[str, Quoted]:
    """What each expression says; one pass over the records for each period quoted, of one moment."""
    found: dict[str, Quoted] = {}
    for expression in dict.fromkeys(expressions):
        try:
            read = wanted.read(expression)
        except Invalid as wrong:
            found[expression] = Quoted(problem=str(wrong))
        else:
            found[expression] = Quoted(text=read) if isinstance(read, str) else Quoted(quote=read)
    known = computed(db, [one.quote for one in found.values() if one.quote])
    return {e: _told(one.quote, known) if one.quote else one for e, one in found.items()}


Known = dict[Period, dict[str, Figure]]


def computed(db: Database, quotes: Iterable[Quote]) -> Known:
    """The figures that quotes need, by period and key."""
    wanted: dict[Period, dict[str, Indicator]] = {}
    for quote in quotes:
        for period in quote.needs():
            wanted.setdefault(period, {})[quote.indicator.key] = quote.indicator
    with db.snapshot():  # else two figures might tell of two moments
        return {
            period: {
                f.indicator.key: f for f in statistics.figures(db, some.values(), period, compared=False)
            }
            for period, some in wanted.items()
        }


def _told(quote: Quote, known: Known) -> Quoted:
    mine = {period: known[period][quote.indicator.key] for period in quote.needs()}
    figure = mine[quote.shown_period]
    try:
        return Quoted(text(quote, mine), quote=quote, figure=figure)
    except NoValue as wrong:
        return Quoted(DASH, str(wrong), quote=quote, figure=figure)


def behind(figure: Figure, quote: Quote) -> Behind:
    """The records behind what is quoted."""
    if quote.side == "numerator":
        return figures.numerator_behind(figure.ledgers, quote.indicator, quote.shown_period)
    if quote.side == "denominator":
        return figures.denominator_behind(figure.ledgers, quote.indicator, quote.shown_period)
    return figures.behind(figure.ledgers, quote.indicator, quote.shown_period, quote.part or None)
