"""The list of known names under a text field, opened and left by each of its keys, and what is saved then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, add, desk_on, focused, press, shown_form, stored
from tracker.ledgers.disputes import DISPUTES
from tracker.ui import theme
from tracker.ui.completion import PickLine
from tracker.ui.desk import Desk
from tracker.ui.record_form import RecordForm

Key, Held = Qt.Key, Qt.KeyboardModifier
KNOWN = "Anju Property Co"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose worker works beside the window, as a clerk's does; another case has the name already."""
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=False) as desk:
        add(desk, DISPUTES, {**DISPUTE, "case_no": "1号", "respondent": KNOWN})
        yield desk


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> RecordForm:
    result = shown_form(desk, qtbot, DISPUTES, {**DISPUTE, "respondent": "x"})
    result.body.focus("respondent")
    return result


def opened(qtbot: QtBot, text: str) -> PickLine:
    """Type into the field in hand and wait for its list."""
    line = focused()
    assert isinstance(line, PickLine)
    line.selectAll()
    QTest.keyClicks(line, text)
    qtbot.waitUntil(line.is_open)
    return line


def save(form: RecordForm, desk: Desk, qtbot: QtBot) -> object:
    press(Key.Key_S, Held.ControlModifier)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy() and not form.has_unsaved())
    return stored(desk, DISPUTES, form.uid)["respondent"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Tab, Key.Key_Backtab])
def test_the_name_that_an_arrow_chose_is_taken(
    form: RecordForm, desk: Desk, qtbot: QtBot, key: Qt.Key
) -> None:
    line = opened(qtbot, "Anj")
    press(Key.Key_Down)
    press(key)
    assert not line.is_open() and line.text() == KNOWN and focused() is not line
    assert save(form, desk, qtbot) == KNOWN


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_what_was_typed_stays_where_nothing_was_chosen(
    form: RecordForm, desk: Desk, qtbot: QtBot, key: Qt.Key
) -> None:
    line = opened(qtbot, "Anj")
    press(key)
    assert not line.is_open() and line.text() == "Anj" and focused() is not line
    assert save(form, desk, qtbot) == "Anj"


def test_esc_closes_the_list_and_nothing_else(form: RecordForm, desk: Desk, qtbot: QtBot) -> None:
    line = opened(qtbot, "Anj")
    press(Key.Key_Down)
    press(Key.Key_Escape)
    assert not line.is_open() and line.text() == "Anj" and focused() is line and form.isVisible()
    assert save(form, desk, qtbot) == "Anj"


def test_an_answer_that_comes_after_esc_does_not_open_the_list(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    line = opened(qtbot, "Anj")
    QTest.keyClicks(line, "u")
    press(Key.Key_Escape)
    qtbot.wait(150)  # longer than the pause before the worker is asked
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert not line.is_open()
    press(Key.Key_Down)  # asked for again, it comes
    qtbot.waitUntil(line.is_open)
    assert save(form, desk, qtbot) == "Anju"


def test_saving_takes_the_name_that_is_chosen(form: RecordForm, desk: Desk, qtbot: QtBot) -> None:
    line = opened(qtbot, "Anj")
    press(Key.Key_Down)
    assert save(form, desk, qtbot) == KNOWN
    assert not line.is_open() and line.text() == KNOWN


def test_saving_with_the_list_open_takes_what_was_typed(form: RecordForm, desk: Desk, qtbot: QtBot) -> None:
    line = opened(qtbot, "Anj")
    assert save(form, desk, qtbot) == "Anj"
    assert not line.is_open()


def test_a_key_after_the_list_opened_again_by_an_arrow(form: RecordForm, desk: Desk, qtbot: QtBot) -> None:
    line = opened(qtbot, "Anj")
    press(Key.Key_Escape)
    press(Key.Key_Down)
    qtbot.waitUntil(line.is_open)
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert line.text() == KNOWN and save(form, desk, qtbot) == KNOWN
    assert not line.is_open()
