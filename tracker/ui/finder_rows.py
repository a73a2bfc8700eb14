"""The rows of the search over all ledgers: headings, records, kept views; how each is painted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tracker.db.finding import Found, Hit
from tracker.i18n import _, about
from tracker.operations.views import View, count_words
from tracker.schema.catalogue import Catalogue
from tracker.ui import icons, theme

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["heading", "page", "record", "list", "view"]
NOWHERE = QModelIndex()
HEIGHT, TALL, HEADING = 36, 54, 30
ICON = 18


@dataclass(frozen=True)
class Row:
    """One line: `uid` of a record, `view` for a kept list, a page (its key is `ledger`), else a ledger's whole list."""

    kind: Kind
    text: str
    ledger: str = ""
    uid: str = ""
    names: str = ""
    right: str = ""
    below: str = ""
    icon: str = ""
    view: View | None = None
    met: str = ""
    """A text in which nothing typed stands, since it was met by its pinyin."""

    def spoken(self) -> str:
        """It as a screen reader says it."""
        return ", ".join(part for part in (self.text, self.names, self.right, self.below) if part)


def found_rows(catalogue: Catalogue, found: Iterable[Found]) -> Iterator[Row]:
    """Each ledger with how many records it has, its best ones, and the way to all of them."""
    for one in found:
        ledger, label = one.ledger, _(one.ledger.short)
        yield Row("heading", label, right=count_words(one.count, one.more))
        yield from (record_row(catalogue, hit) for hit in one.hits)
        if one.more or one.count > len(one.hits):
            yield Row("list", _("Show all in “{ledger}”").format(ledger=label), ledger.name, icon="filter")


def record_row(catalogue: Catalogue, hit: Hit) -> Row:
    """A record: its number, whom it is about, its day, and what was met where these do not show it."""
    ledger = catalogue.by_name[hit.ledger]
    below, names = "", _("; ").join(" ".join(name.split()) for name in hit.names)
    if hit.by:
        below = _belonging(catalogue, hit)
    elif hit.field and hit.text not in (hit.number, *hit.names):
        field = ledger.field(hit.field)
        below = about(field.title(), " ".join(field.shown(hit.text).split()))
    met = " ".join(hit.text.split())
    return Row("record", hit.number, hit.ledger, hit.uid, names, hit.day, below, ledger.icon, met=met)


def _belonging(catalogue: Catalogue, hit: Hit) -> str:
    """Whose party, event or file was met, and by what, numbers masked as in lists."""
    attached = catalogue.every[hit.by]
    told = [hit.named]
    if hit.field != attached.number:
        told.append(attached.field(hit.field).shown(hit.text))
    text = " ".join(" ".join(told).split())
    return about(_(attached.short), text)


def view_row(catalogue: Catalogue, view: View) -> Row:
    """A kept list, with what it shows in words."""
    ledger = catalogue.by_name[view.ledger]
    told = view.sentence(ledger)
    return Row("view", view.label, view.ledger, "", told, _(ledger.short), icon="bookmark", view=view)


class RowModel(QAbstractListModel):
    """The rows as they are found; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Iterable[Row]) -> None:
        """Put other rows in place of these."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return "" if row.kind == "heading" else row.spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        heading = index.isValid() and self.rows[index.row()].kind == "heading"
        return flags & ~Qt.ItemFlag.ItemIsSelectable if heading else flags


class RowDelegate(QStyledItemDelegate):
    """Paints rows; `words` are what was typed, marked where they stand."""

    def __init__(self, view: QWidget, model: RowModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.words: tuple[str, ...] = ()
        self._marks: tuple[str, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        row = self._model.rows[index.row()]
        return QSize(200, HEADING if row.kind == "heading" else TALL if row.below else HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "heading":
            self._paint_heading(painter, option.rect, row)
            painter.restore()
            return
        chosen = bool(option.state & option.state.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(option.rect, theme.RADIUS, theme.RADIUS)
            painter.setBrush(look.color("accent"))  # beside the colour, for who does not see it
            bar = QRect(option.rect.left(), option.rect.top() + 6, 3, option.rect.height() - 12)
            painter.drawRoundedRect(bar, 1, 1)
        self._marks = (*self.words, row.met.casefold()) if self._by_pinyin(row) else self.words
        area = option.rect.adjusted(theme.M, 0, -theme.M, 0)
        top = QRect(area.left(), area.top() + 2, area.width(), 26) if row.below else area
        self._paint_icon(painter, top, row, chosen)
        line = top.adjusted(ICON + theme.M, 0, 0, 0)
        line = self._paint_right(painter, line, row.right)
        font = theme.font("body" if row.kind == "list" else "strong")
        main = "accent_text" if row.kind == "list" else "text"
        used = self._paint_text(painter, line, row.text, font, main, 2 / 3 if row.names else 1)
        rest = line.adjusted(used + theme.L, 0, 0, 0)
        self._paint_text(painter, rest, row.names, theme.font("body"), "text_muted" if row.view else "text")
        if row.below:
            below = QRect(line.left(), top.bottom(), area.right() - line.left(), 22)
            self._paint_text(painter, below, row.below, theme.font("small"), "text_muted")
        painter.restore()

    def _by_pinyin(self, row: Row) -> bool:
        """Whether a row was found by pinyin: the whole name is marked then."""
        return bool(row.met) and not any(word in row.met.casefold() for word in self.words)

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Row) -> None:
        small = theme.font("small")
        line = rect.adjusted(theme.M, 4, -theme.M, 0)
        line = self._paint_right(painter, line, row.right)
        painter.setFont(small)
        painter.setPen(theme.current().color("text_muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.text)

    def _paint_icon(self, painter: QPainter, line: QRect, row: Row, chosen: bool) -> None:
        color = theme.current().accent_text if chosen else theme.current().text_muted
        ratio = self._view.devicePixelRatioF()  # the painter's device may be a picture for an effect
        at = QPoint(line.left(), line.center().y() - ICON // 2 + 1)
        painter.drawPixmap(at, icons.pixmap(row.icon, ICON, color, ratio))

    def _paint_right(self, painter: QPainter, line: QRect, text: str) -> QRect:
        """Small at the right; the room that is left."""
        if not text:
            return line
        painter.setFont(theme.font("small"))
        painter.setPen(theme.current().color("text_muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - theme.L, 0)

    def _paint_text(
        self, painter: QPainter, rect: QRect, text: str, font: QFont, role: str, share: float = 1
    ) -> int:
        """A text on one line, cut where there is no room, what was typed marked in it; how wide it is."""
        metrics = QFontMetrics(font)
        whole = around(text, self._marks, metrics, rect.width())
        shown = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, int(rect.width() * share))
        look, x = theme.current(), rect.left()
        marked = QFont(font)
        marked.setWeight(QFont.Weight.Bold)
        for part, met in pieces(shown, self._marks):
            painter.setFont(marked if met else font)
            painter.setPen(look.color("accent_text" if met else role))
            wide = painter.fontMetrics().horizontalAdvance(part)
            painter.drawText(
                QRect(x, rect.top(), wide + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, part
            )
            x += wide
        return x - rect.left()


def around(text: str, words: Iterable[str], metrics: QFontMetrics, width: int) -> str:
    """A text that does not fit, from shortly before the first place where it holds a word."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    folded = text.casefold()
    places = [at for word in words if (at := folded.find(word)) >= 0]
    begin = max(0, min(places, default=0) - 12)
    return f"…{text[begin:]}" if begin else text


def pieces(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text cut into parts that are a typed word or not."""
    folded = text.casefold()
    if len(folded) != len(text):
        return [(text, False)]
    met = [False] * len(text)
    for word in words:
        at = folded.find(word)
        while word and at >= 0:
            met[at : at + len(word)] = [True] * len(word)
            at = folded.find(word, at + 1)
    cuts = [0, *(n for n in range(1, len(text)) if met[n] != met[n - 1]), len(text)]
    return [(text[a:b], met[a]) for a, b in pairwise(cuts) if b > a]
