"""The note beside a field: an open case of the same parties, found while typing, opened by its button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, TODAY, add, typed
from tracker.db.names import Target
from tracker.ledgers.disputes import DISPUTES
from tracker.ui.desk import Desk
from tracker.ui.record_form import RecordForm


def test_an_open_case_of_the_same_parties_is_told_and_opened(desk: Desk, qtbot: QtBot) -> None:
    uid = add(desk, DISPUTES, DISPUTE)
    form = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    qtbot.addWidget(form, before_close_func=lambda form: form.body.accept())
    form.resize(1060, 700)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.new()
    form.body.focus("applicant")
    typed("张三", Qt.Key.Key_Tab)
    assert form.alike.notes == []
    form.body.focus("respondent")
    typed(str(DISPUTE["respondent"]))
    qtbot.waitUntil(lambda: bool(form.alike.notes))
    (note,) = form.alike.notes
    assert "劳人仲字〔2020〕第7号" in note.whole
    qtbot.waitUntil(note.isVisible)
    note.resize(220, note.height())
    assert "\n" in note.text() and "".join(note.text().split()) == "".join(note.whole.split())
    assert note.sizeHint().height() > 2 * note.fontMetrics().height()
    opened: list[Target] = []
    form.alike.opened.connect(opened.append)
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert [target.uid for target in opened] == [uid]
    form.body.focus("respondent")
    typed("二")
    qtbot.waitUntil(lambda: form.alike.notes == [])
    form.open(uid)
    assert form.alike.notes == []
