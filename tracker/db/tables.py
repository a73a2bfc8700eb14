"""From a declaration to its table, indexes and search index; adds what is missing, never drops anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from hashlib import sha256
from typing import TypeVar

from tracker.db.database import Database
from tracker.schema.agenda import Waiting
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import (
    Choice,
    Count,
    Day,
    Field,
    Link,
    Money,
    Name,
    Names,
    Number,
    Text,
    YesNo,
)
from tracker.schema.filters import literal
from tracker.schema.ledger import Ledger

KEPT = {"year": int, "no": int, "number_key": str, "binned_at": str, "binned_by": str}
"""Columns beside the fields: the year and running number, the number as compared (none where the record was taken back,
so that its number is free), and when and by whom the record was binned."""
NEVER_NULL = frozenset({"uid", "year", "no"})
"""Columns that SQLite knows to be filled in, always."""
GAP = "␟␟"
"""Between two fields in the search index: two characters, so that also the last two of a field begin a trigram."""


T = TypeVar("T")


def made_once(make: Callable[[Ledger], T]) -> Callable[[Ledger], T]:
    """What is made of a declaration alone is kept with it, as by `cached_property`: each opening asks for all of it."""
    kept = f"{__name__}.{make.__name__}"

    @wraps(make)
    def made(ledger: Ledger) -> T:
        found = vars(ledger)
        if kept not in found:
            found[kept] = make(ledger)
        result: T = found[kept]
        return result

    return made


def column_type(field: Field) -> type:
    """What the STRICT table holds for a field."""
    return int if field.integer else str


@made_once
def columns(ledger: Ledger) -> Mapping[str, type]:
    """The table's columns in order, without its `id`."""
    head: dict[str, type] = {"uid": str, **KEPT}
    return {**head, **{f.key: column_type(f) for f in ledger.fields if f.key not in head}}


def search_text(ledger: Ledger, row: str = "") -> str:
    """SQL for all text of a record (of `new` or `old` inside a trigger), fields parted by GAP."""
    prefix = f"{row}." if row else ""
    parts = (f"coalesce({prefix}{f.key}, '')" for f in searched(ledger))
    return f" || '{GAP}' || ".join(parts) + f" || '{GAP}'"


@made_once
def searched(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that a text search looks into through the index."""
    return tuple(f for f in ledger.entered if f.searched and isinstance(f, Text | Names | Number | Link))


@made_once
def spelled(ledger: Ledger) -> tuple[Field, ...]:
    """The fields whose texts are found by pinyin as well: names, and any other text of one line."""
    return tuple(
        f
        for f in ledger.entered
        if f.searched
        and (
            isinstance(f, Names | Name | Link)
            or (type(f) is Text and not (f.multiline or f.personal))  # no codes nor identity numbers
        )
    )


def subjects(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that say whom or what a record is about, its parties mostly; not those who deal with it."""
    free = [f for f in spelled(ledger) if not (f.carry or isinstance(f, Link))]
    found = [f for f in free if isinstance(f, Names | Name) or f.names or f.required]
    return tuple(found or [f for f in free if f.key in ledger.columns][:1])


def listed(ledger: Ledger) -> tuple[str, ...]:
    """The list's own index: its order, then all but texts, so that most filters need not read the table."""
    short = (f.key for f in ledger.entered if isinstance(f, Choice | Day | Money | Count | YesNo))
    return tuple(dict.fromkeys((ledger.order, "id", *short)))


@made_once
def indexes(ledger: Ledger) -> tuple[tuple[str, ...], ...]:
    """The columns of every index over records that are not in the bin; the list's takes the place of its day's."""
    looked_up = [(f.key,) for f in ledger.entered if isinstance(f, Link)]
    looked_up += [(key,) for key in (ledger.calls, ledger.aliases, CONTINUES.key) if key in ledger.by_key]
    return (listed(ledger), *dict.fromkeys(i for i in (*ledger.indexes, *looked_up) if i != (ledger.day,)))


def named(ledger: Ledger, index: Sequence[str]) -> str:
    """The name in the file; it tells the columns, so that an index is made anew when its declaration changes."""
    return f"{ledger.name}_by_{'_'.join(index)}"


def waiting_columns(ledger: Ledger, step: Waiting) -> tuple[str, ...]:
    """The columns of the index of a step: its days, whose a record is, and what its condition looks at.

    All that is asked of it then lies in the index, so that counting never touches the table.
    """
    days = (step.by, step.since) if step.by else (step.since,)
    looked_at = sorted(step.when.fields())
    return tuple(dict.fromkeys((*days, *ledger.agenda.people, "created_by", *looked_at, "binned_at")))


def waits(step: Waiting) -> str:
    """SQL for the records that wait for a step, as its index has it: only then SQLite finds them by it."""
    return f"binned_at IS NULL AND ({literal(step.when)})"


def waiting_index(ledger: Ledger, step: Waiting) -> str:
    """The name of a step's index; it tells the declaration, as `named` does."""
    told = f"{waiting_columns(ledger, step)} {waits(step)}"
    return f"{ledger.name}_by_waiting_{step.key}_{sha256(told.encode()).hexdigest()[:8]}"


@made_once
def shape(ledger: Ledger) -> str:
    """The declaration as far as the file depends on it, as text to compare."""
    named = {name: kind.__name__ for name, kind in columns(ledger).items()}
    waiting = [waiting_index(ledger, step) for step in ledger.agenda.waiting]
    spelling = [f.key for f in spelled(ledger)]
    return json.dumps([named, sorted(indexes(ledger)), [f.key for f in searched(ledger)], spelling, *waiting])


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


@made_once
def index_texts(ledger: Ledger) -> Mapping[str, str]:
    """The SQL of every index of the ledger's table, by its name."""
    name = ledger.name
    wanted = {
        f"{name}_by_uid": "UNIQUE INDEX {} ON {}(uid)",
        f"{name}_by_number_key": "INDEX {} ON {}(number_key)",
        f"{name}_by_year_no": "INDEX {} ON {}(year, no)",
        f"{name}_by_binned_at": "INDEX {} ON {}(binned_at) WHERE binned_at IS NOT NULL",
    }
    for index in indexes(ledger):
        wanted[named(ledger, index)] = f"INDEX {{}} ON {{}}({', '.join(index)}) WHERE binned_at IS NULL"
    made = {index: "CREATE " + text.format(index, name) for index, text in wanted.items()}
    for step in ledger.agenda.waiting:
        by, keys = waiting_index(ledger, step), ", ".join(waiting_columns(ledger, step))
        made[by] = f"CREATE INDEX {by} ON {name}({keys}) WHERE {waits(step)}"
    return made


def _bring_up_indexes(db: Database, ledger: Ledger) -> None:
    """Make the declared indexes, those of our names with other words anew."""
    wanted = index_texts(ledger)
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name GLOB ?"
    there: dict[str, str] = dict(db.rows(sql, (ledger.name, f"{ledger.name}_by_*")))
    for name in sorted(name for name, text in there.items() if wanted.get(name) != text):
        db.run(f"DROP INDEX {name}")
    for name, text in wanted.items():
        if there.get(name) != text:
            db.run(text)


def _bring_up_search(db: Database, ledger: Ledger) -> None:
    indexed, triggers = _indexed_so(db, ledger), search_triggers(ledger)
    for trigger in triggers:
        db.run(f"DROP TRIGGER IF EXISTS {trigger}")
    if not indexed:
        _index_texts(db, ledger)
    db.run(collected(ledger))
    for sql in triggers.values():
        db.run(sql)


@made_once
def search_triggers(ledger: Ledger) -> Mapping[str, str]:
    """The triggers by which the search index follows the table, by their names."""
    name, keys = ledger.name, ", ".join(f.key for f in searched(ledger))
    new, noted = search_text(ledger, "new"), _collected_from(ledger, "new")
    does = {
        "insert": f"INSERT ON {name} BEGIN INSERT INTO {name}_search(rowid, text) VALUES (new.id, {new}); {noted}; END",
        "delete": f"DELETE ON {name} BEGIN DELETE FROM {name}_search WHERE rowid = old.id; END",
        "update": f"UPDATE OF {keys} ON {name} BEGIN "
        f"UPDATE {name}_search SET text = {new} WHERE rowid = old.id; {noted}; END",
    }
    return {
        f"{name}_search_{event}": f"CREATE TRIGGER {name}_search_{event} AFTER {sql}"
        for event, sql in does.items()
    }


def _indexed_so(db: Database, ledger: Ledger) -> bool:
    """Whether the index of text holds what it would, by the trigger that has kept it."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ? AND instr(sql, ?) > 0"
    text = f"SET text = {search_text(ledger, 'new')} WHERE"
    return db.one(sql, (f"{ledger.name}_search_update", text)) is not None


@made_once
def search_tables(ledger: Ledger) -> Mapping[str, str]:
    """The SQL of the search index and its vocabulary, by their names."""
    name = f"{ledger.name}_search"
    return {
        name: f"CREATE VIRTUAL TABLE {name} USING "
        "fts5(text, content='', contentless_delete=1, tokenize='trigram', detail=none)",
        f"{name}_words": f"CREATE VIRTUAL TABLE {name}_words USING fts5vocab({name}, row)",
    }


def _index_texts(db: Database, ledger: Ledger) -> None:
    name, made = ledger.name, search_tables(ledger)
    for table in reversed(list(made)):
        db.run(f"DROP TABLE IF EXISTS {table}")
    for sql in made.values():
        db.run(sql)
    db.run(f"INSERT INTO {name}_search(rowid, text) SELECT id, {search_text(ledger)} FROM {name}")


def collected(ledger: Ledger, after: int = 0) -> str:
    """SQL that notes the names of all records, those with greater ids than `after`, to be spelled (`db.spelling`)."""
    parts = (
        f"SELECT DISTINCT {f.key} AS text FROM {ledger.name} WHERE id > {after}" for f in spelled(ledger)
    )
    return _noted(ledger, parts)


def _collected_from(ledger: Ledger, row: str) -> str:
    return _noted(ledger, (f"SELECT {row}.{f.key} AS text" for f in spelled(ledger)))


def _noted(ledger: Ledger, parts: Iterable[str]) -> str:
    texts = " UNION ".join(parts) or "SELECT NULL AS text"
    return (
        f"INSERT INTO names(ledger, text) SELECT '{ledger.name}', text FROM ({texts}) WHERE text IS NOT NULL "
        "ON CONFLICT(ledger, text) DO NOTHING"
    )
