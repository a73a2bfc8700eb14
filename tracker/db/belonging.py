"""Records met by what belongs to them: the names and numbers of parties, what happened, the names of attached files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from tracker.db import finding
from tracker.db.database import Database
from tracker.db.finding import Found, Hit
from tracker.db.search import PARTIES
from tracker.db.spelling import WITHIN
from tracker.schema.ledger import Ledger


def find(db: Database, attached: Ledger, text: str) -> tuple[Mapping[str, list[Hit]], bool]:
    """The records to which what holds the text belongs, by their ledgers, the best first, each once; and whether there
    are more. Those in the bin or of hidden ledgers are left out."""
    if db.one(f"SELECT 1 FROM {attached.name} LIMIT 1") is None:
        return {}, False
    found = finding.find(db, attached, text, finding.LATEST)
    return (_owned(db, found), found.more) if found else ({}, False)


def _owned(db: Database, found: Found) -> dict[str, list[Hit]]:
    met = {hit.uid: hit for hit in found.hits}
    sql = f"SELECT uid, of, record FROM {found.ledger.name} WHERE uid IN (SELECT value FROM json_each(?))"
    places = {uid: (of, record) for uid, of, record in db.rows(sql, (json.dumps(list(met)),))}
    best: dict[str, dict[str, Hit]] = {}
    for uid, hit in met.items():  # the best first
        ledger, record = places[uid]
        best.setdefault(ledger, {}).setdefault(record, hit)
    return {
        name: _told(db, db.catalogue.by_name[name], records)
        for name, records in best.items()
        if name in db.catalogue.by_name and name not in db.catalogue.hidden
    }


def _told(db: Database, ledger: Ledger, records: Mapping[str, Hit]) -> list[Hit]:
    owners = finding.shown(db, ledger, tuple(records))
    return [_as_met(owners[uid], hit) for uid, hit in records.items() if uid in owners]


def _as_met(owner: Hit, met: Hit) -> Hit:
    rank = met.rank if met.ledger == PARTIES else max(met.rank, WITHIN)  # a party is whom it is about
    return replace(owner, rank=rank, field=met.field, text=met.text, by=met.ledger, named=met.number)


def join(ledger: Ledger, own: Found | None, hits: list[Hit], more: bool) -> Found | None:
    """What was found of a ledger together with records met by what belongs to them; of equals its own come first."""
    own = own or Found(ledger, (), 0)
    best = {hit.uid: hit for hit in own.hits}
    new = sum(hit.uid not in best for hit in hits)
    for hit in hits:
        if hit.uid not in best or hit.rank < best[hit.uid].rank:
            best[hit.uid] = hit
    both = tuple(sorted(best.values(), key=lambda hit: hit.rank))
    return Found(ledger, both, own.count + new, own.more or (more and bool(hits))) if both else None
