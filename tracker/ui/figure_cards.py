"""The year's key figures as cards: a click goes to the figure, Enter or double click opens its records."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.schema.indicator import Figure
from tracker.ui import theme
from tracker.ui.chart_data import short_number
from tracker.ui.figure_text import NONE, change_text, value_text, with_unit
from tracker.ui.widgets import ElidedLabel

KEY_FIGURES = (
    "disputes.accepted",
    "disputes.closure_rate",
    "disputes.mediation_share",
    "disputes.finality_rate",
    "petitions.persons",
    "wage_arrears.recovered_amount",
    "inspections.targets",
)
LONGEST = 9  # characters that a card has room for


class Unit(ElidedLabel):
    """A unit, whole or not at all: the tooltip of its card has it too."""

    def _fit(self) -> None:
        super()._fit()
        if self.text() != self._whole:
            self.setText("")


class FigureCard(QFrame):
    """One figure, large, with its change from last year."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = figure.indicator.key
        label, change = _(figure.indicator.label), change_text(figure)
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        compared = _("On last year: {change}").format(change=change)
        self.setToolTip(f"{label} {with_unit(figure)}\n{compared}\n{_(figure.indicator.definition)}")
        self.setAccessibleName(f"{label} {with_unit(figure)}, {compared}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(96)
        name = ElidedLabel(label)
        name.setProperty("role", "muted")
        self.value = QLabel(_large(figure))
        self.value.setTextFormat(Qt.TextFormat.PlainText)
        self.value.setProperty("role", "figure")
        unit = Unit(_(figure.indicator.unit) if figure.value is not None else "")
        unit.setProperty("role", "small")
        unit.setContentsMargins(0, 0, 0, theme.XS)
        number = QHBoxLayout()
        number.setSpacing(theme.XS)
        number.addWidget(self.value)
        number.addWidget(unit, 1, Qt.AlignmentFlag.AlignBottom)
        self.change = ElidedLabel(change if change != NONE else "")
        self.change.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.XS, theme.S)
        column.setSpacing(0)
        column.addWidget(name)
        column.addLayout(number)
        column.addWidget(self.change)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(self.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        elif event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self.key)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
            painter.end()


def _large(figure: Figure) -> str:
    """The value, short where it is long; the tooltip has it whole."""
    text, value = value_text(figure), figure.value
    return short_number(float(value)) if value is not None and len(text) > LONGEST else text


class FigureCards(QWidget):
    """The cards of the key figures that are there, in one row of equal widths."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S)
        self.cards: list[FigureCard] = []

    def show_figures(self, figures: Iterable[Figure]) -> None:
        """Show the key ones of these."""
        there = {figure.indicator.key: figure for figure in figures}
        focused = next((card.key for card in self.cards if card.hasFocus()), "")
        for old in self.cards:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = [FigureCard(there[key], self) for key in KEY_FIGURES if key in there]
        for card in self.cards:
            card.chosen.connect(self.chosen)
            card.opened.connect(self.opened)
            self._row.addWidget(card, 1)
            if card.key == focused:
                card.setFocus()
        self.setVisible(bool(self.cards))

    def set_waiting(self, waiting: bool) -> None:
        """Nothing opens while others are computed."""
        for card in self.cards:
            card.setDisabled(waiting)
