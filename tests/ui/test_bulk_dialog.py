"""The dialog that changes a field of many records: what it says before, and that it happens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, add, focused, press, stored, typed
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import bulk
from tracker.ui.bulk_dialog import BulkDialog
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_field_is_chosen_by_letters(desk: Desk, qtbot: QtBot) -> None:
    dialog = BulkDialog(desk, DISPUTES, [add(desk, DISPUTES, DISPUTE)])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert focused() is dialog.fields.line and dialog.fields.line.selectedText()
    first = dialog.field
    typed("zcy", Qt.Key.Key_Return)  # 仲裁员
    assert dialog.field.key == "arbitrator" and dialog.editor is not None
    assert dialog.editor.field.key == "arbitrator" and dialog.editor.isAncestorOf(focused())
    dialog.fields.setFocus()
    typed("结案方式", Qt.Key.Key_Tab)
    assert dialog.field.key == "closing_method" and dialog.editor.isAncestorOf(focused())
    dialog.fields.setFocus()
    typed("qqq", Qt.Key.Key_Tab)  # none
    assert dialog.field.key == "closing_method" and dialog.fields.text() == "结案方式"
    dialog.fields.setFocus()
    press(Qt.Key.Key_Down)
    assert dialog.fields.line.dropdown.count() == len(bulk.fields(DISPUTES))
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.fields.choose(first.key)
    assert dialog.field is first


def test_selected_records_change_after_a_look(desk: Desk, qtbot: QtBot) -> None:
    uids = [
        add(desk, DISPUTES, {**DISPUTE, "case_no": f"{n}号", "accepted_on": day})
        for n, day in enumerate(("2020-06-03", "2020-06-20"), 1)
    ]
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    page.resize(1060, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.table.setFocus()
    page.table.clearSelection()
    QTest.keyClick(page.table, Qt.Key.Key_U, CONTROL)
    assert "请先选中" in page.banner.text.text()
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_U, CONTROL)
    dialog = page.window().findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog) and not dialog.ok.isEnabled()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.choose_field("refused_on")
    assert dialog.editor is not None
    dialog.editor.setFocus()
    typed("2020-06-10")
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.plan.value == "2020-06-10")
    assert "2 条不能" in dialog.summary.text() and not dialog.ok.isEnabled()
    assert dialog.tabs.isTabVisible(1) and dialog.refused.model().rowCount() == 2
    dialog.choose_field("arbitrator")
    dialog.editor.setFocus()
    typed("周仲裁")
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.plan.value == "周仲裁")
    assert dialog.summary.text() == "将修改 2 条" and dialog.ok.text() == "修改 2 条记录"
    QTest.keyClick(dialog.ok, Qt.Key.Key_Space)
    assert [stored(desk, DISPUTES, uid)["arbitrator"] for uid in uids] == ["周仲裁"] * 2
    assert "已修改 2 条" in page.banner.text.text()
