"""What belongs to one record: its events, parties and attachments, read and written through the same history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Record
from tracker.db.writing import Writer
from tracker.errors import RecordProblems, UserError
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger


def of_record(db: Database, attached: Ledger, uid: str) -> list[Record]:
    """The attached records of the record of that uid that are not in the bin, by day (or as they were entered)."""
    found = (r for r in records.holding(db, attached, "record", (uid,)) if r["binned_at"] is None)
    return sorted(found, key=lambda r: (str(r.get(attached.day) or ""), int(r["no"] or 0)))


def save(
    office: Office,
    ledger: Ledger,
    uid: str,
    attached: Ledger,
    many: Sequence[Mapping[str, Value]],
    drop: Iterable[str] = (),
    own: Mapping[str, Value] | None = None,
) -> Changed:
    """Add records to the record of a ledger, change those that have a `uid` of their own, and bin those to `drop`;
    `own` are fields of the record itself that follow them.

    One operation. Raises RecordProblems with the first problem found and saves nothing then.
    """
    with office.writing(attached.name) as writer:
        owner = records.get(office.db, ledger, uid)
        if owner is None:
            raise UserError(_("The record is no longer in the file; reopen the list."))
        for new in many:
            _write(office, writer, attached, {**new, "of": ledger.name, "record": uid})
        for gone in drop:
            old = records.get(office.db, attached, gone)
            if old and old["binned_at"] is None:
                writer.bin(attached, old)
        if own:
            found = [p for p in ledger.problems({**owner, **own}) if not p.warning and p.field in own]
            if found:
                raise RecordProblems(tuple(found), found[0].message)
            writer.update(ledger, owner, own)
    return Changed(frozenset({ledger.name, attached.name, *writer.followed}))


def _write(office: Office, writer: Writer, attached: Ledger, new: Mapping[str, Value]) -> None:
    old = records.get(office.db, attached, str(new["uid"])) if new.get("uid") else None
    typed = {field.key: new[field.key] for field in attached.inputs if field.key in new}
    found = [p for p in attached.problems({**(old or {}), **typed}) if not p.warning]
    if found:
        raise RecordProblems(tuple(found), found[0].message)
    if old:
        writer.update(attached, old, typed)
    else:
        writer.insert(attached, typed)
