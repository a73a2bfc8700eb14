"""A figure of the office's own, defined without code; its definition and its value are told while it is made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.operations import customising, figures
from tracker.operations.office import Changed, Office
from tracker.period import Period
from tracker.schema.indicator import Figure
from tracker.schema.own import OwnFigure
from tracker.ui import theme, widgets
from tracker.ui.asking import Asking
from tracker.ui.desk import Desk
from tracker.ui.figure_text import with_unit
from tracker.ui.own_number import NumberChoice

KINDS = (
    ("number", N_("A number")),
    ("share", N_("A share in per cent")),
    ("mean", N_("One number per another")),
)
UNITS = ("件", "人", "人次", "家", "户次", "次", "元", "份", "天", "个", "%")
PAUSE_MS = 250


class OwnFigureDialog(Asking):
    """A new figure, or with `key` one to be changed; `then` is called with its key once it is kept."""

    def __init__(
        self, desk: Desk, period: Period, then: Callable[[str], object], parent: QWidget, key: str = ""
    ) -> None:
        super().__init__(_("Change the figure") if key else _("A figure of our own"), _("Save"), parent)
        self.desk, self.period, self.key, self._then = desk, period, key, then
        catalogue = desk.office.catalogue
        self.name, self.unit, self.kind, self.words = QLineEdit(), QComboBox(), QComboBox(), QLineEdit()
        self.decimals = widgets.spin(0, 6, 2)
        self.number = NumberChoice(catalogue, figures=False, own_key=key)
        self.above = NumberChoice(catalogue, figures=True, own_key=key)
        self.below = NumberChoice(catalogue, figures=True, own_key=key)
        self.definition, self.value = QLabel(), QLabel()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.setMinimumWidth(720)
        self._fill()
        self._arrange()
        self._connect()
        known = customising.figure_named(desk.office, key) if key else None
        if known:
            self._show(known)
        self._show_kind()
        self.name.setFocus()

    def _fill(self) -> None:
        for kind, label in KINDS:
            self.kind.addItem(_(label), kind)
        self.unit.setEditable(True)
        self.unit.addItems(UNITS)
        for shown in (self.definition, self.value):
            shown.setWordWrap(True)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.value.setProperty("role", "strong")
        self.definition.setMinimumHeight(2 * theme.ROW_HEIGHT)
        self.definition.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _arrange(self) -> None:
        self.ask(_("Name"), self.name)
        self.ask(_("Kind"), self.kind)
        self.ask(_("Unit"), self.unit)
        self.ask(_("Of what"), self.number)
        self.ask(_("Numerator"), self.above)
        self.ask(_("Denominator"), self.below)
        self.ask(_("Decimals"), self.decimals)
        self.ask(_("In our words"), self.words, _("Stands before the definition; may be empty."))
        self.form.addRow(_("Definition"), self.definition)
        self.form.addRow(self.period.label(), self.value)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _n: self._kind_chosen())
        for line in (self.name, self.words):
            line.textChanged.connect(lambda _text: self._pause.start())
        self.unit.currentTextChanged.connect(lambda _text: self._pause.start())
        self.decimals.valueChanged.connect(lambda _n: self._pause.start())
        for part in (self.number, self.above, self.below):
            part.changed.connect(self._number_changed)
        self._pause.timeout.connect(self._try)

    def _number_changed(self) -> None:
        self._fit()
        self._pause.start()

    def _show(self, known: OwnFigure) -> None:
        self.name.setText(known.label)
        kind = "number" if known.below is None else "share" if known.percent else "mean"
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.unit.setCurrentText(_(known.unit))
        self.decimals.setValue(known.decimals)
        self.words.setText(known.definition)
        (self.number if known.below is None else self.above).show_value(known.above)
        if known.below is not None:
            self.below.show_value(known.below)

    def _kind_chosen(self) -> None:
        if self.kind.currentData() == "share":
            self.unit.setCurrentText("%")
        elif self.unit.currentText() == "%":
            self.unit.setCurrentText(UNITS[0])
        self._show_kind()

    def _show_kind(self) -> None:
        ratio = self.kind.currentData() != "number"
        for row, shown in ((3, not ratio), (4, ratio), (5, ratio), (6, ratio)):
            self.form.setRowVisible(row, shown)
        self._fit()
        self._pause.start()

    def _fit(self) -> None:
        """As tall as what is shown, once the layout knows."""
        QTimer.singleShot(0, self, self.adjustSize)

    def figure(self) -> OwnFigure:
        """The figure as it is defined now."""
        kind, name = str(self.kind.currentData()), self.name.text().strip()
        unit, words = self.unit.currentText().strip(), self.words.text().strip()
        if kind == "number":
            return OwnFigure(name, unit, self.number.value(), definition=words)
        return OwnFigure(
            name, unit, self.above.value(), self.below.value(), kind == "share", self.decimals.value(), words
        )

    def _try(self) -> None:
        """Tell the definition, and the value in the period; what is wrong is said only once a name is there."""
        figure = self.figure()
        if not figure.label:
            figure = OwnFigure(**{**figure.__dict__, "label": "?"})
        self.desk.run_latest(
            (self, "try"), lambda office, _p: _tried(office, figure, self.period, self.key), self._show_tried
        )

    def _show_tried(self, found: tuple[str, str, str]) -> None:
        definition, value, wrong = found
        self.definition.setText(definition)
        self.value.setText(value)
        self.tell(wrong if self.name.text().strip() else "")
        self._fit()

    def accept(self) -> None:
        """Keep the figure, or say why it cannot be."""
        figure, key = self.figure(), self.key
        kept: list[str] = []

        def op(office: Office, _progress: object) -> Changed:
            named, changed = customising.save_figure(office, figure, key)
            kept.append(named)
            return changed

        self.carry_out(self.desk, op, lambda _changed: self._then(kept[0]))


def _tried(office: Office, figure: OwnFigure, period: Period, key: str) -> tuple[str, str, str]:
    """Definition, value with its unit and parts, and what is wrong."""
    try:
        indicator = customising.try_figure(office, figure, key)
        found = figures.figures(office.db, period, [indicator], compared=False)[0]
    except UserError as wrong:
        return "", "", str(wrong)
    return indicator.definition, _value(found), ""


def _value(figure: Figure) -> str:
    above, below = figure.part_texts()
    return with_unit(figure) if below is None else f"{with_unit(figure)}  ({above} / {below})"
