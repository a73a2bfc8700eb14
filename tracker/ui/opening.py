"""A file opened for the window: in the worker where that takes long; what only a clerk can decide is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tracker.errors import DamagedFile, ReadOnlyFile, UserError
from tracker.i18n import _
from tracker.operations import opening
from tracker.operations.office import Office
from tracker.operations.setup import open_as_set, open_to_read
from tracker.ui.damaged_dialog import DamagedDialog
from tracker.ui.progress import ProgressDialog
from tracker.ui.tasks import Tasks


class Opening:
    """Opens files, one after another; `opened` gets what could be opened, `refused` the sentence why it could not."""

    def __init__(
        self,
        tasks: Callable[[], Tasks],
        parent: Callable[[], QWidget | None],
        opened: Callable[[Office], object],
        refused: Callable[[str], object],
    ) -> None:
        self._tasks, self._parent = tasks, parent
        self._opened, self._refused = opened, refused

    def begin(self, path: Path) -> None:
        """Open a file to work in it, or to read it where it cannot be written."""
        path = path.absolute()
        if not opening.takes_long(path):
            self._try(path)
            return
        job = self._tasks().run(
            lambda progress: open_as_set(path, progress),
            self._opened,
            lambda wrong: self._failed(path, wrong),
            progress=ProgressDialog(self._parent(), _("Opening the file …")),
            cancellable=True,
        )
        job.cancelled.connect(
            lambda: self.look(path, _("The file was not looked through; it is open for reading only."))
        )

    def look(self, path: Path, why: str) -> None:
        """Open a file for reading only."""
        try:
            office = open_to_read(path, why)
        except UserError as wrong:
            self._refused(str(wrong))
        else:
            self._opened(office)

    def _try(self, path: Path) -> None:
        try:
            office = open_as_set(path)
        except UserError as wrong:
            self._failed(path, wrong)
        else:
            self._opened(office)

    def _failed(self, path: Path, wrong: UserError) -> None:
        if isinstance(wrong, ReadOnlyFile):
            self.look(path, str(wrong))
        elif isinstance(wrong, DamagedFile):
            DamagedDialog(path, str(wrong), self, self._tasks(), self._parent()).open()
        else:
            self._refused(str(wrong))
