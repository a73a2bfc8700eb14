"""The table of typed rows, which parties of a case and many new records share: steps back, held column, waiting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.effort import tries
from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE, add, desk_on, focused, press, staying
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import batch, parties
from tracker.operations.cells import Wrong
from tracker.ui import theme
from tracker.ui.batch_model import BatchModel
from tracker.ui.batch_window import BatchWindow
from tracker.ui.desk import Desk
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.parties_model import PartiesModel
from tracker.ui.typed_cells import CellLine
from tracker.ui.typed_model import TypedModel
from tracker.ui.typed_window import TypedWindow

Key, Held = Qt.Key, Qt.KeyboardModifier
CTRL = Held.ControlModifier
ROWS = "姓名\t手机号\n" + "\n".join(f"工人{n}号\t138{n:08}" for n in range(1, 41))


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with desk_on(tmp_path) as desk:
        yield desk


def shown(window: TypedWindow, qtbot: QtBot) -> None:
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window, before_close_func=lambda _window: setattr(window, "touched", lambda: False))
    qtbot.addWidget(window.parentWidget())
    window.resize(700, 560)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


@pytest.fixture
def under(qapp: QApplication) -> QWidget:
    return QWidget()


@pytest.fixture(params=["batch", "parties"])
def window(request: pytest.FixtureRequest, desk: Desk, under: QWidget, qtbot: QtBot) -> TypedWindow:
    """Each of the two windows that have the table, with nothing typed."""
    if request.param == "batch":
        made: TypedWindow = BatchWindow(desk, INSPECTIONS, under)
    else:
        made = PartiesDialog(desk, DISPUTES, add(desk, DISPUTES, DISPUTE), under)
    shown(made, qtbot)
    made.grid.start()
    return made


def typed(text: str, *keys: Qt.Key) -> None:
    """A text into the cell in hand, key by key; the first opens its editor."""
    for letter in text:
        QTest.keyClicks(focused(), letter)
    for key in keys:
        QTest.keyClick(focused(), key)


def texts(window: TypedWindow) -> list[dict[str, str]]:
    return [{key: text for key, text in row.texts.items() if text} for row in window.model.rows]


def test_cells_pastes_and_rows_are_taken_back_and_done_again(window: TypedWindow) -> None:
    name = window.model.fields[window.model.naming()].key
    states = [texts(window)]
    typed("Zhang", Key.Key_Return)
    states.append(texts(window))
    window.grid.go_to(1, name)
    QGuiApplication.clipboard().setText("姓名\t地址\n王五\t怀柔镇\n赵六\t雁栖镇")
    press(Key.Key_V, CTRL)
    states.append(texts(window))
    window.grid.go_to(0, name)
    press(Key.Key_Delete)
    states.append(texts(window))
    window.grid.go_to(1, name)
    press(Key.Key_Delete, CTRL)
    states.append(texts(window))
    assert all(before != after for before, after in pairwise(states))
    for state in reversed(states[:-1]):
        press(Key.Key_Z, CTRL)
        assert texts(window) == state
    assert not window.table.undo_button.isEnabled() and window.table.redo_button.isEnabled()
    again = ((Key.Key_Y, CTRL), (Key.Key_Z, CTRL | Held.ShiftModifier)) * 2
    for state, (key, held) in zip(states[1:], again, strict=True):
        press(key, held)
        assert texts(window) == state
    assert not window.table.redo_button.isEnabled()


def test_the_cursor_goes_where_a_step_was_taken_back(window: TypedWindow) -> None:
    window.grid.go_to(0, window.model.fields[3].key)
    typed("9", Key.Key_Return)
    window.grid.start()
    press(Key.Key_Z, CTRL)
    assert (window.grid.currentIndex().row(), window.grid.currentIndex().column()) == (0, 3)


def test_what_is_typed_in_a_cell_is_taken_back_there_first(window: TypedWindow) -> None:
    typed("Zhang")
    before = texts(window)
    line = focused()
    assert isinstance(line, CellLine)
    press(Key.Key_Z, CTRL)
    assert line.text() != "Zhang" and texts(window) == before


def test_a_change_after_steps_back_leaves_nothing_to_do_again(window: TypedWindow) -> None:
    typed("A", Key.Key_Return)
    press(Key.Key_Z, CTRL)
    window.grid.start()
    typed("B", Key.Key_Return)
    after = texts(window)
    press(Key.Key_Y, CTRL)
    assert texts(window) == after


def test_leaving_a_cell_as_it_was_is_no_step_and_enter_makes_no_rows(window: TypedWindow) -> None:
    rows = window.model.rowCount()
    press(Key.Key_F2)
    assert isinstance(focused(), CellLine)
    press(Key.Key_Return)
    window.grid.go_to(rows - 1, window.model.fields[-1].key)
    press(Key.Key_Return)
    assert not window.model.can_undo() and window.model.rowCount() == rows
    assert window.grid.currentIndex().row() == rows - 1


def test_removed_parties_come_back_as_the_same(desk: Desk, under: QWidget, qtbot: QtBot) -> None:
    uid = add(desk, DISPUTES, DISPUTE)
    many = [{"role": "applicant", "name": "张三"}, {"role": "respondent", "name": "北京某某建筑有限公司"}]
    parties.save(desk.office, DISPUTES, uid, many)
    window = PartiesDialog(desk, DISPUTES, uid, under)
    shown(window, qtbot)
    window.grid.go_to(0, "name")
    press(Key.Key_Delete, CTRL)
    assert len(window.parties.removed()) == 1 and window.touched()
    press(Key.Key_Z, CTRL)
    assert window.parties.removed() == () and not window.touched()
    assert window.parties.changed() == []


# what stays in view


def test_the_name_stays_in_view_and_is_typed_there(window: TypedWindow) -> None:
    grid, naming = window.grid, window.model.naming()
    last = window.model.columnCount() - 1
    grid.setCurrentIndex(window.model.index(0, last))
    assert grid.horizontalScrollBar().value() > 0
    held = grid.visualRect(window.model.index(0, naming))
    assert (held.left(), grid.stuck()) == (0, grid.columnWidth(naming))
    assert grid.indexAt(held.center()).column() == naming
    place = grid.horizontalScrollBar().value()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=held.center())
    assert grid.currentIndex().column() == naming and grid.horizontalScrollBar().value() == place
    typed("Zhang")
    assert focused().geometry().left() == 0 and grid.horizontalScrollBar().value() == place
    press(Key.Key_Escape)
    for column in reversed(range(window.model.columnCount())):
        grid.setCurrentIndex(window.model.index(0, column))
        if column != naming and grid.stuck():
            assert grid.visualRect(window.model.index(0, column)).left() >= grid.stuck()


def test_held_column_is_drawn_over_the_others(window: TypedWindow) -> None:
    """The same picture of the column, but for the line at its edge, wherever the others are scrolled to."""
    grid, model = window.grid, window.model
    model.write(0, [{model.fields[model.naming()].key: f"第{n}公司"} for n in range(3)])
    bar = grid.horizontalScrollBar()
    bar.setValue(grid.columnViewportPosition(model.naming()))  # it stands at the edge by itself
    left, width = grid.columnViewportPosition(model.naming()), grid.columnWidth(model.naming()) - 4
    part = grid.viewport().rect().adjusted(0, 0, 0, 0)
    part.setWidth(width)
    assert left == 0 and not grid.stuck()
    before = grid.viewport().grab(part).toImage()
    bar.setValue(bar.maximum())
    assert grid.stuck()
    assert grid.viewport().grab(part).toImage() == before


def test_an_editor_scrolled_under_the_name_is_cut_there(window: TypedWindow, qtbot: QtBot) -> None:
    grid, model = window.grid, window.model
    column = model.naming() + 2
    grid.setCurrentIndex(model.index(0, column))
    typed("1")
    editor = focused()
    bar = grid.horizontalScrollBar()
    bar.setValue(bar.value() + grid.columnViewportPosition(column) - grid.columnWidth(model.naming()) + 20)
    assert editor.mask().boundingRect().left() == 20
    bar.setValue(0)
    assert editor.mask().isEmpty()


def test_headings_under_the_held_one_are_not_pressed(window: TypedWindow) -> None:
    grid = window.grid
    grid.setCurrentIndex(window.model.index(0, window.model.columnCount() - 1))
    widths = [grid.columnWidth(n) for n in range(window.model.columnCount())]
    header = grid.horizontalHeader()
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert len(grid.selectedIndexes()) == 1
    assert widths == [grid.columnWidth(n) for n in range(window.model.columnCount())]


# work under way


@pytest.fixture
def slow(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose worker works beside the window."""
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=False) as desk:
        yield desk


def test_saving_takes_rows_that_are_still_read_and_the_cell_that_is_typed(
    slow: Desk, under: QWidget, qtbot: QtBot
) -> None:
    uid = add(slow, DISPUTES, DISPUTE)
    window = PartiesDialog(slow, DISPUTES, uid, under)
    shown(window, qtbot)
    window.grid.go_to(0, "name")
    window.grid.paste(ROWS)
    assert len(window.model.filled()) == 2  # the worker reads them
    window.grid.go_to(1, "phone")
    typed("01069661234")
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not window.isVisible())
    found = parties.of_record(slow.reader, uid)
    assert len(found) == 42 and found[1]["phone"] == "01069661234"


def test_saving_a_batch_takes_rows_that_are_still_read(slow: Desk, under: QWidget, qtbot: QtBot) -> None:
    window = BatchWindow(slow, INSPECTIONS, under)
    shown(window, qtbot)
    shared = {"officers": "甲", "kind": "special", "items": "工资支付", "place": "怀柔镇"}
    for key, value in shared.items():
        window.cells[key].editor.set_value(value)
    window._show_columns()
    window.grid.start()
    window.grid.paste("\n".join(f"第{n}公司" for n in range(300)))
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert records.count(slow.reader, Query(INSPECTIONS)) == 300


@pytest.mark.parametrize("way", ("stays", "goes on", "types"))
def test_the_cursor_follows_pasted_rows_only_where_the_clerk_has_waited(
    slow: Desk, under: QWidget, qtbot: QtBot, way: str
) -> None:
    window = PartiesDialog(slow, DISPUTES, add(slow, DISPUTES, DISPUTE), under)
    shown(window, qtbot)
    window.grid.go_to(0, "name")
    window.grid.paste(ROWS)
    if way == "goes on":
        window.grid.go_to(1, "phone")
    elif way == "types":
        typed("Zh")
    before = window.grid.currentIndex().row(), window.grid.currentIndex().column()
    qtbot.waitUntil(lambda: len(window.model.filled()) == 42)
    after = window.grid.currentIndex().row(), window.grid.currentIndex().column()
    assert (after == before) is (way != "stays")
    if way == "types":
        line = focused()
        assert isinstance(line, CellLine) and line.text() == "Zh"
        press(Key.Key_Escape)
    elif way == "stays":
        assert after == (2, before[1]), "the first of the new rows"


def test_the_cursor_stays_in_its_column_when_rows_are_removed(window: TypedWindow) -> None:
    window.grid.paste("\n".join(f"甲{n}" for n in range(5)))
    name = window.model.fields[window.model.naming()].key
    window.grid.go_to(2, name)
    press(Key.Key_Delete, CTRL)
    assert window.grid.currentIndex().row() == 2
    assert window.model.fields[window.grid.currentIndex().column()].key == name


def test_leaving_while_rows_are_read_asks(
    slow: Desk, under: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = staying(monkeypatch)
    window = BatchWindow(slow, INSPECTIONS, under)
    shown(window, qtbot)
    window.grid.start()
    window.grid.paste("甲公司\n乙公司")
    window.close()
    assert window.isVisible() and len(asked) == 1 and len(window.model.filled()) == 2


def test_steps_back_wait_for_rows_that_are_still_read(slow: Desk, under: QWidget, qtbot: QtBot) -> None:
    window = BatchWindow(slow, INSPECTIONS, under)
    shown(window, qtbot)
    window.grid.start()
    window.grid.paste("甲公司\n乙公司")
    press(Key.Key_Z, CTRL)
    assert window.model.filled() == [] and window.model.can_redo()
    press(Key.Key_Y, CTRL)
    assert len(window.model.filled()) == 2


def test_nothing_is_typed_or_saved_twice_while_it_is_saved(slow: Desk, under: QWidget, qtbot: QtBot) -> None:
    uid = add(slow, DISPUTES, DISPUTE)
    window = PartiesDialog(slow, DISPUTES, uid, under)
    shown(window, qtbot)
    window.grid.go_to(0, "phone")
    typed("01069661234", Key.Key_Return)
    window.save()
    assert not window.grid.isEnabled()
    window.save()
    window.reject()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(parties.of_record(slow.reader, uid)) == 2


# cells with words to choose from


def test_words_of_a_cell_are_chosen_by_letters(desk: Desk, under: QWidget, qtbot: QtBot) -> None:
    window = PartiesDialog(desk, DISPUTES, add(desk, DISPUTES, DISPUTE), under)
    shown(window, qtbot)
    window.grid.go_to(0, "role")
    typed("bs", Key.Key_Return)  # 被申请人, from its first letters
    assert window.model.rows[0].texts["role"] == "被申请人"
    window.grid.go_to(0, "sex")
    typed("2", Key.Key_Tab)
    assert window.model.rows[0].texts["sex"] == "女"
    window.grid.go_to(0, "sex")
    press(Key.Key_F2)
    line = focused()
    assert isinstance(line, CellLine)
    press(Key.Key_Down)
    assert line.is_open()
    press(Key.Key_Escape)
    assert not line.is_open() and focused() is line and window.isVisible()
    press(Key.Key_Escape)
    assert focused() is window.grid and window.isVisible()


def test_names_that_are_known_are_offered_in_a_cell(desk: Desk, under: QWidget, qtbot: QtBot) -> None:
    form_tools.add(
        desk,
        INSPECTIONS,
        {
            "record_no": "1",
            "target": "北京某某建筑有限公司",
            "checked_on": "2020-06-01",
            "place": "怀柔镇",
            "officers": "甲",
            "kind": "special",
            "items": "工资支付",
        },
    )
    window = BatchWindow(desk, INSPECTIONS, under)
    shown(window, qtbot)
    window.grid.start()
    press(Key.Key_F2)
    line = focused()
    assert isinstance(line, CellLine)
    line.insert("某某")
    line.textEdited.emit(line.text())
    qtbot.waitUntil(line.is_open)
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert window.model.rows[0].texts["target"] == "北京某某建筑有限公司"


# any steps at all


def batch_model() -> TypedModel:
    return BatchModel(INSPECTIONS, batch.columns(INSPECTIONS))


def parties_model() -> TypedModel:
    return PartiesModel(DISPUTES, [{"uid": "1", "role": "applicant", "name": "张三"}])


CELL = st.sampled_from(["", "张三", "2020-06-01", "x", "1.10101E+17", "申请人"])
STEP = st.one_of(
    st.tuples(st.just("type"), st.integers(0, 5), st.integers(0, 6), CELL),
    st.tuples(st.just("paste"), st.integers(0, 3), st.just(0), st.lists(CELL, min_size=1, max_size=4)),
    st.tuples(st.just("remove"), st.integers(0, 5), st.integers(0, 5), st.just("")),
    st.tuples(st.just("empty"), st.integers(0, 5), st.integers(0, 6), st.just("")),
)


def take(model: TypedModel, step: tuple[str, int, int, str | list[str]]) -> None:
    kind, row, column, what = step
    row = min(row, len(model.rows) - 1)
    at = model.index(row, column)
    if kind == "type":
        model.setData(at, what)
    elif kind == "paste":
        model.take(model.reading("\n".join(what), row, column)(), row, column)
    elif kind == "remove":
        model.remove({row, min(column, len(model.rows) - 1)})
    else:
        model.empty([at])


@pytest.mark.parametrize("make", [batch_model, parties_model])
@given(steps=st.lists(STEP, max_size=12))
@settings(max_examples=tries(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_step_is_taken_back_and_done_again(
    qapp: QApplication, make: type[TypedModel], steps: list[tuple[str, int, int, str | list[str]]]
) -> None:
    """And the view is told of every row that comes or goes: Qt's own checker of models looks on."""
    model = make()
    checker = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert checker.model() is model
    states = [model.rows]
    told = [len(model.rows)]
    model.rowsInserted.connect(lambda _parent, first, last: told.append(last - first + 1))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append(first - last - 1))
    for step in steps:
        before = model.rows
        take(model, step)
        if model.rows is not before:
            states.append(model.rows)
        assert sum(told) == len(model.rows) and model.is_blank(model.rows[-1].texts)
    for state in reversed(states[:-1]):
        model.undo()
        assert model.rows == state
    while model.can_undo():
        model.undo()
        assert model.rows == states[0]
    for state in states[1:]:
        model.redo()
        assert model.rows == state
    assert sum(told) == len(model.rows)


def test_what_saving_found_is_marked_until_the_cell_holds_another_text() -> None:
    model = BatchModel(INSPECTIONS, batch.columns(INSPECTIONS))
    key = model.fields[0].key
    model.begin([model.row({key: "甲"})])
    model.tell([Wrong(0, key, "saving refused it", False)])
    at = model.index(0, 0)
    assert (told := model.problem(at)) and told.message == "saving refused it"
    model.setData(at, "乙")
    assert (found := model.problem(at)) is None or found.message != "saving refused it"
    model.undo()
    assert (again := model.problem(at)) and again.message == "saving refused it"
