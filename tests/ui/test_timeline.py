"""The events of a case on its form: added, changed and taken away by the keyboard, the day due following at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE, TODAY, add, press, stored, typed
from tracker.attached.events import EVENTS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached
from tracker.ui import theme
from tracker.ui.clock_dialog import ClockDialog
from tracker.ui.desk import Desk
from tracker.ui.event_dialog import EventDialog
from tracker.ui.record_form import RecordForm

Key, Held = Qt.Key, Qt.KeyboardModifier
ENTER, CONTROL, SHIFT = Key.Key_Return, Held.ControlModifier, Held.ShiftModifier
Make = Callable[[], RecordForm]
EXTENSION = {"kind": "extension", "happened_on": "2020-07-10", "title": "延期"}


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.install(qapp, "light")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    with form_tools.desk_on(tmp_path) as desk:
        yield desk


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> RecordForm:
    """On a case accepted on 3 June 2020, due on Saturday 18 July, rolled to the 20th."""
    uid = add(desk, DISPUTES, {**DISPUTE, "applied_on": "2020-06-01", "accepted_on": "2020-06-03"})
    result = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    qtbot.addWidget(result, before_close_func=lambda form: form.body.accept())
    result.qtbot = qtbot  # type: ignore[attr-defined]
    result.resize(1060, 700)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    result.open(uid)
    return result


def _due(form: RecordForm) -> str:
    return form.body.cells["due_on"].editor.text()


def _dialog(form: RecordForm) -> EventDialog:
    dialog = form.timeline.dialog
    assert dialog is not None and dialog.isVisible()
    form.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))  # type: ignore[attr-defined]
    return dialog


def _lines(form: RecordForm) -> list[tuple[str, str, str]]:
    return [(e.day, e.what, e.detail) for e in form.timeline.entries]


def test_a_suspension_is_added_by_keys_and_moves_the_day_due(form: RecordForm, desk: Desk) -> None:
    assert _due(form) == "2020-07-20"
    press(Key.Key_T, CONTROL)
    _dialog(form)
    for text in ("中止", "0608", "0612", "", "等待工伤认定", ""):
        typed(text, ENTER)
    assert ("2020-06-08", "中止审理", "至2020-06-12，5日 · 等待工伤认定") in _lines(form)
    assert _due(form) == "2020-07-23"
    cell = form.body.cells["suspended_days"]
    assert cell.editor.value() == 5 and cell.is_closed()
    assert not form.has_unsaved()
    found = stored(desk, DISPUTES, form.uid)
    assert (found["suspended_days"], found["due_on"]) == (5, "2020-07-23")


@pytest.mark.parametrize(
    ("remark", "told"), [(None, f"已保存：{DISPUTE['case_no']}"), ("未保存", "尚未保存")]
)
def test_that_an_event_is_safe_is_said_but_not_of_what_is_still_typed(
    form: RecordForm, remark: str | None, told: str
) -> None:
    form.body.focus("remarks")
    if remark:
        form.body.cells["remarks"].editor.set_value(remark)
        form.body.edited.emit("remarks")
    press(Key.Key_T, CONTROL)
    _dialog(form)
    typed("开庭", ENTER)
    press(Key.Key_S, CONTROL)
    assert form.header.state.text() == told and form.header.state.isVisible()


def test_what_is_typed_meanwhile_stays(form: RecordForm) -> None:
    form.body.focus("respondent")
    typed("另一公司")
    press(Key.Key_T, CONTROL)
    _dialog(form)
    for text in ("追加", "0610", ""):
        typed(text, ENTER)
    assert form.has_unsaved() and form.body.cells["respondent"].editor.value() == "另一公司"
    assert _due(form) == "2020-07-27"


def test_a_suspension_without_a_reason_is_told_and_its_reason_entered_there(
    form: RecordForm, desk: Desk
) -> None:
    event = {"kind": "suspension", "title": "中止审理", "happened_on": "2020-06-08"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    banner = form.timeline.approval
    assert banner.isVisible() and "2020-06-08" in banner.text.text() and "中止原因" in banner.text.text()
    banner.acted.emit()
    dialog = _dialog(form)
    assert (
        dialog.body.cells["reason"].isVisible() and dialog.body.cells["reason"].editor.focusProxy().hasFocus()
    )
    typed("等待工伤认定")
    dialog.save()
    form.qtbot.waitUntil(lambda: not banner.isVisible())  # type: ignore[attr-defined]
    assert [e["reason"] for e in attached.of_record(desk.office.db, EVENTS, form.uid)] == ["等待工伤认定"]


def test_an_event_is_changed_and_taken_away(form: RecordForm, desk: Desk) -> None:
    event = {"kind": "suspension", "title": "中止审理", "happened_on": "2020-06-08"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    assert _due(form) == "中止" and form.timeline.state.text() == "2020-06-08起中止"
    form.timeline.resume.click()
    assert _dialog(form).body.cells["until"].editor.value() == "2020-06-14"
    _dialog(form).save()
    assert _due(form) == "2020-07-27" and form.timeline.resume.isHidden()
    row = next(n for n, e in enumerate(form.timeline.entries) if e.uid)
    form.activateWindow()
    form.timeline.take_focus()
    form.qtbot.waitUntil(form.timeline.table.hasFocus)  # type: ignore[attr-defined]
    form.timeline.table.selectRow(row)
    press(Key.Key_Delete)
    assert _due(form) == "2020-07-20"
    assert not form.body.cells["suspended_days"].is_closed()


def test_the_records_own_days_stand_among_them(form: RecordForm, desk: Desk) -> None:
    event = {"kind": "hearing", "title": "开庭", "happened_on": "2020-07-01T09:30", "place": "第一仲裁庭"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    assert [line[1] for line in _lines(form)] == ["申请日期", "受理日期", "开庭", "审限届满日"]
    assert form.timeline.state.text() == "2020-07-01 09:30 开庭 第一仲裁庭"


def test_a_hearing_entered_fills_its_day_on_the_form_and_with_it_how_it_was_held(
    form: RecordForm, desk: Desk
) -> None:
    cells = form.body.cells
    assert cells["hearing_mode"].isHidden()
    press(Key.Key_T, CONTROL)
    dialog = _dialog(form)
    dialog.body.cells["kind"].editor.set_value("hearing")
    dialog.body.cells["happened_on"].editor.set_value("2020-07-01T09:30")
    dialog.save()
    form.qtbot.waitUntil(lambda: cells["heard_on"].editor.value() == "2020-07-01")  # type: ignore[attr-defined]
    assert cells["heard_on"].is_closed() and cells["hearing_mode"].isVisible() and not form.has_unsaved()
    assert stored(desk, DISPUTES, form.uid)["heard_on"] == "2020-07-01"
    assert [line[1] for line in _lines(form)] == ["申请日期", "受理日期", "开庭", "审限届满日"]


def test_an_archiving_entered_is_told_once(form: RecordForm, desk: Desk) -> None:
    event = {"kind": "archiving", "title": "归档", "happened_on": "2020-07-14"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    form.timeline.fill({**form.timeline._record, "archived_on": "2020-07-14"})
    assert [line[1] for line in _lines(form)] == ["申请日期", "受理日期", "归档", "审限届满日"]


def test_a_new_record_is_saved_first(form: RecordForm) -> None:
    form.new()
    press(Key.Key_T, CONTROL)
    assert form.banner.isVisible() and form.timeline.dialog is None


def test_a_new_record_has_nothing_of_the_events_of_the_one_before(form: RecordForm, desk: Desk) -> None:
    event = {"kind": "suspension", "title": "中止审理", "happened_on": "2020-06-08", "until": "2020-06-12"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    assert form.body.cells["suspended_days"].editor.value() == 5
    form.new()
    cell = form.body.cells["suspended_days"]
    assert cell.editor.value() is None and not cell.is_closed() and not form.has_unsaved()


def test_a_missing_day_is_said_and_nothing_is_closed(form: RecordForm) -> None:
    press(Key.Key_T, CONTROL)
    dialog = _dialog(form)
    dialog.body.cells["happened_on"].editor.set_value(None)
    dialog.save()
    assert dialog.isVisible() and dialog.body.cells["kind"].has_problem()
    dialog.reject()
    assert all(not entry.uid for entry in form.timeline.entries)


def test_an_unknown_kind_of_event_is_said_as_its_field_is_left(form: RecordForm) -> None:
    form.add_event()
    dialog = _dialog(form)
    kind = dialog.body.cells["kind"]
    dialog.body.focus("kind")
    form_tools.typed("无此事件")
    assert not kind.has_problem()
    press(Key.Key_Tab)
    assert kind.has_problem() and "无此事件" in kind.note.text()
    dialog.reject()


def test_the_day_due_explains_itself(form: RecordForm) -> None:
    texts: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ClockDialog)
        texts.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()

    QTimer.singleShot(0, look)
    press(Key.Key_T, CONTROL | SHIFT)
    told = "\n".join(texts)
    for words in (
        "受理日期",
        "法定期限：45日",
        "2020-07-18",
        "周末",
        "2020-07-20",
        "《劳动争议调解仲裁法》第四十三条",
    ):
        assert words in told
    texts.clear()
    QTimer.singleShot(0, look)
    form.body.cells["due_on"].editor.asked.emit()  # type: ignore[attr-defined]
    assert texts


def test_what_is_doubtful_stands_beside_the_day(form: RecordForm, desk: Desk) -> None:
    def note() -> str:
        return form.body.cells["due_on"].editor.note.text()  # type: ignore[attr-defined,no-any-return]

    assert note() == ""
    form.body.cells["accepted_on"].editor.set_value("2150-06-03")
    form.body.cells["accepted_on"].editor.edited.emit()
    assert note() == "⚠ 2150年放假安排未公布"
    form.open(form.uid)
    event = {"kind": "suspension", "title": "中止审理", "happened_on": "2020-06-08"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    assert note() == "⚠ 自2020-06-08起停止计算"


def test_an_extension_without_approver_is_told_and_completed(form: RecordForm, desk: Desk) -> None:
    uid = form.uid
    assert uid is not None
    attached.save(desk.office, DISPUTES, uid, EVENTS, [EXTENSION])
    form.timeline.again()
    banner = form.timeline.approval
    assert banner.isVisible() and "2020-07-10" in banner.text.text()
    banner.action.click()
    dialog = _dialog(form)
    typed("李局")
    press(Key.Key_S, CONTROL)
    form.qtbot.waitUntil(lambda: not banner.isVisible())  # type: ignore[attr-defined]
    assert not dialog.isVisible()
    assert [event["approved_by"] for event in form.timeline.events] == ["李局"]


def test_a_mere_yes_offers_the_event_while_the_case_is_open(form: RecordForm, desk: Desk) -> None:
    banner = form.timeline.approval
    assert not banner.isVisible()
    form.body.cells["extended"].editor.set_value(1)
    form.body.edited.emit("extended")
    assert banner.isVisible()
    banner.action.click()
    dialog = _dialog(form)
    assert dialog.event_record()["kind"] == "extension" and "uid" not in dialog.event_record()
    dialog.reject()


def test_more_days_than_the_law_allows_are_refused_at_once(form: RecordForm) -> None:
    press(Key.Key_T, CONTROL)
    dialog = _dialog(form)
    typed("延期", ENTER)
    dialog.body.cells["days"].editor.set_value(20)
    dialog._edited("days")
    assert "最多可延长15日" in dialog.body.cells["days"].note.text()
    dialog.save()
    assert dialog.isVisible()
    dialog.body.cells["days"].editor.set_value(15)
    dialog.save()
    assert not dialog.isVisible()


def test_a_suspension_that_is_to_come_is_ended_by_typing_that_the_case_goes_on(
    form: RecordForm, desk: Desk
) -> None:
    event = {"kind": "suspension", "title": "中止审理", "happened_on": "2020-06-29"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    assert _due(form) == "中止" and form.timeline.resume.isVisible()
    press(Key.Key_T, CONTROL)
    first = _dialog(form)
    typed("恢复")
    assert not first.isVisible()
    assert _dialog(form).body.cells["until"].editor.value() == "2020-06-29"


def test_there_is_nothing_to_resume_where_nothing_is_suspended(form: RecordForm) -> None:
    press(Key.Key_T, CONTROL)
    dialog = _dialog(form)
    typed("恢复")
    assert dialog.isVisible() and "没有中止" in dialog.body.cells["kind"].note.text()


def test_a_hearing_within_a_suspension_is_warned_of_in_both_places(form: RecordForm, desk: Desk) -> None:
    event = {"kind": "suspension", "title": "中止审理", "happened_on": "2020-06-10"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.timeline.again()
    press(Key.Key_T, CONTROL)
    dialog = _dialog(form)
    dialog.body.cells["kind"].editor.set_value("hearing")
    dialog.body.cells["happened_on"].editor.set_value("2020-07-01T09:30")
    dialog._edited("happened_on")
    assert "中止" in dialog.body.cells["happened_on"].note.text()
    dialog.save()
    assert ("2020-07-01 09:30", "开庭", "⚠ 在中止审理期间") in _lines(form)


def test_a_hearing_noted_on_the_form_too_is_told_once(form: RecordForm, desk: Desk) -> None:
    event = {"kind": "hearing", "title": "开庭", "happened_on": "2020-07-01T09:30"}
    attached.save(desk.office, DISPUTES, form.uid, EVENTS, [event])
    form.body.cells["heard_on"].editor.set_value("2020-07-01")
    form.timeline.again()
    form.timeline.fill({**form.timeline._record, "heard_on": "2020-07-01"})
    assert [line[1] for line in _lines(form)] == ["申请日期", "受理日期", "开庭", "审限届满日"]
