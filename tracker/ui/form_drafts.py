"""What is typed into a form is kept in the file every few seconds, should the program end before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from tracker.db import drafts
from tracker.db.drafts import Draft
from tracker.errors import DiskFull, UserError
from tracker.ids import uuid7
from tracker.operations.office import Office
from tracker.schema.ledger import Ledger
from tracker.ui.desk import Desk
from tracker.ui.tasks import Job, wait_for

EVERY_MS = 2000
"""So much typing is lost at most where the power goes."""
Content = Mapping[str, Sequence[object]]


class FormDrafts(QObject):
    """Of one form. `content` is what differs from the file; `uid` is that of the record, empty for a new one."""

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        uid: Callable[[], str],
        content: Callable[[], Content],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self._uid, self._content = uid, content
        self._kept: Draft | None = None
        self._saving: Draft | None = None
        self._keeping: Job | None = None
        self.timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self.timer.timeout.connect(self.keep)
        desk.suspending.connect(self._keep_now)
        desk.closing.connect(self.timer.stop)

    def begin(self, draft: Draft | None = None) -> None:
        """The form shows another record, or what a draft of the file holds."""
        self.timer.stop()
        self.settle()
        self._kept = draft

    def settle(self) -> None:
        """Forget the draft where all that was typed was taken back; before the form goes on to something else."""
        if self._kept and not self._content():
            self.forget()

    def typed(self) -> None:
        """Something was typed: keep it soon."""
        if not self.timer.isActive() and not self.desk.readonly:
            self.timer.start()

    def keep(self) -> None:
        """Keep what stands on the form, unless it is what is kept already."""
        content = self._content()
        if not content:
            self.forget()
        elif not self._kept or self._kept.content != content:
            identity = self._kept.id if self._kept else uuid7()
            draft = self._kept = Draft(identity, self.ledger.name, self._uid(), content)
            self._keeping = self.desk.run(
                lambda office, _progress: drafts.keep(office.db, office.who, draft),
                lambda _kept: self.desk.wrote.emit(),
                lambda wrong: self._refused(draft, wrong),
            )

    def _keep_now(self) -> None:
        """The file is closed for a while, and may not be opened again by this window."""
        self.timer.stop()
        if not self.desk.readonly:
            self.keep()

    def dropping(self) -> Callable[[Office], None]:
        """What forgets the draft of what the form shows, to be done together with saving it."""
        self.timer.stop()
        self._saving = kept = self._kept
        self._kept = None
        return (lambda office: drafts.drop(office.db, kept.id)) if kept else _nothing

    def refused(self) -> None:
        """It could not be saved: the draft is still what it was."""
        self._kept = self._saving
        self.typed()

    def is_kept(self) -> bool:
        """Whether all that stands on the form is in the file's draft; what is on its way there is waited for."""
        wait_for(self._keeping)
        return self._kept is not None and self._kept.content == self._content()

    def leave(self) -> None:
        """The form goes on to something else; what was kept stays."""
        self.timer.stop()
        self._kept = None

    def forget(self) -> None:
        """Forget the draft: what was typed is discarded."""
        if self._kept:
            drop = self.dropping()
            self.desk.run(lambda office, _progress: drop(office), _nothing, _nothing)

    def _refused(self, draft: Draft, wrong: UserError) -> None:
        """What was kept before is still there, under the same identifier; on a full disk it is tried again."""
        if isinstance(wrong, DiskFull):
            self.typed()
        before = replace(draft, content={})
        self._kept = before if self._kept is draft else self._kept
        self._saving = before if self._saving is draft else self._saving


def _nothing(_told: object) -> None:
    """Nothing is to be said."""
