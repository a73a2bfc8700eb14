"""A private copy of another clerk's file, to be looked at and merged: the file itself is never touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tracker.db import examining
from tracker.db.snapshots import part_folder
from tracker.errors import DamagedFile, FileProblem, told_of
from tracker.i18n import _
from tracker.operations import verifying
from tracker.operations.fresh import told
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
    ours = office.db.path
    with told(ours):
        folder = part_folder(ours)
    copy = folder / other.name
    try:
        progress.report(0, None, _("Reading {file} …").format(file=other.name))
        with told(ours), examining.reading(other, key, ours) as there, told_of(other, copy, ours):
            there.copy_to(copy)
            raw = there.key
        with (
            told_of(other, copy, ours),
            closing(open_office(copy, office.who, key=raw, backup=False)) as opened,
        ):
            text = _("{path} is not sound and was not taken in; ask for a backup of it. First: {fault}")
            verifying.refuse_unsound(opened, other, text, progress)
        return Fetched(other, copy, opened.key)
    except BaseException as wrong:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(wrong, DamagedFile) and wrong.path != ours:
            # Our own backups, and a rescue, which are told of where ours is damaged, are of no use here.
            text = _("{path} is damaged and was not taken in; ask for a backup of it.")
            raise FileProblem(text.format(path=other), other) from wrong
        raise


@contextmanager
def fetched(office: Office, other: Path, key: str | None, progress: Progress) -> Iterator[Fetched]:
    """`fetch`, for the time of the block."""
    made = fetch(office, other, key, progress)
    try:
        yield made
    finally:
        made.drop()
