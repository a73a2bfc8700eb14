"""The backups of the file, the newest first: what each holds, making one, checking one, and taking the file back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import backup_files, backups, restoring, verifying
from tracker.operations.backups import Backup
from tracker.operations.office import Changed, Office
from tracker.operations.passwords import has_password
from tracker.operations.setup import change_settings
from tracker.operations.verifying import Verified
from tracker.settings import BACKUP_SECOND
from tracker.ui import backup_text, theme, tries, widgets
from tracker.ui.backup_text import Line, Standing
from tracker.ui.desk import Desk
from tracker.ui.keys import HERE, WITHIN, Backups
from tracker.ui.plain_table import PlainTable
from tracker.ui.progress import ProgressDialog
from tracker.ui.tasks import Job, Progress, alive
from tracker.ui.unlock import UnlockDialog


class BackupsPage(QWidget):
    """`restore_wanted` with the `Backup` to which the file is to be taken back, and the key that opens it."""

    restore_wanted = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self._standing: Standing | None = None
        self._wanted: Path | None = None
        self.banner = widgets.Banner()
        self.make = widgets.button(_("Back up now"), "save", primary=True)
        self.restore = widgets.button(_("Restore …"), "history")
        self.check = widgets.button(_("Check"), "check")
        self.open_folder = widgets.button(_("Open the folder"), "folder", quiet=True)
        self.choose_second = widgets.button(_("Second place …"), "folder")
        self.newest, self.second, self.kept = widgets.Caption(), widgets.Caption(), widgets.Caption()
        self.list = PlainTable(_("Backups"), sortable=False)
        self.holds_title, self.holds = widgets.Heading(_("It holds"), role="strong"), widgets.Caption()
        self._itself = backup_files.of(desk.office.db.path) is not None
        self.empty = _nothing(self._itself)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(widgets.Heading(_("Backups")))
        head.addStretch(1)
        for one in (self.open_folder, self.choose_second, self.check, self.restore, self.make):
            head.addWidget(one)
        about = QVBoxLayout()
        about.setSpacing(theme.XS)
        for words in (self.newest, self.second, self.kept):
            about.addWidget(words)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.list, 1)
        column.addWidget(self.holds_title)
        column.addWidget(self.holds)
        self.stack = QStackedWidget()
        self.stack.addWidget(content)  # in front until the backups are read, so that the list takes the focus
        self.stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        whole.setSpacing(theme.S)
        whole.addLayout(head)
        whole.addWidget(self.banner)
        whole.addLayout(about)
        whole.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.make.setToolTip(Backups.make.tip())
        for button, act in ((self.make, self.back_up), (self.restore, self.ask_restore)):
            button.clicked.connect(act)
        self.empty.acted.connect(self.back_up)
        for key, button, act in (
            (Backups.check, self.check, self.check_one),
            (Backups.folder, self.open_folder, self.show_folder),
            (Backups.second, self.choose_second, self.ask_second),
        ):
            key.tell(button)
            button.clicked.connect(act)
            key.on(self, act, WITHIN)
        Backups.restore.tell(self.restore)
        Backups.restore.on(self.list, self.ask_restore, HERE)
        self.list.doubleClicked.connect(lambda _index: self.ask_restore())
        self.desk.changed.connect(self._file_changed)

    # reading

    def refresh(self) -> None:
        """Read the backups anew."""
        self._stale = False
        self.desk.run_latest(self, backup_text.read, self._show)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self.banner.hide()
        self.refresh()

    def _file_changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.banner.hide()  # what it said was of the file as it was
            self.refresh()

    def _show(self, standing: Standing) -> None:
        chosen = self.current()
        focused = self.list.hasFocus() or self.empty.action.hasFocus()
        self._standing = standing
        self.newest.setText(backup_text.newest(standing))
        self.second.setText(backup_text.second(standing))
        self.kept.setText(backup_text.kept(standing.rule))
        lines = standing.lines
        self.list.fill(backup_text.heads(), [backup_text.row(line) for line in lines])
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_holds())
        names = [line.backup.name for line in lines]
        if chosen and chosen.name in names:
            self.list.selectRow(names.index(chosen.name))
        self.stack.setCurrentIndex(0 if lines else 1)
        if focused:
            (self.list if lines else self.empty.action).setFocus()
        for part in (self.restore, self.check, self.open_folder, self.make):
            part.setVisible(bool(lines))
        self.newest.setVisible(bool(lines))
        self._show_holds()
        self._restore_wanted(lines)

    def _show_holds(self) -> None:
        one = self.current()
        if one:
            self.holds.setText(backup_text.holds(one, self.desk.office.catalogue))

    def current(self) -> Backup | None:
        """The backup chosen."""
        lines = self._standing.lines if self._standing else ()
        row = self.list.currentIndex().row()
        return lines[row].backup if 0 <= row < len(lines) else None

    # acts

    def back_up(self) -> None:
        """Make one now; none of a backup itself."""
        if self._itself:
            self.desk.only_read.emit()
            return
        job = self.desk.run(_make, alive(self, self._made), alive(self, self._failed), cancellable=True)
        self._watch(job, _("Backing up …"))

    def _watch(self, job: Job, title: str) -> None:
        if not job.is_finished:
            ProgressDialog(self.window(), title).follow(job)

    def _made(self, backup: Backup) -> None:
        if backup.notes:
            self.banner.tell("warning", " ".join((_("Backed up."), *backup.notes)))
        else:
            self.banner.tell("positive", _("Backed up and checked."))
        self.refresh()

    def _failed(self, wrong: UserError) -> None:
        self.banner.tell("danger", str(wrong))

    def ask_restore(self) -> None:
        """Have the file taken back to the backup chosen."""
        if self.desk.readonly:
            self.desk.only_read.emit()
            return
        self._with_key(self._look)

    def ask_restore_of(self, path: Path) -> None:
        """The same of this backup, as soon as the list is read."""
        self._wanted = path
        self.refresh()

    def _restore_wanted(self, lines: tuple[Line, ...]) -> None:
        wanted, self._wanted = self._wanted, None
        row = next((n for n, line in enumerate(lines) if wanted and line.backup.name == wanted.name), None)
        if row is not None:
            self.list.selectRow(row)
            self.ask_restore()

    def _look(self, one: Backup, key: str | None) -> None:
        if one.holding:
            self.restore_wanted.emit(one, key)
            return
        self.desk.run(
            lambda _office, _progress: replace(one, holding=backups.look(one.path, key)),
            alive(self, lambda looked: self.restore_wanted.emit(looked, key)),
            alive(self, self._failed),
        )

    def _with_key(self, then: Callable[[Backup, str | None], object]) -> None:
        """Go on with the backup chosen and the key that opens it, which is asked for where it is not the file's."""
        one = self.current()
        if one is None:
            return
        if one.holding or not has_password(one.path):
            then(one, self.desk.office.key)
            return
        dialog = UnlockDialog(one.path, self.desk.tasks, tries.at(one.path), self.window())
        dialog.opened.connect(lambda key: then(one, key))
        dialog.open()

    def check_one(self) -> None:
        """Look at the backup chosen wholly: structure, history, each record against its history."""
        self._with_key(self._check)

    def _check(self, one: Backup, key: str | None) -> None:
        path, backup = self.desk.office.db.path, one.path

        def op(office: Office, progress: Progress) -> Verified:
            return restoring.check(path, backup, key, office.who, progress)

        job = self.desk.run(
            op,
            alive(self, lambda found: self._checked(one, found)),
            alive(self, self._failed),
            cancellable=True,
        )
        self._watch(job, _("Checking the backup …"))

    def _checked(self, one: Backup, found: Verified) -> None:
        when = f"{one.made:{backup_text.SHOWN}}"
        if found.sound:
            text = _(
                "The backup of {time} is sound: {records} records (with their parts and the bin), "
                "{rows} rows of the history."
            )
            told = text.format(time=when, records=f"{found.records:,}", rows=f"{found.rows:,}")
            gaps = map(verifying.gap_told, found.gaps)
            self.banner.tell("positive" if found.unbroken else "info", "\n".join((told, *gaps)))
            return
        text = _("The backup of {time} is not sound; do not restore it. First: {fault}")
        self.banner.tell("danger", text.format(time=when, fault=found.told[0]))

    def show_folder(self) -> None:
        """Open the folder of the backup chosen in the system's file manager."""
        one = self.current()
        if one:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(one.path.parent)))

    def ask_second(self) -> None:
        """Choose the folder in which each backup is put as well."""
        known = self._standing.second if self._standing else None
        begin = str(known or self.desk.office.db.path.parent)
        chosen = QFileDialog.getExistingDirectory(self, _("Second place for backups"), begin)
        if chosen:
            self.desk.run(
                lambda office, _progress: change_settings(office, {BACKUP_SECOND.key: chosen}),
                alive(self, lambda _changed: self._spread()),
                alive(self, self._failed),
            )

    def _spread(self) -> None:
        job = self.desk.run(
            lambda office, progress: backups.spread(office.db, progress),
            alive(self, self._second_chosen),
            alive(self, self._failed),
            cancellable=True,
        )
        self._watch(job, _("Copying the newest backup …"))

    def _second_chosen(self, notes: tuple[str, ...]) -> None:
        if notes:
            self.banner.tell("warning", " ".join(notes))
        else:
            self.banner.tell("positive", _("Each backup is put into the second place as well from now on."))
        self.refresh()


def _nothing(backup: bool) -> widgets.EmptyState:
    """Why there is no backup: not yet, or because it is one that is open."""
    if backup:
        text = _("Its data file lists all backups; open that one to restore another.")
        return widgets.EmptyState("history", _("This file is a backup itself"), text)
    text = _(
        "One is made before the first change of each day, when the file is closed and changed, and at need."
    )
    return widgets.EmptyState("history", _("There is no backup yet"), text, _("Back up now"))


def _make(office: Office, progress: Progress) -> Backup:
    return backups.make(office.db, "asked", progress=progress, new=True)
