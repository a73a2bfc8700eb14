"""Words that a code table does not have, or that may mean several of its codes: each is told once what it means."""

from __future__ import annotations

from difflib import SequenceMatcher

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations.importing import Plan
from tracker.schema.fields import Choice
from tracker.ui import theme, widgets
from tracker.ui.plain_table import Cell, Head, PlainTable

UNDECIDED, NOTHING = "?", ""
Word = tuple[str, str]
"""A field's key and a word."""


class WordsPage(QWidget):
    """The unknown words of a plan; `changed` after each decision."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._words: list[tuple[Word, int]] = []
        self._meant: dict[Word, str] = {}
        self.table = PlainTable(_("Unknown words"), sortable=False)
        self.table.activated.connect(lambda _index: self.code.setFocus())
        self.code: QComboBox = QComboBox()
        self.code.setAccessibleName(_("What the word means"))
        self.code.setMinimumWidth(260)
        self.code.activated.connect(lambda _index: self._choose())
        self.label = QLabel()
        self.label.setBuddy(self.code)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.label)
        line.addWidget(self.code)
        line.addStretch(1)
        told = widgets.Caption(
            _("What you choose holds for all rows, and for later sheets. Words left open remain problems.")
        )
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(told)
        column.addWidget(self.table, 1)
        column.addLayout(line)

    def forget(self) -> None:
        """Another file was chosen."""
        self._words, self._meant = [], {}

    def show_plan(self, plan: Plan) -> None:
        """Show the words that the plan's sheets have and its code tables lack, with what they resemble, and those that
        may mean several codes, with the one for which they were taken."""
        self._plan = plan
        rows = {**dict(self._words), **plan.unsure, **plan.unknown}  # what was decided stays to be seen
        self._words = sorted(rows.items(), key=lambda pair: (pair[0][0], -pair[1]))
        self._meant = {
            word: self._meant.get(word, _proposed(_choice(plan, word), word[1])) for word, _n in self._words
        }
        self._fill()

    def decided(self) -> dict[Word, str]:
        """What was said of the words, an empty code where nothing is meant; those left open are not in it."""
        return {word: code for word, code in self._meant.items() if code != UNDECIDED}

    def _fill(self, row: int = 0) -> None:
        heads = [
            Head(_("Field"), 180),
            Head(_("Word in the sheet"), 260),
            Head(_("In rows"), 80),
            Head(_("Means")),
        ]
        self.table.fill(heads, [self._row(word, rows) for word, rows in self._words])
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_word())
        self.table.setCurrentIndex(self.table.model().index(min(row, len(self._words) - 1), 0))
        self._show_word()

    def _row(self, word: Word, rows: int) -> list[Cell]:
        assert self._plan
        field, code = _choice(self._plan, word), self._meant[word]
        means = {UNDECIDED: _("? still open"), NOTHING: _("(left empty)")}.get(code) or field.code_label(code)
        return [field.title(), word[1], rows, means]

    def _show_word(self) -> None:
        row = self.table.currentIndex().row()
        if self._plan is None or not 0 <= row < len(self._words):
            return
        word, _rows = self._words[row]
        field = _choice(self._plan, word)
        self.label.setText(_("“{word}” &means").format(word=word[1].replace("&", "&&")))
        self.code.clear()
        self.code.addItem(_("? still open"), UNDECIDED)
        for code in field.offered:
            self.code.addItem(field.code_label(code.key), code.key)
        self.code.addItem(_("(left empty)"), NOTHING)
        self.code.setCurrentIndex(max(0, self.code.findData(self._meant[word])))

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        self._meant[self._words[row][0]] = str(self.code.currentData())
        self._fill(min(row + 1, len(self._words) - 1))
        self.table.setFocus()
        self.changed.emit()


def _choice(plan: Plan, word: Word) -> Choice:
    field = plan.ledger.field(word[0])
    assert isinstance(field, Choice)
    return field


def _proposed(field: Choice, word: str) -> str:
    """The code whose words resemble this one, none where nothing does."""
    best, code = 0.5, UNDECIDED
    for each in field.offered:
        for name in (field.code_label(each.key), *each.also):
            alike = SequenceMatcher(None, word, name).ratio()
            if name in word:
                alike = max(alike, 0.6 + len(name) / 100)
            if alike > best:
                best, code = alike, each.key
    return code
