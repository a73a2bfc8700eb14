"""Chinese input on Linux: have Qt ask for an input method that it has a plugin for.

The PySide6 that pip installs has a plugin for ibus and none for fcitx. fcitx5 answers to ibus's protocol too; so Qt is
told to try ibus after whatever the session names, and what has no plugin or does not answer is passed over.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Collection, Mapping, MutableMapping

from PySide6.QtGui import QGuiApplication

from tracker.i18n import _

ORDER = "QT_IM_MODULES"
"""Several, separated by semicolons, of which Qt takes the first that answers; it goes before `QT_IM_MODULE`."""
FALLBACK = "ibus"
COMPOSER = (
    "wayland"  # the compositor's own way; Qt knows it only there, and tries it first where nothing is named
)
SILENT = frozenset(
    {"xim", "compose", "simple"}
)  # what Qt has under these names knows dead keys and no Chinese
SERVICES = (("org.fcitx.Fcitx5", "fcitx5"), ("org.freedesktop.IBus", "ibus"), ("org.fcitx.Fcitx-", "fcitx"))
log = logging.getLogger(__name__)


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set what Qt tries, and log it. To be called before Qt starts, which reads it once."""
    order = to_try(environ)
    log.info("input methods: the session names %s, Qt tries %s", named(environ) or "none", order)
    environ[ORDER] = order


def to_try(environ: Mapping[str, str]) -> str:
    """What Qt is to try: what the session names for it, then ibus; "none" stays alone."""
    wanted = [name for name in environ.get(ORDER, "").split(";") if name] or [environ.get("QT_IM_MODULE", "")]
    if wanted == ["none"]:
        return "none"
    useful = [name for name in wanted if name and name not in SILENT]
    if wanted == [""]:
        useful = [COMPOSER]
    return ";".join(dict.fromkeys([*useful, FALLBACK]))


def named(environ: Mapping[str, str]) -> str:
    """The input method that the session is made for, as far as its settings say; "" where they do not."""
    several = environ.get(ORDER, "").split(";")
    by_name = next((name for name in ("fcitx5", "fcitx", "ibus") if name in several), "")
    asked = (environ.get("QT_IM_MODULE"), environ.get("XMODIFIERS", "").partition("@im=")[2], by_name)
    return next((name for name in asked if name and name not in {*SILENT, COMPOSER, "none"}), "")


def answering() -> str:
    """Which input method runs in this session: fcitx5, ibus, fcitx (the older one), "" for none."""
    from PySide6.QtDBus import QDBusConnection  # here: only who asks about the program needs it

    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ and "XDG_RUNTIME_DIR" not in os.environ:
        return ""  # Qt would start a bus
    bus = QDBusConnection.sessionBus()
    return method_of(bus.interface().registeredServiceNames().value()) if bus.isConnected() else ""


def method_of(services: Collection[str]) -> str:
    """The input method that has these names on the bus; fcitx5 has those of the two others as well."""
    for begins, method in SERVICES:
        if any(name.startswith(begins) for name in services):
            return method
    return ""


def in_words(method: str, through: str) -> str:
    """By which input method Chinese is typed and through what Qt reaches it, or what to do where it is by none."""
    if method == "fcitx":
        return _("Chinese input: fcitx 4 runs, which this program cannot reach. Use fcitx5 or ibus.")
    if not method:
        return _("Chinese input: no input method answers. Start fcitx5 or ibus, then this program again.")
    if method == through:
        return _("Chinese input: {method}").format(method=method)
    return _("Chinese input: {method}, through {through}").format(method=method, through=through)


def told() -> str:
    """`in_words` of this session; "" where the system has its own way."""
    if not sys.platform.startswith("linux"):
        return ""
    order = os.environ.get(ORDER, "")
    composed = order.startswith(COMPOSER) and QGuiApplication.platformName() == COMPOSER
    return in_words(answering(), COMPOSER if composed else FALLBACK)
