"""One field of the selected records given one value, after a look at what that changes and what refuses."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import bulk
from tracker.operations.bulk import Plan, Refused
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Field
from tracker.schema.ledger import Ledger
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask, Editor, alive
from tracker.ui.field_chooser import FieldChooser
from tracker.ui.field_offers import asking
from tracker.ui.form_body import editor_for
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Job, Progress

PAUSE_MS = 200
SHOWN = 2000
"""So many rows of a table are shown."""


class BulkDialog(BusyDialog):
    """`changed_records` says how many records were changed."""

    changed_records = Signal(int)

    def __init__(self, desk: Desk, ledger: Ledger, uids: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.ledger, self.uids = desk, ledger, uids
        self.plan: Plan | None = None
        self._going_on = False
        """Whether Enter was pressed before it was known what the value changes."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Change a field of {n} records").format(n=f"{len(uids):,}"))
        self.resize(760, 520)
        self.fields = FieldChooser(bulk.fields(ledger))
        self.place = QVBoxLayout()
        self.place.setContentsMargins(0, 0, 0, 0)
        self.editor: Editor | None = None
        self.summary, self.step, self.bar = widgets.Heading(role="strong"), widgets.Caption(), QProgressBar()
        self.banner = widgets.Banner()
        self.values, self.refused = PlainTable(_("What changes")), PlainTable(_("Not changed"))
        self.warned = PlainTable(_("To know"))
        self.tabs = QTabWidget()
        self.ok = widgets.button("", "check", primary=True)
        self.cancel = widgets.button(_("Cancel"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange()
        self._pause.timeout.connect(self._look)
        self.fields.chosen.connect(self._take_field)
        self.fields.advanced.connect(lambda _step: self._to_value())
        self.ok.clicked.connect(self._carry_out)
        self.cancel.clicked.connect(self.reject)
        self._take_field()
        self.fields.setFocus()

    def _arrange(self) -> None:
        asked = QFormLayout()
        asked.setHorizontalSpacing(theme.M)
        asked.setVerticalSpacing(theme.S)
        asked.addRow(_("Field"), self.fields)
        asked.addRow(_("New value"), self.place)
        self.summary.setWordWrap(True)
        self.tabs.setDocumentMode(True)
        for table in (self.values, self.refused, self.warned):
            self.tabs.addTab(table, table.accessibleName())
        self.bar.setTextVisible(False)
        self.bar.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.step, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(asked)
        column.addWidget(self.banner)
        column.addWidget(self.summary)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.bar)
        column.addLayout(buttons)

    @property
    def field(self) -> Field:
        """The field that is to be changed."""
        return self.fields.chosen_field()

    def choose_field(self, key: str) -> None:
        """Take a field, by its key."""
        self.fields.choose(key)

    def _to_value(self) -> None:
        self.fields.settle()
        if self.editor:
            self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_field(self) -> None:
        if self.editor:
            self.place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = editor = editor_for(self.field, self._ask(self.field))
        self.place.addWidget(editor)
        editor.edited.connect(self._edited)
        editor.left.connect(self._edited)
        editor.advanced.connect(lambda _step: self._go_on())
        QWidget.setTabOrder(self.fields.line, editor.focusProxy() or editor)
        editor.show()  # at once, so that Tab finds it
        self.plan = None
        self._edited()

    def _ask(self, field: Field) -> Ask:
        return asking(self.desk, self.ledger, field, ("bulk", field.key))

    def _edited(self) -> None:
        """Leaving the field for the button is no edit: what was found out about the value stays."""
        if not self._is_planned():
            self.plan, self._going_on = None, False
            self.ok.setEnabled(False)
            self._pause.start()

    def _is_planned(self) -> bool:
        try:
            return bool(self.editor and self.plan and self.editor.value() == self.plan.value)
        except Invalid:
            return False

    def _go_on(self) -> None:
        """Go to the button, at once or as soon as it is known what the value changes."""
        if self.ok.isEnabled():
            self.ok.setFocus()
        else:
            self._pause.stop()
            self._look()
            self._going_on = True

    def _look(self) -> None:
        """Have the worker find out what the value would change."""
        if self.editor is None or self._job:
            return
        try:
            value = self.editor.value()
        except Invalid as wrong:
            self._say(str(wrong))
            return
        ledger, uids, field = self.ledger, self.uids, self.field

        def op(office: Office, progress: Progress) -> Plan | UserError:
            try:
                return bulk.plan(office, ledger, uids, field, value, progress)
            except UserError as wrong:
                return wrong

        self.desk.run_latest(("bulk", id(self)), op, alive(self, self._planned))

    def _say(self, text: str) -> None:
        self.summary.setText(text)
        self._tabs((), (), ())
        self.ok.setText(_("Change them"))

    def _planned(self, plan: Plan | UserError) -> None:
        if isinstance(plan, UserError):
            self._say(str(plan))
            return
        self.plan, count = plan, len(plan.uids)
        self.summary.setText(_sentence(plan))
        shown = plan.field.format
        after = shown(plan.value) or _("empty")
        values = [(shown(old) or _("empty"), after, n) for old, n in plan.before[:SHOWN]]
        self._tabs(values, plan.refused, plan.warned)
        text = ngettext("Change {n} record", "Change {n} records", count).format(n=f"{count:,}")
        self.ok.setText(text)
        self.ok.setEnabled(count > 0)
        if self._going_on and count:
            self.ok.setFocus()
        self._going_on = False

    def _tabs(
        self,
        values: list[tuple[str, str, int]] | tuple[()],
        refused: tuple[Refused, ...],
        warned: tuple[Refused, ...],
    ) -> None:
        self.values.fill(
            [Head(_("At present")), Head(_("Afterwards")), Head(_("Number of records"), 96)], values
        )
        heads = [Head(self.ledger.field(self.ledger.number).title(), 260), Head(_("Why"))]
        for place, table, told in ((1, self.refused, refused), (2, self.warned, warned)):
            table.fill(heads, [(one.number, one.message) for one in told[:SHOWN]])
            name = table.accessibleName()
            self.tabs.setTabText(place, f"{name} ({len(told):,})")
            self.tabs.setTabVisible(place, bool(told))

    def _carry_out(self) -> None:
        plan = self.plan
        if plan is None or self._job:
            return
        job = self.desk.run(
            lambda office, progress: bulk.carry_out(office, plan, progress),
            lambda changed: self._done(changed, len(plan.uids)),
            self._failed,
            cancellable=True,
        )
        if not job.is_finished:
            self._follow(job)

    def _follow(self, job: Job) -> None:
        self._job = job
        self.ok.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        job.progressed.connect(self.show_progress)
        job.finished.connect(self._finished)
        job.cancelled.connect(lambda: self.banner.tell("info", _("Stopped; nothing was changed.")))

    def _finished(self) -> None:
        self._job = None
        self.bar.hide()
        self.step.setText("")
        self._edited()

    def _done(self, _changed: Changed, count: int) -> None:
        self._job = None
        self._pause.stop()
        self.changed_records.emit(count)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))
        self._edited()


def _sentence(plan: Plan) -> str:
    """How many change, stay and refuse."""
    counts = {
        "n": len(plan.uids),
        "same": plan.unchanged,
        "refused": len(plan.refused),
        "frozen": plan.frozen,
    }
    told = {key: f"{count:,}" for key, count in counts.items()}
    parts = [ngettext("{n} record changes", "{n} records change", counts["n"]).format(**told)]
    if plan.unchanged:
        parts.append(_("{same} hold this already").format(**told))
    if plan.refused:
        parts.append(_("{refused} do not take it and stay as they are").format(**told))
    if plan.frozen:
        parts.append(
            _("{frozen} are counted by frozen figures, so that you will be asked why").format(**told)
        )
    return _("; ").join(parts)
