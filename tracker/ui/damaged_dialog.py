"""A damaged file: nothing is written to it; what else can be done."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from tracker.i18n import _
from tracker.ui.boxes import message_box


class Opens(Protocol):
    """Whoever opens files."""

    def look(self, path: Path, why: str, key: str | None = None) -> None: ...


def ask_damaged(path: Path, text: str, opens: Opens, parent: QWidget | None) -> QMessageBox:
    """Show what can be done with a damaged file."""
    box = message_box(parent, _("The file is damaged"), text, icon_name="warning", role="danger")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    look = box.addButton(_("Only look at it"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    look.clicked.connect(lambda: opens.look(path, text))
    return box
