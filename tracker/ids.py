"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

from __future__ import annotations

import os
import re
import threading
import time

_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_lock = threading.Lock()
_last = 0
STEP = 7
"""Bytes of a random step: so large that none of a million identifiers made here is one made elsewhere, and so small
that a million of them go no more than milliseconds ahead of the clock."""

_FAR = 100 * 366 * 86_400_000
"""Milliseconds: an identifier from so far ahead is no clock's, and nothing need come after it."""


def follow(identity: str) -> None:
    """Have identifiers made from now on sort after this one, also where it comes from a clock that is ahead."""
    global _last
    try:
        number = int(identity.replace("-", ""), 16)
    except ValueError:
        return
    if _far(number):
        return
    value = number >> 80 << 74 | (number >> 64 & 0xFFF) << 62 | number & ((1 << 62) - 1)
    with _lock:
        _last = max(_last, value)


def is_one(identity: str) -> bool:
    """Whether an identifier is one after which others can be made."""
    return bool(_FORM.fullmatch(identity)) and not _far(int(identity.replace("-", ""), 16))


def _far(number: int) -> bool:
    return number >> 80 >= time.time_ns() // 1_000_000 + _FAR


def uuid7() -> str:
    """A new UUIDv7 as 36 characters; later ones of one process sort after earlier ones.

    48 bits of milliseconds, then 12 + 62 bits that are random at a new millisecond and go on from there within one. The
    steps are random too: two computers that go on from one identifier, ahead of both their clocks, must not come to the
    same ones. Python has `uuid.uuid7` only from 3.14, and counts up by one.
    """
    global _last
    now = time.time_ns() // 1_000_000
    with _lock:
        if now > _last >> 74:
            _last = now << 74 | int.from_bytes(os.urandom(10), "big") >> 7
        else:
            _last += 1 + int.from_bytes(os.urandom(STEP), "big")
        value = _last
    stamp, low = value >> 74, value & ((1 << 74) - 1)
    text = f"{stamp << 80 | 7 << 76 | (low >> 62) << 64 | 2 << 62 | low & ((1 << 62) - 1):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
