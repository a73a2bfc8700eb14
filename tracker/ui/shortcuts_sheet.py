"""The sheet of all keyboard shortcuts, made from the commands' declarations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.commands import COMMANDS, ELSEWHERE, MENUS, shown

COLUMNS = 3
_MNEMONIC = re.compile(r"\(&.\)|&")


class ShortcutsSheet(QDialog):
    """Columns of keys and what they do, to be scrolled where the screen is too small for them; Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, theme.M, 0)
        row.setSpacing(theme.L)
        for groups in columns():
            column = QVBoxLayout()
            column.setSpacing(theme.XS)
            for title, entries in groups:
                column.addWidget(widgets.Heading(title, role="strong"))
                column.addLayout(_table(entries))
            column.addStretch(1)
            row.addLayout(column, 1)
        close = widgets.button(_("Close"), primary=True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.L)
        whole.addWidget(_scrolled(keys))
        whole.addLayout(foot)


def _scrolled(keys: QWidget) -> QScrollArea:
    """As large as what is in it, but no larger than the least screen has room for."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(keys)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    wanted = keys.sizeHint()
    bar = area.verticalScrollBar().sizeHint().width()
    area.setMinimumSize(min(wanted.width() + bar, LARGEST[0]), min(wanted.height(), LARGEST[1]))
    return area


Group = tuple[str, list[tuple[str, str]]]
COLUMNS = 4
LARGEST = (1232, 600)
"""The least screen has 1280 by 720."""


def columns() -> tuple[list[Group], ...]:
    """All keys and what they do, in the language in use: a list of groups for each column, about equally long."""
    numbered = [("Ctrl+1 … Ctrl+9", _("The first nine pages of the navigation, from the top"))]
    groups = [*_commands(), (_("Pages"), numbered), *map(_translated, ELSEWHERE)]
    ways = combinations(range(1, len(groups)), COLUMNS - 1)
    parts = ([groups[a:b] for a, b in pairwise((0, *cuts, len(groups)))] for cuts in ways)
    return tuple(min(parts, key=lambda columns: max(sum(map(_height, column)) for column in columns)))


def _height(group: Group) -> int:
    """In lines, with its heading."""
    return len(group[1]) + 2


def _commands() -> list[Group]:
    return [
        (_MNEMONIC.sub("", _(menu)), [(c.keys, _(c.label)) for c in COMMANDS if c.menu == menu and c.keys])
        for menu in MENUS
    ]


def _translated(group: tuple[str, tuple[tuple[str, str], ...]]) -> Group:
    title, entries = group
    return _(title), [(keys, _(label)) for keys, label in entries]


def _table(entries: Iterable[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnMinimumWidth(0, 96)
    grid.setColumnStretch(1, 1)
    for row, (keys, text) in enumerate(entries):
        label = QLabel(" … ".join(map(shown, keys.split(" … "))))
        label.setProperty("role", "muted")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(text), row, 1)
    return grid
