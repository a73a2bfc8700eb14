"""A row of small widgets that goes on in the next line when the width is used up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from tracker.ui import theme


class FlowLayout(QLayout):
    """Places items from left to right, then line by line, each at its preferred size."""

    def __init__(self, parent: QWidget | None = None, gap: int = theme.S) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt's name)
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 (Qt's name)
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 (Qt's name)
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 (Qt's name)
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 (Qt's name)
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 (Qt's name)
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the items out; the height used."""
        x, y, line = rect.x(), rect.y(), 0
        placed: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                _centre(placed, line)
                x, y, line, placed = rect.x(), y + line + self._gap, 0, []
            if move:
                width = min(size.width(), rect.width())
                placed.append((item, QRect(QPoint(x, y), QSize(width, size.height()))))
            x += size.width() + self._gap
            line = max(line, size.height())
        _centre(placed, line)
        return y + line - rect.y()


def _centre(placed: list[tuple[QLayoutItem, QRect]], line: int) -> None:
    """Put the items of a line in the middle of its height."""
    for item, rect in placed:
        item.setGeometry(rect.translated(0, (line - rect.height()) // 2))


class FlowRow(QWidget):
    """A widget of small widgets in a flow, such as the filters in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """One line of the widest item; the layout above asks `heightForWidth` for the rest."""
        return self._flow.minimumSize()

    def sizeHint(self) -> QSize:
        widths = [widget.sizeHint().width() for widget in self.widgets()]
        return QSize(sum(widths) + theme.S * max(0, len(widths) - 1), self._flow.minimumSize().height())

    def add(self, widget: QWidget) -> None:
        """Append a widget."""
        self._flow.addWidget(widget)
        self.updateGeometry()

    def widgets(self) -> list[QWidget]:
        """The widgets in order."""
        return [widget for item in self._flow._items if (widget := item.widget())]

    def clear(self) -> None:
        """Drop all widgets."""
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.updateGeometry()
