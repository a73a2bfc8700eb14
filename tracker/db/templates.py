"""Documents that the office owns, kept in the file; each change is in the history by what it was and is.

The history has digests; what was replaced is kept by its digest among the contents.
"""

from __future__ import annotations

import hashlib

from tracker.db import contents
from tracker.db.database import Database
from tracker.db.history import Journal, Who

LEDGER = "templates"


def read(db: Database, name: str) -> bytes | None:
    """A document's content, None where the file has none of that name."""
    row = db.one("SELECT content FROM templates WHERE name = ?", (name,))
    return None if row is None else bytes(row[0])


def names(db: Database, prefix: str) -> tuple[str, ...]:
    """The documents whose names begin so, sorted."""
    rows = db.rows(
        "SELECT name FROM templates WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
    )
    return tuple(str(row[0]) for row in rows)


def write(db: Database, who: Who, name: str, content: bytes | None) -> bool:
    """Keep a document, None takes it out; False where nothing changed."""
    with db.atomic():
        old = read(db, name)
        if old == content:
            return False
        journal = Journal(db, who, "template")
        journal.add(LEDGER, name, "update", {"content": [_digest(old), _digest(content)]})
        journal.flush()
        _replace(db, name, old, content, journal.at, who.clerk)
        return True


def take(db: Database, name: str, digest: str | None, schema: str, at: str, clerk: str) -> None:
    """Have a document be the content of this digest, from the attached file `schema` where it is not here; None takes
    it out. Without a history of its own, inside `atomic` only."""
    old = read(db, name)
    if _digest(old) == digest:
        return
    content = None if digest is None else _there(db, name, digest, schema)
    _replace(db, name, old, content, at, clerk)


def keep(db: Database, name: str, digest: str | None, schema: str) -> None:
    """Keep what the attached file `schema` has under a name among the contents, where that is another document."""
    row = db.one(f"SELECT content FROM {schema}.templates WHERE name = ?", (name,))
    if row and _digest(bytes(row[0])) != digest:
        contents.put(db, bytes(row[0]))


def _there(db: Database, name: str, digest: str, schema: str) -> bytes:
    """A document as an attached file has it or, where that has gone on since, as it is kept among the contents."""
    row = db.one(f"SELECT content FROM {schema}.templates WHERE name = ?", (name,))
    content = bytes(row[0]) if row else b""
    return content if _digest(content) == digest else contents.read(db, digest) or content


def _replace(db: Database, name: str, old: bytes | None, new: bytes | None, at: str, clerk: str) -> None:
    """Put a document in the place of the old one, which is kept among the contents; None takes it out."""
    if old is not None:
        contents.put(db, old)
    db.run("DELETE FROM templates WHERE name = ?", (name,))
    if new is not None:
        db.run("INSERT INTO templates VALUES (?, ?, ?, ?)", (name, new, at, clerk))


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
