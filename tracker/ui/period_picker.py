"""Choosing a period and its as-of day: typed, stepped or picked, and told in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.period import Period
from tracker.schema.values import Invalid, parse_day
from tracker.ui import theme, widgets
from tracker.ui.icons import icon
from tracker.ui.keys import HERE, WITHIN
from tracker.ui.keys import Period as Keys
from tracker.ui.period_text import KINDS, Kind, containing, kind_of, parse_period, stepped, typed_form

KIND_LABELS: dict[Kind, str] = {
    "year": N_("Year"),
    "quarter": N_("Quarter"),
    "month": N_("Month"),
    "range": N_("From – to"),
}


class PeriodPicker(QWidget):
    """`changed` with a Period once one is chosen; in `scope` Ctrl+PgUp and Ctrl+PgDown step."""

    changed = Signal(object)
    problem = Signal(str)
    """A sentence, or nothing once all is well again."""

    def __init__(
        self, period: Period, parent: QWidget | None = None, *, scope: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._period = period
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(_(KIND_LABELS[kind]), kind)
        self.kind.setAccessibleName(_("Kind of period"))
        self.kind.setToolTip(_("Kind of period"))
        self.kind.activated.connect(self._choose_kind)
        self.typed = _line(_("Period"), _("2020, 2020Q1, 2020-03 or 2020-01-05 ~ 3.31"))
        self.typed.editingFinished.connect(self._read)
        self.as_of = _line(
            _("As of"), _("Only what is known by this day counts; empty: the period's last day")
        )
        self.as_of.editingFinished.connect(self._read)
        self.calendar: QCalendarWidget | None = None
        self._offer_calendar()
        self._lay_out()
        home = scope or self
        Keys.before.on(home, lambda: self.step(-1), WITHIN)
        Keys.after.on(home, lambda: self.step(1), WITHIN)
        Keys.type.on(home, self.focus_typed, WITHIN)
        self._show()

    def _lay_out(self) -> None:
        self.back, self.forward = widgets.tool_button("back", ""), widgets.tool_button("forward", "")
        Keys.before.tell(self.back)
        Keys.after.tell(self.forward)
        self.back.clicked.connect(lambda: self.step(-1))
        self.forward.clicked.connect(lambda: self.step(1))
        label = QLabel(_("As of"))
        label.setProperty("role", "muted")
        label.setBuddy(self.as_of)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.kind, self.back, self.typed, self.forward):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(label)
        row.addWidget(self.as_of)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # a form would pull it apart

    def between(self, words: QWidget, *tools: QWidget) -> QHBoxLayout:
        """The head of a page about the period: words that take the room, the period, and what can be done."""
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(words, 1)
        row.addWidget(self)
        row.addSpacing(theme.S)
        for tool in tools:
            row.addWidget(tool)
        return row

    def _offer_calendar(self) -> None:
        """The as-of day's calendar, made when it is first asked for."""
        opener = QAction(icon("calendar"), _(Keys.day.label), self.as_of)
        opener.setShortcuts(Keys.day.sequences)
        opener.setShortcutContext(HERE)
        opener.triggered.connect(self._pop_up)
        self.as_of.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)

    def _pop_up(self) -> None:
        if self.calendar is None:
            self.calendar = widgets.calendar()
            self._menu = QMenu(self)
            action = QWidgetAction(self._menu)
            action.setDefaultWidget(self.calendar)
            self._menu.addAction(action)
            for chosen in (self.calendar.clicked, self.calendar.activated):
                chosen.connect(self._menu.hide)
                chosen.connect(self._pick)
        day = self._period.as_of
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._menu.popup(self.as_of.mapToGlobal(self.as_of.rect().bottomLeft()))
        self.calendar.setFocus()

    def period(self) -> Period:
        """The period chosen."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Choose a period; nothing is told where it is chosen already."""
        told = period != self._period
        self._period = period
        self._show()
        if told:
            self.changed.emit(period)

    def step(self, steps: int) -> None:
        """Go to a later period, or with a negative number to an earlier one."""
        try:
            self.set_period(stepped(self._period, steps))
        except UserError as wrong:
            self.problem.emit(str(wrong))

    def focus_typed(self) -> None:
        """Put the cursor into the period."""
        self.typed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.typed.selectAll()

    def _show(self) -> None:
        period = self._period
        self.kind.setCurrentIndex(KINDS.index(kind_of(period)))
        self.typed.setText(typed_form(period))
        self.typed.setFixedWidth(188 if kind_of(period) == "range" else 88)
        self.as_of.setText("" if period.as_of == period.end else period.as_of.isoformat())
        self.as_of.setPlaceholderText(period.end.isoformat())
        for editor in (self.typed, self.as_of):
            widgets.set_problem(editor, False)
            editor.setModified(False)
        self.problem.emit("")

    def _choose_kind(self, place: int) -> None:
        today, period = date.today(), self._period
        inside = period.begin <= today <= period.cut
        self.set_period(containing(KINDS[place], today if inside else period.cut))
        if KINDS[place] == "range":
            self.focus_typed()

    def _read(self) -> None:
        """Take over what was typed; what cannot be read stays there, marked."""
        if not (self.typed.isModified() or self.as_of.isModified()):
            return
        editor = self.typed
        try:
            period = parse_period(self.typed.text(), date.today())
            editor = self.as_of
            as_of = self._read_as_of(period)
            editor = self.typed
            period = Period.of(period.begin, period.end, as_of)
        except (Invalid, UserError) as wrong:
            widgets.set_problem(editor, True)
            self.problem.emit(str(wrong))
            return
        self.set_period(period)

    def _read_as_of(self, period: Period) -> date | None:
        text = self.as_of.text().strip()
        moved = (period.begin, period.end) != (self._period.begin, self._period.end)
        if not text or (moved and not self.as_of.isModified()):
            return None
        return date.fromisoformat(parse_day(text, period.end))

    def _pick(self, day: QDate) -> None:
        picked = date(day.year(), day.month(), day.day())
        self.set_period(Period.of(self._period.begin, self._period.end, picked))


def _line(name: str, tip: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setToolTip(tip)
    line.setFixedWidth(124)
    return line
