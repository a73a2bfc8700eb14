"""One event of a case, typed in a small form: Enter goes on and saves at the end, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.i18n import _
from tracker.operations import event_checks
from tracker.schema.fields import Choice, Field, Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.ui import theme, widgets
from tracker.ui.choice_editors import ChoiceEditor
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask
from tracker.ui.form_body import FormBody
from tracker.ui.keys import Event
from tracker.ui.roomy import RoomyDialog

WIDTH = 560
RESUMING = ("恢复", "恢复审理")
"""What a clerk types who looks for the end of a suspension among the kinds of events."""


class EventDialog(RoomyDialog):
    """Adds an event to a record that has `others`, or changes one: `old` with a `uid`, else what a new one has."""

    resume_wanted = Signal()
    """The case going on was typed as a new event; it is the end of the suspension."""

    def __init__(
        self,
        desk: Desk,
        ledger: Ledger,
        old: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
        today: Callable[[], date] = date.today,
        others: Sequence[Mapping[str, Value]] = (),
    ) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._others = [event for event in others if not old or event["uid"] != old.get("uid")]
        self._old = dict(old or {})
        self._visited: set[str] = set()
        title = _("Event of the case") if self._old.get("uid") else _("New event of the case")
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._form = form_of(ledger)
        asks: dict[str, Ask] = {f.key: _asker(desk, f) for f in self._form.inputs if f.suggest}
        self.body = FormBody(self._form, lambda: desk.office.calendar, asks, today)
        self.body.ended.connect(self.save)
        self.body.edited.connect(self._edited)
        self.body.left.connect(self._left)
        kind = self.body.cells["kind"].editor
        assert isinstance(kind, ChoiceEditor)
        kind.line.textEdited.connect(self._kind_typed)
        self.save_button = widgets.button(_("Save"), "save", primary=True)
        Event.save.tell(self.save_button)
        self.save_button.clicked.connect(self.save)
        self.banner = widgets.Banner()
        self.back = widgets.button(_("Cancel"))
        self.back.clicked.connect(self.reject)
        Event.save.on(self, self.save)
        self._lay_out()
        begun = self._old or {"happened_on": today().isoformat()}
        self.body.load(begun, proposed={"remarks"})  # Enter passes over them and saves

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.XL, 0, theme.XL, theme.L)
        buttons.setSpacing(theme.S)
        keys = widgets.Caption(
            _("{enter}: next field, at the end save · {back}: back").format(**Event.names())
        )
        buttons.addWidget(keys, 1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.body, 1)
        column.addLayout(buttons)

    def _kind_typed(self, text: str) -> None:
        if not self._old and text.strip() in RESUMING:
            self.resume_wanted.emit()

    def _left(self, key: str) -> None:
        self._visited.add(key)
        self._edited("")

    def _edited(self, typing: str) -> None:
        """What cannot be read in a field is said when it has been left."""
        _values, broken = self.body.record()
        unread = [p for p in broken if p.field in self._visited and p.field != typing]
        wrong = {p.field for p in unread}
        self.body.show_problems((*unread, *(p for p in self._beside() if p.field not in wrong)))
        QTimer.singleShot(0, self, self.adjustSize)  # when the fields that now matter are laid out

    def focus(self, key: str) -> None:
        """Begin in a field, proposing nothing in it."""
        self.body.focus(key)

    def event_record(self) -> dict[str, Value]:
        """What was typed; the kind stands for a title that was not."""
        values, _broken = self.body.record()
        kind = self._form.field("kind")
        before = kind.format(self._old.get("kind"))
        if values["kind"] and values.get("title") in (None, before):
            values["title"] = kind.format(values["kind"])
        if self._old.get("uid"):
            values["uid"] = self._old["uid"]
        return values

    def _beside(self) -> tuple[Problem, ...]:
        """What is to be said of it beside what its own fields say."""
        return event_checks.problems(self._ledger, self.body.record()[0], self._others)

    def save(self) -> None:
        """Close with success where nothing is wrong; else show what is."""
        self.body.settle()
        _values, broken = self.body.record()
        values = self.event_record()
        wrong = {problem.field for problem in broken}
        found: list[Problem] = [
            *broken,
            *(p for p in (*self._form.problems(values), *self._beside()) if p.field not in wrong),
        ]
        self.body.show_problems(found)
        walls = [problem for problem in found if not problem.warning]
        if walls:
            self.body.focus(walls[0].field)
        else:
            self.accept()

    def open_again(self, why: str) -> None:
        """Come back with what was typed, since it could not be saved."""
        self.banner.tell("danger", why)
        self.open()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        QTimer.singleShot(0, self, self.adjustSize)  # lines get their height when they are laid out

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter belongs to the fields; only Esc is the dialog's own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)


def form_of(ledger: Ledger) -> Ledger:
    """The form of an event of a ledger's records: the kinds that the ledger offers, without what says whose it is."""
    return replace(
        EVENTS, typed=tuple(_offered(f, ledger) for f in EVENTS.typed if f.key not in ("of", "record"))
    )


def _offered(field: Field, ledger: Ledger) -> Field:
    if field.key == "title":
        return replace(field, required=False)
    if isinstance(field, Choice) and field.key == "kind":
        return replace(field, codes=tuple(c for key in ledger.events for c in field.codes if c.key == key))
    return field


def _asker(desk: Desk, field: Field) -> Ask:
    return lambda text, found: found(list(records.suggestions(desk.reader, EVENTS, field.key, text)))
