"""Which record each row of a sheet without numbers became, by a few bytes a cell, so that rows are known again.

Of two copies of a file the row that was written later stands in both once they are merged; what an undo took out stays
as a row without cells until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker import ids
from tracker.db import history, records
from tracker.db.database import Database
from tracker.schema.ledger import Ledger

Prints = dict[str, str]
"""What each cell of a row held, by field: not the content, only what tells it from another."""


def prints(db: Database, ledger: Ledger) -> tuple[dict[str, Prints], dict[str, Prints]]:
    """The rows taken in, by the uid of their record: of records that are there, and of those in the bin."""
    there: dict[str, Prints] = {}
    binned: dict[str, Prints] = {}
    found = db.rows(
        f"SELECT i.uid, i.cells, r.binned_at FROM imported i JOIN {ledger.name} r ON r.uid = i.uid "
        "WHERE i.ledger = ? AND i.cells <> '' AND r.binned_by IS NOT ? ORDER BY r.id",
        (ledger.name, records.DELETED),
    )
    for uid, cells, gone in found:
        (there if gone is None else binned)[str(uid)] = _prints(str(cells))
    return there, binned


def write(db: Database, ledger: Ledger, rows: Iterable[tuple[str, Prints]]) -> None:
    """Keep what rows held, by the uids of their records; inside the transaction that writes these."""
    _put(db, [(uid, ledger.name, text(cells)) for uid, cells in rows])


def _put(db: Database, rows: Sequence[tuple[str, str, str]]) -> None:
    """Keep rows as written now, after all that the file has."""
    (last,) = db.rows("SELECT ifnull(max(written), '') FROM imported_order")[0]
    ids.follow(max(str(last), history.newest(db)))
    now = ids.uuid7()
    db.run_many("INSERT OR REPLACE INTO imported (uid, ledger, cells) VALUES (?, ?, ?)", rows)
    db.run_many("INSERT OR REPLACE INTO imported_order VALUES (?, ?)", [(uid, now) for uid, *_row in rows])


def bring(db: Database, schema: str) -> None:
    """Have every row be what it is in the attached file `schema` where that is the later one. Inside `atomic` only."""
    written = "ifnull((SELECT o.written FROM {}.imported_order o WHERE o.uid = {}.uid), '')"
    ours, theirs = written.format("main", "m"), written.format(schema, "t")
    db.run(
        f"INSERT OR REPLACE INTO main.imported(uid, ledger, cells) SELECT t.uid, t.ledger, t.cells "
        f"FROM {schema}.imported t LEFT JOIN main.imported m ON m.uid = t.uid "
        f"WHERE m.uid IS NULL OR ({theirs}, t.cells) > ({ours}, m.cells)"
    )
    db.run(
        f"INSERT INTO main.imported_order SELECT uid, written FROM {schema}.imported_order WHERE true "
        "ON CONFLICT (uid) DO UPDATE SET written = max(written, excluded.written)"
    )


def renew(db: Database, ledger: Ledger, rows: Iterable[tuple[str, Prints]], operation: str) -> None:
    """As `write`, of records that are in the file; an operation that is taken back takes back what rows held too."""
    rows = list(rows)
    before = _kept(db, [uid for uid, _cells in rows])
    changed = []
    for uid, cells in rows:
        old = before.get(uid, {})
        keys = {key for key in old.keys() | cells.keys() if old.get(key) != cells.get(key)}
        if keys:
            sides = ({key: side[key] for key in keys & side.keys()} for side in (old, cells))
            changed.append((operation, uid, ledger.name, *map(text, sides)))
    db.run("DELETE FROM imported_changes WHERE operation NOT IN (SELECT made FROM steps)")
    db.run_many("INSERT INTO imported_changes VALUES (?, ?, ?, ?, ?)", changed)
    write(db, ledger, rows)


def turn(db: Database, operation: str, *, again: bool) -> None:
    """Take back what an operation made rows hold, cell by cell where that is still so; or do it `again`."""
    sql = 'SELECT uid, ledger, "before", "after" FROM imported_changes WHERE operation = ?'
    changed = db.rows(sql, (operation,))
    held = _kept(db, [str(uid) for uid, *_rest in changed])
    rows = []
    for uid, ledger, *sides in changed:
        old, new = (_prints(str(side)) for side in (sides if again else sides[::-1]))
        cells = dict(held.get(uid, {}))
        for key in old.keys() | new.keys():
            if cells.get(key) == old.get(key):
                cells.pop(key, None)
                cells |= {key: new[key]} if key in new else {}
        rows.append((str(uid), str(ledger), text(cells)))
    if rows:
        _put(db, rows)


def _kept(db: Database, uids: Sequence[str]) -> dict[str, Prints]:
    """What the rows of these records held when they were taken in last."""
    found: dict[str, Prints] = {}
    for start in range(0, len(uids), 5000):
        part = tuple(uids[start : start + 5000])
        marks = ", ".join("?" * len(part))
        rows = db.rows(f"SELECT uid, cells FROM imported WHERE uid IN ({marks})", part)
        found |= {str(uid): _prints(str(cells)) for uid, cells in rows}
    return found


def _prints(kept: str) -> Prints:
    return dict(part.split("=", 1) for part in kept.split())


def text(cells: Prints) -> str:
    """The prints of a row as they are kept."""
    return " ".join(f"{key}={cells[key]}" for key in sorted(cells))


def by_fields(
    db: Database, ledger: Ledger, keys: Sequence[str]
) -> Iterator[tuple[str, tuple[str | int | None, ...]]]:
    """The uid of every record that is not binned, with these of its fields, in order of entry."""
    named = ", ".join(ledger.field(key).key for key in keys)
    for uid, *values in db.rows(
        f"SELECT uid, {named} FROM {ledger.name} WHERE binned_at IS NULL ORDER BY id"
    ):
        yield str(uid), tuple(values)
