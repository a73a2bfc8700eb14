"""Whether frozen figures, draws of lots and the contents of attached files are what their history says.

A freeze is told with the seal of what it keeps, a draw with all of it. What a rescue could not bring whole it tells in
rows of its own: `RESCUED` with the seal of what there is since, or with all of a draw; `LOST` of what is gone, also
of the content of an attached file.
As a copy that was never damaged may come in by a merge, what any of these rows says is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.db import draws, freezes, seal
from tracker.db.database import Database
from tracker.db.verifying import Fault, Row, histories
from tracker.i18n import N_
from tracker.schema.stored import UNREADABLE

RESCUED, LOST = "rescue", "lost"
FILES = "attachments"
"""The ledger of attached files."""
APART = 3600
"""Seconds: earlier programs noted when a draw was made before they began to write it, now it is one time for both."""
_DAYS = ("begin", "end", "as_of")
_BY = ("at", "clerk", "origin")


# frozen figures


def freezes_held(db: Database, tick: Callable[[], object] = lambda: None) -> Iterator[Fault]:
    """Freezes that are missing, that no history tells of, or that keep something else than was sealed."""
    known = dict(histories(db, freezes.LEDGER))
    held = {row[0]: row[1:] for row in db.rows(f"SELECT id, {freezes.COLUMNS} FROM freezes ORDER BY id")}
    for identity in sorted(known.keys() | held.keys()):
        rows, kept = known.get(identity, []), held.get(identity)
        if kept is None:
            if not any(row.action == LOST for row in rows):
                yield Fault(N_("Frozen figures that the history knows are missing: {what}"), (_period(rows),))
        elif not any(row.action in ("freeze", RESCUED) for row in rows):
            yield Fault(N_("Frozen figures are in no history: {what}"), (_days(kept),))
        elif not as_told(db, identity, rows, kept, tick):
            yield Fault(N_("Frozen figures were changed past the history: {what}"), (_days(kept),))


def as_told(
    db: Database,
    identity: str,
    rows: Sequence[Row],
    kept: Sequence[Any],
    tick: Callable[[], object] = lambda: None,
) -> bool:
    """Whether a freeze, with these `freezes.COLUMNS`, and all that it keeps is what its history says."""
    return _told(rows, tuple(kept)) and _sealed(db, identity, rows, tick)


def _told(rows: Sequence[Row], kept: tuple[Any, ...]) -> bool:
    """Whether what was frozen, by whom and when, and that it has ended, is told."""
    begun = [
        tuple(told.get(key) for key in (*_DAYS, *_BY, "note"))
        for told in (_stamped(row) for row in rows if row.action in ("freeze", RESCUED))
    ]
    ended = [(row.at, row.clerk, row.told().get("why")) for row in rows if row.action == "thaw"]
    ends = (row.told().get("thawed") for row in rows if row.action == RESCUED)
    ended += [tuple(end) for end in ends if isinstance(end, list)]
    now = kept[7:]
    return kept[:7] in begun and (now in ended or (now == (None,) * 3 and not any(ended)))


def _stamped(row: Row) -> dict[str, Any]:
    """What a row tells, and when and by whom that was done where it does not say: as the row itself."""
    return {"at": row.at, "clerk": row.clerk, "origin": row.origin, "note": row.note, **row.told()}


def _sealed(db: Database, identity: str, rows: Sequence[Row], tick: Callable[[], object]) -> bool:
    told = [row.told() for row in rows if row.action in ("freeze", RESCUED)]
    now = seal.digest(db, identity, tick), seal.records(db, identity)
    return now in [(one.get("sha256"), one.get("records")) for one in told]


def _days(kept: tuple[Any, ...]) -> str:
    return "/".join(str(day) for day in kept[:2])


def _period(rows: Sequence[Row]) -> str:
    return _days(tuple(rows[0].told().get(key, "") for key in _DAYS))


# attached files


def contents_held(db: Database) -> Iterator[Fault]:
    """Attached files, the bin's too, of which the content is gone and no rescue has told so."""
    for uid in missing_contents(db, told=False):
        yield Fault(N_("The content of an attached file is missing"), (), FILES, uid)


def missing_contents(db: Database, *, told: bool) -> list[str]:
    """The attached files of which the content is not there, by whether a rescue has told so; in order."""
    sql = (
        f"SELECT a.uid, EXISTS (SELECT 1 FROM history h WHERE h.uid = a.uid AND h.ledger = ? AND h.action = ?) "
        f"FROM {FILES} a WHERE NOT EXISTS (SELECT 1 FROM contents c WHERE c.digest = a.digest) "
        "AND a.digest IS NOT NULL ORDER BY a.uid"
    )
    return [str(uid) for uid, lost in db.rows(sql, (FILES, LOST)) if bool(lost) is told]


# draws


@dataclass(frozen=True)
class ToldDraw:
    """A draw by its history: `content` has all that is kept of it; None where no row tells how it began."""

    id: str
    content: dict[str, Any] | None
    begun: tuple[str, ...] = ()
    """When it was drawn, by whom and at which computer; its title, its kind (empty: not told) and its seed."""
    lost: bool = False


def told_draws(db: Database) -> Iterator[ToldDraw]:
    """Every draw that the history knows."""
    for identity, rows in histories(db, draws.LEDGER):
        told: dict[str, Any] | None = None
        for row in rows:
            made = row.told().get("made")
            if row.action == "insert" or (row.action == RESCUED and told is None):
                told = _stamped(row)
            elif row.action == "update" and told and isinstance(made, list) and len(made) == 2:
                told["made"] = made[1]
        lost = any(row.action == LOST for row in rows)
        begun = tuple(str(told.pop(key, "")) for key in (*_BY, "note", "kind", "seed")) if told else ()
        yield ToldDraw(identity, told, begun, lost)


def draws_held(db: Database) -> Iterator[Fault]:
    """Draws that are missing, that no history tells of, or that are other than it says."""
    held = {row[0]: row[1:] for row in db.rows(f"SELECT {', '.join(draws.COLUMNS)} FROM draws ORDER BY id")}
    for told in told_draws(db):
        kept = held.pop(told.id, None)
        if kept is None:
            if not told.lost:
                yield Fault(N_("A draw of lots that the history knows is missing: {what}"), (told.id,))
        elif not same_draw(told, kept):
            text = N_("A draw of lots was changed past the history: {what}")
            yield Fault(text, (str(kept[4])[:100],))
    for kept in held.values():
        yield Fault(N_("A draw of lots is in no history: {what}"), (str(kept[4])[:100],))


def same_draw(told: ToldDraw, kept: Sequence[Any]) -> bool:
    """Whether these columns of a draw, its identifier left out, are what its history says."""
    at, clerk, origin, kind, title, seed, text = kept
    if told.content is None or not draws.readable((told.id, *kept)):
        return False
    told_at, *others = told.begun
    try:
        apart = abs((datetime.fromisoformat(told_at) - datetime.fromisoformat(at)).total_seconds())
        content = json.loads(text)
    except UNREADABLE:
        return False
    fits = others == [clerk, origin, title, others[3] and kind, seed]
    return fits and apart <= APART and content == told.content
