"""Copies of one file, each with a clerk of its own, as they are worked in apart and merged."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from pathlib import Path

from hypothesis import strategies as st

from tests.unit.test_undoing_cases import ACTIONS, edit
from tracker.db import records, tables, templates
from tracker.db import settings as stored
from tracker.db.freezes import all_freezes
from tracker.db.history import Who
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, freezing, twice
from tracker.operations.office import Office, open_office
from tracker.period import Period
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
CLERKS = (Who("甲", "one"), Who("乙", "two"), Who("丙", "three"))


def case(office: Office, number: str, **more: Value) -> str:
    return editing.save(office, DISPUTES, {**CASE, "case_no": number, **more}).uid


def got(office: Office, uid: str) -> records.Record:
    record = records.get(office.db, DISPUTES, uid)
    assert record is not None
    return record


Held = tuple[
    dict[tuple[str, str], dict[str, Value]], dict[str, str], list[str], list[tuple[object, ...]], object
]


def held(office: Office) -> Held:
    """Every record with all its columns but the row's number and the stamps of the last change, and all else that the
    office has: settings, attached files, numbers given, documents of its own, frozen figures, draws."""
    found = {}
    for ledger in office.catalogue.kept:
        names = tuple(k for k in tables.columns(ledger) if k not in ("updated_at", "updated_by"))
        rows = office.db.rows(f"SELECT {', '.join(names)} FROM {ledger.name}")
        found |= {(ledger.name, row[0]): dict(zip(names, row, strict=True)) for row in rows}
    documents = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in office.db.rows("SELECT name, content FROM templates")
    }
    kept = {row[0] for row in office.db.rows("SELECT digest FROM contents")} | set(documents.values())
    digests = sorted(kept)
    counters = sorted(office.db.rows("SELECT ledger, year, no, number FROM counters WHERE no > 0"))
    frozen = sorted(office.db.rows("SELECT id, thawed_at IS NULL FROM freezes"))
    rest = documents, frozen, sorted(office.db.rows("SELECT id, content FROM draws"))
    return found, stored.read(office.db), digests, counters, rest


class Copies:
    """One file and copies of it, each with a clerk of its own; closed while it is copied."""

    def __init__(self, folder: Path, begin: Path) -> None:
        self.paths = [folder / f"{n}.db" for n in range(3)]
        for path in self.paths:
            shutil.copy(begin, path)

    def open(self, n: int) -> Office:
        return open_office(self.paths[n], CLERKS[n])


def uids(office: Office) -> list[str]:
    return [
        str(uid)
        for (uid,) in records.each(office.db, records.Query(DISPUTES, sort=(("case_no", False),)), ("uid",))
    ]


def document(office: Office, data: st.DataObject) -> None:
    """Keep a document of the office's own, or take it out."""
    name, content = data.draw(st.sampled_from("ab")), data.draw(st.sampled_from((None, b"1", b"2", b"3")))
    templates.write(office.db, office.who, name, content)


def freeze(office: Office, data: st.DataObject) -> None:
    """Freeze the figures of a year, or let the last freeze go."""
    freezes = [one for one in all_freezes(office.db) if not one.thawed_at]
    if freezes and data.draw(st.booleans()):
        freezing.unfreeze(office, freezes[0], "更正")
    else:
        freezing.freeze(office, Period.year(2020))


def renumber(office: Office, data: st.DataObject) -> None:
    """Settle the numbers given twice."""
    twice.renumber_later(office, twice.everywhere(office))


def explained(office: Office, data: st.DataObject) -> None:
    """Change what a frozen figure counts, with a reason."""
    with office.because("更正"):
        edit(office, data)


MORE = (document, document, freeze, renumber, explained)


def worked(copies: Copies, data: st.DataObject, most: int) -> None:
    for n in range(3):
        with closing(copies.open(n)) as office:
            for action in data.draw(st.lists(st.sampled_from((*ACTIONS, *MORE)), max_size=most)):
                try:
                    action(office, data)
                except UserError:
                    continue
