"""Many new records typed like a table: what they share once at the top, the rest cell by cell, saved all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.exchange import pasted
from tracker.exchange.pasted import MOST
from tracker.i18n import _, ngettext
from tracker.operations import batch, editing
from tracker.operations.batch import BatchProblems, Entered
from tracker.operations.office import Office
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.batch_grid import SPARE, BatchGrid, BatchModel, merged
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask, alive
from tracker.ui.field_offers import asking
from tracker.ui.form_body import editor_for
from tracker.ui.form_cells import Cell, Section, label_width
from tracker.ui.form_keys import ask_unsaved
from tracker.ui.keys import Batch
from tracker.ui.tasks import Job, Progress, wait_for

Block = list[list[tuple[str, str]]]
"""Cells as they are shown, each with what is wrong with it."""
MOST_ABOVE = 240
"""Pixels that the shared fields take before they scroll."""


class BatchWindow(BusyDialog):
    """`entered` says how many records were saved."""

    entered = Signal(int)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pasting: Job | None = None
        self.desk, self.ledger = desk, ledger
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("{ledger} · entry as a table").format(ledger=ledger.title()))
        shared = batch.shared(ledger)
        width = label_width(shared) if shared else 0
        self.cells = {f.key: Cell(f, editor_for(f, self._ask(f)), width) for f in shared}
        self.section = Section(_("The same in all rows"), [*self.cells.values()])
        self.batch = BatchModel(ledger, batch.columns(ledger), self)
        self.grid = BatchGrid(self.batch)
        self.banner, self.step = widgets.Banner(), widgets.Caption()
        self.save_button = widgets.button(_("Save all (Ctrl+S)"), "save", primary=True)
        self.close_button = widgets.button(_("Close"))
        self._arrange()
        self._connect()
        self._begin()

    def _arrange(self) -> None:
        self.resize(1180, 680)
        top = QScrollArea()
        top.setWidgetResizable(True)
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top.setWidget(self.section)
        top.setVisible(bool(self.cells))
        self.section.place(2)
        top.setFixedHeight(min(MOST_ABOVE, self.section.sizeHint().height() + theme.S))
        hint = widgets.Caption(
            _(
                "What is filled in above holds for all rows. Enter goes to the next cell; "
                "Ctrl+V fills in cells copied from a spreadsheet."
            )
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.step, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(top)
        column.addWidget(hint)
        column.addWidget(self.banner)
        column.addWidget(self.grid, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for cell in self.cells.values():
            cell.editor.left.connect(self._show_columns)
            cell.editor.advanced.connect(lambda by, cell=cell: self._advance(cell, by))
        self.batch.edited.connect(self._say_count)
        self.grid.pasted.connect(self.paste)
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._say_fault())
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.reject)
        Batch.save.on(self, self.save)

    def _begin(self) -> None:
        blank = editing.blank(self.ledger, date.today())
        for key, cell in self.cells.items():
            cell.editor.set_value(blank.get(key))
        self._show_columns()
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

    def shared(self) -> dict[str, Value]:
        """What all rows share; raises Invalid where it cannot be read."""
        return {key: cell.editor.value() for key, cell in self.cells.items()}

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
            self.grid.fit()

    def _say_count(self) -> None:
        count = len(self.batch.filled())
        self.step.setText(ngettext("{n} row filled in", "{n} rows filled in", count).format(n=f"{count:,}"))
        self._say_fault()

    def _say_fault(self) -> None:
        """What is wrong with the cell in hand, in full."""
        fault = self.batch.problem(self.grid.currentIndex())
        if fault:
            self.banner.tell("warning" if fault.warning else "danger", self._placed(fault))
        else:
            self.banner.hide()

    def paste(self, text: str) -> None:
        """Fill cells from copied ones, from the cell in hand on, and say what did not fit."""
        at = self.grid.currentIndex()
        if not at.isValid() or self._job:
            return
        row, fields = at.row(), self.batch.fields[at.column() :]

        def op(_office: Office, _progress: Progress) -> tuple[Block, int, int]:
            found = pasted.read(text, MOST - row - SPARE)
            wide = max(map(len, found.rows), default=0)
            return batch.spelled(fields, found.rows), found.left_out, max(0, wide - len(fields))

        self._pasting = self.desk.run(op, alive(self, lambda found: self._take(row, fields, *found)))

    def _take(self, row: int, fields: Sequence[Field], block: Block, rows: int, columns: int) -> None:
        if block:
            self.batch.put(row, fields, block)
        told = []
        if rows:
            text = ngettext("{n} row did not fit", "{n} rows did not fit", rows)
            text = text.format(n=f"{rows:,}")
            told.append(
                _("{what}: a table takes {most}. Import a longer sheet.").format(what=text, most=f"{MOST:,}")
            )
        if columns:
            text = ngettext(
                "{n} column did not fit to the right of the cell in hand.",
                "{n} columns did not fit to the right of the cell in hand.",
                columns,
            )
            told.append(text.format(n=columns))
        if told:
            self.banner.tell("warning", " ".join(told))

    def _placed(self, fault: batch.Wrong) -> str:
        """What is wrong, with its place in the table."""
        text = _("Row {row}, “{field}”: {problem}")
        title = self.ledger.field(fault.field).title()
        return text.format(row=fault.row + 1, field=title, problem=fault.message)

    def save(self) -> None:
        """Save all rows, those still being read with them, or mark what is wrong and go there."""
        if self._job:
            return
        wait_for(self._pasting)
        self.grid.setFocus()  # so that what is being typed is taken
        numbers = self.batch.filled()
        try:
            shared = self.shared()
        except Invalid as wrong:
            self.banner.tell("danger", str(wrong))
            return
        parsed = [self.batch.values(n) for n in numbers]
        faults = [fault for _values, found in parsed for fault in found]
        if not numbers or faults:
            self._refuse("" if numbers else _("Fill in at least one row."), faults)
            return
        rows, ledger = [merged(shared, values) for values, _found in parsed], self.ledger
        job = self.desk.run(
            lambda office, _progress: batch.save(office, ledger, rows),
            self._done,
            lambda error: self._failed(error, numbers),
        )
        self._job = None if job.is_finished else job
        job.finished.connect(self._finished)

    def _finished(self) -> None:
        self._job = None

    def _failed(self, error: UserError, numbers: list[int]) -> None:
        found = error.wrong if isinstance(error, BatchProblems) else ()
        placed = [batch.Wrong(numbers[one.row], one.field, one.message, one.warning) for one in found]
        self._refuse(str(error), placed)

    def _refuse(self, text: str, faults: list[batch.Wrong]) -> None:
        """Mark the faults and go to the first of them, telling it and what is to be said beside."""
        self.batch.tell(faults)
        walls = [place for place, fault in self.batch.wrong.items() if not fault.warning]
        if walls:
            row, key = min(walls, key=lambda place: (place[0], self._column(place[1])))
            widgets.to_cell(self.grid, self.batch.index(row, self._column(key)))
            text = " ".join(filter(None, (text, self._placed(self.batch.wrong[row, key]))))
        self.banner.tell("danger", text)

    def _column(self, key: str) -> int:
        return next(n for n, field in enumerate(self.batch.fields) if field.key == key)

    def _done(self, entered: Entered) -> None:
        self._job = None
        self.batch.texts = []
        self.entered.emit(len(entered.uids))
        self.accept()

    def reject(self) -> None:
        """Close, after asking where rows were typed."""
        if self._job or not self.batch.filled():
            super().reject()
            return
        answer = ask_unsaved(self)
        if answer == "save":
            self.save()
        elif answer == "discard":
            super().reject()
