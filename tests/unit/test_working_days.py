"""The office's own calendar: kept in the file, taken from a sheet, and followed by the days of records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.office import WHO, new_office
from tracker.db import records
from tracker.errors import Cancelled, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import deadlines, editing, freezing, recomputing, working_days
from tracker.operations.office import Office, open_office, save_settings
from tracker.operations.working_days import CalendarRefused
from tracker.period import Period

CASE = {
    "case_no": "1号",
    "applied_on": "2027-01-04",
    "accepted_on": "2027-01-05",
    "applicant": "张三",
    "respondent": "某公司",
}
"""Due on Friday 19 February 2027."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def _sheet(folder: Path, rows: list[list[object]], name: str = "2027.xlsx") -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(folder / name)
    return folder / name


def _due(office: Office) -> object:
    (found,) = records.by_number(office.db, DISPUTES, "1号")
    return found["due_on"]


ANNOUNCED: list[list[object]] = [
    ["国务院办公厅关于2027年部分节假日安排的通知"],
    ["日期", "休/班", "说明"],
    [datetime(2027, 1, 1), "休", "元旦"],
    ["2027-02-06至2027-02-12", "休", "春节"],
    ["2027年2月13日（星期六）至14日", "上班", ""],
    ["2027.2.19～2.20", "放假", "本地"],
    [None, None, None],
]


def test_a_year_is_taken_from_a_sheet_and_records_follow(office: Office, tmp_path: Path) -> None:
    editing.save(office, DISPUTES, CASE)
    assert _due(office) == "2027-02-19"
    (before,) = (d for d in deadlines.due(office, date(2027, 2, 1)) if d.clock == "award")
    assert not before.published
    found = working_days.take_in(office, _sheet(tmp_path, ANNOUNCED))
    assert (found.days, found.years) == (12, (2027,))
    recomputed = recomputing.follow(office)
    assert (recomputed.records, recomputed.changed.ledgers) == (1, {"disputes"})
    assert _due(office) == "2027-02-22"
    (after,) = (d for d in deadlines.due(office, date(2027, 2, 1)) if d.clock == "award")
    assert after.published and after.due_on == date(2027, 2, 22)
    assert office.calendar.is_workday(date(2027, 2, 13)) and office.calendar.is_workday(date(2027, 2, 14))
    assert office.calendar.name_of(date(2027, 2, 8)) == "春节"
    assert recomputing.follow(office).records == 0


def test_what_was_written_out_comes_back_the_same(office: Office, tmp_path: Path) -> None:
    working_days.take_in(office, _sheet(tmp_path, ANNOUNCED))
    path = working_days.write_out(office, 2027, tmp_path / "2027.out")
    assert path == tmp_path / "2027.out.xlsx"
    assert len(list(working_days.special(office, 2027))) > 12
    before = list(working_days.special(office, 2027))
    assert working_days.take_in(office, path).years == (2027,)
    assert list(working_days.special(office, 2027)) == before


def test_a_sheet_that_cannot_be_written_is_told_and_stays(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gone"):
        working_days.write_out(office, 2027, tmp_path / "gone" / "out.xlsx")
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(UserError, match=r"taken\.xlsx"):
        working_days.write_out(office, 2027, tmp_path / "taken.xlsx")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == ["taken.xlsx"]


@pytest.mark.parametrize(
    ("row", "word"),
    (
        ([None, "休", "元旦"], "日期"),
        (["2027-02-30", "休", ""], "2027-02-30"),
        (["2027-02-12至2027-02-06", "休", ""], "2027-02-12至2027-02-06"),
        (["2027-02-06至2028-02-12", "休", ""], "2028"),
        (["2027-02-06至02-07至02-08", "休", ""], "至02-08"),
        (["2027-02-06", "歇", ""], "歇"),
        (["2027-02-06", None, ""], "休"),
        (["2027-01-01", "班", ""], "2027-01-01"),
    ),
)
def test_a_bad_row_is_named_and_nothing_is_taken(
    office: Office, tmp_path: Path, row: list[object], word: str
) -> None:
    path = _sheet(
        tmp_path, [["日期", "休/班", "说明"], ["2027-01-01", "休", "元旦"], row, ["2027-05-01", "?", ""]]
    )
    with pytest.raises(CalendarRefused) as caught:
        working_days.take_in(office, path)
    assert [problem.row for problem in caught.value.problems] == [3, 4]
    assert word in caught.value.problems[0].message
    assert office.calendar.changes == {} and not office.settings


def test_a_sheet_without_headings_or_days_is_refused(office: Office, tmp_path: Path) -> None:
    for rows in ([["2027-01-01", "休"]], [["日期", "休/班"]]):
        with pytest.raises(UserError):
            working_days.take_in(office, _sheet(tmp_path, rows))


def test_a_day_can_be_changed_and_given_back(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    day = date(2027, 2, 19)
    working_days.set_days(office, {day: False}, "本地休假")
    recomputing.follow(office)
    assert (_due(office), office.calendar.name_of(day)) == ("2027-02-22", "本地休假")
    assert not office.calendar.published(2027)
    working_days.set_year(office, 2027, True)
    assert office.calendar.published(2027)
    working_days.set_days(office, {day: None})
    recomputing.follow(office)
    assert _due(office) == "2027-02-19"


def test_the_calendar_is_in_the_file(office: Office) -> None:
    working_days.set_days(office, {date(2027, 2, 19): False}, "本地")
    again = open_office(office.db.path, WHO, readonly=True)
    assert again.calendar == office.calendar and not again.calendar.is_workday(date(2027, 2, 19))
    again.close()


def test_a_setting_of_a_clock_moves_the_days(office: Office) -> None:
    editing.save(office, DISPUTES, {**CASE, "procedure": "simplified"})
    recomputing.follow(office)
    save_settings(office, {"simplified_days": "30"})
    assert [ledger.name for ledger in recomputing.stale(office)] == ["disputes"]
    assert recomputing.follow(office).records == 1
    assert _due(office) == "2027-02-04"
    assert recomputing.stale(office) == ()


def test_frozen_figures_stay_and_need_no_reason(office: Office) -> None:
    closed = {"closed_on": "2027-02-19", "closing_method": "mediation"}
    editing.save(office, DISPUTES, {**CASE, **closed})
    freezing.freeze(office, Period.year(2027))
    recomputing.follow(office)
    working_days.set_days(office, {date(2027, 2, 19): False})
    found = recomputing.follow(office)
    assert (found.records, _due(office)) == (1, "2027-02-22")
    (quoted,) = freezing.quoted_figures(office.db, Period.year(2027), ("disputes.on_time_rate",))
    assert quoted.value == "100.00"


def test_cancelled_it_changes_nothing(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    recomputing.follow(office)
    working_days.set_days(office, {date(2027, 2, 19): False})

    def stop(done: int, of: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        recomputing.follow(office, stop)
    assert _due(office) == "2027-02-19"
    assert [ledger.name for ledger in recomputing.stale(office)] != []
