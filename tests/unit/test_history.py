"""The history's graph of hashes, verified by a second computation."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.db.database import Database
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.office import Office, open_office, save_settings
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A file in which some operations changed one record and one changed several."""
    office = new_office(tmp_path / "cases.db", WHO)
    save_settings(office, {"region": "京怀"})
    uid = editing.save(office, DISPUTES, {**CASE, "case_no": "1"}).uid
    with office.writing("import", "a sheet") as writer:
        for n in range(2, 6):
            writer.insert(DISPUTES, {**CASE, "case_no": str(n)})
    editing.save(office, DISPUTES, {"applicant": "李四"}, uid)
    editing.bin_records(office, DISPUTES, [uid])
    return office


def unsound(db: Database) -> list[str]:
    """Rows of the history whose hash is not that of their content, or whose predecessors are not there."""
    hashes = {row[0] for row in db.rows("SELECT hash FROM history")}
    found = []
    sql = (
        "SELECT o.id, o.at, o.clerk, o.origin, o.kind, o.note, "
        "h.id, h.ledger, h.uid, h.action, h.changes, h.parents, h.hash "
        "FROM history h JOIN operations o ON o.id = h.operation"
    )
    for *operation, identity, ledger, uid, action, changes, parents, kept in db.rows(sql):
        content = hashlib.sha256(parents)
        for part in (json.dumps(operation, ensure_ascii=False), identity, ledger, uid, action, changes):
            content.update(str(len(part.encode())).encode() + b":" + part.encode())
        known = all(parents[n : n + 32] in hashes for n in range(0, len(parents), 32))
        if content.digest() != kept or not known:
            found.append(identity)
    return found


def chain(db: Database) -> list[bytes]:
    """The hashes from the head back to the first row."""
    parents = dict(db.rows("SELECT hash, parents FROM history"))
    (head,) = db.rows("SELECT hash FROM heads")
    way, at = [], head[0]
    while at:
        way.append(at)
        at = parents[at]
    return way


def test_every_hash_can_be_computed_again(office: Office) -> None:
    assert office.db.one("SELECT count(*), count(DISTINCT id), count(DISTINCT hash) FROM history") == (
        8,
        8,
        8,
    )
    assert unsound(office.db) == []
    assert len(chain(office.db)) == 8


@pytest.mark.parametrize(
    "tampering",
    (
        "UPDATE history SET changes = replace(changes, '张三', '王五') WHERE action = 'insert'",
        "UPDATE history SET uid = 'another' WHERE action = 'bin'",
        "UPDATE operations SET clerk = 'somebody else' WHERE kind = 'import'",
        "UPDATE operations SET at = '2019-01-01T00:00:00' WHERE kind = 'bin'",
        "DELETE FROM history WHERE id = (SELECT max(id) FROM history WHERE action = 'insert')",
    ),
)
def test_tampering_shows(office: Office, tampering: str) -> None:
    with office.db.atomic():
        office.db.run(tampering)
    assert unsound(office.db) != []


def test_a_copied_file_forks_and_keeps_its_own_chain(office: Office, tmp_path: Path) -> None:
    path, copy = office.db.path, tmp_path / "copy.db"
    office.close()
    shutil.copy(path, copy)
    heads = []
    for place in (path, copy):
        forked = open_office(place, WHO)
        editing.save(forked, DISPUTES, {**CASE, "case_no": "99"})
        assert unsound(forked.db) == [] and len(chain(forked.db)) == 9
        heads.append(chain(forked.db))
        forked.close()
    assert heads[0][0] != heads[1][0] and heads[0][1:] == heads[1][1:]


def test_joined_forks_have_both_as_parents(office: Office) -> None:
    (row,) = office.db.rows("SELECT hash FROM history ORDER BY id LIMIT 1")
    with office.db.atomic():
        office.db.run("INSERT INTO heads VALUES (?)", row)  # as a merge leaves it
    editing.save(office, DISPUTES, {**CASE, "case_no": "99"})
    (parents,) = office.db.rows("SELECT parents FROM history ORDER BY id DESC LIMIT 1")
    assert len(parents[0]) == 64 and row[0] in (parents[0][:32], parents[0][32:])
    assert office.db.one("SELECT count(*) FROM heads") == (1,)
    assert unsound(office.db) == []


def test_settings_have_history_too(office: Office) -> None:
    (changes,) = office.db.rows("SELECT changes FROM history WHERE ledger = 'settings'")
    assert json.loads(changes[0]) == {"region": [None, "京怀"]}
