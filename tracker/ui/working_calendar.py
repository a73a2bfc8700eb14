"""The office's working calendar: a year at a glance, changed day by day or taken from a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _, listed, ngettext
from tracker.operations import recomputing, working_days
from tracker.operations.day_words import letter_of_weekday
from tracker.operations.office import Changed, Office
from tracker.operations.recomputing import Recomputed
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.keys import WITHIN, WorkingCalendar
from tracker.ui.tasks import Progress
from tracker.ui.year_view import YearView

SIDE = 224


class WorkingCalendarPage(QWidget):
    """The year with the day in hand beside it; Ctrl+E writes the year to a sheet."""

    def __init__(
        self, desk: Desk, today: Callable[[], date] = date.today, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = YearView(desk.office.calendar, today())
        self.title = widgets.Heading()
        self.banner, self.told = widgets.Banner(), widgets.Banner()
        self.day, self.what = widgets.Heading(role="strong"), widgets.Caption()
        self.note = QLineEdit()
        self.off = widgets.button(_("Off"))
        self.worked = widgets.button(_("Worked"))
        self.usual = widgets.button(_("As published"), quiet=True)
        self.import_button = widgets.button(_("Import an announcement …"), "import")
        self.export_button = widgets.button(_("Export …"), "export", quiet=True)
        self.back, self.on = widgets.tool_button("back", ""), widgets.tool_button("forward", "")
        WorkingCalendar.before.tell(self.back)
        WorkingCalendar.after.tell(self.on)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)
        self._show()

    def _lay_out(self) -> None:
        self.note.setPlaceholderText(_("What it is, e.g. a local holiday"))
        self.note.setAccessibleName(_("What it is"))
        WorkingCalendar.announcement.tell(
            self.import_button, _("A sheet with the columns 日期, 休/班 and 说明")
        )
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        for widget in (self.title, self.back, self.on):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.export_button)
        head.addWidget(self.import_button)
        body = QHBoxLayout()
        body.setSpacing(theme.L)
        frame = widgets.card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        inside.addWidget(self.view)
        body.addWidget(frame, 1)
        body.addWidget(self._side())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.told)
        column.addLayout(body, 1)

    def _side(self) -> QWidget:
        side = widgets.card()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.day)
        column.addWidget(self.what)
        column.addWidget(self.note)
        pair = QHBoxLayout()
        pair.setSpacing(theme.S)
        pair.addWidget(self.off)
        pair.addWidget(self.worked)
        column.addLayout(pair)
        column.addWidget(self.usual)
        column.addSpacing(theme.M)
        column.addWidget(widgets.hline())
        for text in (
            _("休: off from Monday to Friday, or a holiday"),
            _("班: a weekend day that is worked"),
            _("•: changed by the office"),
            _("Arrows: another day · {turn}: off or worked · {before}, {after}: another year").format(
                **WorkingCalendar.names()
            ),
        ):
            column.addWidget(widgets.Caption(text))
        column.addStretch(1)
        return side

    def _connect(self) -> None:
        self.view.moved.connect(lambda _day: self._show())
        self.view.toggled.connect(self._toggle)
        self.off.clicked.connect(lambda: self._set(False))
        self.worked.clicked.connect(lambda: self._set(True))
        self.usual.clicked.connect(lambda: self._set(None))
        self.note.returnPressed.connect(lambda: self._set(self.view.calendar.is_workday(self.view.day)))
        self.back.clicked.connect(lambda: self._step(-1))
        self.on.clicked.connect(lambda: self._step(1))
        self.banner.acted.connect(self._enter_whole)
        self.import_button.clicked.connect(self.ask_import)
        self.export_button.clicked.connect(self.export_file)
        WorkingCalendar.announcement.on(self, self.ask_import, WITHIN)
        self._desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Show the calendar as it is now."""
        self.view.show_calendar(self._desk.office.calendar)
        self._show()

    def _changed(self, changed: Changed) -> None:
        if changed.settings:
            self.refresh()

    def _show(self) -> None:
        day, calendar = self.view.day, self.view.calendar
        self.title.setText(_("Working calendar {year}").format(year=day.year))
        if calendar.published(day.year):
            self.banner.hide()
        else:
            text = _("The holidays of {year} are not announced yet, or not entered: days due may still move.")
            action = _("It is entered whole") if any(d.year == day.year for d in calendar.changes) else ""
            self.banner.tell("warning", text.format(year=day.year), action, closable=False)
        self.day.setText(day.isoformat() + " " + _("({weekday})").format(weekday=letter_of_weekday(day)))
        worked = calendar.is_workday(day)
        own = day in calendar.changes
        parts = [
            _("Worked") if worked else _("Off"),
            calendar.name_of(day),
            _("changed by the office") if own else "",
        ]
        self.what.setText(" · ".join(filter(None, parts)))
        self.note.setText(calendar.notes.get(day, ""))
        self.off.setEnabled(worked)
        self.worked.setEnabled(not worked)
        self.usual.setEnabled(own)

    def _step(self, years: int) -> None:
        day = self.view.day
        self.view.go(date(day.year + years, day.month, min(day.day, 28)))
        self.view.setFocus()

    def _toggle(self, day: date) -> None:
        """From published to the other and back."""
        self.view.go(day)
        calendar = self.view.calendar
        self._set(None if day in calendar.changes else not calendar.is_workday(day))

    def _set(self, worked: bool | None) -> None:
        day, note = self.view.day, self.note.text()
        self._run(lambda office: working_days.set_days(office, {day: worked}, note))

    def _enter_whole(self) -> None:
        year = self.view.day.year
        self._run(lambda office: working_days.set_year(office, year, True))

    def ask_import(self) -> None:
        """Ask for a sheet and take it in."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Import an announcement"), "", _("Sheets") + " (*.xlsx *.xls *.et *.ods *.csv)"
        )
        if path:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Take a year's announcement from a sheet."""
        taken: list[working_days.Announced] = []

        def op(office: Office) -> Changed:
            taken.append(working_days.take_in(office, path))
            return taken[0].changed

        def said() -> str:
            found = taken[0]
            text = ngettext("{n} day taken from the sheet.", "{n} days taken from the sheet.", found.days)
            whole = _(" Entered whole: {years}.") if found.years else ""
            if found.years:
                self.view.go(date(found.years[-1], 1, 1))
            return text.format(n=found.days) + whole.format(years=listed(map(str, found.years)))

        self._run(op, said)

    def _run(self, op: Callable[[Office], Changed], said: Callable[[], str] = lambda: "") -> None:
        """Change the calendar and have the days of records follow."""

        def work(office: Office, progress: Progress) -> Recomputed:
            changed = op(office)
            found = recomputing.follow(office, lambda done, of: progress.report(done, of))
            return replace(found, changed=replace(changed, ledgers=found.changed.ledgers))

        self._desk.run(work, lambda found: self._done(found, said()), self._refused)

    def _done(self, found: Recomputed, text: str) -> None:
        moved = ngettext(
            "{n} record is due on another day now.", "{n} records are due on other days now.", found.records
        ).format(n=f"{found.records:,}")
        if not found.records:
            moved = _("No record is due on another day by it.")
        self.told.tell("positive", " ".join(filter(None, (text, moved))))
        self.refresh()

    def _refused(self, wrong: UserError) -> None:
        self.told.tell("danger", str(wrong))

    def export_file(self) -> None:
        """Ask where to write the year to, and write it."""
        year = self.view.day.year
        name = _("Working calendar {year}").format(year=year) + ".xlsx"
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Export the working calendar"), name, "Excel (*.xlsx)"
        )
        if path:
            self._desk.run(
                lambda office, _progress: working_days.write_out(office, year, Path(path)),
                lambda made: self.told.tell("positive", _("Written: {path}").format(path=made)),
                self._refused,
            )
