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

    FIELD = N_("two fields are called “{label}”; rename one under “Ledgers, fields and figures”")
    CODE = N_(
        "two words to choose from are “{label}”; rename or hide one under “Ledgers, fields and figures”"
    )
    FIGURE = N_("the figure “{label}” is no longer computed: what it counts was taken out")


@dataclass(frozen=True)
class Clash:
    """One of them; `ledger` is the name of a ledger."""

    ledger: str
    label: str
    kind: Kind

    def sentence(self) -> str:
        """What is wrong, without the ledger's title."""
        return _(self.kind.value).format(label=self.label)


def found(catalogue: Catalogue, stored: Mapping[str, str]) -> tuple[Clash, ...]:
    """All that a file with these settings has."""
    return tuple(dict.fromkeys((*_names(catalogue), *_figures(catalogue, stored))))


def _names(catalogue: Catalogue) -> Iterator[Clash]:
    for ledger in catalogue.ledgers:
        for label in _twice(field.title() for field in ledger.fields):
            yield Clash(ledger.name, label, Kind.FIELD)
        for field in ledger.fields:
            if isinstance(field, Choice):
                for label in _twice(_(code.label) for code in field.codes if not code.hidden):
                    yield Clash(ledger.name, label, Kind.CODE)


def _twice(labels: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for label in labels:
        if fold(label) in seen:
            yield label
        seen.add(fold(label))


def _figures(catalogue: Catalogue, stored: Mapping[str, str]) -> Iterator[Clash]:
    for key, told in own.kept(stored, FIGURE):
        ledger = key.partition(".")[0]
        if key not in catalogue.by_key and ledger in catalogue.by_name and isinstance(told, dict):
            yield Clash(ledger, str(told.get("label") or key), Kind.FIGURE)
