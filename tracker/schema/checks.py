"""Checking many records at once: which of them a ledger's rules speak about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracker.schema.fields import Value
from tracker.schema.filters import Record
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Rule

Case = tuple[Value, ...]
_REMEMBERED = 10_000


class Checks:
    """Finds the few records among many for which `Ledger.problems` has something to say.

    A rule looks at nothing but its `fields()`, so records alike in these share its verdict, and it is asked only once.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._required = [field.key for field in ledger.typed if field.required]
        self._rules = [(rule, tuple(sorted(rule.fields()))) for rule in ledger.rules]
        self._keys = {*self._required, *(key for _rule, keys in self._rules for key in keys)}
        self._keys |= {field.key for field in ledger.doubting}
        self._kept: list[set[Case]] = [set() for _rule in self._rules]

    def suspects(self, records: Sequence[Record]) -> set[int]:
        """The places in the sequence of records with a problem or a warning."""
        columns = {key: [record.get(key) for record in records] for key in self._keys}
        found = {n for key in self._required for n in _places(columns[key], {None})}
        for field in self.ledger.doubting:
            found.update(
                n for n, value in enumerate(columns[field.key]) if value is not None and field.doubt(value)
            )
        for (rule, keys), kept in zip(self._rules, self._kept, strict=True):
            found.update(self._breaking(rule, keys, kept, columns))
        return found

    def _breaking(
        self, rule: Rule, keys: tuple[str, ...], kept: set[Case], columns: Mapping[str, Sequence[Value]]
    ) -> Iterator[int]:
        """The places where the rule is broken; `kept` are cases known to keep it."""
        cases: list[Case] = list(zip(*(columns[key] for key in keys), strict=True))
        new = set(cases) - kept
        broken = {case for case in new if rule.problem(dict(zip(keys, case, strict=True)), self.ledger)}
        if len(kept) > _REMEMBERED:
            kept.clear()
        kept |= new - broken
        return _places(cases, broken)


def _places(cases: Sequence[object], wanted: set[Case] | set[None]) -> Iterator[int]:
    """Where one of those wanted stands."""
    return (n for n, case in enumerate(cases) if case in wanted) if wanted else iter(())
