"""What the frame of the window says of the file: office, clerk and how many records each ledger has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from tracker.db import records
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.ui.balanced import BalancedHeading
from tracker.ui.desk import Desk
from tracker.ui.navigation import Navigation
from tracker.ui.status_line import StatusLine


@dataclass(frozen=True)
class Names:
    """What the window's frame says of the file: the office, and who acts."""

    office: str
    clerk: str


def read_names(office: Office) -> Names:
    """Read in the worker; quick."""
    return Names(str(office.setting("office") or ""), office.who.clerk)


def read_counts(office: Office, ledgers: Iterable[str]) -> dict[str, int]:
    """Read in the worker: how many records each of the ledgers has, one pass over an index each."""
    by_name = office.catalogue.by_name
    return {name: records.count(office.db, records.Query(by_name[name])) for name in ledgers}


class FrameWords(QObject):
    """Reads them in the worker, and again where they changed."""

    def __init__(
        self,
        desk: Desk,
        window: QMainWindow,
        office: BalancedHeading,
        navigation: Navigation,
        status: StatusLine,
    ) -> None:
        super().__init__(window)
        self._desk, self._window, self._office = desk, window, office
        self._navigation, self._status = navigation, status
        self._to_count: frozenset[str] = frozenset()

    def read(self) -> None:
        """Everything, for the first time."""
        self._read_names()
        self.count_all()

    def again(self, changed: Changed) -> None:
        """Something was changed."""
        if changed.settings:
            self._read_names()
        if changed.structure:
            self.count_all()
        here = changed.ledgers & self._desk.office.catalogue.by_name.keys()  # what is attached has no page
        if here or self._to_count:
            self._count(self._to_count | here)

    def count_all(self) -> None:
        """Count all ledgers."""
        self._count(self._desk.office.catalogue.by_name)

    def _read_names(self) -> None:
        self._desk.run_latest("names", lambda office, _progress: read_names(office), self._show_names)

    def _count(self, ledgers: Iterable[str]) -> None:
        """Count these ledgers; one that a later count overtakes stays among those to be counted."""
        self._to_count = frozenset(ledgers) & self._desk.office.catalogue.by_name.keys()
        wanted = sorted(self._to_count)
        self._desk.run_latest(
            "counts", lambda office, _progress: read_counts(office, wanted), self._show_counts
        )

    def _show_names(self, names: Names) -> None:
        office = names.office or _("Case Tracker")
        file = self._desk.office.db.path.name
        self._window.setWindowTitle(_("{office} — {file}").format(office=office, file=file))
        self._office.say(office)
        self._status.show_clerk(names.clerk)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._to_count -= counts.keys()
        self._navigation.show_counts(counts)
