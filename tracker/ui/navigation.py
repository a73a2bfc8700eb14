"""The navigation on the left: pages under collapsible headings, with counts at the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QPolygonF,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.icons import icon
from tracker.ui.pages import Page
from tracker.ui.state import State

KEY = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
URGENT = Qt.ItemDataRole.UserRole + 2
"""Whether the count is a badge that calls."""
STATE_KEY = "navigation_collapsed"
Index = QModelIndex | QPersistentModelIndex


class Navigation(QTreeView):
    """`chosen` with a page's key when the user goes there, `entered_page` where the focus should follow (Enter, click).

    Collapsed headings are remembered.
    """

    chosen = Signal(str)
    entered_page = Signal()

    def __init__(self, pages: Iterable[Page], state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._quiet = False
        self._items: dict[str, QStandardItem] = {}
        self._model = QStandardItemModel(self)
        widgets.tune_navigation(self)
        self.setAccessibleName(_("Navigation"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setIconSize(QSize(18, 18))
        self.setItemDelegate(_Delegate(self))
        self.setModel(self._model)
        self._fill(pages)
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)

    def show_pages(self, pages: Iterable[Page]) -> None:
        """Show other pages, the place in front marked where it is among them."""
        here = self.currentIndex().data(KEY) if self.currentIndex().isValid() else None
        counts = {key: item.data(COUNT) for key, item in self._items.items()}
        self._quiet = True
        self._model.clear()
        self._items.clear()
        self._fill(pages)
        for key, item in self._items.items():
            item.setData(counts.get(key), COUNT)
        self._quiet = False
        if here in self._items:
            self.show_key(str(here))

    def _fill(self, pages: Iterable[Page]) -> None:
        headings: dict[str, QStandardItem] = {}
        closed = self._state.get(STATE_KEY, [])
        for page in pages:
            item = QStandardItem(icon(page.icon), _(page.label))
            item.setData(page.key, KEY)
            item.setToolTip(_(page.label))
            self._items[page.key] = item
            if page.section and page.section not in headings:
                headings[page.section] = self._heading(page.section)
            (headings[page.section] if page.section else self._model).appendRow(item)
        for section, heading in headings.items():
            self.setExpanded(heading.index(), section not in closed)

    def _heading(self, section: str) -> QStandardItem:
        heading = QStandardItem(_(section))
        heading.setData(section, KEY)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._model.appendRow(heading)
        return heading

    def show_key(self, key: str) -> None:
        """Mark the page that is shown, without emitting `chosen`; one that is not in the navigation marks none."""
        item = self._items.get(key)
        if item is None:
            self._quiet = True
            self.setCurrentIndex(QModelIndex())
            self._quiet = False
            return
        if item.parent():
            self.expand(item.parent().index())
        self._quiet = True
        self.setCurrentIndex(item.index())
        self._quiet = False
        self.scrollTo(item.index())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write counts beside pages, by their keys."""
        for key, count in counts.items():
            if key in self._items:
                self._items[key].setData(f"{count:,}", COUNT)

    def show_urgent(self, key: str, count: int, words: str) -> None:
        """Write a count beside a page as a badge that calls, its tooltip in words; none for zero."""
        item = self._items.get(key)
        if item:
            item.setData(f"{count:,}" if count else "", COUNT)
            item.setData(True, URGENT)
            item.setToolTip(words)

    def count_text(self, key: str) -> str:
        """The count shown beside a page, "" where there is none."""
        return str(self._items[key].data(COUNT) or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter and Space open and close a heading; on a page they enter it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            super().keyPressEvent(event)
        elif self._is_heading(self.currentIndex()):
            self._toggle(self.currentIndex())
        else:
            self.entered_page.emit()

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid() and not self._quiet and not self._is_heading(current):
            self.chosen.emit(current.data(KEY))

    def _clicked(self, index: QModelIndex) -> None:
        if self._is_heading(index):
            self._toggle(index)
        else:
            self.chosen.emit(index.data(KEY))
            self.entered_page.emit()

    def _toggle(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))
        closed = [
            heading.data(KEY)
            for row in range(self._model.rowCount())
            if (heading := self._model.item(row)).hasChildren() and not self.isExpanded(heading.index())
        ]
        self._state.set(STATE_KEY, closed)

    def _is_heading(self, index: QModelIndex) -> bool:
        return self._model.hasChildren(index) and index.isValid()


class _Delegate(QStyledItemDelegate):
    """Paints a page's count at its right, and headings small and quiet with a chevron."""

    def __init__(self, view: Navigation) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(80, 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.model().hasChildren(index):
            self._paint_heading(painter, option, index)
            return
        count = str(index.data(COUNT) or "")
        small = theme.font("small")
        room = QFontMetrics(small).horizontalAdvance(count) + theme.XL if count else 0
        self.initStyleOption(option, index)
        space = option.rect.width() - room - 60  # icon and padding
        option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, space)
        style = self._view.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, self._view)
        if count:
            painter.save()
            painter.setFont(small)
            if index.data(URGENT):
                _paint_badge(painter, option.rect, count)
            painter.setPen(theme.current().color("danger" if index.data(URGENT) else "text_muted"))
            place = option.rect.adjusted(0, 0, -theme.M - 2, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
            painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.current().color("text_muted"))
        place = option.rect.adjusted(theme.M, theme.XS, -theme.XL, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QPen(theme.current().color("text_muted"), 1.4))
        painter.drawPolyline(_chevron(option.rect, self._view.isExpanded(index)))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -2, -2), theme.RADIUS, theme.RADIUS)
        painter.restore()


def _paint_badge(painter: QPainter, row: QRect, count: str) -> None:
    """The ground of a count that calls."""
    width = painter.fontMetrics().horizontalAdvance(count) + 16
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().color("danger_soft"))
    painter.drawRoundedRect(row.right() - theme.M - width + 7, row.center().y() - 9, width, 20, 10, 10)


def _chevron(rect: QRect, is_open: bool) -> QPolygonF:
    """Pointing down where open, right where closed, at the right end of the row."""
    x, y = rect.right() - theme.L - 2.0, rect.center().y() + 2.5
    points = [(-4, -2), (0, 2), (4, -2)] if is_open else [(-2, -4), (2, 0), (-2, 4)]
    return QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points])
