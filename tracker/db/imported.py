"""Which record each row of a sheet without numbers became, by a few bytes a cell, so that rows are known again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
        "WHERE i.ledger = ? ORDER BY r.id",
        (ledger.name,),
    )
    for uid, cells, gone in found:
        kept = dict(part.split("=", 1) for part in str(cells).split())
        (there if gone is None else binned)[str(uid)] = kept
    return there, binned


def write(db: Database, ledger: Ledger, rows: Iterable[tuple[str, Prints]]) -> None:
    """Keep what rows held, by the uids of their records; inside the transaction that writes these."""
    told = [(uid, ledger.name, text(cells)) for uid, cells in rows]
    db.run_many("INSERT OR REPLACE INTO imported (uid, ledger, cells) VALUES (?, ?, ?)", told)


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
