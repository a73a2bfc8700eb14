"""A damaged file: nothing is written to it; the newest good backup, what can still be read, or only a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QProgressBar, QVBoxLayout, QWidget

from tracker.catalogue import STANDARD
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import rescuing, restoring
from tracker.operations.backups import Backup
from tracker.operations.fresh import free_name
from tracker.operations.office import who_acts
from tracker.operations.rescuing import Rescued
from tracker.operations.restoring import Restored
from tracker.ui import backup_text, theme, widgets
from tracker.ui.boxes import message_box
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.tasks import Progress, Tasks

T = TypeVar("T")
MOST_LINES = 10
"""So many lines stand in the box itself; it does not scroll."""


class Opens(Protocol):
    """Whoever opens files."""

    def begin(self, path: Path, key: str | None = None) -> None: ...

    def look(self, path: Path, why: str, key: str | None = None) -> None: ...


class DamagedDialog(BusyDialog):
    """Looks for the newest good backup first; `key` is the file's password."""

    backup: Backup | None = None
    """The newest good one, once it is found."""

    def __init__(
        self,
        path: Path,
        text: str,
        opens: Opens,
        tasks: Tasks,
        parent: QWidget | None,
        key: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.path, self.opens, self.tasks, self.key = path, opens, tasks, key
        self._text = text
        self._searching = False
        self._ended: tuple[Path, QMessageBox] | None = None
        """What came of the work, and what is to be told of it."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The file is damaged"))
        self.setMinimumWidth(640)
        self.banner, self.step, self.bar = widgets.Banner(), widgets.Caption(), QProgressBar()
        self.found = widgets.Caption()
        self.restore = widgets.button(_("Go on with this backup"), "history", primary=True)
        self.rescue = widgets.button(_("Rescue what can be read …"), "save")
        self.only_look = widgets.button(_("Only look at it"), "search")
        self.close_button = widgets.button(_("Cancel"), quiet=True)
        self.restore.clicked.connect(self.take_back)
        self.rescue.clicked.connect(self.ask_rescue)
        self.only_look.clicked.connect(self.look)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self._search()

    def _lay_out(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Heading(_("The file is damaged")))
        column.addWidget(self.banner)
        self.banner.tell("danger", self._text, closable=False)
        part = QVBoxLayout()
        part.setSpacing(theme.XS)
        part.addWidget(widgets.Heading(_("The newest good backup"), role="strong"))
        part.addWidget(self.found)
        column.addLayout(part)
        column.addWidget(
            widgets.Caption(
                _("The damaged file stays as it is, under another name where a backup takes its place.")
            )
        )
        column.addWidget(self.bar)
        column.addWidget(self.step)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.close_button)
        row.addStretch(1)
        for button in (self.only_look, self.rescue, self.restore):
            row.addWidget(button)
        column.addLayout(row)

    # the newest good backup

    def _search(self) -> None:
        self._searching = True
        self.found.setText(_("Looking at the backups …"))
        path, key = self.path, self.key
        self._work(lambda progress: restoring.newest_good(path, key, who_acts(), progress), self._show_found)

    def _show_found(self, backup: Backup | None) -> None:
        self._at_rest()
        self.backup = backup
        if backup is None:  # which the sentence that said so far what is wrong may recommend
            self._text = _("{path} is damaged; nothing was written to it.").format(path=self.path)
            self.banner.tell("danger", self._text, closable=False)
            self.found.setText(_("There is no backup that is whole. Rescue what can be read."))
            self.rescue.setFocus()
            return
        text = _("{time} ({why}): {holds}")
        holds = backup_text.holds(backup, STANDARD)
        self.found.setText(
            text.format(time=f"{backup.made:{backup_text.SHOWN}}", why=backup.reason, holds=holds)
            + "\n"
            + _("What was entered since then is not in it; a rescue may still find that.")
        )
        self.restore.setEnabled(True)
        self.only_look.setFocus()  # Enter alone takes nothing back

    # what the clerk chooses

    def take_back(self) -> None:
        """Let the backup take the file's place, which is kept beside it."""
        backup = self.backup
        if backup is None or self._job:
            return
        path, key = self.path, self.key
        self._work(
            lambda progress: restoring.restore(path, backup.path, who_acts(), key=key, progress=progress),
            self._restored,
        )

    def _restored(self, done: Restored) -> None:
        self._leave(done.path, result_box(self, restoring.sentence(done)))

    def ask_rescue(self) -> None:
        """Ask for the new file's name and rescue into it."""
        proposed = free_name(self.path.with_stem(_("{name}-rescued").format(name=self.path.stem)))
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Rescue what can be read"), str(proposed), _("Data files (*.db);;All files (*)")
        )
        if chosen:
            self.rescue_into(Path(chosen))

    def rescue_into(self, new: Path) -> None:
        """Rescue into a new file."""
        if self._job:
            return
        path, key = self.path, self.key
        self._work(lambda progress: rescuing.rescue(path, new, key, progress), self._rescued)

    def _rescued(self, done: Rescued) -> None:
        self._leave(done.new, rescued_box(self, done))

    def look(self) -> None:
        """Open it for reading only."""
        self.accept()
        self.opens.look(self.path, self._text, self.key)

    def _leave(self, path: Path, told: QMessageBox) -> None:
        """Tell what was done, then open what came of it; where a lock hides the dialog, once it is seen again."""
        self._at_rest()
        if not self.isVisible():
            self._ended = path, told
            return
        told.exec()
        if not self.isVisible():  # a lock has come over it, and put it away unread
            self._ended = path, told
            return
        self.accept()
        self.opens.begin(path, self.key)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        ended, self._ended = self._ended, None
        if ended:
            QTimer.singleShot(0, self, lambda: self._leave(*ended))

    # the work

    def _work(self, op: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        for button in (self.restore, self.rescue, self.only_look):
            button.setEnabled(False)
        self.banner.tell("danger", self._text, closable=False)
        self.wait()
        job = self.tasks.run(op, done, self._refused, cancellable=True)
        if not job.is_finished:
            self._job = job
            job.progressed.connect(self.show_progress)
            job.cancelled.connect(self._stopped)

    def _refused(self, wrong: UserError) -> None:
        self._at_rest()
        self.banner.tell("danger", str(wrong), closable=False)
        self.only_look.setFocus()

    def _stopped(self) -> None:
        searching = self._searching
        self._at_rest()
        if searching:
            super().reject()
        else:
            self.step.setText(_("Stopped; nothing was changed."))
            self.only_look.setFocus()

    def _at_rest(self) -> None:
        self._job, self._searching = None, False
        self.bar.hide()
        self.step.setText("")
        for button in (self.rescue, self.only_look):
            button.setEnabled(True)
        self.restore.setEnabled(self.backup is not None)


def rescued_box(parent: QWidget | None, done: Rescued) -> QMessageBox:
    """What came of a rescue: what is lost before all that is not, and where the list of it lies."""
    losses, rest = [*done.losses()], [*done.rest()]
    if done.list_path:
        rest.append(_("All of this stands in {path}.").format(path=done.list_path))
    elif losses:
        rest.append(_("No list of it was written: copy what you need before you close this."))
    return result_box(parent, done.headline(), losses, rest, warns=not done.is_whole)


def result_box(
    parent: QWidget | None,
    text: str,
    losses: Sequence[str] = (),
    rest: Sequence[str] = (),
    *,
    warns: bool = False,
) -> QMessageBox:
    """What came of it, in words that can be copied; of many losses the first, and all of them in a text that
    scrolls."""
    shown = [*losses] if len(losses) <= MOST_LINES else [*losses[:MOST_LINES], "  …"]
    look = ("warning", "warning") if warns else ("check", "positive")
    box = message_box(
        parent, _("Case Tracker"), text, "\n".join((*shown, *rest)), icon_name=look[0], role=look[1]
    )
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if len(losses) > MOST_LINES:
        box.setDetailedText("\n".join(losses))
    return box
