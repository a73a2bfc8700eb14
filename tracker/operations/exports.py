"""Each file that records leave the program by is a line of the history: who wrote what, when, with how many records."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from tracker.db import holding
from tracker.db.history import Journal
from tracker.errors import FileProblem, UserError
from tracker.i18n import _
from tracker.operations import backup_files, opening
from tracker.operations.office import Office, open_office

KIND = ACTION = "export"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Leaving:
    """What left: in the clerk's words, as which file or by which printer, `whole` where personal numbers are not
    masked."""

    what: str
    file: str
    records: int | None = None
    whole: bool = False


def note(office: Office, what: str, path: Path, records: int | None = None, *, whole: bool = False) -> None:
    """Note that a file was written; see `note_all`."""
    note_all(office, [Leaving(what, path.name, records, whole)])


def note_all(office: Office, leaving: Sequence[Leaving]) -> None:
    """Note what has left the program.

    A file that cannot be written to, by whoever only reads or may not, goes without; the log of the program says so,
    and a clerk who may write is told. Where another one has the file, the lines are added beside his work: he has
    looked it through.
    """
    try:
        if not office.db.readonly:
            _write(office, leaving)
            return
        with closing(_to_write(office)) as other:
            _write(other, leaving)
    except UserError as wrong:
        log.warning("an export is not in the history: the file cannot be written")
        if not office.db.refusal:
            text = _("{file} is written, but is not in the history: {reason}")
            office.tell(text.format(file=leaving[0].file, reason=wrong))


def _to_write(office: Office) -> Office:
    """A connection that writes. Raises FileProblem; of a file that a window only reads, unless another one has it."""
    path = office.db.path
    if office.db.refusal and (backup_files.of(path) or holding.holder(path) is None):
        raise FileProblem(office.db.refusal)
    try:
        return opening.to_write(office.db.path, office.who, key=office.key)
    except opening.InUse:
        return open_office(office.db.path, office.who, key=office.key)


def _write(office: Office, leaving: Sequence[Leaving]) -> None:
    first, more = leaving[0], len(leaving) - 1
    told = f"{first.what} · {first.file}"
    if more:
        told = _("{names} and {n} more").format(names=told, n=f"{more:,}")
    with office.db.atomic():
        journal = Journal(office.db, office.who, KIND, told)
        for one in leaving:
            journal.add("", "", ACTION, asdict(one))
        journal.flush()
