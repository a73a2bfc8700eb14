"""What one file's office records and computes: the declared ledgers and figures, and the office's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tracker.schema.fields import Field
from tracker.schema.indicator import Breakdown, Indicator, Rounding
from tracker.schema.ledger import Ledger


@dataclass(frozen=True)
class Catalogue:
    """Ledgers in menu order, figures in report order."""

    ledgers: tuple[Ledger, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    attached: tuple[Ledger, ...] = ()
    """What belongs to single records of the ledgers: events, parties and attachments."""
    hidden: frozenset[str] = frozenset()
    """Names of ledgers that the office does not use: not in the navigation, but kept and counted."""
    rounding: Mapping[str, Rounding] | None = None
    """How the office prints a figure, by its key, where that differs from the declaration."""

    whole_shares: bool = False
    """Whether shares are adjusted to add up to exactly 100 %."""

    @cached_property
    def by_name(self) -> Mapping[str, Ledger]:
        """Ledgers by their names."""
        return {ledger.name: ledger for ledger in self.ledgers}

    @cached_property
    def kept(self) -> tuple[Ledger, ...]:
        """Every ledger that has a table: those of the menu, then what belongs to their records."""
        return (*self.ledgers, *self.attached)

    @cached_property
    def every(self) -> Mapping[str, Ledger]:
        """All that is `kept`, by name."""
        return {ledger.name: ledger for ledger in self.kept}

    @cached_property
    def by_key(self) -> Mapping[str, Indicator]:
        """Figures by their keys."""
        return {indicator.key: indicator for indicator in self.indicators}

    @cached_property
    def by_ledger(self) -> Mapping[str, tuple[Indicator, ...]]:
        """Figures by the names of their ledgers."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            found.setdefault(indicator.ledger, []).append(indicator)
        return {name: tuple(indicators) for name, indicators in found.items()}

    def of(self, ledger: str) -> tuple[Indicator, ...]:
        """A ledger's figures."""
        return self.by_ledger.get(ledger, ())

    def naming(self, ledger: Ledger) -> Iterator[tuple[Ledger, Field]]:
        """The fields of any ledger that name records of this one."""
        return ((o, field) for o in self.ledgers for field in o.naming if field.names == ledger.name)

    def breakdowns(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The figures that divide the same number as this one by codes."""
        whole = indicator.measure.of if isinstance(indicator.measure, Breakdown) else indicator.measure
        return tuple(
            other
            for other in self.of(indicator.ledger)
            if isinstance(other.measure, Breakdown) and not other.measure.month and other.measure.of == whole
        )
