"""What belongs to a record is kept, found, changed and binned with it, in the same history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.attached import ATTACHED, BY_NAME
from tracker.db import history
from tracker.errors import RecordProblems, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing
from tracker.operations.office import Office, open_office

EVENTS, PARTIES = BY_NAME["events"], BY_NAME["parties"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


@pytest.fixture
def case(office: Office) -> str:
    record = {"case_no": "1号", "applied_on": "2020-01-02", "applicant": "张三", "respondent": "某公司"}
    return editing.save(office, DISPUTES, record).uid


@pytest.mark.parametrize("ledger", ATTACHED, ids=lambda ledger: ledger.name)
def test_declarations_are_sound(ledger: object) -> None:
    assert ledger.check() == []  # type: ignore[attr-defined]
    assert ledger.attached  # type: ignore[attr-defined]


def test_parties_are_kept_in_order_and_found_again_after_reopening(office: Office, case: str) -> None:
    many = [
        {"role": "applicant", "name": "张三"},
        {"role": "applicant", "name": "李四", "phone": "13800000000"},
    ]
    changed = attached.save(office, DISPUTES, case, PARTIES, many)
    assert changed.ledgers == {"disputes", "parties"}
    with_reader = open_office(office.db.path, WHO, readonly=True)
    names = [party["name"] for party in attached.of_record(with_reader.db, PARTIES, case)]
    with_reader.close()
    assert names == ["张三", "李四"]


def test_change_and_removal_are_in_the_history(office: Office, case: str) -> None:
    attached.save(office, DISPUTES, case, PARTIES, [{"role": "applicant", "name": "张三"}])
    (party,) = attached.of_record(office.db, PARTIES, case)
    uid = str(party["uid"])
    attached.save(office, DISPUTES, case, PARTIES, [{"uid": uid, "phone": "010-1"}])
    attached.save(office, DISPUTES, case, PARTIES, [], drop=[uid])
    assert attached.of_record(office.db, PARTIES, case) == []
    assert [entry.action for entry in history.of_record(office.db, uid)] == ["insert", "update", "bin"]


def test_one_that_lacks_what_is_required_refuses_all(office: Office, case: str) -> None:
    with pytest.raises(RecordProblems):
        attached.save(
            office, DISPUTES, case, PARTIES, [{"role": "applicant", "name": "张三"}, {"role": "other"}]
        )
    assert attached.of_record(office.db, PARTIES, case) == []


def test_nothing_is_attached_to_what_is_not_there(office: Office) -> None:
    with pytest.raises(UserError):
        attached.save(
            office, DISPUTES, "nowhere", EVENTS, [{"kind": "note", "title": "x", "happened_on": "2020-01-02"}]
        )
