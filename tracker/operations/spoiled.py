"""A data file whose beginning is damaged: it looks like none of ours, or its own password does not open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.db import cipher, keys
from tracker.db.database import damaged
from tracker.errors import FileProblem, NotOurs, WrongPassword
from tracker.operations import backups
from tracker.operations.backups import Backup


def newest(path: Path) -> Backup | None:
    """The newest backup beside a file, which tells that the file was one of ours."""
    return next(iter(backups.Place(backups.folder(path)).backups()), None)


def key_of_backup(path: Path, text: str) -> str | None:
    """The raw key of a file's newest backup, where it is the file's own too, which does not open that any more."""
    backup = newest(path)
    try:
        raw = keys.raw(backup.path, text) if backup and keys.is_encrypted(backup.path) else None
    except FileProblem:  # a recovery key that is another file's
        return None
    return raw if backup and raw and cipher.opened_by(backup.path, raw) and keys.is_under(path, raw) else None


@contextmanager
def told(path: Path, key: str | None) -> Iterator[None]:
    """Raise DamagedFile where the file cannot be opened within the block, and its newest backup shows why."""
    try:
        yield
    except WrongPassword:
        if key is None or key_of_backup(path, key) is None:
            raise
        raise damaged(path) from None
    except NotOurs:
        if newest(path) is None:
            raise
        raise damaged(path) from None
