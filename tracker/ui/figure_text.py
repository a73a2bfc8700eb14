"""Figures as words and table lines: thousands separated, units, changes with a sign that needs no colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial

from tracker.i18n import N_, _, listed, ngettext
from tracker.operations.figures import Behind
from tracker.operations.overview import (
    DENOMINATOR,
    NUMERATOR,
    Section,
    Slice,
    View,
    figure_behind,
    slice_behind,
)
from tracker.period import Period
from tracker.schema.indicator import Breakdown, Figure, Ratio, written
from tracker.ui.chart_data import Category, ChartData, Series, short_number
from tracker.ui.number_model import Cell, Column, Line

NONE = "—"
MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
GAPS_SHOWN = 12
SHORT_FROM = 10_000  # yuan
LONGEST_LEGEND = 12
"""Characters; two longer ones do not fit beside each other."""
NOW, LAST = "now", "last"


def value_text(figure: Figure | None) -> str:
    """The value with thousands separators, without its unit; a dash where there is none."""
    text = figure.text() if figure else None
    return NONE if text is None else f"{Decimal(text):,f}"


def with_unit(figure: Figure) -> str:
    """The value with its unit; a dash stands alone."""
    text, unit = value_text(figure), _(figure.indicator.unit)
    return text if text == NONE else f"{text}%" if unit == "%" else f"{text} {unit}"


def part_text(figure: Figure, place: int) -> str:
    """The numerator (0) or denominator (1) of a ratio, money in yuan; empty for anything else."""
    if not isinstance(figure.indicator.measure, Ratio):
        return ""
    return f"{Decimal(figure.part_texts()[place] or 0):,f}"


def change_text(figure: Figure) -> str:
    """The change from last year with arrow and sign, in per cent or percentage points; a dash without a base."""
    change = figure.change()
    if change is None:
        return NONE
    number = Decimal(change)
    if not number:
        return _("unchanged")
    arrow = "▲" if number > 0 else "▼"
    unit = _(" pp") if figure.indicator.relative else "%"
    return f"{arrow} {number:+,f}{unit}".replace("-", "−")


def share_text(view: View, key: str) -> str:
    """A slice's share of the total in per cent; a dash where the total is zero."""
    return f"{view.shares[key]}%" if key in view.shares else NONE


def exact_share(part: Figure, total: Figure) -> str:
    """A part's exact share as a fraction, for the hint; empty where the total is zero."""
    if not total.numerator:
        return ""
    exact = Fraction((part.numerator or 0) * 100, total.numerator)
    return f"{part.part_texts()[0]} / {total.part_texts()[0]} = {written(exact, 6)}%"


def figure_columns() -> tuple[Column, ...]:
    """The columns of the table of all figures."""
    return (
        Column(_("Figure"), number=False),
        Column(_("Value")),
        Column(_("Numerator"), quiet=True),
        Column(_("Denominator"), quiet=True),
        Column(_("Last year"), quiet=True),
        Column(_("Change")),
    )


def figure_line(figure: Figure) -> Line:
    """One figure: every number in it opens its own records."""
    indicator, before = figure.indicator, figure.previous
    name = _(indicator.label)
    label = Cell(name, tip=f"{name}\n{_(indicator.definition)}", note=_(indicator.unit))
    numbers = [
        Cell(value_text(figure), lambda: figure_behind(figure)),
        *(_part_cell(figure, part) for part in (NUMERATOR, DENOMINATOR)),
        _last_year(before, figure_behind),
        Cell(change_text(figure)),
    ]
    return Line(indicator.key, (label, *numbers))


def _part_cell(figure: Figure, part: str) -> Cell:
    text = part_text(figure, 0 if part == NUMERATOR else 1)
    opens = (lambda: figure_behind(figure, part)) if text else None
    return Cell(text, opens, short=_short(text))


def _last_year(before: Figure | None, opens: Callable[[Figure], Behind]) -> Cell:
    text = value_text(before)
    return Cell(text, partial(opens, before) if before else None, short=_short(text))


def _short(text: str) -> str:
    """A large amount in few characters; empty for whatever has none."""
    if "." not in text:
        return ""
    number = float(text.replace(",", ""))
    return short_number(number) if number >= SHORT_FROM else ""


def figure_lines(
    sections: Iterable[Section], gaps: Mapping[str, Mapping[int, tuple[int, ...]]], search: str = ""
) -> tuple[Line, ...]:
    """All figures under their ledgers' headings; with `search` those whose words hold every word of it."""
    lines: list[Line] = []
    words = search.casefold().split()
    for section in sections:
        found = [figure for figure in section.figures if _found(figure, words)]
        if not found:
            continue
        ledger = section.ledger
        lines.append(Line(f"#{ledger.name}", (Cell(ledger.title()),), "heading", ledger.icon))
        if not words:
            lines += [
                _gap_line(ledger.name, year, missing) for year, missing in gaps.get(ledger.name, {}).items()
            ]
        lines += [figure_line(figure) for figure in found]
    return tuple(lines)


def _found(figure: Figure, words: list[str]) -> bool:
    indicator = figure.indicator
    text = " ".join(
        (indicator.key, _(indicator.label), _(indicator.definition), _(indicator.unit))
    ).casefold()
    return all(word in text for word in words)


def _gap_line(name: str, year: int, missing: tuple[int, ...]) -> Line:
    text = ngettext(
        "Numbers not given in {year}: {numbers} ({count} number)",
        "Numbers not given in {year}: {numbers} ({count} numbers)",
        len(missing),
    ).format(year=year, numbers=ranges(missing), count=f"{len(missing):,}")
    return Line(f"#gaps.{name}.{year}", (Cell(text, tip=text),), "note")


def ranges(numbers: tuple[int, ...]) -> str:
    """Ascending numbers, runs joined as 7–9, cut off after a dozen."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs[:GAPS_SHOWN]]
    return listed(shown) + (" …" if len(runs) > GAPS_SHOWN else "")


# ---- one figure by months and parts


def view_title(view: View) -> str:
    """What a view is called on its tab."""
    if view.months:
        return _("By year") if _yearly(view) else _("By month")
    assert isinstance(view.indicator.measure, Breakdown)
    field = view.total.ledgers[view.indicator.ledger].field(view.indicator.measure.by)
    return _("By {field}").format(field=field.title())


def _yearly(view: View) -> bool:
    return any((s.figure.period.end - s.figure.period.begin).days > 31 for s in view.slices)


def slice_label(view: View, slice_: Slice) -> str:
    """A part's name, or a month's (with its year where the period has more than one)."""
    if not view.months:
        return slice_.label
    day, period = slice_.figure.period.begin, view.total.period
    if _yearly(view):
        return str(day.year)
    if period.begin.year == period.end.year:
        return _(MONTHS[day.month - 1])
    return f"{day:%Y-%m}"


def view_columns(view: View) -> tuple[Column, ...]:
    """The columns of a view: numerator and denominator for rates, shares for what adds up."""
    first = Column(view_title(view), number=False)
    last, change = Column(_("Last year"), quiet=True), Column(_("Change"), spare=True)
    if isinstance(view.total.indicator.measure, Ratio):
        parts = Column(_("Numerator"), quiet=True), Column(_("Denominator"), quiet=True)
        return first, Column(_("Value")), *parts, last
    share = (Column(_("Share"), quiet=True),) if view.adds_up else ()
    return first, Column(_("Value")), *share, last, change


def view_lines(view: View) -> tuple[Line, ...]:
    """Every month or part, then the whole."""
    lines = [_slice_line(view, slice_) for slice_ in view.slices]
    total, before = view.total, view.total.previous
    label = Cell(_("Total") if view.adds_up else _("Whole period"))
    last = _last_year(before, figure_behind)
    middle = _middle(view, total, "100.00%" if view.shares else NONE)
    cells = (label, Cell(value_text(total), lambda: figure_behind(total)), *middle, last)
    return (*lines, Line("", _cut(view, (*cells, Cell(change_text(total)))), "total"))


def _slice_line(view: View, slice_: Slice) -> Line:
    figure = slice_.figure
    value = Cell(value_text(figure), lambda: slice_behind(view, slice_))
    last = _last_year(figure.previous, lambda _before: slice_behind(view, slice_, last_year=True))
    label = slice_label(view, slice_)
    middle = _middle(view, figure, share_text(view, slice_.key))
    cells = (Cell(label, tip=label), value, *middle, last, Cell(change_text(figure)))
    return Line(slice_.key, _cut(view, cells))


def _middle(view: View, figure: Figure, share: str) -> tuple[Cell, ...]:
    if isinstance(figure.indicator.measure, Ratio):
        return _part_cell(figure, NUMERATOR), _part_cell(figure, DENOMINATOR)
    return (Cell(share, tip=exact_share(figure, view.total)),) if view.adds_up else ()


def _cut(view: View, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return cells[: len(view_columns(view))]


def view_chart(view: View) -> ChartData:
    """The view as a chart; months with last year's, parts with their share."""
    categories = tuple(Category(s.key, slice_label(view, s)) for s in view.slices)
    unit = "%" if view.total.indicator.unit == "%" else _(view.total.indicator.unit)
    figures = [s.figure for s in view.slices]
    title = _(view.indicator.label)
    name = _legend(view.total.period, _("This period"))
    if not view.months:
        texts = tuple(f"{value_text(s.figure)}  {share_text(view, s.key)}" for s in view.slices)
        return ChartData(categories, (Series(NOW, name, _values(figures), texts),), title, unit)
    now = Series(NOW, name, _values(figures))
    before = [f.previous for f in figures]
    last = Series(LAST, _legend(view.total.period.previous(), _("Last year")), _values(before))
    series = (now, last) if any(last.values) else (now,)
    return ChartData(categories, series, title, unit)


def _plain_label(period: Period) -> str:
    """The period without its as-of day, which the page says already."""
    return Period.of(period.begin, period.end).label()


def _legend(period: Period, words: str) -> str:
    """The period where that is short, else these words."""
    label = _plain_label(period)
    return label if len(label) <= LONGEST_LEGEND else words


def _values(figures: Iterable[Figure | None]) -> tuple[float | None, ...]:
    return tuple(None if f is None or f.value is None else float(f.value) for f in figures)
