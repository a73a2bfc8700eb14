"""Two entries of one firm made one, and taken back; which entries may be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linked import BODIES, FIRMS, SUITS, firm, linked_office, suit
from tracker.db import history, records
from tracker.db.records import Record
from tracker.errors import UserError
from tracker.operations import combining, links
from tracker.operations.combining import combine, core_name, duplicates
from tracker.operations.editing import restore_records, save
from tracker.operations.office import Office
from tracker.schema.ledger import Ledger

CODE = "91110116MA01WXYZ8A"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return linked_office(tmp_path / "cases.db")


def get(office: Office, ledger: Ledger, uid: str) -> Record:
    record = records.get(office.db, ledger, uid)
    assert record is not None
    return record


def test_one_takes_over_what_the_other_has(office: Office) -> None:
    keep = firm(office, "安居公司", town="怀柔镇", former_names="一厂")
    drop = firm(office, "安居有限公司", town="雁栖镇", code=CODE, former_names="二厂、一厂", phone="1")
    cases = [suit(office, n, payer="安居有限公司", parties="安居有限公司") for n in (1, 2)]
    assert combining.moved(office.db, FIRMS, get(office, FIRMS, drop)) == 4
    changed = combine(office, FIRMS, keep, drop, {"phone": "2", "name": "不改"})
    assert changed.ledgers == {"firms", "suits"}
    kept = get(office, FIRMS, keep)
    assert [kept[key] for key in ("name", "town", "code", "phone")] == ["安居公司", "怀柔镇", CODE, "2"]
    assert kept["former_names"] == "一厂、安居有限公司、二厂"
    assert get(office, FIRMS, drop)["binned_at"]
    assert [get(office, SUITS, uid)["payer"] for uid in cases] == ["安居公司"] * 2
    counts = {i.field.key: i.count for i in links.incoming(office.db, FIRMS, kept)}
    assert counts == {"parties": 2, "payer": 2}
    kinds = {[*history.of_record(office.db, uid)][-1].kind for uid in (keep, drop, *cases)}
    assert kinds == {combining.KIND}


def test_restoring_the_other_takes_it_back_where_nobody_went_on(office: Office) -> None:
    keep, drop = firm(office, "甲公司"), firm(office, "乙公司", town="怀柔镇", phone="1")
    first, second = suit(office, 1, payer="乙公司"), suit(office, 2, payer="乙公司")
    combine(office, FIRMS, keep, drop)
    save(office, FIRMS, {"phone": "9"}, keep)
    save(office, SUITS, {"payer": "丙公司"}, second)
    assert restore_records(office, FIRMS, [drop]).ledgers == {"firms", "suits"}
    kept = get(office, FIRMS, keep)
    assert (kept["town"], kept["phone"], kept["former_names"]) == (None, "9", None)
    assert get(office, FIRMS, drop)["binned_at"] is None
    assert [get(office, SUITS, uid)["payer"] for uid in (first, second)] == ["乙公司", "丙公司"]


def test_one_and_the_same_or_a_binned_one_is_refused(office: Office) -> None:
    one, other = firm(office, "甲公司"), firm(office, "乙公司")
    with pytest.raises(UserError, match="同一条"):
        combine(office, FIRMS, one, one)
    combine(office, FIRMS, one, other)
    before = history.heads(office.db)
    with pytest.raises(UserError, match="不在列表"):
        combine(office, FIRMS, one, other)
    assert history.heads(office.db) == before


def test_two_called_the_same_become_one_without_another_name(office: Office) -> None:
    uids = [save(office, BODIES, {"body_no": f"B{n}", "title": "调委会"}).uid for n in (1, 2)]
    case = suit(office, 1, body="调委会")
    combine(office, BODIES, *uids)
    assert get(office, SUITS, case)["body"] == "调委会"
    assert combining.may_combine(BODIES) and not combining.may_combine(SUITS)


@pytest.mark.parametrize(
    ("name", "core"),
    (
        ("北京市怀柔区安居建筑有限公司", "安居建筑"),
        ("北京安居建筑有限责任公司", "安居建筑"),
        ("安居 建筑（北京）有限公司", "安居建筑北京"),
        ("浙江省杭州市余杭区某某科技股份有限公司", "某某科技"),
        ("ABC 人力", "abc人力"),
        ("北京有限公司", ""),
        ("公司", ""),
    ),
)
def test_what_is_left_of_a_name(name: str, core: str) -> None:
    assert core_name(name) == core


def test_entries_that_may_be_one_are_told_the_surest_first(office: Office) -> None:
    a = firm(office, "北京安居建筑有限公司")
    b = firm(office, "安居建筑有限责任公司")
    c, d = firm(office, "甲商贸公司", code=CODE), firm(office, "乙商贸公司", code=CODE)
    firm(office, "丙商贸公司")
    found = duplicates(office.db, FIRMS)
    assert [(alike.uids, alike.field.key if alike.field else None) for alike in found] == [
        ((c, d), "code"),
        ((a, b), None),
    ]
    assert found[1].called == ("北京安居建筑有限公司", "安居建筑有限责任公司")
    combine(office, FIRMS, a, b)
    assert [alike.uids for alike in duplicates(office.db, FIRMS)] == [(c, d)]
