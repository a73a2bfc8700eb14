"""File names from outside, made harmless for every file system and eye."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MOST_BYTES, MOST_SUFFIX = 180, 20
"""Of a whole name and of its ending in UTF-8: file systems take 255, and a few more characters may be added."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Control characters, those that turn the direction of writing or show nothing, halves of characters, line ends."""
_SIGNS = str.maketrans({**dict.fromkeys('<>:"|?*', "_"), "\ufffe": "", "\uffff": ""})
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
"""Names that Windows takes for devices, whatever their ending."""
RUN = frozenset(
    """exe com bat cmd scr pif msi msp mst cpl dll js jse vbs vbe wsf wsh ps1 psm1 hta jar lnk url reg inf scf chm
    application gadget sh bash csh desktop run appimage app dmg pkg deb rpm apk py pyw pl rb docm dotm xlsm xltm xlam
    pptm potm ppsm iso img vhd vhdx settingcontent-ms library-ms search-ms one msc""".split()  # noqa: SIM905 (a list of 60 lines)
)
"""Endings of what runs when it is opened, or holds macros."""
_HEADS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
)
"""How programs and scripts begin, whatever they are called."""


def harmless(name: str, otherwise: str = "file") -> str:
    """The last part of a name without what is dangerous or unseen in it; `otherwise` where nothing is left."""
    text = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    text = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN).translate(_SIGNS)
    text = _shortened(" ".join(text.split()).strip(" .")).strip(" .")
    text = f"_{text}" if _RESERVED.fullmatch(text) else text
    return text or otherwise


def _shortened(name: str) -> str:
    if len(name.encode()) <= MOST_BYTES:
        return name
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix.encode()) <= MOST_SUFFIX else ""
    stem = name.removesuffix(suffix).encode()[: MOST_BYTES - len(suffix.encode())]
    return stem.decode(errors="ignore").rstrip(" .") + suffix


def fresh(name: str, taken: frozenset[str] | set[str]) -> str:
    """The name, or with (2), (3) … before its ending where it is taken, whatever its case."""
    path, used = PurePosixPath(name), {each.casefold() for each in taken}
    tried, n = name, 1
    while tried.casefold() in used:
        n += 1
        tried = f"{path.stem} ({n}){path.suffix}"
    return tried


def may_run(name: str, begins: bytes) -> bool:
    """Whether opening a file of this name, which begins so, may run something on the computer."""
    return name.rpartition(".")[2].casefold().strip() in RUN or begins.startswith(_HEADS)


def size_text(size: int) -> str:
    """A size in bytes, KB or MB (of 1,024), as people read it."""
    if size < 1024:
        return f"{size} B"
    if size < 1024**2:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024**2:,.1f} MB"
