"""The parties of a case typed as a table, or pasted from a sheet, and saved as one operation."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.attached.parties import PARTIES
from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import parties
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.keys import Rows
from tracker.ui.parties_model import PartiesModel
from tracker.ui.typed_window import TypedWindow


class PartiesDialog(TypedWindow):
    """Of one record; names that stand in its fields and are no party yet are proposed as rows."""

    def __init__(self, desk: Desk, ledger: Ledger, uid: str, parent: QWidget) -> None:
        record = records.get(desk.reader, ledger, uid) or {}
        there = parties.of_record(desk.reader, uid)
        proposed = parties.unlisted(ledger, record, there)
        self.parties = PartiesModel(ledger, [*there, *proposed])
        super().__init__(desk, self.parties, _("Parties of a case"), None, parent)
        self._ledger, self._uid = ledger, uid
        self.setWindowTitle(_("Parties of {number}").format(number=record.get(ledger.number) or ""))
        self.take_room((1120, 560))
        self._arrange()
        if proposed:
            text = _("The names that stand in the record are proposed; complete them and save.")
            self.banner.tell("info", text)
        self.grid.go_to(0, "name")
        self.say()
        self._first = self.parties.state()

    def _arrange(self) -> None:
        text = _(
            "Type as in a sheet: {enter} goes on, {empty} empties a cell, {remove} removes a row; {undo} takes back, "
            "{redo} does again. Rows copied from a spreadsheet are pasted with {paste}, with or without headings. "
            "Names and numbers of people in the record follow the parties; editing the record's text removes no party."
        ).format(**Rows.names())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Caption(text))
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addLayout(self.foot())

    def title_of(self, key: str) -> str:
        return PARTIES.field(key).title()

    def touched(self) -> bool:
        """Whether the clerk changed anything; rows that were only proposed do not count."""
        return self.parties.state() != self._first

    def save_rows(self) -> None:
        if self.parties.problems(walls=True):
            self.refuse(_("Not saved."))
            return
        many, drop, ledger, uid = self.parties.changed(), self.parties.removed(), self._ledger, self._uid
        if not many and not drop:
            self.accept()
            return
        self.work(
            lambda office: parties.save(office, ledger, uid, many, drop),
            lambda _changed: self.accept(),
            self._refused,
        )

    def _refused(self, error: UserError) -> None:
        self.refuse(str(error))
