"""What of a ledger belongs on a clerk's day beside its clocks: hearings, steps that records wait for, and whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.i18n import _
from tracker.schema.filters import Condition


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A step that records wait for as long as the condition holds."""

    key: str
    label: str
    """What is to be done next, as an English message id."""
    when: Condition
    """Absolute: it has SQL, by which the records that wait have an index of their own."""
    since: str
    """The day field from which a record waits."""
    by: str = ""
    """The day field by which it is to be done, where one is typed; the statutory ones are clocks."""

    def title(self) -> str:
        """What is to be done, in the language in use."""
        return _(self.label)

    def fields(self) -> frozenset[str]:
        """Keys of the fields it looks at."""
        return self.when.fields() | {self.since} | ({self.by} if self.by else set())


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """Of a ledger, declared with it."""

    people: tuple[str, ...] = ()
    """Fields that name whose record it is, beside whoever entered it."""
    open: Condition | None = None
    """When a record is still being handled and can be handed over; absolute. None where none ever is."""
    hearing: str = ""
    """The day field of its hearing; it has an index."""
    waiting: tuple[Waiting, ...] = ()

    def uses(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What names fields, and which; for the ledger's check."""
        yield "agenda.people", self.people
        yield "agenda.open", tuple(sorted(self.open.fields())) if self.open else ()
        yield "agenda.hearing", (self.hearing,) if self.hearing else ()
        for step in self.waiting:
            yield f"waiting {step.key!r}", tuple(step.fields())


NO_AGENDA = Agenda()
