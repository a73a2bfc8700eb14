"""The recovery key of a password just set: shown once, to be printed or copied before it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import clipboard, theme, widgets
from tracker.ui.keys import Recovery
from tracker.ui.paper_recovery import IN_A_ROW, RecoveryPaper, fixed
from tracker.ui.print_preview import PrintPreview
from tracker.ui.roomy import RoomyDialog
from tracker.ui.state import State

KEPT_MS = 60_000
"""So long a copied key stays in the clipboard."""


class RecoveryDialog(RoomyDialog):
    """Enter prints; who would leave without having printed or copied is asked to press once more."""

    def __init__(
        self, state: State, file: str, groups: Sequence[str], notes: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Recovery key"))
        self._state, self._groups = state, tuple(groups)
        self._paper = RecoveryPaper(file, groups)
        self._kept = False
        self.banner = widgets.Banner()
        self.print_button = widgets.button(_("Print …"), "print", primary=True)
        self.copy = widgets.button(_("Copy"), "copy")
        self.leave = widgets.button(_("Done"))
        self.print_button.clicked.connect(self.print_it)
        self.copy.clicked.connect(self.copy_it)
        self.leave.clicked.connect(self.reject)
        for key, button in ((Recovery.print, self.print_button), (Recovery.copy, self.copy)):
            key.on(self, button.click)
            key.tell(button)
        self._lay_out(notes)
        self.print_button.setDefault(True)
        self.print_button.setFocus()

    def _lay_out(self, notes: Sequence[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Heading(_("Print the recovery key and lock it away")))
        told = _(
            "It opens the file and its backups when the password is forgotten. Without the password and without this "
            "key nobody can, not even who made this program. It is not shown again."
        )
        column.addWidget(widgets.Caption(told))
        column.addWidget(self._key())
        for note in notes:
            label = widgets.Caption(note)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(self.banner)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.print_button)
        column.addLayout(row)
        self.setMinimumWidth(560)

    def _key(self) -> QWidget:
        frame = widgets.card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.S)
        for n, group in enumerate(self._groups):
            number, text = widgets.Caption(str(n + 1)), QLabel(group)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            text.setFont(fixed(17))
            text.setAccessibleName(_("Group {n}: {digits}").format(n=n + 1, digits=" ".join(group)))
            row, place = n // IN_A_ROW, n % IN_A_ROW
            grid.addWidget(number, row, 2 * place)
            grid.addWidget(text, row, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 1)
        return frame

    def print_it(self) -> None:
        """Preview the sheet and print it; to have seen it is not to have it."""
        preview = PrintPreview(self._state, self, self._paper)
        preview.written.connect(self._have_kept)
        preview.open()

    def _have_kept(self) -> None:
        self._kept = True
        self.banner.hide()

    def copy_it(self) -> None:
        """Put it into the clipboard for a minute."""
        self._kept = True
        text = " ".join(self._groups)
        clipboard.put(text)
        self.banner.tell("positive", _("Copied; the clipboard is emptied in a minute."))
        QTimer.singleShot(KEPT_MS, QGuiApplication.clipboard(), lambda: clipboard.take_out(text))

    def reject(self) -> None:
        """Esc and Done; without a print or a copy only at the second time."""
        if self._kept:
            super().reject()
            return
        self._kept = True
        self.banner.tell(
            "warning", _("The key was neither printed nor copied. Leave without it? Press again.")
        )
