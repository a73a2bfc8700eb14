"""Drawing lots: pools from the ledgers, a seed that is kept, and the records made of what was drawn."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.db import draws as kept
from tracker.db import records
from tracker.db.draws import Draw
from tracker.db.history import now
from tracker.db.records import Query
from tracker.draws import BY_KEY, KINDS
from tracker.errors import UserError
from tracker.i18n import _
from tracker.ids import uuid7
from tracker.operations import editing
from tracker.operations.office import Changed, Office
from tracker.period import Period
from tracker.schema.draw import DrawKind, Lot, Member, Target, draw
from tracker.schema.fields import Names, Value
from tracker.schema.filters import All, Condition, Days
from tracker.schema.values import clean

MOST = 20_000
"""Members of a pool that is kept with its draw."""


@dataclass(frozen=True)
class Pools:
    """Who and what may be drawn."""

    targets: tuple[Member, ...]
    people: tuple[Member, ...]


def pools(office: Office, kind: DrawKind, target: Target, period: Period) -> Pools:
    """The records that may be drawn in a period, and the people on its last day, each in order of what it is called."""
    day = (Days(target.day, period.begin.isoformat(), period.end.isoformat()),) if target.day else ()
    barring = target.handlers
    found = _members(office, target.ledger, All(day), barring)
    if len(found) > MOST:
        text = _("{n} records may be drawn, but at most {most}; choose a shorter period.")
        raise UserError(text.format(n=f"{len(found):,}", most=f"{MOST:,}"))
    people = _members(office, kind.people, kind.eligible.at(period), ())
    return Pools(tuple(found), tuple(people))


def _members(office: Office, name: str, where: Condition, barring: tuple[str, ...]) -> list[Member]:
    ledger = office.catalogue.by_name[name]
    keys = ("uid", ledger.called.key, *barring)
    rows = records.each(office.db, Query(ledger, where), keys)
    found = (
        Member(str(uid), str(called), tuple(n for value in barred for n in Names.split(value)))
        for uid, called, *barred in rows
        if called is not None
    )
    return sorted(found, key=lambda member: (member.called, member.uid))


def fresh_seed() -> str:
    """A seed that nobody chose: 16 hexadecimal digits of the system's own randomness."""
    return secrets.token_hex(8)


def make(
    office: Office,
    kind: DrawKind,
    target: Target,
    period: Period,
    count: int,
    each: int,
    title: str,
    seed: str = "",
) -> Draw:
    """Draw, and keep the draw for good; without a seed one is made up. Raises UserError where a pool is too small."""
    found, words = pools(office, kind, target, period), clean(title)
    if count < 1 or count > len(found.targets):
        text = _("Between 1 and {n} can be drawn, since so many may be.")
        raise UserError(
            text.format(n=f"{len(found.targets):,}") if found.targets else _("Nothing may be drawn.")
        )
    used = clean(seed) or fresh_seed()
    lots = draw(used, found.targets, count, found.people, each)
    if any(len(lot.people) < each for lot in lots):
        text = _("There are too few people to draw {each} for each; enter them in “{ledger}” or draw fewer.")
        raise UserError(text.format(each=each, ledger=office.catalogue.by_name[kind.people].title()))
    who = office.who
    made = Draw(
        uuid7(), now(), who.clerk, who.origin, kind.key, words or _(kind.label), used, count, each,
        found.targets, found.people, lots, target.ledger,
    )  # fmt: skip
    kept.keep(office.db, who, made)
    return made


def every(office: Office) -> list[Draw]:
    """All draws that were made, newest first."""
    return kept.every(office.db)


def repeats(made: Draw) -> bool:
    """Whether drawing again from the kept seed and pools gives what was kept."""
    again = draw(made.seed, made.targets, made.count, made.people, made.each)
    return _named(again) == _named(made.lots)


def _named(lots: tuple[Lot, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(lot.target.uid, tuple(person.uid for person in lot.people)) for lot in lots]


def kind_of(made: Draw) -> DrawKind:
    """What was drawn."""
    return BY_KEY[made.kind]


def target_of(kind: DrawKind, ledger: str) -> Target:
    """How a ledger's records are drawn."""
    return next(target for target in kind.targets if target.ledger == ledger)


def record(office: Office, made: Draw, day: str, asked: Mapping[str, Value]) -> Changed:
    """Make a record of each lot, all or none; raises UserError where one cannot be, or where they were made before."""
    if made.made:
        raise UserError(_("The records of this draw were made already."))
    kind = kind_of(made)
    ledger = office.catalogue.by_name[kind.makes]
    uids: list[str] = []
    with office.writing("draw", made.title) as writer:
        for lot in made.lots:
            values = {
                key: value for key, value in _values(office, made, kind, lot).items() if value is not None
            }
            given = {key: value for key, value in asked.items() if value is not None}
            number = editing.propose_number(office, ledger, day)
            full = {**given, **values, kind.day_field: day, ledger.number: number}
            uids.append(editing.save(office, ledger, full).uid)
            writer.flush()  # so that the next number is another
        kept.set_made(office.db, writer.journal, made.id, uids)
    return Changed(frozenset({ledger.name}))


def _values(office: Office, made: Draw, kind: DrawKind, lot: Lot) -> dict[str, Value]:
    target = target_of(kind, made.ledger)
    values: dict[str, Value] = {**kind.given, **target.given, target.link: lot.target.called}
    values[kind.people_field] = "、".join(person.called for person in lot.people) or None
    if kind.seed_field:
        values[kind.seed_field] = made.seed
    if target.copied:
        source = records.get(office.db, office.catalogue.by_name[made.ledger], lot.target.uid) or {}
        values |= {mine: source.get(theirs) for mine, theirs in target.copied.items()}
    return values


__all__ = [
    "KINDS",
    "Draw",
    "Pools",
    "every",
    "fresh_seed",
    "kind_of",
    "make",
    "pools",
    "record",
    "repeats",
    "target_of",
]
