"""Pictures of freezing: the dialog, the page that compares, the marks in the statistics, and the question why."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import close_with, demonstration_desk
from scripts.screens import both, screen, then
from scripts.screens_opening import part_opened
from scripts.screens_pages import YEAR, demonstration_window, ledger_page
from tracker.db import records
from tracker.db.history import Who
from tracker.errors import UserError
from tracker.i18n import _
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, freezing
from tracker.period import Period
from tracker.ui.desk import Desk
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.main_window import MainWindow
from tracker.ui.reason_dialog import ReasonDialog
from tracker.ui.statistics_page import remember
from tracker.ui.trail import Place


def frozen_desk(desk: Desk) -> None:
    """Three freezes, one of them ended, and some corrections since."""
    office = desk.office
    freezing.freeze(
        office, Period.of(date(2020, 1, 1), date(2020, 8, 31)), both("1—8月通报", "Jan-Aug brief")
    )
    wrong = freezing.freeze(office, Period.year(2020)).freeze
    freezing.unfreeze(office, wrong, both("统计截止日应为12月25日", "the as-of day is 25 December"))
    freezing.freeze(office, YEAR, both("2020年度工作报告", "annual report of 2020"))
    uids = [
        row[0] for row in office.db.rows("SELECT uid FROM disputes WHERE year = 2020 ORDER BY no LIMIT 9")
    ]
    office.who = Who("陈立新", office.who.origin)
    with office.because(both("重复登记", "entered twice")):
        editing.bin_records(office, DISPUTES, uids[2:4])
    for uid, cause in ((uids[5], "welfare"), (uids[7], "work_injury")):
        with office.because(both("经内部审计更正案由", "cause corrected after an audit")):
            editing.save(office, DISPUTES, {"cause": cause}, uid)
    old = records.get(office.db, DISPUTES, uids[0]) or {}
    late = {key: old[key] for key in ("applied_on", "accepted_on", "applicant", "respondent", "cause")}
    with office.because(both("补录漏登案件", "entered late")):
        number = editing.propose_number(office, DISPUTES, "2020-12-01")
        editing.save(office, DISPUTES, {**late, "case_no": number})


def frozen_window(key: str) -> MainWindow:
    """The window on such a file with one of its pages in front."""
    desk, folder = demonstration_desk()
    frozen_desk(desk)
    remember(desk, YEAR)
    window = MainWindow(desk)
    window.go(Place(key))
    close_with(window, desk, folder)
    return window


@screen("freezes")
def freezes(app: QApplication) -> QWidget:
    """Frozen beside live, and what moved a figure."""
    window = frozen_window("freezes")
    page = window.current
    assert isinstance(page, FreezesPage)
    then(window, lambda: (page.figures.go_to("disputes.by_cause"), page.figures.setFocus()))
    return window


screen("freezes_marked")(lambda app: frozen_window("statistics"))


@screen("freeze_dialog", whole=False)
def freeze_dialog(app: QApplication) -> QWidget:
    """Before a year is frozen a second time."""
    desk, folder = demonstration_desk()
    frozen_desk(desk)
    widget = FreezeDialog(desk, YEAR)
    close_with(widget, desk, folder)
    return widget


@screen("freeze_refused", whole=False)
def freeze_refused(app: QApplication) -> QWidget:
    """The disk has no room for what is to be kept."""
    widget = freeze_dialog(app)
    assert isinstance(widget, FreezeDialog)
    text = _("The disk of {path} is full; nothing was saved. Free some space and try again.")
    then(widget, lambda: widget._failed(UserError(text.format(path="D:/台账/仲裁院.db"))))
    return widget


@screen("freeze_in_part")
def freeze_in_part(app: QApplication) -> QWidget:
    """A part of a file, in which nothing is frozen."""
    window = part_opened(app)
    assert isinstance(window, MainWindow)
    then(window, window.freeze_figures)
    return window


@screen("freeze_reason")
def freeze_reason(app: QApplication) -> QWidget:
    """A form with a changed record of a frozen year is saved."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    freezing.freeze(page.desk.office, YEAR)
    page.open_record(
        str(page.desk.office.db.rows("SELECT uid FROM disputes WHERE year = 2020 LIMIT 1")[0][0])
    )
    page.form.body.cells["respondent"].editor.set_value("北京雁栖湖畔餐饮管理有限公司")
    then(window, page.form.save)
    return window


@screen("freeze_reasons", whole=False)
def freeze_reasons(app: QApplication) -> QWidget:
    """Many records at once."""
    desk, folder = demonstration_desk()
    numbers = [row[0] for row in desk.office.db.rows("SELECT case_no FROM disputes ORDER BY no LIMIT 40")]
    widget = ReasonDialog(desk.office.catalogue, tuple(("disputes", "", number) for number in numbers))
    close_with(widget, desk, folder)
    return widget
