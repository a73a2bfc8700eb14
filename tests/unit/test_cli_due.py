"""`case-tracker due`: its JSON, its words and its exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tests.unit.test_cli import Line
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing

CASE = {
    "case_no": "京怀〔2027〕第1号",
    "applied_on": "2027-01-04",
    "applicant": "张三",
    "respondent": "某公司",
}
"""Accepted on 5 January 2027, it is due on Friday 19 February."""


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Line:
    office = new_office(tmp_path / "cases.db", WHO)
    closed = {"closed_on": "2027-03-01", "closing_method": "mediation"}
    editing.save(office, DISPUTES, {**CASE, "accepted_on": "2027-01-05", **closed})
    office.close()
    return Line(capsys, tmp_path / "cases.db")


def test_each_limit_is_an_object_of_seven(line: Line) -> None:
    (found,) = line.json("due", "--on", "2027-02-26")
    assert len(found.pop("uid")) == 36 and found.pop("basis").startswith("《劳动争议调解仲裁法》第四十三条")
    number = {"ledger": "disputes", "number": "京怀〔2027〕第1号", "clock": "award"}
    assert found == {**number, "due_on": "2027-02-19", "days_left": -7}


@pytest.mark.parametrize(
    ("on", "within", "clocks"),
    (
        ("2027-01-04", "30", ["acceptance"]),
        ("2027-01-05", "44", []),
        ("2027-01-05", "45", ["award"]),
        ("2027-02-28", "0", ["award"]),
        ("2027-03-01", "365", []),
    ),
)
def test_what_was_known_on_the_day_counts(line: Line, on: str, within: str, clocks: list[str]) -> None:
    assert [d["clock"] for d in line.json("due", "--on", on, "--within", within)] == clocks


def test_the_words_say_what_is_doubtful(line: Line) -> None:
    status, out, err = line("due", "--on", "2027-02-01")
    assert (status, err) == (0, "")
    assert "2027-02-19" in out and "45日内裁决" in out and "张三 / 某公司" in out
    assert "该年度节假日安排尚未公布" in out and "1 项期限，其中 0 项已超期" in out


@pytest.mark.parametrize("words", (("--on", "yesterday"), ("--within", "-1"), ("--within", "x"), ("more",)))
def test_what_cannot_be_parsed_is_two(line: Line, words: tuple[str, ...]) -> None:
    assert line("due", *words)[0] == 2


def test_a_missing_file_is_one_and_none_is_made(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, err = Line(capsys, tmp_path / "none.db")("due", "--json")
    assert (status, out) == (1, "") and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
