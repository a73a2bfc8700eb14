"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def uuid7() -> str:
    """A new UUIDv7 as 36 characters; later ones of one process sort after earlier ones.

    48 bits of milliseconds, then 12 + 62 bits that are random at a new millisecond and counted up within one.
    Python has `uuid.uuid7` only from 3.14.
    """
    global _last
    now = time.time_ns() // 1_000_000
    with _lock:
        if now > _last >> 74:
            _last = now << 74 | int.from_bytes(os.urandom(10), "big") >> 7
        else:
            _last += 1
        value = _last
    stamp, low = value >> 74, value & ((1 << 74) - 1)
    text = f"{stamp << 80 | 7 << 76 | (low >> 62) << 64 | 2 << 62 | low & ((1 << 62) - 1):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
