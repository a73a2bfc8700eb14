"""Each editor, with real keys: what a clerk types, what it becomes, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import TODAY, focused, press, typed
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.schema.fields import Field, Names, Text, Value
from tracker.schema.ledger import REMARKS
from tracker.schema.values import Invalid
from tracker.ui import theme
from tracker.ui.choice_editors import ChoiceEditor, matches
from tracker.ui.completion import HEIGHT, PickLine
from tracker.ui.day_editor import DayEditor
from tracker.ui.editors import Editor
from tracker.ui.form_body import editor_for

Key, Held = Qt.Key, Qt.KeyboardModifier
Show = Callable[..., Editor]


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.install(qapp, "light")


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """An editor alone on a page, with the focus; `known` are the texts that were typed before."""

    pages: list[QWidget] = []  # Qt's owner of the editors, to be kept as long as they are

    def make(field: Field, value: Value = None, known: tuple[str, ...] = ()) -> Editor:
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        editor = editor_for(field, lambda text, found: found([k for k in known if text in k]), lambda: TODAY)
        column = QVBoxLayout(page)
        column.addWidget(editor)
        column.addWidget(QLineEdit())  # somewhere to go on to
        column.addStretch(1)
        page.resize(500, 500)
        editor.set_value(value)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        return editor

    return make


DAY, MOMENT, MONEY = (
    DISPUTES.field("heard_on"),
    INSPECTIONS.field("checked_on"),
    DISPUTES.field("claim_amount"),
)
COUNT, YESNO = DISPUTES.field("workers"), DISPUTES.field("extended")
METHOD, CAUSE = DISPUTES.field("closing_method"), DISPUTES.field("cause")


@pytest.mark.parametrize(
    ("field", "text", "value", "shown"),
    [
        (DAY, "20200105", "2020-01-05", "2020-01-05"),
        (DAY, "2020-1-5", "2020-01-05", "2020-01-05"),
        (DAY, "1.5", "2020-01-05", "2020-01-05"),
        (DAY, "0105", "2020-01-05", "2020-01-05"),
        (DAY, "今天", "2020-06-15", "2020-06-15"),
        (MOMENT, "2020-1-5 9:30", "2020-01-05T09:30", "2020-01-05 09:30"),
        (MOMENT, "1.5", "2020-01-05", "2020-01-05"),
        (MONEY, "12000.5", 1_200_050, "12,000.50"),
        (MONEY, "3.5万", 3_500_000, "35,000.00"),
        (COUNT, "1200", 1200, "1,200"),
        (METHOD, "终局", "final_award", "终局裁决"),
        (METHOD, "withdrawal", "withdrawal", "撤回申请"),
        (METHOD, "一裁", "final_award", "终局裁决"),
        (METHOD, "2", "final_award", "终局裁决"),
        (METHOD, "", None, ""),
        (DISPUTES.field("case_no"), "京怀[2020]1号", "京怀〔2020〕1号", "京怀〔2020〕1号"),
        (Text(key="a", label="A"), "  甲  ", "甲", "甲"),
    ],
)
def test_what_is_typed_becomes_its_value_as_it_is_left(
    show: Show, field: Field, text: str, value: Value, shown: str
) -> None:
    editor = show(field)
    typed(text)
    editor.settle()
    assert (editor.value(), editor.text()) == (value, shown)


@pytest.mark.parametrize(
    ("field", "text"),
    [(DAY, "2020-02-30"), (DAY, "abc"), (MONEY, "-5"), (MONEY, "x"), (COUNT, "0"), (METHOD, "没有的")],
)
def test_what_cannot_be_is_kept_and_said(show: Show, field: Field, text: str) -> None:
    editor = show(field)
    typed(text)
    editor.settle()
    assert editor.text() == text
    with pytest.raises(Invalid):
        editor.value()


def test_amounts_lose_their_separators_while_they_are_typed(show: Show) -> None:
    editor = show(MONEY, 1_200_050)
    assert editor.text() == "12000.50"
    editor.settle()
    assert editor.text() == "12,000.50" and editor.value() == 1_200_050


def test_a_stored_value_that_is_not_typed_over_stays_as_it_was(show: Show) -> None:
    for field, value in (
        (METHOD, "an_older_code"),
        (REMARKS, "a\r\nb "),
        (Text(key="a", label="A"), "two\nlines"),
    ):
        editor = show(field, value)
        editor.settle()
        assert editor.value() == value


def test_a_choice_filters_as_one_types_and_enter_takes_the_first(show: Show, qtbot: QtBot) -> None:
    editor = show(METHOD)
    line = focused()
    assert isinstance(line, PickLine)
    typed("裁")
    assert line.is_open() and line.dropdown.count() == len(matches(METHOD, "裁"))  # type: ignore[arg-type]
    press(Key.Key_Down)
    with qtbot.waitSignal(editor.advanced):
        press(Key.Key_Return)
    assert editor.value() == matches(METHOD, "裁")[1] and not line.is_open()  # type: ignore[arg-type]


def test_a_choice_opens_by_key_and_by_click_and_escape_closes_only_the_list(show: Show, qtbot: QtBot) -> None:
    editor = show(METHOD, "award")
    line = focused()
    assert isinstance(line, PickLine)
    press(Key.Key_Down, Held.AltModifier)
    assert line.is_open() and line.dropdown.currentItem().text().endswith("非终局裁决")
    press(Key.Key_Escape)
    assert not line.is_open() and editor.value() == "award"
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    item = line.dropdown.item(0)
    place = line.dropdown.visualItemRect(item).center()
    qtbot.mouseClick(line.dropdown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.value() == "mediation" and line.hasFocus()


def test_the_beginning_of_a_label_comes_before_other_words() -> None:
    assert matches(CAUSE, "劳动")[:2] == ["protection", "remuneration"]  # type: ignore[arg-type]
    assert matches(CAUSE, "工资") == ["remuneration"]  # type: ignore[arg-type]
    assert matches(CAUSE, "ldbc")[0] == matches(CAUSE, "laodongbaochou")[0] == "remuneration"  # type: ignore[arg-type]
    assert matches(CAUSE, "baochou") == ["remuneration"]  # type: ignore[arg-type]


def test_several_codes_keep_their_order_and_the_first_is_the_main_one(show: Show, qtbot: QtBot) -> None:
    editor = show(CAUSE)
    typed("9 ")
    typed("解除;")
    typed("工伤")
    with qtbot.waitSignal(editor.advanced):
        press(Key.Key_Return)
    assert editor.value() == "remuneration;dismissal;work_injury"
    chips = [chip.accessibleName() for chip in editor.chips.widgets()]  # type: ignore[attr-defined]
    assert "主" in chips[0] and len(chips) == 3
    assert QApplication.activeWindow() is editor.window(), "no chip was a window of its own for a moment"
    press(Key.Key_Backspace)
    assert editor.value() == "remuneration;dismissal"
    typed("xyz")
    editor.settle()
    with pytest.raises(Invalid):
        editor.value()


def test_a_code_is_not_taken_twice(show: Show) -> None:
    editor = show(CAUSE, "remuneration")
    typed("9 ")
    assert editor.value() == "remuneration"


@pytest.mark.parametrize(
    ("keys", "value"), [("y", 1), ("n", 0), ("1", 1), ("0", 0), (" ", 1), ("  ", 0), ("   ", None), ("yx", 0)]
)
def test_yes_and_no_by_their_keys(show: Show, keys: str, value: Value) -> None:
    editor = show(YESNO)
    typed(keys)
    assert editor.value() == value


def test_yes_and_no_in_chinese_by_arrows_and_mouse(show: Show, qtbot: QtBot) -> None:
    editor = show(YESNO)
    switch = focused()
    for word, value in (("是", 1), ("否", 0)):
        QApplication.sendEvent(switch, QKeyEvent(QEvent.Type.KeyPress, 0, Held.NoModifier, word))
        assert editor.value() == value
    press(Key.Key_Left)
    assert editor.value() == 1
    press(Key.Key_Right)
    assert editor.value() == 0
    press(Key.Key_Backspace)
    assert editor.value() is None
    qtbot.mouseClick(
        switch, Qt.MouseButton.LeftButton, pos=switch.rect().center() - switch.rect().center() / 2
    )
    assert editor.value() == 1


def test_the_calendar_opens_by_key_and_picks_by_enter(show: Show, qtbot: QtBot) -> None:
    editor = show(DAY, "2020-03-10")
    assert isinstance(editor, DayEditor)
    press(Key.Key_Down, Held.AltModifier)
    popup = editor._popup
    assert popup is not None and popup.isVisible()
    assert popup.calendar.selectedDate().toString("yyyy-MM-dd") == "2020-03-10"
    view = popup.calendar.findChild(QWidget, "qt_calendar_calendarview")
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Return)
    assert not popup.isVisible() and editor.value() == "2020-03-11"


def test_days_step_by_arrows_and_moments_keep_their_time(show: Show) -> None:
    editor = show(MOMENT, "2020-02-28T09:30")
    press(Key.Key_Up)
    assert editor.value() == "2020-02-29T09:30"
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert editor.value() == "2020-02-27T09:30"


def test_a_time_typed_alone_is_of_the_day_that_stands_there(show: Show) -> None:
    editor = show(MOMENT, "2020-02-28T09:30")
    assert isinstance(editor, DayEditor)
    editor.line.selectAll()
    typed("14:00", Key.Key_Tab)
    assert editor.value() == "2020-02-28T14:00" and editor.text() == "2020-02-28 14:00"
    editor.set_value(None)
    editor.setFocus()
    typed("14:00", Key.Key_Tab)
    with pytest.raises(Invalid):
        editor.value()


def test_only_the_name_being_typed_completes_itself(show: Show, qtbot: QtBot) -> None:
    editor = show(Names(key="a", label="A", suggest=True), known=("张三、李四平", "李四"))
    typed("王五、李")
    line = focused()
    assert isinstance(line, PickLine)
    qtbot.waitUntil(line.is_open)
    assert [line.dropdown.item(row).text() for row in range(line.dropdown.count())] == ["李四平", "李四"]
    press(Key.Key_Down)
    press(Key.Key_Tab)
    assert editor.value() == "王五、李四平"


@pytest.mark.parametrize("key", [f.key for f in DISPUTES.inputs])
def test_editors_of_one_line_have_one_height(show: Show, key: str) -> None:
    editor = show(DISPUTES.field(key))
    proxy = editor.focusProxy()
    assert proxy is not None and (proxy.height() == HEIGHT or key == "remarks")
    assert not isinstance(editor, ChoiceEditor) or proxy.accessibleName()
