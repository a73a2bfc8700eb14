"""A year of petitions: so many persons for each subject, in letters and visits of one or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.demonstration.days import Season, Workdays, drawn
from tracker.demonstration.draw import Draw, Weighted
from tracker.demonstration.office import Record
from tracker.demonstration.people import people

CHANNELS = Weighted({"visit": 46, "letter": 32, "online": 8, "referral": 6, "mailbox": 5, "hotline": 3})
PURPOSES = Weighted({"resolution": 90, "exposure": 6, "suggestion": 4})
DECISIONS = Weighted({"accepted": 90, "transferred": 6, "not_accepted": 4})
RATINGS = Weighted({"satisfied": 50, "basically": 25, "dissatisfied": 6, "unrated": 19})
SIZES = Weighted({1: 80, 2: 13, 3: 5, 4: 2})


@dataclass(frozen=True, kw_only=True)
class PetitionYear:
    """One year's petitions; `groups` are collective visits among the persons of a subject."""

    first: date
    last: date
    close_by: date
    persons: Mapping[str, int]
    groups: Mapping[str, tuple[int, ...]]
    season: Season


def petitions(plan: PetitionYear, handlers: tuple[str, ...], days: Workdays, draw: Draw) -> list[Record]:
    """The records in order of registration; all are completed by `close_by`."""
    sizes = draw.shuffled(_sizes(plan, draw))
    received = drawn(draw, plan.season.weights(days.within(plan.first, plan.last)), len(sizes))
    return [
        _record(plan, day, *size, handlers, days, draw) for day, size in zip(received, sizes, strict=True)
    ]


def _sizes(plan: PetitionYear, draw: Draw) -> list[tuple[str, int]]:
    """Subject and persons of each petition; they add up to the year's persons."""
    found = []
    for subject, persons in plan.persons.items():
        groups = plan.groups.get(subject, ())
        left = persons - sum(groups)
        found += [(subject, size) for size in groups]
        while left:
            size = min(draw.of(SIZES), left)
            found.append((subject, size))
            left -= size
    return found


def _record(
    plan: PetitionYear,
    day: date,
    subject: str,
    persons: int,
    handlers: tuple[str, ...],
    days: Workdays,
    draw: Draw,
) -> Record:
    channel = "visit" if persons >= 5 else draw.of(CHANNELS)
    decision = "accepted" if persons >= 5 else draw.of(DECISIONS)
    room = (plan.close_by - day).days
    notice = int(draw.low(1, 17)) if draw.chance(0.94) else draw.between(16, 19)
    decided = days.nearest(day, day + timedelta(days=min(notice, room)))
    record: Record = {
        "received_on": day.isoformat(),
        "channel": channel,
        "subject": subject,
        "persons": persons,
    }
    record["petitioner"] = "、".join(people(draw, min(persons, 5)))
    record["purpose"] = "resolution" if subject in ("wages", "work_injury") else draw.of(PURPOSES)
    record["repeated"] = int(draw.chance(0.06))
    record |= {"decision": decision, "decided_on": decided.isoformat(), "handler": draw.pick(handlers)}
    if decision == "accepted":
        record |= _handled(plan, decided, days, draw)
    else:
        record["closed_on"] = decided.isoformat()
        record["remarks"] = (
            "转送有权处理的机关" if decision == "transferred" else "告知通过仲裁、诉讼等法定途径提出"
        )
    if persons > 5:
        record["remarks"] = f"集体访，推选代表5人，共{persons}人"
    return record


def _handled(plan: PetitionYear, decided: date, days: Workdays, draw: Draw) -> Record:
    room = (plan.close_by - decided).days
    extended = room > 95 and draw.chance(0.05)
    length = draw.between(62, 85) if extended else int(draw.low(3, 56))
    closed = days.nearest(decided, decided + timedelta(days=min(length, room)))
    record: Record = {"closed_on": closed.isoformat(), "satisfaction": draw.of(RATINGS)}
    return record | ({"extended": 1} if extended else {})
