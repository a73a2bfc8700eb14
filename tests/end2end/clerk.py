"""A clerk at the real window: types, waits as a person does, and has every key and the program's seconds counted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pypinyin import lazy_pinyin
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import focused
from tests.ui.shells import shell_with
from tracker.app import Shell
from tracker.ui.crash import Crashes
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow

LOOK_MS, PATIENCE = 20, 20
RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")


@contextmanager
def shell_in(app: QApplication, folder: Path) -> Iterator[Shell]:
    """The program without a window yet, its memory in the folder; a defect that it caught fails the test."""
    defects: list[BaseException] = []
    crashes = Crashes()
    crashes.happened.connect(defects.append)
    with shell_with(app, folder, crashes) as result:
        yield result
    assert defects == []


def keystrokes(text: str) -> int:
    """Keys to type a text: one a letter; of characters the letters of their pinyin and one to choose the words."""
    return sum(
        len(run) if run.isascii() else len("".join(lazy_pinyin(run))) + 1 for run in RUNS.findall(text)
    )


@dataclass
class Count:
    """What one task took."""

    pressed: list[str] = field(default_factory=list)
    """Keys as they are written on the keyboard, and texts in quotation marks."""
    keys: int = 0
    seconds: float = 0.0
    """Of the program only; the clerk takes none."""


class Clerk:
    """Works on the window in front and waits for it as a person does."""

    def __init__(self, shell: Shell, qtbot: QtBot) -> None:
        self.shell, self.qtbot = shell, qtbot
        self.counted: dict[str, Count] = {}
        self._count: Count | None = None
        self._inside = False

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.shell.window, MainWindow)
        return self.shell.window

    @property
    def list(self) -> LedgerPage:
        assert isinstance(self.window.current, LedgerPage)
        return self.window.current

    def look_at(self, window: QWidget | None) -> None:
        """Wait until a window is in front and has the keyboard."""
        assert window is not None
        window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is window and _has_focus(window))

    def rest(self) -> None:
        """Wait until all work is done and shown."""
        desk = self.shell.desk
        assert desk is not None
        with self._working():
            self.qtbot.waitUntil(lambda: not desk.tasks.is_busy())
            QApplication.processEvents()
        if QApplication.activeWindow() is None:  # a list that dropped down is gone; no window manager here
            self.look_at(QApplication.activeModalWidget() or self.shell.window)
        front = QApplication.activeWindow()
        if QApplication.focusWidget() is None and front and (widget := front.focusWidget()):
            widget.setFocus()  # the window says who has it, and no window manager gives it back after a menu

    def dialog(self, kind: type[QWidget]) -> QWidget:
        """The one window of a kind that is shown, in front."""
        found = [widget for widget in self.window.findChildren(kind) if widget.isVisible()]
        assert len(found) == 1
        self.look_at(found[0])
        return found[0]

    def _face(self) -> None:
        """Where nothing has the keyboard since a window closed, give it to the one behind; no window manager here."""
        if QApplication.activePopupWidget() is None and QApplication.focusWidget() is None:
            self.look_at(QApplication.activeModalWidget() or self.shell.window)

    # the keyboard

    def press(self, *keys: str) -> None:
        """Keys, one after the other, each as it is written in a menu, wherever the focus is then."""
        for one in keys:
            self._face()
            held = QKeySequence(one)[0]
            self._note(one, len(one.replace("++", "+plus").split("+")))
            with self._working():
                QTest.keyClick(_target(), held.key(), held.keyboardModifiers())

    def type(self, text: str, *keys: str) -> None:
        """A text and then keys; Chinese arrives as from an input method, first as letters and then as characters."""
        self._face()
        self._note(f"“{text}”", keystrokes(text))
        with self._working():
            for run in RUNS.findall(text):
                if run.isascii():
                    for letter in run:
                        QTest.keyClicks(_target(), letter)
                else:
                    QApplication.sendEvent(_target(), QInputMethodEvent("".join(lazy_pinyin(run)), []))
                    commit = QInputMethodEvent()
                    commit.setCommitString(run)
                    QApplication.sendEvent(_target(), commit)
        self.press(*keys)

    def fill(self, *texts: str, last: tuple[str, ...] = ()) -> None:
        """One field after the other, Enter between them and not after the last one."""
        for n, text in enumerate(texts):
            self.type(text, *(last if n == len(texts) - 1 else ("Return",)))

    def save(self) -> None:
        """Save the form, which must take it."""
        self.press("Ctrl+S")
        self.rest()
        assert not self.list.has_unsaved()

    def answering(
        self, kind: type[QWidget], answer: Callable[[QWidget], object], ask: Callable[[], object]
    ) -> None:
        """Do what opens a window that waits for an answer, or a menu, and answer it by the keyboard."""
        seen: list[QWidget] = []
        timer = QTimer(self.window, interval=LOOK_MS)
        gives_up = time.perf_counter() + PATIENCE

        def look() -> None:
            found = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if time.perf_counter() > gives_up:
                timer.stop()
                if found:
                    found.close()
                raise AssertionError(f"no {kind.__name__} but {found}")
            if not isinstance(found, kind) or not found.isVisible():
                return
            if isinstance(found, QMenu) or _has_focus(found):
                timer.stop()
                seen.append(found)
                answer(found)
            else:
                found.activateWindow()

        timer.timeout.connect(look)
        timer.start()
        ask()
        self.qtbot.waitUntil(lambda: bool(seen))
        timer.deleteLater()
        self.rest()

    # the stop-watch

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """Count what is pressed, and what the program takes for it."""
        assert self._count is None
        self._count = self.counted[name] = Count()
        yield
        self._count = None

    def _note(self, what: str, keys: int) -> None:
        if self._count:
            self._count.pressed.append(what)
            self._count.keys += keys

    @contextmanager
    def _working(self) -> Iterator[None]:
        if self._inside:  # a key pressed in a window that another key opened
            yield
            return
        self._inside, began = True, time.perf_counter()
        yield
        self._inside = False
        if self._count:
            self._count.seconds += time.perf_counter() - began


def _target() -> QWidget:
    """Who gets a key: a menu that is open, else what has the focus."""
    return QApplication.activePopupWidget() or focused()


def _has_focus(window: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.window() is window


def shown_cells(page: LedgerPage, key: str) -> list[str]:
    """A column of a list as it is shown, from the top."""
    keys = [column.field.key for column in page.model.columns]
    at = keys.index(key)
    return [str(page.model.index(row, at).data()) for row in range(len(page.model.ids))]
