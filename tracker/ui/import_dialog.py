"""Taking a sheet in, step by step: file, columns, words, rows; then all rows, those in order, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import importing, new_numbers, sheet_memory, sheets
from tracker.operations.figures import Behind
from tracker.operations.importing import ImportResult, Plan
from tracker.operations.office import Office
from tracker.operations.sheets import Survey
from tracker.schema.filters import Is
from tracker.schema.ledger import Ledger
from tracker.ui import import_files
from tracker.ui.desk import Desk
from tracker.ui.dropped import dropped_file
from tracker.ui.import_answers import Answers
from tracker.ui.import_steps import COLUMNS, DONE, FILE, ROWS, WORDS
from tracker.ui.import_view import ImportView, Standing
from tracker.ui.keys import Import, shown
from tracker.ui.tasks import Job, Progress


class ImportDialog(ImportView):
    """One import into one ledger; closes only when nothing runs. `result_` is what was done.

    Steps in which nothing is open are passed over; Esc goes back to them. `opened` with the Behind of new records.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(ledger, parent)
        self.desk = desk
        self.path: Path | None = None
        self.seen: Survey | None = None
        self.plan: Plan | None = None
        self.result_: ImportResult | None = None
        self.at = FILE
        """The step in hand."""
        self._answers = Answers()
        self._unchecked = False
        self._template: Path | None = None
        self._connect()
        self._show_state()
        self.start.action.setFocus()

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._browse)
        self.clear_empty.toggled.connect(self._recheck)
        self.template_button.clicked.connect(self._save_template)
        self.banner.acted.connect(self._open_template)
        self.start.acted.connect(self._browse)
        self.preview.corrected.connect(self._correct)
        self.preview.left_out.connect(self._leave_out)
        self.done_page.acted.connect(self._open_new)
        self.import_all.clicked.connect(lambda: self._import(skip_problems=False))
        self.next_button.clicked.connect(self._next)
        self.back_button.clicked.connect(self._back)
        self.export_button.clicked.connect(self._export_problems)
        self.import_rest.clicked.connect(lambda: self._import(skip_problems=True))
        self.close_button.clicked.connect(self.reject)
        Import.reread.on(self, self._reread)
        Import.go_on.on(self, self._go_on)
        Import.rest.on(self, self.import_rest.click)

    def choose(self, path: Path) -> None:
        """Read this file; the window then shows what it holds."""
        if self._job or self.result_:
            return
        self.path = path
        self.desk.state.set(import_files.FOLDER, str(path.parent))
        self.file_label.set_whole(path.name)
        self._answers = Answers()
        self._survey()

    def _browse(self) -> None:
        if path := import_files.ask_sheet(self, self.desk.state):
            self.choose(path)

    def _reread(self) -> None:
        """F5: check what was corrected here, else read the file anew, which may have been corrected there."""
        if self.path and not self._job and not self.result_:
            self.preview.finish()
            if self._unchecked:
                self._recheck()
            else:
                self._survey()

    def _recheck(self) -> None:
        if self.plan and not self._job and not self.result_:
            self.preview.finish()
            self._make_plan()

    def _survey(self) -> None:
        """Look into the file."""
        path, ledger = self.path, self.ledger
        if path is None or self._job:
            return
        self.seen, self.plan, self.at = None, None, FILE
        self._answers.forget_words()
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

    def _make_plan(self) -> None:
        """Find out what importing would do."""
        if self._job:
            return
        invent = self.columns.invent.isVisibleTo(self.columns) and self.columns.invent.isChecked()
        intent = self._answers.intent(clear_empty=self.clear_empty.isChecked(), invent=invent)
        seen, ledger = self.columns.decided(), self.ledger
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
            self._answers.words |= self.words.decided()
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
        self._answers.corrections[(*place, key)] = text
        self._tell_unchecked()

    def _leave_out(self, place: tuple[str, int]) -> None:
        self._answers.left_out.add(place)
        self._tell_unchecked()

    def _tell_unchecked(self) -> None:
        self._unchecked = True
        text = _("Press {keys} to check what you corrected.")
        self.note.setText(text.format(keys=shown(Import.reread.keys)))

    def _run(self, job: Job, text: str) -> None:
        """Follow a job, which may be over already."""
        if job.is_finished:
            self._show_state()
            return
        self._job = job
        self.step.setText(text)
        self.bar.setRange(0, 0)
        job.progressed.connect(self.show_progress)
        job.cancelled.connect(self._cancelled)
        job.finished.connect(self._finished)
        self._show_state()

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
        fresh = self._answers.ask({*plan.unknown, *plan.unsure}, anew=self.at == COLUMNS)
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
        self.preview.finish()  # a key presses no button and leaves the line as it is
        if self._unchecked:
            self._recheck()
            return
        memory = self._memory(plan)
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

    def _memory(self, plan: Plan) -> dict[str, str]:
        """What the clerk decided of columns and words, as settings."""
        memory = sheet_memory.of_words(plan.ledger, self._answers.words)
        if self.columns.is_decided(plan.mapping):
            memory |= sheet_memory.of_mapping(plan.ledger, plan.mapping)
        return memory

    def _reason(self, plan: Plan) -> str:
        """Why rows may change what frozen figures count; asked before, so that the work begins once."""
        return self.desk.ask_reason(importing.frozen_refusal(plan))

    def _imported(self, done: ImportResult) -> None:
        self.result_ = done
        self.at = DONE
        self.done_page.text.setText("\n".join(done.counted()))
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
        if path := import_files.ask_problems(self, plan.path):
            self.export_problems(path)

    def export_problems(self, path: Path) -> None:
        """Write the rows with problems to a sheet."""
        plan = self.plan
        assert plan

        def told(noted: Plan) -> None:
            self.plan = noted
            text = _("{n} rows written to {file}: correct them there and import that sheet.")
            self._template = path
            self.banner.tell(
                "positive", text.format(n=f"{len(plan.wrong):,}", file=path.name), _("Open file")
            )

        self._run(
            self.desk.run(
                lambda office, _p: importing.export_problems(office, plan, path), told, self._failed
            ),
            _("Writing {file} …").format(file=path.name),
        )

    def _show_state(self) -> None:
        busy = self._job is not None
        decided = self.plan is not None and sheet_memory.is_new(self.desk.reader, self._memory(self.plan))
        self.show_standing(Standing(self.at, self.path is not None, busy, self.plan, self.result_, decided))

    def _save_template(self) -> None:
        path = import_files.ask_template(self, self.desk.state, self.ledger)
        if path is None:
            return
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
