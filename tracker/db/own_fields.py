"""Fields of an office's own that come back, or come in: they hold what the history says of them.

A field that is taken out leaves the catalogue, and with it the tables go on without it. What is filled in on another
computer meanwhile comes into the history all the same, and into the table once the field is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.db import locks, settings, tables, verifying
from tracker.db.database import Database
from tracker.errors import FrozenRecords
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.own import FIELD, OWN, setting
from tracker.schema.shape import check


def lacking(ledger: Ledger, columns: Iterable[str]) -> tuple[str, ...]:
    """The office's own fields of a ledger that are not among these columns."""
    known = frozenset(columns)
    return tuple(key for key in tables.columns(ledger) if key.startswith(OWN) and key not in known)


def told(db: Database, ledger: Ledger, keys: Sequence[str]) -> Iterator[tuple[str, dict[str, Value]]]:
    """What the history says of these fields, for each record in which any was ever filled in, by uid.

    Only those are asked for that somebody has taken out: all others are in every table in which they are filled in.
    """
    keys = [key for key in keys if _taken_out(db, ledger, key)]
    if not keys:
        return
    named = " OR ".join(["instr(changes, ?)"] * len(keys))
    sql = f"SELECT DISTINCT uid FROM history WHERE ledger = ? AND ({named}) ORDER BY uid"
    uids = [str(uid) for (uid,) in db.rows(sql, (ledger.name, *(f'"{key}"' for key in keys)))]
    wanted, fits = frozenset(keys), {key: check(ledger.field(key)) for key in keys}
    for uid, rows in verifying.histories(db, ledger.name, uids):
        state = verifying.replay(ledger, rows, wanted)
        told = ((key, state.get(key)) for key in keys)
        held = {key: value for key, value in told if value is None or fits[key](value)}
        if held:
            yield uid, held


def fill(db: Database, ledger: Ledger, keys: Sequence[str]) -> None:
    """Have the records hold that, where they hold anything else. Inside `atomic`; raises FrozenRecords."""
    refused: list[tuple[str, str, str]] = []
    for uid, values in list(told(db, ledger, keys)):
        fields = ", ".join(f"{key} = ?" for key in values)
        differ = " OR ".join(f"{key} IS NOT ?" for key in values)
        sql = f"UPDATE {ledger.name} SET {fields} WHERE uid = ? AND ({differ})"
        try:
            db.run(sql, (*values.values(), uid, *values.values()))
        except FrozenRecords:
            number = db.one(f"SELECT {ledger.number} FROM {ledger.name} WHERE uid = ?", (uid,))
            refused.append((ledger.name, uid, str(number[0]) if number else ""))
    if refused:
        raise locks.refusal(db.catalogue.every, tuple(refused))


def _taken_out(db: Database, ledger: Ledger, key: str) -> bool:
    """Whether the history knows of a time at which the field was not there any more."""
    name = setting(FIELD, f"{ledger.name}.{key}")
    rows = (row.told() for _uid, rows in verifying.histories(db, settings.LEDGER) for row in rows)
    pairs = (changes.get(name) for changes in rows)
    return any(isinstance(pair, list) and pair[1:] == [None] for pair in pairs)
