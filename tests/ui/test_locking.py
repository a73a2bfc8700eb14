"""Locking from wherever the clerk is, and what was typed a moment before."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.office import WHO, new_office
from tests.ui.form_tools import DISPUTE
from tests.ui.shells import by_worker, shell_with
from tests.ui.test_passwords import FIRST, give
from tracker.app import Shell
from tracker.db import drafts, holding, keys
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, keeping, passwords, restoring
from tracker.operations.office import open_office
from tracker.ui import opening
from tracker.ui.boxes import message_box
from tracker.ui.crash import Crashes
from tracker.ui.history_dialog import HistoryDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.merge_dialog import MergeDialog
from tracker.ui.progress import SHOW_AFTER_MS, ProgressDialog
from tracker.ui.record_form import RecordForm
from tracker.ui.restore_dialog import RestoreDialog
from tracker.ui.start_page import StartPage
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

T = TypeVar("T")
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


class Gate:
    """Holds work up until a test has done what it does meanwhile."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def hold(self, work: Callable[..., T]) -> Callable[..., T]:
        def held(*args: object, **named: object) -> T:
            self.reached.set()
            assert self.opened.wait(60)
            return work(*args, **named)

        return held


def windows_shown() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def only_locked(shell: Shell) -> bool:
    """Whether nothing stands there but the page that asks for the password."""
    return shell.guard.locked is not None and windows_shown() == [shell.guard.locked.page]


def let_go(gate: Gate, shell: Shell, qtbot: QtBot) -> None:
    """The work ends, with the window locked, and what comes of it is given time to come."""
    gate.opened.set()
    qtbot.waitUntil(lambda: is_closed(shell))
    over = shell.window.findChildren(Tasks) if shell.window else []
    qtbot.waitUntil(lambda: not any(tasks.is_busy() for tasks in over))
    QTest.qWait(50)


@pytest.fixture
def restoring_held(shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A backup without the newest record is being restored, and the window locked meanwhile."""
    assert shell.desk
    desk, gate = shell.desk, Gate()
    backup = by_worker(desk, lambda office: backups.of(office.db)[0])
    by_worker(desk, lambda office: editing.save(office, DISPUTES, {**DISPUTE, "case_no": "第2号"}))
    monkeypatch.setattr(restoring, "prepare", gate.hold(restoring.prepare))
    window_of(shell)._restore(backup, desk.office.key)
    (dialog,) = window_of(shell).findChildren(RestoreDialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.start()
    qtbot.waitUntil(gate.reached.is_set)
    QTest.keyClick(front_of(dialog), F12)
    assert only_locked(shell)
    return gate


def records_of(shell: Shell) -> int:
    assert shell.desk
    return int(shell.desk.reader.rows("SELECT count(*) FROM disputes")[0][0])


def test_a_restored_file_is_seen_only_by_who_unlocks_the_window(
    shell: Shell, restoring_held: Gate, qtbot: QtBot
) -> None:
    let_go(restoring_held, shell, qtbot)
    assert only_locked(shell)
    before = window_of(shell)
    back(shell, qtbot)
    qtbot.waitUntil(lambda: shell.desk is not None and shell.window is not before)
    assert windows_shown() == [shell.window] and records_of(shell) == 1
    shell.guard.lock()
    back(shell, qtbot)


def test_a_file_that_is_closed_locked_is_not_restored(
    shell: Shell, path: Path, restoring_held: Gate, qtbot: QtBot
) -> None:
    let_go(restoring_held, shell, qtbot)
    close_locked(shell)
    assert isinstance(shell.window, StartPage) and windows_shown() == [shell.window]
    assert not [*path.parent.glob(".*.part")]
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert office.db.rows("SELECT count(*) FROM disputes") == [(2,)]


def close_locked(shell: Shell) -> None:
    assert shell.guard.locked
    button = shell.guard.locked.page.form.back
    button.click()
    if shell.guard.locked:
        button.click()
    assert shell.guard.locked is None and not holds_a_file(shell)


@pytest.fixture
def other(path: Path, tmp_path: Path) -> Path:
    return shutil.copytree(path.parent, tmp_path / "other") / path.name


@pytest.fixture
def opening_held(shell: Shell, other: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Another file is being opened, and the window locked meanwhile."""
    qtbot.waitUntil(lambda: shell.desk is not None and not shell.desk.tasks.is_busy())
    gate = Gate()
    monkeypatch.setattr(opening, "open_as_set", gate.hold(opening.open_as_set))
    monkeypatch.setattr(opening.opening, "takes_long", lambda *_: True)
    shell.open(other, keys.raw(other, FIRST))
    qtbot.waitUntil(gate.reached.is_set)
    shell.guard.lock()
    assert only_locked(shell)
    return gate


def test_another_file_comes_to_the_front_once_the_window_is_unlocked(
    shell: Shell, other: Path, opening_held: Gate, qtbot: QtBot
) -> None:
    QTest.qWait(2 * SHOW_AFTER_MS)
    assert only_locked(shell), "how far the opening is"
    opening_held.opened.set()
    qtbot.waitUntil(lambda: is_closed(shell))
    qtbot.waitUntil(lambda: holding.holder(other) is not None)
    QTest.qWait(50)
    assert only_locked(shell)
    back(shell, qtbot)
    qtbot.waitUntil(lambda: shell.desk is not None and shell.desk.office.db.path == other)
    assert [one for one in windows_shown() if isinstance(one, MainWindow)] == [shell.window]
    shell.guard.lock()
    back(shell, qtbot)


@pytest.mark.parametrize("ended", (True, False), ids=("ready", "at work"))
def test_another_file_is_not_opened_by_who_closes_the_locked_one(
    ended: bool, shell: Shell, path: Path, other: Path, opening_held: Gate, qtbot: QtBot
) -> None:
    if ended:
        let_go(opening_held, shell, qtbot)
        assert only_locked(shell)
    else:
        qtbot.waitUntil(lambda: is_closed(shell))
        threading.Timer(0.2, opening_held.opened.set).start()
    close_locked(shell)
    QTest.qWait(50)
    assert isinstance(shell.window, StartPage) and windows_shown() == [shell.window]
    assert holding.holder(path) is None and holding.holder(other) is None


def test_what_is_told_while_it_is_locked_is_read_after(shell: Shell, qtbot: QtBot) -> None:
    window = window_of(shell)
    shell.guard.lock()
    window.tell_problem("王小明的记录没有保存")
    message_box(window, "问", "王小明的记录删除吗？").exec()
    qtbot.waitUntil(lambda: only_locked(shell))
    back(shell, qtbot)
    (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    assert "没有保存" in box.text()
    box.accept()


def test_a_file_that_is_being_closed_is_not_locked(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, desk = Gate(), shell.desk
    assert desk
    by_worker(desk, lambda office: editing.save(office, DISPUTES, {**DISPUTE, "case_no": "第2号"}))
    monkeypatch.setattr(keeping, "on_closing", gate.hold(keeping.on_closing))
    seen: list[bool] = []

    def press() -> None:
        (dialog,) = (one for one in windows_shown() if isinstance(one, ProgressDialog))
        QTest.keyClick(front_of(dialog), F12)
        seen.append(shell.guard.locked is None)
        gate.opened.set()

    QTimer.singleShot(3 * SHOW_AFTER_MS, press)
    assert window_of(shell).close()
    assert seen == [True] and not holds_a_file(shell) and not windows_shown()


def test_nothing_is_locked_while_it_is_told_that_its_file_is_closed_without_a_backup(
    shell: Shell, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Behind that box the window could be used again, but there is nothing to come back to."""
    told: list[str] = []

    def pressed(box: QMessageBox) -> int:
        told.append(box.text())
        shell.guard.lock()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", pressed)
    by_worker(
        window_of(shell).desk, lambda office: editing.save(office, DISPUTES, {**DISPUTE, "case_no": "9"})
    )
    shutil.rmtree(backups.folder(path))
    backups.folder(path).write_text("a file where the folder should be", encoding="utf-8")
    shell.close_file()
    assert len(told) == 1 and shell.guard.locked is None and shell.desk is None
    backups.folder(path).unlink()


def test_a_damaged_file_that_is_gone_can_be_closed_locked(
    shell: Shell, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """A stick that fails, and is pulled out."""
    qtbot.waitUntil(lambda: not window_of(shell).desk.tasks.is_busy())
    shell.guard.lock()
    locked = shell.guard.locked
    assert locked
    qtbot.waitUntil(lambda: window_of(shell).desk.office.key is None)
    window_of(shell).desk.office.db.damaged = True
    path.parent.rename(tmp_path / "away")
    for _twice in range(2):  # the first time it asks
        locked.page.close_wanted.emit(False)
    assert isinstance(shell.window, StartPage) and shell.desk is None and shell.guard.locked is None
