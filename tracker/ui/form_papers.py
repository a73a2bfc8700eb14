"""What is kept with the record on a form beside its fields, and the keys that lead there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.operations.office import Changed
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.attachments_panel import AttachmentsPanel
from tracker.ui.desk import Desk
from tracker.ui.file_drop import FileDrop


class FormPapers(QWidget):
    """Attachments of the record shown; files may be dropped anywhere on the form."""

    def __init__(self, desk: Desk, ledger: Ledger, form: QWidget) -> None:
        super().__init__()
        self.attachments = AttachmentsPanel(desk, ledger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        column.addWidget(self.attachments)
        FileDrop(form, self.attachments.take)
        self._key(form, "Ctrl+Shift+A", self.attachments.choose)

    def _key(self, form: QWidget, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def show_record(self, uid: str | None) -> None:
        """Show what belongs to a record; None for one that is not in the file yet."""
        self.attachments.show_record(uid)

    def again(self, changed: Changed) -> None:
        """Something was changed."""
        self.attachments.again(changed)
