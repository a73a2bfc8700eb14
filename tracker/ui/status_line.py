"""The line at the foot: file, clerk, period, and what is going on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from tracker.i18n import _
from tracker.ui import widgets
from tracker.ui.progress import SHOW_AFTER_MS
from tracker.ui.tasks import Job, Tasks


class StatusLine(QStatusBar):
    """Shows long work with a bar and, where it can be stopped, a cross."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self.file, self.clerk, self.period = QLabel(), QLabel(), QLabel()
        for label in (self.file, self.clerk, self.period):
            self.addWidget(label)
        self.bar = widgets.ProgressBar()
        self.cancel = widgets.tool_button("close", _("Stop what is going on"))
        self.cancel.clicked.connect(tasks.cancel_all)
        self.cancel.hide()
        self.addPermanentWidget(self.bar)
        self.addPermanentWidget(self.cancel)
        tasks.started.connect(self._follow)

    def show_file(self, path: Path) -> None:
        """Name the open file; its whole path is the tooltip."""
        self.file.setText(_("File: {name}").format(name=path.name))
        self.file.setToolTip(str(path))

    def show_clerk(self, name: str) -> None:
        """Name who acts."""
        self.clerk.setText(_("Clerk: {name}").format(name=name))

    def show_period(self, text: str) -> None:
        """Say the period of the figures; "" hides it."""
        self.period.setText(_("Period: {period}").format(period=text) if text else "")

    def _follow(self, job: Job) -> None:
        """The worker does one after the other: a job that waits is shown once those before it have ended."""
        if job.is_finished:
            return
        self._jobs.append(job)
        job.finished.connect(self._ended)
        if len(self._jobs) == 1:
            self._show(job)

    def _ended(self) -> None:
        before = self._jobs[:1]
        self._jobs = [job for job in self._jobs if not job.is_finished]
        if self._jobs[:1] != before:
            self.cancel.hide()
            if self._jobs:
                self._show(self._jobs[0])

    def _show(self, job: Job) -> None:
        self.bar.follow(job)
        QTimer.singleShot(SHOW_AFTER_MS, self, lambda: self._show_cancel(job))

    def _show_cancel(self, job: Job) -> None:
        self.cancel.setVisible(self._jobs[:1] == [job] and job.cancellable)
