"""Writing a part in the window: how many are chosen is said first, and a file that is there is never replaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.copies import CLERKS, case
from tests.office import WHO, new_office
from tracker.operations.office import open_office
from tracker.operations.verifying import verify
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.file_names import FOLDER
from tracker.ui.part_dialog import PartDialog
from tracker.ui.state import State
from tracker.ui.tasks import Tasks


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "office.db", CLERKS[0])
    case(office, "1号")
    case(office, "2号", applied_on="2021-05-06")
    desk = Desk(office, Tasks(instant=True), State(tmp_path / "state.json"))
    desk.state.set(FOLDER, str(tmp_path))
    yield desk
    desk.close()


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> PartDialog:
    found = PartDialog(desk, date(2021, 6, 1))
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(found)
    with qtbot.waitActive(found):
        found.open()
    return found


def test_what_is_chosen_is_counted_and_written(dialog: PartDialog, qtbot: QtBot) -> None:
    assert "2 条" in dialog.count.text()
    QTest.keyClick(dialog.ledgers, Qt.Key.Key_Space)
    QTest.keyClicks(dialog.period, "2021")
    qtbot.waitUntil(lambda: "1 条" in dialog.count.text())
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.made and dialog.made.records == {"disputes": 1} and dialog.banner.isVisible()
    assert "2021" in dialog.made.path.name
    with closing(open_office(dialog.made.path, WHO)) as part:
        assert verify(part).sound
    dialog.write()
    assert dialog.banner.property("banner") == "danger"  # it is there already


def test_enter_in_the_fresh_dialog_writes_nothing_before_everything_is_meant(
    dialog: PartDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    assert any("没有遮盖" in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    before = sorted(tmp_path.iterdir())
    for _time in range(2):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        QTest.qWait(150)
    assert sorted(tmp_path.iterdir()) == before and "全部记录" in dialog.banner.text.text()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_A, held)
    qtbot.waitUntil(lambda: dialog.made is not None)
    assert dialog.made and dialog.made.records == {"disputes": 2}


def test_days_that_cannot_be_read_write_nothing(dialog: PartDialog, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    dialog.period.setText("昨天前后")
    dialog.look()
    dialog.write()
    assert dialog.banner.property("banner") == "danger" and dialog.made is None
    assert sorted(tmp_path.iterdir()) == before


def test_whose_records_are_offered_by_name(dialog: PartDialog) -> None:
    assert "甲" in [dialog.person.itemText(n) for n in range(dialog.person.count())]
    dialog.person.setEditText("无此人")
    dialog.look()
    assert "无" in dialog.count.text()
