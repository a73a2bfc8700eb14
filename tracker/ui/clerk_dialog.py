"""Who acts: asked when a file is opened that several clerks share, and whenever they change places at the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations import clerks
from tracker.operations.office import Changed, Office
from tracker.schema.clerks import Clerk, Role, acting
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.icons import icon
from tracker.ui.state import State
from tracker.ui.tasks import Progress, alive

REMEMBERED = "clerk"
"""Where this computer keeps who acted last (`State`)."""
NAME = Qt.ItemDataRole.UserRole
MOST = 320
"""Pixels: from there on the list scrolls."""


class ClerkDialog(QDialog):
    """The clerks of the file, the likeliest chosen; one that is `needed` is not left without an answer."""

    def __init__(
        self, people: tuple[Clerk, ...], chosen: str, parent: QWidget | None = None, *, needed: bool = False
    ) -> None:
        super().__init__(parent)
        self._needed = needed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Who is working?"))
        self.setMinimumWidth(360)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Clerks"))
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.list.setMaximumHeight(MOST)
        self.ok = widgets.button(_("Go on"), "check", primary=True)
        self.cancel = widgets.button(_("Cancel"))
        self._fill(people, chosen)
        self._lay_out()
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())  # Enter presses the button
        self.ok.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.list.setFocus()

    def _fill(self, people: tuple[Clerk, ...], chosen: str) -> None:
        for one in people:
            text = _("{clerk} ({role})").format(clerk=one.line(), role=one.role.title())
            item = QListWidgetItem(icon("user"), text if one.role is Role.HEAD else one.line())
            item.setData(NAME, one.name)
            self.list.addItem(item)
            if one.name == chosen or self.list.currentRow() < 0:
                self.list.setCurrentItem(item)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        self.cancel.setVisible(not self._needed)
        self.ok.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Heading(_("Who is working?"), role="strong"))
        column.addWidget(
            widgets.Caption(
                _("What is done from now on is noted under this name. It is no password: choose your own.")
            )
        )
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def chosen(self) -> str:
        """The name chosen."""
        item = self.list.currentItem()
        return str(item.data(NAME)) if item else ""

    def reject(self) -> None:
        """Esc leaves all as it is, where somebody acts already."""
        if not self._needed:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        if self._needed and self.isVisible():
            event.ignore()
        else:
            super().closeEvent(event)


def propose(office: Office, state: State) -> None:
    """Let whoever worked here last act until somebody else says so; before the file's window is made."""
    last = str(state.get(REMEMBERED, ""))
    if clerks.is_asked(office) and last in clerks.names(office):
        clerks.act_as(office, last)


def ask_at_start(desk: Desk, window: QWidget) -> None:
    """Ask who is working where the office has named two or more and nothing else says who."""
    desk.run_latest(
        "who is working",
        lambda office, _progress: _people(office) if clerks.is_asked(office) else (),
        alive(window, lambda people: _ask(desk, window, people, needed=True)),
    )


def ask_if_unknown(desk: Desk, window: QWidget) -> None:
    """Ask again where who acts is none of the clerks, as after the first were named."""
    desk.run_latest(
        "who is working",
        lambda office, _progress: () if clerks.is_known(office) else _people(office),
        alive(window, lambda people: _ask(desk, window, people, needed=True)),
    )


def switch(desk: Desk, window: QWidget, none_named: Callable[[], object]) -> None:
    """Ask who works from now on; where nobody is named, do what `none_named` says."""

    def ask(people: tuple[Clerk, ...]) -> None:
        if people:
            _ask(desk, window, people)
        else:
            none_named()

    desk.run_latest("who is working", lambda office, _progress: _people(office), alive(window, ask))


def _people(office: Office) -> tuple[Clerk, ...]:
    return acting(office.clerks)


def _ask(desk: Desk, window: QWidget, people: tuple[Clerk, ...], *, needed: bool = False) -> None:
    if len(people) < 1 + int(needed):
        return
    last = str(desk.state.get(REMEMBERED, "")) if needed else desk.office.who.clerk
    dialog = ClerkDialog(people, last, window, needed=needed)
    dialog.accepted.connect(lambda: act_as(desk, dialog.chosen()))
    dialog.open()


def act_as(desk: Desk, name: str) -> None:
    """From now on this clerk acts, and is proposed here the next time."""
    desk.state.set(REMEMBERED, name)

    def op(office: Office, _progress: Progress) -> Changed:
        return clerks.act_as(office, name)

    desk.run(op, lambda _changed: None)
