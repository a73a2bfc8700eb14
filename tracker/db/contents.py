"""Contents of attached files in the data file: each once, by its SHA-256, never altered nor deleted."""

from __future__ import annotations

import hashlib

from tracker.db.database import Database


def put(db: Database, content: bytes) -> str:
    """Keep a content, unless the file has it already; its digest. Inside `atomic` only."""
    digest = hashlib.sha256(content).hexdigest()
    if db.one("SELECT 1 FROM contents WHERE digest = ?", (digest,)) is None:
        db.run(
            "INSERT INTO contents(digest, size, content) VALUES (?, ?, ?)", (digest, len(content), content)
        )
    return digest


def read(db: Database, digest: str) -> bytes | None:
    """A content, None where the file has none of that digest or it does not fit its digest any more."""
    row = db.one("SELECT content FROM contents WHERE digest = ?", (digest,))
    content = None if row is None else bytes(row[0])
    return content if content is not None and hashlib.sha256(content).hexdigest() == digest else None


def begins(db: Database, digest: str, length: int = 16) -> bytes:
    """The first bytes of a content, empty where there is none. SQLite reads all of it for them."""
    row = db.one("SELECT substr(content, 1, ?) FROM contents WHERE digest = ?", (length, digest))
    return bytes(row[0]) if row else b""


def total(db: Database) -> tuple[int, int]:
    """How many contents the file holds, and how large they are together."""
    row = db.one("SELECT count(*), ifnull(sum(size), 0) FROM contents")
    return (int(row[0]), int(row[1])) if row else (0, 0)
