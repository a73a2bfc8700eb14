"""Rows of a damaged table that no history knows: which of them are records, and which one a damaged uid stands for.

A page in the wrong place makes rows of one table look like rows of another, a changed byte a second record of one.
What is no record for certain is left out and told: nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tracker import ids
from tracker.db import verifying
from tracker.db.database import Row
from tracker.db.rescuing import Look, Salvage
from tracker.i18n import N_
from tracker.schema.ledger import Ledger

ROWS = N_("Rows of its table that are no records, or too damaged to tell, were left out: {what}")
AGAIN = N_("A row with the number {what}, which another record has, was left out: its history is not there")
Place = tuple[object, object, object]
"""Year, running number and the number as compared."""


def settle(salvage: Salvage, ledger: Ledger) -> None:
    """Leave out what is no record, and give back the uid of one that the history misses."""
    unknown = list(_unknown(salvage, ledger))
    missing = _missing(salvage, ledger) if unknown else {}
    name, none = ledger.name, 0
    for row in unknown:
        identity, uid, *place, _binned, _number, _at, _by = row
        if not _is_record(ledger, row) or salvage.db.one("SELECT 1 FROM history WHERE uid = ?", (uid,)):
            none += 1
        elif place[-1] is not None and (true := missing.pop(tuple(place), None)):
            salvage.db.run(f"UPDATE {name} SET uid = ? WHERE id = ?", (true, identity))
            continue
        elif not _again(salvage, name, identity, place):
            continue
        else:
            salvage.looks.append(Look(AGAIN, name, what="" if ledger.attached else str(row[6])))
        salvage.db.run(f"DELETE FROM {name} WHERE id = ?", (identity,))
    if none:
        salvage.looks.append(Look(ROWS, name, what=f"{none:,}"))


def _unknown(salvage: Salvage, ledger: Ledger) -> Iterator[Row]:
    columns = f"id, uid, year, no, number_key, binned_at, {ledger.number}, created_at, created_by"
    known = "EXISTS (SELECT 1 FROM history h WHERE h.uid = t.uid AND h.ledger = ?)"
    yield from salvage.db.rows(
        f"SELECT {columns} FROM {ledger.name} t WHERE NOT {known} ORDER BY id", (ledger.name,)
    )


def _is_record(ledger: Ledger, row: Row) -> bool:
    """Whether everything is there that each record has, and fits."""
    _id, uid, _year, no, key, binned, number, at, by = row
    free = key is None and binned is not None  # taken back, so that another may have its number
    whole = bool(no > 0 and number and by and _time(at))
    return whole and ids.is_one(uid) and (free or key == ledger.key_text(number))


def _time(text: object) -> bool:
    try:
        datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _missing(salvage: Salvage, ledger: Ledger) -> dict[Place, str]:
    """The records that the history tells of and the table lacks, by their place; those that share one are left out."""
    sql = f"SELECT uid FROM history WHERE ledger = ? EXCEPT SELECT uid FROM {ledger.name}"
    uids = [str(uid) for (uid,) in salvage.db.rows(sql, (ledger.name,))]
    found: dict[Place, list[str]] = {}
    for uid, rows in verifying.histories(salvage.db, ledger.name, uids):
        told = verifying.replay(ledger, rows, frozenset(("year", "no", ledger.number)))
        place = (told.get("year"), told.get("no"), told.get("number_key"))
        found.setdefault(place, []).append(uid)
    return {place: uids[0] for place, uids in found.items() if len(uids) == 1}


def _again(salvage: Salvage, name: str, identity: object, place: list[object]) -> bool:
    sql = f"SELECT 1 FROM {name} WHERE year = ? AND no = ? AND number_key = ? AND id <> ?"
    return salvage.db.one(sql, (*place, identity)) is not None
