"""Hostile input is tried in a process of its own with little memory and time; how many were tried is counted."""

from __future__ import annotations

import resource
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.apart import apart
from tracker.errors import UserError

MEMORY = 3 * 1024**3
SECONDS = 900
"""Of the processor, for a whole batch."""


def bounded(work: Callable[[], str]) -> str:
    """What `work` says, in a process that the system ends where it takes too much."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return apart(work, limits)


def told(work: Callable[[], object]) -> str:
    """ "" where it went well, the sentence where it was refused in one, else where it broke."""
    try:
        work()
    except UserError as refused:
        text = str(refused)
        return text if "\n" not in text and text else f"no sentence: {text!r}"
    except Exception as defect:  # noqa: BLE001 (what is looked for)
        at = traceback.extract_tb(defect.__traceback__)[-1]
        return f"DEFECT {type(defect).__name__} {Path(at.filename).name}:{at.lineno} {str(defect)[:200]}"
    return ""
