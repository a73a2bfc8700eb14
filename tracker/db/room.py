"""Whether a disk has room for the index of a log: without that SQLite does not even read a file that is written through
one, though nothing else is to be written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tracker.db import places
from tracker.db.places import Place
from tracker.errors import DiskFull
from tracker.i18n import _

INDEX = "-shm"
INDEX_BYTES = 32 * 1024
"""The least that SQLite makes of it."""
ROOM = INDEX_BYTES + 16 * 1024
"""With less than this on the disk it is not begun: what cannot be made whole would be left beside the file."""


def lacks(path: Path) -> bool:
    """Whether the index of a file's log is not there, so that nobody has the file open, and cannot be made."""
    try:
        if path.with_name(f"{path.name}{INDEX}").stat().st_size >= INDEX_BYTES:
            return False
    except OSError:
        pass
    try:
        disk = shutil.disk_usage(path.parent)
    except OSError:
        return False
    full = disk.free < ROOM and disk.total > 0  # else it does not tell
    # A disk that takes nothing at all has no room either; and on another computer's there is no log (`keep_log`).
    return full and os.access(path.parent, os.W_OK) and places.of(path) is not Place.NETWORK


def refuse_full(path: Path) -> None:
    """Raise DiskFull for a file that cannot be opened for lack of room."""
    if lacks(path):
        raise full(path)


def full(path: Path) -> DiskFull:
    """What is raised where the disk of a file is full."""
    text = _("The disk of {path} is full; nothing was saved. Free some space and try again.")
    return DiskFull(text.format(path=path), path)
