"""A table of numbers that open the records behind them: Enter or double click on a number, arrows between numbers."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.i18n import _
from tracker.ui import clipboard, theme, widgets
from tracker.ui.icons import icon
from tracker.ui.keys import HERE, Statistics
from tracker.ui.number_model import LEFT, RIGHT, Column, Index, Line, NumberModel

PAD = theme.S
WIDEST_FIRST = 180  # pixels for the names, before other columns yield
MARK = 14  # pixels: the icon after a name
HEADING_PAD = 12  # as the style sheet pads the sections of a header
SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class NumberTable(QTableView):
    """Shows a `NumberModel`; `opened` with a Behind, `chosen` with the key of the line gone to."""

    opened = Signal(object)
    chosen = Signal(str)

    def __init__(
        self, columns: tuple[Column, ...], parent: QWidget | None = None, *, first_width: int = 72
    ) -> None:
        super().__init__(parent)
        self._first_width = first_width
        self.quiet = False
        """Without the keyboard nothing is marked as chosen."""
        self._numbers = NumberModel(columns, self)
        self.waiting = False
        self.hovered: tuple[int, int] | None = None
        self._key = ""
        self.setModel(self._numbers)
        self.setItemDelegate(_Painter(self))
        widgets.tune_table(self)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        self._copy = QAction(icon("copy"), _("Copy as a table"), self)
        self._copy.setShortcuts(Statistics.copy.sequences)
        self._copy.setShortcutContext(HERE)
        self._copy.triggered.connect(self.copy)
        self.addAction(self._copy)
        theme.changed.connect(self.viewport().update)

    @property
    def numbers(self) -> NumberModel:
        """What is shown."""
        return self._numbers

    def show_lines(self, lines: tuple[Line, ...], columns: tuple[Column, ...] | None = None) -> None:
        """Show other lines; the line gone to stays where it is there still."""
        column = max(0, self.currentIndex().column())
        self.clearSpans()
        self._numbers.show(lines, columns)
        self._fit_columns()
        for row, line in enumerate(lines):
            height = {"heading": theme.ROW_HEIGHT + theme.S, "note": 24}.get(line.kind, theme.ROW_HEIGHT)
            self.setRowHeight(row, height)
            if line.across and len(self._numbers.columns) > 1:
                self.setSpan(row, 0, 1, len(self._numbers.columns))
        self.waiting = False
        self.go_to(self._key, column) or self.go_to("", column)

    def go_to(self, key: str, column: int = 0) -> bool:
        """Go to the line of a key (the first one for an empty key); False where it is not there."""
        for row, line in enumerate(self._numbers.lines):
            if not line.across and key in ("", line.key):
                index = self._numbers.index(row, min(column, self._numbers.columnCount() - 1))
                flags = SELECT_ROW if not self.quiet else QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(index, flags)
                self.scrollTo(index)
                return True
        return False

    def current_key(self) -> str:
        """The key of the line gone to."""
        return self._key

    def set_waiting(self, waiting: bool) -> None:
        """Dim the numbers while others are computed; nothing opens then."""
        self.waiting = waiting
        self.viewport().update()

    def open_index(self, index: Index) -> None:
        """Open the records behind a place."""
        opens = None if self.waiting else self._numbers.opens(index)
        if opens:
            self.opened.emit(opens())

    def copy(self) -> None:
        """Copy the chosen lines, or all where one at most is chosen, with headings, as a table."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = rows if len(rows) > 1 else list(range(len(self._numbers.lines)))
        table = [[column.title for column in self._numbers.columns]]
        table += [[cell.plain() for cell in self._numbers.lines[row].cells] for row in rows]
        clipboard.put("\n".join("\t".join(line) for line in table) + "\n")

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's name)
        super().currentChanged(current, previous)
        if current.isValid() and self._numbers.lines[current.row()].key != self._key:
            self._key = self._numbers.lines[current.row()].key
            self.chosen.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            self.open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_index(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and not self.waiting and bool(self._numbers.cell(index).opens)
        hovered = (index.row(), index.column()) if over else None
        if hovered != self.hovered:
            self.hovered = hovered
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        self.hovered = None
        self.viewport().update()
        super().leaveEvent(event)

    def selectionCommand(  # noqa: N802 (Qt's name)
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Clicking a heading leaves the selection as it is."""
        if not index.isValid() or self._numbers.lines[index.row()].across:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Numbers as wide as they are; the names get the rest, but so much at least that they can be read."""
        columns = self._numbers.columns
        first = max(self._first_width, min(self._content_width(0), WIDEST_FIRST)) if columns else 0
        room = self.viewport().width() - first
        widths = self._widths(short=False)
        if sum(widths) > room:
            widths = self._widths(short=True)
        tight = sum(widths) > room
        for column, width in enumerate(widths, 1):
            self.setColumnHidden(column, tight and columns[column].spare)
            self.setColumnWidth(column, width)
        shown = (self.columnWidth(column) for column in range(1, len(columns)))
        rest = first + room - sum(shown)
        fits = rest >= first // 2
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(policy)
        if columns:
            self.setColumnWidth(0, max(first // 2, rest))

    def _widths(self, *, short: bool) -> list[int]:
        """The widths of all columns but the first, with whole or short texts."""
        self._numbers.short = short
        return [self._content_width(column) for column in range(1, len(self._numbers.columns))]

    def _content_width(self, column: int) -> int:
        small, body = QFontMetrics(theme.font("small")), QFontMetrics(numbers_font("body"))
        numbers = self._numbers
        lines = (line for line in numbers.lines if not line.across)
        cells = (numbers.text(line.cells[column]) for line in lines if len(line.cells) > column)
        widest = max((body.horizontalAdvance(text) for text in cells), default=0)
        heading = small.horizontalAdvance(self._numbers.columns[column].title) + 2 * HEADING_PAD
        return max(heading, widest + 2 * PAD + 4)

    def shows_selection(self) -> bool:
        """Whether what is chosen is marked."""
        return self.hasFocus() or not self.quiet

    def full_height(self) -> int:
        """The height at which nothing needs scrolling."""
        rows = sum(self.rowHeight(row) for row in range(len(self._numbers.lines)))
        return rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()


KEYPAD = Qt.KeyboardModifier.KeypadModifier


class _Painter(QStyledItemDelegate):
    """Paints headings, totals, muted columns, links under the mouse, and a ring around the place gone to."""

    def __init__(self, table: NumberTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._table.numbers.lines[index.row()]
        rect, look = QRect(option.rect), theme.current()
        painter.save()
        if line.across:
            self._across(painter, rect, line)
        else:
            if self._table.selectionModel().isSelected(index) and self._table.shows_selection():
                painter.fillRect(rect, look.color("selection"))
            self._hairline(painter, rect, strong=line.kind == "total")
            self._number(painter, rect, line, index)
            self._ring(painter, rect, index)
        painter.restore()

    def _across(self, painter: QPainter, rect: QRect, line: Line) -> None:
        look, heading = theme.current(), line.kind == "heading"
        left = rect.left() + PAD
        if line.icon:
            icon(line.icon, line.role).paint(painter, left, rect.bottom() - 25, 18, 18)
            left += 18 + theme.S
        painter.setFont(theme.font("strong" if heading else "small"))
        painter.setPen(look.color("text" if heading else "text_muted"))
        box = rect.adjusted(left - rect.left(), theme.S if heading else 0, -PAD, 0)
        text = painter.fontMetrics().elidedText(line.cells[0].text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, LEFT, text)

    def _hairline(self, painter: QPainter, rect: QRect, *, strong: bool) -> None:
        look = theme.current()
        painter.setPen(QPen(look.color("border_input" if strong else "border"), 1))
        y = rect.top() if strong else rect.bottom()
        painter.drawLine(rect.left(), y, rect.right(), y)

    def _number(self, painter: QPainter, rect: QRect, line: Line, index: Index) -> None:
        table, column = self._table, self._table.numbers.columns[index.column()]
        look, cell = theme.current(), table.numbers.cell(index)
        font = numbers_font("strong" if line.kind == "total" else "body")
        over = table.hovered == (index.row(), index.column())
        font.setUnderline(over)
        role = "text_disabled" if table.waiting else "accent_text" if over else "text"
        if role == "text" and column.quiet:
            role = "text_muted"
        painter.setFont(font)
        painter.setPen(look.color(role))
        marked = bool(line.icon) and index.column() == 0
        box = rect.adjusted(PAD, 0, -PAD - (MARK + theme.XS if marked else 0), 0)
        if marked:
            top = box.center().y() - MARK // 2
            icon(line.icon, line.role).paint(painter, box.right() + theme.XS, top, MARK, MARK)
        text = table.numbers.text(cell)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, RIGHT if column.number else LEFT, text)
        if cell.note:
            box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(text) + theme.XS + 2)
            painter.setFont(theme.font("small"))
            painter.setPen(look.color("text_disabled" if table.waiting else "text_muted"))
            if painter.fontMetrics().horizontalAdvance(cell.note) <= box.width():
                painter.drawText(box, LEFT, cell.note)

    def _ring(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self._table.hasFocus() and index == self._table.currentIndex():
            painter.setPen(QPen(theme.current().color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def numbers_font(role: theme.FontRole) -> QFont:
    """The font of a role with digits of one width."""
    font = theme.font(role)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
