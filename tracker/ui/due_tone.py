"""The tone of a line of the day, and the second sign that goes with each colour."""

from __future__ import annotations

from typing import Literal

from tracker.operations.today import Line

Tone = Literal["danger", "warning", "positive", "muted"]
SOON = 3
"""So many days before its end a limit is said to be near."""
ICONS = {"danger": "warning", "warning": "clock", "positive": "calendar", "muted": ""}
"""A second sign beside each colour."""


def tone(line: Line) -> Tone:
    """The tone of a line: by the safer count of days, but overdue only when it really is."""
    if line.left is None or line.warn is None:
        return "muted"
    if line.left < 0:
        return "danger"
    return "warning" if line.warn <= SOON else "positive"
