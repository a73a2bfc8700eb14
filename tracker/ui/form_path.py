"""Where Enter goes on a form: over what the program proposed and what another field rules out."""

from __future__ import annotations

from collections.abc import Set
from typing import Protocol, TypeVar

from tracker.schema.fields import Field
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Excludes


class Stop(Protocol):
    """A field's place on the form."""

    field: Field

    def isHidden(self) -> bool: ...  # noqa: N802 (Qt's name)
    def is_closed(self) -> bool: ...


S = TypeVar("S", bound=Stop)


class EnterPath:
    """Decides at which fields of a ledger Enter stops; `proposed` are those the program filled in, `kept` those that
    the record in the file holds: whoever opens a case goes on with what is still to be filled in."""

    def __init__(self, ledger: Ledger) -> None:
        self.proposed: Set[str] = frozenset()
        self.kept: Set[str] = frozenset()
        pairs = [(rule.field, rule.other) for rule in ledger.rules if isinstance(rule, Excludes)]
        self._excluded = {
            key: {b if a == key else a for a, b in pairs if key in (a, b)} for key in ledger.by_key
        }

    def first(self, stops: list[S], held: Set[str]) -> S:
        """The first field that the program could not fill in; `held` are the keys of the fields that hold something."""
        return next((stop for stop in stops if self._stops(stop, held)), stops[0])

    def after(self, stops: list[S], here: S, step: int, held: Set[str]) -> S | None:
        """The next stop, or with -1 the field before, whatever it is."""
        at = stops.index(here)
        if step < 0:
            return next((s for s in reversed(stops[:at]) if not (s.isHidden() or s.is_closed())), None)
        further = (stop for stop in stops[at + 1 :] if stop.field.key not in self.kept)
        return next((stop for stop in further if self._stops(stop, held)), None)

    def _stops(self, stop: Stop, held: Set[str]) -> bool:
        key = stop.field.key
        if stop.isHidden() or stop.is_closed() or key in self.proposed:
            return False
        return key in held or not self._excluded[key] & held
