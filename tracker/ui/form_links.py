"""On a form: beside each field that names a record the way to it, and the looking up behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tracker.db import records
from tracker.i18n import _
from tracker.operations import links
from tracker.operations.links import Offer, Outgoing
from tracker.operations.office import Office
from tracker.schema.fields import Link, Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask, alive
from tracker.ui.form_body import FormBody
from tracker.ui.link_mark import Choice, LinkMark
from tracker.ui.tasks import Progress

LOOK_MS = 200


class FormLinks(QObject):
    """Looks up in the worker what the form's fields name, and what may be proposed for links that pair records."""

    opened = Signal(object)
    """A `Target` that the clerk wants to see."""
    wanted = Signal(str, str)
    """The ledger and the name of a record to be entered."""
    told = Signal()
    """What is said of links that name no record has changed."""

    def __init__(self, desk: Desk, ledger: Ledger, body: FormBody, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._body, self._form = desk, ledger, body, parent
        self.problems: tuple[Problem, ...] = ()
        self._new = self._stale = False
        self._keys = {field.key for field in ledger.naming if field.names in desk.office.catalogue.by_name}
        self._pairing = links.pairing(ledger)
        self._proposed: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._pause.timeout.connect(self.look)
        desk.closing.connect(self._pause.stop)
        body.edited.connect(lambda key: self._pause.start() if key in self._keys else None)
        body.left.connect(self._left)

    @property
    def marks(self) -> Mapping[str, LinkMark]:
        """The marks by their fields."""
        return {key: mark for key, cell in self._body.cells.items() if (mark := cell.mark)}

    def begin(self, new: bool) -> None:
        """Another record is shown."""
        self._new, self._proposed, self.problems = new, {}, ()
        for mark in self.marks.values():
            mark.offer((), False)
        self.look()

    def again(self) -> None:
        """Other records have changed."""
        if self._form.isVisible():
            self.look()
        else:
            self._stale = True

    def shown(self) -> None:
        """The form has come to the front."""
        if self._stale:
            self.look()

    def act(self) -> None:
        """Open what the field with the focus names, or begin it."""
        for key, mark in self.marks.items():
            if self._body.cells[key].isAncestorOf(self._body.focusWidget() or self._body):
                mark.act()

    def ask(self, key: str) -> Ask:
        """Looks up what may be meant in a field: records by their names, else what was typed in it before."""
        desk, ledger, field = self._desk, self._ledger, self._ledger.field(key)

        def ask(text: str, found: Callable[[list[str | Offer]], object]) -> object:
            record = self._body.record()[0]

            def look(office: Office, progress: Progress) -> list[str | Offer]:
                with progress.interruptible(office.db.interrupt):
                    known = links.offers(office.db, ledger, field, text, record) if field.names else ()
                    typed = records.suggestions(office.db, ledger, key, text) if text else []
                    return [*known, *typed]

            return desk.run_latest(("suggest", ledger.name, key), look, found)

        return ask

    def _left(self, key: str) -> None:
        if key in self._keys:
            self.look()
        if self._new and key in self._pairing:
            record, ledger = self._body.record()[0], self._ledger
            self._desk.run_latest(
                ("paired", ledger.name),
                lambda office, _progress: links.proposals(office.db, ledger, record),
                alive(self, self._propose),
            )

    def _propose(self, proposals: dict[str, str]) -> None:
        """Fill empty links with the only record there is, and take back what was proposed for another pair."""
        values = self._body.record()[0]
        for key in {*proposals, *self._proposed}:
            text = proposals.get(key)
            if values[key] in (None, self._proposed.get(key)) and values[key] != text:
                self._body.propose(key, text)
        self._proposed = proposals
        self.look()

    def look(self) -> None:
        """Look up what the fields name now."""
        self._pause.stop()
        self._stale = False
        if not self._keys:
            return
        values, ledger = self._body.record()[0], self._ledger
        record = {key: values[key] for key in self._keys}
        self._desk.run_latest(
            ("links", ledger.name),
            lambda office, _progress: links.outgoing(office.db, ledger, record),
            alive(self, lambda found: self._show(found, record)),
        )

    def _show(self, found: Sequence[Outgoing], asked: Mapping[str, Value]) -> None:
        values = self._body.record()[0]
        if any(values[key] != asked[key] for key in asked):
            return  # typed on meanwhile: that is looked up in its turn
        by_key = {out.field.key: out for out in found}
        for key, mark in self.marks.items():
            mark.offer(*self._choices(by_key.get(key)))
        self.problems = tuple(self._problems(found))
        self.told.emit()

    def _choices(self, out: Outgoing | None) -> tuple[list[Choice], bool]:
        if out is None:
            return [], False
        record, ledger = _(out.ledger.record), out.ledger.name
        open_it, enter_it = _("Open {record}: {name}"), _("Enter as a new {record}: {name}")
        choices: list[Choice] = []
        for target in out.found:
            text = open_it.format(record=record, name=target.called)
            choices.append((text, partial(self.opened.emit, target)))
        for name in out.unknown:
            choices.append(
                (enter_it.format(record=record, name=name), partial(self.wanted.emit, ledger, name))
            )
        return choices, bool(out.found)

    def _problems(self, found: Sequence[Outgoing]) -> list[Problem]:
        return [
            Problem(out.field.key, links.names_none(self._desk.reader, out.field, name), name, True)
            for out in found
            if isinstance(out.field, Link)
            for name in out.unknown
        ]
