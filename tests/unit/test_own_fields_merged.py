"""Fields of an office's own that one side takes out and the other fills in: nothing that was filled in is lost."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.copies import CASE, Copies, held, uids
from tests.graph import rehashed
from tracker.errors import FrozenRecords, UserError
from tracker.operations import (
    customising,
    editing,
    freezing,
    merge_tables,
    merge_words,
    own_clashes,
    parting,
    undoing,
)
from tracker.operations.merging import merge
from tracker.operations.office import Office, save_settings
from tracker.operations.own_clashes import Kind
from tracker.operations.verifying import verify
from tracker.period import Period
from tracker.schema.fields import Choice, Value
from tracker.schema.ledger import Ledger
from tracker.schema.own import Number, OwnFigure


def disputes(office: Office) -> Ledger:
    """With the fields that the office has added."""
    return office.catalogue.by_name["disputes"]


def value(office: Office, uid: str, key: str) -> Value:
    found = office.db.one(f"SELECT {key} FROM disputes WHERE uid = ?", (uid,))
    assert found
    return found[0]


def fill_in(office: Office, key: str) -> tuple[str, str]:
    """Fill a field in, in a case that all have and in a new one."""
    old = uids(office)[0]
    editing.save(office, disputes(office), {key: "重要"}, old)
    return old, editing.save(office, disputes(office), {**CASE, "case_no": "9号", key: "新的"}).uid


@pytest.fixture
def filled(two: tuple[Office, Office]) -> tuple[str, str, str]:
    """A field that we take out and they fill in, taken in by us."""
    ours, theirs = two
    key, _changed = customising.add_field(ours, disputes(ours), "自填", "text")
    merge(theirs, ours.db.path)
    customising.remove_field(ours, disputes(ours), key)
    old, new = fill_in(theirs, key)
    merge(ours, theirs.db.path)
    assert key not in disputes(ours).by_key and verify(ours).faults == ()
    return key, old, new


def past_the_merge(office: Office) -> None:
    """Take back what was done before a merge, which the first try only tells of."""
    with pytest.raises(undoing.Wall):
        undoing.undo(office)
    undoing.undo(office)


def test_it_is_there_when_the_field_is_taken_back(
    two: tuple[Office, Office], filled: tuple[str, str, str]
) -> None:
    ours, theirs = two
    key, old, new = filled
    past_the_merge(ours)
    assert (value(ours, old, key), value(ours, new, key)) == ("重要", "新的")
    assert verify(ours).faults == ()
    merge(theirs, ours.db.path)
    assert held(ours) == held(theirs) and verify(theirs).faults == ()


def test_it_is_there_when_the_field_comes_back_from_the_other_side(
    two: tuple[Office, Office], filled: tuple[str, str, str], tmp_path: Path
) -> None:
    ours, theirs = two
    key, old, new = filled
    customising.remove_field(theirs, disputes(theirs), key)
    undoing.undo(theirs)
    merge(ours, theirs.db.path, newest=True)
    assert (value(ours, old, key), value(ours, new, key)) == ("重要", "新的")
    assert verify(ours).faults == ()
    parting.write(ours, parting.Choice(), tmp_path / "part.case")
    merge(theirs, ours.db.path)
    assert held(ours) == held(theirs)


def test_it_comes_out_of_a_file_that_has_not_the_field(two: tuple[Office, Office], copies: Copies) -> None:
    """Our table has never held what they filled in: who has the field reads it out of the history."""
    ours, theirs = two
    key, _changed = customising.add_field(ours, disputes(ours), "自填", "text")
    with closing(copies.open(2)) as third:
        merge(theirs, ours.db.path)
        merge(third, ours.db.path)
        customising.remove_field(ours, disputes(ours), key)
        old, new = fill_in(theirs, key)
        merge(ours, theirs.db.path)
        customising.remove_field(third, disputes(third), key)
        undoing.undo(third)
        merge(third, ours.db.path, newest=True)
        assert (value(third, old, key), value(third, new, key)) == ("重要", "新的")
        assert verify(third).faults == ()


def test_what_frozen_figures_count_needs_a_reason_there_too(
    two: tuple[Office, Office], filled: tuple[str, str, str]
) -> None:
    ours, _theirs = two
    key, old, _new = filled
    freezing.freeze(ours, Period.year(2020))
    before = held(ours)
    with pytest.raises(undoing.Wall):
        undoing.undo(ours)
    with pytest.raises(FrozenRecords, match="0号"):
        undoing.undo(ours)
    assert held(ours) == before and key not in disputes(ours).by_key
    with ours.because("更正"):
        undoing.undo(ours)
    assert value(ours, old, key) == "重要" and verify(ours).faults == ()


def test_a_value_that_the_field_cannot_hold_stays_out(two: tuple[Office, Office]) -> None:
    """As from a history that somebody has made: the table is never broken by it, and `verify` tells."""
    ours, _theirs = two
    key, _changed = customising.add_field(ours, disputes(ours), "天数", "count")
    uid = uids(ours)[0]
    editing.save(ours, disputes(ours), {key: 3}, uid)
    customising.remove_field(ours, disputes(ours), key)
    rehashed(ours.db, "UPDATE history SET changes = replace(changes, 'null,3]', 'null,\"three\"]')")
    undoing.undo(ours)
    assert value(ours, uid, key) == 3
    assert [fault.what for fault in verify(ours).faults if key in fault.what] == [(key,)]


def test_fields_of_one_name_are_told_and_stand_in_no_way(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    mine, _changed = customising.add_field(ours, disputes(ours), "工种", "text")
    customising.add_field(theirs, disputes(theirs), "工种", "count")
    merged = merge(ours, theirs.db.path)
    assert [(one.ledger, one.label, one.kind) for one in merged.clashes] == [("disputes", "工种", Kind.FIELD)]
    (line,) = merge_words.to_settle(ours, merged)
    assert "工种" in line and disputes(ours).title() in line
    assert [(one.uid, one.text in line) for one in merge_tables.items(ours, merged)] == [("", True)]
    customising.add_field(ours, disputes(ours), "另一栏", "text")
    with pytest.raises(UserError):
        customising.add_field(ours, disputes(ours), "工种", "text")
    editing.save(theirs, disputes(theirs), {"remarks": "后来"}, uids(theirs)[0])
    assert merge(ours, theirs.db.path).clashes == (), "told once"
    customising.change_field(ours, disputes(ours), mine, "工种（原）")
    assert disputes(ours).check() == []


def test_the_third_field_of_one_name_is_told_as_the_second_was(common: Path, tmp_path: Path) -> None:
    every = Copies(tmp_path, common)
    for n in range(3):
        with closing(every.open(n)) as office:
            customising.add_field(office, disputes(office), "工种", "text")
    with closing(every.open(0)) as ours:
        told = [merge(ours, every.paths[n]).clashes for n in (1, 2)]
        assert [[(one.label, one.times) for one in some] for some in told] == [[("工种", 2)], [("工种", 3)]]
        assert "3 个字段" in told[1][0].sentence()


def test_a_figure_whose_field_the_other_side_took_out_is_told(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    days, _changed = customising.add_field(ours, disputes(ours), "人天", "count")
    merge(theirs, ours.db.path)
    key, _saved = customising.save_figure(ours, OwnFigure("人天合计", "天", Number("disputes", "sum", days)))
    customising.remove_field(theirs, disputes(theirs), days)
    merged = merge(ours, theirs.db.path)
    assert key not in ours.catalogue.by_key
    assert [(one.ledger, one.label, one.kind) for one in merged.clashes] == [
        ("disputes", "人天合计", Kind.FIGURE)
    ]
    customising.add_field(ours, disputes(ours), "另一栏", "text")


def test_figures_of_one_name_can_still_be_changed(two: tuple[Office, Office]) -> None:
    keys = [
        customising.save_figure(office, OwnFigure("我的数字", "件", Number("disputes", "count", "")))[0]
        for office in two
    ]
    merge(two[0], two[1].db.path)
    for key in keys:
        customising.save_figure(two[0], OwnFigure("我的数字", "起", Number("disputes", "count", "")), key)
        assert two[0].catalogue.by_key[key].unit == "起"
    with pytest.raises(UserError, match="我的数字"):
        customising.save_figure(two[0], OwnFigure("我的数字", "件", Number("disputes", "count", "")))


def test_words_of_one_name_are_told_once_and_not_where_one_is_hidden(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    field = disputes(ours).by_key["procedure"]
    assert isinstance(field, Choice)
    mine, _changed = customising.add_code(ours, disputes(ours), field, "特快")
    customising.add_code(theirs, disputes(theirs), field, "特快")
    told = merge(ours, theirs.db.path).clashes
    assert [(one.ledger, one.label, one.kind) for one in told] == [("disputes", "特快", Kind.CODE)]
    save_settings(theirs, {"region": "京怀"})
    assert merge(ours, theirs.db.path).clashes == (), "told once, though settings come in again"
    field = disputes(ours).by_key["procedure"]
    assert isinstance(field, Choice)
    customising.hide_code(ours, disputes(ours), field, mine, True)
    assert own_clashes.found(ours.catalogue, ours.settings) == ()


def test_of_three_fields_of_one_name_each_can_be_renamed(two: tuple[Office, Office], copies: Copies) -> None:
    ours, theirs = two
    with closing(copies.open(2)) as third:
        offices = (ours, theirs, third)
        keys = [customising.add_field(one, disputes(one), "工种", "text")[0] for one in offices]
        for other in offices[1:]:
            merge(ours, other.db.path)
    for n, key in enumerate(keys):
        customising.change_field(ours, disputes(ours), key, f"工种{n}")
    assert disputes(ours).check() == []
