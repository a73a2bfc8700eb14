"""Printed forms of records in the preview of what is printed, one form after the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import form_prints
from tracker.operations.office import Office
from tracker.schema.ledger import Ledger
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.paper_form import FormPaper
from tracker.ui.paper_notes import note_what_leaves
from tracker.ui.print_preview import PrintPreview
from tracker.ui.tasks import Progress


class FormPreview(PrintPreview):
    """Of records of one ledger, by their uids."""

    def __init__(self, desk: Desk, ledger: Ledger, uids: Sequence[str], parent: QWidget) -> None:
        super().__init__(desk.state, parent)
        self._desk, self._ledger, self._uids = desk, ledger, tuple(uids)
        note_what_leaves(self, desk)
        self.setWindowTitle(_("Print forms"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Form"))
        self.choice.setMinimumWidth(220)
        for form in form_prints.of(ledger):
            self.choice.addItem(_(form.label), form.key)
        self.choice.currentIndexChanged.connect(lambda _index: self.fill())
        self.above.insertWidget(0, self.choice)
        self.setTabOrder(self.choice, self.before)
        self.fill()
        self.choice.setFocus()

    def fill(self) -> None:
        """Fill in the form chosen, in the worker."""
        ledger, uids, key = self._ledger, self._uids, str(self.choice.currentData())
        title = self.choice.currentText()

        def op(office: Office, progress: Progress) -> FormPaper:
            return FormPaper(title, form_prints.filled(office, ledger, key, uids, progress))

        self._desk.run(op, alive(self, self.show_paper), alive(self, self._refused))

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))
