"""An extension of which nobody is named who approved it, a suspension without its reason: warnings, never refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.attached.events import EVENTS
from tracker.db.records import Record
from tracker.i18n import _
from tracker.operations.timeline import SUSPENSION, suspended
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger


@dataclass(frozen=True)
class Unapproved:
    """What is missing as a sentence, the remedy in a word or two, and the event to be completed (new without `uid`)."""

    text: str
    remedy: str
    event: Mapping[str, Value]
    field: str = "approved_by"
    """What of it is missing."""


def unapproved(
    ledger: Ledger, record: Mapping[str, Value], events: Sequence[Record], today: date
) -> Unapproved | None:
    """The first extension without approver: an event, or an open case's mere yes of which no event tells more; else
    the suspension that goes on without a reason."""
    kinds = {clock.approvals for clock in ledger.clocks if clock.approvals}
    told = [event for event in events if event["kind"] in kinds]
    for event in told:
        if not event.get("approved_by"):
            day = EVENTS.field("happened_on").format(event["happened_on"])
            text = _("The extension of {day} does not say who approved it.").format(day=day)
            return Unapproved(text, _("Enter who approved it …"), event)
    for clock in () if told else ledger.clocks:
        key = clock.extension[0] if clock.extension and clock.approvals else ""
        if key and record.get(key) and not any(record.get(day) for day in clock.stopped_by):
            text = _("“{field}” is set, but no event says who approved it and when.")
            new = {"kind": clock.approvals, "happened_on": today.isoformat()}
            return Unapproved(text.format(field=ledger.field(key).title()), _("Add the event …"), new)
    held = suspended(events, today)
    if held and held["kind"] == SUSPENSION and not held.get("reason"):
        day = EVENTS.field("happened_on").format(held["happened_on"])
        text = _("The suspension of {day} does not say its reason.").format(day=day)
        return Unapproved(text, _("Enter the reason …"), held, "reason")
    return None
