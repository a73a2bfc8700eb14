"""A table that is typed in as a sheet: any key begins, Enter and Tab go on, Ctrl+V takes in copied rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.ui import theme, widgets
from tracker.ui.completion import ENTER
from tracker.ui.parties_model import WIDTHS, PartiesModel

Index = QModelIndex | QPersistentModelIndex
End = QAbstractItemDelegate.EndEditHint


class CellDelegate(QStyledItemDelegate):
    """A line to type in, or the words to choose from; Enter goes on as Tab does."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 (Qt's)
        model = index.model()
        assert isinstance(model, PartiesModel)
        words = model.offered(model.fields[index.column()].key)
        if not words:
            editor = QLineEdit(parent)
            editor.setFrame(False)
            return editor
        box = QComboBox(parent)
        box.addItems(["", *words])
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's)
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: N802 (Qt's)
        assert isinstance(model, PartiesModel)
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's)
        key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER
        if key and isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, End.NoHint)
            view = self.parent()
            assert isinstance(view, PartiesTable)
            view.go_on()
            return True
        return super().eventFilter(editor, event)


class PartiesTable(QTableView):
    """A view of `PartiesModel`."""

    pasted = Signal(str)
    """Cells of a sheet, as text."""
    removal_wanted = Signal()

    def __init__(self, model: PartiesModel, name: str) -> None:
        super().__init__()
        widgets.tune_table(self)
        self.setModel(model)
        self.parties = model
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setTabKeyNavigation(True)
        self.verticalHeader().setVisible(True)
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        for column, field in enumerate(model.fields):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, WIDTHS.get(field.key, 160 if field.width >= 20 else 124))

    def go_to(self, row: int, key: str) -> None:
        """Put the cursor into a cell."""
        column = [field.key for field in self.parties.fields].index(key)
        widgets.to_cell(self, self.parties.index(row, column))
        self.setFocus()

    def go_on(self) -> None:
        """To the next cell; from the last one to the name of the next party."""
        at = self.currentIndex()
        if at.column() + 1 < self.parties.columnCount():
            widgets.to_cell(self, at.siblingAtColumn(at.column() + 1))
        elif at.row() + 1 < self.parties.rowCount():
            widgets.to_cell(self, self.parties.index(at.row() + 1, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._copied())
        elif event.key() in ENTER and not held and not editing:
            self.go_on()
        elif event.key() == Qt.Key.Key_Delete and held == Qt.KeyboardModifier.ControlModifier:
            self.removal_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and not editing:
            for index in self.selectedIndexes():
                self.parties.setData(index, "")
        else:
            super().keyPressEvent(event)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if "\t" in text or "\n" in text.strip():
            self.pasted.emit(text)
        elif self.currentIndex().isValid():
            self.parties.setData(self.currentIndex(), text)

    def _copied(self) -> str:
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        return "\n".join("\t".join(row) for row in rows.values())

    def selected_rows(self) -> list[int]:
        """The rows in which a cell is selected."""
        return sorted({index.row() for index in self.selectedIndexes()})
