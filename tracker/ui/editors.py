"""From a field to the widget that edits it: text, numbers and long text here, the rest in its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.schema.fields import Field, Value
from tracker.schema.shape import check
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.completion import HEIGHT, PASSING, Line
from tracker.ui.name_line import Ask as Ask
from tracker.ui.name_line import NameLine
from tracker.ui.tasks import alive as alive

Today = Callable[[], date]
NARROW, SHORT, LONG = 148, 104, 172  # pixels of a day or an amount, a count, a moment


class Editor(QWidget):
    """Edits one field's value. `settle` makes of what was typed what it means, as when the focus leaves."""

    edited = Signal()
    """The clerk changed something."""
    entered = Signal()
    left = Signal()
    """The focus went elsewhere; what was typed is settled."""
    advanced = Signal(int)
    """Enter (1) or Shift+Enter (-1)."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def set_value(self, value: Value) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def restore(self, state: Sequence[object]) -> None:
        """Show again what `state` told, as typed and not saved; what is no value of the field, as a text."""
        known, said = state
        if known and said is None:
            self.set_value(None)
        elif known and isinstance(said, int | str) and check(self.field)(said):
            self.set_value(said)
        else:
            self.type(str(said))

    def type(self, text: str) -> None:
        """Let a text stand there as if it were typed; nothing where nothing can be typed."""

    def value(self) -> Value:
        """What is typed, as stored; raises `Invalid` where it cannot be."""
        raise NotImplementedError

    def settle(self) -> None:
        """Take what was typed by halves and write it as it is shown."""

    def forget(self) -> None:
        """Take what stands there as saved: no longer offer to undo the typing of it."""

    def mark(self, problem: bool) -> None:
        """Show that something is wrong here, or no longer."""
        if proxy := self.focusProxy():
            widgets.set_problem(proxy, problem)

    def state(self) -> tuple[bool, object]:
        """What tells whether anything was changed: the value, or the text where it is none."""
        try:
            return True, self.value()
        except Invalid:
            return False, self.text()

    def text(self) -> str:
        """What stands there."""
        return ""

    def _leave(self) -> None:
        self.settle()
        self.left.emit()


class LineEditor(Editor):
    """A field typed into a line. A stored value that is not typed over comes back as it was."""

    def __init__(self, field: Field, today: Today = date.today, line: Line | None = None) -> None:
        super().__init__(field)
        self._today = today
        self._value: Value = None
        self._shown = ""
        self.setFixedHeight(HEIGHT)
        self.line = line or Line()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.XS)
        self.row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.setAccessibleName(field.title())
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._enter)
        self.line.left.connect(self._leave)
        self.line.advanced.connect(self.advanced)

    def set_value(self, value: Value) -> None:
        self._value = value
        self._show(self.field.format(value))

    def value(self) -> Value:
        text = self.line.text()
        return self._value if text == self._shown else self.field.parse(text, self._today())

    def text(self) -> str:
        return self.line.text()

    def type(self, text: str) -> None:
        self.line.setText(text)

    def forget(self) -> None:
        if self.line.isUndoAvailable():
            at = self.line.cursorPosition()
            self.line.setText(self.line.text())
            self.line.setCursorPosition(at)

    def settle(self) -> None:
        try:
            value = self.value()
        except Invalid:
            return
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.edited.emit()

    def _show(self, text: str) -> None:
        if self.line.text() != text:
            self.line.setText(text)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)  # a long text shows its beginning
        self._shown = self.line.text()

    def _typed(self, text: str) -> None:
        self.edited.emit()

    def _enter(self) -> None:
        self.entered.emit()


class NumberEditor(LineEditor):
    """Amounts and counts: bare digits while they are typed, thousands separators when they stand."""

    def __init__(self, field: Field, today: Today = date.today) -> None:
        super().__init__(field, today)
        self.line.setFixedWidth(SHORT if field.kind == "count" else NARROW)
        self.row.addStretch(1)

    def _enter(self) -> None:
        if self.line.text() == self._shown:
            self._show(self.field.edit_text(self._value))
            self.line.selectAll()
        super()._enter()


class SuggestEditor(LineEditor):
    """Text or names that complete themselves from the records they may name and from what was typed before."""

    def __init__(self, field: Field, ask: Ask, today: Today = date.today) -> None:
        self._pick = NameLine(field, ask)
        super().__init__(field, today, self._pick)
        self._pick.picked.connect(lambda _name: self.edited.emit())

    def settle(self) -> None:
        """Take also the name that an arrow key chose."""
        self._pick.take()
        super().settle()


class Box(QPlainTextEdit):
    """Long text; Enter is a new line here, Tab goes on."""

    entered = Signal()
    left = Signal()

    @property
    def composing(self) -> bool:
        """Whether an input method shows letters here that are no text yet."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.left.emit()


class BoxEditor(Editor):
    """A field of several lines."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = Box()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(4 * theme.ROW_HEIGHT - theme.XL)
        self.box.setAccessibleName(field.title())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self._value: Value = None
        self._shown = ""
        self._quiet = False
        self.box.textChanged.connect(self._typed)
        self.box.entered.connect(self.entered)
        self.box.left.connect(self._leave)

    def set_value(self, value: Value) -> None:
        self._value, self._quiet = value, True
        self.box.setPlainText(self.field.format(value))
        self.box.moveCursor(QTextCursor.MoveOperation.End)
        self._shown, self._quiet = self.box.toPlainText(), False

    def value(self) -> Value:
        text = self.box.toPlainText()
        return self._value if text == self._shown else self.field.parse(text)

    def text(self) -> str:
        return self.box.toPlainText()

    def type(self, text: str) -> None:
        self.box.setPlainText(text)

    def forget(self) -> None:
        self.box.document().clearUndoRedoStacks()

    def _typed(self) -> None:
        if not self._quiet:
            self.edited.emit()


class Shown(Editor):
    """A value that the program computes: shown, not typed. Where it is `offer`ed, a click asks how (`asked`)."""

    asked = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._value: Value = None
        self._offered = False
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.S + 1, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.label)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_property(self.note, "role", "warning")
        self.note.hide()
        row.addWidget(self.note, 1)

    def say(self, doubt: str) -> None:
        """Say beside the value what is doubtful about it, or nothing."""
        self.note.setText(f"⚠ {doubt}" if doubt else "")
        self.note.setVisible(bool(doubt))

    def offer(self) -> None:
        """Let a click ask how the value was computed."""
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.label.setCursor(Qt.CursorShape.PointingHandCursor)
        self._offered = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if self.label.cursor().shape() == Qt.CursorShape.PointingHandCursor:
            self.asked.emit()
        else:
            super().mouseReleaseEvent(event)

    def set_value(self, value: Value) -> None:
        self._value = value
        self._show(self.field.format(value))

    def stand(self, word: str) -> None:
        """Say in the place of a value why there is none."""
        self._value = None
        self._show(word)

    def _show(self, text: str) -> None:
        self.label.setText(text or _("—"))
        if self._offered:
            theme.set_property(self.label, "role", "link" if text else None)

    def value(self) -> Value:
        return self._value

    def text(self) -> str:
        return self.label.text()
