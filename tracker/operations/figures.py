"""Figures of a period and the records behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.db import statistics
from tracker.db.database import Database
from tracker.errors import UserError
from tracker.i18n import _
from tracker.period import Period
from tracker.schema.catalogue import Catalogue
from tracker.schema.filters import Condition
from tracker.schema.indicator import Breakdown, Figure, Indicator, Quantity, part_condition, part_label
from tracker.schema.indicator import behind as condition_behind
from tracker.schema.ledger import Ledger

Ledgers = Mapping[str, Ledger]


@dataclass(frozen=True)
class Behind:
    """The records behind a figure: their ledger, the condition they meet, and a caption in words."""

    ledger: Ledger
    where: Condition
    caption: str
    figure: bool = True
    """Whether they are behind a figure, and not records that name another one."""


def indicator_named(catalogue: Catalogue, key: str) -> Indicator:
    """The indicator of that key; raises UserError."""
    if key not in catalogue.by_key:
        raise UserError(_("There is no figure “{key}”; `case-tracker stats` lists them all.").format(key=key))
    return catalogue.by_key[key]


def figures(
    db: Database, period: Period, wanted: Iterable[Indicator] | None = None, compared: bool = True
) -> list[Figure]:
    """The indicators' figures (by default all) in their order, with last year's beside them where compared."""
    with db.snapshot():  # else two figures might tell of two moments
        return statistics.figures(db, db.catalogue.indicators if wanted is None else wanted, period, compared)


def behind(
    ledgers: Ledgers, indicator: Indicator, period: Period, part: str | None = None, ledger: str = ""
) -> Behind:
    """The records behind a figure, or behind one part of a breakdown; of one ledger where it is about several.

    Raises UserError where the figure is not about the ledger.
    """
    measure = indicator.measure
    if part is None or not isinstance(measure, Breakdown):
        return _behind(ledgers, indicator, period, indicator.quantities(), ledger)
    whole = ledgers[indicator.ledger]
    caption = f"{_(indicator.label)} · {period.label()} · {part_label(measure, part, whole)}"
    return Behind(whole, part_condition(measure, part, whole, period), caption)


def numerator_behind(ledgers: Ledgers, indicator: Indicator, period: Period, ledger: str = "") -> Behind:
    """The records behind a ratio's numerator alone; of one ledger where it is about several."""
    return _behind(ledgers, indicator, period, indicator.quantities()[:1], ledger, _("numerator"))


def denominator_behind(ledgers: Ledgers, indicator: Indicator, period: Period, ledger: str = "") -> Behind:
    """The records behind a ratio's denominator alone; of one ledger where it is about several."""
    return _behind(ledgers, indicator, period, indicator.quantities()[-1:], ledger, _("denominator"))


def _behind(
    ledgers: Ledgers,
    indicator: Indicator,
    period: Period,
    quantities: tuple[Quantity, ...],
    ledger: str,
    part: str = "",
) -> Behind:
    names = [name for name in indicator.ledgers() if _is_about(indicator, quantities, name)]
    if ledger and ledger not in names:
        raise UserError(_("The figure {key} is about another ledger.").format(key=indicator.key))
    name = ledger or names[0]
    where = condition_behind(indicator, quantities, name).at(period)
    caption = f"{_(indicator.label)} · {period.label()}" + (f" · {part}" if part else "")
    return Behind(ledgers[name], where, caption)


def _is_about(indicator: Indicator, quantities: tuple[Quantity, ...], ledger: str) -> bool:
    try:
        condition_behind(indicator, quantities, ledger)
    except KeyError:
        return False
    return True
