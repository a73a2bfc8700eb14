"""Keys that do nothing in a file that can only be read, but would write in another: they are to be answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tracker.ui.commands import COMMANDS
from tracker.ui.keys import Form, Key, List

IN_A_LIST = (List.bin, List.delete, List.duplicate, List.change, List.restore)
_IN_A_FORM = (Form.save, Form.save_next)
_IN_A_MENU = tuple(
    Key(keys, one.label) for one in COMMANDS if one.writes for keys in (one.keys, one.also) if keys
)
_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def would_write(event: QKeyEvent, focused: QWidget | None) -> bool:
    """Whether a key that nobody took is one that writes: that of a command, of the form, or typing into a field."""
    if any(key.pressed(event) for key in (*_IN_A_FORM, *_IN_A_MENU)):
        return True
    typed = event.text().isprintable() and bool(event.text()) and not event.modifiers() & _MODIFIED
    return typed and isinstance(focused, QLineEdit | QPlainTextEdit) and focused.isReadOnly()
