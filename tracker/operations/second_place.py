"""The second place for backups, a folder that the office names: where in it those of a file lie.

Files of one name from several computers may be kept there, on one USB disk or one server, and copies of one file as
well; none may take away or encrypt what belongs to another. So each has a folder of its own in it, which stands for
the file's place as `NAME.backups` beside it does: `NAME-MARK.backups`, the mark made of the computer and the path. All
files of a name shared `NAME.backups` there before; from it each takes what is its own.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
from contextlib import closing, suppress
from pathlib import Path

from tracker import paths, settings
from tracker.db import keys, migrations, snapshots
from tracker.db import settings as stored
from tracker.db.database import Database, open_file
from tracker.errors import UserError

ENDING = ".backups"
_MARKED = re.compile(rf"(?P<name>.+)-[0-9a-f]{{8}}{re.escape(ENDING)}")
NOTES = ".notes"
"""What each backup of a folder holds; see `tracker.db.notes`."""


def named(db: Database) -> Path | None:
    """The folder that the office named, whether or not it is there."""
    text = str(settings.value(stored.read(db), settings.BACKUP_SECOND.key) or "")
    return Path(text).expanduser() if text else None


def named_in(path: Path, key: str | None) -> Path | None:
    """As `named`, of a file that may be damaged: None where that cannot be read any more, or nothing is there."""
    try:
        with closing(open_file(path, readonly=True, key=key)) as db:
            listed = db.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'settings'")
            second = named(db) if listed else None
    except UserError:
        return None
    return second if second and second.is_dir() else None


def folder(second: Path, path: Path) -> Path:
    """Where in it the backups of a data file lie."""
    place = f"{paths.machine()}\n{os.path.normcase(path.resolve())}"
    mark = hashlib.sha256(place.encode(errors="surrogateescape")).hexdigest()[:8]
    return second / f"{path.name}-{mark}{ENDING}"


def take_over(db: Database, second: Path) -> None:
    """Have the file's folder hold its backups that lie where all files of its name had theirs; others stay there."""
    shared, own = second / f"{db.path.name}{ENDING}", folder(second, db.path)
    if not shared.is_dir() or (second / db.path.name).exists():  # that file's own, beside it
        return
    with suppress(OSError):
        for path in shared.glob("*.db"):
            if not (own / path.name).exists() and is_of(db, path):
                snapshots.keep_folder(own, snapshots.mode_of(db.path))
                path.rename(own / path.name)
        if not any(shared.glob("*.db")):
            snapshots.remove(shared / NOTES)
            shared.rmdir()


def name_of(place: Path) -> str | None:
    """The name of the data file whose backups lie in a folder of a second place; None of any other folder."""
    found = _MARKED.fullmatch(place.name)
    return found["name"] if found else None


def readable_elsewhere(db: Database, second: Path) -> tuple[Path, ...]:
    """Backups with this file's history that anybody can read and that are another one's to encrypt: of a copy, or from
    when the file lay elsewhere."""
    own, found = folder(second, db.path), []
    with suppress(OSError):
        for place in second.glob(f"{glob.escape(db.path.name)}*{ENDING}"):
            if place != own:
                readable = (one for one in place.glob("*.db") if not keys.is_encrypted(one))
                found += [one for one in readable if is_of(db, one)]
    return tuple(found)


def is_of(db: Database, path: Path) -> bool | None:
    """Whether a copy has the beginning of the file's history; None where it cannot be opened as the file is."""
    try:
        with closing(open_file(path, readonly=True, key=db.key)) as backup:
            first = migrations.is_ours(backup) and backup.one("SELECT min(id) FROM history")
    except UserError:
        return None
    return bool(first and first[0] and db.one("SELECT 1 FROM history WHERE id = ?", tuple(first)))
