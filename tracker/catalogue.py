"""The ledgers and figures of a file: those declared, and what its office set beside them."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.indicators import INDICATORS
from tracker.ledgers import LEDGERS
from tracker.schema.catalogue import Catalogue

STANDARD = Catalogue(LEDGERS, INDICATORS)
"""Without anything of an office's own."""


def of(stored: Mapping[str, str]) -> Catalogue:
    """The catalogue of a file with these settings."""
    return STANDARD if not stored else Catalogue(tuple(ledger.limited(stored) for ledger in LEDGERS), INDICATORS)
