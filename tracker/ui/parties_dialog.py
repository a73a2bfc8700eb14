"""The parties of a case typed as a table, or pasted from a sheet, and saved as one operation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from tracker.attached.parties import PARTIES
from tracker.db import records
from tracker.errors import UserError
from tracker.exchange.pasted import MOST
from tracker.i18n import _, listed, ngettext
from tracker.operations import parties, party_sheet
from tracker.operations.office import Changed, Office
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.keys import Parties
from tracker.ui.parties_model import PartiesModel
from tracker.ui.parties_table import PartiesTable
from tracker.ui.tasks import Job, Progress, wait_for

SIZE = (1120, 560)


class PartiesDialog(QDialog):
    """Of one record; names that stand in its fields and are no party yet are proposed as rows."""

    def __init__(self, desk: Desk, ledger: Ledger, uid: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._ledger, self._uid = desk, ledger, uid
        self._pasting: Job | None = None
        record = records.get(desk.reader, ledger, uid) or {}
        there = parties.of_record(desk.reader, uid)
        proposed = parties.unlisted(ledger, record, there)
        self.model = PartiesModel(ledger, [*there, *proposed])
        self.table = PartiesTable(self.model, _("Parties of a case"))
        self.banner, self.problem = widgets.Banner(), widgets.Caption()
        self.paste_button = widgets.button(_("Paste rows from a sheet"), "copy", quiet=True)
        self.remove_button = widgets.button(_("Remove rows"), "delete", quiet=True)
        self.next_button = widgets.button(_("Next problem"), "warning", quiet=True)
        self.save_button = widgets.button(_("Save"), "save", primary=True)
        self.cancel_button = widgets.button(_("Cancel"))
        self.setWindowTitle(_("Parties of {number}").format(number=record.get(ledger.number) or ""))
        self.resize(*SIZE)
        self._arrange()
        self._connect()
        if proposed:
            text = _("The names that stand in the record are proposed; complete them and save.")
            self.banner.tell("info", text)
        self._say()
        self.table.go_to(0, "name")
        self._first = self._state()

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        for button in (self.paste_button, self.remove_button, self.next_button):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.problem, 1)
        for button in (self.cancel_button, self.save_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        text = _(
            "Type as in a sheet: Enter goes on, Del empties a cell, Ctrl+Del removes a row. Rows copied from a "
            "spreadsheet are pasted with Ctrl+V, with or without headings. Names and numbers of people in the record "
            "follow the parties; editing the record's text removes no party."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Caption(text))
        column.addWidget(self.banner)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.paste_button.clicked.connect(lambda: self.paste(QGuiApplication.clipboard().text()))
        self.remove_button.clicked.connect(self.remove)
        self.next_button.clicked.connect(self.next_problem)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self.table.pasted.connect(self.paste)
        self.table.removal_wanted.connect(self.remove)
        self.model.dataChanged.connect(lambda *_args: self._say())
        self.model.modelReset.connect(self._say)
        self.table.selectionModel().currentChanged.connect(lambda *_args: self._say())
        Parties.save.tell(self.save_button)
        Parties.next.tell(self.next_button)
        Parties.save.on(self, self.save)
        Parties.next.on(self, self.next_problem)

    def _say(self) -> None:
        """What is wrong with the cell in hand, else how many cells are to be looked at."""
        at = self.table.currentIndex()
        here = (
            self.model.doubts.get((at.row(), self.model.fields[max(0, at.column())].key))
            if at.isValid()
            else None
        )
        count = len(self.model.doubts)
        self.next_button.setVisible(count > 0)
        text = ngettext("{count} cell to look at", "{count} cells to look at", count).format(count=count)
        self.problem.setText(here.message if here else text if count else "")
        role = "problem" if here and here.wall else "warning" if count else "muted"
        theme.set_property(self.problem, "role", role)

    def paste(self, text: str) -> None:
        """Take in rows of a sheet, and say what they were understood to be."""
        at = self.table.currentIndex().row()
        role = self.model.rows[max(at, 0)].texts.get("role", "") or self.model.roles[0][1]

        def op(_office: Office, _progress: Progress) -> tuple[party_sheet.Pasted, list[dict[str, str]]]:
            found = party_sheet.read(text)
            rows = party_sheet.completed(found.rows, role)
            party_sheet.examine(rows)  # so that the table, which asks again, has the answers at hand
            return found, rows

        self._pasting = self._desk.run(op, alive(self, lambda told: self._take(*told, role)))

    def _take(self, found: party_sheet.Pasted, rows: list[dict[str, str]], role: str) -> None:
        if not found.rows or not any("name" in row for row in found.rows):
            told = _("The clipboard holds no rows with names; copy the rows in the spreadsheet first.")
            self.banner.tell("warning", told)
            return
        new = self.model.take(rows)
        columns = listed(field.title() for field in found.fields)
        told = ngettext("{count} row as {role}: {columns}.", "{count} rows as {role}: {columns}.", new)
        told = told.format(count=new, role=self.model.described(role), columns=columns)
        if new < len(found.rows):
            told += _(" {count} were there already and were completed.").format(count=len(found.rows) - new)
        if found.unknown:
            told += _(" Not read: {headings}.").format(headings=listed(found.unknown))
        if found.totals:
            told += _(" Left out as totals: {rows}.").format(rows=listed(found.totals))
        if found.left_out:
            text = ngettext("{n} row did not fit", "{n} rows did not fit", found.left_out)
            text = text.format(n=f"{found.left_out:,}")
            most = f"{MOST:,}"
            told += " " + _("{what}: a table takes {most}. Import a longer sheet.").format(
                what=text, most=most
            )
        self.banner.tell("warning" if self.model.doubts or found.left_out else "positive", told)
        self.table.go_to(max(0, self.model.rowCount() - 1 - new), "name")

    def remove(self) -> None:
        """Take the selected rows out; they go to the bin when the table is saved."""
        row = max(0, self.table.currentIndex().row())
        self.model.remove(self.table.selected_rows())
        self.table.go_to(min(row, self.model.rowCount() - 1), "name")

    def next_problem(self) -> None:
        """Go to the next cell that is wrong or unlikely."""
        keys = [field.key for field in self.model.fields]
        places = sorted((row, keys.index(key)) for row, key in self.model.doubts if key in keys)
        if places:
            at = (self.table.currentIndex().row(), self.table.currentIndex().column())
            row, column = next((place for place in places if place > at), places[0])
            self.table.go_to(row, keys[column])

    def save(self) -> None:
        """Save all rows as one operation, those still being read with them, or go to the first that cannot be saved."""
        wait_for(self._pasting)
        self.table.setFocus()  # so that what is being typed is taken
        walls = self.model.walls()
        if walls:
            self.banner.tell(
                "danger",
                _("Not saved. Row {row}: {problem}").format(row=walls[0].row + 1, problem=walls[0].message),
            )
            key = walls[0].field if walls[0].field in PARTIES.by_key else "name"
            self.table.go_to(walls[0].row, key)
            return
        many, drop, ledger, uid = self.model.changed(), tuple(self.model.removed), self._ledger, self._uid
        if not many and not drop:
            self.accept()
            return

        def op(office: Office, _progress: Progress) -> Changed:
            return parties.save(office, ledger, uid, many, drop)

        job = self._desk.run(op, alive(self, lambda _changed: self.accept()), alive(self, self._refused))
        if not job.is_finished:
            self.save_button.setEnabled(False)
            job.finished.connect(self._freed)

    def _freed(self) -> None:
        self.save_button.setEnabled(True)

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    def reject(self) -> None:
        """Close, after asking where something is unsaved."""
        if self._may_drop():
            super().reject()

    def _may_drop(self) -> bool:
        if not self.touched():
            return True
        box = message_box(
            self, _("Parties of a case"), _("Drop what was typed?"), icon_name="warning", role="warning"
        )
        drop = box.addButton(_("Drop"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is drop

    def touched(self) -> bool:
        """Whether the clerk changed anything; rows that were only proposed do not count."""
        return self._state() != self._first

    def _state(self) -> list[tuple[str, dict[str, str]]]:
        return [(row.uid, dict(row.texts)) for row in self.model.rows]
