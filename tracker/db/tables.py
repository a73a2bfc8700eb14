"""From a declaration to its table, indexes and search index; adds what is missing, never drops anything."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tracker.db.database import Database
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Choice, Count, Day, Field, Link, Money, Names, Number, Text, YesNo
from tracker.schema.ledger import Ledger

KEPT = {"year": int, "no": int, "number_key": str, "binned_at": str, "binned_by": str}
"""Columns beside the fields: the year and running number, the number as compared (none where the record was taken back,
so that its number is free), and when and by whom the record was binned."""
NEVER_NULL = frozenset({"uid", "year", "no"})
"""Columns that SQLite knows to be filled in, always."""
GAP = "␟␟"
"""Between two fields in the search index: two characters, so that also the last two of a field begin a trigram."""


def column_type(field: Field) -> type:
    """What the STRICT table holds for a field."""
    return int if field.integer else str


def columns(ledger: Ledger) -> dict[str, type]:
    """The table's columns in order, without its `id`."""
    head: dict[str, type] = {"uid": str, **KEPT}
    return {**head, **{f.key: column_type(f) for f in ledger.fields if f.key not in head}}


def search_text(ledger: Ledger, row: str = "") -> str:
    """SQL for all text of a record (of `new` or `old` inside a trigger), fields parted by GAP."""
    prefix = f"{row}." if row else ""
    parts = (f"coalesce({prefix}{f.key}, '')" for f in searched(ledger))
    return f" || '{GAP}' || ".join(parts) + f" || '{GAP}'"


def searched(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that a text search looks into through the index."""
    return tuple(f for f in ledger.entered if isinstance(f, Text | Names | Number | Link))


def listed(ledger: Ledger) -> tuple[str, ...]:
    """The list's own index: its order, then all but texts, so that most filters need not read the table."""
    short = (f.key for f in ledger.entered if isinstance(f, Choice | Day | Money | Count | YesNo))
    return tuple(dict.fromkeys((ledger.order, "id", *short)))


def indexes(ledger: Ledger) -> tuple[tuple[str, ...], ...]:
    """The columns of every index over records that are not in the bin; the list's takes the place of its day's."""
    looked_up = [(f.key,) for f in ledger.entered if isinstance(f, Link)]
    looked_up += [(key,) for key in (ledger.calls, ledger.aliases, CONTINUES.key) if key in ledger.by_key]
    return (listed(ledger), *dict.fromkeys(i for i in (*ledger.indexes, *looked_up) if i != (ledger.day,)))


def named(ledger: Ledger, index: Sequence[str]) -> str:
    """The name in the file; it tells the columns, so that an index is made anew when its declaration changes."""
    return f"{ledger.name}_by_{'_'.join(index)}"


def shape(ledger: Ledger) -> str:
    """The declaration as far as the file depends on it, as text to compare."""
    named = {name: kind.__name__ for name, kind in columns(ledger).items()}
    return json.dumps([named, sorted(indexes(ledger)), [f.key for f in searched(ledger)]])


def bring_up(db: Database, ledger: Ledger) -> None:
    """Make the ledger's table, or add the columns, indexes and triggers that it lacks."""
    table = db.raw.table(ledger.name)
    wanted = columns(ledger)
    if table.exists():
        for name, kind in wanted.items():
            if name not in table.columns_dict:
                table.add_column(name, kind)
    else:
        table.create({"id": int, **wanted}, pk="id", not_null=set(NEVER_NULL), strict=True)
    _bring_up_indexes(db, ledger)
    _bring_up_search(db, ledger)


def _bring_up_indexes(db: Database, ledger: Ledger) -> None:
    name = ledger.name
    wanted = {
        f"{name}_by_uid": "UNIQUE INDEX {} ON {}(uid)",
        f"{name}_by_number_key": "INDEX {} ON {}(number_key)",
        f"{name}_by_year_no": "INDEX {} ON {}(year, no)",
        f"{name}_by_binned_at": "INDEX {} ON {}(binned_at) WHERE binned_at IS NOT NULL",
    }
    for index in indexes(ledger):
        wanted[named(ledger, index)] = f"INDEX {{}} ON {{}}({', '.join(index)}) WHERE binned_at IS NULL"
    sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name LIKE ?"
    there = {row[0] for row in db.rows(sql, (name, f"{name}_by_%"))}
    for index_name in sorted(there - set(wanted)):
        db.run(f"DROP INDEX {index_name}")
    for index_name in wanted.keys() - there:
        db.run("CREATE " + wanted[index_name].format(index_name, name))


def _bring_up_search(db: Database, ledger: Ledger) -> None:
    name, text = ledger.name, search_text(ledger)
    fresh = db.one("SELECT 1 FROM sqlite_master WHERE name = ?", (f"{name}_search",)) is None
    for event in ("insert", "delete", "update"):
        db.run(f"DROP TRIGGER IF EXISTS {name}_search_{event}")
    if not fresh:
        db.run(f"DROP TABLE {name}_search_words")
        db.run(f"DROP TABLE {name}_search")
    db.run(
        f"CREATE VIRTUAL TABLE {name}_search USING "
        "fts5(text, content='', contentless_delete=1, tokenize='trigram', detail=none)"
    )
    db.run(f"CREATE VIRTUAL TABLE {name}_search_words USING fts5vocab({name}_search, row)")
    db.run(f"INSERT INTO {name}_search(rowid, text) SELECT id, {text} FROM {name}")
    keys = ", ".join(f.key for f in searched(ledger))
    _index_inserts(db, ledger)
    db.run(
        f"CREATE TRIGGER {name}_search_delete AFTER DELETE ON {name} BEGIN "
        f"DELETE FROM {name}_search WHERE rowid = old.id; END"
    )
    db.run(
        f"CREATE TRIGGER {name}_search_update AFTER UPDATE OF {keys} ON {name} BEGIN "
        f"UPDATE {name}_search SET text = {search_text(ledger, 'new')} WHERE rowid = old.id; END"
    )


def _index_inserts(db: Database, ledger: Ledger) -> None:
    name = ledger.name
    db.run(
        f"CREATE TRIGGER {name}_search_insert AFTER INSERT ON {name} BEGIN "
        f"INSERT INTO {name}_search(rowid, text) VALUES (new.id, {search_text(ledger, 'new')}); END"
    )
