"""What will be printed, page by page, before it is: on a printer or as a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.paper import DocumentPaper, Paper, print_on, set_up

SIZE = (920, 640)


def preview(
    parent: QWidget,
    title: str,
    content: Paper | QTextDocument | str,
    landscape: bool = False,
    folder: Path | None = None,
) -> PrintPreview:
    """Open the preview of a paper, a document or HTML; files are offered to be written into `folder`."""
    paper = DocumentPaper(title, content) if isinstance(content, QTextDocument | str) else content
    result = PrintPreview(paper, landscape, folder or Path.home(), parent)
    result.open()
    return result


def write_pdf(paper: Paper, path: Path, landscape: bool = False) -> int:
    """Write a paper as a PDF, whole or not at all; how many pages it has. Raises UserError."""
    from tracker.operations.exporting import fresh_file  # here: its libraries take long to load

    with fresh_file(path) as fresh:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(fresh))
        set_up(printer, paper, landscape)
        return print_on(printer, paper)


class PrintPreview(QDialog):
    """Pages, which way the paper lies, and what is done with them."""

    def __init__(self, paper: Paper, landscape: bool, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper, self._folder = paper, folder
        self.setWindowTitle(_("Preview: {title}").format(title=paper.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_up(self.printer, paper, landscape)
        self.pages = QPrintPreviewWidget(self.printer)
        self.pages.paintRequested.connect(lambda printer: print_on(printer, self.paper))
        self.pages.previewChanged.connect(self._say)
        self.banner, self.place = widgets.Banner(), QLabel()
        self._make_buttons(landscape)
        self._arrange()
        self.pages.fitToWidth()
        self.print_button.setFocus()

    def _make_buttons(self, landscape: bool) -> None:
        self.before = widgets.tool_button("back", _("Page before (PgUp)"))
        self.after = widgets.tool_button("forward", _("Next page (PgDown)"))
        self.lying = widgets.button(_("Landscape"))
        self.lying.setCheckable(True)
        self.lying.setChecked(landscape)
        self.lying.setToolTip(_("Turn the paper (Ctrl+L)"))
        self.larger = widgets.button(_("Larger"), quiet=True)
        self.larger.setToolTip(_("Larger (Ctrl++)"))
        self.smaller = widgets.button(_("Smaller"), quiet=True)
        self.smaller.setToolTip(_("Smaller (Ctrl+-)"))
        self.pdf = widgets.button(_("Save as PDF …"), "save")
        self.pdf.setToolTip(_("Write a PDF (Ctrl+S)"))
        self.print_button = widgets.button(_("Print …"), "print", primary=True)
        self.print_button.setToolTip(_("Choose a printer and print (Ctrl+P)"))
        self.close_button = widgets.button(_("Close"))
        self.lying.toggled.connect(self._turn)
        acts: tuple[tuple[QPushButton | None, str, object], ...] = (
            (self.larger, "Ctrl++", lambda: self.pages.zoomIn(1.2)),
            (self.smaller, "Ctrl+-", lambda: self.pages.zoomOut(1.2)),
            (self.pdf, "Ctrl+S", self.save_pdf),
            (self.print_button, "Ctrl+P", self.print_out),
            (self.close_button, "", self.reject),
        )
        for button, keys, act in acts:
            if button:
                button.clicked.connect(act)
            if keys:
                QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        for keys, by in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.step(by))
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lying.toggle)

    def _arrange(self) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setSpacing(theme.S)
        for widget in (self.before, self.place, self.after):
            above.addWidget(widget)
        above.addStretch(1)
        for button in (self.smaller, self.larger, self.lying):
            above.addWidget(button)
        below.addWidget(self.pdf)
        below.addStretch(1)
        below.addWidget(self.close_button)
        below.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(above)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addLayout(below)

    @property
    def landscape(self) -> bool:
        """Whether the paper lies."""
        return self.lying.isChecked()

    def step(self, by: int) -> None:
        """Go to another page."""
        self.pages.setCurrentPage(max(1, min(self.pages.pageCount(), self.pages.currentPage() + by)))
        self._say()

    def _say(self) -> None:
        count = self.pages.pageCount()
        page = self.pages.currentPage()
        self.place.setText(_("Page {n} of {count}").format(n=page, count=count))
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < count)

    def _turn(self, landscape: bool) -> None:
        set_up(self.printer, self.paper, landscape)
        self.pages.updatePreview()
        self.pages.fitToWidth()

    def print_out(self) -> None:
        """Choose a printer and print; where there is none, offer a PDF."""
        if not QPrinterInfo.availablePrinterNames():
            self.banner.tell("warning", _("This computer has no printer; save a PDF instead (Ctrl+S)."))
            self.pdf.setFocus()
            return
        dialog = QPrintDialog(self.printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            print_on(self.printer, self.paper)
            self.accept()

    def save_pdf(self) -> None:
        """Choose a file and write it."""
        start = str(self._folder / f"{self.paper.title}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, "PDF (*.pdf)")
        if chosen:
            self.write(Path(chosen).with_suffix(".pdf"))

    def write(self, path: Path) -> None:
        """Write a PDF, and say so."""
        try:
            write_pdf(self.paper, path, self.landscape)
        except UserError as wrong:
            self.banner.tell("danger", str(wrong))
        else:
            self.banner.tell("positive", _("Written: {path}").format(path=path))
