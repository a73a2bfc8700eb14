"""Handing over open cases: all of them, only them, as one operation that leaves no trace when it is undone."""

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
from tests.unit.test_undoing import case, content, got
from tests.unit.test_undoing_attached import everything
from tracker.db import history
from tracker.errors import FrozenRecords, UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.officers import OFFICERS
from tracker.operations import clerks, editing, freezing, handover, log, undoing, verifying
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.clerks import Clerk
from tracker.schema.fields import Names, Text, Value
from tracker.schema.filters import split_names

CLOSED: dict[str, Value] = {
    "accepted_on": "2020-03-03",
    "closed_on": "2020-05-01",
    "closing_method": "mediation",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def test_only_open_cases_of_one_person_go_to_another(office: Office) -> None:
    mine = case(office, 1, arbitrator="陈立新", clerk="赵敏")
    both = case(office, 2, arbitrator="刘洋", clerk="陈立新")
    closed = case(office, 3, arbitrator="陈立新", **CLOSED)
    case(office, 4, arbitrator="陈立新强")
    assert handover.holders(office) == {"陈立新": 2, "赵敏": 1, "刘洋": 1, "陈立新强": 1}
    plan = handover.plan(office, " 陈立新", "刘洋 ")
    assert plan.counts == {"disputes": 2}
    assert {(line.number, line.field.key, line.after) for line in plan.lines} == {
        ("1号", "arbitrator", "刘洋"),
        ("2号", "clerk", "刘洋"),
    }
    before = everything(office)
    changed = handover.carry_out(office, plan, "调离岗位")
    assert changed.ledgers == {"disputes"}
    assert (got(office, mine)["arbitrator"], got(office, both)["clerk"]) == ("刘洋", "刘洋")
    assert got(office, closed)["arbitrator"] == "陈立新"
    (done, *_rest) = log.read(office)
    assert (done.kind, done.operation.note) == ("移交", "陈立新 → 刘洋 — 调离岗位")
    assert set(log.touched(office, done.operation.id)["disputes"]) == {mine, both}
    undoing.undo(office)
    assert everything(office) == before
    assert verifying.verify(office).sound


def test_among_several_names_only_one_is_replaced_and_nobody_stands_twice() -> None:
    assert handover.replaced("赵敏、孙毅；李四", "孙毅", "王强") == "赵敏、王强、李四"
    assert handover.replaced("赵敏、孙毅", "孙毅", "赵敏") == "赵敏"


@pytest.mark.parametrize(
    ("giver", "taker"), [("", "李四"), ("张三", ""), ("张三", "张三"), ("张三、李四", "王五")]
)
def test_names_that_cannot_be_are_refused(office: Office, giver: str, taker: str) -> None:
    with pytest.raises(UserError):
        handover.plan(office, giver, taker)


def test_what_changed_since_the_look_stops_it(office: Office) -> None:
    case(office, 1, arbitrator="陈立新")
    plan = handover.plan(office, "陈立新", "刘洋")
    case(office, 2, arbitrator="陈立新")
    before = history.heads(office.db)
    with pytest.raises(UserError):
        handover.carry_out(office, plan)
    assert history.heads(office.db) == before


def test_it_asks_why_where_frozen_figures_count_by_the_name(office: Office) -> None:
    case(office, 1, arbitrator="陈立新", accepted_on="2020-03-03")
    freezing.freeze(office, Period.year(2020))
    plan = handover.plan(office, "陈立新", "刘洋")
    try:
        handover.carry_out(office, plan)
    except FrozenRecords:
        with office.because("调离岗位"):
            handover.carry_out(office, plan)
    assert not handover.plan(office, "陈立新", "刘洋").lines


def test_clerks_and_officers_may_take_over(office: Office) -> None:
    clerks.name(office, Clerk("王强"))
    editing.save(office, OFFICERS, {"officer_no": "001", "name": "刘洋", "roles": "arbitrator"})
    assert handover.takers(office) == ["王强", "刘洋"]


def test_every_ledger_that_names_its_people_says_when_it_is_open_or_never_is() -> None:
    never = {"consultations"}
    assert {one.name for one in LEDGERS if one.agenda.people and one.agenda.open is None} == never
    for ledger in LEDGERS:
        if ledger.agenda.open:
            ledger.agenda.open.sql()
            assert all(isinstance(ledger.field(key), Text | Names) for key in ledger.agenda.people)


NAMES = st.lists(st.sampled_from(("赵敏", "孙毅", "王强", "王强强")), max_size=3, unique=True).map("、".join)


@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=8))
@how(max_examples=tries(12))
def test_afterwards_nothing_open_is_the_givers_and_undo_leaves_no_trace(
    cases: list[tuple[str, str, bool]],
) -> None:
    with TemporaryDirectory() as folder, closing(new_office(Path(folder) / "cases.db", WHO)) as office:
        uids = [
            case(office, n, arbitrator=one or None, clerk=two or None, **(CLOSED if closed else {}))
            for n, (one, two, closed) in enumerate(cases, 1)
        ]
        before = content(office)
        plan = handover.plan(office, "王强", "赵敏")
        handover.carry_out(office, plan)
        for uid, (one, two, closed) in zip(uids, cases, strict=True):
            record = got(office, uid)
            for key, was in (("arbitrator", one), ("clerk", two)):
                now = set(split_names(str(record[key] or "")))
                then = set(split_names(was))
                wanted = then if closed or "王强" not in then else {*then, "赵敏"} - {"王强"}
                assert now == wanted
        assert handover.holders(office).get("王强") is None
        if plan.lines:
            undoing.undo(office)
        assert content(office) == before
