"""What a demonstration is: an office, its settings and its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.schema.fields import Value

Record = dict[str, Value]


@dataclass(frozen=True)
class Belonging:
    """An event or a party of the record of that ledger and number."""

    ledger: str
    number: str
    attached: str
    record: Mapping[str, Value]


def nothing(_numbered: Mapping[str, Sequence[Record]]) -> Iterable[Belonging]:
    """What belongs to the records of most demonstrations."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """One invented office; `notes`, `title` and `shows` are English message ids."""

    name: str
    title: str
    shows: str
    """In one line what there is to be seen."""
    office: str
    """The name of the office, without the mark that it is a demonstration."""
    region: str
    patterns: Mapping[str, str]
    """Number patterns by ledger, where the ledger's own does not do."""
    records: Callable[[], Mapping[str, Sequence[Record]]]
    """Records by ledger in the order of entry, without their numbers; the same at every call."""
    belongings: Callable[[Mapping[str, Sequence[Record]]], Iterable[Belonging]] = nothing
    """What belongs to the records, which are given with their numbers."""
    notes: tuple[str, ...] = ()
