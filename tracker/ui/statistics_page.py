"""The figures of a period: key figures, all of them by ledger, and the chosen one by its months and parts."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import freezing, overview
from tracker.operations.freezing import Marks
from tracker.operations.office import Changed
from tracker.operations.overview import DENOMINATOR, NUMERATOR, Section, View, figure_behind
from tracker.period import Period
from tracker.schema.indicator import Figure
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.figure_cards import FigureCards
from tracker.ui.figure_detail import FigureDetail
from tracker.ui.figure_text import figure_columns, figure_lines
from tracker.ui.freeze_text import marked
from tracker.ui.frozen_line import FrozenLine
from tracker.ui.keys import HERE, Statistics, of_command
from tracker.ui.number_table import NumberTable
from tracker.ui.period_picker import PeriodPicker
from tracker.ui.period_text import kind_of
from tracker.ui.tasks import Job

REMEMBERED = "statistics.period"
DIM_AFTER_MS = 150


class StatisticsPage(QWidget):
    """`drill` with the Behind of a number, `export_requested` and `freeze_requested` with the period."""

    drill = Signal(object)
    export_requested = Signal(object)
    freeze_requested = Signal(object)
    freezes_wanted = Signal(str)
    """The id of a freeze to look at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self._awaited: Job | None = None
        self._sections: tuple[Section, ...] = ()
        self._gaps: dict[str, dict[int, tuple[int, ...]]] = {}
        self._figures: dict[str, Figure] = {}
        self._marks: Marks | None = None
        self.picker = PeriodPicker(remembered(desk), scope=self)
        self.cards, self.detail = FigureCards(), FigureDetail()
        self.table = NumberTable(figure_columns(), first_width=180)
        self.table.setAccessibleName(_("Figures"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # and hands it on to the figures once they are there
        self.words, self.problem, self.frozen = QLabel(), widgets.Banner(), FrozenLine()
        self.search = widgets.SearchField(_("Find a figure"))
        self._dim = QTimer(self, singleShot=True, interval=DIM_AFTER_MS)
        self._lay_out()
        self._connect()
        self._say_period()

    # ---- how it looks

    def _lay_out(self) -> None:
        self.empty = widgets.EmptyState(
            "statistics",
            _("No figures yet"),
            _("Figures are computed from the records; record the first one, or import a sheet."),
        )
        self.loading = widgets.EmptyState("clock", _("Computing the figures …"))
        self.failed = widgets.EmptyState(
            "warning", _("The figures could not be computed"), "", _("Try again")
        )
        self.content = self._content()
        self.stack = QStackedWidget()
        for page in (self.loading, self.content, self.empty, self.failed):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addLayout(self._header())
        column.addWidget(self.problem)
        column.addWidget(self.frozen)
        column.addWidget(self.stack, 1)

    def _header(self) -> QHBoxLayout:
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setMinimumWidth(108)
        of_command("search").tell(
            self.search, _("Shows only figures whose name or definition has these words")
        )
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(160)
        self.export = widgets.button(_("Export workbook"), "export")
        of_command("export_workbook").tell(self.export, _("Write the figures of this period into a workbook"))
        self.freeze = widgets.button(_("Freeze …"), "lock")
        of_command("freeze_figures").tell(self.freeze, _("Keep the figures of this period as quoted"))
        return self.picker.between(self.words, self.search, self.freeze, self.export)

    def _content(self) -> QWidget:
        self.nothing = widgets.EmptyState("search", _("No figure has these words"))
        self.figures = QStackedWidget()
        self.figures.addWidget(self.table)
        self.figures.addWidget(self.nothing)
        splitter = widgets.side_by_side(self.figures, self.detail, (3, 2), (690, 360))
        return widgets.one_above(self.cards, splitter, theme.M)

    def _connect(self) -> None:
        self.picker.changed.connect(self._period_chosen)
        self.picker.problem.connect(self.problem.complain)
        self.search.searched.connect(self._show_lines)
        self.search.returnPressed.connect(self._to_table)
        self.export.clicked.connect(lambda: self.export_requested.emit(self.period))
        self.freeze.clicked.connect(lambda: self.freeze_requested.emit(self.period))
        self.frozen.opened.connect(self._to_freeze)
        self.cards.chosen.connect(self._go_to)
        self.cards.opened.connect(self._open_key)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.drill)
        self.detail.opened.connect(self.drill)
        self.failed.acted.connect(self.refresh)
        self.desk.changed.connect(self._file_changed)
        self._dim.timeout.connect(lambda: self._set_waiting(True))
        self._add_menu()

    def _order_tabs(self) -> None:
        """From the period over the cards to the table, then its side."""
        picker, detail = self.picker, self.detail
        chain = [
            picker.kind,
            picker.back,
            picker.typed,
            picker.forward,
            picker.as_of,
            self.search,
            self.freeze,
            self.export,
        ]
        chain += [*self.cards.cards, self.table, detail.tabs, *detail.charts, detail.table]
        for one, next_ in pairwise(chain):
            QWidget.setTabOrder(one, next_)

    def _add_menu(self) -> None:
        """The context menu; its keys work in the table without it too."""
        choices = (
            (None, ""),
            (Statistics.numerator, NUMERATOR),
            (Statistics.denominator, DENOMINATOR),
            (Statistics.last, "last"),
        )
        self.openers: dict[str, QAction] = {}
        for key, part in choices:
            action = QAction(_(key.label) if key else _("Show the records"), self.table)
            action.setShortcuts(key.sequences if key else [])
            action.setShortcutContext(HERE)
            action.triggered.connect(partial(self._open_part, part))
            self.openers[part] = action
        self.table.addActions(list(self.openers.values()))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)

    def _menu(self, where: QPoint) -> None:
        figure = self._figures.get(self.table.current_key())
        if figure is None:
            return
        self.openers[NUMERATOR].setVisible(figure.denominator is not None)
        self.openers[DENOMINATOR].setVisible(figure.denominator is not None)
        self.openers["last"].setVisible(figure.previous is not None)
        menu = QMenu(self)
        menu.addActions([*self.openers.values(), *self.table.actions()[:1]])
        menu.popup(self.table.viewport().mapToGlobal(where))

    # ---- what others ask of it

    @property
    def period(self) -> Period:
        """The period chosen."""
        return self.picker.period()

    def refresh(self) -> None:
        """Compute the figures anew."""
        self._stale = False
        period = self.period
        if self.stack.currentWidget() is not self.content:
            self.stack.setCurrentWidget(self.loading)
        self._dim.start()
        job = self.desk.run_latest(
            (self, "figures"), lambda office, _p: overview.sections(office.db, period), self._show_sections
        )
        if not job.is_finished:
            self._awaited = job
            job.finished.connect(lambda: self._ended(job))

    def focus_search(self) -> None:
        """Put the cursor where one finds a figure."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if self.focusWidget() is None:
            self.setFocus()  # rather than the first editor in it
        if self._stale:
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        if self.table.isVisible():
            self.table.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down) and not self.table.hasFocus():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    # ---- computing

    def _file_changed(self, changed: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _ended(self, job: Job) -> None:
        """Where a job ended without a result, say so rather than wait for ever."""
        if self._awaited is job:
            self._awaited = None
            self._dim.stop()
            self.stack.setCurrentWidget(self.failed)

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        self._awaited = None
        self._dim.stop()
        self._sections, self._gaps = sections, {}
        self._figures = {f.indicator.key: f for section in sections for f in section.figures}
        self.cards.show_figures(self._figures.values())
        self._order_tabs()
        self._show_lines()
        self._set_waiting(False)
        self.stack.setCurrentWidget(self.content if sections else self.empty)
        if self.hasFocus():
            self.table.setFocus()
        if sections:
            self._choose(self.table.current_key())
            self._find_gaps()
        self._find_marks()

    def _find_marks(self) -> None:
        period = self.period
        self.desk.run_latest(
            (self, "marks"), lambda office, _p: freezing.marks(office.db, period), self._show_marks
        )

    def _show_marks(self, marks: Marks | None) -> None:
        if marks or self._marks:
            self._marks = marks
            self.frozen.show_marks(marks, self._figures)
            self._show_lines()

    def _find_gaps(self) -> None:
        ledgers, period = [section.ledger for section in self._sections], self.period
        self.desk.run_latest(
            (self, "gaps"), lambda office, _p: overview.number_gaps(office, ledgers, period), self._show_gaps
        )

    def _show_gaps(self, gaps: dict[str, dict[int, tuple[int, ...]]]) -> None:
        if gaps != self._gaps:
            self._gaps = gaps
            self._show_lines()

    def _to_freeze(self) -> None:
        if self._marks:
            self.freezes_wanted.emit(self._marks.freeze.id)

    def _show_lines(self, _text: str = "") -> None:
        lines = figure_lines(self._sections, self._gaps, self.search.text())
        if self._marks:
            found, marks = self._figures, self._marks
            lines = tuple(
                marked(line, found[line.key], marks) if line.key in found else line for line in lines
            )
        self.table.show_lines(lines)
        self.figures.setCurrentWidget(self.table if lines else self.nothing)

    def _set_waiting(self, waiting: bool) -> None:
        for part in (self.table, self.cards, self.detail):
            part.set_waiting(waiting)

    # ---- the figure chosen

    def _choose(self, key: str) -> None:
        """Show a figure at the side."""
        figure = self._figures.get(key)
        if figure is None:
            return
        self.detail.show_figure(figure)
        self.desk.run_latest(
            (self, "views"),
            lambda office, p: overview.views(office.db, figure.indicator, figure.period, p.check),
            self._show_views,
        )

    def _show_views(self, views: tuple[View, ...]) -> None:
        self.detail.show_views(views)

    def _go_to(self, key: str) -> None:
        """Go to a figure in the table, even where the search hides it."""
        if not self.table.go_to(key):
            self.search.clear()
            self.table.go_to(key)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_key(self, key: str) -> None:
        if not self.table.waiting:
            self.drill.emit(figure_behind(self._figures[key]))

    def _open_part(self, part: str) -> None:
        figure = self._figures.get(self.table.current_key())
        figure = figure.previous if figure and part == "last" else figure
        ratio = figure is not None and figure.denominator is not None
        if figure and not self.table.waiting and (ratio or part not in (NUMERATOR, DENOMINATOR)):
            self.drill.emit(figure_behind(figure, part))

    # ---- the period

    def _period_chosen(self, period: Period) -> None:
        remember(self.desk, period)
        self._say_period()
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _say_period(self) -> None:
        """The period in words: large, smaller where it is long, small in two lines where a day follows it."""
        text = self.period.label()
        long = "small" if self.period.as_of != self.period.end else "strong"
        if kind_of(self.period) != "range":
            long = "title" if self.period.as_of == self.period.end else "strong"
        theme.set_property(self.words, "role", long)
        self.words.setText(self.period.name() + _as_of(self.period))
        self.words.setToolTip(text)
        self.words.setAccessibleName(text)


def _as_of(period: Period) -> str:
    """The as-of day in a line of its own, where it is not the period's last."""
    return "" if period.as_of == period.end else "\n" + _("as of {day}").format(day=period.as_of.isoformat())


def remember(desk: Desk, period: Period) -> None:
    """Keep the period for this file on this computer."""
    days = [day.isoformat() for day in (period.begin, period.end, period.as_of)]
    desk.state.set(REMEMBERED, {"file": str(desk.office.db.path), "days": days})


def remembered(desk: Desk) -> Period:
    """The period last looked at in this file; else the year of its latest record, or this year."""
    kept = desk.state.get(REMEMBERED)
    if isinstance(kept, dict) and kept.get("file") == str(desk.office.db.path):
        try:
            return Period.of(*(date.fromisoformat(day) for day in kept["days"]))
        except (KeyError, TypeError, ValueError):
            pass  # a state that someone else wrote: begin anew
    try:
        latest = overview.latest_day(desk.reader)
    except UserError:  # a damaged file that is only looked at
        latest = ""
    return Period.year(int(latest[:4]) if latest else date.today().year)
