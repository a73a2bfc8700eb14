"""A dialog that is filled once it is shown grows until all that it says is in sight."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.office import WHO, new_office
from tests.ui.test_damaged_dialog import DAMAGED, Nobody
from tracker.db.snapshots import Holding
from tracker.errors import UserError
from tracker.ledgers import LEDGERS
from tracker.operations.backups import Backup
from tracker.period import Period
from tracker.ui.damaged_dialog import DamagedDialog
from tracker.ui.desk import Desk
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.tasks import Tasks

LONG = "磁盘已满，未保存任何内容。" * 12


def cut(dialog: QDialog) -> list[str]:
    """Which texts have less room than they need."""
    labels = (one for one in dialog.findChildren(QLabel) if one.isVisible() and one.wordWrap())
    return [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]


def shown(dialog: QDialog, qtbot: QtBot) -> None:
    with qtbot.waitExposed(dialog):
        dialog.open()
    qtbot.waitUntil(lambda: not cut(dialog))


def test_what_the_newest_good_backup_holds_is_read_whole(tmp_path: Path, qtbot: QtBot) -> None:
    path, tasks = tmp_path / "a.db", Tasks(instant=True)
    with closing(new_office(path, WHO)):
        pass
    dialog = DamagedDialog(path, f"{path} {DAMAGED}", Nobody(), tasks, None)
    shown(dialog, qtbot)
    held = Holding({ledger.name: 1_000 for ledger in LEDGERS}, "", "")
    dialog._show_found(Backup(path, datetime(2026, 11, 25, 17, 31), "close", 9_412_608, holding=held))
    assert "抢救" in dialog.found.text().splitlines()[-1]
    qtbot.waitUntil(lambda: not cut(dialog))
    dialog.reject()


def test_a_message_squeezes_nothing(desk: Desk, qtbot: QtBot) -> None:
    dialog = FreezeDialog(desk, Period.year(2020))
    shown(dialog, qtbot)
    before = dialog.width()
    dialog._failed(UserError(LONG))
    assert dialog.banner.isVisible()
    qtbot.waitUntil(lambda: not cut(dialog))
    assert dialog.width() == before
    for row in (dialog.picker, dialog.note):
        assert row.height() >= row.minimumSizeHint().height()
    dialog.reject()
