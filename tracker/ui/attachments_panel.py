"""Under a form's fields: the files kept with the record, taken in, opened, renamed and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QVBoxLayout, QWidget

from tracker.attached.attachments import ATTACHMENTS
from tracker.errors import UserError
from tracker.i18n import _, listed, ngettext
from tracker.operations import attachments
from tracker.operations.attachments import Attached, Attachment, Incoming
from tracker.operations.office import Changed, Office
from tracker.schema.file_name import size_text
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.file_drop import incoming
from tracker.ui.icons import icon
from tracker.ui.keys import Attachments, CaseForm, Form, Key, shown
from tracker.ui.opened_copies import OpenedCopies
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Progress

MOST_ROWS = 8
"""Shown at once; more are scrolled to."""
LARGE = 4 * 1024**2
"""From so many bytes on the window shows how far it is."""
FOLDER = "attachments_folder"


class AttachmentsPanel(QWidget):
    """The attachments of the record on the form; one that is not saved yet can have none."""

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self._uid: str | None = None
        self._removed: list[str] = []
        self.files: list[Attachment] = []
        self.copies = OpenedCopies.of(desk)
        self.total = widgets.Caption()
        self.total.setWordWrap(False)
        self.add_button = widgets.button(_("Attach files …"), "add", quiet=True)
        Form.attach.tell(self.add_button, _("Attach files; or drop them on the form, or paste a picture"))
        self.documents_button = widgets.button(_("Make documents …"), "document", quiet=True)
        CaseForm.documents.tell(self.documents_button)
        self.print_button = widgets.button(_("Print forms …"), "print", quiet=True)
        CaseForm.forms.tell(self.print_button)
        self.documents_button.hide()
        self.print_button.hide()
        self.banner, self.empty = widgets.Banner(), widgets.Caption()
        self.table = PlainTable(_("Attachments"), sortable=False)
        self.table.setTabKeyNavigation(False)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        buttons = (self.print_button, self.documents_button, self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(widgets.heading_row(_("Attachments"), *buttons, note=self.total))
        for widget in (self.banner, self.empty, self.table):
            column.addWidget(widget)
        for button in buttons:
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.choose)
        self.banner.acted.connect(self._undo)
        self.table.doubleClicked.connect(lambda _index: self.open())
        self._act(_("Open"), Attachments.open, "open", self.open)
        self._act(_("Save as …"), Attachments.save_as, "save", self.save_as)
        self._act(_("Rename …"), Attachments.rename, "edit", self.rename)
        self._act(_("Remove"), Attachments.remove, "delete", self.remove)
        self._act(_("Paste a picture or files"), Attachments.paste, "copy", self.paste)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _act(self, label: str, key: Key, icon_name: str, act: Callable[[], object]) -> None:
        action = QAction(icon(icon_name), label, self.table)
        action.setShortcuts(key.sequences)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: act())
        self.table.addAction(action)

    # what is shown

    def show_record(self, uid: str | None) -> None:
        """Show the files of a record; None for one that is not in the file yet."""
        if uid != self._uid:
            self.banner.hide()
        self._uid = uid
        self._show()

    def again(self, changed: Changed) -> None:
        """Something was changed, perhaps these files."""
        if self._uid and ATTACHMENTS.name in changed.ledgers:
            self._show()

    def _show(self) -> None:
        row = self.table.currentIndex().row()
        self.files = attachments.of_record(self._desk.reader, self._uid) if self._uid else []
        self.add_button.setEnabled(self._uid is not None)
        self.empty.setVisible(not self.files)
        self.empty.setText(
            _("None yet. Drop scans and documents here, paste a picture, or press {keys}.").format(
                keys=shown(Form.attach.keys)
            )
            if self._uid
            else _("Save the record ({keys}), then scans and documents can be attached to it.").format(
                keys=shown(Form.save.keys)
            )
        )
        count = ngettext("{count} file, {size}", "{count} files, {size}", len(self.files))
        size = size_text(attachments.total(self.files))
        self.total.setText(count.format(count=len(self.files), size=size) if self.files else "")
        self.total.setVisible(bool(self.files))
        self.table.setVisible(bool(self.files))
        heads = (
            Head(_("File name")),
            Head(_("File size"), 90),
            Head(_("Attached at"), 150),
            Head(_("Attached by"), 100),
        )
        self.table.fill(
            heads, [(f.name, size_text(f.size), f.at.replace("T", " ")[:16], f.by) for f in self.files]
        )
        if self.files:
            self.table.selectRow(min(max(row, 0), len(self.files) - 1))
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + theme.ROW_HEIGHT * min(len(self.files), MOST_ROWS) + 4)

    # taking in

    def choose(self) -> None:
        """Ask for files and attach them."""
        if not self._uid:
            return
        folder = str(self._desk.state.get(FOLDER, str(Path.home())))
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"), folder)
        if chosen:
            self._desk.state.set(FOLDER, str(Path(chosen[0]).parent))
            self.table.setFocus()  # the keys of the list work on what comes in
            self.take([Incoming(Path(path).name, Path(path)) for path in chosen])

    def paste(self) -> None:
        """Attach the picture or the files on the clipboard."""
        files = incoming(QGuiApplication.clipboard().mimeData())
        if files:
            self.take(files)
        elif self._uid:
            self.banner.tell("info", _("The clipboard holds neither a picture nor files."))

    def take(self, files: Sequence[Incoming]) -> None:
        """Attach these, in the worker."""
        uid, ledger = self._uid, self._ledger
        if not uid:
            text = _("Save the record first ({keys}); then drop the files again.")
            self.banner.tell("info", text.format(keys=shown(Form.save.keys)))
            return

        def op(office: Office, progress: Progress) -> Attached:
            return attachments.attach(office, ledger, uid, files, progress)

        def taken(done: Attached) -> None:
            if uid == self._uid:  # else another record is shown by now
                self._taken(done)

        job = self._desk.run(op, taken, self._refused, cancellable=True)
        if not job.is_finished and sum(_size(each) for each in files) > LARGE:
            widgets.ProgressDialog(self, _("Attach files")).follow(job)

    def _taken(self, done: Attached) -> None:
        self._removed = []
        if done.already:
            text = _("The record has this file already: {names}.").format(names=listed(done.already))
            self.banner.tell("info", text)
        else:
            self.banner.hide()
        if done.added:
            names = [file.name for file in self.files]
            self.table.selectRow(max(0, len(names) - 1))

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    # with one file

    @property
    def current(self) -> Attachment | None:
        """The file in hand."""
        row = self.table.currentIndex().row()
        return self.files[row] if 0 <= row < len(self.files) else None

    def open(self) -> None:
        """Open a copy with the system's program, after a warning where that may run something."""
        file = self.current
        if file is not None:
            self._desk.run(
                lambda office, _progress: attachments.runs(office.db, file),
                lambda runs: self._open(file, runs),
                self._refused,
            )

    def _open(self, file: Attachment, runs: bool) -> None:
        if runs and not self._dared(file):
            return
        try:
            folder = self.copies.folder
        except UserError as wrong:
            self._refused(wrong)
            return
        self._desk.run(
            lambda office, _progress: attachments.copy_to_open(office.db, file, folder),
            self._show_copy,
            self._refused,
        )

    def _show_copy(self, path: Path) -> None:
        if not self.copies.show(path):
            text = _("No program of this computer opens {name}; save it and open it yourself.")
            self.banner.tell("warning", text.format(name=path.name))

    def _dared(self, file: Attachment) -> bool:
        text = _("{name} is a program or may hold macros. Opening it can harm this computer.")
        details = _("Open it only if you know who made it.")
        box = message_box(
            self,
            _("Open attachment"),
            text.format(name=file.name),
            details,
            icon_name="warning",
            role="warning",
        )
        yes = box.addButton(_("Open all the same"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(_("Do not open"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes

    def save_as(self) -> None:
        """Ask for a name and write the file there."""
        file = self.current
        if file is None:
            return
        start = str(Path(str(self._desk.state.get(FOLDER, str(Path.home())))) / file.name)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as"), start)
        if chosen:
            self._desk.run(
                lambda office, _progress: attachments.save_as(office, file, Path(chosen)),
                lambda path: self.banner.tell("positive", _("Written: {path}").format(path=path)),
                self._refused,
            )

    def rename(self) -> None:
        """Ask for another name."""
        file, uid, ledger = self.current, self._uid, self._ledger
        if file is None or uid is None:
            return
        name, given = QInputDialog.getText(self, _("Rename"), _("File name"), text=file.name)
        if given:
            self._desk.run(
                lambda office, _progress: attachments.rename(office, ledger, uid, file, name),
                lambda _changed: self.banner.hide(),
                self._refused,
            )

    def remove(self) -> None:
        """Put the file into the bin; the banner offers to take it back."""
        file, uid, ledger = self.current, self._uid, self._ledger
        if file is None or uid is None:
            return

        def done(_changed: Changed) -> None:
            if uid != self._uid:
                return
            self._removed = [file.uid]
            text = _("{name} is in the bin; its content is kept.").format(name=file.name)
            self.banner.tell("info", text, _("Undo"))

        self._desk.run(
            lambda office, _progress: attachments.remove(office, ledger, uid, [file.uid]), done, self._refused
        )

    def _undo(self) -> None:
        uids, self._removed = self._removed, []
        self.banner.hide()
        self._desk.run(
            lambda office, _progress: attachments.restore(office, uids), lambda _changed: None, self._refused
        )


def _size(file: Incoming) -> int:
    try:
        return file.path.stat().st_size if file.path else len(file.content)
    except OSError:  # said when it is read
        return 0
