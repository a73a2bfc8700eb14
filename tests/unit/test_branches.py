"""A branch that no merge brought shows: rows put beside others in the past, with hashes that fit, and an end."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from tests.copies import case, uids
from tracker.db.database import Database
from tracker.db.history import row_hash
from tracker.errors import FileProblem
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.merging import merge
from tracker.operations.office import Office, open_office
from tracker.operations.rescuing import rescue
from tracker.operations.verifying import verify

AT = "2020-03-01T09:00:00"
"""Long before anything was entered."""


def branch(db: Database, uid: str) -> None:
    """Somebody else's change of a record, beside the row that followed its entry."""
    ((row, parent),) = db.rows("SELECT id, hash FROM history WHERE uid = ? AND action = 'insert'", (uid,))
    identity, operation = f"{row[:-4]}ffff", f"{row[:-4]}fffe"
    about = (operation, AT, "王五", "别的电脑", "edit", "")
    changes = json.dumps({"claim_amount": [None, 999]}, separators=(",", ":"))
    head = json.dumps(list(about), ensure_ascii=False)
    digest = row_hash(head, identity, "disputes", uid, "update", changes, parent)
    with db.atomic():
        db.run("INSERT INTO operations VALUES (?, ?, ?, ?, ?, ?)", about)
        mine = (identity, operation, "disputes", uid, "update", changes, parent, digest)
        db.run("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?)", mine)
        db.run("INSERT INTO heads VALUES (?)", (digest,))
        told = "claim_amount = 999, updated_at = ?, updated_by = '王五' WHERE uid = ?"
        db.run(f"UPDATE disputes SET {told}", (AT, uid))


def texts(office: Office) -> set[str]:
    return {fault.text for fault in verify(office).faults}


def test_a_branch_shows_and_goes_on_showing(two: tuple[Office, Office], tmp_path: Path) -> None:
    ours, theirs = two
    uid = case(ours, "新1号")
    case(ours, "新2号")
    branch(ours.db, uid)
    assert texts(ours) == {"The history has {what} ends; each file that a program writes has one"}
    with pytest.raises(FileProblem):
        merge(theirs, ours.db.path, newest=True)
    case(ours, "新3号")
    case(ours, "新4号")
    rescued = rescue(ours.db.path, tmp_path / "new.db", who=ours.who)
    with closing(open_office(rescued.new, ours.who)) as new:
        assert verify(new).faults == () and len(verify(new).gaps) == 1
        assert len(uids(new)) == len(uids(ours))
    assert texts(ours) == {"A row of the history joins branches that no merge brought together"}
    with pytest.raises(FileProblem):
        merge(theirs, ours.db.path, newest=True)


def test_a_merge_joins_no_more_than_its_two_files(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = case(ours, "新1号")
    case(ours, "新2号")
    case(theirs, "新3号")
    branch(ours.db, uid)
    merge(ours, theirs.db.path, newest=True)
    assert texts(ours) == {"A row of the history joins branches that no merge brought together"}


def test_what_merges_join_is_sound(two: tuple[Office, Office]) -> None:
    """Both worked in, each taking in the other, over and over, by one clerk on one computer too."""
    ours, theirs = two
    theirs.who = ours.who
    uid = case(ours, "新1号")
    for n in range(3):
        case(ours, f"甲{n}")
        case(theirs, f"乙{n}")
        for into, of in ((ours, theirs), (theirs, ours)) if n else ((theirs, ours),):
            merge(into, of.db.path, newest=True)
            assert verify(into).faults == ()
            assert len(into.db.rows("SELECT * FROM heads")) == 1
    editing.save(ours, DISPUTES, {"remarks": "完"}, uid)
    assert verify(ours).unbroken
