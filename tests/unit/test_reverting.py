"""An earlier state of a record brought back: exactly what it and its belongings were then, and undone like anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office
from tests.unit.test_undoing import case, got
from tests.unit.test_undoing_attached import event, everything
from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.errors import FrozenRecords, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing, freezing, parties, past, reverting, undoing, verifying
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.fields import Value

STAMPS = {"updated_at", "updated_by", "binned_at", "binned_by", "no"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def moments(office: Office, uid: str) -> list[str]:
    """The last row of each operation on a record, oldest first."""
    last = {p.entry.operation: p.entry.id for p in past.of_record(office, DISPUTES, got(office, uid))}
    return list(last.values())


def revert(office: Office, uid: str, row: str) -> None:
    reverting.carry_out(office, reverting.plan(office, DISPUTES, uid, row))


def test_the_plan_says_what_would_change_and_one_operation_does_it(office: Office) -> None:
    uid = case(office, 1)
    editing.save(office, DISPUTES, {"applicant": "李四", "accepted_on": "2020-03-04"}, uid)
    first = moments(office, uid)[0]
    plan = reverting.plan(office, DISPUTES, uid, first)
    (own,) = plan.parts
    assert sorted(own.lines()) == sorted([("受理日期", "2020-03-04", ""), ("申请人", "李四", "张三")])
    before = everything(office)
    reverting.carry_out(office, plan)
    assert (got(office, uid)["applicant"], got(office, uid)["accepted_on"]) == ("张三", None)
    (*_rest, last) = past.of_record(office, DISPUTES, got(office, uid))
    assert (past.what(office, last), undoing.offered(office).undo) == (
        "恢复到以前的状态",
        "修改 1号 的受理日期、申请人",
    )
    undoing.undo(office)
    assert everything(office) == before


def test_what_belonged_to_it_comes_back_and_what_came_later_goes(office: Office) -> None:
    uid = case(office, 1, accepted_on="2020-03-04")
    kept = event(office, uid, title="第一次开庭")
    then = everything(office)
    row = moments(office, uid)[-1]
    attached.save(office, DISPUTES, uid, EVENTS, [{"uid": kept, "title": "改期"}])
    event(office, uid, day="2020-04-01")
    parties.save(office, DISPUTES, uid, [{"role": "applicant", "name": "王五"}])
    attached.save(office, DISPUTES, uid, EVENTS, [], [kept])
    plan = reverting.plan(office, DISPUTES, uid, row)
    ways = {(part.ledger.name, part.comes, part.goes) for part in plan.parts}
    assert ways == {
        ("disputes", False, False),
        ("events", True, False),
        ("events", False, True),
        ("parties", False, True),
    }
    reverting.carry_out(office, plan)
    assert everything(office) == then
    assert verifying.verify(office).sound


def test_a_record_in_the_bin_comes_out_as_it_was(office: Office) -> None:
    uid = case(office, 1)
    editing.save(office, DISPUTES, {"applicant": "李四"}, uid)
    editing.bin_records(office, DISPUTES, [uid])
    revert(office, uid, moments(office, uid)[0])
    assert (got(office, uid)["applicant"], got(office, uid)["binned_at"]) == ("张三", None)


def test_a_number_given_to_another_record_meanwhile_is_in_the_way(office: Office) -> None:
    uid = case(office, 1)
    editing.save(office, DISPUTES, {"case_no": "7号"}, uid)
    case(office, 1)
    plan = reverting.plan(office, DISPUTES, uid, moments(office, uid)[0])
    before = everything(office)
    assert "1号" in plan.problem
    with pytest.raises(UserError, match="1号"):
        reverting.carry_out(office, plan)
    assert everything(office) == before


def test_what_changed_since_the_plan_stops_it(office: Office) -> None:
    uid = case(office, 1)
    editing.save(office, DISPUTES, {"applicant": "李四"}, uid)
    plan = reverting.plan(office, DISPUTES, uid, moments(office, uid)[0])
    editing.save(office, DISPUTES, {"remarks": "补正"}, uid)
    with pytest.raises(UserError, match=r"再看一遍|重新"):
        reverting.carry_out(office, plan)


def test_frozen_figures_ask_for_a_reason(office: Office) -> None:
    uid = case(office, 1, accepted_on="2020-03-04")
    editing.save(office, DISPUTES, {"accepted_on": "2020-03-05"}, uid)
    freezing.freeze(office, Period.year(2020))
    row = moments(office, uid)[0]
    with pytest.raises(FrozenRecords):
        revert(office, uid, row)
    with office.because("核对更正"):
        revert(office, uid, row)
    assert got(office, uid)["accepted_on"] == "2020-03-04"


EDITS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {},
            optional={
                "applicant": st.sampled_from(("张三", "李四", "王五")),
                "accepted_on": st.sampled_from((None, "2020-03-03", "2020-03-05")),
                "workers": st.integers(1, 3),
                "remarks": st.sampled_from((None, "补正")),
                "procedure": st.sampled_from((None, "ordinary")),
            },
        ),
        st.sampled_from(("hearing", "party", "bin", "undo")),
    ),
    max_size=7,
)


def act(office: Office, uid: str, edit: dict[str, Value] | str) -> None:
    if isinstance(edit, dict):
        editing.save(office, DISPUTES, edit, uid)
    elif edit == "hearing":
        event(office, uid)
    elif edit == "party":
        there = parties.of_record(office.db, uid)
        drop = [str(there[0]["uid"])] if len(there) > 1 else []
        many = [] if drop else [{"role": "respondent", "name": f"公司{len(there)}"}]
        parties.save(office, DISPUTES, uid, many, drop)
    elif edit == "bin":
        editing.bin_records(office, DISPUTES, [uid])
        editing.restore_records(office, DISPUTES, [uid])
    elif undoing.offered(office).undo.startswith("修改"):
        undoing.undo(office)


@given(EDITS, st.data())
@how(max_examples=tries(15))
def test_any_earlier_state_is_what_the_history_says_and_undo_takes_it_back(
    edits: list[dict[str, Value] | str], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, closing(new_office(Path(folder) / "cases.db", WHO)) as office:
        uid = case(office, 1)
        states = {moments(office, uid)[-1]: everything(office)}
        for edit in edits:
            act(office, uid, edit)
            states[moments(office, uid)[-1]] = everything(office)
        row = data.draw(st.sampled_from(list(states)))
        told = past.as_of(past.of_record(office, DISPUTES, got(office, uid)), row)
        before = everything(office)
        plan = reverting.plan(office, DISPUTES, uid, row)
        reverting.carry_out(office, plan)
        assert everything(office) == states[row]
        record = records.get(office.db, DISPUTES, uid) or {}
        assert {k: record[k] for k in told if k not in STAMPS} == {
            k: v for k, v in told.items() if k not in STAMPS
        }
        assert not reverting.plan(office, DISPUTES, uid, row).parts
        if plan.parts:
            undoing.undo(office)
            assert everything(office) == before
        assert verifying.verify(office).sound
