"""What happened to a record and what belongs to it, in words; and what it was at an earlier time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.attached.head import HEAD
from tracker.db import history, records
from tracker.db.history import Entry
from tracker.db.records import Record
from tracker.i18n import N_, _
from tracker.operations.office import Office
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

KINDS = {
    "entry": N_("entered"),
    "edit": N_("edited"),
    "import": N_("imported"),
    "batch": N_("entered in a table"),
    "bulk": N_("one field of many changed"),
    "papers": N_("document made"),
    "draw": N_("drawn by lot"),
    "combine": N_("combined"),
    "bin": N_("put into the bin"),
    "restore": N_("taken out of the bin"),
    "undo": N_("taken back"),
    "redo": N_("done again"),
    "recount": N_("counted anew"),
    "demonstration": N_("demonstration"),
    "merge": N_("merged"),
    "password": N_("password set, changed or removed"),
    "restored": N_("file restored from a backup"),
    "rescue": N_("rescued"),
    "export": N_("exported"),
    "part": N_("part written for sending"),
    "renumber": N_("given the next number"),
    "handover": N_("handed over"),
    "revert": N_("set back to an earlier state"),
    "delete": N_("deleted from the bin"),
    "settings": N_("settings changed"),
    "template": N_("template changed"),
    "freeze": N_("figures frozen"),
    "thaw": N_("figures unfrozen"),
}
"""Kinds of operations in words; what belongs to records is called by its ledger."""
ACTIONS = {
    "insert": N_("added"),
    "update": N_("changed"),
    "bin": N_("put into the bin"),
    "restore": N_("taken out of the bin"),
    "delete": N_("deleted from the bin"),
    "lost": N_("content could not be read"),
}
"""What a row of the history did to a record or to what belongs to it, in words."""
PAGE = 100
"""So many rows are read at once."""
_HEAD = frozenset(field.key for field in HEAD)


@dataclass(frozen=True)
class Past:
    """One row of the history with the ledger that it is about: the record's own, or one of what belongs to it."""

    entry: Entry
    ledger: Ledger
    uid: str


def of_record(office: Office, ledger: Ledger, record: Record) -> list[Past]:
    """A record's history with that of its events, parties and files, oldest first."""
    uid = str(record["uid"])
    found = [Past(entry, ledger, uid) for entry in history.of_record(office.db, uid)]
    for attached in office.catalogue.kept:
        if attached.attached:
            for thing in records.holding(office.db, attached, "record", (uid,)):
                one = str(thing["uid"])
                found += [Past(entry, attached, one) for entry in history.of_record(office.db, one)]
    return sorted(found, key=lambda past: past.entry.id)


def recent(
    office: Office, ledger: Ledger, uid: str, before: str = "", most: int = PAGE
) -> tuple[list[Past], bool]:
    """So many rows of the same, the newest first, of those older than the row `before`; and whether there are more."""
    every, uids = office.catalogue.every, belonging(office, ledger, uid)
    rows = [
        Past(entry, every[name], one)
        for name, one, entry in history.of_records(office.db, uids, before, most + 1)
        if name in every
    ]
    return rows[:most], len(rows) > most


def belonging(office: Office, ledger: Ledger, uid: str) -> list[str]:
    """The uids of a record and of all that ever belonged to it."""
    found = [uid]
    for attached in office.catalogue.kept:
        if attached.attached and not ledger.attached:
            found += [str(thing["uid"]) for thing in records.holding(office.db, attached, "record", (uid,))]
    return found


def what(office: Office, past: Past) -> str:
    """What was done, in a few words."""
    return kind(office, past.entry.kind)


def kind(office: Office, key: str) -> str:
    """A kind of operation in a few words."""
    words = KINDS.get(key)
    ledger = office.catalogue.every.get(key)
    return _(words) if words else ledger.title() if ledger else key


def pairs(past: Past) -> Iterator[tuple[str, Value, Value]]:
    """Each field that a row of the history changed: key, before, after."""
    for key, value in past.entry.changes.items():
        if isinstance(value, list):
            before, after = value if len(value) == 2 else (None, None)
            yield key, before, after
        else:
            yield key, None, value  # type: ignore[misc]


def cells(past: Past) -> Iterator[tuple[str, str, str]]:
    """Each change of a field in words: what it is called, before, after; personal numbers show only their ends."""
    for key, before, after in pairs(past):
        field = past.ledger.by_key.get(key)
        if field is None or key == "no" or (past.ledger.attached and key in _HEAD):
            continue
        yield field.title(), field.shown(before), field.shown(after)


def lines(past: Past) -> Iterator[str]:
    """Each change of a field as a line."""
    for field, before, after in cells(past):
        shown = (before or _("(empty)"), after or _("(empty)"))
        if past.entry.action == "insert":
            yield _("{field}: {value}").format(field=field, value=shown[1])
        else:
            yield _("{field}: {before} → {after}").format(field=field, before=shown[0], after=shown[1])


def as_json(past: Past) -> dict[str, object]:
    """A row of the history with plain values (see `Field.plain`); each change is `[before, after]`."""
    entry = past.entry
    return {
        "at": entry.at,
        "clerk": entry.clerk,
        "origin": entry.origin,
        "kind": entry.kind,
        "note": entry.note,
        "action": entry.action,
        "ledger": past.ledger.name,
        "uid": past.uid,
        "operation": entry.operation,
        "changes": {key: [_plain(past.ledger, key, value) for value in pair] for key, *pair in pairs(past)},
    }


def _plain(ledger: Ledger, key: str, value: Value) -> object:
    field = ledger.by_key.get(key)
    return value if field is None else field.plain(value)


def as_of(past: list[Past], row: str) -> Mapping[str, Value]:
    """What the fields of a record held once a row of its history was written; `past` as `of_record` gives it."""
    return state([one for one in past if not one.ledger.attached], row).fields


@dataclass(frozen=True)
class State:
    """What one record, or one thing that belongs to it, was: its fields, and whether it was there and not binned."""

    fields: Mapping[str, Value]
    there: bool


def state(past: Iterable[Past], row: str) -> State:
    """What it was once a row was written, by all rows about it, oldest first."""
    fields: dict[str, Value] = {}
    there = False
    for one in past:
        if one.entry.id > row:
            break
        if one.entry.action in ("insert", "update"):
            fields.update({key: after for key, _before, after in pairs(one)})
        if one.entry.action in ("insert", "bin", "delete", "restore"):
            there = one.entry.action not in ("bin", "delete")
    return State(fields, there)
