"""Where Enter goes on a form: over what is filled in already and what another field rules out."""

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
    the record in the file holds: whoever enters or opens a case goes on with what is still to be filled in. `copied`
    are those of a duplicate, which are there to be gone over."""

    def __init__(self, ledger: Ledger) -> None:
        self.proposed: Set[str] = frozenset()
        self.kept: Set[str] = frozenset()
        self.copied: Set[str] = frozenset()
        pairs = [(rule.field, rule.other) for rule in ledger.rules if isinstance(rule, Excludes)]
        self._excluded = {
            key: {b if a == key else a for a, b in pairs if key in (a, b)} for key in ledger.by_key
        }

    def stops(self, cells: list[S], read: Set[str], wrong: Set[str], typed: Set[str]) -> list[S]:
        """The cells at which Enter stops now: `read` are the keys of what stands in fields, `wrong` of what cannot be
        read there, `typed` of what the clerk changed, be it by emptying a field."""
        done = (((self.proposed | self.kept) - typed) | (typed & read)) - self.copied
        held = read | wrong
        return [
            cell
            for cell in cells
            if not (cell.isHidden() or cell.is_closed() or (key := cell.field.key) in done)
            and (key in held or not self._excluded[key] & held)
        ]


def next_stop(cells: list[S], stops: list[S], here: S) -> S | None:
    """The stop after a cell."""
    after = cells[cells.index(here) + 1 :]
    return next((cell for cell in after if cell in stops), None)


def cell_before(cells: list[S], here: S) -> S | None:
    """The field before, whatever stands in it."""
    before = reversed(cells[: cells.index(here)])
    return next((cell for cell in before if not (cell.isHidden() or cell.is_closed())), None)
