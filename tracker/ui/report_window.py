"""What the user sees when the program has a defect: plain words, and a report to hand on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.crash import describe


class ReportWindow(QDialog):
    """Shows one defect; `log_file` None where nothing is logged."""

    def __init__(self, error: BaseException, log_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The program has a defect"))
        self.resize(640, 460)
        self._log_file = log_file
        self.report = QPlainTextEdit(describe(error))
        self.report.setReadOnly(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setAccessibleName(_("Report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(self._words())
        column.addWidget(self.report, 1)
        column.addLayout(self._buttons())

    def _words(self) -> QHBoxLayout:
        text = QVBoxLayout()
        text.addWidget(widgets.Heading(_("Something went wrong in the program.")))
        text.addWidget(
            widgets.Caption(
                _(
                    "It is not your fault. Everything that was saved is in the file, whole. Please hand this report to "
                    "whoever looks after the program: it holds no names and nothing from the records."
                )
            )
        )
        row = QHBoxLayout()
        row.setSpacing(theme.L)
        row.addWidget(widgets.Icon("warning", 32, "danger"))
        row.addLayout(text, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.copy = widgets.button(_("Copy the report"), "copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        row.addWidget(self.copy)
        if self._log_file:
            folder = widgets.button(_("Open the folder of the log"), "folder", quiet=True)
            folder.clicked.connect(self._open_folder)
            row.addWidget(folder)
        row.addStretch(1)
        go_on = widgets.button(_("Go on"), primary=True)
        go_on.clicked.connect(self.accept)
        go_on.setDefault(True)
        go_on.setFocus()
        row.addWidget(go_on)
        return row

    def _open_folder(self) -> None:
        if self._log_file:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file.parent)))
