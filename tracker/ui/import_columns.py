"""What each column of a sheet was taken for, with samples; another meaning is given by the box below the table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tracker.exchange import headings, party_columns
from tracker.exchange.headings import Column
from tracker.exchange.headings import Mapping as Headings
from tracker.i18n import N_, _, listed
from tracker.operations import sheets
from tracker.operations.sheet_memory import Words
from tracker.operations.sheets import Reading, Survey
from tracker.schema.fields import Choice, Field
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.flow import FlowLayout
from tracker.ui.plain_table import Cell, Head, PlainTable

WHY = {
    headings.LABEL: N_("same name"),
    headings.SYNONYM: N_("other name for it"),
    headings.REMEMBERED: N_("as last time"),
    headings.CONTENT: N_("guessed: please check"),
    headings.HAND: N_("chosen by you"),
}


class ColumnsPage(QWidget):
    """The sheets that are read and what their columns mean; `changed` after each decision."""

    changed = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.seen: Survey | None = None
        self._words: Words = {}
        self._by_hand = False
        self._first_constants: tuple[tuple[Field, str], ...] = ()
        self._readings: tuple[Reading, ...] = ()
        self._constants: dict[str, QComboBox | QLineEdit] = {}
        self.sheets_row = QWidget()
        self._sheets = FlowLayout(self.sheets_row)
        self.table = PlainTable(_("What the columns mean"), sortable=False)
        self.table.activated.connect(lambda _index: self.field.setFocus())
        self.field: QComboBox = QComboBox()
        self.field.setAccessibleName(_("Field that the column fills"))
        self.field.setEditable(True)
        self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.field.setMinimumWidth(260)
        if completer := self.field.completer():  # an editable box has one
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.field.activated.connect(lambda _index: self._choose())
        self.column_label = QLabel()
        self.column_label.setBuddy(self.field)
        self.scale = QCheckBox(_("Amounts are in 10,000 yuan"))
        self.scale.clicked.connect(self._rescale)
        self.detail = widgets.Caption()
        self.detail.setWordWrap(True)
        self.invent = QCheckBox()
        self.invent.toggled.connect(lambda _on: self.changed.emit())
        self.lacking = QWidget()
        self._grid = QGridLayout(self.lacking)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.S)
        self._grid.setVerticalSpacing(theme.XS)
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        for widget in (self.column_label, self.field, self.scale):
            line.addWidget(widget)
        line.addWidget(self.detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.sheets_row)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        column.addWidget(self.invent)
        column.addWidget(self.lacking)

    def show_survey(self, seen: Survey, words: Words, pattern: str) -> None:
        """Show what was found; `pattern` is the first number that a new record would get, empty where there is none."""
        self.seen, self._words, self._by_hand = seen, words, False
        self._first_constants = self.mapping.constants if self.mapping else ()
        _empty(self._sheets)
        several = len(seen.found) > 1
        self.sheets_row.setVisible(several)
        if several:
            label = QLabel(_("Sheets that are read:"))
            label.setMinimumHeight(self.invent.sizeHint().height())
            self._sheets.addWidget(label)
        for each in seen.found if several else ():
            box = QCheckBox(each.sheet.name)
            box.setChecked(each.sheet.name in seen.chosen)
            box.setEnabled(each.mapping is not None)
            box.toggled.connect(self._choose_sheets)
            self._sheets.addWidget(box)
        self._fill_fields()
        numberless = self.number_is_missing and bool(pattern)
        self.invent.setText(
            _("Give records without {field} one by the office’s pattern, such as {number}").format(
                field=self.ledger.field(self.ledger.number).title(), number=pattern
            )
        )
        self.invent.setChecked(numberless)
        self.invent.setVisible(bool(pattern))
        self._refresh()

    @property
    def name(self) -> str:
        """The sheet whose columns are shown: the first that is read."""
        assert self.seen
        return self.seen.chosen[0] if self.seen.chosen else self.seen.names[0]

    @property
    def mapping(self) -> Headings | None:
        """What the columns mean."""
        return self.seen.of(self.name).mapping if self.seen else None

    @property
    def number_is_missing(self) -> bool:
        """Whether no column holds the records' numbers."""
        mapping = self.mapping
        return mapping is not None and self.ledger.number not in mapping.keys

    def missing(self) -> list[Field]:
        """Required fields that no column fills, the number apart."""
        mapping = self.mapping
        keys = mapping.keys if mapping else frozenset()
        return [
            f for f in self.ledger.inputs if f.required and f.key not in keys and f.key != self.ledger.number
        ]

    def needs_a_look(self) -> bool:
        """Whether anything was guessed or is missing, so that the clerk should see this step."""
        mapping = self.mapping
        if mapping is None or not mapping.columns:
            return True
        guessed = any(c.how == headings.CONTENT or c.part for c in mapping.columns)
        filled = {field.key for field, _text in mapping.constants}
        return guessed or self.number_is_missing or any(f.key not in filled for f in self.missing())

    def is_decided(self, mapping: Headings) -> bool:
        """Whether the clerk gave a column another meaning, or columns that are missing another value."""
        return self._by_hand or mapping.constants != self._first_constants

    def decided(self) -> Survey:
        """What was found, with what the clerk decided."""
        assert self.seen
        mapping = self.mapping
        if mapping is None:
            return self.seen
        constants = tuple(
            (self.ledger.field(key), text) for key, box in self._constants.items() if (text := _said(box))
        )
        return self.seen.with_mapping(self.ledger, self.name, replace(mapping, constants=constants))

    def _fill_fields(self) -> None:
        self.field.clear()
        self.field.addItem(_("(not read)"), "")
        for field in self.ledger.inputs:
            mark = " *" if field.required else ""
            self.field.addItem(f"{field.title()}{mark}", field.key)
        for phone in party_columns.phones(self.ledger):
            self.field.addItem(phone.title(), phone.key)

    def _refresh(self, row: int = 0) -> None:
        assert self.seen
        self._readings = sheets.readings(self.seen.of(self.name), self._words)
        heads = [
            Head(_("Heading in the sheet"), 190), Head(_("Samples"), 250), Head(_("Read as"), 160),
            Head(_("Basis"), 120), Head(_("Rows filled"), 104), Head(_("What to know")),
        ]  # fmt: skip
        self.table.fill(heads, [self._row(reading) for reading in self._readings])
        model = self.table.model()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_column())
        self.table.setCurrentIndex(model.index(min(row, model.rowCount() - 1), 0))
        self._show_column()
        self._show_lacking()

    def _row(self, reading: Reading) -> list[Cell]:
        fields = listed(column.field.title() for column in reading.columns) or _("(not read)")
        why = _(WHY[reading.columns[0].how]) if reading.columns else ""
        note = reading.problem
        if reading.wrong > 1:
            note = _("{n} cells cannot be read: {message}").format(n=reading.wrong, message=reading.problem)
        if any(c.field.derived or c.field.system for c in reading.columns):
            note = _("only compared")
        elif any(column.scale > 1 for column in reading.columns):
            factor = max(column.scale for column in reading.columns)
            note = f"× {factor:,} {note}".strip()
        return [reading.heading, " | ".join(reading.samples), fields, why, reading.cells, note]

    @property
    def _current(self) -> Reading | None:
        row = self.table.currentIndex().row()
        return self._readings[row] if 0 <= row < len(self._readings) else None

    def _show_column(self) -> None:
        reading = self._current
        if reading is None:
            return
        self.column_label.setText(
            _("“{heading}” &is").format(heading=reading.heading.replace("&", "&&") or "—")
        )
        first = reading.columns[0] if reading.columns else None
        self.field.setCurrentIndex(max(0, self.field.findData(first.field.key if first else "")))
        self.scale.setVisible(bool(first and first.field.kind == "money"))
        self.scale.setChecked(bool(first and first.scale == 10_000))
        self.detail.setText(reading.problem)

    def _choose(self) -> None:
        """Give the column in hand another meaning; a field is taken from the column that had it."""
        reading, key = self._current, str(self.field.currentData() or "")
        if reading is None or self.mapping is None:
            return
        kept = [c for c in self.mapping.columns if c.index != reading.index and c.field.key != key]
        if key:
            phones = {phone.key: phone for phone in party_columns.phones(self.ledger)}
            field = phones.get(key) or self.ledger.field(key)
            scale = self.seen.of(self.name).hints.scale if self.seen and field.kind == "money" else 1
            kept.append(Column(reading.index, reading.heading, field, scale, headings.HAND))
        self._set_columns(kept)
        self.table.setFocus()

    def _rescale(self, on: bool) -> None:
        reading = self._current
        if reading is None or self.mapping is None:
            return
        factor = 10_000 if on else 1
        self._set_columns(
            [replace(c, scale=factor) if c.index == reading.index else c for c in self.mapping.columns]
        )

    def _set_columns(self, columns: list[Column]) -> None:
        mapping, row = self.mapping, self.table.currentIndex().row()
        assert mapping and self.seen
        used = {column.index for column in (*columns, *mapping.compared)}
        unknown = tuple(
            text
            for n, text in enumerate(mapping.headings)
            if text and n not in used and not headings.is_serial(text)
        )
        new = replace(mapping, columns=tuple(columns), unknown=unknown, doubled=())
        self.seen = self.seen.with_mapping(self.ledger, self.name, new)
        self._by_hand = True
        self._refresh(row)
        self.changed.emit()

    def _choose_sheets(self) -> None:
        boxes = self.sheets_row.findChildren(QCheckBox)
        assert self.seen
        chosen = tuple(box.text() for box in boxes if box.isChecked())
        self.seen = replace(self.seen, chosen=chosen)
        self._refresh(self.table.currentIndex().row())
        self.changed.emit()

    def _show_lacking(self) -> None:
        """Offer to fill required fields that no column fills with one value for all new records."""
        kept = {key: _said(box) for key, box in self._constants.items()}
        mapping = self.mapping
        kept |= {field.key: text for field, text in mapping.constants} if mapping else {}
        _empty(self._grid)
        self._constants = {}
        lacking = self.missing()
        for row, field in enumerate(lacking):
            label = QLabel(_("{field} is in no column; for all new records:").format(field=field.title()))
            box = _box(field, kept.get(field.key, ""))
            label.setBuddy(box)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(box, row, 1)
            self._constants[field.key] = box
        self._grid.setColumnStretch(2, 1)
        self.lacking.setVisible(bool(lacking))


def _empty(layout: QLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def _box(field: Field, text: str) -> QComboBox | QLineEdit:
    if not isinstance(field, Choice):
        line = QLineEdit(text)
        line.setMinimumWidth(220)
        line.setAccessibleName(field.title())
        return line
    box = QComboBox()
    box.setAccessibleName(field.title())
    box.addItem("", "")
    for code in field.offered:
        box.addItem(field.code_label(code.key), code.key)
    box.setCurrentIndex(max(0, box.findData(text)))
    return box


def _said(box: QComboBox | QLineEdit) -> str:
    return str(box.currentData() or "") if isinstance(box, QComboBox) else box.text().strip()
