"""Figures of a period and the records behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.db import statistics
from tracker.db.database import Database
from tracker.errors import UserError
from tracker.i18n import _
from tracker.indicators import BY_KEY, INDICATORS
from tracker.ledgers import BY_NAME
from tracker.period import Period
from tracker.schema.filters import Condition
from tracker.schema.indicator import Breakdown, Figure, Indicator, part_condition, part_label
from tracker.schema.ledger import Ledger


@dataclass(frozen=True)
class Behind:
    """The records behind a figure: their ledger, the condition they meet, and a caption in words."""

    ledger: Ledger
    where: Condition
    caption: str


def indicator_named(key: str) -> Indicator:
    """The indicator of that key; raises UserError."""
    if key not in BY_KEY:
        raise UserError(_("There is no figure “{key}”; `case-tracker stats` lists them all.").format(key=key))
    return BY_KEY[key]


def figures(
    db: Database, period: Period, wanted: Iterable[Indicator] = INDICATORS, compared: bool = True
) -> list[Figure]:
    """The indicators' figures in their order, one pass for each ledger, with last year's beside them where compared."""
    listed = list(wanted)
    found: dict[str, Figure] = {}
    with db.snapshot():  # else two figures might tell of two moments
        for name in dict.fromkeys(i.ledger for i in listed):
            mine = [i for i in listed if i.ledger == name]
            found |= {
                f.indicator.key: f for f in statistics.figures(db, BY_NAME[name], mine, period, compared)
            }
    return [found[indicator.key] for indicator in listed]


def behind(indicator: Indicator, period: Period, part: str | None = None) -> Behind:
    """The records behind a figure, or behind one part of a breakdown."""
    ledger, measure = BY_NAME[indicator.ledger], indicator.measure
    caption = f"{_(indicator.label)} · {period.label()}"
    if part is None or not isinstance(measure, Breakdown):
        return Behind(ledger, statistics.rows_behind(indicator, period), caption)
    caption = f"{caption} · {part_label(measure, part, ledger)}"
    return Behind(ledger, part_condition(measure, part, ledger, period), caption)


def numerator_behind(indicator: Indicator, period: Period) -> Behind:
    """The records behind a ratio's numerator alone."""
    whole = behind(indicator, period)
    where = indicator.atoms()[0].where.at(period)
    part = _("numerator")
    return Behind(whole.ledger, where, f"{whole.caption} · {part}")


def denominator_behind(indicator: Indicator, period: Period) -> Behind:
    """The records behind a ratio's denominator alone."""
    whole = behind(indicator, period)
    where = indicator.atoms()[-1].where.at(period)
    part = _("denominator")
    return Behind(whole.ledger, where, f"{whole.caption} · {part}")
