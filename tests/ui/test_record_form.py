"""The form, used as a clerk does: with the keyboard, on a real file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE, TODAY, add, at, note, press, stored, typed
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import editing, working_days
from tracker.schema.continuing import CONTINUES
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.completion import PickLine
from tracker.ui.desk import Desk
from tracker.ui.record_form import RecordForm

Key, Held = Qt.Key, Qt.KeyboardModifier
ENTER, CONTROL, SHIFT = Key.Key_Return, Held.ControlModifier, Held.ShiftModifier
Make = Callable[..., RecordForm]


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.install(qapp, "light")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    with form_tools.desk_on(tmp_path) as desk:
        yield desk


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    def form(ledger: Ledger = DISPUTES, desk: Desk = desk) -> RecordForm:
        result = RecordForm(desk, ledger, today=lambda: TODAY)
        qtbot.addWidget(result, before_close_func=lambda form: form.body.accept())
        result.resize(1060, 700)
        with qtbot.waitActive(result):
            result.show()
            result.activateWindow()
        return result

    return form


def test_a_plain_dispute_takes_six_typed_fields(make: Make, desk: Desk) -> None:
    form = make()
    form.new()
    stops = []
    for text in ("t", "张三", "某某公司", "9", "12000.5", "李仲裁"):
        stops.append(at(form))
        typed(text, *([] if text == "李仲裁" else [ENTER]))
    assert stops == ["accepted_on", "applicant", "respondent", "cause", "claim_amount", "arbitrator"]
    uids: list[str] = []
    form.saved.connect(uids.append)
    press(Key.Key_S, CONTROL)
    record = stored(desk, DISPUTES, uids[0])
    expected = {
        "case_no": "劳人仲字〔2020〕第1号",
        "applied_on": "2020-06-15",
        "accepted_on": "2020-06-15",
        "channel": "onsite",
        "applicant": "张三",
        "applicant_kind": "worker",
        "respondent": "某某公司",
        "workers": 1,
        "cause": "remuneration",
        "claim_amount": 1200050,
        "procedure": "ordinary",
        "arbitrator": "李仲裁",
        "due_on": "2020-07-30",
        "no": 1,
        "created_by": "王书记员",
    }
    assert {key: record[key] for key in expected} == expected
    assert not form.has_unsaved() and "第1号" in form.header.state.text()


def test_the_next_one_takes_four(make: Make, desk: Desk) -> None:
    form = make()
    form.new()
    for text in ("t", "张三", "某某公司", "9", "", "李仲裁"):
        typed(text, *([] if text == "李仲裁" else [ENTER]))
    uids: list[str] = []
    form.saved.connect(uids.append)
    press(ENTER, CONTROL)
    stops = []
    for text in ("王五", "另一公司", "解除", "800"):
        stops.append(at(form))
        typed(text, ENTER)
    press(ENTER, CONTROL)
    assert stops == ["applicant", "respondent", "cause", "claim_amount"]
    second = stored(desk, DISPUTES, uids[1])
    assert (second["case_no"], second["arbitrator"], second["cause"]) == (
        "劳人仲字〔2020〕第2号",
        "李仲裁",
        "dismissal",
    )
    assert not form.has_unsaved() and form.body.cells["applicant"].editor.value() is None


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_ledger_has_its_form(ledger: Ledger, make: Make) -> None:
    form = make(ledger)
    form.new()
    assert list(form.body.cells) == [f.key for f in ledger.entered]
    assert at(form) and not form.has_unsaved()
    reached = [at(form)]
    for _turn in range(len(ledger.inputs) + 5):
        press(Key.Key_Tab)
        if not at(form):
            break
        reached.append(at(form))
    order = [f.key for f in ledger.inputs if not form.body.cells[f.key].isHidden()]
    assert reached == order[order.index(reached[0]) :]


def test_enter_and_shift_enter_go_forth_and_back(make: Make, desk: Desk) -> None:
    form = make()
    form.open(add(desk, DISPUTES, DISPUTE))
    assert at(form) == "case_no"
    press(ENTER)
    assert at(form) == "channel", "passes what is filled in, and the day of refusal that acceptance rules out"
    press(ENTER)
    assert at(form) == "claim_amount"
    press(ENTER, SHIFT)
    assert at(form) == "cause"


def test_enter_on_a_new_record_passes_over_what_is_there_already(make: Make) -> None:
    form = make()
    form.new(given={CONTINUES.key: "another", "applicant": "张三", "respondent": "某某公司"})
    assert at(form) == "accepted_on"
    typed("t", ENTER)
    assert at(form) == "cause", "the parties were given"
    typed("9", ENTER)
    assert at(form) == "claim_amount"
    press(ENTER, SHIFT)
    press(ENTER, SHIFT)
    assert at(form) == "workers", "back goes through every field"
    typed("2", ENTER)
    assert at(form) == "claim_amount", "what was typed is not asked for again"
    form.body.focus("respondent")
    press(Key.Key_Delete)
    press(ENTER, SHIFT)
    press(ENTER)
    assert at(form) == "respondent", "it was emptied"


def test_a_register_begins_at_its_name(make: Make) -> None:
    form = make(EMPLOYERS)
    form.new()
    assert at(form) == EMPLOYERS.number == "name"


def test_the_number_follows_the_year_while_it_is_the_proposed_one(make: Make) -> None:
    form = make()
    form.new()
    number = form.body.cells["case_no"].editor
    assert number.value() == "劳人仲字〔2020〕第1号"
    form.body.focus("applied_on")
    typed("20191230", ENTER)
    assert number.value() == "劳人仲字〔2019〕第1号"
    form.body.focus("case_no")
    typed("88", ENTER)
    form.body.focus("applied_on")
    typed("20200105", ENTER)
    assert number.value() == "88"


def test_the_day_the_limit_ends_follows_what_is_typed(make: Make) -> None:
    form = make()
    form.new()
    form.body.focus("accepted_on")
    typed("20200601")
    shown = form.body.cells["due_on"].editor
    assert shown.value() == "2020-07-16"
    form.body.focus("extended")
    typed("y")
    assert shown.value() == "2020-07-31"


@pytest.mark.parametrize(
    ("names", "heads"),
    [("张三", 1), ("张三、李四，王五", 3), ("张三、李四等12人", 12), ("吴九等３名职工", 3)],
)
def test_the_workers_are_counted_from_the_names(make: Make, names: str, heads: int) -> None:
    form = make()
    form.new()
    form.body.focus("applicant")
    typed(names, ENTER)
    assert form.body.record()[0]["workers"] == heads
    assert at(form) == "respondent"


def test_a_number_of_workers_that_the_clerk_gave_stays(make: Make) -> None:
    form = make()
    form.new()
    form.body.focus("workers")
    typed("20", Key.Key_Tab)
    form.body.focus("applicant")
    typed("张三、李四", ENTER)
    assert form.body.record()[0]["workers"] == 20


def test_a_saved_number_of_workers_does_not_follow_the_names(make: Make, desk: Desk) -> None:
    form = make()
    form.open(add(desk, DISPUTES, DISPUTE))
    form.body.focus("applicant")
    typed("张三、李四", ENTER)
    assert form.body.record()[0]["workers"] == 1


def test_a_half_typed_code_is_not_called_wrong_and_its_list_stays_under_it(make: Make, qtbot: QtBot) -> None:
    form = make()
    form.new()
    form.body.focus("cause")
    typed("3.5万", ENTER)
    assert "3.5万" in note(form, "cause")
    form.body.focus("cause")
    typed("工伤")
    line = form.body.cells["cause"].editor.focusProxy()
    assert isinstance(line, PickLine) and line.is_open() and note(form, "cause") == ""
    form.area.verticalScrollBar().setValue(30)
    qtbot.waitUntil(lambda: line.dropdown.y() == line.mapTo(form, QPoint(0, line.height() + 2)).y())
    press(ENTER)
    assert form.body.record()[0]["cause"] == "work_injury"


def test_fields_show_when_they_matter(make: Make) -> None:
    form = make()
    form.new()
    cells = form.body.cells
    assert cells["award_result"].isHidden() and cells["hearing_mode"].isHidden()
    form.body.focus("heard_on")
    typed("20200610", ENTER)
    assert cells["hearing_mode"].isVisible() and at(form) == "hearing_session"
    form.body.focus("closing_method")
    typed("终局", ENTER)
    assert cells["award_result"].isVisible()
    typed("1", ENTER)
    form.body.focus("closing_method")
    typed("调解", ENTER)
    assert cells["award_result"].isVisible(), "a value that is there stays visible"
    assert "只" in note(form, "award_result") or note(form, "award_result")


def test_problems_appear_as_a_field_is_left_and_go_when_it_is_mended(make: Make) -> None:
    form = make()
    form.new()
    typed("2020-13-05")
    assert note(form, "accepted_on") == ""
    press(ENTER)
    assert "2020-13-05" in note(form, "accepted_on")
    press(ENTER)
    assert "申请人" in note(form, "applicant") and not note(form, "respondent")
    form.body.focus("accepted_on")
    typed("20200601")
    press(Key.Key_Tab)
    assert "2020-06-15" in note(form, "accepted_on"), "accepted before it was applied for"
    form.body.focus("applied_on")
    typed("20200601")
    press(Key.Key_Tab)
    assert note(form, "accepted_on") == ""


def test_a_problem_stands_below_its_field_after_the_columns_have_changed(make: Make, qtbot: QtBot) -> None:
    form = make()
    form.resize(700, 700)
    form.resize(1060, 700)
    form.new()
    typed("2020-13-05")
    press(ENTER)
    cell = form.body.cells["accepted_on"]
    qtbot.waitUntil(lambda: cell.note.y() >= cell.editor.geometry().bottom())


def test_saving_with_problems_is_refused_and_keeps_everything(make: Make, desk: Desk) -> None:
    form = make()
    form.new()
    form.body.focus("respondent")
    typed("某某公司", ENTER)
    saved: list[str] = []
    form.saved.connect(saved.append)
    press(Key.Key_S, CONTROL)
    assert at(form) == "applicant" and "申请人" in note(form, "applicant") and not saved
    assert form.has_unsaved() and form.body.cells["respondent"].editor.value() == "某某公司"
    typed("张三")
    press(Key.Key_S, CONTROL)
    assert saved and not form.has_unsaved()


def test_a_number_given_twice_is_said_beside_it(make: Make, desk: Desk) -> None:
    add(desk, DISPUTES, DISPUTE)
    form = make()
    form.new()
    form.body.focus("case_no")
    typed(str(DISPUTE["case_no"]))
    press(Key.Key_Tab)
    assert "第7号" in note(form, "case_no")
    form.body.focus("applicant")
    typed("张三", ENTER)
    typed("某某公司")
    press(Key.Key_S, CONTROL)
    assert at(form) == "case_no" and form.has_unsaved()


def test_warnings_block_nothing(make: Make, desk: Desk) -> None:
    form = make(INSPECTIONS)
    form.new()
    for text in ("工地", "张一", "1", "", "", "某某公司", "用工", ""):
        typed(text, ENTER)
    with_saved: list[str] = []
    form.saved.connect(with_saved.append)
    press(Key.Key_S, CONTROL)
    assert with_saved and note(form, "officers")
    assert form.body.cells["officers"].note.property("role") == "warning"


def test_a_change_is_saved_and_named_at_the_foot(make: Make, desk: Desk) -> None:
    form = make()
    uid = add(desk, DISPUTES, DISPUTE)
    form.open(uid)
    form.body.focus("clerk")
    typed("赵书记", ENTER)
    assert form.has_unsaved()
    press(Key.Key_S, CONTROL)
    assert stored(desk, DISPUTES, uid)["clerk"] == "赵书记"
    assert not form.has_unsaved() and "王书记员" in form.footer.history.accessibleName()
    assert DISPUTE["case_no"] in form.header.title.accessibleName()


@pytest.mark.parametrize(
    ("word", "leaves", "saves"), [("保存", True, True), ("不保存", True, False), ("继续编辑", False, False)]
)
def test_closing_with_unsaved_work_asks(make: Make, desk: Desk, word: str, leaves: bool, saves: bool) -> None:
    form = make()
    uid = add(desk, DISPUTES, DISPUTE)
    form.open(uid)
    form.body.focus("clerk")
    typed("赵书记")
    closed: list[bool] = []
    form.closed.connect(lambda: closed.append(True))

    def press_it() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        chosen = next(button for button in box.buttons() if button.text() == word)
        form_tools.QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press_it)
    press(Key.Key_Escape)
    assert bool(closed) is leaves
    assert (stored(desk, DISPUTES, uid)["clerk"] == "赵书记") is saves
    if not leaves:
        assert form.has_unsaved()


def test_closing_without_changes_asks_nothing(make: Make, desk: Desk, qtbot: QtBot) -> None:
    form = make()
    form.new()
    with qtbot.waitSignal(form.closed):
        press(Key.Key_Escape)


def test_a_record_that_is_gone_is_said_to_be(make: Make) -> None:
    form = make()
    form.open("no-such-record")
    assert form.banner.isVisible() and form.banner.text.text()


def test_enter_at_the_end_leads_to_saving(make: Make, desk: Desk) -> None:
    form = make()
    form.open(add(desk, DISPUTES, DISPUTE))
    form.body.focus("remarks")
    typed("", ENTER)
    assert at(form) == "remarks", "Enter is a new line there"
    press(Key.Key_Tab)
    assert form_tools.focused() is form.header.save
    press(ENTER)
    assert not form.has_unsaved()


def test_the_focused_field_is_always_in_sight(make: Make) -> None:
    form = make()
    form.resize(700, 420)
    form.new()
    for key in ("remarks", "applicant", "closing_method"):
        form.body.focus(key)
        cell = form.body.cells[key]
        top = cell.mapTo(form.area.viewport(), cell.rect().topLeft()).y()
        assert top >= 0 and top + cell.height() <= form.area.viewport().height(), key


def test_the_real_worker_saves_and_goes_on(
    qtbot: QtBot, make: Make, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with form_tools.desk_on(tmp_path_factory.mktemp("worker"), instant=False) as desk:
        form = make(DISPUTES, desk)
        form.new()
        uids: list[str] = []
        form.saved.connect(uids.append)
        for text in ("t", "张三", "某某公司"):
            typed(text, ENTER)
        press(ENTER, CONTROL)
        assert len(uids) == 1 and at(form) == "applicant"
        typed("李四", ENTER)
        typed("另一公司", ENTER)
        press(Key.Key_S, CONTROL)
        qtbot.waitUntil(lambda: len(uids) == 2 and not form.has_unsaved())
        assert stored(desk, DISPUTES, uids[1])["case_no"] == "劳人仲字〔2020〕第2号"


def test_names_typed_before_complete_themselves(qtbot: QtBot, make: Make, desk: Desk) -> None:
    add(desk, DISPUTES, DISPUTE)
    form = make()
    form.new()
    form.body.focus("respondent")
    typed("建筑")
    line = form_tools.focused()
    qtbot.waitUntil(lambda: line.is_open())  # type: ignore[attr-defined]
    press(ENTER)
    assert form.body.cells["respondent"].editor.value() == "建筑", "Enter keeps what was typed"
    form.body.focus("respondent")
    typed("建筑")
    qtbot.waitUntil(lambda: line.is_open())  # type: ignore[attr-defined]
    press(Key.Key_Down)
    press(ENTER)
    assert form.body.cells["respondent"].editor.value() == DISPUTE["respondent"]
    assert editing.check(desk.office, DISPUTES, form.body.record()[0]) is not None


def test_what_is_typed_while_saving_is_kept(
    qtbot: QtBot, make: Make, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with form_tools.desk_on(tmp_path_factory.mktemp("worker"), instant=False) as desk:
        form = make(DISPUTES, desk)
        uid = add(desk, DISPUTES, DISPUTE)
        form.open(uid)
        form.body.focus("clerk")
        typed("赵书记")
        go = threading.Event()
        desk.run(lambda office, progress: go.wait(5), lambda done: None)
        with qtbot.waitSignal(form.saved):
            press(Key.Key_S, CONTROL)
            press(ENTER)
            form.body.focus("workers")
            typed("12")
            go.set()
        assert stored(desk, DISPUTES, uid)["clerk"] == "赵书记"
        assert form.body.cells["workers"].editor.value() == 12 and form.has_unsaved()
        with qtbot.waitSignal(form.saved):
            press(Key.Key_S, CONTROL)
        assert stored(desk, DISPUTES, uid)["workers"] == 12 and not form.has_unsaved()


def test_a_proposed_number_that_another_took_meanwhile_is_replaced(make: Make, desk: Desk) -> None:
    form = make()
    form.new()
    proposed = str(form.body.cells["case_no"].editor.value())
    add(desk, DISPUTES, {**DISPUTE, "case_no": proposed})
    form.body.focus("applicant")
    typed("李四", ENTER)
    typed("另一公司")
    press(Key.Key_S, CONTROL)
    assert form.body.cells["case_no"].editor.value() == "劳人仲字〔2020〕第2号"
    assert "第2号" in form.header.state.text() and not form.has_unsaved()


def test_a_file_that_cannot_be_written_is_said_and_nothing_typed_is_lost(make: Make, desk: Desk) -> None:
    form = make()
    form.new()
    form.body.focus("applicant")
    typed("李四", ENTER)
    typed("另一公司")
    desk.office.db.connection.execute("PRAGMA query_only = ON")
    press(Key.Key_S, CONTROL)
    assert form.banner.isVisible() and form.has_unsaved()
    assert form.body.cells["applicant"].editor.value() == "李四"
    desk.office.db.connection.execute("PRAGMA query_only = OFF")
    saved: list[str] = []
    form.saved.connect(saved.append)
    press(Key.Key_S, CONTROL)
    assert saved and not form.banner.isVisible() and not form.has_unsaved()


def test_a_record_changed_elsewhere_is_shown_anew(make: Make, desk: Desk) -> None:
    form = make()
    uid = add(desk, DISPUTES, DISPUTE)
    form.open(uid)
    desk.run(
        lambda office, progress: editing.save(office, DISPUTES, {"clerk": "钱书记"}, uid), lambda saved: None
    )
    assert form.body.cells["clerk"].editor.value() == "钱书记" and not form.has_unsaved()
    form.body.focus("clerk")
    typed("赵")
    desk.run(lambda office, progress: editing.save(office, DISPUTES, {"workers": 3}, uid), lambda saved: None)
    assert form.body.cells["clerk"].editor.text() == "赵", "what is being typed stays"
    press(Key.Key_S, CONTROL)
    assert (stored(desk, DISPUTES, uid)["clerk"], stored(desk, DISPUTES, uid)["workers"]) == ("赵", 3)
    assert form.body.cells["workers"].editor.value() == 3


def test_the_day_due_follows_the_calendar_while_the_form_is_open(make: Make, desk: Desk) -> None:
    form = make()
    form.open(add(desk, DISPUTES, DISPUTE))
    shown = form.body.cells["due_on"].editor
    assert shown.value() == "2020-07-20"  # the 18th is a Saturday
    desk.run(
        lambda office, _p: working_days.set_days(office, {date(2020, 7, 20): False}), lambda _changed: None
    )
    assert shown.value() == "2020-07-21"
    assert not form.has_unsaved()
