"""What will be printed, page by page, before it is: on a printer or as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.schema.file_name import harmless
from tracker.ui import theme, widgets
from tracker.ui.file_names import FOLDER, chosen_folder
from tracker.ui.keys import Key, Preview
from tracker.ui.page_view import PageView
from tracker.ui.paper import Paper, Sheets, page_of, printing, set_up, write_pdf
from tracker.ui.state import State

WIDTH, LOWEST, HIGHEST = 920, 640, 900


class PrintPreview(QDialog):
    """Pages, which way the paper lies, and what is done with them; empty until it is given a paper."""

    written = Signal()
    """It went to the printer or into a PDF, whole."""
    left = Signal(str)
    """Some of it has left: the first page for a printer, or all of a PDF; which printer or file that was."""

    def __init__(self, state: State, parent: QWidget, paper: Paper | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        screen = parent.screen().availableGeometry().height()
        height = min(HIGHEST, screen - 60, max(LOWEST, parent.height() - 40))
        self.resize(WIDTH, height)
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.pages = PageView()
        self._steps: Iterator[tuple[int, int]] | None = None
        self._leaves, self._at_once = "", False
        self._done = ""
        self._pace = QTimer(self, interval=0)
        self._pace.timeout.connect(self._step)
        self.banner, self.place = widgets.Banner(), QLabel()
        self.paper: Paper | None = None
        self._make_buttons()
        self._arrange()
        self._say()
        self.print_button.setDefault(True)
        self.print_button.setFocus()
        if paper:
            self.show_paper(paper)

    def _make_buttons(self) -> None:
        self.before, self.after = widgets.tool_button("back", ""), widgets.tool_button("forward", "")
        self.lying = widgets.button(_("Landscape"))
        self.lying.setCheckable(True)
        self.larger = widgets.button(_("Larger"), quiet=True)
        self.smaller = widgets.button(_("Smaller"), quiet=True)
        self.pdf = widgets.button(_("Save as PDF …"), "save")
        self.print_button = widgets.button(_("Print …"), "print", primary=True)
        self.close_button = widgets.button(_("Close"))
        acts: tuple[tuple[QAbstractButton, Key, Callable[[], object]], ...] = (
            (self.before, Preview.before, lambda: self.step(-1)),
            (self.after, Preview.after, lambda: self.step(1)),
            (self.larger, Preview.larger, lambda: self.pages.zoom(1.2)),
            (self.smaller, Preview.smaller, lambda: self.pages.zoom(1 / 1.2)),
            (self.lying, Preview.turn, self._turn),
            (self.pdf, Preview.pdf, self.save_pdf),
            (self.print_button, Preview.print, self.print_out),
        )
        for button, key, act in acts:
            button.clicked.connect(act)
            key.on(self, button.click)  # at once, while a button's own shortcut waits for it to look pressed
            key.tell(button)
        self.close_button.clicked.connect(self.reject)
        self.pages.turned.connect(self.step)

    def _arrange(self) -> None:
        self.above, below = QHBoxLayout(), QHBoxLayout()
        for row in (self.above, below):
            row.setSpacing(theme.S)
        for widget in (self.before, self.place, self.after):
            self.above.addWidget(widget)
        self.above.addStretch(1)
        for button in (self.smaller, self.larger, self.lying):
            self.above.addWidget(button)
        below.addWidget(self.pdf)
        below.addStretch(1)
        below.addWidget(self.close_button)
        below.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(self.above)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addLayout(below)

    def show_paper(self, paper: Paper) -> None:
        """Show what will be printed, from its first page."""
        self.paper = paper
        self.setWindowTitle(_("Preview: {title}").format(title=paper.title))
        self.lying.setVisible(paper.turns)
        self.lying.setEnabled(paper.turns)
        self.lying.setChecked(paper.landscape)
        self._turn()

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
        self.place.setText(page_of(page, count) if count else "")
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < count)

    def _turn(self) -> None:
        if self.paper:
            set_up(self.printer, self.paper, self.landscape)
            self.pages.show_sheets(Sheets(self.paper, self.printer.pageLayout()))
        self._say()

    def print_out(self) -> None:
        """Choose a printer and print; where there is none, offer a PDF."""
        if not QPrinterInfo.availablePrinterNames():
            text = _("This computer has no printer; save a PDF instead ({pdf}).")
            self.banner.tell("warning", text.format(**Preview.names()))
            self.pdf.setFocus()
        elif self.paper and QPrintDialog(self.printer, self).exec() == QDialog.DialogCode.Accepted:
            self.send()

    def send(self) -> None:
        """Print on the printer chosen; what is on its way there has left, also where the rest is stopped."""
        if self.paper:
            where = _("printer {name}").format(name=self.printer.printerName())
            self._begin(printing(self.printer, self.paper), _("Sent to the printer."), where, at_once=True)

    def save_pdf(self) -> None:
        """Choose a file and write it."""
        if not self.paper:
            return
        start = str(chosen_folder(self.state) / harmless(self.paper.title.replace("/", "-") + ".pdf"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, _("PDF documents (*.pdf)"))
        if chosen:
            self.write(Path(chosen).with_suffix(".pdf"))

    def write(self, path: Path) -> None:
        """Write a PDF, and say so."""
        if self.paper:
            self.state.set(FOLDER, str(path.parent))
            done = _("Written: {path}").format(path=path)
            self._begin(write_pdf(self.paper, path, self.landscape), done, path.name)

    # page by page, so that the window goes on living

    def _begin(
        self, steps: Iterator[tuple[int, int]], done: str, leaves: str, *, at_once: bool = False
    ) -> None:
        if self._steps is None:
            self._steps, self._done = steps, done
            self._leaves, self._at_once = leaves, at_once
            self._show_busy(True)
            self._pace.start()

    def _step(self) -> None:
        try:
            page, last = next(self._steps or iter(()))
        except StopIteration:
            self._stop()
            self.banner.tell("positive", self._done)
            self.written.emit()
            self._tell_left()
        except UserError as wrong:
            self._stop()
            self.banner.tell("danger", str(wrong))
        except BaseException:
            self._stop()  # else the next tick would find nothing left, and say that it is written
            raise
        else:
            if self._at_once:
                self._tell_left()
            self.banner.tell("info", _("Page {n} of {count} …").format(n=page, count=last), closable=False)

    def _tell_left(self) -> None:
        where, self._leaves = self._leaves, ""
        if where:
            self.left.emit(where)

    def _stop(self) -> None:
        """End what was begun; a PDF that is not whole is not kept."""
        self._pace.stop()
        steps, self._steps = self._steps, None
        if isinstance(steps, Generator):
            steps.close()
        self.banner.hide()
        self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        for button in (self.print_button, self.pdf):
            button.setEnabled(not busy)
        self.lying.setEnabled(not busy and bool(self.paper and self.paper.turns))
        self.close_button.setText(_("Cancel") if busy else _("Close"))

    def reject(self) -> None:
        """Esc stops what is being written, else closes."""
        if self._steps is None:
            super().reject()
        else:
            self._stop()
            self.banner.tell("info", _("Stopped; no file was written."))
