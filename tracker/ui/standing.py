"""What is told of the whole file above the pages, as long as it is so: why it can only be read, or lies badly."""

from __future__ import annotations

from tracker.i18n import _
from tracker.operations import opening
from tracker.ui.desk import Desk
from tracker.ui.widgets import Banner

KNOWN = "unsafe_places_known"
"""In the state: files of which the clerk has closed the warning."""


class Standing(Banner):
    """`acted` asks to open the file again, to write in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._place = str(desk.office.db.path)
        self.closed.connect(self._remember)
        known = desk.state.get(KNOWN)
        if desk.readonly:
            self.tell("warning", desk.readonly, _("Try again"), closable=False)
        elif self._place not in (known if isinstance(known, list) else []) and (
            why := opening.unsafe(desk.office.db.path)
        ):
            self.tell("warning", why)

    def _remember(self) -> None:
        known = self.desk.state.get(KNOWN)
        self.desk.state.set(KNOWN, [*(known if isinstance(known, list) else []), self._place])
