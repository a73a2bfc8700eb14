"""A figure as a report's template names it: `disputes.closure_rate|months(1, 8)|decimals(1)`.

The grammar is a ledger, a point, a figure, and filters set apart by `|`, each with the name of a figure's key or of a
filter and with plain days, numbers or words: Python's own parser reads it, nothing of it is ever run.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tracker.errors import UserError
from tracker.i18n import N_, _, everywhere, listed
from tracker.period import Period
from tracker.schema.catalogue import Catalogue
from tracker.schema.fields import Choice
from tracker.schema.indicator import Breakdown, Figure, Indicator, Ratio, part_keys, written
from tracker.schema.values import Invalid, parse_day

PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
LONGEST = 300
"""Characters of an expression."""
WAN = 10_000
_WIDE = str.maketrans("“”‘’＂＇（），｜．\u00a0\u3000", "\"\"''\"'(),|.  ")
"""What Chinese typing and Word make of the plain marks."""

Side = Literal["value", "numerator", "denominator"]
Move = Literal["", "change", "fall"]


@dataclass(frozen=True)
class Quote:
    """One figure as quoted: which, of which period, and how it is written."""

    expression: str
    indicator: Indicator
    period: Period
    part: str = ""
    """The key of one part of a breakdown."""
    side: Side = "value"
    last_year: bool = False
    moved: Move = ""
    decimals: int | None = None
    truncate: bool = False
    unit: int = 1
    about: int = 0
    thousands: bool = False

    def needs(self) -> tuple[Period, ...]:
        """The periods of which its figure must be known, that of its records first."""
        shown = self.shown_period
        return (shown, shown.previous()) if self.moved else (shown,)

    @property
    def shown_period(self) -> Period:
        """The period whose records are behind it."""
        return self.period.previous() if self.last_year else self.period


def _numbers(least: int, most: int, *given: object) -> tuple[int, ...]:
    """The given values where each is a number from least to most; raises ValueError."""
    if not all(isinstance(one, int) and not isinstance(one, bool) and least <= one <= most for one in given):
        raise ValueError(given)
    return tuple(one for one in given if isinstance(one, int))


def _within(quote: Quote, begin: date, end: date) -> Quote:
    """Other days; told as of their last, or earlier where the report is."""
    return replace(quote, period=Period.of(begin, end, min(end, quote.period.as_of)))


def _months(quote: Quote, first: object, last: object = None) -> Quote:
    one, other = _numbers(1, 12, first, first if last is None else last)
    year = quote.period.begin.year
    return _within(quote, Period.month(year, one).begin, Period.month(year, other).end)


def _between(quote: Quote, begin: object, end: object) -> Quote:
    return _within(quote, _day(begin), _day(end))


def _as_of(quote: Quote, day: object) -> Quote:
    return replace(quote, period=replace(quote.period, as_of=_day(day)))


def _since(quote: Quote, day: object) -> Quote:
    return replace(quote, period=Period.of(_day(day), quote.period.end, quote.period.as_of))


def _day(text: object) -> date:
    return date.fromisoformat(parse_day(str(text)))


def _part(quote: Quote, word: object) -> Quote:
    return replace(quote, part=str(word))  # whether there is such a part is looked up by `Reader`


def _side(side: Side) -> Callable[[Quote], Quote]:
    return lambda quote: replace(quote, side=side)


def _moved(moved: Move) -> Callable[[Quote], Quote]:
    return lambda quote: replace(quote, moved=moved)


def _previous(quote: Quote) -> Quote:
    return replace(quote, last_year=True)


def _decimals(quote: Quote, decimals: object) -> Quote:
    return replace(quote, decimals=_numbers(0, 8, decimals)[0])


def _truncated(quote: Quote, decimals: object = None) -> Quote:
    cut = replace(quote, truncate=True)
    return cut if decimals is None else _decimals(cut, decimals)


def _wan(quote: Quote, decimals: object = 2) -> Quote:
    return _decimals(replace(quote, unit=WAN), decimals)


def _about(quote: Quote, step: object) -> Quote:
    return replace(quote, about=_numbers(1, 10**9, step)[0])


def _thousands(quote: Quote) -> Quote:
    return replace(quote, thousands=True)


@dataclass(frozen=True)
class Filter:
    """One word after `|`: in English, in Chinese, how it is written, and what it says of a figure."""

    name: str
    chinese: str
    usage: str
    says: str
    apply: Callable[..., Quote]


FILTERS: tuple[Filter, ...] = (
    Filter("months", "月份", "months(1, 8)", N_("some months of the period's year"), _months),
    Filter("between", "期间", 'between("2016-05-01", "2016-05-31")', N_("from one day to another"), _between),
    Filter("as_of", "截至", 'as_of("2020-12-25")', N_("only what was known by a day"), _as_of),
    Filter("since", "自", 'since("2000-01-01")', N_("from a day to the period's end"), _since),
    Filter("part", "构成", 'part("wages")', N_("one part of a breakdown"), _part),
    Filter("numerator", "分子", "numerator", N_("a rate's numerator"), _side("numerator")),
    Filter("denominator", "分母", "denominator", N_("a rate's denominator"), _side("denominator")),
    Filter("previous", "上年", "previous", N_("the same period of last year"), _previous),
    Filter("change", "增减", "change", N_("the change from last year, with its sign"), _moved("change")),
    Filter("fall", "下降", "fall", N_("by how much it fell from last year"), _moved("fall")),
    Filter("decimals", "小数", "decimals(1)", N_("so many decimals"), _decimals),
    Filter("truncated", "截断", "truncated", N_("cut off instead of rounded"), _truncated),
    Filter("wan", "万", "wan", N_("in units of 10,000"), _wan),
    Filter("about", "约", "about(100)", N_("rounded down to a multiple"), _about),
    Filter("thousands", "千分位", "thousands", N_("with thousands separators"), _thousands),
)
BY_WORD = {word: one for one in FILTERS for word in (one.name, one.chinese)}


@dataclass(frozen=True)
class Reader:
    """Reads expressions about a file's figures in a period; `words` are fixed texts by name, such as `office.name`."""

    catalogue: Catalogue
    period: Period
    words: Mapping[str, str] = field(default_factory=dict)

    def read(self, expression: str) -> Quote | str:
        """The figure quoted, or the text of a fixed word. Raises Invalid with one sentence."""
        plain = expression.translate(_WIDE).strip()
        name, *steps = _parsed(plain)
        if name[0] in self.words and not steps:
            return self.words[name[0]]
        quote = Quote(plain, self._indicator(name[0]), self.period)
        for word, *given in steps:
            quote = _applied(quote, str(word), given)
        return self._checked(quote)

    def _indicator(self, key: str) -> Indicator:
        found = self.catalogue.by_key.get(key)
        if found is None:
            near = difflib.get_close_matches(key, self._akin(key), 1)
            text = _("There is no figure “{key}”; look it up by its name.")
            guess = _("There is no figure “{key}”; perhaps “{near}” is meant.")
            raise Invalid(guess.format(key=key, near=near[0]) if near else text.format(key=key))
        return found

    def _akin(self, key: str) -> list[str]:
        """Figures of the same ledger, else those of the same name: few enough to look for what is meant."""
        ledger, _point, name = key.partition(".")
        names = [*self.catalogue.by_key, *self.words]
        same = [one for one in names if one.startswith(f"{ledger}.")]
        return same or [one for one in names if one.endswith(f".{name}")]

    def _checked(self, quote: Quote) -> Quote:
        measure, label = quote.indicator.measure, _(quote.indicator.label)
        if isinstance(measure, Breakdown):
            keys = self._part_words(quote, measure)
            if not quote.part and quote.side == "value":
                text = _('“{figure}” is a breakdown; name one of its parts, such as |part("{part}").')
                raise Invalid(text.format(figure=label, part=next(iter(keys.values()))))
            if quote.part and quote.part not in keys:
                text = _("“{figure}” has no part “{part}”; it has: {parts}.")
                parts = listed(dict.fromkeys(keys.values()))
                raise Invalid(text.format(figure=label, part=quote.part, parts=parts))
            return replace(quote, part=keys.get(quote.part, ""))
        if quote.part:
            raise Invalid(_("“{figure}” has no parts; take |part out.").format(figure=label))
        if quote.side == "denominator" and not isinstance(measure, Ratio):
            raise Invalid(_("“{figure}” is no rate; take |denominator out.").format(figure=label))
        return quote

    def _part_words(self, quote: Quote, measure: Breakdown) -> dict[str, str]:
        """Every word for a part, its label in either language among them, with the part's key."""
        ledger = self.catalogue.by_name[quote.indicator.ledger]
        keys = part_keys(measure, ledger, quote.shown_period)
        by = ledger.field(measure.by)
        words = {key: key for key in keys}
        for code in by.codes if isinstance(by, Choice) and not measure.month else ():
            for label in everywhere(code.label):
                words.setdefault(label, code.key)
        return words


def _parsed(plain: str) -> Iterator[tuple[str, *tuple[object, ...]]]:
    """The name first, then each filter with what it is given; raises Invalid."""
    wrong = _("“{text}” is not how a figure is written; write for example {example}.")
    fault = Invalid(wrong.format(text=plain[:60], example="{{ disputes.accepted|months(1, 8) }}"))
    if len(plain) > LONGEST or "\\" in plain:
        raise fault
    try:
        return _steps(ast.parse(plain, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as refused:
        raise fault from refused


def _steps(node: ast.expr) -> Iterator[tuple[str, *tuple[object, ...]]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return iter((*_steps(node.left), _call(node.right)))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return iter(((f"{node.value.id}.{node.attr}",),))
    raise ValueError(ast.dump(node)[:80])


def _call(node: ast.expr) -> tuple[str, *tuple[object, ...]]:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if len(given) == len(node.args):
            return (node.func.id, *given)
    raise ValueError(ast.dump(node)[:80])


def _applied(quote: Quote, word: str, given: Iterable[object]) -> Quote:
    found = BY_WORD.get(word)
    if found is None:
        text = _("There is no filter “{word}”; there are: {words}.")
        raise Invalid(text.format(word=word, words=listed(one.name for one in FILTERS)))
    try:
        result: Quote = found.apply(quote, *given)
    except UserError as wrong:  # a period that ends before it begins
        raise Invalid(str(wrong)) from wrong
    except (TypeError, ValueError, Invalid) as wrong:
        text = _("The filter “{word}” cannot be read; write for example |{usage}.")
        raise Invalid(text.format(word=word, usage=found.usage)) from wrong
    return result


def number(quote: Quote, figures: Mapping[Period, Figure]) -> Fraction | None:
    """The exact number quoted, in yuan for money, in per cent or points for a change; None where there is none."""
    now = _side_of(quote, figures[quote.shown_period])
    if not quote.moved:
        return now
    before = _side_of(quote, figures[quote.shown_period.previous()])
    if now is None or before is None:
        return None
    if quote.indicator.relative and quote.side == "value":
        change = now - before
    elif before:
        change = (now - before) * 100 / before
    else:
        return None
    return -change if quote.moved == "fall" else change


def _side_of(quote: Quote, figure: Figure) -> Fraction | None:
    if quote.part:
        return Fraction((figure.parts or {}).get(quote.part, 0)) / (100 if figure.money else 1)
    if quote.side == "value":
        return figure.value
    above = quote.side == "numerator"
    count, money = (figure.numerator, figure.money) if above else (figure.denominator, figure.below_money)
    return None if count is None else Fraction(count) / (100 if money else 1)


class NoValue(Invalid):
    """A rate over nothing, or a change against nothing."""


def text(quote: Quote, figures: Mapping[Period, Figure]) -> str:
    """The number as the report prints it. Raises NoValue where it has none."""
    value, figure = number(quote, figures), figures[quote.shown_period]
    if value is None:
        raise NoValue(_no_value(quote))
    if quote.about:
        value = Fraction(value // quote.about * quote.about)
    own = bool(figure.rounding and figure.rounding.truncate and quote.side == "value" and not quote.part)
    plain = written(value / quote.unit, _decimals_of(quote, figure), quote.truncate or own)
    return f"{Decimal(plain):,f}" if quote.thousands else plain


def _no_value(quote: Quote) -> str:
    label, period = _(quote.indicator.label), quote.shown_period.label()
    if quote.moved:
        return _(
            "“{figure}” has no value for {period}: there is nothing in the year before to compare with."
        ).format(figure=label, period=period)
    return _("“{figure}” has no value for {period}: its denominator is zero.").format(
        figure=label, period=period
    )


def _decimals_of(quote: Quote, figure: Figure) -> int:
    if quote.decimals is not None:
        return quote.decimals
    if quote.moved:
        return 2
    if quote.about:
        return 0
    if quote.side == "value" and not quote.part:
        return figure.decimals
    return 2 if (figure.below_money if quote.side == "denominator" else figure.money) else 0
