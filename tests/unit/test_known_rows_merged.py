"""What rows of sheets held is alike in all copies once these are merged: as the import that was later wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies import case
from tests.unit.test_undoing import sheet
from tracker.operations import importing, undoing
from tracker.operations.merging import merge
from tracker.operations.office import Office
from tracker.operations.verifying import verify

SECOND = ("2020-03-03", "李四", "乙公司", "b", "钱一")
FIRST = [("2020-03-02", "张三", "甲公司", "a", "钱一"), SECOND]
CORRECTED = [("2020-03-02", "张三", "甲公司", "aa", "孙二"), SECOND]
AGAIN = [("2020-03-02", "张三", "甲公司", "aaa", "孙二"), SECOND]


@pytest.fixture
def shared(two: tuple[Office, Office]) -> tuple[Office, Office]:
    """Two copies of a file into which a sheet was taken."""
    ours, theirs = two
    bring(ours, FIRST)
    merge(theirs, ours.db.path)
    return ours, theirs


def bring(office: Office, rows: list[tuple[str, ...]]) -> None:
    importing.carry_out(office, sheet(office, office.db.path.parent, *rows))


def kept(office: Office) -> list[tuple[object, ...]]:
    return sorted(office.db.rows("SELECT * FROM imported JOIN imported_order USING (uid)"))


def unchanged(office: Office, rows: list[tuple[str, ...]]) -> bool:
    return sheet(office, office.db.path.parent, *rows).unchanged == len(rows)


def exchanged(one: Office, other: Office) -> None:
    """Each takes the other one in, and both hold the same."""
    for into, of in ((one, other), (other, one)):
        merge(into, of.db.path, newest=True)
    assert kept(one) == kept(other)
    assert verify(one).sound and verify(other).sound


def test_a_sheet_that_was_corrected_in_one_copy_is_known_in_the_other(shared: tuple[Office, Office]) -> None:
    ours, theirs = shared
    bring(ours, CORRECTED)
    case(theirs, "旁的")
    exchanged(theirs, ours)
    assert unchanged(theirs, CORRECTED) and unchanged(ours, CORRECTED)


def test_the_later_of_two_imports_stands(shared: tuple[Office, Office]) -> None:
    ours, theirs = shared
    bring(theirs, CORRECTED)
    bring(ours, AGAIN)
    exchanged(ours, theirs)
    assert unchanged(theirs, AGAIN) and unchanged(ours, AGAIN)
    bring(theirs, CORRECTED)
    exchanged(theirs, ours)
    assert unchanged(ours, CORRECTED)


def test_an_import_that_was_taken_back_does_not_come_again(
    shared: tuple[Office, Office], tmp_path: Path
) -> None:
    ours, theirs = shared
    bring(ours, CORRECTED)
    merge(theirs, ours.db.path)
    undoing.undo(ours)
    assert unchanged(ours, FIRST)
    exchanged(ours, theirs)
    assert unchanged(theirs, FIRST)
    typed = [("2020-03-04", "王五", "丙公司", "c", "钱一")]
    case(ours, "手写", applied_on=typed[0][0], applicant="王五", respondent="丙公司")
    bring(ours, typed)
    exchanged(ours, theirs)
    bring(ours, [("2020-03-04", "王五", "丙公司", "cc", "钱一")])
    undoing.undo(ours)
    exchanged(theirs, ours)
    assert unchanged(theirs, typed)


def test_what_a_sheet_told_without_a_change_comes_over_as_well(shared: tuple[Office, Office]) -> None:
    """It leaves nothing in the history, so there is nothing else to merge."""
    ours, theirs = shared
    case(ours, "手写", applied_on="2020-03-04", applicant="王五", respondent="丙公司", remarks="c")
    merge(theirs, ours.db.path)
    before = kept(ours)
    bring(ours, [("2020-03-04", "王五", "丙公司", "c")])
    assert kept(ours) != before
    assert merge(theirs, ours.db.path).rows == 0
    assert kept(theirs) == kept(ours)
