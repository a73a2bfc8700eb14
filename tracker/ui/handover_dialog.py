"""Handing over open cases: from whom to whom, with a look at every case that goes over."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tracker.errors import UserError
from tracker.i18n import _, listed, ngettext
from tracker.operations import handover
from tracker.operations.handover import Plan
from tracker.operations.office import Office
from tracker.ui import theme, widgets
from tracker.ui.asking import Asking
from tracker.ui.desk import Desk
from tracker.ui.plain_table import Head, LazyRows, PlainTable
from tracker.ui.tasks import Progress

PAUSE_MS = 250
SIZE = (920, 600)


class HandoverDialog(Asking):
    """`handed_over` with a sentence."""

    handed_over = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Hand over open cases"), _("Hand over"), parent)
        self.desk = desk
        self.plan: Plan | None = None
        self.resize(*SIZE)
        self.giver, self.taker, self.ledger, self.why = QComboBox(), QComboBox(), QComboBox(), QLineEdit()
        self.summary = widgets.Heading(role="strong")
        self.warning = widgets.Banner()
        self.table = PlainTable(_("Cases that are handed over"), sortable=False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange()
        self._pause.timeout.connect(self._look)
        self.taker.editTextChanged.connect(lambda _text: self._asked())
        for combo in (self.giver, self.ledger):
            combo.currentIndexChanged.connect(lambda _n: self._asked())
        self.desk.run_latest((self, "people"), _read, self._show_people)
        self._say(_("Who hands over, and who takes over?"))

    def _arrange(self) -> None:
        self.taker.setEditable(True)
        self.taker.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.ledger.addItem(_("All ledgers"), "")
        for ledger in self.desk.office.catalogue.ledgers:
            if ledger.agenda.open and ledger.agenda.people:
                self.ledger.addItem(ledger.title(), ledger.name)
        self.ask(_("Who hands over"), self.giver)
        self.ask(_("Who takes over"), self.taker)
        self.ask(_("Ledgers"), self.ledger)
        self.ask(
            _("Reason"), self.why, _("Stands in the history beside each case, such as a change of post.")
        )
        self.summary.setWordWrap(True)
        place = self.column.indexOf(self.problem)
        self.column.insertWidget(place, self.table, 1)
        self.column.insertWidget(place, self.summary)
        self.column.insertWidget(place, self.warning)
        self.column.setStretch(self.column.indexOf(self.table), 10)
        self.column.setSpacing(theme.M)

    def _show_people(self, people: tuple[dict[str, int], list[str]]) -> None:
        holders, takers = people
        for name, count in holders.items():
            cases = ngettext("{n} open case", "{n} open cases", count).format(n=f"{count:,}")
            self.giver.addItem(_("{name} ({cases})").format(name=name, cases=cases), name)
        self.taker.addItems(takers)
        self.taker.setCurrentIndex(-1)
        self.giver.setCurrentIndex(-1)
        if not holders:
            self._say(_("No open case names anybody who handles it."))
        self.giver.setFocus(Qt.FocusReason.OtherFocusReason)

    # the look

    def _asked(self) -> None:
        self.plan = None
        self.ok.setEnabled(False)
        self._pause.start()

    def _look(self) -> None:
        giver, taker = str(self.giver.currentData() or ""), self.taker.currentText().strip()
        only = [str(self.ledger.currentData())] if self.ledger.currentData() else []
        if not giver or not taker:
            self._say(_("Who hands over, and who takes over?"))
            return

        def op(office: Office, progress: Progress) -> Plan | UserError:
            try:
                return handover.plan(office, giver, taker, only, progress)
            except UserError as wrong:
                return wrong

        self.desk.run_latest((self, "plan"), op, self._planned)

    def _say(self, text: str) -> None:
        self.warning.hide()
        self.summary.setText(text)
        self.table.fill((), ())
        self._show_table(False)
        self.ok.setEnabled(False)

    def _show_table(self, shown: bool) -> None:
        """What is above stays at the top, whether or not there is a table."""
        self.table.setVisible(shown)
        self.column.setStretch(self.column.indexOf(self.problem) + 1, int(not shown))

    def _planned(self, plan: Plan | UserError) -> None:
        if isinstance(plan, UserError):
            self._say(str(plan))
            return
        if not plan.lines:
            self._say(_("{name} has no open case here.").format(name=plan.giver))
            return
        self.plan, titles = plan, self.desk.office.catalogue.by_name
        self._warn(plan)
        one = _("{ledger} {n}")
        counts = [one.format(ledger=_(titles[k].short), n=f"{n:,}") for k, n in plan.counts.items()]
        total = sum(plan.counts.values())
        text = ngettext("{n} case goes over: {counts}", "{n} cases go over: {counts}", total)
        self.summary.setText(text.format(n=f"{total:,}", counts=listed(counts)))
        heads = (Head(_("Ledger"), 110), Head(_("Number"), 210), Head(_("About"), 0), Head(_("Field"), 90))
        lines = plan.lines

        def row(n: int) -> tuple[str, ...]:
            line = lines[n]
            after = _("{before} → {after}").format(before=line.before, after=line.after)
            return _(titles[line.ledger].short), line.number, line.about, line.field.title(), after

        self.table.fill((*heads, Head(_("What changes"), 230)), LazyRows(len(lines), row))
        self._show_table(True)
        self.ok.setEnabled(True)

    def _warn(self, plan: Plan) -> None:
        text = _("{name} is neither among the clerks nor on the register of officers: is the name right?")
        if plan.unknown:
            self.warning.tell("warning", text.format(name=plan.taker), closable=False)
        else:
            self.warning.hide()

    def accept(self) -> None:
        """Hand over, once it is known what."""
        plan, why = self.plan, self.why.text()
        if plan is None:
            return
        total = sum(plan.counts.values())
        text = ngettext(
            "{n} case of {giver} is now {taker}'s.", "{n} cases of {giver} are now {taker}'s.", total
        )
        said = text.format(n=f"{total:,}", giver=plan.giver, taker=plan.taker)
        self.carry_out(
            self.desk,
            lambda office, progress: handover.carry_out(office, plan, why, progress),
            lambda _changed: self.handed_over.emit(said),
        )


def _read(office: Office, progress: Progress) -> tuple[dict[str, int], list[str]]:
    return handover.holders(office, progress), handover.takers(office)
