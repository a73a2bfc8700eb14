"""Every change with its history in one transaction; running numbers and counters that never go back."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.apart import fork
from tests.office import WHO
from tracker.db import history, records
from tracker.errors import RecordProblems, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import editing
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.schema.fields import Value

CASE: dict[str, Value] = {
    "applied_on": "2020-03-02",
    "accepted_on": "2020-03-05",
    "applicant": "张三",
    "respondent": "某公司",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = make_office(tmp_path / "cases.db", WHO)
    save_settings(office, {"region": "京怀"})
    return office


def proposed(office: Office, year: int = 2020) -> str:
    return editing.propose_number(office, DISPUTES, f"{year}-06-01")


def add(office: Office, **more: Value) -> str:
    """A dispute with the number that the form would propose."""
    day = str(more.get("applied_on", CASE["applied_on"]))
    return editing.save(
        office, DISPUTES, {"case_no": editing.propose_number(office, DISPUTES, day), **CASE, **more}
    ).uid


def kept(office: Office, uid: str) -> records.Record:
    return records.get(office.db, DISPUTES, uid) or {}


def test_what_the_program_fills_in(office: Office) -> None:
    record = kept(office, add(office))
    assert (record["no"], record["year"], record["case_no"]) == (1, 2020, "京怀劳人仲字〔2020〕第1号")
    assert (record["created_by"], record["updated_by"], record["origin"]) == ("测试员", "测试员", "test")
    assert record["created_at"] == record["updated_at"]
    assert (record["due_on"], record["workers"], record["applicant_kind"]) == ("2020-04-20", 1, "worker")


def test_a_derived_day_follows_its_fields(office: Office) -> None:
    uid = add(office)
    editing.save(office, DISPUTES, {"extended": 1}, uid)
    assert kept(office, uid)["due_on"] == "2020-05-06"  # 4 May, rolled over the holiday
    editing.save(office, DISPUTES, {"accepted_on": None}, uid)
    assert kept(office, uid)["due_on"] is None


def test_each_change_has_its_history(office: Office) -> None:
    uid = add(office)
    editing.save(office, DISPUTES, {"applicant": "李四", "respondent": "某公司"}, uid)
    editing.bin_records(office, DISPUTES, [uid])
    editing.restore_records(office, DISPUTES, [uid])
    entries = list(history.of_record(office.db, uid))
    assert [entry.action for entry in entries] == ["insert", "update", "bin", "restore"]
    assert entries[0].changes["applicant"] == "张三" and entries[0].changes["no"] == 1
    assert entries[1].changes == {"applicant": ["张三", "李四"]}
    assert {(entry.clerk, entry.origin) for entry in entries} == {("测试员", "test")}


def test_what_changes_nothing_leaves_no_trace(office: Office) -> None:
    uid = add(office)
    before, when = office.db.rows("SELECT * FROM operations"), kept(office, uid)
    editing.save(office, DISPUTES, {"applicant": "张三"}, uid)
    editing.restore_records(office, DISPUTES, [uid])
    assert (office.db.rows("SELECT * FROM operations"), kept(office, uid)) == (before, when)


def test_a_refused_record_changes_nothing(office: Office) -> None:
    uid = add(office)
    before = (kept(office, uid), office.db.rows("SELECT * FROM history"))
    with pytest.raises(RecordProblems) as refused:
        editing.save(office, DISPUTES, {"closed_on": "2020-03-04", "closing_method": "mediation"}, uid)
    assert [p.field for p in refused.value.problems] == ["closed_on"]  # type: ignore[attr-defined]
    assert (kept(office, uid), office.db.rows("SELECT * FROM history")) == before


def test_a_failure_inside_leaves_neither_record_nor_history(office: Office) -> None:
    counts = [
        office.db.one(f"SELECT count(*) FROM {table}") for table in ("history", "operations", "counters")
    ]
    with pytest.raises(ZeroDivisionError), office.writing("test") as writer:
        writer.insert(DISPUTES, {"case_no": "1", **CASE})
        writer.flush()
        raise ZeroDivisionError
    assert records.count(office.db, records.Query(DISPUTES)) == 0
    assert [
        office.db.one(f"SELECT count(*) FROM {t}") for t in ("history", "operations", "counters")
    ] == counts
    assert proposed(office).endswith("第1号")


def test_a_process_killed_inside_leaves_neither(office: Office) -> None:
    add(office)
    path = office.db.path
    office.close()
    child = fork()
    if child == 0:
        killed = open_office(path, WHO)
        with killed.writing("test") as writer:
            writer.insert(DISPUTES, {"case_no": "2", **CASE})
            writer.flush()
            os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    again = open_office(path, WHO)
    assert records.count(again.db, records.Query(DISPUTES)) == 1
    assert again.db.one("SELECT count(*) FROM history WHERE ledger = 'disputes'") == (1,)
    assert kept(again, add(again))["no"] == 2
    again.close()


def test_one_operation_sees_its_own_new_record(office: Office) -> None:
    with office.writing("test") as writer:
        uid = writer.insert(DISPUTES, {"case_no": "1", **CASE})
        old: records.Record = {
            **dict.fromkeys(DISPUTES.by_key),
            **CASE,
            "case_no": "1",
            "uid": uid,
            "year": 2020,
        }
        assert writer.update(DISPUTES, old, {"applicant": "李四"})
    assert kept(office, uid)["applicant"] == "李四"
    assert [e.action for e in history.of_record(office.db, uid)] == ["insert", "update"]


def test_numbers_belong_to_the_year_of_the_first_required_day(office: Office) -> None:
    ours = [
        kept(office, add(office, applied_on=day, accepted_on=None))
        for day in ("2019-12-31", "2020-01-02", "2019-05-05")
    ]
    assert [(r["year"], r["no"]) for r in ours] == [(2019, 1), (2020, 1), (2019, 2)]
    assert [r["case_no"] for r in ours][2] == "京怀劳人仲字〔2019〕第2号"


def test_numbers_do_not_move(office: Office) -> None:
    uid = add(office)
    add(office)
    path = office.db.path
    office.close()
    again = open_office(path, WHO)
    editing.save(again, DISPUTES, {"applied_on": "2019-12-30", "applicant": "李四"}, uid)
    editing.bin_records(again, DISPUTES, [uid])
    editing.restore_records(again, DISPUTES, [uid])
    assert [kept(again, uid)[key] for key in ("year", "no", "case_no")] == [
        2020,
        1,
        "京怀劳人仲字〔2020〕第1号",
    ]
    assert proposed(again).endswith("第3号")
    again.close()


def test_a_number_is_never_proposed_again(office: Office) -> None:
    uids = [add(office) for _n in range(3)]
    editing.bin_records(office, DISPUTES, uids[2:])
    assert proposed(office).endswith("第4号")
    editing.save(office, DISPUTES, {"case_no": "京怀劳人仲字〔2020〕第10号"}, uids[0])
    assert proposed(office).endswith("第11号")
    editing.save(office, DISPUTES, {"case_no": "京怀劳人仲字〔2020〕第1号"}, uids[0])
    assert proposed(office).endswith("第11号")
    path = office.db.path
    office.close()
    again = open_office(path, WHO)
    assert proposed(again).endswith("第11号")
    assert proposed(again, 2021).endswith("〔2021〕第1号")
    again.close()


@pytest.mark.parametrize(
    "spelling", ("京怀劳人仲字〔2020〕第1号", "京怀劳人仲字[2020]001号", "京怀劳人仲字（２０２０）第 1 号")
)
def test_a_number_is_taken_however_it_is_written(office: Office, spelling: str) -> None:
    uid = add(office)
    number = DISPUTES.field("case_no").parse(spelling)
    with pytest.raises(RecordProblems, match="1号") as refused:
        editing.save(office, DISPUTES, {**CASE, "case_no": number})
    assert "2020-03-02" in str(refused.value)
    editing.bin_records(office, DISPUTES, [uid])
    with pytest.raises(RecordProblems, match="回收站"):
        editing.save(office, DISPUTES, {**CASE, "case_no": number})


def test_a_number_given_by_another_program_meanwhile_is_refused(office: Office) -> None:
    other = open_office(office.db.path, WHO)
    record = {**CASE, "case_no": "〔2020〕7号"}
    asked = Event()
    office.db.connection.set_trace_callback(lambda sql: asked.set() if sql == "BEGIN IMMEDIATE" else None)
    with ThreadPoolExecutor(1) as pool, pytest.raises(RecordProblems, match="7号"):
        with other.writing("test") as writer:
            writer.insert(DISPUTES, record)
            later = pool.submit(editing.save, office, DISPUTES, record)
            assert asked.wait(60)  # it waits to write: whatever it looked up before that is old
        later.result()
    assert len(records.by_number(other.db, DISPUTES, "〔2020〕7号")) == 1
    other.close()


def test_a_record_may_keep_its_own_number(office: Office) -> None:
    uid = add(office)
    assert editing.save(office, DISPUTES, {**CASE, "case_no": "京怀劳人仲字[2020]1号"}, uid).uid == uid
    assert kept(office, uid)["case_no"] == "京怀劳人仲字[2020]1号"


def test_a_record_that_is_gone_is_told(office: Office) -> None:
    with pytest.raises(UserError):
        editing.save(office, DISPUTES, CASE, "no such record")


def test_gaps_are_reported(office: Office) -> None:
    for n in (1, 2, 5):
        editing.save(office, DISPUTES, {**CASE, "case_no": f"京怀劳人仲字〔2020〕第{n}号"})
    editing.save(office, DISPUTES, {**CASE, "case_no": "旧号〔2020〕4号"})
    assert editing.number_gaps(office, DISPUTES, 2020) == (3, 4)
    assert editing.number_gaps(office, DISPUTES, 2021) == ()


def test_an_office_may_change_its_pattern(office: Office) -> None:
    add(office)
    save_settings(office, {"pattern_disputes": "{region}仲[{year}]{n:04d}号"})
    assert proposed(office) == "京怀仲〔2020〕0002号"


def test_ledgers_count_each_for_itself(office: Office) -> None:
    add(office)
    assert editing.propose_number(office, INSPECTIONS, "2020-01-01").endswith("〔2020〕1号")


def test_thousands_in_one_operation(office: Office) -> None:
    with office.writing("test") as writer:
        uids = [writer.insert(DISPUTES, {**CASE, "case_no": f"〔2020〕{n}号"}) for n in range(1, 4501)]
    assert uids == sorted(set(uids))
    assert records.last_numbers(office.db, DISPUTES, 2020)[0] == 4500
    assert office.db.one("SELECT count(*) FROM history WHERE ledger = 'disputes'") == (4500,)
    assert office.db.one("SELECT count(*) FROM heads") == (1,)


def test_a_cleared_field_returns_to_its_default(tmp_path: Path) -> None:
    office = make_office(tmp_path / "cases.db", WHO)
    record = {
        "case_no": "1",
        "applied_on": "2020-01-06",
        "applicant": "张三",
        "respondent": "某公司",
        "workers": 12,
    }
    saved = editing.save(office, DISPUTES, record)
    editing.save(office, DISPUTES, {"workers": None, "applicant_kind": None, "remarks": None}, saved.uid)
    stored = records.get(office.db, DISPUTES, saved.uid)
    assert stored is not None
    assert (stored["workers"], stored["applicant_kind"], stored["remarks"]) == (1, "worker", None)
    office.close()
