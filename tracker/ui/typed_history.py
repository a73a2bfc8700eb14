"""Going back and forth between states that are never changed themselves, such as tuples of rows."""

from __future__ import annotations

from typing import Generic, TypeVar

S = TypeVar("S")
MOST = 1000
"""So many steps can be taken back; a state shares its rows with its neighbours, so that a step costs little."""


class History(Generic[S]):
    """Holds what was before and after the state at hand, which its owner holds."""

    def __init__(self) -> None:
        self._before: list[S] = []
        self._after: list[S] = []

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    def can_redo(self) -> bool:
        """Whether a step was taken back and nothing was done since."""
        return bool(self._after)

    def step(self, left: S) -> None:
        """A state is left for a new one."""
        self._before = [*self._before[1 - MOST :], left]
        self._after = []

    def undo(self, left: S) -> S:
        """The state before the one at hand."""
        self._after.append(left)
        return self._before.pop()

    def redo(self, left: S) -> S:
        """The state that `undo` left last."""
        self._before.append(left)
        return self._after.pop()
