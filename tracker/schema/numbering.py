"""Case numbers from the office's pattern, such as `京怀劳人仲字〔{year}〕第{n}号`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tracker.errors import UserError
from tracker.i18n import N_, _, everywhere
from tracker.schema.values import number_key, number_text

_N = re.compile(r"\{n(?::0(\d)d?)?\}")
_ALLOWED = re.compile(r"\{(year|region|n|n:0\dd?)\}")
_IN_BRACES = re.compile(r"\{([^{}:]+)(:0\d)?d?\}")
WORDS = (N_("region"), N_("year"), N_("n"))
"""What stands in braces, as it is stored; a clerk reads and types it in the language in use."""


def worded(text: str) -> str:
    """A pattern as a clerk reads it: `{年份}`, and `{序号:03}` for a counter of three digits."""
    return _IN_BRACES.sub(lambda m: f"{{{_(m[1]) if m[1] in WORDS else m[1]}{m[2] or ''}}}", text)


def unworded(text: str) -> str:
    """A pattern as it is stored, from one with words of any language in braces."""
    stored = {word: key for key in WORDS for word in everywhere(key)}
    return _IN_BRACES.sub(lambda m: f"{{{stored.get(m[1], m[1])}{m[2] + 'd' if m[2] else ''}}}", text)


@dataclass(frozen=True)
class Pattern:
    """A number pattern with the office's region filled in; `text` still holds `{year}` and `{n}`."""

    text: str

    @staticmethod
    def of(text: str, region: str = "") -> Pattern:
        """Raises UserError for a pattern without `{n}` or with other words in braces."""
        text = unworded(text)
        rest = _ALLOWED.sub("", text)
        if len(_N.findall(text)) != 1 or "{" in rest or "}" in rest:
            sentence = _(
                "The number pattern “{text}” must hold {n} once, and in braces only {year}, {region} and {n}."
            )
            raise UserError(sentence.format(text=worded(text), **{w: f"{{{_(w)}}}" for w in WORDS}))
        return Pattern(text.replace("{region}", region))

    def number(self, year: int, n: int) -> str:
        """The number as proposed on the form."""
        match = _N.search(self.text)
        width = int(match[1]) if match and match[1] else 1
        filled = _N.sub(f"{n:0{width}d}", self.text, count=1).replace("{year}", str(year))
        return number_text(filled)

    def counted(self, key: str, year: int) -> int | None:
        """The counter in a number's key (see `number_key`), None where it does not follow the pattern in that year."""
        head, tail = self._ends(year)
        digits = key[len(head) : len(key) - len(tail)] if tail else key[len(head) :]
        fits = key.startswith(head) and key.endswith(tail) and digits.isdecimal() and len(digits) < 10
        return int(digits) if fits else None

    def key_head(self, year: int) -> str:
        """What the keys of the year's numbers begin with."""
        return self._ends(year)[0]

    @cache  # noqa: B019 (a handful of patterns, by value)
    def _ends(self, year: int) -> tuple[str, str]:
        head, tail = _N.sub("\0", self.text, count=1).replace("{year}", str(year)).split("\0")
        return number_key(number_text(head) + "1")[:-1], number_key("1" + number_text(tail))[
            1:
        ]  # zeros beside a digit


def gaps(counters: Iterable[int]) -> tuple[int, ...]:
    """Counters missing between 1 and the greatest given."""
    given = set(counters)
    return tuple(n for n in range(1, max(given, default=0)) if n not in given)
