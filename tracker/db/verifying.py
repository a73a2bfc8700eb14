"""Whether a file is sound: SQLite's structure, the graph of the history, and that the tables hold what it says.

Every graph is accepted that copying, working on and merging can make: several beginnings, forks and joins, and one end.
Nothing else is: each row hashes its content with its predecessors, each of which is an earlier row or, after a part of
another file came in, one that the row `PART` names as left out. Only a merge, a part and a rescue join branches, and
none leaves one open.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracker import ids
from tracker.db import settings, templates
from tracker.db.database import Database
from tracker.db.history import HASH, parted, row_hash
from tracker.db.history import told as told_changes
from tracker.db.records import DELETED
from tracker.db.row_shapes import RowShapes, shapes_of
from tracker.i18n import N_
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

PART = "part"
"""The action of the row that names, by their hashes, the rows left out of a file that was written for sending."""
DAMAGE = N_("SQLite finds damage: {what}")
"""Begins what SQLite tells in its own words, which are for whoever looks into it."""
MOST_DAMAGE = 20
"""So many places SQLite is asked for at most."""
JOINED = {"merge": 2, "part": sys.maxsize, "rescue": sys.maxsize}
"""How many branches an operation of a kind may join: a merge its two files; a part and a rescue all that is left."""
_encode = json.JSONEncoder(ensure_ascii=False).encode
Tick = Callable[[], object]


@dataclass(frozen=True)
class Fault:
    """What is wrong in one place.

    `text` is a message id; its `{what}` are fields of the record or settings by their keys, or what has no other name.
    `ledger` and `uid` stand where a record is meant.
    """

    text: str
    what: tuple[str, ...] = ()
    ledger: str = ""
    uid: str = ""


def sizes(db: Database, ledgers: Iterable[Ledger]) -> tuple[int, int]:
    """How many rows the history has, and how many records all ledgers have, the bin's too."""
    counted = [
        db.rows(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("history", *(one.name for one in ledgers))
    ]
    return counted[0], sum(counted[1:])


def structure(db: Database) -> Iterator[Fault]:
    """What SQLite itself finds: damaged pages and indexes, references to nothing."""
    for (said,) in db.rows(f"PRAGMA integrity_check({MOST_DAMAGE})"):
        for line in str(said).splitlines():
            if line != "ok" and not line.startswith("***"):  # which begins what is wrong with pages
                yield Fault(DAMAGE, (line,))
    for table, row, *_rest in db.rows("PRAGMA foreign_key_check"):
        yield Fault(N_("A row refers to one that is not there: {what}"), (f"{table} {row}",))
    for table, columns in _WHOLE.items():
        lacking = " OR ".join(f"{column} IS NULL" for column in columns)
        for (row,) in db.rows(f"SELECT rowid FROM {table} WHERE {lacking} LIMIT 20"):
            yield Fault(N_("A row of the history lacks what each of them has: {what}"), (f"{table} {row}",))


_WHOLE = {
    "history": ("operation", "ledger", "uid", "action", "changes", "parents", "hash"),
    "operations": ("at", "clerk", "origin", "kind"),
}


def graph(db: Database, tick: Tick = lambda: None) -> Iterator[Fault]:
    """Rows of the history that were changed, taken out, put in or put out of order; `tick` is called at each row."""
    ends: dict[bytes, None] = {}
    absent: set[bytes] = set()
    sought: dict[bytes, str] = {}
    shapes = RowShapes(db.catalogue.kept)
    of = head = ""
    sql = (
        "SELECT h.id, h.operation, h.ledger, h.uid, h.action, h.changes, h.parents, h.hash, "
        "o.at, o.clerk, o.origin, o.kind, o.note "
        "FROM history h LEFT JOIN operations o ON o.id = h.operation ORDER BY h.id"
    )
    for identity, operation, ledger, uid, action, changes, parents, kept, *told in db.each(sql):
        tick()
        if told[0] is None:
            yield Fault(N_("A row of the history belongs to no operation"), (identity,), ledger, uid)
            told = [""] * len(told)
        if operation != of:
            of, head = operation, _encode([operation, *told])
        if row_hash(head, identity, ledger, uid, action, changes, parents) != kept or len(parents) % HASH:
            yield Fault(N_("A row of the history was changed after it was written"), (identity,), ledger, uid)
        elif not shapes.fit(ledger, action, changes):
            yield Fault(N_("A row of the history says what no program writes"), (identity,), ledger, uid)
        if not ids.is_one(identity):
            yield Fault(
                N_("A row of the history has an identifier that sorts nowhere"), (identity[:40],), ledger, uid
            )
        if len(parents) > HASH * JOINED.get(told[3], 1):
            yield Fault(
                N_("A row of the history joins branches that no merge brought together"),
                (identity,),
                ledger,
                uid,
            )
        for parent in parted(parents):
            if parent in ends:
                del ends[parent]
            else:
                sought.setdefault(parent, identity)
        if action == PART:
            absent |= left_out(changes)
        ends[kept] = None
    yield from _unknown(db, {h: by for h, by in sought.items() if h not in absent}, tick)
    if {row[0] for row in db.rows("SELECT hash FROM heads")} != ends.keys():
        yield Fault(N_("The end of the history is not where the file says that it is"))
    if len(ends) > 1:
        yield Fault(
            N_("The history has {what} ends; each file that a program writes has one"), (f"{len(ends):,}",)
        )
    empty = (
        "SELECT id FROM operations o WHERE NOT EXISTS (SELECT 1 FROM history WHERE operation = o.id) LIMIT 20"
    )
    for (operation,) in db.rows(empty):
        yield Fault(N_("An operation of the history has lost its rows"), (str(operation),))


def left_out(changes: str) -> set[bytes]:
    """The hashes that the row `PART` with these changes names."""
    try:
        return {bytes.fromhex(one) for one in json.loads(changes)["absent"] if len(one) == 2 * HASH}
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ):  # a row that was changed, and is told of as such
        return set()


def _unknown(db: Database, sought: dict[bytes, str], tick: Tick) -> Iterator[Fault]:
    """Predecessors that no earlier row is."""
    if sought:
        for identity, kept in db.each("SELECT id, hash FROM history ORDER BY id"):
            tick()
            if sought.get(kept, "") > identity:
                del sought[kept]
    for by in sorted(set(sought.values())):
        yield Fault(N_("A row before this one is missing from the history, or comes after it"), (by,))


def records(db: Database, ledger: Ledger, tick: Tick = lambda: None) -> Iterator[Fault]:
    """Records of a ledger that hold anything else than their history says; `tick` is called at each."""
    keys = tuple(dict.fromkeys(("year", "no", *told(ledger))))
    columns = (*keys, "number_key", *STAMPS)
    kept = db.each(f"SELECT uid, {', '.join(columns)} FROM {ledger.name} ORDER BY uid")
    wanted, shapes = frozenset(keys), shapes_of(ledger)
    replays = ((uid, replay(ledger, rows, wanted)) for uid, rows in histories(db, ledger.name))
    known = next(replays, None)
    for uid, *values in kept:
        tick()
        while known and known[0] < uid:
            yield Fault(N_("A record that the history knows is missing"), (), ledger.name, known[0])
            known = next(replays, None)
        if known is None or known[0] != uid:
            yield Fault(N_("A record is in no history"), (), ledger.name, uid)
            continue
        held = dict(zip(columns, values, strict=True))
        wrong = [key for key in columns if held[key] != known[1].get(key)]
        if wrong:  # what the history says fits, or `graph` tells of it
            odd = [key for key, fits in shapes.items() if held[key] is not None and not fits(held[key])]
            if odd:
                yield Fault(N_("A field holds what it cannot hold: {what}"), tuple(odd), ledger.name, uid)
            yield Fault(N_("A record was changed past the history: {what}"), tuple(wrong), ledger.name, uid)
        known = next(replays, None)
    while known:
        yield Fault(N_("A record that the history knows is missing"), (), ledger.name, known[0])
        known = next(replays, None)


STAMPS = ("created_at", "created_by", "origin", "updated_at", "updated_by", "binned_at", "binned_by")


def told(ledger: Ledger) -> tuple[str, ...]:
    """The columns of a ledger of which the history tells: those that are entered, not those that are computed."""
    continued = (CONTINUES.key,) if CONTINUES.key in ledger.by_key else ()
    return (*(field.key for field in ledger.inputs), *continued)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the history of a record, with who wrote it."""

    id: str
    uid: str
    action: str
    changes: str
    at: str
    clerk: str
    origin: str
    note: str = ""

    def told(self) -> dict[str, Any]:
        """Its changes; none where the row was damaged, which `graph` tells."""
        return told_changes(self.changes)


def histories(
    db: Database, ledger: str, uids: Sequence[str] | None = None
) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each record of a ledger, or of these, by uid and in order."""
    some = "" if uids is None else " AND h.uid IN (SELECT value FROM json_each(?))"
    sql = (
        "SELECT h.id, h.uid, h.action, h.changes, o.at, o.clerk, o.origin, o.note FROM history h "
        f"JOIN operations o ON o.id = h.operation WHERE h.ledger = ?{some} ORDER BY h.uid, h.id"
    )
    parameters = (ledger,) if uids is None else (ledger, json.dumps(list(uids)))
    for uid, rows in groupby(db.each(sql, parameters), key=itemgetter(1)):
        yield uid, [Row(*row) for row in rows]


def replay(ledger: Ledger, rows: Iterable[Row], keys: frozenset[str]) -> dict[str, Value]:
    """What a record holds by its history: each of these fields as the last row that wrote it says, and its stamps.

    A record that was rescued without its history is entered with the stamps that it had.
    """
    state: dict[str, Value] = {}
    free = False
    for row in rows:
        changes = row.told()
        if row.action == "insert":
            state.update({k: v for k, v in changes.items() if k in keys})
            state |= {"created_at": row.at, "created_by": row.clerk, "origin": row.origin}
        elif row.action == "update":
            state.update({k: v[1] for k, v in changes.items() if k in keys and isinstance(v, list) and v[1:]})
            free = free and ledger.number not in changes
        elif row.action in ("bin", "restore"):
            binned = row.action == "bin"
            state |= {"binned_at": row.at if binned else None, "binned_by": row.clerk if binned else None}
            free = binned if "number_key" in changes else free
        elif row.action == "delete":
            state |= {"binned_at": row.at, "binned_by": DELETED}
            free = True
        if row.action in ("insert", "update"):
            state |= {"updated_at": row.at, "updated_by": row.clerk}
        if row.action == "insert":
            state |= {k: changes[k] for k in STAMPS if k in changes}
    if state.get("binned_at") is None:
        free = False  # side by side with a deletion it was taken out of the bin
    state["number_key"] = None if free else ledger.key_text(state.get(ledger.number))
    return state


def set_values(db: Database, of_computer: frozenset[str]) -> Iterator[Fault]:
    """Settings that are other than their history says.

    Those of a computer stay what they are when another file comes in, whose history tells of another computer's: such
    a one is nothing, or what was ever set.
    """
    state, held = told_settings(db), settings.read(db)
    for key in sorted({k for k, v in state.items() if v is not None} | held.keys()):
        apart = key in of_computer and (key not in held or was_set(db, key, held[key]))
        if held.get(key) != state.get(key) and not apart:
            yield Fault(N_("A setting was changed past the history: {what}"), (key,))


def was_set(db: Database, key: str, value: str) -> bool:
    """Whether any row of the history set a setting to this value."""
    told = (row.told().get(key) for _uid, rows in histories(db, settings.LEDGER) for row in rows)
    return any(isinstance(pair, list) and pair[1:] == [value] for pair in told)


def told_settings(db: Database) -> dict[str, str | None]:
    """What every setting is by its history."""
    state: dict[str, str | None] = {}
    for _uid, rows in histories(db, settings.LEDGER):
        for row in rows:
            state.update(
                {key: pair[1] for key, pair in row.told().items() if isinstance(pair, list) and pair[1:]}
            )
    return state


def told_templates(db: Database) -> dict[str, str | None]:
    """The digest of every template by its history."""
    state: dict[str, str | None] = {}
    for name, rows in histories(db, templates.LEDGER):
        pair = rows[-1].told().get("content")
        state[name] = pair[1] if isinstance(pair, list) and pair[1:] else None
    return state


def kept_contents(db: Database, tick: Tick = lambda: None) -> Iterator[Fault]:
    """Attached files and templates that are not what their digests say."""
    for digest, size, content in db.each("SELECT digest, size, content FROM contents", at_once=1):
        tick()
        if hashlib.sha256(content).hexdigest() != digest or len(content) != size:
            yield Fault(N_("An attached file was changed or is damaged: {what}"), (str(digest)[:12],))
    state = told_templates(db)
    held = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in db.rows("SELECT name, content FROM templates")
    }
    for name in sorted({k for k, v in state.items() if v is not None} | held.keys()):
        if held.get(name) != state.get(name):
            yield Fault(N_("A template was changed past the history: {what}"), (name,))
