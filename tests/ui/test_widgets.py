"""The small shared widgets, each with real keys and clicks."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QEvent, QStringListModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QListView,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tracker.schema import values
from tracker.ui import theme, widgets
from tracker.ui.balanced import BalancedHeading
from tracker.ui.tasks import Progress, Tasks


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.install(qapp, "light")


def test_search_is_told_once_typing_pauses(qtbot: QtBot) -> None:
    field = widgets.SearchField()
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field, "zhang")
    assert told == []
    qtbot.waitUntil(lambda: told == ["zhang"])


def test_search_on_enter_is_told_at_once_and_only_once(qtbot: QtBot) -> None:
    field = widgets.SearchField()
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field, "zs")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["zs"]
    qtbot.wait(2 * widgets.SEARCH_MS)
    assert told == ["zs"]


def test_escape_clears_the_search_and_then_passes_on(qtbot: QtBot) -> None:
    field = widgets.SearchField()
    qtbot.addWidget(field)
    field.setText("x")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(field.searched) as told:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told.args == [""] and field.text() == ""


def test_a_banner_tells_acts_and_closes(qtbot: QtBot) -> None:
    banner = widgets.Banner()
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    banner.tell("warning", "3 rows have problems", action="Show")
    assert banner.isVisible() and banner.action.isVisible()
    with qtbot.waitSignal(banner.acted):
        qtbot.mouseClick(banner.action, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(banner.cross, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
    banner.tell("info", "Saved", closable=False)
    assert not banner.cross.isVisible() and not banner.action.isVisible()


@pytest.mark.parametrize("level", ["info", "positive", "warning", "danger"])
def test_a_banner_has_the_colour_of_its_level(qtbot: QtBot, level) -> None:
    banner = widgets.Banner()
    qtbot.addWidget(banner)
    banner.tell("danger" if level == "info" else "info", "before")
    banner.tell(level, "now")
    background = {"info": "accent_soft"}.get(level, f"{level}_soft")
    corner = banner.grab().toImage().pixelColor(4, banner.height() // 2)
    assert corner.name() == getattr(theme.LIGHT, background)


def test_an_empty_state_says_why_and_offers_help(qtbot: QtBot) -> None:
    state = widgets.EmptyState("disputes", "No disputes yet", "Record the first one.", "New dispute")
    qtbot.addWidget(state)
    state.show()
    assert state.action.isVisible() and state.action.text() == "New dispute"
    with qtbot.waitSignal(state.acted):
        qtbot.mouseClick(state.action, Qt.MouseButton.LeftButton)
    plain = widgets.EmptyState("search", "Nothing found")
    qtbot.addWidget(plain)
    plain.show()
    assert not plain.action.isVisible() and not plain.text.isVisible()


def test_enter_presses_the_button_with_the_focus_not_the_one_that_a_dialog_prefers(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    pressed: list[str] = []
    column = QVBoxLayout(dialog)
    for word in ("Cancel", "Import"):
        button = widgets.button(word, primary=word == "Import")
        button.clicked.connect(lambda _on=False, word=word: pressed.append(word))
        column.addWidget(button)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    for button in dialog.findChildren(QPushButton):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["Cancel", "Import"]


def test_a_chip_is_dropped_by_mouse_and_key(qtbot: QtBot) -> None:
    chip = widgets.Chip("Closed in 2020")
    qtbot.addWidget(chip)
    chip.show()
    with qtbot.waitSignal(chip.closed):
        qtbot.mouseClick(chip.cross, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(chip.closed):
        qtbot.keyClick(chip.cross, Qt.Key.Key_Delete)


def test_a_flow_row_wraps_and_grows(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = widgets.FlowRow()
    column = QVBoxLayout(page)
    column.addWidget(row)
    column.addStretch(1)
    for number in range(6):
        row.add(widgets.Chip(f"filter number {number}"))
    page.resize(900, 300)
    page.show()
    assert {chip.y() for chip in row.widgets()} == {0}
    page.resize(300, 300)
    qtbot.waitUntil(lambda: len({chip.y() for chip in row.widgets()}) > 1)
    assert row.height() >= max(chip.geometry().bottom() for chip in row.widgets())
    assert all(chip.geometry().right() <= row.width() for chip in row.widgets())
    row.clear()
    assert row.widgets() == []


def test_an_elided_label_keeps_the_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = widgets.ElidedLabel("怀柔区劳动人事争议仲裁委员会二〇二〇年度台账")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…") and label.toolTip().endswith("台账")
    label.resize(800, 20)
    assert label.text().endswith("台账") and label.toolTip() == ""


def test_every_table_has_our_row_height(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["一", "二"]))
    widgets.tune_table(view)
    assert view.rowHeight(0) == theme.ROW_HEIGHT


def test_navigation_rows_have_room(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    widgets.tune_navigation(view)
    view.setModel(QStringListModel(["今日", "劳动争议"], view))
    view.setCurrentIndex(view.model().index(1, 0))
    view.show()
    first, second = (view.visualRect(view.model().index(row, 0)) for row in (0, 1))
    assert first.height() >= 32 and second.top() >= first.bottom()


@pytest.mark.parametrize("year", (-4000, 1, 1948, 2200, 9999))
def test_a_calendar_knows_no_year_that_a_field_refuses(qtbot: QtBot, year: int) -> None:
    calendar = widgets.calendar()
    qtbot.addWidget(calendar)
    calendar.setSelectedDate(QDate(year, 5, 6))
    picked = calendar.selectedDate().toString("yyyy-MM-dd")
    assert values.parse_day(picked) == picked


def test_a_calendar_speaks_chinese_and_follows_the_theme(qtbot: QtBot) -> None:
    calendar = widgets.calendar()
    qtbot.addWidget(calendar)
    calendar.setSelectedDate(QDate(2020, 5, 6))
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    assert month is not None and month.text() == "五月"
    theme.set_mode("dark")
    weekend = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color().name()
    theme.set_mode("light")
    assert weekend == theme.DARK.accent_text
    assert (
        calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color().name() == theme.LIGHT.accent_text
    )


def test_deleted_widgets_do_not_hear_of_themes(qtbot: QtBot) -> None:
    made = (widgets.calendar(), widgets.Icon("add"), widgets.Banner())
    for widget in made:
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(isValid(widget) for widget in made)
    theme.set_mode("dark")
    theme.set_mode("light")


def test_the_progress_dialog_stays_away_from_short_work(qtbot: QtBot) -> None:
    tasks = Tasks()
    dialog = widgets.ProgressDialog(None, "Exporting")
    shown: list[bool] = []
    tasks.run(lambda _p: None, lambda _r: shown.append(dialog.isVisible()), progress=dialog)
    qtbot.waitUntil(lambda: bool(shown))
    tasks.shutdown()
    assert shown == [False]


def test_the_progress_dialog_shows_long_work_and_escape_stops_it(qtbot: QtBot) -> None:
    tasks = Tasks()
    dialog = widgets.ProgressDialog(None, "Exporting", show_after_ms=10)

    def op(progress: Progress) -> None:
        while True:
            progress.report(30, 100, "Row 30 of 100")
            threading.Event().wait(0.005)

    job = tasks.run(op, pytest.fail, progress=dialog, cancellable=True)
    qtbot.waitUntil(dialog.isVisible)
    qtbot.waitUntil(lambda: dialog.bar.value() == 300)
    assert dialog.text.text() == "Row 30 of 100"
    with qtbot.waitSignal(job.cancelled):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    tasks.shutdown()


def test_work_that_cannot_be_cancelled_offers_no_button(qtbot: QtBot) -> None:
    tasks, gate = Tasks(), threading.Event()
    dialog = widgets.ProgressDialog(None, "Saving", show_after_ms=10)
    job = tasks.run(lambda _p: gate.wait(5), lambda _r: None, progress=dialog)
    qtbot.waitUntil(dialog.isVisible)
    assert not dialog.cancel.isVisible()
    dialog.close()
    assert dialog.isVisible(), "it stays until the work is done"
    gate.set()
    qtbot.waitUntil(lambda: job.is_finished)
    tasks.shutdown()


def test_the_bar_of_the_status_line_shows_and_hides(qtbot: QtBot) -> None:
    tasks, gate = Tasks(), threading.Event()
    bar = widgets.ProgressBar()
    qtbot.addWidget(bar)

    def op(progress: Progress) -> None:
        progress.report(1, 2, "Counting")
        gate.wait(5)

    tasks.run(op, lambda _r: None, progress=bar)
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "Counting" and bar.bar.value() == 500
    gate.set()
    qtbot.waitUntil(lambda: not bar.isVisible())
    tasks.shutdown()


@pytest.mark.parametrize("name", ["怀柔区劳动人事争议仲裁院", "北京市怀柔区人力资源和社会保障局（演示）"])
def test_the_lines_of_a_heading_are_about_as_long_as_each_other(qtbot: QtBot, name: str) -> None:
    heading = BalancedHeading((8, 8, 8, 8))
    qtbot.addWidget(heading)
    one = heading.fontMetrics().horizontalAdvance("国")
    heading.say(name)
    heading.show()
    for characters in (len(name) - 1, len(name) // 2 + 2):
        heading.resize(characters * one + 16, 80)
        wide = heading.contentsRect().width()
        assert len(name) // 2 * one <= wide <= (len(name) // 2 + 2) * one
    heading.resize((len(name) + 2) * one + 16, 80)
    assert heading.contentsRect().width() >= heading.fontMetrics().horizontalAdvance(name)
