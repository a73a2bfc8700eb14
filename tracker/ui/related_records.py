"""Under a form's fields: the records that this one names and those that name it, each a way to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from tracker.db.names import Target
from tracker.i18n import _, about, ngettext
from tracker.operations import related
from tracker.operations.combining import Alike
from tracker.operations.figures import Behind
from tracker.operations.links import Incoming
from tracker.operations.related import Related
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.completion import ENTER
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.plain_table import Head, PlainTable

TWO_COLUMNS = 860
"""From this width in pixels on, cards stand beside each other."""
BUSY_MS = 250
ABOUT = 120  # pixels, the least of a text that says what a record is about
WIDEST, PAD = 240, 26  # pixels of a column, and of the space in a cell beside its text


MORE = 1.3
"""So much wider than it wishes a column of a few rows becomes at most."""


class RowTable(PlainTable):
    """A few rows, shown whole; Enter or a click opens one (`opened` with its place)."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("", sortable=False)
        self._widths: list[int] = []
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setProperty("bare", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def fill(self, heads: Sequence[Head], rows: Sequence[Sequence[str | int]]) -> None:
        super().fill(heads, rows)
        headed = any(head.title for head in heads)
        self.horizontalHeader().setVisible(headed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._widths = [head.width for head in heads]
        self._fit()
        self.clearSelection()
        header = self.horizontalHeader().sizeHint().height() if headed else 0
        self.setFixedHeight(header + theme.ROW_HEIGHT * len(rows) + 2)

    def _fit(self) -> None:
        """Show as many columns as are whole, a little wider where there is room, the last of them to the end."""
        room, used = self.viewport().width(), 0
        shown = 0
        for width in self._widths:
            used += width
            if shown and used > room:
                break
            shown += 1
        more = max(1.0, min(MORE, room / max(1, sum(self._widths))))
        widths = [int(width * more) for width in self._widths]
        rest = room - sum(widths[: shown - 1])
        for n, width in enumerate(widths):
            self.setColumnHidden(n, n >= shown)
            if n < shown:
                self.setColumnWidth(n, width if n < shown - 1 else max(width, rest))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        self.selectRow(max(0, self.currentIndex().row()))

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        row = self.currentIndex().row()
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)


class Card(QFrame):
    """A heading, how many there are, the newest rows and the way to all of them."""

    opened = Signal(int)
    all_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.title = widgets.ElidedLabel()
        theme.set_property(self.title, "role", "strong")
        self.every = widgets.button("", quiet=True)
        self.every.clicked.connect(self.all_wanted)
        self.table = RowTable()
        self.table.opened.connect(self.opened)
        head = QHBoxLayout()
        head.setContentsMargins(theme.S, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.every)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addStretch(1)

    def show_rows(
        self, title: str, every: str, heads: Sequence[Head], rows: Sequence[Sequence[str | int]]
    ) -> None:
        """Show these rows under that title; `every` is what the button says, empty for none."""
        self.title.set_whole(title)
        self.every.setText(every)
        self.every.setVisible(bool(every))
        self.every.setAccessibleName(about(title, every))
        self.table.setAccessibleName(title)
        self.table.fill(heads, rows)


class RelatedRecords(QWidget):
    """Found in the worker once the record is shown, and again when other records have changed."""

    opened = Signal(object)
    """A `Target` to be shown."""
    drill = Signal(object)
    """A `Behind`: all records of one card."""
    told = Signal(int)
    """How many records are related with the one shown."""
    combine = Signal(str)
    """The uid of an entry that may be the same."""

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self._uid: str | None = None
        self._stale = False
        self.found = related.NOTHING
        self.cards: list[Card] = []
        self.empty = widgets.Caption()
        self.banner = widgets.Banner()
        self.banner.acted.connect(lambda: self.combine.emit(self.found.alike[0].uids[1]))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.M)
        self._placed: tuple[int, int] = (0, 0)
        self._wanted = 0
        self._next: Callable[[], object] = lambda: None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(lambda: self._next())
        self._busy = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._busy.timeout.connect(lambda: self._say(_("Looking for related records …")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(widgets.heading_row(_("Related records")))
        column.addWidget(self.banner)
        column.addWidget(self.empty)
        column.addLayout(self._grid)
        self.hide()

    def show_record(self, uid: str | None) -> None:
        """Show what is related with a record; a new one (None) has nothing yet."""
        if uid != self._uid:
            self._clear()
        self._uid = uid
        self.setVisible(uid is not None and related.may_have(self._desk.reader, self._ledger))
        if not self.isHidden():
            self._look()

    def again(self) -> None:
        """Other records have changed."""
        if self.isVisible():
            self._look()
        else:
            self._stale = True

    def shown(self) -> None:
        """The form has come to the front."""
        if self._stale and not self.isHidden():
            self._look()

    def _look(self) -> None:
        self._stale = False
        uid, ledger = self._uid, self._ledger
        if uid is None:
            return
        self._busy.start()
        self._desk.run_latest(
            ("related", ledger.name),
            lambda office, _progress: related.related(office.db, ledger, uid),
            alive(self, lambda found: self._show(found) if uid == self._uid else None),
        )

    def _clear(self) -> None:
        self._busy.stop()
        self._turn.stop()
        self.found = related.NOTHING
        self.empty.hide()
        self.banner.hide()
        for card in self.cards:
            card.hide()
        self.told.emit(0)

    def take_focus(self) -> bool:
        """Take the keyboard to the first card; False where there is none."""
        if self.isHidden() or not self.cards or self.cards[0].isHidden():
            return False
        self.cards[0].table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _say(self, text: str) -> None:
        self.empty.setText(text)
        self.empty.show()

    def _show(self, found: Related) -> None:
        self._clear()
        self.found = found
        self._tell_alike(found.alike)
        if not found.named and not found.naming:
            self._say(_("No other record names this one, and it names none."))
        self._wanted = int(bool(found.named)) + len(found.naming)
        self._fill(0)

    def _fill(self, place: int) -> None:
        """Fill one card a turn, so that the window never stands still; show them when all are ready."""
        if place == len(self.cards) and place < self._wanted:
            self._add_card()
        if place < self._wanted:
            part = self._part(place)
            self._show_naming(self.cards[place], part) if part else self._show_named(self.cards[place])
            self._next = partial(self._fill, place + 1)
            self._turn.start()
            return
        for card in self.cards[: self._wanted]:
            card.show()
        self._place()
        self.told.emit(len(self.found.named) + sum(part.count for part in self.found.naming))

    def _tell_alike(self, alike: Sequence[Alike]) -> None:
        if alike:
            first = alike[0]
            why = (
                _("{name} has the same {field}.").format(name=first.called[1], field=first.field.title())
                if first.field
                else _("{name} is called nearly the same.").format(name=first.called[1])
            )
            self.banner.tell("warning", why, _("Combine the two …"), closable=False)

    def _add_card(self) -> None:
        card, place = Card(self), len(self.cards)
        card.opened.connect(lambda row: self._open(place, row))
        card.all_wanted.connect(lambda: self._list(place))
        self.cards.append(card)

    def _show_named(self, card: Card) -> None:
        rows = [(g.field.title(), g.target.called, g.text) for g in self.found.named]
        width = max(_width(row[0]) for row in rows)
        called = min(320, max(_width(row[1]) for row in rows))
        about = max(_width(row[2]) for row in rows)
        heads = (Head("", width), Head("", called), Head("", min(about, ABOUT)))
        card.show_rows(_("Named here"), "", heads, rows)

    def _show_naming(self, card: Card, part: Incoming) -> None:
        title = f"{part.ledger.title()} · {part.field.title()}"
        every = ngettext("List {count}", "List all {count}", part.count).format(count=f"{part.count:,}")
        told = [n for n, _field in enumerate(part.columns) if any(row[n] is not None for row in part.rows)]
        rows = [[part.columns[n].format(row[n]) for n in told] for row in part.rows]
        heads = [Head(part.columns[n].title(), _column(part.columns[n], part.rows, n)) for n in told]
        card.show_rows(title, every, heads, rows)

    def _part(self, place: int) -> Incoming | None:
        n = place - int(bool(self.found.named))
        return self.found.naming[n] if n >= 0 else None

    def _open(self, place: int, row: int) -> None:
        part = self._part(place)
        if part is None:
            self.opened.emit(self.found.named[row].target)
        else:
            self.opened.emit(Target(part.ledger, part.uids[row], str(part.rows[row][0])))

    def _list(self, place: int) -> None:
        part = self._part(place)
        if part:
            caption = _("Records with “{name}” as {field}").format(
                name=self.found.called, field=part.field.title()
            )
            self.drill.emit(Behind(part.ledger, part.where, caption, figure=False))

    def _place(self) -> None:
        wanted = sum(not card.isHidden() for card in self.cards)
        columns = 2 if self.width() >= TWO_COLUMNS and wanted > 1 else 1
        if self._placed == (columns, wanted):
            return
        self._placed = (columns, wanted)
        for card in self.cards:
            self._grid.removeWidget(card)
        for n, card in enumerate(self.cards[:wanted]):
            alone = n == wanted - 1 and n % columns == 0
            self._grid.addWidget(card, n // columns, n % columns, 1, columns if alone else 1)
        for place in range(2):
            self._grid.setColumnStretch(place, int(place < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._place()


def _width(text: str, role: theme.FontRole = "body") -> int:
    """The pixels of a text in a cell."""
    return QFontMetrics(theme.font(role)).horizontalAdvance(text) + PAD


def _column(field: Field, rows: Sequence[Sequence[Value]], n: int) -> int:
    """The pixels of a column that shows its heading and these values, up to a limit."""
    return min(WIDEST, max(_width(field.title(), "small"), *(_width(field.format(row[n])) for row in rows)))
