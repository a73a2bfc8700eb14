"""A table of which one column stays in view: scrolled past, it stands at the left edge as long as the others move.

The one view draws, finds and edits that column where it stands, so that keys, selection and editors need to know
nothing of it; a second view laid over the first, which is the usual way, has its own focus, selection and editors.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.ui import theme

Index = QModelIndex | QPersistentModelIndex


class StickyTable(QTableView):
    """`sticky` is the number of the column that stays in view, -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sticky = -1
        self.setHorizontalHeader(StickyHeader(self))

    def stuck(self) -> int:
        """How many pixels at the left edge the column takes while it is held there; 0 where it stands in its place."""
        if not 0 <= self.sticky < self.horizontalHeader().count():
            return 0
        held = self.columnViewportPosition(self.sticky) < 0
        return min(self.columnWidth(self.sticky), self.viewport().width() // 2) if held else 0

    def _held(self, rect: QRect) -> QRect:
        return QRect(0, rect.y(), self.stuck() - self.showGrid(), rect.height())

    # where cells are

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 (Qt's name)
        rect = super().visualRect(index)
        return self._held(rect) if index.column() == self.sticky and self.stuck() else rect

    def indexAt(self, place: QPoint) -> QModelIndex:  # noqa: N802 (Qt's name)
        found = super().indexAt(place)
        held = 0 <= place.x() < self.stuck()
        row = self.rowAt(place.y())
        return self.model().index(row, self.sticky, self.rootIndex()) if held and row >= 0 else found

    def scrollTo(  # noqa: N802 (Qt's name)
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view: the column that is held there is so, others stand beside it."""
        bar = self.horizontalScrollBar()
        before = bar.value() if index.column() == self.sticky and self.stuck() else None
        super().scrollTo(index, hint)
        if before is not None:
            bar.setValue(before)
        elif index.column() != self.sticky:
            hidden = self.stuck() - self.columnViewportPosition(index.column())
            if hidden > 0:
                bar.setValue(bar.value() - hidden)

    # drawing

    def scrollContentsBy(self, across: int, down: int) -> None:  # noqa: N802 (Qt's name)
        super().scrollContentsBy(across, down)
        if across:  # Qt moves the picture, and with it what was held
            self.viewport().update()
            self.horizontalHeader().viewport().update()
            self.updateEditorGeometries()

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:  # noqa: N802 (Qt's name)
        super().selectionChanged(now, before)
        if self.stuck():
            self.viewport().update()

    def updateEditorGeometries(self) -> None:  # noqa: N802 (Qt's name)
        """An editor that is scrolled under the held column is hidden as far as it is under it."""
        super().updateEditorGeometries()
        at = self.currentIndex()
        editor = self.indexWidget(at) if at.isValid() else None
        if editor is not None:
            under = self.stuck() - editor.x() if at.column() != self.sticky else 0
            if under > 0:
                editor.setMask(QRegion(under, 0, max(1, editor.width() - under), editor.height()))
            else:
                editor.clearMask()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        wide = self.stuck()
        if not wide:
            return
        now = theme.current()
        painter = QPainter(self.viewport())
        painter.fillRect(QRect(0, 0, wide, self.viewport().height()), now.color("surface"))
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        for row in range(max(0, first), self.model().rowCount() if last < 0 else last + 1):
            self._paint_cell(painter, self.model().index(row, self.sticky))
        painter.fillRect(QRect(wide - 2, 0, 2, self.viewport().height()), now.color("border_input"))

    def _paint_cell(self, painter: QPainter, index: QModelIndex) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        state = option.state | QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        self.itemDelegateForIndex(index).paint(painter, option, index)
        if self.showGrid():
            line = option.rect.bottom() + 1
            painter.fillRect(QRect(0, line, self.stuck(), 1), theme.current().color("border"))


class StickyHeader(QHeaderView):
    """The headings over a `StickyTable`."""

    def __init__(self, table: StickyTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        wide = self._table.stuck()
        if wide:
            painter = QPainter(self.viewport())
            place = QRect(0, 0, wide, self.viewport().height())
            painter.fillRect(place, theme.current().color("window"))
            self.paintSection(painter, place, self._table.sticky)
            edge = QRect(wide - 2, 0, 2, place.height())
            painter.fillRect(edge, theme.current().color("border_input"))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """What lies under the held heading is not to be pressed, nor told of."""
        if isinstance(event, QMouseEvent | QHelpEvent):
            place = event.position().toPoint() if isinstance(event, QMouseEvent) else event.pos()
            if place.x() < self._table.stuck() and event.type() != QEvent.Type.MouseButtonRelease:
                self.viewport().unsetCursor()
                return True
        return super().viewportEvent(event)
