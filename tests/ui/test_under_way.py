"""Windows that are saved, left or asked again while the worker is still at what they began: nothing typed is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from scripts.sample_sheets import write
from tests.ui.form_tools import DISPUTE, TODAY, add, desk_on, focused, press, stored, typed
from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.db import settings as kept
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached
from tracker.operations.office import Office
from tracker.ui import theme
from tracker.ui.asking import Asking
from tracker.ui.desk import Desk
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.import_steps import ROWS
from tracker.ui.record_form import RecordForm
from tracker.ui.settings_page import SettingsPage
from tracker.ui.tasks import Progress

Key, Held = Qt.Key, Qt.KeyboardModifier
CTRL = Held.ControlModifier


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose worker works beside the window."""
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=False) as desk:
        yield desk


@contextmanager
def worker_held(desk: Desk, ms: int = 0) -> Iterator[None]:
    """The worker is busy with something else until the block ends, or for so long."""
    go = threading.Event()
    desk.run(lambda _office, _progress: go.wait(10), lambda _done: None)
    if ms:
        QTimer.singleShot(ms, go.set)
    yield
    go.set()


def rest(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())


def shown(widget: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> RecordForm:
    result = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    qtbot.addWidget(result, before_close_func=lambda form: form.body.accept())
    result.resize(1000, 700)
    shown(result, qtbot)
    result.open(add(desk, DISPUTES, DISPUTE))
    return result


def test_what_is_typed_during_a_save_is_saved_by_the_next_key(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    form.body.focus("clerk")
    typed("A")
    with worker_held(desk, 200):
        press(Key.Key_S, CTRL)
        typed("B")
        press(Key.Key_S, CTRL)  # waits for the save under way, then saves what came after
    rest(desk, qtbot)
    assert stored(desk, DISPUTES, form.uid)["clerk"] == "AB" and not form.has_unsaved()


def test_an_event_that_cannot_be_saved_comes_back(form: RecordForm, desk: Desk, qtbot: QtBot) -> None:
    form.timeline.add()
    dialog = form.timeline.dialog
    assert dialog is not None
    dialog.body.cells["kind"].editor.set_value("extension")
    dialog.body.cells["remarks"].editor.set_value("院长批准")
    desk.office.db.connection.execute("PRAGMA query_only = ON")
    dialog.save()
    rest(desk, qtbot)
    assert dialog.isVisible() and dialog.banner.isVisible() and dialog.event_record()["remarks"] == "院长批准"
    desk.office.db.connection.execute("PRAGMA query_only = OFF")
    dialog.save()
    rest(desk, qtbot)
    assert not dialog.isVisible()
    (event,) = attached.of_record(desk.reader, EVENTS, form.uid)
    assert event["remarks"] == "院长批准"


def office_name(page: SettingsPage) -> QWidget:
    return next(rows.rows["office"].editor for rows in page.groups.values() if "office" in rows.rows)


@pytest.fixture
def settings_page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(900, 700)
    shown(page, qtbot)
    rest(desk, qtbot)
    office_name(page).setFocus()
    return page


def test_settings_typed_during_a_save_stay_unsaved(
    settings_page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    typed("A")
    with worker_held(desk):
        settings_page.save()
        typed("B")
    rest(desk, qtbot)
    assert settings_page.has_unsaved() and kept.read(desk.reader)["office"] == "A"
    settings_page.save()
    rest(desk, qtbot)
    assert not settings_page.has_unsaved() and kept.read(desk.reader)["office"] == "AB"


def test_settings_that_are_being_saved_are_left_without_a_question(
    settings_page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    typed("A")
    with worker_held(desk, 200):
        settings_page.save()
        assert settings_page.may_leave()  # a question would wait here for ever
    assert kept.read(desk.reader)["office"] == "A"


class Naming(Asking):
    """The least of the small dialogs; a name of one letter is refused."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("?", "Save", parent)
        self.desk, self.name, self.under = desk, "", parent
        self.made: list[str] = []

    def accept(self) -> None:
        name = self.name

        def op(_office: Office, _progress: Progress) -> str:
            if len(name) < 2:
                raise UserError("too short")
            return name

        self.carry_out(self.desk, op, self.made.append)


@pytest.fixture
def naming(desk: Desk, qtbot: QtBot) -> Naming:
    under = QWidget()
    dialog = Naming(desk, under)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    qtbot.addWidget(under)
    shown(dialog, qtbot)
    return dialog


def test_a_small_dialog_does_it_once_however_often_enter_is_pressed(
    naming: Naming, desk: Desk, qtbot: QtBot
) -> None:
    naming.name = "ab"
    with worker_held(desk):
        naming.accept()
        naming.accept()
    rest(desk, qtbot)
    assert naming.made == ["ab"] and not naming.isVisible()


def test_leaving_a_small_dialog_waits_for_what_it_began(naming: Naming, desk: Desk) -> None:
    naming.name = "ab"
    with worker_held(desk, 200):
        naming.accept()
        naming.reject()
    assert naming.made == ["ab"] and not naming.isVisible() and naming.result() == Naming.DialogCode.Accepted


def test_a_refusal_that_comes_while_leaving_is_told(naming: Naming, desk: Desk) -> None:
    naming.name = "a"
    with worker_held(desk, 200):
        naming.accept()
        naming.reject()
    assert naming.isVisible() and naming.problem.text() == "too short"
    naming.reject()
    assert not naming.isVisible()


class Asked(QWidget):
    """A window that asks the worker something."""

    def answer(self, found: str) -> None:
        self.setWindowTitle(found)

    def refused(self, wrong: UserError) -> None:
        self.setWindowTitle(str(wrong))


def test_answers_for_a_window_that_is_gone_are_dropped_and_refusals_told(desk: Desk, qtbot: QtBot) -> None:
    told: list[str] = []
    desk.tasks.problem.connect(told.append)

    def refuse(_office: Office, _progress: Progress) -> str:
        raise UserError("disk full")

    window = Asked()
    with worker_held(desk):
        desk.run(lambda _office, _progress: "found", window.answer)
        desk.run_latest("asked", lambda _office, _progress: "found", window.answer)
        desk.run(refuse, window.answer, window.refused)
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    rest(desk, qtbot)
    assert told == ["disk full"]


def test_a_correction_that_is_still_typed_is_checked_before_rows_are_imported(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = ImportDialog(desk, DISPUTES)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    shown(window, qtbot)
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    rest(desk, qtbot)
    window.next_button.click()
    rest(desk, qtbot)
    assert window.at == ROWS and window.plan is not None
    wrong = len(window.plan.problems)
    window.preview.cell.setFocus()
    window.preview.cell.selectAll()
    typed("2020-03-05")
    assert focused() is window.preview.cell
    press(Key.Key_Return, CTRL | Held.ShiftModifier)
    rest(desk, qtbot)
    assert records.count(desk.reader, records.Query(DISPUTES)) == 0  # it was checked first
    assert window.plan is not None and len(window.plan.problems) < wrong


def test_rows_that_are_being_written_keep_the_import_open(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = ImportDialog(desk, DISPUTES)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    shown(window, qtbot)
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    rest(desk, qtbot)
    path = tmp_path / "problems.xlsx"
    with worker_held(desk):
        window.export_problems(path)
        window.close()
        assert window.isVisible()
    rest(desk, qtbot)
    assert window.isVisible() and not path.exists()  # it was stopped before it began
    window.export_problems(path)
    rest(desk, qtbot)
    assert path.exists() and window.banner.isVisible()
