"""The log: everything that was done in the file, newest first, by whom, what it changed, and a way to the records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations import log
from tracker.operations.figures import Behind
from tracker.operations.log import Detail, Done, Seen
from tracker.operations.office import Changed, Office
from tracker.schema.filters import Among
from tracker.schema.values import minute
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.growing_table import GrowingTable
from tracker.ui.keys import WITHIN, Log
from tracker.ui.log_filter import LogFilter
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Progress

WIDTHS = (164, 96, 116, 150)


class LogPage(QWidget):
    """`record_wanted` with a ledger's name and a uid; `drill` with a `Behind`, where there are several records."""

    record_wanted = Signal(str, str)
    drill = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.done: list[Done] = []
        self.details: list[Detail] = []
        self._stale = True
        self.filter = LogFilter(today)
        self.note = widgets.Caption()
        self.banner = widgets.Banner()
        self.list = GrowingTable(_("What was done"))
        self.lines = PlainTable(_("What it changed"), sortable=False)
        self.title = widgets.Heading(role="strong")
        self.open = widgets.button(_("Open the records"), "open", quiet=True)
        self.stack = QStackedWidget()
        self.empty = widgets.EmptyState(
            "history", _("Nothing was done yet"), _("Whatever is entered, changed or imported is told here.")
        )
        self.nothing = widgets.EmptyState(
            "search", _("Nothing of this kind was done"), "", _("Show everything")
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(widgets.Heading(_("Log")))
        head.addStretch(1)
        head.addWidget(self.filter)
        Log.open.tell(self.open)
        below = QHBoxLayout()
        below.setSpacing(theme.S)
        below.addWidget(self.title, 1)
        below.addWidget(self.open)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(below)
        column.addWidget(self.lines, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.S)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(self.list)
        split.addWidget(foot)
        split.setSizes([420, 220])
        for widget in (split, self.empty, self.nothing):
            self.stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        whole.setSpacing(theme.S)
        whole.addLayout(head)
        whole.addWidget(self.note)
        whole.addWidget(self.banner)
        whole.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.filter.changed.connect(self.refresh)
        self.nothing.acted.connect(self.filter.clear)
        self.list.wanted.connect(lambda: self._ask(self._grow, self.done[-1].operation.id))
        self.list.chosen.connect(self._choose)
        self.list.activated.connect(lambda index: self._open(index.row()))
        self.lines.activated.connect(lambda index: self._open_line(index.row()))
        self.open.clicked.connect(lambda: self._open(self.list.currentIndex().row()))
        self.desk.changed.connect(self._changed)
        self.filter.bind(self)
        Log.clear.on(self, self.filter.clear, WITHIN)

    # reading

    def refresh(self) -> None:
        """Read the newest anew."""
        self._stale = False
        self.desk.run_latest((self, "people"), lambda office, _p: log.seen(office), self._show_people)
        self._ask(self._begin, "")

    def _ask(self, then: Callable[[list[Done]], object], before: str) -> None:
        wanted, group = self.filter.wanted, self.filter.group

        def op(office: Office, _progress: Progress) -> list[Done]:
            return log.read_group(office, wanted, group, before)

        self.desk.run_latest((self, "log"), op, then)

    def _show_people(self, seen: Seen) -> None:
        self.filter.show_people(seen.people)
        self.note.setText(
            "" if seen.everyone else _("What you did yourself; a head sees what everybody did.")
        )
        self.note.setVisible(not seen.everyone)

    def _begin(self, found: list[Done]) -> None:
        kept = self._chosen()
        self.done = found
        heads = tuple(
            Head(title, width)
            for title, width in zip(
                (_("When"), _("Who"), _("On computer"), _("Kind"), _("What")), (*WIDTHS, 0), strict=True
            )
        )
        self.list.begin(heads, [_row(one) for one in found], len(found) == log.PAGE)
        row = next((n for n, one in enumerate(found) if kept and one.operation.id == kept.operation.id), 0)
        if found:
            self.list.setCurrentIndex(self.list.model().index(row, 0))
        else:
            self.stack.setCurrentWidget(self.nothing if self.filter.is_set else self.empty)
            return
        self.stack.setCurrentIndex(0)

    def _grow(self, found: list[Done]) -> None:
        self.done += found
        self.list.grow([_row(one) for one in found], len(found) == log.PAGE)

    def _changed(self, _changed: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # the one chosen

    def _chosen(self) -> Done | None:
        row = self.list.currentIndex().row()
        return self.done[row] if 0 <= row < len(self.done) else None

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self.done):
            return
        one = self.done[row]
        self.title.setText(" · ".join(filter(None, (one.kind, one.what))))
        self.desk.run_latest(
            (self, "details"), lambda office, _p: log.details(office, one.operation), self._show_details
        )

    def _show_details(self, details: list[Detail]) -> None:
        self.details = details
        heads = (Head(_("Record"), 360), Head(_("Field"), 150), Head(_("Before")), Head(_("Afterwards")))
        self.lines.fill(heads, [(one.record, one.field, one.before, one.after) for one in details])
        self.open.setEnabled(any(one.uid for one in details))

    # going to the records

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.done):
            one = self.done[row]
            self.desk.run_latest(
                (self, "touched"),
                lambda office, _p: log.touched(office, one.operation.id),
                partial(self._go, one),
            )

    def _go(self, one: Done, touched: dict[str, list[str]]) -> None:
        if len(touched) == 1:
            self._list(one, *touched.popitem())
        elif touched:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for name, uids in touched.items():
                title = self.desk.office.catalogue.by_name[name].title()
                text = _("{ledger} ({n})").format(ledger=title, n=f"{len(uids):,}")
                menu.addAction(text).triggered.connect(partial(self._chose, one, name, uids))
            place = self.list.visualRect(self.list.currentIndex()).bottomLeft()
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _chose(self, one: Done, name: str, uids: list[str], _checked: bool = False) -> None:
        self._list(one, name, uids)

    def _list(self, one: Done, name: str, uids: list[str]) -> None:
        if len(uids) == 1:
            self.record_wanted.emit(name, uids[0])
            return
        caption = _("{at} {clerk}: {what}")
        caption = caption.format(at=minute(one.operation.at), clerk=one.operation.clerk, what=one.what)
        ledger = self.desk.office.catalogue.by_name[name]
        self.drill.emit(Behind(ledger, Among("uid", frozenset(uids), caption), caption, figure=False))

    def _open_line(self, row: int) -> None:
        if 0 <= row < len(self.details) and self.details[row].uid:
            self.record_wanted.emit(self.details[row].ledger, self.details[row].uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc comes back from what was changed to what was done."""
        if event.key() == Qt.Key.Key_Escape and self.lines.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


def _row(one: Done) -> tuple[str, ...]:
    told = one.operation
    return minute(told.at), told.clerk, told.origin, one.kind, one.what
