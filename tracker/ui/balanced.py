"""A heading of several lines whose lines are about as long as each other, so that no last character stands alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent

from tracker.ui import widgets


def narrowest(metrics: QFontMetrics, text: str, room: int) -> int:
    """The least width at which a text takes no more lines than in the room there is."""

    def height(width: int) -> int:
        return metrics.boundingRect(QRect(0, 0, width, 10_000), Qt.TextFlag.TextWordWrap, text).height()

    least, most, lines = 1, room, height(room)
    while least < most:
        middle = (least + most) // 2
        if height(middle) <= lines and metrics.boundingRect(text[:1]).width() <= middle:
            most = middle
        else:
            least = middle + 1
    return most


class BalancedHeading(widgets.Heading):
    """It wraps; `margins` are those of a text that fills the line."""

    def __init__(self, margins: tuple[int, int, int, int]) -> None:
        super().__init__(role="strong")
        self.setWordWrap(True)
        self._margins = margins
        self.setContentsMargins(*margins)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self._balance()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._balance()

    def _balance(self) -> None:
        left, top, right, bottom = self._margins
        room = self.width() - left - right
        self.ensurePolished()
        spare = room - narrowest(self.fontMetrics(), self.text(), room) if room > 0 else 0
        self.setContentsMargins(left, top, right + max(0, spare - 2), bottom)
