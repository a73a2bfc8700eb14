"""The binding in use is one that a program can run on all day."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_calls_lose_no_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 gives back None without counting it: an abort after some 5000 calls."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("a")
    assert before - sys.getrefcount(None) < 100
