"""Numbers that several records have, as only merging makes them: the history says of which records to ask.

What a merge found is in its row; so nothing is looked through but those records, however large the file.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.db.database import Database, Row
from tracker.schema.ledger import Ledger
from tracker.schema.stored import table

AT_ONCE = 5000


def everywhere(db: Database, ledger: Ledger) -> list[str]:
    """The records that share their number or running number with another one, the bin's too: looks at all."""
    name = ledger.name
    keys = f"SELECT number_key FROM {name} WHERE number_key > '' GROUP BY number_key HAVING count(*) > 1"
    found = db.rows(f"SELECT uid FROM {name} WHERE number_key IN ({keys}) ORDER BY id")
    runs = f"SELECT year, no FROM {name} GROUP BY year, no HAVING count(*) > 1"
    found += db.rows(
        f"SELECT r.uid FROM {name} r JOIN ({runs}) t ON t.year = r.year AND t.no = r.no ORDER BY r.id"
    )
    return list(dict.fromkeys(str(uid) for (uid,) in found))


def told(db: Database) -> dict[str, list[str]]:
    """The records of each ledger that any merge found to share a number."""
    found: dict[str, dict[str, None]] = {}
    for (text,) in db.rows("SELECT changes FROM history WHERE action = 'merge' ORDER BY id"):
        twice = table(text).get("twice")
        for name, uids in (twice if isinstance(twice, dict) else {}).items():
            found.setdefault(name, {}).update(dict.fromkeys(map(str, uids if isinstance(uids, list) else ())))
    return {name: list(uids) for name, uids in found.items()}


def numbers(db: Database, ledger: Ledger, uids: Iterable[str]) -> list[Row]:
    """Of each record in order of entry: uid, year, running number, the number as compared, whether it is in the bin."""
    found: list[Row] = []
    every = list(uids)
    for start in range(0, len(every), AT_ONCE):
        part = every[start : start + AT_ONCE]
        found += db.rows(
            "SELECT id, uid, year, no, number_key, binned_at IS NOT NULL "
            f"FROM {ledger.name} WHERE uid IN ({', '.join('?' * len(part))})",
            part,
        )
    return [row[1:] for row in sorted(found)]
