"""What is typed into a form and not saved yet, kept in the file itself, so that it is protected as the file is.

A draft is no record: it is in no history, is not merged, and goes with the saving or discarding of its form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.db import history
from tracker.db.database import Database
from tracker.db.history import Who
from tracker.schema.stored import parsed


@dataclass(frozen=True)
class Draft:
    """The fields that were changed on a form: whether each could be read, and its value, or else what was typed.

    `uid` is empty for a record that is not in the file; `at` is the local time to the second.
    """

    id: str
    ledger: str
    uid: str
    content: Mapping[str, Sequence[object]]
    at: str = ""


def keep(db: Database, who: Who, draft: Draft) -> None:
    """Keep what stands on a form, in place of what was kept of it before. Raises FileProblem."""
    content = json.dumps(draft.content, ensure_ascii=False)
    with db.atomic():
        row = (draft.id, who.clerk, who.origin, draft.ledger, draft.uid, history.now(), content)
        db.run("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def drop(db: Database, identity: str) -> None:
    """Forget what was kept of a form."""
    with db.atomic():
        db.run("DELETE FROM drafts WHERE id = ?", (identity,))


def every(db: Database) -> list[tuple[object, ...]]:
    """The drafts of all clerks, for `carry`; what cannot be read is passed over."""
    rows = db.rows("SELECT id, clerk, origin, ledger, uid, at, content FROM drafts ORDER BY id")
    return [row for row in rows if readable(str(row[-1]))]


def carry(db: Database, rows: Iterable[tuple[object, ...]]) -> None:
    """Have drafts of another file here as well, each in place of what was kept of it before."""
    db.run_many("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)", list(rows))


def readable(content: str) -> bool:
    """Whether the content of a draft can be read; that of a damaged file, or of one from anywhere, may be anything."""
    told = parsed(content)
    return isinstance(told, dict) and all(map(_is_state, told.values()))


def _is_state(state: object) -> bool:
    """Whether this is what an editor tells of itself: that it knows a value, and which, or what was typed."""
    if not (isinstance(state, list) and len(state) == 2):
        return False
    known, said = state
    value = said is None or isinstance(said, str) or (type(said) is int and abs(said) < 2**63)
    return isinstance(known, bool) and value


def left(db: Database, who: Who) -> list[Draft]:
    """What a clerk has typed on this computer and neither saved nor discarded, the newest first.

    What cannot be read is passed over: nobody's typing is worth a file that does not open.
    """
    rows = db.rows(
        "SELECT id, ledger, uid, content, at FROM drafts WHERE clerk = ? AND origin = ? ORDER BY at DESC, id",
        (who.clerk, who.origin),
    )
    return [
        Draft(identity, ledger, uid, json.loads(text), at)
        for identity, ledger, uid, text, at in rows
        if readable(text)
    ]
