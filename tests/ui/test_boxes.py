"""Message boxes show their sentences whole, and tables of ready-made texts choose what the program put in hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.boxes import message_box
from tracker.ui.plain_table import Head, PlainTable


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("details", ["", "补充说明" * 60])
@pytest.mark.parametrize(
    "text",
    [
        "已删除。",
        "李四 于 2026-11-26 10:21 改动过 设置，撤销会覆盖那些内容，因此没有撤销这一步；再按一次则撤销更早的一步。",
        "密码不对：这既不是 /home/clerk/劳动保障监察/台账/怀柔2020.db 的密码，也不是它的恢复密钥。",
        "以下备份仍有密码：\n"
        + "\n".join(f"/home/clerk/台账/怀柔2020.db.backups/2026112{n}-101010-day.db" for n in range(9)),
    ],
)
def test_a_message_box_shows_its_whole_sentence(
    qtbot: QtBot, qapp: QApplication, text: str, details: str, look: str
) -> None:
    theme.install(qapp, look)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1280, 720)
    parent.show()
    box = message_box(parent, "劳动维权台账", text, details)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    labels = [box.findChild(QLabel, f"qt_msgbox_{name}label") for name in ("", "informative")]
    for label in labels if details else labels[:1]:
        assert label.height() >= label.heightForWidth(label.width())
        needed = label.fontMetrics().boundingRect(label.rect(), int(Qt.TextFlag.TextWordWrap), label.text())
        assert needed.width() <= label.width() and needed.height() <= label.height()
        assert label.wordWrap() or label.sizeHint().width() <= label.width()
    assert box.width() >= 420 and box.height() < 720
    box.reject()


ON_A_LARGE_SCREEN = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from tracker.ui import theme
from tracker.ui.boxes import message_box
app = QApplication([])
theme.install(app, "light")
box = message_box(None, "", sys.argv[1])
box.setStandardButtons(QMessageBox.StandardButton.Ok)
box.open()
label = box.findChild(QLabel, "qt_msgbox_label")
print(app.primaryScreen().size().width(), label.wordWrap(), label.height() >= label.heightForWidth(label.width()))
"""


def test_a_sentence_is_broken_on_a_large_screen_too() -> None:
    screen = os.path.relpath(Path(__file__).parents[2] / "scripts" / "screen.json")
    text = "密码不对：这既不是 /home/clerk/劳动保障监察/台账/怀柔2020.db 的密码，也不是它的恢复密钥，未作任何更改。"
    done = subprocess.run(
        [sys.executable, "-c", ON_A_LARGE_SCREEN, text],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["1920", "True", "True"]


def test_what_is_put_in_hand_while_ctrl_is_held_is_the_only_row_chosen(qtbot: QtBot) -> None:
    table = PlainTable("表")
    qtbot.addWidget(table)

    def fill() -> None:
        table.fill((Head("甲"), Head("乙")), [[f"{n}", "x"] for n in range(4)])
        table.selectRow(2)

    shortcut = QShortcut("Ctrl+R", table)
    shortcut.activated.connect(fill)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.setFocus()
    fill()
    QTest.keyClick(table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.copied() == "2\tx\n3\tx", "a person still chooses several"
