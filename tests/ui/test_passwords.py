"""Passwords in the window: opening by one, setting, changing, removing it, the recovery key, and the locked window."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from tests.office import WHO, new_office
from tests.ui.shells import shell_with
from tracker.app import Shell
from tracker.db import cipher, holding, keys
from tracker.errors import FileProblem
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, opening, passwords
from tracker.operations.backups import folder
from tracker.operations.office import open_office
from tracker.operations.setup import change_settings
from tracker.operations.verifying import verify
from tracker.ui import tries, widgets
from tracker.ui.boxes import message_box
from tracker.ui.cover import WorkingPage
from tracker.ui.crash import Crashes
from tracker.ui.idle import IdleWatch
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.opened_copies import OpenedCopies
from tracker.ui.password_dialog import PasswordDialog
from tracker.ui.password_line import PasswordLine
from tracker.ui.print_preview import PrintPreview
from tracker.ui.recovery_dialog import RecoveryDialog
from tracker.ui.start_page import StartPage
from tracker.ui.state import State
from tracker.ui.trail import Place
from tracker.ui.tries import Tries, pause
from tracker.ui.unlock import LockPage, UnlockDialog

FIRST, SECOND = "紫色螃蟹下午修冰箱", "K7$mvq2!xTq9P"
CASE = {"case_no": "1", "applied_on": "2020-03-02", "applicant": "欧阳无名", "respondent": "某公司"}
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    result = Shell(qapp, State(tmp_path / "state" / "window.json"), Crashes(), lang="zh_CN", instant=True)
    yield result
    if locked := result.guard.locked:  # in a test that failed: the file cannot be backed up without its key
        locked.page.hide()
        locked.closed.emit(False)
    result.end()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = made(tmp_path_factory.mktemp("sealed"))
    passwords.change(path, None, FIRST, WHO)
    return path


@pytest.fixture
def path(sealed: Path, tmp_path: Path) -> Path:
    shutil.copytree(sealed.parent, tmp_path, dirs_exist_ok=True)  # with its backups
    return tmp_path / sealed.name


def made(folder: Path) -> Path:
    path = folder / "怀柔.db"
    with closing(new_office(path, WHO)) as office:
        change_settings(office, {"office": "怀柔仲裁院"})
        editing.save(office, DISPUTES, CASE)
    return path


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def over(shell: Shell, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is open over the window in front."""
    assert shell.window
    found = [one for one in shell.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def asked(shell: Shell) -> UnlockDialog:
    found = over(shell, UnlockDialog)
    assert isinstance(found, UnlockDialog)
    return found


def give(line: PasswordLine, text: str) -> None:
    line.line.setText(text)
    QTest.keyClick(line.line, Qt.Key.Key_Return)


def unlocked(shell: Shell, path: Path) -> MainWindow:
    """The window of a file that has a password."""
    shell.open(path)
    give(asked(shell).form.line, FIRST)
    return window_of(shell)


# opening


def test_a_file_with_a_password_asks_for_it(shell: Shell, path: Path) -> None:
    shell.begin(path)
    assert isinstance(shell.window, StartPage) and shell.desk is None
    dialog = asked(shell)
    heading = dialog.form.findChild(widgets.Heading)
    assert heading and "怀柔.db" in heading.text() and not dialog.form.go_on.isEnabled()
    give(dialog.form.line, FIRST)
    window = window_of(shell)
    assert window.windowTitle() == "怀柔仲裁院 — 怀柔.db" and shell.desk and shell.desk.office.key
    assert FIRST not in repr(vars(shell.desk.office)) + repr(vars(shell.desk.office.db)), (
        "it need not be remembered"
    )


def test_a_wrong_one_is_said_and_waited_for_longer_each_time(
    shell: Shell, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setitem(tries._AT, path, Tries(clock))
    before = path.read_bytes()
    shell.begin(path)
    dialog = asked(shell)
    for seconds in (1, 2, 4):
        give(dialog.form.line, SECOND)
        assert dialog.form.problem.text() == f"密码不对。\n请在 {seconds} 秒后再试。"
        give(dialog.form.line, FIRST)
        assert isinstance(shell.window, StartPage), "not even the right one is looked at before"
        clock.now += seconds - 0.5
        dialog.form._count()
        assert dialog.form.problem.text().endswith("请在 1 秒后再试。") and not dialog.form.go_on.isEnabled()
        clock.now += 0.5
        dialog.form._count()
        assert dialog.form.problem.text() == "密码不对。" and dialog.form.go_on.isEnabled()
    give(dialog.form.line, SECOND)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and isinstance(shell.window, StartPage)
    shell.open(path)
    dialog = asked(shell)
    assert dialog.form.problem.text() == "请在 8 秒后再试。", "who comes back goes on waiting"
    clock.now += 8
    dialog.form._count()
    assert path.read_bytes() == before
    give(dialog.form.line, FIRST)
    assert window_of(shell)


def test_the_pause_grows_to_half_a_minute() -> None:
    assert [pause(n) for n in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_the_recovery_key_opens_and_its_typo_is_placed(
    shell: Shell, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery = list(passwords.change(plain, None, FIRST, WHO).recovery)
    monkeypatch.setitem(tries._AT, plain, Tries(lambda: 0.0))
    shell.begin(plain)
    dialog = asked(shell)
    wrong = recovery[2][:-1] + ("1" if recovery[2][-1] != "1" else "2")
    dialog.form.line.line.setText(" ".join([*recovery[:2], wrong, *recovery[3:]]))
    dialog.form.give()
    assert "第 3 组" in dialog.form.problem.text()
    tries.at(plain).was_right()
    give(dialog.form.line, " ".join(recovery).lower())
    assert window_of(shell)


def test_over_an_open_file_it_stays_open_until_the_other_is(shell: Shell, path: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.db"
    new_office(first, WHO).close()
    shell.open(first)
    shell.open(path)
    QTest.keyClick(asked(shell), Qt.Key.Key_Escape)
    assert shell.desk and shell.desk.office.db.path == first and window_of(shell).isVisible()


def test_caps_lock_and_full_width_are_hinted_at(qtbot: QtBot) -> None:
    line = PasswordLine("密码")
    qtbot.addWidget(line)
    line.show()
    QTest.keyClick(line.line, "A")
    assert line.hint.text() == "大写锁定已开启。", "a capital without Shift"
    QTest.keyClick(line.line, "b")
    assert not line.hint.text().strip()
    QTest.keyClick(line.line, "c", SHIFT)
    assert line.hint.text() == "大写锁定已开启。", "a small letter with Shift"
    QTest.keyClick(line.line, Qt.Key.Key_CapsLock)
    line.line.setText("ａｂｃ")
    assert line.hint.text() == "输入的是全角字符。"
    assert line.line.echoMode() == QLineEdit.EchoMode.Password
    line.line.setFocus()
    line.show_it.toggle()
    assert line.line.echoMode() == QLineEdit.EchoMode.Normal
    line.clear()
    assert line.line.echoMode() == QLineEdit.EchoMode.Password


# setting, changing, removing


def password_dialog(shell: Shell) -> PasswordDialog:
    window_of(shell).password()
    found = over(shell, PasswordDialog)
    assert isinstance(found, PasswordDialog)
    return found


def recovery_dialog(shell: Shell) -> RecoveryDialog:
    found = over(shell, RecoveryDialog)
    assert isinstance(found, RecoveryDialog)
    return found


def test_a_password_is_set_and_the_same_window_goes_on(shell: Shell, plain: Path) -> None:
    shell.open(plain)
    window = window_of(shell)
    dialog = password_dialog(shell)
    dialog.new.line.setText("laodongzhongcai")
    assert dialog.new.hint.text().startswith("弱：")
    dialog.new.line.setText(FIRST)
    assert dialog.new.hint.text().startswith("强：")
    dialog.new.setFocus()
    QTest.keyClick(dialog.new.line, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.again.line and not dialog.problem.text().strip()
    give(dialog.again, FIRST + "x")
    assert dialog.isVisible() and "不同" in dialog.problem.text() and not keys.is_encrypted(plain)
    give(dialog.again, FIRST)
    assert cipher.opens(plain, FIRST) and shell.window is window and not dialog.isVisible()
    shown = recovery_dialog(shell)
    assert keys.recovered(" ".join(shown._groups)) == shell.desk.office.key  # type: ignore[union-attr]
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isVisible() and "再按一次" in shown.banner.text.text()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    window.go(Place(DISPUTES.name))
    page = window.current
    assert isinstance(page, LedgerPage) and page.table.model().rowCount() == 1
    editing.save(shell.desk.office, DISPUTES, {**CASE, "case_no": "2"})  # type: ignore[union-attr]
    shell.end()
    with closing(open_office(plain, WHO, key=FIRST)) as office:
        assert office.db.rows("SELECT count(*) FROM disputes") == [(2,)] and verify(office).sound


def test_a_weak_one_is_no_obstacle_and_a_short_one_is(shell: Shell, plain: Path) -> None:
    shell.open(plain)
    dialog = password_dialog(shell)
    dialog.new.line.setText("abc")
    give(dialog.again, "abc")
    assert dialog.isVisible() and "8" in dialog.problem.text()
    dialog.new.line.setText("laodongzhongcai")
    give(dialog.again, "laodongzhongcai")
    assert cipher.opens(plain, "laodongzhongcai")


def test_a_backup_that_was_left_readable_is_encrypted_and_told(shell: Shell, path: Path) -> None:
    left = folder(path) / "20200101-120000-day.db"
    left.parent.mkdir(exist_ok=True)
    new_office(left, WHO).close()
    window = unlocked(shell, path)
    assert keys.is_encrypted(left) and "恢复密钥" in window.notice.text.text()


def test_changed_and_removed_by_who_knows_the_present_one(
    shell: Shell, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked(shell, path)
    clock = Clock()
    monkeypatch.setitem(tries._AT, path, Tries(clock))
    dialog = password_dialog(shell)
    for line, text in ((dialog.current, SECOND), (dialog.new, SECOND), (dialog.again, SECOND)):
        line.line.setText(text)
    dialog.give()
    assert dialog.isVisible() and "密码不对" in dialog.problem.text() and cipher.opens(path, FIRST)
    assert "1 秒" in dialog.problem.text()
    dialog.current.line.setText(FIRST)
    dialog.give()
    assert dialog.isVisible() and dialog.problem.text() == "请在 1 秒后再试。"
    clock.now += 0.5
    dialog.give()
    assert dialog.isVisible()
    clock.now += 0.5
    qtbot.waitUntil(lambda: not dialog.problem.text().strip())
    dialog.give()
    assert cipher.opens(path, SECOND) and not cipher.opens(path, FIRST)
    shown = recovery_dialog(shell)
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == " ".join(shown._groups)
    shown.leave.click()
    dialog = password_dialog(shell)
    dialog.remove.click()
    assert not dialog.new.isVisible()
    give(dialog.current, SECOND)
    assert not keys.is_encrypted(path) and window_of(shell).isVisible()
    told = over(shell, QMessageBox)
    assert isinstance(told, QMessageBox) and "取消" in told.text() and "怀柔.db.backups" in told.text()
    told.reject()


def test_the_sheet_can_be_printed(shell: Shell, qtbot: QtBot, plain: Path, tmp_path: Path) -> None:
    shell.open(plain)
    dialog = password_dialog(shell)
    dialog.new.line.setText(FIRST)
    give(dialog.again, FIRST)
    shown = recovery_dialog(shell)
    shown.print_button.click()
    preview = next(one for one in shown.findChildren(PrintPreview) if one.isVisible())
    assert preview.pages.count == 1 and preview.paper and preview.paper.title == "恢复密钥"
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isVisible() and "没有打印" in shown.banner.text.text(), "it was only looked at"
    shown.print_button.click()
    preview = next(one for one in shown.findChildren(PrintPreview) if one.isVisible())
    with qtbot.waitSignal(preview.written):
        preview.write(tmp_path / "密钥.pdf")
    assert not shown.banner.isVisible()
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible(), "after that it may go"


def test_a_copied_key_leaves_the_clipboard_and_what_was_copied_since_stays(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute = 20
    monkeypatch.setattr("tracker.ui.recovery_dialog.KEPT_MS", minute)
    shell.begin()
    assert shell.window
    dialog = RecoveryDialog(shell.state, "x.db", keys.printed(keys.fresh(FIRST)), (), shell.window)
    clipboard = QGuiApplication.clipboard()
    passed: list[str] = []
    for since in ("", "别的"):
        dialog.copy.click()
        QTimer.singleShot(minute, clipboard, lambda: passed.append(""))  # after the dialog's own
        assert clipboard.text() == " ".join(dialog._groups)
        if since:
            clipboard.setText(since)
        qtbot.waitUntil(lambda: bool(passed))
        assert clipboard.text() == since
        passed.clear()


def test_who_forgot_it_is_told_that_the_recovery_key_does(shell: Shell, plain: Path) -> None:
    recovery = passwords.change(plain, None, FIRST, WHO).recovery
    unlocked(shell, plain)
    dialog = password_dialog(shell)
    assert "恢复密钥" in dialog.current.hint.text()
    give(dialog.current, " ".join(recovery))
    for line in (dialog.new, dialog.again):
        give(line, SECOND)
    assert cipher.opens(plain, SECOND) and not dialog.isVisible()


@pytest.mark.parametrize("how", ["lock", "close", "another"])
def test_a_copied_key_goes_from_the_clipboard_with_the_file(
    how: str, shell: Shell, plain: Path, tmp_path: Path
) -> None:
    shell.open(plain)
    dialog = password_dialog(shell)
    dialog.new.line.setText(FIRST)
    give(dialog.again, FIRST)
    recovery_dialog(shell).copy.click()
    clipboard = QGuiApplication.clipboard()
    assert len(clipboard.text()) > 96
    recovery_dialog(shell).reject()
    if how == "lock":
        shell.guard.lock()
    elif how == "close":
        window_of(shell).close()
    else:
        new_office(tmp_path / "other.db", WHO).close()
        shell.open(tmp_path / "other.db")
    assert clipboard.text() == ""
    if shell.guard.locked:
        shell.guard.locked.unlock(FIRST)


def test_what_was_copied_of_a_file_without_a_password_stays(shell: Shell, plain: Path) -> None:
    shell.open(plain)
    QGuiApplication.clipboard().setText("案号 1")
    window_of(shell).close()
    assert QGuiApplication.clipboard().text() == "案号 1"


def test_what_cannot_be_done_leaves_the_window_as_it_was(
    shell: Shell, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.open(plain)
    monkeypatch.setattr("tracker.db.database.BUSY_SECONDS", 0.1)
    with closing(open_office(plain, WHO, readonly=True)) as other:
        other.db.rows("SELECT count(*) FROM disputes")
        dialog = password_dialog(shell)
        dialog.new.line.setText(FIRST)
        give(dialog.again, FIRST)
        told = over(shell, QMessageBox)
        assert isinstance(told, QMessageBox) and "程序" in told.text()
        told.reject()
    assert not keys.is_encrypted(plain) and shell.desk
    editing.save(shell.desk.office, DISPUTES, {**CASE, "case_no": "2"})


@pytest.fixture
def busy(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """The program as it runs, with its workers."""
    with shell_with(qapp, tmp_path / "busy", Crashes()) as result:
        yield result


def settled(shell: Shell, path: Path, qtbot: QtBot) -> MainWindow:
    shell.open(path)
    qtbot.waitUntil(lambda: shell.desk is not None and not shell.desk.tasks.is_busy())
    return window_of(shell)


def asks_for(shell: Shell, password: str) -> None:
    dialog = password_dialog(shell)
    dialog.new.line.setText(password)
    give(dialog.again, password)


@pytest.mark.logs_errors
@pytest.mark.parametrize("before", (True, False))
def test_a_defect_leaves_no_window_covered(
    busy: Shell, plain: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """Before the file has its password the window goes on; afterwards the file is closed, and can be opened."""
    told: list[BaseException] = []
    monkeypatch.setattr(busy, "report", told.append)
    busy.crashes.happened.disconnect()
    busy.crashes.happened.connect(told.append)

    def breaks(*_words: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(
        "tracker.operations.passwords._look" if before else "tracker.operations.passwords._protect", breaks
    )
    window = settled(busy, plain, qtbot)
    asks_for(busy, FIRST)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: busy.window is not None and busy.window.isVisible())
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, WorkingPage) and one.isVisible()
    ]
    if before:
        assert busy.window is window and busy.desk and not keys.is_encrypted(plain)
        editing.save(busy.desk.office, DISPUTES, {**CASE, "case_no": "2"})
        assert window.close() and busy.desk is None
    else:
        assert isinstance(busy.window, StartPage) and busy.desk is None
        assert "密码" in busy.window.banner.text.text()
        with closing(opening.to_write(plain, WHO, key=FIRST)) as office:
            assert verify(office).sound


def test_while_the_password_is_written_nothing_closes_the_file(
    busy: Shell, plain: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for what runs, without taking clicks; and is held until all is done."""
    going, found = threading.Event(), []
    change = passwords.change

    def slow(path: Path, *words: object) -> object:
        assert going.wait(30)
        found.append(holding.holder(path))
        return change(path, *words)  # type: ignore[arg-type]

    monkeypatch.setattr("tracker.ui.guard.passwords.change", slow)
    window = settled(busy, plain, qtbot)
    asks_for(busy, FIRST)
    (page,) = (
        one for one in QApplication.topLevelWidgets() if isinstance(one, WorkingPage) and one.isVisible()
    )
    assert not window.close() and busy.desk is not None
    assert not page.close() and page.isVisible() and not page.cancel.isEnabled()
    going.set()
    qtbot.waitUntil(lambda: window.isVisible())
    assert found[0] and not keys.is_encrypted(plain) and busy.desk
    assert window.close() and busy.desk is None


# locking


def locked(shell: Shell) -> LockPage:
    assert shell.guard.locked
    return shell.guard.locked.page


def test_a_locked_window_shows_nothing_and_comes_back_as_it_was(
    shell: Shell, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = unlocked(shell, path)
    desk = shell.desk
    assert desk
    window.go(Place(DISPUTES.name))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.new_record()
    form = page.form
    assert form
    line = form.body.cells["applicant"].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setText("还没保存的人")
    copy = OpenedCopies.of(desk).folder / "copy.txt"
    copy.write_text("欧阳无名", encoding="utf-8")
    box = message_box(window, "问", "欧阳无名")
    box.open()
    # Without a screen the clipboard is nobody's; here it is the program's, which copied last.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    QGuiApplication.clipboard().setText("欧阳无名")
    window.actions_by_key["lock"].trigger()
    page_shown = locked(shell)
    assert page_shown.isVisible() and not window.isVisible() and not box.isVisible()
    titles = {w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible()}
    assert titles == {"劳动维权台账"}
    assert not copy.exists() and not QGuiApplication.clipboard().text()
    assert desk.office.key is None and desk.reader.key is None
    for db in (desk.reader, desk.office.db):
        with pytest.raises(FileProblem, match="锁定"):
            db.rows("SELECT 1")
    found: list[object] = []
    desk.run(lambda office, _progress: office.db.rows("SELECT count(*) FROM disputes"), found.append)
    assert not found, "what is to be run waits"
    give(page_shown.form.line, SECOND)
    assert shell.guard.locked and "密码不对" in page_shown.form.problem.text()
    assert "怀柔" not in page_shown.form.problem.text()
    tries.at(path).was_right()
    give(page_shown.form.line, FIRST)
    assert shell.guard.locked is None and window.isVisible() and not box.isVisible()
    assert found == [[(1,)]] and line.text() == "还没保存的人" and page.has_unsaved()
    editing.save(desk.office, DISPUTES, {**CASE, "case_no": "2"})
    assert records_shown(page) >= 1
    form.body.accept()


def without_a_backup(shell: Shell, path: Path) -> MainWindow:
    """The window of a file that has changed, locked where no backup can be made."""
    window = unlocked(shell, path)
    assert shell.desk
    editing.save(shell.desk.office, DISPUTES, {**CASE, "case_no": "2"})
    shutil.rmtree(folder(path))
    folder(path).write_text("a file where the folder should be", encoding="utf-8")
    shell.guard.lock()
    folder(path).unlink()
    assert not window.notice.isVisible()
    return window


def test_a_backup_that_failed_at_locking_is_told_after_unlocking(shell: Shell, path: Path) -> None:
    window = without_a_backup(shell, path)
    give(locked(shell).form.line, FIRST)
    assert window.notice.isVisible() and "备份没有成功" in window.notice.text.text()


def test_damage_that_is_found_at_locking_is_told_in_one_place_after_unlocking(
    shell: Shell, path: Path
) -> None:
    window = unlocked(shell, path)
    assert shell.desk
    editing.save(shell.desk.office, DISPUTES, {**CASE, "case_no": "2"})
    db = shell.desk.office.db
    ((root,),) = db.rows("SELECT rootpage FROM sqlite_master WHERE name = 'petitions'")
    db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    shell.guard.lock()
    give(locked(shell).form.line, FIRST)
    assert window.banner.isVisible() and "已损坏" in window.banner.text.text()
    assert not window.notice.isVisible()


def test_a_backup_that_failed_at_locking_is_told_where_the_file_is_closed_locked(
    shell: Shell, path: Path
) -> None:
    without_a_backup(shell, path)
    locked(shell).form.back.click()
    assert isinstance(shell.window, StartPage) and "备份没有成功" in shell.window.banner.text.text()


def test_the_program_ends_while_it_is_locked(shell: Shell, path: Path) -> None:
    """As where the system logs the clerk out."""
    window = unlocked(shell, path)
    assert shell.desk
    editing.save(shell.desk.office, DISPUTES, {**CASE, "case_no": "2"})
    window.actions_by_key["lock"].trigger()
    locked(shell).hide()
    shell.end()
    assert shell.desk is None and holding.holder(path) is None


def test_an_older_copy_that_took_the_files_place_while_it_was_locked_is_refused(
    shell: Shell, path: Path
) -> None:
    older = path.read_bytes()
    window = unlocked(shell, path)
    assert shell.desk
    editing.save(shell.desk.office, DISPUTES, {**CASE, "case_no": "2"})
    window.actions_by_key["lock"].trigger()
    page = locked(shell)
    newer = path.read_bytes()
    path.write_bytes(older)
    give(page.form.line, FIRST)
    assert shell.guard.locked and "另一份" in page.note.text.text()
    assert path.read_bytes() == older
    path.write_bytes(newer)
    give(page.form.line, FIRST)
    assert shell.guard.locked is None
    assert shell.desk.reader.rows("SELECT count(*) FROM disputes") == [(2,)]


def records_shown(page: LedgerPage) -> int:
    page.refresh()
    return page.table.model().rowCount()


def test_closing_a_locked_window_asks_once_where_something_is_unsaved(shell: Shell, path: Path) -> None:
    window = unlocked(shell, path)
    window.go(Place(DISPUTES.name))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.new_record()
    assert page.form
    line = page.form.body.cells["applicant"].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setText("还没保存的人")
    shell.guard.lock()
    shown = locked(shell)
    shown.form.back.click()
    assert shell.guard.locked and shown.note.isVisible() and shell.desk
    shown.form.back.click()
    assert shell.guard.locked is None and shell.desk is None and isinstance(shell.window, StartPage)
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert verify(office).sound


def test_what_runs_is_finished_before_the_file_is_closed(
    qapp: QApplication, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shell = Shell(qapp, State(tmp_path / "s.json"), Crashes(), lang="zh_CN")
    shell.open(path, keys.raw(path, FIRST))
    desk = shell.desk
    assert desk
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    done: list[str] = []

    def slow(office: object, _progress: object) -> str:
        QTest.qSleep(300)
        return editing.save(desk.office, DISPUTES, {**CASE, "case_no": "慢"}).uid

    desk.run(slow, done.append)
    shell.guard.lock()
    assert not window_of(shell).isVisible() and desk.office.key, "hidden at once, closed when it is done"
    qtbot.waitUntil(lambda: desk.office.key is None)
    assert done
    give(locked(shell).form.line, FIRST)
    qtbot.waitUntil(lambda: shell.guard.locked is None)
    assert desk.reader.rows("SELECT count(*) FROM disputes") == [(2,)]
    shell.end()


def test_a_file_without_a_password_is_not_locked(shell: Shell, plain: Path) -> None:
    shell.open(plain)
    shell.guard.lock()
    assert shell.guard.locked is None and "没有密码" in window_of(shell).status.currentMessage()


def test_it_locks_after_the_minutes_that_the_office_set(shell: Shell, path: Path) -> None:
    window, clock = unlocked(shell, path), Clock()
    assert shell.desk
    shell.guard.idle._clock = clock
    shell.guard.watch()
    clock.now += 14 * 60
    assert not shell.guard.idle.look()
    shell.desk._tell(change_settings(shell.desk.office, {"lock_minutes": "3"}))
    clock.now += 3 * 60
    assert shell.guard.idle.look() and shell.guard.locked and not window.isVisible()
    give(locked(shell).form.line, FIRST)
    assert shell.guard.locked is None
    shell.desk._tell(change_settings(shell.desk.office, {"lock_minutes": "0"}))
    clock.now += 10 * 3600
    assert not shell.guard.idle.look()


def test_typing_counts_as_use_and_the_first_key_after_a_long_sleep_only_locks(qtbot: QtBot) -> None:
    clock, line = Clock(), QLineEdit()
    qtbot.addWidget(line)
    watch = IdleWatch(line, clock)
    with qtbot.waitActive(line):
        line.show()
        line.activateWindow()
    handle = line.windowHandle()
    handle.installEventFilter(watch)
    watch.begin(1)
    for _n in range(3):
        clock.now += 50
        QTest.keyClick(handle, Qt.Key.Key_A)
    assert line.text() == "aaa"
    clock.now += 61
    with qtbot.waitSignal(watch.idle):
        QTest.keyClick(handle, Qt.Key.Key_B)
    assert line.text() == "aaa"
    watch.begin(0)
    assert watch.eventFilter(line, QEvent(QEvent.Type.KeyPress)) is False


@pytest.mark.logs_errors
def test_the_log_of_a_defect_holds_nothing_of_a_record(caplog: pytest.LogCaptureFixture) -> None:
    crashes = Crashes()
    with caplog.at_level(logging.DEBUG):
        try:
            try:
                {"a": 1}["欧阳无名"]
            except KeyError as wrong:
                raise ValueError("invalid literal for int(): '110101198001011234'") from wrong
        except ValueError as defect:
            crashes.tell(defect)
    assert "ValueError" in caplog.text and "KeyError" in caplog.text and "test_passwords.py" in caplog.text
    assert "欧阳无名" not in caplog.text and "110101198001011234" not in caplog.text


def test_what_this_computer_remembers_names_nobody(shell: Shell, path: Path) -> None:
    window = unlocked(shell, path)
    window.go(Place(DISPUTES.name))
    assert shell.desk
    window.go(Place(DISPUTES.name, uid=str(shell.desk.reader.rows("SELECT uid FROM disputes")[0][0])))
    window.keep_geometry()
    kept = str(json.loads(shell.state.path.read_text(encoding="utf-8")))
    assert "怀柔.db" in kept and not any(word in kept for word in ("欧阳", "某公司", "怀柔仲裁院", FIRST))
