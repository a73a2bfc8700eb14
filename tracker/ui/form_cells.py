"""The parts of a form: a labelled editor with its note, and a section of them in one or two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.schema.fields import Field, Text
from tracker.schema.rules import Problem
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.choice_editors import YesNoEditor
from tracker.ui.completion import HEIGHT
from tracker.ui.day_editor import DayEditor
from tracker.ui.editors import Editor, LineEditor, NumberEditor
from tracker.ui.link_mark import LinkMark

LABEL_MOST = 150
"""Widest label in pixels; longer ones wrap."""


class Cell(QWidget):
    """A field on the form: label and required mark, editor with unit and help, and what is wrong with it."""

    def __init__(self, field: Field, editor: Editor, label_width: int) -> None:
        super().__init__()
        self.field, self.editor = field, editor
        self.mark = LinkMark(editor.line) if field.names and isinstance(editor, LineEditor) else None
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.hide()
        self._body = body = QVBoxLayout()
        body.setSpacing(2)
        body.addLayout(self._line())
        body.addWidget(self.note)
        body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        self.label = self._label(label_width)
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(body, 1)

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width."""
        return isinstance(self.field, Text) and self.field.multiline

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong, walls before warnings, or that nothing is."""
        walls = [p.message for p in problems if not p.warning]
        texts = walls[:1] or [p.message for p in problems]
        self.note.setText("\n".join(texts))
        theme.set_property(self.note, "role", "problem" if walls else "warning")
        self.note.setVisible(bool(texts))
        self.editor.mark(bool(walls))
        if proxy := self.editor.focusProxy():
            proxy.setAccessibleDescription("\n".join(texts) or _(self.field.help))

    def say_unread(self) -> None:
        """Say what is wrong with what was typed, where it cannot be read."""
        try:
            self.editor.value()
        except Invalid as wrong:
            self.tell((Problem(self.field.key, str(wrong), self.editor.text()),))
        else:
            self.tell(())

    def add_note(self, note: QWidget) -> None:
        """Put something to know under the field."""
        self._body.insertWidget(self._body.count() - 1, note)

    def close_to(self, why: str) -> None:
        """Keep the clerk from typing here, for the reason told; with none let them again."""
        self.editor.setEnabled(not why)
        self.label.setToolTip(why or _(self.field.help))
        self.editor.setToolTip(why)

    def is_closed(self) -> bool:
        """Whether nothing can be typed here."""
        return not self.editor.isEnabled()

    def has_problem(self) -> bool:
        """Whether a note is shown."""
        return not self.note.isHidden()

    def _label(self, width: int) -> QLabel:
        label = QLabel(self.field.title() + (" *" if self.field.required else ""))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setWordWrap(True)
        label.setFixedWidth(width)
        label.setMinimumHeight(HEIGHT)
        label.setBuddy(self.editor)
        label.setToolTip(_(self.field.help))
        return label

    def _line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        short = isinstance(self.editor, NumberEditor | YesNoEditor | DayEditor)
        row.addWidget(self.editor, int(not short))
        if self.field.unit:
            row.addWidget(widgets.Caption(_(self.field.unit)))
        if self.field.help:
            self._help(row)
        if short:
            row.addStretch(1)
        return row

    def _help(self, row: QHBoxLayout) -> None:
        """Help stands in an empty line, else beside a short editor; always in the tooltip."""
        text, proxy = _(self.field.help), self.editor.focusProxy()
        if proxy is not None and not proxy.toolTip():
            proxy.setToolTip(text)
        if isinstance(proxy, QLineEdit) and proxy.maximumWidth() > 1000:
            proxy.setPlaceholderText(text)
        else:
            label = widgets.ElidedLabel(text)
            theme.set_property(label, "role", "muted")
            row.addWidget(label, 100)


class Section(QWidget):
    """A group of fields under its name, placed in rows of one or two; hidden ones leave no hole."""

    def __init__(self, title: str, cells: Sequence[Cell]) -> None:
        super().__init__()
        self.cells = tuple(cells)
        self._placed: tuple[int, tuple[Cell, ...]] = (0, ())
        self._beside = QWidget(self)
        """Stands where a lonely cell has no other beside it, so that it is as wide as those above."""
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.XL)
        self._grid.setVerticalSpacing(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(widgets.heading_row(_(title)))
        column.addLayout(self._grid)
        for cell in cells:
            cell.setParent(self)
        if len(cells) == 1 and cells[0].field.title() == _(title):
            cells[0].label.setText("")

    def place(self, columns: int) -> None:
        """Lay out the cells that are not hidden in so many columns."""
        shown = tuple(cell for cell in self.cells if not cell.isHidden())
        self.setVisible(bool(shown))
        if self._placed == (columns, shown):
            return
        self._placed = (columns, shown)
        for widget in (*self.cells, self._beside):
            self._grid.removeWidget(widget)  # takeAt() leaves the old item to hear what the new one must
        row = column = 0
        for cell in shown:
            if cell.wide or column >= columns:
                row, column = row + (column > 0), 0
            self._grid.addWidget(cell, row, column, 1, columns if cell.wide else 1)
            column += columns if cell.wide else 1
        for place in range(2):
            self._grid.setColumnStretch(place, int(place < columns))
        if columns > 1 and all(not cell.wide for cell in shown) and len(shown) == 1:
            self._grid.addWidget(self._beside, 0, 1)
        for place in range(2):
            self._grid.setColumnMinimumWidth(place, 0)


def label_width(fields: Sequence[Field]) -> int:
    """The width that all labels of a form share."""
    metrics = QFontMetrics(theme.font("body"))
    return min(LABEL_MOST, max(metrics.horizontalAdvance(f"{field.title()} *") for field in fields) + 2)
