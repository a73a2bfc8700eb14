"""Small dialogs of a few labelled editors: what is wrong stands below, Enter takes, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations.office import Office
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import WaitingDialog
from tracker.ui.desk import Desk
from tracker.ui.tasks import Progress

T = TypeVar("T")


class Asking(WaitingDialog):
    """A form over the window; `take` does what is asked and raises UserError where it cannot be."""

    def __init__(self, title: str, accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.form = QFormLayout()
        self.form.setSpacing(theme.M)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.ok = widgets.button(accept, primary=True)
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        cancel = widgets.button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.ok)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        self.column.setSpacing(theme.M)
        self.column.addLayout(self.form)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)
        self.column.addLayout(row)

    def ask(self, label: str, editor: QWidget, hint: str = "") -> None:
        """A line of the form; a hint stands below the editor."""
        editor.setAccessibleName(label)
        if not hint:
            self.form.addRow(label, editor)
            return
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(editor)
        column.addWidget(widgets.Caption(hint))
        self.form.addRow(label, box)
        name = self.form.labelForField(box)
        if isinstance(name, QLabel):
            name.setBuddy(editor)

    def tell(self, text: str) -> None:
        """Say what is wrong; nothing for an empty text."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def refused(self, wrong: UserError) -> None:
        """Say why it could not be done, and stay."""
        self.tell(str(wrong))

    def carry_out(self, desk: Desk, op: Callable[[Office, Progress], T], then: Callable[[T], object]) -> None:
        """Have the worker do it, once however often Enter is pressed; then close and go on."""
        if self.is_working:
            return

        def finish(result: T) -> None:
            self.done(QDialog.DialogCode.Accepted)
            then(result)

        self.tell("")
        self.follow(desk.run(op, finish, self.refused))
