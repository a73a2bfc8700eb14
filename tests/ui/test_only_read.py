"""In a window on a file that can only be read, the keys that write are answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.office import WHO, new_office
from tests.ui.form_tools import DISPUTE, focused
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, opening
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

Key, Held = Qt.Key, Qt.KeyboardModifier
WHY = "李四正在使用此文件；只能查看。"


@pytest.fixture(**IN_THE_WORKER)
def window(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The window of a file with one case, on the list of disputes."""
    theme.install(qapp, "light")
    path = tmp_path / "office.db"
    office = new_office(path, WHO)
    editing.save(office, DISPUTES, DISPUTE)
    office.close()
    desk = Desk(
        opening.to_read(path, WHO, why=WHY), Tasks(instant=request.param), State(tmp_path / "state.json")
    )
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go(Place(DISPUTES.name))
    page = window.current
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.setFocus()
    yield window
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    desk.close()


def answered(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> bool:
    """Whether the window says, after a key, that the file can only be read."""
    window.status.clearMessage()
    window.banner.light(False)
    QTest.keyClick(focused(), key, held)
    lit, told = window.banner.property("flash"), window.status.currentMessage()
    assert bool(lit) == (told == WHY)
    return bool(lit)


def test_keys_that_write_are_answered_in_a_list(window: MainWindow, qtbot: QtBot) -> None:
    control = Held.ControlModifier
    for key, held in (
        (Key.Key_N, control),
        (Key.Key_B, control),
        (Key.Key_Z, control),
        (Key.Key_Y, control),
        (Key.Key_Delete, Held.NoModifier),
        (Key.Key_U, control),
        (Key.Key_D, control),
        (Key.Key_I, control),
        (Key.Key_K, control | Held.ShiftModifier),
    ):
        assert answered(window, key, held), (key, held)
    for key, held in ((Key.Key_Down, Held.NoModifier), (Key.Key_A, control), (Key.Key_F5, Held.NoModifier)):
        assert not answered(window, key, held), (key, held)
    assert answered(window, Key.Key_Delete) and window.banner.isVisible()
    qtbot.waitUntil(lambda: not window.banner.property("flash"))


def test_typing_and_saving_are_answered_on_a_form(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(focused(), Key.Key_Return)
    page = window.current
    assert isinstance(page, LedgerPage)
    form = page.form
    qtbot.waitUntil(form.isVisible)
    form.body.focus("applicant")
    for key, held in (
        (Key.Key_X, Held.NoModifier),
        (Key.Key_S, Held.ControlModifier),
        (Key.Key_Return, Held.ControlModifier),
    ):
        assert answered(window, key, held), (key, held)
    assert not answered(window, Key.Key_Tab) and not answered(window, Key.Key_Left)
    assert "保存" not in form.footer.keys.text() and not form.banner.isVisible()
    QTest.keyClick(focused(), Key.Key_F, Held.ControlModifier)
    assert not answered(window, Key.Key_X), "one may search"
    QTest.keyClick(focused(), Key.Key_Escape)  # else it searches after the file is closed
