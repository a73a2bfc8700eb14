"""A window with a table of typed rows: saving takes all that is under way, leaving asks where something is unsaved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations.cells import Wrong
from tracker.operations.office import Office
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.form_keys import ask_unsaved
from tracker.ui.keys import Rows
from tracker.ui.typed_cells import Asking
from tracker.ui.typed_grid import TypedGrid, TypedTable
from tracker.ui.typed_model import TypedModel

T = TypeVar("T")
MOST_WIDE, MARGIN = 1760, 100
"""Pixels: a table is no wider, and so much of the window behind stays in sight."""


class TypedWindow(BusyDialog):
    """Whoever inherits it says how its rows are saved, and whether anything was typed."""

    def __init__(
        self, desk: Desk, model: TypedModel, name: str, asking: Asking | None, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.model = desk, model
        model.setParent(self)
        self._holding = False
        self._had_focus: QWidget | None = None
        self.grid = TypedGrid(desk, model, name, asking)
        self.table = TypedTable(self.grid)
        self.banner, self.step = widgets.Banner(), widgets.Caption()
        self.save_button = widgets.button(_("Save"), "save", primary=True)
        self.close_button = widgets.button(_("Close"))
        self.save_button.setAutoDefault(False)
        self.grid.told.connect(self.banner.tell)
        model.edited.connect(self.say)
        model.dataChanged.connect(lambda *_args: self.say())
        self.grid.selectionModel().currentChanged.connect(lambda *_args: self.say())
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.reject)
        Rows.save.tell(self.save_button)
        Rows.save.on(self, self.save)

    def take_room(self, least: tuple[int, int]) -> None:
        """Take as much of the window behind as its columns may need."""
        under = self.parentWidget()
        behind = under.window().size() if under is not None else self.size()
        wide = min(MOST_WIDE, behind.width() - MARGIN)
        self.resize(max(least[0], wide), max(least[1], behind.height() - MARGIN))

    def foot(self) -> QHBoxLayout:
        """The line at the bottom: what there is to say, and the buttons."""
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.step, 1)
        row.addWidget(self.close_button)
        row.addWidget(self.save_button)
        return row

    # what each window says for itself

    def save_rows(self) -> None:
        """Save what stands in the table, or `refuse`."""
        raise NotImplementedError

    def touched(self) -> bool:
        """Whether the clerk typed anything."""
        raise NotImplementedError

    def title_of(self, key: str) -> str:
        """What a field is called, also one that is no column."""
        raise NotImplementedError

    def say(self) -> None:
        """What is wrong with the cell in hand, else how many cells are wrong, else how many rows there are."""
        here, cells = self.model.problem(self.grid.currentIndex()), len(self.model.wrong)
        rows = len(self.model.filled())
        if cells:
            text = ngettext("{count} cell to look at", "{count} cells to look at", cells).format(count=cells)
        else:
            text = ngettext("{n} row filled in", "{n} rows filled in", rows).format(n=f"{rows:,}")
        self.step.setText(here.message if here else text)
        wall = here is not None and not here.warning
        theme.set_property(self.step, "role", "problem" if wall else "warning" if cells else "muted")

    # saving

    def save(self) -> None:
        """Save all rows, those still being read and the cell being typed with them."""
        if not self._job:
            self.grid.finish()
            self.save_rows()

    def work(
        self,
        op: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object],
    ) -> None:
        """Have the worker save; nothing is typed meanwhile, since it would be lost with the window."""
        self._hold(True)
        job = self.desk.run(lambda office, _p: op(office), alive(self, done), alive(self, failed))
        self._job = None if job.is_finished else job
        if self._job:
            job.finished.connect(self._freed)
        else:
            self._hold(False)

    def _hold(self, held: bool) -> None:
        if held == self._holding:
            return
        self._holding = held
        if held:
            self._had_focus = self.focusWidget()
        for part in self.held():
            part.setEnabled(not held)
        if not held and self._had_focus is not None:
            self._had_focus.setFocus()

    def held(self) -> tuple[QWidget, ...]:
        """The parts that rest while it is saved."""
        return (self.table, self.save_button)

    def _freed(self) -> None:
        self._job = None
        self._hold(False)

    def refuse(self, text: str, wrong: tuple[Wrong, ...] | list[Wrong] = ()) -> None:
        """Mark what saving found wrong and go to the first wall, telling it and what is to be said beside."""
        if wrong:
            self.model.tell(wrong)
        walls = self.model.problems(walls=True)
        if walls:
            row, column = walls[0]
            self._hold(False)
            self.grid.go_to(row, self.model.fields[column].key)
            told = self.placed(self.model.wrong[row, self.model.fields[column].key])
            text = " ".join(filter(None, (text, told)))
        self.banner.tell("danger", text)

    def placed(self, fault: Wrong) -> str:
        """What is wrong, with its place in the table."""
        text = _("Row {row}, “{field}”: {problem}")
        return text.format(row=fault.row + 1, field=self.title_of(fault.field), problem=fault.message)

    # leaving

    def reject(self) -> None:
        """Close, after asking where rows were typed; those still being read are waited for."""
        if self._job:
            super().reject()
            return
        self.grid.finish()
        answer = ask_unsaved(self) if self.touched() else "discard"
        if answer == "save":
            self.save()
        elif answer == "discard":
            super().reject()
