"""JSON as a file holds it. A file may come from anywhere: what it holds may be anything, as deep as it likes."""

from __future__ import annotations

import json
from typing import Any

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading raises where a file holds something else than this program writes."""


def parsed(text: str) -> Any:
    """What the JSON says; None where it is none."""
    try:
        return json.loads(text)
    except UNREADABLE:
        return None


def table(text: str) -> dict[str, Any]:
    """What the JSON says by its names; nothing where it has none."""
    found = parsed(text)
    return found if isinstance(found, dict) else {}


def pairs(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Texts before and after by their names, as the history tells changes of them; what is none is left out."""
    return {key: (pair[0], pair[1]) for key, pair in table(text).items() if is_pair(pair)}


def is_pair(found: object) -> bool:
    """Whether it is what stood before and what after, each a text or nothing."""
    return isinstance(found, list) and len(found) == 2 and all(isinstance(one, str | None) for one in found)
