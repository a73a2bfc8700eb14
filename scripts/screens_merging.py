"""Pictures of merging: what a file would bring, what came, numbers given twice, and writing a part."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import close_with, demonstration_desk
from scripts.screens import both, screen, then
from scripts.screens_pages import ledger_page
from tracker.db import records
from tracker.db.history import Who
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, editing, undoing
from tracker.operations.attachments import Incoming
from tracker.operations.merging import merge
from tracker.operations.office import Office, make_office, open_office
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.merge_dialog import MergeDialog
from tracker.ui.part_dialog import PartDialog
from tracker.ui.trail import Place

OTHER = Who("钱程", "前台-02")


def apart(desk: Desk, folder: Path) -> Path:
    """Another clerk's copy of the file, both worked in since."""
    office, there = desk.office, folder / both("钱程-案件台账.db", "qian-cases.db")
    office.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(office.db.path, there)
    uids = [
        str(uid)
        for (uid,) in office.db.rows("SELECT uid FROM disputes WHERE year = 2020 ORDER BY no LIMIT 12")
    ]
    with closing(open_office(there, OTHER)) as other:
        _work(office, uids, both("已电话告知申请人补正", "told by telephone"), 1_850_000)
        remark = both(
            "申请人已补正材料：补交劳动合同复印件一份、工资银行流水六个月，并书面放弃第三项请求；告知书已当面签收",
            "papers are complete: a copy of the contract, six months of bank statements, the third claim withdrawn",
        )
        _work(other, uids, remark, 2_340_000)
        editing.bin_records(office, DISPUTES, [uids[9]])
        editing.save(other, DISPUTES, {"remarks": both("并案处理", "joined")}, uids[9])
    return there


def _work(office: Office, uids: list[str], remark: str, claim: int) -> None:
    for n, uid in enumerate(uids[:5]):
        editing.save(
            office, DISPUTES, {"remarks": remark} if n % 2 else {"claim_amount": claim + n * 70_000}, uid
        )
    old = records.get(office.db, DISPUTES, uids[0]) or {}
    kept = {key: old[key] for key in ("applied_on", "accepted_on", "respondent", "cause")}
    for name in ("孙建国", "何丽华"):
        number = editing.propose_number(office, DISPUTES, "2020-12-01")
        editing.save(office, DISPUTES, {**kept, "applicant": name, "case_no": number})


def window() -> tuple[MainWindow, Desk, Path]:
    """The window on a demonstration, with the folder of its file."""
    desk, folder = demonstration_desk("disputes")
    made = MainWindow(desk)
    close_with(made, desk, folder)
    made.go(Place("disputes"))
    return made, desk, Path(folder.name)


def dialog() -> tuple[MainWindow, MergeDialog]:
    """The dialog with another clerk's file."""
    made, desk, folder = window()
    desk.office.keep_backups(desk.warned.emit)
    found = MergeDialog(desk, apart(desk, folder), made)
    found.resize(1000, 640)
    found.choose(found.path)
    then(made, found.show)
    return made, found


@screen("merge_look")
def merge_look(app: QApplication) -> QWidget:
    """What would come in, and fields that both changed, some of them chosen."""
    made, found = dialog()
    found.conflicts.conflicts.choose(0, 0)
    found.conflicts.conflicts.choose(1, 1)
    found.conflicts.selectRow(1)
    return made


@screen("merge_done")
def merge_done(app: QApplication) -> QWidget:
    """What came in, and what is to be looked at."""
    made, found = dialog()
    found.conflicts.conflicts.choose_newest()
    found.merge()
    return made


@screen("merge_contents")
def merge_contents(app: QApplication) -> QWidget:
    """Nothing of it is new, but contents of attached files that were lost here."""
    made, desk, folder = window()
    office, there = desk.office, folder / both("钱程-案件台账.db", "qian-cases.db")
    (uid,) = office.db.rows("SELECT uid FROM disputes ORDER BY no LIMIT 1")[0]
    attachments.attach(office, DISPUTES, str(uid), [Incoming(both("笔录.txt", "record.txt"), content=b"x")])
    office.db.copy_to(there)
    office.db.run("DROP TRIGGER contents_kept_delete")
    with office.db.atomic():
        office.db.run("DELETE FROM contents")
    found = MergeDialog(desk, there, made)
    then(made, found.open)
    return made


@screen("merge_strange")
def merge_strange(app: QApplication) -> QWidget:
    """A file that has nothing in common with this one."""
    made, desk, folder = window()
    path = folder / both("钱程-案件台账.db", "qian-cases.db")
    with closing(make_office(path, OTHER)) as other:
        case = {"case_no": "1号", "applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
        editing.save(other, DISPUTES, case)
    found = MergeDialog(desk, path, made)
    found.resize(1000, 640)
    then(made, found.open)
    return made


@screen("merge_sealed")
def merge_sealed(app: QApplication) -> QWidget:
    """A file that has a password."""
    made, desk, folder = window()
    sealed = folder / both("钱程-案件台账.db", "qian-cases.db")
    sealed.write_bytes(bytes(range(256)) * 32)
    then(made, MergeDialog(desk, sealed, made).open)
    return made


def doubled(key: str) -> tuple[MainWindow, Desk]:
    """A page of the window after a merge that gave numbers twice."""
    made, desk, folder = window()
    merge(desk.office, apart(desk, folder), newest=True)
    made.go(Place(key))
    made.refresh()
    return made, desk


@screen("twice_today")
def twice_today(app: QApplication) -> QWidget:
    """The part of Today that tells numbers given twice."""
    return doubled("today")[0]


@screen("twice_list")
def twice_list(app: QApplication) -> QWidget:
    """The marks in the list."""
    made, _desk = doubled("disputes")
    page = ledger_page(made)
    page.refresh()
    page.show_search("224")
    return made


@screen("twice_form")
def twice_form(app: QApplication) -> QWidget:
    """What the form says of a number given twice."""
    made, desk = doubled("disputes")
    page = ledger_page(made)
    (uid,) = desk.reader.rows("SELECT uid FROM disputes ORDER BY id DESC LIMIT 1")[0]
    then(made, lambda: page.open_record(uid))
    return made


@screen("undo_after_merge")
def undo_after_merge(app: QApplication) -> QWidget:
    """Undo goes no further back than a merge; it is told what takes that back."""
    made, desk, folder = window()
    desk.office.keep_backups(desk.warned.emit)
    merge(desk.office, apart(desk, folder), None, newest=True)

    def undo() -> None:
        try:
            undoing.undo(desk.office)
        except UserError as wrong:
            desk.tasks.problem.emit(str(wrong))

    then(made, undo)
    return made


@screen("part")
def part(app: QApplication) -> QWidget:
    """Choosing a part for sending."""
    made, desk, _folder = window()
    found = PartDialog(desk, date(2026, 11, 26), made)
    found.ledgers.item(0).setCheckState(found.ledgers.item(1).checkState().Checked)
    found.period.setText("2020")
    found.look()
    found._propose()
    then(made, found.open)
    return made
