"""The parties of a case: saved as one operation in which the record's own fields of names and people follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tracker.attached.parties import PARTIES
from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Record
from tracker.errors import UserError
from tracker.i18n import _, listed
from tracker.operations import attached
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Choice, Count, Field, Names, Value
from tracker.schema.firm import is_firm
from tracker.schema.ledger import Ledger
from tracker.schema.party import Role, counted, followed, missing

_AND_OTHERS = re.compile(r"等\s*\d+\s*[人名位].*$")


def of_record(db: Database, uid: str) -> list[Record]:
    """The parties of a record, in the order in which they were entered."""
    return attached.of_record(db, PARTIES, uid)


def role_title(ledger: Ledger, role: str) -> str:
    """What a role is called in a ledger: as the field in which its names stand."""
    found = next((r for r in ledger.parties if r.role == role and r.field), None)
    if found:
        return ledger.field(found.field).title()
    field = PARTIES.field("role")
    assert isinstance(field, Choice)
    return field.code_label(role)


def kind_of(name: str) -> str:
    """Whether a name is a firm's or a person's."""
    return "firm" if is_firm(name) else "person"


def named(parties: Iterable[Mapping[str, Value]], role: str) -> list[str]:
    """The names of those who have a role."""
    return [str(party["name"]) for party in parties if party.get("role") == role and party.get("name")]


def unlisted(
    ledger: Ledger, record: Mapping[str, Value], parties: Sequence[Record]
) -> list[dict[str, Value]]:
    """A party to be for each name in the record's fields that is none yet."""
    found: list[dict[str, Value]] = []
    for role in ledger.parties:
        there = named(parties, role.role)
        found += [
            {"role": role.role, "name": name, "kind": kind_of(name)}
            for name in (names_of(ledger, role.field, record) if role.field else ())
            if name not in there
        ]
    return found


def names_of(ledger: Ledger, key: str, record: Mapping[str, Value]) -> tuple[str, ...]:
    """The names that stand in a field of a record, without how many more there are."""
    text = str(record.get(key) or "")
    several = isinstance(ledger.field(key), Names)
    return tuple(filter(None, Names.split(_AND_OTHERS.sub("", text)) if several else (text,)))


def save(
    office: Office,
    ledger: Ledger,
    uid: str,
    many: Sequence[Mapping[str, Value]],
    drop: Iterable[str] = (),
) -> Changed:
    """Add, change and remove parties of a record, whose own fields follow. Raises RecordProblems and saves nothing."""
    with office.writing(PARTIES.name):
        record, gone = _record(office, ledger, uid), set(drop)
        before = of_record(office.db, uid)
        changed = {str(new["uid"]): new for new in many if new.get("uid")}
        after: list[Mapping[str, Value]] = [
            {**party, **changed.get(str(party["uid"]), {})} for party in before if party["uid"] not in gone
        ]
        after += [new for new in many if not new.get("uid")]
        own = _following(ledger, record, before, after)
        return attached.save(office, ledger, uid, PARTIES, many, gone, own)


def fill(office: Office, ledger: Ledger, uid: str) -> Changed:
    """Write into the record's fields the names of parties that they do not hold."""
    with office.writing(PARTIES.name):
        record, parties = _record(office, ledger, uid), of_record(office.db, uid)
        own = _following(ledger, record, [], parties)
        return attached.save(office, ledger, uid, PARTIES, [], (), own)


def apart(ledger: Ledger, record: Mapping[str, Value], parties: Sequence[Record]) -> str:
    """Which parties the record's own fields do not name, as a sentence; empty where they are in step."""
    for role, field in _filled(ledger):
        lacking = missing(field, str(record.get(field.key) or ""), named(parties, role.role))
        if lacking:
            text = _("“{field}” does not name {names}, who is among the parties.")
            return text.format(field=field.title(), names=listed(lacking[:3]))
    return ""


def _record(office: Office, ledger: Ledger, uid: str) -> Record:
    found = records.get(office.db, ledger, uid)
    if found is None:
        raise UserError(_("The record is no longer in the file; reopen the list."))
    return found


def _filled(ledger: Ledger) -> list[tuple[Role, Field]]:
    return [(role, ledger.field(role.field)) for role in ledger.parties if role.field]


def _following(
    ledger: Ledger,
    record: Record,
    before: Sequence[Mapping[str, Value]],
    after: Sequence[Mapping[str, Value]],
) -> dict[str, Value]:
    """What changes in the record itself."""
    own: dict[str, Value] = {}
    for role, field in _filled(ledger):
        told = field_following(ledger, record, field, named(before, role.role), named(after, role.role))
        if told[field.key] != str(record.get(field.key) or ""):
            own |= told
    return own


def field_following(
    ledger: Ledger, record: Mapping[str, Value], field: Field, before: Sequence[str], after: Sequence[str]
) -> dict[str, Value]:
    """What a field that holds the names of parties says after them, and the fields that count the people in it."""
    old = str(record.get(field.key) or "")
    new = followed(field, old, before, after)
    counts = (count for count in ledger.inputs if isinstance(count, Count) and count.heads_of == field.key)
    return {field.key: new} | {count.key: counted(count, record.get(count.key), old, new) for count in counts}
