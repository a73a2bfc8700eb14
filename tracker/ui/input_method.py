"""Chinese input on Linux: fall back to a protocol that Qt has a plugin for. To be called before Qt starts."""

from __future__ import annotations

import logging
from collections.abc import Collection, MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

FALLBACK = "ibus"  # fcitx5 answers it too
log = logging.getLogger(__name__)


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set `QT_IM_MODULE` to what works where the input method in use has no plugin, and log it."""
    wanted = asked_for(environ)
    if wanted.startswith("fcitx") and not has_plugin("fcitx", plugins()):
        environ["QT_IM_MODULE"] = FALLBACK
        environ.pop("QT_IM_MODULES", None)  # it would be asked first
        log.info("no Qt plugin for the input method %s: Chinese input goes through %s", wanted, FALLBACK)


def asked_for(environ: MutableMapping[str, str]) -> str:
    """The input method that the session names, "" where it names none."""
    several = environ.get("QT_IM_MODULES", "").split(";")
    named = environ.get("QT_IM_MODULE") or next((name for name in several if name.startswith("fcitx")), "")
    return named or environ.get("XMODIFIERS", "").partition("@im=")[2]


def plugins() -> tuple[str, ...]:
    """File names of the input methods that this Qt has."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return tuple(sorted(path.name for path in folder.glob("*.so"))) if folder.is_dir() else ()


def has_plugin(name: str, files: Collection[str]) -> bool:
    """Whether one of the plugin files is for this input method."""
    return any(name in file for file in files)
