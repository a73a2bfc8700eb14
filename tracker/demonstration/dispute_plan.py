"""What a year of disputes must come to, and how the office works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.demonstration.days import Season, Steps
from tracker.demonstration.people import Firms


@dataclass(frozen=True)
class Bench:
    """Who arbitrates: arbitrators, the busiest first, and court clerks."""

    arbitrators: tuple[str, ...]
    clerks: tuple[str, ...]
    firms: Firms
    district: str
    """As it stands before a public institution's name."""


@dataclass(frozen=True, kw_only=True)
class DisputeYear:
    """The figures of one year's disputes; what closes is counted by method."""

    year: int
    first: date
    """The earliest day of application."""
    opens: date
    """The first day of acceptance."""
    last: date
    """The last day of acceptance."""
    close_by: date
    """The day by which all but the pending ones are closed."""
    known: date
    """Nothing is dated after it."""
    closed: Mapping[str, int]
    pending: int = 0
    pending_from: date | None = None
    refused: int = 0
    undecided: int = 0
    """Applications of the last days that are neither accepted nor refused."""
    collective: int = 0
    overdue: int = 0
    season: Season
    online: Steps
    digital: Steps

    @property
    def accepted(self) -> int:
        """How many are accepted: the closed and the pending ones."""
        return sum(self.closed.values()) + self.pending


@dataclass(frozen=True)
class Case:
    """One dispute before it is written out; `method` is empty while it is pending."""

    applied: date
    accepted: date
    method: str
    collective: bool = False
    overdue: bool = False
    suspended: int = 0
    extended: bool = False
    closed: date | None = None
