"""What the command line prints, and whether there is a screen to open a window on."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tracker.i18n import _, about, ngettext
from tracker.period import Period
from tracker.schema.fields import Choice
from tracker.schema.indicator import Figure
from tracker.schema.ledger import Ledger
from tracker.schema.quoted import Quoted, quoted


def speak_utf8() -> None:
    """Print Chinese whatever the terminal's encoding is said to be."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream put there by someone else
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def document(value: object) -> None:
    """One JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def listed(members: Iterable[object]) -> None:
    """One JSON document that is a list, each member written as it comes, so that memory stays flat."""
    before = "["
    for member in members:
        print(before, json.dumps(member, ensure_ascii=False), sep="\n", end="")
        before = ","
    print("[]" if before == "[" else "\n]")


def lines(texts: Iterable[str]) -> None:
    """Lines of text."""
    for text in texts:
        print(text)


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a Chinese character."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def columns(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows in aligned columns; those of `right` flush right."""
    widths = [max((width(row[n]) for row in rows), default=0) for n in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = [_padded(cell, widths[n], n in right) for n, cell in enumerate(row)]
        yield "  ".join(cells).rstrip()


def _padded(text: str, wanted: int, right: bool) -> str:
    space = " " * (wanted - width(text))
    return space + text if right else text + space


def ledger_lines(ledgers: Sequence[Ledger], whole: bool) -> Iterator[str]:
    """Ledgers by name, with `whole` their fields and codes."""
    for ledger in ledgers:
        yield f"{ledger.name}  {ledger.title()}"
        if not whole:
            continue
        rows = [(f"  {f.key}", f.kind, f.title(), _("required") if f.required else "") for f in ledger.fields]
        for field, line in zip(ledger.fields, columns(rows), strict=True):
            yield line
            if isinstance(field, Choice):
                yield "      " + " ".join(f"{code.key}={_(code.label)}" for code in field.codes)


def table_lines(ledger: Ledger, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Records as texts of the ledger's usual columns."""
    fields = [ledger.field(key) for key in ledger.columns]
    heads = tuple(f.title() for f in fields)
    yield from columns([heads, *rows], frozenset(n for n, f in enumerate(fields) if f.integer))
    yield ngettext("{n} record", "{n} records", len(rows)).format(n=len(rows))


def figure_lines(period: Period, figures: Sequence[Figure | Quoted]) -> Iterator[str]:
    """Figures, just computed or frozen, with unit, parts, last year's value and change."""
    yield period.label()
    told = [quoted(figure) for figure in figures]
    heads = (_("Figure"), _("Value"), _("Unit"), _("Parts"), _("Last year"), _("Change"))
    yield from columns([heads, *map(_row, told)], frozenset({1, 4, 5}))
    for figure in told:
        if figure.parts:
            parts = _(", ").join(f"{part.label} {part.text}" for part in figure.parts)
            yield about(figure.label, parts)


def _row(figure: Quoted) -> tuple[str, str, str, str, str, str]:
    above, below = figure.part_texts()
    parts = f"{above} / {below}" if below is not None else ""
    sign = "" if figure.change is None else figure.change + (_(" points") if figure.relative else "%")
    return (figure.label, figure.value or "–", figure.unit, parts, figure.previous or "–", sign or "–")


def no_screen() -> str:
    """Why no window can open, in one sentence; empty where one can. Qt itself would abort the program."""
    if sys.platform != "linux":
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform and platform not in ("xcb", "wayland"):
        return ""
    if _wayland() or _x11():
        return _libraries()
    return _("There is no screen.")


def _wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / str(name)).exists()


def _x11() -> bool:
    import socket  # here: only the window asks for a screen

    host, colon, rest = os.environ.get("DISPLAY", "").rpartition(":")
    number = rest.split(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host not in ("", "unix"):
        return _answers(socket.AF_INET, (host, 6000 + int(number)))
    path = f"/tmp/.X11-unix/X{number}"
    return _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, "\0" + path)


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    import socket  # as above

    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def _libraries() -> str:
    import ctypes  # as above

    for library, package in (
        ("libEGL.so.1", "libegl1"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ):
        try:
            ctypes.CDLL(library)
        except OSError:
            return _("The window needs the system library {name}; install the package {package}.").format(
                name=library, package=package
            )
    return ""
