"""Editors for what the office can set, made from `tracker.settings`; on the first page and on the settings page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.schema.fields import Count, Field, Money, YesNo
from tracker.schema.numbering import Pattern, unworded, worded
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets

LABEL_WIDTH, NUMBER_WIDTH = 168, 160


class SettingRow(QWidget):
    """One setting: label, editor, and below it help, a preview or what is wrong; its own focus is the editor's."""

    changed = Signal()

    def __init__(self, field: Field, editor: QWidget, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.editor = field, editor
        self.editor.setAccessibleName(_(field.label))
        self.note = widgets.Caption()
        self.label = QLabel(label)
        self.label.setWordWrap(True)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setBuddy(editor)
        self.setFocusProxy(editor)
        grid = row_grid(self)
        grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(editor, 0, 1)
        grid.addWidget(self.note, 1, 1, 1, 2)

    def show_value(self, stored: str | None) -> None:
        """Show what is stored, or the default."""
        raise NotImplementedError

    def value(self) -> str | None:
        """What to store, None where it is empty or the default; raises Invalid."""
        raise NotImplementedError

    def problem(self) -> str:
        """What is wrong with what was typed, "" if nothing."""
        return ""

    def tell(self, text: str, *, problem: bool = False) -> None:
        """Say something below the editor."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        theme.set_property(self.note, "role", "problem" if problem else "muted")
        widgets.set_problem(self.editor, problem)


class SwitchRow(SettingRow):
    """A setting that is on or off: a box to tick, called what it sets."""

    editor: QCheckBox

    def __init__(self, field: YesNo, parent: QWidget | None = None) -> None:
        super().__init__(field, QCheckBox(_(field.label)), "", parent)
        self.tell(_(field.help))
        self.show_value(None)
        self.editor.clicked.connect(self.changed)

    def show_value(self, stored: str | None) -> None:
        self.editor.setChecked(bool(self.field.set_by({} if stored is None else {self.field.key: stored})))

    def value(self) -> str | None:
        value = int(self.editor.isChecked())
        return None if value == self.field.default else self.field.edit_text(value)


class LineRow(SettingRow):
    """A setting that is typed."""

    editor: QLineEdit

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, QLineEdit(), _(field.label), parent)
        if isinstance(field, Count | Money) and field.unit:
            self._say_unit(_(field.unit))
        self._help = self._shown(_(field.help))
        self.show_value(None)
        self.editor.textEdited.connect(self.changed)
        self.editor.textChanged.connect(self._check)

    def show_value(self, stored: str | None) -> None:
        value = self.field.set_by({} if stored is None else {self.field.key: stored})
        self.editor.setText(self._shown(self.field.edit_text(value)))
        self.editor.setCursorPosition(0)
        self._check()

    def value(self) -> str | None:
        value = self.field.parse(self._stored(self.editor.text()))
        return None if value is None or value == self.field.default else self.field.edit_text(value)

    def problem(self) -> str:
        try:
            self.value()
        except Invalid as wrong:
            return str(wrong)
        return ""

    def _check(self) -> None:
        problem = self.problem()
        self.tell(problem or self._help, problem=bool(problem))

    def _shown(self, text: str) -> str:
        """What is typed over, of what is stored."""
        return text

    def _stored(self, text: str) -> str:
        """What is stored, of what is typed."""
        return text

    def _say_unit(self, unit: str) -> None:
        """A number is short, with its unit behind it."""
        self.editor.setMaximumWidth(NUMBER_WIDTH)
        self.editor.setAccessibleName(f"{_(self.field.label)} {unit}")
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.addWidget(widgets.Caption(unit), 0, 2)
        grid.setColumnStretch(1, 0)
        grid.setColumnStretch(2, 1)


class PatternRow(LineRow):
    """A number pattern with the first number of this year as a preview."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self._region = ""
        self.explained = False
        """Whether what stands in braces is explained below it, not only in the tooltip."""
        super().__init__(field, parent)

    def show_region(self, region: str) -> None:
        """Preview with this region."""
        self._region = region
        self._check()

    def problem(self) -> str:
        try:
            self._pattern()
        except UserError as wrong:
            return str(wrong)
        return super().problem()

    def preview(self) -> str:
        """The first number of this year; raises UserError for a pattern that cannot be one."""
        return self._pattern().number(date.today().year, 1)

    def _shown(self, text: str) -> str:
        return worded(text)

    def _stored(self, text: str) -> str:
        return unworded(text)

    def _pattern(self) -> Pattern:
        return Pattern.of(self.editor.text().strip() or str(self.field.default), self._region.strip())

    def _check(self) -> None:
        problem = self.problem()
        text = problem or _("The first number: {number}").format(number=self.preview())
        explained = self.explained and not problem
        self.tell(f"{text}\n{self._help}" if explained else text, problem=bool(problem))
        self.editor.setToolTip(self._help)


class SettingRows(QWidget):
    """Several settings below one another; patterns follow the region typed."""

    changed = Signal()

    def __init__(self, fields: tuple[Field, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, SettingRow] = {f.key: _row(f) for f in fields}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        for row in self.rows.values():
            column.addWidget(row)
            row.changed.connect(self.changed)
        patterns = [row for row in self.rows.values() if isinstance(row, PatternRow)]
        for row in patterns[-1:]:  # once for all
            row.explained = True
            row.show_region("")

    def line(self, key: str) -> LineRow:
        """The row of a setting that is typed; raises KeyError."""
        return {k: row for k, row in self.rows.items() if isinstance(row, LineRow)}[key]

    def lines(self) -> list[LineRow]:
        """The rows of the settings that are typed, in their order."""
        return [row for row in self.rows.values() if isinstance(row, LineRow)]

    def follow_region(self, region: str) -> None:
        """Preview the patterns with this region."""
        for row in self.rows.values():
            if isinstance(row, PatternRow):
                row.show_region(region)

    def show_values(self, stored: Mapping[str, str]) -> None:
        """Show what is stored."""
        for key, row in self.rows.items():
            row.show_value(stored.get(key))

    def values(self) -> dict[str, str | None]:
        """What to store; raises Invalid."""
        return {key: row.value() for key, row in self.rows.items()}

    def first_problem(self) -> SettingRow | None:
        """The first row with a problem."""
        return next((row for row in self.rows.values() if row.problem()), None)


def _row(field: Field) -> SettingRow:
    if isinstance(field, YesNo):
        return SwitchRow(field)
    return PatternRow(field) if field.key.startswith("pattern_") else LineRow(field)


def row_grid(widget: QWidget) -> QGridLayout:
    """The grid of a row: labels of one width, the rest for the editor."""
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.M)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid
