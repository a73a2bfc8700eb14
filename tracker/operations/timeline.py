"""What happened in a case, day by day: its events, with the record's own days among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.attached.events import EVENTS
from tracker.db.records import Record
from tracker.i18n import _, ngettext
from tracker.schema.events import FORESEEN, Event, of_row
from tracker.schema.fields import Day, Value
from tracker.schema.ledger import Ledger

ACCEPTED = ("accepted_on", "acceptance")
"""A field whose day an event of a kind tells too, beside those that follow such events."""


@dataclass(frozen=True)
class Entry:
    """One line: an event (`uid`), or a day of the record itself."""

    day: str
    what: str
    detail: str = ""
    uid: str = ""
    derived: bool = False
    """Whether the day is computed, such as the day due."""


def entries(ledger: Ledger, record: Mapping[str, Value], events: Sequence[Record]) -> tuple[Entry, ...]:
    """The lines of a record in order of their days; what the record says of a day stands before its events.

    A day of the record is left out where an event of that day tells the same, such as its hearing or its acceptance.
    """
    days = {(str(event["kind"]), str(event["happened_on"])[:10]) for event in events}
    told_by_event = {
        (key, day) for key, kind in (ACCEPTED, *ledger.first_days) for of, day in days if of == kind
    }
    own = [
        Entry(
            field.format(record[field.key]),
            field.title(),
            _("computed") if field.derived else _("on the form"),
            derived=field.derived,
        )
        for field in ledger.typed
        if isinstance(field, Day)
        and record.get(field.key)
        and (field.key, str(record[field.key])[:10]) not in told_by_event
    ]
    held = spans(events)
    told = [_entry(event, held) for event in events]
    return tuple(sorted([*own, *told], key=lambda e: (e.day[:10], e.derived, bool(e.uid), e.day)))


def _entry(event: Record, held: Sequence[Event]) -> Entry:
    kind = EVENTS.field("kind").format(event["kind"])
    title = str(event.get("title") or "")
    what = kind if title in ("", kind) else _("{kind} ({title})").format(kind=kind, title=title)
    day = EVENTS.field("happened_on").format(event["happened_on"])
    details = _details(event)
    if event["kind"] in FORESEEN and within(str(event["happened_on"]), held):
        details.append(_("⚠ falls into the suspension"))
    return Entry(day, what, " · ".join(details), str(event["uid"]))


def _details(event: Record) -> list[str]:
    found = []
    told = of_row(event)
    if told.kind in GOING_ON:
        found.append(_until(told))
    if told.days is not None:
        found.append(ngettext("{n} day", "{n} days", told.days).format(n=told.days))
    if told.by:
        found.append(_("approved by {who}").format(who=told.by))
    found += [str(event[key]) for key in ("place", "reason", "remarks") if event.get(key)]
    return found


def _until(event: Event) -> str:
    if event.until is None:
        return _("still going on")
    days = (event.until - event.day).days + 1
    amount = ngettext("{n} day", "{n} days", days).format(n=days)
    return _("until {day}, {amount}").format(day=event.until, amount=amount)


SUSPENSION = "suspension"
GOING_ON = (SUSPENSION, "announcement")


def suspended(events: Sequence[Record], today: date) -> Record | None:
    """The event by which the case is suspended on the day, where it is."""
    for event in reversed(events):
        told = of_row(event)
        if told.kind in GOING_ON and told.day <= today and (told.until is None or told.until >= today):
            return event
    return None


def to_resume(events: Sequence[Record], today: date) -> Record | None:
    """The event that can be ended: that by which the case is suspended now, else one that has no end yet."""
    going = (e for e in reversed(events) if e["kind"] in GOING_ON and not e.get("until"))
    return suspended(events, today) or next(going, None)


def spans(events: Sequence[Mapping[str, Value]]) -> list[Event]:
    """The suspensions of a case."""
    return [of_row(event) for event in events if event["kind"] == SUSPENSION and event.get("happened_on")]


def within(day: str, held: Sequence[Event]) -> bool:
    """Whether an ISO day falls into one of the suspensions."""
    at = date.fromisoformat(day[:10])
    return any(e.day <= at and (e.until is None or at <= e.until) for e in held)


def coming_hearing(events: Sequence[Record], now: str) -> Record | None:
    """The next hearing, by its ISO moment."""
    coming = [e for e in events if e["kind"] in FORESEEN and str(e["happened_on"]) >= now[:10]]
    return min(coming, key=lambda e: str(e["happened_on"]), default=None)
