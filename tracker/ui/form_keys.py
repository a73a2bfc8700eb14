"""The keys of a form, and the question before unsaved work is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tracker.i18n import _
from tracker.ui.boxes import message_box
from tracker.ui.commands import EXPLAIN, TIMELINE
from tracker.ui.completion import ENTER

Answer = Literal["save", "discard", "stay"]


class FormKeys(QWidget):
    """Ctrl+S saves, Ctrl+Enter saves and starts the next, Alt+Enter opens what a field names, Ctrl+J goes to the
    related records, Ctrl+D begins one like this, Ctrl+T adds an event, Ctrl+Shift+T explains the day due, Esc closes,
    Enter presses the button that has the focus."""

    def save(self, then_next: bool = False) -> None:
        """Save what is shown."""
        raise NotImplementedError

    def close_form(self) -> None:
        """Close, after asking where something is unsaved."""
        raise NotImplementedError

    def act_on_link(self) -> None:
        """Open what the field with the focus names."""
        raise NotImplementedError

    def duplicate(self) -> None:
        """Begin a record like the one that is shown."""
        raise NotImplementedError

    def go_to_related(self) -> None:
        """Go to the records related with this one."""
        raise NotImplementedError

    def add_event(self) -> None:
        """Add an event of the case."""
        raise NotImplementedError

    def explain(self, key: str = "") -> None:
        """Show how the days due were counted, that of the clock of this key first."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Claims its keys before the shortcuts of menus and pages around it do."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._action(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        action = self._action(event)
        focused = self.focusWidget()
        if action:
            action()
        elif event.key() in ENTER and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_Escape:
            return self.close_form
        if held == Qt.KeyboardModifier.AltModifier and event.key() in ENTER:
            return self.act_on_link
        pressed = QKeySequence(event.keyCombination()).toString()
        if pressed in (TIMELINE, EXPLAIN):
            return self.add_event if pressed == TIMELINE else self.explain
        if held != Qt.KeyboardModifier.ControlModifier:
            return None
        if event.key() in ENTER:
            return lambda: self.save(then_next=True)
        if event.key() == Qt.Key.Key_J:
            return self.go_to_related
        if event.key() == Qt.Key.Key_D:
            return self.duplicate
        return self.save if event.key() == Qt.Key.Key_S else None


def ask_unsaved(parent: QWidget) -> Answer:
    """Ask what to do with unsaved work; Esc goes on editing."""
    text = _("What you typed is not saved yet.")
    box = message_box(parent, _("Unsaved work"), text, icon_name="warning", role="warning")
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return "save" if clicked is save else "discard" if clicked is discard else "stay"
