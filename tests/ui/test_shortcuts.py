"""The keys told on the sheet of shortcuts are those that the pages have, and none is missing there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.ui import theme
from tracker.ui.attachments_panel import AttachmentsPanel
from tracker.ui.batch_window import BatchWindow
from tracker.ui.commands import ELSEWHERE
from tracker.ui.desk import Desk
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.print_preview import PrintPreview
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


def test_the_keys_of_attachments_are_told(desk: Desk, qtbot: QtBot) -> None:
    panel = AttachmentsPanel(desk, DISPUTES)
    qtbot.addWidget(panel)
    real = {keys for action in panel.table.actions() for keys in action.shortcuts()}
    assert real - TOLD["Among the attachments of a form"] == {QKeySequence("Return")}  # shown as Enter
    assert TOLD["Among the attachments of a form"] <= real


@pytest.mark.parametrize("kind", ["import", "batch", "parties", "preview"])
def test_the_keys_of_windows_are_told(desk: Desk, qtbot: QtBot, kind: str) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    uid = form_tools.add(desk, DISPUTES, form_tools.DISPUTE)
    made: dict[str, Callable[[], QWidget]] = {
        "import": lambda: ImportDialog(desk, DISPUTES, under),
        "batch": lambda: BatchWindow(desk, DISPUTES, under),
        "parties": lambda: PartiesDialog(desk, DISPUTES, uid, under),
        "preview": lambda: PrintPreview(desk.state, under),
    }
    title = {
        "import": "In the import",
        "batch": "Entering many records",
        "parties": "Among the parties",
        "preview": "In the preview of what is printed",
    }[kind]
    window = made[kind]()
    real = {one.key() for one in window.findChildren(QShortcut)}
    real |= {button.shortcut() for button in window.findChildren(QPushButton)} - {QKeySequence()}
    real = {QKeySequence(keys.toString().replace("Return", "Enter")) for keys in real}
    told = {QKeySequence(keys) for both, _label in dict(ELSEWHERE)[title] for keys in both.split(", ")}
    assert real - told <= {QKeySequence("Ctrl+Enter")}  # beside Ctrl+S, where that saves


def test_the_keys_of_the_period_are_told(desk: Desk, qtbot: QtBot) -> None:
    page = StatisticsPage(desk)
    qtbot.addWidget(page)
    real = {shortcut.key() for shortcut in page.findChildren(QShortcut)}
    assert {QKeySequence("Ctrl+L"), QKeySequence("Ctrl+PgUp"), QKeySequence("Ctrl+PgDown")} <= real
    assert real <= TOLD["In the statistics"]
