"""One matter that runs through several ledgers: a record that continues an earlier one, of this ledger or another."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import N_
from tracker.schema.fields import Text

CONTINUES = Text(key="continues", label=N_("Continues record"), system=True, width=36)
"""Holds the uid of the earlier record, in ledgers whose records are matters or parts of one (`Ledger.matter`)."""


@dataclass(frozen=True, kw_only=True)
class Continuation:
    """How a record of one ledger goes on as a record of another."""

    to: str
    """The other ledger."""
    fields: tuple[tuple[str, str], ...]
    """Fields of the further record, and the fields of the earlier one that they are filled from."""
