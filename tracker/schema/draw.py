"""Drawing lots that anyone can check: who is drawn follows from a seed that is kept, by SHA-256 alone.

A member's lot is the SHA-256 of `seed`, a line feed and the member's text, in UTF-8; the least lots are drawn. So
`printf 'SEED\\nMEMBER' | sha256sum` shows each lot, and nobody can prefer a member without knowing the seed before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.schema.fields import Value
from tracker.schema.filters import All, Condition

ALL = All(())


@dataclass(frozen=True, kw_only=True)
class Target:
    """A ledger whose records may be drawn, and how one of them stands in the record that is made of it."""

    ledger: str
    link: str
    """The field of the made record that names it."""
    given: Mapping[str, Value] = field(default_factory=dict)
    """Other fields of the made record."""
    copied: Mapping[str, str] = field(default_factory=dict)
    """Fields of the made record that are taken from fields of the target."""
    day: str = ""
    """The day by which the pool is bounded by a period; empty for a register."""
    handlers: tuple[str, ...] = ()
    """Fields that name who dealt with it, who are not drawn for it."""


@dataclass(frozen=True, kw_only=True)
class DrawKind:
    """What is drawn: so many targets, and for each so many people of a register; labels are English message ids."""

    key: str
    label: str
    targets: tuple[Target, ...]
    people: str
    eligible: Condition = ALL
    """Which people may be drawn; relative to the day of the draw."""
    each: int = 2
    """People for each target, unless another number is asked for."""
    makes: str
    """The ledger of the records made of what was drawn."""
    people_field: str
    day_field: str
    given: Mapping[str, Value] = field(default_factory=dict)
    seed_field: str = ""
    asked: tuple[str, ...] = ()
    """Fields of the made records that are asked for once."""


@dataclass(frozen=True)
class Member:
    """One record of a pool: its uid, what it is called, and the people who may not be drawn for it."""

    uid: str
    called: str
    barred: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lot:
    """A target that was drawn, and the people drawn for it."""

    target: Member
    people: tuple[Member, ...]


def lot(seed: str, text: str) -> str:
    """A member's lot, in hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest()


def in_order(seed: str, members: Iterable[Member], prefix: str = "") -> list[Member]:
    """The members by their lots, least first; equal ones by their uid. `prefix` stands before each one's text."""
    return sorted(members, key=lambda m: (lot(seed, f"{prefix}{m.called}"), m.uid))


def draw(
    seed: str, targets: Sequence[Member], count: int, people: Sequence[Member], each: int
) -> tuple[Lot, ...]:
    """So many targets, and for each so many people who may be drawn for it; fewer where the pools are smaller.

    People are drawn for each target anew, their text preceded by the target's and a line feed.
    """
    lots = []
    for target in in_order(seed, targets)[:count]:
        free = [person for person in people if person.called not in target.barred]
        lots.append(Lot(target, tuple(in_order(seed, free, f"{target.called}\n")[:each])))
    return tuple(lots)
