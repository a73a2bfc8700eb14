"""Which ledgers the office uses: the others leave the navigation, their records stay and count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from tracker.db import records
from tracker.db.records import Query
from tracker.i18n import _
from tracker.operations import customising
from tracker.operations.office import Changed, Office
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.icons import icon

NAME = Qt.ItemDataRole.UserRole


class LedgersTab(QWidget):
    """All ledgers under their headings; Space ticks one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setAccessibleName(_("Ledgers in use"))
        self._filling = False
        hint = widgets.Caption(
            _(
                "A ledger that is not ticked leaves the navigation. Its records stay, are found and count in figures."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(hint)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.tree.itemChanged.connect(self._ticked)
        self.refresh()

    def refresh(self) -> None:
        """Show the ledgers, and how many records each has once that is known."""
        self._filling = True
        self.tree.clear()
        catalogue, headings = self.desk.office.catalogue, dict[str, QTreeWidgetItem]()
        for ledger in catalogue.ledgers:
            if ledger.section not in headings:
                heading = headings[ledger.section] = QTreeWidgetItem(self.tree, [_(ledger.section)])
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                heading.setFont(0, theme.font("strong"))
            item = QTreeWidgetItem(headings[ledger.section], [ledger.title()])
            item.setIcon(0, icon(ledger.icon))
            item.setData(0, NAME, ledger.name)
            used = ledger.name not in catalogue.hidden
            item.setCheckState(0, Qt.CheckState.Checked if used else Qt.CheckState.Unchecked)
        self.tree.expandAll()
        self.tree.setColumnWidth(0, 420)
        self._filling = False
        self.desk.run_latest((self, "counts"), lambda office, _p: _counts(office), self._show_counts)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._filling = True
        for item in self._items():
            number = counts.get(str(item.data(0, NAME)), 0)
            item.setText(1, _("{n} records").format(n=f"{number:,}") if number else "")
            item.setForeground(1, theme.current().color("text_muted"))
        self._filling = False

    def _items(self) -> list[QTreeWidgetItem]:
        tops = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        found = (top.child(n) for top in tops if top for n in range(top.childCount()))
        return [item for item in found if item]

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        name = item.data(0, NAME)
        if self._filling or not name:
            return
        hidden = item.checkState(0) == Qt.CheckState.Unchecked

        def op(office: Office, _progress: object) -> Changed:
            return customising.hide_ledger(office, office.catalogue.by_name[str(name)], hidden)

        self.desk.run(op, lambda _changed: None)


def _counts(office: Office) -> dict[str, int]:
    return {ledger.name: records.count(office.db, Query(ledger)) for ledger in office.catalogue.ledgers}
