"""Chinese input: what Qt is told to try, what is said of it, and what is composed in the lines of the window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import input_method
from tracker.ui.about import about

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
