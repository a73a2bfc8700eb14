"""Events of a case as clocks see them: what happened on which day, and what was known of it on another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

LEDGER = "events"
"""The name of the ledger that keeps them (`tracker/attached/events.py`)."""
FORESEEN = frozenset({"hearing"})
"""Kinds that are known from the day on which they were entered, since they are fixed before they happen."""


@dataclass(frozen=True)
class Event:
    """One event; `until` is the last day of a suspension or an announcement, None as long as it goes on."""

    kind: str
    day: date
    until: date | None = None
    days: int | None = None
    """What an extension adds, where that is less than the law allows."""
    by: str = ""
    """Who approved it."""
    title: str = ""
    entered: date | None = None


def of_row(row: Mapping[str, object]) -> Event:
    """The event of a stored row."""
    days = row.get("days")
    return Event(
        str(row["kind"]),
        date.fromisoformat(str(row["happened_on"])[:10]),
        _day(row.get("until")),
        days if isinstance(days, int) else None,
        str(row.get("approved_by") or ""),
        str(row.get("title") or ""),
        _day(row.get("created_at")),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def known_on(events: Iterable[Event], on: date | None) -> list[Event]:
    """What was known of the events on a day, in their order: later ones are left out, and so are later ends."""
    told = events if on is None else (_told(event, on) for event in events if _is_known(event, on))
    return sorted(told, key=lambda event: event.day)


def _is_known(event: Event, on: date) -> bool:
    if event.kind in FORESEEN:
        return event.entered is None or event.entered <= on
    return event.day <= on


def _told(event: Event, on: date) -> Event:
    return replace(event, until=None) if event.until and event.until > on else event
