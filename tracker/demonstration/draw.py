"""Chance that is the same on every machine and Python: all of it comes from `Random.random` and plain arithmetic."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things to choose from, each with its weight."""

    def __init__(self, pairs: Mapping[T, float] | Iterable[tuple[T, float]]) -> None:
        listed = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
        self.items: tuple[T, ...] = tuple(item for item, _weight in listed)
        self._sums = tuple(accumulate(weight for _item, weight in listed))

    def at(self, share: float) -> T:
        """The thing at a share (0 to below 1) of all weight."""
        place = bisect_right(self._sums, share * self._sums[-1])
        return self.items[min(place, len(self.items) - 1)]


class Draw:
    """Draws from one seed; make one for each part, so that a change in one does not move the others."""

    def __init__(self, seed: str) -> None:
        self._next = Random(seed).random

    def share(self) -> float:
        """0 to below 1, evenly."""
        return self._next()

    def chance(self, probability: float) -> bool:
        """True that often."""
        return self._next() < probability

    def between(self, least: int, greatest: int) -> int:
        """A whole number, both ends included, evenly."""
        return least + int((max(greatest, least) - least + 1) * self._next())

    def low(self, least: float, greatest: float) -> float:
        """A number that is more often near `least`."""
        share = self._next()
        return least + (greatest - least) * share * share

    def high(self, least: float, greatest: float) -> float:
        """A number that is more often near `greatest`."""
        return least + greatest - self.low(least, greatest)

    def pick(self, things: Sequence[T]) -> T:
        """One of them, evenly."""
        return things[int(len(things) * self._next())]

    def of(self, weighted: Weighted[T]) -> T:
        """One of them by weight."""
        return weighted.at(self._next())

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """All of them in another order (Fisher and Yates)."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = int((last + 1) * self._next())
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, things: Iterable[T], number: int) -> list[T]:
        """So many of them, none twice."""
        return self.shuffled(things)[:number]
