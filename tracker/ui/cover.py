"""A page that stands in the place of all windows while their file is closed; they wait hidden, as they were."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.clock_dialog import ClockDialog
from tracker.ui.reason_dialog import ReasonDialog
from tracker.ui.tasks import Job

WIDTH = 512
PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
ANSWERED = (QMessageBox, QFileDialog, QPrintDialog, ReasonDialog, ClockDialog)
"""Dialogs in which whoever asked waits for the answer: they are left as by Esc."""


class Cover(QObject):
    """From its making until `lift` the page is all there is; with `alone` also of windows that come meanwhile."""

    def __init__(self, page: QWidget, *, alone: bool = False) -> None:
        super().__init__(page)
        self.page = page
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        main = next((w for w in shown if not isinstance(w, QDialog)), None)
        if main:
            page.setGeometry(main.geometry())
            page.setWindowState(main.windowState() & ~Qt.WindowState.WindowMinimized)
        page.show()  # before the others go, so that the program never is without a window
        self.hidden = [widget for widget in shown if _hide(widget)]
        page.activateWindow()
        page.setFocus()
        if alone and (app := QApplication.instance()):
            app.installEventFilter(self)

    def let_in(self) -> None:
        """Windows may come again."""
        if app := QApplication.instance():
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put away what comes; not within its coming, which Qt would finish all the same."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self.page
            and watched.windowType() not in PASSING
        ):
            QTimer.singleShot(0, self, partial(self._put_away, watched))
        return False

    def _put_away(self, widget: QWidget) -> None:
        if not isValid(widget) or not widget.isVisible() or not self.page.isVisible():
            return
        if isinstance(widget, QDialog) and widget.windowModality() == Qt.WindowModality.ApplicationModal:
            widget.reject()  # whoever asked waits for the answer
        else:
            widget.hide()
            self.hidden.append(widget)
        self.page.activateWindow()

    def lift(self) -> None:
        """Bring the windows back, the topmost last, and drop the page."""
        self.let_in()
        for widget in self.hidden:
            if isValid(widget):
                widget.show()
                widget.activateWindow()
        self.drop()

    def drop(self) -> None:
        """Drop the page alone."""
        self.let_in()
        self.page.hide()
        self.page.deleteLater()


def _hide(widget: QWidget) -> bool:
    """Hide a window; whether it comes back."""
    if isinstance(widget, ANSWERED):
        widget.reject()
        return False
    if widget.windowType() in PASSING:
        widget.close()
        return False
    widget.hide()
    return True


def in_the_middle(page: QWidget, *contents: QWidget) -> QFrame:
    """Put a card with these into the middle of a page that is titled as the program."""
    page.setProperty("page", True)
    page.setWindowTitle(_("Case Tracker"))
    frame = widgets.card()
    frame.setFixedWidth(WIDTH)
    inner = QVBoxLayout(frame)
    inner.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
    inner.setSpacing(theme.M)
    for content in contents:
        inner.addWidget(content)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
    whole.addStretch(2)
    whole.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
    whole.addStretch(3)
    return frame


class WorkingPage(QWidget):
    """How far the one job is for which the file is closed; Esc and the button ask it to stop."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.bar = widgets.ProgressBar()
        self.cancel = widgets.button(_("Cancel"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.bar)
        line.addStretch(1)
        line.addWidget(self.cancel)
        in_the_middle(self, widgets.Heading(title), row)
        self.setFocusProxy(self.cancel)

    def follow(self, job: Job) -> None:
        """As `Follower`."""
        self.bar.follow(job)
        self.cancel.clicked.connect(job.cancel)
        self.cancel.clicked.connect(lambda: self.cancel.setEnabled(False))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks to stop, as the button does: the program does not end in the middle of the work."""
        event.ignore()
        self.cancel.click()
