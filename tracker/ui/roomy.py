"""Dialogs that grow with their words: a label that wraps, filled once the dialog is shown, asks nobody for room."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QLabel


class RoomyDialog(QDialog):
    """As high as what stands in it needs at its width, also after a message has come; it shrinks for the clerk only."""

    def event(self, event: QEvent) -> bool:
        """Something in it needs more room or less."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._make_room()
        return done

    def _make_room(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        width = self.width()
        if self.height() < layout.totalMinimumHeightForWidth(width) or self._cuts_words():
            room = self.screen().availableGeometry().height()
            self.resize(width, min(max(self.height(), layout.totalHeightForWidth(width)), room))

    def _cuts_words(self) -> bool:
        labels = (one for one in self.findChildren(QLabel) if one.wordWrap() and one.isVisible())
        return any(one.height() < one.heightForWidth(one.width()) for one in labels)
