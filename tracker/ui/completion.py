"""Lines to type into, and the list of matches that opens under them.

The list is a child of the window that never takes the focus, so that keys and input methods stay with the line.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tracker.ui import theme

HEIGHT = theme.ROW_HEIGHT + 2  # of every editor of one line, in pixels
SHOWN = 9  # rows of the list before it scrolls
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The focus comes back here by itself: a menu, a calendar, another program."""
DETAIL = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Entry = tuple[str, str] | tuple[str, str, str]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Line(QLineEdit):
    """A line edit that tells when the focus comes and goes, and turns Enter into going on."""

    entered = Signal()
    left = Signal()
    advanced = Signal(int)  # 1 for Enter, -1 for Shift+Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        """Whether an input method shows letters here that are no text yet."""

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(super().sizeHint().width(), HEIGHT)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        self.composing = False  # Qt has ended it before
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        step = enter_step(event)
        if step:
            self.advanced.emit(step)
        else:
            super().keyPressEvent(event)


def enter_step(event: QKeyEvent) -> int:
    """1 for Enter, -1 for Shift+Enter, else 0."""
    if event.key() not in ENTER:
        return 0
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.NoModifier:
        return 1
    return -1 if held == Qt.KeyboardModifier.ShiftModifier else 0


class _Details(QStyledItemDelegate):
    """Draws after a row's text, in grey, what tells it from others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        size = super().sizeHint(option, index)
        detail = index.data(DETAIL)
        wide = QFontMetrics(theme.font("small")).horizontalAdvance(detail) + theme.XL if detail else 0
        return QSize(size.width() + wide, size.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if detail := index.data(DETAIL):
            rect = option.rect.adjusted(0, 0, -theme.S, 0)
            painter.save()
            painter.setFont(theme.font("small"))
            painter.setPen(theme.current().color("text_muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
            painter.restore()


class Dropdown(QListWidget):
    """The list under a line; `chosen` carries the data of a row that was clicked."""

    chosen = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setProperty("dropdown", True)
        self.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Details(self))
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        anchor.destroyed.connect(self.deleteLater)

    def offer(self, entries: Sequence[Entry], chosen: int = -1) -> None:
        """Show (text, data[, detail in grey]) rows under the anchor with one highlighted (-1: none); nothing to show
        hides it."""
        self.clear()
        if not entries or not self._anchor.isVisible():
            self.hide()
            return
        for text, data, *detail in entries:
            item = QListWidgetItem(text, self)
            item.setData(Qt.ItemDataRole.UserRole, data)
            item.setData(DETAIL, "".join(detail))
        self.place()
        self.show()
        self.raise_()
        self.setCurrentRow(chosen)

    def data(self) -> str | None:
        """The data of the highlighted row while the list is open."""
        item = self.currentItem() if self.isVisible() else None
        return None if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def step(self, rows: int) -> None:
        """Move the highlight, stopping at both ends."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + rows)))

    def place(self) -> None:
        """Take the place under the line, or above it where there is more room."""
        rows = self.count()
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        width = max(self._anchor.width(), self.sizeHintForColumn(0) + theme.XL + theme.M)
        wanted = min(rows, SHOWN) * max(self.sizeHintForRow(0), 1) + 2 * (theme.XS + 1)
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 2))
        above = self._anchor.mapTo(window, QPoint(0, -2)).y()
        room = window.height() - below.y() - theme.S
        if room < wanted and above > room:
            height = min(wanted, above - theme.S)
            below.setY(above - height)
        else:
            height = min(wanted, max(room, 2 * theme.ROW_HEIGHT))
        left = max(0, min(below.x(), window.width() - width - theme.S))
        self.setGeometry(left, below.y(), width, height)


class PickLine(Line):
    """A line with a dropdown: `asked` wants all entries, `picked` carries the data of the one taken."""

    asked = Signal()
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dropdown: Dropdown | None = None
        self.opens_on_click = False

    @property
    def dropdown(self) -> Dropdown:
        """The list, made when first needed."""
        if self._dropdown is None:
            self._dropdown = Dropdown(self)
            self._dropdown.chosen.connect(self._take)
        return self._dropdown

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._dropdown is not None and self._dropdown.isVisible()

    def close_list(self) -> None:
        """Hide the list."""
        if self._dropdown is not None:
            self._dropdown.hide()

    def follow(self) -> None:
        """Move an open list to where the line is now; close it where the line is out of sight."""
        if not self.is_open():
            return
        if self.visibleRegion().isEmpty():
            self.close_list()
        else:
            self.dropdown.place()

    def take(self) -> None:
        """Take the highlighted row where there is one, and close the list."""
        data = self._dropdown.data() if self._dropdown is not None else None
        self.close_list()
        if data is not None:
            self.picked.emit(data)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._arrow(1 if key == Qt.Key.Key_Down else -1)
        elif self.is_open() and key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.dropdown.step(SHOWN - 1 if key == Qt.Key.Key_PageDown else 1 - SHOWN)
        elif self.is_open() and key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            if enter_step(event):
                self.take()
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        if event.preeditString():
            self.close_list()  # the input method's candidates come to the same place
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        if event.reason() not in PASSING:
            self.take()
        self.close_list()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        super().mousePressEvent(event)
        if self.opens_on_click and not self.isReadOnly():
            self.close_list() if self.is_open() else self.asked.emit()

    def _arrow(self, rows: int) -> None:
        if self.is_open():
            self.dropdown.step(rows)
        else:
            self.asked.emit()

    def _take(self, data: str) -> None:
        self.close_list()
        self.picked.emit(data)
