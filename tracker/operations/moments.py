"""The moments at which a record changed, each with all that one operation did to it and to what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.db import records, steps
from tracker.i18n import _
from tracker.operations import past
from tracker.operations.office import Office
from tracker.operations.past import Past
from tracker.schema.ledger import Ledger

Line = tuple[str, str, str]
"""A field, or a thing that belongs to the record; what was there before; what after."""


@dataclass(frozen=True)
class Moment:
    """What one operation did to a record. `row` is the last of its rows, after which the record was as it left it."""

    operation: str
    row: str
    at: str
    clerk: str
    origin: str
    what: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    """Some moments, the newest first; `before` asks for those that follow, empty where there are none."""

    moments: tuple[Moment, ...]
    before: str


def read(office: Office, ledger: Ledger, uid: str, before: str = "", most: int = past.PAGE) -> Page:
    """The moments of a record older than the row `before`, from about so many rows of the history."""
    with office.db.snapshot():
        rows, more = past.recent(office, ledger, uid, before, most)
        groups = [list(group) for _by, group in groupby(rows, key=lambda one: one.entry.operation)]
        if more and len(groups) > 1:
            groups.pop()  # it may go on; the next page begins with it
        titles = _titles(office, [one for group in groups for one in group if one.ledger.attached])
        last = groups[-1][-1].entry.id if more and groups else ""
        return Page(tuple(_moment(office, group, titles) for group in groups), last)


def _moment(office: Office, group: Sequence[Past], titles: Mapping[str, str]) -> Moment:
    entry = group[0].entry
    lines = tuple(line for one in reversed(group) for line in _lines(one, titles))
    return Moment(
        entry.operation, entry.id, entry.at, entry.clerk, entry.origin, _what(office, group[0]), lines
    )


def _what(office: Office, one: Past) -> str:
    """What was done, with the file that was read or the reason that was given."""
    note = "" if one.entry.kind in (steps.UNDO, steps.REDO) else one.entry.note
    return " · ".join(filter(None, (past.what(office, one), note)))


def _lines(one: Past, titles: Mapping[str, str]) -> Iterator[Line]:
    action = _(past.ACTIONS.get(one.entry.action, one.entry.action))
    cells = [cell for cell in past.cells(one) if any(cell[1:])]
    if not one.ledger.attached:
        if one.entry.action in ("bin", "restore", "delete"):
            yield _("Record"), "", action
        yield from cells
        return
    thing = _("{things} “{title}”").format(things=_(one.ledger.short), title=titles.get(one.uid, ""))
    if one.entry.action != "update":
        yield thing, "", action
    if one.entry.action in ("insert", "update"):
        text = _("{thing} · {field}")
        yield from ((text.format(thing=thing, field=field), old, new) for field, old, new in cells)


def _titles(office: Office, things: Sequence[Past]) -> dict[str, str]:
    """What belongs to the record, by uid, as it is called now."""
    found: dict[str, str] = {}
    for ledger in {one.ledger.name: one.ledger for one in things}.values():
        uids = list(dict.fromkeys(one.uid for one in things if one.ledger is ledger))
        for uid, record in records.by_uids(office.db, ledger, uids).items():
            found[uid] = ledger.field(ledger.number).shown(record.get(ledger.number))
    return found
