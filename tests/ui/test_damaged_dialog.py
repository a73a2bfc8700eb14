"""What came of a rescue fits on the screen, however much there is to look at."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tracker.ui.damaged_dialog import result_box


def test_many_lines_scroll(qtbot: QtBot) -> None:
    lines = [f"劳动人事争议仲裁案件 {n}号：表中内容已损坏" for n in range(500)]
    box = result_box(None, "已救出 7,251 条记录。", lines)
    qtbot.addWidget(box)
    assert box.sizeHint().height() < 700
    assert box.detailedText().endswith(lines[-1])
    short = result_box(None, "已救出 1 条记录。", lines[:3])
    qtbot.addWidget(short)
    assert lines[2] in short.informativeText() and not short.detailedText()
