"""How often tests at random try: few times each, so that all of them end in minutes, and as often as TRIES says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def tries(usual: int) -> int:
    """The number of tries or examples; `usual` unless the environment names another."""
    return int(os.environ.get("TRIES", usual))


def some(every: Sequence[T], of: int) -> Sequence[T]:
    """Every `of`-th of what goes one way through the program, and all of it where TRIES is set."""
    return every if "TRIES" in os.environ else every[::of]


IN_THE_WORKER: dict[str, Any] = {
    "params": [False, True][: tries(1)],
    "ids": ["worker", "instant"][: tries(1)],
}
"""Of a fixture whose windows work in the worker, as those of a clerk do; with TRIES at once as well, as in pictures."""
