"""Passwords in the window: a file is opened by one, given one, and the window locked, at once or after idle minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tracker import settings
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import keeping, passwords
from tracker.operations.office import Changed
from tracker.operations.password_words import copies_told, done_told
from tracker.operations.passwords import Protection
from tracker.ui import clipboard, tries
from tracker.ui.backing_up import tell_unbacked
from tracker.ui.cover import Cover, WorkingPage
from tracker.ui.desk import Desk
from tracker.ui.idle import IdleWatch
from tracker.ui.locking import Locked
from tracker.ui.main_window import MainWindow
from tracker.ui.password_dialog import PasswordDialog
from tracker.ui.recovery_dialog import RecoveryDialog
from tracker.ui.tasks import Progress, Tasks, wait_until_idle
from tracker.ui.unlock import UnlockDialog


class Front(Protocol):
    """What it needs of whoever puts windows in front."""

    window: QWidget | None
    desk: Desk | None

    def end_work(self) -> None:
        """Stop what would open a file, and wait until it has ended."""

    def close_file(self, *, backed_up: bool = False) -> None:
        """Close the file that is open, without another backup where it has one."""

    def show_start(self, problem: str = "") -> object:
        """Show the start page; `problem` says why."""


class Guard(QObject):
    """One for the program; `tasks` are for what is done while no file is open."""

    def __init__(self, front: Front, tasks: Tasks) -> None:
        super().__init__()
        self._front, self._tasks = front, tasks
        self.locked: Locked | None = None
        self.closing = False
        """Whether the file is being closed: there is nothing to come back to then."""
        self._waiting: list[tuple[Callable[[], object], Callable[[], object]]] = []
        """What is to be done once the window is unlocked, and what instead where its file is closed."""
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self.lock)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._lend_key)

    def ask(self, path: Path, then: Callable[[str], object]) -> None:
        """Ask for a file's password over the window in front, and go on with the key that opens it."""
        if self._front.window is None:
            self._front.show_start()
        dialog = UnlockDialog(path, self._tasks, tries.at(path), self._front.window)
        dialog.opened.connect(then)
        dialog.open()

    def follow(self, window: MainWindow, desk: Desk) -> None:
        """Do what this window asks for."""
        window.password_wanted.connect(partial(self._ask_change, window, desk))
        window.lock_wanted.connect(self.lock)
        desk.changed.connect(self._changed)
        desk.closing.connect(partial(_leave_nothing, desk))
        self.watch()

    def watch(self) -> None:
        """Count the idle minutes from now on, as the open file's office set them."""
        desk = self._front.desk
        minutes = 0
        if desk and desk.office.key and self.locked is None:
            minutes = int(settings.value(stored.read(desk.reader), settings.LOCK_MINUTES.key) or 0)
        self.idle.begin(minutes)

    def _changed(self, changed: Changed) -> None:
        if changed.settings:
            self.watch()

    # locking

    def _lend_key(self, front: QWindow | None) -> None:
        """The key that locks is the main window's, and of no use in a dialog over it: give it to each that comes."""
        window = self._front.window
        if front is None or not isinstance(window, MainWindow):
            return
        lock = window.actions_by_key["lock"]
        for widget in QApplication.topLevelWidgets() if isValid(lock) else ():
            if widget.windowHandle() == front and widget.windowType() != Qt.WindowType.Popup:
                widget.addAction(lock)

    def lock(self) -> None:
        """Lock the window; one whose file has no password says so instead."""
        desk, window = self._front.desk, self._front.window
        if desk is None or self.locked or not isinstance(window, MainWindow) or not window.isVisible():
            return
        if self.closing:
            return
        if desk.office.key is None:
            window.tell_done(_("This file has no password; set one to lock it."))
            return
        self.idle.begin(0)
        self.locked = Locked(desk, self._tasks, tries.at(desk.office.db.path), partial(_unsaved, window))
        self.locked.ended.connect(self._unlocked)
        self.locked.closed.connect(self._left)

    def once_unlocked(self, act: Callable[[], object], drop: Callable[[], object] = lambda: None) -> None:
        """Do this at once, or as soon as the window is not locked any more; `drop` where its file is closed instead.

        All that exchanges the file or the window in front comes this way: a lock is of the file that was in front, and
        who has not given its password sees no other.
        """
        if self.locked:
            self._waiting.append((act, drop))
        else:
            act()

    def _unlocked(self) -> None:
        wrong, window = self._let_go(), self._front.window
        if wrong and isinstance(window, MainWindow):
            window.warn(keeping.not_made(wrong, window.desk.office.db.path))
        self.watch()
        waiting, self._waiting = self._waiting, []
        for act, _drop in waiting:
            act()

    def _left(self, quits: bool) -> None:
        """The file is closed as it is, locked; what was about to take its place does not come."""
        self._front.end_work()
        try:
            self._front.close_file(backed_up=True)  # it was, as far as that could be, when it was locked
        finally:
            waiting, self._waiting = self._waiting, []
            for _act, drop in waiting:
                drop()
            if self.locked:
                self.locked.cover.let_in()
            self._leave(quits, self._let_go())

    def _leave(self, quits: bool, wrong: UserError | None) -> None:
        if not quits:
            self._front.show_start(keeping.closed_without(wrong) if wrong else "")
            return
        if wrong:
            tell_unbacked(wrong, None)
        QApplication.quit()

    def _let_go(self) -> UserError | None:
        """No longer locked; why there is no backup, where one was due then."""
        locked, self.locked = self.locked, None
        return locked.unbacked if locked else None

    # setting, changing, removing

    def _ask_change(self, window: MainWindow, desk: Desk) -> None:
        if desk.office.db.readonly:
            window.tell_problem(desk.office.db.refusal)
            return
        dialog = PasswordDialog(desk, tries.at(desk.office.db.path), window)
        dialog.wanted.connect(partial(self._change, window, desk))
        dialog.open()

    def _change(self, window: MainWindow, desk: Desk, new: str | None) -> None:
        """Write the file anew while its window waits; it goes on where it was, whatever becomes of the work."""
        self.idle.begin(0)
        desk.suspending.emit()
        wait_until_idle(desk.tasks)
        if self._front.desk is not desk:
            return
        path, key, who, held = desk.office.db.path, desk.office.key, desk.office.who, desk.office.hold
        page = WorkingPage(_("The file is written anew and checked …"))
        cover = Cover(page)
        desk.suspend()
        made: list[Protection] = []
        failed: list[UserError] = []

        def op(progress: Progress) -> Protection:
            return passwords.change(path, key, new, who, progress, held)

        def go_on() -> None:
            window.removeEventFilter(self)
            if not self._resumed(desk, cover, made[0].key if made else key):
                return
            if made:
                self._tell(window, desk, made[0])
            elif failed:
                window.tell_problem(str(failed[0]))

        window.installEventFilter(self)
        job = self._tasks.run(op, made.append, failed.append, progress=page, cancellable=True)
        job.at_end(go_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let nothing close the window while its file is written anew, also not what was clicked before."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _resumed(self, desk: Desk, cover: Cover, key: str | None) -> bool:
        """Whether the file is open again, and its windows shown; else the start page says why not."""
        try:
            desk.resume(key)
        except UserError as wrong:  # after a defect of ours it may have its new password
            self._front.close_file(backed_up=True)
            self._front.show_start(str(wrong))
            cover.drop()
            return False
        cover.lift()
        self.watch()
        return True

    def _tell(self, window: MainWindow, desk: Desk, made: Protection) -> None:
        notes = [*made.notes, *copies_told(made.copies)]
        if made.recovery:
            RecoveryDialog(desk.state, made.path.name, made.recovery, notes, window).open()
        elif notes:
            window.tell_problem("\n".join((done_told(made), *notes)))
        else:
            window.tell_done(done_told(made))


def _leave_nothing(desk: Desk) -> None:
    """Nothing that was copied of a file with a password outlasts it in the clipboard."""
    if desk.office.key:
        clipboard.empty()


def _unsaved(window: MainWindow) -> bool:
    """Whether something typed on a page would be lost with the window."""
    return window.stack.has_unsaved()
