"""Records that name each other: found both ways, spelled alike, renamed together, offered while a name is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.linked import BODIES, FIRMS, MADE, SUITS, firm, linked_office, suit
from tracker.db import history, records
from tracker.db.records import Query, Record
from tracker.ledgers import LEDGERS
from tracker.operations import importing, links
from tracker.operations.editing import bin_records, check, save
from tracker.operations.office import Office
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return linked_office(tmp_path / "cases.db")


def get(office: Office, ledger: Ledger, uid: str) -> Record:
    record = records.get(office.db, ledger, uid)
    assert record is not None
    return record


def coming(office: Office, ledger: Ledger, uid: str) -> dict[str, int]:
    """How many records name one, by field."""
    record = get(office, ledger, uid)
    return {i.field.key: i.count for i in links.incoming(office.db, ledger, record)}


def unknown(office: Office, ledger: Ledger, record: dict[str, Value]) -> dict[str, tuple[str, ...]]:
    return {o.field.key: o.unknown for o in links.outgoing(office.db, ledger, record) if o.unknown}


@pytest.mark.parametrize("ledger", MADE, ids=lambda ledger: ledger.name)
def test_the_ledgers_are_declared_well(ledger: Ledger) -> None:
    assert ledger.check() == []


def test_a_firm_is_told_what_names_it_whole(office: Office) -> None:
    uid = firm(office, "安居公司")
    firm(office, "安居公司怀柔分公司")
    suit(office, 1, parties="甲； 安居公司 、乙", payer="安居公司")
    suit(office, 2, parties="安居公司怀柔分公司")
    suit(office, 3, parties="安居公司;丙")
    assert coming(office, FIRMS, uid) == {"parties": 2, "payer": 1}
    part = links.incoming(office.db, FIRMS, get(office, FIRMS, uid))[0]
    assert [row[0] for row in part.rows] == ["诉〔2020〕3号", "诉〔2020〕1号"]
    assert records.count(office.db, Query(SUITS, part.where)) == 2
    assert [c.key for c in part.columns] == ["suit_no", "filed_on", "payer", "body"]


def test_width_of_brackets_and_former_names_do_not_part_a_firm_from_its_cases(office: Office) -> None:
    uid = firm(office, "安居（北京）公司", former_names="老安居、安居二厂")
    for n, name in enumerate(("安居(北京)公司", "老安居", "安居二厂、甲", "安居三厂"), 1):
        suit(office, n, parties=name)
    assert coming(office, FIRMS, uid) == {"parties": 3}


def test_what_a_record_names_is_found_and_what_nobody_has_is_told(office: Office) -> None:
    uid = firm(office, "安居公司", former_names="老安居")
    record: dict[str, Value] = {"parties": "张三、 老安居;安居公司", "payer": "没有的公司", "judge": "甲"}
    parties, payer = links.outgoing(office.db, SUITS, record)
    assert [target.uid for target in parties.found] == [uid] and parties.unknown == ("张三",)
    assert (payer.found, payer.unknown) == ((), ("没有的公司",))


def test_a_name_that_two_share_is_nobodys_former_name(office: Office) -> None:
    firm(office, "甲公司", former_names="老厂")
    firm(office, "乙公司", former_names="老厂")
    assert unknown(office, SUITS, {"payer": "老厂"}) == {"payer": ("老厂",)}


def test_binned_records_are_named_by_nobody(office: Office) -> None:
    uid = firm(office, "安居公司")
    bin_records(office, FIRMS, [uid])
    assert unknown(office, SUITS, {"payer": "安居公司"}) == {"payer": ("安居公司",)}


def test_a_link_takes_the_spelling_of_what_it_names(office: Office) -> None:
    firm(office, "安居（北京）Ａ公司", former_names="老安居")
    save(office, BODIES, {"body_no": "B1", "title": "怀柔（镇）调委会"})
    first = suit(office, 1, payer="安居(北京)a 公司", body="怀柔(镇)调委会")
    second = suit(office, 2, payer="老安居", earlier="诉(2020) 第01号")
    assert get(office, SUITS, first)["payer"] == "安居（北京）Ａ公司"
    assert get(office, SUITS, first)["body"] == "怀柔（镇）调委会"
    assert get(office, SUITS, second)["payer"] == "安居（北京）Ａ公司"
    assert get(office, SUITS, second)["earlier"] == "诉〔2020〕1号"
    assert coming(office, SUITS, first) == {"earlier": 1}


def test_a_link_that_names_no_record_is_warned_of_and_kept(office: Office) -> None:
    saved = save(
        office, SUITS, {"suit_no": "诉1", "filed_on": "2020-01-01", "payer": "新公司", "earlier": "诉(7)"}
    )
    assert [p.field for p in saved.warnings] == ["payer", "earlier"]
    assert "新公司" in saved.warnings[0].message and "Firms" in saved.warnings[0].message
    assert get(office, SUITS, saved.uid)["earlier"] == "诉〔7〕"  # as it will be called once it is there
    assert [p.warning for p in check(office, SUITS, get(office, SUITS, saved.uid), saved.uid)] == [True, True]


def sheet(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_rows_of_a_sheet_are_spelled_alike_and_warned_of_once(office: Office, tmp_path: Path) -> None:
    firm(office, "安居（北京）公司")
    heads: list[object] = ["suit_no", "filed_on", "payer"]
    rows = [[f"诉{n}", "2020-01-01", ("安居(北京)公司", "无名", "佚名")[n % 3]] for n in range(1300)]
    path = sheet(tmp_path / "suits.xlsx", [heads, *rows])
    plan = importing.read_plan(office, SUITS, path)
    assert [(w.field, w.value) for w in plan.warnings] == [("payer", "无名"), ("payer", "佚名")]
    assert importing.carry_out(office, plan).inserted == 1300
    assert (
        records.count(office.db, Query(SUITS, links.names_it(SUITS.field("payer"), ("安居（北京）公司",))))
        == 434
    )
    again = importing.read_plan(office, SUITS, path)
    assert (again.unchanged, len(again.updates)) == (1300, 0)


def test_links_are_renamed_with_what_they_name(office: Office) -> None:
    uid = firm(office, "安居公司")
    first, second = (
        suit(office, 1, payer="安居公司", parties="安居公司、甲"),
        suit(office, 2, payer="安居公司"),
    )
    bin_records(office, SUITS, [second])
    saved = save(office, FIRMS, {"name": "新居公司"}, uid)
    assert saved.changed.ledgers == {"firms", "suits"}
    for suit_uid in (first, second):
        assert get(office, SUITS, suit_uid)["payer"] == "新居公司"
        assert [*history.of_record(office.db, suit_uid)][-1].changes == {"payer": ["安居公司", "新居公司"]}
    assert get(office, SUITS, first)["parties"] == "安居公司、甲"  # as filed
    assert get(office, FIRMS, uid)["former_names"] == "安居公司"
    assert coming(office, FIRMS, uid) == {"parties": 1, "payer": 1}
    save(office, FIRMS, {"name": "安居公司"}, uid)
    assert get(office, FIRMS, uid)["former_names"] == "新居公司"


def test_a_rename_that_fails_changes_nothing(office: Office) -> None:
    uid, other = firm(office, "安居公司"), suit(office, 1, payer="安居公司")
    with pytest.raises(ZeroDivisionError), office.writing("test") as writer:
        writer.update(FIRMS, get(office, FIRMS, uid), {"name": "新居公司"})
        assert get(office, SUITS, other)["payer"] == "新居公司"
        raise ZeroDivisionError
    assert get(office, SUITS, other)["payer"] == "安居公司"


def test_a_name_that_another_still_has_is_not_followed(office: Office) -> None:
    first = save(office, BODIES, {"body_no": "B1", "title": "调委会"}).uid
    save(office, BODIES, {"body_no": "B2", "title": "调委会"})
    uid = suit(office, 1, body="调委会")
    save(office, BODIES, {"title": "镇调委会"}, first)
    assert get(office, SUITS, uid)["body"] == "调委会"


def test_known_records_are_offered_by_name_former_name_and_code(office: Office) -> None:
    firm(office, "安居公司", code="91110116MA01WXYZ8A", town="怀柔镇")
    firm(office, "新居公司", former_names="老安居")
    firm(office, "别的公司")
    parties = SUITS.field("parties")

    def offered(text: str) -> list[tuple[str, str]]:
        return [(o.called, o.detail) for o in links.offers(office.db, SUITS, parties, text)]

    assert offered("安居") == [("安居公司", "91110116MA01WXYZ8A · 怀柔镇"), ("新居公司", "")]
    assert offered("MA01") == offered("91110116") == offered("安居公司")
    assert offered("") == offered("没有") == []


def test_bodies_paired_with_the_judge_are_offered_first(office: Office) -> None:
    for n, judges in ((1, None), (2, "李、王"), (3, "王"), (4, "赵")):
        save(office, BODIES, {"body_no": f"B{n}", "title": f"第{n}调委会", "arbitrator": judges})
    body = SUITS.field("body")
    called = [o.called for o in links.offers(office.db, SUITS, body, "调委", {"judge": "王"})]
    assert called[:2] == ["第3调委会", "第2调委会"] and len(called) == 4
    assert [o.called for o in links.offers(office.db, SUITS, body, "", {"judge": "李"})] == ["第2调委会"]
    assert links.proposals(office.db, SUITS, {"judge": "赵"}) == {"body": "第4调委会"}
    assert links.proposals(office.db, SUITS, {"judge": "王"}) == links.proposals(office.db, SUITS, {}) == {}
    assert links.pairing(SUITS) == {"judge"}


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_name_a_ledger_gives_is_of_a_ledger(ledger: Ledger) -> None:
    """So that no link leads nowhere, once the ledger that it names is declared."""
    known = {other.name for other in LEDGERS}
    for field in ledger.naming:
        if field.names in known:
            other = next(o for o in LEDGERS if o.name == field.names)
            paired = getattr(field, "paired", None)
            assert paired is None or (paired[0] in ledger.by_key and paired[1] in other.by_key)
