"""What is deleted from the bin is in no list any more and cannot come back; the history and copies agree about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tests.unit.test_undoing import case, got
from tracker.db import records
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, log, merging, past, reverting, undoing, verifying
from tracker.operations.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def bin_of(office: Office) -> list[str]:
    return [str(row[0]) for row in records.each(office.db, Query(DISPUTES, binned=True), ("uid",))]


def delete(office: Office, uid: str) -> None:
    editing.bin_records(office, DISPUTES, [uid])
    editing.delete_records(office, DISPUTES, [uid])


def test_it_leaves_the_bin_its_number_and_a_row_in_the_history(office: Office) -> None:
    uid, other = case(office, 1), case(office, 2)
    editing.bin_records(office, DISPUTES, [uid, other])
    editing.delete_records(office, DISPUTES, [uid])
    assert bin_of(office) == [other]
    assert got(office, uid)["number_key"] is None and case(office, 1)
    (*_rest, last) = past.of_record(office, DISPUTES, got(office, uid))
    assert (last.entry.action, past.what(office, last)) == ("delete", "从回收站删除")
    assert log.read(office)[1].what == "从回收站删除 1号"
    assert verifying.verify(office).sound


def test_what_is_not_in_the_bin_is_not_deleted(office: Office) -> None:
    uid = case(office, 1)
    with pytest.raises(UserError, match="1号"):
        editing.delete_records(office, DISPUTES, [uid])
    assert got(office, uid)["binned_at"] is None


def test_nothing_brings_it_back(office: Office) -> None:
    uid = case(office, 1)
    editing.save(office, DISPUTES, {"remarks": "补正"}, uid)
    first = past.of_record(office, DISPUTES, got(office, uid))[0].entry.id
    delete(office, uid)
    for way in (
        lambda: editing.restore_records(office, DISPUTES, [uid]),
        lambda: reverting.plan(office, DISPUTES, uid, first),
        lambda: undoing.undo(office),
        lambda: undoing.undo(office),
    ):
        with pytest.raises(UserError):
            way()
    editing.delete_records(office, DISPUTES, [uid])
    assert records.is_deleted(got(office, uid)) and got(office, uid)["remarks"] == "补正"
    assert undoing.offered(office).undo == "登记 1号"


@pytest.mark.parametrize("last", ["deleted", "restored"])
def test_copies_of_which_one_deleted_and_one_restored_agree(
    office: Office, tmp_path: Path, last: str
) -> None:
    uid, other = case(office, 1), tmp_path / "other.db"
    editing.bin_records(office, DISPUTES, [uid])
    office.db.copy_to(other)
    with closing(open_office(other, WHO)) as there:
        if last == "restored":
            editing.delete_records(office, DISPUTES, [uid])
        editing.restore_records(there, DISPUTES, [uid])
        if last == "deleted":
            editing.delete_records(office, DISPUTES, [uid])
    merging.merge(office, other, newest=True)
    with closing(open_office(other, WHO)) as there:
        merging.merge(there, office.db.path, newest=True)
        assert got(there, uid) == got(office, uid)
        assert verifying.verify(there).sound and verifying.verify(office).sound
    assert records.is_deleted(got(office, uid)) == (last == "deleted")
    assert (got(office, uid)["number_key"] is None) == (last == "deleted")
