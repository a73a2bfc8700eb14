"""A month of limits and hearings, and the sheet and the paper of what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.office import WHO, new_office
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import day_sheet, editing, month, printable, today
from tracker.operations.day_words import ahead_text, day_text, due_title, left_text
from tracker.operations.office import Office
from tracker.operations.today import Wanted
from tracker.workdays import Calendar

ON = date(2020, 6, 17)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "a.db", WHO)
    for n, (accepted, heard) in enumerate(
        (("2020-04-02", "2020-06-18"), ("2020-05-06", None), ("2020-06-01", None)), 1
    ):
        record = {
            "case_no": f"京劳人仲字〔2020〕第{n}号",
            "applied_on": accepted,
            "accepted_on": accepted,
            "heard_on": heard,
            "applicant": f"申请人{n}",
            "applicant_kind": "worker",
            "respondent": "北京某某公司",
            "workers": 1,
        }
        editing.save(made, DISPUTES, record)
    yield made
    made.close()


def test_a_month_begins_on_a_monday_and_has_each_limit_on_its_day(office: Office) -> None:
    found = month.read(office, date(2020, 6, 30), ON, Wanted())
    assert found.first == date(2020, 6, 1) and found.cells[0].on == date(2020, 6, 1)
    assert len(found.cells) == 42 and len(found.own()) == 30
    ends = {
        cell.on: [line.about.split(" ")[0] for line in cell.limits] for cell in found.cells if cell.limits
    }
    assert ends == {date(2020, 6, 22): ["申请人2"]}
    assert [line.day for line in found.cell(date(2020, 6, 18)).hearings] == ["2020-06-18"]
    assert found.cell(date(2019, 1, 1)).lines == ()


def test_a_month_gone_by_still_has_what_is_overdue(office: Office) -> None:
    found = month.read(office, date(2020, 5, 1), ON, Wanted())
    assert [len(group.lines) for group in found.groups()] == [0, 1]


def test_days_off_and_days_worked_are_marked() -> None:
    calendar = Calendar({date(2020, 6, 20): True, date(2020, 6, 17): False})
    marks = {day: month.mark(calendar, date(2020, 6, day)) for day in (16, 17, 20, 21, 25, 28)}
    assert marks == {16: "", 17: "off", 20: "worked", 21: "", 25: "off", 28: "worked"}


@given(st.integers(-400, 400))
def test_days_left_read_as_they_are(days: int) -> None:
    assert left_text(days) == (f"超期{-days}天" if days < 0 else "今日到期" if days == 0 else f"剩{days}天")


def test_days_ahead_and_days_beside_today() -> None:
    assert [ahead_text(n) for n in range(3)] == ["今天", "明天", "2天后"]
    assert day_text("2020-06-19T09:30", ON) == "6月19日 周五 09:30"
    assert day_text("2021-01-01", ON) == "2021年1月1日 周五"


def test_the_sheet_has_a_row_for_each_line(office: Office, tmp_path: Path) -> None:
    groups = today.read(office, ON).groups
    made = day_sheet.export(office, due_title(ON), groups, tmp_path / "due.xlsx")
    rows = list(load_workbook(made.path).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][1:5] == ("期限", "日期时间", "编号", "当事人或事项")
    assert len(rows) == made.records + 1 == 1 + sum(len(g.lines) for g in groups if g.key != today.ENTERED)
    assert {row[1] for row in rows} >= {"剩5天", "剩29天", "明天"}
    csv = day_sheet.export(office, due_title(ON), groups, tmp_path / "due.csv")
    assert csv.path.read_text(encoding="utf-8-sig").count("\n") == made.records + 1


def test_a_sheet_that_cannot_be_written_says_so(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        day_sheet.export(office, "x", today.read(office, ON).groups, tmp_path / "none" / "due.xlsx")


def test_paper_has_each_part_under_its_head(office: Office) -> None:
    made = printable.of_day(office, due_title(ON), today.read(office, ON).groups)
    assert [text for _n, text in made.parts][:3] == ["已超期", "开庭", "30天内到期"]
    assert all(len(row) == len(made.heads) for row in made.rows)


def test_paper_has_as_many_rows_as_anyone_reads(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printable, "MOST", 2)
    made = printable.of_list(office, Query(DISPUTES), ("case_no", "applicant"))
    assert len(made.rows) == 2 and "共3条，只打印前2条" in made.said
