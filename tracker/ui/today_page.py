"""Today: what is overdue or due, hearings, what waits for a next step, and what this clerk entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.i18n import _
from tracker.operations import today as days
from tracker.operations.day_words import due_title, long_day
from tracker.operations.office import Office
from tracker.operations.today import ENTERED, HEARING, OVERDUE, WAITS, WEEK, Day, Group, Wanted
from tracker.ui import widgets
from tracker.ui.day_page import DayPage
from tracker.ui.desk import Desk
from tracker.ui.keys import of_command, shown
from tracker.ui.today_list import TodayList

if TYPE_CHECKING:
    from tracker.ui.tasks import Progress


class TodayPage(DayPage):
    """The first page: `counted` tells how many limits are overdue or end today."""

    counted = Signal(int)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(desk, TodayList(desk.state), parent, today)
        self.stack = QStackedWidget()
        self.empty = widgets.EmptyState(
            "check",
            _("Nothing is due today"),
            _(
                "No limit, hearing or next step in the coming days. Enter a record ({new}) or import the sheets kept "
                "until now ({bring}), and what is due appears here by itself."
            ).format(new=shown(of_command("new_record").keys), bring=shown(of_command("import_sheet").keys)),
        )
        self.nothing = widgets.EmptyState(
            "search", _("Nothing here"), _("Nothing of this ledger or of yours is due."), _("Show everything")
        )
        for widget in (self.list, self.empty, self.nothing):
            self.stack.addWidget(widget)
        self.column.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)
        self.nothing.acted.connect(self.filter.clear)
        self.title.setText(_("Today"))
        self.refresh()

    def read(self, office: Office, on: date, wanted: Wanted, progress: Progress) -> Day:
        return days.read(office, on, wanted, progress.check)

    def show_content(self, content: Day) -> None:
        self.title.setText(_("Today · {day}").format(day=long_day(content.on)))
        self.summary.setText(summary(content))
        self.list.fill(content, self.names)
        some = any(group.total for group in content.groups)
        other = self.empty if self.filter.wanted == Wanted() else self.nothing
        self.stack.setCurrentWidget(self.list if some else other)
        self.counted.emit(content.urgent)

    def list_title(self) -> str:
        return due_title(self.today)

    def groups(self) -> tuple[Group, ...]:
        return self.content.groups if self.content else ()


def summary(day: Day) -> str:
    """The day in one line; what there is none of is left out."""

    def total(*keys: str) -> int:
        return sum(group.total for group in day.groups if group.key.split(".")[0] in keys)

    parts = (
        (_("{n} overdue"), total(OVERDUE)),
        (_("{n} due today"), sum(line.left == 0 for line in day.group(WEEK).lines)),
        (_("{n} due this week"), total(WEEK)),
        (_("{n} hearings today"), sum(line.left == 0 for line in day.group(HEARING).lines)),
        (_("{n} waiting for a next step"), total(WAITS)),
        (_("{n} entered or changed by me"), total(ENTERED)),
    )
    return " · ".join(text.format(n=f"{count:,}") for text, count in parts if count)
