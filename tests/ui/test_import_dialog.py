"""The window that takes a sheet in: seen first, then written whole, in part, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from scripts.sample_sheets import write
from tracker.db import records
from tracker.db.history import Who
from tracker.exchange.reading import SUFFIXES
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.office import Changed, make_office
from tracker.ui import import_dialog
from tracker.ui.desk import Desk
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

Make = Callable[..., ImportDialog]


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    """Makes the window on a new file, shown."""
    desks: list[Desk] = []

    def make(*, instant: bool = True) -> ImportDialog:
        office = make_office(tmp_path / "office.db", Who("赵敏", "front-desk"))
        desk = Desk(office, Tasks(instant=instant), State(tmp_path / "state.json"))
        desks.append(desk)
        window = ImportDialog(desk, DISPUTES)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield make
    for desk in desks:
        desk.close()


def count(window: ImportDialog) -> int:
    return records.count(window.desk.reader, records.Query(DISPUTES))


def test_a_sheet_in_order_is_seen_then_written(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    told: list[Changed] = []
    window.desk.changed.connect(told.append)
    assert not window.import_all.isEnabled() and window.start.action.hasFocus()
    window.choose(write(tmp_path / "a.xlsx", wrong=False))
    assert window.preview.tallies["inserted"].number.text() == "40" and count(window) == 0
    assert window.sheet.currentText() == "2020年" and window.preview.columns.model().rowCount() == 12
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert count(window) == 40 and [change.ledgers for change in told] == [{"disputes"}]
    assert window.result_ and window.result_.inserted == 40
    assert "40" in window.done_page.text.text() and window.done_page.isVisible()


def test_problems_are_listed_and_their_rows_left_out_only_when_asked(
    dialog: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    table = window.preview.problems
    assert window.preview.tabs.currentWidget() is table and table.model().rowCount() == 7
    assert not window.import_all.isEnabled() and window.import_rest.isVisible()
    window.import_all.click()
    assert count(window) == 0
    window.import_rest.click()
    assert count(window) == 33


def test_problems_are_sorted_and_copied(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    window.choose(write(tmp_path / "a.xlsx", wrong=True))
    table = window.preview.problems
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 0).data() == "33"
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied[:3] == ["33", "申请标的额", "一万二千元"]
    assert window.preview.detail.text() == copied[3]


def test_a_corrected_sheet_is_read_again_by_f5(dialog: Make, tmp_path: Path, qtbot: QtBot) -> None:
    window = dialog()
    path = write(tmp_path / "a.xlsx", wrong=True)
    window.choose(path)
    path.unlink()
    write(path, wrong=False)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.plan and not window.plan.problems and window.import_all.isEnabled()


def test_what_is_no_sheet_is_refused_with_its_sentence(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    (tmp_path / "a.xlsx").write_bytes(b"hello")
    window.choose(tmp_path / "a.xlsx")
    assert "a.xlsx" in window.banner.text.text() and window.banner.isVisible()
    assert window.start.isVisible() and not window.import_all.isEnabled()


def test_a_sheet_is_dropped_on_the_window(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path / "a.xlsx", wrong=False)))])
    window.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert window.plan and window.plan.read == 40


def test_importing_twice_finds_nothing_to_do(dialog: Make, tmp_path: Path) -> None:
    window = dialog()
    path = write(tmp_path / "a.xlsx", wrong=False)
    window.choose(path)
    window.import_all.click()
    window.result_ = None
    window.choose(path)
    assert window.plan and window.plan.unchanged == 40
    assert not window.import_all.isEnabled() and window.note.text()


def test_with_the_worker_the_window_stays_open_until_it_has_stopped(
    dialog: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    window = dialog(instant=False)
    path = write(tmp_path / "a.xlsx", wrong=False)
    window.choose(path)
    assert window.working.isVisible()
    window.reject()
    assert window.isVisible()
    qtbot.waitUntil(lambda: window._job is None)
    window.choose(path)
    qtbot.waitUntil(lambda: window.plan is not None and window._job is None)
    window.import_all.click()
    qtbot.waitUntil(lambda: window.result_ is not None and window._job is None)
    assert count(window) == 40 and window.close_button.isVisible()
    window.close_button.click()
    assert not window.isVisible()


def test_every_kind_of_sheet_is_offered() -> None:
    assert import_dialog.SUFFIXES.split() == [f"*{suffix}" for suffix in SUFFIXES]
