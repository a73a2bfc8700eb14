"""How many records a damaged file held, as far as that can be known where its history is not whole.

A record's row is numbered one after the other and never taken away: the highest number that can still be read anywhere
tells how many there were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.db.database import Database
from tracker.db.rescuing import Salvage
from tracker.schema.ledger import Ledger

INDEXED = {"uid": "uid", "number_key": "number_key", "year_no": "year"}
"""Indexes that know of each record, by their endings, and the first column of each."""


def at_least(salvage: Salvage, ledger: Ledger) -> int:
    """How many records of a ledger there were at least.

    What is deciphered is as it was written. Of a plain file a number may itself be damaged, or its page be another
    table's: there two places must agree, of the table, its indexes and the index of its words.
    """
    name = ledger.name
    told = [
        _highest(salvage.read.get(name, ())),
        _highest(row[0] for row in salvage.rows(f"{name}_search_docsize", ("id",))),
    ]
    for ending, column in INDEXED.items() if name in salvage.there else ():
        told.append(_highest(row[0] for row in salvage.wreck.listed(f"{name}_by_{ending}", name, column)))
    return max(told) if salvage.wreck.key else sorted(told)[-2]


def _highest(numbers: Iterable[object]) -> int:
    return max((number for number in numbers if isinstance(number, int)), default=0)


def close_gaps(db: Database, ledger: Ledger) -> None:
    """Give the last records the numbers of rows that were left out, so that the highest tells how many there are."""
    name = ledger.name
    ids = [int(str(row[0])) for row in db.rows(f"SELECT id FROM {name} ORDER BY id")]
    free = sorted({*range(1, len(ids) + 1)} - {*ids})
    for to, identity in zip(free, reversed(ids), strict=False):
        row = db.rows(f"SELECT * FROM {name} WHERE id = ?", (identity,))[0]
        db.run(f"DELETE FROM {name} WHERE id = ?", (identity,))
        db.run(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", (to, *row[1:]))


def held(backup: Database, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """The records of a backup, which may be of an earlier program: uid and number as compared."""
    there = backup.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (ledger.name,))
    for uid, number in backup.rows(f"SELECT uid, number_key FROM {ledger.name}") if there else ():
        yield str(uid), str(number or "")
