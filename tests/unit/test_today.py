"""The day's list against a naive scan of the same records, its hearings, and what was entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office, valid_records
from tracker.attached.events import EVENTS
from tracker.db import agenda, records, tables
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing, hearings, today
from tracker.operations.day_words import waited_text
from tracker.operations.deadlines import due, naming
from tracker.operations.office import Office
from tracker.operations.today import ENTERED, HEARING, MONTH, OVERDUE, WAITS, WEEK, Wanted
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.fields import Value
from tracker.schema.filters import ALL, Empty
from tracker.schema.ledger import Ledger

ON = date(2020, 6, 17)
"""A Wednesday."""
STEPS = [(ledger, step) for ledger in LEDGERS for step in ledger.agenda.waiting]
DISPUTE: dict[str, Value] = {
    "applied_on": "2020-04-01",
    "applicant": "张三",
    "applicant_kind": "worker",
    "respondent": "北京某某公司",
    "workers": 1,
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "a.db", WHO)
    yield made
    made.close()


def dispute(office: Office, n: int, **more: Value) -> str:
    return editing.save(office, DISPUTES, {**DISPUTE, "case_no": f"京劳人仲字〔2020〕第{n}号", **more}).uid


def every(office: Office, ledger: Ledger) -> list[records.Record]:
    keys = list(ledger.by_key)
    return [dict(zip(keys, row, strict=True)) for row in records.each(office.db, Query(ledger), keys)]


@pytest.mark.parametrize(
    ("ledger", "step"), STEPS, ids=lambda part: getattr(part, "name", getattr(part, "key", ""))
)
@settings(max_examples=tries(5))
@given(data=st.data())
def test_what_waits_is_what_a_scan_finds(ledger: Ledger, step: Waiting, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(valid_records(ledger), max_size=6))
    with TemporaryDirectory() as folder:
        office = new_office(Path(folder) / "a.db", WHO)
        for n, record in enumerate(drawn):
            number = f"{record[ledger.number]}{n}"
            with office.writing("entry") as writer:
                writer.insert(ledger, {**record, ledger.number: number})
        found = every(office, ledger)
        for where in (ALL, today.mine(office, ledger)):
            wanted = {r["uid"] for r in found if step.when.matches(r) and where.matches(r)}
            got = agenda.waiting(office.db, ledger, step, where, 100)
            assert {r["uid"] for r in got} == wanted
            assert agenda.count_waiting(office.db, ledger, step, where) == len(wanted)
            order = [
                (r[step.by] is None, r[step.by] or "", r[step.since] or "")
                if step.by
                else (r[step.since] or "",)
                for r in got
            ]
            assert order == sorted(order)
        office.close()


def test_what_waits_is_found_by_its_own_index(office: Office) -> None:
    for ledger, step in STEPS:
        name = tables.waiting_index(ledger, step)
        sql = f"SELECT count(*) FROM {ledger.name} INDEXED BY {name} WHERE {tables.waits(step)}"
        plan = " ".join(str(row[-1]) for row in office.db.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert f"COVERING INDEX {name}" in plan


def test_a_step_that_is_declared_otherwise_gets_another_index(office: Office) -> None:
    other = replace(DISPUTES.agenda.waiting[0], when=Empty("refused_on"))
    changed = replace(DISPUTES, agenda=Agenda(waiting=(other,)))
    assert tables.shape(changed) != tables.shape(DISPUTES)
    with office.db.atomic():
        tables.bring_up(office.db, changed)
    sql = "SELECT name FROM sqlite_master WHERE name LIKE 'disputes_by_waiting_%'"
    assert [row[0] for row in office.db.rows(sql)] == [tables.waiting_index(changed, other)]


@settings(max_examples=tries(10))
@given(st.lists(st.dates(date(2020, 3, 1), date(2020, 7, 30)), max_size=12), st.integers(0, 40))
def test_every_limit_stands_in_just_one_part(accepted: list[date], later: int) -> None:
    on = ON + timedelta(days=later)
    with TemporaryDirectory() as folder:
        office = new_office(Path(folder) / "a.db", WHO)
        for n, day in enumerate(accepted, 1):
            dispute(office, n, applied_on=day.isoformat(), accepted_on=day.isoformat())
        found = due(office, on, today.WITHIN)
        day_ = today.read(office, on)
        parts = {
            key: [(line.uid, line.what) for line in day_.group(key).lines] for key in (OVERDUE, WEEK, MONTH)
        }
        sunday = on + timedelta(days=6 - on.weekday())
        assert parts[OVERDUE] == [(d.uid, d.label) for d in found if d.due_on < on]
        assert parts[WEEK] == [(d.uid, d.label) for d in found if on <= d.due_on <= sunday]
        assert parts[MONTH] == [(d.uid, d.label) for d in found if d.due_on > sunday]
        assert day_.urgent == today.urgent(office, on) == sum(d.due_on <= on for d in found)
        office.close()


def test_the_list_of_a_part_has_just_its_records(office: Office) -> None:
    dispute(office, 1, accepted_on="2020-04-02")
    dispute(office, 2, accepted_on="2020-06-10")
    group = today.read(office, ON).group(OVERDUE)
    behind = group.behind(office, "disputes")
    assert (group.total, group.counts) == (1, {"disputes": 1})
    ids = records.ids(office.db, Query(DISPUTES, behind.where))
    assert [records.by_id(office.db, DISPUTES, n)["uid"] for n in ids] == [line.uid for line in group.lines]  # type: ignore[index]
    assert [r["uid"] for r in every(office, DISPUTES) if behind.where.matches(r)] == [group.lines[0].uid]


def test_the_list_of_a_step_has_just_its_records(office: Office) -> None:
    waits, _done = dispute(office, 1), dispute(office, 2, accepted_on="2020-04-02", heard_on="2020-05-02")
    group = today.read(office, ON).group(f"{WAITS}.disputes.decide")
    ids = records.ids(office.db, Query(DISPUTES, group.behind(office, "disputes").where))
    assert [records.by_id(office.db, DISPUTES, n)["uid"] for n in ids] == [waits]  # type: ignore[index]
    assert "77" in group.lines[0].note and group.lines[0].left is None


def test_only_mine_is_what_i_handle_or_entered(office: Office) -> None:
    theirs = Office(office.db, Who("别人", "other"))
    dispute(theirs, 1, accepted_on="2020-04-02", arbitrator="陈立新")
    handled = dispute(theirs, 2, accepted_on="2020-04-02", arbitrator=f"陈立新、{WHO.clerk}")
    entered = dispute(office, 3, accepted_on="2020-04-02", heard_on=ON.isoformat())
    day = today.read(office, ON, Wanted(mine=True))
    assert {line.uid for line in day.group(OVERDUE).lines} == {handled, entered}
    assert [line.uid for line in day.group(HEARING).lines] == [entered]
    assert day.urgent == 3, "what calls beside the page's name is everybody's"


def test_one_ledger_only(office: Office) -> None:
    dispute(office, 1, accepted_on="2020-04-02", heard_on=ON.isoformat())
    for key in (OVERDUE, HEARING, ENTERED):
        assert today.read(office, ON, Wanted("petitions")).group(key).total == 0
    assert today.read(office, ON, Wanted("disputes")).group(OVERDUE).total == 1


def test_a_hearing_is_told_once_with_its_time_and_place(office: Office) -> None:
    uid = dispute(office, 1, accepted_on="2020-06-02", heard_on="2020-06-19")
    noted = dispute(office, 2, accepted_on="2020-06-02", heard_on="2020-06-18")
    event = {"kind": "hearing", "title": "开庭", "happened_on": "2020-06-19T09:30", "place": "第一庭"}
    other = {"kind": "note", "title": "电话", "happened_on": "2020-06-18"}
    attached.save(office, DISPUTES, uid, EVENTS, [event, other])
    found = hearings.between(office, ON, ON + timedelta(days=3))
    assert [(one.uid, one.at, one.place) for one in found] == [
        (noted, "2020-06-18", ""),
        (uid, "2020-06-19T09:30", "第一庭"),
    ]
    assert hearings.between(office, ON, ON + timedelta(days=1)) == found[:1]


def test_a_hearing_of_a_binned_case_is_not_told(office: Office) -> None:
    uid = dispute(office, 1, accepted_on="2020-06-02")
    attached.save(
        office, DISPUTES, uid, EVENTS, [{"kind": "hearing", "title": "开庭", "happened_on": "2020-06-19"}]
    )
    editing.bin_records(office, DISPUTES, [uid])
    assert hearings.between(office, ON, ON + timedelta(days=3)) == ()


def test_what_i_entered_or_changed_today(office: Office) -> None:
    now = date.today()
    first, second, gone = (dispute(office, n) for n in (1, 2, 3))
    dispute(Office(office.db, Who("别人", "other")), 4)
    editing.save(office, DISPUTES, {"arbitrator": "陈立新"}, uid=first)
    editing.bin_records(office, DISPUTES, [gone])
    group = today.read(office, now).group(ENTERED)
    assert [(line.uid, line.what) for line in group.lines] == [(first, "新录入"), (second, "新录入")]
    assert group.total == 2
    assert today.read(office, now + timedelta(days=1)).group(ENTERED).total == 0


def test_a_year_whose_holidays_are_not_known_is_said(office: Office) -> None:
    dispute(office, 1, applied_on="2098-03-01", accepted_on="2098-03-01")
    day = today.read(office, date(2098, 4, 1))
    assert [line.note for key in (WEEK, MONTH) for line in day.group(key).lines] == ["该年放假安排未公布"]


def test_an_agenda_that_names_no_field_is_a_fault() -> None:
    step = Waiting(key="x", label="X", when=Empty("nowhere"), since="applied_on")
    faults = replace(
        DISPUTES, agenda=Agenda(people=("nobody",), hearing="archived_on", waiting=(step,))
    ).check()
    assert any("'nowhere'" in fault for fault in faults) and any("'nobody'" in fault for fault in faults)
    assert any("no index begins with the hearing" in fault for fault in faults)
    assert not BY_NAME["disputes"].check()


def test_a_line_names_whom_the_record_is_about_not_who_deals_with_it(office: Office) -> None:
    check = BY_NAME["inspections"]
    record: dict[str, Value] = {
        "record_no": "京怀人社检〔2020〕1号",
        "checked_on": "2020-06-16",
        "place": "怀柔镇",
        "officers": "赵敏、孙毅",
        "kind": "routine",
        "target": "北京某某餐饮有限公司",
        "items": "工资支付",
    }
    editing.save(office, check, record)
    (line,) = today.read(office, date.today()).group(ENTERED).lines
    assert (line.number, line.about) == ("京怀人社检〔2020〕1号", "北京某某餐饮有限公司")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_no_ledger_names_its_records_by_the_offices_own_people(ledger: Ledger) -> None:
    keys = {key for some in naming(ledger) for key in some}
    assert keys and not keys & {ledger.number, *ledger.agenda.people}
    assert not [key for key in naming(ledger)[0] if ledger.field(key).names == "officers"]


@pytest.mark.parametrize(("days", "text"), [(0, "今日新增"), (1, "已等1天"), (1234, "已等1,234天")])
def test_how_long_a_record_waits_in_words(days: int, text: str) -> None:
    assert waited_text(days) == text
