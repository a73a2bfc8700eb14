"""Who we are, in which version."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

import tracker
from tracker.i18n import _
from tracker.ui import input_method
from tracker.ui.boxes import message_box


def about(parent: QWidget) -> QMessageBox:
    """The box, to be opened."""
    name = _("Case Tracker") + f" {tracker.__version__}"
    about_it = _(
        "An offline ledger and statistics program for labour-rights offices. It makes no network calls."
    )
    versions = f"Python {platform.python_version()} · Qt {qVersion()}"
    texts = [about_it, *filter(None, [input_method.told()]), versions]
    box = message_box(parent, _("About Case Tracker"), name, "\n\n".join(texts), icon_name="disputes")
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    return box
