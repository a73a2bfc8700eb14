"""A part opened in the window: it is called one for as long as it is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.copies import CLERKS, case
from tests.office import new_office
from tracker.operations import merging, parting
from tracker.operations.office import open_office
from tracker.operations.parting import Choice
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.state import State
from tracker.ui.tasks import Tasks


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
