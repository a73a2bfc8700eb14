"""Paints the day's list: heads with their counts, and lines in columns behind a badge of the days left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from tracker.i18n import _
from tracker.operations.day_words import day_text, left_text
from tracker.operations.today import OVERDUE, WEEK, Group, Line
from tracker.ui import theme
from tracker.ui.due_tone import ICONS, tone
from tracker.ui.icons import icon

GROUP = Qt.ItemDataRole.UserRole
LINE = Qt.ItemDataRole.UserRole + 1
BADGE = Qt.ItemDataRole.UserRole + 2
"""Of a head its title and what stands at its right; of a line the badge and its ledger."""
ON = Qt.ItemDataRole.UserRole + 3
HEAD_HEIGHT, LINE_HEIGHT, THREE_LINES = 38, 32, 74
OPEN_WIDTH = 104
"""At the right end of a head: where a click lists its records."""
ABOUT = 460
"""The most that whom a record is about takes, so that the eye finds the rest of its line."""
WHAT, WHAT_LEAST = 300, 160
"""The most and the least that what is to be done takes."""
WIDE, WIDEST = 900, 1100
"""From here on there is room for the ledger, and for a long note."""
WIDEST_NUMBER = "京怀劳人仲字〔2020〕第0000号"


@dataclass(frozen=True)
class Look:
    """Which columns lines have; the day's are as wide in all groups, so that they stand below each other."""

    what: bool = True
    """Of a group: without it, whom a line is about takes its place."""
    noted: bool = False
    """Of the whole day: whether something stands beside a day."""
    several: bool = False
    """Of the whole day: whether a group has lines of several ledgers."""


Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def badge_width() -> int:
    """Room for the days of some years, in the language in use, and the gap behind it."""
    return QFontMetrics(theme.font("small")).horizontalAdvance(left_text(-8888)) + 34 + theme.S


def elided(painter: QPainter, place: QRect, text: str, align: Qt.AlignmentFlag = LEFT) -> None:
    """Draw one line of text, shortened where it is too long."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, align, shown)


def pill(painter: QPainter, place: QRect, text: str, role: str, mark: str = "") -> None:
    """A rounded label in the colours of a tone, with an icon where there is one."""
    colours = theme.current()
    soft = "sunken" if role == "muted" else f"{role}_soft"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.color(soft))
    painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
    painter.setPen(colours.color("text_muted" if role == "muted" else role))
    inner = place.adjusted(8, 0, -6, 0)
    if mark:
        size = QSize(14, 14)
        at = QRect(inner.left(), inner.center().y() - 6, 14, 14)
        icon(mark, role).paint(painter, at)
        inner = inner.adjusted(size.width() + 4, 0, 0, 0)
    elided(painter, inner, text, LEFT if mark else Qt.AlignmentFlag.AlignCenter)


class TodayDelegate(QStyledItemDelegate):
    """Whatever is selected has the ground of a selection, and what has the keyboard a frame."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        size = index.data(Qt.ItemDataRole.SizeHintRole)
        return size if isinstance(size, QSize) else QSize(80, LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        line, group = index.data(LINE), index.data(GROUP)
        if isinstance(line, Line):
            self._paint_line(painter, option, index, line)
        elif isinstance(group, Group) and not index.parent().isValid():
            self._paint_head(painter, option, index, group)
        else:
            self._paint_word(painter, option, index, isinstance(group, Group))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, place = theme.current(), QRectF(option.rect.adjusted(4, 1, -4, -1))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(place, theme.RADIUS, theme.RADIUS)
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(colours.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, group: Group
    ) -> None:
        colours, place = theme.current(), option.rect.adjusted(theme.M, 0, -theme.M, 0)
        title, parts = index.data(BADGE)
        painter.setPen(QPen(colours.color("text_muted"), 1.4))
        painter.drawPolyline(_chevron(place, self._view.isExpanded(index)))
        x = place.left() + 22
        painter.setFont(theme.font("strong"))
        painter.setPen(colours.color("text"))
        width = painter.fontMetrics().horizontalAdvance(title) + theme.XS
        elided(painter, QRect(x, place.top(), width, place.height()), title)
        painter.setFont(theme.font("small"))
        count = f"{group.total:,}"
        tones = {OVERDUE: "danger", WEEK: "warning"} if group.total else {}
        room = max(28, painter.fontMetrics().horizontalAdvance(count) + 18)
        at = QRect(x + width + theme.S, place.center().y() - 9, room, 20)
        pill(painter, at, count, tones.get(group.key, "muted"))
        right = place.right()
        if group.total:
            painter.setPen(colours.color("accent_text"))
            painter.drawText(place, RIGHT, _("Open the list") + " ›")
            right -= OPEN_WIDTH
        painter.setPen(colours.color("text_muted"))
        rest = QRect(at.right() + theme.M, place.top(), right - at.right() - theme.M, place.height())
        elided(painter, rest, parts)
        painter.setPen(colours.color("border"))
        painter.drawLine(option.rect.topLeft(), option.rect.topRight())

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: Line) -> None:
        badge, ledger, look = index.data(BADGE)
        place = option.rect.adjusted(theme.M + 22, 0, -theme.M, 0)
        if badge:
            role = tone(line)
            painter.setFont(theme.font("small"))
            middle = place.top() + 17 if place.height() >= THREE_LINES else place.center().y() + 1
            at = QRect(place.left(), middle - 11, badge_width() - theme.S, 22)
            pill(painter, at, badge, role, ICONS[role])
        colours = theme.current()
        narrow = place.height() >= THREE_LINES
        columns = (
            _three_lines(line, place)
            if narrow
            else _columns(line, badge, ledger, look, index.data(ON), place)
        )
        for text, column, muted in columns:
            painter.setFont(theme.font("small" if muted else "body"))
            painter.setPen(colours.color("text_muted" if muted else "text"))
            elided(painter, column, text)

    def _paint_word(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, link: bool) -> None:
        colours = theme.current()
        painter.setFont(theme.font("small" if link else "body"))
        painter.setPen(colours.color("accent_text" if link else "text_muted"))
        left = badge_width() if link else 0
        elided(painter, option.rect.adjusted(theme.M + 22 + left, 0, -theme.M, 0), str(index.data() or ""))


def _chevron(place: QRect, is_open: bool) -> QPolygonF:
    x, y = place.left() + 8.0, place.center().y() + 1.0
    points = [(-4, -2), (0, 2), (4, -2)] if is_open else [(-2, -4), (2, 0), (-2, 4)]
    return QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points])


def _day_width() -> int:
    """Room for a day of another year, which is told with its year."""
    longest = day_text("2020-12-23", date(2021, 1, 1))
    return QFontMetrics(theme.font("small")).horizontalAdvance(longest) + theme.XS


Column = tuple[str, QRect, bool]
"""A text with its place, and whether it is quiet."""


def _columns(line: Line, badge: str, ledger: str, look: Look, on: date, place: QRect) -> list[Column]:
    """Behind the badge: number, whom it is about, what, the day with what stands beside it, and the ledger.

    What the badge or the head says already is left out.
    """
    entered = line.left is None and len(line.day) > 10  # today, of course
    day = line.day[11:16] if entered else day_text(line.day, on) if line.day else ""
    what = "" if line.what == badge else line.what
    number, about, done, days, of = widths(place.width() - badge_width(), look)
    columns = [(line.number, number, False), (line.about, about, False), (what, done, False)]
    if not look.what:
        columns[1:] = [(line.about, about + theme.M + done, False)]
    note = line.note if look.noted and line.note != badge else ""
    columns += [("  ".join(filter(None, (day, note))), days, True), (ledger, of, True)]
    x = place.left() + badge_width()
    found: list[Column] = []
    for text, width, muted in columns:
        found.append((text, QRect(x, place.top(), width, place.height()), muted))
        x += width + theme.M
    return found


def widths(room: int, look: Look) -> tuple[int, int, int, int, int]:
    """Of the columns behind the badge: number, whom, what, day and ledger, the same for every line of a day.

    Whom and what share in what the others leave: what is whole where it can be, as it tells what is to be done.
    """
    number = min(QFontMetrics(theme.font("body")).horizontalAdvance(WIDEST_NUMBER), room // 4)
    days = (230 if room > WIDEST else 190) if look.noted else _day_width()
    of = 64 if look.several and room > WIDE - badge_width() else 0
    rest = max(0, room - number - days - of - 4 * theme.M)
    what = min(WHAT, max(WHAT_LEAST, rest * 2 // 5), rest)
    return number, max(0, min(ABOUT, rest - what)), what, days, of


def _three_lines(line: Line, place: QRect) -> list[Column]:
    """In a narrow list: time and place or what behind the badge, below the number, whole, and whom it is about."""
    begin = badge_width()
    above = QRect(place.left() + begin, place.top() + 6, place.width() - begin, 22)
    number = QRect(place.left(), place.top() + 29, place.width(), 20)
    about = number.translated(0, number.height())
    head = " ".join(filter(None, (line.day[11:16], line.note or line.what)))
    return [(head, above, False), (line.number, number, True), (line.about, about, True)]
