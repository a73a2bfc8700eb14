"""Numbers given twice by clerks apart: found at once, given anew in one operation, and that taken back."""

from __future__ import annotations

from pathlib import Path

from tests.copies import case, got
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, merging, twice, undoing
from tracker.operations.office import Office, save_settings
from tracker.operations.verifying import verify


def both(ours: Office, theirs: Office) -> tuple[str, str]:
    """A case of each with the same number."""
    pair = case(ours, "京怀劳人仲字〔2020〕第9号"), case(theirs, "京怀劳人仲字〔2020〕第9号")
    merging.merge(ours, theirs.db.path)
    return pair


def marked(office: Office) -> list[tuple[bool, frozenset[str]]]:
    return [(one.running, frozenset(one.uids)) for one in twice.everywhere(office)]


def test_a_file_that_took_nothing_in_has_none(two: tuple[Office, Office]) -> None:
    assert marked(two[0]) == []


def test_the_next_numbers_are_given_in_one_operation_and_taken_back(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    for office in two:
        save_settings(office, {"region": "京怀"})
    mine, other = both(ours, theirs)
    assert marked(ours) == [(False, {mine, other}), (True, {mine, other})]
    assert twice.later(twice.everywhere(ours)) == {"disputes": [other]}
    twice.renumber(ours, DISPUTES, [other])
    assert marked(ours) == []
    assert (got(ours, other)["case_no"], got(ours, other)["no"]) == ("京怀劳人仲字〔2020〕第10号", 5)
    assert (got(ours, mine)["case_no"], got(ours, mine)["no"]) == ("京怀劳人仲字〔2020〕第9号", 4)
    assert verify(ours).faults == ()
    undoing.undo(ours)
    assert marked(ours) == [(False, {mine, other}), (True, {mine, other})]
    undoing.redo(ours)
    assert marked(ours) == [] and verify(ours).faults == ()
    assert got(ours, case(ours, "又一"))["no"] == 6
    merging.merge(theirs, ours.db.path)
    assert marked(theirs) == [] and got(theirs, other)["no"] == 5


def test_whoever_takes_the_merged_file_sees_the_marks(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    pair = both(ours, theirs)
    merging.merge(theirs, ours.db.path)
    assert marked(theirs) == marked(ours) == [(False, frozenset(pair)), (True, frozenset(pair))]


def test_a_record_in_the_bin_keeps_its_running_number_only(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    mine, other = both(ours, theirs)
    editing.bin_records(ours, DISPUTES, [other])
    assert marked(ours) == [(True, {mine, other})]
    editing.restore_records(ours, DISPUTES, [other])
    assert len(marked(ours)) == 2


def test_a_number_of_no_pattern_is_left_to_the_clerk(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    mine, other = both(ours, theirs)
    ours.patterns.pop("disputes")
    twice.renumber(ours, DISPUTES, [other])
    assert marked(ours) == [(False, {mine, other})]
    editing.save(ours, DISPUTES, {"case_no": "10号"}, other)
    assert marked(ours) == []


def test_a_step_before_the_merge_can_still_be_taken_back(two: tuple[Office, Office], tmp_path: Path) -> None:
    """Though its record then has a number that another one has as well, as it had before."""
    ours, theirs = two
    mine, other = both(ours, theirs)
    editing.save(ours, DISPUTES, {"case_no": "10号"}, mine)
    undoing.undo(ours)
    assert (False, {mine, other}) in marked(ours)
