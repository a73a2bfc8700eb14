"""What is wrong or unlikely about an event of a case beside its own fields: limits of law, and its other events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracker.i18n import _, ngettext
from tracker.operations.timeline import SUSPENSION, spans, within
from tracker.schema.events import FORESEEN
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem

Event = Mapping[str, Value]


def problems(ledger: Ledger, event: Event, others: Sequence[Event]) -> tuple[Problem, ...]:
    """What is to be said of an event of a ledger's record that has `others` beside it."""
    return (*_too_long(ledger, event), *_suspended(event, others))


def _too_long(ledger: Ledger, event: Event) -> Iterator[Problem]:
    """An extension of more days than the law allows; where several limits can be extended, the longest counts."""
    days = event.get("days")
    clocks = [c for c in ledger.clocks if c.extension and c.approvals and c.approvals == event.get("kind")]
    if (
        not isinstance(days, int)
        or not clocks
        or any(c.months or not c.extension[1] for c in clocks if c.extension)
    ):
        return
    longest = max(clocks, key=lambda clock: clock.extension[1] if clock.extension else 0)
    most = longest.extension[1] if longest.extension else 0
    if days > most:
        unit = (
            ngettext("{n} working day", "{n} working days", most)
            if longest.working
            else ngettext("{n} day", "{n} days", most)
        )
        told = _("The law allows {amount} at most ({basis}).")
        yield Problem("days", told.format(amount=unit.format(n=most), basis=longest.basis), days)


def _suspended(event: Event, others: Sequence[Event]) -> Iterator[Problem]:
    """A hearing while the case is suspended, from either side."""
    day = event.get("happened_on")
    if not isinstance(day, str):
        return
    if event.get("kind") in FORESEEN and within(day, spans(others)):
        text = _("The case is suspended on this day; end the suspension before, or move the hearing.")
        yield Problem("happened_on", text, day, warning=True)
    if event.get("kind") == SUSPENSION:
        met = [
            str(o["happened_on"])[:10]
            for o in others
            if o["kind"] in FORESEEN and within(str(o["happened_on"]), spans([event]))
        ]
        if met:
            text = _("A hearing is fixed for {day}, within the suspension; move it.")
            yield Problem("happened_on", text.format(day=met[0]), day, warning=True)
