"""What the clerk said of a sheet while it is taken in: of words, of cells that are wrong, of rows left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.operations.taking import Intent
from tracker.schema.fields import fold

Word = tuple[str, str]
"""A field's key, and a word in its column."""


@dataclass
class Answers:
    """Corrections and rows left out by their sheet and row."""

    words: dict[Word, str] = field(default_factory=dict)
    corrections: dict[tuple[str, int, str], str] = field(default_factory=dict)
    left_out: set[tuple[str, int]] = field(default_factory=set)
    _asked: set[Word] = field(default_factory=set)
    """Words that were shown already, whether or not anything was said of them."""

    def forget_words(self) -> None:
        """The sheet is read anew."""
        self.words, self._asked = {}, set()

    def ask(self, open_words: set[Word], *, anew: bool) -> set[Word]:
        """Which of these words are to be shown now; `anew` those shown before too, if nothing was said of them."""
        fresh = open_words - self.words.keys() - (set() if anew else self._asked)
        self._asked |= fresh
        return fresh

    def intent(self, *, clear_empty: bool, invent: bool) -> Intent:
        """How the sheet is to be taken in."""
        words: dict[str, dict[str, str]] = {}
        for (key, word), code in self.words.items():
            words.setdefault(key, {})[fold(word)] = code
        return Intent(
            clear_empty=clear_empty,
            invent=invent,
            words=words,
            corrections=dict(self.corrections),
            left_out=frozenset(self.left_out),
        )
