"""One page of a paper on the screen, drawn when it is looked at, so that a long list opens at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from tracker.ui import theme
from tracker.ui.paper import FOOT, Paper, draw_foot

WHITE = QColor("#ffffff")
AROUND = 16
SMALLEST, LARGEST = 0.4, 4.0


class _Sheet(QWidget):
    """The sheet itself."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self.paper = paper
        self.layout_ = QPageLayout()
        self.page, self.count, self.scale = 0, 1, 1.0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.layout_.fullRect(QPageLayout.Unit.Point)
        place = self.layout_.paintRect(QPageLayout.Unit.Point)
        painter.translate((self.width() - whole.width() * self.scale) / 2, AROUND)
        painter.scale(self.scale, self.scale)
        painter.setPen(QPen(theme.current().color("border_input"), 0))
        painter.setBrush(WHITE)
        painter.drawRect(QRectF(0, 0, whole.width(), whole.height()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.translate(place.topLeft())
        painter.save()
        self.paper.draw(painter, self.page)
        painter.restore()
        foot = QRectF(0, place.height() - FOOT, place.width(), FOOT)
        draw_foot(painter, self.paper, foot, self.page + 1, self.count)


class PageView(QScrollArea):
    """Shows a page as wide as there is room, larger or smaller when asked."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = _Sheet(paper)
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
        return self._sheet.count

    def lay_out(self, layout: QPageLayout) -> None:
        """Take another paper, and begin at its first page."""
        place = layout.paintRect(QPageLayout.Unit.Point)
        self._sheet.layout_ = layout
        self._sheet.count = self._sheet.paper.lay_out(QSizeF(place.width(), place.height() - FOOT))
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
        whole = self._sheet.layout_.fullRect(QPageLayout.Unit.Point)
        room = self.viewport().width()
        scale = max(0.1, (room - 2 * AROUND) / whole.width() * self._zoom)
        self._sheet.scale = scale
        width = max(room, int(whole.width() * scale) + 2 * AROUND)
        self._sheet.resize(width, int(whole.height() * scale) + 2 * AROUND)
        self._sheet.update()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        self._fit()
