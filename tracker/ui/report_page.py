"""The report of a period: read with every figure opening its records, copied by paragraph, written as .docx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker import settings
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import quoting
from tracker.operations.office import Changed, Office
from tracker.period import Period
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.file_names import FOLDER, proposed
from tracker.ui.icons import icon
from tracker.ui.insert_figure import InsertFigureDialog
from tracker.ui.keys import WITHIN, Report
from tracker.ui.period_picker import PeriodPicker
from tracker.ui.quote_card import QuoteCard
from tracker.ui.report_view import ReportView
from tracker.ui.statistics_page import remember, remembered
from tracker.ui.tasks import Job

if TYPE_CHECKING:
    from tracker.operations.report import Draft, Fault, Piece, Written

FAULT_ROWS = 4


class ReportPage(QWidget):
    """`drill` with the Behind of a figure."""

    drill = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self._awaited: Job | None = None
        self._made: Path | None = None
        self.draft: Draft | None = None
        self.picker = PeriodPicker(remembered(desk), scope=self)
        self.words, self.banner = QLabel(), widgets.Banner()
        self.faults_title, self.faults = widgets.Heading(role="strong"), QListWidget()
        self.view, self.card = ReportView(), QuoteCard()
        self.template_menu = QMenu(self)
        self.choices = QActionGroup(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)

    # ---- how it looks

    def _lay_out(self) -> None:
        self.loading = widgets.EmptyState("clock", _("Computing the figures …"))
        self.failed = widgets.EmptyState("warning", _("The report cannot be shown"), " ", _("Try again"))
        self.content = self._content()
        self.stack = QStackedWidget()
        for page in (self.loading, self.content, self.failed):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addLayout(self._header())
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)

    def _header(self) -> QHBoxLayout:
        self.title = widgets.Heading(_("Report"))
        self.words.setProperty("role", "muted")
        self.words.setMinimumWidth(80)
        self.insert = widgets.button(_("Insert a figure"), "search")
        Report.insert.tell(
            self.insert, _("Find a figure by its name and put its placeholder on the clipboard")
        )
        self.template = widgets.button(_("Template"), "document")
        self.template.setMenu(self.template_menu)
        self.template.setToolTip(_("Edit, take over or choose the report's template"))
        self.write = widgets.button(_("Write .docx"), "export", primary=True)
        Report.write.tell(self.write, _("Write the report as a Word document"))
        row = self.picker.between(self.words, self.insert, self.template, self.write)
        row.insertWidget(0, self.title)
        return row

    def _content(self) -> QWidget:
        self.faults.setAccessibleName(_("What is wrong in the template"))
        self.faults.setIconSize(QSize(16, 16))
        self.faults.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.faults_box = QWidget()
        inner = QVBoxLayout(self.faults_box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.XS)
        inner.addWidget(self.faults_title)
        inner.addWidget(self.faults)
        splitter = widgets.side_by_side(self.view, self.card, (3, 1), (760, 290))
        return widgets.one_above(self.faults_box, splitter, theme.S)

    def _connect(self) -> None:
        self.picker.changed.connect(self._period_chosen)
        self.picker.problem.connect(self.banner.complain)
        self.view.pointed.connect(self.card.show_piece)
        self.view.opened.connect(self._open)
        self.card.opened.connect(self._open)
        self.faults.itemActivated.connect(self._go_to_fault)
        self.faults.itemClicked.connect(self._go_to_fault)
        self.insert.clicked.connect(self.insert_figure)
        self.write.clicked.connect(self.export_file)
        self.template_menu.aboutToShow.connect(self._fill_menu)
        self.choices.triggered.connect(lambda action: self.choose(str(action.data())))
        self.failed.acted.connect(self.refresh)
        self.banner.acted.connect(self._open_made)
        self.desk.changed.connect(self._file_changed)
        Report.back.on(self, lambda: self.view.setFocus(Qt.FocusReason.ShortcutFocusReason), WITHIN)

    def _fill_menu(self) -> None:
        """What can be done with templates, the one in use ticked."""
        menu = self.template_menu
        menu.clear()
        for text, act in (
            (_("Save the template to edit it …"), self._ask_save),
            (_("Take over a template …"), self._ask_take_over),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, act=act: act())
        menu.addSeparator()
        used = self.draft.name if self.draft else ""
        for code in settings.REPORT_TEMPLATE.codes:
            action = QAction(_(code.label), menu)
            action.setData(code.key)
            action.setCheckable(True)
            action.setChecked(code.key == used)
            action.setEnabled(code.key != "own" or bool(self.draft and self.draft.has_own))
            self.choices.addAction(action)
            menu.addAction(action)

    # ---- what others ask of it

    @property
    def period(self) -> Period:
        """The period chosen."""
        return self.picker.period()

    def refresh(self) -> None:
        """Make the draft anew."""
        self._stale = False
        period = self.period
        if self.draft is None:
            self.stack.setCurrentWidget(self.loading)

        def make(office: Office, _progress: object) -> Draft | UserError:
            from tracker.operations import report  # here, in the worker: Word's library takes long to load

            try:
                return report.draft(office, period)
            except UserError as wrong:  # shown in the page's place, not in a box
                return wrong

        self._awaited = self.desk.run_latest((self, "draft"), make, self._show)

    def focus_search(self) -> None:
        """Ctrl+F looks for a figure to insert."""
        self.insert_figure()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self.picker.set_period(remembered(self.desk))
        if self._stale:
            self.refresh()

    def insert_figure(self) -> None:
        """Find a figure by its name."""
        dialog = InsertFigureDialog(self.desk, self.period, self)
        dialog.copied.connect(self._tell_copied)
        dialog.open()

    def _tell_copied(self, placeholder: str) -> None:
        text = _("{placeholder} is on the clipboard; paste it into the template where the figure belongs.")
        self.banner.tell("positive", text.replace("{placeholder}", placeholder))

    # ---- the draft

    def _show(self, draft: Draft | UserError) -> None:
        if isinstance(draft, UserError):
            self.draft = None
            self.failed.text.setText(str(draft))
            self.stack.setCurrentWidget(self.failed)
            return
        self.draft = draft
        self.words.setText(_("Template: {name}").format(name=draft.source))
        self.words.setToolTip(self.words.text())
        self.view.show_passages(draft.passages)
        self.card.show_piece(self.view.piece())
        self._show_faults(draft.faults)
        self.stack.setCurrentWidget(self.content)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        self.faults.clear()
        for fault in faults:
            item = QListWidgetItem(fault.sentence())
            item.setData(Qt.ItemDataRole.UserRole, fault.place)
            item.setIcon(icon("warning", "warning" if fault.dash else "danger"))
            item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
            item.setToolTip(fault.sentence())
            self.faults.addItem(item)
        self.faults_title.setText(_faults_title(faults))
        self.faults_box.setVisible(bool(faults))
        frame = 2 * self.faults.frameWidth()
        self.faults.setFixedHeight(min(len(faults), FAULT_ROWS) * theme.ROW_HEIGHT + frame)

    def _go_to_fault(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        passages = self.draft.passages if self.draft else ()
        where = next((n for n, passage in enumerate(passages) if passage.place == place), -1)
        if where >= 0:
            self.view.setFocus()
            self.view.go_to_paragraph(where)

    def _open(self, piece: Piece | None) -> None:
        quoted = piece.quoted if piece else None
        if quoted and quoted.figure and quoted.quote:
            self.drill.emit(quoting.behind(quoted.figure, quoted.quote))

    def _file_changed(self, changed: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _period_chosen(self, period: Period) -> None:
        remember(self.desk, period)
        self._stale = True
        if self.isVisible():
            self.refresh()

    # ---- writing it

    def export_file(self) -> None:
        """Ask where to, and write the report there, once it is not being written already."""
        if not self.write.isEnabled():
            return
        if self.draft and self.draft.walls:
            self.faults.setFocus()
            self.faults.setCurrentRow(self.draft.faults.index(self.draft.walls[0]))
            self.banner.tell("danger", _("Correct the template first; nothing was written."))
            return
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Write the report"), str(self._folder() / self._proposed()), _word_files()
        )
        if chosen:
            self.write_to(_with_suffix(Path(chosen)))

    def write_to(self, path: Path) -> None:
        """Write the report."""
        period = self.period

        def write(office: Office, _progress: object) -> Written:
            from tracker.operations import report  # as above

            return report.report(office, period, path)

        self.write.setEnabled(False)
        job = self.desk.run(write, self._written, self._refused)
        if job.is_finished:
            self.write.setEnabled(True)
        else:
            job.finished.connect(lambda: self.write.setEnabled(True))

    def _written(self, written: Written) -> None:
        self._made = written.path
        self.desk.state.set(FOLDER, str(written.path.parent))
        text = ngettext(
            "Written: {name}, with {n} figure.", "Written: {name}, with {n} figures.", written.figures
        )
        self.banner.tell("positive", text.format(name=written.path.name, n=written.figures), _("Open it"))

    def _refused(self, wrong: UserError) -> None:
        self._made = None
        self.banner.tell("danger", str(wrong))

    def _open_made(self) -> None:
        if self._made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))

    # ---- the template

    def choose(self, name: str) -> None:
        """Use a standard template, or the office's own again."""

        def act(office: Office, _progress: object) -> Changed:
            from tracker.operations import templates  # as above

            return templates.choose(office, name)

        self.desk.run(act, lambda _changed: None, self._refused)

    def take_over(self, path: Path) -> None:
        """Make a document the office's own template."""

        def act(office: Office, _progress: object) -> Changed:
            from tracker.operations import templates  # as above

            return templates.take_over(office, path)

        def done(_changed: Changed) -> None:
            text = _("{name} is now the office's own template; it is kept in the data file.")
            self.banner.tell("positive", text.format(name=path.name))

        self.desk.run(act, done, self._refused)

    def save_template(self, path: Path) -> None:
        """Write the template in use, to be edited in Word or WPS."""

        def act(office: Office, _progress: object) -> Path:
            from tracker.operations import templates  # as above

            return templates.save_as(office, path)

        def done(made: Path) -> None:
            self._made = made
            text = _("Saved: {name}. Edit it in Word or WPS, then take it over here.")
            self.banner.tell("positive", text.format(name=made.name), _("Open it"))

        self.desk.run(act, done, self._refused)

    def _ask_save(self) -> None:
        proposed = self._folder() / (_("Template of the report") + ".docx")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the template"), str(proposed), _word_files()
        )
        if chosen:
            self.save_template(_with_suffix(Path(chosen)))

    def _ask_take_over(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Take over a template"), str(self._folder()), _word_files()
        )
        if chosen:
            self.take_over(Path(chosen))

    def _folder(self) -> Path:
        kept = self.desk.state.get(FOLDER)
        return Path(kept) if isinstance(kept, str) and Path(kept).is_dir() else Path.home()

    def _proposed(self) -> str:
        office = str(settings.value(stored.read(self.desk.reader), "office") or "")
        return proposed(office, self.period, _("report"), ".docx")


def _word_files() -> str:
    return _("Word document") + " (*.docx)"


def _faults_title(faults: tuple[Fault, ...]) -> str:
    walls = sum(not fault.dash for fault in faults)
    if not walls:
        text = ngettext(
            "{n} figure has no value; a dash is written in its place.",
            "{n} figures have no value; a dash is written in their place.",
            len(faults),
        )
        return text.format(n=len(faults))
    text = ngettext(
        "{n} place cannot be written; correct the template or complete the records first.",
        "{n} places cannot be written; correct the template or complete the records first.",
        walls,
    )
    return text.format(n=walls)


def _with_suffix(path: Path) -> Path:
    return path if path.suffix.lower() == ".docx" else path.with_name(f"{path.name}.docx")
