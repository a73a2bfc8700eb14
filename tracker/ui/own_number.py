"""One number of an own figure: a figure that there is, or records of a ledger under conditions, counted or summed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.i18n import N_, _
from tracker.schema.catalogue import Catalogue
from tracker.schema.fields import Day, Field, YesNo
from tracker.schema.indicator import Breakdown, Ratio
from tracker.schema.ledger import Ledger
from tracker.schema.operators import Filter
from tracker.schema.own import Number, sentence, usual_day
from tracker.ui import theme, widgets
from tracker.ui.filter_dialog import FilterDialog

WHAT = (
    ("count", N_("Count the records")),
    ("sum", N_("Sum up a field")),
    ("distinct", N_("Count different values")),
)


def searchable(box: QComboBox) -> QComboBox:
    """A box whose entries are found by typing any part of them."""
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMaxVisibleItems(18)
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    return box


class NumberChoice(QWidget):
    """What is counted or summed; `changed` whenever it is another."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, *, figures: bool, own_key: str = "") -> None:
        super().__init__()
        self.catalogue, self._conditions = catalogue, list[Filter]()
        self.source, self.ledger, self.what, self.field = (QComboBox() for _n in range(4))
        self.chips = QWidget()
        self._lines = QVBoxLayout(self.chips)
        self.add = widgets.button(_("Add a condition …"), "add", quiet=True)
        self.source.addItem(_("Records under conditions"), "")
        for indicator in catalogue.indicators if figures else ():
            if not isinstance(indicator.measure, Ratio | Breakdown) and indicator.key != own_key:
                ledger = _(catalogue.by_name[indicator.ledger].short)
                self.source.addItem(f"{_(indicator.label)}（{ledger}）", indicator.key)
        searchable(self.source).setVisible(figures)
        for ledger_ in catalogue.ledgers:
            self.ledger.addItem(ledger_.title(), ledger_.name)
        searchable(self.ledger)
        for key, label in WHAT:
            self.what.addItem(_(label), key)
        self._lay_out()
        self._connect()
        self._begin_ledger()

    def _lay_out(self) -> None:
        names = (_("Made of"), _("Ledger"), _("How"), _("Field"))
        for box, name in zip((self.source, self.ledger, self.what, self.field), names, strict=True):
            box.setAccessibleName(name)
            box.setMinimumWidth(150)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.S)
        grid.addWidget(self.source, 0, 0, 1, 3)
        grid.addWidget(self.ledger, 1, 0)
        grid.addWidget(self.what, 1, 1)
        grid.addWidget(self.field, 1, 2)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.XS)
        row.addWidget(self.chips, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(row, 2, 0, 1, 3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(lambda _n: self._show_parts())
        self.ledger.activated.connect(lambda _n: self._begin_ledger())
        self.what.currentIndexChanged.connect(lambda _n: self._show_fields())
        self.field.currentIndexChanged.connect(lambda _n: self.changed.emit())
        self.add.clicked.connect(lambda: self.ask())

    @property
    def chosen(self) -> Ledger:
        """The ledger chosen."""
        return self.catalogue.by_name[str(self.ledger.currentData() or self.catalogue.ledgers[0].name)]

    def value(self) -> Number | str:
        """The key of a figure, or what is counted or summed."""
        key = str(self.source.currentData() or "")
        if key:
            return key
        what = str(self.what.currentData())
        field = str(self.field.currentData() or "") if what != "count" else ""
        return Number(self.chosen.name, what, field, tuple(self._conditions))

    def show_value(self, number: Number | str) -> None:
        """Show a figure's number to be changed."""
        if isinstance(number, str):
            self.source.setCurrentIndex(max(0, self.source.findData(number)))
            return
        self.source.setCurrentIndex(0)
        self.ledger.setCurrentIndex(max(0, self.ledger.findData(number.ledger)))
        self.what.setCurrentIndex(max(0, self.what.findData(number.what)))
        self._show_fields()
        self.field.setCurrentIndex(max(0, self.field.findData(number.field)))
        self._conditions = list(number.conditions)
        self._show_conditions()

    def _begin_ledger(self) -> None:
        """Another ledger: its conditions begin with a day in the period, as most figures do."""
        day = usual_day(self.catalogue, self.chosen)
        self._conditions = [Filter(day, "in_period")] if day else []
        self._show_fields()
        self._show_conditions()

    def _show_parts(self) -> None:
        own = not self.source.currentData()
        for part in (self.ledger, self.what, self.field, self.chips, self.add):
            part.setVisible(own)
        self.field.setVisible(own and self.what.currentData() != "count")
        self.changed.emit()

    def _show_fields(self) -> None:
        what = str(self.what.currentData())
        self.field.blockSignals(True)
        self.field.clear()
        for field in self.chosen.fields:
            if (_summable if what == "sum" else _tells_apart)(field):
                self.field.addItem(field.title(), field.key)
        self.field.blockSignals(False)
        self._show_parts()

    def _show_conditions(self) -> None:
        while line := self._lines.takeAt(0):
            if old := line.widget():
                old.hide()
                old.deleteLater()
        for place, part in enumerate(self._conditions):
            chip = widgets.Chip(sentence(self.chosen, part))
            chip.closed.connect(lambda place=place: self._drop(place))
            self._lines.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        if not self._conditions:
            none = QLabel(_("No condition yet: every record counts."))
            none.setProperty("role", "muted")
            self._lines.addWidget(none)
        self.changed.emit()

    def _drop(self, place: int) -> None:
        del self._conditions[place]
        self._show_conditions()

    def ask(self) -> None:
        """Ask for one more condition."""
        dialog = FilterDialog(self.chosen, parent=self.window(), relative=True)
        dialog.chosen.connect(self._take)
        dialog.open()

    def _take(self, part: Filter) -> None:
        self._conditions.append(part)
        self._show_conditions()


def _summable(field: Field) -> bool:
    return field.integer and not field.system and not isinstance(field, YesNo)


def _tells_apart(field: Field) -> bool:
    return not field.system and not field.integer and not isinstance(field, Day)
