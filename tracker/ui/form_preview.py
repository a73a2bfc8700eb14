"""Printed forms of records as they will look, to the printer or as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QPdfWriter, QPixmap, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import form_prints
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office
from tracker.schema.file_name import harmless
from tracker.schema.ledger import Ledger
from tracker.ui import form_painter, theme, widgets
from tracker.ui.busy_dialog import WaitingDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.form_painter import Page
from tracker.ui.tasks import Progress

FOLDER = "papers_folder"
SIZE, SCREEN_DOTS, SHOWN = (860, 900), 84.0, 40
PDF_DOTS = 600
BESIDE = 110
"""Pixels of the window that are not the sheet's."""


class FormPreview(WaitingDialog):
    """Of records of one ledger, by their uids."""

    def __init__(self, desk: Desk, ledger: Ledger, uids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._ledger, self._uids = desk, ledger, tuple(uids)
        self.pages: list[Page] = []
        self.choice, self.banner, self.count = QComboBox(), widgets.Banner(), widgets.Caption()
        self.sheets, self.area = QWidget(), QScrollArea()
        self.pdf_button = widgets.button(_("Save as PDF …"), "save")
        self.print_button = widgets.button(_("Print …"), "print", primary=True)
        self.close_button = widgets.button(_("Close"))
        for form in form_prints.of(ledger):
            self.choice.addItem(_(form.label), form.key)
        self.setWindowTitle(_("Print forms"))
        screen = parent.screen().availableGeometry().size()
        self.resize(
            min(SIZE[0], screen.width() - 40),
            min(SIZE[1], screen.height() - 60, max(560, parent.height() - 40)),
        )
        self._arrange()
        self._connect()
        self.fill()

    def _arrange(self) -> None:
        self.choice.setAccessibleName(_("Form"))
        self.choice.setMinimumWidth(220)
        self.count.setWordWrap(False)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column = QVBoxLayout(self.sheets)
        self._column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self._column.setSpacing(theme.L)
        self.area.setWidget(self.sheets)
        top = QHBoxLayout()
        top.setSpacing(theme.M)
        for widget in (self.choice, self.count):
            top.addWidget(widget)
        top.addStretch(1)
        for button in (self.close_button, self.pdf_button, self.print_button):
            button.setAutoDefault(False)
            top.addWidget(button)
        self.print_button.setToolTip(_("Print (Ctrl+P)"))
        self.pdf_button.setToolTip(_("Save as PDF (Ctrl+S)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.area, 1)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _index: self.fill())
        self.print_button.clicked.connect(self.print)
        self.pdf_button.clicked.connect(self.ask_pdf)
        self.close_button.clicked.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self.print)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.ask_pdf)

    def fill(self) -> None:
        """Fill in and paint the form chosen, in the worker."""
        ledger, uids, key = self._ledger, self._uids, str(self.choice.currentData())
        ratio = self.devicePixelRatioF()
        dots = min(SCREEN_DOTS, (self.width() - BESIDE) * 254 / form_painter.PAGE.width())

        def op(office: Office, progress: Progress) -> tuple[list[Page], list[QImage]]:
            pages = form_painter.pages(form_prints.filled(office, ledger, key, uids, progress))
            images: list[QImage] = []
            for page in pages[:SHOWN]:
                progress.check()
                images.append(form_painter.image(page, dots, ratio))
            return pages, images

        self._desk.run(op, alive(self, lambda made: self._show(*made)), alive(self, self._refused))

    def _show(self, pages: list[Page], images: list[QImage]) -> None:
        self.pages = pages
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for image in images:
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image))
            sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(sheet)
        self._column.addStretch(1)
        count = ngettext("{count} sheet", "{count} sheets", len(pages)).format(count=len(pages))
        more = _("{count}, the first {shown} shown").format(count=count, shown=SHOWN)
        self.count.setText(more if len(pages) > SHOWN else count)

    def print(self) -> None:
        """Ask for a printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.choice.currentText())
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            pages, refused = self.pages, _("The printer does not take it; choose another, or save as PDF.")

            def op(_office: Office, progress: Progress) -> None:
                if not form_painter.paint(pages, printer, progress.report):
                    raise UserError(refused)

            self._run(op, _("Sent to the printer."))

    def ask_pdf(self) -> None:
        """Ask for a name and write a PDF."""
        folder = Path(str(self._desk.state.get(FOLDER, str(Path.home()))))
        start = str(folder / harmless(f"{self.choice.currentText()}.pdf"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, _("PDF documents (*.pdf)"))
        if chosen:
            self.write_pdf(Path(chosen).with_suffix(".pdf"))

    def write_pdf(self, path: Path) -> None:
        """Write all sheets as a PDF, whole or not at all."""
        pages, title = self.pages, self.choice.currentText()

        def op(_office: Office, progress: Progress) -> None:
            with fresh_file(path) as made:
                made.touch()
                writer = QPdfWriter(str(made))
                writer.setResolution(PDF_DOTS)
                writer.setTitle(title)
                if not form_painter.paint(pages, writer, progress.report):
                    raise OSError(str(path))

        self._desk.state.set(FOLDER, str(path.parent))
        self._run(op, _("Written: {path}").format(path=path))

    def _run(self, op: Callable[[Office, Progress], None], told: str) -> None:
        if self.is_working:
            return
        job = self._desk.run(
            op,
            alive(self, lambda _done: self.banner.tell("positive", told)),
            alive(self, self._refused),
            cancellable=True,
        )
        self.follow(job)
        if not job.is_finished:
            widgets.ProgressDialog(self, self.windowTitle()).follow(job)

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))
