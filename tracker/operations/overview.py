"""The figures of a period as a person looks at them: by ledger, and one figure by its months and parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.db import records, statistics
from tracker.db.database import Database
from tracker.db.records import Query
from tracker.operations import editing, figures
from tracker.operations.figures import Behind
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.filters import All, Condition, InPeriod
from tracker.schema.indicator import (
    Breakdown,
    Count,
    Figure,
    Indicator,
    Ratio,
    Sum,
    part_keys,
    part_label,
    shares,
)
from tracker.schema.ledger import Ledger

NUMERATOR, DENOMINATOR = "numerator", "denominator"
MOST_MONTHS = 36  # a longer period is divided into years


@dataclass(frozen=True)
class Section:
    """The figures of one ledger in report order; a breakdown stands there with its total."""

    ledger: Ledger
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Slice:
    """One month or one part of a figure, with last year's beside it where there is one."""

    key: str
    figure: Figure
    label: str = ""
    """What a part is called; a month is told by the period of its figure."""


@dataclass(frozen=True)
class View:
    """One way to divide a figure: into months, or by a breakdown of the same number (`indicator`)."""

    indicator: Indicator
    total: Figure
    slices: tuple[Slice, ...]
    months: bool
    whole_shares: bool = False

    @cached_property
    def shares(self) -> dict[str, str]:
        """Each slice's share of the total in per cent, adjusted to 100 where the office asks for it."""
        return shares({s.key: s.figure.numerator or 0 for s in self.slices}, self.whole_shares)

    @property
    def adds_up(self) -> bool:
        """Whether the slices add up to the total; rates, different names and stocks of cases do not."""
        return not self.months or adds_up(self.indicator)


def total_of(indicator: Indicator) -> Indicator:
    """The indicator itself; of a breakdown the number that it divides."""
    measure = indicator.measure
    return replace(indicator, measure=measure.of) if isinstance(measure, Breakdown) else indicator


def adds_up(indicator: Indicator) -> bool:
    """Whether its months add up to the whole: a count or sum over records dated in the period."""
    measure = total_of(indicator).measure
    return isinstance(measure, Count | Sum) and _dated(measure.where)


def _dated(where: Condition) -> bool:
    parts = where.parts if isinstance(where, All) else (where,)
    return any(isinstance(part, InPeriod) for part in parts)


def in_use(db: Database) -> tuple[Ledger, ...]:
    """The ledgers that hold a record."""
    return tuple(ledger for ledger in db.catalogue.ledgers if len(records.ids(db, Query(ledger), limit=1)))


def latest_day(db: Database) -> str | None:
    """The latest day by which a record is filed, in any ledger; None in an empty file."""
    days: list[str] = []
    for ledger in (ledger for ledger in db.catalogue.ledgers if ledger.day):
        for row in records.rows(db, ledger, (ledger.day,), records.ids(db, Query(ledger), limit=1)):
            days += [str(row[0])[:10]] if row else []
    return max(days, default=None)


def sections(db: Database, period: Period) -> tuple[Section, ...]:
    """Every figure of the ledgers in use, with last year's; one pass for each ledger."""
    return tuple(_section(db, ledger, period) for ledger in in_use(db))


def _section(db: Database, ledger: Ledger, period: Period) -> Section:
    mine = [total_of(indicator) for indicator in db.catalogue.of(ledger.name)]
    return Section(ledger, tuple(statistics.figures(db, mine, period)))


def views(
    db: Database, indicator: Indicator, period: Period, check: Callable[[], object] = lambda: None
) -> tuple[View, ...]:
    """The figure by every breakdown of its number, and by month; its own breakdown comes first.

    `check` is called between the scans and may raise, where nobody waits for the answer any more.
    """
    whole = total_of(indicator)
    divided = sorted(db.catalogue.breakdowns(indicator), key=lambda other: other.key != indicator.key)
    parts = [_by_part(db, other, period) for other in divided]
    months = _by_month(db, whole, period, check)
    own = db.catalogue.by_key.get(indicator.key, indicator)
    return (*parts, months) if isinstance(own.measure, Breakdown) else (months, *parts)


def _by_month(db: Database, whole: Indicator, period: Period, check: Callable[[], object]) -> View:
    total = statistics.figures(db, [whole], period)[0]
    slices = []
    for month in months_of(whole, period):
        check()
        figure = statistics.figures(db, [whole], month)[0]
        slices.append(Slice(month.begin.isoformat(), figure))
    return View(whole, total, tuple(slices), months=True, whole_shares=db.catalogue.whole_shares)


def months_of(whole: Indicator, period: Period) -> Iterator[Period]:
    """The period's known months (years in a long one), cut to it; stocks of cases are told as of each month's end."""
    stock = not any(_dated(atom.where) for atom in whole.atoms())
    for span in _spans(period):
        begin, end = max(span.begin, period.begin), min(span.end, period.end)
        if begin <= period.as_of:
            yield Period(begin, end, min(end, period.as_of) if stock else period.as_of)


def _spans(period: Period) -> list[Period]:
    names = period.months()
    if len(names) > MOST_MONTHS:
        return [Period.year(year) for year in range(period.begin.year, period.end.year + 1)]
    return [Period.month(int(name[:4]), int(name[5:])) for name in names]


def _by_part(db: Database, breakdown: Indicator, period: Period) -> View:
    ledger, whole = db.catalogue.by_name[breakdown.ledger], total_of(breakdown)
    now = statistics.figures(db, [breakdown], period, compared=False)[0]
    before = statistics.figures(db, [breakdown], period.previous(), compared=False)[0]
    total = replace(now, indicator=whole, parts=None, previous=replace(before, indicator=whole, parts=None))
    assert isinstance(breakdown.measure, Breakdown)
    slices = [
        Slice(key, _part_figure(total, now, before, key), part_label(breakdown.measure, key, ledger))
        for key in _keys(breakdown.measure, ledger, now, before)
    ]
    return View(breakdown, total, tuple(slices), months=False, whole_shares=db.catalogue.whole_shares)


def _part_figure(total: Figure, now: Figure, before: Figure, key: str) -> Figure:
    last = replace(before, indicator=total.indicator, numerator=(before.parts or {}).get(key, 0), parts=None)
    return replace(total, numerator=(now.parts or {}).get(key, 0), previous=last)


def _keys(measure: Breakdown, ledger: Ledger, now: Figure, before: Figure) -> list[str]:
    """The parts of either year, in the order of the code table, those without a value last."""
    found = {**(now.parts or {}), **(before.parts or {})}
    known = {key: place for place, key in enumerate(part_keys(measure, ledger, now.period))}
    return sorted(found, key=lambda key: (known.get(key, len(known)), key))


def figure_behind(figure: Figure, part: str = "", ledger: str = "") -> Behind:
    """The records behind a figure in its own period: all of them, or those of its numerator or denominator.

    Of one ledger where they are of several; raises UserError where none of its records are behind it.
    """
    if part == NUMERATOR and isinstance(figure.indicator.measure, Ratio):
        return figures.numerator_behind(figure.ledgers, figure.indicator, figure.period, ledger)
    if part == DENOMINATOR and isinstance(figure.indicator.measure, Ratio):
        return figures.denominator_behind(figure.ledgers, figure.indicator, figure.period, ledger)
    return figures.behind(figure.ledgers, figure.indicator, figure.period, ledger=ledger)


def slice_behind(view: View, slice_: Slice, *, last_year: bool = False) -> Behind:
    """The records behind one month or part, this year's or last year's."""
    figure = slice_.figure
    period = figure.period.previous() if last_year else figure.period
    return figures.behind(figure.ledgers, view.indicator, period, None if view.months else slice_.key)


def number_gaps(
    office: Office, ledgers: Iterable[Ledger], period: Period
) -> dict[str, dict[int, tuple[int, ...]]]:
    """Counters that no number has, by ledger and year, for the years of the period; only where there are any."""
    found: dict[str, dict[int, tuple[int, ...]]] = {}
    for ledger in ledgers:
        for year in range(period.begin.year, period.end.year + 1):
            if missing := editing.number_gaps(office, ledger, year):
                found.setdefault(ledger.name, {})[year] = missing
    return found
