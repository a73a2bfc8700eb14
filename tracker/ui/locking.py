"""The window locked: its widgets wait hidden with all that was typed; the file is closed and its key forgotten."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.operations import keeping
from tracker.ui import clipboard
from tracker.ui.cover import Cover
from tracker.ui.desk import Desk
from tracker.ui.opened_copies import OpenedCopies
from tracker.ui.tasks import Tasks
from tracker.ui.tries import Tries
from tracker.ui.unlock import LockPage

UNSAVED = N_(
    "Something typed is not saved yet; unlock to save it. Closing again closes all the same: "
    "what stands on a form is offered when the file is opened again, anything else is dropped."
)


class Locked(QObject):
    """One time that the window is locked, from its making until `ended` or `closed`."""

    ended = Signal()
    closed = Signal(bool)
    """The file is to be closed without unlocking it, and the program too where that is true."""

    def __init__(self, desk: Desk, tasks: Tasks, tries: Tries, unsaved: Callable[[], bool]) -> None:
        super().__init__()
        self._desk, self._unsaved = desk, unsaved
        self._asked = self._is_left = False
        self.page = LockPage(desk.office.db.path, tasks, tries)
        self.page.unlocked.connect(self.unlock)
        self.page.close_wanted.connect(self._close)
        self.cover = Cover(self.page, alone=True)
        OpenedCopies.of(desk).clear()
        clipboard.empty()
        self.unbacked: UserError | None = None
        """Why there is no backup, where one was due; to be told once the clerk is back."""
        self._suspended = False
        desk.suspending.emit()
        if not desk.readonly:
            desk.tasks.run(
                lambda progress: keeping.on_locking(desk.office.db, progress),
                lambda _notes: None,
                self._not_backed_up,
            )
        if desk.tasks.is_busy():  # what runs is finished first; what it shows is hidden already
            desk.tasks.busy.connect(self._suspend)
        else:
            self._suspend()

    def _not_backed_up(self, wrong: UserError) -> None:
        self.unbacked = wrong

    def _suspend(self, busy: bool = False) -> None:
        if busy or self._suspended:
            return
        self._suspended = True
        self._desk.suspend()

    def unlock(self, key: str) -> None:
        """Open the file again and bring the windows back as they were."""
        if self._is_left:
            return
        if self._suspended:
            try:
                self._desk.resume(key)
            except UserError as wrong:
                self.page.note.tell("danger", str(wrong))
                return
        self._stop()
        self.cover.lift()
        self.ended.emit()

    def _close(self, quits: bool) -> None:
        """Closing loses what was typed and not saved: only at the second time."""
        if self._is_left:
            return
        if (self._unsaved() or len(self.cover.hidden) > 1) and not self._asked:
            self._asked = True
            self.page.note.tell("warning", _(UNSAVED))
            self.page.form.setFocus()  # what is typed next is the password
            return
        self._is_left = True
        self._stop()
        self.closed.emit(quits)
        self.cover.drop()

    def _stop(self) -> None:
        if not self._suspended:
            self._suspended = True
            self._desk.tasks.busy.disconnect(self._suspend)
