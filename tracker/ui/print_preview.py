"""What will be printed, page by page, before it is: on a printer or as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.page_view import PageView
from tracker.ui.paper import DocumentPaper, Paper, printing, set_up

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


def write_pdf(paper: Paper, path: Path, landscape: bool = False) -> Iterator[tuple[int, int]]:
    """Write a paper as a PDF, one page at each step, whole or not at all. Raises UserError."""
    from tracker.operations.fresh import fresh_file  # here: its libraries take long to load

    with fresh_file(path) as fresh:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(fresh))
        set_up(printer, paper, landscape)
        yield from printing(printer, paper)


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
        self.pages = PageView(paper)
        self._steps: Iterator[tuple[int, int]] | None = None
        self._then: Callable[[], object] = lambda: None
        self._pace = QTimer(self, interval=0)
        self._pace.timeout.connect(self._step)
        self.banner, self.place = widgets.Banner(), QLabel()
        self._make_buttons(landscape)
        self._arrange()
        self._turn(landscape)
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
            (self.larger, "Ctrl++", lambda: self.pages.zoom(1.2)),
            (self.smaller, "Ctrl+-", lambda: self.pages.zoom(1 / 1.2)),
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
        self.pages.show_page(self.pages.page + by)
        self._say()

    def _say(self) -> None:
        page, count = self.pages.page + 1, self.pages.count
        self.place.setText(_("Page {n} of {count}").format(n=page, count=count))
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < count)

    def _turn(self, landscape: bool) -> None:
        set_up(self.printer, self.paper, landscape)
        self.pages.lay_out(self.printer.pageLayout())
        self._say()

    def print_out(self) -> None:
        """Choose a printer and print; where there is none, offer a PDF."""
        if not QPrinterInfo.availablePrinterNames():
            self.banner.tell("warning", _("This computer has no printer; save a PDF instead (Ctrl+S)."))
            self.pdf.setFocus()
            return
        dialog = QPrintDialog(self.printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._begin(printing(self.printer, self.paper), self.accept)

    def save_pdf(self) -> None:
        """Choose a file and write it."""
        start = str(self._folder / f"{self.paper.title}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, "PDF (*.pdf)")
        if chosen:
            self.write(Path(chosen).with_suffix(".pdf"))

    def write(self, path: Path) -> None:
        """Write a PDF, and say so."""
        done = _("Written: {path}").format(path=path)
        self._begin(write_pdf(self.paper, path, self.landscape), lambda: self.banner.tell("positive", done))

    # page by page, so that the window goes on living

    def _begin(self, steps: Iterator[tuple[int, int]], then: Callable[[], object]) -> None:
        if self._steps is None:
            self._steps, self._then = steps, then
            self._show_busy(True)
            self._pace.start()

    def _step(self) -> None:
        try:
            page, last = next(self._steps or iter(()))
        except StopIteration:
            self._stop()
            self._then()
        except UserError as wrong:
            self._stop()
            self.banner.tell("danger", str(wrong))
        except BaseException:
            self._stop()  # else the next tick would find nothing left, and say that it is written
            raise
        else:
            words = _("Page {n} of {count} …").format(n=page, count=last)
            self.banner.tell("info", words, closable=False)

    def _stop(self) -> None:
        """End what was begun; a PDF that is not whole is not kept."""
        self._pace.stop()
        steps, self._steps = self._steps, None
        if isinstance(steps, Generator):
            steps.close()
        self.banner.hide()
        self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        for button in (self.print_button, self.pdf, self.lying):
            button.setEnabled(not busy)
        self.close_button.setText(_("Cancel") if busy else _("Close"))

    def reject(self) -> None:
        """Esc stops what is being written, else closes."""
        if self._steps is None:
            super().reject()
        else:
            self._stop()
            self.banner.tell("info", _("Stopped; no file was written."))
