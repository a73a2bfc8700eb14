"""Fields that both files changed, both sides beside each other: the left or right arrow chooses what is kept."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import _
from tracker.operations.merge_tables import OURS, THEIRS, Choosing
from tracker.operations.merging import Place
from tracker.schema.fields import Value
from tracker.ui import theme, widgets
from tracker.ui.completion import ENTER

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RECORD, FIELD, FIRST_SIDE = 0, 1, 2
ROW_HEIGHT = 52
RING = 24
"""What the ring before a side's text takes."""
SIDE = Qt.ItemDataRole.UserRole + 1


class ConflictModel(QAbstractTableModel):
    """`choices` holds the side chosen of each conflict, None where none is yet."""

    chosen = Signal()

    def __init__(self, conflicts: tuple[Choosing, ...]) -> None:
        super().__init__()
        self.conflicts = conflicts
        self.choices: list[int | None] = [OURS if one.kept else None for one in conflicts]

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.conflicts)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else 4

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Record"), _("Field"), _("In this file"), _("In the other file"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        conflict, column = self.conflicts[index.row()], index.column()
        if column < FIRST_SIDE:
            text = conflict.record if column == RECORD else conflict.field
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return text.replace("\n", " ") if shown else None
        side = column - FIRST_SIDE
        told = conflict.sides[side]
        if role == SIDE:
            return told, self.choices[index.row()] == side
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((told.text, told.by))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            marks = [_("newest")] if told.newest else []
            marks += [_("chosen")] if self.choices[index.row()] == side else []
            return " · ".join((told.text.replace("\n", " "), told.by, *marks))
        return None

    def choose(self, row: int, side: int) -> None:
        """Keep one side of a conflict."""
        self.choices[row] = side
        self.dataChanged.emit(self.index(row, FIRST_SIDE), self.index(row, FIRST_SIDE + 1))
        self.chosen.emit()

    def choose_newest(self) -> None:
        """Keep the newest of each conflict that is not chosen yet."""
        pairs = zip(self.choices, self.conflicts, strict=True)
        self.choices = [c.newest if side is None else side for side, c in pairs]
        if self.choices:
            last = self.index(len(self.choices) - 1, FIRST_SIDE + 1)
            self.dataChanged.emit(self.index(0, FIRST_SIDE), last)
        self.chosen.emit()

    def left(self) -> int:
        """How many are not chosen yet."""
        return self.choices.count(None)

    def values(self) -> dict[Place, Value]:
        """What stands of each conflict that is chosen."""
        pairs = zip(self.choices, self.conflicts, strict=True)
        return {c.place: c.sides[side].value for side, c in pairs if side is not None}


class ConflictTable(QTableView):
    """The view: arrows left and right choose, Enter goes on to the next that is not chosen; `ended` after the last."""

    ended = Signal()
    current = Signal(int)
    """The row that is current now, -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflicts = ConflictModel(())
        widgets.tune_table(self)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setItemDelegate(SideDelegate(self))
        self.setAccessibleName(_("Changed in both files"))
        self.clicked.connect(self._clicked)

    def fill(self, conflicts: tuple[Choosing, ...]) -> ConflictModel:
        """Show these; the model that is now in use."""
        self.conflicts = ConflictModel(conflicts)
        self.setModel(self.conflicts)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        for column in range(4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, most in ((RECORD, 300), (FIELD, 260)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, min(most, self._widest(column)))
        if conflicts:
            self.setCurrentIndex(self.conflicts.index(0, 0))
        return self.conflicts

    def cuts(self, row: int, side: int, text: str) -> bool:
        """Whether a side's text does not stand whole in its cell."""
        room = self.columnWidth(FIRST_SIDE + side) - theme.M - theme.S - RING
        return "\n" in text or QFontMetrics(theme.font("strong")).horizontalAdvance(text) > room

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's name)
        super().currentChanged(current, previous)
        self.current.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self.current.emit(self.currentIndex().row())

    def _widest(self, column: int) -> int:
        """What the longest text of a column needs."""
        texts = {(one.record, one.field)[column] for one in self.conflicts.conflicts}
        letters = self.fontMetrics()
        return max((letters.horizontalAdvance(text) for text in texts), default=0) + 2 * theme.L

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() >= FIRST_SIDE:
            self.conflicts.choose(index.row(), index.column() - FIRST_SIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        row = self.currentIndex().row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sides = {Qt.Key.Key_Left: OURS, Qt.Key.Key_Right: THEIRS}
        if plain and row >= 0 and event.key() in sides:
            self.conflicts.choose(row, sides[Qt.Key(event.key())])
        elif plain and event.key() in ENTER:
            self._go_on(row)
        else:
            super().keyPressEvent(event)

    def _go_on(self, row: int) -> None:
        choices = self.conflicts.choices
        after = [*range(row + 1, len(choices)), *range(row + 1)]
        to = next((n for n in after if choices[n] is None), None)
        if to is None:
            self.ended.emit()
        else:
            self.setCurrentIndex(self.conflicts.index(to, 0))


class WholeSides(QWidget):
    """Both sides of the current conflict whole, below the table, where a line of it is too short for one."""

    def __init__(self, table: ConflictTable) -> None:
        super().__init__()
        self._table = table
        self.sides = tuple(_Whole(title) for title in (_("In this file"), _("In the other file")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        for side in self.sides:
            row.addWidget(side)
        table.current.connect(self.show_row)

    def show_row(self, row: int) -> None:
        """Show the sides of a conflict; nothing where the table has room for both."""
        told = self._table.conflicts.conflicts[row].sides if row >= 0 else ()
        cut = any(self._table.cuts(row, n, side.text) for n, side in enumerate(told))
        for whole, side in zip(self.sides, told, strict=False):
            whole.text.setPlainText(side.text)
        self.setVisible(cut)


class _Whole(QWidget):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        self.text.setFixedHeight(5 * self.text.fontMetrics().lineSpacing() + 2 * theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(widgets.Caption(title))
        column.addWidget(self.text)


class SideDelegate(QStyledItemDelegate):
    """A side: a ring that is filled where it is chosen, the value, and below who wrote it when."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        told = index.data(SIDE)
        if not told:
            super().paint(painter, option, index)
            return
        side, chosen = told
        colours, place = theme.current(), option.rect.adjusted(theme.M, 0, -theme.S, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.color("selection"))
        self._ring(painter, QPointF(place.left() + 7, place.top() + 17), chosen)
        text = place.adjusted(RING, 6, 0, -6)
        upper = QRect(text.left(), text.top(), text.width(), 20)
        lower = QRect(text.left(), text.top() + 21, text.width(), 18)
        painter.setFont(theme.font("strong" if chosen else "body"))
        painter.setPen(colours.color("text"))
        _elided(painter, upper, side.text.replace("\n", " "))
        painter.setFont(theme.font("small"))
        painter.setPen(colours.color("text_muted"))
        mark = _(" · newest") if side.newest else ""
        _elided(painter, lower, side.by + mark)
        painter.restore()

    def _ring(self, painter: QPainter, at: QPointF, chosen: bool) -> None:
        colours = theme.current()
        painter.setPen(QPen(colours.color("accent" if chosen else "border_input"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 7, 7)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color("accent"))
            painter.drawEllipse(at, 4, 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(80, ROW_HEIGHT)


def _elided(painter: QPainter, place: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
