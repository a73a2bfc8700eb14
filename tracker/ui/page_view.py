"""One page of a paper on the screen, painted when it is looked at, so that a long list opens at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from tracker.ui import theme
from tracker.ui.paper import Sheets

WHITE = QColor("#ffffff")
AROUND = 16
SMALLEST, LARGEST = 0.4, 4.0
NATURAL = 84 / 72
"""So many pixels a point has at most, unless it is asked for more."""


class _Sheet(QWidget):
    """The sheet itself."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: Sheets | None = None
        self.page, self.scale = 0, 1.0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        if self.sheets is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.sheets.whole
        painter.translate((self.width() - whole.width() * self.scale) / 2, AROUND)
        painter.scale(self.scale, self.scale)
        painter.setPen(QPen(theme.current().color("border_input"), 0))
        painter.setBrush(WHITE)
        painter.drawRect(whole)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self.sheets.draw(painter, self.page)


class PageView(QScrollArea):
    """Shows a page as wide as there is room, larger or smaller when asked."""

    turned = Signal(int)
    """The wheel goes on at the end of a page, or back at its top: by so many pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = _Sheet()
        self._zoom = 1.0
        self.setWidget(self._sheet)
        self.setWidgetResizable(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def page(self) -> int:
        """The page shown, counted from zero."""
        return self._sheet.page

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sheet.sheets.pages) if self._sheet.sheets else 0

    def show_sheets(self, sheets: Sheets) -> None:
        """Show another paper, or another way to lay it, from its first page."""
        self._sheet.sheets = sheets
        self.show_page(0)
        self._fit()

    def show_page(self, page: int) -> None:
        """Show another page from its top."""
        self._sheet.page = max(0, min(page, self.count - 1))
        self.setAccessibleDescription(f"{self.page + 1} / {self.count}")
        self.verticalScrollBar().setValue(0)
        self._sheet.update()

    def zoom(self, by: float) -> None:
        """Show it so many times as large."""
        self._zoom = max(SMALLEST, min(LARGEST, self._zoom * by))
        self._fit()

    def _fit(self) -> None:
        if self._sheet.sheets is None:
            return
        whole = self._sheet.sheets.whole
        room = self.viewport().width()
        scale = max(0.1, min(NATURAL, (room - 2 * AROUND) / whole.width()) * self._zoom)
        self._sheet.scale = scale
        width = max(room, int(whole.width() * scale) + 2 * AROUND)
        self._sheet.resize(width, int(whole.height() * scale) + 2 * AROUND)
        self._sheet.update()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        bar, on = self.verticalScrollBar(), event.angleDelta().y() < 0
        if bar.value() != (bar.maximum() if on else bar.minimum()):
            super().wheelEvent(event)
            return
        page = self.page
        self.turned.emit(1 if on else -1)
        if self.page < page:
            bar.setValue(bar.maximum())
