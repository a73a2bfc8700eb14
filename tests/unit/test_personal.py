"""Identity numbers, credit codes and telephones: checked by their standards, masked in lists and exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.office import WHO, new_office
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers.employers import EMPLOYERS
from tracker.ledgers.officers import OFFICERS
from tracker.operations import editing, importing, listing
from tracker.operations.exporting import export_list
from tracker.operations.office import Office
from tracker.schema.identity import is_credit_code, is_id_number, masked

ID = "11010519491231002X"  # the example of GB 11643-1999
CODE = "91350100M000100Y43"  # the example of GB 32100-2015
KEYS = ("officer_no", "name", "roles", "id_number", "phone")


@pytest.mark.parametrize(
    ("number", "good"),
    [(ID, True), ("440524188001010014", True), ("110105194912310021", False), ("11010519491331002X", False),
     ("1101051949123100", False), ("11010519491231002x", False), ("", False)],
)  # fmt: skip
def test_identity_numbers_are_checked_as_gb_11643_says(number: str, good: bool) -> None:
    assert is_id_number(number) == good


@pytest.mark.parametrize(
    ("code", "good"),
    [
        (CODE, True),
        ("91350100M000100Y44", False),
        ("91350100M0001O0Y43", False),
        ("91350100M000100Y4", False),
    ],
)
def test_credit_codes_are_checked_as_gb_32100_says(code: str, good: bool) -> None:
    assert is_credit_code(code) == good


def test_one_wrong_character_is_always_found() -> None:
    for place, right in enumerate(ID):
        for other in "0123456789":
            changed = ID[:place] + other + ID[place + 1 :]
            assert other == right or not is_id_number(changed)


def test_a_wrong_number_is_doubted_and_kept_as_typed() -> None:
    field = OFFICERS.field("id_number")
    assert field.parse("110105 19491231 002x") == ID and field.doubt(ID) == ""
    officer = {"officer_no": "1", "name": "张三", "roles": "officer", "id_number": "110105194912310021"}
    (doubt,) = [problem for problem in OFFICERS.problems(officer) if problem.field == "id_number"]
    assert doubt.warning and "GB 11643" in doubt.message
    firm = {"name": "某公司", "credit_code": "91350100M000100Y44"}
    assert [(p.field, p.warning) for p in EMPLOYERS.problems(firm)] == [("credit_code", True)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (ID, "110105********002X"),
        ("13800001234", "138****1234"),
        ("69641234", "69****34"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_numbers_are_masked_in_their_middle(text: str, shown: str) -> None:
    assert masked(text) == shown and len(shown) == len(text)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = new_office(tmp_path / "cases.db", WHO)
    officer = {
        "officer_no": "001",
        "name": "张三",
        "roles": "officer",
        "id_number": ID,
        "phone": "13800001234",
    }
    editing.save(made, OFFICERS, officer)
    return made


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_exports_mask_them_unless_asked_for_and_come_back_unharmed(
    office: Office, tmp_path: Path, ending: str
) -> None:
    hidden, whole = tmp_path / f"hidden.{ending}", tmp_path / f"whole.{ending}"
    export_list(office, Query(OFFICERS), KEYS, hidden)
    export_list(office, Query(OFFICERS), KEYS, whole, whole_numbers=True)
    for path, shown in ((hidden, ["110105********002X", "138****1234"]), (whole, [ID, "13800001234"])):
        plan = importing.read_plan(office, OFFICERS, path)
        assert (plan.unchanged, plan.problems) == (1, ())
        assert list(plan.sample[0][1].values())[3:] == shown
    importing.carry_out(office, importing.read_plan(office, OFFICERS, hidden, clear_empty=True))
    (row,) = records.each(office.db, Query(OFFICERS), ("id_number", "phone"))
    assert row == (ID, "13800001234")
    office.close()


def test_lists_mask_them(office: Office) -> None:
    keys = [OFFICERS.field(key).shown(value) for key, value in (("phone", "13800001234"), ("name", "张三"))]
    assert keys == ["138****1234", "张三"]
    (row,) = listing.plain_rows(office.db, Query(OFFICERS))
    assert row["phone"] == "13800001234"  # for programs, who asked for it
    office.close()


def test_a_sheet_of_masked_numbers_says_so_in_each_cell(office: Office, tmp_path: Path) -> None:
    export_list(office, Query(OFFICERS), KEYS, tmp_path / "x.xlsx")
    cells = [cell.value for cell in load_workbook(tmp_path / "x.xlsx").active[2]]  # type: ignore[index]
    assert "110105********002X" in cells and ID not in cells
    office.close()
