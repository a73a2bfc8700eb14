"""Pictures of a file that can only be read, that lies badly, or that is damaged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import close_with, demonstration_desk
from scripts.screens import screen, then
from scripts.screens_pages import ledger_page
from tracker.db.holding import Holder
from tracker.db.snapshots import Holding
from tracker.i18n import _
from tracker.operations import opening
from tracker.operations.backups import Backup
from tracker.ui.damaged_dialog import DamagedDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.start_page import StartPage
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

PLACE = Path("D:/台账/仲裁院.db")


@screen("read_only")
def read_only(app: QApplication) -> QWidget:
    """A record of a file that another clerk has open."""
    desk, folder = demonstration_desk("disputes")
    desk.office.db.refusal = opening.in_use(PLACE, Holder("赵敏", "前台-02", "2026-11-26T08:31:07"))
    desk.office.db.readonly = True
    window = MainWindow(desk)
    close_with(window, desk, folder)
    window.go(Place("disputes"))
    page = ledger_page(window)
    then(window, lambda: page.open_record(page.desk.reader.rows("SELECT uid FROM disputes LIMIT 1")[0][0]))
    return window


@screen("damaged")
def damaged(app: QApplication) -> QWidget:
    """What can be done with a damaged file, its newest good backup found."""
    page = StartPage([], {}, "赵敏")
    text = _("{path} is damaged and nothing was written to it. Open a backup, or rescue what can be read.")
    tasks = Tasks(page, instant=True)

    def show() -> None:
        dialog = DamagedDialog(PLACE, text.format(path=PLACE), _Nothing(), tasks, page)
        made = datetime(2026, 11, 25, 17, 31)
        held = Holding({"disputes": 4306, "petitions": 142, "wage_arrears": 164, "inspections": 1288}, "", "")
        dialog._show_found(Backup(PLACE, made, "close", 9_412_608, holding=held))
        dialog.open()

    then(page, show)
    return page


class _Nothing:
    def begin(self, path: Path) -> None:
        """Nothing is opened for a picture."""

    def look(self, path: Path, why: str) -> None:
        """Nothing is opened for a picture."""
