"""The window on a file of a million disputes: start against a bare PySide6 window, memory against an empty file.

Run: python benchmarks/window.py [FILE]   (made where it is missing; every figure is taken in a process of its own)
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, gettempdir

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

SCROLLS = 300
RUNS = 5


def main(path: Path) -> None:
    """Measure and print."""
    from benchmarks.million import make  # here: the measured processes must not pay for it

    if not path.exists():
        make(path)
    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        make(empty, 0)
        runs = [
            (measured("bare", path), measured("ours", path), measured("ours", empty)) for _run in range(RUNS)
        ]
    bare, ours, small = (median(run[n][0] for run in runs) for n in range(3))
    print(f"start to a painted list: {ours - bare:+.2f} s over a bare window with an empty table")
    print(f"  ({ours:.2f} s / {bare:.2f} s; on an empty file {small:.2f} s; aimed at: at most 1.0 s over)")
    full, none = (median(run[n][1] for run in runs) for n in (1, 2))
    print(f"memory, list scrolled through: {full - none:+.0f} MB over an empty file")
    print(f"  ({full:.0f} / {none:.0f} MB; aimed at: at most 150 MB over)")


def measured(what: str, path: Path) -> tuple[float, float]:
    """Seconds from the process's start to the first painted rows, and resident megabytes after scrolling."""
    with TemporaryDirectory() as home:
        places = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        folders = dict.fromkeys(places, home)
        surroundings = {
            **os.environ,
            **folders,
            "QT_QPA_PLATFORM": "offscreen",
            "BEGUN": str(time.monotonic()),
        }
        done = subprocess.run(
            [sys.executable, __file__, what, str(path)],
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def bare() -> None:
    """A bare window with an empty table."""
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window, table = QMainWindow(), QTableView()
    table.setModel(QStandardItemModel())
    window.setCentralWidget(table)
    window.resize(1280, 720)
    window.show()
    while not window.isVisible():
        app.processEvents()
    table.grab()
    told(0)


def ours(path: Path) -> None:
    """The program's window on a file, with the list of disputes in front."""
    from PySide6.QtWidgets import QApplication

    from tracker import paths
    from tracker.app import Shell
    from tracker.ui.crash import Crashes
    from tracker.ui.ledger_page import LedgerPage
    from tracker.ui.state import State

    app = QApplication([])
    shell = Shell(app, State(paths.config_folder() / "window.json"), Crashes(), None)
    shell.begin(path)
    window = shell.window
    assert window is not None and shell.desk is not None
    page = next(p for p in window.findChildren(LedgerPage) if p.ledger.name == "disputes")
    window.resize(1280, 720)
    window.show()
    table = page.table
    filled = shell.desk.reader.one("SELECT 1 FROM disputes LIMIT 1") is not None
    while not page.isVisible() or (filled and not table.model().rowCount()):
        app.processEvents()
    page.grab()
    begun = time.monotonic() - float(os.environ["BEGUN"])
    settle(app, shell)
    bar = table.verticalScrollBar()
    for step in range(SCROLLS):
        bar.setValue(bar.maximum() * step // SCROLLS)
        app.processEvents()
        table.grab()
    told(begun)
    shell.desk.close()


def settle(app: object, shell: object) -> None:
    """Let the worker finish what it reads behind the first rows."""
    until = time.monotonic() + 3
    while shell.desk.tasks.is_busy() or time.monotonic() < until:  # type: ignore[attr-defined]
        app.processEvents()  # type: ignore[attr-defined]


def told(begun: float) -> None:
    """Print what `measured` reads."""
    seconds = begun or time.monotonic() - float(os.environ["BEGUN"])
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    print(seconds, pages * os.sysconf("SC_PAGE_SIZE") / 1e6, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        bare()
    elif sys.argv[1:2] == ["ours"]:
        ours(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "case-tracker-million.db")
