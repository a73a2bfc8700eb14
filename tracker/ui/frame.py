"""The two sides of the window: office, search and navigation beside the page in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from tracker.ui.state import State

NAVIGATION_WIDTH = 216
NARROWEST = 184
"""With this the names of all ledgers are whole beside their counts."""
WIDTH = "navigation_width"


def under(banner: QWidget, frame: QWidget) -> QWidget:
    """The frame with room above it for what is told of the whole file."""
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(banner)
    column.addWidget(frame, 1)
    return result


class Frame(QSplitter):
    """`side` from its head, the office's name, to the navigation; how wide it is, is remembered."""

    def __init__(self, side: Sequence[QWidget], stack: QWidget, width: int, state: State) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in side:
            column.addWidget(widget)
        column.setStretchFactor(side[-1], 1)
        left.setMinimumWidth(NARROWEST)
        self.addWidget(left)
        self.addWidget(stack)
        self.setStretchFactor(1, 1)
        self.setCollapsible(1, False)
        used = int(state.get(WIDTH, NAVIGATION_WIDTH))
        self.setSizes([used, width - used])
        self.splitterMoved.connect(lambda moved, _n: state.set(WIDTH, moved))
