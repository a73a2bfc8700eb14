"""Locking from wherever the clerk is, and what was typed a moment before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.office import WHO, new_office
from tests.ui.form_tools import DISPUTE
from tests.ui.shells import shell_with
from tests.ui.test_passwords import FIRST, give
from tracker.app import Shell
from tracker.db import drafts, keys
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, passwords
from tracker.operations.office import open_office
from tracker.ui.boxes import message_box
from tracker.ui.crash import Crashes
from tracker.ui.history_dialog import HistoryDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.merge_dialog import MergeDialog
from tracker.ui.record_form import RecordForm
from tracker.ui.trail import Place

F12 = Qt.Key.Key_F12


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a password, one record and a backup of a moment ago."""
    path = tmp_path_factory.mktemp("sealed") / "怀柔.db"
    with closing(new_office(path, WHO)) as office:
        editing.save(office, DISPUTES, DISPUTE)
    made = passwords.change(path, None, FIRST, WHO)
    with closing(open_office(path, WHO, key=made.key)) as office:
        backups.make(office.db, "asked")
    return path


@pytest.fixture
def path(sealed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sealed.parent, tmp_path / "file") / sealed.name


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """The program as it runs, with that file open and its list in front."""
    monkeypatch.setenv("CASE_TRACKER_CLERK", WHO.clerk)
    with shell_with(qapp, tmp_path / "state", Crashes()) as result:
        result.open(path, keys.raw(path, FIRST))
        window_of(result).go(Place(DISPUTES.name))
        yield result
        if locked := result.guard.locked:  # in a test that failed
            locked.page.hide()
            locked.closed.emit(False)


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def form_of(shell: Shell) -> RecordForm:
    page = window_of(shell).current
    assert isinstance(page, LedgerPage)
    page.new_record()
    return page.form


def is_closed(shell: Shell) -> bool:
    return shell.desk is not None and shell.desk.office.key is None


def holds_a_file(shell: Shell) -> bool:
    return shell.desk is not None


def back(shell: Shell, qtbot: QtBot) -> None:
    """Closed by the lock, and open again by the password."""
    qtbot.waitUntil(lambda: is_closed(shell))
    assert shell.guard.locked
    give(shell.guard.locked.page.form.line, FIRST)
    qtbot.waitUntil(lambda: shell.guard.locked is None)
    qtbot.waitUntil(lambda: shell.desk is not None and not shell.desk.tasks.is_busy())


def merging(shell: Shell) -> QDialog:
    assert shell.desk
    return MergeDialog(shell.desk, shell.desk.office.db.path.with_name("other.db"), shell.window)


def history(shell: Shell) -> QDialog:
    assert shell.desk
    uid = str(shell.desk.reader.rows("SELECT uid FROM disputes")[0][0])
    return HistoryDialog(shell.desk, DISPUTES, uid, "1号", shell.window)


def question(shell: Shell) -> QDialog:
    return message_box(shell.window, "问", "删除吗？")


@pytest.mark.parametrize("make", (merging, history, question))
def test_the_key_locks_once_whatever_dialog_is_in_front(
    make: Callable[[Shell], QDialog], shell: Shell, path: Path, qtbot: QtBot
) -> None:
    shutil.copy(path, path.with_name("other.db"))
    dialog = make(shell)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    locks: list[None] = []
    window_of(shell).lock_wanted.connect(lambda: locks.append(None))
    QTest.keyClick(front_of(dialog), F12)
    assert shell.guard.locked and not dialog.isVisible() and not window_of(shell).isVisible()
    back(shell, qtbot)
    assert dialog.isVisible() != isinstance(dialog, QMessageBox), "whoever asked waits for the answer"
    assert locks == [None]
    if dialog.isVisible():
        dialog.reject()
    window_of(shell).activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shell.window)
    QTest.keyClick(front_of(window_of(shell)), F12)
    back(shell, qtbot)
    assert locks == [None, None]


def front_of(window: QWidget) -> QWidget:
    return window.focusWidget() or window


def test_what_was_typed_a_moment_before_is_kept_before_the_file_is_closed(
    shell: Shell, path: Path, qtbot: QtBot
) -> None:
    """Though the window is closed locked, or killed while it is."""
    form = form_of(shell)
    assert shell.desk
    who = shell.desk.office.who
    for key in ("applicant", "respondent"):
        form.body.cells[key].editor.restore((True, "王小明"))
        form.body.cells[key].editor.edited.emit()
    QTest.keyClick(front_of(window_of(shell)), F12)
    qtbot.waitUntil(lambda: is_closed(shell))
    killed = shutil.copy(path, path.with_name("killed.db"))
    assert shell.guard.locked
    page = shell.guard.locked.page
    for _time in range(2):
        page.form.back.click()
    assert not holds_a_file(shell)
    for each in (killed, path):
        with closing(open_office(each, WHO, key=FIRST)) as office:
            (left,) = drafts.left(office.db, who)
        assert left.content["applicant"] == [True, "王小明"] and left.ledger == DISPUTES.name


def test_a_draft_of_a_locked_window_is_gone_once_it_is_saved(shell: Shell, qtbot: QtBot) -> None:
    form = form_of(shell)
    assert shell.desk
    desk = shell.desk
    for key, value in DISPUTE.items():
        form.body.cells[key].editor.set_value("第2号" if key == "case_no" else value)
        form.body.cells[key].editor.edited.emit()
    shell.guard.lock()
    back(shell, qtbot)
    assert len(drafts.left(desk.reader, desk.office.who)) == 1
    form.save()
    qtbot.waitUntil(lambda: not form.has_unsaved() and not desk.tasks.is_busy())
    assert drafts.left(desk.reader, desk.office.who) == []
