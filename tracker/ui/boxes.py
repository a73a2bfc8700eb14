"""Messages and questions in our look: our icon, room around the words, the likeliest answer at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QWidget

from tracker.ui import theme
from tracker.ui.icons import icon

ICON = 28
NARROWEST = 420


def message_box(
    parent: QWidget | None,
    title: str,
    text: str,
    details: str = "",
    *,
    icon_name: str = "info",
    role: str = "accent_text",
) -> QMessageBox:
    """A box to be given buttons and opened; `role` is the theme's colour of its icon."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(details)
    box.setIconPixmap(icon(icon_name, role).pixmap(QSize(ICON, ICON), box.devicePixelRatio()))
    layout = box.layout()
    assert isinstance(layout, QGridLayout)
    layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
    layout.setSpacing(theme.M)
    # Qt asks the layout how wide the words are before it breaks them: a minimum width of their label would hide that
    rest = layout.columnCount() - 1
    layout.setColumnMinimumWidth(rest, NARROWEST - 2 * theme.XL - ICON - theme.M)
    return box
