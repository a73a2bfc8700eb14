"""Draws of lots: those that were made, what came of each, and a new one; anyone can have a draw repeated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import drawing
from tracker.operations.drawing import KINDS, Draw, Pools
from tracker.operations.office import Changed, Office
from tracker.period import Period
from tracker.schema.draw import DrawKind, Target, lot
from tracker.schema.fields import Day, Value
from tracker.schema.values import Invalid
from tracker.ui import clipboard, theme, widgets
from tracker.ui.asking import Asking
from tracker.ui.day_editor import DayEditor
from tracker.ui.desk import Desk
from tracker.ui.editors import LineEditor
from tracker.ui.keys import HERE, Draws, of_command
from tracker.ui.period_picker import PeriodPicker
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.statistics_page import remembered

LOT_DIGITS = 12


class DrawsPage(QWidget):
    """All draws above, the lots of the one chosen below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._draws: list[Draw] = []
        self.banner = widgets.Banner()
        self.new = widgets.button(_("New draw …"), "add", primary=True)
        self.check = widgets.button(_("Draw again and compare"), "refresh")
        self.make = widgets.button(_("Make the records …"), "document")
        self.copy = widgets.button(_("Copy the list"), "copy", quiet=True)
        self.table = PlainTable(_("Draws"), sortable=False)
        self.lots = PlainTable(_("What was drawn"), sortable=False)
        self.about = QLabel()
        self.empty = widgets.EmptyState(
            "info",
            _("Nothing was drawn yet"),
            _(
                "Case files for review and employers for double random checks are drawn with a seed that is kept."
            ),
            of_command("new_record").tip(_("New draw …")),
        )
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(widgets.Heading(_("Drawing lots")))
        head.addStretch(1)
        for one in (self.copy, self.check, self.make, self.new):
            head.addWidget(one)
        of_command("new_record").tell(self.new, _("Draw files, employers and people"))
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, theme.S, 0, 0)
        below.setSpacing(theme.S)
        below.addWidget(self.about)
        below.addWidget(self.lots, 1)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(lower)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.split, 1)
        column.addWidget(self.empty, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_record)
        self.empty.acted.connect(self.new_record)
        self.check.clicked.connect(self.compare)
        self.make.clicked.connect(self.ask_records)
        self.copy.clicked.connect(self.copy_list)
        Draws.records.on(self.table, self.ask_records, HERE)

    @property
    def current(self) -> Draw | None:
        """The draw chosen."""
        row = self.table.currentIndex().row()
        return self._draws[row] if 0 <= row < len(self._draws) else None

    def refresh(self) -> None:
        """Read the draws anew."""
        self.desk.run_latest(self, lambda office, _p: drawing.every(office), self._show)

    def _show(self, found: list[Draw]) -> None:
        self._draws = found
        self.split.setVisible(bool(found))
        self.empty.setVisible(not found)
        heads = [
            Head(_("Drawn at"), 150),
            Head(_("What for"), 240),
            Head(_("Kind"), 180),
            Head(_("Drawn"), 110),
            Head(_("By"), 90),
            Head(_("Seed")),
        ]
        self.table.fill(heads, [self._row(made) for made in found])
        if selection := self.table.selectionModel():
            selection.currentRowChanged.connect(lambda *_n: self._show_lots())
        self._show_lots()

    def _row(self, made: Draw) -> list[str | int]:
        kind = _(drawing.kind_of(made).label)
        drawn = _("{n} of {all}").format(n=f"{len(made.lots):,}", all=f"{len(made.targets):,}")
        return [made.at.replace("T", " ")[:16], made.title, kind, drawn, made.clerk, made.seed]

    def _show_lots(self) -> None:
        made = self.current
        for one in (self.check, self.make, self.copy):
            one.setEnabled(made is not None)
        if made is None:
            return
        self.make.setEnabled(not made.made)
        ledger = self.desk.office.catalogue.by_name[made.ledger]
        text = _(
            "{targets} in “{ledger}” and {people} people stood in the pools. A lot is the SHA-256 of seed, line feed "
            "and name; the least are drawn. People are drawn for each anew, and never one who handled the case."
        )
        done = ngettext("{n} record was made of it.", "{n} records were made of it.", len(made.made))
        shown = text.format(
            targets=f"{len(made.targets):,}", ledger=ledger.title(), people=f"{len(made.people):,}"
        )
        self.about.setText(f"{shown} {done.format(n=len(made.made))}" if made.made else shown)
        heads = [Head(_("No."), 56), Head(_("Drawn"), 320), Head(_("People"), 260), Head(_("Lot"))]
        self.lots.fill(heads, [self._lot(n, made) for n in range(len(made.lots))])

    def _lot(self, n: int, made: Draw) -> list[str | int]:
        target = made.lots[n].target
        people = "、".join(person.called for person in made.lots[n].people)
        return [n + 1, target.called, people, lot(made.seed, target.called)[:LOT_DIGITS] + "…"]

    # acts

    def new_record(self) -> None:
        """Ctrl+N: a new draw."""
        DrawDialog(self.desk, self._drawn, self.window()).open()

    def _drawn(self) -> None:
        self.banner.tell("positive", _("Drawn and kept. The seed shows that nobody chose."))
        self.refresh()

    def compare(self) -> None:
        """Draw again from what was kept, and say whether it comes out alike."""
        made = self.current
        if made is None:
            return
        if drawing.repeats(made):
            self.banner.tell("positive", _("Drawn again: the same comes out of seed and pools."))
        else:
            self.banner.tell("danger", _("Drawn again, something else comes out: the draw was changed."))

    def copy_list(self) -> None:
        """Put what was drawn on the clipboard as a table."""
        made = self.current
        if made is None:
            return
        rows = [self._lot(n, made) for n in range(len(made.lots))]
        clipboard.put("\n".join("\t".join(map(str, row)) for row in rows))
        self.banner.tell("info", _("The list is on the clipboard."))

    def ask_records(self) -> None:
        """Ask for what the records need, and make them."""
        made = self.current
        if made is not None and not made.made:
            RecordsDialog(self.desk, made, self._recorded, self.window()).open()

    def _recorded(self) -> None:
        self.banner.tell("positive", _("The records are made."))
        self.refresh()


class DrawDialog(Asking):
    """Kind, pool, how many and the seed; the pool is counted while it is chosen."""

    def __init__(self, desk: Desk, then: Callable[[], object], parent: QWidget) -> None:
        super().__init__(_("New draw"), _("Draw"), parent)
        self.desk, self._then = desk, then
        self.kind, self.ledger, self.title, self.seed = QComboBox(), QComboBox(), QLineEdit(), QLineEdit()
        self.count, self.each = (widgets.spin(1, drawing.MOST, number) for number in (10, 2))
        self.picker = PeriodPicker(remembered(desk), scope=self)
        self.pool = widgets.Caption()
        self.setMinimumWidth(640)
        self._fill()
        self._arrange()
        self.kind.currentIndexChanged.connect(lambda _n: self._show_ledgers())
        self.ledger.currentIndexChanged.connect(lambda _n: self._count())
        self.picker.changed.connect(lambda _period: self._count())
        self.picker.problem.connect(self.tell)
        self._show_ledgers()

    def _fill(self) -> None:
        for kind in KINDS:
            self.kind.addItem(_(kind.label), kind.key)
        self.seed.setPlaceholderText(_("made up by the program"))

    def _arrange(self) -> None:
        self.ask(_("Kind"), self.kind)
        self.ask(_("From"), self.ledger)
        self.form.addRow(_("Period"), self.picker)
        self.form.addRow(_("Pool"), self.pool)
        self.ask(_("How many"), self.count)
        self.ask(_("People for each"), self.each)
        self.ask(_("What for"), self.title)
        hint = _("Leave it empty, or type one that all agree on, such as a published lottery number.")
        self.ask(_("Seed"), self.seed, hint)

    @property
    def drawn(self) -> tuple[DrawKind, Target]:
        """The kind chosen, and the ledger that is drawn from."""
        kind = next(kind for kind in KINDS if kind.key == self.kind.currentData())
        return kind, drawing.target_of(kind, str(self.ledger.currentData() or kind.targets[0].ledger))

    def _show_ledgers(self) -> None:
        kind = next(kind for kind in KINDS if kind.key == self.kind.currentData())
        self.ledger.blockSignals(True)
        self.ledger.clear()
        for target in kind.targets:
            self.ledger.addItem(self.desk.office.catalogue.by_name[target.ledger].title(), target.ledger)
        self.ledger.blockSignals(False)
        self.each.setValue(kind.each)
        self._count()

    def _count(self) -> None:
        kind, target = self.drawn
        self.form.setRowVisible(2, bool(target.day))
        period = self.picker.period()
        self.desk.run_latest(
            (self, "pool"), lambda office, _p: _counted(office, kind, target, period), self._show_pool
        )

    def _show_pool(self, found: Pools | str) -> None:
        if isinstance(found, str):
            self.pool.setText(found)
            return
        text = _("{targets} may be drawn, {people} people stand ready")
        self.pool.setText(text.format(targets=f"{len(found.targets):,}", people=f"{len(found.people):,}"))

    def accept(self) -> None:
        """Draw, or say why that cannot be."""
        kind, target = self.drawn
        period, count, each = self.picker.period(), self.count.value(), self.each.value()
        title, seed = self.title.text(), self.seed.text()
        self.carry_out(
            self.desk,
            lambda office, _p: drawing.make(office, kind, target, period, count, each, title, seed),
            lambda _drawn: self._then(),
        )


def _counted(office: Office, kind: DrawKind, target: Target, period: Period) -> Pools | str:
    try:
        return drawing.pools(office, kind, target, period)
    except UserError as wrong:
        return str(wrong)


class RecordsDialog(Asking):
    """The day of the records to be made, and what they share."""

    def __init__(self, desk: Desk, made: Draw, then: Callable[[], object], parent: QWidget) -> None:
        kind = drawing.kind_of(made)
        ledger = desk.office.catalogue.by_name[kind.makes]
        title = _("Make {n} records in “{ledger}”").format(n=f"{len(made.lots):,}", ledger=ledger.title())
        super().__init__(title, _("Make"), parent)
        self.desk, self.made, self._then = desk, made, then
        self.day = DayEditor(Day(key=kind.day_field, label=ledger.field(kind.day_field).label))
        self.day.set_value(date.today().isoformat())
        self.asked = {key: LineEditor(ledger.field(key)) for key in kind.asked}
        self.ask(self.day.field.title(), self.day)
        for key, editor in self.asked.items():
            self.ask(ledger.field(key).title(), editor)
        if kind.asked:
            self.asked[kind.asked[0]].set_value(made.title)
        self.day.setFocus()

    def accept(self) -> None:
        """Make the records, or say what is missing."""
        made = self.made
        try:
            day = self.day.value()
            values: dict[str, Value] = {key: editor.value() for key, editor in self.asked.items()}
        except Invalid as wrong:
            self.tell(str(wrong))
            return
        if day is None:
            self.tell(_("Fill in the day."))
            return

        def op(office: Office, _progress: object) -> Changed:
            return drawing.record(office, made, str(day), values)

        self.carry_out(self.desk, op, lambda _changed: self._then())
