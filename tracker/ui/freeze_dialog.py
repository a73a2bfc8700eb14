"""Freezing a period's figures: which, as of which day, what for; and what will be kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.errors import UserError
from tracker.i18n import _, listed, ngettext
from tracker.operations import freezing
from tracker.operations.freezing import Frozen, Keeping
from tracker.period import Period
from tracker.schema.values import minute
from tracker.ui import widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.keys import Question
from tracker.ui.period_form import lay_out, period_and
from tracker.ui.period_picker import PeriodPicker


class FreezeDialog(BusyDialog):
    """`frozen` with the `Frozen` once it is done."""

    frozen = Signal(object)

    def __init__(self, desk: Desk, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(_("Freeze the figures"))
        self.setMinimumSize(640, 330)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.picker = PeriodPicker(period, scope=self)
        self.picker.changed.connect(lambda _period: self._look())
        self.picker.problem.connect(self._tell_period)
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("What the figures were quoted in, e.g. the annual report"))
        self.banner, self.step = widgets.Banner(), widgets.Caption()
        self.kept = widgets.Caption()
        self.go = widgets.button(_("Freeze"), "lock", primary=True)
        Question.take.tell(self.go, _("Keep the figures and lock the records behind them"))
        self.go.clicked.connect(self.start)
        self.note.returnPressed.connect(self.go.click)
        self.close_button = widgets.button(_("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.note.setFocus()
        self._look()

    def _lay_out(self) -> None:
        about = _(
            "The figures stay as they are now, with their definitions and the records behind them. "
            "Those records may still be changed, with a reason given in writing."
        )
        lay_out(
            self,
            about,
            period_and(self.picker, _("Note"), self.note),
            (self.banner, self.kept, self.step),
            (self.close_button, self.go),
        )

    def start(self) -> None:
        """Freeze."""
        if self._job:
            return
        period, note = self.picker.period(), self.note.text()
        self.step.setText(_("Freezing …"))
        job = self.desk.run(
            lambda office, _p: freezing.freeze(office, period, note), self._done, self._failed
        )
        if not job.is_finished:
            self._job = job
            job.finished.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self.step.setText("")

    def _done(self, made: Frozen) -> None:
        self._job = None
        self.frozen.emit(made)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    def _tell_period(self, text: str) -> None:
        self.go.setEnabled(not text)
        self.banner.complain(text)

    def _look(self) -> None:
        period = self.picker.period()
        self.kept.setText(_("Looking what will be kept …"))
        self.desk.tasks.run_latest(
            (self, "keeping"),
            lambda _progress: freezing.keeping(self.desk.office.db, period),
            self._show_keeping,
            lambda wrong: QTimer.singleShot(0, self, lambda: self._leave(wrong)),
        )

    def _leave(self, wrong: UserError) -> None:
        """Nothing can be frozen here, which is told in place of the question."""
        self.reject()
        self.desk.tasks.tell(wrong)

    def _show_keeping(self, found: Keeping) -> None:
        parts = listed(
            _("{ledger} {count}").format(ledger=ledger.title(), count=f"{count:,}")
            for ledger, count in found.records.items()
            if count
        )
        total = sum(found.records.values())
        text = ngettext(
            "Kept will be: {figures} figures and {n} record behind them.",
            "Kept will be: {figures} figures and {n} records behind them.",
            total,
        ).format(figures=found.figures, n=f"{total:,}")
        lines = [text, parts]
        if found.earlier:
            one = found.earlier[0]
            again = _("Frozen already at {at} by {clerk}; both stay, the newer one counts.")
            lines.append(again.format(at=minute(one.at), clerk=one.clerk))
        self.kept.setText("\n".join(filter(None, lines)))
