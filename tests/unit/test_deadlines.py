"""What is due on a day, told from what was known on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.office import WHO
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import deadlines, editing
from tracker.operations.office import Office, make_office

CASE = {
    "case_no": "1号",
    "applied_on": "2020-03-02",
    "accepted_on": "2020-03-04",
    "applicant": "张三",
    "respondent": "某公司",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def _award(office: Office, on: str, within: int = 30) -> list[tuple[str, int, int]]:
    found = deadlines.due(office, date.fromisoformat(on), within)
    return [(d.due_on.isoformat(), d.days_left, d.warn_left) for d in found if d.clock == "award"]


def test_a_case_is_due_from_thirty_days_before_until_it_closes(office: Office) -> None:
    closed = {"closed_on": "2020-04-25", "closing_method": "mediation"}
    editing.save(office, DISPUTES, {**CASE, **closed})
    # 45 days after 4 March are 18 April, a Saturday: rolled to Monday the 20th
    assert _award(office, "2020-03-20") == []  # 31 days left
    assert _award(office, "2020-03-21") == [("2020-04-20", 30, 28)]
    assert _award(office, "2020-04-24") == [("2020-04-20", -4, -6)]  # the closing is not known yet
    assert _award(office, "2020-04-25") == []


def test_what_is_dated_later_is_not_known(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    assert _award(office, "2020-03-03", within=90) == []
    assert _award(office, "2020-03-04", within=90) == [("2020-04-20", 47, 45)]
