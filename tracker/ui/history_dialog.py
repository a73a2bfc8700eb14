"""The history of a record: its moments, what each changed, and what setting the record back to it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import moments, reverting
from tracker.operations.moments import Moment, Page
from tracker.operations.office import Changed
from tracker.operations.reverting import Part, Plan
from tracker.schema.ledger import Ledger
from tracker.schema.values import minute, second
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import WaitingDialog
from tracker.ui.desk import Desk
from tracker.ui.growing_table import GrowingTable
from tracker.ui.keys import History
from tracker.ui.plain_table import Head, PlainTable

SIZE = (1080, 620)
TIME, CLERK = 164, 92


class HistoryDialog(WaitingDialog):
    """`set_back` once the record is as it was."""

    set_back = Signal()

    def __init__(
        self, desk: Desk, ledger: Ledger, uid: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.ledger, self.uid = desk, ledger, uid
        self.moments: list[Moment] = []
        self.plan: Plan | None = None
        self._before = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("History of {number}").format(number=title))
        self.resize(*SIZE)
        self.list = GrowingTable(_("When it was changed"))
        self.lines = PlainTable(_("What was changed"), sortable=False)
        self.difference = PlainTable(_("What setting it back would change"), sortable=False)
        self.what, self.then = widgets.Heading(role="strong"), widgets.Heading(role="strong")
        self.state = widgets.Caption()
        self.banner = widgets.Banner()
        self.back = widgets.button(_("Set back to this state"), "undo", primary=True)
        self.leave = widgets.button(_("Close"))
        self._lay_out()
        self._connect()
        self._read()
        self.list.setFocus()

    def _lay_out(self) -> None:
        self.what.setWordWrap(True)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(_part(self.what, self.lines))
        right.addWidget(_part(self.then, self.difference, self.state))
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.list)
        whole.addWidget(right)
        for splitter, sizes in ((right, (300, 220)), (whole, (450, 590))):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(theme.M)
            splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
            splitter.setSizes(list(sizes))
        whole.setStretchFactor(1, 1)
        History.set_back.tell(self.back)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.banner)
        column.addWidget(whole, 1)
        column.addLayout(buttons)
        for button in (self.back, self.leave):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.list.wanted.connect(lambda: self._ask(self._grow))
        self.list.chosen.connect(self._choose)
        self.back.clicked.connect(self.carry_out)
        self.leave.clicked.connect(self.reject)
        History.set_back.on(self, self.back.click)

    # the moments

    def _read(self) -> None:
        self._before = ""
        self._ask(self._begin)

    def _ask(self, then: Callable[[Page], object]) -> None:
        ledger, uid, before = self.ledger, self.uid, self._before
        self.desk.run_latest(
            (self, "moments"), lambda office, _p: moments.read(office, ledger, uid, before), then
        )

    def _begin(self, page: Page) -> None:
        self.moments, self._before = list(page.moments), page.before
        heads = (Head(_("When"), TIME), Head(_("Who"), CLERK), Head(_("What")))
        self.list.begin(heads, self._rows(page.moments), bool(page.before))

    def _grow(self, page: Page) -> None:
        self.moments += page.moments
        self._before = page.before
        self.list.grow(self._rows(page.moments), bool(page.before))

    def _rows(self, some: Sequence[Moment]) -> list[tuple[str, str, str]]:
        times = self._times(some)
        return [(time, one.clerk, one.what) for time, one in zip(times, some, strict=True)]

    def _times(self, some: Sequence[Moment]) -> list[str]:
        """To the second where another moment has the same minute."""
        alike = Counter(minute(other.at) for other in self.moments)
        return [second(one.at) if alike[minute(one.at)] > 1 else minute(one.at) for one in some]

    # the one chosen

    def _choose(self, row: int) -> None:
        self.plan = None
        self.back.setEnabled(False)
        if not 0 <= row < len(self.moments):
            return
        one = self.moments[row]
        (at,) = self._times([one])
        said = _("{at} · {clerk} on {origin}: {what}")
        self.what.setText(said.format(at=at, clerk=one.clerk, origin=one.origin, what=one.what))
        heads = (Head(_("Field"), 190), Head(_("Before")), Head(_("Afterwards")))
        self.lines.fill(heads, one.lines)
        self.lines.clearSelection()
        self.then.setText(_("Setting it back to {at} changes").format(at=at))
        ledger, uid = self.ledger, self.uid
        self.desk.run_latest(
            (self, "plan"), lambda office, _p: reverting.plan(office, ledger, uid, one.row), self._planned
        )

    def _planned(self, plan: Plan) -> None:
        self.plan = plan
        heads = (Head(_("Field"), 190), Head(_("At present")), Head(_("Then")))
        rows = [row for part in plan.parts for row in _cells(part, self.ledger)]
        self.difference.fill(heads, rows)
        self.difference.clearSelection()
        self.difference.setVisible(bool(rows))
        self.state.setText(plan.problem or ("" if rows else _("This is how the record is now.")))
        self.state.setVisible(bool(self.state.text()))
        self.back.setEnabled(bool(rows) and not plan.problem and not self.desk.readonly)

    def carry_out(self) -> None:
        """Set the record back, once however often the key is pressed."""
        plan = self.plan
        if plan is None or self.is_working or not self.back.isEnabled():
            return
        self.follow(
            self.desk.run(lambda office, _p: reverting.carry_out(office, plan), self._done, self._refused)
        )

    def _done(self, _changed: Changed) -> None:
        self.set_back.emit()
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))
        self._read()


def _cells(part: Part, ledger: Ledger) -> list[tuple[str, str, str]]:
    """What a part of the plan changes, a row for each field."""
    own = part.ledger is ledger
    title = _("Record") if own else part.title()
    rows = []
    if part.goes:
        rows.append((title, _("there"), _("in the bin")))
    elif part.comes:
        rows.append((title, _("in the bin"), _("there")))
    for field, now, then in part.lines():
        rows.append((field if own else _("{thing} · {field}").format(thing=title, field=field), now, then))
    return rows


def _part(heading: QWidget, *below: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.XS)
    column.addWidget(heading)
    for widget in below:
        column.addWidget(widget, int(isinstance(widget, PlainTable)))
    if len(below) > 1:
        column.addStretch(0)
    return part
