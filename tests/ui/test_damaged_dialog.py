"""What came of a rescue fits on the screen, losses first; an Enter that comes too late does not stop one."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.office import WHO, new_office
from tests.unit.test_undoing import case
from tracker.operations import rescuing
from tracker.operations.rescuing import Rescued, Tally, Told
from tracker.ui.damaged_dialog import DamagedDialog, rescued_box, result_box
from tracker.ui.tasks import Tasks

DAMAGED = "已损坏，未作任何改动；请打开备份。"


class Nobody:
    """Opens nothing, and remembers what it was asked to."""

    def __init__(self) -> None:
        self.opened: list[Path] = []

    def begin(self, path: Path, key: str | None = None) -> None:
        self.opened.append(path)

    def look(self, path: Path, why: str, key: str | None = None) -> None:
        raise AssertionError(why)


def rescued(looks: int = 0, *, lost: int = 0, list_path: Path | None = None) -> Rescued:
    tallies = [Tally(f"l{n}", f"台账{n}", 100) for n in range(20)]
    tallies[7] = Tally("l7", "台账七", 90, 3, lost)
    found = tuple(Told("l7", str(n), f"{n}号", f"台账七 {n}号：读不出") for n in range(looks))
    return Rescued(Path("旧.db"), Path("新.db"), tuple(tallies), found, True, list_path)


def test_many_lines_scroll(qtbot: QtBot) -> None:
    lines = [f"劳动人事争议仲裁案件 {n}号：表中内容已损坏" for n in range(500)]
    box = result_box(None, "已救出 7,251 条记录。", lines)
    qtbot.addWidget(box)
    assert box.sizeHint().height() < 700
    assert box.detailedText().endswith(lines[-1])
    short = result_box(None, "已救出 1 条记录。", lines[:3])
    qtbot.addWidget(short)
    assert lines[2] in short.informativeText() and not short.detailedText()


def test_what_is_lost_comes_before_all_that_is_not(qtbot: QtBot) -> None:
    box = rescued_box(None, rescued(17, lost=6, list_path=Path("新.txt")))
    qtbot.addWidget(box)
    told = box.informativeText().splitlines()
    assert told[0].startswith("台账七") and "6" in told[0] and told[2].endswith("0号：读不出")
    (whole,) = (line for line in told if "台账0" in line)
    assert "台账19" in whole and "台账七" not in whole
    assert told[-1].endswith("新.txt。") and box.sizeHint().height() < 700
    assert box.detailedText().count("读不出") == 17
    unwritten = rescued_box(None, rescued(17, lost=6))
    qtbot.addWidget(unwritten)
    assert "没有写出" in unwritten.informativeText()


def test_only_a_rescue_without_loss_looks_like_one(qtbot: QtBot) -> None:
    def mark(done: Rescued) -> object:
        box: QMessageBox = rescued_box(None, done)
        qtbot.addWidget(box)
        return box.iconPixmap().toImage()

    whole, lost, looks = mark(rescued()), mark(rescued(lost=1)), mark(rescued(1))
    assert whole != lost == looks


def test_an_enter_that_comes_too_late_stops_no_rescue(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, new, opens, going = tmp_path / "a.db", tmp_path / "new.db", Nobody(), threading.Event()
    with closing(new_office(path, WHO)) as office:
        case(office, 1)
    rescue = rescuing.rescue

    def slow(*words: object) -> Rescued:
        assert going.wait(30)
        return rescue(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(rescuing, "rescue", slow)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
    tasks = Tasks()
    dialog = DamagedDialog(path, DAMAGED, opens, tasks, None)
    with qtbot.waitActive(dialog):
        dialog.open()
    qtbot.waitUntil(dialog.rescue.isEnabled)
    assert "请打开备份" not in dialog.banner.text.text(), "there is none"
    dialog.rescue.setFocus()
    dialog.rescue_into(new)
    for _press in range(2):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    going.set()
    qtbot.waitUntil(lambda: opens.opened == [new])
    tasks.shutdown()


def test_what_a_rescue_lost_is_told_once_the_lock_hides_it_no_more(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, new, opens, told = tmp_path / "a.db", tmp_path / "new.db", Nobody(), list[str]()
    with closing(new_office(path, WHO)) as office:
        case(office, 1)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    dialog = DamagedDialog(path, DAMAGED, opens, Tasks(), None)
    with qtbot.waitActive(dialog):
        dialog.open()
    qtbot.waitUntil(dialog.rescue.isEnabled)
    dialog.rescue_into(new)
    dialog.hide()
    qtbot.waitUntil(dialog.rescue.isEnabled)
    assert new.exists() and not told and not opens.opened
    dialog.show()
    qtbot.waitUntil(lambda: opens.opened == [new])
    assert len(told) == 1
