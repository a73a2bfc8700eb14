"""A screen in memory with a session of its own and an input method from Debian, and the program typed into by keys."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from scripts.system_packages import lacking_to_type
from tracker import logs

PATIENCE = 60  # seconds until something that was to happen is said not to
ROOT = Path(__file__).parents[2]
OBSERVED = Path(__file__).with_name("observed.py")
OURS = (
    "QT_",
    "GTK_",
    "IBUS_",
    "XMODIFIERS",
    "DBUS_",
    "WAYLAND_",
    "DISPLAY",
    "XDG_",
    "LC_",
    "LANG",
    "CASE_TRACKER_",
)
"""What a session sets, and ours sets by itself."""


class InputMethod(Protocol):
    """An input method that can be started and switched to pinyin."""

    packages: tuple[str, ...]
    name: str
    says_of_saving: str
    """What the form says after Ctrl+S while something is composed."""

    def start(self, screen: Screen) -> None: ...

    def switch_on(self, screen: Screen) -> None: ...


class Ibus:
    """ibus with libpinyin."""

    packages = ("ibus", "ibus-libpinyin")
    name = "ibus"
    says_of_saving = "尚未保存"  # it keeps the key to itself

    def start(self, screen: Screen) -> None:
        screen.start("ibus-daemon", "--panel=disable", "--xim=false")
        screen.until(lambda: "unix:" in screen.ask("ibus", "address"), "ibus answers")

    def switch_on(self, screen: Screen) -> None:
        def is_on() -> bool:
            screen.ask("ibus", "engine", "libpinyin")
            return screen.ask("ibus", "engine") == "libpinyin"

        screen.until(is_on, "ibus is at libpinyin")


PROFILE = """
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us

[Groups/0/Items/1]
Name=pinyin

[GroupOrder]
0=Default
"""


class Fcitx5:
    """fcitx5 with its pinyin."""

    packages = ("fcitx5", "fcitx5-pinyin")
    name = "fcitx5"
    says_of_saving = "未保存：请先选定正在输入的字"

    def start(self, screen: Screen) -> None:
        profile = screen.home / ".config/fcitx5/profile"
        profile.parent.mkdir()
        profile.write_text(PROFILE, encoding="utf-8")
        screen.start("fcitx5")
        screen.until(lambda: bool(screen.ask("fcitx5-remote")), "fcitx5 answers")

    def switch_on(self, screen: Screen) -> None:
        if screen.ask("fcitx5-remote") != "2":
            screen.keys("ctrl+space")
            screen.until(lambda: screen.ask("fcitx5-remote") == "2", "fcitx5 is at pinyin")


@dataclass(frozen=True)
class Shown:
    """What the program's window shows, as `observed.py` tells it."""

    window: str = ""
    active: bool = False
    focus: str = ""
    text: str = ""
    preedit: str = ""
    list: bool = False
    form: bool = False
    said: str = ""


class Screen:
    """Its processes end with it. Nothing of the user's own session is seen or touched."""

    def __init__(self, folder: Path, ending: ExitStack) -> None:
        self.folder, self.home, self._ending = folder, folder / "home", ending
        self._state = folder / "state.json"
        runtime = folder / "runtime"
        self.home.joinpath(".config").mkdir(parents=True)
        runtime.mkdir(mode=0o700)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        places = {"CONFIG": ".config", "CACHE": ".cache", "DATA": ".local/share", "STATE": ".local/state"}
        self.environ = {
            **kept,
            **{f"XDG_{name}_HOME": str(self.home / place) for name, place in places.items()},
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "zh_CN.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [kept.get("PYTHONPATH"), str(ROOT)])),
        }
        memory = ("-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir", str(folder))
        self.environ["DISPLAY"] = ":" + self._told_by("Xvfb", "-displayfd", "{fd}", *memory)
        bus = self._told_by("dbus-daemon", "--session", "--nofork", "--print-address={fd}")
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = bus

    def start(self, *command: str, telling: int | None = None, **environ: str) -> subprocess.Popen[bytes]:
        """Start a program of the session; what it says goes to a file named after it."""
        with (self.folder / f"{Path(command[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env={**self.environ, **environ},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=() if telling is None else (telling,),
                start_new_session=True,
            )
        self._ending.callback(stop, process)
        return process

    def _told_by(self, *command: str) -> str:
        """The line that a program writes to a pipe once it is ready."""
        reading, writing = os.pipe()
        self.start(*(word.format(fd=writing) for word in command), telling=writing)
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as pipe:
            line = pipe.readline().strip()
        assert line, f"{command[0]} does not start: {self.said()}"
        return line

    def ask(self, *command: str) -> str:
        """What a program of the session answers, whatever its exit status."""
        done = subprocess.run(command, env=self.environ, capture_output=True, timeout=PATIENCE, check=False)
        return done.stdout.decode().strip()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until it holds; else fail with what is shown, what was said, and a picture in the folder."""
        ends = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > ends:
                picture = self.picture("failed.png")
                raise AssertionError(
                    f"not within {PATIENCE} s: {what}; {self.shown()}; see {picture}\n{self.said()}"
                )
            time.sleep(0.02)

    def keys(self, *names: str) -> None:
        """Press keys one after the other, such as `Return` or `ctrl+s`."""
        subprocess.run(
            ["xdotool", "key", "--delay", "15", *names], env=self.environ, timeout=PATIENCE, check=True
        )

    def type(self, letters: str) -> None:
        """Type plain letters and digits."""
        self.keys(*letters)

    def shown(self) -> Shown:
        """What the program shows now."""
        try:
            return Shown(**json.loads(self._state.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Shown()

    def until_shown(self, what: str = "", **expected: object) -> None:
        """Wait until the program shows this."""

        def as_expected() -> bool:
            now = self.shown()
            return all(getattr(now, name) == value for name, value in expected.items())

        self.until(as_expected, what or str(expected))

    @contextmanager
    def program(self, file: Path, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        """The program on a file, with the keyboard."""
        self._state.unlink(missing_ok=True)
        command = [sys.executable, str(OBSERVED), str(self._state), "--file", str(file), "--clerk", "测试员"]
        process = self.start(*command, **environ)
        try:
            self.until(
                lambda: process.poll() is not None or file.name in self.shown().window, "a window opens"
            )
            title = self.shown().window
            self.ask("xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync")
            self.until_shown("the window has the keyboard", active=True)
            yield process
        finally:
            stop(process)

    def log(self) -> str:
        """The program's own log."""
        return "".join(path.read_text(encoding="utf-8") for path in self.home.rglob(logs.FILE))

    def picture(self, name: str) -> Path:
        """The screen as a PNG, with the input method's own windows."""
        raw = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", raw[:100])
        width, height, line, colours = header[4], header[5], header[12], header[19]
        pixels = raw[header[0] + 12 * colours :]
        image = QImage(pixels, width, height, line, QImage.Format.Format_RGB32)
        path = self.folder / name
        assert image.save(str(path))
        return path

    def said(self) -> str:
        """The ends of what the programs of the session said."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"{log.name}: {log.read_text(errors='replace')[-1000:]}" for log in logs)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(5)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait(5)


@contextmanager
def screen_with(method: InputMethod, folder: Path) -> Iterator[Screen]:
    """A screen on which that input method runs."""
    with ExitStack() as ending:
        screen = Screen(folder, ending)
        method.start(screen)
        yield screen


def absent(method: InputMethod) -> list[str]:
    """The packages that this machine lacks for it."""
    others = {package for other in (Ibus, Fcitx5) for package in other.packages} - set(method.packages)
    return lacking_to_type(but=others)
