"""Editors of cells: a line to type in, with a list of the words that the cell may hold or of names that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.operations.links import Offer
from tracker.schema.fields import Choices, Field, Names
from tracker.ui.choice_editors import SEPARATORS, meets
from tracker.ui.completion import ENTER, PickLine
from tracker.ui.editors import ASK_MS, Ask, alive
from tracker.ui.typed_model import Index, TypedModel

End = QAbstractItemDelegate.EndEditHint
Asking = Callable[[Field], Ask]


class CellLine(PickLine):
    """The words begin with what is typed, its pinyin or its place in the list; the best is taken by Enter and Tab. A
    name that is known is only taken where an arrow key or a click chose it."""

    def __init__(self, parent: QWidget, field: Field, words: tuple[str, ...], ask: Ask | None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self._field, self._words, self._ask = field, words, ask
        self._marks = (
            SEPARATORS if isinstance(field, Choices) else ";；、" if isinstance(field, Names) else ""
        )
        self._pause = QTimer(self, singleShot=True, interval=ASK_MS)
        self._pause.timeout.connect(self._look_up)
        self.textEdited.connect(self._typed)
        self.asked.connect(self._offer_all)
        self.picked.connect(self._picked)

    def offers(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self._words or self._ask)

    def settle(self) -> None:
        """Take what the list has highlighted, and words typed by halves."""
        self._pause.stop()
        self.take()
        before, part = self._parts()
        if self._words and part:
            found = meets(part, self._words)
            self._replace(before + (found[0] if found and part not in self._words else part))

    def rest(self) -> None:
        """Ask and offer no more."""
        self._pause.stop()
        self.close_list()

    def _replace(self, text: str) -> None:
        self.setText(text)
        self.setModified(True)

    def _parts(self) -> tuple[str, str]:
        """What stands before the word being typed, and that word."""
        text = self.text()
        cut = max((text.rfind(mark) for mark in self._marks), default=-1) + 1
        return text[:cut], text[cut:].strip()

    def _typed(self, _text: str) -> None:
        part = self._parts()[1]
        if not part:
            self.close_list()
        elif self._words:
            self._offer(meets(part, self._words))
        elif self._ask:
            self._pause.start()

    def _offer(self, words: Iterable[str], chosen: int = 0) -> None:
        self.dropdown.offer([(word, word) for word in words], chosen)

    def _offer_all(self) -> None:
        if self._words:
            part = self._parts()[1]
            self._offer(self._words, self._words.index(part) if part in self._words else 0)
        elif self._ask:
            self._look_up()

    def _look_up(self) -> None:
        part = self._parts()[1]
        if part and self._ask:
            self._ask(part, alive(self, self._found))

    def _found(self, found: list[str | Offer]) -> None:
        part = self._parts()[1]
        if not self.hasFocus() or self.composing or not part:
            return
        known = {offer.called: offer.detail for offer in found if not isinstance(offer, str)}
        texts = (text for text in found if isinstance(text, str))
        names = [name for text in texts for name in self._single(text) if part.casefold() in name.casefold()]
        entries = [name for name in dict.fromkeys((*known, *names)) if name != part and "\n" not in name]
        self.dropdown.offer([(name, name, known.get(name, "")) for name in entries])

    def _single(self, text: str) -> tuple[str, ...]:
        return Names.split(text) if isinstance(self._field, Names) else (text,)

    def _picked(self, word: str) -> None:
        self._replace(self._parts()[0] + word)


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
            editor.rest()
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
