"""Petitions by channel: so many of each, so many of them completed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.demonstration.draw import Weighted
from tracker.demonstration.office import Record
from tracker.demonstration.people import person
from tracker.demonstration.register import Desk, dealt, kept

SUBJECTS = Weighted(
    {"wages": 46, "labour_relations": 20, "social_insurance_agency": 9, "work_injury": 7, "employment": 6}
    | {"pension": 5, "hr_management": 3, "complaint": 4}
)


@dataclass(frozen=True, kw_only=True)
class Channels:
    """A year's petitions; `ratings` are those of the national bureau's, all of which are completed."""

    numbers: Mapping[str, int]
    open: Mapping[str, int]
    """How many of a channel, the latest, are still open at the end."""
    ratings: Mapping[str, int]


def petitions(desk: Desk, plan: Channels) -> list[Record]:
    """The records in order of registration."""
    draw = desk.draw("petitions")
    channels = dealt(draw, plan.numbers)
    days = desk.spread("petitions", len(channels), None, desk.days.after(desk.last, -4))
    made = []
    for day, channel in zip(days, channels, strict=True):
        decided = desk.days.after(day, draw.between(0, 3))
        record = kept(
            received_on=day.isoformat(),
            channel=channel,
            petitioner=person(draw),
            persons=1,
            subject=draw.of(SUBJECTS),
            purpose="resolution" if draw.chance(0.9) else "exposure",
            decision="accepted",
            decided_on=decided.isoformat(),
            handler=draw.pick(desk.staff),
        )
        made.append({**record, **kept(closed_on=desk.later(decided, 1, 24, "petitions"))})
    return _ended(desk, plan, made)


def _ended(desk: Desk, plan: Channels, made: list[Record]) -> list[Record]:
    """The records with exactly so many open in each channel, and the ratings."""
    left = {channel: plan.open.get(channel, 0) for channel in plan.numbers}
    for record in reversed(made):
        channel = str(record["channel"])
        if left[channel]:
            left[channel] -= 1
            record.pop("closed_on", None)
        elif "closed_on" not in record:
            record["closed_on"] = desk.last.isoformat()
    national = [record for record in made if record["channel"] == "national"]
    for record, rating in zip(national, dealt(desk.draw("ratings"), plan.ratings), strict=True):
        record["satisfaction"] = rating
    return made
