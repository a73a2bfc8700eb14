"""One search over all ledgers that the office uses, and what was opened of late."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from tracker.db import belonging, finding, index_pieces, spelling
from tracker.db.database import Database
from tracker.db.finding import Found, Hit
from tracker.operations.office import Office

SEVERAL, ALONE = 5, 20
"""So many records are shown of each ledger where several have some, and of one alone."""


def find(db: Database, text: str, check: Callable[[], object] = lambda: None) -> tuple[Found, ...]:
    """What was found in each ledger, also by what belongs to its records, the best first, else in menu order.

    `check`, called between ledgers, may raise.
    """
    found: dict[str, Found] = {}
    with db.snapshot():
        for ledger in db.catalogue.ledgers:
            check()
            if ledger.name not in db.catalogue.hidden and (one := finding.find(db, ledger, text, ALONE)):
                found[ledger.name] = one
        for attached in db.catalogue.attached:
            check()
            met, more = belonging.find(db, attached, text)
            for name, hits in met.items():
                both = belonging.join(db.catalogue.by_name[name], found.get(name), hits, more)
                found |= {name: both} if both else {}
    shown = SEVERAL if len(found) > 1 else ALONE
    in_order = (found[ledger.name] for ledger in db.catalogue.ledgers if ledger.name in found)
    return tuple(sorted((replace(one, hits=one.hits[:shown]) for one in in_order), key=lambda one: one.rank))


def known(db: Database, places: Iterable[tuple[str, str]]) -> tuple[Hit, ...]:
    """Records by their ledgers and uids as they are now, without those that are gone, in the bin or hidden."""
    used = (
        place for place in places if place[0] in db.catalogue.by_name and place[0] not in db.catalogue.hidden
    )
    hits = (finding.shown(db, db.catalogue.by_name[ledger], (uid,)).get(uid) for ledger, uid in used)
    return tuple(hit for hit in hits if hit)


def spell(office: Office, seconds: float = math.inf) -> bool:
    """Let names that others wrote be found by pinyin quickly; False once there is none left."""
    return spelling.spell(office.db, seconds)


def merge(office: Office, seconds: float = math.inf) -> bool:
    """Let words be looked up quickly after many changes; False once there is nothing left to do."""
    return index_pieces.merge(office.db, seconds)
