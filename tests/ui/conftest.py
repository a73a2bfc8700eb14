"""What most tests with widgets begin with; a module that needs another one has its own of that name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """An empty file on a desk; everything runs at once."""
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path) as desk:
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    """The window of that file, active."""
    result = MainWindow(desk)
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    return result
