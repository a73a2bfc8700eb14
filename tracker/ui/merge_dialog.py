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
from tracker.errors import UserError
from tracker.i18n import _, listed, ngettext
from tracker.operations import merge_tables, merge_words
from tracker.operations.fetching import Fetched
from tracker.operations.merge_tables import Done, Item, Seen
from tracker.operations.merging import Merged
from tracker.operations.office import Office
from tracker.ui import theme
from tracker.ui.completion import ENTER
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.keys import Merge
from tracker.ui.merge_view import DONE, LOOK, NOTHING, WAIT, MergeView
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Job, Progress

T = TypeVar("T")
ROWS = 6
"""So many ledgers are seen at once."""
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
        self._copy: Fetched | None = None
        self._sealed = False
        self._items: tuple[Item, ...] = ()
        self._connect()
        self.choose(path)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        self.read_button.clicked.connect(self.read)
        self.newest_button.clicked.connect(lambda: self.conflicts.conflicts.choose_newest())
        self.conflicts.ended.connect(self.merge_button.setFocus)
        self.merge_button.clicked.connect(self.merge)
        Merge.merge.on(self, self.merge_button.click)
        self.close_button.clicked.connect(self.reject)
        self.renumber_button.clicked.connect(self._renumber)
        self.items.doubleClicked.connect(lambda _index: self._open())
        self.finished.connect(self._drop)

    # the file

    def _choose(self) -> None:
        chosen = ask_file(self, self.path.parent)
        if chosen:
            self.choose(chosen)

    def choose(self, path: Path) -> None:
        """Take a file: read it at once, or ask for its password."""
        self.path = path
        self.file_label.set_whole(str(path))
        self.password.clear()
        self._sealed = is_encrypted(path)
        asks = self._sealed and self.desk.office.key is None  # else it may have the password that ours has
        self.sealed.setVisible(asks)
        self.banner.hide()
        self._show(WAIT)
        if asks:
            self.read_button.setDefault(True)
            self.step.setText(_("This file has a password."))
            self.password.setFocus()
        else:
            self.read()

    def read(self) -> None:
        """Copy the file and look at what it would bring."""
        if self._job:
            return
        own = self.desk.office.key if self._sealed else None
        path, key, earlier = self.path, self.password.text() or own, self._copy
        self.seen = self._copy = None
        self._run(
            lambda office, progress: merge_tables.fetch(office, earlier, path, key, progress),
            self._looked,
            _("Reading {file} …").format(file=path.name),
        )

    def _looked(self, seen: Seen) -> None:
        self.seen, self._copy = seen, seen.copy
        self.sealed.hide()
        self.merge_button.setDefault(True)
        merged = seen.merged
        if not merged.rows:
            self._show(NOTHING)
            self.close_button.setText(_("Close"))
            self.close_button.setFocus()
            return
        if merged.strange:
            self.banner.tell("warning", merge_words.strange(), closable=False)
        self._fill_counts(self.counts, seen.counts)
        self.look_title.setText(_("What comes in: {what}").format(what=in_words(merged)))
        model = self.conflicts.fill(seen.choosing)
        model.chosen.connect(self._say_left)
        self.apart.setVisible(bool(seen.choosing))
        self._show(LOOK)
        self._say_left()
        (self.conflicts if seen.choosing else self.merge_button).setFocus()

    def _fill_counts(self, table: PlainTable, counts: tuple[tuple[str, int, int], ...]) -> None:
        table.fill([Head(_("Ledger")), Head(_("New"), 120), Head(_("Changed"), 120)], counts)
        rows = min(max(1, len(counts)), ROWS)
        table.setFixedHeight(
            table.horizontalHeader().sizeHint().height() + rows * theme.ROW_HEIGHT + theme.XS
        )
        table.setVisible(bool(counts))

    def _say_left(self) -> None:
        model = self.conflicts.conflicts
        n, left = len(model.conflicts), model.left()
        text = ngettext(
            "{n} field was changed in both files: {left} still to be chosen",
            "{n} fields were changed in both files: {left} still to be chosen",
            n,
        )
        self.conflict_title.setText(text.format(n=f"{n:,}", left=f"{left:,}"))
        self.merge_button.setEnabled(left == 0)
        self.newest_button.setEnabled(left > 0)

    # merging

    def merge(self) -> None:
        """Bring in what was looked at."""
        seen = self.seen
        if self._job or seen is None or not self.merge_button.isEnabled():
            return
        chosen = self.conflicts.conflicts.values()
        self._run(
            lambda office, progress: merge_tables.merge(office, seen, chosen, progress),
            self._merged,
            _("Merging …"),
        )

    def _merged(self, done: Done) -> None:
        seen, self.seen = self.seen, None
        self.banner.tell("positive", _("Merged: {what}").format(what=in_words(done.merged)), closable=False)
        self._fill_counts(self.done_counts, seen.counts if seen else ())
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
        if 0 <= row < len(self._items):
            self.record_wanted.emit(self._items[row].ledger, self._items[row].uid)

    # at work

    def _run(self, op: Callable[[Office, Progress], T], done: Callable[[T], object], text: str) -> None:
        self.banner.hide()
        self.step.setText(text)
        before = self.pages.currentIndex()
        self._show(WAIT)
        self.bar.setRange(0, 0)
        self.bar.show()
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
        asks = self._sealed and self._copy is None
        if asks and self.sealed.isHidden():  # our own password was tried, and is not that of the other file
            self.banner.tell("info", _("This file has a password."), closable=False)
        else:
            self.banner.tell("danger", str(wrong), closable=False)
        if asks:
            self.sealed.show()
            self.read_button.setDefault(True)
            self.password.setFocus()
            self.password.line.selectAll()

    def _stopped(self, before: int) -> None:
        self._show(before)
        self.bar.hide()
        self.step.setText("" if before != WAIT else _("Nothing was changed."))
        if before == WAIT:
            self.banner.tell("info", _("Stopped; nothing was changed."), closable=False)

    def _ended(self) -> None:
        self._job = None
        self.bar.hide()
        self.close_button.setEnabled(True)

    def stopping(self) -> None:
        self.close_button.setEnabled(False)
        super().stopping()

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.bar.setVisible(False)
        self.merge_button.setVisible(page in (WAIT, LOOK))
        self.merge_button.setEnabled(page == LOOK and self.conflicts.conflicts.left() == 0)
        for button in (self.choose_button, self.read_button):
            button.setEnabled(page != WAIT or not self._job)

    def _drop(self) -> None:
        copy, self._copy = self._copy, None
        if copy:
            self.desk.run(lambda _office, _progress: copy.drop(), lambda _none: None)


def in_words(merged: Merged) -> str:
    """How much came in."""
    new, changed = sum(merged.inserted.values()), sum(merged.updated.values())
    parts = [ngettext("{n} new record", "{n} new records", new).format(n=f"{new:,}")] if new else []
    if changed:
        parts.append(ngettext("{n} changed", "{n} changed", changed).format(n=f"{changed:,}"))
    if merged.settings:
        parts.append(_("settings"))
    return listed(parts) or _("history only")


def ask_file(parent: QWidget, folder: Path) -> Path | None:
    """Which file to bring in."""
    kinds = _("Data files (*.db);;All files (*)")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Merge another clerk's file"), str(folder), kinds)
    return Path(chosen) if chosen else None
