"""What the newest good backup beside a damaged file says that the file held: no record is ever taken out of a file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from tracker.db import rescuing_counts
from tracker.db.database import open_file
from tracker.db.history import parted
from tracker.errors import UserError
from tracker.operations import backups, restoring
from tracker.operations.backups import Backup
from tracker.operations.office import Office
from tracker.operations.progress import Progress

Former = Mapping[str, Mapping[str, str]]
"""Records by ledger and uid, with their numbers as compared."""
NONE: Former = {}


def former(path: Path, key: str | None, office: Office, progress: Progress) -> tuple[Path | None, Former]:
    """The newest good backup with its records, for an office that has what could be read of the history; none where
    there is no such backup, or where it may hold what a restore has taken back since. Raises Cancelled."""
    with suppress(UserError):
        good = restoring.newest_good(path, key, office.who, progress)
        if good and (_is_before(office, good) or not _is_restored(path)):
            with closing(open_file(good.path, readonly=True, key=key)) as backup:
                kept = office.catalogue.kept
                return good.path, {ledger.name: dict(rescuing_counts.held(backup, ledger)) for ledger in kept}
    return None, NONE


def _is_before(office: Office, backup: Backup) -> bool:
    """Whether the history of a backup ends within the one that could be read."""
    ends = bytes.fromhex(backup.holding.heads) if backup.holding else b""
    known = {row[0] for row in office.db.rows("SELECT hash FROM history")}
    return bool(ends) and known.issuperset(parted(ends))


def _is_restored(path: Path) -> bool:
    return any(one.why == "restore" for one in backups.listed(path, None))
