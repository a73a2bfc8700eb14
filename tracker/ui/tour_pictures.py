"""Pictures of each main screen on a data file, without a screen; in the language in use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import (
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from tracker.db import records
from tracker.i18n import language
from tracker.operations import demonstration, overview
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.start_page import StartPage
from tracker.ui.state import State
from tracker.ui.statistics_page import remember
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

SIZE = (1280, 720)
LONGEST_MS = 10_000


def application() -> QApplication:
    """Qt without a screen, in our light look."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_say)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.install(app, "light")
    return app


def _say(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Pass Qt's messages on, but for what no picture needs."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def lacks_font() -> bool:
    """Whether Chinese texts would show as boxes."""
    chinese = QFontDatabase.WritingSystem.SimplifiedChinese
    return language() == "zh_CN" and not QFontDatabase.families(chinese)


def take(app: QApplication, office: Office, period: Period, folder: Path) -> Iterator[Path]:
    """Save one picture after the other into `folder` (made here); yields paths. Closes the office at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    start = StartPage((), demonstration.offers(), office.who.clerk)
    yield _picture(app, start, folder / "start.png")
    start.begin_setup()
    yield _picture(app, start, folder / "office.png")
    start.deleteLater()
    with TemporaryDirectory() as temporary:
        state = State(Path(temporary) / "state.json")
        desk = Desk(office, Tasks(), state)
        remember(desk, period)
        window = MainWindow(desk)
        yield from _pages(app, window, folder)
        _settle(app, desk.tasks)
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        desk.close()


def _pages(app: QApplication, window: MainWindow, folder: Path) -> Iterator[Path]:
    ledgers = overview.in_use(window.desk.reader)
    for ledger in ledgers:
        window.go(Place(ledger.name))
        yield _picture(app, window, folder / f"list-{ledger.name}.png", window.desk.tasks)
    for ledger in ledgers:
        _open_newest(window, ledger)
        window.go(Place(ledger.name))
        yield _picture(app, window, folder / f"form-{ledger.name}.png", window.desk.tasks)
    for key in ("statistics", "report", "settings"):
        window.go(Place(key))
        yield _picture(app, window, folder / f"{key}.png", window.desk.tasks)


def _open_newest(window: MainWindow, ledger: Ledger) -> None:
    page, reader = window.stack.page(ledger.name), window.desk.reader
    newest = records.ids(reader, records.Query(ledger), limit=1)
    for row in records.rows(reader, ledger, ("uid",), newest):
        if row and isinstance(page, LedgerPage):
            page.open_record(str(row[0]))


def _picture(app: QApplication, widget: QWidget, path: Path, tasks: Tasks | None = None) -> Path:
    """Save what the widget shows once its work is done; raises OSError where the file cannot be written."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(*SIZE)
    widget.show()
    _settle(app, tasks)
    if not widget.grab().save(str(path)):
        raise OSError(f"cannot write {path}")
    return path


def _settle(app: QApplication, tasks: Tasks | None) -> None:
    """Let the worker and the events that follow from it come to rest."""
    longest = QDeadlineTimer(LONGEST_MS)
    everything = QEventLoop.ProcessEventsFlag.AllEvents
    for _round in range(3):
        while tasks and tasks.is_busy() and not longest.hasExpired():
            app.processEvents(everything, 20)
        app.processEvents(everything, 20)
