"""Under a form's fields: what happened in the case, day by day, added and changed by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.attached.events import EVENTS
from tracker.db.records import Record
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import attached, timeline
from tracker.operations.approvals import Unapproved, unapproved
from tracker.operations.office import Changed
from tracker.schema.events import Event, of_row
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.event_dialog import EventDialog
from tracker.ui.keys import CaseForm
from tracker.ui.plain_table import Head
from tracker.ui.related_records import RowTable


class EventTable(RowTable):
    """The lines; Del takes the event of one away (`dropped` with its place)."""

    dropped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() == Qt.Key.Key_Delete:
            self.dropped.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class FormTimeline(QWidget):
    """The events of the record shown, with its own days among them."""

    told = Signal(object)
    """The events as clocks see them, after they were read anew."""
    written = Signal()
    own_day_wanted = Signal(str)
    """The title of a field of the record's own whose line was opened."""

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._today = desk, ledger, today
        self._uid: str | None = None
        self._record: Mapping[str, Value] = {}
        self.events: list[Record] = []
        self.entries: tuple[timeline.Entry, ...] = ()
        self.dialog: EventDialog | None = None
        self.table = EventTable()
        self.table.setAccessibleName(_("Events of the case"))
        self.state = widgets.Caption()
        self.state.setWordWrap(False)
        self.resume = widgets.button(_("Resume …"), quiet=True)
        self.resume.setToolTip(_("Enter the last day of the suspension"))
        self.add_button = widgets.button(_("Add an event …"), "add", quiet=True)
        CaseForm.timeline.tell(self.add_button, _("Add an event"))
        self.banner, self.approval = widgets.Banner(), widgets.Banner()
        self._unapproved: Unapproved | None = None
        self.card = widgets.card()
        self._lay_out()
        self.add_button.clicked.connect(self.add)
        self.resume.clicked.connect(self._resume)
        self.table.opened.connect(self._open)
        self.table.dropped.connect(self._drop)
        self.approval.acted.connect(self._complete)
        self.hide()

    def _lay_out(self) -> None:
        heading = widgets.heading_row(_("Events of the case"), self.state, self.resume, self.add_button)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        inside.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(heading)
        column.addWidget(self.banner)
        column.addWidget(self.approval)
        column.addWidget(self.card)

    def show_record(self, uid: str | None, record: Mapping[str, Value]) -> None:
        """Show what happened in a record; a new one (None) has no events yet."""
        self._uid, self._record = uid, record
        self.banner.hide()
        self.setVisible(bool(self._ledger.events) and uid is not None)
        self.again()

    def again(self) -> None:
        """Read the events anew."""
        uid = self._uid if self._ledger.events else None
        self.events = attached.of_record(self._desk.reader, EVENTS, uid) if uid else []
        self.told.emit(self.clock_events())
        self.fill(self._record)

    def clock_events(self) -> tuple[Event, ...]:
        """The events as clocks see them."""
        return tuple(of_row(event) for event in self.events)

    def fill(self, record: Mapping[str, Value]) -> None:
        """Show the lines for what the form holds now."""
        self._record = record
        if self.isHidden():
            return
        entries = timeline.entries(self._ledger, record, self.events)
        if entries != self.entries or not self.table.model():
            self.entries = entries
            heads = (Head(_("Day"), 140), Head(_("What happened"), 230), Head(_("Particulars"), 200))
            self.table.fill(heads, [(e.day, e.what, e.detail) for e in entries])
        self._say_state()
        self._say_unapproved()

    def _say_unapproved(self) -> None:
        found = unapproved(self._ledger, self._record, self.events, self._today())
        if found == self._unapproved:
            return
        self._unapproved = found
        if found:
            self.approval.tell("warning", found.text, found.remedy, closable=False)
        else:
            self.approval.hide()

    def _complete(self) -> None:
        if self._unapproved:
            self._ask(self._unapproved.event, self._unapproved.field)

    def _say_state(self) -> None:
        held = timeline.to_resume(self.events, self._today())
        hearing = timeline.coming_hearing(self.events, self._today().isoformat())
        parts = []
        if held:
            day = str(held["happened_on"])[:10]
            begun = day <= self._today().isoformat()
            parts.append((_("Suspended since {day}") if begun else _("Suspended from {day}")).format(day=day))
        if hearing:
            moment = EVENTS.field("happened_on").format(hearing["happened_on"])
            parts.append(
                " ".join(
                    filter(None, (_("Hearing {moment}").format(moment=moment), str(hearing["place"] or "")))
                )
            )
        self.state.setText(" · ".join(parts))
        self.resume.setVisible(held is not None)

    def add(self) -> None:
        """Ask for a new event."""
        if self._uid is not None and self._ledger.events:
            self._ask(None)

    def take_focus(self) -> bool:
        """Take the keyboard to the lines; False where there are none."""
        if self.isHidden():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _resume(self) -> None:
        held = timeline.to_resume(self.events, self._today())
        if held:
            yesterday = max((self._today() - timedelta(days=1)).isoformat(), str(held["happened_on"])[:10])
            self._ask({**held, "until": held["until"] or yesterday}, "until")

    def _resume_instead(self) -> None:
        """End the suspension instead of entering a new event; where there is none, say so."""
        if self.dialog is None:
            return
        if timeline.to_resume(self.events, self._today()):
            self.dialog.reject()
            self._resume()
        else:
            text = _("The case is not suspended, so there is nothing to resume.")
            self.dialog.body.show_problems([Problem("kind", text, warning=True)])

    def _open(self, row: int) -> None:
        entry = self.entries[row] if 0 <= row < len(self.entries) else None
        found = next((e for e in self.events if entry and e["uid"] == entry.uid), None)
        if found:
            self._ask(found)
        elif entry:
            self.own_day_wanted.emit(entry.what)

    def _ask(self, old: Mapping[str, Value] | None, field: str = "") -> None:
        self.dialog = EventDialog(self._desk, self._ledger, old, self.window(), self._today, self.events)
        self.dialog.resume_wanted.connect(self._resume_instead)
        self.dialog.accepted.connect(self._save)
        self.dialog.open()
        if field:
            self.dialog.focus(field)
        else:
            self.dialog.body.focus_start()

    def _save(self) -> None:
        if self.dialog is not None:
            self._write([self.dialog.event_record()], [], self.dialog)

    def _drop(self, row: int) -> None:
        entry = self.entries[row] if 0 <= row < len(self.entries) else None
        if entry and entry.uid:
            self._write([], [entry.uid])

    def _write(
        self, many: list[dict[str, Value]], drop: list[str], typed_in: EventDialog | None = None
    ) -> None:
        """Have the worker write events; what was typed comes back where it is refused."""
        uid, ledger = self._uid, self._ledger
        if uid is None:
            return

        def refused(error: UserError) -> None:
            self._failed(error)
            if typed_in is not None and uid == self._uid:
                typed_in.open_again(str(error))

        self._desk.run(
            lambda office, _progress: attached.save(office, ledger, uid, EVENTS, many, drop),
            lambda _changed: self._written(),
            refused,
        )

    def _written(self) -> None:
        self.banner.hide()
        self.again()
        self.written.emit()

    def _failed(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    def changed_elsewhere(self, changed: Changed) -> None:
        """Other records have changed."""
        if EVENTS.name in changed.ledgers:
            self.again()
