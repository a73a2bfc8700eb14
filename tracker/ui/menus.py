"""The menus of the window, filled from the commands and the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from tracker.i18n import _
from tracker.ui.commands import COMMANDS, GO, MENUS, PAGE_KEYS
from tracker.ui.icons import icon
from tracker.ui.pages import Page


def build(
    window: QMainWindow, pages: Iterable[Page], go: Callable[[str], object], readonly: bool
) -> dict[str, QAction]:
    """Every command, done by the window's method of its name, and every page; the actions by their keys."""
    made: dict[str, QAction] = {}
    menus = {name: window.menuBar().addMenu(_(name)) for name in MENUS}
    for command in COMMANDS:
        if command.gap:
            menus[command.menu].addSeparator()
        keys = [each for each in (command.keys, command.also) if each]
        action = made[command.key] = _action(window, _(command.label), keys, command.icon)
        action.triggered.connect(getattr(window, command.key))
        action.setEnabled(not (readonly and command.writes))
        menus[command.menu].addAction(action)
    menus[GO].addSeparator()
    for n, page in enumerate(pages):
        action = made[page.key] = _action(window, _(page.label), PAGE_KEYS[n : n + 1], page.icon)
        action.triggered.connect(partial(_go, go, page.key))
        menus[GO].addAction(action)
    return made


def _go(go: Callable[[str], object], key: str, _checked: bool = False) -> None:
    go(key)


def _action(window: QMainWindow, label: str, keys: Iterable[str], icon_name: str) -> QAction:
    action = QAction(label, window)
    if icon_name:
        action.setIcon(icon(icon_name))
    action.setShortcuts([QKeySequence(each) for each in keys])
    shown = action.shortcut().toString()
    action.setToolTip(f"{label} ({shown})" if shown else label)
    return action
