"""The report as it will be printed, to be read and gone through: every figure marked, every paragraph to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QToolButton, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.icons import icon
from tracker.ui.keys import Report

if TYPE_CHECKING:
    from tracker.operations.report import Passage, Piece  # Word's library takes long to load

GUTTER = 44
"""Room at the right for a paragraph's button, in pixels."""
MEASURE = 820
"""Width of the longest line: some 58 Chinese characters."""
LINE_PERCENT = 165
COPIED_MS = 1500
MARK = 28


class ReportView(QTextEdit):
    """Tab and Shift+Tab go from figure to figure, Enter opens one, Ctrl+C copies the paragraph that one is in.

    `pointed` with the Piece under mouse or focus, `opened` with the one to be opened.
    """

    pointed = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passages: tuple[Passage, ...] = ()
        self._pieces: list[Piece] = []
        self._spans: list[tuple[int, int, int]] = []
        """Of each figure: its paragraph, and where it begins and ends."""
        self.figure = -1
        self.paragraph = 0
        self._buttons: list[QToolButton] = []
        self._back = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._back.timeout.connect(self._place_buttons)
        self._copied = -1
        self._drawing = False
        self.setReadOnly(True)
        self.setAccessibleName(_("Report"))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._place_buttons)
        theme.changed.connect(self._draw)

    def show_passages(self, passages: tuple[Passage, ...]) -> None:
        """Show a draft; where it is much as before, the place gone to stays."""
        if passages == self._passages:
            return
        self._passages = passages
        self._draw()

    def piece(self) -> Piece | None:
        """The figure gone to."""
        return self._pieces[self.figure] if 0 <= self.figure < len(self._pieces) else None

    def pieces(self) -> tuple[Piece, ...]:
        """Every figure in the order of reading."""
        return tuple(self._pieces)

    # ---- the text

    def _draw(self) -> None:
        place, self._drawing = self.verticalScrollBar().value(), True
        self.clear()
        self._pieces, self._spans = [], []
        cursor = QTextCursor(self.document())
        self.document().setDocumentMargin(theme.L)
        for n, passage in enumerate(self._passages):
            if n:
                cursor.insertBlock()
            self._write(cursor, n, passage)
        self.figure = min(self.figure, len(self._pieces) - 1)
        self.paragraph = min(self.paragraph, max(0, len(self._passages) - 1))
        self.setTextCursor(QTextCursor(self.document()))  # else it stands, and scrolls to, the end
        self._drawing = False
        self._fit_column()
        self.verticalScrollBar().setValue(place)
        self._mark()
        QTimer.singleShot(0, self, self._place_buttons)

    def _fit_column(self) -> None:
        """Lines no longer than can be read, in the middle of a wide window, with room for the buttons."""
        spare = self.viewport().width() - MEASURE - GUTTER - 2 * theme.L
        frame = self.document().rootFrame().frameFormat()
        left, right = max(0, spare // 2), max(0, spare // 2) + GUTTER
        if (frame.leftMargin(), frame.rightMargin()) != (left, right):
            frame.setLeftMargin(left)
            frame.setRightMargin(right)
            self.document().rootFrame().setFrameFormat(frame)

    def _write(self, cursor: QTextCursor, n: int, passage: Passage) -> None:
        cursor.setBlockFormat(_block_format(passage))
        plain = QTextCharFormat()
        plain.setFont(
            theme.font("title" if passage.level == 0 else "strong" if passage.level < 3 else "body")
        )
        plain.setForeground(theme.current().color("text"))
        for piece in passage.pieces:
            begin = cursor.position()
            figure = piece.is_figure
            cursor.insertText(piece.text, _marked(plain, piece, len(self._pieces)) if figure else plain)
            if figure:
                self._pieces.append(piece)
                self._spans.append((n, begin, cursor.position()))

    def _mark(self) -> None:
        """The paragraph gone to in a quiet colour, and in it the figure gone to."""
        marks = []
        colours, focused = theme.current(), self.hasFocus()
        if self._passages and focused:
            whole = QTextEdit.ExtraSelection()
            block = self.document().findBlockByNumber(self.paragraph)
            whole.cursor = QTextCursor(block)
            whole.cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            whole.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            whole.format.setBackground(colours.color("hover"))
            marks.append(whole)
        if self.piece():
            one = QTextEdit.ExtraSelection()
            _n, begin, end = self._spans[self.figure]
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(begin)
            one.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.format.setBackground(colours.color("accent"))
            one.format.setForeground(colours.color("on_accent"))
            marks.append(one)
        self.setExtraSelections(marks)

    # ---- going about in it

    def go_to(self, figure: int) -> None:
        """Go to a figure by its number in the order of reading."""
        if 0 <= figure < len(self._pieces):
            self.figure, self.paragraph = figure, self._spans[figure][0]
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._spans[figure][1])
            self._reveal(cursor)
            self._mark()
            self.pointed.emit(self._pieces[figure])

    def go_to_paragraph(self, paragraph: int) -> None:
        """Go to a paragraph, and to its first figure where it has one."""
        self.paragraph = max(0, min(paragraph, len(self._passages) - 1))
        first = next((n for n, span in enumerate(self._spans) if span[0] == self.paragraph), -1)
        if first >= 0:
            self.go_to(first)
            return
        self.figure = -1
        self._reveal(QTextCursor(self.document().findBlockByNumber(self.paragraph)))
        self._mark()

    def _reveal(self, cursor: QTextCursor) -> None:
        """Scroll so that a place stands well inside."""
        rect, bar = self.cursorRect(cursor), self.verticalScrollBar()
        margin = 2 * theme.ROW_HEIGHT
        if rect.top() < margin:
            bar.setValue(bar.value() + rect.top() - margin)
        elif rect.bottom() > self.viewport().height() - margin:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + margin)

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: N802 (Qt's name)
        """Tab goes through the figures, and leaves at their end."""
        wanted = self.figure + (1 if onward else -1)
        if self.hasFocus() and 0 <= wanted < len(self._pieces):
            self.go_to(wanted)
            return True
        return super().focusNextPrevChild(onward)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        piece = self.piece()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and piece:
            self.opened.emit(piece)
        elif event.matches(QKeySequence.StandardKey.Copy) and not self.textCursor().hasSelection():
            self.copy_paragraph(self.paragraph)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.go_to_paragraph(self.paragraph + (1 if event.key() == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.go_to(0)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.go_to(len(self._pieces) - 1)
        elif self.figure < 0:
            self.go_to(0)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        self._mark()

    # ---- the mouse

    def figure_at(self, where: QPoint) -> int:
        """The number of the figure at a place of the viewport, -1 where there is none."""
        name = self.anchorAt(where)
        return int(name) if name else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        super().mouseMoveEvent(event)
        figure = self.figure_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if figure >= 0 else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        if figure >= 0 and not event.buttons():
            self.pointed.emit(self._pieces[figure])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        super().mouseReleaseEvent(event)
        where = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        figure = self.figure_at(where)
        if figure >= 0:
            self.go_to(figure)
            self.opened.emit(self._pieces[figure])
        else:
            self.paragraph, self.figure = self.cursorForPosition(where).blockNumber(), -1
            self._mark()

    # ---- copying

    def copy_paragraph(self, paragraph: int) -> None:
        """Put a paragraph's text on the clipboard, and say so by its button."""
        if not 0 <= paragraph < len(self._passages):
            return
        QGuiApplication.clipboard().setText(self._passages[paragraph].text)
        self.paragraph, self._copied = paragraph, paragraph
        self._mark()
        self._place_buttons()
        self._back.start()

    def copy_buttons(self) -> Sequence[QToolButton]:
        """The buttons that are shown, from top to bottom."""
        return [button for button in self._buttons if not button.isHidden()]

    def _place_buttons(self) -> None:
        """A button beside each paragraph in sight."""
        if self._drawing:
            return
        if not self._back.isActive():
            self._copied = -1
        used, layout = count(), self.document().documentLayout()
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        margin = self.document().rootFrame().frameFormat().rightMargin()
        edge = self.viewport().width() - margin - theme.L + theme.M
        for n in range(len(self._passages)):
            rect = layout.blockBoundingRect(self.document().findBlockByNumber(n))
            if rect.bottom() < top or rect.top() > top + height:
                continue
            button = self._button(next(used))
            copied = n == self._copied
            button.setIcon(icon("check" if copied else "copy", "positive" if copied else "text_muted"))
            button.setProperty("paragraph", n)
            line = self.document().findBlockByNumber(n).layout().lineAt(0).height()
            y = max(rect.top(), top) - top + max(0, (line - MARK) / 2)
            button.move(int(edge), int(min(y, rect.bottom() - top - MARK / 2)))
            button.show()
        for button in self._buttons[next(used) :]:
            button.hide()

    def _button(self, n: int) -> QToolButton:
        while len(self._buttons) <= n:
            made = widgets.tool_button("copy", Report.copy.tip(_("Copy this paragraph")))
            made.setParent(self.viewport())
            made.setFixedSize(MARK, MARK)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setCursor(Qt.CursorShape.ArrowCursor)
            made.clicked.connect(lambda _on=False, made=made: self.copy_paragraph(made.property("paragraph")))
            self._buttons.append(made)
        return self._buttons[n]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit_column()
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._mark()


def _block_format(passage: Passage) -> QTextBlockFormat:
    """Titles in the middle, text indented by two characters, as the document is set."""
    result = QTextBlockFormat()
    result.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    result.setBottomMargin(theme.S)
    if passage.level == 0:
        result.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        result.setBottomMargin(theme.M)
    elif passage.level < 9:
        result.setTopMargin(theme.S)
    result.setTextIndent(2 * theme.SIZES["body"] if passage.level else 0)
    return result


def _marked(plain: QTextCharFormat, piece: Piece, n: int) -> QTextCharFormat:
    """How a figure is marked; one that cannot be told in the colour of danger."""
    colours = theme.current()
    wrong = bool(piece.quoted and piece.quoted.problem)
    result = QTextCharFormat(plain)
    result.setAnchor(True)
    result.setAnchorHref(str(n))
    result.setForeground(colours.color("danger" if wrong else "accent_text"))
    result.setBackground(colours.color("danger_soft" if wrong else "accent_soft"))
    return result
