"""Search over everything, pages and ledgers by their names too: a line and its results over the window, from anywhere
by Ctrl+K.

It is a child of the window and not a window of its own, so that input methods stay with the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from tracker.db.finding import Found
from tracker.db.search import split
from tracker.i18n import _
from tracker.operations import finding, views
from tracker.operations.office import Office
from tracker.ui import finder_places, theme, widgets
from tracker.ui.completion import Line
from tracker.ui.desk import Desk
from tracker.ui.finder_rows import HEIGHT, Row, RowDelegate, RowModel, found_rows, record_row, view_row
from tracker.ui.icons import icon
from tracker.ui.keys import Finder as Keys
from tracker.ui.pages import Page
from tracker.ui.recents import recent
from tracker.ui.tasks import Job, Progress

WIDTH, TOP, SHOWN = 760, 56, 10
PAUSE_MS, BUSY_MS = 40, 300
FIRST_SPELL_MS, SPELL_MS, SPELL_SECONDS = 200, 1_000, 0.1
VIEWS = 6
"""So many kept views are offered before anything is typed."""


class Finder(QFrame):
    """Hidden until `ask`; what is chosen is told by the signals."""

    record_chosen = Signal(str, str)
    """A ledger and a record's uid."""
    list_chosen = Signal(str, str)
    """A ledger and the text to be searched in it."""
    view_chosen = Signal(object)
    page_chosen = Signal(str)

    def __init__(self, desk: Desk, window: QWidget, pages: Callable[[], Iterable[Page]]) -> None:
        super().__init__(window)
        self.desk, self._pages = desk, pages
        self._places: finder_places.Spelled = {}
        self._ready = False
        """Whether all names are spelled, so that the search is quick."""
        self._before: QWidget | None = None
        self._job: Job | None = None
        self.line, self.list, self.note = Line(), QListView(), QLabel()
        self.model = RowModel(self)
        self._rows = RowDelegate(self.list, self.model)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._busy = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._spelling = QTimer(self, singleShot=True)
        self._arrange()
        self._connect()
        self.hide()
        self._spelling.start(FIRST_SPELL_MS)

    def _arrange(self) -> None:
        self.setProperty("finder", True)
        self.setAccessibleName(_("Search all ledgers"))
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 80))
        self.setGraphicsEffect(shadow)
        self.line.setPlaceholderText(_("Page, ledger, number, name, pinyin initials, phone, any words …"))
        self.line.setAccessibleName(_("Search all ledgers"))
        self.line.addAction(icon("search"), Line.ActionPosition.LeadingPosition)
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumHeight(40)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._rows)
        self.list.setProperty("finder", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("Found"))
        self.note.setProperty("role", "muted")
        self.note.setFont(theme.font("body"))
        self.note.setWordWrap(True)
        self.note.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        keys = widgets.Caption(_("↑ ↓ choose · {open} opens · {back} goes back").format(**Keys.names()))
        keys.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        column.setSpacing(theme.S)
        for widget in (self.line, self.list, self.note, keys):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.line.textChanged.connect(lambda _text: self._pause.start())
        self.line.advanced.connect(lambda _step: self._enter())
        self._pause.timeout.connect(self._look)
        self._busy.timeout.connect(self._say_busy)
        self.list.clicked.connect(lambda index: self._take(self.row(index.row())))
        self._spelling.timeout.connect(self._spell)
        self.desk.changed.connect(lambda _changed: self._spelling.start(SPELL_MS))
        self.desk.closing.connect(self._stop)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self.line.installEventFilter(self)
        self.window().installEventFilter(self)

    # opening and closing

    def is_looking(self) -> bool:
        """Whether what was typed last is still to be looked for."""
        return self._pause.isActive()

    def ask(self, text: str = "") -> None:
        """Open with the cursor in the line; what was open of late stands below."""
        focus = QApplication.focusWidget()
        if not self.isVisible():
            self._before = focus
        self.line.setText(text)
        self._look()
        self.show()
        self.raise_()
        self._place()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close, the focus where it was."""
        before, self._before = self._before, None
        self._drop()
        if before is not None and before.isVisible():
            before.setFocus()

    def _drop(self) -> None:
        self._pause.stop()
        self._busy.stop()
        if self._job:
            self._job.cancel()
        self.hide()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self.line and not self.isAncestorOf(now):
            self._before = None
            self._drop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self.window() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.window() and event.type() == QEvent.Type.MouseButtonPress and self.isVisible():
            self.leave()
        return False

    def _place(self) -> None:
        window = self.window()
        width = min(WIDTH, window.width() - 2 * theme.L)
        wanted = sum(self.list.sizeHintForRow(n) for n in range(len(self.model.rows))) + 2
        most = min(SHOWN * HEIGHT + 3 * theme.XL, window.height() - TOP - 180)
        self.list.setFixedHeight(max(0, min(wanted, most)))
        self.list.setVisible(bool(self.model.rows))
        layout = self.layout()
        if layout:
            layout.activate()
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(QPoint((window.width() - width) // 2, TOP))

    # keys

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        rows = [n for n, row in enumerate(self.model.rows) if row.kind != "heading"]
        if not rows:
            return
        here = self.chosen
        at = rows.index(here) if here in rows else -1 if by > 0 else len(rows)
        self.list.setCurrentIndex(self.model.index(rows[max(0, min(len(rows) - 1, at + by))]))
        if self.chosen == rows[0]:
            self.list.scrollToTop()

    def _enter(self) -> None:
        if self._pause.isActive():
            self._look()
        if self.chosen >= 0 and self.row(self.chosen).kind == "page":
            self._enter_found()  # whatever else is found, it comes below
        elif self._job and not self._job.is_finished:
            self._job.finished.connect(self._enter_found, Qt.ConnectionType.SingleShotConnection)
        else:
            self._enter_found()

    def _enter_found(self) -> None:
        if self.chosen >= 0 and self.isVisible():
            self._take(self.row(self.chosen))

    def _take(self, row: Row) -> None:
        if row.kind == "heading":
            return
        text = self.line.text()
        self._before = None
        self._drop()
        if row.kind == "page":
            self.page_chosen.emit(row.ledger)
        elif row.view:
            self.view_chosen.emit(row.view)
        elif row.uid:
            self.record_chosen.emit(row.ledger, row.uid)
        else:
            self.list_chosen.emit(row.ledger, text)

    # what is shown

    def row(self, n: int) -> Row:
        """What stands on a line of the list."""
        return self.model.rows[n]

    @property
    def chosen(self) -> int:
        """The line that Enter takes, -1 for none."""
        return self.list.currentIndex().row()

    def _look(self) -> None:
        self._pause.stop()
        text = self.line.text()
        if not split(text):
            if self._job:
                self._job.cancel()
            self._busy.stop()
            self._show(
                self._beginning(),
                "",
                _("Records that you open are offered here. Type to search all ledgers."),
            )
            return

        def find(office: Office, progress: Progress) -> tuple[Found, ...]:
            with progress.interruptible(office.db.interrupt):
                return finding.find(office.db, text, progress.check)

        self._show_places(text)
        if self._ready and not self.desk.tasks.is_busy():
            self._busy.start()
        else:
            self._say_busy()
        self._job = self.desk.run_latest("finder", find, lambda found: self._found(text, found))

    def _show_places(self, text: str) -> None:
        """Pages need no looking up: they stand there at once, above what was found for what was typed before."""
        rows, before = self._found_places(text), list(self.model.rows)
        shown = next((n for n, row in enumerate(before) if n and row.kind == "heading"), len(before))
        rest = before[shown:] if before[1:2] and before[1].kind == "page" else before
        if rows or len(rest) < len(before):
            self._show([*rows, *rest], text, "")

    def _found_places(self, text: str) -> list[Row]:
        return finder_places.found(self._pages(), text, self._places)

    def _found(self, text: str, found: tuple[Found, ...]) -> None:
        if text != self.line.text():
            return
        self._busy.stop()
        catalogue = self.desk.reader.catalogue
        words = [word.casefold() for word in split(text)]
        kept = [v for v in views.views(self.desk.reader) if all(word in v.label.casefold() for word in words)]
        rows = [*self._found_places(text), *self._views(kept), *found_rows(catalogue, found)]
        nothing = _("Nothing found for “{text}”. Fewer characters or another word may find it.")
        self._show(rows, text, nothing.format(text=text if len(text) <= 40 else text[:40] + "…"))

    def _beginning(self) -> list[Row]:
        catalogue, path = self.desk.reader.catalogue, self.desk.office.db.path
        hits = finding.known(self.desk.reader, recent(self.desk.state, path)[:SHOWN])
        rows = [Row("heading", _("Recently opened"))] if hits else []
        rows += [record_row(catalogue, hit) for hit in hits]
        return [*rows, *self._views(views.views(self.desk.reader)[:VIEWS])]

    def _views(self, kept: Iterable[views.View]) -> list[Row]:
        rows = [view_row(self.desk.reader.catalogue, view) for view in kept]
        return [Row("heading", _("Saved views")), *rows] if rows else []

    def _show(self, rows: list[Row], text: str, nothing: str) -> None:
        self._rows.words = tuple(word.casefold() for word in split(text))
        self.model.show(rows)
        self._say("" if rows else nothing)
        if text:
            self._step(1)
        self._place()

    def _say_busy(self) -> None:
        """Say what is being done, and why it may take a moment."""
        self._say(_("Searching …") if self._ready else _("Preparing the search: reading the names …"))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        if self.isVisible():
            self._place()

    def _stop(self) -> None:
        for timer in (self._spelling, self._pause):
            timer.stop()
            timer.timeout.disconnect()

    # names that wait to be found by pinyin

    def _spell(self) -> None:
        if not self._places:
            pages = tuple(self._pages())
            self.desk.run_latest(
                "places", lambda _office, _p: finder_places.spelled(pages), self._places_spelled
            )
        if self.desk.office.db.readonly:
            return
        self.desk.run_latest("spelling", lambda office, _p: _prepared(office), self._spelled)

    def _places_spelled(self, places: finder_places.Spelled) -> None:
        self._places = places

    def _spelled(self, more: tuple[bool, bool]) -> None:
        self._ready = not more[0]
        if any(more):
            self._spelling.start(0)


def _prepared(office: Office) -> tuple[bool, bool]:
    """Work for a moment in the worker; whether names are still to be spelled, and pieces of the index to be merged."""
    unspelled = finding.spell(office, SPELL_SECONDS)
    return unspelled, unspelled or finding.merge(office, SPELL_SECONDS)
