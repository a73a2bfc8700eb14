"""Having the days that records derive follow the rules, when a setting, the calendar or the program has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tracker.db import computed, events, records
from tracker.db.records import Query
from tracker.db.steps import RECOUNT
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.schema.ledger import Ledger

Told = Callable[[int, int], object]
"""Told how many records of how many were looked at; may raise Cancelled."""


@dataclass(frozen=True)
class Recomputed:
    """What was computed anew."""

    changed: Changed
    records: int = 0
    """How many records have other days now."""


def stale(office: Office) -> tuple[Ledger, ...]:
    """The ledgers whose days were computed by other rules than those that hold now."""
    return computed.by_other_rules(office.db, office.catalogue.ledgers, office.calendar)


def follow(office: Office, tell: Told = lambda done, of: None) -> Recomputed:
    """Compute anew what was computed by other rules, all of it or nothing."""
    wanted = stale(office)
    if not wanted:
        return Recomputed(Changed())
    every = sum(records.count(office.db, Query(ledger)) for ledger in wanted)
    done = changed = 0
    touched = set()
    with office.db.atomic():
        for ledger in wanted:
            found = computed.anew(office.db, ledger, office.calendar, partial(_tell, tell, done, every))
            recounted = _recount(office, ledger)
            done += records.count(office.db, Query(ledger))
            changed += found
            touched |= {ledger.name} if found or recounted else set()
            computed.note(office.db, ledger, office.calendar)
    return Recomputed(Changed(frozenset(touched)), changed)


def _recount(office: Office, ledger: Ledger) -> bool:
    """Have the fields that follow events, such as the days suspended, follow them by the rules that hold now.

    Unlike derived days they are in the history; no clerk is asked why frozen figures may count them otherwise.
    """
    kinds = sorted(frozenset[str]().union(*ledger.following.values()))
    uids = list(events.having(office.db, ledger.name, kinds)) if kinds and events.kept(office.db) else []
    reason = office.reason or _("Limits or working days were changed.")
    with office.because(reason), office.writing(RECOUNT) as writer:
        found = records.by_uids(office.db, ledger, uids).values()
        return sum(writer.update(ledger, record, {}) for record in found) > 0


def _tell(tell: Told, before: int, every: int, done: int) -> None:
    tell(min(before + done, every), every)
