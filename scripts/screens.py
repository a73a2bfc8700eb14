"""The list of screens to be pictured; add one with `@screen("name")` on a function that builds a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget

from tracker import i18n

Factory = Callable[[QApplication], QWidget]
Step = Callable[[], object]


@dataclass(frozen=True)
class Screen:
    """`whole`: fills the picture; others, dialogs, keep their own size in the middle of it."""

    make: Factory
    whole: bool = True


SCREENS: dict[str, Screen] = {}
_steps: dict[int, Step] = {}


def screen(name: str, *, whole: bool = True) -> Callable[[Factory], Factory]:
    """Add a screen; the widget it makes is shown, pictured and deleted."""

    def add(factory: Factory) -> Factory:
        SCREENS[name] = Screen(factory, whole)
        return factory

    return add


def then(widget: QWidget, step: Step) -> None:
    """Take this step once the widget is shown; it may open a dialog that waits for an answer."""
    _steps[id(widget)] = step


def step_of(widget: QWidget) -> Step:
    """The step given to `then`, once; one that does nothing for other widgets."""
    return _steps.pop(id(widget), lambda: None)


def both(chinese: str, english: str) -> str:
    """Sample text, which is no part of the program."""
    return chinese if i18n.language() == "zh_CN" else english
