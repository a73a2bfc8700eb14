"""What the tests of the form share: a real file, a desk on it, and typing as a clerk does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from tests.office import new_office
from tracker.db import records
from tracker.db.history import Who
from tracker.operations import editing
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.ui.desk import Desk
from tracker.ui.record_form import RecordForm
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

TODAY = date(2020, 6, 15)
DISPUTE: dict[str, Value] = {
    "case_no": "劳人仲字〔2020〕第7号",
    "applied_on": "2020-06-01",
    "accepted_on": "2020-06-03",
    "applicant": "张三",
    "applicant_kind": "worker",
    "respondent": "北京某某建筑有限公司",
    "workers": 1,
    "cause": "remuneration",
    "arbitrator": "李仲裁",
}


@contextmanager
def desk_on(folder: Path, *, instant: bool = True) -> Iterator[Desk]:
    """A desk on a new file in the folder, closed at the end."""
    office = new_office(folder / "office.db", Who("王书记员", "front-desk"))
    desk = Desk(office, Tasks(instant=instant), State(folder / "state.json"))
    yield desk
    desk.close()


def add(desk: Desk, ledger: Ledger, record: dict[str, Value]) -> str:
    """Put a record into the file; its uid."""
    return editing.save(desk.office, ledger, record).uid


def shown_form(desk: Desk, qtbot: QtBot, ledger: Ledger, record: dict[str, Value]) -> RecordForm:
    """The form of a record that is put into the file, in front."""
    form = RecordForm(desk, ledger, today=lambda: TODAY)
    qtbot.addWidget(form, before_close_func=lambda form: form.body.accept())
    form.resize(1000, 700)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.open(add(desk, ledger, record))
    return form


def staying(monkeypatch: MonkeyPatch) -> list[str]:
    """What was asked before leaving; each time the clerk stays."""
    asked: list[str] = []

    def stay(box: QMessageBox) -> int:
        asked.append(box.text())
        button = box.escapeButton()
        assert button is not None
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", stay)
    return asked


def stored(desk: Desk, ledger: Ledger, uid: str) -> records.Record:
    """The record as it is in the file."""
    record = records.get(desk.reader, ledger, uid)
    assert record is not None
    return record


def focused() -> QWidget:
    """The widget with the focus, which on a busy machine comes a moment after its window."""
    for _moment in range(100):
        if widget := QApplication.focusWidget():
            return widget
        QTest.qWait(20)
    raise AssertionError("nothing has the focus")


def typed(text: str, *keys: Qt.Key) -> None:
    """Type a text and then keys, wherever the focus is then; Chinese arrives as from an input method."""
    widget = focused()
    if text.isascii():
        QTest.keyClicks(widget, text)
    elif isinstance(widget, QLineEdit):
        widget.insert(text)
        widget.textEdited.emit(widget.text())
    for key in keys:
        QTest.keyClick(focused(), key)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, with what is held down, wherever the focus is."""
    QTest.keyClick(focused(), key, held)


def at(form: RecordForm) -> str:
    """The key of the field that has the focus; empty where none has."""
    for key, cell in form.body.cells.items():
        if cell.isAncestorOf(focused()):
            return key
    return ""


def note(form: RecordForm, key: str) -> str:
    """What is said to be wrong with a field."""
    cell = form.body.cells[key]
    return cell.note.text() if cell.has_problem() else ""
