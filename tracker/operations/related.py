"""All that is related with one record, for its form: what it names, what names it, and entries that may be the same."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.db import records
from tracker.db.database import Database
from tracker.db.names import Target
from tracker.operations import combining, links
from tracker.operations.combining import Alike
from tracker.operations.links import Incoming
from tracker.schema.fields import Field
from tracker.schema.ledger import Ledger

TOLD = 3
"""So many values tell what a record is about."""


@dataclass(frozen=True)
class Glance:
    """A record that another names in a field, and what it is about in a few words."""

    field: Field
    target: Target
    text: str


@dataclass(frozen=True)
class Related:
    """What one record names, what names it, and which entries may be the same as this one, which is `called` so."""

    called: str
    named: tuple[Glance, ...]
    naming: tuple[Incoming, ...]
    alike: tuple[Alike, ...]


NOTHING = Related("", (), (), ())


def may_have(db: Database, ledger: Ledger) -> bool:
    """Whether records of the ledger name others or are named."""
    known = db.catalogue.by_name
    return any(field.names in known for field in ledger.naming) or any(db.catalogue.naming(ledger))


def related(db: Database, ledger: Ledger, uid: str) -> Related:
    """All that is related with a record of that uid; nothing where it is gone."""
    with db.snapshot():
        record = records.get(db, ledger, uid)
        if record is None:
            return NOTHING
        found = links.outgoing(db, ledger, record)
        named = tuple(Glance(o.field, t, _about(db, t, o.field)) for o in found for t in o.found)
        called = ledger.called.format(record[ledger.called.key])
        return Related(called, named, links.incoming(db, ledger, record), combining.alike(db, ledger, record))


def _about(db: Database, target: Target, naming: Field) -> str:
    ledger, record = target.ledger, records.get(db, target.ledger, target.uid) or {}
    keys = (key for key in links.shown(ledger) if key not in (ledger.called.key, naming.key))
    keys = (key for key in keys if record.get(key) is not None and not ledger.field(key).integer)
    return " · ".join(
        ledger.field(key).format(record[key]) for key, _n in zip(keys, range(TOLD), strict=False)
    )
