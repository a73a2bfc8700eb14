"""Many new records typed like a table: what they share once at the top, the rest cell by cell, saved all or none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import batch, editing
from tracker.operations.batch import BatchProblems, Entered
from tracker.operations.cells import Wrong
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.batch_model import BatchModel
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask
from tracker.ui.field_offers import asking
from tracker.ui.form_body import editor_for
from tracker.ui.form_cells import Cell, Section, label_width
from tracker.ui.keys import Rows
from tracker.ui.typed_window import TypedWindow

MOST_ABOVE = 240
"""Pixels that the shared fields take before they scroll."""


class BatchWindow(TypedWindow):
    """`entered` says how many records were saved."""

    entered = Signal(int)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        self.batch = BatchModel(ledger, batch.columns(ledger))
        super().__init__(desk, self.batch, ledger.title(), self._ask, parent)
        self.ledger = ledger
        self.setWindowTitle(_("{ledger} · entry as a table").format(ledger=ledger.title()))
        self.save_button.setText(Rows.save.tip(_("Save all")))
        shared = batch.shared(ledger)
        width = label_width(shared) if shared else 0
        self.cells = {f.key: Cell(f, editor_for(f, self._ask(f)), width) for f in shared}
        self.section = Section(_("The same in all rows"), [*self.cells.values()])
        self._arrange()
        for cell in self.cells.values():
            cell.editor.left.connect(self._show_columns)
            cell.editor.left.connect(cell.say_unread)
            cell.editor.advanced.connect(lambda by, cell=cell: self._advance(cell, by))
        self._begin()

    def _arrange(self) -> None:
        self.take_room((1180, 680))
        self.top = QScrollArea()
        self.top.setWidgetResizable(True)
        self.top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.top.setWidget(self.section)
        self.top.setVisible(bool(self.cells))
        self.section.place(2)
        self.top.setFixedHeight(min(MOST_ABOVE, self.section.sizeHint().height() + theme.S))
        hint = widgets.Caption(
            _(
                "What is filled in above holds for all rows. {enter} goes to the next cell, {empty} empties cells, "
                "{remove} removes a row, {paste} fills in cells copied from a spreadsheet; {undo} takes back, {redo} "
                "does again."
            ).format(**Rows.names())
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        for part in (self.top, hint, self.banner):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(self.foot())

    def _begin(self) -> None:
        blank = editing.blank(self.ledger, date.today())
        for key, cell in self.cells.items():
            cell.editor.set_value(blank.get(key))
        self._show_columns()
        self.say()
        first = next(iter(self.cells.values()), None)
        if first:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.grid.start()

    def _ask(self, field: Field) -> Ask:
        return asking(self.desk, self.ledger, field, ("batch", field.key))

    def _advance(self, cell: Cell, by: int) -> None:
        """Enter goes from one shared field to the next, and from the last one into the table."""
        cell.editor.settle()
        cells = [*self.cells.values()]
        place = cells.index(cell) + by
        if place >= len(cells):
            self._show_columns()
            self.grid.start()
        elif place >= 0:
            cells[place].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_columns(self) -> None:
        """A shared field that is filled in needs no column."""
        keys = {
            key
            for key, cell in self.cells.items()
            if cell.editor.text() or cell.editor.state()[1] is not None
        }
        fields = tuple(f for f in batch.columns(self.ledger) if f.key not in keys)
        if fields != self.batch.fields:
            self.batch.set_fields(fields)

    def title_of(self, key: str) -> str:
        return self.ledger.field(key).title()

    def touched(self) -> bool:
        return bool(self.batch.filled())

    def held(self) -> tuple[QWidget, ...]:
        return (self.top, *super().held())

    def shared(self) -> dict[str, Value]:
        """What all rows share; raises Invalid where it cannot be read."""
        return {key: cell.editor.value() for key, cell in self.cells.items()}

    def save_rows(self) -> None:
        numbers = self.batch.filled()
        self.batch.tell(())
        try:
            shared = self.shared()
        except Invalid as wrong:
            self.banner.tell("danger", str(wrong))
            return
        if not numbers or self.batch.problems(walls=True):
            self.refuse("" if numbers else _("Fill in at least one row."))
            return
        rows, ledger = [batch.merged(shared, self.batch.values(n)) for n in numbers], self.ledger
        self.work(
            lambda office: batch.save(office, ledger, rows),
            self._done,
            lambda error: self._failed(error, numbers),
        )

    def _failed(self, error: UserError, numbers: list[int]) -> None:
        found = error.wrong if isinstance(error, BatchProblems) else ()
        self.refuse(
            str(error), [Wrong(numbers[one.row], one.field, one.message, one.warning) for one in found]
        )

    def _done(self, entered: Entered) -> None:
        self.entered.emit(len(entered.uids))
        self.accept()
