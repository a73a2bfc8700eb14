"""Spans of days that a limit does not count: brought together, and cut to what lies inside the running limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
OPEN = date(9999, 12, 31)
"""The end of what goes on."""


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; `kinds` are those of the events that it is made of."""

    first: date
    last: date
    kinds: tuple[str, ...] = ()
    days: int = 0
    """How many days that the limit counts in are left out for it."""


def together(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap being one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.first, s.last)):
        before = found[-1] if found else None
        if before and (before.last == OPEN or span.first <= before.last + DAY):
            kinds = tuple(dict.fromkeys((*before.kinds, *span.kinds)))
            found[-1] = Span(before.first, max(before.last, span.last), kinds)
        else:
            found.append(span)
    return found


@dataclass(frozen=True)
class Counted:
    """Where a limit ends; None as long as it stands still, since the day told."""

    end: date | None
    spans: tuple[Span, ...]
    """What was left out, cut to the running limit."""
    stopped: date | None = None


def pushed(
    first: date,
    end: date,
    spans: Sequence[Span],
    further: Callable[[date, int], date],
    between: Callable[[date, date], int],
) -> Counted:
    """The end of a limit that would end on `end`, with what lies inside it left out.

    `spans` are as `together` gives them; `further` is the day that is so many counted days after another, `between`
    how many counted days there are from one to another, both included. A span that begins when the limit is over
    leaves it as it is.
    """
    left_out: list[Span] = []
    for span in spans:
        begin = max(span.first, first + DAY)
        if span.last < begin:
            continue
        if begin > end:
            break
        if span.last == OPEN:
            return Counted(None, tuple(left_out), begin)
        days = between(begin, span.last)
        left_out.append(Span(begin, span.last, span.kinds, days))
        end = further(span.last, between(begin, end))  # what remained when the span began comes after it
    return Counted(end, tuple(left_out))
