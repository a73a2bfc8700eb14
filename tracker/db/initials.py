"""Records that hold several words of letters, as `zw kj`: whose names mean both, the best first.

A word of letters means some hundred names, or thousands. The index of text tells the records of those of few names,
without reading any; what is in all of these is read, the best and latest first, until there are enough.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.db import search
from tracker.db.database import Database, Row
from tracker.db.spelling import WITHIN
from tracker.db.tables import spelled, subjects
from tracker.schema.ledger import Ledger

LOT = 250
"""So many records are read at once."""
MANY = 500
"""Of more names than these the index is not asked."""


@dataclass(frozen=True)
class Letters:
    """A word of letters: how it may be written, and the names that it means, with how well."""

    spellings: Sequence[str]
    meant: Mapping[str, int]


@dataclass(frozen=True)
class _Known:
    """What the index tells of a word: the records that may hold it, with the best rank that each may have."""

    ranks: Mapping[int, int]
    written: frozenset[int]
    """Those in which it stands as it is typed."""
    rest: int | None
    """The best rank of any other record; None where no other holds it."""


def find(
    db: Database, ledger: Ledger, words: Sequence[Letters], most: int, enough: int, seconds: float
) -> tuple[list[int], bool]:
    """Records that hold every word, more than `enough` of them and the best `most` among them, and whether these are
    all; once there are some, it looks for more only for so many seconds."""
    found: list[tuple[int, int]] = []
    whole = False
    end = time.monotonic() + seconds
    known = [_known(db, ledger, word) for word in words]
    for bound, rows in _lots(db, ledger, known):
        good = sum(rank <= bound for rank, _id in found) >= most
        if (good and len(found) > enough) or (found and time.monotonic() > end):
            break
        found += _held(ledger, rows, words, known)
    else:
        whole = len(found) <= enough
    best = sorted(found, key=lambda one: (one[0], -one[1]))
    return [number for _rank, number in best[: enough + 1]], whole


def _known(db: Database, ledger: Ledger, word: Letters) -> _Known:
    """Of names up to so many all records are asked of the index, else those that it means well."""
    asked: dict[str, int] = {}
    rest = None
    for rank in sorted(set(word.meant.values())):
        texts = [text for text, how in word.meant.items() if how == rank]
        if len(asked) + len(texts) > MANY:
            rest = rank
            break
        asked |= dict.fromkeys(texts, rank)
    as_typed = (search.index_query(db, ledger.name, text) for text in word.spellings)
    written = frozenset(_matching(db, ledger, as_typed))
    ranks = dict.fromkeys(written, WITHIN)
    for rank in sorted(set(asked.values()), reverse=True):
        matches = {search.whole_field(text) for text, how in asked.items() if how == rank}
        ranks.update(dict.fromkeys(_matching(db, ledger, matches), rank))
    return _Known(ranks, written, rest)


def _matching(db: Database, ledger: Ledger, matches: Iterable[str]) -> Iterator[int]:
    asked = json.dumps([match for match in matches if match], ensure_ascii=False)
    return (number for (number,) in db.rows(search.each_of(ledger.name), (asked,)))


def _lots(db: Database, ledger: Ledger, known: Sequence[_Known]) -> Iterator[tuple[int, list[Row]]]:
    """Records to look at, the best that may be first, of equals the latest, each lot with the best rank in it."""
    whole = sorted((one for one in known if one.rest is None), key=lambda one: len(one.ranks))
    if whole:
        ids = set(whole[0].ranks).intersection(*(one.ranks for one in whole[1:]))
    else:
        ids = set[int]().union(*(one.ranks for one in known))
    bounds = {number: sum(one.ranks.get(number, one.rest or 0) for one in known) for number in ids}
    order = sorted(ids, key=lambda number: (bounds[number], -number))
    sql = f"SELECT id, {', '.join(_named(ledger))} FROM {ledger.name} NOT INDEXED WHERE binned_at IS NULL"
    for start in range(0, len(order), LOT):
        lot = order[start : start + LOT]
        asked = f"{sql} AND id IN (SELECT value FROM json_each(?))"
        yield bounds[lot[0]], db.rows(asked, (json.dumps(lot),))
    if not whole:  # then all other records as well
        others = (row for row in db.each(f"{sql} ORDER BY id DESC", at_once=LOT) if row[0] not in ids)
        while rows := list(islice(others, LOT)):
            yield sum(one.rest or 0 for one in known), rows


def _named(ledger: Ledger) -> list[str]:
    """The fields that hold names, first those that say whom a record is about."""
    about = [field.key for field in subjects(ledger)]
    return [*about, *(field.key for field in spelled(ledger) if field.key not in about)]


def _held(
    ledger: Ledger, rows: Iterable[Row], words: Sequence[Letters], known: Sequence[_Known]
) -> Iterator[tuple[int, int]]:
    """Those of some records that hold all words, each with its rank."""
    about = len(subjects(ledger))
    for number, *texts in rows:
        rank = 0
        for word, one in zip(words, known, strict=True):
            how = min((word.meant[text] for text in texts[:about] if text in word.meant), default=None)
            if how is None and (number in one.written or any(text in word.meant for text in texts[about:])):
                how = WITHIN
            if how is None:
                break
            rank += how
        else:
            yield rank, number
