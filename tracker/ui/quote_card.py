"""What the figure pointed at in the report is: value, definition, how it is made up, and its placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations.quoting import Quoted
from tracker.schema.indicator import Breakdown, Ratio
from tracker.schema.indicator import part_label as label_of
from tracker.ui import theme, widgets
from tracker.ui.figure_text import part_text, value_text
from tracker.ui.keys import Report

if TYPE_CHECKING:
    from tracker.operations.report import Piece  # Word's library takes long to load


class QuoteCard(QFrame):
    """`opened` with the Piece whose records are wanted."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._piece: Piece | None = None
        self.setProperty("card", True)
        self.setMinimumWidth(250)
        self.title = widgets.Heading(role="strong")
        self.value, self.formula, self.expression = QLabel(), QLabel(), QLabel()
        self.value.setProperty("role", "figure")
        self.period, self.definition, self.source = widgets.Caption(), widgets.Caption(), widgets.Caption()
        self.open_button = widgets.button(_("Show the records"), "search")
        Report.open.tell(self.open_button)
        self.copy_button = widgets.button(_("Copy placeholder"), "copy", quiet=True)
        self.copy_button.setToolTip(_("Put the figure's placeholder on the clipboard, for the template"))
        self.open_button.clicked.connect(lambda: self.opened.emit(self._piece))
        self.copy_button.clicked.connect(self._copy)
        self._lay_out()
        self.show_piece(None)

    def _lay_out(self) -> None:
        self.expression.setProperty("role", "small")
        for label in (self.title, self.value, self.formula, self.expression):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.expression.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.XS)
        for widget in (self.title, self.value, self.formula, self.period):
            column.addWidget(widget)
        column.addSpacing(theme.XS)
        column.addWidget(self.definition)
        column.addWidget(self.source)
        column.addSpacing(theme.S)
        column.addWidget(self.expression)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.open_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        column.addLayout(row)

    def show_piece(self, piece: Piece | None) -> None:
        """Say what a figure is; without one, what may be done here."""
        self._piece = piece
        quoted = piece.quoted if piece else None
        parts = (self.value, self.formula, self.definition, self.source, self.expression)
        for widget in (*parts, self.copy_button):
            widget.setVisible(piece is not None)
        self.open_button.setVisible(bool(quoted and quoted.figure))
        if piece is None or quoted is None:
            self.title.setText(_("No figure chosen"))
            self.period.show()
            self.period.setText(
                _("Point at a marked figure, or go to it with {after}.").format(**Report.names())
            )
            return
        self.expression.setText("{{ " + piece.expression.strip() + " }}")
        self.value.setText(piece.text if quoted.text else "—")
        theme.set_property(self.value, "problem", bool(quoted.problem))
        self._tell(quoted)

    def _tell(self, quoted: Quoted) -> None:
        figure, quote = quoted.figure, quoted.quote
        self.formula.setText(quoted.problem)
        theme.set_property(self.formula, "role", "problem" if quoted.problem else "")
        if figure is None or quote is None:
            self.title.setText(_("Unknown figure"))
            for label in (self.period, self.definition, self.source):
                label.hide()
            return
        indicator = figure.indicator
        part = ""
        if quote.part and isinstance(indicator.measure, Breakdown):
            part = label_of(indicator.measure, quote.part, figure.ledgers[indicator.ledger])
        self.title.setText(" · ".join(filter(None, (_(indicator.label), part))))
        if not quoted.problem:
            self.value.setText(_with_unit(quoted))
            self.formula.setText(_made_of(quoted))
        self.formula.setVisible(bool(self.formula.text()))
        self.period.setText(quote.shown_period.label())
        self.period.show()
        self.definition.setText(_("Definition: {definition}").format(definition=_(indicator.definition)))
        self.source.setText(_("Source: {source}").format(source=_(indicator.source)))
        self.source.setVisible(bool(indicator.source))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.expression.text())


def _with_unit(quoted: Quoted) -> str:
    """The value as printed with its unit; a change is in per cent or points, and is only told as printed."""
    assert quoted.quote
    unit = _(quoted.quote.indicator.unit)
    plain = not quoted.quote.moved and quoted.quote.side == "value" and quoted.quote.unit == 1
    if not plain:
        return quoted.text
    return f"{quoted.text}%" if unit == "%" else f"{quoted.text} {unit}"


def _made_of(quoted: Quoted) -> str:
    """A rate's exact value and its two numbers; of anything else the exact value where it was printed otherwise."""
    figure, quote = quoted.figure, quoted.quote
    assert figure and quote
    if isinstance(figure.indicator.measure, Ratio):
        parts = " ÷ ".join(filter(None, (part_text(figure, 0), part_text(figure, 1))))
        return f"{value_text(figure)} = {parts}"
    exact = value_text(figure)
    return (
        _("Exactly {value} {unit}").format(value=exact, unit=_(figure.indicator.unit))
        if (figure.value is not None and exact.replace(",", "") != quoted.text)
        else ""
    )
