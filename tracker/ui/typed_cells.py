"""Editors of cells: a line to type in, with a list of the words that the cell may hold or of names that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.schema.fields import Choices, Field
from tracker.ui.choice_editors import SEPARATORS, meets
from tracker.ui.completion import ENTER
from tracker.ui.name_line import Ask, NameLine
from tracker.ui.typed_model import Index, TypedModel

End = QAbstractItemDelegate.EndEditHint
Asking = Callable[[Field], Ask]


class CellLine(NameLine):
    """Words begin with what is typed, its pinyin or its place in the list; the best is taken by Enter and Tab."""

    def __init__(self, parent: QWidget, field: Field, words: tuple[str, ...], ask: Ask | None) -> None:
        super().__init__(field, ask, parent)
        self.setFrame(False)
        self._words = words
        if isinstance(field, Choices):
            self._marks = SEPARATORS

    def offers(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self._words or self._ask)

    def settle(self) -> None:
        """Take what the list has highlighted, and words typed by halves."""
        self.take()
        part = self.parts()[1]
        found = meets(part, self._words) if part and part not in self._words else []
        if found:
            self._picked(found[0])

    def look_up(self) -> None:
        """Offer all words, or ask what the name may mean."""
        part = self.parts()[1]
        if self._words:
            self._offer(self._words, self._words.index(part) if part in self._words else 0)
        else:
            super().look_up()

    def _typed(self, text: str) -> None:
        if self._words:
            part = self.parts()[1]
            self._offer(meets(part, self._words) if part else ())
        else:
            super()._typed(text)

    def _offer(self, words: Iterable[str], chosen: int = 0) -> None:
        self.dropdown.offer([(word, word) for word in words], chosen)


class CellDelegate(QStyledItemDelegate):
    """Enter takes a cell and goes on, Shift+Enter back; Esc closes the list first and only then leaves the cell."""

    def __init__(self, grid: QTableView, step: Callable[[int], None], asking: Asking | None) -> None:
        super().__init__(grid)
        self._step, self._asking = step, asking

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 (Qt's name)
        model = cast(TypedModel, index.model())
        field = model.fields[index.column()]
        named = self._asking is not None and (field.names or field.suggest)
        ask = self._asking(field) if named and self._asking else None
        return CellLine(parent, field, model.offered(field), ask)

    def updateEditorGeometry(  # noqa: N802 (Qt's name)
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """The line takes the whole cell, else the style would set it into the cell's padding."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """What is being typed stays, though the rows around it change: pasted ones may arrive only now."""
        assert isinstance(editor, CellLine)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 (Qt's name)
        assert isinstance(editor, CellLine)
        model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """The list lives in the window and would stay for a moment, or come when nobody waits for it."""
        if isinstance(editor, CellLine):
            editor.close_list()
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if not isinstance(editor, CellLine):
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._goes_to_the_list(editor, event):
                return False
            if event.key() in ENTER:
                self.close(editor)
                self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                editor.settle()
        elif event.type() == QEvent.Type.FocusOut:
            editor.settle()
        return super().eventFilter(editor, event)

    @staticmethod
    def _goes_to_the_list(editor: CellLine, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return editor.is_open()
        return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and editor.offers()

    def close(self, editor: CellLine) -> None:
        """Take what is typed in a cell, and close its editor."""
        editor.settle()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, End.NoHint)
