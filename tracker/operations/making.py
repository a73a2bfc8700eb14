"""Making a new data file: under another name, which it gives up for its own once all is in it.

Whatever ends it before then, a kill too, leaves no file of that name; what a killed one left goes at the next try.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tracker.db.database import MARKS
from tracker.db.history import Who
from tracker.db.snapshots import clear_left, part_name, remove, settle
from tracker.errors import FileProblem, told_of
from tracker.i18n import _
from tracker.operations import opening
from tracker.operations.fresh import told
from tracker.operations.office import Office, make_office, who_acts


@contextmanager
def making(path: Path, who: Who | None = None, wait: float = opening.SHORTLY) -> Iterator[Office]:
    """A new file to be filled in the block, kept and closed where that goes well; others are kept from it meanwhile.

    Raises FileProblem where one is there already or none can be made, InUse where another one makes it.
    """
    who = who or who_acts()
    fresh = part_name(path)
    _refuse_taken(path)
    held = opening.hold(path, who, wait) if path.parent.is_dir() else None  # else told as of any file
    try:
        if held:
            clear_left(path)
        with told(path), told_of(path, fresh):
            with closing(make_office(fresh, who)) as office:
                yield office
            _refuse_taken(path)
            for mark in MARKS:  # SQLite would play a lost file's log or journal into the new one
                path.with_name(path.name + mark).unlink(missing_ok=True)
            settle(fresh, path)
    finally:
        remove(fresh)
        if held:
            held.release()


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise FileProblem(_("{path} is already there; choose another name.").format(path=path))
