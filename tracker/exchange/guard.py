"""Text in CSV that a spreadsheet would take for a formula: an apostrophe guards it, which reading takes off again."""

from __future__ import annotations

FORMULA_LIKE = ("=", "+", "-", "@")
BEFORE = "' \t\r\n"
"""What a spreadsheet may pass over before a formula, and apostrophes that guard one already."""


def guarded(text: str) -> str:
    """With an apostrophe before it where it begins as a formula does, also after apostrophes and blanks."""
    return f"'{text}" if text.lstrip(BEFORE).startswith(FORMULA_LIKE) else text


def bare(text: str) -> str:
    """Without the apostrophe that guards it, where there is one."""
    return text[1:] if text.startswith("'") and text.lstrip(BEFORE).startswith(FORMULA_LIKE) else text
