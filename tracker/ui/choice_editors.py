"""Code tables: one code, several codes, yes or no; all typed, none needs the mouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker import pinyin
from tracker.i18n import _, everywhere
from tracker.schema.fields import Choice, Choices, Value, YesNo, fold
from tracker.schema.values import Invalid
from tracker.ui import theme, widgets
from tracker.ui.completion import HEIGHT, PickLine, enter_step
from tracker.ui.editors import Editor, LineEditor
from tracker.ui.icons import icon
from tracker.ui.keys import Form, YesOrNo

SEPARATORS = ";；、,， "


def matches(field: Choice, text: str) -> list[str]:
    """Keys of the codes that a text may mean; best is its place in the table, then how its label begins."""
    entries = [
        (code.key, everywhere(code.label), (code.key, *code.also), place)
        for place, code in enumerate(field.codes, 1)
        if not code.hidden
    ]
    return _ranked(text, entries)


def meets(text: str, words: Sequence[str]) -> list[str]:
    """The words that a text may mean, as `matches`."""
    return _ranked(text, [(word, (word,), (), place) for place, word in enumerate(words, 1)])


Entry = tuple[str, Iterable[str], Iterable[str], int]
"""What is chosen, what it is called, other words for it, and its place, which can be typed."""


def _ranked(text: str, entries: Iterable[Entry]) -> list[str]:
    wanted, letters = fold(text), pinyin.typed(fold(text))
    ranked: list[tuple[int, str]] = []
    for key, called, also, place in entries:
        labels = [fold(word) for word in called]
        words = [*labels, *(fold(word) for word in also)]
        spelled = {one for label in labels for one in _spelling(label)} if letters else set()
        tests = (
            wanted == str(place),
            wanted in labels,
            bool(letters) and any(pinyin.HEAD + letters in _spelling(word) for word in words),
            any(word.startswith(wanted) for word in labels),
            any(one.startswith(pinyin.HEAD + letters) for one in spelled),
            any(word.startswith(wanted) for word in words),
            any(wanted in word for word in words),
            len(letters) > 1 and any(one.startswith(letters) for one in spelled),
        )
        if any(tests):
            ranked.append((tests.index(True), key))
    return [key for _rank, key in sorted(ranked, key=lambda pair: pair[0])]


@lru_cache(maxsize=4096)  # every keystroke asks
def _spelling(label: str) -> frozenset[str]:
    return pinyin.words(label)


def rows(field: Choice, keys: list[str]) -> list[tuple[str, str]]:
    """Rows of the dropdown, each with its place in the table, which can be typed."""
    places = {code.key: place for place, code in enumerate(field.codes, 1)}
    return [(f"{places[key]:>2}  {field.code_label(key)}", key) for key in keys]


def resolve(field: Choice, text: str) -> Value:
    """The key that a text means: exactly, else its best match; raises `Invalid`."""
    try:
        return field.key_of(text)
    except Invalid:
        found = matches(field, text)
        if not found:
            raise
        return found[0]


def pick_line() -> PickLine:
    """A line that opens its list on a click, with an arrow that says so."""
    line = PickLine()
    line.opens_on_click = True
    arrow = line.addAction(icon("chevron"), QLineEdit.ActionPosition.TrailingPosition)
    arrow.triggered.connect(line.asked)
    return line


class ChoiceEditor(LineEditor):
    """One code: typing filters, Enter or Tab takes the best match, an empty line is nothing."""

    def __init__(self, field: Choice) -> None:
        self._pick = pick_line()
        super().__init__(field, line=self._pick)
        self._choice = field
        self._pick.asked.connect(self._offer_all)
        self._pick.picked.connect(self._picked)

    def value(self) -> Value:
        text = self.line.text()
        if text == self._shown:
            return self._value
        return self._choice.key_of(text) if text.strip() else None

    def settle(self) -> None:
        text = self.line.text()
        self._pick.close_list()
        if text != self._shown and text.strip():
            try:
                self._picked(str(resolve(self._choice, text)))
            except Invalid:
                return
        super().settle()

    def _typed(self, text: str) -> None:
        super()._typed(text)
        found = matches(self._choice, text) if text.strip() else []
        self._pick.dropdown.offer(rows(self._choice, found), 0)

    def _offer_all(self) -> None:
        keys = [code.key for code in self._choice.offered]
        self._pick.dropdown.offer(
            rows(self._choice, keys), keys.index(str(self._value)) if self._value in keys else 0
        )

    def _picked(self, key: str) -> None:
        changed = key != self._value
        self.set_value(key)
        if changed:
            self.edited.emit()


class ChoicesEditor(Editor):
    """Several codes: Enter takes a match and goes on, a separator takes it and stays, Backspace drops the last."""

    def __init__(self, field: Choices) -> None:
        super().__init__(field)
        self._choices = field
        self._keys: list[str] = []
        self.line = _ChipsLine()
        self.chips = widgets.FlowRow()
        self.chips.hide()
        self.line.setAccessibleName(field.title())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.chips)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.asked.connect(self._offer_all)
        self.line.picked.connect(self._add)
        self.line.emptied.connect(lambda: self._drop(self._keys[-1]) if self._keys else None)
        self.line.entered.connect(self.entered)
        self.line.left.connect(self._leave)
        self.line.advanced.connect(self.advanced)

    def set_value(self, value: Value) -> None:
        self._keys = list(Choices.split(value))
        self.line.clear()
        self._draw()

    def value(self) -> Value:
        if self.line.text().strip():
            self._choices.key_of(self.line.text())
            text = _("Press {enter} to take “{text}”.")
            raise Invalid(text.format(text=self.line.text().strip(), **Form.names()))
        return ";".join(self._keys) or None

    def text(self) -> str:
        return ";".join([*self._keys, self.line.text()])

    def type(self, text: str) -> None:
        keys, _semicolon, typed = text.rpartition(";")
        self.set_value(keys)
        self.line.setText(typed)

    def settle(self) -> None:
        text = self.line.text().strip()
        self.line.close_list()
        if not text:
            return
        try:
            keys = [resolve(self._choices, word) for word in text.translate(_SPLIT).split()]
        except Invalid:
            return
        for key in keys:
            self._add(str(key))

    def _typed(self, text: str) -> None:
        if text[-1:] in SEPARATORS and text.strip(SEPARATORS):
            self.settle()
        else:
            left = (
                [key for key in matches(self._choices, text) if key not in self._keys] if text.strip() else []
            )
            self.line.dropdown.offer(rows(self._choices, left), 0)
        self.edited.emit()

    def _offer_all(self) -> None:
        self.line.dropdown.offer(
            rows(self._choices, [c.key for c in self._choices.offered if c.key not in self._keys]), 0
        )

    def _add(self, key: str) -> None:
        self.line.clear()
        if key not in self._keys:
            self._keys.append(key)
            self._draw()
        self.edited.emit()

    def _drop(self, key: str) -> None:
        self._keys.remove(key)
        self._draw()
        self.edited.emit()

    def _draw(self) -> None:
        self.chips.clear()
        for place, key in enumerate(self._keys):
            label = self._choices.code_label(key)
            main = place == 0 and len(self._keys) > 1
            chip = widgets.Chip(_("{code} (main)").format(code=label) if main else label)
            chip.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.closed.connect(lambda key=key: self._drop(key))
            self.chips.add(chip)
        self.chips.setVisible(bool(self._keys))


_SPLIT = str.maketrans(dict.fromkeys(SEPARATORS, " "))


class _ChipsLine(PickLine):
    """A line that tells when Backspace is pressed with nothing in it."""

    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.opens_on_click = True
        self.addAction(icon("chevron"), QLineEdit.ActionPosition.TrailingPosition).triggered.connect(
            self.asked
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class YesNoEditor(Editor):
    """Yes, no, or nothing said: Y and N, 是 and 否, 1 and 0; Space goes through the three, Backspace clears."""

    def __init__(self, field: YesNo) -> None:
        super().__init__(field)
        self.switch = _Switch(field)
        self.switch.setAccessibleName(field.title())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.switch)
        row.addStretch(1)
        self.setFocusProxy(self.switch)
        self.switch.edited.connect(self.edited)
        self.switch.entered.connect(self.entered)
        self.switch.left.connect(self._leave)
        self.switch.advanced.connect(self.advanced)

    def set_value(self, value: Value) -> None:
        self.switch.value = value
        self.switch.update()

    def value(self) -> Value:
        return self.switch.value

    def text(self) -> str:
        return self.field.format(self.switch.value)


class _Switch(QWidget):
    """Two halves, yes and no, of which one or none is on."""

    edited = Signal()
    entered = Signal()
    left = Signal()
    advanced = Signal(int)

    def __init__(self, field: YesNo) -> None:
        super().__init__()
        self.value: Value = None
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(_("{yes} yes, {no} no, {turn} changes, {clear} clears").format(**YesOrNo.names()))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(112, HEIGHT)

    def set(self, value: Value) -> None:
        """Take a value as the clerk's."""
        if value != self.value:
            self.value = value
            self.update()
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        step, key = enter_step(event), event.key()
        if step:
            self.advanced.emit(step)
        elif key == Qt.Key.Key_Space:
            self.set({None: 1, 1: 0, 0: None}[self.value])  # type: ignore[index]
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.set(int(key == Qt.Key.Key_Left))
        elif not self._word(event.text()):
            super().keyPressEvent(event)

    def _word(self, text: str) -> bool:
        try:
            value = self._field.parse(text)
        except Invalid:
            return False
        if value is not None:
            self.set(value)
        return value is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        half = int(event.position().x() < self.width() / 2)
        self.set(None if self.value == half else half)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        now, focus = theme.current(), self.hasFocus()
        edge, half = 2 if focus else 1, self.width() // 2
        inset = self.rect().toRectF().adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        outline = QPainterPath()
        outline.addRoundedRect(inset, theme.RADIUS, theme.RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.setClipPath(outline)
        painter.fillPath(outline, now.color("surface"))
        self._paint_half(painter, 1, QRect(0, 0, half, self.height()))
        self._paint_half(painter, 0, QRect(half, 0, self.width() - half, self.height()))
        painter.setClipping(False)
        painter.setPen(now.color("border_input"))
        painter.drawLine(half, edge, half, self.height() - edge - 1)
        wrong = bool(self.property("problem"))
        painter.setPen(QPen(now.color("danger" if wrong else "focus" if focus else "border_input"), edge))
        painter.drawPath(outline)

    def _paint_half(self, painter: QPainter, answer: int, place: QRect) -> None:
        chosen = self.value == answer
        if chosen:
            painter.fillRect(place, theme.current().color("accent_soft"))
        painter.setPen(theme.current().color("accent_text" if chosen else "text_muted"))
        painter.setFont(theme.font("strong" if chosen else "body"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._field.format(answer))
