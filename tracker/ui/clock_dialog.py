"""How the days due of a record were counted: each limit step by step, what is doubtful marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.attached.events import EVENTS
from tracker.i18n import _, ngettext
from tracker.schema.clock import Clock
from tracker.schema.events import Event
from tracker.schema.explanation import Step, explain, nothing_runs
from tracker.schema.filters import Record
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.workdays import Calendar

WIDTH, MOST = 620, 560


@dataclass(frozen=True)
class Told:
    """One limit: what it is, its day (None where no day is due), when it was done, and the steps."""

    title: str
    due: date | None
    done: date | None
    steps: tuple[Step, ...]
    runs: bool = True


def told(
    ledger: Ledger, record: Record, events: Sequence[Event], calendar: Calendar, first: str = ""
) -> tuple[Told, ...]:
    """Every limit of a record that runs and is not done; that of the key `first` before the others, in any case."""
    clocks = sorted(ledger.clocks, key=lambda clock: clock.key != first)
    found = (_told(ledger, clock, record, events, calendar) for clock in clocks)
    return tuple(t for n, t in enumerate(found) if (n == 0 and first) or (t.runs and not t.done))


def _told(ledger: Ledger, clock: Clock, record: Record, events: Sequence[Event], calendar: Calendar) -> Told:
    run = clock.run(record, calendar, events)
    if run is None:
        return Told(clock.title(), None, None, (nothing_runs(clock),), runs=False)
    done = clock.done_on(run, record, events)
    return Told(run.title(), run.rolled, done, explain(ledger, run, EVENTS, calendar))


class ClockDialog(QDialog):
    """Esc or Enter closes it."""

    def __init__(self, limits: Sequence[Told], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("How the day due was counted"))
        self.limits = tuple(limits)
        inside = QWidget()
        inside.setProperty("page", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.L)
        small = QFontMetrics(theme.font("small"))
        days = max((small.horizontalAdvance(s.when) for one in limits for s in one.steps), default=0) + 2
        for limit in limits:
            column.addWidget(_card(limit, today, days))
        if not limits:
            column.addWidget(widgets.Caption(_("No time limit runs for this record.")))
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        close = widgets.button(_("Close"), primary=True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.XL, theme.S, theme.XL, theme.L)
        buttons.addStretch(1)
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addLayout(buttons)
        height = column.heightForWidth(WIDTH)
        self.resize(WIDTH, min(MOST, max(200, height + 80)))
        close.setFocus()


def _card(limit: Told, today: date, days: int) -> QWidget:
    """A limit with its steps, their days in a column of that width."""
    card = widgets.card()
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
    column.setSpacing(theme.S)
    head = QHBoxLayout()
    head.addWidget(widgets.Heading(limit.title, role="strong"), 1)
    if limit.due:
        state = _("done on {day}").format(day=limit.done) if limit.done else _left((limit.due - today).days)
        head.addWidget(QLabel(f"{limit.due.isoformat()} · {state}"))
    column.addLayout(head)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(theme.XS)
    grid.setColumnMinimumWidth(0, days)
    grid.setColumnStretch(1, 1)
    for row, step in enumerate(limit.steps):
        when = QLabel(step.when)
        when.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_property(when, "role", "small")
        text = QLabel(f"⚠ {step.text}" if step.doubt else step.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_property(text, "role", "warning" if step.doubt else "small")
        grid.addWidget(when, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 1)
    column.addLayout(grid)
    return card


def _left(days: int) -> str:
    if days < 0:
        return ngettext("{n} day overdue", "{n} days overdue", -days).format(n=-days)
    return ngettext("{n} day left", "{n} days left", days).format(n=days) if days else _("due today")
