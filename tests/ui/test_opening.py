"""The window on a file that another one has, that was not closed, or that is damaged."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from tests.elsewhere import held_elsewhere
from tests.office import WHO, filled, random_record
from tests.ui.shells import break_table, by_worker, shell_with
from tracker.app import Shell
from tracker.db import cipher, holding, keys
from tracker.errors import DamagedFile
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, finding, opening, passwords, verifying
from tracker.operations.office import open_office
from tracker.ui import tries
from tracker.ui.commands import COMMANDS
from tracker.ui.crash import Crashes
from tracker.ui.damaged_dialog import DamagedDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.start_page import StartPage
from tracker.ui.trail import Place
from tracker.ui.unlock import UnlockDialog


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    with shell_with(qapp, tmp_path / "state", Crashes()) as result:
        yield result


@pytest.fixture
def path(tmp_path: Path) -> Path:
    random = Random(4)
    path = tmp_path / "file" / "cases.db"
    path.parent.mkdir()
    filled(path, {ledger: [random_record(ledger, random) for _n in range(12)] for ledger in LEDGERS}).close()
    return path


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def test_a_file_that_another_one_has_is_read_only_until_that_one_ends(
    shell: Shell, path: Path, qtbot: QtBot
) -> None:
    with held_elsewhere(path) as other:
        shell.open(path)
        window = window_of(shell)
        assert window.banner.isVisible() and "李四" in window.banner.text.text()
        for command in COMMANDS:
            if command.writes:
                assert not window.actions_by_key[command.key].isEnabled(), command.key
        window.go(Place("disputes"))
        page = window.current
        assert isinstance(page, LedgerPage) and not page.head.new.isEnabled()
        qtbot.waitUntil(lambda: page.model.rowCount() == 13)
        assert page.open_record(page.desk.reader.rows("SELECT uid FROM disputes LIMIT 1")[0][0])
        form = page.form
        assert all(line.isReadOnly() for line in form.body.findChildren(QLineEdit))
        cells = [form.body.cells[field.key] for field in page.ledger.inputs]
        buttons = [button for cell in cells for button in cell.editor.findChildren(QAbstractButton)]
        assert buttons and not any(button.isEnabled() for button in buttons)
        assert not form.header.save.isVisible()
        assert not window.findChildren(QMessageBox)  # nothing tried to write by itself
        window.banner.action.click()  # still in use
        assert window_of(shell).banner.isVisible()
        other.communicate("\n", timeout=30)
    window_of(shell).banner.action.click()
    window = window_of(shell)
    assert not window.banner.isVisible() and window.actions_by_key["new_record"].isEnabled()
    assert holding.lock_path(path).exists()
    window.close()
    assert not holding.lock_path(path).exists()


def test_after_an_unclean_end_the_file_is_looked_through_in_the_worker(
    shell: Shell, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SOON", 0)
    with held_elsewhere(path) as other:
        other.kill()
        other.wait()
    assert opening.takes_long(path)
    shell.open(path)
    assert shell.desk is None
    qtbot.waitUntil(lambda: shell.desk is not None)
    assert not window_of(shell).banner.isVisible()


def test_a_large_older_file_with_a_password_is_brought_up_in_the_worker(
    shell: Shell, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SOON", 0)
    older = an_older_file(tmp_path)
    cipher.recode(older, None, keys.fresh("a long passphrase"))
    shell.open(older, keys.raw(older, "a long passphrase"))
    assert shell.desk is None
    qtbot.waitUntil(lambda: shell.desk is not None)
    assert not window_of(shell).banner.isVisible()


def test_an_older_file_in_other_hands_is_told_and_left_as_it_is(
    shell: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    older = an_older_file(tmp_path)
    before = older.read_bytes()
    held = holding.take(older, "李四", "窗口电脑")
    shell.open(older)
    start = shell.window
    assert isinstance(start, StartPage) and "李四" in start.banner.text.text()
    assert older.read_bytes() == before and not backups.folder(older).exists()
    held.release()
    shell.open(older)
    qtbot.waitUntil(lambda: shell.desk is not None)
    assert window_of(shell).actions_by_key["new_record"].isEnabled()


def an_older_file(folder: Path) -> Path:
    kept = Path(__file__).parent.parent / "earlier" / "3-clerks-day.db.xz"
    older = folder / "older.db"
    older.write_bytes(lzma.decompress(kept.read_bytes()))
    return older


def test_a_link_opens_the_file_itself(shell: Shell, path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    shell.open(link)
    window = window_of(shell)
    assert shell.desk and shell.desk.office.db.path == path.resolve()
    shell.open(link)
    assert shell.window is window
    assert [each.name for each in tmp_path.glob("link.db*")] == ["link.db"]


@pytest.fixture
def damaged(path: Path) -> bytes:
    """One page of the file is scribbled over; before that it was backed up."""
    with closing(opening.to_write(path, WHO)) as office:
        backups.make(office.db, "close")
    data = bytearray(path.read_bytes())
    at = len(data) // 8192 // 2 * 8192
    data[at : at + 8192] = Random(1).randbytes(8192)
    path.write_bytes(data)
    return bytes(data)


def dialog_on(shell: Shell, path: Path, qtbot: QtBot) -> DamagedDialog:
    shell.open(path)
    assert isinstance(shell.window, StartPage) and shell.desk is None
    dialog = shell.window.findChild(DamagedDialog)
    assert dialog is not None and "没有对它写入" in dialog.banner.text.text()
    qtbot.waitUntil(dialog.rescue.isEnabled)
    return dialog


def test_damage_that_is_met_later_is_told_above_the_pages_and_looked_for_at_the_next_opening(
    shell: Shell, path: Path, qtbot: QtBot
) -> None:
    with closing(opening.to_write(path, WHO)) as office:
        while finding.spell(office) or finding.merge(office):  # else the window does so, when it likes
            pass
    shell.open(path)
    window = window_of(shell)
    qtbot.waitUntil(lambda: not window.desk.tasks.is_busy())
    before = break_table(window.desk, "permits")
    window.go(Place("permits"))
    qtbot.waitUntil(window.banner.isVisible)
    assert "已损坏" in window.banner.text.text() and "关闭" in window.banner.text.text()
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    (uid,) = window.desk.reader.rows("SELECT uid FROM disputes LIMIT 1")[0]
    with pytest.raises(DamagedFile):
        by_worker(window.desk, lambda office: editing.save(office, DISPUTES, {"remarks": "新"}, str(uid)))
    window.banner.action.click()
    qtbot.waitUntil(lambda: bool(shell.window and shell.window.findChild(DamagedDialog)))
    dialog = shell.window.findChild(DamagedDialog)
    assert dialog
    qtbot.waitUntil(dialog.rescue.isEnabled)
    assert path.read_bytes() == before


def test_a_damaged_file_is_only_looked_at(shell: Shell, path: Path, damaged: bytes, qtbot: QtBot) -> None:
    dialog_on(shell, path, qtbot).only_look.click()
    assert window_of(shell).banner.isVisible() and "已损坏" in window_of(shell).banner.text.text()
    shell.close_file()
    assert path.read_bytes() == damaged


def test_the_newest_good_backup_takes_its_place(
    shell: Shell, path: Path, damaged: bytes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    worse = backups.folder(path) / "20991231-235959-close.db"
    worse.write_bytes(damaged)  # newer, and not good
    dialog = dialog_on(shell, path, qtbot)
    assert dialog.backup and dialog.backup.name != worse.name and "争议" in dialog.found.text()
    dialog.restore.click()
    qtbot.waitUntil(lambda: shell.desk is not None)
    assert not window_of(shell).banner.isVisible()
    assert shell.desk and by_worker(shell.desk, verifying.verify).sound
    assert damaged in {other.read_bytes() for other in path.parent.iterdir() if other.is_file()}


def zeros(content: bytearray) -> None:
    content[:100] = bytes(100)


def riddled(content: bytearray) -> None:
    """Every other page, so that not even the list of its tables can be read."""
    for at in range(4096, len(content), 2 * 4096):
        content[at : at + 4096] = Random(at).randbytes(4096)


def noise(content: bytearray) -> None:
    content[:8192] = Random(7).randbytes(8192)


def behind_the_salt(content: bytearray) -> None:
    content[200:260] = Random(7).randbytes(60)


def cut(content: bytearray) -> None:
    del content[-5000:]


PASSWORD = "仲裁院自己的密码"


@pytest.mark.parametrize(
    "harm, password",
    [
        (zeros, None),
        (noise, None),
        (behind_the_salt, PASSWORD),
        (noise, PASSWORD),
        (zeros, PASSWORD),
        (cut, PASSWORD),
        (riddled, PASSWORD),
    ],
)
def test_a_file_whose_beginning_is_damaged_is_known_by_its_backups(
    shell: Shell, path: Path, qtbot: QtBot, harm: Callable[[bytearray], None], password: str | None
) -> None:
    with closing(open_office(path, WHO)) as office:
        backups.make(office.db, "close")
    if password:
        passwords.change(path, None, password, WHO)
    content = bytearray(path.read_bytes())
    harm(content)
    path.write_bytes(content)
    shell.open(path)
    assert shell.window
    if password:
        asked = shell.window.findChild(UnlockDialog)
        assert asked
        asked.form.line.line.setText("不是这一个密码")
        asked.form.go_on.click()
        qtbot.waitUntil(lambda: "密码不对" in asked.form.problem.text())
        for one in (path, *backups.folder(path).glob("*.db")):
            tries.at(one).was_right()
        asked.form.line.line.setText(password)
        asked.form.go_on.click()
    qtbot.waitUntil(lambda: bool(shell.window and shell.window.findChild(DamagedDialog)))
    dialog = shell.window.findChild(DamagedDialog)
    assert dialog
    qtbot.waitUntil(dialog.rescue.isEnabled)
    assert dialog.backup and path.read_bytes() == content


def test_what_can_be_read_is_rescued_into_a_new_file(
    shell: Shell, path: Path, damaged: bytes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def read(box: QMessageBox) -> int:
        told.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", read)
    new = path.with_name("rescued.db")
    dialog_on(shell, path, qtbot).rescue_into(new)
    qtbot.waitUntil(lambda: shell.desk is not None)
    assert shell.desk and shell.desk.office.db.path == new
    assert by_worker(shell.desk, verifying.verify).sound
    assert len(told) == 1 and "rescued.db" in told[0]
    assert path.read_bytes() == damaged


def test_a_place_that_is_not_safe_is_told_once(shell: Shell, path: Path) -> None:
    folder = path.parent.parent / "我的坚果云"
    folder.mkdir()
    there = path.rename(folder / "cases.db")
    shell.open(there)
    banner = window_of(shell).banner
    assert banner.isVisible() and "同步" in banner.text.text()
    banner.cross.click()
    shell.open_again(there)
    assert not window_of(shell).banner.isVisible() and shell.desk is not None
