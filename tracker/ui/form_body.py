"""All fields of a record as editors: what is typed, what shows, what is wrong, and where Enter goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tracker.i18n import _, listed
from tracker.operations import standing
from tracker.schema.events import Event
from tracker.schema.fields import Choice, Choices, Count, Day, Field, Money, Names, Text, Value, YesNo
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.schema.run import Run
from tracker.schema.values import Invalid
from tracker.ui import theme
from tracker.ui.choice_editors import ChoiceEditor, ChoicesEditor, YesNoEditor
from tracker.ui.completion import Line, PickLine
from tracker.ui.day_editor import DayEditor
from tracker.ui.editors import (
    Ask,
    Box,
    BoxEditor,
    Editor,
    LineEditor,
    NumberEditor,
    Shown,
    SuggestEditor,
    Today,
)
from tracker.ui.form_cells import Cell, Section, label_width
from tracker.ui.form_path import EnterPath, cell_before, next_stop
from tracker.ui.keys import CaseForm, shown
from tracker.workdays import Calendar

TWO_COLUMNS = 860
"""From this width in pixels on, fields stand in two columns."""
MOST = 1360
"""A form does not grow wider than this."""


def editor_for(field: Field, ask: Ask, today: Today = date.today) -> Editor:
    """The editor of a field; `ask` looks up what was typed in it before."""
    if field.derived or field.system:
        return Shown(field)
    if isinstance(field, Choices):
        return ChoicesEditor(field)
    if isinstance(field, Choice):
        return ChoiceEditor(field)
    if isinstance(field, Day):
        return DayEditor(field, today)
    if isinstance(field, YesNo):
        return YesNoEditor(field)
    if isinstance(field, Money | Count):
        return NumberEditor(field, today)
    if isinstance(field, Text) and field.multiline:
        return BoxEditor(field)
    return SuggestEditor(field, ask, today) if field.suggest or field.names else LineEditor(field, today)


class FormBody(QWidget):
    """The fields of one ledger's record. Signals name the field; `ended` is Enter with nothing left to fill."""

    edited = Signal(str)
    left = Signal(str)
    entered = Signal(str)
    ended = Signal()
    explained = Signal(str)
    """The key of the clock of which the clerk asks how it was counted."""

    def __init__(
        self,
        ledger: Ledger,
        calendar: Callable[[], Calendar],
        ask: Mapping[str, Ask],
        today: Today = date.today,
    ) -> None:
        super().__init__()
        self.ledger, self._calendar = ledger, calendar  # asked each time: the office may set other days
        self._path = EnterPath(ledger)
        self._before: dict[str, object] = {}
        self._loading = False
        self.events: tuple[Event, ...] = ()
        """What happened in the case, by which limits move; see `follow_events`."""
        groups = [(name, list(fields)) for name, fields in ledger.groups]
        width = label_width([field for _name, fields in groups for field in fields])
        self.cells: dict[str, Cell] = {}
        for _name, fields in groups:
            for field in fields:
                editor = editor_for(field, ask.get(field.key, _nothing), today)
                self.cells[field.key] = Cell(field, editor, width)
        self.sections = [
            Section(name, [self.cells[f.key] for f in fields]) for name, fields in groups if fields
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.XL)
        column.setSpacing(theme.L)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch(1)
        self.setMaximumWidth(MOST)
        self._inputs = [self.cells[field.key] for field in ledger.inputs]
        self._connect()
        explain_clocks(ledger, self.cells)
        for clock in ledger.clocks:
            shown_day = self.cells[clock.field].editor if clock.field else None
            if isinstance(shown_day, Shown):
                shown_day.asked.connect(lambda key=clock.key: self.explained.emit(key))

    def hold_still(self) -> None:
        """Let every field be read and copied, and nothing be typed."""
        for cell in self._inputs:
            for line in cell.findChildren(QLineEdit):
                line.setReadOnly(True)
            for box in cell.findChildren(QPlainTextEdit):
                box.setReadOnly(True)
            for button in cell.editor.findChildren(QAbstractButton):
                button.setEnabled(False)
            if not isinstance(cell.editor, LineEditor | BoxEditor):
                cell.editor.setEnabled(False)

    def add_below(self, widget: QWidget) -> None:
        """Put something under the fields."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, widget)

    def _connect(self) -> None:
        before: QWidget | None = None
        for cell in self._inputs:
            key, editor = cell.field.key, cell.editor
            editor.edited.connect(lambda key=key: self._edited(key))
            editor.left.connect(lambda key=key: self.left.emit(key))
            editor.entered.connect(lambda key=key: self.entered.emit(key))
            editor.advanced.connect(lambda step, cell=cell: self._advance(cell, step))
            proxy = editor.focusProxy() or editor
            if before is not None:
                QWidget.setTabOrder(before, proxy)
            before = proxy

    def load(self, record: Mapping[str, Value], proposed: Iterable[str] = ()) -> None:
        """Show a record; Enter passes over the fields that the program proposed."""
        self._loading = True
        self._path.proposed, self._path.kept, self._path.copied = (
            frozenset(proposed),
            frozenset(),
            frozenset(),
        )
        self.events = ()  # those of the record before say nothing about this one
        for key, cell in self.cells.items():
            cell.editor.set_value(record.get(key))
            cell.tell(())
        self._loading = False
        self._follow()
        self.accept()

    def pass_over(self, record: Mapping[str, Value]) -> None:
        """Let Enter pass over what a record of the file holds; Tab stops there."""
        self._path.kept = frozenset(key for key, value in record.items() if value is not None)

    def go_over(self, keys: Iterable[str]) -> None:
        """Let Enter stop at these fields although something stands in them, but not at what would be proposed."""
        self._path.copied = frozenset(keys) - self._path.proposed

    def set_quietly(self, key: str, value: Value) -> None:
        """Show a value as the program's own, not as the clerk's change."""
        self._loading = True
        editor = self.cells[key].editor
        editor.set_value(value)
        self._before[key] = editor.state()
        self._loading = False

    def propose(self, key: str, value: Value) -> None:
        """Show a value that the program worked out, or that there is none; Enter passes over it."""
        self.set_quietly(key, value)
        self._path.proposed = self._path.proposed - {key} if value is None else self._path.proposed | {key}

    def accept(self) -> None:
        """Take what stands there as saved."""
        self._before = self.snapshot()

    def snapshot(self) -> dict[str, object]:
        """What stands in each field now."""
        return {cell.field.key: cell.editor.state() for cell in self._inputs}

    def keep(self, record: Mapping[str, Value], sent: Mapping[str, object]) -> None:
        """Take a record as saved; what was typed since `sent` (a snapshot) stays, as unsaved."""
        self._path.proposed = self._path.copied = frozenset()
        for cell in self._inputs:
            key = cell.field.key
            if cell.editor.state() != sent.get(key):
                self._before[key] = (True, record.get(key))
            elif cell.editor.state() == (True, record.get(key)):
                self._before[key] = cell.editor.state()
                cell.editor.forget()
            else:
                self.set_quietly(key, record.get(key))
        self._follow()

    def changed(self) -> set[str]:
        """Keys of the fields that differ from what was loaded or accepted."""
        now = self.snapshot()
        return {key for key in now if self._before.get(key) != now[key]}

    def unsaved(self) -> dict[str, Sequence[object]]:
        """What differs from what was loaded or accepted: each field's state, as a draft keeps it."""
        return {key: list(self.cells[key].editor.state()) for key in sorted(self.changed())}

    def restore(self, states: Mapping[str, Sequence[object]]) -> None:
        """Show what `unsaved` told, as typed and not saved; fields that there are no more are left out."""
        self._loading = True
        for key, state in states.items():
            if key in self.cells:
                self.cells[key].editor.restore(state)
        self._loading = False
        self._follow()

    def settle(self) -> None:
        """Take what is still being typed."""
        for cell in self._inputs:
            proxy = cell.editor.focusProxy()
            if proxy is not None and proxy.hasFocus():
                cell.editor.settle()

    def is_composing(self) -> bool:
        """Whether letters stand in a field that an input method has not made text of yet."""
        proxy = self.focusWidget()
        return isinstance(proxy, Line | Box) and proxy.composing

    def record(self) -> tuple[dict[str, Value], list[Problem]]:
        """What is typed, and for each field that cannot be read (None in the record) a problem."""
        values: dict[str, Value] = {}
        found: list[Problem] = []
        for cell in self._inputs:
            key = cell.field.key
            try:
                values[key] = cell.editor.value()
            except Invalid as wrong:
                values[key] = None
                found.append(Problem(key, str(wrong), cell.editor.text()))
        return values, found

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem beside its field and clear the others."""
        mine: dict[str, list[Problem]] = {}
        for problem in problems:
            mine.setdefault(problem.field, []).append(problem)
        for key, cell in self.cells.items():
            cell.tell(mine.get(key, ()))

    def focus_start(self, select: bool = True) -> None:
        """Go to the first field that is still to be filled in."""
        self.focus(next(iter(self._stops()), self._inputs[0]).field.key, select)

    def focus(self, key: str, select: bool = True) -> None:
        """Go to a field, with `select` so that typing replaces what stands there."""
        reason = Qt.FocusReason.TabFocusReason if select else Qt.FocusReason.OtherFocusReason
        self.cells[key].editor.setFocus(reason)

    def _edited(self, key: str) -> None:
        if not self._loading:
            self._follow()
            self.edited.emit(key)

    def _follow(self) -> None:
        """Compute what derives from the fields, and show those that now matter."""
        record, broken = self.record()
        wrong = {problem.field for problem in broken}
        self._show_derived(record)
        record |= self._keep_in_step(record)
        self._count_heads(record)
        for cell in self._inputs:
            field = cell.field
            if field.only_when:
                matters = (
                    field.only_when.matches(record) or record[field.key] is not None or field.key in wrong
                )
                cell.setVisible(matters)
        self._place()

    def _show_derived(self, record: Mapping[str, Value]) -> None:
        """Show the days due, and beside each what is doubtful about it."""
        for clock in self.ledger.clocks:
            editor = self.cells[clock.field].editor if clock.field else None
            if isinstance(editor, Shown):
                run = clock.run(record, self._calendar(), self.events)
                editor.set_value(run.rolled.isoformat() if run and run.rolled else None)
                if run and run.stopped:
                    editor.stand(standing.word(clock, self.events))
                editor.say(doubt(run, self._calendar()) if run else "")

    def derived(self) -> dict[str, Value]:
        """The days computed, as they are shown."""
        editors = ((key, self.cells[key].editor) for key in self.cells)
        return {key: editor.value() for key, editor in editors if isinstance(editor, Shown)}

    def follow_calendar(self) -> None:
        """Compute the limits by the calendar as it is now."""
        self._follow()

    def follow_events(self, events: tuple[Event, ...]) -> None:
        """Compute the limits with these events of the case."""
        self.events = events
        self._follow()

    def _keep_in_step(self, record: Mapping[str, Value]) -> dict[str, Value]:
        """Show what the events say in the fields that follow them, let nobody type there, and tell it."""
        told = self.ledger.in_step(record, self._calendar(), self.events)
        for key in self.ledger.following:
            self.cells[key].close_to(_("It follows the events of the case.") if key in told else "")
            if key in told and record[key] != told[key]:
                self.set_quietly(key, told[key])
        return told

    def _count_heads(self, record: Mapping[str, Value]) -> None:
        """Count the people named on a new form, until the clerk says another number."""
        for cell in self._inputs:
            field, key = cell.field, cell.field.key
            if not isinstance(field, Count) or not field.heads_of or key not in self._path.proposed:
                continue
            if cell.editor.state() == self._before.get(key):
                heads = max(field.minimum, Names.heads(record[field.heads_of]))
                if record[key] != heads:
                    self.set_quietly(key, heads)

    def _advance(self, cell: Cell, step: int) -> None:
        cell.editor.settle()
        target = next_stop(self._inputs, self._stops(), cell) if step > 0 else cell_before(self._inputs, cell)
        if target:
            self.focus(target.field.key)
        elif step > 0:
            self.ended.emit()

    def _stops(self) -> list[Cell]:
        """The fields at which Enter stops now."""
        record, broken = self.record()
        read = {key for key, value in record.items() if value is not None}
        return self._path.stops(self._inputs, read, {p.field for p in broken}, self.changed())

    def _place(self) -> None:
        columns = 2 if self.width() >= TWO_COLUMNS else 1
        for section in self.sections:
            section.place(columns)

    def follow_lists(self) -> None:
        """Keep an open list under its line where that has moved."""
        line = self.focusWidget()
        if isinstance(line, PickLine):
            line.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._place()
        QTimer.singleShot(0, self, self.follow_lists)  # when the sections have moved, too


def explain_clocks(ledger: Ledger, cells: Mapping[str, Cell]) -> None:
    """Tell by what article a time limit runs, where its end is shown."""
    for clock in ledger.clocks:
        editor = cells[clock.field].editor if clock.field else None
        if isinstance(editor, Shown):
            why = _("Click, or press {keys}, to see how the day was counted.").format(
                keys=shown(CaseForm.explain.keys)
            )
            editor.label.setToolTip(f"{clock.basis}\n{why}")
            editor.offer()


def doubt(run: Run, calendar: Calendar) -> str:
    """What is doubtful about a day due, in a few words; empty where nothing is."""
    if run.stopped:
        return _("the clock stands since {day}").format(day=run.stopped)
    years = run.unpublished(calendar)
    if years:
        return _("holidays of {years} not announced").format(years=listed(map(str, years)))
    return _("extension granted late") if run.late else ""


def _nothing(text: str, done: object) -> None:
    """Suggests nothing."""
