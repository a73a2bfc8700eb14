"""Taking a sheet in, step by step: file, columns, words, rows; then all rows, those in order, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import importing, new_numbers, sheet_memory, sheets
from tracker.operations.figures import Behind
from tracker.operations.importing import ImportResult, Plan
from tracker.operations.office import Office
from tracker.operations.sheets import Survey
from tracker.operations.taking import Intent
from tracker.schema.fields import fold
from tracker.schema.filters import Is
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.dropped import dropped_file
from tracker.ui.import_columns import ColumnsPage
from tracker.ui.import_preview import Preview
from tracker.ui.import_steps import COLUMNS, DONE, FILE, ROWS, WORDS, Steps
from tracker.ui.import_words import WordsPage
from tracker.ui.keys import Import
from tracker.ui.tasks import Job, Progress

FOLDER = "import_folder"
SUFFIXES = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv"


class ImportDialog(BusyDialog):
    """One import into one ledger; closes only when nothing runs. `result_` is what was done.

    Steps in which nothing is open are passed over; Esc goes back to them. `opened` with the Behind of new records.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self.path: Path | None = None
        self.seen: Survey | None = None
        self.plan: Plan | None = None
        self.result_: ImportResult | None = None
        self.at = FILE
        """The step in hand."""
        self._words: dict[tuple[str, str], str] = {}
        self._asked: set[tuple[str, str]] = set()
        """Words that were shown already, whether or not anything was said of them."""
        self._corrections: dict[tuple[str, int, str], str] = {}
        self._left_out: set[tuple[str, int]] = set()
        self._unchecked = False
        self._template: Path | None = None
        self.setWindowTitle(_("Import into “{ledger}”").format(ledger=ledger.title()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(1080, 680)
        self._make_source()
        self._make_middle()
        self._make_buttons()
        self._lay_out()
        self._show_state()
        self.start.action.setFocus()

    def _make_source(self) -> None:
        self.file_label = widgets.ElidedLabel()
        self.choose_button = widgets.button(_("Choose a file …"), "folder")
        Import.choose.press(self.choose_button, _("Choose a sheet to read"))
        self.choose_button.clicked.connect(self._browse)
        self.clear_empty = QCheckBox(_("Empty cells clear their field"))
        self.clear_empty.setToolTip(_("Otherwise an empty cell leaves the record's field as it is"))
        self.clear_empty.toggled.connect(self._recheck)
        self.template_button = widgets.button(_("Save an empty template …"), "document", quiet=True)
        Import.template.press(self.template_button, _("Save an empty sheet with the right headings"))
        self.template_button.clicked.connect(self._save_template)
        Import.reread.on(self, self._reread)

    def _make_middle(self) -> None:
        self.banner = widgets.Banner()
        self.banner.acted.connect(self._open_template)
        self.start = widgets.EmptyState(
            "import",
            _("Drop a sheet here"),
            _(
                "Excel, WPS, LibreOffice or CSV, columns in any order. Nothing is written before you have seen it."
            ),
            _("Choose a file …"),
        )
        self.start.acted.connect(self._browse)
        self.columns = ColumnsPage(self.ledger)
        self.words = WordsPage()
        self.preview = Preview()
        self.preview.corrected.connect(self._correct)
        self.preview.left_out.connect(self._leave_out)
        self.done_page = widgets.EmptyState("check", _("Imported"), action=_("Open the new records"))
        self.done_page.acted.connect(self._open_new)
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
        self.import_all.clicked.connect(lambda: self._import(skip_problems=False))
        self.next_button = widgets.button(_("Next"), primary=True)
        Import.go_on.tell(self.next_button, _("Go on to the next step"))
        self.next_button.clicked.connect(self._next)
        self.back_button = widgets.button(_("Step back"))
        self.back_button.setToolTip(_("Back to the step before (Esc)"))
        self.back_button.clicked.connect(self._back)
        self.export_button = widgets.button(_("Export problem rows …"), "export")
        Import.problems.press(self.export_button, _("Write them to a sheet with the reason beside each"))
        self.export_button.clicked.connect(self._export_problems)
        self.import_rest = widgets.button(_("Import without the problem rows"), "import")
        Import.rest.tell(self.import_rest, _("Write the rows that are in order, leave the others out"))
        self.import_rest.clicked.connect(lambda: self._import(skip_problems=True))
        Import.go_on.on(self, self._go_on)
        Import.rest.on(self, self.import_rest.click)
        self.close_button = widgets.button(_("Cancel"))
        self.close_button.setToolTip(_("Stop, or close this window (Esc)"))
        self.close_button.clicked.connect(self.reject)

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
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.steps)
        column.addLayout(source)
        column.addWidget(self.banner)
        column.addWidget(self.pages, 1)
        column.addLayout(buttons)

    def choose(self, path: Path) -> None:
        """Read this file; the window then shows what it holds."""
        if self._job or self.result_:
            return
        self.path = path
        self.desk.state.set(FOLDER, str(path.parent))
        self.file_label.set_whole(path.name)
        self._corrections, self._left_out = {}, set()
        self._survey()

    def _browse(self) -> None:
        folder = self.desk.state.get(FOLDER) or _documents()
        sheets, all_files = _("Sheets"), _("All files")
        kinds = f"{sheets} ({SUFFIXES});;{all_files} (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a sheet"), folder, kinds)
        if chosen:
            self.choose(Path(chosen))

    def _reread(self) -> None:
        """F5: check what was corrected here, else read the file anew, which may have been corrected there."""
        if self.path and not self._job and not self.result_:
            if self._unchecked:
                self._recheck()
            else:
                self._survey()

    def _recheck(self) -> None:
        if self.plan and not self._job and not self.result_:
            self._make_plan()

    def _survey(self) -> None:
        """Look into the file."""
        path, ledger = self.path, self.ledger
        if path is None or self._job:
            return
        self.seen, self.plan, self.at = None, None, FILE
        self._words, self._asked = {}, set()
        self.words.forget()
        self.banner.hide()

        def op(office: Office, progress: Progress) -> tuple[Survey, sheet_memory.Words, str]:
            seen = sheets.survey(office, ledger, path, progress)
            if all(each.mapping is None for each in seen.found):
                raise sheets.without_headings(seen, ledger)
            return seen, sheet_memory.words(office, ledger), new_numbers.example(office, ledger, seen)

        self._run(
            self.desk.run(op, self._surveyed, self._failed, cancellable=True),
            _("Reading {file} …").format(file=path.name),
        )

    def _surveyed(self, found: tuple[Survey, sheet_memory.Words, str]) -> None:
        self.seen, words, example = found
        self.columns.show_survey(self.seen, words, example)
        self.at = COLUMNS
        if not self.columns.needs_a_look():
            self._job = None
            self._make_plan()

    def _intent(self) -> Intent:
        words: dict[str, dict[str, str]] = {}
        for (key, word), code in self._words.items():
            words.setdefault(key, {})[fold(word)] = code
        return Intent(
            clear_empty=self.clear_empty.isChecked(),
            invent=self.columns.invent.isVisibleTo(self.columns) and self.columns.invent.isChecked(),
            words=words,
            corrections=dict(self._corrections),
            left_out=frozenset(self._left_out),
        )

    def _make_plan(self) -> None:
        """Find out what importing would do."""
        if self._job:
            return
        seen, intent, ledger = self.columns.decided(), self._intent(), self.ledger
        self.banner.hide()
        self._unchecked = False
        self._run(
            self.desk.run(
                lambda office, progress: importing.make_plan(office, ledger, seen, intent, progress),
                self._planned,
                self._failed,
                cancellable=True,
            ),
            _("Checking the rows …"),
        )

    def _next(self) -> None:
        if self.at == COLUMNS:
            self._make_plan()
        elif self.at == WORDS:
            self._words |= self.words.decided()
            self._make_plan()

    def _go_on(self) -> None:
        """Ctrl+Enter: whichever of the primary buttons there is."""
        (self.import_all if self.at == ROWS else self.next_button).click()

    def _back(self) -> None:
        """To the step before; words only where there are any."""
        if self.at == ROWS and self.words.table.model() and self.words.table.model().rowCount():
            self.at = WORDS
        elif self.at in (ROWS, WORDS):
            self.at = COLUMNS
        else:
            self.at, self.seen, self.plan = FILE, None, None
        self.banner.hide()
        self._show_state()

    def reject(self) -> None:
        """Esc goes a step back, from the first out; while it works it stops."""
        if self._job or self.result_ or self.at == FILE:
            super().reject()
        else:
            self._back()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The window's cross leaves at once, unless it works."""
        if not self._job:
            self.at = FILE
        super().closeEvent(event)

    def _correct(self, place: tuple[str, int], key: str, text: str) -> None:
        self._corrections[(*place, key)] = text
        self._tell_unchecked()

    def _leave_out(self, place: tuple[str, int]) -> None:
        self._left_out.add(place)
        self._tell_unchecked()

    def _tell_unchecked(self) -> None:
        self._unchecked = True
        self.note.setText(_("Press F5 to check what you corrected."))

    def _run(self, job: Job, text: str) -> None:
        """Follow a job, which may be over already."""
        if job.is_finished:
            self._show_state()
            return
        self._job = job
        self.step.setText(text)
        self.bar.setRange(0, 0)
        job.progressed.connect(self._progressed)
        job.cancelled.connect(self._cancelled)
        job.finished.connect(self._finished)
        self._show_state()

    def _progressed(self, done: int, total: int | None, text: str) -> None:
        self.bar.setRange(0, 1000 if total else 0)
        if total:
            self.bar.setValue(1000 * done // total)
        if text:
            self.step.setText(text)

    def _finished(self) -> None:
        self._job = None
        self._show_state()

    def _cancelled(self) -> None:
        self.banner.tell("info", _("Stopped; nothing was changed."))

    def _failed(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    def _planned(self, plan: Plan) -> None:
        self.plan = plan
        self.words.show_plan(plan)
        asked = self._words.keys() if self.at == COLUMNS else self._words.keys() | self._asked
        fresh = {*plan.unknown, *plan.unsure} - asked
        self._asked |= fresh
        self.at = WORDS if fresh and self.at != WORDS else ROWS
        self.preview.show_plan(plan)
        if not plan.read:
            self.banner.tell("warning", _("The sheet has headings but no rows below them."))
        elif plan.frozen:
            text = ngettext(
                "{n} row changes what frozen figures count; you will be asked why.",
                "{n} rows change what frozen figures count; you will be asked why.",
                len(plan.frozen),
            )
            self.banner.tell("info", text.format(n=f"{len(plan.frozen):,}"))

    def _import(self, *, skip_problems: bool) -> None:
        plan = self.plan
        if plan is None or self._job:
            return
        if self._unchecked:
            self._recheck()
            return
        memory = sheet_memory.of_words(plan.ledger, self._words)
        if self.columns.is_decided(plan.mapping):
            memory |= sheet_memory.of_mapping(plan.ledger, plan.mapping)
        reason = self._reason(plan) if plan.frozen else ""
        if plan.frozen and not reason:
            return

        def op(office: Office, progress: Progress) -> ImportResult:
            with office.because(reason):
                return importing.carry_out(office, plan, skip_problems, progress, memory)

        self._run(
            self.desk.run(
                op,
                self._imported,
                self._failed,
                cancellable=True,
            ),
            _("Writing the records …"),
        )

    def _reason(self, plan: Plan) -> str:
        """Why rows may change what frozen figures count; asked before, so that the work begins once."""
        return self.desk.ask_reason(importing.frozen_refusal(plan))

    def _imported(self, done: ImportResult) -> None:
        self.result_ = done
        self.at = DONE
        self.done_page.text.setText(done.lines()[0])
        self.done_page.text.setVisible(True)
        self.done_page.action.setVisible(bool(done.inserted))

    def _open_new(self) -> None:
        """Show what came in, in the list."""
        if self.result_ and self.result_.at:
            text = _("{n} records imported from {file}")
            caption = text.format(n=f"{self.result_.inserted:,}", file=self.path.name if self.path else "")
            self.opened.emit(Behind(self.ledger, Is("created_at", self.result_.at), caption, figure=False))
            self.accept()

    def _export_problems(self) -> None:
        plan = self.plan
        if plan is None or not plan.wrong or self._job:
            return
        start = plan.path.with_name(_("{name} – problems.xlsx").format(name=plan.path.stem))
        title = _("Export problem rows")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, str(start), "Excel (*.xlsx)")
        if chosen:
            self.export_problems(Path(chosen).with_suffix(".xlsx"))

    def export_problems(self, path: Path) -> None:
        """Write the rows with problems to a sheet."""
        plan = self.plan
        assert plan

        def told(rows: int) -> None:
            text = _("{n} rows written to {file}: correct them there and import that sheet.")
            self._template = path
            self.banner.tell("positive", text.format(n=f"{rows:,}", file=path.name), _("Open file"))

        self.desk.run(lambda _office, _progress: importing.export_problems(plan, path), told, self._failed)

    def _show_state(self) -> None:
        """Page and buttons for where things stand: nothing chosen, working, a step, or done."""
        plan, done, busy, at = self.plan, self.result_, self._job is not None, self.at
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
        self.import_all.setEnabled(bool(todo) and not problems)
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
            chosen.setVisible(self.path is not None and not done)
        self.template_button.setVisible(at == FILE)
        self.close_button.setVisible(busy or at in (FILE, DONE))
        self.close_button.setText(_("Stop") if busy else _("Close") if done else _("Cancel"))
        self.note.setText(self._advice(todo) if not done and not busy else "")
        if not busy:
            self._focus(problems)

    def _focus(self, problems: bool) -> None:
        """The place where the step's work begins."""
        if self.at == DONE:
            (
                self.done_page.action if self.result_ and self.result_.inserted else self.close_button
            ).setFocus()
        elif self.at == COLUMNS:
            self.columns.table.setFocus()
        elif self.at == WORDS:
            self.words.table.setFocus()
        elif self.at == ROWS:
            (self.preview.problems if problems else self.import_all).setFocus()

    def _advice(self, todo: int) -> str:
        plan = self.plan
        if self.at == COLUMNS:
            return _("↑ ↓ choose a column, Enter changes what it is read as, Ctrl+Enter goes on.")
        if self.at == WORDS:
            return _("Enter chooses what the word means, Ctrl+Enter goes on.")
        if plan is None or self.at != ROWS or not plan.read:
            return ""
        if plan.problems:
            return _("Correct the rows below or in the sheet and press F5, or import without them.")
        if not todo:
            return _("The file holds all of this already; there is nothing to import.")
        text = ngettext("{n} record will be written.", "{n} records will be written.", todo)
        return text.format(n=f"{todo:,}")

    def _save_template(self) -> None:
        folder = Path(self.desk.state.get(FOLDER) or _documents())
        name = _("{ledger} template.xlsx").format(ledger=_(self.ledger.short))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save a template"), str(folder / name), "Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            importing.template(self.ledger, path)
        except UserError as wrong:
            self._failed(wrong)
            return
        self._template = path
        self.banner.tell("positive", _("Saved {file}.").format(file=path.name), _("Open file"))

    def _open_template(self) -> None:
        if self._template:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._template)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        if dropped_file(event.mimeData()) and not self._job and not self.result_:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        path = dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.choose(path)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
