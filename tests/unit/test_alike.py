"""A record being typed that looks like an earlier one: declared with the ledger, found by its parties."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.ledgers.wage_arrears import WAGE_ARREARS
from tracker.operations import alike, editing
from tracker.operations.office import Office
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.likeness import Likeness

CASE: dict[str, Value] = {
    "applied_on": "2020-03-02",
    "applicant": "张三、李四",
    "respondent": "安居（北京）公司",
}
PETITION: dict[str, Value] = {
    "petition_no": "1号", "received_on": "2020-03-02", "channel": "visit", "petitioner": "张三", "subject": "wages",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def told(office: Office, ledger: Ledger, record: dict[str, Value], uid: str = "") -> list[str]:
    return [one.text for one in alike.earlier(office.db, ledger, record, uid)]


def test_an_open_case_of_one_of_the_applicants_is_told_of(office: Office) -> None:
    uid = editing.save(office, DISPUTES, {**CASE, "case_no": "12号"}).uid
    typed: dict[str, Value] = {
        "applicant": "李四",
        "respondent": "安居(北京)公司",
        "applied_on": "2020-05-01",
    }
    assert told(office, DISPUTES, typed) == ["该申请人与被申请人已有未结案件：12号（2020-03-02 申请）"]
    (found,) = alike.earlier(office.db, DISPUTES, typed)
    assert (found.field, found.target.uid, found.target.ledger) == ("respondent", uid, DISPUTES)
    assert told(office, DISPUTES, typed, uid) == []
    assert told(office, DISPUTES, {**typed, "applicant": "王五"}) == []
    assert told(office, DISPUTES, {**typed, "respondent": None}) == []
    editing.save(office, DISPUTES, {"closed_on": "2020-04-01", "closing_method": "mediation"}, uid)
    assert told(office, DISPUTES, typed) == []


def test_a_petition_may_be_repeated_within_a_year(office: Office) -> None:
    uid = editing.save(office, PETITIONS, PETITION).uid
    again = {**PETITION, "petition_no": None, "received_on": "2021-03-02"}
    assert told(office, PETITIONS, again) == ["可能是重复信访：1号（2020-03-02），信访人、事项相同"]
    assert told(office, PETITIONS, {**again, "received_on": "2021-03-03"}) == []
    assert told(office, PETITIONS, {**again, "subject": "pension"}) == []
    editing.bin_records(office, PETITIONS, [uid])
    assert told(office, PETITIONS, again) == []


def test_an_open_case_of_the_same_unit(office: Office) -> None:
    case: dict[str, Value] = {
        "case_no": "1号",
        "received_on": "2020-03-02",
        "source": "complaint",
        "employer": "安居公司",
    }
    editing.save(office, WAGE_ARREARS, case)
    assert told(office, WAGE_ARREARS, {**case, "case_no": None}) != []


def test_only_the_newest_are_told_of(office: Office) -> None:
    for n in range(1, 6):
        editing.save(office, DISPUTES, {**CASE, "case_no": f"{n}号", "applied_on": f"2020-03-0{n}"})
    assert [one.target.called for one in alike.earlier(office.db, DISPUTES, CASE)] == ["5号", "4号"]


def test_a_declaration_that_names_no_field_is_told() -> None:
    wrong = replace(DISPUTES, alike=(Likeness(fields=("mood",), note="x"),))
    assert any("alike names 'mood'" in fault for fault in wrong.check())
    assert all(not ledger.check() for ledger in LEDGERS)
