"""A line in which a password is typed: hidden or shown, with a word where Caps Lock or full width gets in the way."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.completion import ENTER
from tracker.ui.icons import icon
from tracker.ui.keys import HERE, Passwords

LONGEST = 1024


class PasswordLine(QWidget):
    """The line with its hint below; `changed` tells what is typed."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setAccessibleName(label)
        self.line.setMaxLength(LONGEST)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMinimumWidth(340)
        self.hint = widgets.Caption()
        self.show_it = QAction(icon("eye"), Passwords.show.tip(), self)
        self.show_it.setCheckable(True)
        self.show_it.toggled.connect(self._show)
        self.line.addAction(self.show_it, QLineEdit.ActionPosition.TrailingPosition)
        Passwords.show.on(self.line, self.show_it.toggle, HERE)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.entered)
        self.line.caps_lock.connect(self._tell_caps_lock)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hint.setMinimumHeight(self.hint.fontMetrics().lineSpacing() + theme.XS)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.line)
        column.addWidget(self.hint)
        self._caps, self._note = False, ("", "muted")
        self._say()

    def note(self, text: str, role: str = "muted") -> None:
        """Say something about what is typed, where nothing gets in its way."""
        self._note = (text, role)
        self._say()

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed, also what Ctrl+Z would bring back, and hide what comes next."""
        self.line.clear()
        self.show_it.setChecked(False)

    def _show(self, shown: bool) -> None:
        echo = QLineEdit.EchoMode
        self.line.setEchoMode(echo.Normal if shown else echo.Password)

    def _typed(self, text: str) -> None:
        self._say()
        self.changed.emit(text)

    def _tell_caps_lock(self, on: bool) -> None:
        self._caps = on
        self._say()

    def _say(self) -> None:
        """Name what may be unintended; the line keeps its place without."""
        wide = any(unicodedata.east_asian_width(sign) == "F" for sign in self.text())
        text = _("Caps Lock is on.") if self._caps else _("Full-width signs are typed.") if wide else ""
        note, role = (text, "warning") if text else self._note
        self.hint.setText(note or " ")
        theme.set_property(self.hint, "role", role)


class _Line(QLineEdit):
    """Tells by the letters that arrive whether Caps Lock is on; no system is asked."""

    caps_lock = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in ENTER:
            event.accept()  # `entered` says what it does here; else the dialog's default button were pressed as well
            self.returnPressed.emit()  # last: whoever hears it may let go of this line
            return
        typed = event.text()
        if len(typed) == 1 and typed.isascii() and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        super().keyPressEvent(event)
