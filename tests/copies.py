"""Copies of one file, each with a clerk of its own, as they are worked in apart and merged."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from tracker import ids
from tracker.db import records, tables
from tracker.db import settings as stored
from tracker.db.database import Database, open_file
from tracker.db.history import Who
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.office import Office, open_office
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
CLERKS = (Who("甲", "one"), Who("乙", "two"), Who("丙", "three"))


def case(office: Office, number: str, **more: Value) -> str:
    return editing.save(office, DISPUTES, {**CASE, "case_no": number, **more}).uid


def got(office: Office, uid: str) -> records.Record:
    record = records.get(office.db, DISPUTES, uid)
    assert record is not None
    return record


Held = tuple[dict[tuple[str, str], dict[str, Value]], dict[str, str], dict[str, list[tuple[object, ...]]]]
WHOLE = (
    "frozen_figures",
    "frozen_counts",
    "frozen_locks",
    "frozen_records",
    "freezes",
    "draws",
    "imported",
    "imported_order",
)
"""Tables of which every copy comes to hold the same rows."""


def held(office: Office) -> Held:
    """Every record with all its columns but the row's number and the stamps of the last change; the settings; and all
    else that the office has: documents of its own, attached files, numbers given, frozen figures with who ended them,
    draws, known rows of sheets."""
    found = {}
    for ledger in office.catalogue.kept:
        names = tuple(k for k in tables.columns(ledger) if k not in ("updated_at", "updated_by"))
        rows = office.db.rows(f"SELECT {', '.join(names)} FROM {ledger.name}")
        found |= {(ledger.name, row[0]): dict(zip(names, row, strict=True)) for row in rows}
    documents = [
        (name, hashlib.sha256(content).hexdigest())
        for name, content in office.db.rows("SELECT name, content FROM templates")
    ]
    kept = set(office.db.rows("SELECT digest FROM contents")) | {row[1:] for row in documents}
    rest = {name: office.db.rows(f"SELECT * FROM {name}") for name in WHOLE}
    rest |= {"documents": documents, "contents": [*kept]}
    rest["counters"] = office.db.rows("SELECT ledger, year, no, number FROM counters WHERE no > 0")
    return found, stored.read(office.db), {name: sorted(rows, key=repr) for name, rows in rest.items()}


def rows_of(db: Database) -> set[str]:
    """The identifiers of the history, but for the row that a part ends with."""
    return {row[0] for row in db.rows("SELECT id FROM history WHERE action <> 'part'")}


def elsewhere(ahead: timedelta = timedelta()) -> None:
    """Go on as a process on another computer, whose clock may be ahead: it knows no identifier made until now."""
    milliseconds = time.time_ns() // 1_000_000 + ahead // timedelta(milliseconds=1)
    ids._last = milliseconds << 74 | int.from_bytes(os.urandom(8), "big") if ahead else 0


AHEAD = (timedelta(), timedelta(hours=8), timedelta())
"""By how much the clocks of the computers of the copies are ahead."""


class Copies:
    """One file and copies of it, each with a clerk and a computer of its own; closed while it is copied."""

    def __init__(self, folder: Path, begin: Path) -> None:
        self.paths = [folder / f"{n}.db" for n in range(3)]
        for path in self.paths:
            shutil.copy(begin, path)

    def open(self, n: int) -> Office:
        elsewhere(AHEAD[n])
        return open_office(self.paths[n], CLERKS[n])


@contextmanager
def read(path: Path) -> Iterator[Database]:
    """A file for reading what it holds, no more."""
    with closing(open_file(path, readonly=True)) as db:
        yield db


def uids(office: Office) -> list[str]:
    return [
        str(uid)
        for (uid,) in records.each(office.db, records.Query(DISPUTES, sort=(("case_no", False),)), ("uid",))
    ]
