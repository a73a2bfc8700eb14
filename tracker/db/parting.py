"""Some records of a file written into a new one: with every row of the history of each, and what they need.

A history row names its predecessors by hashes over the whole file, of which a part holds only some. One more row at its
end (`verifying.PART`) names those that were left out, so that the part can be verified as any file, and merged as any
file: of each record in it all rows are there, and that is all that merging asks for (see `merging`).

The new file is open as `main`, the whole one is attached for reading as `other`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.db import settings, tables, verifying
from tracker.db.database import Database
from tracker.db.history import Journal, parted
from tracker.db.merging import OTHER
from tracker.db.verifying_rest import FILES
from tracker.schema.catalogue import Catalogue
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Names
from tracker.schema.filters import Condition
from tracker.schema.ledger import Ledger

Uids = dict[str, set[str]]
"""By the ledger's name."""


def chosen(db: Database, ledger: Ledger, where: Condition) -> set[str]:
    """The records of a ledger that meet a condition, the bin's too: that one is in there is news as well."""
    text, parameters = where.sql()
    return {str(uid) for (uid,) in db.each(f"SELECT uid FROM {ledger.name} WHERE {text}", parameters)}


def needed(db: Database, catalogue: Catalogue, found: Uids) -> Uids:
    """The further records that these name or go on from, and those that they name in turn."""
    more: Uids = {}
    new = {name: set(uids) for name, uids in found.items()}
    while any(new.values()):
        named: Uids = {}
        for ledger in catalogue.ledgers:
            for name, uids in _named(db, catalogue, ledger, new.get(ledger.name, set())):
                named.setdefault(name, set()).update(uids)
        new = {
            name: uids - found.get(name, set()) - more.get(name, set())
            for name, uids in named.items()
            if uids
        }
        for name, uids in new.items():
            more.setdefault(name, set()).update(uids)
    return {name: uids for name, uids in more.items() if uids}


def _named(
    db: Database, catalogue: Catalogue, ledger: Ledger, uids: set[str]
) -> Iterator[tuple[str, set[str]]]:
    for field in ledger.naming:
        other = catalogue.by_name.get(field.names)
        texts = _values(db, ledger, field.key, uids) if other else ()
        if other and texts:
            names = {name for text in texts for name in Names.split(text)} | set(texts)
            yield other.name, _holding(db, other, other.called.key, names)
    earlier = _values(db, ledger, CONTINUES.key, uids) if ledger.matter else ()
    for other in catalogue.ledgers if earlier else ():
        yield other.name, _holding(db, other, "uid", earlier)


def _values(db: Database, ledger: Ledger, key: str, uids: set[str]) -> set[str]:
    found: set[str] = set()
    for part in _blocks(uids):
        sql = f"SELECT DISTINCT {key} FROM {ledger.name} WHERE uid IN ({_marks(part)}) AND {key} IS NOT NULL"
        found |= {str(text) for (text,) in db.rows(sql, part)}
    return found


def _holding(db: Database, ledger: Ledger, key: str, values: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for part in _blocks(values):
        sql = f"SELECT uid FROM {ledger.name} WHERE {key} IN ({_marks(part)})"
        found |= {str(uid) for (uid,) in db.rows(sql, part)}
    return found


def belonging(db: Database, attached: Ledger, uids: Iterable[str]) -> set[str]:
    """What of an attached ledger belongs to these records."""
    return _holding(db, attached, "record", uids)


def _blocks(values: Iterable[str]) -> Iterator[tuple[str, ...]]:
    every = sorted(values)
    return (tuple(every[n : n + 5000]) for n in range(0, len(every), 5000))


def _marks(part: Sequence[str]) -> str:
    return ", ".join("?" * len(part))


def begin(db: Database, uids: Mapping[str, set[str]]) -> None:
    """Note the records that are to be written. Inside `atomic`."""
    db.run("CREATE TEMP TABLE chosen (uid TEXT PRIMARY KEY, ledger TEXT NOT NULL) WITHOUT ROWID")
    for name, some in uids.items():
        db.run_many("INSERT INTO temp.chosen VALUES (?, ?)", [(uid, name) for uid in sorted(some)])


def copy_frame(db: Database, of_computer: frozenset[str]) -> None:
    """What the office set, by its whole history, but for settings `of_computer`; and the last numbers given. Inside
    `atomic`."""
    db.run("DELETE FROM main.settings")
    for table in ("settings", "counters"):
        db.run(f"INSERT INTO main.{table} SELECT * FROM {OTHER}.{table}")
    db.run_many("DELETE FROM main.settings WHERE key = ?", [(key,) for key in sorted(of_computer)])
    db.run("DELETE FROM main.computed")
    db.run(f"INSERT INTO main.computed SELECT * FROM {OTHER}.computed")
    mine = f"SELECT * FROM {OTHER}.history WHERE uid = ? AND ledger = ?"
    name = settings.LEDGER
    db.run(
        f"INSERT INTO main.operations SELECT * FROM {OTHER}.operations WHERE id IN "
        f"(SELECT operation FROM {OTHER}.history WHERE uid = ? AND ledger = ?)",
        (name, name),
    )
    db.run(f"INSERT INTO main.history {mine}", (name, name))


def copy_records(db: Database, ledger: Ledger) -> int:
    """The chosen records of a ledger as they are, with their histories; how many. Inside `atomic`."""
    names = ", ".join(tables.columns(ledger))
    mine = "SELECT uid FROM temp.chosen WHERE ledger = ?"
    db.run(
        f"INSERT INTO main.{ledger.name}({names}) SELECT {names} FROM {OTHER}.{ledger.name} "
        f"WHERE uid IN ({mine}) ORDER BY id",
        (ledger.name,),
    )
    rows = f"FROM {OTHER}.history WHERE ledger = ? AND uid IN ({mine})"
    both = (ledger.name, ledger.name)
    db.run(
        f"INSERT OR IGNORE INTO main.operations SELECT * FROM {OTHER}.operations WHERE id IN (SELECT operation {rows})",
        both,
    )
    db.run(f"INSERT INTO main.history SELECT * {rows}", both)
    return int(db.rows(f"SELECT count(*) FROM main.{ledger.name}")[0][0])


def copy_contents(db: Database) -> None:
    """The attached files of the chosen records, and which rows of sheets these came of. Inside `atomic`."""
    db.run(
        f"INSERT INTO main.contents(digest, size, content) SELECT digest, size, content FROM {OTHER}.contents "
        f"WHERE digest IN (SELECT digest FROM main.{FILES})"
    )
    for table in ("imported", "imported_order"):
        mine = f"SELECT * FROM {OTHER}.{table} WHERE uid IN (SELECT uid FROM temp.chosen)"
        db.run(f"INSERT INTO main.{table} {mine}")


def close(db: Database, journal: Journal, told: Mapping[str, object]) -> None:
    """Name the rows that were left out, in one row after all others: those before rows that are here, and the last
    ones of the whole file. Inside `atomic`."""
    there: set[bytes] = set()
    before: set[bytes] = set()
    last = {row[0] for row in db.rows(f"SELECT hash FROM {OTHER}.heads")}
    for kept, parents in db.each("SELECT hash, parents FROM main.history"):
        there.add(kept)
        before.update(parted(parents))
    db.run("DELETE FROM main.heads")
    db.run_many("INSERT INTO main.heads VALUES (?)", [(end,) for end in sorted(there - before)])
    journal.join()
    absent = sorted(one.hex() for one in (before | last) - there)
    journal.add("", "", verifying.PART, {**told, "absent": absent})
    journal.flush()
