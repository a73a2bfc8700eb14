"""What makes a new record look like an earlier one: the same parties in an open case, the same matter again."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.schema.filters import Condition


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Earlier records of the ledger that a clerk should know of while typing one like them."""

    fields: tuple[str, ...]
    """The same in both; of fields that hold names one name is enough. The note stands beside the last one."""
    note: str
    """A message id; `{number}` is the earlier record's number, `{day}` its first day."""
    where: Condition | None = None
    """Only records that meet it, such as those that are not closed."""
    days: int = 0
    """Only records of so many days before at most; 0 of any time."""

    def keys(self) -> frozenset[str]:
        """All fields that it looks at."""
        return frozenset(self.fields) | (self.where.fields() if self.where else frozenset())
