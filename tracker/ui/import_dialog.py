"""Taking a sheet in: choose it, see what it holds and what is wrong with it, then all rows or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
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
from tracker.operations import importing
from tracker.operations.importing import ImportResult, Plan
from tracker.operations.office import Office
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.import_preview import Preview
from tracker.ui.tasks import Job, Progress

FOLDER = "import_folder"
SUFFIXES = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv"


class ImportDialog(BusyDialog):
    """One import into one ledger; closes only when nothing runs. `result_` is what was done."""

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self.path: Path | None = None
        self.plan: Plan | None = None
        self.result_: ImportResult | None = None
        self._template: Path | None = None
        self.setWindowTitle(_("Import into “{ledger}”").format(ledger=ledger.title()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(1000, 640)
        self._make_source()
        self._make_middle()
        self._make_buttons()
        self._lay_out()
        self._show_state()
        self.start.action.setFocus()

    def _make_source(self) -> None:
        self.file_label = widgets.ElidedLabel()
        self.choose_button = widgets.button(_("Choose a file …"), "folder")
        self.choose_button.setToolTip(_("Choose a sheet to read (Ctrl+O)"))
        self.choose_button.setShortcut(QKeySequence("Ctrl+O"))
        self.choose_button.clicked.connect(self._browse)
        self.sheet = QComboBox()
        self.sheet.setAccessibleName(_("Sheet"))
        self.sheet.setToolTip(_("The sheet of the file that is read"))
        self.sheet.activated.connect(lambda _index: self._read(self.sheet.currentText()))
        self.sheet_label = QLabel(_("Sheet"))
        self.sheet_label.setBuddy(self.sheet)
        self.clear_empty = QCheckBox(_("Empty cells clear their field"))
        self.clear_empty.setToolTip(_("Otherwise an empty cell leaves the record's field as it is"))
        self.clear_empty.toggled.connect(self._reread)
        self.template_button = widgets.button(_("Save an empty template …"), "document", quiet=True)
        self.template_button.setToolTip(_("Save an empty sheet with the right headings (Ctrl+T)"))
        self.template_button.setShortcut(QKeySequence("Ctrl+T"))
        self.template_button.clicked.connect(self._save_template)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._reread)

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
        self.preview = Preview()
        self.done_page = widgets.EmptyState("check", _("Imported"))
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
        for page in (self.start, self.working, self.preview, self.done_page):
            self.pages.addWidget(page)

    def _make_buttons(self) -> None:
        self.import_all = widgets.button(_("Import"), "import", primary=True)
        self.import_all.setToolTip(_("Write all rows into the ledger (Ctrl+Enter)"))
        self.import_all.clicked.connect(lambda: self._import(skip_problems=False))
        self.import_rest = widgets.button(_("Import without the problem rows"), "import")
        self.import_rest.setToolTip(
            _("Write the rows that are in order, leave the others out (Ctrl+Shift+Enter)")
        )
        self.import_rest.clicked.connect(lambda: self._import(skip_problems=True))
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(f"Ctrl+{key}"), self).activated.connect(self.import_all.click)
            QShortcut(QKeySequence(f"Ctrl+Shift+{key}"), self).activated.connect(self.import_rest.click)
        self.close_button = widgets.button(_("Cancel"))
        self.close_button.setToolTip(_("Stop, or close this window (Esc)"))
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        source = QHBoxLayout()
        source.setSpacing(theme.S)
        source.addWidget(self.choose_button)
        source.addWidget(self.file_label, 1)
        for widget in (self.sheet_label, self.sheet, self.clear_empty, self.template_button):
            source.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        self.note = widgets.Caption()
        buttons.addWidget(self.note, 1)
        for widget in (self.close_button, self.import_rest, self.import_all):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
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
        self.sheet.clear()
        self._read(None)

    def _browse(self) -> None:
        folder = self.desk.state.get(FOLDER) or _documents()
        sheets, all_files = _("Sheets"), _("All files")
        kinds = f"{sheets} ({SUFFIXES});;{all_files} (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a sheet"), folder, kinds)
        if chosen:
            self.choose(Path(chosen))

    def _reread(self) -> None:
        if self.path and not self._job and not self.result_:
            self._read(self.sheet.currentText() or None)

    def _read(self, sheet: str | None) -> None:
        path, clear = self.path, self.clear_empty.isChecked()
        if path is None or self._job:
            return
        self.plan = None
        self.banner.hide()
        self._run(
            self.desk.run(
                lambda office, progress: importing.read_plan(
                    office, self.ledger, path, sheet, clear, progress
                ),
                self._planned,
                self._failed,
                cancellable=True,
            ),
            _("Reading {file} …").format(file=path.name),
        )

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
        self.sheet.clear()
        self.sheet.addItems(list(plan.sheets))
        self.sheet.setCurrentText(plan.sheet)
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
        reason = self._reason(plan) if plan.frozen else ""
        if plan.frozen and not reason:
            return

        def op(office: Office, progress: Progress) -> ImportResult:
            with office.because(reason):
                return importing.carry_out(office, plan, skip_problems, progress)

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
        self.done_page.text.setText(done.lines()[0])
        self.done_page.text.setVisible(True)

    def _show_state(self) -> None:
        """Page and buttons for where things stand: nothing chosen, working, seen, or done."""
        plan, done, busy = self.plan, self.result_, self._job is not None
        page = self.working if busy else self.done_page if done else self.preview if plan else self.start
        self.pages.setCurrentWidget(page)
        todo = len(plan.inserts) + len(plan.updates) if plan and not done and not busy else 0
        problems = bool(plan and plan.problems)
        self.import_all.setVisible(not done)
        self.import_all.setEnabled(bool(todo) and not problems)
        self.import_rest.setVisible(problems and not done)
        self.import_rest.setEnabled(bool(todo))
        for widget in (self.choose_button, self.clear_empty, self.sheet, self.template_button):
            widget.setEnabled(not busy)
        for several in (self.sheet, self.sheet_label):
            several.setVisible(self.sheet.count() > 1 and not done)
        for chosen in (self.choose_button, self.clear_empty):
            chosen.setVisible(self.path is not None and not done)
        self.template_button.setVisible(not done)
        self.close_button.setText(_("Stop") if busy else _("Close") if done else _("Cancel"))
        self.note.setText(self._advice(todo) if plan and not done and not busy else "")
        if done:
            self.close_button.setFocus()
        elif plan and not busy:
            (self.preview.problems if problems else self.import_all).setFocus()

    def _advice(self, todo: int) -> str:
        plan = self.plan
        if plan is None or not plan.read:
            return ""
        if plan.problems:
            return _("Correct the rows in the sheet and press F5, or import without them.")
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
        if self._dropped(event) and not self._job and not self.result_:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        path = self._dropped(event)
        if path:
            event.acceptProposedAction()
            self.choose(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        """The one local file that is dragged, None for anything else."""
        urls = event.mimeData().urls()
        return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
