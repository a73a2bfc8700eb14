"""Backups without being asked: before the first change of a day, before what changes much, and on closing."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from tracker.db import history
from tracker.db.database import Database
from tracker.errors import DamagedFile, UserError
from tracker.i18n import _
from tracker.operations import backups
from tracker.operations.progress import SILENT, Progress

LOCKING = timedelta(hours=1)
"""So long a backup is new enough for a window that is locked: each is as large as the file, and is kept for days."""
LITTLE = 1 << 20
"""With less room than so many bytes it is not said that work can be saved."""
log = logging.getLogger(__name__)


class Keeper:
    """Backs a file up where that is due; called before each transaction that writes (`Database.before_writing`).

    What goes wrong is `tell`'s to tell, and never stops the work, but that the file is damaged: DamagedFile. With
    `later` only the first copy is made before the first change of a day, and that is called to have the rest (`spread`)
    done when there is time.
    """

    def __init__(
        self,
        db: Database,
        tell: Callable[[str], object],
        later: Callable[[], object] | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.db, self._tell, self._later, self._today = db, tell, later, today
        self._seen: date | None = None

    def __call__(self) -> None:
        """Before the first change of a day; a file in which nothing was ever entered needs none."""
        today = self._today()
        if self._seen == today:
            return
        if not history.heads(self.db):
            return
        self._seen = today
        if any(one.made.date() == today for one in backups.Place(backups.folder(self.db.path)).backups()):
            return
        if self.before("day", second=self._later is None) and self._later:
            self._later()

    def before(
        self, why: str, progress: Progress = SILENT, *, second: bool = True, new: bool = False
    ) -> bool:
        """Before something that changes much; whether there is a backup now. Raises DamagedFile, Cancelled."""
        try:
            made = backups.make(self.db, why, progress=progress, second=second, new=new)
        except DamagedFile:
            log.warning("no backup (%s): the file is damaged", why)
            raise
        except UserError as wrong:
            log.warning("no backup (%s)", why)
            self._tell(not_made(wrong, self.db.path))
            return False
        for text in made.notes:
            self._tell(text)
        return True


def not_made(wrong: UserError, path: Path) -> str:
    """That there is no backup of the open file, and why; the work itself is safe, unless the file is damaged or its own
    disk is full, too."""
    if isinstance(wrong, DamagedFile):
        return str(wrong)
    if _has_room(path):
        return _("No backup was made; your work goes on and is saved. {reason}").format(reason=wrong)
    return _("No backup was made. {reason}").format(reason=wrong)


def closed_without(wrong: UserError) -> str:
    """That a file was closed without a backup, and why; whatever had been saved is safe, unless it is damaged."""
    if isinstance(wrong, DamagedFile):
        return str(wrong)
    text = _("No backup was made as the file was closed; what was saved before is in the file. {reason}")
    return text.format(reason=wrong)


def _has_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free >= LITTLE
    except OSError:  # told where it is written to
        return True


def on_closing(db: Database, progress: Progress = SILENT) -> tuple[str, ...]:
    """Back up what has changed since the newest backup; what the clerk should hear. Raises FileProblem, Cancelled."""
    if backups.is_changed(db):
        return backups.make(db, "close", progress=progress).notes
    return backups.spread(db, progress) if history.heads(db) else ()


def on_locking(
    db: Database, progress: Progress = SILENT, now: Callable[[], datetime] = datetime.now
) -> tuple[str, ...]:
    """As `on_closing`, since whoever locks may go home; but not again within `LOCKING`, however often it locks.

    A backup from before some work, as before the first change of the day, holds nothing of it and does not count.
    """
    made = backups.Place(backups.folder(db.path)).backups()
    if any(one.why == "close" and timedelta() <= now() - one.made < LOCKING for one in made):
        return ()
    return on_closing(db, progress)
