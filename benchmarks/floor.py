"""Timing against a floor measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable


def best(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs, in seconds: what the work takes where nothing disturbs it."""
    return min(timed(work) for _run in range(times))


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def report(what: str, ours: float, floor: float, limit: float) -> None:
    """Print the ratio, the times it comes from, and the ratio aimed at."""
    told = "within" if ours <= limit * floor else "OVER"
    print(
        f"{what}: {ours / floor:.2f} x the floor ({ours * 1000:.0f} ms / {floor * 1000:.0f} ms); {told} {limit} x"
    )
