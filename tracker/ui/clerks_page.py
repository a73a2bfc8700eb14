"""The clerks whom the office has named: who works with the file, with which post and role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import clerks
from tracker.operations.office import Changed, Office
from tracker.schema.clerks import LONGEST, Clerk, Deed, Role
from tracker.ui import clerk_dialog, theme, widgets
from tracker.ui.asking import Asking
from tracker.ui.desk import Desk
from tracker.ui.keys import HERE, Clerks, of_command, shown
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Progress

Op = Callable[[Office], Changed]


@dataclass(frozen=True)
class Known:
    """What the page shows: everybody named, who acts, and whether who acts may name clerks."""

    people: tuple[Clerk, ...]
    acting: str
    may: bool
    head: bool
    """Whether it is the clerk who might, were the file not for reading only."""


def read(office: Office) -> Known:
    """Read in the worker."""
    return Known(
        office.clerks,
        office.who.clerk,
        office.may(Deed.NAME) and not office.db.readonly,
        office.may(Deed.NAME),
    )


class ClerksPage(QWidget):
    """A table of clerks; each change is saved at once and can be undone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.known = Known((), "", True, True)
        self._stale = True
        self.table = PlainTable(_("Clerks"), sortable=False)
        self.new = widgets.button(_("Name a clerk …"), "add", primary=True)
        self.edit = widgets.button(_("Change …"), "edit")
        self.retire = widgets.button(_("Retire"), quiet=True)
        self.remove = widgets.button(_("Remove"), "delete", quiet=True)
        self.banner = widgets.Banner()
        self.note = widgets.Caption()
        self.stack = QStackedWidget()
        self.empty = widgets.EmptyState(
            "user",
            _("No clerk is named yet"),
            _(
                "Everybody who opens the file may do everything. Name those who work with it, and each operation "
                "stands under the name of who did it; name a head, and freezing, unfreezing and naming are the head's."
            ),
            "" if desk.readonly else of_command("new_record").tip(_("Name a clerk …")),
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(widgets.Heading(_("Clerks")))
        head.addStretch(1)
        for button, key in (
            (self.remove, Clerks.remove),
            (self.retire, Clerks.retire),
            (self.edit, Clerks.change),
        ):
            key.tell(button)
            head.addWidget(button)
        of_command("new_record").tell(self.new, _("Name a clerk"))
        head.addWidget(self.new)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        for signal, act in (
            (self.new.clicked, self.new_record),
            (self.empty.acted, self.new_record),
            (self.edit.clicked, self.ask_change),
            (self.retire.clicked, self.turn_retired),
            (self.remove.clicked, self.take_out),
        ):
            signal.connect(act)
        Clerks.change.on(self.table, self.ask_change, HERE)
        Clerks.retire.on(self.table, self.turn_retired, HERE)
        Clerks.remove.on(self.table, self.take_out, HERE)
        self.desk.changed.connect(self._changed)

    @property
    def current(self) -> Clerk | None:
        """The clerk chosen."""
        row = self.table.currentIndex().row()
        return self.known.people[row] if 0 <= row < len(self.known.people) else None

    # reading

    def refresh(self) -> None:
        """Read the clerks anew."""
        self._stale = False
        self.desk.run_latest((self, "clerks"), lambda office, _p: read(office), self._show)

    def _show(self, known: Known) -> None:
        chosen = self.current
        self.known = known
        heads = (Head(_("Full name"), 200), Head(_("Position"), 240), Head(_("Role"), 120), Head(_("State")))
        self.table.fill(heads, [self._row(one) for one in known.people])
        row = next((n for n, one in enumerate(known.people) if chosen and one.name == chosen.name), 0)
        if known.people:
            self.table.selectRow(row)
            self.table.selectionModel().currentRowChanged.connect(lambda *_n: self._settle())
        self.stack.setCurrentIndex(int(not known.people))
        text = (
            _("You act as {name}; {keys} switches.")
            if known.head
            else _("Only a head may name clerks. You act as {name}; {keys} switches.")
        )
        self.note.setText(text.format(name=known.acting, keys=shown(of_command("switch_clerk").keys)))
        self.note.setVisible(bool(known.people))
        self._settle()

    def _row(self, one: Clerk) -> tuple[str, ...]:
        state = _("retired") if one.retired else _("acting now") if one.name == self.known.acting else ""
        return one.name, one.post, one.role.title(), state

    def _settle(self) -> None:
        one = self.current
        for button in (self.edit, self.retire, self.remove):
            button.setVisible(bool(self.known.people))
            button.setEnabled(self.known.may and one is not None)
        self.new.setVisible(bool(self.known.people))
        self.new.setEnabled(self.known.may)
        self.retire.setText(_("Come back") if one and one.retired else _("Retire"))
        Clerks.retire.tell(self.retire)

    def _changed(self, changed: Changed) -> None:
        self._stale = self._stale or changed.settings
        if self._stale and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # changing

    def new_record(self) -> None:
        """Name somebody."""
        if self._may():
            self._open(None)

    def ask_change(self) -> None:
        """Give the clerk chosen another post or role."""
        if self.current and self._may():
            self._open(self.current)

    def _may(self) -> bool:
        """Whether who acts may name clerks; else it is said before anything is asked for."""
        reason = self.desk.readonly or self.desk.refusal(Deed.NAME)
        if reason:
            self.banner.tell("warning", reason)
        return not reason

    def _open(self, clerk: Clerk | None) -> None:
        dialog = ClerkEdit(self.desk, clerk, self)
        dialog.saved.connect(self._written)
        dialog.open()

    def turn_retired(self) -> None:
        """Have the clerk chosen retire, or come back."""
        if (one := self.current) and self._may():
            self._run(lambda office: clerks.change(office, replace(one, retired=not one.retired)))

    def take_out(self) -> None:
        """Take out the name chosen, which nobody has acted under."""
        if (one := self.current) and self._may():
            self._run(lambda office: clerks.remove(office, one))

    def _run(self, op: Op) -> None:
        self.banner.hide()
        self.desk.run(lambda office, _p: op(office), lambda _changed: self._written(), self._refused)

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    def _written(self) -> None:
        """Who acts may be none of those named now."""
        self.banner.hide()
        clerk_dialog.ask_if_unknown(self.desk, self.window())


class ClerkEdit(Asking):
    """Name, post and role of a clerk; the name of one who is there stays."""

    saved = Signal()

    def __init__(self, desk: Desk, clerk: Clerk | None, parent: QWidget) -> None:
        title = _("Clerk {name}").format(name=clerk.name) if clerk else _("Name a clerk")
        super().__init__(title, _("Save"), parent)
        self.desk, self.clerk = desk, clerk
        self.name, self.post, self.role = QLineEdit(), QLineEdit(), QComboBox()
        self.name.setMaxLength(LONGEST)
        for role in Role:
            self.role.addItem(role.title(), role)
        hint = _("As it is to stand in the history; it cannot be changed later.")
        self.ask(_("Full name"), self.name, "" if clerk else hint)
        self.ask(_("Position"), self.post)
        self.ask(_("Role"), self.role, _("A head freezes, unfreezes, names clerks and sees everybody's log."))
        if clerk:
            self.name.setText(clerk.name)
            self.name.setEnabled(False)
            self.post.setText(clerk.post)
            self.role.setCurrentIndex(self.role.findData(clerk.role))
        (self.post if clerk else self.name).setFocus()

    def accept(self) -> None:
        """Save, or say what is wrong."""
        wanted = Clerk(self.name.text(), self.post.text(), Role(self.role.currentData()))
        before = self.clerk

        def op(office: Office, _progress: Progress) -> Changed:
            if before:
                return clerks.change(office, replace(wanted, name=before.name, retired=before.retired))
            return clerks.name(office, wanted)

        self.carry_out(self.desk, op, lambda _changed: self.saved.emit())
