"""Earlier records that one being typed looks like, by what its ledger declares (`Ledger.alike`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.db import records
from tracker.db.database import Database
from tracker.db.names import Target
from tracker.db.records import Query
from tracker.i18n import _
from tracker.operations import links
from tracker.schema.fields import Choices, Field, Names, Text, Value
from tracker.schema.filters import Condition, Days, HasCode, Is, OneOf, both, split_names
from tracker.schema.ledger import Ledger
from tracker.schema.likeness import Likeness

TOLD = 2
"""So many earlier records are told of, the newest."""


@dataclass(frozen=True)
class Earlier:
    """An earlier record that one looks like, and what to say of it beside a field."""

    field: str
    text: str
    target: Target


def looked_at(ledger: Ledger) -> frozenset[str]:
    """The fields by which a record looks like another one."""
    return frozenset(key for likeness in ledger.alike for key in (*likeness.fields, ledger.day))


def earlier(db: Database, ledger: Ledger, record: Mapping[str, Value], uid: str = "") -> tuple[Earlier, ...]:
    """The records that this one (of that uid, where it has one) looks like."""
    return tuple(found for likeness in ledger.alike for found in _alike(db, ledger, likeness, record, uid))


def _alike(
    db: Database, ledger: Ledger, likeness: Likeness, record: Mapping[str, Value], uid: str
) -> Iterator[Earlier]:
    values = [record.get(key) for key in likeness.fields]
    if any(value is None for value in values):
        return
    parts = [_same(ledger.field(key), record[key]) for key in likeness.fields]
    if likeness.where:
        parts.append(likeness.where)
    today = record.get(ledger.day) if ledger.day else None
    if likeness.days and today:
        first = date.fromisoformat(str(today)[:10]) - timedelta(days=likeness.days)
        parts.append(Days(ledger.day, first.isoformat(), str(today)[:10]))
    ids = records.ids(db, Query(ledger, both(*parts)), TOLD + 1)
    keys = ("uid", ledger.number, ledger.called.key, ledger.day or "created_at")
    others = [row for row in records.rows(db, ledger, keys, ids) if row and row[0] != uid]
    for found, number, called, day in others[:TOLD]:
        shown = ledger.field(ledger.number).format(number)
        text = _(likeness.note).format(number=shown, day=str(day)[:10])
        yield Earlier(likeness.fields[-1], text, Target(ledger, str(found), str(called)))


def _same(field: Field, value: Value) -> Condition:
    """That a field holds the same, or one of the same names."""
    if isinstance(field, Choices):
        return HasCode(field.key, str(value).split(";")[0])
    if isinstance(field, Names) or field.names:
        return links.names_it(field, split_names(str(value)))
    return OneOf(field.key, (str(value),)) if isinstance(field, Text) else Is(field.key, value or "")
