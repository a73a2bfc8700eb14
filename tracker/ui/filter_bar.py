"""The filters in force, as chips in words that read as one sentence; together they must all hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget

from tracker.i18n import _
from tracker.schema.filters import All, Condition
from tracker.schema.ledger import Ledger
from tracker.schema.operators import Filter
from tracker.ui import widgets
from tracker.ui.filter_dialog import FilterDialog
from tracker.ui.keys import Filters


class FilterChip(widgets.Chip):
    """A filter that a click or Enter opens for changing."""

    opened = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        tip = _("{filter} — click or {change} to change, {remove} to remove")
        self.setToolTip(tip.format(filter=text, **Filters.names()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(widgets.FlowRow):
    """The list's filters; hidden where there are none."""

    changed = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.filters: tuple[Filter, ...] = ()
        self.dialog: FilterDialog | None = None
        self.hide()

    def condition(self) -> Condition:
        """What all filters together ask."""
        return All(tuple(each.condition(self.ledger) for each in self.filters))

    def set_filters(self, filters: tuple[Filter, ...]) -> None:
        """Put other filters in force."""
        if filters == self.filters:
            return
        self.filters = filters
        self._draw()
        self.changed.emit()

    def ask(self, field: str | None = None, start: Filter | None = None) -> None:
        """Ask for a filter, on `field` at first, or change one there is."""
        self.dialog = FilterDialog(self.ledger, start, field, self.window())
        self.dialog.chosen.connect(lambda chosen: self._take(chosen, start))
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _take(self, chosen: Filter, old: Filter | None) -> None:
        if old in self.filters:
            self.set_filters(tuple(chosen if each == old else each for each in self.filters))
        elif chosen not in self.filters:
            self.set_filters((*self.filters, chosen))

    def _drop(self, gone: Filter) -> None:
        self.set_filters(tuple(each for each in self.filters if each != gone))

    def _draw(self) -> None:
        self.clear()
        for n, each in enumerate(self.filters):
            if n:
                self.add(widgets.Caption(_("and")))
            chip = FilterChip(each.sentence(self.ledger))
            chip.closed.connect(lambda each=each: self._drop(each))
            chip.opened.connect(lambda each=each: self.ask(start=each))
            self.add(chip)
        if len(self.filters) > 1:
            clear = QToolButton()
            clear.setText(_("Clear all"))
            clear.setProperty("quiet", True)
            clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            clear.setFixedHeight(26)
            clear.clicked.connect(lambda: self.set_filters(()))
            self.add(clear)
        self.setVisible(bool(self.filters))
