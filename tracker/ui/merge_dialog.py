"""Bringing another clerk's file in: what would come, which of two values stays where both changed one, what came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.db.keys import is_encrypted
from tracker.errors import UserError, WrongPassword
from tracker.i18n import _, listed, ngettext
from tracker.operations import merge_tables, merge_words
from tracker.operations.fetching import Fetched
from tracker.operations.merge_tables import Done, Item, Seen
from tracker.operations.merging import Merged
from tracker.operations.office import Office
from tracker.ui import theme, tries
from tracker.ui.completion import ENTER
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.keys import Merge, of_command, shown
from tracker.ui.merge_view import DONE, LOOK, NOTHING, WAIT, MergeView
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Job, Progress
from tracker.ui.unlock import UnlockDialog

T = TypeVar("T")
ROWS, FEWER = 6, 3
"""So many ledgers are seen at once, and fewer above fields that are to be chosen."""
SHOWN = 2000
"""So many rows of what is to be looked at are shown."""


class MergeDialog(MergeView):
    """Looks first, without a trace, and merges once everything is chosen; leaving it before changes nothing."""

    record_wanted = Signal(str, str)
    """The ledger and uid of a record to be looked at; the dialog stays."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.path = desk, path
        self.seen: Seen | None = None
        self.result_: Done | None = None
        self._copies: list[Fetched] = []
        """Private copies of the other file that lie beside ours; of the worker, whatever becomes of the dialog."""
        self._sealed = False
        self._strange = False
        """Whether it is still to be said that a file without shared history is meant."""
        self._items: tuple[Item, ...] = ()
        self._connect()

    def open(self) -> None:
        """Show it, and take the file."""
        super().open()
        self.choose(self.path)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        self.banner.acted.connect(self._ask)
        self.warning.acted.connect(self._mean_it)
        Merge.strange.press(self.warning.action)
        self.newest_button.clicked.connect(lambda: self.conflicts.conflicts.choose_newest())
        self.conflicts.ended.connect(self.merge_button.setFocus)
        self.merge_button.clicked.connect(self.merge)
        Merge.merge.on(self, self.merge_button.click)
        self.close_button.clicked.connect(self.reject)
        self.renumber_button.clicked.connect(self._renumber)
        self.items.doubleClicked.connect(lambda _index: self._open())
        self.finished.connect(self._leave)
        self.desk.closing.connect(self._leave)

    # the file

    def _choose(self) -> None:
        chosen = ask_file(self, self.path.parent)
        if chosen:
            self.choose(chosen)

    def choose(self, path: Path) -> None:
        """Take a file: read it at once, with our own password where it has one, or ask for its."""
        self.path = path
        self.file_label.set_whole(str(path))
        self._sealed = is_encrypted(path)
        self.banner.hide()
        self._strange = False
        self.warning.hide()
        self._show(WAIT)
        own = self.desk.office.key if self._sealed else None
        if self._sealed and own is None:
            self._ask()
        else:
            self.read(own)

    def _ask(self) -> None:
        """Ask for the file's password; the banner says what there is to be done where that is left."""
        self.step.setText("")
        self.banner.tell("info", _("This file has a password."), _("Type the password"), closable=False)
        dialog = UnlockDialog(self.path, self.desk.tasks, tries.at(self.path), self)
        dialog.opened.connect(self.read)
        dialog.open()

    def read(self, key: str | None) -> None:
        """Copy the file, which `key` opens, and look at what it would bring."""
        if self._job:
            return
        path, copies = self.path, self._copies
        self.seen = None

        def fetch(office: Office, progress: Progress) -> Seen:
            drop(copies)
            seen = merge_tables.fetch(office, path, key, progress)
            copies.append(seen.copy)
            return seen

        self._run(fetch, self._looked, _("Reading {file} …").format(file=path.name))

    def _looked(self, seen: Seen) -> None:
        self.seen = seen
        self.merge_button.setDefault(True)
        merged = seen.merged
        if not merged.anything:
            self._show(NOTHING)
            self.close_button.setText(_("Close"))
            self.close_button.setFocus()
            return
        self.contents_hint.setVisible(bool(merged.contents))
        model = self.conflicts.fill(seen.choosing)
        model.chosen.connect(self._say_left)
        self.apart.setVisible(bool(seen.choosing))
        self._strange = bool(seen.warning)
        self._show(LOOK)
        self._say_left()
        if seen.warning:
            self._warn(seen.warning)
        else:
            self._go_on()

    def _go_on(self) -> None:
        (self.conflicts if self.conflicts.conflicts.conflicts else self.merge_button).setFocus()

    def _warn(self, text: str) -> None:
        """Another office's file, say, chosen by mistake: nothing merges it before that is said to be meant."""
        more = _(
            "Merging brings all its records in; settings stay as they are here, unless you choose others below."
        )
        self.warning.tell("warning", f"{text}\n{more}", _("Merge all the same"), closable=False)
        Merge.strange.press(self.warning.action)
        self.close_button.setFocus()

    def _mean_it(self) -> None:
        self._strange = False
        self.warning.hide()
        self._say_left()
        self._go_on()

    def _fill_counts(
        self, table: PlainTable, counts: tuple[tuple[str, int, int], ...], most: int = ROWS
    ) -> None:
        table.fill([Head(_("Ledger")), Head(_("New"), 120), Head(_("Changed"), 120)], counts)
        table.clearSelection()  # nothing is chosen in it
        rows = min(max(1, len(counts)), most)
        table.setFixedHeight(
            table.horizontalHeader().sizeHint().height() + rows * theme.ROW_HEIGHT + theme.XS
        )
        table.setVisible(bool(counts))

    def _say_what_comes(self) -> None:
        """As far as it is chosen; by the newest where it is not."""
        seen = self.seen
        if seen:
            merged = merge_tables.as_chosen(seen, self.conflicts.conflicts.values())
            counts = merge_tables.counts(self.desk.office, merged)
            self._fill_counts(self.counts, counts, FEWER if seen.choosing else ROWS)
            self.look_title.setText(_("What comes in: {what}").format(what=in_words(merged)))

    def _say_left(self) -> None:
        self._say_what_comes()
        model = self.conflicts.conflicts
        n, left = len(model.conflicts), model.left()
        text = ngettext(
            "{n} field was changed in both files: {left} still to be chosen",
            "{n} fields were changed in both files: {left} still to be chosen",
            n,
        )
        self.conflict_title.setText(text.format(n=f"{n:,}", left=f"{left:,}"))
        self.merge_button.setEnabled(self._may_merge())
        self.newest_button.setEnabled(left > 0)

    def _may_merge(self) -> bool:
        return self.conflicts.conflicts.left() == 0 and not self._strange

    # merging

    def merge(self) -> None:
        """Bring in what was looked at."""
        seen = self.seen
        if self._job or seen is None or not self.merge_button.isEnabled():
            return
        chosen, copies = self.conflicts.conflicts.values(), self._copies

        def merge(office: Office, progress: Progress) -> Done:
            done = merge_tables.merge(office, seen, chosen, progress)
            drop(copies)  # here: the window may be another one by the time the dialog would hear of it
            return done

        self._run(merge, self._merged, _("Merging …"))

    def _merged(self, done: Done) -> None:
        self.seen = None
        if done.merged.backed_up:
            back = _(
                "To take all of it back, restore the backup “before a merge” on the page of backups ({key})."
            ).format(key=shown(of_command("show_backups").keys))
        else:
            back = _("No backup could be made before the merge: it cannot be taken back as a whole.")
        text = "\n".join((_("Merged: {what}").format(what=in_words(done.merged)), back))
        self.banner.tell("positive" if done.merged.backed_up else "warning", text, closable=False)
        self._fill_counts(self.done_counts, done.counts)
        self.choose_button.hide()
        self.close_button.setText(_("Close"))
        self._fill_items(done)
        self._let_go()
        (self.items if self._items else self.close_button).setFocus()

    def _let_go(self) -> None:
        """Let the clerk work in the window behind, with the list of what is to be looked at beside it."""
        if self.isModal() and self._items:
            self.hide()
            self.setWindowModality(Qt.WindowModality.NonModal)
            self.show()

    def _fill_items(self, done: Done) -> None:
        self.result_, self._items = done, done.items
        heads = [Head(_("Why"), 100), Head(_("Record"), 310), Head(_("What"))]
        self.items.fill(heads, [(one.what, one.record, one.text) for one in done.items[:SHOWN]])
        if done.items:
            self.items.selectRow(0)
        text = ngettext("{n} thing to be looked at", "{n} things to be looked at", len(done.items))
        self.items_title.setText(text.format(n=f"{len(done.items):,}"))
        self.to_do.setVisible(bool(done.items))
        self.renumber_button.setVisible(bool(done.merged.twice))
        self._show(DONE)

    def _renumber(self) -> None:
        done = self.result_
        if done and not self._job:
            self._run(
                lambda office, progress: merge_tables.renumber(office, done, progress),
                self._renumbered,
                _("Giving numbers …"),
            )

    def _renumbered(self, done: Done) -> None:
        self._fill_items(done)
        left = any(not one.running for one in done.merged.twice)
        text = _(
            "The later records have the next numbers. What follows no pattern is left to be changed by hand."
        )
        self.banner.tell("positive", text if left else _("The later records have the next numbers."))
        (self.items if self._items else self.close_button).setFocus()

    # going on

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in ENTER and self.focusWidget() is self.items:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        row = self.items.currentIndex().row()
        if 0 <= row < len(self._items) and self._items[row].uid:
            self.record_wanted.emit(self._items[row].ledger, self._items[row].uid)

    # at work

    def _run(self, op: Callable[[Office, Progress], T], done: Callable[[T], object], text: str) -> None:
        self.banner.hide()
        self.step.setText(text)
        before = self.pages.currentIndex()
        self._show(WAIT)
        self.wait()
        job = self.desk.run(
            op, alive(self, done), alive(self, partial(self._failed, before)), cancellable=True
        )
        if not job.is_finished:
            self._follow(job, before)

    def _follow(self, job: Job, before: int) -> None:
        self._job = job
        job.progressed.connect(self.show_progress)
        job.cancelled.connect(partial(self._stopped, before))
        job.finished.connect(self._ended)

    def _failed(self, before: int, wrong: UserError) -> None:
        self._stopped(before)
        if self._sealed and isinstance(wrong, WrongPassword):  # ours, which is not that of the other file
            self._ask()
        else:
            self.banner.tell("danger", str(wrong), closable=False)

    def _stopped(self, before: int) -> None:
        self._show(before)
        self.bar.hide()
        self.step.setText("" if before != WAIT else _("Nothing was changed."))
        if before == WAIT:
            self.banner.tell("info", _("Stopped; nothing was changed."), closable=False)

    def _ended(self) -> None:
        self._job = None
        self.bar.hide()
        for button in (self.choose_button, self.close_button):
            button.setEnabled(True)
        if self.pages.currentIndex() == WAIT:
            self.choose_button.setFocus()

    def stopping(self) -> None:
        self.close_button.setEnabled(False)
        super().stopping()

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.bar.setVisible(False)
        self.merge_button.setVisible(page in (WAIT, LOOK))
        self.merge_button.setEnabled(page == LOOK and self._may_merge())
        self.choose_button.setEnabled(page != WAIT or not self._job)

    def _leave(self) -> None:
        """Have no copy stay: none that lies there, nor one that is being made."""
        copies = self._copies
        if self._job:
            self.desk.run(lambda _office, _progress: drop(copies), lambda _none: None)
        else:
            drop(copies)


def drop(copies: list[Fetched]) -> None:
    """Take private copies away."""
    while copies:
        copies.pop().drop()


def in_words(merged: Merged) -> str:
    """How much came in."""
    new, changed = sum(merged.inserted.values()), sum(merged.updated.values())
    parts = [ngettext("{n} new record", "{n} new records", new).format(n=f"{new:,}")] if new else []
    if changed:
        parts.append(ngettext("{n} changed", "{n} changed", changed).format(n=f"{changed:,}"))
    parts += merge_words.settings_told(merged)
    if merged.contents:
        parts.append(merge_words.found_again(merged.contents))
    return listed(parts) or _("history only")


def ask_file(parent: QWidget, folder: Path) -> Path | None:
    """Which file to bring in."""
    kinds = _("Data files (*.db);;All files (*)")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Merge another clerk's file"), str(folder), kinds)
    return Path(chosen) if chosen else None
