"""One of several fields, chosen like the code of any other field: by letters, pinyin, its place, the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from tracker.i18n import N_
from tracker.schema.fields import Choice, Code, Field
from tracker.ui.choice_editors import ChoiceEditor


class FieldChooser(ChoiceEditor):
    """Always holds a field: what is none is given up for the one before when the focus leaves. `chosen`: another."""

    chosen = Signal()

    def __init__(self, fields: Sequence[Field]) -> None:
        labels = tuple(Code(key=field.key, label=field.label, also=(field.title(),)) for field in fields)
        super().__init__(Choice(key="field", label=N_("Field"), codes=labels))
        self._fields = {field.key: field for field in fields}
        self._held = fields[0].key
        self.set_value(self._held)
        self.edited.connect(self._look)
        self.entered.connect(self.line.selectAll)
        self.line.installEventFilter(self)

    def chosen_field(self) -> Field:
        """The field in hand."""
        return self._fields[self._held]

    def choose(self, key: str) -> None:
        """Take a field, by its key."""
        self.set_value(key if key in self._fields else next(iter(self._fields)))
        self._look()

    def eventFilter(self, line: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Tab takes the field before it looks for the next widget, which is the field's own editor."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.KeyPress and key == Qt.Key.Key_Tab:
            self._pick.take()
            self.settle()
        return super().eventFilter(line, event)

    def settle(self) -> None:
        super().settle()
        if self.line.text() != self._shown or not self._value:
            self.set_value(self._held)

    def _look(self) -> None:
        key = str(self._value)
        if self.line.text() == self._shown and key in self._fields and key != self._held:
            self._held = key
            self.chosen.emit()
