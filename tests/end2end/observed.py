"""The program as `python -m tracker` runs it, telling a test in a file what it shows: `observed.py FILE WORDS ...`.

It only looks: what is typed comes from the X server, as from a keyboard.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tracker import app, cli
from tracker.ui.completion import PickLine
from tracker.ui.record_form import RecordForm

LOOK_MS = 20


class Observer(QObject):
    """Writes down the focus, its text, what is being composed and whether a form is open, when they change."""

    def __init__(self, shell: app.Shell, path: Path) -> None:
        super().__init__(shell.app)
        self._shell, self._path, self._told = shell, path, ""
        self._preedit = ""
        shell.app.installEventFilter(self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if isinstance(event, QInputMethodEvent) and isinstance(watched, QWidget):
            self._preedit = event.preeditString()
        return False

    def _look(self) -> None:
        now = json.dumps(self._state(), ensure_ascii=False)
        if now != self._told:
            self._told = now
            new = self._path.with_suffix(".new")
            new.write_text(now, encoding="utf-8")
            os.replace(new, self._path)

    def _state(self) -> dict[str, object]:
        window, focus = self._shell.window, QApplication.focusWidget()
        form = window.findChild(RecordForm) if window else None
        return {
            "window": window.windowTitle() if window else "",
            "active": bool(window and window.isActiveWindow()),
            "focus": focus.accessibleName() if focus else "",
            "text": text_of(focus),
            "preedit": self._preedit,
            "list": isinstance(focus, PickLine) and focus.is_open(),
            "form": form is not None and form.isVisible(),
            "said": form.header.state.text() if form and form.header.state.isVisible() else "",
        }


def text_of(widget: QWidget | None) -> str:
    """What stands in the widget with the focus."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    return widget.text() if isinstance(widget, QLineEdit) else ""


def observe(path: Path) -> None:
    """Have every window that the program opens observed."""
    begin = app.Shell.begin

    def begin_observed(shell: app.Shell, file: Path | None = None) -> None:
        begin(shell, file)
        Observer(shell, path)

    app.Shell.begin = begin_observed  # type: ignore[method-assign]


if __name__ == "__main__":
    observe(Path(sys.argv[1]))
    sys.exit(cli.main(sys.argv[2:]))
