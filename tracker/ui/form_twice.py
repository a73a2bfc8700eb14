"""What a form says where the record's number is given twice, and both ways out of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import _, listed
from tracker.operations import twice
from tracker.operations.office import Changed, Office
from tracker.schema.ledger import Ledger
from tracker.ui import widgets
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.keys import Form
from tracker.ui.tasks import Progress


class FormTwice(widgets.Banner):
    """A strip over the form, only where there is something to say; `opened` with the uid of the other record."""

    opened = Signal(str)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._uid = desk, ledger, ""
        self._other = ""
        self.other = widgets.button(_("Open the other record"), quiet=True)
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(2, self.other)
        Form.renumber.press(self.action)
        Form.other.press(self.other)
        self.other.clicked.connect(lambda: self.opened.emit(self._other))
        self.acted.connect(self._renumber)

    def show_record(self, uid: str | None) -> None:
        """Look whether another record has a number of this one; None for one that is not in the file yet."""
        self._uid = uid or ""
        self.hide()
        self.again()

    def again(self) -> None:
        """Look once more, after something in the file was changed."""
        uid, ledger = self._uid, self._ledger
        if uid:
            self._desk.run_latest(
                ("form twice", ledger.name),
                lambda office, _progress: _told(office, ledger, uid),
                alive(self, partial(self._show, uid)),
            )

    def _show(self, uid: str, told: tuple[str, str]) -> None:
        text, self._other = told
        if uid != self._uid or not text:
            self.hide()
            return
        self.tell(
            "warning", text, "" if self._desk.readonly else _("Give it the next number"), closable=False
        )
        Form.renumber.press(self.action)  # Qt forgets the key of a button that gets another text

    def _renumber(self) -> None:
        uid, ledger = self._uid, self._ledger

        def op(office: Office, progress: Progress) -> Changed:
            return twice.renumber(office, ledger, [uid], progress)

        self._desk.run(op, lambda _changed: None, alive(self, self._failed))

    def _failed(self, wrong: UserError) -> None:
        self.tell("danger", str(wrong))


def _told(office: Office, ledger: Ledger, uid: str) -> tuple[str, str]:
    """What is said of a record, and the uid of the other one; nothing where its numbers are its own."""
    found = list(twice.of_record(office, ledger, uid))
    others = [other for one in found for other in one.uids if other != uid]
    if not others:
        return "", ""
    other = records.get(office.db, ledger, others[0]) or {}
    parts = [_("running no. {number}").format(number=one.number) for one in found if one.running]
    if len(parts) < len(found):
        parts.insert(0, _("the number"))
    text = _("Given twice: {what}. Another record has it too: {other}, entered by {clerk}.")
    number = ledger.field(ledger.number).format(other.get(ledger.number))
    return text.format(what=listed(parts), other=number, clerk=other.get("created_by") or ""), others[0]
