"""Study, training and publicity, advice given, and what is only tallied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.demonstration.office import Record
from tracker.demonstration.register import Desk, in_turn, kept, shares


@dataclass(frozen=True, kw_only=True)
class Held:
    """Activities of a kind: so many records, and what they come to in all."""

    kind: str
    number: int
    titles: Sequence[str]
    people: int = 0
    enterprises: int = 0
    sites: int = 0
    viewers: int = 0
    materials: int = 0
    topics: int = 0
    law: str | None = None
    mode: str = "offline"
    audience: str | None = None
    place: str | None = None
    first: date | None = None
    last: date | None = None


AMOUNTS = ("people", "enterprises", "sites", "viewers", "materials", "topics")


def activities(desk: Desk, held: Sequence[Held]) -> list[Record]:
    """The records of all of them; each sum comes out exactly."""
    made: list[Record] = []
    for plan in held:
        part = f"activities {plan.kind} {plan.law}"
        days = desk.spread(part, plan.number, plan.first, plan.last)
        titles = in_turn(plan.titles, plan.number)
        records = [
            kept(
                held_on=day.isoformat(),
                kind=plan.kind,
                title=title,
                organiser="own",
                mode=plan.mode,
                law=plan.law,
                audience=plan.audience,
                place=plan.place,
            )
            for day, title in zip(days, titles, strict=True)
        ]
        for key in AMOUNTS:
            total = getattr(plan, key)
            if total:
                parts = shares(desk.draw(f"{part} {key}"), total, plan.number)
                for record, number in zip(records, parts, strict=True):
                    record[key] = number
        made += records
    return made


def exam(held_on: date, title: str, sat: int, passed: int, kind: str = "qualification_exam") -> Record:
    """One examination."""
    return kept(
        held_on=held_on.isoformat(), kind=kind, title=title, organiser="district", sat=sat, passed=passed
    )


def consultations(desk: Desk, kind: str, total: int, places: Sequence[str]) -> list[Record]:
    """Advice of a kind: one row for each place and month, at the month's last working day."""
    year, months = desk.first.year, desk.last.month
    ends = [min(desk.days.by(date(year, month, 28)), desk.last) for month in range(1, months + 1)]
    slots = [(day, place) for day in ends for place in places]
    parts = shares(desk.draw(f"consultations {kind}"), total, len(slots), 1)
    return [
        kept(held_on=day.isoformat(), channel="station", kind=kind, people=people, place=place)
        for (day, place), people in zip(slots, parts, strict=True)
    ]


def tally(counted_on: date, subject: str, quantity: int, unit: str, title: str, source: str) -> Record:
    """One figure that nothing else holds."""
    return kept(
        counted_on=counted_on.isoformat(),
        subject=subject,
        title=title,
        quantity=quantity,
        unit=unit,
        source=source,
    )
