"""A backup opened as if it were a data file: it is read only, and becomes of use in one of two ways."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.office import WHO, new_office
from tests.ui.shells import shell_with
from tests.unit.test_backups import case, held
from tracker.app import Shell
from tracker.db import keys
from tracker.db.records import Query, count
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backup_files, passwords, second_place
from tracker.operations.backups import folder, make
from tracker.ui.crash import Crashes
from tracker.ui.main_window import MainWindow
from tracker.ui.restore_dialog import RestoreDialog
from tracker.ui.unlock import UnlockDialog

PASSWORD = "紫色螃蟹下午修冰箱"


@pytest.fixture(**IN_THE_WORKER)
def shell(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    with shell_with(qapp, tmp_path / "state", Crashes(), instant=request.param) as result:
        yield result


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two cases, and a backup from when it had one."""
    path = tmp_path / "怀柔.db"
    with closing(new_office(path, WHO)) as office:
        case(office, "1号")
        make(office.db, "close")
        case(office, "2号")
    return path


def backup_of(path: Path) -> Path:
    (found,) = folder(path).glob("*-close.db")
    return found


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def settled(qtbot: QtBot, shell: Shell) -> None:
    qtbot.waitUntil(lambda: shell.desk is not None and not shell.desk.tasks.is_busy())
    QApplication.processEvents()


def asked(shell: Shell) -> QMessageBox:
    (box,) = (one for one in window_of(shell).findChildren(QMessageBox) if one.isVisible())
    return box


def button(box: QMessageBox, text: str) -> QAbstractButton:
    return next(one for one in box.buttons() if text in one.text())


def test_it_is_only_read_and_not_what_is_opened_the_next_time(shell: Shell, qtbot: QtBot, path: Path) -> None:
    shell.open(path)
    settled(qtbot, shell)
    backup = backup_of(path)
    content, there = backup.read_bytes(), sorted(backup.parent.iterdir())
    shell.open(backup)
    settled(qtbot, shell)
    window = window_of(shell)
    assert shell.desk and shell.desk.office.db.path == backup and shell.desk.readonly
    assert "怀柔.db" in window.banner.text.text() and "的备份（关闭时）" in window.banner.text.text()
    assert not window.actions_by_key["new_record"].isEnabled()
    window.back_up()  # which nobody needs of a backup
    settled(qtbot, shell)
    assert not folder(backup).exists() and window.banner.property("flash")
    assert shell.state.get("last_file") == str(path) and str(backup) not in str(shell.state.get("recent"))
    shell.close_file()
    left = [one for one in sorted(backup.parent.iterdir()) if one not in there]
    assert backup.read_bytes() == content and [one for one in left if one.name.startswith(backup.name)] == []


def test_it_is_restored_into_its_data_file(shell: Shell, qtbot: QtBot, path: Path) -> None:
    shell.open(backup_of(path))
    settled(qtbot, shell)
    window_of(shell).banner.action.click()
    box = asked(shell)
    assert button(box, "恢复到 怀柔.db") is box.defaultButton()
    button(box, "恢复到").click()
    settled(qtbot, shell)
    qtbot.waitUntil(lambda: bool(window_of(shell).findChildren(RestoreDialog)))
    settled(qtbot, shell)
    assert shell.desk and shell.desk.office.db.path == path and not shell.desk.readonly
    (dialog,) = window_of(shell).findChildren(RestoreDialog)
    assert "1 次修改" in dialog.lost.text()
    with qtbot.waitSignal(dialog.ready):
        dialog.go.click()
    settled(qtbot, shell)
    qtbot.waitUntil(lambda: held(path) == 1)


def test_after_the_computer_broke_it_becomes_a_data_file(
    shell: Shell, qtbot: QtBot, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usb = second_place.folder(tmp_path / "usb", path)
    shutil.copytree(folder(path), usb)
    backup = usb / backup_of(path).name
    passwords.change(path, None, PASSWORD, WHO)
    backup.write_bytes(backup_of(path).read_bytes())
    assert keys.is_encrypted(backup)
    path.unlink()
    new = tmp_path / "new computer" / "怀柔"
    new.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(new), ""))
    shell.open(backup)
    assert shell.window
    (question,) = (one for one in shell.window.findChildren(UnlockDialog) if one.isVisible())
    question.form.line.line.setText(PASSWORD)
    question.form.give()
    settled(qtbot, shell)
    QTest.keyClick(window_of(shell).banner.action, Qt.Key.Key_Return)
    box = asked(shell)
    assert f"这是 {path.name} 在" in box.text()
    assert [one.text() for one in box.buttons() if "恢复到" in one.text()] == []
    button(box, "另存为数据文件").click()
    made = new.with_suffix(".db")
    qtbot.waitUntil(lambda: shell.desk is not None and shell.desk.office.db.path == made)
    settled(qtbot, shell)
    assert shell.desk and not shell.desk.readonly and shell.state.get("last_file") == str(made)
    assert keys.is_encrypted(made) and count(shell.desk.reader, Query(DISPUTES)) == 1


def test_what_cannot_be_read_can_still_be_asked_about(shell: Shell, path: Path, tmp_path: Path) -> None:
    usb = tmp_path / "usb" / folder(path).name
    usb.mkdir(parents=True)
    (bad := usb / "20200101-120000-day.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    shell.open(bad)
    assert shell.desk is None and shell.window
    (box,) = (one for one in shell.window.findChildren(QMessageBox) if one.isVisible())
    assert "2020-01-01 12:00" in box.text() and str(bad) in box.informativeText()
    box.reject()


@pytest.mark.parametrize(
    "name",
    [
        "cases.db",
        "x.backups/20200101-120000-day.db-wal",
        "x.backups/cases.db",
        ".backups/20200101-120000-day.db",
        "x/20200101-120000-day.db",
    ],
)
def test_what_is_no_backup(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    assert backup_files.of(path) is None
