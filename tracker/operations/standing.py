"""Records of which no day is due since their clock stands: what a list and the form say in the day's place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.db import events
from tracker.db.database import Database, Row
from tracker.i18n import N_, _
from tracker.schema.clock import Clock
from tracker.schema.events import Event
from tracker.schema.ledger import Ledger

WORDS = {"suspension": N_("suspended"), "announcement": N_("announced")}
"""By the kind of event that goes on."""


class Stands(str):
    """The word in the place of a day."""

    __slots__ = ()


def word(clock: Clock, told: Iterable[Event]) -> str:
    """Why a clock stands; empty where nothing goes on that it does not count."""
    kinds = {event.kind for event in told if event.kind in clock.spans and event.until is None}
    return next((_(text) for kind, text in WORDS.items() if kind in kinds), "")


def told(db: Database, ledger: Ledger, keys: Sequence[str], rows: Sequence[Row | None]) -> list[Row | None]:
    """Rows of a uid and the fields of these keys, each empty day due whose clock stands replaced by the word."""
    clocks = {clock.field: clock for clock in ledger.clocks if clock.field and clock.spans}
    places = [(n, clocks[key]) for n, key in enumerate(keys, 1) if key in clocks]
    uids = [str(row[0]) for row in rows if row and any(row[n] is None for n, _clock in places)]
    found = events.of_records(db, uids) if uids else {}
    return [row and _with_words(row, places, found.get(str(row[0]), ())) for row in rows]


def _with_words(row: Row, places: Sequence[tuple[int, Clock]], happened: events.Events) -> Row:
    values = list(row)
    for n, clock in places if happened else ():
        if values[n] is None and (said := word(clock, happened)):
            values[n] = Stands(said)
    return tuple(values)
