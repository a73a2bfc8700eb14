"""Asking for a file's password: before it is opened, and where the window is locked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.errors import UserError, WrongKey, WrongPassword
from tracker.i18n import _
from tracker.operations import passwords
from tracker.ui import theme, widgets
from tracker.ui.cover import in_the_middle
from tracker.ui.keys import Passwords
from tracker.ui.password_line import PasswordLine
from tracker.ui.tasks import Job, Tasks, alive
from tracker.ui.tries import Tries

TICK_MS = 250
WIDTH = 460


class UnlockForm(QWidget):
    """One line for the password or the recovery key; `opened` tells the file's key once it was right."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, path: Path, tasks: Tasks, tries: Tries, title: str, go_on: str, back: str) -> None:
        super().__init__()
        self._path, self._tasks, self._tries = path, tasks, tries
        self._job: Job | None = None
        self.line = PasswordLine(_("Password or recovery key"))
        self.problem = QLabel(" ")
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.problem.setMinimumHeight(3 * self.problem.fontMetrics().lineSpacing())
        self.go_on = widgets.button(go_on, "check", primary=True)
        self.back = widgets.button(back, quiet=True)
        self._wrong = ""
        self._pace = QTimer(self, interval=TICK_MS)
        self._pace.timeout.connect(self._count)
        self._lay_out(title)
        self.setFocusProxy(self.line)
        self.line.entered.connect(self.go_on.click)
        self.line.changed.connect(lambda _text: self._show_state())
        self.go_on.clicked.connect(self.give)
        self.back.clicked.connect(self.left)
        Passwords.go_on.tell(self.go_on)
        self._count()

    def _lay_out(self, title: str) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        heading = widgets.Heading(title)
        heading.setWordWrap(True)
        words.addWidget(heading)
        words.addWidget(widgets.Caption(_("Type the password, or the recovery key from its printed sheet.")))
        head = QHBoxLayout()
        head.setSpacing(theme.M)
        head.addWidget(widgets.Icon("lock", 32, "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addSpacing(theme.S)
        column.addWidget(self.line)
        column.addWidget(self.problem)
        column.addLayout(row)

    def give(self) -> None:
        """Look whether what was typed opens the file; not while the last wrong one is waited for."""
        text = self.line.text()
        if not text or self._is_waiting():
            return
        path, tries = self._path, self._tries
        told = alive(self, self._was_refused)

        def refused(error: UserError) -> None:
            if isinstance(error, WrongPassword) and not isinstance(error, WrongKey):
                tries.was_wrong()  # whoever has left by now waits all the same; nobody guesses a key
            told(error)

        self._job = self._tasks.run(
            lambda _progress: passwords.key_of(path, text), alive(self, self._was_right), refused
        )
        self._show_state()

    def forget(self) -> None:
        """Clear what was typed."""
        self.line.clear()
        self._wrong = ""
        self._count()

    def _is_waiting(self) -> bool:
        at_work = self._job is not None and not self._job.is_finished
        return at_work or self._tries.left() > 0

    def _was_right(self, key: str) -> None:
        self._tries.was_right()
        self.forget()
        self.opened.emit(key)

    def _was_refused(self, error: UserError) -> None:
        plain = isinstance(error, WrongPassword) and not isinstance(error, WrongKey)
        self._wrong = _("The password is wrong.") if plain else str(error)  # a locked window names no file
        self.line.line.selectAll()
        self.line.setFocus()
        self._count()

    def _count(self) -> None:
        """Say what was wrong, and how long it takes until one may try again."""
        wait = self._tries.told()
        if wait:
            self.problem.setText(f"{self._wrong}\n{wait}".strip())
            self._pace.start()
        else:
            self.problem.setText(self._wrong or " ")
            self._pace.stop()
        self._show_state()

    def _show_state(self) -> None:
        self.go_on.setEnabled(bool(self.line.text()) and not self._is_waiting())


class UnlockDialog(QDialog):
    """Over the window in front: the password of a file that is to be opened."""

    opened = Signal(str)

    def __init__(self, path: Path, tasks: Tasks, tries: Tries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Case Tracker"))
        self.setMinimumWidth(WIDTH)
        title = _("{file} has a password").format(file=path.name)
        self.form = UnlockForm(path, tasks, tries, title, _("Open"), Passwords.back.tip(_("Back")))
        self.form.opened.connect(self._take)
        self.form.left.connect(self.reject)
        Passwords.back.tell(self.form.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.addWidget(self.form)
        self.form.setFocus()

    def _take(self, key: str) -> None:
        self.accept()
        self.opened.emit(key)


class LockPage(QWidget):
    """Stands where the window was, and tells nothing of what is in it."""

    unlocked = Signal(str)
    close_wanted = Signal(bool)
    """To close the file, and the program too where that is true."""

    def __init__(self, path: Path, tasks: Tasks, tries: Tries) -> None:
        super().__init__()
        self.form = UnlockForm(path, tasks, tries, _("Locked"), _("Unlock"), _("Close the file"))
        self.form.opened.connect(self.unlocked)
        self.form.left.connect(lambda: self.close_wanted.emit(False))
        self.form.back.setToolTip(_("Close the file locked as it is, and go to the start page"))
        self.note = widgets.Banner()
        in_the_middle(self, self.form, self.note)
        self.setFocusProxy(self.form)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The window's cross asks first, as the button does."""
        event.ignore()
        self.close_wanted.emit(True)
