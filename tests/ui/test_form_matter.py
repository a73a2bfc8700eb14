"""The matter under a form: a petition goes on as a case with its parties, and both lead to each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import add, focused, stored
from tests.unit.test_matters import PETITION
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.trail import Place

CONTROL = Qt.KeyboardModifier.ControlModifier


def page_of(window: MainWindow) -> LedgerPage:
    page = window.current
    assert isinstance(page, LedgerPage)
    return page


def test_a_petition_goes_on_as_a_case(desk: Desk, qtbot: QtBot) -> None:
    petition = add(desk, PETITIONS, PETITION)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go(Place("petitions", uid=petition))
    matter = page_of(window).form.matter
    assert matter.isVisibleTo(page_of(window).form) and matter.continues.isHidden()
    ways = [action.text() for action in matter.ways.actions()]
    assert ways[0] == "劳动争议案件 …" and len(ways) == 4
    matter.ways.actions()[0].trigger()
    page = page_of(window)
    assert page.ledger == DISPUTES and page.form.body.record()[0]["applicant"] == "张三、李四"
    QTest.keyClick(focused(), Qt.Key.Key_S, CONTROL)
    case = page.form.uid
    assert stored(desk, DISPUTES, case)["continues"] == petition
    assert [part.here for part in page.form.matter.chain] == [False, True]
    page.form.matter.opened.emit(page.form.matter.chain[0].target)
    assert page_of(window).ledger == PETITIONS and page_of(window).form.uid == petition
    assert len(page_of(window).form.matter.chain) == 2
    window.go(Place("disputes", uid=case))
    form = page_of(window).form
    assert form.matter.earlier.actions()[-1].text() == "不承接任何记录"
    form.matter.earlier.actions()[-1].trigger()
    assert stored(desk, DISPUTES, case)["continues"] is None and len(form.matter.chain) == 1
    assert form.matter.earlier.actions()[0].text().endswith("信1号 · 2020-03-02")
    form.matter.earlier.actions()[0].trigger()
    assert stored(desk, DISPUTES, case)["continues"] == petition
