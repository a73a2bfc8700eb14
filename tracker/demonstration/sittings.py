"""Hearings brought to exact totals: digital ones, and those in the evening, at weekends and by default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.demonstration.days import Workdays
from tracker.demonstration.draw import Draw
from tracker.demonstration.office import Record


def day_of(record: Record, key: str) -> date:
    """A day of a record, which has it."""
    return date.fromisoformat(str(record[key]))


def digital(records: Sequence[Record], number: int, draw: Draw) -> None:
    """Exactly so many of the hearings are digital."""
    heard = [record for record in records if record.get("heard_on")]
    for record in heard:
        record["hearing_mode"] = "onsite"
    assert len(heard) >= number, f"only {len(heard)} were heard"
    for record in draw.some(heard, number):
        record["hearing_mode"] = "digital"


def off_hours(records: Sequence[Record], year: int, weekend: int, others: int, draw: Draw) -> None:
    """Of cases closed in the year so many weekend hearings in December, so many in the evening or by default."""
    closed = [r for r in records if str(r.get("closed_on", ""))[:4] == str(year)]
    for record in records:
        if record.get("heard_on"):
            record["hearing_session"] = "regular"
            record["heard_on"] = _weekday(day_of(record, "heard_on"), day_of(record, "accepted_on"))
    open_at = [r for r in closed if "heard_on" in r and _saturday(r, year)]
    moved = draw.some(open_at, weekend)
    for record in moved:
        record |= {"heard_on": _saturday(record, year), "hearing_session": "weekend"}
    rest = [r for r in closed if "heard_on" in r and r["hearing_session"] == "regular"]
    for n, record in enumerate(draw.some(rest, others)):
        record["hearing_session"] = (
            "default" if n % 5 == 0 and record["closing_method"] == "award" else "evening"
        )


def _weekday(day: date, earliest: date) -> str:
    """A hearing at a weekend moved to the Friday before, or to the day of acceptance."""
    moved = day - timedelta(days=max(0, day.weekday() - 4))
    return max(moved, earliest).isoformat()


def _saturday(record: Record, year: int) -> str:
    """The last Saturday of December on which the case was open, empty where there was none."""
    accepted, closed = day_of(record, "accepted_on"), day_of(record, "closed_on")
    saturday = closed - timedelta(days=(closed.weekday() - 5) % 7)
    return saturday.isoformat() if saturday > accepted and saturday >= date(year, 12, 1) else ""


def shortened(records: Sequence[Record], share: float, days: Workdays) -> None:
    """Cases that took only a share of their time: hearing, closing and what follows come so much earlier."""
    for record in records:
        if not record.get("closed_on"):
            continue
        accepted, closed = day_of(record, "accepted_on"), day_of(record, "closed_on")
        ended = max(days.by(accepted + timedelta(days=int((closed - accepted).days * share))), accepted)
        record["closed_on"] = ended.isoformat()
        if record.get("heard_on"):
            length = (day_of(record, "heard_on") - accepted).days
            heard = max(days.by(accepted + timedelta(days=int(length * share))), accepted)
            record |= {"heard_on": min(heard, ended).isoformat(), "hearing_session": "regular"}
