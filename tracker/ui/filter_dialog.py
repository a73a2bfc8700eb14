"""Asking for one filter: field, operator and value, each by the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import _
from tracker.schema.current import LABELS, period_of
from tracker.schema.fields import Choice, Day, Field, Text
from tracker.schema.ledger import Ledger
from tracker.schema.operators import CURRENT, Filter, Operator, Values, filterable, offered, problem
from tracker.schema.own import RELATIVE
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.choice_editors import meets
from tracker.ui.completion import enter_step
from tracker.ui.day_editor import DayEditor
from tracker.ui.editors import LineEditor

CODE_ROWS = 14


class ValueInput(QWidget):
    """What an operator asks for; `values` raises Invalid for what the field cannot hold."""

    def values(self) -> Values:
        """What was given."""
        return ()

    def fill(self, values: Values) -> None:
        """Show what a filter holds already."""

    def begin(self) -> None:
        """Take the keyboard."""


class OneInput(ValueInput):
    """A text to look for."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.line = LineEditor(Text(key=field.key, label=field.label))
        _row(self, self.line)
        self.setFocusProxy(self.line)

    def values(self) -> Values:
        return (self.line.value(),)

    def fill(self, values: Values) -> None:
        self.line.set_value(values[0] if values else None)

    def begin(self) -> None:
        self.line.setFocus()


class RangeInput(ValueInput):
    """Two ends, either of which may stay open; days with quick choices, of which `hurried` tells the key."""

    hurried = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        plain = replace(field, only_when=None)
        self.low, self.high = (_editor(plain) for _end in range(2))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for widget in (self.low, QLabel(_("to")), self.high):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        if isinstance(field, Day):
            column.addLayout(self._quick())

    def _quick(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        for key, label in LABELS.items():
            quick = widgets.button(_(label), quiet=True)
            quick.clicked.connect(lambda _on=False, key=key: self._hurry(key))
            row.addWidget(quick)
        row.addStretch(1)
        return row

    def _hurry(self, key: str) -> None:
        period = period_of(key, date.today())
        self.fill((period.begin.isoformat(), period.end.isoformat()))
        self.hurried.emit(key)

    def values(self) -> Values:
        return self.low.value(), self.high.value()

    def fill(self, values: Values) -> None:
        low, high = values if len(values) == 2 else (None, None)
        self.low.set_value(low)
        self.high.set_value(high)

    def begin(self) -> None:
        self.low.setFocus()


class CodesInput(ValueInput):
    """A list of codes to tick with the space bar."""

    def __init__(self, field: Choice) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setSpacing(1)
        self.list.setAccessibleName(field.title())
        for code in field.codes:
            item = QListWidgetItem(_(code.label), self.list)
            item.setData(Qt.ItemDataRole.UserRole, code.key)
            item.setCheckState(Qt.CheckState.Unchecked)
        rows = min(CODE_ROWS, len(field.codes))
        self.list.setFixedHeight(rows * (max(self.list.sizeHintForRow(0), 20) + 2) + 6)
        _row(self, self.list)

    def values(self) -> Values:
        items = (self.list.item(n) for n in range(self.list.count()))
        role = Qt.ItemDataRole.UserRole
        return tuple(i.data(role) for i in items if i.checkState() == Qt.CheckState.Checked)

    def fill(self, values: Values) -> None:
        for n in range(self.list.count()):
            item = self.list.item(n)
            held = item.data(Qt.ItemDataRole.UserRole) in values
            item.setCheckState(Qt.CheckState.Checked if held else Qt.CheckState.Unchecked)

    def begin(self) -> None:
        self.list.setFocus()
        rows = range(self.list.count())
        held = (n for n in rows if self.list.item(n).checkState() == Qt.CheckState.Checked)
        self.list.setCurrentRow(next(held, 0))


class FilterDialog(QDialog):
    """One filter, new or to be changed; `chosen` with it."""

    chosen = Signal(object)

    def __init__(
        self,
        ledger: Ledger,
        start: Filter | None = None,
        field: str | None = None,
        parent: QWidget | None = None,
        *,
        relative: bool = False,
    ) -> None:
        """With `relative` days may also be asked for by a period, as figures do."""
        super().__init__(parent)
        self.ledger, self._relative = ledger, relative
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Change filter") if start else _("Add filter"))
        self.setMinimumWidth(460)
        self.fields, self.operators, self.inputs = QComboBox(), QComboBox(), QStackedWidget()
        self.problem = QLabel()
        self._fill_fields()
        self._arrange(start is not None)
        self.fields.currentIndexChanged.connect(self._show_operators)
        self.operators.currentIndexChanged.connect(self._show_input)
        self.start(start or Filter(field or ledger.columns[0], ""))
        if start or field:
            self.input.begin()
        elif line := self.fields.lineEdit():
            line.setFocus()
            line.selectAll()  # so that typing looks for another field

    def _fill_fields(self) -> None:
        for field in filterable(self.ledger):
            self.fields.addItem(field.title(), field.key)
        self.fields.setEditable(True)
        self.fields.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.fields.setMaxVisibleItems(16)
        completer = QCompleter(self.fields.model(), self.fields)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.fields.setCompleter(completer)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        if line := self.fields.lineEdit():
            self.fields.installEventFilter(self)  # which has the focus, as the line's proxy
            line.editingFinished.connect(self._take_field)
            line.returnPressed.connect(self._go_on)  # while the list of matches is open
        self.fields.setAccessibleName(_("Field"))
        self.operators.setAccessibleName(_("Operator"))

    def _arrange(self, changing: bool) -> None:
        self.problem.setProperty("role", "problem")
        self.problem.hide()
        form = QFormLayout()
        form.setSpacing(theme.M)
        form.addRow(_("Field"), self.fields)
        form.addRow(_("Operator"), self.operators)
        form.addRow(_("Look for"), self.inputs)
        self._value_label = form.labelForField(self.inputs)
        self.add = add = widgets.button(_("Apply") if changing else _("Add"), primary=True)
        add.setDefault(True)
        add.clicked.connect(self.accept)
        cancel = widgets.button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(row)

    def start(self, shown: Filter) -> None:
        """Show a filter; where its operator is not known the field's first one."""
        self.fields.setCurrentIndex(max(0, self.fields.findData(shown.field)))
        self._show_operators()
        self.operators.setCurrentIndex(max(0, self.operators.findData(shown.operator)))
        self._show_input()
        if shown.values:
            self.input.fill(shown.values)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Enter takes the field that was typed and goes on to its value, instead of pressing the button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and enter_step(event):
            self._go_on()
            return True
        return super().eventFilter(watched, event)

    def _take_field(self) -> None:
        """Take the field whose name or initials were typed, whole or in part; else show the one in hand."""
        names = [self.fields.itemText(n) for n in range(self.fields.count())]
        found = meets(self.fields.currentText(), names) if self.fields.currentText().strip() else []
        at = names.index(found[0]) if found else self.fields.currentIndex()
        self.fields.setCurrentIndex(at)
        self.fields.setEditText(self.fields.itemText(at))

    def _go_on(self) -> None:
        self._take_field()
        self.input.begin() if self.operator.inputs != "none" else self.operators.setFocus()

    @property
    def field(self) -> Field:
        """The field chosen."""
        return self.ledger.field(str(self.fields.currentData() or self.ledger.columns[0]))

    @property
    def operator(self) -> Operator:
        """The operator chosen."""
        at = max(0, self.operators.currentIndex())
        return self._offered()[at]

    def _offered(self) -> tuple[Operator, ...]:
        if not self._relative:
            return offered(self.field)
        days = RELATIVE.values() if isinstance(self.field, Day) else ()
        return (*days, *(each for each in offered(self.field) if each.key not in CURRENT))

    @property
    def input(self) -> ValueInput:
        """Where its value is given."""
        widget = self.inputs.currentWidget()
        assert isinstance(widget, ValueInput)
        return widget

    def _show_operators(self) -> None:
        self.operators.blockSignals(True)
        self.operators.clear()
        for operator in self._offered():
            self.operators.addItem(_(operator.label), operator.key)
        self.operators.blockSignals(False)
        self._show_input()

    def _show_input(self) -> None:
        old = self.inputs.currentWidget()
        if old:
            self.inputs.removeWidget(old)
            old.deleteLater()
        shown = input_for(self.field, self.operator)
        if isinstance(shown, RangeInput):
            shown.hurried.connect(self._take_period)
        self.inputs.addWidget(shown)
        before: QWidget = self.operators
        for part in shown.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.setTabOrder(before, part)
                before = part
        self.inputs.setFixedHeight(max(shown.sizeHint().height(), 1))
        asks = self.operator.inputs != "none"
        self.inputs.setVisible(asks)
        if self._value_label:
            self._value_label.setVisible(asks)
        self.problem.hide()
        self.adjustSize()

    def _take_period(self, key: str) -> None:
        """Ask for the period by its name, so that it moves on with today; a figure keeps its days."""
        self.operators.setCurrentIndex(max(self.operators.findData(key), self.operators.currentIndex()))
        self.add.setFocus()

    def accept(self) -> None:
        """Hand the filter over, or say what it lacks."""
        self._take_field()
        try:
            values = self.input.values()
            lacks = problem(self.operator, values)
        except Invalid as wrong:
            lacks = str(wrong)
        if lacks:
            self.problem.setText(lacks)
            self.problem.show()
            self.input.begin()
            return
        self.chosen.emit(Filter(self.field.key, self.operator.key, values))
        super().accept()


def input_for(field: Field, operator: Operator) -> ValueInput:
    """The widget for what an operator asks of a field."""
    if operator.inputs == "codes" and isinstance(field, Choice):
        return CodesInput(field)
    if operator.inputs == "range":
        return RangeInput(field)
    return OneInput(field) if operator.inputs == "one" else ValueInput()


def _editor(field: Field) -> LineEditor:
    if isinstance(field, Day):
        return DayEditor(replace(field, moment=False))
    return LineEditor(field)


def _row(home: QWidget, widget: QWidget) -> None:
    row = QHBoxLayout(home)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
