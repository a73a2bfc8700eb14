"""Undo and redo in the window: the menu says what they do, the pages follow, and a line keeps its own undo."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.office import WHO
from tests.ui.form_tools import DISPUTE, add, focused, stored, typed
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, freezing, merging
from tracker.operations.office import make_office, save_settings
from tracker.period import Period
from tracker.ui import reason_dialog
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.trail import Place

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
AGAIN = CONTROL | Qt.KeyboardModifier.ShiftModifier
NUMBER = DISPUTE["case_no"]


@pytest.fixture
def uid(desk: Desk) -> str:
    return add(desk, DISPUTES, DISPUTE)


@pytest.fixture
def window(desk: Desk, uid: str, qtbot: QtBot) -> MainWindow:
    result = MainWindow(desk)
    result.go(Place(DISPUTES.name))
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    return result


def press(key: Qt.Key, held: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(focused(), key, held)


def page_of(window: MainWindow) -> LedgerPage:
    page = window.current
    assert isinstance(page, LedgerPage)
    return page


def test_the_menu_says_what_is_undone_and_the_list_follows(window: MainWindow, desk: Desk, uid: str) -> None:
    undo, redo = window.actions_by_key["undo"], window.actions_by_key["redo"]
    page = page_of(window)
    assert undo.text() == f"撤销：登记 {NUMBER}" and undo.isEnabled()
    assert redo.text() == "重做" and not redo.isEnabled()
    assert len(page.model.ids) == 1
    page.banner.tell("positive", "done")
    page.table.setFocus()
    press(Key.Key_Z)
    assert window.status.currentMessage() == f"已撤销：登记 {NUMBER}"
    assert not page.banner.isVisible()
    assert len(page.model.ids) == 0 and window.navigation.count_text("disputes") == "0"
    assert redo.text() == f"重做：登记 {NUMBER}" and not undo.isEnabled()
    press(Key.Key_Z, AGAIN)
    assert stored(desk, DISPUTES, uid)["binned_at"] is None
    press(Key.Key_Z)
    press(Key.Key_Y)
    assert stored(desk, DISPUTES, uid)["binned_at"] is None
    assert window.status.currentMessage() == f"已重做：登记 {NUMBER}"


def test_a_line_being_typed_in_keeps_its_own_undo_until_it_is_saved(
    window: MainWindow, desk: Desk, uid: str
) -> None:
    window.go(Place("disputes", uid=uid))
    form = page_of(window).form
    form.body.focus("applicant")
    typed("李四")
    press(Key.Key_Z)
    editor = form.body.cells["applicant"].editor
    assert editor.text() == "张三" and stored(desk, DISPUTES, uid)["binned_at"] is None
    form.body.focus("applicant")
    typed("李四")
    press(Key.Key_S)
    assert stored(desk, DISPUTES, uid)["applicant"] == "李四"
    press(Key.Key_Z)
    assert stored(desk, DISPUTES, uid)["applicant"] == "张三"
    assert editor.text() == "张三" and not form.has_unsaved()
    press(Key.Key_Z, AGAIN)
    assert editor.text() == "李四"


def test_what_is_not_saved_is_settled_first(window: MainWindow, desk: Desk, uid: str) -> None:
    window.go(Place("disputes", uid=uid))
    form = page_of(window).form
    form.body.focus("applicant")
    typed("李四")
    form.body.focus("respondent")
    press(Key.Key_Z)
    assert "尚未保存" in window.status.currentMessage()
    assert stored(desk, DISPUTES, uid)["binned_at"] is None and form.has_unsaved()
    form.body.accept()


def test_a_record_on_the_form_that_is_taken_back_says_that_it_is_in_the_bin(
    window: MainWindow, uid: str
) -> None:
    window.go(Place("disputes", uid=uid))
    page = page_of(window)
    press(Key.Key_Z)
    assert page.form.banner.isVisible()
    press(Key.Key_Z, AGAIN)
    assert not page.form.banner.isVisible()


def test_frozen_figures_ask_why(
    window: MainWindow, desk: Desk, uid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run(lambda office, _p: editing.save(office, DISPUTES, {"remarks": "甲"}, uid), lambda _s: None)
    freezing.freeze(desk.office, Period.year(2020))
    asked: list[int] = []
    monkeypatch.setattr(
        reason_dialog.ReasonDialog, "exec", lambda dialog: asked.append(1) or dialog.line.setText("更正") or 1
    )
    window.undo()
    assert asked == [1] and stored(desk, DISPUTES, uid)["remarks"] is None


def test_a_setting_is_undone_and_the_window_says_so(window: MainWindow, desk: Desk) -> None:
    desk.run(lambda office, _p: save_settings(office, {"office": "怀柔区仲裁院"}), lambda _c: None)
    assert window.office_name.text() == "怀柔区仲裁院"
    assert window.actions_by_key["undo"].text() == "撤销：设置 单位名称"
    window.undo()
    assert window.office_name.text() != "怀柔区仲裁院"


def test_undoing_after_a_merge_first_says_how_that_is_taken_back(
    window: MainWindow, desk: Desk, uid: str, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.office.keep_backups(pytest.fail)
    with closing(make_office(tmp_path / "other.db", WHO)) as other:
        editing.save(other, DISPUTES, {**DISPUTE, "case_no": "99号"})
    desk.run(lambda office, _p: merging.merge(office, tmp_path / "other.db"), lambda _m: None)
    undo, said = window.actions_by_key["undo"], list[str]()
    desk.tasks.problem.connect(said.append)
    assert undo.text() == "撤销：合并（须恢复备份）"
    page_of(window).table.setFocus()
    press(Key.Key_Z)
    assert "合并前" in said[0] and stored(desk, DISPUTES, uid)["binned_at"] is None
    assert undo.text() == f"撤销：登记 {NUMBER}"
    (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    with qtbot.waitActive(window):
        box.accept()
    page_of(window).table.setFocus()
    press(Key.Key_Z)  # that is meant now
    assert stored(desk, DISPUTES, uid)["binned_at"] and len(said) == 1
