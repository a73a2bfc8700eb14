"""A document made of a case: a notice, a receipt, a record; declared once, its text a template of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.schema.filters import Condition
from tracker.schema.ledger import Ledger

OFFICE = "office"
"""By which a need names a setting."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Its standard template is `resources/papers/KEY.md`; `label` is an English message id."""

    key: str
    label: str
    ledgers: tuple[str, ...]
    when: Condition | None = None
    """When it is of use; in other cases it is offered all the same, below the others."""
    needs: tuple[str, ...] = ()
    """What it cannot do without: fields of the record, `role.part` of every party of a role, `event.part` of the last
    event of a kind, `office.key` of a setting; several parted by `|` where any of them will do."""
    after: str = ""
    """The kind of event that it tells of; without such an event it is of no use either."""

    def check(
        self,
        ledgers: Mapping[str, Ledger],
        parts: frozenset[str],
        events: frozenset[str],
        settings: frozenset[str],
    ) -> Iterator[str]:
        """What is wrong with the declaration."""
        for name in self.ledgers:
            ledger = ledgers.get(name)
            if ledger is None:
                yield f"{self.key}: {name!r} is no ledger; correct the name"
                continue
            roles = {role.role for role in ledger.parties}
            for need in (each for needed in self.needs for each in needed.split("|")):
                head, _dot, part = need.partition(".")
                known = head in ledger.by_key if not part else head in roles | events and part in parts
                known |= head == OFFICE and part in settings
                if not known:
                    yield f"{self.key}: {name} has no {need!r}; correct the name"
            if self.when and not set(self.when.fields()) <= set(ledger.by_key):
                yield f"{self.key}: its condition names a field that {name} does not have"
        if self.after and self.after not in events:
            yield f"{self.key}: {self.after!r} is no kind of event"
