"""Exporting the year-end workbook: which period, where to, how far it is, and opening what was made."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from tracker import settings
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import exporting
from tracker.operations.exporting import Exported
from tracker.period import Period
from tracker.ui import widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.file_names import FOLDER, chosen_folder, proposed
from tracker.ui.keys import Export
from tracker.ui.period_form import lay_out, period_and
from tracker.ui.period_picker import PeriodPicker
from tracker.ui.tasks import Job


def proposed_name(office: str, period: Period) -> str:
    """A file name for a period's workbook."""
    return proposed(office, period, _("year-end statistics"), ".xlsx")


class ExportWorkbookDialog(BusyDialog):
    """Writes the workbook of one period; stays open to open it, and asks nothing twice."""

    def __init__(self, desk: Desk, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._replace: Path | None = None
        self._made: Path | None = None
        self.setWindowTitle(_("Year-end workbook"))
        self.setMinimumSize(660, 350)  # room for what it will say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields(period)
        self._make_buttons()
        self._lay_out()
        self._propose()
        self.path.setFocus()

    def _make_fields(self, period: Period) -> None:
        self.picker = PeriodPicker(period, scope=self)
        self.picker.changed.connect(self._period_changed)
        self.path = QLineEdit()
        self.path.setAccessibleName(_("File"))
        self.path.setToolTip(_("Where the workbook is written"))
        self.path.textEdited.connect(lambda _text: self.path.setProperty("own", True))
        self.path.textChanged.connect(lambda _text: self._forget())
        self.browse = widgets.button(_("Browse …"), "folder")
        Export.choose.press(self.browse)
        self.browse.clicked.connect(self._browse)
        self.banner = widgets.Banner()
        self.picker.problem.connect(self.banner.complain)
        self.banner.acted.connect(self.start)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.step = widgets.Caption()

    def _make_buttons(self) -> None:
        self.open_file = widgets.button(_("Open workbook"), "document")
        Export.open.press(self.open_file)
        self.open_file.clicked.connect(lambda: self._open(self._made))
        self.open_folder = widgets.button(_("Open folder"), "folder")
        Export.folder.press(self.open_folder)
        self.open_folder.clicked.connect(lambda: self._open(self._made.parent if self._made else None))
        self.export = widgets.button(_("Export"), "export", primary=True)
        Export.write.tell(self.export)
        self.export.clicked.connect(self.start)
        Export.write.on(self, self.export.click)
        self.close_button = widgets.button(_("Cancel"))
        Export.close.tell(self.close_button)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        about = _(
            "Cover, all figures with definitions and last year, months, breakdowns, and every record behind them; "
            "beside each figure a formula recounts it from those records."
        )
        lay_out(
            self,
            about,
            period_and(self.picker, _("File"), self.path, self.browse),
            (self.banner, self.step, self.bar),
            (self.close_button, self.export),
            (self.open_file, self.open_folder),
        )
        self._forget()

    def start(self) -> None:
        """Write the workbook; a file that is there is replaced only when asked a second time."""
        if self._job or self._unreadable():
            return
        path = self._target()
        if path is None:
            self.banner.tell("danger", _("Name the file to write."))
            self.path.setFocus()
            return
        if os.path.isfile(path) and path != self._replace:  # unlike Path.is_file, it takes any name
            self._replace = path
            text = _("{name} is already there.").format(name=path.name)
            self.banner.tell("warning", text, _("Replace it"), closable=False)
            self.banner.action.setFocus()
            return
        period = self.picker.period()
        self._show_running(True)
        job = self.desk.run(
            lambda office, progress: exporting.workbook(office, period, path, progress),
            self._done,
            self._failed,
            cancellable=True,
        )
        if not job.is_finished:
            self._follow(job)

    def _unreadable(self) -> bool:
        """Whether a period or day was typed that the picker could not read; it has said so."""
        return any(line.property("problem") for line in (self.picker.typed, self.picker.as_of))

    def _follow(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self.show_progress)
        job.cancelled.connect(self._cancelled)
        job.finished.connect(self._finished)

    def _target(self) -> Path | None:
        text = self.path.text().strip()
        if not text:
            return None
        path = Path(text).expanduser()
        path = path if path.is_absolute() else chosen_folder(self.desk.state) / path
        return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")

    def _done(self, made: Exported) -> None:
        self._made = made.path
        self.desk.state.set(FOLDER, str(made.path.parent))
        self._show_running(False)
        records = ngettext("{n} record", "{n} records", made.records).format(n=f"{made.records:,}")
        text = _("Written: {name}, with {records} and {proofs} proofs.").format(
            name=made.path.name, records=records, proofs=f"{made.proofs:,}"
        )
        self.banner.tell("positive", text, closable=False)
        self.open_file.show()
        self.open_folder.show()
        self.close_button.setText(_("Close"))
        self.open_file.setFocus()

    def _failed(self, wrong: UserError) -> None:
        self._show_running(False)
        self.banner.tell("danger", str(wrong))
        self.path.setFocus()

    def _cancelled(self) -> None:
        self._show_running(False)
        self.banner.tell("info", _("Stopped; no file was written."))

    def _finished(self) -> None:
        self._job = None
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        for widget in (self.picker, self.path, self.browse, self.export):
            widget.setEnabled(not running)
        self.bar.setVisible(running)
        self.step.setVisible(running)
        if running:
            self.banner.hide()
            self.bar.setRange(0, 0)
            self.step.setText(_("Computing the figures"))
        self.close_button.setEnabled(True)

    def _forget(self) -> None:
        """Another file or period: what was said and made no longer counts."""
        self._replace = self._made = None
        for widget in (self.banner, self.open_file, self.open_folder, self.bar, self.step):
            widget.hide()
        self.close_button.setText(_("Cancel"))

    def _period_changed(self, _period: Period) -> None:
        self._forget()
        self._propose()

    def _propose(self) -> None:
        """Put a name for the period into the line, unless the clerk has typed one."""
        if not self.path.property("own"):
            office = str(settings.value(stored.read(self.desk.reader), "office") or "")
            self.path.setText(
                str(chosen_folder(self.desk.state) / proposed_name(office, self.picker.period()))
            )

    def _browse(self) -> None:
        kinds = _("Excel workbook") + " (*.xlsx)"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Year-end workbook"), self.path.text(), kinds)
        if chosen:
            self.path.setText(chosen)
            self.path.setProperty("own", True)
            self._replace = self._target()  # the file dialog has asked already

    def _open(self, path: Path | None) -> None:
        if path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def stopping(self) -> None:
        self.close_button.setEnabled(False)
        super().stopping()
