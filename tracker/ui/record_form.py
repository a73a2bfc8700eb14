"""The form of any ledger: a new record or an old one, typed, checked and saved without the mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMessageBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.db import records
from tracker.errors import RecordProblems, UserError
from tracker.i18n import _, ngettext
from tracker.operations import editing
from tracker.operations.editing import Saved
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.ui import theme, widgets
from tracker.ui.completion import ENTER
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask, Today
from tracker.ui.form_body import FormBody
from tracker.ui.form_header import FormFooter, FormHeader
from tracker.ui.tasks import Job, Progress

Answer = Literal["save", "discard", "stay"]
SHORT_MS = 2000


class RecordForm(QWidget):
    """One record of a ledger. `new` and `open` replace what is shown: ask `may_leave` before."""

    saved = Signal(str)
    """The uid of a record that is now in the file."""
    closed = Signal()
    """The clerk is done with the form, nothing is unsaved."""

    def __init__(
        self, desk: Desk, ledger: Ledger, parent: QWidget | None = None, today: Today = date.today
    ) -> None:
        super().__init__(parent)
        self.desk, self.ledger, self._today = desk, ledger, today
        self._uid: str | None = None
        self._record: Mapping[str, Value] = {}
        self._visited: set[str] = set()
        self._from_file: list[Problem] = []
        self._proposal: str | None = None
        self._asked_day: str | None = None
        self._job: Job | None = None
        self.header, self.banner, self.footer = FormHeader(), widgets.Banner(), FormFooter()
        asks = {field.key: self._asker(field.key) for field in ledger.inputs if field.suggest}
        self.body = FormBody(ledger, desk.office.calendar, asks, today)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setProperty("page", True)
        self.area.setWidget(self.body)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.banner, widgets.hline(), self.area, widgets.hline(), self.footer):
            column.addWidget(widget, int(widget is self.area))
        last = self.body.cells["remarks"].editor.focusProxy()
        for button in (self.header.save, self.header.save_next, self.header.close_button):
            if last is not None:
                QWidget.setTabOrder(last, button)
            last = button

    def _connect(self) -> None:
        self.header.save.clicked.connect(lambda: self.save())
        self.header.save_next.clicked.connect(lambda: self.save(then_next=True))
        self.header.close_button.clicked.connect(self.close_form)
        self.body.edited.connect(self._edited)
        self.body.left.connect(self._left)
        self.body.entered.connect(self._entered)
        self.body.ended.connect(lambda: self.header.save.setFocus(Qt.FocusReason.TabFocusReason))
        self.desk.changed.connect(self._changed_elsewhere)

    # what is shown

    def new(self, carry_from: Mapping[str, Value] | None = None) -> None:
        """Start a record, with what carries over from another one."""
        blank = editing.blank(self.ledger, self._today(), carry_from)
        blank[self.ledger.number] = None
        proposed = {key for key, value in blank.items() if value is not None} | {self.ledger.number}
        self._begin(None, blank, proposed)
        self.footer.history.set_whole("")
        self._propose(str(blank[self.ledger.day]))
        self._name()
        self.body.focus_start()

    def open(self, uid: str) -> None:
        """Show a record of the file; one that is gone is said to be."""
        record = records.get(self.desk.reader, self.ledger, uid)
        if record is None:
            self.banner.tell("danger", _("The record is no longer in the file; reopen the list."))
            return
        self._begin(uid, record, ())
        self._visited = set(self.body.cells)
        self._history()
        self._name()
        self._check()
        if record.get("binned_at"):
            self.banner.tell("info", _("This record is in the bin."), closable=False)
        self.body.focus_start()

    def _begin(self, uid: str | None, record: Mapping[str, Value], proposed: object) -> None:
        self._uid, self._record = uid, record
        self._visited, self._from_file = set(), []
        self._proposal = self._asked_day = None
        self.banner.hide()
        self.header.say_nothing()
        self.body.load(record, proposed if isinstance(proposed, set) else ())
        self.area.verticalScrollBar().setValue(0)

    def _name(self) -> None:
        kind = _(self.ledger.record)
        number = self.body.cells[self.ledger.number].editor.text()
        if self._uid is None:
            self.header.name(_("New {record}").format(record=kind), number)
            return
        running = self.ledger.field("no")
        no = running.format(self._record.get("no"))
        self.header.name(number, _("{record} · running no. {no}").format(record=kind, no=no))

    def _history(self) -> None:
        def said(what: str) -> str:
            at = str(self._record.get(f"{what}_at") or "").replace("T", " ")[:16]
            return f"{at} {self._record.get(f'{what}_by') or ''}".strip()

        text = _("Entered {created} · changed {updated}")
        self.footer.history.set_whole(text.format(created=said("created"), updated=said("updated")))

    # typing

    def _asker(self, key: str) -> Ask:
        def ask(text: str, found: Callable[[list[str]], object]) -> object:
            def look(office: Office, progress: Progress) -> list[str]:
                with progress.interruptible(office.db.interrupt):
                    return records.suggestions(office.db, self.ledger, key, text)

            return self.desk.run_latest(("suggest", self.ledger.name, key), look, found)

        return ask

    def _edited(self, key: str) -> None:
        if key == self.ledger.number:
            self._from_file = []
            self._name()
        if self.body.cells[key].has_problem():
            self._check()
        if self.has_unsaved():
            self.header.say_unsaved()
        else:
            self.header.say_nothing()

    def _entered(self, key: str) -> None:
        self.area.ensureWidgetVisible(self.body.cells[key], 0, 2 * theme.ROW_HEIGHT)

    def _left(self, key: str) -> None:
        self._visited.add(key)
        if key == self.ledger.day and self._uid is None and self._number_is_ours():
            self._propose(self.body.record()[0][key])
        if key == self.ledger.number:
            self._check_number()
        self._check()

    def _check(self) -> list[Problem]:
        """Show the problems of the fields the clerk was at or that hold something; returns all walls."""
        record, broken = self.body.record()
        wrong = {problem.field for problem in broken}
        found = [
            *broken,
            *(p for p in (*self.ledger.problems(record), *self._from_file) if p.field not in wrong),
        ]
        if self._uid is None and self._number_is_ours():
            found = [problem for problem in found if problem.field != self.ledger.number]
        told = self._visited | wrong | {key for key, value in record.items() if value is not None}
        self.body.show_problems(problem for problem in found if problem.field in told)
        return [problem for problem in found if not problem.warning]

    def _check_number(self) -> None:
        record, _broken = self.body.record()
        number, uid = record[self.ledger.number], self._uid
        if number is None or (uid is None and self._number_is_ours()):
            return

        def told(found: tuple[Problem, ...]) -> None:
            if self._uid == uid and self.body.cells[self.ledger.number].editor.state() == (True, number):
                self._from_file = [p for p in found if p.field == self.ledger.number]
                self._check()

        self.desk.run_latest(
            ("number", self.ledger.name),
            lambda office, _p: editing.check(office, self.ledger, record, uid),
            told,
        )

    # the proposed number

    def _number_is_ours(self) -> bool:
        """Whether the number still is the program's proposal (or will be, once it is worked out)."""
        good, number = self.body.cells[self.ledger.number].editor.state()
        return good and number == self._proposal

    def _propose(self, day: Value) -> None:
        if day is None or str(day)[:4] == self._asked_day:
            return
        self._asked_day = str(day)[:4]
        self.desk.run_latest(
            ("propose", self.ledger.name),
            lambda office, _p: editing.propose_number(office, self.ledger, str(day)),
            self._proposed,
        )

    def _proposed(self, number: str) -> None:
        if self._job is not None:
            self._asked_day = (
                None  # the save under way gives the number; should it fail, it is asked for again
            )
        elif self._uid is None and self._number_is_ours():
            self._proposal = number
            self.body.set_quietly(self.ledger.number, number)
            self._name()

    # saving

    def has_unsaved(self) -> bool:
        """Whether the clerk typed anything that is not in the file."""
        return self.body.changed()

    def save(self, then_next: bool = False) -> None:
        """Save in the worker, or show what is wrong and go to the first such field."""
        if self._job is not None and not self._job.is_finished:
            return
        self.body.settle()
        self._visited = set(self.body.cells)
        walls = self._check()
        if walls:
            self._refuse(walls)
            return
        record, _broken = self.body.record()
        uid, ours, sent = self._uid, self._uid is None and self._number_is_ours(), self.body.snapshot()

        def op(office: Office, progress: Progress) -> Saved:
            if ours:  # another clerk may have taken it meanwhile
                record[self.ledger.number] = editing.propose_number(
                    office, self.ledger, str(record[self.ledger.day])
                )
            return editing.save(office, self.ledger, record, uid)

        self._job = self.desk.run(op, lambda saved: self._saved(saved, sent, then_next), self._failed)
        if then_next:
            self._wait(SHORT_MS)  # what is typed meanwhile is kept for the next record

    def _saved(self, saved: Saved, sent: Mapping[str, object], then_next: bool) -> None:
        self._job = None
        record = records.get(self.desk.reader, self.ledger, saved.uid) or {}
        text = _("Saved: {number}").format(number=record.get(self.ledger.number) or "")
        if then_next and self.body.snapshot() == sent:
            self.new(record)
        else:
            self._keep(saved.uid, record, sent)
        self.header.say_saved(text)
        self.saved.emit(saved.uid)

    def _keep(self, uid: str, record: Mapping[str, Value], sent: Mapping[str, object]) -> None:
        """Stay with the record just saved, and where the clerk is in it."""
        self._uid, self._record = uid, record
        self._proposal, self._from_file = None, []
        self.banner.hide()
        self.body.keep(record, sent)
        self._history()
        self._name()
        self._check()

    def _failed(self, error: UserError) -> None:
        self._job = None
        if self._uid is None and self._number_is_ours():
            self._propose(self.body.record()[0][self.ledger.day])
        problems = error.problems if isinstance(error, RecordProblems) else ()
        found = [p for p in problems if isinstance(p, Problem)] if isinstance(problems, tuple) else []
        if found:
            self._from_file = found
            self._check()
            self._refuse(found)
        else:
            self.banner.tell("danger", str(error))

    def _refuse(self, walls: list[Problem]) -> None:
        fields = list(self.body.cells)
        first = min(walls, key=lambda problem: fields.index(problem.field))
        self.body.cells[first.field].show()
        count = len({wall.field for wall in walls})
        text = ngettext("Not saved: {count} field to correct", "Not saved: {count} fields to correct", count)
        self.header.say_refused(text.format(count=count))
        self.body.focus(first.field)

    # leaving

    def may_leave(self) -> bool:
        """True where nothing is unsaved, or the clerk had it saved or discarded."""
        self._wait()
        self.body.settle()
        if not self.has_unsaved():
            return True
        answer = ask_unsaved(self)
        if answer == "save":
            self.save()
            self._wait()
            return not self.has_unsaved()
        return answer == "discard"

    def close_form(self) -> None:
        """Close, after asking where something is unsaved."""
        if self.may_leave():
            self.body.accept()
            self.closed.emit()

    def _wait(self, most: int | None = None) -> None:
        """Let a save that is under way end (or `most` ms pass); keys typed meanwhile are delivered afterwards."""
        if self._job is not None and not self._job.is_finished:
            loop = QEventLoop(self)
            self._job.finished.connect(loop.quit)
            if most is not None:
                QTimer.singleShot(most, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _changed_elsewhere(self, changed: Changed) -> None:
        mine = self.ledger.name in changed.ledgers and self._uid is not None
        if mine and self._job is None and not self.has_unsaved():
            record = records.get(self.desk.reader, self.ledger, str(self._uid))
            if record:
                self._keep(str(self._uid), record, self.body.snapshot())

    # keys

    def event(self, event: QEvent) -> bool:
        """Claims its keys before the shortcuts of menus and pages around it do."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._action(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        action = self._action(event)
        focused = self.focusWidget()
        if action:
            action()
        elif event.key() in ENTER and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_Escape:
            return self.close_form
        if held != Qt.KeyboardModifier.ControlModifier:
            return None
        if event.key() in ENTER:
            return lambda: self.save(then_next=True)
        return self.save if event.key() == Qt.Key.Key_S else None


def ask_unsaved(parent: QWidget) -> Answer:
    """Ask what to do with unsaved work; Esc goes on editing."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_("Unsaved work"))
    box.setText(_("What you typed is not saved yet."))
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    answers: dict[object, Answer] = {save: "save", discard: "discard"}
    return answers.get(box.clickedButton(), "stay")
