"""What is done with the selected records of a list: copied, binned, restored, exported."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tracker.db import records
from tracker.db.database import Row
from tracker.i18n import _, ngettext
from tracker.operations import editing, printable
from tracker.operations.combining import may_combine
from tracker.operations.office import Changed, Office
from tracker.schema.clerks import Deed
from tracker.schema.ledger import Ledger
from tracker.ui import clipboard, widgets
from tracker.ui.boxes import message_box
from tracker.ui.bulk_dialog import BulkDialog
from tracker.ui.combine_dialog import AlikeDialog, CombineDialog
from tracker.ui.form_papers import has_forms, has_papers, open_forms, open_papers
from tracker.ui.keys import HERE, Cases, List, Register
from tracker.ui.ledger_table import COPIED_AT_ONCE, clip
from tracker.ui.only_read import IN_A_LIST
from tracker.ui.print_table import show_table
from tracker.ui.tasks import Progress

if TYPE_CHECKING:
    from tracker.operations.exporting import Exported
    from tracker.ui.desk import Desk
    from tracker.ui.ledger_page import LedgerPage

COPIED_AT_MOST = 100_000
DOCUMENTS_AT_MOST = 500


class LedgerActions(QObject):
    """The actions of the table's menu, and what its page's buttons do with the list."""

    def __init__(self, page: LedgerPage) -> None:
        super().__init__(page)
        self.page = page
        act = page.table.add_action
        self.copy_action = act(_("Copy as a table"), List.copy, "copy", self.copy)
        self.duplicate_action = act(_("Duplicate"), List.duplicate, "add", page.duplicate)
        self.change_action = act(_("Change a field …"), List.change, "edit", self.change_field)
        act(_("Filter by this column …"), List.by_column, "filter", self.filter_by_column)
        self.bin_action = act(_("Put into the bin"), List.bin, "delete", self.bin)
        self.restore_action = act(_("Restore from the bin"), List.restore, "undo", self.restore)
        self.delete_action = act(_("Delete from the bin …"), List.delete, "delete", self.delete)
        if has_papers(page.ledger):
            act(_("Make documents …"), Cases.documents, "document", self.make_documents)
        if has_forms(page.ledger):
            act(_("Print forms …"), Cases.forms, "print", self.print_forms)
        self.combine_action: QAction | None = None
        if may_combine(page.ledger):
            self.combine_action = act(_("Combine two entries …"), Register.combine, "combine", self.combine)
            act(_("Find entries made twice …"), Register.alike, "search", self.find_alike)
        if page.desk.readonly:
            for key in IN_A_LIST:
                key.on(page.table, page.desk.only_read.emit, HERE)
        self._binned: array[int] | None = None
        self.page.banner.acted.connect(self._undo)
        self.page.head.restore.clicked.connect(self.restore)
        self.page.head.delete.clicked.connect(self.delete)
        self.show_bin(False)

    def show_bin(self, binned: bool) -> None:
        """Offer what can be done with binned records, or with others."""
        writable = not self.page.desk.readonly
        for action in (self.bin_action, self.duplicate_action, self.change_action):
            action.setVisible(not binned)
            action.setEnabled(not binned and writable)
        for action in (self.restore_action, self.delete_action):
            action.setVisible(binned)
            action.setEnabled(binned and writable)
        self.page.head.restore.setEnabled(writable)
        self.page.head.delete.setEnabled(writable)
        self.page.head.new.setEnabled(not binned and writable)
        self.page.head.show_bin(binned)

    def copy(self) -> None:
        """Put the selected records on the clipboard."""
        page, ids, keys = self.page, self.page.table.picked_ids(), self.page.table.shown()
        if not ids:
            return
        if len(ids) > COPIED_AT_MOST:
            text = _("More than {count} rows do not fit the clipboard; export the list instead.")
            page.banner.tell("warning", text.format(count=f"{COPIED_AT_MOST:,}"))
        elif len(ids) <= COPIED_AT_ONCE:
            clipboard.put(*clip(page.desk.reader, page.ledger, keys, ids))
        else:
            page.desk.run(
                lambda office, _progress: clip(office.db, page.ledger, keys, ids),
                lambda got: clipboard.put(*got),
            )

    def filter_by_column(self) -> None:
        """Ask for a filter on the column of the current cell."""
        at = self.page.table.currentIndex().column()
        columns = self.page.model.columns
        self.page.filters.ask(columns[max(0, at)].field.key)

    def print_list(self) -> None:
        """Preview and print the list as it is filtered and sorted, with the columns shown."""
        page, keys, query = self.page, self.page.table.shown(), self.page.query()
        said = " · ".join(f.sentence(page.ledger) for f in page.filters.filters)
        said = " · ".join(filter(None, (page.behind.caption if page.behind else "", query.search, said)))
        page.desk.run(
            lambda office, _progress: printable.of_list(office, query, keys, said),
            lambda content: show_table(page, content, page.desk),
            lambda wrong: page.banner.tell("danger", str(wrong)),
        )

    def change_field(self) -> None:
        """Give one field of the selected records one value, after a look at what changes."""
        page, ids = self.page, self.page.table.picked_ids()
        if not ids:
            text = _("Select the records to change ({everything} for all).")
            page.banner.tell("info", text.format(**List.names()))
        elif page.may_leave():
            page.desk.run(
                lambda office, progress: uids(office, page.ledger, ids, progress),
                self._change,
                cancellable=True,
            )

    def _change(self, found: list[str]) -> None:
        dialog = BulkDialog(self.page.desk, self.page.ledger, found, self.page.window())
        columns = self.page.model.columns
        dialog.choose_field(columns[max(0, self.page.table.currentIndex().column())].field.key)
        dialog.changed_records.connect(self._changed)
        dialog.open()

    def _changed(self, count: int) -> None:
        text = ngettext("{count} record changed.", "{count} records changed.", count)
        self._binned = None
        self.page.banner.tell("positive", text.format(count=f"{count:,}"))

    def bin(self) -> None:
        """Put the selected records into the bin, after asking."""
        ids = self.page.table.picked_ids()
        if ids and self._sure(len(ids)):
            self._run(ids, restore=False)

    def restore(self) -> None:
        """Take the selected records out of the bin."""
        ids = self.page.table.picked_ids()
        if ids:
            self._run(ids, restore=True)
        else:
            text = _("Select the records to restore ({everything} for all).")
            there = bool(self.page.model.ids)
            self.page.banner.tell("info", text.format(**List.names()) if there else _("The bin is empty"))

    def delete(self) -> None:
        """Delete the selected records from the bin, after asking: that cannot be undone."""
        page, ledger, ids = self.page, self.page.ledger, self.page.table.picked_ids()
        if not ids:
            text = _("Select the records to delete ({everything} for all).")
            there = bool(page.model.ids)
            page.banner.tell("info", text.format(**List.names()) if there else _("The bin is empty"))
        elif reason := page.desk.refusal(Deed.DELETE):
            page.banner.tell("warning", reason)
        elif self._sure_for_good(len(ids)):
            text = ngettext("{count} record deleted.", "{count} records deleted.", len(ids))
            page.desk.run(
                lambda office, progress: editing.delete_records(
                    office, ledger, uids(office, ledger, ids, progress)
                ),
                lambda _changed: page.banner.tell("positive", text.format(count=f"{len(ids):,}")),
                lambda error: page.banner.tell("danger", str(error)),
            )

    def _sure_for_good(self, count: int) -> bool:
        text = ngettext(
            "Delete {count} record from the bin for good?",
            "Delete {count} records from the bin for good?",
            count,
        )
        details = _(
            "They are in no list any more, their numbers are free, and this cannot be undone. The history keeps what "
            "they were."
        )
        box = message_box(
            self.page, _("Bin"), text.format(count=f"{count:,}"), details, icon_name="warning", role="warning"
        )
        yes = box.addButton(_("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes

    def _undo(self) -> None:
        """Take back what was put into the bin last, while the page still offers it."""
        if self._binned is not None:
            self._run(self._binned, restore=True)

    def _sure(self, count: int) -> bool:
        text = ngettext("Put {count} record into the bin?", "Put {count} records into the bin?", count)
        details = _("They keep their numbers and can be restored from the bin.")
        box = message_box(self.page, _("Bin"), text.format(count=f"{count:,}"), details, icon_name="delete")
        yes = box.addButton(_("Put into the bin"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(yes)
        box.exec()
        return box.clickedButton() is yes

    def _run(self, ids: array[int], restore: bool) -> None:
        page, ledger = self.page, self.page.ledger
        change = editing.restore_records if restore else editing.bin_records

        def op(office: Office, progress: Progress) -> Changed:
            return change(office, ledger, uids(office, ledger, ids, progress))

        def done(_changed: Changed) -> None:
            texts = (
                ngettext("{count} record restored.", "{count} records restored.", len(ids))
                if restore
                else ngettext(
                    "{count} record put into the bin.", "{count} records put into the bin.", len(ids)
                )
            )
            self._binned = None if restore else ids
            text = texts.format(count=f"{len(ids):,}")
            page.banner.tell("positive" if restore else "info", text, "" if restore else _("Undo"))

        page.desk.run(op, done, lambda error: page.banner.tell("danger", str(error)))

    def make_documents(self) -> None:
        """Make documents of the selected cases."""
        self._with_picked(open_papers)

    def print_forms(self) -> None:
        """Print forms of the selected records."""
        self._with_picked(open_forms)

    def _with_picked(self, open_window: Callable[[Desk, Ledger, list[str], QWidget], None]) -> None:
        page, ids = self.page, self.page.table.picked_ids()
        if len(ids) > DOCUMENTS_AT_MOST:
            text = _("At most {count} records at a time; select fewer.").format(count=DOCUMENTS_AT_MOST)
            page.banner.tell("warning", text)
        elif ids:
            found = [str(row[0]) for row in self._uids(ids) if row]
            open_window(page.desk, page.ledger, found, page.window())

    def combine(self) -> None:
        """Make the two selected entries one, after showing them side by side; else look for such."""
        ids = self.page.table.picked_ids()
        if len(ids) != 2:
            text = _(
                "Select two entries to combine them: hold Ctrl and click, or Shift and press an arrow key."
            )
            self.page.banner.tell("info", text)
            return
        one, other = (str(row[0]) for row in self._uids(ids) if row)
        self._combine(one, other)

    def combine_with(self, uid: str) -> None:
        """Make the entry on the form and another one, one."""
        if self.page.may_leave():
            self._combine(self.page.shown_uid, uid)

    def find_alike(self) -> None:
        """List the entries that may have been made twice."""
        dialog = AlikeDialog(self.page.desk, self.page.ledger, self.page.window())
        dialog.chosen.connect(self._combine)
        dialog.open()

    def _uids(self, ids: array[int]) -> list[Row | None]:
        return records.rows(self.page.desk.reader, self.page.ledger, ("uid",), ids)

    def _combine(self, one: str, other: str) -> None:
        page = self.page
        dialog = CombineDialog(page.desk, page.ledger, (one, other), page.window())
        dialog.combined.connect(self._combined)
        dialog.open()

    def _combined(self, kept: str, dropped: str) -> None:
        page = self.page
        row = records.get(page.desk.reader, page.ledger, dropped) or {}
        self._binned = array("q", [int(str(row["id"]))]) if row else None
        page.banner.tell("positive", _("The two entries are now one."), _("Undo"))
        if page.shown_uid == dropped:
            page.open_record(kept)

    def export(self) -> None:
        """Ask for a name and write the list as it is filtered and sorted."""
        page = self.page
        name = f"{page.ledger.title()}.xlsx"
        filters = _("Excel workbook (*.xlsx);;Text, comma separated (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(page, _("Export list"), name, filters)
        if not chosen:
            return
        personal = [key for key in page.table.shown() if page.ledger.field(key).personal]
        whole = self._ask_whole(page.ledger.field(personal[0]).title()) if personal else False
        if whole is not None:
            self.export_to(Path(chosen), whole)

    def _ask_whole(self, title: str) -> bool | None:
        """Whether identity and telephone numbers are to be written whole; None where nothing is to be."""
        text = _("The list holds personal numbers, such as “{field}”. Write them with their middle hidden?")
        box = message_box(self.page, _("Export list"), text.format(field=title))
        hidden = box.addButton(_("Hidden"), QMessageBox.ButtonRole.AcceptRole)
        whole = box.addButton(_("Whole"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(hidden)
        box.exec()
        if box.clickedButton() is whole:
            return True
        return False if box.clickedButton() is hidden else None

    def export_to(self, path: Path, whole_numbers: bool = False) -> None:
        """Write the list to this file; without a known ending it becomes a workbook."""
        page, query, keys = self.page, self.page.query(), self.page.table.shown()
        path = path if path.suffix.lower() in (".xlsx", ".csv") else path.with_name(path.name + ".xlsx")

        from tracker.operations.exporting import (
            export_list,  # here: starting the window need not load openpyxl
        )

        def done(exported: Exported) -> None:
            text = _("The list was written to {path}.").format(path=exported.path)
            page.banner.tell("positive", text)

        job = page.desk.run(
            lambda office, progress: export_list(
                office, query, keys, path, progress, whole_numbers=whole_numbers
            ),
            done,
            lambda error: page.banner.tell("danger", str(error)),
            cancellable=True,
        )
        widgets.ProgressDialog(page, _("Export list")).follow(job)


def uids(office: Office, ledger: Ledger, ids: array[int], progress: Progress) -> list[str]:
    """The uids of records, without those that are gone."""
    found: list[str] = []
    for start in range(0, len(ids), 500):
        progress.check()
        rows = records.rows(office.db, ledger, ("uid",), ids[start : start + 500])
        found += [str(row[0]) for row in rows if row]
    return found
