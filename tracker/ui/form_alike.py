"""On a form: a quiet note beside a field where an earlier record looks like the one being typed; it opens that one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.operations import alike
from tracker.operations.alike import Earlier
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.form_body import FormBody
from tracker.ui.icons import icon

PAUSE_MS = 80


class Note(widgets.Button):
    """What there is to know, in as many lines as it takes; Enter or a click opens the record."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.whole = text
        self.setProperty("quiet", True)
        self.setProperty("note", True)
        self.setIcon(icon("info", "accent_text"))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        room = self.width() - self.iconSize().width() - 2 * theme.M
        self.setText("\n".join(wrapped(self.whole, self.font(), room)))


def wrapped(text: str, font: QFont, room: int) -> list[str]:
    """The lines of a text in so much room, as a button does not break them itself."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, room))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines


class FormAlike(QObject):
    """Looks up in the worker, after a pause in typing, what a new record looks like."""

    opened = Signal(object)
    """A `Target` that the clerk wants to see."""

    def __init__(self, desk: Desk, ledger: Ledger, body: FormBody, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ledger, self._body = desk, ledger, body
        self._uid: str | None = None
        self._typed = False
        self._keys = alike.looked_at(ledger)
        self.notes: list[Note] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        body.edited.connect(self._edited)
        desk.closing.connect(self._pause.stop)

    def begin(self, uid: str | None) -> None:
        """Another record is shown; of one that is in the file nothing is said until it is typed in."""
        self._uid, self._typed = uid, uid is None
        self._pause.stop()
        self._show(())

    def _edited(self, key: str) -> None:
        if key in self._keys:
            self._typed = True
            self._pause.start()

    def _look(self) -> None:
        if not self._typed or not self._keys:
            return
        record, ledger, uid = self._body.record()[0], self._ledger, self._uid or ""
        asked = {key: record.get(key) for key in self._keys}
        self._desk.run_latest(
            ("alike", ledger.name),
            lambda office, _progress: alike.earlier(office.db, ledger, record, uid),
            alive(self, lambda found: self._show(found) if self._still(asked) else None),
        )

    def _still(self, asked: Mapping[str, object]) -> bool:
        """Whether the clerk has not typed on meanwhile, which is looked up in its turn."""
        now = self._body.record()[0]
        return all(now.get(key) == value for key, value in asked.items())

    def _show(self, found: Sequence[Earlier]) -> None:
        for note in self.notes:
            note.hide()
            note.deleteLater()
        self.notes = [self._note(one) for one in found]

    def _note(self, one: Earlier) -> Note:
        note = Note(one.text)
        note.clicked.connect(lambda: self.opened.emit(one.target))
        cell = self._body.cells[one.field]
        cell.add_note(note)
        QWidget.setTabOrder(cell.editor.focusProxy() or cell.editor, note)
        return note
