"""Views of a running job: a dialog that appears only when it takes long, and a quiet bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme
from tracker.ui.roomy import RoomyDialog
from tracker.ui.tasks import Job

SHOW_AFTER_MS = 300


def fill(bar: QProgressBar, done: int, total: int | None) -> None:
    """Show on a bar how far a job is; `total` None or 0: no end known, the bar only moves."""
    bar.setRange(0, 1000 if total else 0)
    if total:
        bar.setValue(round(1000 * min(done, total) / total))


class _Meter(QObject):
    """Puts a job's reports on a bar and a label."""

    def __init__(self, bar: QProgressBar, text: QLabel) -> None:
        super().__init__(bar)
        self._bar, self._text = bar, text
        bar.setTextVisible(False)
        bar.setRange(0, 0)

    def show(self, done: int, total: int | None, text: str) -> None:
        """As `fill`, and the text where there is one."""
        fill(self._bar, done, total)
        if text:
            self._text.setText(text)


class ProgressDialog(RoomyDialog):
    """A modal view of one job, shown once it has taken 300 ms; Cancel and Esc ask a cancellable job to stop.

    Give it to `Tasks.run(..., progress=ProgressDialog(parent, title))`; it deletes itself at the end.
    """

    def __init__(self, parent: QWidget | None, title: str, *, show_after_ms: int = SHOW_AFTER_MS) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._show_after_ms = show_after_ms
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self.text = QLabel(title)
        self.text.setWordWrap(True)
        self.bar = QProgressBar()
        self._meter = _Meter(self.bar, self.text)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(self.ask_to_stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        column.addLayout(row)

    def follow(self, job: Job) -> None:
        """Show this job from now on."""
        self._job = job
        self.cancel.setVisible(job.cancellable)
        job.progressed.connect(self._meter.show)
        job.finished.connect(self._end)
        QTimer.singleShot(self._show_after_ms, self, self._show_if_running)

    def ask_to_stop(self) -> None:
        """Ask the job to stop; the dialog stays until it has."""
        if self._job and self._job.cancellable and not self._job.is_finished:
            self.cancel.setEnabled(False)
            self.text.setText(_("Stopping …"))
            self._job.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The window's cross asks to stop, as Cancel does."""
        if self._job and not self._job.is_finished:
            self.ask_to_stop()
            event.ignore()

    def _show_if_running(self) -> None:
        if self._job and not self._job.is_finished:
            self.show()

    def _end(self) -> None:
        self.hide()
        self.deleteLater()


class ProgressBar(QWidget):
    """A bar with a text for the status line; hidden unless the followed job runs longer than 300 ms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self._meter = _Meter(self.bar, self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, 0, theme.S, 0)
        row.addWidget(self.text)
        row.addWidget(self.bar)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this job from now on; an earlier one is forgotten."""
        if self._job:
            self._job.progressed.disconnect(self._meter.show)
        self._job = job
        self.text.clear()
        job.progressed.connect(self._meter.show)
        job.finished.connect(self._end)
        QTimer.singleShot(SHOW_AFTER_MS, self, self._show_if_running)

    def _show_if_running(self) -> None:
        if self._job and not self._job.is_finished:
            self.show()

    def _end(self) -> None:
        if self._job and self._job.is_finished:
            self._job = None
            self.hide()
