"""The sheet of all keyboard shortcuts, made from the declarations of commands and keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import N_, _
from tracker.ui import keys, theme, widgets
from tracker.ui.commands import COMMANDS, MENUS, PAGE_KEYS
from tracker.ui.keys import shown

Entries = list[tuple[str, str]]
Part = tuple[str, Entries]
"""A heading, and keys with what they do, in the language in use."""
COLUMNS = (4, 3)
"""So many where there is room."""
LARGEST = (1232, 560)
"""The least screen has 1280 by 720."""
TABS = (N_("Everywhere"), N_("On pages"), N_("In forms and windows"))
_MNEMONIC = re.compile(r"\(&.\)|&")


class ShortcutsSheet(QDialog):
    """A tab for each kind of place, with columns of keys and what they do; Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for title, content in zip(TABS, parts(), strict=True):
            self.tabs.addTab(_scrolled(_widest(content)), _(title))
        close = widgets.button(_("Close"), primary=True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.L)
        whole.addWidget(self.tabs)
        whole.addLayout(foot)


def parts() -> tuple[list[Part], list[Part], list[Part]]:
    """What each tab tells."""
    numbered = (
        f"{PAGE_KEYS[0]} … {PAGE_KEYS[-1]}",
        _("The first nine pages of the navigation, from the top"),
    )
    everywhere = [(_MNEMONIC.sub("", _(menu)), _of_menu(menu)) for menu in MENUS]
    pages, windows = (
        [
            (_(group.title), [(", ".join((key.keys, *key.also)), _(key.label)) for key in group.all()])
            for group in groups
        ]
        for groups in (keys.PAGES, keys.WINDOWS)
    )
    return [*everywhere, (_("Pages"), [numbered])], pages, windows


def _of_menu(menu: str) -> Entries:
    return [
        (", ".join(filter(None, (command.keys, command.also))), _(command.label))
        for command in COMMANDS
        if command.menu == menu and command.keys
    ]


def in_columns(content: Sequence[Part], count: int) -> list[Sequence[Part]]:
    """About equally long, their order kept."""
    ways = combinations(range(1, len(content)), count - 1)
    ends = ([content[a:b] for a, b in pairwise((0, *cuts, len(content)))] for cuts in ways)
    return min(ends, key=lambda columns: max(sum(len(part[1]) + 2 for part in column) for column in columns))


def _widest(content: Sequence[Part]) -> QWidget:
    made = (_columns(content, count) for count in COLUMNS)
    return next(
        (each for each in made if each.sizeHint().width() < LARGEST[0]), _columns(content, COLUMNS[-1])
    )


def _columns(content: Sequence[Part], count: int) -> QWidget:
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, theme.M, theme.M, 0)
    row.setSpacing(theme.L)
    for column in in_columns(content, count):
        below = QVBoxLayout()
        below.setSpacing(theme.XS)
        for n, (title, entries) in enumerate(column):
            if n:
                below.addSpacing(theme.M)
            below.addWidget(widgets.Heading(title, role="strong"))
            below.addLayout(_table(entries))
        below.addStretch(1)
        row.addLayout(below, 1)
    return result


def _scrolled(content: QWidget) -> QScrollArea:
    """As large as what is in it, but no larger than the least screen has room for."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    wanted = content.sizeHint()
    bar = area.verticalScrollBar().sizeHint().width()
    area.setMinimumSize(min(wanted.width() + bar, LARGEST[0]), min(wanted.height(), LARGEST[1]))
    return area


def _table(entries: Iterable[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnMinimumWidth(0, 104)
    grid.setColumnStretch(1, 1)
    for row, (pressed, text) in enumerate(entries):
        label = QLabel(" … ".join(map(shown, pressed.split(" … "))))
        label.setProperty("role", "muted")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(text), row, 1)
    return grid
