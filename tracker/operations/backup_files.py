"""A backup opened by itself, as from a USB disk: known by where it lies and its name, read only, made of use again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.errors import FileProblem
from tracker.i18n import _
from tracker.operations import backups, restoring, second_place
from tracker.operations.backups import Place
from tracker.operations.office import who_acts
from tracker.operations.progress import SILENT, Progress
from tracker.operations.restoring import Restored


@dataclass(frozen=True)
class BackupFile:
    """A backup, and the name of the data file it was made of."""

    path: Path
    made: datetime
    reason: str
    name: str
    second: bool = False
    """Whether it lies in a second place, in the folder of its own that a file has there."""

    @property
    def data(self) -> Path | None:
        """The data file, where it lies beside the folder of backups; not where these are a second place's."""
        found = self.path.parent.with_name(self.name)
        return found if found.is_file() and not self.second else None

    def sentence(self) -> str:
        """What it is, and that nothing can be typed into it."""
        text = _("This is a backup of {file}, of {time} ({why}). It can only be read.")
        return text.format(file=self.name, time=f"{self.made:%Y-%m-%d %H:%M}", why=self.reason)


def of(path: Path) -> BackupFile | None:
    """What backup a file is; None of any other file."""
    path = path.absolute()
    name = path.parent.name.removesuffix(".backups")
    if not name or backups.folder(path.parent.with_name(name)) != path.parent:
        return None
    found = next((one for one in Place(path.parent).backups() if one.name == path.name), None)
    marked = second_place.name_of(path.parent)
    return BackupFile(path, found.made, found.reason, marked or name, marked is not None) if found else None


def keep_as(backup: Path, new: Path, key: str | None, progress: Progress = SILENT) -> Restored:
    """Make a data file of a backup, under its password; the backup stays as it is. Raises FileProblem, Cancelled."""
    if new.exists():
        raise FileProblem(_("{path} is already there; choose another name.").format(path=new))
    if of(new) or new.absolute().parent == backup.absolute().parent:
        raise FileProblem(_("{path} lies among backups; choose another folder.").format(path=new))
    return restoring.restore(new, backup, who_acts(), key=key, progress=progress)
