"""How a clock runs for one record: what `Clock.run` found, for columns, lists and explanations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.schema.events import Event
from tracker.schema.spans import Span
from tracker.workdays import Calendar

if TYPE_CHECKING:
    from tracker.schema.clock import Clock, Start, Variant


@dataclass(frozen=True)
class Run:
    """How a clock runs for one record."""

    clock: Clock
    start: Start
    begin: date
    """The day that its start gives."""
    restart: Event | None
    """The last event from which the whole limit runs anew."""
    limit: int
    """Days (or months) without any extension."""
    added: int
    approved: tuple[Event, ...]
    late: tuple[Event, ...]
    """Extensions approved when the limit was over already."""
    spans: tuple[Span, ...]
    """What is not counted, cut to the running limit."""
    typed: int
    """Calendar days not counted, by the record's field instead of events."""
    unrolled: date | None
    """The last day of the limit; None as long as it stands still."""
    rolled: date | None
    stopped: date | None
    """Since when it stands still."""
    variant: Variant | None

    @property
    def first(self) -> date:
        """The day from which the limit runs, itself not counted."""
        return self.restart.day if self.restart else self.begin

    @property
    def left_out(self) -> int:
        """How many days are not counted."""
        return sum(span.days for span in self.spans) + self.typed

    def title(self) -> str:
        """What is to be done within which limit."""
        return _(self.variant.label) if self.variant else self.clock.title()

    def years(self) -> tuple[int, ...]:
        """The years whose calendar it was computed with."""
        if self.unrolled is None or self.rolled is None:
            return ()
        ends = [self.unrolled, self.rolled, *([self.first] if self.clock.working else [])]
        return tuple(range(min(ends).year, max(ends).year + 1))

    def unpublished(self, calendar: Calendar) -> tuple[int, ...]:
        """Those of them for which the calendar does not know the year's announcement."""
        return tuple(year for year in self.years() if not calendar.published(year))
