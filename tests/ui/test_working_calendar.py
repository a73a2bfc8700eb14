"""The working calendar: changed by keys, taken from a sheet, and what it moved is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE, add, stored
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import recomputing
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.frame import NAVIGATION_WIDTH
from tracker.ui.main_window import USUAL
from tracker.ui.working_calendar import WorkingCalendarPage
from tracker.ui.year_view import kind_of

Key = Qt.Key


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.install(qapp, "light")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    with form_tools.desk_on(tmp_path) as desk:
        recomputing.follow(desk.office)
        yield desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> WorkingCalendarPage:
    result = WorkingCalendarPage(desk, lambda: date(2020, 7, 20))
    qtbot.addWidget(result)
    result.resize(1100, 700)
    result.show()
    result.view.setFocus()
    return result


def test_space_makes_a_day_off_and_back_and_cases_follow(page: WorkingCalendarPage, desk: Desk) -> None:
    uid = add(desk, DISPUTES, {**DISPUTE, "accepted_on": "2020-06-03"})
    assert stored(desk, DISPUTES, uid)["due_on"] == "2020-07-20"
    QTest.keyClick(page.view, Key.Key_Space)
    assert not desk.office.calendar.is_workday(date(2020, 7, 20))
    assert stored(desk, DISPUTES, uid)["due_on"] == "2020-07-21"
    assert page.told.text.text() == "1条记录的届满日随之变动。"
    QTest.keyClick(page.view, Key.Key_Space)
    assert desk.office.calendar.changes == {}
    assert stored(desk, DISPUTES, uid)["due_on"] == "2020-07-20"


def test_arrows_move_and_the_side_tells(page: WorkingCalendarPage) -> None:
    QTest.keyClick(page.view, Key.Key_Up)
    QTest.keyClick(page.view, Key.Key_Left)
    assert page.view.day == date(2020, 7, 12)
    assert page.day.text() == "2020-07-12 （日）" and page.what.text() == "休"
    page.view.go(date(2020, 6, 28))
    assert page.what.text() == "班" and not page.worked.isEnabled()
    page.view.go(date(2020, 6, 25))
    assert page.what.text() == "休 · 端午节"
    QTest.keyClick(page.view, Key.Key_PageDown)
    assert page.view.day == date(2021, 6, 25) and "2021" in page.title.text()


def test_a_day_of_the_offices_own_has_a_note(page: WorkingCalendarPage, desk: Desk) -> None:
    page.note.setText("本地放假")
    page.off.click()
    assert desk.office.calendar.name_of(date(2020, 7, 20)) == "本地放假"
    assert page.what.text() == "休 · 本地放假 · 本单位更改" and page.usual.isEnabled()
    page.usual.click()
    assert page.what.text() == "班"


def test_a_click_takes_a_day_in_hand(page: WorkingCalendarPage) -> None:
    cell = page.view._cells[date(2020, 10, 1)]
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPointF(cell.center()).toPoint())
    assert page.view.day == date(2020, 10, 1)


def test_a_year_not_announced_says_so_until_a_sheet_is_taken(
    page: WorkingCalendarPage, tmp_path: Path
) -> None:
    page.view.go(date(2027, 3, 1))
    assert page.banner.isVisible() and "2027" in page.banner.text.text()
    book = Workbook()
    assert book.active
    for row in (
        ["日期", "休/班", "说明"],
        ["2027-02-06至2027-02-12", "休", "春节"],
        ["2027-02-14", "班", ""],
    ):
        book.active.append(row)
    book.save(tmp_path / "2027.xlsx")
    page.take_in(tmp_path / "2027.xlsx")
    assert not page.banner.isVisible()
    assert page.told.text.text().startswith("已从表格录入8天。2027年的安排已录全。")
    letters = {day: kind_of(page.view.calendar, date(2027, 2, day)).letter for day in (5, 6, 8, 13, 14, 15)}
    assert letters == {5: "休", 6: "休", 8: "休", 13: "", 14: "班", 15: ""}


def test_a_sheet_with_problems_is_refused_row_by_row(page: WorkingCalendarPage, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("日期,休/班,说明\n2027-02-30,休,\n2027-02-06,歇,\n", "utf-8")
    page.take_in(path)
    assert page.told.text.text().startswith("第2行：") and "\n第3行：" in page.told.text.text()
    assert page.view.calendar.changes == {}


def test_the_page_leaves_the_navigation_its_room_in_a_usual_window(page: WorkingCalendarPage) -> None:
    assert page.minimumSizeHint().width() <= USUAL[0] - NAVIGATION_WIDTH - 5


def test_a_change_that_moves_nothing_says_so(page: WorkingCalendarPage) -> None:
    QTest.keyClick(page.view, Key.Key_Space)
    assert page.told.text.text() == "没有记录的届满日因此变动。"
