"""Files of a record in the window: attached, dropped, pasted, opened as a copy, renamed, removed and taken back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, TODAY, add, desk_on, press
from tracker.ledgers.disputes import DISPUTES
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.opened_copies import LOCK, PREFIX, OpenedCopies, clear_left
from tracker.ui.record_form import RecordForm

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with desk_on(tmp_path) as found:
        yield found


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> RecordForm:
    result = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    qtbot.addWidget(result)
    result.resize(900, 700)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    result.open(add(desk, DISPUTES, DISPUTE))
    return result


def names(form: RecordForm) -> list[str]:
    return [file.name for file in form.papers.attachments.files]


def scan(folder: Path, name: str = "裁决书.pdf", content: bytes = b"%PDF-1.7 scan") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def drop(on: QWidget, data: QMimeData) -> None:
    at, action = QPointF(300, 300), Qt.DropAction.CopyAction
    button, held = Qt.MouseButton.LeftButton, Held.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), action, data, button, held)
    QApplication.sendEvent(on, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(on, QDropEvent(at, action, data, button, held))


def test_files_are_attached_by_key(form: RecordForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(scan(tmp_path)), str(scan(tmp_path, "照片.jpg", b"\xff\xd8"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: (paths, ""))
    press(Key.Key_A, Held.ControlModifier | Held.ShiftModifier)
    assert names(form) == ["裁决书.pdf", "照片.jpg"]
    assert "2 个文件" in form.papers.attachments.total.text()


def test_files_are_dropped_anywhere_on_the_form(form: RecordForm, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(scan(tmp_path))), QUrl.fromLocalFile(str(scan(tmp_path, "b.txt", b"b")))]
    )
    drop(form, data)
    assert names(form) == ["裁决书.pdf", "b.txt"]


def test_files_dropped_on_a_line_are_attached_not_written_there(form: RecordForm, tmp_path: Path) -> None:
    line = form.body.cells["applicant"].editor.focusProxy()
    assert line is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    data.setText(str(tmp_path))
    drop(line, data)
    assert names(form) == ["裁决书.pdf"]
    assert not form.has_unsaved()


def test_folder_dropped_is_refused_with_a_sentence(form: RecordForm, tmp_path: Path) -> None:
    (tmp_path / "案卷").mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "案卷"))])
    drop(form, data)
    assert names(form) == []
    assert "案卷是文件夹" in form.papers.attachments.banner.text.text()


def test_picture_is_pasted_as_png(form: RecordForm, desk: Desk) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1d4ed8"))
    QGuiApplication.clipboard().setImage(picture)
    form.papers.attachments.paste()
    (name,) = names(form)
    assert name.startswith("图片 ")
    assert name.endswith(".png")
    content = desk.reader.one("SELECT content FROM contents")
    assert content is not None
    assert QImage.fromData(content[0]).size() == picture.size()


def test_new_record_takes_no_files_and_says_why(form: RecordForm, tmp_path: Path) -> None:
    form.new()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    drop(form, data)
    assert "请先保存记录" in form.papers.attachments.banner.text.text()
    assert not form.papers.attachments.add_button.isEnabled()


class Opener(QObject):
    """Stands where the system's program for files would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    result = Opener()
    QDesktopServices.setUrlHandler("file", result, "open")
    yield result
    QDesktopServices.unsetUrlHandler("file")


def test_enter_opens_a_copy_that_is_cleared_away(
    form: RecordForm, desk: Desk, tmp_path: Path, opener: Opener
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    drop(form, data)
    form.papers.attachments.table.setFocus()
    press(Key.Key_Return)
    (path,) = opener.opened
    assert path.read_bytes() == b"%PDF-1.7 scan"
    assert path.parent.parent.name.startswith(PREFIX)
    assert path.parent.parent.stat().st_mode & 0o077 == 0
    desk.closing.emit()
    assert not path.exists()


def test_a_copy_opens_though_the_folder_was_cleaned_away(
    form: RecordForm, desk: Desk, tmp_path: Path, opener: Opener
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    drop(form, data)
    shutil.rmtree(OpenedCopies.of(desk).folder)
    form.papers.attachments.open()
    assert opener.opened[0].read_bytes() == b"%PDF-1.7 scan"


def test_copies_left_by_a_crash_go_and_those_in_use_stay(desk: Desk) -> None:
    copies = OpenedCopies.of(desk)
    left, making = (copies.folder.with_name(f"{PREFIX}{name}") for name in ("left", "making"))
    for folder in (left, making):
        folder.mkdir(exist_ok=True)
    os.utime(left, (0, 0))
    clear_left()
    assert not left.exists()
    assert (copies.folder / LOCK).exists()
    assert making.exists()  # by another window, which has not locked it yet
    making.rmdir()
    copies.clear()


def test_program_is_not_opened_without_a_warning(
    form: RecordForm, tmp_path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path, "裁决书.pdf.exe", b"MZ")))])
    drop(form, data)
    asked: list[str] = []

    def no(box: QMessageBox) -> int:
        asked.append(box.text())
        button = box.defaultButton()
        assert isinstance(button, QPushButton)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", no)
    form.papers.attachments.open()
    assert "裁决书.pdf.exe" in asked[0]
    assert opener.opened == []


def test_renamed_removed_and_taken_back(
    form: RecordForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path)))])
    drop(form, data)
    panel = form.papers.attachments
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("终局裁决书", True))
    panel.table.setFocus()
    press(Key.Key_F2)
    assert names(form) == ["终局裁决书.pdf"]
    panel.table.setFocus()
    press(Key.Key_Delete)
    assert names(form) == []
    panel.banner.action.click()
    assert names(form) == ["终局裁决书.pdf"]


def test_files_are_taken_in_by_the_worker(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=False) as threaded:
        form = RecordForm(threaded, DISPUTES, today=lambda: TODAY)
        qtbot.addWidget(form)
        form.show()
        form.open(add(threaded, DISPUTES, DISPUTE))
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(scan(tmp_path, "大.bin", b"x" * 6_000_000)))])
        drop(form, data)
        qtbot.waitUntil(lambda: names(form) == ["大.bin"])
        qtbot.waitUntil(lambda: not threaded.tasks.is_busy())
