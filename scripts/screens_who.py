"""Pictures of who did what: a record's history, the log, the clerks, who works, and a handover."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import both, screen, then
from scripts.screens_pages import demonstration_window, ledger_page
from scripts.screens_undo import newest
from tracker.attached.events import EVENTS
from tracker.operations import attached, clerks, editing, handover, parties
from tracker.schema.clerks import Clerk, Role
from tracker.ui import clerk_dialog
from tracker.ui.clerks_page import ClerksPage
from tracker.ui.handover_dialog import HandoverDialog
from tracker.ui.history_dialog import HistoryDialog
from tracker.ui.log_page import LogPage
from tracker.ui.main_window import MainWindow
from tracker.ui.trail import Place

PEOPLE = (
    Clerk("赵敏", "监察员"),
    Clerk("陈立新", "专职仲裁员"),
    Clerk("刘洋", "窗口", retired=True),
    Clerk("李建国", "劳动监察大队大队长", Role.HEAD),
)


def busy_window(key: str = "disputes") -> MainWindow:
    """The window on a file with clerks who have worked on a case."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    office, uid = window.desk.office, newest(page)
    for one in PEOPLE:
        clerks.name(office, one)
    clerks.act_as(office, "赵敏")
    editing.save(office, page.ledger, {"heard_on": "2020-12-29", "hearing_session": "evening"}, uid)
    clerks.act_as(office, "陈立新")
    attached.save(
        office,
        page.ledger,
        uid,
        EVENTS,
        [{"kind": "hearing", "happened_on": "2020-12-29", "title": both("第一次开庭", "First hearing")}],
    )
    parties.fill(office, page.ledger, uid)
    editing.save(
        office, page.ledger, {"remarks": both("当事人要求延期。", "Asks for more time."), "workers": 3}, uid
    )
    plan = handover.plan(office, list(handover.holders(office))[1], "赵敏")
    handover.carry_out(office, plan, both("岗位调整", "change of post"))
    clerk_dialog.act_as(window.desk, "李建国")
    window.go(Place(key))
    page.open_record(uid) if key == "disputes" else None
    return window


def over_busy(
    step: Callable[[MainWindow], object], key: str = "disputes"
) -> Callable[[QApplication], QWidget]:
    """A screen: what a step opens over that window."""

    def build(_app: QApplication) -> QWidget:
        window = busy_window(key)
        then(window, lambda: step(window))
        return window

    return build


def open_history(window: MainWindow) -> None:
    """The history of the record in front, an earlier moment chosen."""
    form = ledger_page(window).form
    form.show_history()
    dialog = form.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    dialog.list.selectRow(2)


def hand_over(window: MainWindow) -> None:
    """A handover about to be carried out."""
    window.hand_over()
    dialog = window.findChild(HandoverDialog)
    assert isinstance(dialog, HandoverDialog)
    dialog.giver.setCurrentIndex(0)
    dialog.taker.setEditText("陈立新")
    dialog.why.setText(both("岗位调整", "change of post"))
    dialog._look()


def choose_operation(window: MainWindow) -> None:
    """The log with an operation chosen."""
    page = window.current
    assert isinstance(page, LogPage)
    page.list.selectRow(1)


def edit_clerk(window: MainWindow) -> None:
    """A new clerk being named."""
    page = window.current
    assert isinstance(page, ClerksPage)
    page.new_record()


screen("form_history")(over_busy(lambda _window: None))
screen("history")(over_busy(open_history))
screen("log")(over_busy(choose_operation, "log"))
screen("clerks")(over_busy(lambda _window: None, "clerks"))
screen("clerk_new")(over_busy(edit_clerk, "clerks"))
screen("clerk_choice")(over_busy(lambda window: clerk_dialog.ask_at_start(window.desk, window)))
screen("handover")(over_busy(hand_over))


@screen("clerks_none")
def clerks_none(_app: QApplication) -> QWidget:
    """The page before anybody is named."""
    return demonstration_window("clerks")
