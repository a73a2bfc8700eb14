"""Records that name each other, in the window: marks, suggestions, related records, going there and back, combining."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.linked import BODIES, FIRMS, SUITS, firm, linked_office, suit
from tests.ui.form_tools import focused, note, press, stored, typed
from tracker.operations.editing import save
from tracker.operations.office import Office
from tracker.ui import theme
from tracker.ui.combine_dialog import AlikeDialog, CombineDialog
from tracker.ui.completion import DETAIL, PickLine
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.record_form import RecordForm
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

Key, Held = Qt.Key, Qt.KeyboardModifier
ENTER, ALT, CONTROL = Key.Key_Return, Held.AltModifier, Held.ControlModifier
Show = Callable[[str], MainWindow]
CODE = "91110116MA01WXYZ8A"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    found = Desk(linked_office(tmp_path / "cases.db"), Tasks(instant=True), State(tmp_path / "state.json"))
    yield found
    found.close()


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.office


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Show:
    def make(key: str) -> MainWindow:
        result = MainWindow(desk)
        qtbot.addWidget(result, before_close_func=forget)
        result.resize(1280, 720)
        with qtbot.waitActive(result):
            result.show()
            result.activateWindow()
        result.go(Place(key))
        return result

    return make


def forget(window: MainWindow) -> None:
    """Let the window close without asking, also where a test has failed."""
    for made in window.stack.pages.values():
        if isinstance(made, LedgerPage):
            made.form.body.accept()


def settle() -> None:
    """Let the cards under the form be filled, one a turn."""
    for _turn in range(20):
        QTest.qWait(0)


def to_front(dialog: QDialog) -> None:
    """Give a dialog the keyboard, as a screen does."""
    dialog.activateWindow()
    for _turn in range(100):
        if dialog.isAncestorOf(focused()):
            return
        QTest.qWait(10)
    raise AssertionError(f"{dialog} was not activated")


def page(window: MainWindow) -> LedgerPage:
    found = window.current
    assert isinstance(found, LedgerPage)
    return found


def opened(window: MainWindow, uid: str) -> RecordForm:
    """The form in front, showing that record."""
    form = page(window).form
    assert form.shows(uid)
    return form


def offered() -> list[tuple[str, str]]:
    """What the list under the line offers, with what is grey beside it."""
    line = focused()
    assert isinstance(line, PickLine) and line.is_open()
    items = [line.dropdown.item(n) for n in range(line.dropdown.count())]
    return [(item.text(), item.data(DETAIL)) for item in items]


def enter(form: RecordForm, key: str, text: str) -> None:
    """Type into a field and leave it."""
    form.body.focus(key)
    typed(text, Key.Key_Tab)


def test_known_records_are_offered_before_what_was_typed(window: Show, office: Office, qtbot: QtBot) -> None:
    firm(office, "安居公司", code=CODE, town="怀柔镇")
    suit(office, 1, parties="安居小店")
    shown = window("suits")
    page(shown).new_record()
    form = page(shown).form
    form.body.focus("parties")
    typed("张三、")
    typed("安居")
    qtbot.waitUntil(lambda: isinstance(focused(), PickLine) and focused().is_open())  # type: ignore[attr-defined]
    assert offered() == [("安居公司", f"{CODE} · 怀柔镇"), ("安居小店", "")]
    press(Key.Key_Down)
    press(ENTER)
    assert form.body.record()[0]["parties"] == "张三、安居公司"


def test_a_paired_body_is_proposed_and_offered(window: Show, office: Office) -> None:
    for n, judge in ((1, "李"), (2, "王"), (3, "王")):
        save(office, BODIES, {"body_no": f"B{n}", "title": f"第{n}调委会", "arbitrator": judge})
    shown = window("suits")
    page(shown).new_record()
    form = page(shown).form
    enter(form, "judge", "李")
    assert form.body.record()[0]["body"] == "第1调委会" and "body" not in form.body.changed()
    enter(form, "judge", "王")
    assert form.body.record()[0]["body"] is None  # two of them: the clerk chooses
    form.body.focus("body")
    press(Key.Key_Down)
    assert [name for name, _detail in offered()] == ["第3调委会", "第2调委会"]
    press(Key.Key_Escape)
    enter(form, "body", "第2调委会")
    enter(form, "judge", "李")
    assert form.body.record()[0]["body"] == "第2调委会"  # what was typed stays


def test_a_link_to_nothing_is_warned_of_and_entered_and_one_comes_back(window: Show, office: Office) -> None:
    shown = window("suits")
    page(shown).new_record()
    form = page(shown).form
    enter(form, "payer", "新公司")
    assert "未在" in note(form, "payer") and form.links.marks["payer"].action.isVisible()
    form.body.focus("payer")
    press(ENTER, ALT)
    other = page(shown).form
    assert other.ledger is FIRMS and other.body.record()[0]["name"] == "新公司" and other.has_unsaved()
    press(Key.Key_S, CONTROL)
    shown.back()
    assert page(shown).form is form and form.has_unsaved()
    assert note(form, "payer") == ""
    form.body.focus("payer")
    press(ENTER, ALT)
    assert page(shown).ledger is FIRMS and page(shown).shown_uid


def test_of_several_names_one_is_chosen(window: Show, office: Office) -> None:
    uid = firm(office, "甲公司")
    case = suit(office, 1, parties="甲公司、乙公司")
    shown = window("suits")
    page(shown).open_record(case)
    mark = page(shown).form.links.marks["parties"]
    menu = mark.menu()
    assert [action.text() for action in menu.actions()] == ["打开firm：甲公司", "登记为新的firm：乙公司"]
    menu.actions()[0].trigger()
    menu.close()
    opened(shown, uid)


def test_a_firms_page_shows_what_names_it(window: Show, office: Office) -> None:
    uid = firm(office, "甲公司")
    cases = [suit(office, n, parties="甲公司", payer="甲公司" if n < 3 else None) for n in range(1, 8)]
    shown = window("firms")
    page(shown).open_record(uid)
    settle()
    related = page(shown).form.related
    parties, payer = [card for card in related.cards if not card.isHidden()]
    assert (parties.title.accessibleName(), parties.every.text()) == ("Pleas · 当事人", "全部 7 条")
    assert parties.table.model().rowCount() == 5 and payer.table.model().rowCount() == 2
    assert parties.table.model().index(0, 0).data() == "诉〔2020〕7号"
    assert page(shown).form.header.related.text() == "相关记录 9"
    press(Key.Key_J, CONTROL)
    assert focused() is parties.table
    press(Key.Key_Down)
    press(ENTER)
    opened(shown, cases[5])
    shown.back()
    opened(shown, uid)
    shown.forward()
    opened(shown, cases[5])


def test_all_of_a_card_are_listed_and_one_comes_back_to_the_firm(window: Show, office: Office) -> None:
    uid = firm(office, "甲公司", former_names="老厂")
    for n in range(1, 8):
        suit(office, n, parties="老厂、丙" if n < 4 else "甲公司分店")
    shown = window("firms")
    page(shown).open_record(uid)
    settle()
    page(shown).form.related.cards[0].every.click()
    assert page(shown).ledger is SUITS and len(page(shown).model.ids) == 3
    assert page(shown).caption.text.text() == "当事人为“甲公司”的记录"
    press(Key.Key_Escape)
    opened(shown, uid)


def test_two_records_of_one_ledger_are_gone_between(window: Show, office: Office) -> None:
    first = suit(office, 1)
    second = suit(office, 2, earlier="诉〔2020〕1号")
    shown = window("suits")
    page(shown).open_record(second)
    settle()
    related = page(shown).form.related
    assert related.cards[0].table.model().index(0, 1).data() == "诉〔2020〕1号"
    QTest.mouseClick(related.cards[0].table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    opened(shown, first)
    shown.back()
    opened(shown, second)
    shown.back()
    assert not isinstance(shown.current, LedgerPage) or page(shown).form.shows(second)


def test_related_records_follow_what_others_enter(window: Show, office: Office, desk: Desk) -> None:
    uid = firm(office, "甲公司")
    shown = window("firms")
    page(shown).open_record(uid)
    settle()
    related = page(shown).form.related
    assert related.isVisible() and not related.empty.isHidden() and "尚无" in related.empty.text()
    desk.run(
        lambda o, _p: save(o, SUITS, {"suit_no": "1", "filed_on": "2020-01-01", "payer": "甲公司"}),
        lambda _s: None,
    )
    settle()
    assert related.empty.isHidden() and related.cards[0].every.text() == "全部 1 条"
    page(shown).new_record()
    assert related.isHidden()


def test_two_selected_entries_are_combined_and_taken_apart(window: Show, office: Office, desk: Desk) -> None:
    keep, drop = firm(office, "甲公司", town="怀柔镇"), firm(office, "乙公司", town="雁栖镇", phone="1")
    case = suit(office, 1, payer="乙公司")
    shown = window("firms")
    press(Key.Key_M, CONTROL)
    assert "选中两条" in page(shown).banner.text.text()
    page(shown).table.selectAll()
    press(Key.Key_M, CONTROL)
    dialog = shown.findChild(CombineDialog)
    assert dialog is not None
    side = [record["name"] for record in dialog._records].index("甲公司")
    dialog.keep.button(side).click()
    town, phone = dialog.pairs
    assert (town.value(), phone.value()) == ("怀柔镇", "1")
    assert "1 条" in dialog.links.text()
    town.buttons_[1 - side].click()
    to_front(dialog)
    press(ENTER)
    assert [stored(desk, FIRMS, keep)[key] for key in ("town", "phone", "former_names")] == [
        "雁栖镇",
        "1",
        "乙公司",
    ]
    assert stored(desk, SUITS, case)["payer"] == "甲公司" and len(page(shown).model.ids) == 1
    page(shown).banner.action.click()
    assert stored(desk, SUITS, case)["payer"] == "乙公司" and len(page(shown).model.ids) == 2
    assert stored(desk, FIRMS, keep)["town"] == "怀柔镇" and stored(desk, FIRMS, drop)["binned_at"] is None


def test_entries_made_twice_are_found_and_combined(window: Show, office: Office, desk: Desk) -> None:
    one, other = firm(office, "北京安居建筑有限公司"), firm(office, "安居建筑有限责任公司")
    firm(office, "别的公司")
    shown = window("firms")
    page(shown).open_record(one)
    related = page(shown).form.related
    assert not related.banner.isHidden() and "名称相近" in related.banner.text.text()
    page(shown).form.close_form()
    press(Key.Key_M, CONTROL | Held.ShiftModifier)
    dialog = shown.findChild(AlikeDialog)
    assert dialog is not None and [alike.uids for alike in dialog.found] == [(one, other)]
    to_front(dialog)
    press(ENTER)
    second = shown.findChild(CombineDialog)
    assert second is not None
    second.ok.click()
    assert dialog.found == () and stored(desk, FIRMS, other)["binned_at"]
    dialog.reject()


def test_an_unsaved_form_is_asked_about_before_another_record_takes_its_place(
    window: Show, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid, case = firm(office, "甲公司"), suit(office, 1, payer="甲公司")
    shown = window("suits")
    page(shown).new_record()
    enter(page(shown).form, "judge", "李")
    shown.go(Place("firms"))
    page(shown).open_record(uid)
    settle()
    monkeypatch.setattr("tracker.ui.record_form.ask_unsaved", lambda form: "stay")
    page(shown).form.related.cards[0].table.opened.emit(0)
    assert shown.here == Place("firms", uid=uid)
    monkeypatch.setattr("tracker.ui.record_form.ask_unsaved", lambda form: "discard")
    shown.go(Place("firms"))
    page(shown).form.related.cards[0].table.opened.emit(0)
    opened(shown, case)
