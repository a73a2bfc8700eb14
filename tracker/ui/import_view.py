"""The window of an import: its pages, its buttons, and which of them there are at each step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import _, ngettext
from tracker.operations.importing import ImportResult, Plan
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.import_columns import ColumnsPage
from tracker.ui.import_preview import Preview
from tracker.ui.import_steps import COLUMNS, DONE, FILE, ROWS, WORDS, Steps
from tracker.ui.import_words import WordsPage
from tracker.ui.keys import Import, shown


@dataclass(frozen=True)
class Standing:
    """The step in hand, whether a file is named and something runs, and what came of it so far."""

    at: int
    named: bool
    busy: bool
    plan: Plan | None
    done: ImportResult | None
    decided: bool = False
    """Whether the clerk decided of columns or words what is not remembered yet."""


class ImportView(BusyDialog):
    """Only widgets and words; the dialog made of it says what they do."""

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.setWindowTitle(_("Import into “{ledger}”").format(ledger=ledger.title()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(1080, 680)
        self._make_source()
        self._make_middle()
        self._make_buttons()
        self._lay_out()

    def _make_source(self) -> None:
        self.file_label = widgets.ElidedLabel()
        self.choose_button = widgets.button(_("Choose a file …"), "folder")
        Import.choose.press(self.choose_button, _("Choose a sheet to read"))
        self.clear_empty = QCheckBox(_("Empty cells clear their field"))
        self.clear_empty.setToolTip(_("Otherwise an empty cell leaves the record's field as it is"))
        self.template_button = widgets.button(_("Save an empty template …"), "document", quiet=True)
        Import.template.press(self.template_button, _("Save an empty sheet with the right headings"))

    def _make_middle(self) -> None:
        self.banner = widgets.Banner()
        self.start = widgets.EmptyState(
            "import",
            _("Drop a sheet here"),
            _(
                "Excel, WPS, LibreOffice or CSV, columns in any order. Nothing is written before you have seen it."
            ),
            _("Choose a file …"),
        )
        self.columns = ColumnsPage(self.ledger)
        self.words = WordsPage()
        self.preview = Preview()
        self.done_page = widgets.EmptyState("check", _("Imported"), action=_("Open the new records"))
        self.step, self.bar = QLabel(), QProgressBar()
        self.step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar.setTextVisible(False)
        working = QWidget()
        column = QVBoxLayout(working)
        column.setSpacing(theme.M)
        column.addStretch(1)
        column.addWidget(self.step)
        column.addWidget(self.bar)
        column.addStretch(2)
        column.setContentsMargins(120, 0, 120, 0)
        self.working = working
        self.pages = QStackedWidget()
        for page in (self.start, self.working, self.columns, self.words, self.preview, self.done_page):
            self.pages.addWidget(page)

    def _make_buttons(self) -> None:
        self.import_all = widgets.button(_("Import"), "import", primary=True)
        Import.go_on.tell(self.import_all, _("Write all rows into the ledger"))
        self.next_button = widgets.button(_("Next"), primary=True)
        Import.go_on.tell(self.next_button, _("Go on to the next step"))
        self.back_button = widgets.button(_("Step back"))
        Import.back.tell(self.back_button, _("Back to the step before"))
        self.export_button = widgets.button(_("Export problem rows …"), "export")
        Import.problems.press(self.export_button, _("Write them to a sheet with the reason beside each"))
        self.import_rest = widgets.button(_("Import without the problem rows"), "import")
        Import.rest.tell(self.import_rest, _("Write the rows that are in order, leave the others out"))
        self.close_button = widgets.button(_("Cancel"))
        Import.back.tell(self.close_button, _("Stop, or close this window"))

    def _lay_out(self) -> None:
        source = QHBoxLayout()
        source.setSpacing(theme.S)
        source.addWidget(self.choose_button)
        source.addWidget(self.file_label, 1)
        for widget in (self.clear_empty, self.template_button):
            source.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        self.note = widgets.Caption()
        buttons.addWidget(self.note, 1)
        for widget in (
            self.export_button, self.close_button, self.back_button, self.import_rest, self.import_all,
            self.next_button,
        ):  # fmt: skip
            buttons.addWidget(widget)
        self.steps = Steps()
        above = QHBoxLayout()
        above.setSpacing(theme.XL)
        above.addWidget(widgets.Heading(self.windowTitle()))
        above.addStretch(1)
        above.addWidget(self.steps)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(above)
        column.addLayout(source)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addLayout(buttons)

    def show_standing(self, now: Standing) -> None:
        """Page and buttons for where things stand: nothing chosen, working, a step, or done."""
        plan, done, busy, at = now.plan, now.done, now.busy, now.at
        page = {
            FILE: self.start,
            COLUMNS: self.columns,
            WORDS: self.words,
            ROWS: self.preview,
            DONE: self.done_page,
        }[at]
        self.pages.setCurrentWidget(self.working if busy else page)
        self.steps.show_step(at)
        todo = len(plan.inserts) + len(plan.updates) if plan and at == ROWS and not busy else 0
        problems = bool(plan and plan.problems) and at == ROWS
        self.import_all.setVisible(at == ROWS)
        self.import_all.setEnabled((bool(todo) or now.decided) and not problems and not busy)
        self.import_rest.setVisible(problems)
        self.import_rest.setEnabled(bool(todo))
        left = bool(done and plan and plan.wrong)
        self.export_button.setText(_("Export the rows left out …") if left else _("Export problem rows …"))
        self.export_button.setShortcut(Import.problems.keys)  # a new text takes it away
        self.export_button.setVisible((problems or left) and not busy)
        self.next_button.setVisible(at in (COLUMNS, WORDS))
        self.next_button.setEnabled(not busy)
        self.back_button.setVisible(at in (COLUMNS, WORDS, ROWS) and not busy)
        for widget in (self.choose_button, self.clear_empty, self.template_button):
            widget.setEnabled(not busy)
        for chosen in (self.choose_button, self.clear_empty):
            chosen.setVisible(now.named and not done)
        self.template_button.setVisible(at == FILE)
        self.close_button.setVisible(busy or at in (FILE, DONE))
        self.close_button.setText(_("Stop") if busy else _("Close") if done else _("Cancel"))
        self.note.setText(_advice(now, todo) if not done and not busy else "")
        if not busy:
            self._focus(now, problems)

    def _focus(self, now: Standing, problems: bool) -> None:
        """The place where the step's work begins."""
        if now.at == DONE:
            (self.done_page.action if now.done and now.done.inserted else self.close_button).setFocus()
        elif now.at == COLUMNS:
            self.columns.table.setFocus()
        elif now.at == WORDS:
            self.words.table.setFocus()
        elif now.at == ROWS:
            (self.preview.problems if problems else self.import_all).setFocus()


def _advice(now: Standing, todo: int) -> str:
    plan = now.plan
    if now.at == COLUMNS:
        text = _("↑ ↓ choose a column, {open} changes what it is read as, {go_on} goes on.")
        return text.format(**Import.names())
    if now.at == WORDS:
        text = _("{open} chooses what the word means, {go_on} goes on.")
        return text.format(**Import.names())
    if plan is None or now.at != ROWS or not plan.read:
        return ""
    if plan.problems:
        text = _("Correct the rows below or in the sheet and press {keys}, or import without them.")
        return text.format(keys=shown(Import.reread.keys))
    if not todo and now.decided:
        return _("The file holds all of this already; importing keeps what you decided of columns and words.")
    if not todo:
        return _("The file holds all of this already; there is nothing to import.")
    text = ngettext("{n} record will be written.", "{n} records will be written.", todo)
    return text.format(n=f"{todo:,}")
