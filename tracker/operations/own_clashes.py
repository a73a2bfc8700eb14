"""What two clerks set for their office apart, and what does not go together once both are in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from tracker.i18n import N_, _
from tracker.schema import own
from tracker.schema.catalogue import Catalogue
from tracker.schema.fields import Choice, fold
from tracker.schema.own import FIGURE


class Kind(Enum):
    """What is wrong, in a sentence."""

    FIELD = N_("{times} fields are called “{label}”; rename all but one under “Ledgers, fields and figures”")
    CODE = N_(
        "{times} words to choose from are “{label}”; rename or hide all but one under “Ledgers, fields and figures”"
    )
    FIGURE = N_("the figure “{label}” is no longer computed: what it counts was taken out")


@dataclass(frozen=True)
class Clash:
    """One of them; `ledger` is the name of a ledger, `times` how many have the label."""

    ledger: str
    label: str
    kind: Kind
    times: int = 1

    def sentence(self) -> str:
        """What is wrong, without the ledger's title."""
        return _(self.kind.value).format(label=self.label, times=self.times)


def new(before: Iterable[Clash], after: Iterable[Clash]) -> tuple[Clash, ...]:
    """Those that were not there before, or of fewer."""
    known = {(one.ledger, fold(one.label), one.kind): one.times for one in before}
    return tuple(one for one in after if one.times > known.get((one.ledger, fold(one.label), one.kind), 0))


def found(catalogue: Catalogue, stored: Mapping[str, str]) -> tuple[Clash, ...]:
    """All that a file with these settings has."""
    return (*_names(catalogue), *_figures(catalogue, stored))


def _names(catalogue: Catalogue) -> Iterator[Clash]:
    for ledger in catalogue.ledgers:
        for label, times in _several(field.title() for field in ledger.fields):
            yield Clash(ledger.name, label, Kind.FIELD, times)
        codes: dict[str, Clash] = {}  # of fields that share a word it is told once
        for field in ledger.fields:
            if isinstance(field, Choice):
                for label, times in _several(_(code.label) for code in field.codes if not code.hidden):
                    clash = Clash(ledger.name, label, Kind.CODE, times)
                    codes[label] = max(clash, codes.get(label, clash), key=lambda one: one.times)
        yield from codes.values()


def _several(labels: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Labels that more than one has, with how many."""
    found: dict[str, list[str]] = {}
    for label in labels:
        found.setdefault(fold(label), []).append(label)
    for same in found.values():
        if len(same) > 1:
            yield same[-1], len(same)


def _figures(catalogue: Catalogue, stored: Mapping[str, str]) -> Iterator[Clash]:
    for key, told in own.kept(stored, FIGURE):
        ledger = key.partition(".")[0]
        if key not in catalogue.by_key and ledger in catalogue.by_name and isinstance(told, dict):
            yield Clash(ledger, str(told.get("label") or key), Kind.FIGURE)
