"""Each file that records leave the program by is a line of the history: who wrote what, when, with how many records."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from tracker.db.history import Journal
from tracker.errors import UserError
from tracker.operations import opening
from tracker.operations.office import Office, open_office

KIND = ACTION = "export"
log = logging.getLogger(__name__)


def note(office: Office, what: str, path: Path, records: int | None = None, *, whole: bool = False) -> None:
    """Note that a file was written: `what` in the clerk's words, `whole` where personal numbers are not masked.

    A file that cannot be written to, by whoever only reads or may not, goes without; the log of the program says so.
    Where another one has the file, the line is added beside his work: he has looked it through.
    """
    told = {"what": what, "file": path.name, "records": records, "whole": whole}
    try:
        if office.db.refusal or not office.db.readonly:
            _write(office, told)
            return
        with closing(_to_write(office)) as other:
            _write(other, told)
    except UserError:
        log.warning("an export is not in the history: the file cannot be written")


def _to_write(office: Office) -> Office:
    try:
        return opening.to_write(office.db.path, office.who, key=office.key)
    except opening.InUse:
        return open_office(office.db.path, office.who, key=office.key)


def _write(office: Office, told: Mapping[str, object]) -> None:
    with office.db.atomic():
        journal = Journal(office.db, office.who, KIND, f"{told['what']} · {told['file']}")
        journal.add("", "", ACTION, told)
        journal.flush()
