"""Where the user has been: back and forward between pages, drill-downs included."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.operations.figures import Behind

LONGEST = 50


@dataclass(frozen=True)
class Place:
    """A page by its key; `behind` where it shows only the records behind a figure, `uid` of the record on its form."""

    key: str
    behind: Behind | None = None
    uid: str = ""


class Trail:
    """The places visited and the one shown."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        """The place shown, None before the first."""
        return self._places[self._at] if self._places else None

    def go(self, place: Place) -> None:
        """Visit a place; what was forward of here is forgotten."""
        if place != self.here:
            self._places = [*self._places[: self._at + 1], place][-LONGEST:]
            self._at = len(self._places) - 1

    def amend(self, place: Place) -> None:
        """Say more exactly where one is, so that one comes back there."""
        if self._places:
            self._places[self._at] = place

    def step(self, by: int) -> Place | None:
        """Go back (-1) or forward (1); None, and no step, where there is nothing."""
        if self.beside(by):
            self._at += by
            return self.here
        return None

    def beside(self, by: int) -> Place | None:
        """The place to which a step would go."""
        at = self._at + by
        return self._places[at] if 0 <= at < len(self._places) else None
