"""A dialog that may be at work: whoever would leave it stops the work first."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from tracker.i18n import _
from tracker.ui.tasks import Job


class BusyDialog(QDialog):
    """Holds the running job, if any, in `_job`, and says in `step` how far it is; those who inherit it make `step`."""

    step: QLabel

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
