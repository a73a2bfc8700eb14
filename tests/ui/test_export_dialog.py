"""The dialog that writes the year-end workbook: names, replacing, stopping, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.ui.form_tools import DISPUTE, add, desk_on
from tests.unit.records import fill
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.office import save_settings
from tracker.period import Period
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.export_dialog import ExportWorkbookDialog, proposed_name
from tracker.ui.file_names import FOLDER
from tracker.ui.main_window import MainWindow

YEAR = Period.year(2020)


@pytest.fixture(**IN_THE_WORKER)
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=request.param) as desk:
        save_settings(desk.office, {"office": "怀柔区劳动人事争议仲裁院"})
        add(desk, DISPUTES, DISPUTE)
        (tmp_path / "out").mkdir()
        desk.state.set(FOLDER, str(tmp_path / "out"))
        yield desk


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[Desk], ExportWorkbookDialog]:
    def dialog(desk: Desk) -> ExportWorkbookDialog:
        result = ExportWorkbookDialog(desk, YEAR)
        result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(result)
        with qtbot.waitExposed(result):
            result.open()
        return result

    return dialog


def written(dialog: ExportWorkbookDialog, qtbot: QtBot) -> None:
    """Wait until a file was made."""
    qtbot.waitUntil(lambda: not dialog.open_file.isHidden())


def test_names_hold_office_and_period() -> None:
    assert proposed_name("怀柔区/仲裁院", YEAR) == "怀柔区-仲裁院_2020年_年终统计.xlsx"
    assert proposed_name("", Period.month(2020, 3)) == "2020年3月_年终统计.xlsx"


def test_enter_exports_to_the_proposed_name(
    desk: Desk,
    make: Callable[[Desk], ExportWorkbookDialog],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = make(desk)
    path = tmp_path / "out" / "怀柔区劳动人事争议仲裁院_2020年_年终统计.xlsx"
    assert dialog.path.text() == str(path)
    QTest.keyClick(dialog.path, Qt.Key.Key_Return)
    written(dialog, qtbot)
    assert load_workbook(path).sheetnames[0] == "封面"
    assert path.name in dialog.banner.text.text() and "1条记录" in dialog.banner.text.text()
    assert dialog.bar.isHidden() and dialog.close_button.text() == "关闭"
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(opened) == 1)
    dialog.open_folder.click()
    assert [Path(url.toLocalFile()) for url in opened] == [path, path.parent]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_a_file_that_is_there_is_replaced_only_when_said_twice(
    desk: Desk, make: Callable[[Desk], ExportWorkbookDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "out" / "w.xlsx"
    path.write_text("old")
    dialog = make(desk)
    dialog.path.setText("w")
    dialog.start()
    assert path.read_text() == "old" and "已存在" in dialog.banner.text.text()
    QTest.keyClick(dialog.banner.action, Qt.Key.Key_Space)
    written(dialog, qtbot)
    assert load_workbook(path).sheetnames[0] == "封面"


def test_the_name_follows_the_period_until_it_is_typed(
    desk: Desk, make: Callable[[Desk], ExportWorkbookDialog]
) -> None:
    dialog = make(desk)
    dialog.picker.set_period(Period.month(2020, 3))
    assert dialog.path.text().endswith("_2020年3月_年终统计.xlsx")
    dialog.path.selectAll()
    QTest.keyClicks(dialog.path, "own")
    dialog.picker.set_period(YEAR)
    assert dialog.path.text() == "own"


def test_nothing_is_written_for_a_period_that_cannot_be_read(
    desk: Desk, make: Callable[[Desk], ExportWorkbookDialog], tmp_path: Path
) -> None:
    dialog = make(desk)
    dialog.picker.typed.setFocus()
    dialog.picker.typed.selectAll()
    QTest.keyClicks(dialog.picker.typed, "2020-13")
    QTest.keyClick(dialog.picker.typed, Qt.Key.Key_Return)
    assert not dialog.banner.isHidden() and "2020-13" in dialog.banner.text.text()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_missing_is_told(
    desk: Desk, make: Callable[[Desk], ExportWorkbookDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make(desk)
    dialog.path.setText(str(tmp_path / "none" / "w.xlsx"))
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.banner.isHidden())
    assert str(tmp_path / "none") in dialog.banner.text.text()
    assert dialog.export.isEnabled() and dialog.open_file.isHidden()


def test_escape_stops_the_work_and_leaves_no_file(
    qapp: QApplication, make: Callable[[Desk], ExportWorkbookDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=False) as desk:
        fill(desk.office, range(2020, 2021), 6_000, 50)
        (tmp_path / "out").mkdir()
        desk.state.set(FOLDER, str(tmp_path / "out"))
        dialog = make(desk)
        dialog.export.click()
        qtbot.waitUntil(lambda: dialog.bar.value() > 0)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isHidden()
        qtbot.waitUntil(lambda: not dialog.banner.isHidden())
        assert dialog.banner.text.text() == "已停止，未生成文件。"
        assert list((tmp_path / "out").iterdir()) == []
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isHidden()


@pytest.mark.logs_errors
def test_the_clerk_hears_of_an_export_that_could_not_be_noted(
    desk: Desk, make: Callable[[Desk], ExportWorkbookDialog], qtbot: QtBot
) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    dialog, path = make(desk), desk.office.db.path
    path.rename(path.with_name("away.db"))  # the office's file can be read, and not written to
    dialog.export.click()
    written(dialog, qtbot)
    path.with_name("away.db").rename(path)
    qtbot.waitUntil(window.notice.isVisible)
    assert "没有记入历史" in window.notice.text.text() and not window.notice.action.isVisible()
    dialog.reject()
