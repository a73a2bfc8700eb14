"""Lists kept under names on a ledger's page: kept, shown, renamed and dropped by the menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import views
from tracker.schema.operators import Filter
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.views_menu import NameDialog

OPEN, ZHANG = Filter("closed_on", "empty"), Filter("applicant", "contains", ("张",))


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path) as desk:
        form_tools.add(desk, DISPUTES, DISPUTE)
        form_tools.add(desk, DISPUTES, {**DISPUTE, "case_no": "劳人仲字〔2020〕第8号", "applicant": "李四"})
        yield desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> LedgerPage:
    result = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.resize(1280, 720)
        result.show()
        result.activateWindow()
    return result


def items(page: LedgerPage) -> dict[str, QAction]:
    page.views.fill()
    return {action.text(): action for action in page.views.actions() if action.text()}


def dialog() -> NameDialog:
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, NameDialog) and w.isVisible())
    return found


def keep(page: LedgerPage, name: str) -> None:
    items(page)["保存当前查询方案(&S)…"].trigger()
    name_it(name)


def name_it(name: str) -> None:
    """Type a name into the dialog in front, and Enter."""
    line = dialog().name
    line.setText(name)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_list_is_kept_by_the_keyboard_and_shown_again(page: LedgerPage, desk: Desk) -> None:
    assert "还没有保存查询方案" in items(page)
    page.filters.set_filters((OPEN, ZHANG))
    page.table.sort("case_no")
    page.table.show_columns(["case_no", "applicant"])
    keep(page, "张姓未结")
    (view,) = views.views(desk.reader)
    assert (view.label, view.filters, view.sort) == ("张姓未结", (OPEN, ZHANG), (("case_no", False),))
    assert items(page)["&1  张姓未结"].isChecked()
    page.clear()
    page.table.sort_as_usual()
    page.table.show_columns(["case_no", "respondent"])
    assert len(page.model.ids) == 2 and not items(page)["&1  张姓未结"].isChecked()
    items(page)["&1  张姓未结"].trigger()
    assert len(page.model.ids) == 1
    assert (page.table.shown(), page.query().sort) == (["case_no", "applicant"], (("case_no", False),))
    assert items(page)["&1  张姓未结"].isChecked()


def test_a_changed_list_is_kept_under_its_name_again(page: LedgerPage, desk: Desk) -> None:
    page.filters.set_filters((OPEN,))
    keep(page, "未结")
    assert "更新查询方案“未结”" not in items(page)
    page.filters.set_filters((OPEN, ZHANG))
    items(page)["更新查询方案“未结”"].trigger()
    (view,) = views.views(desk.reader)
    assert view.filters == (OPEN, ZHANG)


def test_a_taken_name_is_told_and_the_dialog_stays(page: LedgerPage, desk: Desk) -> None:
    keep(page, "未结")
    keep(page, "未结")
    assert dialog().problem.text() == "已有查询方案“未结”，请换一个名称。"
    name_it("未结二")
    assert {view.label for view in views.views(desk.reader)} == {"未结", "未结二"}


def test_a_view_is_renamed_and_deleted(page: LedgerPage, desk: Desk) -> None:
    keep(page, "未结")
    menu = items(page)["重命名(&R)"].menu()
    menu.actions()[0].trigger()
    assert dialog().name.text() == "未结"
    name_it("未结案件")
    (view,) = views.views(desk.reader)
    assert view.label == "未结案件"

    def yes() -> None:
        (box,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox))
        QTest.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(0, yes)
    items(page)["删除(&D)"].menu().actions()[0].trigger()
    assert views.views(desk.reader) == ()


def test_the_menu_opens_by_its_keys(page: LedgerPage, qtbot: QtBot) -> None:
    seen: list[QWidget] = []

    def look() -> None:
        if popup := QApplication.activePopupWidget():
            seen.append(popup)
            popup.close()

    timer = QTimer(page, interval=20)
    timer.timeout.connect(look)
    timer.start()
    page.table.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.table, Qt.Key.Key_V, held)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] is page.views


def test_filters_stand_as_one_sentence(page: LedgerPage) -> None:
    page.filters.set_filters((OPEN, ZHANG))
    words = [
        w.text() if isinstance(w, widgets.Caption) else w.accessibleName() for w in page.filters.widgets()
    ]
    assert words[:3] == ["结案日期未填写", "且", "申请人含“张”"]
