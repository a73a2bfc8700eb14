"""Small shared pieces of the window; none knows a ledger or the database."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QDate, QItemSelectionModel, QLocale, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import _, language
from tracker.ui import theme
from tracker.ui.flow import FlowRow
from tracker.ui.icons import icon
from tracker.ui.progress import ProgressBar, ProgressDialog

__all__ = [
    "Banner",
    "Caption",
    "Chip",
    "ElidedLabel",
    "EmptyState",
    "FlowRow",
    "Heading",
    "Icon",
    "ProgressBar",
    "ProgressDialog",
    "SearchField",
    "button",
    "calendar",
    "card",
    "heading_row",
    "hline",
    "set_problem",
    "tool_button",
    "tune_navigation",
    "tune_table",
]

Level = Literal["info", "positive", "warning", "danger"]
SEARCH_MS = 120
BANNER_ICONS = {"info": "info", "positive": "check", "warning": "warning", "danger": "warning"}
BANNER_ROLES = {"info": "accent_text", "positive": "positive", "warning": "warning", "danger": "danger"}


class Caption(QLabel):
    """A muted line of small text that wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)


class Heading(QLabel):
    """The title of a page (`role` title) or of a part of it (`role` strong)."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: Literal["title", "strong"] = "title"
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)


class Icon(QLabel):
    """An icon of `size` logical pixels in the colour of a theme role, following the theme."""

    def __init__(
        self, name: str, size: int = 20, role: str = "text_muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self._draw()
        theme.changed.connect(self._draw)

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(
            icon(self._name, self._role).pixmap(QSize(self._size, self._size), self.devicePixelRatio())
        )


class Banner(QFrame):
    """A coloured strip with one message, perhaps an action, and a cross; hidden until `tell` is called."""

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("info")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = button("", quiet=True)
        self.action.clicked.connect(self.acted)
        self.cross = tool_button("close", _("Close this message"))
        self.cross.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.XS, theme.XS, theme.XS)
        row.setSpacing(theme.S)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.action)
        row.addWidget(self.cross)
        self.hide()

    def tell(self, level: Level, text: str, action: str = "", *, closable: bool = True) -> None:
        """Show `text`; with `action` a button of that name emits `acted`."""
        theme.set_property(self, "banner", level)
        theme.restyle(self.text)
        self._icon.show_icon(BANNER_ICONS[level], BANNER_ROLES[level])
        self.text.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.cross.setVisible(closable)
        self.show()

    def complain(self, text: str) -> None:
        """Say what is wrong; with an empty text nothing is any more."""
        if text:
            self.tell("danger", text)
        else:
            self.hide()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(QWidget):
    """What a place shows when it has nothing to show: why, and what to do; `acted` when it is done."""

    acted = Signal()

    def __init__(
        self, icon_name: str, title: str, text: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = Heading(title, role="strong")
        self.text = Caption(text)
        self.action = button(action, primary=True)
        if not action:  # showing what has no parent yet would open a window for a moment
            self.action.hide()
        self.action.clicked.connect(self.acted)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        if not text:
            self.text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.S)
        column.addStretch(1)
        column.addWidget(Icon(icon_name, 40), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(theme.XS)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)


class SearchField(QLineEdit):
    """A search line; `searched` comes once typing pauses, at once on Enter, and empty on Esc or clearing."""

    searched = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._pause.timeout.connect(self._tell)
        self.setPlaceholderText(placeholder or _("Search"))
        self.setAccessibleName(self.placeholderText())
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(160)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc empties the field; in an empty field it is left to whoever is behind."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def rest(self) -> None:
        """Look for nothing more that was typed until now."""
        self._pause.stop()

    def _changed(self, text: str) -> None:
        if text:
            self._pause.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)


class Chip(QFrame):
    """A filter in force, said in words, with a cross to drop it (`closed`); Delete drops it too."""

    closed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)
        label = QLabel(QFontMetrics(theme.font("small")).elidedText(text, Qt.TextElideMode.ElideRight, 320))
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.cross = tool_button("close", _("Remove: {filter}").format(filter=text), role="accent_text")
        self.cross.setIconSize(QSize(12, 12))
        self.cross.setFixedSize(18, 18)
        if not closable:
            self.cross.hide()
        self.cross.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 4 if closable else 10, 0)
        row.setSpacing(theme.XS)
        row.addWidget(label)
        row.addWidget(self.cross)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class ElidedLabel(QLabel):
    """One line of text that shortens itself with an ellipsis and shows the whole in its tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width()))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Button(QPushButton):
    """A push button that Enter presses where it has the focus, whatever the default of its dialog is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier:
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str, icon_name: str = "", *, primary: bool = False, quiet: bool = False, danger: bool = False
) -> QPushButton:
    """A push button of one of our kinds; in a dialog Enter presses the primary one, or the one with the focus."""
    result = Button(text)
    result.setAutoDefault(primary)
    for name, value in (("primary", primary), ("quiet", quiet), ("danger", danger)):
        if value:
            result.setProperty(name, True)
    if icon_name:
        roles = {"on_accent": primary, "accent_text": quiet, "danger": danger}
        result.setIcon(icon(icon_name, next((role for role, on in roles.items() if on), "text_muted")))
    return result


def tool_button(icon_name: str, text: str, *, role: str = "text_muted") -> QToolButton:
    """A button that is only an icon; `text` is its tooltip and accessible name."""
    result = QToolButton()
    result.setIcon(icon(icon_name, role))
    result.setToolTip(text)
    result.setAccessibleName(text)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return result


def heading_row(title: str, *beside: QWidget, note: QWidget | None = None) -> QHBoxLayout:
    """The heading of a part, with a note beside it, a hairline, and what can be done at the right."""
    row = QHBoxLayout()
    row.setSpacing(theme.M)
    row.addWidget(Heading(title, role="strong"))
    if note:
        row.addWidget(note)
    row.addWidget(hline(), 1)
    for widget in beside:
        row.addWidget(widget)
    return row


def hline() -> QFrame:
    """A hairline across."""
    result = QFrame()
    result.setProperty("role", "line")
    result.setFixedHeight(1)
    return result


def card() -> QFrame:
    """A raised surface with a quiet border, for a group of things; give it a layout."""
    result = QFrame()
    result.setProperty("card", True)
    return result


def spin(low: int, high: int, value: int | None = None) -> QSpinBox:
    """A small whole number to be typed or stepped."""
    result = QSpinBox()
    result.setRange(low, high)
    result.setValue(low if value is None else value)
    result.setFixedWidth(110)
    result.lineEdit().setTextMargins(theme.XS, 0, 0, 0)  # style sheets do not reach the text in it
    return result


def one_above(top: QWidget, main: QWidget, gap: int) -> QWidget:
    """A part above the main one, which takes the room."""
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    column.addWidget(top)
    column.addWidget(main, 1)
    return result


def side_by_side(left: QWidget, right: QWidget, shares: tuple[int, int], sizes: tuple[int, int]) -> QSplitter:
    """Two parts beside each other with a gap that moves; `shares` of what is gained, `sizes` to begin with."""
    result = QSplitter(Qt.Orientation.Horizontal)
    result.setChildrenCollapsible(False)
    result.setHandleWidth(theme.S)
    result.setStyleSheet("QSplitter::handle { background: transparent; }")
    for place, part in enumerate((left, right)):
        result.addWidget(part)
        result.setStretchFactor(place, shares[place])
    result.setSizes(list(sizes))
    return result


def set_problem(editor: QWidget, problem: bool) -> None:
    """Mark an editor as holding something wrong, or no longer."""
    theme.set_property(editor, "problem", problem)


def tune_navigation(view: QAbstractItemView) -> None:
    """Make a list or tree our navigation; call it before the model is set, so that rows have their height."""
    view.setProperty("nav", True)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.ensurePolished()


def _year_first(calendar: QCalendarWidget) -> None:
    """Put the year before the month, where Qt has them the other way round in every language."""
    bar = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    year = calendar.findChild(QToolButton, "qt_calendar_yearbutton")
    row = bar.layout() if bar else None
    if isinstance(row, QBoxLayout) and month and year:
        place, other = row.indexOf(month), row.indexOf(year)
        row.removeWidget(year)
        row.removeWidget(month)
        row.insertWidget(place, year)
        row.insertWidget(other, month)


def calendar() -> QCalendarWidget:
    """A calendar in the language in use, its week beginning on Monday, of the years that a field takes."""
    result = QCalendarWidget()
    result.setDateRange(QDate(1949, 1, 1), QDate(2199, 12, 31))
    result.setLocale(QLocale(language()))
    result.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    result.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    result.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    for name, arrow in (("prevmonth", "back"), ("nextmonth", "forward")):
        step = result.findChild(QToolButton, f"qt_calendar_{name}")
        if step:
            step.setIcon(icon(arrow))
            step.setIconSize(QSize(16, 16))
    if result.locale().language() == QLocale.Language.Chinese:
        _year_first(result)

    def paint_days() -> None:
        quiet = QTextCharFormat()
        quiet.setForeground(theme.current().color("accent_text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            result.setWeekdayTextFormat(day, quiet)
        head = QTextCharFormat()
        head.setForeground(theme.current().color("text_muted"))
        head.setBackground(theme.current().color("surface"))
        result.setHeaderTextFormat(head)

    paint_days()
    follow = theme.changed.connect(paint_days)
    result.destroyed.connect(lambda: theme.changed.disconnect(follow))
    return result


def tune_table(view: QTableView) -> None:
    """Our common table: rows of one height, whole rows selected, hairlines, smooth scrolling."""
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setAlternatingRowColors(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)


def to_cell(view: QAbstractItemView, index: QModelIndex) -> None:
    """Make a cell the current one and the only one selected, whatever keys are held.

    `setCurrentIndex` asks the keyboard how to select: while Ctrl is held, as in Ctrl+S, it would leave the cell that
    was selected before so, and Delete would clear that one too.
    """
    view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.scrollTo(index)
