"""What a chart shows, and how its numbers and axis are put; without Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracker.i18n import N_, _, about, language

SHORT = {  # value from which on, and how it is written
    "zh_CN": ((10**8, N_("{n} hundred million")), (10**4, N_("{n} ten thousand"))),
    "en": ((10**9, N_("{n}bn")), (10**6, N_("{n}m")), (10**3, N_("{n}k"))),
}
SHORTEN_FROM = 10_000


@dataclass(frozen=True)
class Category:
    """One place on the axis: a month, a code of a breakdown."""

    key: str
    label: str


@dataclass(frozen=True)
class Series:
    """One value (not negative) a category, None where there is none; `texts` replace the numbers, unit included."""

    key: str
    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChartData:
    """All that a chart shows; the first series is the main one, a second one (last year) is drawn quietly."""

    categories: tuple[Category, ...] = ()
    series: tuple[Series, ...] = ()
    title: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.categories) or len(series.texts) not in (
                0,
                len(self.categories),
            ):
                raise ValueError(f"series {series.key!r} needs one value for each of its categories")

    def is_empty(self) -> bool:
        """Whether there is nothing but missing values and zeros."""
        return not any(value for series in self.series for value in series.values)

    def top(self) -> float:
        """The largest value."""
        return max((value for series in self.series for value in series.values if value), default=0)

    def is_whole(self) -> bool:
        """Whether all values are whole numbers, so that the axis needs no fractions."""
        return all(float(value).is_integer() for series in self.series for value in series.values if value)

    def text(self, series: int, category: int) -> str:
        """The value in full, without its unit; a dash where there is none."""
        line = self.series[series]
        if line.texts:
            return line.texts[category]
        value = line.values[category]
        return "—" if value is None else full_number(value)

    def value_words(self, series: int, category: int) -> str:
        """The value in full with its unit, which texts of their own have already."""
        text = self.text(series, category)
        return text if self.series[series].texts or not self.unit else f"{text} {self.unit}"

    def words(self, series: int, category: int) -> str:
        """One value as a sentence for a reader who does not see the chart."""
        parts = [self.categories[category].label, self.series[series].name]
        return about(" ".join(part for part in parts if part), self.value_words(series, category))


def full_number(value: float) -> str:
    """Thousands separated, at most two decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def short_number(value: float) -> str:
    """At most about five characters: from 10,000 on in 万 and 亿, or in k and m, with three digits."""
    if value < SHORTEN_FROM:
        return full_number(value)
    for size, text in SHORT[language()]:
        if value >= size:
            scaled = value / size
            digits = f"{scaled:,.{2 if scaled < 10 else 1 if scaled < 100 else 0}f}"
            return _(text).format(n=digits.rstrip("0").rstrip(".") if "." in digits else digits)
    return full_number(value)


def ticks(top: float, steps: int, *, whole: bool = False) -> tuple[float, ...]:
    """Marks 1, 2 or 5 times a power of ten apart, from 0 to the first at or above `top`, about `steps` steps."""
    if top <= 0:
        return (0.0, 1.0)
    return min((_ticks(top, count, whole) for count in (steps, steps + 1)), key=lambda marks: marks[-1])


def _ticks(top: float, steps: int, whole: bool) -> tuple[float, ...]:
    rough = top / max(1, steps)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999999)
    if whole:
        step = max(1.0, step)
    count = math.ceil(top / step - 1e-9)
    return tuple(round(index * step, 10) for index in range(count + 1))
