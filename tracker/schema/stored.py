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
