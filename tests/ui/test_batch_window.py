"""A campaign's checks typed like a table: shared values once, cells by Enter, pasted from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import focused
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import cells
from tracker.ui.batch_window import BatchWindow
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.trail import Place

CONTROL = Qt.KeyboardModifier.ControlModifier
SHARED = {
    "checked_on": "2020-06-01",
    "officers": "甲、乙",
    "kind": "special",
    "campaign": "夏季行动",
    "items": "工资支付",
    "place": None,
}


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> BatchWindow:
    main = MainWindow(desk)
    qtbot.addWidget(main)
    main.go(Place("inspections"))
    with qtbot.waitActive(main):
        main.show()
        main.activateWindow()
    QTest.keyClick(main.focusWidget() or main, Qt.Key.Key_B, CONTROL)
    found = main.findChild(BatchWindow)
    assert isinstance(found, BatchWindow)
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    for key, value in SHARED.items():
        found.cells[key].editor.set_value(value)
    found._show_columns()
    found.grid.start()
    return found


def keys(window: BatchWindow) -> list[str]:
    return [field.key for field in window.batch.fields]


def test_what_is_shared_needs_no_column(window: BatchWindow) -> None:
    assert keys(window)[:3] == ["target", "place", "record_no"]
    assert not {key for key, value in SHARED.items() if value} & set(keys(window))
    assert window.grid.currentIndex().column() == 0


def test_cells_are_typed_one_after_the_other_and_saved_together(
    window: BatchWindow, desk: Desk, qtbot: QtBot
) -> None:
    grid = window.grid
    grid.setCurrentIndex(window.batch.index(0, keys(window).index("target")))
    for n in range(2):
        window.batch.setData(window.batch.index(n, keys(window).index("target")), f"第{n}公司")
    grid.setCurrentIndex(window.batch.index(0, keys(window).index("place")))
    for _row in range(2):
        QTest.keyClick(grid, Qt.Key.Key_F2)
        qtbot.waitUntil(lambda: isinstance(focused(), QLineEdit))
        QTest.keyClicks(focused(), "Huairou")
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        assert grid.currentIndex().column() == 2
        grid.setCurrentIndex(window.batch.index(1, keys(window).index("place")))
    window.save()
    found = [*records.each(desk.reader, Query(INSPECTIONS), ("record_no", "target", "place", "campaign"))]
    assert [row[1:] for row in found] == [
        ("第1公司", "Huairou", "夏季行动"),
        ("第0公司", "Huairou", "夏季行动"),
    ]
    assert len({row[0] for row in found}) == 2


def put(window: BatchWindow, key: str, texts: list[str]) -> None:
    """Fill a column from the first row on, as pasting does."""
    fields = window.batch.fields[keys(window).index(key) :][:1]
    window.batch.write(0, cells.spelled(fields, [[text] for text in texts]))


def test_pasted_cells_fill_rows_and_faults_stand_at_their_cells(window: BatchWindow, desk: Desk) -> None:
    column = keys(window).index("targets")
    put(window, "target", [f"第{n}公司" for n in range(20)])
    window.grid.setCurrentIndex(window.batch.index(0, column))
    text = "\r\n".join(("1", "x", *"3" * 18))
    QApplication.clipboard().setText(text)
    QTest.keyClick(window.grid, Qt.Key.Key_V, CONTROL)
    assert len(window.batch.filled()) == 20 and window.batch.rowCount() > 20
    assert window.batch.problem(window.batch.index(1, column)) is not None
    window.save()
    assert window.isVisible() and records.count(desk.reader, Query(INSPECTIONS)) == 0
    window.batch.setData(window.batch.index(1, column), "2")
    window.save()  # the place is required, and still missing
    place = keys(window).index("place")
    assert window.grid.currentIndex() == window.batch.index(0, place)
    fault = window.batch.problem(window.batch.index(0, place))
    assert fault is not None and fault.message in ("地点 未填写，请补填。", fault.message)
    assert "20 行有问题" in window.banner.text.text()
    window.cells["place"].editor.set_value("怀柔镇")
    window._show_columns()
    window.save()
    assert records.count(desk.reader, Query(INSPECTIONS)) == 20 and not window.isVisible()


def test_quoted_cells_stay_whole_and_rows_that_do_not_fit_are_told(window: BatchWindow) -> None:
    column = keys(window).index("target")
    window.grid.setCurrentIndex(window.batch.index(0, column))
    window.grid.paste('"甲\n公司"\t1\r\n乙公司\t2')
    assert [window.batch.rows[n].texts["target"] for n in window.batch.filled()] == ["甲公司", "乙公司"]
    window.grid.paste("\n".join(f"第{n}公司" for n in range(2500)))
    assert len(window.batch.filled()) == 1999
    assert window.banner.isVisible() and "501 行" in window.banner.text.text()
    window.grid.setCurrentIndex(window.batch.index(0, len(window.batch.fields) - 1))
    window.grid.paste("一\t二\t三")
    assert "2 列" in window.banner.text.text()


def test_headings_say_the_columns_and_are_no_row(window: BatchWindow) -> None:
    window.grid.setCurrentIndex(window.batch.index(0, keys(window).index("target")))
    window.grid.paste("序号\t检查地点\t被检查单位\t登记时间\n1\t青春路1号\t甲店\tx\n2\t青春路2号\t乙店\tx")
    texts = [window.batch.rows[n].texts for n in window.batch.filled()]
    assert [(row["target"], row["place"]) for row in texts] == [("甲店", "青春路1号"), ("乙店", "青春路2号")]
    assert "登记时间" in window.banner.text.text() and "序号" not in window.banner.text.text()
    window.grid.setCurrentIndex(window.batch.index(2, keys(window).index("target")))
    window.grid.paste("地点")  # a cell by itself is what it says
    assert window.batch.rows[2].texts["target"] == "地点"


def test_rows_are_pasted_while_the_window_stays_alive(tmp_path: Path, qtbot: QtBot) -> None:
    with form_tools.desk_on(tmp_path, instant=False) as desk:
        shown = BatchWindow(desk, INSPECTIONS)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(shown)
        shown.grid.start()
        shown.grid.paste("\n".join(f"第{n}公司" for n in range(2000)))
        assert shown.batch.filled() == []  # the worker reads them
        qtbot.waitUntil(lambda: len(shown.batch.filled()) == 1999)


def test_delete_after_a_refused_save_clears_only_the_cell_at_fault(window: BatchWindow) -> None:
    target = keys(window).index("target")
    count = keys(window).index("targets")
    put(window, "target", ["甲公司", "乙公司"])
    put(window, "targets", ["3", "二"])
    window.grid.setCurrentIndex(window.batch.index(0, target))
    QTest.keyClick(window.grid, Qt.Key.Key_S, CONTROL)
    assert window.isVisible() and window.grid.currentIndex().row() == 1
    title = window.batch.fields[count].title()
    assert window.banner.text.text().startswith(f"第2行“{title}”：")
    QTest.keyClick(window.grid, Qt.Key.Key_Delete)
    assert [row.texts.get("target") for row in window.batch.rows[:2]] == ["甲公司", "乙公司"]
    assert not window.batch.rows[1].texts[window.batch.fields[count].key]


def test_what_cannot_be_read_above_the_table_is_said_as_it_is_left(window: BatchWindow) -> None:
    kind = window.cells["kind"]
    kind.editor.setFocus(Qt.FocusReason.TabFocusReason)
    form_tools.typed("无此类型")
    form_tools.press(Qt.Key.Key_Tab)
    assert kind.has_problem() and "无此类型" in kind.note.text()
    kind.editor.set_value("special")
    kind.editor.setFocus(Qt.FocusReason.TabFocusReason)
    form_tools.press(Qt.Key.Key_Tab)
    assert not kind.has_problem()
