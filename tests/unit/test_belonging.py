"""Records found by what belongs to them: parties entered one by one, events, attached files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.attached.events import EVENTS
from tracker.attached.parties import PARTIES
from tracker.db import finding as best
from tracker.db import records, spelling
from tracker.db.finding import Hit
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import attached, attachments, customising, editing, finding, parties
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office
from tracker.schema.fields import Value

PHONE, CITIZEN, CREDIT = "13800001234", "11010519491231002X", "91110000600037341L"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def case(office: Office, n: int, applicant: str = "李四", **more: Value) -> str:
    number = f"京怀劳人仲字〔2020〕第{n}号"
    record = {"case_no": number, "applied_on": "2020-01-02", "applicant": applicant, "respondent": "某公司"}
    return editing.save(office, DISPUTES, {**record, **more}).uid


def add(office: Office, uid: str, *names: str, **more: Value) -> None:
    found = [{"role": "third", "kind": "person", "name": name, **more} for name in names]
    parties.save(office, DISPUTES, uid, found)


def hits(office: Office, text: str) -> list[Hit]:
    return [hit for one in finding.find(office.db, text) for hit in one.hits]


def listed(office: Office, text: str) -> list[str]:
    return [str(row[0]) for row in records.each(office.db, Query(DISPUTES, search=text), ["uid"])]


@pytest.mark.parametrize(
    ("text", "field"),
    (
        ("张三丰", "name"), ("zsf", "name"), ("zhangsanf", "name"), (PHONE, "phone"), ("1234", "phone"),
        (CITIZEN, "id_number"), ("19491231", "id_number"), (CREDIT, "credit_code"), ("张三丰 1380000", "phone"),
    ),
)  # fmt: skip
def test_a_record_is_found_by_its_parties(office: Office, text: str, field: str) -> None:
    uid = case(office, 1)
    case(office, 2)
    add(office, uid, "张三丰", phone=PHONE, id_number=CITIZEN, credit_code=CREDIT)
    for _spelled in range(2):
        (hit,) = hits(office, text)
        assert (hit.ledger, hit.uid, hit.number) == ("disputes", uid, "京怀劳人仲字〔2020〕第1号")
        assert (hit.by, hit.named, hit.field) == ("parties", "张三丰", field)
        assert listed(office, text) == [uid]
        spelling.spell(office.db)


def test_the_last_applicant_of_a_collective_dispute_is_found_in_the_list_too(office: Office) -> None:
    uid = case(office, 1)
    many = [{"role": "applicant", "name": f"申请人{n}", "phone": f"1390000{n:04d}"} for n in range(1, 61)]
    parties.save(office, DISPUTES, uid, many)
    assert "申请人60" not in str((records.get(office.db, DISPUTES, uid) or {})["applicant"])
    for text in ("申请人60", "13900000060", "sqr60", "2020 申请人60"):
        assert listed(office, text) == [uid]
    assert [hit.named for hit in hits(office, "申请人60")] == ["申请人60"]
    (found,) = finding.find(office.db, "申请人")
    assert (found.count, len(found.hits)) == (1, 1)


def test_events_and_attached_files_lead_to_their_record(office: Office, tmp_path: Path) -> None:
    uid = case(office, 1)
    event = {"kind": "hearing", "happened_on": "2020-03-01", "title": "第二次开庭", "place": "第三仲裁庭"}
    attached.save(office, DISPUTES, uid, EVENTS, [event])
    path = tmp_path / "工资流水2020.txt"
    path.write_text("x", "utf-8")
    attachments.attach(office, DISPUTES, uid, [Incoming(path.name, path)])
    assert [(h.uid, h.by, h.named) for h in hits(office, "第二次")] == [(uid, "events", "第二次开庭")]
    assert [(h.uid, h.field, h.text) for h in hits(office, "三仲裁")] == [(uid, "place", "第三仲裁庭")]
    for text in ("流水", "gzls"):
        assert [(h.uid, h.by, h.named) for h in hits(office, text)] == [(uid, "attachments", path.name)]


def test_a_record_met_by_itself_and_its_parties_is_told_once(office: Office) -> None:
    uid = case(office, 1, "张三")
    add(office, uid, "张三丰")
    (found,) = finding.find(office.db, "张三")
    assert (found.count, [hit.by for hit in found.hits]) == (1, [""])


def test_of_a_record_and_its_parties_the_better_is_told(office: Office) -> None:
    uid = case(office, 1, remarks="张三来电")
    add(office, uid, "张三")
    assert [(hit.rank, hit.by) for hit in hits(office, "张三")] == [(spelling.EXACT, "parties")]


def test_of_parties_the_exact_name_comes_first_and_events_come_last(office: Office) -> None:
    begins, exact, event = (case(office, n) for n in (1, 2, 3))
    add(office, begins, "张三丰")
    add(office, exact, "张三")
    new = {"kind": "note", "happened_on": "2020-03-01", "title": "张三"}
    attached.save(office, DISPUTES, event, EVENTS, [new])
    assert [hit.uid for hit in hits(office, "张三")] == [exact, begins, event]


def test_the_bin_hidden_ledgers_and_parties_who_went_are_left_out(office: Office) -> None:
    gone, kept = case(office, 1), case(office, 2)
    for uid in (gone, kept):
        add(office, uid, "张三丰")
    editing.bin_records(office, DISPUTES, [gone])
    assert [hit.uid for hit in hits(office, "张三丰")] == listed(office, "张三丰") == [kept]
    customising.hide_ledger(office, DISPUTES, True)
    assert hits(office, "张三丰") == []
    customising.hide_ledger(office, DISPUTES, False)
    (party,) = parties.of_record(office.db, kept)
    parties.save(office, DISPUTES, kept, [], [str(party["uid"])])
    assert hits(office, "张三丰") == [] == listed(office, "张三丰")


def test_a_list_is_not_searched_by_parties_of_other_ledgers(office: Office) -> None:
    record = {"petition_no": "信1", "received_on": "2020-01-01", "channel": "visit", "petitioner": "王五"}
    uid = editing.save(office, PETITIONS, {**record, "subject": "wages"}).uid
    parties.save(office, PETITIONS, uid, [{"role": "petitioner", "name": "张三丰"}])
    assert listed(office, "张三丰") == []
    assert [(hit.ledger, hit.uid) for hit in hits(office, "张三丰")] == [("petitions", uid)]


def test_more_than_are_ranked_is_said(office: Office) -> None:
    uids = [case(office, n) for n in range(1, 4)]
    with office.writing("test") as writer:
        for n in range(best.LATEST + 20):
            new = {"of": "disputes", "record": uids[n % 3], "role": "third", "name": f"张三{n}"}
            writer.insert(PARTIES, new)
    (found,) = finding.find(office.db, "张三")
    assert (found.count, found.more) == (3, True)
