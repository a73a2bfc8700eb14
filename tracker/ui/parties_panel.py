"""Under a form's fields: the parties of the case, numbers masked as in lists, and whether the record names them all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.attached.parties import PARTIES
from tracker.db import records
from tracker.db.records import Record
from tracker.i18n import _, ngettext
from tracker.operations import parties
from tracker.operations.office import Changed
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.keys import CaseForm, shown
from tracker.ui.plain_table import Head, PlainTable

MOST_ROWS = 6
"""Shown at once; more are scrolled to."""
COLUMNS = (("name", 0), ("id_number", 178), ("phone", 114), ("address", 200), ("agent", 90))
ROLE, NAME = 90, 190
"""Widths of the role and, at least, of the name; of the other columns those are seen for which there is room."""


class PartiesPanel(QWidget):
    """`edit_wanted` when the clerk wants to enter or change parties."""

    edit_wanted = Signal()

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self._uid: str | None = None
        self.parties: list[Record] = []
        self.count, self.empty, self.banner = widgets.Caption(), widgets.Caption(), widgets.Banner()
        self.count.setWordWrap(False)
        self.edit = widgets.button(_("Edit parties …"), "edit", quiet=True)
        CaseForm.parties.tell(self.edit, _("Enter and change parties as a table, or paste them from a sheet"))
        self.edit.setAutoDefault(False)
        self.table = PlainTable(_("Parties of a case"), sortable=False)
        self.table.setTabKeyNavigation(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(widgets.heading_row(_("Parties"), self.edit, note=self.count))
        for widget in (self.banner, self.empty, self.table):
            column.addWidget(widget)
        self.edit.clicked.connect(self.edit_wanted)
        self.table.doubleClicked.connect(lambda _index: self.edit_wanted.emit())
        self.banner.acted.connect(self._fill)
        if not ledger.parties:  # never shown here: without a parent yet, it would be a window of its own
            self.hide()

    def show_record(self, uid: str | None) -> None:
        """Show the parties of a record; None for one that is not in the file yet."""
        self._uid = uid
        if self._ledger.parties:
            self._show()

    def again(self, changed: Changed) -> None:
        """Something was changed, perhaps these parties or the record."""
        if self._uid and self._ledger.parties and {PARTIES.name, self._ledger.name} & changed.ledgers:
            self._show()

    def _show(self) -> None:
        self.parties = parties.of_record(self._desk.reader, self._uid) if self._uid else []
        count = ngettext("{count} party", "{count} parties", len(self.parties))
        self.count.setText(count.format(count=len(self.parties)))
        self.count.setVisible(bool(self.parties))
        self.empty.setVisible(not self.parties)
        text = (
            _("None entered one by one. Press {keys} to enter them with what documents need.")
            if self._uid
            else _("{keys} saves the record and enters its parties one by one.")
        )
        self.empty.setText(text.format(keys=shown(CaseForm.parties.keys)))
        self._tell_apart()
        self.table.setVisible(bool(self.parties))
        heads = [Head(_("Role"), ROLE), *(Head(_title(key), width) for key, width in COLUMNS)]
        self.table.fill(heads, [self._cells(party) for party in self.parties])
        self._fit()
        header = self.table.horizontalHeader().sizeHint().height()
        rows = min(len(self.parties), MOST_ROWS)
        self.table.setFixedHeight(header + theme.ROW_HEIGHT * rows + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what would take the room of the names."""
        room = self.width() - ROLE - NAME
        for place, (_key, width) in enumerate(COLUMNS[1:], 2):
            room -= width
            self.table.setColumnHidden(place, room < 0)

    def _cells(self, party: Record) -> list[str]:
        cells = [parties.role_title(self._ledger, str(party["role"]))]
        for key, _width in COLUMNS:
            field = PARTIES.field(key)
            text = field.shown(party.get(key))
            if key == "id_number" and not text:
                text = str(party.get("credit_code") or "")
            cells.append(text)
        return cells

    def _tell_apart(self) -> None:
        record = (
            records.get(self._desk.reader, self._ledger, self._uid) if self._uid and self.parties else None
        )
        text = parties.apart(self._ledger, record, self.parties) if record else ""
        if text:
            self.banner.tell("warning", text, _("Write them there too"), closable=False)
        else:
            self.banner.hide()

    def _fill(self) -> None:
        uid, ledger = self._uid, self._ledger
        if uid:
            self._desk.run(lambda office, _progress: parties.fill(office, ledger, uid), lambda _changed: None)


def _title(key: str) -> str:
    return _("Identity number or credit code") if key == "id_number" else PARTIES.field(key).title()
