"""Another file's history and records brought into this one, inside one operation.

What is only here and what is only there happened side by side: a history never holds a row without those before it, so
neither can have known of the other. Each field of a record both have holds what the greatest row of both histories says
that wrote it (`db.history`), whichever file takes in the other, and in whatever order several are taken in. A field
that both sides wrote differently is a conflict, which a clerk may decide otherwise: that is a row of its own.

The other file is attached for reading as `other`; it must have this program's shape (`operations.merging` sees to it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tracker.db import (
    draws,
    following,
    imported,
    keys,
    own_fields,
    settings,
    tables,
    templates,
    verifying,
    verifying_rest,
)
from tracker.db.database import Database, reading_mode, told
from tracker.db.history import parted
from tracker.db.verifying_rest import FILES
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.stored import pairs

OTHER = "other"
AT_ONCE = 2000


@dataclass(frozen=True)
class Written:
    """When somebody wrote a value, and who."""

    at: str = ""
    clerk: str = ""


@dataclass(frozen=True)
class Conflict:
    """A field that both files changed since they parted, each to another value; `newest` is the one that stands."""

    ledger: str
    uid: str
    field: str
    ours: Value
    theirs: Value
    newest: Value
    by_us: Written = Written()
    by_them: Written = Written()


@contextmanager
def beside(db: Database, path: Path, key: str | None) -> Iterator[None]:
    """The other file attached for reading; `key` is its own password."""
    raw = keys.raw(path, key) if key and keys.is_encrypted(path) else ""
    with told(path):
        db.connection.execute(
            f"ATTACH DATABASE ? AS {OTHER} KEY ?",
            (f"{path.absolute().as_uri()}?mode={reading_mode(path)}", raw),
        )
        db.connection.execute(f"SELECT count(*) FROM {OTHER}.sqlite_master").fetchone()
    try:
        yield
    finally:
        with told(path):
            db.connection.execute("DROP TABLE IF EXISTS temp.coming")
            db.connection.execute("DROP TABLE IF EXISTS temp.own")
            db.connection.execute(f"DETACH DATABASE {OTHER}")


def brings(db: Database) -> bool:
    """Whether the other file has rows of the history that are not here, or contents that were lost here."""
    coming = (
        f"SELECT 1 FROM {OTHER}.history h WHERE {_BRINGS} "
        "AND NOT EXISTS (SELECT 1 FROM main.history t WHERE t.id = h.id) ORDER BY id DESC LIMIT 1"
    )
    return db.one(coming) is not None or bool(found_again(db))


_BRINGS = f"action <> '{verifying.PART}'"
"""A row that only says that a part was written brings nothing."""


def found_again(db: Database) -> int:
    """How many attached files' contents were lost here and are there."""
    sql = (
        f"SELECT count(*) FROM main.{FILES} WHERE digest NOT IN (SELECT digest FROM main.contents) "
        f"AND digest IN (SELECT digest FROM {OTHER}.contents)"
    )
    return int(db.rows(sql)[0][0])


def compare(db: Database) -> tuple[int, int]:
    """Note which rows of the history are only there (`coming`) and only here (`own`), and how many. Inside `atomic`.

    Where only a part is there, `own` also holds rows that its sender has and left out: never any of a record in it.
    """
    counts = []
    for name, here, there in (("coming", OTHER, "main"), ("own", "main", OTHER)):
        db.run(f"CREATE TEMP TABLE {name} (id TEXT PRIMARY KEY) WITHOUT ROWID")
        db.run(
            f"INSERT INTO temp.{name} SELECT id FROM {here}.history h "
            f"WHERE NOT EXISTS (SELECT 1 FROM {there}.history t WHERE t.id = h.id)"
        )
        counts.append(int(db.rows(f"SELECT count(*) FROM temp.{name}")[0][0]))
    told = f"SELECT 1 FROM {OTHER}.history WHERE id IN (SELECT id FROM temp.coming) AND {_BRINGS} LIMIT 1"
    return counts[0] if db.one(told) else 0, counts[1]


def strangers(db: Database) -> bool:
    """Whether both files have a history and nothing of it in common: neither was ever a copy or a part of the other.

    A part may have no row of ours, but names those before its own as left out.
    """
    if db.one(f"SELECT 1 FROM {OTHER}.history t JOIN main.history h ON h.id = t.id LIMIT 1"):
        return False
    known = {row[0] for row in db.rows("SELECT hash FROM main.history")}
    before = db.each(f"SELECT parents FROM {OTHER}.history WHERE length(parents) > 0")
    return bool(known) and not any(one in known for (parents,) in before for one in parted(parents))


def setting_there(db: Database, key: str) -> str:
    """A setting of the other file, empty where it was not made."""
    row = db.one(f"SELECT value FROM {OTHER}.settings WHERE key = ?", (key,))
    return str(row[0]) if row else ""


def unlike(db: Database) -> bool:
    """Whether both files have a row or an operation that says different things: one was changed past the program."""
    rows = (
        f"SELECT 1 FROM main.history h JOIN {OTHER}.history t ON t.id = h.id WHERE t.hash <> h.hash LIMIT 1"
    )
    operations = (
        f"SELECT 1 FROM main.operations o JOIN {OTHER}.operations t ON t.id = o.id "
        "WHERE (o.at, o.clerk, o.origin, o.kind, o.note) IS NOT (t.at, t.clerk, t.origin, t.kind, t.note) LIMIT 1"
    )
    return db.one(rows) is not None or db.one(operations) is not None


def bring_history(db: Database) -> None:
    """The rows that are only there, and where the history of both ends. Inside `atomic`, after `compare`."""
    ends = (  # a parent may be known by its hash alone, where a part left the row itself out
        "SELECT hash FROM main.heads m "
        f"WHERE NOT EXISTS (SELECT 1 FROM {OTHER}.history WHERE instr(parents, m.hash) > 0) "
        f"UNION SELECT hash FROM {OTHER}.heads t "
        "WHERE NOT EXISTS (SELECT 1 FROM main.history WHERE instr(parents, t.hash) > 0)"
    )
    heads = db.rows(ends)
    operations = (
        f"INSERT OR IGNORE INTO main.operations SELECT * FROM {OTHER}.operations WHERE id IN "
        f"(SELECT operation FROM {OTHER}.history WHERE id IN (SELECT id FROM temp.coming))"
    )
    db.run(operations)
    db.run(
        f"INSERT INTO main.history SELECT * FROM {OTHER}.history WHERE id IN (SELECT id FROM temp.coming) ORDER BY id"
    )
    db.run("DELETE FROM main.heads")
    db.run_many("INSERT INTO main.heads VALUES (?)", heads)


def bring_beside(db: Database) -> None:
    """Attached files, the last numbers given, and which rows of sheets became which records: what the other file may
    have though it has nothing of the history that we lack. Inside `atomic`."""
    bring_contents(db)
    bring_counters(db)
    imported.bring(db, OTHER)


def bring_contents(db: Database) -> None:
    """Attached files, also those that were lost here. Inside `atomic`."""
    db.run(
        f"INSERT INTO main.contents(digest, size, content) SELECT digest, size, content FROM {OTHER}.contents "
        "WHERE digest NOT IN (SELECT digest FROM main.contents)"
    )


def bring_counters(db: Database) -> None:
    """The last numbers given, so that none of either file is given again. Inside `atomic`."""
    db.run(
        "INSERT INTO main.counters(ledger, year, no, number) "
        f"SELECT ledger, year, no, number FROM {OTHER}.counters WHERE true "
        "ON CONFLICT (ledger, year) DO UPDATE SET no = max(no, excluded.no), number = max(number, excluded.number) "
        "WHERE excluded.no > no OR excluded.number > number"
    )


def bring_draws(db: Database) -> None:
    """Draws of lots that are only there, and which records were made of each by both histories. Inside `atomic`."""
    db.run(f"INSERT INTO main.draws SELECT * FROM {OTHER}.draws WHERE id NOT IN (SELECT id FROM main.draws)")
    for drawn in verifying_rest.told_draws(db):
        made = drawn.content["made"] if drawn.content else None
        if made is not None and draws.made(db, drawn.id) not in (None, tuple(made)):
            draws.note_made(db, drawn.id, made)


def rules(db: Database) -> set[str]:
    """The ledgers of which both files computed the days by the same rules."""
    sql = (
        f"SELECT ledger FROM main.computed WHERE rules = (SELECT rules FROM {OTHER}.computed t "
        "WHERE t.ledger = main.computed.ledger)"
    )
    return {str(name) for (name,) in db.rows(sql)}


def stale(db: Database, alike: set[str]) -> None:
    """Have the days of all other ledgers be computed anew. Inside `atomic`."""
    for (name,) in db.rows("SELECT ledger FROM computed"):
        if name not in alike:
            db.run("DELETE FROM computed WHERE ledger = ?", (name,))


def new_records(db: Database, ledger: Ledger) -> Iterator[dict[str, Value]]:
    """The records that are only there, as they are there; after `bring_history`.

    What the other file has no field for, as where its office had taken that out, is as the history says.
    """
    shape = db.one(f"SELECT shape FROM {OTHER}.shapes WHERE ledger = ?", (ledger.name,))
    if shape is None:
        return
    there = frozenset(json.loads(shape[0])[0])
    names = tuple(name for name in tables.columns(ledger) if name in there)
    unseen = dict(own_fields.told(db, ledger, own_fields.lacking(ledger, there)))
    sql = (
        f"SELECT {', '.join(names)} FROM {OTHER}.{ledger.name} r "
        f"WHERE NOT EXISTS (SELECT 1 FROM main.{ledger.name} h WHERE h.uid = r.uid) ORDER BY r.id"
    )
    for row in db.each(sql, at_once=AT_ONCE):
        record = dict(zip(names, row, strict=True))
        yield record | unseen.get(str(record["uid"]), {})


def touched(db: Database, ledger: str) -> list[str]:
    """The records of a ledger, here too, that rows which are only there are about. After `compare`."""
    sql = (
        f"SELECT DISTINCT h.uid FROM {OTHER}.history h WHERE h.ledger = ? AND h.id IN (SELECT id FROM temp.coming) "
        "AND EXISTS (SELECT 1 FROM main.history t WHERE t.uid = h.uid AND t.ledger = h.ledger) ORDER BY h.uid"
    )
    return [str(uid) for (uid,) in db.rows(sql, (ledger,))]


def renamed(db: Database, ledger: Ledger) -> Iterator[tuple[str, str, bool]]:
    """The uid of each record that either side alone has renamed, what it was called, and whether the other side did.
    After `bring_history`."""
    if not any(following.links_to(db.catalogue, ledger)):
        return
    sql = (
        "SELECT uid, changes, id IN (SELECT id FROM temp.coming) FROM main.history "
        "WHERE ledger = ? AND action = 'update' "
        "AND (id IN (SELECT id FROM temp.own) OR id IN (SELECT id FROM temp.coming)) ORDER BY id"
    )
    found: dict[tuple[str, str, bool], None] = {}
    for uid, changes, theirs in db.rows(sql, (ledger.name,)):
        old, _new = pairs(changes).get(ledger.called.key, (None, None))
        if old:
            found[str(uid), old, bool(theirs)] = None
    yield from found


def changed_here(db: Database, ledger: str) -> list[str]:
    """The records of a ledger that rows which are only here are about. After `compare`."""
    sql = "SELECT DISTINCT uid FROM main.history WHERE ledger = ? AND id IN (SELECT id FROM temp.own) ORDER BY uid"
    return [str(uid) for (uid,) in db.rows(sql, (ledger,))]


@dataclass(frozen=True)
class Joined:
    """What a record holds by both histories, and what each side alone wrote since they parted."""

    uid: str
    state: dict[str, Value]
    ours: dict[str, Value]
    theirs: dict[str, Value]
    by_us: Mapping[str, Written] = field(default_factory=dict)
    by_them: Mapping[str, Written] = field(default_factory=dict)

    def conflicts(self, ledger: str) -> Iterator[Conflict]:
        """The fields that both sides wrote, each another value."""
        for key in sorted(self.ours.keys() & self.theirs.keys()):
            if self.ours[key] != self.theirs[key]:
                sides = self.ours[key], self.theirs[key], self.state.get(key)
                yield Conflict(ledger, self.uid, key, *sides, self.by_us[key], self.by_them[key])


def joined(db: Database, ledger: Ledger, uids: Sequence[str]) -> Iterator[Joined]:
    """Each record by both histories. After `bring_history`."""
    keys = frozenset(("year", "no", *verifying.told(ledger)))
    for start in range(0, len(uids), AT_ONCE):
        part = uids[start : start + AT_ONCE]
        for uid, rows in verifying.histories(db, ledger.name, part):
            (ours, by_us), (theirs, by_them) = (_written(rows, side, keys) for side in sides(db, rows))
            state = verifying.replay(ledger, rows, keys)
            yield Joined(uid, state, ours, theirs, by_us, by_them)


def sides(db: Database, rows: Sequence[verifying.Row]) -> tuple[set[int], set[int]]:
    """The places of the rows that are only here, and of those that are only there. After `compare`."""
    marks = ", ".join("?" * len(rows))
    found = []
    for name in ("own", "coming"):
        ids = [row.id for row in rows]
        there = {one for (one,) in db.rows(f"SELECT id FROM temp.{name} WHERE id IN ({marks})", ids)}
        found.append({n for n, row in enumerate(rows) if row.id in there})
    return found[0], found[1]


def _written(
    rows: Sequence[verifying.Row], side: Iterable[int], keys: frozenset[str]
) -> tuple[dict[str, Value], dict[str, Written]]:
    """What one side wrote last into each field, and who did."""
    written: dict[str, Value] = {}
    by: dict[str, Written] = {}
    for n in sorted(side):
        if rows[n].action == "update":
            mine = {
                key: pair[1]
                for key, pair in rows[n].told().items()
                if key in keys and isinstance(pair, list) and len(pair) == 2
            }
            written.update(mine)
            by.update(dict.fromkeys(mine, Written(rows[n].at, rows[n].clerk)))
    return written, by


def joined_settings(
    db: Database, of_computer: frozenset[str], ask: Callable[[str], bool] = lambda _key: False
) -> tuple[dict[str, str | None], list[Conflict]]:
    """What every setting is by both histories, and the conflicts among them; those `of_computer` stay as they are here.
    What only the other side has set is a conflict too where `ask` says so of its key. After `bring_history`."""
    state: dict[str, str | None] = {}
    sides: dict[str, dict[str, str | None]] = {"own": {}, "coming": {}}
    by: dict[str, dict[str, Written]] = {"own": {}, "coming": {}}
    sql = (
        "SELECT h.changes, o.at, o.clerk, EXISTS (SELECT 1 FROM temp.own o WHERE o.id = h.id), "
        "EXISTS (SELECT 1 FROM temp.coming c WHERE c.id = h.id) FROM main.history h "
        "JOIN main.operations o ON o.id = h.operation WHERE h.ledger = ? ORDER BY h.id"
    )
    for text, at, clerk, own, coming in db.rows(sql, (settings.LEDGER,)):
        changed = {key: after for key, (_before, after) in pairs(text).items() if key not in of_computer}
        state.update(changed)
        if own or coming:
            side = "own" if own else "coming"
            sides[side].update(changed)
            by[side].update(dict.fromkeys(changed, Written(at, clerk)))
    ours, theirs = sides["own"], sides["coming"]
    both = [key for key in ours.keys() & theirs.keys() if ours[key] != theirs[key]]
    both += [key for key in theirs.keys() - ours.keys() if theirs[key] is not None and ask(key)]
    name = settings.LEDGER
    state |= {key: value for key, value in settings.read(db).items() if key in of_computer}
    return state, [
        Conflict(
            *(name, name, key, ours.get(key), theirs[key], state[key]),
            *(by["own"].get(key, Written()), by["coming"][key]),
        )
        for key in sorted(both)
    ]


def put_settings(db: Database, state: dict[str, str | None]) -> set[str]:
    """Have the settings be what both histories say; the keys of those that changed. Inside `atomic`."""
    before = settings.read(db)
    wanted = {key: value for key, value in state.items() if value is not None}
    changed = {key for key in wanted.keys() | before.keys() if wanted.get(key) != before.get(key)}
    if changed:
        db.run("DELETE FROM main.settings")
        db.run_many("INSERT INTO main.settings VALUES (?, ?)", list(wanted.items()))
    return changed


def bring_templates(db: Database) -> None:
    """Documents of the office as both histories have them. After `bring_history` and `bring_contents`."""
    state: dict[str, tuple[str | None, str, str]] = {}
    sql = (
        "SELECT h.uid, h.changes, o.at, o.clerk FROM main.history h JOIN main.operations o ON o.id = h.operation "
        "WHERE h.ledger = ? ORDER BY h.id"
    )
    for name, text, at, clerk in db.rows(sql, (templates.LEDGER,)):
        if told := pairs(text).get("content"):
            state[name] = (told[1], at, clerk)
    for name, (digest, at, clerk) in state.items():
        templates.take(db, name, digest, OTHER, at, clerk)
        templates.keep(db, name, digest, OTHER)
