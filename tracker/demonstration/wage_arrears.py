"""A year of wage arrears: builders before the Spring Festival and at the year's end, others all year round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.demonstration import words
from tracker.demonstration.days import Season, Workdays, drawn
from tracker.demonstration.draw import Draw, Weighted
from tracker.demonstration.money import fen
from tracker.demonstration.office import Record
from tracker.demonstration.people import Firms, mark

SOURCES = Weighted({"complaint": 46, "clue_platform": 24, "report": 10, "referral": 12, "inspection": 8})
SECTORS = Weighted({"construction": 56, "services": 24, "manufacturing": 12, "trade": 6, "other": 2})
OUTCOMES = Weighted(
    {"paid": 50, "mediated": 21, "rectified": 13, "decision": 4, "penalty": 4}
    | {"arbitration": 4, "withdrawn": 3, "police": 2, "court": 1}
)
PAID = {"paid": (1.0, 1.0), "rectified": (1.0, 1.0), "mediated": (0.7, 1.0), "decision": (0.5, 1.0)} | {
    "penalty": (0.6, 1.0)
}
"""Shares of what is owed that are recovered; nothing with the other outcomes."""
MIGRANT = {"construction": 0.94, "manufacturing": 0.5}


@dataclass(frozen=True, kw_only=True)
class ArrearsYear:
    """One year's cases; what would end after `known` is still open."""

    first: date
    last: date
    known: date
    cases: int
    season: Season


def wage_arrears(plan: ArrearsYear, firms: Firms, days: Workdays, draw: Draw) -> list[Record]:
    """The records in order of receipt."""
    received = drawn(draw, plan.season.weights(days.within(plan.first, plan.last)), plan.cases)
    return [_record(plan, day, firms, days, draw) for day in received]


def _record(plan: ArrearsYear, day: date, firms: Firms, days: Workdays, draw: Draw) -> Record:
    sector, source = draw.of(SECTORS), draw.of(SOURCES)
    building = sector == "construction"
    record: Record = {"received_on": day.isoformat(), "source": source, "sector": sector}
    record["employer"] = firms.one(draw, sector).name
    if building and draw.chance(0.9):
        record["project"] = draw.pick(words.column("projects")).format(mark=mark(draw))
    record["migrant"] = int(draw.chance(MIGRANT.get(sector, 0.3)))
    workers = int(draw.low(2, 62) if building else draw.low(1, 18))
    record["workers"] = workers
    owed = fen(draw, workers * draw.low(3200, 19000))
    record["owed_amount"] = owed
    filed = days.after(day, draw.between(0, 5))
    if draw.chance(0.86) and filed <= plan.known:
        record["filed_on"] = filed.isoformat()
    else:
        filed = day
    return record | _end(plan, filed, owed, days, draw)


def _end(plan: ArrearsYear, filed: date, owed: int, days: Workdays, draw: Draw) -> Record:
    """Closing within 60 working days, within 90 where extended, rarely later."""
    outcome = draw.of(OUTCOMES)
    if outcome in ("arbitration", "withdrawn") and owed > 12_000_000:
        outcome = "mediated"
    extended = outcome in ("penalty", "decision", "police") and draw.chance(0.4)
    length = draw.between(62, 88) if extended else int(draw.low(3, 58))
    if not extended and draw.chance(0.03):
        length = draw.between(64, 78)
    if plan.season.quiet(filed):
        length += 8
    closed = days.since(days.after(filed, length))
    record: Record = {"extended": 1} if extended else {}
    if closed > plan.known - timedelta(days=1):
        return record
    record |= {"closed_on": closed.isoformat(), "outcome": outcome}
    if outcome in PAID:
        least, most = PAID[outcome]
        share = least + (most - least) * draw.share()
        record["recovered_amount"] = owed if share == 1 else int(owed * share) // 100 * 100
    if outcome in ("penalty", "police", "decision"):
        record["credit_points"] = {"penalty": 6, "police": 12, "decision": 3}[outcome]
    return record
