"""The form of any ledger: a new record or an old one, typed, checked and saved without the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tracker.db import records
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
from tracker.ui import clock_dialog, theme, widgets
from tracker.ui.clock_dialog import ClockDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask, Today
from tracker.ui.form_alike import FormAlike
from tracker.ui.form_body import FormBody
from tracker.ui.form_header import FormFooter, FormHeader
from tracker.ui.form_keys import FormKeys, ask_unsaved
from tracker.ui.form_links import FormLinks
from tracker.ui.form_matter import FormMatter
from tracker.ui.form_number import CaseNumber
from tracker.ui.form_papers import FormPapers
from tracker.ui.form_timeline import FormTimeline
from tracker.ui.related_records import RelatedRecords
from tracker.ui.tasks import Job, Progress, wait_for

SHORT_MS = 2000
LEAST = 440  # pixels: labels, editors and buttons are whole


class RecordForm(FormKeys):
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
        super().__init__(parent)
        self.desk, self.ledger, self._today = desk, ledger, today
        self._uid: str | None = None
        self._record: Mapping[str, Value] = {}
        self._visited: set[str] = set()
        self._job: Job | None = None
        self.header, self.banner, self.footer = FormHeader(), widgets.Banner(), FormFooter()
        asks = {f.key: self._asker(f.key) for f in ledger.inputs if f.suggest or f.names}
        self.body = FormBody(ledger, lambda: desk.office.calendar, asks, today)
        self.links = FormLinks(desk, ledger, self.body, self)
        self.alike = FormAlike(desk, ledger, self.body, self)
        self.matter = FormMatter(desk, ledger)
        self._continues: Value = None
        self.timeline = FormTimeline(desk, ledger, today)
        self.related = RelatedRecords(desk, ledger)
        self.papers = FormPapers(desk, ledger, self)
        self.number = CaseNumber(desk, ledger, self.body)
        self.area = QScrollArea()
        self.setMinimumWidth(LEAST)
        self._arrange()
        self._connect()

    def _asker(self, key: str) -> Ask:
        return lambda text, found: self.links.ask(key)(text, found)

    def _arrange(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setProperty("page", True)
        self.body.add_below(self.timeline)
        self.body.add_below(self.papers)
        self.body.add_below(self.matter)
        self.body.add_below(self.related)
        self.area.setWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.banner, widgets.hline(), self.area, widgets.hline(), self.footer):
            column.addWidget(widget, int(widget is self.area))
        last = self.body.cells[self.ledger.inputs[-1].key].editor
        before: QWidget = last.focusProxy() or last
        for button in (self.header.save, self.header.save_next, self.header.close_button):
            QWidget.setTabOrder(before, button)
            before = button

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
        self.number.proposed.connect(self._name)
        self.number.told.connect(self._check)
        self.links.told.connect(self._check)
        self.body.explained.connect(self.explain)
        self.timeline.told.connect(self.body.follow_events)
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
        self.related.drill.connect(self.drill)
        self.desk.changed.connect(self._changed_elsewhere)

    def new(
        self, carry_from: Mapping[str, Value] | None = None, given: Mapping[str, Value] | None = None
    ) -> None:
        """Start a record, with what carries over from another one, and with what is `given`, as if it were typed."""
        blank = {**editing.blank(self.ledger, self._today(), carry_from), self.ledger.number: None}
        filled = {key for key, value in blank.items() if value is not None}
        self._begin(None, blank, filled | {self.ledger.number})
        given = dict(given or {})
        self._continues = given.pop(CONTINUES.key, None)
        for key, value in given.items():
            self.body.cells[key].editor.set_value(value)
            self.body.cells[key].editor.edited.emit()
        if given:
            self.links.look()
        if self.ledger.number not in given:
            self.number.propose(blank.get(self.ledger.day))
        self.body.focus_start()

    def shows(self, uid: str) -> bool:
        """Whether it shows the record of that uid."""
        return self._uid == uid and not self.isHidden()

    @property
    def uid(self) -> str:
        """The uid of the record shown; empty for one that is not in the file yet."""
        return self._uid or ""

    @property
    def job(self) -> Job | None:
        """The saving under way, if any."""
        return self._job

    def _go(self, target: Target) -> None:
        self.record_wanted.emit(target.ledger.name, target.uid)

    def go_to_related(self) -> None:
        """Go to the records related with this one."""
        if self.related.take_focus():
            self.area.ensureWidgetVisible(self.related, 0, 0)
            bar = self.area.verticalScrollBar()
            bar.setValue(min(bar.maximum(), self.related.y()))

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
            self.banner.tell("info", _binned(record), _("Restore"), closable=False)

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
        self.banner.hide()
        self.header.say_nothing()
        self.number.begin(uid)
        self.body.load(record, proposed)
        self.area.verticalScrollBar().setValue(0)
        self._name()
        self.links.begin(new=uid is None)
        self.alike.begin(uid)
        self.matter.show_record(uid)
        self.timeline.show_record(uid, record)
        self.related.show_record(uid)
        self.papers.show_record(uid)

    def _name(self) -> None:
        kind, number = _(self.ledger.record), self.body.cells[self.ledger.number].editor.text()
        if self._uid is None:
            self.header.name(_("New {record}").format(record=kind), number)
            self.footer.history.set_whole("")
            return
        no = self.ledger.field("no").format(self._record.get("no"))
        self.header.name(number, _("{record} · running no. {no}").format(record=kind, no=no))
        self.footer.history.set_whole(history(self._record))

    def _edited(self, key: str) -> None:
        self.timeline.fill({**self._record, **self.body.record()[0], **self.body.derived()})
        if key == self.ledger.number:
            self.number.problems = ()
            self._name()
        if self.body.cells[key].has_problem():
            self._check(typing=key)
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

    def has_unsaved(self) -> bool:
        """Whether the clerk typed anything that is not in the file."""
        return bool(self.body.changed())

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

        def op(office: Office, progress: Progress) -> Saved:
            if ours:  # another clerk may have taken it meanwhile
                record[ledger.number] = editing.propose_number(office, ledger, day)
            return editing.save(office, ledger, record, uid)

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
        self.header.say_saved(_("Saved: {number}").format(number=record.get(self.ledger.number) or ""))
        self.saved.emit(saved.uid)

    def _keep(self, uid: str, record: Mapping[str, Value], sent: Mapping[str, object]) -> None:
        """Stay with the record just saved, and where the clerk is in it."""
        self._uid, self._record = uid, record
        self.number.begin(uid)
        self.banner.hide()
        self.body.keep(record, sent)
        self.body.pass_over(record)
        self._name()
        self._check()
        self.links.begin(new=False)
        self.alike.begin(uid)
        self.matter.show_record(uid)
        self.timeline.show_record(uid, record)
        self.related.show_record(uid)
        self.papers.show_record(uid)

    def _failed(self, error: UserError) -> None:
        self._released()
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
            return True
        answer = ask_unsaved(self)
        if answer == "save":
            self.save()
            wait_for(self._job)
        elif answer == "discard":
            self.body.accept()
        return not self.has_unsaved()

    def close_form(self) -> None:
        """Close, after asking where something is unsaved."""
        if self.may_leave():
            self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self.links.shown()
        self.related.shown()

    def _changed_elsewhere(self, changed: Changed) -> None:
        if changed.settings:
            self.body.follow_calendar()
        self.links.again()
        self.matter.again()
        self.timeline.changed_elsewhere(changed)
        self.related.again()
        self.papers.again(changed)
        mine = self.ledger.name in changed.ledgers and self._uid is not None
        if mine and self._job is None and not self.number.held and not self.has_unsaved():
            record = records.get(self.desk.reader, self.ledger, str(self._uid))
            if record:
                self._keep(str(self._uid), record, self.body.snapshot())
                self._say_binned(record)


def _binned(record: Mapping[str, Value]) -> str:
    """That a record is in the bin, and since when by whom where the file knows."""
    if not record.get("binned_by"):
        return _("This record is in the bin.")
    at = str(record["binned_at"]).replace("T", " ")[:16]
    return _("In the bin since {at}, by {clerk}.").format(at=at, clerk=record["binned_by"])


def history(record: Mapping[str, Value]) -> str:
    """Who entered and last changed a record, and when."""

    def said(what: str) -> str:
        at = str(record.get(f"{what}_at") or "").replace("T", " ")[:16]
        return f"{at} {record.get(f'{what}_by') or ''}".strip()

    return _("Entered {created} · changed {updated}").format(created=said("created"), updated=said("updated"))
