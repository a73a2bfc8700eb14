"""Print the Debian packages that Qt's window and screenless drawing need and this machine lacks.

With `--check` also what only tests need: LibreOffice Calc recomputes workbooks, and Chinese is typed through input
methods on a screen in memory. Standard library only.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

# What the libraries and plugins of PySide6-Essentials ask of the system (readelf -d), beyond Debian's base.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TYPING = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus",
    "ibus-daemon": "ibus",
    "/usr/share/ibus/component/libpinyin.xml": "ibus-libpinyin",
    "fcitx5": "fcitx5",
    "/usr/share/fcitx5/inputmethod/pinyin.conf": "fcitx5-pinyin",
}
"""Programs and files by which tests type Chinese, and what Debian calls the packages that they are in."""
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_NAMES = ("*CJK*", "*SourceHan*", "*wqy*", "*uming*", "*ukai*", "*simsun*", "*DroidSansFallback*")


def missing(check: bool) -> list[str]:
    """Names of Debian packages to install, libraries first."""
    packages = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not chinese_font():
        packages.append("fonts-noto-cjk")
    if check and not (shutil.which("soffice") or shutil.which("libreoffice")):
        packages.append("libreoffice-calc")
    return packages + lacking_to_type() * check


def lacking_to_type(but: Collection[str] = ()) -> list[str]:
    """The packages without which no Chinese can be typed in a test, but for those named."""
    return [
        package
        for name, package in TYPING.items()
        if package not in but and not (shutil.which(name) or Path(name).is_file())
    ]


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the library with all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def chinese_font() -> bool:
    """Ask fontconfig where its program is installed, else look for files with the usual names."""
    if shutil.which("fc-list"):
        found = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
        return bool(found.stdout.strip())
    folders = [Path(name).expanduser() for name in FONT_FOLDERS]
    return any(next(folder.rglob(name), None) for folder in folders for name in FONT_NAMES if folder.is_dir())


if __name__ == "__main__":
    if sys.platform == "linux":
        print(" ".join(missing("--check" in sys.argv[1:])))
