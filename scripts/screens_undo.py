"""Pictures of what takes back and puts together: the Edit menu, the bin, changes of many records, entry as a table."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from scripts.screens import screen, then
from scripts.screens_dialogs import over_list
from scripts.screens_pages import demonstration_window, ledger_page
from tracker.db import records
from tracker.db.records import Query
from tracker.operations import editing, matters
from tracker.operations.office import Changed, Office
from tracker.ui.batch_window import BatchWindow
from tracker.ui.bulk_dialog import BulkDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.tasks import Progress


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


@screen("batch")
def batch_entry(_app: QApplication) -> QWidget:
    """A campaign's checks typed as a table, one cell being at fault."""
    return batch_window("finding")


@screen("batch-scrolled")
def batch_at_the_end(_app: QApplication) -> QWidget:
    """The same at its right end, where the names stay in view."""
    return batch_window("remarks")


def batch_window(key: str) -> QWidget:
    """Three rows, the cursor in a field of the second."""
    window = demonstration_window("inspections")

    def open_batch() -> None:
        window.enter_table()
        grid = window.findChild(BatchWindow)
        assert isinstance(grid, BatchWindow)
        shared = {
            "officers": "赵敏、孙毅",
            "kind": "special",
            "campaign": "根治欠薪冬季行动",
            "items": "工资支付",
            "recorded": 1,
        }
        for name, value in shared.items():
            grid.cells[name].editor.set_value(value)
        grid._show_columns()
        names = "北京岚沐铎机械设备有限公司", "北京禾桁枫建筑工程有限公司", "北京晗朔昱保洁服务有限公司"
        grid.batch.write(0, [{"place": "怀柔镇", "target": name, "targets": "1"} for name in names])
        grid.batch.write(1, [{"finding": "限改"}])
        grid.grid.go_to(1, key)

    then(window, open_batch)
    return window


@screen("alike")
def alike_note(app: QApplication) -> QWidget:
    """A new case whose parties have an open one already."""
    window = demonstration_window("disputes")
    page = ledger_page(window)
    record = records.get(page.desk.reader, page.ledger, newest(page)) or {}
    page.new_record({key: record[key] for key in ("applicant", "respondent")})
    page.form.alike._look()
    return window


@screen("matter")
def matter(app: QApplication) -> QWidget:
    """A petition that went on as a mediation and as a case."""
    window = demonstration_window("petitions")
    page = ledger_page(window)
    of = page.desk.office.catalogue.by_name
    uid = newest(page)
    record = records.get(page.desk.reader, page.ledger, uid) or {}

    def go_on(office: Office, _progress: Progress) -> Changed:
        for way, more in zip(
            page.ledger.continued_as[::3],
            (
                {"applied_on": "2020-12-28"},
                {"registered_on": "2020-12-26", "organisation": "怀柔镇调解委员会"},
            ),
            strict=True,
        ):
            to = of[way.to]
            number = editing.propose_number(office, to, "2020-12-28")
            given = {
                "applicant": "王霞",
                "respondent": "北京岚沐铎机械设备有限公司",
                to.number: number,
                **more,
            }
            editing.save(office, to, {**given, **matters.begun(page.ledger, record, way, to)})
        return Changed(frozenset({"disputes", "mediations"}))

    page.desk.run(go_on, lambda _changed: None)
    page.open_record(uid)
    then(window, lambda: page.form.area.verticalScrollBar().setValue(10_000))
    return window
