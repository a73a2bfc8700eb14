"""Who we are, in which version."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

import tracker
from tracker.i18n import _


def about(parent: QWidget) -> QMessageBox:
    """The box, to be opened."""
    box = QMessageBox(parent)
    box.setWindowTitle(_("About Case Tracker"))
    box.setText(_("Case Tracker") + f" {tracker.__version__}")
    box.setInformativeText(
        _("An offline ledger and statistics program for labour-rights offices. It makes no network calls.")
        + f"\n\nPython {platform.python_version()} · Qt {qVersion()}"
    )
    return box
