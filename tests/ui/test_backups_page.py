"""Backups in the window, on real files: the page, restoring, what is told of failures, and closing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.effort import IN_THE_WORKER
from tests.office import WHO, new_office
from tests.unit.test_backups import case, damage_index, held
from tracker.app import Shell
from tracker.db import cipher, keys, records
from tracker.db.database import open_file
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, freezing, keeping
from tracker.operations.backups import Place, folder, make
from tracker.operations.office import Office, open_office, save_settings
from tracker.period import Period
from tracker.ui import backup_text, theme
from tracker.ui.backups_page import BackupsPage
from tracker.ui.crash import Crashes
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.progress import ProgressDialog
from tracker.ui.restore_dialog import RestoreDialog
from tracker.ui.state import State
from tracker.ui.tasks import Progress, Tasks
from tracker.ui.unlock import UnlockDialog


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two cases, and a backup from when it had one."""
    path = tmp_path / "cases.db"
    with closing(new_office(path, WHO)) as office:
        case(office, "1号")
        make(office.db, "close")
        case(office, "2号")
    return path


@pytest.fixture(**IN_THE_WORKER)
def page(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, path: Path
) -> Iterator[BackupsPage]:
    theme.install(qapp, "light")
    desk = Desk(open_office(path, WHO), Tasks(instant=request.param), State(path.with_name("state.json")))
    result = BackupsPage(desk)
    qtbot.addWidget(result)
    result.resize(1000, 640)
    result.show()
    settled(qtbot, desk)
    yield result
    desk.close()


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    QApplication.processEvents()


def shown(page: BackupsPage) -> list[list[str]]:
    return [[str(cell) for cell in page.list.row(n)] for n in range(page.list.model().rowCount())]


def test_the_page_tells_what_each_backup_holds(page: BackupsPage) -> None:
    (row,) = shown(page)
    assert row[1:3] == ["关闭时", "1"] and row[4] == WHO.clerk and "数据文件旁" in row[6]
    assert "此后有修改" in page.newest.text() and "未设" in page.second.text()
    assert page.holds.text().endswith(" 1")


def test_one_is_made_at_once_and_stands_first(qtbot: QtBot, page: BackupsPage) -> None:
    page.make.click()
    settled(qtbot, page.desk)
    assert [row[1:3] for row in shown(page)] == [["手动备份", "2"], ["关闭时", "1"]]
    assert "核对无误" in page.banner.text.text() and "此后没有修改" in page.newest.text()


def test_without_one_the_page_says_when_they_are_made(qtbot: QtBot, page: BackupsPage) -> None:
    for one in Place(folder(page.desk.office.db.path)).backups():
        one.path.unlink()
    page.refresh()
    settled(qtbot, page.desk)
    assert page.empty.isVisible() and not page.restore.isVisible()
    page.empty.action.click()
    settled(qtbot, page.desk)
    assert not page.empty.isVisible() and len(shown(page)) == 1


def test_a_backup_is_checked_wholly(qtbot: QtBot, page: BackupsPage) -> None:
    page.check.click()
    settled(qtbot, page.desk)
    assert "备份完好" in page.banner.text.text()
    one = page.current()
    assert one
    with closing(open_file(one.path)) as db, db.atomic():
        db.run("UPDATE disputes SET applicant = '王五'")
    page.check.click()
    settled(qtbot, page.desk)
    assert "不完好" in page.banner.text.text()
    damage_index(one.path)


def test_a_second_place_is_chosen_and_shown(
    qtbot: QtBot, page: BackupsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (usb := tmp_path / "usb").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(usb))
    page.choose_second.click()
    settled(qtbot, page.desk)
    assert len(list(usb.rglob("*.db"))) == 1 and str(usb) in page.second.text()
    assert shown(page)[0][6] == "数据文件旁、第二位置"
    usb.rename(tmp_path / "pulled out")
    page.make.click()
    settled(qtbot, page.desk)
    assert str(usb) in page.banner.text.text() and "现在不在" in page.second.text()


def test_what_cannot_be_made_is_told(qtbot: QtBot, page: BackupsPage) -> None:
    place = folder(page.desk.office.db.path)
    place.rename(place.with_name("elsewhere"))
    place.write_text("in the way")
    page.back_up()
    settled(qtbot, page.desk)
    assert str(place) in page.banner.text.text()


# in the window


@pytest.fixture(**IN_THE_WORKER)
def shell(request: pytest.FixtureRequest, qapp: QApplication, path: Path) -> Iterator[Shell]:
    result = Shell(qapp, State(path.with_name("state.json")), Crashes(), lang="zh_CN", instant=request.param)
    result.open(path)
    yield result
    result.end()


def desk_of(shell: Shell) -> Desk:
    assert shell.desk
    return shell.desk


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def asked(shell: Shell, qtbot: QtBot) -> RestoreDialog:
    """The question whether to go back to the oldest backup."""
    settled(qtbot, desk_of(shell))
    window = window_of(shell)
    window.show_backups()
    settled(qtbot, desk_of(shell))
    page = window.current
    assert isinstance(page, BackupsPage)
    page.list.selectRow(page.list.model().rowCount() - 1)
    page.ask_restore()
    settled(qtbot, desk_of(shell))
    (dialog,) = window.findChildren(RestoreDialog)
    return dialog


def test_the_file_is_taken_back_and_opened_anew(shell: Shell, qtbot: QtBot, path: Path) -> None:
    dialog = asked(shell, qtbot)
    assert "1 次修改" in dialog.lost.text() and dialog.go.isEnabled()
    before = desk_of(shell)
    with qtbot.waitSignal(dialog.ready):
        dialog.go.click()
    qtbot.waitUntil(lambda: desk_of(shell) is not before)
    settled(qtbot, desk_of(shell))
    assert records.count(desk_of(shell).reader, Query(DISPUTES)) == 1
    page = window_of(shell).current
    assert isinstance(page, BackupsPage)
    settled(qtbot, desk_of(shell))
    assert [row[1] for row in shown(page)] == ["恢复前", "关闭时"]
    dialog = asked(shell, qtbot)
    assert "没有任何修改" not in dialog.lost.text()
    dialog.reject()


def test_a_backup_from_when_there_was_a_password_is_asked_for_it(
    shell: Shell, qtbot: QtBot, path: Path
) -> None:
    settled(qtbot, desk_of(shell))
    shell.close_file(backed_up=True)
    (backup,) = folder(path).glob("*-close.db")
    cipher.recode(backup, None, keys.fresh("从前的密码"))
    shell.open(path)
    settled(qtbot, desk_of(shell))
    window = window_of(shell)
    window.show_backups()
    settled(qtbot, desk_of(shell))
    page = window.current
    assert isinstance(page, BackupsPage) and "密码不同" in page.holds.text()
    for act in (page.check_one, page.ask_restore):
        act()
        (question,) = (one for one in window.findChildren(UnlockDialog) if one.isVisible())
        question.form.line.line.setText("从前的密码")
        question.form.give()
        qtbot.waitUntil(lambda asks=question: not isValid(asks) or not asks.isVisible())
        settled(qtbot, desk_of(shell))
        assert "完好" in page.banner.text.text()
    (dialog,) = window.findChildren(RestoreDialog)
    assert "1 次修改" in dialog.lost.text() and "1" in dialog.holds.text()
    before = desk_of(shell)
    with qtbot.waitSignal(dialog.ready):
        dialog.go.click()
    qtbot.waitUntil(lambda: shell.desk is not None and shell.desk is not before)
    settled(qtbot, desk_of(shell))
    assert records.count(desk_of(shell).reader, Query(DISPUTES)) == 1 and not keys.is_encrypted(path)


def test_the_question_is_read_whole_and_enter_pressed_on_changes_nothing(shell: Shell, qtbot: QtBot) -> None:
    settled(qtbot, desk_of(shell))
    window = window_of(shell)
    window.activateWindow()
    window.show_backups()
    settled(qtbot, desk_of(shell))
    page = window.current
    assert isinstance(page, BackupsPage) and QApplication.focusWidget() is page.list
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    settled(qtbot, desk_of(shell))
    (dialog,) = window.findChildren(RestoreDialog)
    assert dialog.go.isEnabled() and not dialog.step.text()
    for label in (dialog.lost, dialog.holds):
        assert label.height() >= label.heightForWidth(label.width())
    held_by = dialog.focusWidget()
    assert held_by is dialog.close_button
    QTest.keyClick(held_by, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    settled(qtbot, desk_of(shell))
    assert records.count(desk_of(shell).reader, Query(DISPUTES)) == 2


def test_one_backup_is_chosen_after_another_was_made_by_its_key(
    shell: Shell, qtbot: QtBot, path: Path
) -> None:
    settled(qtbot, desk_of(shell))
    window = window_of(shell)
    window.activateWindow()
    window.show_backups()
    settled(qtbot, desk_of(shell))
    page = window.current
    assert isinstance(page, BackupsPage)
    QTest.keyClick(
        page.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    settled(qtbot, desk_of(shell))
    assert page.list.model().rowCount() == 2
    assert [index.row() for index in page.list.selectionModel().selectedRows()] == [
        page.list.currentIndex().row()
    ]


def test_going_back_changes_nothing(shell: Shell, qtbot: QtBot, path: Path) -> None:
    dialog = asked(shell, qtbot)
    dialog.reject()
    assert records.count(desk_of(shell).reader, Query(DISPUTES)) == 2
    assert len(Place(folder(path)).backups()) == 1


def test_what_frozen_figures_count_is_asked_for(
    shell: Shell, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(shell)
    settled(qtbot, desk)
    freezing.freeze(desk.office, Period.year(2020), "年报")
    asking: list[UserError] = []
    monkeypatch.setattr(Desk, "ask_reason", lambda _desk, error: asking.append(error) or "重新封账")
    dialog = asked(shell, qtbot)
    with qtbot.waitSignal(dialog.ready):
        dialog.go.click()
    qtbot.waitUntil(lambda: desk_of(shell) is not desk)
    settled(qtbot, desk_of(shell))
    assert len(asking) == 1 and held(path) == 1


def test_the_first_change_of_a_day_is_backed_up_before(shell: Shell, qtbot: QtBot, path: Path) -> None:
    settled(qtbot, desk_of(shell))
    shell.close_file()
    for one in Place(folder(path)).backups():
        one.path.unlink()
    shell.open(path)
    desk = desk_of(shell)
    desk.run(lambda office, _p: case(office, "3号"), lambda _uid: None)
    settled(qtbot, desk)
    (made,) = Place(folder(path)).backups()
    assert made.why == "day" and made.made.date() == date.today() and held(made.path) == 2


def test_closing_backs_up_what_has_changed(shell: Shell, qtbot: QtBot, path: Path) -> None:
    settled(qtbot, desk_of(shell))
    window_of(shell).close()
    assert shell.desk is None
    assert [(one.why, held(one.path)) for one in Place(folder(path)).backups()] == [
        ("close", 2),
        ("close", 1),
    ]
    shell.open(path)
    settled(qtbot, desk_of(shell))
    window_of(shell).close()
    assert len(Place(folder(path)).backups()) == 2, "though nothing has changed"


def test_a_backup_that_fails_stops_no_work_and_is_told_above_the_pages(
    shell: Shell, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(path)
    settled(qtbot, desk_of(shell))
    shell.close_file()
    place.rename(place.with_name("elsewhere"))
    place.write_text("in the way")
    shell.open(path)
    desk = desk_of(shell)
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    desk.run(lambda office, _p: case(office, "3号"), lambda _uid: None)
    settled(qtbot, desk)
    notice = window_of(shell).notice
    assert notice.isVisibleTo(window_of(shell)) and "备份没有成功" in notice.text.text()
    assert records.count(desk.reader, Query(DISPUTES)) == 3
    window_of(shell).close()
    assert shell.desk is None and len(told) == 1 and str(place) in told[0]


def test_closing_can_go_without_a_backup(
    qapp: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(qapp, State(path.with_name("state.json")), Crashes(), lang="zh_CN")
    shell.open(path)

    def endless(_db: object, progress: Progress) -> None:
        while True:
            progress.report(0, None)
            time.sleep(0.01)

    said: list[str] = []

    def give_up() -> None:
        for one in qapp.topLevelWidgets():
            if isinstance(one, ProgressDialog) and one.isVisible():
                said.append(one.cancel.text())
                one.cancel.click()
                asking.stop()

    monkeypatch.setattr(keeping, "on_closing", endless)
    asking = QTimer(interval=50)
    asking.timeout.connect(give_up)
    asking.start()
    window_of(shell).close()
    assert said == ["不备份，直接关闭"]
    assert shell.desk is None and len(Place(folder(path)).backups()) == 1
    shell.end()


def test_the_keys_of_the_menu(shell: Shell, qtbot: QtBot, path: Path) -> None:
    window = window_of(shell)
    settled(qtbot, desk_of(shell))
    with qtbot.waitActive(window):
        window.activateWindow()
    held_keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_S, held_keys)
    settled(qtbot, desk_of(shell))
    page = window.current
    assert isinstance(page, BackupsPage)
    settled(qtbot, desk_of(shell))
    assert [row[1] for row in shown(page)] == ["手动备份", "关闭时"]


def many(office: Office, n: int) -> None:
    made = make(office.db, "asked", new=True)
    for k in range(n):
        (made.path.with_name(f"20200101-{k:06d}-day.db")).hardlink_to(made.path)


def test_fifty_backups_are_opened_once(page: BackupsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    office = page.desk.office
    many(office, 50)
    looked: list[Path] = []
    look = backups.look
    monkeypatch.setattr(backups, "look", lambda path, key: looked.append(path) or look(path, key))
    for _time in range(2):
        standing = backup_text.read(office, Progress())
    assert len(standing.lines) == 52 and len(looked) == 50


def test_a_damaged_copy_does_not_hide_the_good_one_of_the_second_place(path: Path, tmp_path: Path) -> None:
    (tmp_path / "U盘").mkdir()
    with closing(open_office(path, WHO)) as office:
        save_settings(office, {"backup_second": str(tmp_path / "U盘")})
        made = make(office.db, "asked")
        made.path.write_bytes(b"\xff" * made.size)
        standing = backup_text.read(office, Progress())
        line = standing.lines[0]
        assert [one.second for one in line.copies] == [False, True] and line.backup == line.copies[1]
        assert "2" in backup_text.holds(line.backup, office.catalogue) and backup_text.row(line)[2] == 2
        assert backup_text.places(line) == "数据文件旁（无法打开）、第二位置"
