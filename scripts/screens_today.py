"""Pictures of the pages of the day: Today, the calendar, and what is printed of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import close_with, demonstration_desk, sample_desk
from scripts.screens import screen, then
from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing
from tracker.schema.filters import Empty
from tracker.ui.calendar_page import CalendarPage
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.today_page import TodayPage
from tracker.ui.trail import Place

ON = date(2020, 12, 23)
HELD = (
    ("2020-12-23T09:30", "第一仲裁庭"),
    ("2020-12-23T14:00", "第二仲裁庭"),
    ("2020-12-28T09:00", "第一仲裁庭"),
)


def window_on(desk: Desk, key: str, on: date = ON) -> MainWindow:
    """The window with a page of the day in front, as on that day."""
    window = MainWindow(desk)
    window.go(Place(key))
    page = window.current
    assert isinstance(page, TodayPage | CalendarPage)
    for watch in (page.watch, window.badge.watch):
        watch.today = lambda: on
        watch.look()
    return window


def busy_window(key: str, *, page_of_day: bool = True) -> MainWindow:
    """On the demonstration's last days, with a few hearings fixed and some records entered by the clerk."""
    desk, folder = demonstration_desk()
    found = records.ids(desk.office.db, Query(DISPUTES, Empty("closed_on")), limit=len(HELD))
    for number, (at, place) in zip(found, HELD, strict=True):
        record = records.by_id(desk.office.db, DISPUTES, number)
        assert record is not None
        uid = str(record["uid"])
        event = {"kind": "hearing", "title": "开庭", "happened_on": at, "place": place}
        attached.save(desk.office, DISPUTES, uid, EVENTS, [event])
        editing.save(desk.office, DISPUTES, {"arbitrator": "赵敏"}, uid=uid)
    window = window_on(desk, key if page_of_day else "today")
    if not page_of_day:
        window.go(Place(key))
    close_with(window, desk, folder)
    return window


@screen("today")
def today(app: QApplication) -> QWidget:
    """A full day."""
    return busy_window("today")


@screen("today_scrolled")
def today_scrolled(app: QApplication) -> QWidget:
    """The same, further down: what waits for a next step."""
    window = busy_window("today")
    page = window.current
    assert isinstance(page, TodayPage)
    bar = page.list.verticalScrollBar()
    then(window, lambda: bar.setValue(bar.maximum()))
    return window


@screen("today_empty")
def today_empty(app: QApplication) -> QWidget:
    """The first page of a new file."""
    desk, folder = sample_desk()
    window = window_on(desk, "today")
    close_with(window, desk, folder)
    return window


@screen("calendar")
def calendar(app: QApplication) -> QWidget:
    """A month with hearings and limits."""
    return busy_window("calendar")


@screen("calendar_january")
def calendar_january(app: QApplication) -> QWidget:
    """The month of the New Year, with days off and days worked instead."""
    window = busy_window("calendar")
    page = window.current
    assert isinstance(page, CalendarPage)
    then(window, lambda: page.grid.go(date(2021, 2, 7)))
    return window


@screen("print_preview_today")
def print_preview_today(app: QApplication) -> QWidget:
    """What is due, before it is printed."""
    window = busy_window("today")
    then(window, window.print_list)
    return window


@screen("print_preview_list")
def print_preview_list(app: QApplication) -> QWidget:
    """A ledger's list, before it is printed."""
    window = busy_window("disputes", page_of_day=False)
    then(window, window.print_list)
    return window
