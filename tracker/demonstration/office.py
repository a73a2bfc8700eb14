"""What a demonstration is: an office, its settings and its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tracker.schema.fields import Value

Record = dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """One invented office; `notes` and `title` are English message ids."""

    name: str
    title: str
    office: str
    """The name of the office, without the mark that it is a demonstration."""
    region: str
    patterns: Mapping[str, str]
    """Number patterns by ledger, where the ledger's own does not do."""
    records: Callable[[], Mapping[str, Sequence[Record]]]
    """Records by ledger in the order of entry, without their numbers; the same at every call."""
    notes: tuple[str, ...] = ()
