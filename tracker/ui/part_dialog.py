"""Writing a part of the file as a small file of its own: which ledgers, days and whose records, and where to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, listed, ngettext
from tracker.operations import parting
from tracker.operations.office import Office
from tracker.operations.parting import Choice, Chosen, Parted
from tracker.schema.file_name import size_text
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.file_names import FOLDER, chosen_folder
from tracker.ui.keys import Part, shown
from tracker.ui.period_text import parse_period
from tracker.ui.tasks import Job, Progress

PAUSE_MS = 250
NAME = Qt.ItemDataRole.UserRole
SUFFIX = ".db"


class PartDialog(BusyDialog):
    """Says how many records are chosen before anything is written; stays open to tell what was."""

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._today = desk, today
        self._own_name = False
        self.made: Parted | None = None
        self.setWindowTitle(_("Write a part for sending"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 600)
        self._make()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._connect()
        self._propose()
        self.ledgers.setFocus()
        self.look()

    def _make(self) -> None:
        self.ledgers = QListWidget()
        self.ledgers.setAccessibleName(_("Ledgers"))
        for ledger in self.desk.office.catalogue.ledgers:
            if ledger.name not in self.desk.office.catalogue.hidden:
                item = QListWidgetItem(ledger.title(), self.ledgers)
                item.setData(NAME, ledger.name)
                item.setCheckState(Qt.CheckState.Unchecked)
        self.ledgers.setCurrentRow(0)
        self.period = QLineEdit()
        self.period.setPlaceholderText(_("All days; or 2020, 2020Q1, 2020-03, 2020-01-05 ~ 3.31"))
        self.person = QComboBox()
        self.person.setEditable(True)
        self.person.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.person.lineEdit()
        assert line  # since it is editable
        line.setPlaceholderText(_("Everybody's; or who handles or has entered them"))
        self.path = QLineEdit()
        self.browse = widgets.button(_("Browse …"), "folder")
        Part.choose.press(self.browse)
        self.count = widgets.Caption()
        self.banner, self.step, self.bar = widgets.Banner(), widgets.Caption(), QProgressBar()
        self.bar.setTextVisible(False)
        self.open_folder = widgets.button(_("Open folder"), "folder")
        Part.folder.press(self.open_folder)
        self.write_button = widgets.button(_("Write"), "export", primary=True)
        Part.write.tell(self.write_button)
        self.close_button = widgets.button(_("Cancel"))
        Part.close.tell(self.close_button)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.M)
        form.setVerticalSpacing(theme.M)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        ledgers = QVBoxLayout()
        ledgers.setSpacing(theme.XS)
        ledgers.addWidget(self.ledgers)
        ledgers.addWidget(
            widgets.Caption(
                _("{key} ticks a ledger; none ticked: all of them.").format(key=shown(Part.tick.keys))
            )
        )
        place = QHBoxLayout()
        place.setSpacing(theme.S)
        place.addWidget(self.path, 1)
        place.addWidget(self.browse)
        rows: tuple[tuple[str, QWidget, QVBoxLayout | QHBoxLayout | QWidget], ...] = (
            (_("Ledgers"), self.ledgers, ledgers),
            (_("Days of the records"), self.period, self.period),
            (_("Whose records"), self.person, self.person),
            (_("File"), self.path, place),
        )
        for text, editor, row in rows:
            label = QLabel(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text)
            form.addRow(label, row)
        self._finish(form)

    def _finish(self, form: QFormLayout) -> None:
        about = widgets.Caption(
            _(
                "The records with their whole history, events, parties and attached files, and the entries that they "
                "name. The part opens like any file; whoever gets it merges it, or sends it back to be merged."
            )
        )
        whole = widgets.Caption(
            _(
                "Identity and telephone numbers in it are whole, not masked: keep it as you keep the data file."
            )
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.open_folder)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(about)
        column.addLayout(form, 1)
        for widget in (whole, self.count, self.banner, self.step, self.bar):
            column.addWidget(widget)
        column.addLayout(buttons)
        for hidden in (self.open_folder, self.step, self.bar):
            hidden.hide()

    def _connect(self) -> None:
        self.ledgers.itemChanged.connect(lambda _item: self._edited())
        self.period.textEdited.connect(lambda _text: self._edited())
        self.person.editTextChanged.connect(lambda _text: self._edited())
        self.path.textEdited.connect(lambda _text: self._named())
        self.browse.clicked.connect(self._browse)
        self.open_folder.clicked.connect(self._open_folder)
        self.write_button.clicked.connect(self.write)
        self.banner.acted.connect(self._write)
        Part.everything.press(self.banner.action)
        Part.write.on(self, self.write_button.click)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._pause.stop)

    # what is chosen

    def choice(self) -> Choice:
        """What is asked for; raises UserError for days that cannot be read."""
        items = (self.ledgers.item(row) for row in range(self.ledgers.count()))
        names = tuple(str(item.data(NAME)) for item in items if item.checkState() == Qt.CheckState.Checked)
        text, person = self.period.text().strip(), self.person.currentText().strip()
        if not text:
            return Choice(names, person=person)
        try:
            period = parse_period(text, self._today)
        except Invalid as wrong:
            raise UserError(str(wrong)) from wrong
        return Choice(names, period.begin.isoformat(), period.end.isoformat(), person)

    def _edited(self) -> None:
        self.banner.hide()
        self.open_folder.hide()
        self._propose()
        self._pause.start()

    def look(self) -> None:
        """Have the worker count what is chosen."""
        try:
            choice = self.choice()
        except UserError as wrong:
            self.count.setText(str(wrong))
            return
        self.desk.run_latest(
            ("part", id(self)),
            lambda office, progress: (parting.choose(office, choice, progress), parting.people(office)),
            alive(self, self._counted),
        )

    def _counted(self, found: tuple[Chosen, list[str]]) -> None:
        chosen, people = found
        if not self.person.count():
            text = self.person.currentText()
            self.person.blockSignals(True)
            self.person.addItems(["", *people])
            self.person.setEditText(text)
            self.person.blockSignals(False)
        titles = self.desk.office.catalogue.by_name
        parts = [
            _("{ledger} {n}").format(ledger=titles[name].title(), n=f"{n:,}")
            for name, n in chosen.counts().items()
        ]
        self.count.setText(_("Chosen: {what}").format(what=listed(parts) or _("none")))

    # where to

    def _propose(self) -> None:
        if not self._own_name:
            items = (self.ledgers.item(row) for row in range(self.ledgers.count()))
            names = [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]
            parts = (self.desk.office.db.path.stem, *names[:2], self.period.text(), self.person.currentText())
            safe = (part.strip().replace("/", "-").replace("~", "-") for part in parts)
            name = "_".join(filter(None, (*safe, _("part"))))
            self.path.setText(str(chosen_folder(self.desk.state) / f"{name}{SUFFIX}"))

    def _named(self) -> None:
        self._own_name = True
        self.open_folder.hide()

    def _browse(self) -> None:
        kinds = _("Data files (*.db);;All files (*)")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.path.text(), kinds, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.path.setText(chosen)
            self._named()

    def _target(self) -> Path | None:
        text = self.path.text().strip()
        if not text:
            return None
        path = Path(text).expanduser()
        path = path if path.is_absolute() else chosen_folder(self.desk.state) / path
        return path if path.suffix else path.with_name(path.name + SUFFIX)

    # writing

    def write(self) -> None:
        """Write the part, and say what is in it; where nothing at all is chosen, ask whether that means everything."""
        if not self._job and self._is_everything():
            text = _(
                "No ledger is ticked and neither days nor a person are given: that would write every record."
            )
            self.banner.tell("warning", text, _("Write everything"))
            Part.everything.press(self.banner.action)
            self.ledgers.setFocus()
        else:
            self._write()

    def _is_everything(self) -> bool:
        try:
            return self.choice() == Choice(())
        except UserError:
            return False  # which writing says

    def _write(self) -> None:
        path = self._target()
        if self._job:
            return
        if path is None:
            self._failed(UserError(_("Name the file to write.")))
            return
        try:
            choice = self.choice()
        except UserError as wrong:
            self._failed(wrong)
            return
        self._show_running(True)

        def op(office: Office, progress: Progress) -> Parted:
            return parting.write(office, choice, path, progress)

        job = self.desk.run(op, alive(self, self._done), alive(self, self._failed), cancellable=True)
        if not job.is_finished:
            self._follow(job)

    def _follow(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self.show_progress)
        job.cancelled.connect(lambda: self.banner.tell("info", _("Stopped; no file was written.")))
        job.finished.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self._show_running(False)

    def _done(self, made: Parted) -> None:
        self.made = made
        self._show_running(False)
        self.desk.state.set(FOLDER, str(made.path.parent))
        n = sum(made.records.values())
        records = ngettext("{n} record", "{n} records", n).format(n=f"{n:,}")
        text = _("Written: {name}, with {records}, {size}.")
        self.banner.tell(
            "positive",
            text.format(name=made.path.name, records=records, size=size_text(made.size)),
            closable=False,
        )
        self.open_folder.show()
        self.close_button.setText(_("Close"))
        self.close_button.setFocus()

    def _failed(self, wrong: UserError) -> None:
        self._show_running(False)
        self.banner.tell("danger", str(wrong))
        self.path.setFocus()

    def _show_running(self, running: bool) -> None:
        for widget in (self.ledgers, self.period, self.person, self.path, self.browse, self.write_button):
            widget.setEnabled(not running)
        self.bar.setVisible(running)
        self.step.setVisible(running)
        self.close_button.setEnabled(True)
        if running:
            self.banner.hide()
            self.bar.setRange(0, 0)

    def _open_folder(self) -> None:
        if self.made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made.path.parent)))

    def stopping(self) -> None:
        self.close_button.setEnabled(False)
        super().stopping()
