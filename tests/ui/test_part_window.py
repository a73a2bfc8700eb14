"""A part opened in the window: it is called one for as long as it is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.copies import CLERKS, case
from tests.office import new_office
from tracker.operations import merging, parting
from tracker.operations.office import open_office
from tracker.operations.parting import Choice
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.main_window import MainWindow
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """A whole file, and a part of it."""
    whole, part = tmp_path / "whole.db", tmp_path / "part.db"
    with closing(new_office(whole, CLERKS[0])) as office:
        case(office, "1号")
        case(office, "2号", applied_on="2021-05-06")
        parting.write(office, Choice(first="2021-01-01"), part)
    return whole, part


@pytest.fixture
def desk(qapp: QApplication, paths: tuple[Path, Path], tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    desk = Desk(open_office(paths[1], CLERKS[1]), Tasks(instant=True), State(tmp_path / "state.json"))
    yield desk
    desk.close()


def test_the_note_stays_until_the_whole_file_is_in_it(
    desk: Desk, paths: tuple[Path, Path], qtbot: QtBot
) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    banner = window.banner
    assert banner.isVisible() and "部分文件" in banner.text.text() and not banner.cross.isVisible()
    desk.run(lambda office, _p: case(office, "3号"), lambda _uid: None)
    assert "部分文件" in banner.text.text()
    desk.run(lambda office, _p: merging.merge(office, paths[0]), lambda _merged: None)
    assert not banner.isVisible()


@pytest.mark.parametrize("place", ("statistics", "freezes"))
def test_a_part_does_not_offer_to_freeze(desk: Desk, qtbot: QtBot, place: str) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.go(Place(place))
    if isinstance(window.current, FreezesPage):
        window.current.ask_freeze()
    else:
        window.actions_by_key["freeze_figures"].trigger()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert "封账" in box.text() and "部分文件" in box.text()
    assert not [one for one in window.findChildren(FreezeDialog) if one.isVisible()]
    box.accept()
