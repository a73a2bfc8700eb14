"""Backups without being asked, while a file is open in the window and when it is closed."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import backups, keeping
from tracker.operations.office import Office
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.progress import ProgressDialog
from tracker.ui.tasks import Job, Progress


class BackupWatch(QObject):
    """Has the open file backed up from now on; the first change of a day waits for the first copy only."""

    _due = Signal()
    """From the worker: there is more to do when there is time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._due.connect(self._spread)
        if not desk.readonly:
            desk.office.keep_backups(desk.warned.emit, self._due.emit)

    def _spread(self) -> None:
        self._desk.run(_spread, self._told, cancellable=True)

    def _told(self, notes: tuple[str, ...]) -> None:
        for text in notes:
            self._desk.warned.emit(text)


def _spread(office: Office, progress: Progress) -> tuple[str, ...]:
    return backups.spread(office.db, progress)


def on_closing(desk: Desk, parent: QWidget | None) -> None:
    """Back up what has changed, told after a moment; the clerk can close without it, and hears where there is none."""
    if desk.readonly:
        return
    dialog = ProgressDialog(parent, _("Backing up before the file is closed …"))
    dialog.cancel.setText(_("Close without a backup"))
    failed: list[UserError] = []
    job = desk.tasks.run(
        lambda progress: keeping.on_closing(desk.office.db, progress),
        lambda _notes: None,
        failed.append,
        progress=dialog,
        cancellable=True,
    )
    if not job.is_finished:
        _wait(job, dialog, parent)
    if failed:
        tell_unbacked(failed[0], parent)


def _wait(job: Job, dialog: QWidget, parent: QWidget | None) -> None:
    """Until the job has ended; nothing but its dialog can be used meanwhile."""
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    if parent:
        parent.setEnabled(False)
        dialog.setEnabled(True)  # which was disabled with its parent
    loop.exec()
    if parent:
        parent.setEnabled(True)


def tell_unbacked(wrong: UserError, parent: QWidget | None) -> None:
    """That the file was closed without a backup, which the clerk has to know."""
    box = message_box(
        parent, _("No backup"), keeping.closed_without(wrong), icon_name="warning", role="warning"
    )
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.exec()
    box.deleteLater()
