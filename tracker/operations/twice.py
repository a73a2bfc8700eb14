"""Numbers given twice, which only merging brings: both records stay, both are marked, until a clerk settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.db import doubles, records
from tracker.db.database import Database
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.operations.progress import SILENT, Progress
from tracker.schema.ledger import Ledger

KIND = "renumber"


@dataclass(frozen=True)
class Twice:
    """A number that several records have: that of the record, or with `running` its running number."""

    ledger: str
    number: str
    uids: tuple[str, ...]
    """In order of entry in this file."""
    running: bool = False


def among(db: Database, ledger: Ledger, uids: Iterable[str]) -> list[Twice]:
    """The numbers that several of these records have now; the number of a record in the bin is not counted."""
    keys: dict[str, list[str]] = {}
    runs: dict[tuple[int, int], list[str]] = {}
    for uid, year, no, key, binned in doubles.numbers(db, ledger, uids):
        runs.setdefault((year, no), []).append(uid)
        if key and not binned:
            keys.setdefault(key, []).append(uid)
    found = [Twice(ledger.name, key, tuple(some)) for key, some in keys.items() if len(some) > 1]
    for (year, no), some in runs.items():
        if len(some) > 1:
            text = f"{year}-{no}" if ledger.day else str(no)
            found.append(Twice(ledger.name, text, tuple(some), running=True))
    return found


def of_ledger(db: Database, ledger: Ledger) -> list[Twice]:
    """The numbers of a ledger that several of its records have."""
    return among(db, ledger, doubles.told(db).get(ledger.name, ()))


def everywhere(office: Office) -> list[Twice]:
    """The numbers given twice in any ledger."""
    told = doubles.told(office.db)
    ledgers = (ledger for ledger in office.catalogue.ledgers if ledger.name in told)
    return [one for ledger in ledgers for one in among(office.db, ledger, told[ledger.name])]


def later(found: Iterable[Twice]) -> dict[str, list[str]]:
    """By ledger the records that came after the first of their number: those that would be given another one."""
    uids: dict[str, dict[str, None]] = {}
    for one in found:
        uids.setdefault(one.ledger, {}).update(dict.fromkeys(one.uids[1:]))
    return {name: list(some) for name, some in uids.items()}


def renumber(office: Office, ledger: Ledger, uids: Iterable[str], progress: Progress = SILENT) -> Changed:
    """Give records the next running number, and the next number by the office's pattern, of each that is given twice.

    One operation. A number that follows no pattern stays and is left to the clerk.
    """
    from tracker.operations import (
        new_numbers,  # here: it brings the libraries of sheets, which Today need not load
    )

    with office.writing(KIND) as writer:
        for n, uid in enumerate(uids):
            progress.report(n, None, _("Giving numbers …"))
            old = records.get(office.db, ledger, uid)
            if old is None:
                raise UserError(_("The record is no longer in the file; reopen the list."))
            shared = list(of_record(office, ledger, uid))
            running = any(one.running for one in shared)
            year = int(str(old["year"]))
            number = new_numbers.free(office, ledger, year, 1) if any(not t.running for t in shared) else []
            if running or number:
                writer.renumber(ledger, old, number[0] if number else None, running=running)
                writer.flush()
    return Changed(frozenset({ledger.name, *writer.followed}))


def renumber_later(office: Office, found: Iterable[Twice], progress: Progress = SILENT) -> Changed:
    """Leave each number to the record that was entered first, and give the others the next ones: one operation."""
    several = later(found)
    with office.writing(KIND):
        for name, uids in several.items():
            renumber(office, office.catalogue.by_name[name], uids, progress)
    return Changed(frozenset(several))


def of_record(office: Office, ledger: Ledger, uid: str) -> Iterator[Twice]:
    """The numbers of a record that others have too."""
    return (one for one in of_ledger(office.db, ledger) if uid in one.uids)
