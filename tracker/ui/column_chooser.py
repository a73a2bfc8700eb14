"""Choosing a list's columns and their order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import _
from tracker.schema.fields import Field
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.keys import Columns

KEY = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """All fields, the shown ones ticked and first; `chosen` with the keys in order."""

    chosen = Signal(object)

    def __init__(self, ledger: Ledger, shown: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Columns"))
        self.list = QListWidget()
        self.list.setSpacing(1)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setAccessibleName(_("Columns"))
        self._fill(shown)
        self.up = widgets.button(_("Move up"))
        self.down = widgets.button(_("Move down"))
        self.usual = widgets.button(_("As usual"), quiet=True)
        self.ok = widgets.button(_("Apply"), primary=True)
        self._arrange()
        self._connect()
        self.resize(380, 520)
        self.list.setFocus()

    def _fill(self, shown: list[str]) -> None:
        self.list.clear()
        rest = [f.key for f in choosable(self.ledger) if f.key not in shown]
        for key in (*shown, *rest):
            item = QListWidgetItem(self.ledger.field(key).title(), self.list)
            item.setData(KEY, key)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def _arrange(self) -> None:
        hint = widgets.Caption(_("{tick} ticks a column, {up} and {down} move it.").format(**Columns.names()))
        cancel = widgets.button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for widget in (self.up, self.down, self.usual):
            row.addWidget(widget)
        row.addStretch(1)
        ends = QHBoxLayout()
        ends.setSpacing(theme.S)
        ends.addStretch(1)
        ends.addWidget(cancel)
        ends.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addLayout(ends)

    def _connect(self) -> None:
        self.up.clicked.connect(lambda: self.move_row(-1))
        self.down.clicked.connect(lambda: self.move_row(1))
        for key, button in ((Columns.up, self.up), (Columns.down, self.down)):
            key.on(self, button.click)
            key.tell(button)
        self.usual.clicked.connect(lambda: self._fill(list(self.ledger.columns)))
        self.list.itemChanged.connect(lambda: self.ok.setEnabled(bool(self.keys())))
        self.ok.clicked.connect(self.accept)

    def keys(self) -> list[str]:
        """The ticked fields in their order."""
        items = (self.list.item(n) for n in range(self.list.count()))
        return [str(i.data(KEY)) for i in items if i.checkState() == Qt.CheckState.Checked]

    def move_row(self, by: int) -> None:
        """Move the current row up or down."""
        at = self.list.currentRow()
        to = at + by
        if 0 <= to < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(to, item)
            self.list.setCurrentRow(to)

    def accept(self) -> None:
        """Hand the choice over."""
        if self.keys():
            self.chosen.emit(self.keys())
            super().accept()


def choosable(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that may stand as columns: all but the technical id and links not yet in use."""
    return tuple(f for f in ledger.fields if f.key != "uid")
