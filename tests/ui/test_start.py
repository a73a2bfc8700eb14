"""From nothing to an open file: the start page, and the shell that exchanges windows."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shells import shell_with
from tracker import paths
from tracker.app import Shell
from tracker.errors import FileProblem
from tracker.operations import backups
from tracker.operations.office import make_office, open_office
from tracker.ui import theme
from tracker.ui.crash import Crashes, describe
from tracker.ui.main_window import MainWindow
from tracker.ui.opened_copies import PREFIX
from tracker.ui.report_window import ReportWindow
from tracker.ui.start_page import NewFile, StartPage

ENTER = Qt.Key.Key_Return
YEAR = date.today().year


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    with shell_with(qapp, tmp_path, Crashes(), instant=True) as result:
        yield result


def page_of(shell: Shell) -> StartPage:
    assert isinstance(shell.window, StartPage)
    return shell.window


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def press(qtbot: QtBot, window: QWidget | None, key: Qt.Key) -> None:
    """Press a key where the window has its focus."""
    assert window is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_enter_enter_begins_the_office(shell: Shell, qtbot: QtBot) -> None:
    shell.begin()
    assert not paths.default_file().exists()
    press(qtbot, shell.window, ENTER)
    press(qtbot, shell.window, ENTER)
    window = window_of(shell)
    assert paths.default_file().is_file()
    assert window.windowTitle() == "劳动维权台账 — cases.db"
    assert shell.state.get("last_file") == str(paths.default_file())


def test_enter_works_in_a_field_too_and_the_settings_are_in_the_file(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shell.show_start()
    page.begin_setup()
    page.setup.show_path(tmp_path / "new folder" / "a.db")
    rows = page.setup.rows.rows
    for key, text in (("office", "怀柔区仲裁院"), ("region", "京怀"), ("clerk", "王书记员")):
        rows[key].editor.setText(text)
    with qtbot.waitActive(page):
        page.activateWindow()
    rows["region"].editor.setFocus()
    press(qtbot, page, ENTER)
    window = window_of(shell)
    assert window.windowTitle() == "怀柔区仲裁院 — a.db"
    assert window.status.clerk.text() == "经办人：王书记员"
    assert shell.desk is not None
    assert shell.desk.office.setting("region") == "京怀"
    assert shell.desk.office.who.clerk == "王书记员"


def test_enter_leads_through_the_lines_once_something_is_typed(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shell.show_start()
    page.begin_setup()
    page.setup.show_path(tmp_path / "a.db")
    with qtbot.waitActive(page):
        page.activateWindow()
    lines = page.setup.lines
    assert lines[0].hasFocus(), "what is typed first is the office's name"
    QTest.keyClicks(lines[0], "Huairou")
    for line in lines[1:]:
        press(qtbot, page, ENTER)
        assert line.hasFocus()
    assert not page.setup.path.exists()
    press(qtbot, page, ENTER)
    assert window_of(shell).windowTitle() == "Huairou — a.db"


def test_the_commission_is_proposed_from_the_office_until_it_is_typed(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shell.show_start()
    page.begin_setup()
    page.setup.show_path(tmp_path / "a.db")
    office, commission = (page.setup.rows.line(key).editor for key in ("office", "commission"))
    office.setText("北京市怀柔区人力资源和社会保障局")
    assert commission.text() == "北京市怀柔区劳动人事争议仲裁委员会"
    office.setText("某单位")
    assert commission.text() == ""
    QTest.keyClicks(commission, "Huairou Commission")
    office.setText("密云区人社局")
    assert commission.text() == "Huairou Commission"
    commission.clear()
    commission.setModified(False)
    office.setText("怀柔区仲裁院")
    page.setup.finish()
    assert shell.desk and shell.desk.office.setting("commission") == "怀柔区劳动人事争议仲裁委员会"


def test_the_first_number_follows_region_and_pattern(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    row = page.setup.rows.rows["pattern_disputes"]
    page.setup.rows.rows["region"].editor.setText("京怀")
    first, braces = row.note.text().splitlines()
    assert first == f"首个编号：京怀劳人仲字〔{YEAR}〕第1号"
    assert "{年份}" in braces
    assert row.editor.text() == "{地区}劳人仲字〔{年份}〕第{序号}号"
    row.editor.setText("{地区}仲{年份}-{序号:03}")
    assert row.value() == "{region}仲{year}-{n:03d}"
    assert row.note.text().startswith(f"首个编号：京怀仲{YEAR}-001\n")


def test_a_pattern_without_its_counter_is_refused_beside_the_field(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    wanted: list[NewFile] = []
    page.new_wanted.connect(wanted.append)
    row = page.setup.rows.rows["pattern_disputes"]
    row.editor.setText("仲{year}")
    page.setup.finish()
    assert wanted == []
    assert "{序号}" in row.note.text()
    assert row.note.property("role") == "problem"


def test_a_name_that_is_taken_is_not_proposed(shell: Shell) -> None:
    paths.data_folder().mkdir(parents=True)
    make_office(paths.default_file()).close()
    page = shell.show_start()
    page.begin_setup()
    assert page.setup.path == paths.data_folder() / "cases-2.db"


def test_making_over_a_file_is_refused_and_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "there.db"
    path.write_text("something of the user's", encoding="utf-8")
    page = shell.show_start()
    shell.make(NewFile(path, {}))
    assert not page.banner.isHidden()
    assert str(path) in page.banner.text.text()
    assert path.read_text(encoding="utf-8") == "something of the user's"


@pytest.mark.parametrize("content", [None, b"", b"not a data file at all, but long enough" * 40])
def test_a_file_that_cannot_be_opened_leads_to_the_start_page_with_a_sentence(
    shell: Shell, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "bad.db"
    if content is not None:
        path.write_bytes(content)
    shell.begin(path)
    page = page_of(shell)
    assert not page.banner.isHidden()
    assert "bad.db" in page.banner.text.text()
    assert shell.state.get("last_file") is None


def test_copies_of_attachments_that_a_killed_program_left_go_at_the_start(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}killed"
    left.mkdir()
    (left / "笔录.txt").write_text("身份证", encoding="utf-8")
    os.utime(left, (0, 0))
    shell.begin()
    assert not left.exists()


def test_the_last_file_opens_again_and_stands_among_the_recent(shell: Shell, tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    make_office(first).close()
    make_office(second).close()
    shell.open(first)
    shell.open(second)
    shell.close_file()
    shell.begin()
    assert window_of(shell).desk.office.db.path == second
    page = shell.show_start()
    shown = [page.choices.recent.item(row).text().split("\n")[0] for row in range(2)]
    assert shown == ["second.db", "first.db"]
    assert page.choices.recent.currentRow() == 0


def test_a_last_file_that_is_gone_is_told_of_and_no_other_one_opened(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    for file in (paths.default_file(), path):
        file.parent.mkdir(parents=True, exist_ok=True)
        make_office(file).close()
    shell.open(path)
    shell.close_file()
    backups.folder(path).mkdir()
    path.rename(tmp_path / "office.before-20261126-081500.db")  # a restore that was killed
    shell.begin()
    said = page_of(shell).banner.text.text()
    assert shell.desk is None
    assert str(path) in said and "office.before-20261126-081500.db" in said
    assert str(tmp_path / "office.db.backups") in said


def test_a_recent_file_opens_by_enter(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "first.db"
    make_office(path).close()
    shell.open(path)
    page = shell.show_start()
    shell.close_file()
    press(qtbot, page, ENTER)
    assert window_of(shell).desk.office.db.path == path


def test_another_file_replaces_the_open_one_which_is_closed_whole(shell: Shell, tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    make_office(first).close()
    make_office(second).close()
    shell.open(first)
    window_of(shell).open_wanted.emit(second)
    assert window_of(shell).desk.office.db.path == second
    assert not first.with_name("first.db-wal").exists()


def test_where_another_file_cannot_be_opened_the_open_one_stays(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "first.db"
    make_office(path).close()
    shell.open(path)
    window = window_of(shell)
    shell.open(tmp_path / "missing.db")
    assert window_of(shell) is window
    boxes = [box for box in window.findChildren(QDialog) if box.isVisible()]
    assert len(boxes) == 1
    boxes[0].close()
    assert window.desk.office.setting("clerk") is None


def test_the_language_changes_at_once_on_the_same_page(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "first.db"
    make_office(path).close()
    shell.open(path)
    window_of(shell).show_settings()
    window_of(shell).language_wanted.emit("en")
    window = window_of(shell)
    assert window.here is not None and window.here.key == "settings"
    assert window.actions_by_key["new_record"].text() == "New record"
    assert shell.state.get("language") == "en"
    window.language_wanted.emit("zh_CN")
    assert window_of(shell).actions_by_key["new_record"].text() == "新增记录"


def test_closing_the_window_closes_the_file(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "first.db"
    make_office(path).close()
    shell.open(path)
    window_of(shell).close()
    assert shell.desk is None
    assert not path.with_name("first.db-wal").exists()
    open_office(path).close()


def test_a_defect_is_told_without_what_records_hold(qtbot: QtBot) -> None:
    theme.install(QApplication.instance(), "light")  # type: ignore[arg-type]
    try:
        raise KeyError("张三 110101199001011234")
    except KeyError as error:
        text = describe(error)
        window = ReportWindow(error, None)
    qtbot.addWidget(window)
    assert "KeyError" in text and "test_start.py" in text
    assert "张三" not in text and str(Path(__file__).parent) not in text
    window.copy.click()
    assert QApplication.clipboard().text() == text


@pytest.mark.logs_errors
def test_only_one_report_is_shown_at_a_time(shell: Shell, tmp_path: Path, errors_logged: list[str]) -> None:
    shell.show_start()
    shell.crashes.tell(ValueError("one"))
    shell.crashes.tell(ValueError("two"))
    reports = [window for window in page_of(shell).findChildren(ReportWindow) if window.isVisible()]
    assert len(reports) == 1
    assert len(errors_logged) == 2
    reports[0].close()


@pytest.mark.logs_errors
def test_a_fault_of_the_disk_is_told_once_and_is_no_defect(
    shell: Shell, tmp_path: Path, errors_logged: list[str]
) -> None:
    make_office(tmp_path / "cases.db").close()
    shell.open(tmp_path / "cases.db")
    for _time in range(2):
        shell.crashes.tell(FileProblem("数据文件所在磁盘报错。"))
    window = window_of(shell)
    told = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert [box.text() for box in told] == ["数据文件所在磁盘报错。"]
    assert not window.findChildren(ReportWindow)
    told[0].close()


def test_the_demonstration_is_made_once_and_opened(shell: Shell) -> None:
    page = shell.show_start()
    page.choices.demonstrations[0].click()
    counts = window_of(shell).navigation.count_text("disputes")
    made = window_of(shell).desk.office.db.path
    assert made.is_relative_to(paths.data_folder()) and counts not in ("", "0")
    written = made.stat().st_mtime_ns
    shell.close_file()
    shell.show_start().choices.demonstrations[0].click()
    assert window_of(shell).desk.office.db.path == made
    assert window_of(shell).navigation.count_text("disputes") == counts
    assert made.stat().st_mtime_ns == written


def test_standard_dialogs_speak_chinese(shell: Shell, qtbot: QtBot) -> None:
    box = QMessageBox(QMessageBox.Icon.Question, "", "", QMessageBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QMessageBox.StandardButton.Cancel).text()
