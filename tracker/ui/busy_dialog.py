"""Dialogs that may be at work: whoever would leave one stops the work first, or waits for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget
from shiboken6 import isValid

from tracker.i18n import _
from tracker.ui.progress import fill
from tracker.ui.roomy import RoomyDialog
from tracker.ui.tasks import Job, wait_for


class BusyDialog(RoomyDialog):
    """Holds the running job, if any, in `_job`, and shows in `step` and `bar` how far it is; those who inherit it make
    these, `bar` only where they show progress."""

    step: QLabel
    bar: QProgressBar

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    def reject(self) -> None:
        """Esc, Cancel and the window's cross: while it works they ask to stop, otherwise they close."""
        if self._job:
            self.stopping()
            self._job.cancel()
        else:
            super().reject()

    def wait(self) -> None:
        """Show that it works, with the focus on the bar: an Enter that comes too late must not press what stops it."""
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.bar.setFocus()

    def show_progress(self, done: int, total: int | None, text: str) -> None:
        """Show how far the job is; while it is stopping, that is what is said."""
        fill(self.bar, done, total)
        if text and not (self._job and self._job.progress.stopping):
            self.step.setText(text)

    def stopping(self) -> None:
        """Say that it is about to stop."""
        self.step.setText(_("Stopping …"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The window's cross stops what runs and stays until it has."""
        if self._job:
            self.reject()
            event.ignore()
        else:
            super().closeEvent(event)


class WaitingDialog(RoomyDialog):
    """For work of a moment: whoever would leave it waits for what it has begun, and stays where that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def is_working(self) -> bool:
        """Whether what it has begun is not over; nothing is begun a second time then."""
        return self._job is not None and not self._job.is_finished

    def follow(self, job: Job) -> None:
        """This is what it has begun."""
        self._job = job

    def reject(self) -> None:
        """Esc, Cancel and the window's cross; what may be cancelled is."""
        job = self._job
        if job is None or job.is_finished:
            super().reject()
            return
        if job.cancellable:
            job.cancel()
        wait_for(job)
        if isValid(self) and self.isVisible() and not job.failed:
            super().reject()
