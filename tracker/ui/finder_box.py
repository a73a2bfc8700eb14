"""What stands for the search over all ledgers at the top of the navigation: looks like its line, and opens it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme
from tracker.ui.icons import icon
from tracker.ui.keys import of_command, shown

KEY = of_command("search_all")


class FinderBox(QWidget):
    """`asked` with what was typed on it, "" for a click."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = _Button(self)
        self.button.clicked.connect(lambda: self.asked.emit(""))
        self.button.typed.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, 0, theme.S, theme.S)
        column.addWidget(self.button)
        self.setFocusProxy(self.button)


class _Button(QPushButton):
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Search all"), parent)
        self.setProperty("finder", True)
        self.setIcon(icon("search"))
        self.setIconSize(QSize(16, 16))
        KEY.tell(self, _("Search all ledgers"))
        self.setAccessibleName(_("Search all ledgers"))
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """What is typed here begins the search."""
        text = event.text()
        if text.isprintable() and text.strip() and event.key() != Qt.Key.Key_Space:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The button with its keys at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.current().color("text_muted"))
        place = self.rect().adjusted(0, 0, -theme.S, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown(KEY.keys))
        painter.end()
