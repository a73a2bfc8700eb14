"""Taking the file back to a backup: what it holds, what would be lost, and making it ready while the file is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from tracker.db.differing import Later
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import restoring
from tracker.operations.backups import Backup
from tracker.operations.office import Office
from tracker.operations.restoring import Ready
from tracker.ui import backup_text, theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.tasks import Progress

T = TypeVar("T")


class RestoreDialog(BusyDialog):
    """`key` opens the backup; `ready` with the `Ready` once only the exchange of the files is left."""

    ready = Signal(object)

    def __init__(self, desk: Desk, backup: Backup, key: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.backup, self._key = desk, backup, key
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Restore a backup"))
        self.setMinimumWidth(600)
        self.banner, self.step, self.bar = widgets.Banner(), widgets.Caption(), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.hide()
        self.lost = QLabel(_("Looking at what has changed since …"))
        self.lost.setWordWrap(True)
        self.lost.setTextFormat(Qt.TextFormat.PlainText)
        self.go = widgets.button(_("Restore"), "history", primary=True)
        self.close_button = widgets.button(_("Cancel"))
        self.go.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.go.setEnabled(False)
        self._look()

    def _lay_out(self) -> None:
        one = self.backup
        title = _("Take the file back to {time}?").format(time=f"{one.made:{backup_text.SHOWN}}")
        self.holds = widgets.Caption(backup_text.holds(one, self.desk.office.catalogue))
        after = widgets.Caption(
            _("The file as it is now is backed up first: restore that backup, and this is undone.")
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.step, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Heading(title))
        column.addWidget(self.banner)
        for text, words in (
            (_("It holds"), self.holds),
            (_("What is lost"), self.lost),
            (_("How to undo it"), after),
        ):
            part = QVBoxLayout()
            part.setSpacing(theme.XS)
            part.addWidget(widgets.Heading(text, role="strong"))
            part.addWidget(words)
            column.addLayout(part)
        column.addStretch(1)
        column.addWidget(self.bar)
        column.addLayout(buttons)

    # what would be lost

    def _look(self) -> None:
        backup, key = self.backup.path, self._key
        self._follow(
            lambda office, progress: restoring.later(office, backup, key, progress),
            self._show_lost,
            self._unknown,
        )

    def _show_lost(self, later: Later) -> None:
        self._job = None
        self.lost.setText(backup_text.lost(later, self.desk.office.catalogue))
        self._offer()

    def _unknown(self, wrong: UserError) -> None:
        """The file is damaged, say, which is why one restores."""
        self._job = None
        self.lost.setText(_("What has changed since cannot be told: {reason}").format(reason=wrong))
        self._offer()

    def _offer(self) -> None:
        """What is lost is read first: Enter, pressed on, leaves."""
        self.step.setText("")
        self.go.setEnabled(True)
        self.close_button.setFocus()

    # making it ready

    def start(self) -> None:
        """Check the backup, back up the file and have all ready; it can be stopped."""
        if self._job:
            return
        path, backup, key = self.desk.office.db.path, self.backup.path, self._key

        def op(office: Office, progress: Progress) -> Ready:
            return restoring.prepare(
                path,
                backup,
                office.who,
                current=office,
                key=key,
                reason=office.reason,
                progress=progress,
            )

        self.go.setEnabled(False)
        self.banner.hide()
        self.wait()
        self._follow(op, self._made, self._refused)

    def _follow(
        self,
        op: Callable[[Office, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object],
    ) -> None:
        job = self.desk.run(op, done, failed, cancellable=True)
        if not job.is_finished:
            self._job = job
            job.progressed.connect(self.show_progress)
            job.cancelled.connect(self._stopped)

    def _made(self, ready: Ready) -> None:
        self._job = None
        self.accept()
        self.ready.emit(ready)

    def _refused(self, wrong: UserError) -> None:
        self._at_rest()
        self.banner.tell("danger", str(wrong))
        self.close_button.setFocus()

    def _stopped(self) -> None:
        self._at_rest()
        super().reject()

    def _at_rest(self) -> None:
        self._job = None
        self.bar.hide()
        self.step.setText("")
        self.go.setEnabled(True)
