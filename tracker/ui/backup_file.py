"""A backup that was opened by itself: shown for reading, restored into its data file or made one of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from tracker.errors import PasswordNeeded, UserError
from tracker.i18n import _
from tracker.operations import backup_files
from tracker.operations.backup_files import BackupFile
from tracker.operations.fresh import free_name
from tracker.operations.office import Office
from tracker.operations.setup import open_to_read
from tracker.paths import default_file
from tracker.ui.boxes import message_box
from tracker.ui.opening import Opening
from tracker.ui.progress import ProgressDialog
from tracker.ui.tasks import Tasks


class BackupFiles:
    """`opens` opens what comes of one, `opened` gets one to be looked at, `open_file` opens the data file of one, and
    `ask` asks for a password and goes on with the key."""

    def __init__(
        self,
        tasks: Callable[[], Tasks],
        parent: Callable[[], QWidget],
        opens: Opening,
        opened: Callable[[Office], object],
        open_file: Callable[[Path, str | None], object],
        ask: Callable[[Path, Callable[[str], object]], object],
    ) -> None:
        self._tasks, self._parent, self._opens = tasks, parent, opens
        self._opened, self._open_file, self._ask = opened, open_file, ask
        self._wanted: tuple[Path, Path] | None = None

    def look(self, one: BackupFile, key: str | None = None) -> None:
        """Open one for reading; where that cannot be done, ask what else to do with it."""
        try:
            office = open_to_read(one.path, one.sentence(), key)
        except PasswordNeeded:
            self._ask(one.path, lambda found: self.look(one, found))
        except UserError as wrong:
            self.offer(one, key, str(wrong))
        else:
            self._opened(office)

    def offer(self, one: BackupFile, key: str | None, reason: str = "") -> None:
        """Ask what is to be made of one; `reason` is why it cannot be looked at."""
        parent, data = self._parent(), one.data
        text = _("Work goes on in the data file. The backup itself stays as it is, whatever you choose.")
        box = message_box(
            parent, _("Backup"), one.sentence(), "\n".join(filter(None, (reason, text))), icon_name="history"
        )
        kind = QMessageBox.ButtonRole
        back: QPushButton | None = None
        if data:
            back = box.addButton(_("Restore it into {file} …").format(file=one.name), kind.AcceptRole)
        keep = box.addButton(_("Save as a data file …"), kind.AcceptRole)
        leave = box.addButton(_("Cancel"), kind.RejectRole)
        box.setDefaultButton(back or keep)
        box.setEscapeButton(leave)

        def chosen() -> None:
            if data and box.clickedButton() is back:
                self._wanted = (data, one.path)
                self._open_file(data, key)
            elif box.clickedButton() is keep:
                self.keep(one, key)
            box.deleteLater()

        box.finished.connect(chosen)
        box.open()

    def wanted(self, path: Path) -> Path | None:
        """The backup to be restored into the file that is open now, if that was wanted; it is asked once."""
        wanted, self._wanted = self._wanted, None
        return wanted[1] if wanted and wanted[0] == path else None

    def keep(self, one: BackupFile, key: str | None) -> None:
        """Ask for a name, make a data file of the backup and open that."""
        proposed = free_name(default_file().parent / one.name)
        named, _filter = QFileDialog.getSaveFileName(
            self._parent(), _("Save as a data file"), str(proposed), _("Data files (*.db);;All files (*)")
        )
        if not named:
            return
        new = Path(named) if Path(named).suffix else Path(named).with_suffix(".db")
        self._tasks().run(
            lambda progress: backup_files.keep_as(one.path, new, key, progress),
            lambda _done: self._opens.begin(new, key),
            lambda wrong: self.offer(one, key, str(wrong)),
            progress=ProgressDialog(self._parent(), _("Saving as a data file …")),
            cancellable=True,
        )
