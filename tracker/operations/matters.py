"""Matters that run through several ledgers: a record begun as the continuation of an earlier one, or linked to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.db import records
from tracker.db.database import Database
from tracker.db.names import Target
from tracker.db.records import Query, Record
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.schema.continuing import CONTINUES, Continuation
from tracker.schema.fields import Choice, Names, Value
from tracker.schema.filters import Named, OneOf, both, split_names
from tracker.schema.ledger import Ledger

OFFERED = 6
"""So many earlier records are offered of each ledger."""
LONGEST = 50
"""No matter runs through more records; a longer chain is a damaged file's."""


@dataclass(frozen=True)
class Part:
    """One record of a matter; `called` is its number, `day` its first day."""

    target: Target
    day: str
    here: bool


def begun(ledger: Ledger, record: Mapping[str, Value], way: Continuation, to: Ledger) -> dict[str, Value]:
    """What a record that continues this one begins with."""
    values: dict[str, Value] = {CONTINUES.key: record["uid"]}
    for key, source in way.fields:
        value, field = record.get(source), to.field(key)
        known = not isinstance(field, Choice) or value in {code.key for code in field.offered}
        if value is not None and known:
            values[key] = value
    return values


def chain(db: Database, ledger: Ledger, uid: str) -> tuple[Part, ...]:
    """All records of a record's matter that are not in the bin, earliest first; of most records itself alone."""
    first = _first(db, ledger, uid)
    found: dict[str, tuple[Ledger, Record]] = {}
    wanted = [first] if first else []
    while wanted and len(found) < LONGEST:
        of, record = wanted.pop(0)
        if str(record["uid"]) not in found:
            found[str(record["uid"])] = (of, record)
            wanted += _further(db, str(record["uid"]))
    told = [_part(of, record, uid) for of, record in found.values() if record["binned_at"] is None]
    return tuple(sorted(told, key=lambda part: part.day))


def earlier(db: Database, ledger: Ledger, uid: str) -> tuple[Part, ...]:
    """Records that this one may continue: of the ledgers that go on as this one, with the same parties."""
    record = records.get(db, ledger, uid) or {}
    known = {part.target.uid for part in chain(db, ledger, uid)}
    found = []
    for other, way in _ways_to(db, ledger):
        parts = []
        for key, source in way.fields:
            names = split_names(str(record.get(key) or ""))
            if names and (isinstance(other.field(source), Names) or other.field(source).names):
                parts.append(Named(source, names))
        if parts:
            ids = records.ids(db, Query(other, both(*parts)), OFFERED)
            rows = (records.by_id(db, other, number) for number in ids)
            found += [_part(other, row, uid) for row in rows if row and str(row["uid"]) not in known]
    return tuple(found)


def link(office: Office, ledger: Ledger, uid: str, to: str | None) -> Changed:
    """Say which earlier record (its uid) one continues, None none. Raises UserError where that cannot be."""
    with office.writing("edit") as writer:
        record = records.get(office.db, ledger, uid)
        if record is None:
            raise UserError(_("The record is no longer in the file; reopen the list."))
        if to is not None:
            before = {str(found["uid"]) for _of, found in _back(office.db, ledger, to)}
            if to == uid or uid in before:
                raise UserError(_("This record is continued by that one already; it cannot continue it."))
            if not any(records.get(office.db, other, to) for other, _way in _ways_to(office.db, ledger)):
                raise UserError(_("A record of this kind does not continue that one."))
        writer.update(ledger, record, {CONTINUES.key: to})
    return Changed(frozenset({ledger.name}))


def may_have(ledger: Ledger) -> bool:
    """Whether records of the ledger are parts of matters."""
    return ledger.matter


def _ways_to(db: Database, ledger: Ledger) -> Iterator[tuple[Ledger, Continuation]]:
    return ((o, way) for o in db.catalogue.ledgers for way in o.continued_as if way.to == ledger.name)


def _matters(db: Database) -> Iterator[Ledger]:
    return (ledger for ledger in db.catalogue.ledgers if ledger.matter)


def _find(db: Database, uid: str) -> tuple[Ledger, Record] | None:
    found = ((ledger, records.get(db, ledger, uid)) for ledger in _matters(db))
    return next(((ledger, record) for ledger, record in found if record), None)


def _back(db: Database, ledger: Ledger, uid: str) -> Iterator[tuple[Ledger, Record]]:
    """The record of that uid, then what each continues."""
    seen: set[str] = set()
    at = _find(db, uid)
    while at and str(at[1]["uid"]) not in seen and len(seen) < LONGEST:
        yield at
        seen.add(str(at[1]["uid"]))
        before = at[1][CONTINUES.key]
        at = _find(db, str(before)) if before else None


def _first(db: Database, ledger: Ledger, uid: str) -> tuple[Ledger, Record] | None:
    back = [*_back(db, ledger, uid)]
    return back[-1] if back else None


def _further(db: Database, uid: str) -> list[tuple[Ledger, Record]]:
    """What continues a record."""
    found = []
    for ledger in _matters(db):
        ids = records.ids(db, Query(ledger, OneOf(CONTINUES.key, (uid,))), LONGEST)
        rows = (records.by_id(db, ledger, number) for number in ids)
        found += [(ledger, row) for row in rows if row]
    return found


def _part(ledger: Ledger, record: Record, here: str) -> Part:
    number = ledger.field(ledger.number).format(record[ledger.number])
    day = str(record[ledger.day])[:10] if ledger.day else ""
    return Part(Target(ledger, str(record["uid"]), number), day, str(record["uid"]) == here)
