"""Pictures of a file that can only be read, that lies badly, or that is damaged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import close_with, demonstration_desk
from scripts.screens import both, screen, then
from scripts.screens_pages import demonstration_window, ledger_page
from tracker.db import drafts
from tracker.db.database import found_damaged
from tracker.db.drafts import Draft
from tracker.db.holding import Holder
from tracker.db.snapshots import Holding
from tracker.errors import DiskFull, FileProblem
from tracker.i18n import _
from tracker.ids import uuid7
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backup_files, backups, keeping, opening, parting
from tracker.operations.backups import Backup
from tracker.operations.office import open_office
from tracker.operations.parting import Choice
from tracker.operations.rescuing import Rescued, Tally, Told
from tracker.operations.setup import open_to_read
from tracker.ui.backup_file import BackupFiles
from tracker.ui.damaged_dialog import DamagedDialog, rescued_box
from tracker.ui.desk import Desk
from tracker.ui.form_keys import ask_unsavable
from tracker.ui.main_window import MainWindow
from tracker.ui.opening import Opening
from tracker.ui.progress import ProgressDialog
from tracker.ui.record_form import RecordForm
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
        dialog.open()
        dialog._show_found(
            Backup(PLACE, made, "close", 9_412_608, holding=held)
        )  # as it comes: once it is looked for

    then(page, show)
    return page


@screen("opening")
def opening_long(app: QApplication) -> QWidget:
    """A file that is looked through wholly before it is opened."""
    page = StartPage([], {}, "赵敏")

    def show() -> None:
        dialog = ProgressDialog(page, _("Opening the file …"))
        dialog._meter.show(31, 100, "")
        dialog.show()

    then(page, show)
    return page


@screen("rescued")
def rescued(app: QApplication) -> QWidget:
    """What a rescue could read, and what it could not."""
    page = StartPage([], {}, "赵敏")
    tallies = (
        Tally(DISPUTES.name, DISPUTES.title(), 4301, 3, 2),
        *(Tally(one.name, one.title(), 142 + 31 * n) for n, one in enumerate(LEDGERS[1:14])),
    )
    numbers = (both("京怀劳人仲字〔2020〕第{n}号", "case {n} of 2020").format(n=n) for n in range(31, 48))
    told = both("{number}：结案日期读不出", "{number}: the day of closing could not be read")
    looks = tuple(Told(DISPUTES.name, "", number, told.format(number=number)) for number in numbers)
    new = PLACE.with_stem("仲裁院-抢救")
    done = Rescued(PLACE, new, tallies, looks, False, new.with_suffix(".txt"))
    then(page, lambda: rescued_box(page, done).open())
    return page


@screen("damage_met")
def damage_met(app: QApplication) -> MainWindow:
    """A page could not be read while the clerk was at work."""
    window = demonstration_window("disputes")
    desk = window.desk
    desk.tasks.failing.emit(found_damaged(desk.office.db.path))
    return window


@screen("damage_met_typing")
def damage_met_typing(app: QApplication) -> QWidget:
    """A form half typed, which cannot be saved any more, as the file is closed to be opened again."""
    window = damage_met(app)
    form = _begun(window)
    form.drafts.leave()
    then(window, lambda: ask_unsavable(form, kept=True))
    return window


@screen("disk_full")
def disk_full(app: QApplication) -> QWidget:
    """There is no room for what was typed, nor for a backup."""
    window = demonstration_window("disputes")
    desk, path = window.desk, window.desk.office.db.path
    _begun(window)
    window.warn(keeping.not_made(FileProblem("…"), path))
    desk.tasks.failing.emit(DiskFull("", path))
    return window


def _begun(window: MainWindow) -> RecordForm:
    window.go(Place("disputes"))
    page = ledger_page(window)
    page.new_record()
    for key, text in (("applicant", both("王小明", "Wang Xiaoming")), ("workers", 3)):
        page.form.body.cells[key].editor.set_value(text)
        page.form.body.cells[key].editor.edited.emit()
    page.form.drafts.timer.stop()
    return page.form


@screen("part_opened")
def part_opened(app: QApplication) -> QWidget:
    """A part of the file, opened by itself."""
    whole, folder = demonstration_desk("disputes")
    part, who = Path(folder.name) / both("部分.db", "part.db"), whole.office.who
    parting.write(whole.office, Choice(("disputes",), "2020-03-01", "2020-03-31"), part)
    whole.close()
    desk = Desk(open_office(part, who), Tasks(instant=True), whole.state)
    window = MainWindow(desk)
    close_with(window, desk, folder)
    window.go(Place("disputes"))
    return window


@screen("draft_left")
def draft_left(app: QApplication) -> QWidget:
    """What was typed when the program ended is offered."""
    desk, folder = demonstration_desk("disputes")
    content = {"applicant": [True, "张春生"], "respondent": [True, "北京雁栖湖畔餐饮管理有限公司"]}
    drafts.keep(desk.office.db, desk.office.who, Draft(uuid7(), DISPUTES.name, "", content))
    window = MainWindow(desk)
    close_with(window, desk, folder)
    return window


def _backup() -> tuple[MainWindow, backup_files.BackupFile]:
    """The window on a backup that was opened by itself."""
    desk, folder = demonstration_desk("disputes")
    made = backups.make(desk.office.db, "close", second=False)
    one = backup_files.of(made.path)
    assert one
    desk.close()
    read = Desk(open_to_read(made.path, one.sentence()), Tasks(instant=True), desk.state)
    window = MainWindow(read)
    close_with(window, read, folder)
    window.go(Place("disputes"))
    return window, one


@screen("backup_open")
def backup_open(app: QApplication) -> QWidget:
    """A backup that was opened by itself."""
    return _backup()[0]


@screen("backup_offered")
def backup_offered(app: QApplication) -> QWidget:
    """What can be made of a backup."""
    window, one = _backup()

    def tasks() -> Tasks:
        return Tasks(window, instant=True)

    opens = Opening(tasks, lambda: window, _nothing, _nothing, lambda *_asked: None)
    files = BackupFiles(tasks, lambda: window, opens, _nothing, lambda *_asked: None, lambda *_asked: None)
    then(window, lambda: files.offer(one, None))
    return window


def _nothing(_told: object) -> None:
    """Nothing is done for a picture."""


class _Nothing:
    def begin(self, path: Path) -> None:
        """Nothing is opened for a picture."""

    def look(self, path: Path, why: str) -> None:
        """Nothing is opened for a picture."""
