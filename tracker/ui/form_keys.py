"""The keys of a form, and the question before unsaved work is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tracker.i18n import _
from tracker.ui.boxes import message_box
from tracker.ui.completion import ENTER
from tracker.ui.keys import CaseForm, Form, Key

Answer = Literal["save", "discard", "stay"]


class FormKeys(QWidget):
    """Does what the keys of a form are declared for; Enter presses the button that has the focus."""

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

    def show_history(self) -> None:
        """Show who changed the record, when and how."""
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
        acts: dict[Key, Callable[[], None]] = {
            Form.close: self.close_form,
            Form.link: self.act_on_link,
            Form.save: self.save,
            Form.save_next: lambda: self.save(then_next=True),
            Form.related: self.go_to_related,
            Form.duplicate: self.duplicate,
            Form.history: self.show_history,
            CaseForm.timeline: self.add_event,
            CaseForm.explain: self.explain,
        }
        return next((act for key, act in acts.items() if key.pressed(event)), None)


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


def ask_unsavable(parent: QWidget, kept: bool) -> bool:
    """Ask whether to leave what cannot be saved, the file being damaged; `kept` where all of it is a draft already."""
    if kept:
        text = _(
            "It was kept as a draft before: a file rescued from this one offers to go on with it; one restored from "
            "a backup may not have it."
        )
    else:
        text = _("Not all of it was kept as a draft, and that may be lost: copy what you need first.")
    told = _("The file is damaged: what you typed cannot be saved.")
    box = message_box(parent, _("Unsaved work"), told, text, icon_name="warning", role="warning")
    leave = box.addButton(_("Leave it"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave if kept else stay)
    box.setEscapeButton(stay)
    box.exec()
    left = box.clickedButton() is leave
    box.deleteLater()
    return left
