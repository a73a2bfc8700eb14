"""What every test stands on: no screen, a home of its own, Chinese unless it asks for English, no noise."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is first imported

from tests import quick_keys
from tests.needs import lacking
from tracker import i18n, ids

if TYPE_CHECKING:  # tests without a window load no Qt
    from pytestqt.qtbot import QtBot

gc.set_threshold(50_000, 10, 20)
"""Thousands of collected tests and the windows' modules are looked through at each collection: a tenth of all time."""

quick_keys.set_rounds(quick_keys.QUICK)

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")

FOLDERS = {
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "LOCALAPPDATA": "AppData/Local",
    "APPDATA": "AppData/Roaming",
}


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, one after another; pytest's own would look through thousands for a free name."""
    every = tmp_path_factory.mktemp("homes")

    def made() -> Iterator[Path]:
        for n in count():
            (folder := every / str(n)).mkdir()
            yield folder

    return made()


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that neither this process nor one it starts touches the user's own files."""
    folder = next(homes)
    for variable in [name for name in os.environ if name.startswith("CASE_TRACKER_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for variable, place in FOLDERS.items():
        monkeypatch.setenv(variable, str(folder / place))
    return folder


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file from a clock that is ahead pulls identifiers along: those of its test only."""
    monkeypatch.setattr(ids, "_last", ids._last)


@pytest.fixture
def slow_keys() -> Iterator[None]:
    """Keys as the program makes them, and other programs, among them those that a test starts."""
    quick_keys.set_rounds(quick_keys.SLOW)
    yield
    quick_keys.set_rounds(quick_keys.QUICK)


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Chinese here and in programs that a test starts; a test's `english` overrides it."""
    yield from _language(monkeypatch, "zh_CN", "zh_CN.UTF-8")


@pytest.fixture
def english(chinese: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English here and in programs that the test starts."""
    yield from _language(monkeypatch, "en", "en_US.UTF-8")


def _language(monkeypatch: pytest.MonkeyPatch, name: str, locale: str) -> Iterator[None]:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setenv("PYTHONUTF8", "1")  # whether or not the system has that locale
    before = i18n.language()
    i18n.use(name)
    yield
    i18n.use(before)


class Listener(logging.Handler):
    """Keeps every record at ERROR or above, whatever the loggers' own handlers do."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def errors_logged(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Fails a test in which anything logged an error, unless it is marked `logs_errors`; yields the lines."""
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield listener.lines
    logging.getLogger().removeHandler(listener)
    if listener.lines and request.node.get_closest_marker("logs_errors") is None:
        pytest.fail("logged at ERROR: " + "; ".join(listener.lines), pytrace=False)


WAITS = ("waitActive", "waitExposed", "waitSignal", "waitSignals", "waitUntil")


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """The bot, more patient than with its own 5 s: how quick the machine is, is not what a test is about."""
    for name in WAITS:
        monkeypatch.setattr(qtbot, name, partial(getattr(qtbot, name), timeout=60_000))
    return qtbot


@pytest.fixture
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Function (path, kind="xlsx") -> Path of a copy that LibreOffice opened, recomputed and saved."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        lacking("LibreOffice (Debian: libreoffice-calc)")
    profile = tmp_path_factory.getbasetemp() / "libreoffice"

    def convert(path: Path, kind: str = "xlsx") -> Path:
        folder = tmp_path_factory.mktemp("converted")
        command = [str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        result = folder / f"{path.stem}.{kind.partition(':')[0]}"
        assert result.is_file(), f"LibreOffice made no {result.name}: {done.stdout}{done.stderr}"
        return result

    return convert


@pytest.fixture
def chinese_font(request: pytest.FixtureRequest) -> str:
    """The family of a font that has Chinese characters, for tests that look at what is painted."""
    if not request.config.pluginmanager.hasplugin("pytest-qt"):  # ./check leaves it out where Qt cannot load
        lacking("the system libraries of Qt (./check names them)")
    request.getfixturevalue("qapp")
    from PySide6.QtGui import QFontDatabase  # here: tests without a window load no Qt

    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not families:
        lacking("a Chinese font (Debian: fonts-noto-cjk)")
    return families[0]
