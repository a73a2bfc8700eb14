"""Putting the pieces of the indexes of text together, in spare moments, so that many words are looked up quickly.

Each change leaves a small piece of its own, and a word is looked for in all of them: an index just filled has a dozen,
and initials that mean four hundred names then take four times as long. SQLite merges while it writes, but only as many
as keep writing quick; here two pieces of like size are enough, so that few are left and each word is written again
only when the file has doubled.
"""

from __future__ import annotations

import time

from tracker.db.database import Database

PIECES = 4
"""So many are left alone, so that not each change is followed by a merging."""
PAGES = 64
"""So many pages are merged in one transaction, in some hundredths of a second."""


def merge(db: Database, seconds: float = 0.1) -> bool:
    """Merge for about so long, in transactions of their own; False once there is nothing left to merge."""
    end = time.monotonic() + seconds
    for index in ("names_search", *(f"{ledger.name}_search" for ledger in db.catalogue.kept)):
        while _step(db, index):
            if time.monotonic() > end:
                return True
    return False


def _step(db: Database, index: str) -> bool:
    """Whether a piece was merged. SQLite tells it by more than one changed row."""
    pieces = db.one(f"SELECT count(DISTINCT segid) FROM {index}_idx")
    if not pieces or pieces[0] <= PIECES:
        return False
    before = db.connection.total_changes
    with db.atomic(derived=True):
        if db.one(f"SELECT 1 FROM {index}_config WHERE k = 'usermerge' AND v = 2") is None:
            db.run(f"INSERT INTO {index}({index}, rank) VALUES ('usermerge', 2)")
            before = db.connection.total_changes
        db.run(f"INSERT INTO {index}({index}, rank) VALUES ('merge', {PAGES})")
    return bool(db.connection.total_changes - before > 1)
