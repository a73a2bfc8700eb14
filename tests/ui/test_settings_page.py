"""The settings page on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.office import new_office
from tracker import settings
from tracker.operations.office import save_settings
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.setting_rows import SwitchRow
from tracker.ui.settings_page import SettingsPage
from tracker.ui.state import State
from tracker.ui.tasks import Tasks


@pytest.fixture(**IN_THE_WORKER)
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "a.db")
    save_settings(office, {"office": "怀柔区仲裁院"})
    result = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    yield result
    result.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SettingsPage:
    result = SettingsPage(desk)
    qtbot.addWidget(result)
    result.resize(900, 700)
    result.show()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    return result


def editor(page: SettingsPage, key: str):
    return next(rows.rows[key].editor for rows in page.groups.values() if key in rows.rows)


def retype(page: SettingsPage, key: str, text: str) -> None:
    editor(page, key).setFocus()
    editor(page, key).selectAll()
    QTest.keyClick(editor(page, key), Qt.Key.Key_Delete)
    QTest.keyClicks(editor(page, key), text)


def test_every_declared_setting_has_a_place(page: SettingsPage) -> None:
    shown = [key for rows in page.groups.values() for key in rows.rows]
    assert shown == [field.key for field in settings.SETTINGS]
    assert editor(page, "office").text() == "怀柔区仲裁院"


def test_what_is_typed_is_saved_by_the_keyboard_and_told(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    told: list[bool] = []
    desk.changed.connect(lambda changed: told.append(changed.settings))
    retype(page, "clerk", "Wang")
    assert page.has_unsaved()
    QTest.keyClick(editor(page, "clerk"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert told == [True]
    assert not page.has_unsaved()
    assert page.banner.text.text() == "设置已保存。"
    assert desk.office.setting("clerk") == "Wang"
    assert desk.office.who.clerk == "Wang"


def test_the_preview_follows_the_region(page: SettingsPage) -> None:
    retype(page, "region", "JH")
    row = page.groups[settings.NUMBERS].rows["pattern_petitions"]
    assert f"JH人社信〔{date.today().year}〕1号" in row.note.text()


def test_a_pattern_that_cannot_be_is_refused_and_nothing_saved(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    retype(page, "clerk", "Wang")
    retype(page, "pattern_disputes", "no counter")
    page.save()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert page.has_unsaved()
    assert "{序号}" in page.banner.text.text()
    assert desk.office.setting("clerk") is None


def test_a_default_that_is_left_alone_is_not_written(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    retype(page, "region", "JH")
    page.save()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert dict(desk.office.settings) == {"office": "怀柔区仲裁院", "region": "JH"}


@pytest.mark.parametrize(
    ("answer", "leaves"),
    [(QMessageBox.StandardButton.Discard, True), (QMessageBox.StandardButton.Cancel, False)],
)
def test_leaving_unsaved_settings_asks(
    page: SettingsPage, answer: QMessageBox.StandardButton, leaves: bool
) -> None:
    assert page.may_leave()
    retype(page, "region", "JH")

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.button(answer).click()

    QTimer.singleShot(0, reply)
    assert page.may_leave() is leaves


def test_the_look_changes_at_once_and_is_remembered(page: SettingsPage, desk: Desk) -> None:
    page.look.setFocus()
    page.look.setCurrentIndex(page.look.findData("dark"))
    page.look.activated.emit(page.look.currentIndex())
    assert theme.current().dark
    assert desk.state.get("look") == "dark"


def test_another_language_is_asked_for(page: SettingsPage) -> None:
    wanted: list[str] = []
    page.language_wanted.connect(wanted.append)
    page.language.setCurrentIndex(page.language.findData("en"))
    page.language.activated.emit(page.language.currentIndex())
    assert wanted == ["en"]


def test_what_is_on_or_off_is_ticked(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    switches = [
        k for rows in page.groups.values() for k, row in rows.rows.items() if isinstance(row, SwitchRow)
    ]
    assert switches == [field.key for field in settings.SETTINGS if field.kind == "yesno"] != []
    box = editor(page, "whole_shares")
    assert not box.isChecked()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.has_unsaved()
    QTest.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert desk.office.setting("whole_shares") == 1
    again = SettingsPage(desk)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: editor(again, "whole_shares").isChecked())
