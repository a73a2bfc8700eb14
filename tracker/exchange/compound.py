"""A look into an old .xls before it is read: its reader follows a circle of sectors until memory and program end."""

from __future__ import annotations

import struct
from array import array
from pathlib import Path
from typing import IO

_LAST = 0xFFFFFFFA
"""Greater numbers are no sectors."""


def circular(path: Path) -> bool:
    """Whether any chain of the file comes back to itself, or the file is not built as such files are."""
    with path.open("rb") as file:
        try:
            return _circular(file, path.stat().st_size)
        except struct.error:
            return True


def _circular(file: IO[bytes], length: int) -> bool:
    head = file.read(512)
    shift = struct.unpack_from("<H", head, 30)[0]
    small, more = (struct.unpack_from("<I", head, at)[0] for at in (60, 68))
    if shift not in (9, 12):
        return True
    size = 1 << shift
    most = length // size + 1

    def sector(number: int) -> array[int]:
        file.seek((number + 1) * size)
        return _numbers(file.read(size))

    tables = [number for number in _numbers(head[76:512]) if number < _LAST]
    seen: set[int] = set()
    while more < _LAST:
        if more in seen or more >= most:
            return True
        seen.add(more)
        *listed, more = sector(more) or [_LAST]
        tables += [number for number in listed if number < _LAST]
    if len(tables) > most or max(tables, default=0) >= most:
        return True
    chains: array[int] = array("I")
    for number in tables:
        chains.extend(sector(number))
    if _loops(chains):
        return True
    little: array[int] = array("I")
    while small < len(chains):
        little.extend(sector(small))
        small = chains[small]
    return _loops(little)


def _numbers(data: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _loops(chains: array[int]) -> bool:
    """Whether following the numbers from anywhere comes back to where it was."""
    done = bytearray(len(chains))
    for start in range(len(chains)):
        at, walked = start, []
        while at < len(chains) and not done[at]:
            done[at] = 1
            walked.append(at)
            at = chains[at]
        if at < len(chains) and done[at] == 1:
            return True
        for one in walked:
            done[one] = 2
    return False
