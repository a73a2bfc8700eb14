"""The calendar: a month of hearings and limits, and beside it the day in front as a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations import month
from tracker.operations.day_words import long_day, month_title
from tracker.operations.month import Month
from tracker.operations.office import Office
from tracker.operations.today import Day, Group, Wanted
from tracker.schema.clock import months_later
from tracker.ui import theme, widgets
from tracker.ui.day_page import DayPage
from tracker.ui.desk import Desk
from tracker.ui.keys import Calendar
from tracker.ui.month_grid import MonthGrid
from tracker.ui.today_list import TodayList

if TYPE_CHECKING:
    from tracker.ui.tasks import Progress

BESIDE = 320


class CalendarPage(DayPage):
    """Month by month; the month in front is read in the worker."""

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(desk, TodayList(desk.state, compact=True), parent, today)
        self.grid = MonthGrid(self.today)
        self.day_title = widgets.Heading(role="strong")
        self.empty = widgets.EmptyState("calendar", _("Nothing on this day"))
        self.stack = QStackedWidget()
        for widget in (self.list, self.empty):
            self.stack.addWidget(widget)
        self.column.addLayout(self._steps())
        self.column.addLayout(self._parts(), 1)
        self.setFocusProxy(self.grid)
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self.open_day)
        self.title.setText(_("Calendar"))
        self.refresh()

    def _steps(self) -> QHBoxLayout:
        self.before = widgets.tool_button("back", Calendar.before.tip())
        self.after = widgets.tool_button("forward", Calendar.after.tip())
        self.to_today = widgets.button(_("To today"), quiet=True)
        Calendar.today.tell(self.to_today, _("Go to today"))
        self.before.clicked.connect(lambda: self.grid.go(months_later(self.grid.day, -1)))
        self.after.clicked.connect(lambda: self.grid.go(months_later(self.grid.day, 1)))
        self.to_today.clicked.connect(lambda: self.grid.go(self.today))
        self.legend = widgets.Caption(_("■ hearing   ▲ overdue or near   ● limit"))
        self.legend.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        for widget in (self.before, self.after, self.to_today):
            row.addWidget(widget)
        row.addSpacing(theme.M)
        self.column.removeWidget(self.summary)
        row.addWidget(self.summary, 1)
        row.addWidget(self.legend)
        return row

    def _parts(self) -> QHBoxLayout:
        beside = QVBoxLayout()
        beside.setSpacing(theme.S)
        beside.addWidget(self.day_title)
        beside.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(self.grid, 1)
        side = QWidget()
        side.setLayout(beside)
        beside.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(BESIDE)
        row.addWidget(side)
        return row

    def read(self, office: Office, on: date, wanted: Wanted, progress: Progress) -> Month:
        return month.read(office, self.grid.day, on, wanted, progress.check)

    def show_content(self, content: Month) -> None:
        if (content.first.year, content.first.month) != (self.grid.day.year, self.grid.day.month):
            return  # the clerk went on; what is read next is shown
        self.title.setText(_("Calendar · {month}").format(month=month_text(content.first)))
        self.grid.show_month(content)
        limits = sum(len(cell.limits) for cell in content.own())
        sits = sum(len(cell.hearings) for cell in content.own())
        words = _("{sits} hearings and {limits} limits in this month").format(
            sits=f"{sits:,}", limits=f"{limits:,}"
        )
        if content.unknown:
            years = "、".join(map(str, content.unknown))
            words += " · " + _("the holidays of {years} are not known yet").format(years=years)
        self.summary.setText(words)
        self._show_day()

    def list_title(self) -> str:
        return month_title(self.grid.day)

    def groups(self) -> tuple[Group, ...]:
        return self.content.groups() if self.content else ()

    def _chosen(self, day: date) -> None:
        content = self.content
        if isinstance(content, Month) and (content.first.year, content.first.month) == (day.year, day.month):
            self._show_day()
        else:
            self.refresh()

    def _show_day(self) -> None:
        day = self.grid.day
        self.day_title.setText(long_day(day))
        cell = self.content.cell(day)
        groups = tuple(group for group in cell.groups() if group.total)
        self.list.fill(Day(self.today, groups, 0), self.names)
        self.stack.setCurrentWidget(self.list if groups else self.empty)

    def open_day(self) -> None:
        """Open the day's only record, or go into its list."""
        lines = list(self.content.cell(self.grid.day).lines) if self.content else []
        if len(lines) == 1:
            self._open(lines[0])
        elif lines:
            self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc goes back from the list to the month."""
        if event.key() == Qt.Key.Key_Escape:
            self.grid.setFocus()
        else:
            super().keyPressEvent(event)

    def _new_day(self) -> None:
        self.grid.go(self.today)
        self.refresh()


def month_text(first: date) -> str:
    """A month in words."""
    return _("{year}-{month:02d}").format(year=first.year, month=first.month)
