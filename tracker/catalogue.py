"""The ledgers and figures of a file: those declared, and what its office set beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker import settings
from tracker.attached import ATTACHED
from tracker.indicators import INDICATORS
from tracker.ledgers import LEDGERS
from tracker.schema import own
from tracker.schema.catalogue import Catalogue

STANDARD = Catalogue(LEDGERS, INDICATORS, ATTACHED)
"""Without anything of an office's own."""


def of(stored: Mapping[str, str], standard: Catalogue = STANDARD) -> Catalogue:
    """The catalogue of a file with these settings; own figures are told in the language in use."""
    hidden = frozenset(name for name, _told in own.kept(stored, own.HIDDEN_LEDGER))
    ledgers = own.ledgers(tuple(ledger.limited(stored) for ledger in standard.ledgers), stored)
    whole = bool(settings.value(stored, settings.WHOLE_SHARES.key))
    found = Catalogue(ledgers, standard.indicators, standard.attached, hidden, own.rounding(stored), whole)
    return replace(found, indicators=(*standard.indicators, *own.figures(found, stored)))
