"""What is kept with the record on a form beside its fields, and the keys that lead there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.forms import FORMS
from tracker.operations.office import Changed
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.attachments_panel import AttachmentsPanel
from tracker.ui.desk import Desk
from tracker.ui.file_drop import FileDrop
from tracker.ui.keys import WITHIN, CaseForm, Form
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.parties_panel import PartiesPanel
from tracker.ui.tasks import wait_for

if TYPE_CHECKING:
    from tracker.ui.form_view import FormView


class FormPapers(QWidget):
    """Parties and attachments of the record shown; files may be dropped anywhere on the form."""

    def __init__(self, desk: Desk, ledger: Ledger, form: FormView) -> None:
        super().__init__()
        self._desk, self._ledger, self._form = desk, ledger, form
        self.parties = PartiesPanel(desk, ledger)
        self.attachments = AttachmentsPanel(desk, ledger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.L)
        column.addWidget(self.parties)
        column.addWidget(self.attachments)
        self.parties.edit_wanted.connect(self.edit_parties)
        FileDrop(form, form.body, self.attachments.take)
        Form.attach.on(form, self.attach, WITHIN)
        if ledger.parties:
            CaseForm.parties.on(form, self.edit_parties, WITHIN)
        if has_papers(ledger):
            CaseForm.documents.on(form, self.make_documents, WITHIN)
            self.attachments.documents_button.setVisible(True)
            self.attachments.documents_button.clicked.connect(self.make_documents)
        if has_forms(ledger):
            CaseForm.forms.on(form, self.print_forms, WITHIN)
            self.attachments.print_button.setVisible(True)
            self.attachments.print_button.clicked.connect(self.print_forms)

    def show_record(self, uid: str | None) -> None:
        """Show what belongs to a record; None for one that is not in the file yet."""
        self.parties.show_record(uid)
        self.attachments.show_record(uid)

    def again(self, changed: Changed) -> None:
        """Something was changed."""
        self.parties.again(changed)
        self.attachments.again(changed)

    def attach(self) -> None:
        """Ask for files, and have in sight where they will stand."""
        self._form.area.ensureWidgetVisible(self.attachments, 0, theme.M)
        self.attachments.choose()

    def edit_parties(self) -> None:
        """Enter and change parties; what is typed on the form is saved before, since they change it too."""
        if self.settled():
            PartiesDialog(self._desk, self._ledger, self._form.uid, self.window()).open()

    def make_documents(self) -> None:
        """Make documents of the case, as it is in the file."""
        if self.settled():
            open_papers(self._desk, self._ledger, (self._form.uid,), self.window())

    def print_forms(self) -> None:
        """Print forms of the case, as it is in the file."""
        if self.settled():
            open_forms(self._desk, self._ledger, (self._form.uid,), self.window())

    def settled(self) -> bool:
        """Whether the record is in the file as the form shows it; saves it where it is not."""
        if not self._form.uid or self._form.has_unsaved():
            self._form.save()
            wait_for(self._form.job)
        return bool(self._form.uid) and not self._form.has_unsaved()


def has_papers(ledger: Ledger) -> bool:
    """Whether documents can be made of a ledger's records: of cases, which have a day; registers have none."""
    return bool(ledger.day)


def open_papers(desk: Desk, ledger: Ledger, uids: Sequence[str], parent: QWidget) -> None:
    """The window in which documents of these records are made."""
    from tracker.ui.papers_dialog import PapersDialog  # here: its libraries take long to load

    PapersDialog(desk, ledger, uids, parent).open()


def has_forms(ledger: Ledger) -> bool:
    """Whether forms are declared for a ledger's records."""
    return any(form.ledger == ledger.name for form in FORMS)


def open_forms(desk: Desk, ledger: Ledger, uids: Sequence[str], parent: QWidget) -> None:
    """The window in which forms of these records are looked at and printed."""
    from tracker.ui.form_preview import FormPreview  # as above

    FormPreview(desk, ledger, uids, parent).open()
