"""How long one waits after a wrong password: 1, 2, 4 … seconds, and never more than half a minute."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

from tracker.i18n import ngettext

LONGEST = 30


def pause(wrong: int) -> int:
    """Seconds to wait after so many wrong passwords in a row."""
    return min(2 ** (wrong - 1), LONGEST) if wrong else 0


class Tries:
    """Those at one file; whoever leaves and comes back goes on waiting. `clock` tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong, self._until = 0, 0.0

    def was_wrong(self) -> None:
        """One more."""
        self._wrong += 1
        self._until = self._clock() + pause(self._wrong)

    def was_right(self) -> None:
        """Begin anew."""
        self._wrong, self._until = 0, 0.0

    def left(self) -> float:
        """Seconds until the next one is looked at."""
        return max(0.0, self._until - self._clock())

    def told(self) -> str:
        """How long that is, in a sentence; empty where one may try."""
        left = math.ceil(self.left())
        text = ngettext("Try again in {n} second.", "Try again in {n} seconds.", left)
        return text.format(n=left) if left else ""


_AT: dict[Path, Tries] = {}


def at(path: Path) -> Tries:
    """Those at a file, as long as the program runs."""
    return _AT.setdefault(path.absolute(), Tries())
