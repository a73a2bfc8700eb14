"""A figure as it is quoted: words and printed values alone, so that a frozen one reads as one just computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.i18n import N_, _, in_each, language
from tracker.schema.fields import Choice
from tracker.schema.indicator import UNSPECIFIED, Breakdown, Figure, plain, printed

Words = Mapping[str, str]
"""A text in each language, by the language's name."""


@dataclass(frozen=True)
class Part:
    """One part of a breakdown: its code or month, what that is called, and its value as printed."""

    key: str
    words: Words
    text: str

    @property
    def label(self) -> str:
        """What it is called in the language in use."""
        return _said(self.words)


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """One figure with all that is printed of it; numbers as stored (fen for money)."""

    key: str
    labels: Words
    units: Words
    definitions: Words
    value: str | None
    numerator: int | None
    denominator: int | None
    money: bool
    below_money: bool
    relative: bool
    """Whether its change is in percentage points."""
    previous: str | None
    change: str | None
    parts: tuple[Part, ...] | None = None

    @property
    def label(self) -> str:
        """The figure's name in the language in use."""
        return _said(self.labels)

    @property
    def unit(self) -> str:
        """The unit in the language in use."""
        return _said(self.units)

    @property
    def definition(self) -> str:
        """The definition in the language in use."""
        return _said(self.definitions)

    def plain_parts(self) -> tuple[int | float | None, int | float | None]:
        """Numerator and denominator for JSON: money in yuan."""
        return plain(self.numerator, self.money), plain(self.denominator, self.below_money)

    def part_texts(self) -> tuple[str | None, str | None]:
        """Numerator and denominator as printed, without thousands separators."""
        return printed(self.numerator, self.money), printed(self.denominator, self.below_money)


def _said(words: Words) -> str:
    return words.get(language()) or next(iter(words.values()), "")


def quoted(figure: Figure | Quoted, *, everywhere: bool = False) -> Quoted:
    """What is printed of a figure in the language in use; with `everywhere` its words in each."""
    if isinstance(figure, Quoted):
        return figure
    indicator, said = figure.indicator, in_each if everywhere else _here
    return Quoted(
        key=indicator.key,
        labels=said(indicator.label),
        units=said(indicator.unit),
        definitions=said(indicator.definition),
        value=figure.text(),
        numerator=figure.numerator,
        denominator=figure.denominator,
        money=figure.money,
        below_money=figure.below_money,
        relative=indicator.relative,
        previous=figure.previous.text() if figure.previous else None,
        change=figure.change(),
        parts=_parts(figure, said),
    )


def _here(message: str) -> dict[str, str]:
    return {language(): _(message)}


def _parts(figure: Figure, said: Callable[[str], dict[str, str]]) -> tuple[Part, ...] | None:
    measure = figure.indicator.measure
    if figure.parts is None or not isinstance(measure, Breakdown):
        return None
    field = figure.ledgers[figure.indicator.ledger].field(measure.by)
    codes = {code.key: code.label for code in field.codes} if isinstance(field, Choice) else {}
    names = {UNSPECIFIED: N_("Not filled in"), **codes}
    return tuple(Part(key, said(names.get(key, key)), figure.part_text(key)) for key in figure.parts)
