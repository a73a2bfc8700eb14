"""The mark in a field that names a record: to open that record, or to enter it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu

from tracker.ui.icons import icon
from tracker.ui.keys import Form

Choice = tuple[str, Callable[[], object]]
"""What it may do, in words, and the doing."""


class LinkMark(QObject):
    """Stands at the end of the line; unseen where there is nothing to name."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.choices: tuple[Choice, ...] = ()
        # Ours: one that the line makes loses its wrapper.
        self.action = QAction(icon("open", "accent_text"), "", self)
        line.addAction(self.action, QLineEdit.ActionPosition.TrailingPosition)
        self.action.triggered.connect(self.act)
        self.action.setVisible(False)

    def offer(self, choices: Sequence[Choice], known: bool) -> None:
        """What it does; `known` where the first is to open a record that there is."""
        self.choices = tuple(choices)
        self.action.setVisible(bool(choices))
        if choices:
            self.action.setIcon(icon("open", "accent_text") if known else icon("add", "text_muted"))
            tip = "\n".join(text for text, _act in choices)
            self.action.setText(tip)
            self.action.setToolTip(Form.link.tip(tip))

    def act(self) -> None:
        """Do it, after asking which where there are several."""
        if len(self.choices) == 1:
            self.choices[0][1]()
        elif self.choices:
            menu = self.menu()
            corner = QPoint(self._line.width() - menu.sizeHint().width(), self._line.height())
            menu.popup(self._line.mapToGlobal(corner))

    def menu(self) -> QMenu:
        """All that it may do."""
        menu = QMenu(self._line)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in self.choices:
            menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _on=False, act=act: act())
        menu.setActiveAction(menu.actions()[0])
        return menu
