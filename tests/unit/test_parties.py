"""Parties of a case: the record's own fields follow them, and rows come from any sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office import WHO, new_office
from tracker.attached.parties import PARTIES
from tracker.catalogue import STANDARD
from tracker.db import history, records
from tracker.errors import RecordProblems
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, parties, party_sheet
from tracker.operations.office import Office
from tracker.schema.fields import Choice, Names
from tracker.schema.party import WHOLE, followed, missing, written

APPLICANT = DISPUTES.field("applicant")
NAMES = st.lists(st.sampled_from(["张三", "李四", "王五", "赵六", "钱七"]), unique=True, max_size=5)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def case(office: Office, applicant: str = "张三、李四", **more: str | int) -> str:
    record = {"case_no": "1号", "applied_on": "2020-01-02", "applicant": applicant, "respondent": "某公司"}
    return editing.save(office, DISPUTES, {**record, **more}).uid


def of(office: Office, uid: str, *keys: str) -> list[object]:
    record = records.get(office.db, DISPUTES, uid) or {}
    return [record[key] for key in keys]


def applicant(name: str, **more: str) -> dict[str, str | int | None]:
    return {"role": "applicant", "name": name, **more}


def test_roles_are_declared_with_roles_and_fields_that_there_are() -> None:
    role = PARTIES.field("role")
    assert isinstance(role, Choice)
    known = {code.key for code in role.codes}
    for ledger in STANDARD.ledgers:
        assert {r.role for r in ledger.parties} <= known, ledger.name
        assert len({r.role for r in ledger.parties}) == len(ledger.parties), ledger.name


def test_names_and_people_follow_the_parties(office: Office) -> None:
    uid = case(office, "张三", workers=1)
    parties.save(office, DISPUTES, uid, [applicant("张三"), applicant("李四"), applicant("王五")])
    assert of(office, uid, "applicant", "workers") == ["张三、李四、王五", 3]
    third = parties.of_record(office.db, uid)[2]
    parties.save(office, DISPUTES, uid, [], drop=[str(third["uid"])])
    assert of(office, uid, "applicant", "workers") == ["张三、李四", 2]
    first = parties.of_record(office.db, uid)[0]
    parties.save(office, DISPUTES, uid, [{"uid": first["uid"], "name": "张三丰"}])
    assert of(office, uid, "applicant") == ["张三丰、李四"]


def test_one_operation_holds_parties_and_the_record(office: Office) -> None:
    uid = case(office, "张三")
    parties.save(office, DISPUTES, uid, [applicant("张三"), applicant("李四")])
    (party, _other) = parties.of_record(office.db, uid)
    mine = list(history.of_record(office.db, uid))[-1]
    theirs = list(history.of_record(office.db, str(party["uid"])))[-1]
    assert mine.changes == {"applicant": ["张三", "张三、李四"], "workers": [1, 2]}
    assert (mine.at, mine.kind) == (theirs.at, theirs.kind)


def test_number_of_people_said_by_the_clerk_stays(office: Office) -> None:
    uid = case(office, "张三", workers=12)
    parties.save(office, DISPUTES, uid, [applicant("张三"), applicant("李四")])
    assert of(office, uid, "workers") == [12]


def test_editing_the_text_deletes_no_party_and_is_told(office: Office) -> None:
    uid = case(office, "张三、李四")
    parties.save(office, DISPUTES, uid, [applicant("张三"), applicant("李四")])
    editing.save(office, DISPUTES, {"applicant": "张三"}, uid)
    there = parties.of_record(office.db, uid)
    assert [p["name"] for p in there] == ["张三", "李四"]
    record = records.get(office.db, DISPUTES, uid) or {}
    assert "李四" in parties.apart(DISPUTES, record, there)
    parties.fill(office, DISPUTES, uid)
    record = records.get(office.db, DISPUTES, uid) or {}
    assert record["applicant"] == "张三、李四"
    assert parties.apart(DISPUTES, record, there) == ""


def test_two_hundred_applicants_are_one_operation(office: Office) -> None:
    uid = case(office, "职工001", workers=1)
    many = [applicant(f"职工{n:03d}") for n in range(1, 201)]
    before = office.db.one("SELECT count(*) FROM operations")
    parties.save(office, DISPUTES, uid, many)
    after = office.db.one("SELECT count(*) FROM operations")
    assert before is not None
    assert after == (before[0] + 1,)
    assert of(office, uid, "applicant", "workers") == ["职工001、职工002、职工003等200人", 200]
    assert len(parties.of_record(office.db, uid)) == 200


def test_faulty_party_saves_nothing(office: Office) -> None:
    uid = case(office)
    with pytest.raises(RecordProblems):
        parties.save(office, DISPUTES, uid, [applicant("王五"), {"role": "applicant", "name": None}])
    assert parties.of_record(office.db, uid) == []
    assert of(office, uid, "applicant") == ["张三、李四"]


def test_names_of_the_record_are_proposed_as_parties(office: Office) -> None:
    uid = case(office, "张三、李四等12人")
    record = records.get(office.db, DISPUTES, uid) or {}
    proposed = parties.unlisted(DISPUTES, record, [])
    assert [(p["role"], p["name"], p["kind"]) for p in proposed] == [
        ("applicant", "张三", "person"),
        ("applicant", "李四", "person"),
        ("respondent", "某公司", "firm"),
    ]


@given(NAMES, NAMES, NAMES)
def test_field_holds_every_party_and_loses_only_those_who_went(
    hand: list[str], before: list[str], after: list[str]
) -> None:
    text = "、".join(dict.fromkeys([*before, *hand]))
    new = Names.split(followed(APPLICANT, text, before, after))
    assert len(set(new)) == len(new)
    if after:
        assert set(after) <= set(new)
        assert set(new) == {n for n in Names.split(text) if n in after or n not in before} | set(after)
        assert missing(APPLICANT, "、".join(new), after) == ()
    else:
        assert "、".join(new) == text


@given(st.integers(1, 300))
def test_written_names_say_how_many_they_are(n: int) -> None:
    text = written([f"职工{i}" for i in range(n)])
    assert Names.heads(text) == n
    assert len(text) < 10 * WHOLE


SHEET = (
    "序号\t姓名\t身份证号码\t手机号\t家庭住址\t欠薪金额（元）\n"
    "1\t张三\t110101199003074514\t13800000001\t怀柔区迎宾路1号\t12,000.50\n"
    "2\t李四\t11010119900307\t13800000002\t怀柔区迎宾路2号\t8000元\n"
)


def test_sheet_with_headings_is_understood_and_its_problems_named() -> None:
    found = party_sheet.read(SHEET)
    assert [f.key for f in found.fields] == ["name", "id_number", "phone", "address", "claim_amount"]
    assert found.unknown == ()
    record, wrong = party_sheet.parsed(found.rows[0])
    assert (record["name"], record["claim_amount"], wrong) == ("张三", 1_200_050, [])
    doubts = party_sheet.examine([{"role": "applicant", **row} for row in found.rows])
    assert [(d.row, d.field, d.warning) for d in doubts] == [(1, "id_number", True)]


def test_sheet_without_headings_is_understood_by_its_content() -> None:
    body = "\n".join(SHEET.splitlines()[1:])
    found = party_sheet.read(body)
    assert [f.key for f in found.fields] == ["name", "id_number", "phone", "address", "claim_amount"]
    assert len(found.rows) == 2


@pytest.mark.parametrize("number", ["1.10101E+17", "4.40981E+17"])
def test_number_that_a_spreadsheet_cut_short_is_never_stored(number: str) -> None:
    found = party_sheet.read(f"姓名\t身份证号\n张三\t{number}\n")
    (doubt,) = party_sheet.examine([{"role": "applicant", **found.rows[0]}])
    assert not doubt.warning
    assert party_sheet.parsed(found.rows[0])[0]["id_number"] is None


def test_unknown_heading_is_named_and_not_guessed() -> None:
    found = party_sheet.read("姓名\t血型\n张三\tA\n")
    assert found.unknown == ("血型",)
    assert found.rows == ({"name": "张三"},)


def test_names_in_one_line_and_cells_with_line_breaks() -> None:
    assert [row["name"] for row in party_sheet.read("张三、李四、王五").rows] == ["张三", "李四", "王五"]
    found = party_sheet.read('姓名\t住址\n张三\t"怀柔区\n迎宾路"\n')
    assert len(found.rows) == 1


def test_same_person_twice_is_doubted() -> None:
    rows = [applicant("张三"), applicant("张三")]
    doubts = party_sheet.examine([{k: str(v) for k, v in row.items()} for row in rows])
    assert [(d.row, d.field, d.warning) for d in doubts] == [(1, "name", True)]


@given(st.text(max_size=400) | st.lists(st.text('张三\t\n"1.E+、姓名', max_size=8)).map("\t".join))
def test_any_text_pastes_without_a_fault(text: str) -> None:
    found = party_sheet.read(text)
    party_sheet.examine([{"role": "applicant", **row} for row in found.rows])


def test_total_of_a_pasted_sheet_is_no_party() -> None:
    found = party_sheet.read("姓名\t电话\n张三\t13800000001\n合计\t3人\n")
    assert [row["name"] for row in found.rows] == ["张三"]
    found = party_sheet.read("序号\t姓名\t电话\n1\t张三\t13800000001\n合 计\t3人\t\n")
    assert [row["name"] for row in found.rows] == ["张三"] and found.totals == ("合 计 3人",)


def test_spaces_that_line_up_names_of_two_characters_go() -> None:
    found = party_sheet.read("姓名\n王 芳\n李　四\n买买提 艾力\n")
    assert [row["name"] for row in found.rows] == ["王芳", "李四", "买买提 艾力"]


@pytest.mark.parametrize(
    ("phone", "doubted"),
    [
        ("1380000001", True),
        ("13800000001", False),
        ("138000000012", True),
        ("010-69640000", False),
        ("12333", False),
    ],
)
def test_mobile_number_of_another_length_is_doubted(phone: str, doubted: bool) -> None:
    found = party_sheet.examine([{"role": "applicant", "name": "张三", "phone": phone}])
    assert [d.field for d in found] == ["phone"] * doubted


def test_identity_number_of_another_length_is_told_its_length() -> None:
    (doubt,) = party_sheet.examine([{"role": "applicant", "name": "张三", "id_number": "110101900307451"}])
    assert "18位" in doubt.message and "15位" in doubt.message


def test_sex_and_day_of_birth_are_read_off_a_valid_identity_number() -> None:
    (row,) = party_sheet.read("姓名\t身份证号\n张三\t110101199003074514\n").rows
    assert party_sheet.with_identity(row) == {**row, "sex": "男", "born_on": "1990-03-07"}
    assert party_sheet.with_identity({**row, "sex": "女", "born_on": "1990-03-08"})["sex"] == "女"
    assert party_sheet.with_identity({"id_number": "110101199003074515"}) == {
        "id_number": "110101199003074515"
    }
