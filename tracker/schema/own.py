"""What an office adds to the declarations, as its file keeps it: codes, fields, figures, and how figures are printed.

Each is one setting, so that it has its own history and several clerks' files can be joined: its key is a kind and a
place (`own_field:disputes.own_k3f9a2`), its value JSON. Keys of own things begin with OWN and are drawn at random, so
that two copies of a file never mean two things by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.schema.catalogue import Catalogue
from tracker.schema.fields import Choice, Code, Count, Day, Field, Money, Text, YesNo
from tracker.schema.filters import All, ByEnd, Condition, InPeriod, KnownBy, NotKnownBy, both
from tracker.schema.indicator import (
    Atom,
    Breakdown,
    Distinct,
    Indicator,
    Quantity,
    Ratio,
    Rounding,
    Sum,
    Total,
    atoms_of,
)
from tracker.schema.indicator import Count as HowMany
from tracker.schema.ledger import Ledger
from tracker.schema.operators import Filter, Operator
from tracker.schema.stored import parsed

OWN = "own_"
"""Begins the keys of an office's own codes, fields and figures, which no declaration uses."""
FIELD, CODE, HIDDEN_CODE = "own_field", "own_code", "hidden_code"
FIGURE, ROUNDING, HIDDEN_LEDGER = "own_figure", "rounding", "hidden_ledger"
GROUP = N_("Fields of the office")

_KEY = re.compile(rf"{OWN}[a-z0-9_]{{1,40}}")
"""A key becomes the name of a column: one that could be anything else comes from no copy of this program."""

KINDS: dict[str, tuple[str, Callable[..., Field]]] = {
    "text": (N_("Text"), Text),
    "day": (N_("Date"), Day),
    "count": (N_("Whole number"), Count),
    "money": (N_("Amount of money"), Money),
    "yesno": (N_("Yes or no"), YesNo),
    "code": (N_("One of several words"), Choice),
}
"""The kinds of field that an office can add: what each is called, and what it is."""

RELATIVE = {
    operator.key: operator
    for operator in (
        Operator("in_period", N_("in the period"), "none", lambda of, _values: InPeriod(of.key)),
        Operator("known", N_("by the as-of day"), "none", lambda of, _values: KnownBy(of.key)),
        Operator("not_known", N_("not yet by the as-of day"), "none", lambda of, _values: NotKnownBy(of.key)),
        Operator("by_end", N_("by the end of the period"), "none", lambda of, _values: ByEnd(of.key)),
    )
}
"""Beside a list's filters, what a figure may ask of a day."""


def is_key(text: str) -> bool:
    """Whether a text is a key as an office's own things have."""
    return bool(_KEY.fullmatch(text))


def setting(kind: str, place: str) -> str:
    """The key of the setting that holds one of an office's own things."""
    return f"{kind}:{place}"


def kept(stored: Mapping[str, str], kind: str) -> Iterator[tuple[str, Any]]:
    """Every thing of a kind: its place and its JSON, in order of their keys; what cannot be read is passed over."""
    head = f"{kind}:"
    for key in sorted(key for key in stored if key.startswith(head)):
        told = parsed(stored[key])
        if told is not None:
            yield key.removeprefix(head), told


# Codes and fields


def ledgers(declared: tuple[Ledger, ...], stored: Mapping[str, str]) -> tuple[Ledger, ...]:
    """The ledgers with the office's own codes and fields."""
    added: dict[str, list[Field]] = {}
    for place, told in kept(stored, FIELD):
        name, _dot, key = place.partition(".")
        if made := _field(key, told):
            added.setdefault(name, []).append(made)
    codes: dict[str, list[Code]] = {}
    for place, told in kept(stored, CODE):
        table, _dot, key = place.rpartition(".")
        if label := _word(told, "label"):
            codes.setdefault(table, []).append(Code(key=key, label=label, hidden=bool(told.get("hidden"))))
    hidden = {place for place, _told in kept(stored, HIDDEN_CODE)}
    return tuple(_extended(ledger, added.get(ledger.name, ()), codes, hidden) for ledger in declared)


def _extended(
    ledger: Ledger, added: tuple[Field, ...] | list[Field], codes: Mapping[str, list[Code]], hidden: set[str]
) -> Ledger:
    fields = (*ledger.typed, *added)
    typed = tuple(_with_codes(f, f"{ledger.name}.{f.key}", codes, hidden) for f in fields)
    return ledger if typed == ledger.typed else replace(ledger, typed=typed)


def _with_codes(of: Field, table: str, codes: Mapping[str, list[Code]], hidden: set[str]) -> Field:
    if not isinstance(of, Choice):
        return of
    every = (*of.codes, *codes.get(table, ()))
    marked = tuple(replace(code, hidden=True) if f"{table}.{code.key}" in hidden else code for code in every)
    return of if marked == of.codes else replace(of, codes=marked)


def _field(key: str, told: Any) -> Field | None:
    label, kind = _word(told, "label"), _word(told, "kind")
    if not (is_key(key) and label and kind in KINDS):
        return None
    more: dict[str, Any] = {"help": _word(told, "help")}
    if kind == "code":
        more["codes"] = ()
    if kind == "count":
        more["unit"] = _word(told, "unit")
    return KINDS[kind][1](key=key, label=label, group=GROUP, suggest=kind == "text", **more)


def _word(told: Any, key: str) -> str:
    value = told.get(key) if isinstance(told, dict) else None
    return value if isinstance(value, str) else ""


# Figures


@dataclass(frozen=True)
class Number:
    """What an own figure counts or sums: `what` is count, sum or distinct; conditions as kept by `Filter.to_json`."""

    ledger: str
    what: str = "count"
    field: str = ""
    conditions: tuple[Filter, ...] = ()

    def atom(self, of: Mapping[str, Ledger]) -> Atom:
        """As the database computes it; raises KeyError and ValueError for what is not declared."""
        ledger = of[self.ledger]
        where = both(*(condition(ledger, part) for part in self.conditions))
        if self.what == "count":
            return HowMany(where, self.ledger)
        named = ledger.field(self.field)
        if self.what == "sum" and named.integer and not isinstance(named, YesNo):
            return Sum(named.key, where, self.ledger)
        if self.what == "distinct":
            return Distinct(named.key, where, ledger=self.ledger)
        raise ValueError(self.what)

    def sentence(self, of: Mapping[str, Ledger]) -> str:
        """Its definition, written from its conditions, in the language in use."""
        ledger = of[self.ledger]
        asked = _(", ").join(sentence(ledger, part) for part in self.conditions) or _("all records")
        words = {
            "count": _("Number of records of “{ledger}”: {conditions}."),
            "sum": _("Sum of {field} over records of “{ledger}”: {conditions}."),
            "distinct": _("Number of different {field} among records of “{ledger}”: {conditions}."),
        }[self.what]
        named = ledger.field(self.field).title() if self.field else ""
        return words.format(ledger=ledger.title(), field=named, conditions=asked)

    def to_json(self) -> dict[str, Any]:
        """It as JSON values."""
        parts = [part.to_json() for part in self.conditions]
        return {"ledger": self.ledger, "what": self.what, "field": self.field, "conditions": parts}

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> Number:
        """The number of `to_json`."""
        parts = tuple(Filter.from_json(part) for part in told.get("conditions", ()))
        return Number(str(told["ledger"]), str(told["what"]), str(told.get("field", "")), parts)


@dataclass(frozen=True)
class OwnFigure:
    """A figure that the office defined: a number, or one over another (`below`); both may also be keys of figures."""

    label: str
    unit: str
    above: Number | str
    below: Number | str | None = None
    percent: bool = True
    """Whether a ratio is a share in per cent rather than a mean."""
    decimals: int = 2
    definition: str = ""
    """The office's own sentence, which stands before the one written from the conditions."""

    def indicator(self, key: str, catalogue: Catalogue) -> Indicator:
        """The figure; raises KeyError and ValueError for what the catalogue does not have."""
        above = _quantity(self.above, catalogue)
        if self.below is None:
            measure: Quantity | Ratio = above
        else:
            measure = Ratio(
                above, _quantity(self.below, catalogue), 100 if self.percent else 1, self.decimals
            )
        return Indicator(
            key=key, label=self.label, unit=self.unit, definition=self.sentence(catalogue), measure=measure
        )

    def sentence(self, catalogue: Catalogue) -> str:
        """Its definition in the language in use: the office's words, then what the conditions say."""
        written = _sentence(self.above, catalogue)
        if self.below is not None:
            words = _("Numerator: {numerator} Denominator: {denominator}")
            written = words.format(numerator=written, denominator=_sentence(self.below, catalogue))
        return f"{self.definition} {written}".strip()

    @property
    def ledger(self) -> str:
        """The ledger under which it stands."""
        return self.above.ledger if isinstance(self.above, Number) else self.above.partition(".")[0]

    def to_json(self) -> str:
        """It as it is kept."""

        def told(number: Number | str | None) -> Any:
            return number.to_json() if isinstance(number, Number) else number

        values = {
            "label": self.label,
            "unit": self.unit,
            "above": told(self.above),
            "below": told(self.below),
        }
        values |= {"percent": self.percent, "decimals": self.decimals, "definition": self.definition}
        return json.dumps(values, ensure_ascii=False)

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> OwnFigure:
        """The figure of `to_json`; raises KeyError, TypeError and ValueError for anything else."""

        def number(kept_as: Any) -> Number | str:
            return kept_as if isinstance(kept_as, str) else Number.from_json(kept_as)

        if not isinstance(told, Mapping):
            raise TypeError("no figure")
        below = told.get("below")
        return OwnFigure(
            str(told["label"]), str(told["unit"]), number(told["above"]), None if below is None else number(below),
            bool(told.get("percent", True)), int(told.get("decimals", 2)), str(told.get("definition", "")),
        )  # fmt: skip


def condition(ledger: Ledger, part: Filter) -> Condition:
    """What one condition of an own figure asks; raises KeyError where it is not declared."""
    if part.operator in RELATIVE:
        return RELATIVE[part.operator].make(ledger.field(part.field), ())
    return part.condition(ledger)


def sentence(ledger: Ledger, part: Filter) -> str:
    """The same in words."""
    return condition(ledger, part).sentence(ledger)


def _quantity(number: Number | str, catalogue: Catalogue) -> Quantity:
    if isinstance(number, Number):
        return number.atom(catalogue.by_name)
    found = catalogue.by_key[number]
    if isinstance(found.measure, Ratio | Breakdown):
        raise ValueError(number)
    atoms = tuple(replace(atom, ledger=found.ledger_of(atom)) for atom in atoms_of(found.measure))
    return atoms[0] if len(atoms) == 1 else Total(atoms)


def _sentence(number: Number | str, catalogue: Catalogue) -> str:
    if isinstance(number, Number):
        return number.sentence(catalogue.by_name)
    found = catalogue.by_key[number]
    return _("“{figure}” ({definition})").format(figure=_(found.label), definition=_(found.definition))


def figures(catalogue: Catalogue, stored: Mapping[str, str]) -> tuple[Indicator, ...]:
    """The office's own figures that the catalogue can compute, each after those that it is made of.

    Every own field of codes also divides the number that its ledger's other breakdowns divide.
    """
    made = [*_breakdowns(catalogue)]
    known = Catalogue(catalogue.ledgers, (*catalogue.indicators, *made))
    waiting = dict(kept(stored, FIGURE))
    for _round in range(len(waiting)):
        for key in sorted(waiting):
            try:
                found = OwnFigure.from_json(waiting[key]).indicator(key, known)
            except (KeyError, TypeError, ValueError, UserError):
                continue
            del waiting[key]
            made.append(found)
            known = Catalogue(catalogue.ledgers, (*catalogue.indicators, *made))
    return tuple(made)


def _breakdowns(catalogue: Catalogue) -> Iterator[Indicator]:
    for ledger in catalogue.ledgers:
        added = [of for of in ledger.typed if of.key.startswith(OWN) and isinstance(of, Choice)]
        whole = _main(catalogue, ledger) if added else None
        for of in added:
            if whole:
                measure = Breakdown(whole.measure, of.key)  # type: ignore[arg-type]
                label = _("{figure} by {field}").format(figure=_(whole.label), field=of.title())
                definition = _("{definition} Divided by {field}.").format(
                    definition=_(whole.definition), field=of.title()
                )
                key = f"{ledger.name}.by_{of.key}"
                yield Indicator(key=key, label=label, unit=whole.unit, definition=definition, measure=measure)


def _main(catalogue: Catalogue, ledger: Ledger) -> Indicator | None:
    """The number that the ledger's breakdowns divide, else its first plain count."""
    mine = catalogue.of(ledger.name)
    divided = [i.measure.of for i in mine if isinstance(i.measure, Breakdown)]
    plain = [i for i in mine if isinstance(i.measure, HowMany | Sum)]
    return next((i for i in plain if i.measure in divided), plain[0] if plain else None)


def usual_day(catalogue: Catalogue, ledger: Ledger) -> str:
    """The day by which the ledger's main figure puts a record into the period, else its first; empty for none."""
    whole = _main(catalogue, ledger)
    where = whole.atoms()[0].where if whole else None
    parts = where.parts if isinstance(where, All) else (where,)
    return next((part.field for part in parts if isinstance(part, InPeriod)), ledger.day)


def rounding(stored: Mapping[str, str]) -> dict[str, Rounding]:
    """How the office prints figures, by their keys."""
    found: dict[str, Rounding] = {}
    for key, told in kept(stored, ROUNDING):
        if isinstance(told, list) and len(told) == 2 and isinstance(told[0], int) and 0 <= told[0] <= 6:
            found[key] = Rounding(told[0], bool(told[1]))
    return found
