"""What is told of the whole file above the pages: why it can only be read or lies badly, and what was not saved."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from tracker.db import drafts, records
from tracker.db.database import found_damaged
from tracker.db.drafts import Draft
from tracker.db.records import Record
from tracker.errors import DamagedFile, DiskFull, FileProblem
from tracker.i18n import _
from tracker.operations import backup_files, deadlines, opening, partial
from tracker.operations.office import Changed
from tracker.ui import keys, theme
from tracker.ui.desk import Desk
from tracker.ui.widgets import Banner

FLASH_MS = 500
KNOWN = "unsafe_places_known"
"""In the state: files of which the clerk has closed the warning."""


class Standing(Banner):
    """Tells one thing after another; the clerk puts away what is read."""

    again_wanted = Signal()
    """The file is to be opened again, to write in it."""
    backup_wanted = Signal(object)
    """It is this `BackupFile` itself that is open: what is to be made of it is asked for."""
    resumed = Signal(object)
    """The clerk goes on with this `Draft`."""
    stopped = Signal()
    """Nothing can be saved any more, or for now: what stops nothing need not be told beside that."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.draft: Draft | None = None
        self._place = str(desk.office.db.path)
        self._backup = backup_files.of(desk.office.db.path)
        self._damage: set[str] = set()
        """What was said of damage of this file, and is not to be said again beside the strip."""
        self._left = [] if desk.readonly else self._drafts()
        self._who = desk.office.who
        self._part = ""
        self._full = False
        """Whether there was no room for what was to be written last."""
        desk.tasks.failing.connect(self._find)
        desk.changed.connect(self._follow)
        desk.changed.connect(self._find_room)
        desk.wrote.connect(self._find_room)
        self.closed.connect(self._remember)
        self.acted.connect(self._act)
        keys.Standing.act.press(self.action)
        known = desk.state.get(KNOWN)
        self._known = known if isinstance(known, list) else []
        self._next()
        self._look()

    def _look(self) -> None:
        """Find whether the file is a part, in the worker: that may take all of its history."""
        self.desk.run_latest((self, "part"), lambda office, _p: partial.told(office.db), self._show_part)

    def _show_part(self, told: str) -> None:
        if told != self._part:
            self._part = told
            if self.draft is None:
                self._next()

    def _follow(self, _changed: Changed) -> None:
        self._follow_clerk()
        if self._part:  # until it is whole
            self._look()

    def _drafts(self) -> list[Draft]:
        """Those of forms that there still are."""
        every = self.desk.office.catalogue.by_name
        return [
            draft for draft in drafts.left(self.desk.reader, self.desk.office.who) if draft.ledger in every
        ]

    def _follow_clerk(self) -> None:
        """Another clerk has sat down: what that one had typed is offered."""
        if self._who != self.desk.office.who:
            self._who = self.desk.office.who
            self._left = [] if self.desk.readonly else self._drafts()
            self._next()

    def _find(self, wrong: FileProblem) -> None:
        """Whoever only looks at a damaged file knows; else it is looked through when it is opened again."""
        if wrong.path != self.desk.office.db.path or self.desk.readonly:
            return
        if isinstance(wrong, DamagedFile):
            self.desk.office.db.damaged = True
            self._damage.add(str(wrong))
        elif isinstance(wrong, DiskFull):
            self._full = True
        if self.stops:
            self._again()
            self.stopped.emit()

    def _find_room(self) -> None:
        """Something could be written."""
        if self._full:
            self._full = False
            self._next()

    @property
    def stops(self) -> bool:
        """Whether nothing can be saved, as far as is known."""
        return self.desk.office.db.damaged or self._full

    def _again(self) -> None:
        """Tell anew what is most urgent; an offer that was not taken up comes later."""
        if self.draft:
            self._left.insert(0, self.draft)
        self._next()

    def tells(self, text: str) -> bool:
        """Whether this says already what is wrong there."""
        return text in self._damage

    def _act(self) -> None:
        if self._backup:
            self.backup_wanted.emit(self._backup)
        elif self.desk.readonly or self.desk.office.db.damaged:
            self.again_wanted.emit()
        elif self.draft:
            self.resumed.emit(self.draft)

    def gone_on(self, draft: Draft) -> None:
        """The draft stands on its form; an offer that was not taken up stays."""
        if self.draft is draft:
            self._next()

    def _next(self) -> None:
        """Tell the most urgent thing that was not told yet, or nothing."""
        self.draft = None
        if self.desk.readonly:
            action = _("Restore or keep it …") if self._backup else _("Try again")
            text = " ".join(filter(None, (self.desk.readonly, self._part)))
            self.tell("warning", text, action, closable=False)
            self._name_key(
                _("Choose what is made of it") if self._backup else _("Open it again to write in it")
            )
        elif self.desk.office.db.damaged:
            text = str(found_damaged(self.desk.office.db.path))
            self.tell("danger", text, _("Close and open again"), closable=False)
            self._name_key(_("Look through the file wholly as it is opened again"))
        elif self._full:
            text = _(
                "The disk of {path} is full: what was to be saved last is not saved, and what you type stands in this "
                "window only. Leave it open, free some space, then save."
            )
            self.tell("danger", text.format(path=self._place))
        elif self._left:
            self.draft = self._left.pop(0)
            text = _("Typed and not saved when the program ended at {at}: {what}.")
            at = self.draft.at.replace("T", " ")[:16]
            self.tell("info", text.format(at=at, what=self._about(self.draft)), _("Go on with it"))
            self._name_key(_("Go on with what was not saved"))
        elif self._place not in self._known and (why := opening.unsafe(self.desk.office.db.path)):
            self.tell("warning", why)
        elif self._part:
            self.tell("info", self._part, closable=False)
        else:
            self.hide()

    def _name_key(self, what: str) -> None:
        """What the button does, told with its key, which Qt forgets with each text."""
        keys.Standing.act.press(self.action, what)

    def _about(self, draft: Draft) -> str:
        """Which record it is of, by its number and whom it is about, as far as that was typed."""
        ledger = self.desk.office.catalogue.by_name[draft.ledger]
        named: Record = dict.fromkeys(ledger.by_key)
        if draft.uid:
            named |= records.get(self.desk.reader, ledger, draft.uid) or {}
        for key, (could_be_read, value) in draft.content.items():
            if could_be_read and isinstance(value, str | int):
                named[key] = value
        title = ledger.title() if draft.uid else _("new in {ledger}").format(ledger=ledger.title())
        number = str(named.get(ledger.number) or "")
        return " · ".join(filter(None, (title, number, deadlines.about(ledger, named))))

    def flash(self) -> None:
        """Say once more that the file can only be read, to who types all the same."""
        if self.desk.readonly:
            self.light(True)
            QTimer.singleShot(FLASH_MS, self, lambda: self.light(False))

    def light(self, on: bool) -> None:
        """Stand out, or no longer."""
        theme.set_property(self, "flash", on)

    def _remember(self) -> None:
        if self._full:
            self._full = False
        elif self.draft is None and not self.desk.readonly:
            self._known.append(self._place)
            self.desk.state.set(KNOWN, [*self._known])
        self._next()
