"""A file opened for the window: in the worker where that takes long; what only a clerk can decide is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tracker import paths
from tracker.errors import DamagedFile, PasswordNeeded, ReadOnlyFile, UserError
from tracker.i18n import _
from tracker.operations import opening, passwords, spoiled
from tracker.operations.office import Office
from tracker.operations.setup import open_as_set, open_to_read
from tracker.ui.damaged_dialog import DamagedDialog
from tracker.ui.progress import ProgressDialog
from tracker.ui.tasks import Tasks


class Opening:
    """Opens files, one after another; `opened` gets what could be opened, `refused` the sentence why it could not.

    `ask` asks for a file's password and goes on with the key that opens it. `parent` is the window in front, which may
    be exchanged to have one: it is asked for before `tasks`, which go with the window that is in front then.
    """

    def __init__(
        self,
        tasks: Callable[[], Tasks],
        parent: Callable[[], QWidget | None],
        opened: Callable[[Office], object],
        refused: Callable[[str], object],
        ask: Callable[[Path, Callable[[str], object]], object],
    ) -> None:
        self._tasks, self._parent = tasks, parent
        self._opened, self._refused, self._ask = opened, refused, ask

    def begin(self, path: Path, key: str | None = None) -> None:
        """Open a file to work in it, or to read it where it cannot be written."""
        path = paths.itself(path.absolute())
        if not opening.takes_long(path, key):
            self._try(path, key)
            return
        shown = ProgressDialog(self._parent(), _("Opening the file …"))
        job = self._tasks().run(
            lambda progress: open_as_set(path, progress, key),
            self._opened,
            lambda wrong: self._failed(path, wrong, key),
            progress=shown,
            cancellable=True,
        )
        job.cancelled.connect(
            lambda: self.look(path, _("The file was not looked through; it is open for reading only."), key)
        )

    def look(self, path: Path, why: str, key: str | None = None) -> None:
        """Open a file for reading only."""
        try:
            office = open_to_read(path, why, key)
        except PasswordNeeded:
            self._ask(path, lambda found: self.look(path, why, found))
        except UserError as wrong:
            self._refused(str(wrong))
        else:
            self._opened(office)

    def _try(self, path: Path, key: str | None) -> None:
        try:
            office = open_as_set(path, key=key)
        except UserError as wrong:
            self._failed(path, wrong, key)
        else:
            self._opened(office)

    def _failed(self, path: Path, wrong: UserError, key: str | None) -> None:
        if isinstance(wrong, PasswordNeeded):
            self._ask(path, lambda found: self.begin(path, found))
        elif isinstance(wrong, ReadOnlyFile):
            self.look(path, str(wrong), key)
        elif isinstance(wrong, DamagedFile):
            self._damaged(path, str(wrong), key)
        else:
            self._refused(str(wrong))

    def _damaged(self, path: Path, text: str, key: str | None) -> None:
        """Offer what the file's backups hold; where these have a password that was not asked for, ask for it."""
        backup = spoiled.newest(path)
        if backup and key is None and passwords.has_password(backup.path):
            self._ask(backup.path, lambda found: self._damaged(path, text, found))
        else:
            parent = self._parent()
            DamagedDialog(path, text, self, self._tasks(), parent, key).open()
