"""Pictures of backups: the page, the question before a restore, and what is told of a failure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import screen, then
from scripts.screens_pages import demonstration_window
from tracker.errors import FileProblem
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, keeping
from tracker.operations.office import save_settings
from tracker.ui.backups_page import BackupsPage
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow

NOW = datetime.now().replace(minute=32)
AGO = (
    (0, "close"),
    (2, "import"),
    (9, "day"),
    (23, "close"),
    (33, "day"),
    (57, "merge"),
    (81, "day"),
    (200, "migration"),
)


def _fill(desk: Desk, second: bool) -> None:
    """Backups of some days, the file a little larger with each."""
    office = desk.office
    folder = backups.folder(office.db.path)
    usb = office.db.path.parent / "UDISK"
    if second:
        usb.mkdir()
        save_settings(office, {"backup_second": str(usb)})
    for n, (hours, why) in enumerate(reversed(AGO)):
        number = editing.propose_number(office, DISPUTES, "2020-12-01")
        record = {
            "applied_on": "2020-12-01",
            "applicant": "张春生",
            "respondent": "北京雁栖湖畔餐饮管理有限公司",
        }
        editing.save(office, DISPUTES, {**record, "case_no": number})
        made = backups.make(office.db, why, second=False)
        name = f"{NOW - timedelta(hours=hours, minutes=7 * n):%Y%m%d-%H%M%S}-{why}.db"
        made.path.rename(folder / name)
    if second:
        backups.spread(office.db)
    number = editing.propose_number(office, DISPUTES, "2020-12-01")
    editing.save(office, DISPUTES, {**record, "case_no": number})


def _page(
    step: Callable[[BackupsPage], object] = lambda page: None, *, filled: bool = True, second: bool = True
) -> Callable[[QApplication], QWidget]:
    def build(app: QApplication) -> QWidget:
        window = demonstration_window("backups")
        page = window.current
        assert isinstance(page, BackupsPage)
        if filled:
            _fill(page.desk, second)
        page.refresh()
        then(window, lambda: step(page))
        return window

    return build


def _failed(page: BackupsPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    wrong = FileProblem("D:\\劳动仲裁\\ 所在磁盘空间不足：备份需要 15.2 MB，只剩 3.1 MB；请清理磁盘。")
    window.warn(keeping.not_made(wrong, page.desk.office.db.path))


def _oldest(page: BackupsPage) -> None:
    page.list.selectRow(4)
    page.ask_restore()


screen("backups")(_page())
screen("backups_none")(_page(filled=False))
screen("backups_restore")(_page(_oldest))
screen("backups_checked")(_page(lambda page: page.check_one(), second=False))
screen("backups_failed")(_page(_failed))
