"""Pictures of passwords: asking for one, setting and removing it, the recovery key, the locked window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import both, screen, then
from scripts.screens_pages import demonstration_window
from tracker.db import keys
from tracker.errors import WrongPassword
from tracker.i18n import _
from tracker.operations.passwords import REMOVED
from tracker.ui.locking import UNSAVED
from tracker.ui.main_window import MainWindow
from tracker.ui.paper_recovery import RecoveryPaper
from tracker.ui.password_dialog import PasswordDialog
from tracker.ui.print_preview import PrintPreview
from tracker.ui.recovery_dialog import RecoveryDialog
from tracker.ui.start_page import StartPage
from tracker.ui.tasks import Tasks
from tracker.ui.tries import Tries
from tracker.ui.unlock import LockPage, UnlockDialog

GROUPS = keys.printed("x'{}'".format("7d3b90af21c4e658" * 6))


def over_window(step: Callable[[MainWindow], object]) -> Callable[[QApplication], QWidget]:
    """A screen: the window, and what a step opens over it."""

    def build(app: QApplication) -> QWidget:
        window = demonstration_window("disputes")
        then(window, lambda: step(window))
        return window

    return build


def dialog(window: MainWindow, *, key: bool) -> PasswordDialog:
    """The dialog over the window of a file with or without a password."""
    window.desk.office.db.key = GROUPS[0] if key else None
    result = PasswordDialog(window.desk, Tries(), window)
    result.open()
    return result


def setting(window: MainWindow, password: str) -> None:
    """What was typed is judged."""
    made = dialog(window, key=False)
    made.new.show_it.setChecked(True)
    made.new.line.setText(password)


def removing(window: MainWindow) -> None:
    """The question before a password goes."""
    made = dialog(window, key=True)
    assert made.what != REMOVED
    made.remove.click()


def mistyped(window: MainWindow) -> None:
    """Two passwords that differ."""
    made = dialog(window, key=True)
    for line, text in ((made.current, "abcdefgh"), (made.new, "K7$mvq2!xT"), (made.again, "K7$mvq2!x")):
        line.line.setText(text)
    made.give()


def recovery(window: MainWindow) -> None:
    """The key, with what became of the backups."""
    notes = both("12 个备份也已改用这个密码。", "12 backups have it as well.")
    RecoveryDialog(window.desk.state, "怀柔2020.db", GROUPS, (notes,), window).open()


def sheet(window: MainWindow) -> None:
    """The sheet before it is printed."""
    PrintPreview(window.desk.state, window, RecoveryPaper("怀柔2020.db", GROUPS)).open()


screen("password_set_weak")(over_window(lambda window: setting(window, "laodongzhongcai")))
screen("password_set")(over_window(lambda window: setting(window, "紫色螃蟹下午修冰箱")))
screen("password_change")(over_window(mistyped))
screen("password_remove")(over_window(removing))
screen("recovery_key")(over_window(recovery))
screen("recovery_sheet")(over_window(sheet))


@screen("unlock")
def unlock(_app: QApplication) -> QWidget:
    """Over the start page, after a wrong password."""
    page = StartPage((), {}, "")

    def ask() -> None:
        asked = UnlockDialog(Path("怀柔2020.db"), Tasks(page, instant=True), Tries(), page)
        asked.open()
        asked.form.line.line.setText("ABC")
        asked.form.line._tell_caps_lock(True)
        text = both("密码不对：这既不是 怀柔2020.db 的密码，也不是它的恢复密钥；未作任何更改。", "Wrong.")
        for _try in range(3):
            asked.form._was_refused(WrongPassword(text))

    then(page, ask)
    return page


@screen("locked")
def locked(_app: QApplication) -> QWidget:
    """In the place of the window; closing was tried with something unsaved."""
    page = LockPage(Path("a.db"), Tasks(instant=True), Tries())
    page.note.tell("warning", _(UNSAVED))
    return page
