"""The keys told on the sheet of shortcuts are those that the pages have, and none is missing there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.ui import theme
from tracker.ui.commands import ELSEWHERE
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.statistics_page import StatisticsPage

TOLD = {title: {QKeySequence(keys) for keys, _label in entries} for title, entries in ELSEWHERE}


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path) as desk:
        yield desk


def test_the_keys_of_a_register_are_told(desk: Desk, qtbot: QtBot) -> None:
    page = LedgerPage(desk, EMPLOYERS)
    qtbot.addWidget(page)
    keys = {action.shortcut() for action in page.table.actions()}
    assert keys >= TOLD["In a register, also"]


def test_the_keys_of_a_list_are_told(desk: Desk, qtbot: QtBot) -> None:
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    buttons = [button.shortcut() for button in page.head.findChildren(QPushButton)]
    actions = [action.shortcut() for action in page.table.actions()]
    assert {keys for keys in (*buttons, *actions) if not keys.isEmpty()} == TOLD["In a list"]


def test_the_keys_of_the_period_are_told(desk: Desk, qtbot: QtBot) -> None:
    page = StatisticsPage(desk)
    qtbot.addWidget(page)
    real = {shortcut.key() for shortcut in page.findChildren(QShortcut)}
    assert {QKeySequence("Ctrl+L"), QKeySequence("Ctrl+PgUp"), QKeySequence("Ctrl+PgDown")} <= real
    assert real <= TOLD["In the statistics"]
