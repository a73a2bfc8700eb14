"""The form of any ledger: a new record or an old one, typed, checked and saved without the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tracker.db import records
from tracker.db.drafts import Draft
from tracker.db.names import Target
from tracker.errors import RecordProblems, UserError
from tracker.i18n import _, ngettext
from tracker.operations import editing
from tracker.operations.editing import Saved
from tracker.operations.office import Changed, Office
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.ui import clock_dialog, theme
from tracker.ui.clock_dialog import ClockDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import Today
from tracker.ui.form_drafts import FormDrafts
from tracker.ui.form_keys import ask_unsavable, ask_unsaved
from tracker.ui.form_view import FormView, binned
from tracker.ui.history_dialog import HistoryDialog
from tracker.ui.tasks import Progress, wait_for

SHORT_MS = 2000


class RecordForm(FormView):
    """One record of a ledger. `new` and `open` replace what is shown: ask `may_leave` before."""

    saved = Signal(str)
    """The uid of a record that is now in the file."""
    closed = Signal()
    """The clerk is done with the form; nothing is unsaved."""
    record_wanted = Signal(str, str)
    """The ledger and the uid of another record to be shown."""
    entry_wanted = Signal(str, str)
    """The ledger and the name of a record to be entered."""
    begun = Signal(str, object)
    """The ledger of a record that goes on from this one, and what it begins with."""
    duplicate_wanted = Signal()
    """The clerk wants to begin a record like the one that is shown."""
    drill = Signal(object)
    """A `Behind`: records to be listed."""

    def __init__(
        self, desk: Desk, ledger: Ledger, parent: QWidget | None = None, today: Today = date.today
    ) -> None:
        super().__init__(desk, ledger, parent, today)
        self._today = today
        self._continues: Value = None
        self._visited: set[str] = set()
        self.drafts = FormDrafts(desk, ledger, lambda: self.uid, self.body.unsaved, self)
        self._connect()

    def _connect(self) -> None:
        self.header.save.clicked.connect(lambda: self.save())
        self.header.save_next.clicked.connect(lambda: self.save(then_next=True))
        self.header.close_button.clicked.connect(self.close_form)
        self.banner.acted.connect(self._restore)
        self.body.edited.connect(self._edited)
        self.body.left.connect(self._left)
        self.body.entered.connect(
            lambda key: self.area.ensureWidgetVisible(self.body.cells[key], 0, 2 * theme.ROW_HEIGHT)
        )
        self.body.ended.connect(lambda: self.header.save.setFocus(Qt.FocusReason.TabFocusReason))
        self.area.verticalScrollBar().valueChanged.connect(self.body.follow_lists)
        self.number.proposed.connect(self.say_name)
        self.number.told.connect(self._check)
        self.links.told.connect(self._check)
        self.body.explained.connect(self.explain)
        self.timeline.told.connect(self.body.follow_events)
        self.timeline.written.connect(self.say_saved)
        self.timeline.own_day_wanted.connect(self._focus_titled)
        self.links.opened.connect(self._go)
        self.links.wanted.connect(self.entry_wanted)
        self.alike.opened.connect(self._go)
        self.matter.opened.connect(self._go)
        self.matter.begun.connect(self.begun)
        self.matter.failed.connect(lambda text: self.banner.tell("danger", text))
        self.related.opened.connect(self._go)
        self.related.told.connect(self.header.say_related)
        self.header.related.clicked.connect(self.go_to_related)
        self.footer.history_button.clicked.connect(self.show_history)
        self.related.drill.connect(self.drill)
        self.twice.opened.connect(lambda uid: self.record_wanted.emit(self.ledger.name, uid))
        self.desk.changed.connect(self._changed_elsewhere)

    def new(
        self, carry_from: Mapping[str, Value] | None = None, given: Mapping[str, Value] | None = None
    ) -> None:
        """Start a record, with what carries over from another one, and with what is `given`, as if it were typed."""
        blank = {**editing.blank(self.ledger, self._today(), carry_from), self.ledger.number: None}
        filled = {key for key, value in blank.items() if value is not None}
        numbered = {self.ledger.number} if self.ledger.number_pattern else set()
        self._begin(None, blank, filled | numbered)
        given = dict(given or {})
        self._continues = given.pop(CONTINUES.key, None)
        for key, value in given.items():
            self.body.cells[key].editor.set_value(value)
            self.body.cells[key].editor.edited.emit()
        if given:
            self.links.look()
        if self._continues is None:  # what a duplicate took over is there to be changed
            self.body.go_over(given)
        if self.ledger.number not in given:
            self.number.propose(blank.get(self.ledger.day))
        self.body.focus_start()

    def resume(self, draft: Draft) -> None:
        """Show what was typed before the program ended, as unsaved."""
        if draft.uid:
            self.open(draft.uid)
            if self.uid != draft.uid:  # the record is gone; that was said
                self.drafts.begin(draft)
                self.drafts.forget()
                self.body.accept()  # a form that showed nothing yet holds nothing unsaved
                return
        else:
            self.new()
        self.body.restore(draft.content)
        self.drafts.begin(draft)
        self.header.say_unsaved()
        self._visited = set(draft.content)
        self._check()
        text = _("Not saved when the program ended at {at}. Save it, or discard it by leaving the form.")
        self.banner.tell("info", text.format(at=draft.at.replace("T", " ")[:16]))

    def _go(self, target: Target) -> None:
        self.record_wanted.emit(target.ledger.name, target.uid)

    def duplicate(self) -> None:
        """Ask for a record like this one, where this one is in the file."""
        if self._uid:
            self.duplicate_wanted.emit()

    def add_event(self) -> None:
        """Add an event of the case, which must be in the file."""
        if self._uid is None and self.ledger.events:
            self.banner.tell("info", _("Save the record first; then its events can be added."))
        self.timeline.add()

    def explain(self, key: str = "") -> None:
        """Show how the days due were counted."""
        record, _broken = self.body.record()
        told = clock_dialog.told(self.ledger, record, self.body.events, self.desk.office.calendar, key)
        ClockDialog(told, self._today(), self).exec()

    def show_history(self) -> None:
        """Show who changed the record and when, and let it be set back; what is typed is saved or dropped first."""
        if self._uid and self.may_leave():
            number = str(self._record.get(self.ledger.number) or "")
            dialog = HistoryDialog(self.desk, self.ledger, self._uid, number, self)
            dialog.set_back.connect(lambda: self.tell_saved(self._record))
            dialog.open()

    def _focus_titled(self, title: str) -> None:
        key = next((f.key for f in self.ledger.inputs if f.title() == title), None)
        if key:
            self.body.focus(key)

    def act_on_link(self) -> None:
        """Open what the field with the focus names, or begin it."""
        self.links.act()

    def open(self, uid: str) -> None:
        """Show a record of the file; one that is gone is said to be."""
        record = records.get(self.desk.reader, self.ledger, uid)
        if record is None:
            self.banner.tell("danger", _("The record is no longer in the file; reopen the list."))
            return
        self._begin(uid, record)
        self._visited = set(self.body.cells)
        self._check()
        self._say_binned(record)
        self.body.focus_start(select=False)
        self.body.pass_over(record)

    def _say_binned(self, record: Mapping[str, Value]) -> None:
        if record.get("binned_at"):
            action = "" if records.is_deleted(record) else _("Restore")
            self.banner.tell("info", binned(record), action, closable=False)

    def _restore(self) -> None:
        ledger, uid = self.ledger, self.uid
        self.desk.run(
            lambda office, _progress: editing.restore_records(office, ledger, [uid]),
            lambda _changed: None,
            lambda error: self.banner.tell("danger", str(error)),
        )

    def _begin(self, uid: str | None, record: Mapping[str, Value], proposed: Iterable[str] = ()) -> None:
        self._uid, self._record, self._visited = uid, record, set()
        self._continues = None
        self.drafts.begin()
        self.banner.hide()
        self.header.say_nothing()
        self.number.begin(uid)
        self.body.load(record, proposed)
        self.area.verticalScrollBar().setValue(0)
        self.say_name()
        self.show_beside(uid, record)

    def _edited(self, key: str) -> None:
        self.timeline.fill({**self._record, **self.body.record()[0], **self.body.derived()})
        if key == self.ledger.number:
            self.number.problems = ()
            self.say_name()
        if self.body.cells[key].has_problem():
            self._check(typing=key)
        self.drafts.typed()
        if self.has_unsaved():
            self.header.say_unsaved()
        else:
            self.header.say_nothing()

    def _left(self, key: str) -> None:
        self._visited.add(key)
        if key == self.ledger.day:
            self.number.propose(self.body.record()[0][key])
        if key == self.ledger.number:
            self.number.check()
        self._check()

    def _check(self, typing: str = "") -> list[Problem]:
        """Show the problems of the fields the clerk was at or that hold something; returns all walls.

        What cannot be read in the field that the clerk is typing in is not said before it is left.
        """
        record, broken = self.body.record()
        wrong = {problem.field for problem in broken}
        if self.number.is_ours():
            wrong.add(self.ledger.number)  # not worked out yet, perhaps
        ruled = (*self.ledger.problems(record), *self.number.problems, *self.links.problems)
        found = [*broken, *(problem for problem in ruled if problem.field not in wrong)]
        told = self._visited | wrong | {key for key, value in record.items() if value is not None}
        told -= {typing} & {problem.field for problem in broken}
        self.body.show_problems(problem for problem in found if problem.field in told)
        return [problem for problem in found if not problem.warning]

    def save(self, then_next: bool = False) -> None:
        """Save in the worker, or show what is wrong and go to the first such field."""
        if self._job is not None:
            wait_for(self._job)  # what was typed since is saved after it
            if not self.has_unsaved():
                return
        if self.body.is_composing():  # an input method let the key pass
            self.header.say_refused(_("Not saved: choose the characters first"))
            return
        self.body.settle()
        self._visited = set(self.body.cells)
        walls = self._check()
        if walls:
            self._refuse(walls)
            return
        record, sent, uid, ours = (
            self.body.record()[0],
            self.body.snapshot(),
            self._uid,
            self.number.is_ours(),
        )
        if self._continues and not uid:
            record[CONTINUES.key] = self._continues
        ledger, self.number.held = self.ledger, True
        day = str(record[ledger.day]) if ledger.day else None
        if uid:  # what another clerk changed meanwhile in other fields stays
            record = {key: record[key] for key in self.body.changed()}

        drop = self.drafts.dropping()

        def op(office: Office, progress: Progress) -> Saved:
            if ours:  # another clerk may have taken it meanwhile
                record[ledger.number] = editing.propose_number(office, ledger, day)
            with office.db.atomic():  # saved and no draft any more, or neither
                saved = editing.save(office, ledger, record, uid)
                drop(office)
            return saved

        job = self.desk.run(op, lambda saved: self._saved(saved, sent, then_next), self._failed)
        if not job.is_finished:
            self._job = job
            job.finished.connect(self._released)
        if then_next:
            wait_for(self._job, SHORT_MS)  # what is typed meanwhile goes into the next record

    def _released(self) -> None:
        self._job, self.number.held = None, False

    def _saved(self, saved: Saved, sent: Mapping[str, object], then_next: bool) -> None:
        self._released()
        record = records.get(self.desk.reader, self.ledger, saved.uid) or {}
        if then_next and self.body.snapshot() == sent:
            self.new(record)
        else:
            self._keep(saved.uid, record, sent)
        self.tell_saved(record)
        self.saved.emit(saved.uid)

    def _keep(self, uid: str, record: Mapping[str, Value], sent: Mapping[str, object]) -> None:
        """Stay with the record just saved, and where the clerk is in it."""
        self._uid, self._record = uid, record
        self.number.begin(uid)
        self.banner.hide()
        self.body.keep(record, sent)
        self.body.pass_over(record)
        self.say_name()
        self._check()
        self.show_beside(uid, record)

    def _failed(self, error: UserError) -> None:
        self._released()
        self.drafts.refused()
        self.number.propose(self.body.record()[0].get(self.ledger.day))
        problems = error.problems if isinstance(error, RecordProblems) else ()
        if isinstance(problems, tuple) and problems:
            self.number.problems = problems
            self._check()
            self._refuse(list(problems))
        else:
            self.banner.tell("danger", str(error))

    def _refuse(self, walls: list[Problem]) -> None:
        fields = list(self.body.cells)
        count = len({wall.field for wall in walls})
        text = ngettext("Not saved: {count} field to correct", "Not saved: {count} fields to correct", count)
        self.header.say_refused(text.format(count=count))
        self.body.focus(min((wall.field for wall in walls), key=fields.index))

    def may_leave(self) -> bool:
        """True where nothing is unsaved, or the clerk had it saved or discarded."""
        wait_for(self._job)
        self.body.settle()
        if not self.has_unsaved():
            self.drafts.settle()
            return True
        if self.desk.office.db.damaged:
            return self._may_leave_unsavable()
        answer = ask_unsaved(self)
        if answer == "save":
            self.save()
            wait_for(self._job)
        elif answer == "discard":
            self.drafts.forget()
            self.body.accept()
        return not self.has_unsaved()

    def _may_leave_unsavable(self) -> bool:
        """True where the clerk leaves what stands there, in a damaged file, to its draft."""
        if not ask_unsavable(self, self.drafts.is_kept()):
            return False
        self.drafts.leave()
        self.body.accept()
        return True

    def close_form(self) -> None:
        """Close, after asking where something is unsaved."""
        if self.may_leave():
            self.closed.emit()

    def _changed_elsewhere(self, changed: Changed) -> None:
        self.follow(changed)
        mine = self.ledger.name in changed.ledgers and self._uid is not None
        if mine and self._job is None and not self.number.held and not self.has_unsaved():
            record = records.get(self.desk.reader, self.ledger, str(self._uid))
            if record:
                self._keep(str(self._uid), record, self.body.snapshot())
                self._say_binned(record)
