"""One search over all ledgers that the office uses, and what was opened of late."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from tracker.db import finding, spelling
from tracker.db.database import Database
from tracker.db.finding import Found, Hit
from tracker.db.search import split
from tracker.operations.office import Office
from tracker.pinyin import typed

SEVERAL, ALONE = 5, 20
"""So many records are shown of each ledger where several have some, and of one alone."""


def find(db: Database, text: str, check: Callable[[], object] = lambda: None) -> tuple[Found, ...]:
    """What was found in each ledger, the best first, else in menu order; `check`, called between ledgers, may raise."""
    found = []
    with db.snapshot():
        for ledger in db.catalogue.ledgers:
            check()
            if ledger.name not in db.catalogue.hidden and (one := finding.find(db, ledger, text, ALONE)):
                found.append(one)
    if len(found) > 1:
        found = [Found(one.ledger, one.hits[:SEVERAL], one.count, one.more) for one in found]
    return tuple(sorted(found, key=lambda one: one.rank))


def known(db: Database, places: Iterable[tuple[str, str]]) -> tuple[Hit, ...]:
    """Records by their ledgers and uids as they are now, without those that are gone, in the bin or hidden."""
    used = (
        place for place in places if place[0] in db.catalogue.by_name and place[0] not in db.catalogue.hidden
    )
    hits = (finding.shown(db, db.catalogue.by_name[ledger], uid) for ledger, uid in used)
    return tuple(hit for hit in hits if hit)


def spell(office: Office, seconds: float = math.inf) -> bool:
    """Let names that others wrote be found by pinyin quickly; False once there is none left."""
    return spelling.spell(office.db, seconds)


def may_be_pinyin(text: str) -> bool:
    """Whether names would be looked for by pinyin."""
    return any(map(typed, split(text)))
