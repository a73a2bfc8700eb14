"""Finding a figure by its name and saying how it is to be written; its placeholder goes to the clipboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tracker.db.database import Database
from tracker.i18n import N_, _
from tracker.operations import figures, quoting
from tracker.operations.overview import Section, total_of
from tracker.operations.quoting import Quoted
from tracker.period import Period
from tracker.schema.fields import Choice
from tracker.schema.indicator import Breakdown, Indicator, Ratio, part_keys, part_label
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.figure_text import figure_lines
from tracker.ui.keys import Question
from tracker.ui.number_model import Column, Line
from tracker.ui.number_table import NumberTable

PAUSE_MS = 120
WHAT = (
    ("", N_("The value")),
    ("numerator", N_("Its numerator")),
    ("denominator", N_("Its denominator")),
    ("previous", N_("Last year's value")),
    ("change", N_("Change from last year, with sign")),
    ("fall", N_("Fall from last year")),
)
SPANS = (
    ("", N_("The report's period")),
    ("months", N_("Some months")),
    ("between", N_("From day to day")),
    ("since", N_("Since a day")),
)
STEPS = (10, 100, 1000, 10_000)


class InsertFigureDialog(QDialog):
    """`copied` with the placeholder that was put on the clipboard."""

    copied = Signal(str)

    def __init__(self, desk: Desk, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.period = desk, period
        self._sections: tuple[Section, ...] = ()
        self._key = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.setWindowTitle(_("Insert a figure"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(920, 560)
        self.search = widgets.SearchField(_("Part of the figure's name"))
        self.table = NumberTable((Column(_("Figure"), number=False), Column(_("Value"))), first_width=240)
        self.table.setAccessibleName(_("Figures"))
        self.name, self.definition = widgets.Heading(role="strong"), widgets.Caption()
        self.value, self.placeholder, self.problem = QLabel(), QLabel(), QLabel()
        self._make_choices()
        self._lay_out()
        self._connect()
        self.search.setFocus()
        self._load()

    def _make_choices(self) -> None:
        self.part, self.what, self.span = _combo(()), _combo(WHAT), _combo(SPANS)
        self.first, self.last = _month(1), _month(12)
        self.begin, self.end, self.as_of = QLineEdit(), QLineEdit(), QLineEdit()
        self.as_of.setPlaceholderText(_("As the report"))
        self.decimals = _combo(
            (("", N_("As printed in the statistics")), *((str(n), str(n)) for n in range(5)))
        )
        self.about = _combo((("", N_("Exactly")), *((str(n), f"{n:,}") for n in STEPS)))
        self.truncated = QCheckBox(_("Cut off instead of rounded"))
        self.wan = QCheckBox(_("In units of 10,000"))
        self.thousands = QCheckBox(_("With thousands separators"))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        left.addWidget(self.search)
        left.addWidget(self.table, 1)
        both = QHBoxLayout()
        both.setSpacing(theme.L)
        both.addLayout(left, 5)
        both.addLayout(self._side(), 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(both, 1)
        column.addLayout(self._buttons())

    def _side(self) -> QVBoxLayout:
        """The figure gone to, how it is written, and what comes out."""
        side = QVBoxLayout()
        side.setSpacing(theme.S)
        self.value.setProperty("role", "figure")
        self.problem.setProperty("role", "problem")
        self.placeholder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.name, self.value, self.problem, self.placeholder):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        side.addWidget(self.name)
        side.addWidget(self.definition)
        side.addLayout(self._form())
        side.addStretch(1)
        for widget in (self.value, self.problem, self.placeholder):
            side.addWidget(widget)
        return side

    def _buttons(self) -> QHBoxLayout:
        self.ok = widgets.button(_("Copy placeholder"), "copy", primary=True)
        self.ok.setDefault(True)
        Question.take.tell(self.ok, _("Put the placeholder on the clipboard"))
        self.ok.clicked.connect(self.accept)
        cancel = widgets.button(_("Close"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        return buttons

    def _form(self) -> QFormLayout:
        self.form = QFormLayout()
        self.form.setSpacing(theme.S)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.months = _beside(self.first, self.last)
        self.days = _beside(self.begin, self.end)
        for label, widget in (
            (_("Part"), self.part),
            (_("What of it"), self.what),
            (_("Period"), self.span),
            (_("Months"), self.months),
            (_("Days"), self.days),
            (_("As of"), self.as_of),
            (_("Decimals"), self.decimals),
            (_("Rounded down to"), self.about),
            ("", self.truncated),
            ("", self.wan),
            ("", self.thousands),
        ):
            widget.setAccessibleName(label or widget.accessibleName())
            self.form.addRow(label, widget)
        return self.form

    def _connect(self) -> None:
        self.search.searched.connect(self._show_lines)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.chosen.connect(self._choose)
        self.table.doubleClicked.connect(lambda _index: self.accept())
        for combo in (self.part, self.what, self.span, self.decimals, self.about):
            combo.currentIndexChanged.connect(lambda _n: self._changed())
        for box in (self.truncated, self.wan, self.thousands):
            box.toggled.connect(lambda _on: self._changed())
        for month in (self.first, self.last):
            month.valueChanged.connect(lambda _n: self._changed())
        for line in (self.begin, self.end, self.as_of):
            line.textEdited.connect(lambda _text: self._changed())
        self._pause.timeout.connect(self._evaluate)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Arrows in the search go to the figures; Enter in the figures takes the one gone to."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if watched is self.table and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)

    # ---- the figures

    def _load(self) -> None:
        period = self.period
        self.desk.run_latest((self, "figures"), lambda office, _p: _every(office.db, period), self._show_all)

    def _show_all(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections
        self._show_lines()

    def _show_lines(self, _text: str = "") -> None:
        lines = figure_lines(self._sections, {}, self.search.text())
        self.table.show_lines(tuple(_short(line) for line in lines))
        first = next((line.key for line in lines if line.kind == "row"), "")
        self.ok.setEnabled(bool(first))
        if first and self.table.current_key() not in {line.key for line in lines}:
            self.table.go_to(first)
        if first:
            self._choose(self.table.current_key() or first)

    def _choose(self, key: str) -> None:
        indicator = self.desk.office.catalogue.by_key.get(key)
        if indicator is None or key == self._key:
            return
        self._key = key
        self.name.setText(_(indicator.label))
        self.definition.setText(_(indicator.definition))
        self._offer_parts(indicator)
        ratio = isinstance(indicator.measure, Ratio)
        for n, (word, _label) in enumerate(WHAT):
            model = self.what.model()
            model.setData(
                model.index(n, 0), None if ratio or word not in ("numerator", "denominator") else 0, 255
            )
        if not ratio and self.what.currentData() in ("numerator", "denominator"):
            self.what.setCurrentIndex(0)
        self._changed()

    def _offer_parts(self, indicator: Indicator) -> None:
        measure = indicator.measure
        self.part.blockSignals(True)
        self.part.clear()
        if isinstance(measure, Breakdown):
            ledger = self.desk.office.catalogue.by_name[indicator.ledger]
            by = ledger.field(measure.by)
            hidden = {code.key for code in by.codes if code.hidden} if isinstance(by, Choice) else set()
            for key in part_keys(measure, ledger, self.period):
                if key not in hidden:
                    self.part.addItem(part_label(measure, key, ledger), key)
        self.part.blockSignals(False)
        self.form.setRowVisible(self.part, isinstance(measure, Breakdown))

    # ---- how it is written

    def expression(self) -> str:
        """The expression as chosen."""
        steps = [self._key, *self._span_steps()]
        if self.as_of.text().strip():
            steps.append(f'as_of("{self.as_of.text().strip()}")')
        if self.part.count():
            steps.append(f'part("{self.part.currentData()}")')
        steps += [word for word in (self.what.currentData(),) if word]
        decimals, about = self.decimals.currentData(), self.about.currentData()
        steps += [f"about({about})"] if about else []
        steps += ["wan" if decimals == "" else f"wan({decimals})"] if self.wan.isChecked() else []
        if decimals and not self.wan.isChecked():
            steps.append(f"decimals({decimals})")
        steps += ["truncated"] if self.truncated.isChecked() else []
        steps += ["thousands"] if self.thousands.isChecked() else []
        return "|".join(steps)

    def _span_steps(self) -> list[str]:
        span = self.span.currentData()
        if span == "months":
            return [f"months({self.first.value()}, {self.last.value()})"]
        if span == "between":
            return [f'between("{self.begin.text().strip()}", "{self.end.text().strip()}")']
        return [f'since("{self.begin.text().strip()}")'] if span == "since" else []

    def _changed(self) -> None:
        span = self.span.currentData()
        self.form.setRowVisible(self.months, span == "months")
        self.form.setRowVisible(self.days, span in ("between", "since"))
        self.end.setVisible(span == "between")
        self.placeholder.setText("{{ " + self.expression() + " }}")
        self._pause.start()

    def _evaluate(self) -> None:
        expression, period = self.expression(), self.period

        def op(office: object, _progress: object) -> Quoted:
            db: Database = office.db  # type: ignore[attr-defined]
            return quoting.quoted(db, quoting.reader(db, period), [expression])[expression]

        self.desk.run_latest((self, "value"), op, self._show_value)

    def _show_value(self, quoted: Quoted) -> None:
        self.value.setText(quoted.text or "—")
        self.problem.setText(quoted.problem)
        self.problem.setVisible(bool(quoted.problem))

    def done(self, result: int) -> None:
        """Close; what was about to be computed no longer matters."""
        self._pause.stop()
        super().done(result)

    def accept(self) -> None:
        """Put the placeholder on the clipboard."""
        if not self._key:
            return
        text = "{{ " + self.expression() + " }}"
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
        super().accept()


def _every(db: Database, period: Period) -> tuple[Section, ...]:
    """The figures of every ledger that the office uses, breakdowns by their totals; read in the worker."""
    catalogue = db.catalogue
    mine = [ledger for ledger in catalogue.ledgers if ledger.name not in catalogue.hidden]
    wanted = [total_of(indicator) for ledger in mine for indicator in catalogue.of(ledger.name)]
    known = figures.figures(db, period, wanted, compared=False)
    return tuple(
        Section(ledger, tuple(figure for figure in known if figure.indicator.ledger == ledger.name))
        for ledger in mine
    )


def _short(line: Line) -> Line:
    """Name and value of a figure's line."""
    return replace(line, cells=line.cells[:2])


def _combo(choices: tuple[tuple[str, str], ...]) -> QComboBox:
    result = QComboBox()
    for key, label in choices:
        result.addItem(_(label), key)
    return result


def _month(value: int) -> QSpinBox:
    return widgets.spin(1, 12, value)


def _beside(*widgets_: QWidget) -> QWidget:
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.S)
    for widget in widgets_:
        row.addWidget(widget)
    return result
