"""What every page is handed: the open file, a reader for lists, the worker, and word of what changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from tracker.db import examining, history
from tracker.db import settings as stored
from tracker.db.database import Database
from tracker.errors import FileProblem, FrozenRecords, UserError
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.schema import clerks
from tracker.schema.clerks import Deed
from tracker.ui.reason_dialog import ask_reason
from tracker.ui.state import State
from tracker.ui.tasks import Job, Progress, Tasks, gone, wait_for

T = TypeVar("T")


class Desk(QObject):
    """One open file in the window: `office` for the worker (use `run`), `reader`, which only reads, for pages."""

    changed = Signal(object)
    """Emitted with a `Changed` after every operation that changed something; pages mark themselves stale by it."""

    warned = Signal(str)
    """Emitted, from the worker too, with what stops nothing but the clerk should hear, such as a failed backup."""

    noted = Signal(str)
    """The same, of what has nothing to do with backups."""

    only_read = Signal()
    """Emitted where the clerk would write in a file that can only be read."""

    wrote = Signal()
    """Emitted after something was written that is not told as a change, such as a draft."""

    suspending = Signal()
    """Emitted before the file is closed for a while; what is to be kept of that which was typed is run now."""

    closing = Signal()
    """Emitted before the file is closed; nothing may be run afterwards."""

    def __init__(self, office: Office, tasks: Tasks, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office, self.tasks, self.state = office, tasks, state
        self.reader: Database = office.reader()
        office.listener = self.noted.emit
        self._newest = ""
        """The last row of the history when the file was suspended."""

    @property
    def readonly(self) -> str:
        """Why nothing may be changed, in a sentence; empty where the file can be written."""
        return self.office.db.refusal

    def refusal(self, deed: Deed) -> str:
        """Why the clerk who acts may not do this, in a sentence; empty where that is allowed."""
        return clerks.refusal(clerks.read(stored.read(self.reader)), self.office.who.clerk, deed)

    def run(
        self,
        op: Callable[[Office, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
        *,
        cancellable: bool = False,
    ) -> Job:
        """Run an operation in the worker; its `Changed` (or its result's `.changed`) is told to all pages first.

        One that would change what frozen figures count is run again, once the clerk has written why.
        """

        def finish(result: T) -> None:
            self._tell(result)
            if not gone(done):
                done(result)

        def fail(error: UserError) -> None:
            reason = self.ask_reason(error) if isinstance(error, FrozenRecords) else ""
            if reason:
                wait_for(self.tasks.run(lambda p: _because(self.office, reason, op, p), finish, failed))
            elif failed and not gone(failed):
                failed(error)
            elif not isinstance(error, FrozenRecords):  # else the clerk has just read it, and went back
                self.tasks.problem.emit(str(error))

        return self.tasks.run(
            lambda progress: op(self.office, progress), finish, fail, cancellable=cancellable
        )

    def ask_reason(self, error: FrozenRecords) -> str:
        """Why these records change, in the clerk's words; empty where the clerk would rather not change them."""
        return ask_reason(self.office.catalogue, error.records)

    def run_latest(
        self, key: object, op: Callable[[Office, Progress], T], done: Callable[[T], object]
    ) -> Job:
        """A read in the worker of which only the latest of the same key matters."""
        return self.tasks.run_latest(key, lambda progress: op(self.office, progress), done)

    def _tell(self, result: Any) -> None:
        changed = result if isinstance(result, Changed) else getattr(result, "changed", None)
        if isinstance(changed, Changed) and (changed.ledgers or changed.settings or changed.freezes):
            if changed.structure:
                self.reader.catalogue = self.office.catalogue
            self.changed.emit(changed)

    def suspend(self) -> None:
        """Close the file and forget its key, while nothing runs; what is to be run waits until `resume`."""
        self.tasks.hold()
        with suppress(UserError):  # a file that cannot be read now must be closed all the same
            self._newest = history.newest(self.office.db)
        self.reader.forget()
        self.office.db.forget()

    def resume(self, key: str | None) -> None:
        """Open the file again. Raises FileProblem, also where an older copy has taken its place meanwhile."""
        try:
            if self._newest:
                self._refuse_another(key)
            self.office.db.reopen(key)
            self.reader.reopen(key)
        except BaseException:
            self.office.db.forget()
            raise
        self.tasks.release()

    def _refuse_another(self, key: str | None) -> None:
        path = self.office.db.path
        with examining.reading(path, key) as there:
            known = history.has_row(there, self._newest)
        if not known:
            text = _(
                "{path} is another copy now, without what was saved last; nothing was written to it. "
                "Put the right one back."
            )
            raise FileProblem(text.format(path=path))

    def close(self) -> None:
        """Finish the worker's queue and close the file, whole."""
        self.closing.emit()
        self.tasks.shutdown()
        self.reader.close()
        self.office.close()


def _because(office: Office, reason: str, op: Callable[[Office, Progress], T], progress: Progress) -> T:
    with office.because(reason):
        return op(office, progress)
