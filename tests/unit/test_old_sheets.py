"""Sheets that offices kept for years: each is read as its clerk meant it, and again after it was changed at random."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.old_sheets import CORPUS, Sheet
from tests.sheet_makers import Convert
from tracker.db.history import Who
from tracker.operations import importing, sheets
from tracker.operations.importing import Plan
from tracker.operations.office import Office, make_office
from tracker.operations.taking import Intent


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "office.db", Who("赵敏", "front-desk"))
    yield made
    made.close()


def plan_of(office: Office, path: Path, ledger: str = "disputes", *, invent: bool = False) -> Plan:
    of = office.catalogue.by_name[ledger]
    return importing.make_plan(office, of, sheets.survey(office, of, path), Intent(invent=invent))


@pytest.mark.parametrize("sheet", CORPUS, ids=lambda sheet: sheet.name)
def test_each_sheet_is_read_as_it_was_meant(
    office: Office, tmp_path: Path, sheet: Sheet, request: pytest.FixtureRequest
) -> None:
    convert: Convert = request.getfixturevalue("libreoffice") if sheet.office else _none
    plan = plan_of(office, sheet.make(tmp_path, convert), sheet.ledger, invent=not sheet.numbered)
    number = plan.ledger.number
    assert [(p.row, p.field) for p in plan.problems] == sheet.problems, [p.message for p in plan.problems]
    read = [{k: v for k, v in r.items() if sheet.numbered or k != number} for r in plan.inserts]
    assert read == sheet.records


def _none(*_parts: object) -> Path:
    raise AssertionError("only for sheets that LibreOffice makes")
