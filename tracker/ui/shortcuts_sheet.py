"""The sheet of all keyboard shortcuts, made from the commands' declarations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.commands import COMMANDS, ELSEWHERE, MENUS, shown

COLUMNS = 3
_MNEMONIC = re.compile(r"\(&.\)|&")


class ShortcutsSheet(QDialog):
    """Columns of keys and what they do; Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        row = QHBoxLayout()
        row.setSpacing(theme.XL + theme.S)
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
        whole.addLayout(row)
        whole.addLayout(foot)


Group = tuple[str, list[tuple[str, str]]]


def columns() -> tuple[list[Group], ...]:
    """All keys and what they do, in the language in use: a list of groups for each column of the sheet, which
    are about as long as each other."""
    numbered = [("Ctrl+1 … Ctrl+9", _("The first nine pages of the navigation, from the top"))]
    groups = [*_commands(), (_("Pages"), numbered), *map(_translated, ELSEWHERE)]
    places: list[list[int]] = [[] for _n in range(COLUMNS)]
    for place in sorted(range(len(groups)), key=lambda n: -_lines(groups[n])):
        shortest = min(places, key=lambda column: sum(_lines(groups[n]) for n in column))
        shortest.append(place)
    return tuple([groups[n] for n in sorted(column)] for column in sorted(places, key=min))


def _lines(group: Group) -> int:
    return len(group[1]) + 1


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
    grid.setColumnMinimumWidth(0, 110)
    grid.setColumnStretch(1, 1)
    for row, (keys, text) in enumerate(entries):
        label = QLabel(" … ".join(map(shown, keys.split(" … "))))
        label.setProperty("role", "muted")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(text), row, 1)
    return grid
