"""Parties entered in the window: as a table by keyboard, pasted from a sheet, and the form's own fields following."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, desk_on, focused, press, shown_form, staying, stored
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import parties
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.record_form import RecordForm

Key, Held = Qt.Key, Qt.KeyboardModifier
SHEET = (
    "姓名\t身份证号\t手机号\n张三\t110101199003074514\t13800000001\n李四\t110101199003074514\t13800000002\n"
)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with desk_on(tmp_path) as found:
        yield found


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> RecordForm:
    return shown_form(desk, qtbot, DISPUTES, DISPUTE)


def dialog(form: RecordForm, qtbot: QtBot) -> PartiesDialog:
    with qtbot.waitActive(form):
        form.activateWindow()
    form.body.cells["applicant"].editor.setFocus()
    press(Key.Key_P, Held.ControlModifier | Held.ShiftModifier)
    found = [d for d in form.findChildren(PartiesDialog) if d.isVisible()]
    assert len(found) == 1
    qtbot.waitUntil(lambda: found[0].isActiveWindow())
    return found[0]


def type_in(text: str) -> None:
    """Key by key: the first opens the cell's editor, which has the focus then."""
    for key in text:
        QTest.keyClicks(focused(), key)


def test_names_of_the_record_are_rows_to_complete_by_keyboard(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    opened = dialog(form, qtbot)
    assert [row.texts.get("name") for row in opened.model.rows] == ["张三", "北京某某建筑有限公司", None]
    press(Key.Key_Return)
    press(Key.Key_Return)
    type_in("110101199003074514")
    assert isinstance(focused(), QLineEdit)
    press(Key.Key_Return)
    type_in("13800000001")
    press(Key.Key_Return)
    press(Key.Key_S, Held.ControlModifier)
    assert not opened.isVisible()
    found = parties.of_record(desk.reader, form.uid)
    assert [(p["role"], p["kind"], p["name"]) for p in found] == [
        ("applicant", "person", "张三"),
        ("respondent", "firm", "北京某某建筑有限公司"),
    ]
    assert (found[0]["id_number"], found[0]["phone"]) == ("110101199003074514", "13800000001")


def test_panel_masks_numbers(form: RecordForm, desk: Desk) -> None:
    many = [{"role": "applicant", "name": "张三", "id_number": "110101199003074514", "phone": "13800000001"}]
    desk.run(lambda office, _p: parties.save(office, DISPUTES, form.uid, many), lambda _changed: None)
    model = form.papers.parties.table.model()
    shown = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert shown[:4] == ["申请人", "张三", "110101********4514", "138****0001"]


def test_pasted_rows_are_previewed_and_saved_with_the_record_following(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    opened = dialog(form, qtbot)
    QGuiApplication.clipboard().setText(SHEET)
    press(Key.Key_V, Held.ControlModifier)
    assert "新增申请人 1 行" in opened.banner.text.text()
    assert "另有 1 行" in opened.banner.text.text()
    assert {(d.row, d.field) for d in opened.model.wrong.values()} == {(2, "id_number")}
    opened.grid.next_problem()
    assert "重复" in opened.step.text()
    opened.save()
    record = stored(desk, DISPUTES, form.uid)
    assert (record["applicant"], record["workers"]) == ("张三、李四", 2)
    assert form.body.cells["applicant"].editor.text() == "张三、李四"


def test_number_cut_short_keeps_the_table_from_being_saved(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    opened = dialog(form, qtbot)
    opened.grid.paste("姓名\t身份证号\n王五\t1.10101E+17\n")
    opened.save()
    assert opened.isVisible()
    assert "身份证号被电子表格截断" in opened.banner.text.text()
    assert parties.of_record(desk.reader, form.uid) == []
    opened.grid.remove_rows()
    opened.save()
    assert not opened.isVisible()


def test_rows_beyond_what_the_table_takes_are_told(form: RecordForm, qtbot: QtBot) -> None:
    opened = dialog(form, qtbot)
    opened.grid.paste("姓名\n" + "\n".join(f"工人{n}号" for n in range(2300)))
    assert "300 行" in opened.banner.text.text()


def test_unsaved_form_is_saved_before_and_one_with_problems_keeps_the_clerk(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    form.body.cells["applicant"].editor.set_value(None)
    assert form.has_unsaved()
    press(Key.Key_P, Held.ControlModifier | Held.ShiftModifier)
    assert not [d for d in form.findChildren(PartiesDialog) if d.isVisible()]
    form.body.cells["applicant"].editor.set_value("李四")
    dialog(form, qtbot)
    assert stored(desk, DISPUTES, form.uid)["applicant"] == "李四"


def test_editing_the_text_is_told_and_made_good(form: RecordForm, desk: Desk) -> None:
    many = [{"role": "applicant", "name": "张三"}, {"role": "applicant", "name": "李四"}]
    desk.run(lambda office, _p: parties.save(office, DISPUTES, form.uid, many), lambda _changed: None)
    form.body.cells["applicant"].editor.set_value("张三")
    form.save()
    panel = form.papers.parties
    assert "没有李四" in panel.banner.text.text()
    panel.banner.action.click()
    assert stored(desk, DISPUTES, form.uid)["applicant"] == "张三、李四"
    assert panel.banner.isHidden()


def test_closing_asks_only_where_something_was_typed(
    form: RecordForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = staying(monkeypatch)
    opened = dialog(form, qtbot)
    opened.reject()
    assert not opened.isVisible()
    assert asked == []
    opened = dialog(form, qtbot)
    opened.model.setData(opened.model.index(0, 1), "王五")
    opened.reject()
    assert opened.isVisible()
    assert len(asked) == 1


def test_delete_after_a_refused_save_clears_only_the_cell_at_fault(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    opened = dialog(form, qtbot)
    opened.grid.paste("姓名\t身份证号\n王五\t1.10101E+17\n")
    row = next(n for n, each in enumerate(opened.model.rows) if each.texts.get("name") == "王五")
    opened.grid.go_to(0, "name")
    press(Key.Key_S, Held.ControlModifier)
    assert opened.isVisible() and opened.grid.currentIndex().row() == row
    press(Key.Key_Delete)
    assert [each.texts.get("name") for each in opened.model.rows[:3]] == [
        "张三",
        "北京某某建筑有限公司",
        "王五",
    ]
    assert not opened.model.rows[row].texts["id_number"]
