"""What other records hold follows what a record is called: links are renamed with it, in the same transaction."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING

from tracker.db import history, records
from tracker.db.database import Database
from tracker.db.records import Record
from tracker.schema.catalogue import Catalogue
from tracker.schema.fields import Field, Link, Names, Value
from tracker.schema.ledger import Ledger

if TYPE_CHECKING:
    from tracker.db.writing import Writer


def links_to(catalogue: Catalogue, ledger: Ledger) -> Iterator[tuple[Ledger, Field]]:
    """The fields, of any ledger, that each link to one of this ledger's records."""
    return ((other, field) for other, field in catalogue.naming(ledger) if isinstance(field, Link))


def with_former_name(ledger: Ledger, old: Record, new: Mapping[str, Value]) -> Mapping[str, Value]:
    """The changes of a record; where they rename it they also keep its name until now among its other names."""
    key, aliases = ledger.called.key, ledger.aliases
    if not aliases or not new.get(key) or old.get(key) is None or new[key] == old[key]:
        return new
    known = Names.split(new.get(aliases, old.get(aliases)))
    return {**new, aliases: joined((*known, str(old[key])), str(new[key]))}


def joined(names: tuple[str, ...], but: str) -> str | None:
    """Names as one text, each once, without the one by which the record is called."""
    return "、".join(name for name in dict.fromkeys(names) if name != but) or None


def rename(
    writer: Writer, ledger: Ledger, old: str, new: str, since: str = "", only: Container[str] | None = None
) -> None:
    """Let all links that held what a record was called hold what it is called now, those in the bin too; or only those
    that came to hold it after the operation `since`, or `only` those of these records."""
    writer.flush()  # so that what this operation added is found as well
    for other, field in links_to(writer.db.catalogue, ledger):
        for record in list(records.holding(writer.db, other, field.key, (old,))):
            if only is not None and record["uid"] not in only:
                continue
            if not since or _came_after(writer.db, str(record["uid"]), field.key, old, since):
                writer.update(other, record, {field.key: new})
                writer.followed.add(other.name)


def _came_after(db: Database, uid: str, key: str, value: str, operation: str) -> bool:
    """Whether a field came to hold a value after an operation, having held another one then or none; what was changed
    and taken back since is the value of then."""
    first = next((entry for entry in history.later(db, uid, operation) if key in entry.changes), None)
    if first is None or first.action == "insert":
        return first is not None
    change = first.changes[key]
    return not isinstance(change, list) or change[0] != value


def shared(db: Database, ledger: Ledger, called: str, but: str) -> bool:
    """Whether another record (than that of the uid `but`) that is not in the bin is called the same."""
    same = records.holding(db, ledger, ledger.called.key, (called,))
    return any(record["uid"] != but and record["binned_at"] is None for record in same)
