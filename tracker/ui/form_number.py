"""The number of the record on a form: proposed from the office's pattern, following the year, never given twice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tracker.operations import editing
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.form_body import FormBody


class CaseNumber(QObject):
    """Looks after the number's field; what it looks up runs in the worker."""

    proposed = Signal()
    """A new proposal stands in the field."""
    told = Signal()
    """`problems` changed."""

    def __init__(self, desk: Desk, ledger: Ledger, body: FormBody) -> None:
        super().__init__(body)
        self._desk, self._ledger, self._body = desk, ledger, body
        self._editor = body.cells[ledger.number].editor
        self._uid: str | None = None
        self._proposal: Value = None
        self._year = ""
        self.problems: tuple[Problem, ...] = ()
        """What the file says against the number."""
        self.held = False
        """While a save is under way, which works out the number itself."""

    def begin(self, uid: str | None) -> None:
        """Another record is shown; a new one (None) has no number yet."""
        self._uid, self._proposal, self._year, self.problems = uid, None, "", ()

    def is_ours(self) -> bool:
        """Whether the number of a new record is the program's proposal, or will be once that is worked out."""
        ours = self._uid is None and bool(self._ledger.number_pattern)
        return ours and self._editor.state() == (True, self._proposal)

    def propose(self, day: Value) -> None:
        """Propose the next number of the day's year, unless the clerk typed one."""
        year = str(day)[:4] if self._ledger.day else "0"
        if (self._ledger.day and day is None) or year == self._year or not self.is_ours():
            return
        self._year, told = year, str(day) if self._ledger.day else None
        self._desk.run_latest(
            ("propose", self._ledger.name),
            lambda office, _progress: editing.propose_number(office, self._ledger, told),
            alive(self, self._show),
        )

    def _show(self, number: str) -> None:
        if self.held:
            self._year = ""  # should the save fail, it is asked for again
        elif self.is_ours():
            self._proposal = number
            self._body.propose(self._ledger.number, number)
            self.proposed.emit()

    def check(self) -> None:
        """Ask the file whether a number that was typed is free; `told` when it has answered."""
        good, number = self._editor.state()
        if not good or number is None or self.is_ours():
            return
        uid, record = self._uid, self._body.record()[0]

        def answer(found: tuple[Problem, ...]) -> None:
            if self._uid == uid and self._editor.state() == (True, number):
                self.problems = tuple(
                    p for p in found if p.field == self._ledger.number and p.value is not None
                )
                self.told.emit()

        self._desk.run_latest(
            ("number", self._ledger.name),
            lambda office, _progress: editing.check(office, self._ledger, record, uid),
            alive(self, answer),
        )
