"""A record begun like another one: parties and claims are there, its number, days and course are not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, add, focused, stored
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.schema.fields import Day
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage

CONTROL = Qt.KeyboardModifier.ControlModifier
CLOSED = {
    "heard_on": "2020-06-20",
    "closed_on": "2020-06-30",
    "closing_method": "award",
    "award_result": "worker",
}


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> LedgerPage:
    add(desk, DISPUTES, {**DISPUTE, **CLOSED})
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page, before_close_func=lambda page: page.form.body.accept())
    page.resize(1400, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.table.setFocus()
    return page


def test_a_duplicate_has_what_is_known_and_not_what_happened(page: LedgerPage, desk: Desk) -> None:
    page.table.pick_row(0)
    QTest.keyClick(page.table, Qt.Key.Key_D, CONTROL)
    record = page.form.body.record()[0]
    for key in ("applicant", "respondent", "cause", "arbitrator"):
        assert record[key] == DISPUTE[key]
    assert all(record[key] is None for key in (*CLOSED, "accepted_on"))
    assert record["applied_on"] != DISPUTE["applied_on"]
    assert record["case_no"] not in (None, DISPUTE["case_no"])
    assert page.form.has_unsaved() and page.form.uid == ""
    QTest.keyClick(focused(), Qt.Key.Key_S, CONTROL)
    assert stored(desk, DISPUTES, page.form.uid)["case_no"] == record["case_no"]
    first = page.form.uid
    QTest.keyClick(focused(), Qt.Key.Key_D, CONTROL)
    assert page.form.uid == "" and page.form.body.record()[0]["applicant"] == "张三"
    page.form.body.accept()
    assert first


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_no_duplicate_has_a_number_or_a_day(ledger) -> None:  # type: ignore[no-untyped-def]
    whole = {f.key: "x" for f in ledger.inputs}
    begun = editing.duplicate(ledger, whole)
    assert ledger.number not in begun and begun
    assert not any(isinstance(ledger.field(key), Day) for key in begun)
    assert {f.key for f in ledger.inputs if f.carry and not isinstance(f, Day)} <= begun.keys()
