"""One field of many records: the plan says what changes, what is so already and what refuses; one step of undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, filled, new_office, random_record, strategy
from tests.unit.test_undoing import content
from tracker.db import records
from tracker.db.records import Query
from tracker.errors import Cancelled, FrozenRecords, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import bulk, editing, freezing, undoing
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}


class Silent:
    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Nobody asks."""


class Stopping:
    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        raise Cancelled


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def case(office: Office, n: int, **more: Value) -> str:
    return editing.save(office, DISPUTES, {**CASE, "case_no": f"{n}号", **more}).uid


def planned(office: Office, uids: list[str], key: str, value: Value) -> bulk.Plan:
    return bulk.plan(office, DISPUTES, uids, DISPUTES.field(key), value, Silent())


def test_the_plan_tells_and_one_step_takes_it_back(office: Office) -> None:
    uids = [case(office, n, arbitrator=name) for n, name in enumerate(("甲", "甲", "乙", None), 1)]
    plan = planned(office, uids, "arbitrator", "乙")
    assert plan.before == (("甲", 2), (None, 1)) and plan.unchanged == 1 and plan.refused == ()
    before = content(office)
    changed = bulk.carry_out(office, plan, Silent())
    assert changed.ledgers == {"disputes"}
    assert {r["arbitrator"] for r in map(dict, content(office).values())} == {"乙"}
    assert undoing.offered(office).undo == "批量修改 3 条记录的仲裁员"
    undoing.undo(office)
    assert content(office) == before


def test_records_that_a_rule_refuses_stay(office: Office) -> None:
    early, late = case(office, 1, accepted_on="2020-03-03"), case(office, 2, accepted_on="2020-05-03")
    for uid in (early, late):
        editing.save(office, DISPUTES, {"closed_on": "2020-06-01", "closing_method": "mediation"}, uid)
    plan = planned(office, [early, late], "closed_on", "2020-04-01")
    assert plan.uids == (early,)
    assert [(r.uid, r.number) for r in plan.refused] == [(late, "2号")] and plan.refused[0].message
    bulk.carry_out(office, plan, Silent())
    closed = [(records.get(office.db, DISPUTES, uid) or {})["closed_on"] for uid in (early, late)]
    assert closed == ["2020-04-01", "2020-06-01"]


def test_what_must_not_be_empty_is_not_cleared(office: Office) -> None:
    with pytest.raises(UserError, match="申请人"):
        planned(office, [case(office, 1)], "applicant", None)
    assert all(f.key not in ("case_no", "due_on", "uid") for f in bulk.fields(DISPUTES))


def test_a_file_that_changed_since_and_a_stop_change_nothing(office: Office) -> None:
    uids = [case(office, n) for n in (1, 2)]
    plan = planned(office, uids, "arbitrator", "乙")
    before = content(office)
    with pytest.raises(Cancelled):
        bulk.carry_out(office, plan, Stopping())
    assert content(office) == before
    case(office, 3)
    with pytest.raises(UserError, match="又有变化"):
        bulk.carry_out(office, plan, Silent())


def test_frozen_records_are_foretold_and_need_a_reason(office: Office) -> None:
    uids = [case(office, 1, accepted_on="2020-03-03"), case(office, 2, applied_on="2021-03-02")]
    freezing.freeze(office, Period.year(2020))
    plan = planned(office, uids, "arbitrator", "乙")
    assert plan.frozen == 1
    with pytest.raises(FrozenRecords):
        bulk.carry_out(office, plan, Silent())
    with office.because("更正"):
        bulk.carry_out(office, plan, Silent())


@how(max_examples=tries(10))
@given(st.data())
def test_every_record_holds_the_value_or_was_told_of(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    random = data.draw(st.randoms(use_true_random=False))
    many = [random_record(PETITIONS, random) for _n in range(12)]
    with closing(filled(tmp_path_factory.mktemp("bulk") / "a.db", {PETITIONS: many})) as office:
        field = data.draw(st.sampled_from([f for f in bulk.fields(PETITIONS) if not f.names]))
        value = data.draw(strategy(field))
        uids = [str(uid) for (uid,) in records.each(office.db, Query(PETITIONS), ("uid",))]
        before = content(office)
        plan = bulk.plan(office, PETITIONS, uids, field, value, Silent())
        bulk.carry_out(office, plan, Silent())
        refused = {one.uid for one in plan.refused}
        for uid in uids:
            now, was = content(office)["petitions", uid], before["petitions", uid]
            assert now[field.key] == (was[field.key] if uid in refused else plan.value)
            assert not [p for p in PETITIONS.problems(now) if not p.warning]
        assert len(plan.uids) + plan.unchanged + len(refused) == len(uids)
