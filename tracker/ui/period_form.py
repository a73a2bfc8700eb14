"""What dialogs over a period have in common: the period, a line below it, what is told, and the buttons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.period_picker import PeriodPicker


def period_and(picker: PeriodPicker, name: str, line: QLineEdit, *beside: QWidget) -> QFormLayout:
    """The period and, under it, a named line with what stands beside it."""
    form = QFormLayout()
    form.setHorizontalSpacing(theme.M)
    form.setVerticalSpacing(theme.M)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    form.addRow(_("Period"), picker)
    row = QHBoxLayout()
    row.setSpacing(theme.S)
    row.addWidget(line, 1)
    for widget in beside:
        row.addWidget(widget)
    label = QLabel(name)
    label.setBuddy(line)
    form.addRow(label, row)
    return form


def lay_out(
    dialog: QDialog,
    about: str,
    form: QFormLayout,
    told: Iterable[QWidget],
    buttons: Iterable[QWidget],
    more: Iterable[QWidget] = (),
) -> None:
    """The dialog's title and what it is about, its fields, what is told below them, and its buttons at the right;
    `more` are those at the left."""
    foot = QHBoxLayout()
    foot.setSpacing(theme.S)
    for button in more:
        foot.addWidget(button)
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
    column.setSpacing(theme.M)
    column.addWidget(widgets.Heading(dialog.windowTitle()))
    column.addWidget(widgets.Caption(about))
    column.addLayout(form)
    for widget in told:
        column.addWidget(widget)
    column.addStretch(1)
    column.addLayout(foot)
