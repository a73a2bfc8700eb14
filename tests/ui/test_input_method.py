"""Chinese input: what Qt is told to try, what is said of it, and what is composed in the lines of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, TODAY, add, desk_on
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.schema.fields import Field, Text
from tracker.ui import input_method
from tracker.ui.about import about
from tracker.ui.completion import PickLine
from tracker.ui.name_line import ASK_MS
from tracker.ui.record_form import RecordForm
from tracker.ui.widgets import SEARCH_MS, SearchField

FCITX = {"QT_IM_MODULE": "fcitx", "GTK_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}


@pytest.mark.parametrize(
    ("environ", "session", "tried"),
    [
        ({}, "", "wayland;ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "fcitx", "wayland;ibus"),
        (FCITX, "fcitx", "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx5", "fcitx5;ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus", "ibus"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=ibus"}, "ibus", "ibus"),
        ({"QT_IM_MODULES": "wayland;fcitx"}, "fcitx", "wayland;fcitx;ibus"),
        ({"QT_IM_MODULES": "ibus;fcitx", "QT_IM_MODULE": "fcitx"}, "fcitx", "ibus;fcitx"),
        ({"QT_IM_MODULES": ";"}, "", "wayland;ibus"),
        ({"QT_IM_MODULE": "none"}, "", "none"),
    ],
)
def test_ibus_is_tried_after_what_the_session_names(
    environ: dict[str, str], session: str, tried: str
) -> None:
    given = dict(environ)
    input_method.prepare(given)
    assert given == {**environ, "QT_IM_MODULES": tried}
    assert input_method.named(environ) == session
    input_method.prepare(given)
    assert given["QT_IM_MODULES"] == tried


@pytest.mark.parametrize(
    ("services", "through", "words"),
    [
        (["org.fcitx.Fcitx-0", "org.fcitx.Fcitx5", "org.freedesktop.IBus"], "ibus", "fcitx5（经 ibus 接口）"),
        (["org.fcitx.Fcitx5", "org.freedesktop.IBus"], "wayland", "fcitx5（经 wayland 接口）"),
        (["org.freedesktop.DBus", "org.freedesktop.IBus"], "ibus", "中文输入法：ibus"),
        (["org.fcitx.Fcitx-0"], "ibus", "fcitx 4"),
        ([":1.7", "org.freedesktop.DBus"], "ibus", "没有检测到输入法"),
    ],
)
def test_what_answers_is_said_in_words(services: list[str], through: str, words: str) -> None:
    assert words in input_method.in_words(input_method.method_of(services), through)


def test_the_box_about_the_program_tells_the_input_method(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert "没有检测到输入法" in about(parent).informativeText()


def compose(widget: QWidget, letters: str, taken: str = "") -> None:
    """Show letters as an input method does while it composes, after taking some as text."""
    event = QInputMethodEvent(letters, [])
    event.setCommitString(taken)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def form(tmp_path: Path, qtbot: QtBot) -> Iterator[RecordForm]:
    with desk_on(tmp_path) as desk:
        add(desk, DISPUTES, {**DISPUTE, "applicant": "北京工人"})
        shown = RecordForm(desk, DISPUTES, today=lambda: TODAY)
        qtbot.addWidget(shown)
        shown.resize(800, 700)
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
        shown.new()
        yield shown


def test_a_list_that_offers_itself_gives_way_to_what_is_composed(form: RecordForm, qtbot: QtBot) -> None:
    form.body.focus("applicant")
    line = form.body.cells["applicant"].editor.focusProxy()
    assert isinstance(line, PickLine)
    compose(line, "", "北京")
    qtbot.waitUntil(line.is_open)
    compose(line, "gong ren")
    assert not line.is_open() and line.text() == "北京"
    line.asked.emit()  # an answer that comes late
    qtbot.wait(2 * ASK_MS)
    assert not line.is_open()
    compose(line, "")
    line.asked.emit()
    qtbot.waitUntil(line.is_open)


@pytest.mark.parametrize("key", ["applicant", "claim_amount", "cause", "accepted_on"])
def test_letters_being_composed_are_no_change_and_are_not_saved(form: RecordForm, key: str) -> None:
    form.body.cells["applicant"].editor.set_value("张三")
    form.body.cells["respondent"].editor.set_value("某公司")
    before = form.body.snapshot()
    form.body.focus(key, select=False)  # what is selected gives way at once
    line = form.body.cells[key].editor.focusProxy()
    assert line is not None
    compose(line, "yi")
    assert form.body.snapshot() == before
    form.save()
    assert form.header.state.text() == "未保存：请先选定正在输入的字" and not form.uid
    compose(line, "")
    form.save()
    assert form.uid


def test_long_text_is_composed_too(tmp_path: Path, qtbot: QtBot) -> None:
    with desk_on(tmp_path) as desk:
        ledger = next(ledger for ledger in LEDGERS if any(is_long(field) for field in ledger.inputs))
        form = RecordForm(desk, ledger, today=lambda: TODAY)
        qtbot.addWidget(form)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        form.new()
        key = next(field.key for field in ledger.inputs if is_long(field))
        form.body.focus(key)
        box = form.body.cells[key].editor.focusProxy()
        assert box is not None and box.hasFocus()
        compose(box, "nong min")
        assert form.body.is_composing() and not form.has_unsaved()
        compose(box, "", "农民工")
        assert not form.body.is_composing() and form.body.record()[0][key] == "农民工"


def is_long(field: Field) -> bool:
    return isinstance(field, Text) and field.multiline and not field.only_when


def test_a_search_begins_when_the_characters_are_chosen(qtbot: QtBot) -> None:
    search = SearchField()
    qtbot.addWidget(search)
    with qtbot.assertNotEmitted(search.searched, wait=2 * SEARCH_MS):
        compose(search, "wang fang")
    with qtbot.waitSignal(search.searched) as told:
        compose(search, "", "王芳")
    assert told.args == ["王芳"]
