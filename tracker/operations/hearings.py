"""Hearings of all ledgers between two days: events of a case with time and place, and days noted on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from tracker.attached.events import EVENTS
from tracker.db import agenda, records
from tracker.db.records import Query
from tracker.operations.deadlines import about, naming
from tracker.operations.office import Office
from tracker.schema.filters import ALL, Days, Is, both
from tracker.schema.ledger import Ledger


@dataclass(frozen=True)
class Hearing:
    """One hearing; `at` is a day, or a day and a time."""

    ledger: str
    uid: str
    number: str
    about: str
    at: str
    place: str = ""


def between(office: Office, first: date, last: date) -> tuple[Hearing, ...]:
    """Hearings from one day to another, both included, by their time; one that has an event is told once."""
    begin, end = first.isoformat(), last.isoformat()
    found = _of_events(office, begin, end)
    told = {(one.uid, one.at[:10]) for one in found}
    for ledger in office.catalogue.ledgers:
        if ledger.agenda.hearing:
            found += [one for one in _noted(office, ledger, begin, end) if (one.uid, one.at[:10]) not in told]
    return tuple(sorted(found, key=lambda one: (one.at, one.ledger, one.number)))


def _of_events(office: Office, begin: str, end: str) -> list[Hearing]:
    where = both(Is("kind", "hearing"), Days("happened_on", begin, end))
    keys = ("of", "record", "happened_on", "place")
    held: dict[str, list[tuple[str, str, str]]] = {}
    for of, uid, at, place in records.each(office.db, Query(EVENTS, where), keys):
        held.setdefault(str(of), []).append((str(uid), str(at), str(place or "")))
    found = []
    for name, some in held.items():
        ledger = office.catalogue.by_name.get(name)
        if ledger is None:
            continue
        owners = {str(r["uid"]): r for r in agenda.of_uids(office.db, ledger, (s[0] for s in some), ALL)}
        found += [_told(ledger, owners[uid], at, place) for uid, at, place in some if uid in owners]
    return found


def _noted(office: Office, ledger: Ledger, begin: str, end: str) -> list[Hearing]:
    key = ledger.agenda.hearing
    names = list(dict.fromkeys(("uid", ledger.number, key, *chain(*naming(ledger)))))
    rows = records.each(office.db, Query(ledger, Days(key, begin, end), sort=((key, False),)), names)
    found = (dict(zip(names, row, strict=True)) for row in rows)
    return [_told(ledger, record, str(record[key]), "") for record in found]


def _told(ledger: Ledger, record: records.Record, at: str, place: str) -> Hearing:
    number = str(record[ledger.number])
    return Hearing(ledger.name, str(record["uid"]), number, about(ledger, record), at, place)
