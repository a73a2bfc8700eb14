"""What a rescue brings beside records: settings, documents, draws, frozen figures, numbers, known rows of sheets.

Where the history tells of a thing it decides, and can often replace it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping

from tracker import ids
from tracker.db import contents, drafts, draws, freezes, locks, seal, settings, templates, verifying
from tracker.db.conditions import ours
from tracker.db.history import Journal
from tracker.db.rescuing import DAMAGED, Look, Row, Salvage
from tracker.db.verifying_rest import (
    FILES,
    LOST,
    RESCUED,
    ToldDraw,
    as_told,
    missing_contents,
    same_draw,
    told_draws,
)
from tracker.i18n import N_
from tracker.schema.ledger import Ledger
from tracker.schema.stored import parsed

SETTING = N_("Settings may be other than they were last")
TEMPLATE = N_("The office's document “{what}” could not be read")
UNSURE = N_("The office's document “{what}” may be damaged; open it once")
DRAW = N_("A draw of lots could not be read")
FROZEN = N_("Of the figures frozen at {what} a part could not be read; freeze them again")
CONTENT = N_("The content of the attached file “{what}” could not be read")


def take_settings(
    salvage: Salvage, journal: Journal, valid: Callable[[str, str], bool], of_computer: frozenset[str]
) -> None:
    """As the history says, but those `of_computer` as they are (see `verifying.set_values`), as far as that is known;
    where the history is not whole, also those that it does not know."""
    told = verifying.told_settings(salvage.db)
    rows = salvage.rows("settings", ("key", "value"))
    held = {str(key): str(value) for _n, key, value in rows if _texts(key, value)}
    here = {k for k, v in held.items() if k in of_computer and verifying.was_set(salvage.db, k, v)}
    if not salvage.hurt["settings"]:
        here |= of_computer - held.keys()
    wanted = {key: value for key, value in told.items() if value is not None and key not in here}
    wanted |= {key: held[key] for key in here & held.keys()}
    if not salvage.whole:
        wanted |= {key: value for key, value in held.items() if key not in told and valid(key, value)}
    unsure = not salvage.whole or any(key not in here for key in of_computer & told.keys())
    if unsure and wanted != held:
        salvage.looks.append(Look(SETTING))
    changed = {
        key: [told.get(key), value]
        for key, value in wanted.items()
        if told.get(key) != value and key not in here
    }
    if changed:
        journal.add(settings.LEDGER, settings.LEDGER, "update", changed)
    salvage.db.run_many("INSERT INTO settings VALUES (?, ?)", list(wanted.items()))


def take_templates(salvage: Salvage, journal: Journal) -> None:
    """Each document whose content is what the history says; one that it does not tell of is taken as it is."""
    told = verifying.told_templates(salvage.db)
    sql = "INSERT INTO templates VALUES (?, ?, ?, ?)"
    there: set[object] = set()
    for _n, name, content, at, who in salvage.rows("templates", ("name", "content", "updated_at", "who")):
        if name in there or not (_texts(name, at, who) and isinstance(content, bytes)):
            continue
        digest = hashlib.sha256(content).hexdigest()
        if name not in told:
            journal.add(templates.LEDGER, str(name), "update", {"content": [None, digest]})
            salvage.looks.append(Look(UNSURE, what=str(name)))
        elif told[str(name)] != digest:
            continue
        there.add(name)
        salvage.db.run(sql, (name, content, at, who))
    for name, wanted in told.items():
        if wanted is None or name in there:
            continue
        former = contents.read(salvage.db, wanted)
        if former is not None:
            salvage.db.run(sql, (name, former, journal.at, journal.who.clerk))
        else:
            journal.add(templates.LEDGER, name, "update", {"content": [wanted, None]})
            salvage.looks.append(Look(TEMPLATE, what=name))


def take_draws(salvage: Salvage, journal: Journal, kinds: Mapping[str, str]) -> None:
    """Draws as the history tells them, else as their table does; `kinds` has what is drawn of each ledger."""
    held = {row[1]: row[1:] for row in salvage.rows("draws", draws.COLUMNS) if _texts(*row[1:])}
    for told in list(told_draws(salvage.db)):
        kept = held.pop(told.id, None)
        if kept and same_draw(told, kept[1:]) and _keep(salvage, kept):
            continue
        if told.content is not None and _keep(salvage, _row(told, kinds)):
            continue
        salvage.looks.append(Look(DRAW))
        if kept and told.content is None and _keep(salvage, kept):
            _tell_draw(journal, kept)
        else:
            journal.add(draws.LEDGER, told.id, LOST, {})
    for row in held.values():
        salvage.looks.append(Look(DRAW))
        if _keep(salvage, row):
            _tell_draw(journal, row)


def _row(told: ToldDraw, kinds: Mapping[str, str]) -> Row:
    """A draw as its history tells it."""
    at, clerk, origin, title, kind, seed = told.begun
    content = told.content or {}
    kind = kind or kinds.get(str(content.get("ledger")), "")
    return (told.id, at, clerk, origin, kind, title, seed, draws.text(content))


def _tell_draw(journal: Journal, row: Row) -> None:
    """A draw of which the history no longer tells how it began."""
    identity, at, clerk, origin, kind, title, seed, content = row
    stamps = {"at": at, "clerk": clerk, "origin": origin, "note": title, "kind": kind, "seed": seed}
    journal.add(draws.LEDGER, str(identity), RESCUED, {**stamps, **json.loads(str(content))})


def _keep(salvage: Salvage, row: Row) -> bool:
    if not (_texts(*row) and draws.readable(row)):
        return False
    salvage.db.run(f"INSERT INTO draws({', '.join(draws.COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return True


def take_freezes(salvage: Salvage, journal: Journal, ledgers: tuple[Ledger, ...]) -> None:
    """Frozen figures with what they keep; when each was frozen and ended the history says."""
    names = {ledger.name for ledger in ledgers}
    ids = set()
    for row in (*_told_freezes(salvage), *_held_freezes(salvage)):
        if row[0] not in ids and freezes.is_freeze(row):
            ids.add(row[0])
            salvage.db.run("INSERT INTO freezes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    for table, kept in seal.KEPT.items():
        seen = set()
        for row in salvage.rows(table, kept.columns):
            held = dict(zip(kept.columns, row[1:], strict=True))
            key = tuple(held[column] for column in kept.key)
            if row[1] in ids and key not in seen and _FITS[table](salvage, row[1:], names):
                seen.add(key)
                salvage.db.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held))})", row[1:])
    _tell_freezes(salvage, journal)
    locks.guard(salvage.db, ledgers)


def _tell_freezes(salvage: Salvage, journal: Journal) -> None:
    """What the new file keeps of each freeze, where that is not what the history says, and what is gone."""
    known = dict(verifying.histories(salvage.db, freezes.LEDGER))
    for identity, *row in salvage.db.rows(f"SELECT id, {freezes.COLUMNS} FROM freezes"):
        if as_told(salvage.db, identity, known.pop(identity, []), row):
            continue
        salvage.looks.append(Look(FROZEN, what=str(row[3])[:10]))
        told = dict(zip(("begin", "end", "as_of", "at", "clerk", "origin", "note"), row[:7], strict=True))
        thawed = row[7:] if any(row[7:]) else None
        sealed = {
            "records": seal.records(salvage.db, identity),
            "sha256": seal.digest(salvage.db, identity),
        }
        journal.add(freezes.LEDGER, identity, RESCUED, {**told, "thawed": thawed, **sealed})
    for identity, rows in known.items():
        salvage.looks.append(Look(FROZEN, what=rows[0].at[:10]))
        journal.add(freezes.LEDGER, identity, LOST, {})


def _told_freezes(salvage: Salvage) -> Iterator[Row]:
    for identity, rows in verifying.histories(salvage.db, freezes.LEDGER):
        made = next((row for row in rows if row.action == "freeze"), None)
        thawed = next((row for row in rows if row.action == "thaw"), None)
        if made:
            days = (made.told().get(key) for key in ("begin", "end", "as_of"))
            who = (made.at, made.clerk, made.origin, made.note)
            end = (thawed.at, thawed.clerk, thawed.told().get("why")) if thawed else (None, None, None)
            yield (identity, *days, *who, *end)


def _held_freezes(salvage: Salvage) -> Iterator[Row]:
    columns = ("id", *(name.strip().strip('"') for name in freezes.COLUMNS.split(",")))
    for _number, *row in salvage.rows("freezes", columns):
        if _texts(*row[:8]) and all(value is None or _texts(value) for value in row[8:]):
            yield tuple(row)


def _is_figure(_salvage: Salvage, row: Row, _ledgers: set[str]) -> bool:
    return isinstance(row[1], int) and _texts(row[0], row[2], row[3]) and freezes.is_figure(str(row[3]))


def _is_condition(salvage: Salvage, row: Row, ledgers: set[str]) -> bool:
    ledger, condition = row[-3], row[-2]
    if not (_texts(*row) and ledger in ledgers and ours(str(condition), frozenset(ledgers))):
        return False
    return salvage.db.compiles(f"SELECT 1 FROM {ledger} WHERE {condition}")


def _is_record(_salvage: Salvage, row: Row, ledgers: set[str]) -> bool:
    if not (_texts(*row) and row[1] in ledgers):
        return False
    return isinstance(parsed(str(row[3])), dict)


_FITS: Mapping[str, Callable[[Salvage, Row, set[str]], bool]] = {
    "frozen_figures": _is_figure,
    "frozen_counts": _is_condition,
    "frozen_locks": _is_condition,
    "frozen_records": _is_record,
}
"""What a row of each table of what is frozen must be."""


def take_counters(salvage: Salvage, ledgers: tuple[Ledger, ...]) -> None:
    """The last numbers given, at least those that records have."""
    names = {ledger.name for ledger in ledgers}
    sql = (
        "INSERT INTO counters(ledger, year, no, number) VALUES (?, ?, ?, ?) ON CONFLICT(ledger, year) "
        "DO UPDATE SET no = max(no, excluded.no), number = max(number, excluded.number)"
    )
    for _n, ledger, *numbers in salvage.rows("counters", ("ledger", "year", "no", "number")):
        if ledger in names and all(type(n) is int and 0 <= n < MOST for n in numbers):
            salvage.db.run(sql, (ledger, *numbers))
    for ledger in ledgers:
        for year, no in salvage.db.rows(f"SELECT year, max(no) FROM {ledger.name} GROUP BY year"):
            salvage.db.run(sql, (ledger.name, year, no, 0))


MOST = 10_000_000
"""A counter from there on was no count."""


def take_known_rows(salvage: Salvage) -> None:
    """Which records rows of sheets without numbers became."""
    for _n, uid, ledger, cells in salvage.rows("imported", ("uid", "ledger", "cells")):
        if _texts(uid, ledger, cells) and all("=" in cell for cell in str(cells).split()):
            salvage.db.run("INSERT OR IGNORE INTO imported VALUES (?, ?, ?)", (uid, ledger, cells))
    for _n, uid, written in salvage.rows("imported_order", ("uid", "written")):
        if _texts(uid) and isinstance(written, str) and ids.is_one(written):
            salvage.db.run("INSERT OR IGNORE INTO imported_order VALUES (?, ?)", (uid, written))


def take_drafts(salvage: Salvage) -> None:
    """What was typed and not saved yet."""
    columns = ("id", "clerk", "origin", "ledger", "uid", "at", "content")
    for _n, *row in salvage.rows("drafts", columns):
        if _texts(*row) and drafts.readable(str(row[-1])):
            salvage.db.run("INSERT OR IGNORE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def look_for_contents(salvage: Salvage, journal: Journal) -> None:
    """List the attached files of which the content is not there, and have the history of each tell so."""
    new = [*missing_contents(salvage.db, told=False)]
    for uid in new:
        journal.add(FILES, uid, LOST, {})
    names: dict[str, object] = dict(salvage.db.rows(f"SELECT uid, name FROM {FILES}"))
    every = (*new, *missing_contents(salvage.db, told=True))
    salvage.looks += [Look(CONTENT, FILES, uid, str(names.get(uid) or "")) for uid in every]


def _texts(*values: object) -> bool:
    return all(isinstance(value, str) and DAMAGED not in value for value in values)
