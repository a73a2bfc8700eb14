"""The lines of a day under their heads, as a tree that is gone through by the keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView, QWidget

from tracker.i18n import _
from tracker.operations.day_words import ahead_text, day_text, left_text
from tracker.operations.today import ENTERED, HEARING, MONTH, OVERDUE, WAITS, WEEK, Day, Group, Line
from tracker.ui.state import State
from tracker.ui.today_delegate import (
    BADGE,
    GROUP,
    HEAD_HEIGHT,
    LINE,
    LINE_HEIGHT,
    ON,
    OPEN_WIDTH,
    THREE_LINES,
    Look,
    TodayDelegate,
)

COLLAPSED = "_collapsed"
"""After the name of the list, in what this computer remembers."""
SHOWN, SHOWN_WAITING, MOST = 8, 3, 500
"""So many lines of a group are shown at first, of a step that records wait for, and after asking for more."""
MORE = Qt.ItemDataRole.UserRole + 4
Index = QModelIndex | QPersistentModelIndex


def nothing(key: str) -> str:
    """What is said where a group is empty; nothing for one that is then left out."""
    return {
        OVERDUE: _("Nothing is overdue."),
        WEEK: _("Nothing is due this week."),
        HEARING: _("No hearing in the next days."),
        ENTERED: _("Nothing entered or changed today yet."),
    }.get(key, "")


class TodayList(QTreeView):
    """`opened` with a Line, `listed` with a Group whose records are to be listed."""

    opened = Signal(object)
    listed = Signal(object)

    def __init__(self, state: State, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._state = state
        self._shut = ("calendar" if compact else "today") + COLLAPSED
        self._height = THREE_LINES if compact else LINE_HEIGHT
        self._shown: tuple[Day, Mapping[str, str]] | None = None
        self._whole: set[str] = set()
        """Keys of the groups that are shown as far as they were read."""
        self._model = QStandardItemModel(self)
        self.setAccessibleName(_("Today"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(TodayDelegate(self))
        self.setModel(self._model)

    def fill(self, day: Day, names: Mapping[str, str]) -> None:
        """Show a day, keeping the place; `names` are what ledgers are called."""
        self._shown = (day, names)
        before = self._key(self.currentIndex())
        if not (before[1] or self.hasFocus()):
            before = "", ""  # nobody chose that head
        shut = set(self._state.get(self._shut, []))
        self._model.clear()
        for group in day.groups:
            if group.total or nothing(group.key):
                head = self._head(group, names)
                head.appendRows(list(self._lines(group, day, names)))
                self._model.appendRow(head)
                self.setExpanded(head.index(), group.key not in shut)
        self._go_to(before)

    def _head(self, group: Group, names: Mapping[str, str]) -> QStandardItem:
        waits = group.key.startswith(WAITS)
        title = _("Next: {step}").format(step=group.title) if waits else group.title
        several = " · ".join(f"{names[name]} {count:,}" for name, count in group.counts.items())
        parts = several if len(group.counts) > 1 else "".join(names[name] for name in group.counts)
        head = _item(f"{title} {group.total:,}", HEAD_HEIGHT)
        head.setData(group, GROUP)
        head.setData((title, parts), BADGE)
        head.setToolTip(f"{title}  {several}")
        return head

    def _lines(self, group: Group, day: Day, names: Mapping[str, str]) -> Iterable[QStandardItem]:
        if not group.total:
            yield _item(nothing(group.key), LINE_HEIGHT)
        few = SHOWN_WAITING if group.key.startswith(WAITS) else SHOWN
        most = MOST if group.key in self._whole or self._height == THREE_LINES else few
        lines = group.lines if len(group.lines) == most + 1 else group.lines[:most]
        look = _look(group, day)
        for line in lines:
            badge = badge_text(line, group.key)
            parts = (badge, line.number, line.about, line.what, line.note, names[line.ledger])
            item = _item("  ".join(filter(None, parts)), self._height)
            ledger = names[line.ledger] if len(group.counts) > 1 else ""
            for value, role in ((line, LINE), ((badge, ledger, look), BADGE), (day.on, ON)):
                item.setData(value, role)
            item.setToolTip(tip(line, day, names[line.ledger]))
            yield item
        rest = group.total - len(lines)
        if rest:
            can_more = len(lines) < min(MOST, len(group.lines))
            words = _("{n} more: show them") if can_more else _("{n} more: open the list")
            item = _item(words.format(n=f"{rest:,}"), LINE_HEIGHT)
            item.setData(group, GROUP)
            item.setData(can_more, MORE)
            yield item

    # going about

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter opens, Space opens and closes a head, Ctrl with an arrow goes from head to head."""
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & ~Qt.KeyboardModifier.KeypadModifier:
            self.open(self.currentIndex())
        elif key == Qt.Key.Key_Space:
            self._toggle(self.currentIndex())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and held & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next head, or to this one's and then the one before."""
        here = self.currentIndex()
        head = here if not here.parent().isValid() else here.parent()
        if not here.isValid():
            at = 0
        elif by < 0 and here != head:
            at = head.row()
        else:
            at = head.row() + by
        wanted = self._model.index(max(0, min(at, self._model.rowCount() - 1)), 0)
        if wanted.isValid():
            self.setCurrentIndex(wanted)
            self.scrollTo(wanted, QTreeView.ScrollHint.PositionAtTop)

    def open(self, index: Index) -> None:
        """Open a line's record, or list the records of a head."""
        line, group = index.data(LINE), index.data(GROUP)
        if line is not None:
            self.opened.emit(line)
        elif index.data(MORE):
            self._show_more(group)
        elif isinstance(group, Group) and group.total:
            self.listed.emit(group)

    def _show_more(self, group: Group) -> None:
        """Show a group's lines as far as they were read, and stay at the first of those that were not shown."""
        at = self.currentIndex()
        head_row, row = at.parent().row(), at.row()
        self._whole.add(group.key)
        if self._shown:
            self.fill(*self._shown)
            head = self._model.index(head_row, 0)
            self.setCurrentIndex(self._model.index(row, 0, head))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click on a head opens and closes it, one on its right end lists its records; so does one on “more”."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or index.data(GROUP) is None:
            return
        if index.parent().isValid():
            self.setCurrentIndex(index)
        if index.parent().isValid() or event.position().x() > self.viewport().width() - OPEN_WIDTH:
            self.open(index)
        else:
            self._toggle(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A double click on a line opens its record."""
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.data(LINE) is not None:
            self.open(index)

    def _toggle(self, index: Index) -> None:
        if not self._model.hasChildren(index):
            return
        self.setExpanded(index, not self.isExpanded(index))
        heads = (self._model.index(row, 0) for row in range(self._model.rowCount()))
        here = {index.data(GROUP).key: self.isExpanded(index) for index in heads}
        kept = [key for key in self._state.get(self._shut, []) if key not in here]
        self._state.set(self._shut, kept + [key for key, is_open in here.items() if not is_open])

    def _key(self, index: Index) -> tuple[str, str]:
        """What tells a place apart when the list is filled anew: the group, and the record."""
        if not index.isValid():
            return "", ""
        head = index if not index.parent().isValid() else index.parent()
        line = index.data(LINE)
        return head.data(GROUP).key, line.uid if isinstance(line, Line) else ""

    def _go_to(self, key: tuple[str, str]) -> None:
        first = QModelIndex()
        for row in range(self._model.rowCount()):
            head = self._model.index(row, 0)
            if self._key(head)[0] == key[0]:
                inside = (self._model.index(n, 0, head) for n in range(self._model.rowCount(head)))
                self.setCurrentIndex(next((i for i in inside if self._key(i) == key), head))
                return
            if not first.isValid() and self._model.rowCount(head) and head.data(GROUP).lines:
                first = self._model.index(0, 0, head)
        self.setCurrentIndex(first if first.isValid() else self._model.index(0, 0))


def badge_text(line: Line, group: str) -> str:
    """The word at the head of a line."""
    if group in (OVERDUE, WEEK, MONTH):
        return left_text(line.left or 0)
    if group == HEARING:
        return ahead_text(line.left or 0)
    if group == ENTERED:
        return line.what
    return line.note if line.left is None else left_text(line.left)


def tip(line: Line, day: Day, ledger: str) -> str:
    """All of a line, with the article it rests on."""
    when = day_text(line.day, day.on) if line.day else ""
    parts = (f"{ledger} {line.number}", line.about, f"{line.what}  {when}".strip(), line.note, line.basis)
    return "\n".join(filter(None, parts))


def _look(group: Group, day: Day) -> Look:
    """Which columns the lines of a group need, beside those that the whole day has."""
    return Look(
        what=not (_waits(group) or group.key == HEARING),
        noted=any(line.note for each in day.groups if not _waits(each) for line in each.lines),
        several=any(len(each.counts) > 1 for each in day.groups),
    )


def _waits(group: Group) -> bool:
    return group.key.startswith(WAITS)


def _item(text: str, height: int) -> QStandardItem:
    item = QStandardItem(text)
    item.setSizeHint(QSize(80, height))
    return item
