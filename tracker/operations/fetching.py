"""A private copy of another clerk's file, to be looked at and merged: the file itself is never touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tracker.db.database import open_file
from tracker.db.snapshots import PART
from tracker.errors import FileProblem, PasswordNeeded
from tracker.i18n import _
from tracker.operations import verifying
from tracker.operations.office import Office, open_office
from tracker.operations.progress import SILENT, Progress


@dataclass(frozen=True)
class Fetched:
    """The copy beside our file, under the other one's password, until `drop`."""

    path: Path
    copy: Path
    key: str | None = field(default=None, repr=False)

    def drop(self) -> None:
        """Take the copy away; it is of no use afterwards."""
        shutil.rmtree(self.copy.parent, ignore_errors=True)


def fetch(office: Office, other: Path, key: str | None = None, progress: Progress = SILENT) -> Fetched:
    """Copy another file beside ours, bring the copy to this program's shape and find it sound.

    Raises FileProblem for a file that is not sound, is newer, cannot be read with this password, or is this one.
    """
    if other.exists() and other.samefile(office.db.path):
        raise FileProblem(_("{path} is the file that is open; choose another clerk's.").format(path=other))
    folder = Path(tempfile.mkdtemp(prefix=f".{office.db.path.name}.", suffix=PART, dir=office.db.path.parent))
    copy = folder / other.name
    try:
        progress.report(0, None, _("Reading {file} …").format(file=other.name))
        with closing(open_file(other, readonly=True, key=key)) as there:
            there.copy_to(copy)
        with closing(open_office(copy, office.who, key=there.key, backup=False)) as opened:
            _refuse_unsound(opened, other, progress)
        return Fetched(other, copy, opened.key)
    except PasswordNeeded:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except FileProblem as wrong:  # which names the copy
        shutil.rmtree(folder, ignore_errors=True)
        raise FileProblem(str(wrong).replace(str(copy), str(other))) from wrong
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _refuse_unsound(opened: Office, other: Path, progress: Progress) -> None:
    found = verifying.verify(opened, progress)
    if not found.sound:
        text = _("{path} is not sound and was not taken in; ask for a backup of it. First: {fault}")
        fault = verifying.sentence(found.faults[0], opened.catalogue)
        raise FileProblem(text.format(path=other, fault=fault))


@contextmanager
def fetched(office: Office, other: Path, key: str | None, progress: Progress) -> Iterator[Fetched]:
    """`fetch`, for the time of the block."""
    made = fetch(office, other, key, progress)
    try:
        yield made
    finally:
        made.drop()
