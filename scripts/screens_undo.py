"""Pictures of what takes back and puts together: the Edit menu, the bin, changes of many records, entry as a table."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from scripts.screens import screen, then
from scripts.screens_dialogs import over_list
from scripts.screens_pages import demonstration_window, ledger_page
from tracker.db import records
from tracker.db.records import Query
from tracker.operations import editing
from tracker.ui.bulk_dialog import BulkDialog
from tracker.ui.ledger_page import LedgerPage


def put_away(page: LedgerPage, many: int) -> list[str]:
    """Put some records into the bin."""
    found = [str(row[0]) for row in records.each(page.desk.reader, Query(page.ledger), ("uid",))][:many]
    page.desk.run(
        lambda office, _progress: editing.bin_records(office, page.ledger, found), lambda _changed: None
    )
    return found


@screen("menu_edit")
def menu_edit(app: QApplication) -> QWidget:
    """The menu that says what would be undone."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    uid = newest(page)
    page.desk.run(
        lambda office, _progress: editing.save(office, page.ledger, {"heard_on": "2020-12-18"}, uid),
        lambda _saved: None,
    )

    def open_menu() -> None:
        menu = next(
            m for m in window.menuBar().findChildren(QMenu) if window.actions_by_key["undo"] in m.actions()
        )
        menu.popup(
            window.menuBar().mapToGlobal(window.menuBar().actionGeometry(menu.menuAction()).bottomLeft())
        )

    then(window, open_menu)
    return window


def newest(page: LedgerPage) -> str:
    """The uid of the record on top."""
    return str(next(records.each(page.desk.reader, Query(page.ledger), ("uid",)))[0])


@screen("bin")
def bin_list(app: QApplication) -> QWidget:
    """The bin, with a record of it on the form where there is room."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    put_away(page, 5)
    page.show_bin(True)
    return window


@screen("bin_record")
def bin_record(app: QApplication) -> QWidget:
    """A record that is in the bin."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    page.open_record(put_away(page, 1)[0])
    return window


def over_selection(page: LedgerPage) -> None:
    """Open the change of a field over twelve records, with a value that some refuse."""
    page.table.setFocus()
    for row in range(12):
        page.table.selectionModel().select(
            page.model.index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    page.acts.change_field()
    dialog = page.window().findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog) and dialog.editor is not None
    dialog.choose_field("heard_on")
    dialog.editor.set_value("2020-12-01")
    dialog.editor.edited.emit()
    dialog._look()


screen("bulk_change")(over_list(over_selection))
