"""The window on a real file: going about, counts, commands, closing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE
from tracker.attached.parties import PARTIES
from tracker.catalogue import STANDARD
from tracker.indicators import BY_KEY
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing, figures
from tracker.operations.office import Office
from tracker.operations.setup import change_settings
from tracker.period import Period
from tracker.ui import keys, theme
from tracker.ui.calendar_page import CalendarPage
from tracker.ui.commands import COMMANDS
from tracker.ui.desk import Desk
from tracker.ui.export_dialog import ExportWorkbookDialog
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import pages
from tracker.ui.record_form import RecordForm
from tracker.ui.report_page import ReportPage
from tracker.ui.settings_page import SettingsPage
from tracker.ui.shortcuts_sheet import ShortcutsSheet
from tracker.ui.statistics_page import StatisticsPage
from tracker.ui.tasks import Progress
from tracker.ui.today_page import TodayPage

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path) as desk:
        been_at(desk, LEDGERS[0].name)
        yield desk


def been_at(desk: Desk, page: str) -> None:
    """As if the program had been closed on this page earlier today."""
    desk.state.set("page", page)
    desk.state.set("page_day", date.today().isoformat())


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[Desk], MainWindow]:
    def window(desk: Desk) -> MainWindow:
        result = MainWindow(desk)
        qtbot.addWidget(result)
        with qtbot.waitActive(result):
            result.show()
            result.activateWindow()
        return result

    return window


@pytest.fixture
def window(desk: Desk, make: Callable[[Desk], MainWindow]) -> MainWindow:
    return make(desk)


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Press where the focus is; a shortcut that two actions claim would do nothing."""
    QTest.keyClick(window.focusWidget() or window, key, held)


def accepted() -> figures.Behind:
    return figures.behind(STANDARD.by_name, BY_KEY["disputes.accepted"], Period.year(2020))


def test_every_page_opens_by_its_number(window: MainWindow) -> None:
    kinds: dict[str, type[QWidget]] = {
        "today": TodayPage,
        "calendar": CalendarPage,
        "statistics": StatisticsPage,
        "report": ReportPage,
        "settings": SettingsPage,
    }
    for n, page in enumerate(pages(STANDARD)[:9], 1):
        press(window, KEY(KEY.Key_0 + n), CONTROL)
        assert isinstance(window.current, kinds.get(page.key, LedgerPage))
        assert window.navigation.currentIndex().data() == window.actions_by_key[page.key].text()


def test_one_goes_down_the_navigation_by_arrows_and_into_a_page_by_enter(window: MainWindow) -> None:
    none = Qt.KeyboardModifier.NoModifier
    press(window, KEY.Key_F6, none)
    assert window.navigation.hasFocus()
    press(window, KEY.Key_Down, none)
    assert window.here is not None and window.here.key == LEDGERS[1].name
    assert window.navigation.hasFocus()
    press(window, KEY.Key_Return, none)
    focused = QApplication.focusWidget()
    assert focused is not None and window.current is not None
    assert window.current is focused or window.current.isAncestorOf(focused)


def test_pages_are_made_only_when_needed(window: MainWindow) -> None:
    assert list(window.stack.pages) == [LEDGERS[0].name]


def test_every_command_has_its_own_keys_and_a_method(window: MainWindow) -> None:
    pressed = [action.shortcut().toString() for action in window.actions_by_key.values()]
    given = [text for text in pressed if text]
    assert len(given) == len(set(given))
    assert all(callable(getattr(window, command.key)) for command in COMMANDS)


def test_counts_follow_what_is_recorded(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    assert window.navigation.count_text("disputes") == "0"
    saved: list[object] = []
    desk.run(lambda office, _p: editing.save(office, DISPUTES, DISPUTE), saved.append)
    assert len(saved) == 1
    assert window.navigation.count_text("disputes") == "1"
    assert window.navigation.count_text("petitions") == "0"


def test_what_is_attached_to_a_record_is_counted_nowhere(
    window: MainWindow, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    saved: list[editing.Saved] = []
    desk.run(lambda office, _p: editing.save(office, DISPUTES, DISPUTE), saved.append)
    party = {"role": "applicant", "name": "张三"}
    desk.run(
        lambda office, _p: attached.save(office, DISPUTES, saved[0].uid, PARTIES, [party]),
        lambda _changed: None,
    )
    desk.run(lambda office, _p: editing.save(office, DISPUTES, {**DISPUTE, "case_no": "2号"}), saved.append)
    assert window.navigation.count_text("disputes") == "2"
    assert not caplog.records


def test_title_and_foot_say_office_file_clerk_and_period(window: MainWindow, desk: Desk) -> None:
    desk.run(lambda office, _p: change_settings(office, {"office": "怀柔区仲裁院"}), lambda _c: None)
    assert window.windowTitle() == "怀柔区仲裁院 — office.db"
    assert window.office_name.text() == "怀柔区仲裁院"
    assert window.status.file.text() == "文件：office.db"
    assert window.status.period.text().startswith("统计期：")


def test_a_figure_opens_its_records_and_alt_left_returns(window: MainWindow, desk: Desk) -> None:
    editing.save(desk.office, DISPUTES, DISPUTE)
    press(window, KEY.Key_3, CONTROL)
    statistics = window.current
    assert isinstance(statistics, StatisticsPage)
    statistics.drill.emit(accepted())
    assert isinstance(window.current, LedgerPage)
    assert window.navigation.currentIndex().data() == window.actions_by_key["disputes"].text()
    press(window, KEY.Key_Left, ALT)
    assert window.current is statistics
    press(window, KEY.Key_Right, ALT)
    assert isinstance(window.current, LedgerPage)
    window.current.back_requested.emit()
    assert window.current is statistics


def test_the_keyboard_is_in_the_records_of_a_figure_and_in_the_figures(
    make: Callable[[Desk], MainWindow], desk: Desk
) -> None:
    form_tools.add(desk, DISPUTES, form_tools.DISPUTE)
    been_at(desk, "statistics")
    window = make(desk)
    assert isinstance(window.current, StatisticsPage) and window.current.table.hasFocus()
    window.current.drill.emit(accepted())
    assert isinstance(window.current, LedgerPage) and window.current.table.hasFocus()


def test_control_n_and_control_f_serve_the_ledger_in_front(window: MainWindow, qtbot: QtBot) -> None:
    press(window, KEY.Key_5, CONTROL)
    press(window, KEY.Key_F, CONTROL)
    focused = QApplication.focusWidget()
    assert focused is not None and window.current is not None and window.current.isAncestorOf(focused)
    press(window, KEY.Key_N, CONTROL)
    page = window.current
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: form_is_open(page))


def form_is_open(page: LedgerPage) -> bool:
    return page.form is not None and page.form.isVisible()


def test_reading_an_empty_list_anew_leaves_the_form_beside_it_whole(window: MainWindow, qtbot: QtBot) -> None:
    press(window, KEY.Key_N, CONTROL)
    form = window.findChild(RecordForm)
    assert form is not None
    mark = form.body.cells["respondent"].mark
    assert mark is not None
    press(window, KEY.Key_F5, Qt.KeyboardModifier.NoModifier)
    QApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete.value
    )  # the list's invitation to begin is made anew
    form.body.focus("respondent")
    QTest.keyClicks(window.focusWidget(), "xinjian")
    try:
        qtbot.waitUntil(mark.action.isVisible)
    finally:
        form.body.accept()  # the window closes without asking


def test_the_sheet_of_shortcuts_names_every_command(window: MainWindow) -> None:
    press(window, KEY.Key_F1, Qt.KeyboardModifier.NoModifier)
    sheet = opened(window, ShortcutsSheet)
    shown = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    wanted = {window.actions_by_key[command.key].text() for command in COMMANDS if command.keys}
    assert wanted <= shown
    assert {"Ctrl+1 … Ctrl+9", "Ctrl+Shift+Z, Ctrl+Y"} <= shown
    told = {
        ", ".join(map(keys.shown, (key.keys, *key.also)))
        for group in (*keys.PAGES, *keys.WINDOWS)
        for key in group.all()
    }
    assert told <= shown
    assert sheet.height() <= 680  # the least screen is 720 high
    QTest.keyClick(sheet, KEY.Key_Escape)
    assert not sheet.isVisible()


def test_import_and_export_open_their_dialogs(window: MainWindow) -> None:
    press(window, KEY.Key_I, CONTROL)
    opened(window, ImportDialog).close()
    press(window, KEY.Key_E, CONTROL)
    opened(window, ExportWorkbookDialog).close()


def opened(window: MainWindow, kind: type[QWidget]) -> QWidget:
    """The visible dialog of that kind."""
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def test_another_file_is_chosen_in_a_dialog(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "other.db"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(chosen), ""))
    wanted: list[object] = []
    window.open_wanted.connect(wanted.append)
    press(window, KEY.Key_O, CONTROL)
    assert wanted == [chosen]


def test_closing_with_unsaved_work_asks(window: MainWindow, qtbot: QtBot) -> None:
    window.show_settings()
    page = window.current
    assert isinstance(page, SettingsPage)
    QTest.keyClicks(page.region.editor, "JH")
    press(window, KEY.Key_3, CONTROL)
    closed: list[bool] = []
    window.closed.connect(lambda: closed.append(True))
    answer(QMessageBox.StandardButton.Cancel)
    assert not window.close()
    assert window.isVisible() and closed == [] and window.current is page
    answer(QMessageBox.StandardButton.Discard)
    assert window.close()
    assert closed == [True]


def answer(button: QMessageBox.StandardButton) -> None:
    """Answer the next question."""

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.button(button).click()

    QTimer.singleShot(0, reply)


def test_size_place_and_page_are_remembered(
    window: MainWindow, desk: Desk, make: Callable[[Desk], MainWindow]
) -> None:
    window.resize(window.width(), 651)  # the width is more than this platform's screen and would be cut
    window.show_settings()
    window.close()
    again = make(desk)
    assert again.height() == 651
    assert isinstance(again.current, SettingsPage)


def test_a_problem_that_no_page_took_is_told(window: MainWindow, desk: Desk) -> None:
    desk.tasks.problem.emit("磁盘已满。")
    box = opened(window, QMessageBox)
    assert isinstance(box, QMessageBox) and box.text() == "磁盘已满。"
    box.close()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_nothing_asks_for_more_room_than_the_screen_has(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    for page in pages(STANDARD):
        window.actions_by_key[page.key].trigger()
    assert (window.width(), window.height()) == size


def test_long_work_shows_in_the_foot_and_can_be_stopped(
    qapp: QApplication, tmp_path: Path, make: Callable[[Desk], MainWindow], qtbot: QtBot
) -> None:
    with form_tools.desk_on(tmp_path, instant=False) as desk:
        window = make(desk)
        qtbot.waitUntil(lambda: not desk.tasks.is_busy())
        assert not window.status.bar.isVisible() and not window.status.cancel.isVisible()

        def work(_office: Office, progress: Progress) -> None:
            for step in range(3000):
                progress.report(step, 3000, "正在读取")
                time.sleep(0.01)

        job = desk.run(work, lambda _r: None, cancellable=True)
        qtbot.waitUntil(lambda: window.status.bar.isVisible() and window.status.cancel.isVisible())
        qtbot.waitUntil(lambda: window.status.bar.text.text() == "正在读取")
        with qtbot.waitSignal(job.cancelled):
            window.status.cancel.click()
        qtbot.waitUntil(lambda: not window.status.cancel.isVisible())
        window.close()
