"""The window as a process of its own: it starts, survives a defect, and leaves the file whole."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tracker import logs, paths
from tracker.operations.office import make_office, open_office

CHILD = """
    import sys, threading
    from pathlib import Path
    from PySide6.QtCore import QTimer, qWarning
    from tracker import app

    begin = app.Shell.begin

    shown_in = []
    report = app.Shell.report

    def fail():
        raise RuntimeError("a record's words")

    def report_here(shell, error):
        shown_in.append(threading.current_thread() is threading.main_thread())
        report(shell, error)

    def look(shell):
        print(type(shell.window).__name__, shell.window.windowTitle())
        print("report", shell._report is not None and shell._report.isVisible())
        print("in the main thread", shown_in)
        shell.app.exit(7)

    def begin_and_fail(shell, path):
        begin(shell, path)
        qWarning("Qt has something to say")
        QTimer.singleShot(0, fail)
        QTimer.singleShot(50, lambda: threading.Thread(target=fail).start())
        QTimer.singleShot(400, lambda: look(shell))

    app.Shell.begin = begin_and_fail
    app.Shell.report = report_here
    sys.exit(app.main(Path(sys.argv[1])))
"""


def run(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_a_defect_is_reported_and_logged_and_the_window_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    make_office(path).close()
    done = run(path)
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout.splitlines() == [
        "MainWindow 劳动维权台账 — a.db",
        "report True",
        "in the main thread [True, True]",
    ]
    log = (paths.log_folder() / logs.FILE).read_text(encoding="utf-8")
    assert log.count("RuntimeError\n") == 2 and "a record's words" not in log
    assert "Qt has something to say" in log
    open_office(path).close()


@pytest.mark.parametrize("content", [None, b"no data file"])
def test_a_file_that_cannot_be_opened_leaves_the_start_page(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.db"
    if content:
        path.write_bytes(content)
    done = run(path)
    assert "StartPage" in done.stdout
    assert "Traceback" not in done.stderr
