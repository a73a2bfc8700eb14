"""Which part of the day is shown: one ledger or all, and only what is the clerk's own; remembered for both pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations.today import Wanted
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.keys import Today

LEDGER, MINE = "today_ledger", "today_mine"


class DayFilter(QWidget):
    """`changed` when another part is asked for."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ledger, self.mine = QComboBox(), QCheckBox(_("Only mine"))
        self.ledger.setAccessibleName(_("Ledger"))
        self.ledger.setToolTip(_("Show one ledger only"))
        self.ledger.setMinimumWidth(150)
        self.ledger.setMaxVisibleItems(26)
        Today.mine.press(self.mine, _("What I handle or have entered"))
        self.ledger.addItem(_("All ledgers"), "")
        for ledger in desk.office.catalogue.ledgers:
            if ledger.name not in desk.office.catalogue.hidden:
                self.ledger.addItem(_(ledger.short), ledger.name)
        self.restore()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.ledger)
        row.addWidget(self.mine)
        self.ledger.currentIndexChanged.connect(lambda _n: self._keep())
        self.mine.toggled.connect(lambda _on: self._keep())

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        return Wanted(str(self.ledger.currentData() or ""), self.mine.isChecked())

    def restore(self) -> bool:
        """Take what was asked for last, on this page or another one; whether that is something else."""
        before = self.wanted
        for widget in (self.ledger, self.mine):
            widget.blockSignals(True)
        self.ledger.setCurrentIndex(max(0, self.ledger.findData(self._desk.state.get(LEDGER, ""))))
        self.mine.setChecked(bool(self._desk.state.get(MINE, False)))
        for widget in (self.ledger, self.mine):
            widget.blockSignals(False)
        return self.wanted != before

    def clear(self) -> None:
        """Ask for everything."""
        self.ledger.setCurrentIndex(0)
        self.mine.setChecked(False)

    def _keep(self) -> None:
        self._desk.state.set(LEDGER, self.wanted.ledger)
        self._desk.state.set(MINE, self.wanted.mine)
        self.changed.emit()
