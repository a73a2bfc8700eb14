"""Undo and redo in the window: the menu says what they would do; in a line being typed in they stay its own."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import undoing
from tracker.operations.office import Changed
from tracker.operations.undoing import Offered, Turned
from tracker.ui.desk import Desk
from tracker.ui.keys import Form
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.pages import Leavable


class Window(Protocol):
    """What the window offers: the page in front, and a line to say what was done."""

    @property
    def current(self) -> QWidget | None: ...

    def tell_done(self, text: str) -> None: ...


class UndoActions(QObject):
    """Keeps the two actions of the menu in step with the file, and does what they say."""

    def __init__(self, window: Window, desk: Desk, undo: QAction, redo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self.window, self.desk, self.undo_action, self.redo_action = window, desk, undo, redo
        for action in (undo, redo):
            action.setAutoRepeat(False)  # a key held down takes back one step, not all of them
        self._show(Offered("", ""))
        self._line: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        desk.changed.connect(self._changed)
        self._ask()

    def undo(self) -> None:
        """Take back this clerk's last step."""
        if self._may():
            said = _("Undone: {what}")
            self.desk.run(
                undoing.undo, lambda turned: self._done(said, turned), self._failed, cancellable=True
            )

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._may():
            said = _("Redone: {what}")
            self.desk.run(
                undoing.redo, lambda turned: self._done(said, turned), self._failed, cancellable=True
            )

    def _may(self) -> bool:
        """Not while something is typed that is not in the file: a clerk would mean that."""
        page: object = self.window.current
        if isinstance(page, Leavable) and page.has_unsaved():
            text = _(
                "Save what you typed ({save}) or discard it ({close}) before undoing what was saved earlier."
            )
            self.window.tell_done(text.format(**Form.names()))
            return False
        return True

    def _done(self, said: str, turned: Turned) -> None:
        self.window.tell_done(said.format(what=turned.words))
        if isinstance(page := self.window.current, LedgerPage):
            page.banner.hide()  # it may still praise what is now undone

    def _failed(self, wrong: UserError) -> None:
        self.desk.tasks.problem.emit(str(wrong))
        self._ask()  # the step may be left out by now

    def _changed(self, _changed: Changed) -> None:
        self._ask()

    def _ask(self) -> None:
        self.desk.run_latest("undo", lambda office, _progress: undoing.offered(office), self._show)

    def _show(self, offered: Offered) -> None:
        texts = (_("Undo"), _("Undo: {what}"), offered.undo), (_("Redo"), _("Redo: {what}"), offered.redo)
        for action, (bare, full, words) in zip((self.undo_action, self.redo_action), texts, strict=True):
            action.setText(full.format(what=words.replace("&", "&&")) if words else bare)
            action.setEnabled(bool(words) and not self.desk.readonly)

    # lines that have something of their own to take back

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._line is not None:
            self._line.removeEventFilter(self)
            self._line.destroyed.disconnect(self._forget)
        self._line = now if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit) else None
        if self._line is not None:
            self._line.installEventFilter(self)
            self._line.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._line = None

    def eventFilter(self, line: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """A line claims these keys even where it has nothing to take back: then they are the menu's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = (event.matches(key) for key in (QKeySequence.StandardKey.Undo, _REDO))
            if (undo and not _can(line, undo=True)) or (redo and not _can(line, undo=False)):
                event.ignore()
                return True
        return super().eventFilter(line, event)


_REDO = QKeySequence.StandardKey.Redo


def _can(line: QObject, *, undo: bool) -> bool:
    """Whether a line has something of its own to take back, or to do again."""
    if isinstance(line, QLineEdit):
        return line.isUndoAvailable() if undo else line.isRedoAvailable()
    if isinstance(line, QPlainTextEdit | QTextEdit):
        document = line.document()
        return document.isUndoAvailable() if undo else document.isRedoAvailable()
    return False
