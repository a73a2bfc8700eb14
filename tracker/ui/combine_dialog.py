"""Making two entries of a register one: both side by side, the value that is kept chosen by a click or the keyboard;
and the list of entries that may have been made twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import _, about, ngettext
from tracker.operations import combining
from tracker.operations.combining import Alike
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import WaitingDialog
from tracker.ui.completion import ENTER
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.tasks import Progress

LONGEST = 40
"""Characters of a value that is shown."""


class Pair(QButtonGroup):
    """One field of the two entries: which of two different values is kept."""

    def __init__(self, field: Field, values: Sequence[Value], parent: QWidget) -> None:
        super().__init__(parent)
        self.field, self.values = field, tuple(values)
        self.buttons_ = [QRadioButton(self._text(value)) for value in values]
        for n, button in enumerate(self.buttons_):
            button.setToolTip(field.format(values[n]))
            button.setAccessibleName(about(field.title(), button.text()))
            self.addButton(button, n)

    def _text(self, value: Value) -> str:
        text = self.field.format(value).replace("\n", " ") or _("empty")
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"

    def choose(self, side: int) -> None:
        """Take one entry's value, or the other one's where that one has none."""
        self.buttons_[side if self.values[side] is not None else 1 - side].setChecked(True)

    def value(self) -> Value:
        """The value that is kept."""
        return self.values[self.checkedId()]


class CombineDialog(WaitingDialog):
    """`combined` carries the uids of the entry that is kept and of the one that went into the bin."""

    combined = Signal(str, str)

    def __init__(
        self, desk: Desk, ledger: Ledger, uids: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._uids = desk, ledger, uids
        self._records = [records.get(desk.reader, ledger, uid) or {} for uid in uids]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Combine two entries"))
        self.keep = QButtonGroup(self)
        self.pairs = [Pair(field, self._both(field), self) for field in self._differing()]
        self.links = widgets.Caption()
        self.banner = widgets.Banner()
        self.ok = widgets.button(_("Combine"), "combine", primary=True)
        self.cancel = widgets.button(_("Cancel"))
        self._arrange()
        self.keep.idToggled.connect(lambda side, on: self._keep(side) if on else None)
        self.keep.button(0).setChecked(True)
        self.ok.clicked.connect(self._combine)
        self.cancel.clicked.connect(self.reject)
        self.keep.button(0).setFocus()

    def _both(self, field: Field) -> list[Value]:
        return [record.get(field.key) for record in self._records]

    def _differing(self) -> list[Field]:
        """The fields of which one value is kept: those that differ, but for names, which follow the entry kept."""
        ledger = self._ledger
        fixed = {ledger.number, ledger.called.key, ledger.aliases}
        return [f for f in ledger.inputs if f.key not in fixed and len(set(self._both(f))) > 1]

    def _arrange(self) -> None:
        text = _("The entry that is kept takes over the values chosen; the other one goes into the bin.")
        if self._ledger.aliases:
            text += _(" Its name is added to: {field}.").format(
                field=self._ledger.field(self._ledger.aliases).title()
            )
        inside = QWidget()
        inside.setLayout(self._table())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setMinimumHeight(min(420, (len(self.pairs) + 2) * theme.ROW_HEIGHT + theme.XL))
        buttons = QHBoxLayout()
        buttons.addWidget(self.links, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(widgets.Caption(text))
        column.addWidget(self.banner)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(720)

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.S)
        called = self._ledger.called
        self._label(grid, 0, _("Keep this entry"))
        for side, record in enumerate(self._records):
            button = QRadioButton(called.format(record.get(called.key)))
            theme.set_property(button, "role", "strong")
            self.keep.addButton(button, side)
            grid.addWidget(button, 0, side + 1)
        grid.addWidget(widgets.hline(), 1, 0, 1, 3)
        for row, pair in enumerate(self.pairs, 2):
            self._label(grid, row, pair.field.title())
            for side, choice in enumerate(pair.buttons_):
                grid.addWidget(choice, row, side + 1)
        if not self.pairs:
            grid.addWidget(widgets.Caption(_("All other fields are alike.")), 2, 1, 1, 2)
        grid.setRowStretch(len(self.pairs) + 3, 1)
        for column, stretch in enumerate((0, 1, 1)):
            grid.setColumnStretch(column, stretch)
        return grid

    def _label(self, grid: QGridLayout, row: int, text: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_property(label, "role", "muted")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @property
    def side(self) -> int:
        """Which entry is kept, 0 or 1."""
        return self.keep.checkedId()

    def _keep(self, side: int) -> None:
        for pair in self.pairs:
            pair.choose(side)
        other, ledger = self._records[1 - side], self._ledger
        self._desk.run_latest(
            "combine",
            lambda office, _progress: combining.moved(office.db, ledger, other),
            alive(self, self._say_links),
        )

    def _say_links(self, count: int) -> None:
        text = ngettext(
            "{count} record that names the other entry will be found with this one.",
            "{count} records that name the other entry will be found with this one.",
            count,
        )
        self.links.setText(text.format(count=f"{count:,}") if count else "")

    def _combine(self) -> None:
        ledger, keep, drop = self._ledger, self._uids[self.side], self._uids[1 - self.side]
        chosen = {pair.field.key: pair.value() for pair in self.pairs}
        if self.is_working:
            return
        self.ok.setEnabled(False)

        def op(office: Office, progress: Progress) -> Changed:
            return combining.combine(office, ledger, keep, drop, chosen)

        self.follow(
            self._desk.run(op, alive(self, lambda _c: self._done(keep, drop)), alive(self, self._failed))
        )

    def _done(self, keep: str, drop: str) -> None:
        self.combined.emit(keep, drop)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self.banner.tell("danger", str(error), closable=False)


class AlikeDialog(QDialog):
    """The entries that may have been made twice; `chosen` carries the uids of a pair to be combined."""

    chosen = Signal(str, str)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ledger = desk, ledger
        self.found: tuple[Alike, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Entries made twice"))
        self.told = widgets.Caption(_("Looking for entries alike …"))
        self.table = PlainTable(_("Entries made twice"), sortable=False)
        self.table.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(lambda _index: self._choose())
        self.ok = widgets.button(_("Combine …"), "combine", primary=True)
        self.ok.clicked.connect(self._choose)
        self.ok.setEnabled(False)
        close = widgets.button(_("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(820, 480)
        self.table.setFocus()
        self._look()
        desk.changed.connect(self._changed)

    def _changed(self, changed: Changed) -> None:
        if self._ledger.name in changed.ledgers:
            self._look()

    def _look(self) -> None:
        ledger = self._ledger
        self._desk.run_latest(
            ("alike", ledger.name),
            lambda office, progress: combining.duplicates(office.db, ledger, progress.check),
            alive(self, self._show),
        )

    def _show(self, found: tuple[Alike, ...]) -> None:
        self.found = found
        heads = (Head(_("Entry"), 300), Head(_("The other one"), 300), Head(_("Why")))
        self.table.fill(heads, [(*alike.called, _why(alike)) for alike in found])
        text = ngettext(
            "{count} pair may have been entered twice.",
            "{count} pairs may have been entered twice.",
            len(found),
        )
        none = _("No two entries have the same code or names alike.")
        self.told.setText(text.format(count=len(found)) if found else none)
        self.ok.setEnabled(bool(found))

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.found):
            self.chosen.emit(*self.found[row].uids)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in ENTER and self.focusWidget() is self.table:
            self._choose()
        else:
            super().keyPressEvent(event)


def _why(alike: Alike) -> str:
    return (
        _("The same {field}").format(field=alike.field.title()) if alike.field else _("Names nearly the same")
    )
