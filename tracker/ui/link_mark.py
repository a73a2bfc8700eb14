"""The small button beside a field that names a record: to open that record, or to enter it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from tracker.i18n import _
from tracker.ui.completion import HEIGHT
from tracker.ui.icons import icon

Choice = tuple[str, Callable[[], object]]
"""What it may do, in words, and the doing."""


class LinkMark(QToolButton):
    """Beside a naming field: opens the record named, or begins one; unseen where there is nothing to name."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self.setFixedSize(HEIGHT, HEIGHT)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep = self.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keep)
        self.clicked.connect(self.act)
        self.hide()

    def offer(self, choices: Sequence[Choice], known: bool) -> None:
        """What it does; `known` where the first is to open a record that there is."""
        self._choices = tuple(choices)
        self.setVisible(bool(choices))
        if choices:
            self.setIcon(icon("open", "accent_text") if known else icon("add", "text_muted"))
            tip = "\n".join(text for text, _act in choices)
            self.setToolTip(_("{what} (Alt+Enter)").format(what=tip))
            self.setAccessibleName(tip)

    def act(self) -> None:
        """Do it, after asking which where there are several."""
        if len(self._choices) == 1:
            self._choices[0][1]()
        elif self._choices:
            self._menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in self._choices:
            menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _on=False, act=act: act())
        menu.setActiveAction(menu.actions()[0])
        return menu
