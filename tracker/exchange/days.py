"""Days as offices write them into sheets: 2020.1.5, 1月5日 under a year, serial numbers, 5/1/20.

What one cell leaves open is decided by the whole column or by the sheet's titles, and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from tracker.exchange.layout import Hints
from tracker.i18n import N_, _
from tracker.schema.fields import Day, Value
from tracker.schema.values import Invalid, plain

SERIALS = range(20_000, 73_051)
"""Days since 1899-12-30 that can be meant: 1954 to 2099."""
_EPOCH = datetime(1899, 12, 30)
_WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?\s*")
_WHOLE = re.compile(r"(\d{4})\s*[-./年,、]\s*(\d{1,2})\s*[-./月,、]\s*(\d{1,2})\s*[日号]?")
_THREE = re.compile(r"(\d{1,2})\s*([-./])\s*(\d{1,2})\s*[-./]\s*(\d{1,2}|\d{4})")
_SHORT_YEAR = re.compile(r"(\d{2})年(\d{1,2})月(\d{1,2})[日号]?")
_APART = re.compile(r"\s*([年月])\s*|\s+(?=[日号])")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_ENGLISH = re.compile(
    r"(\d{1,2})[-/ .](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ .,]+(\d{4}|\d{2})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_DAY = re.compile(r"(\d{1,2})\s*[日号]?")
_HALF = re.compile(r"\s*(上午|下午|晚上?|早上?|中午|am|pm)\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:时点](?:(\d{1,2})(?:[:分](\d{1,2})秒?|分)?)?")
_DIGITS = re.compile(r"\d{5}(?:\.\d+)?")
_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([1-9])?十([1-9])?")
ORDERS = ("ymd", "mdy", "dmy")
MEANT = {
    "ymd": N_("year, month, day"),
    "mdy": N_("month, day, year"),
    "dmy": N_("day, month, year"),
}
SERIAL, YEAR, ORDER = "serial", "year", "order"


@dataclass(frozen=True)
class Order:
    """In which order a column writes the parts of days such as 5/1/20, and whether only custom speaks for it."""

    parts: str
    sample: str
    sure: bool


class Days:
    """Reads the days of one column."""

    def __init__(
        self,
        field: Day,
        hints: Hints,
        column: Callable[[], Iterable[object]],
        others: Callable[[], Iterable[object]] = lambda: (),
    ) -> None:
        self.field, self.hints = field, hints
        self._column, self._others = column, others
        self._order: Order | None = None
        self.notes: dict[str, str] = {}
        """What was decided beyond the cells themselves, and the first cell for which it was."""

    def read(self, raw: object) -> Value:
        """As the field's `parse`; raises Invalid."""
        if isinstance(raw, bool):
            return self.field.parse(raw)
        if isinstance(raw, int | float):
            return self._number(raw)
        if not isinstance(raw, str):
            return self.field.parse(raw)
        try:
            return self.field.parse(raw)
        except Invalid as wrong:
            found = self._written(raw)
            if found is None:
                raise wrong
            return found

    def _number(self, raw: int | float) -> Value:
        if int(raw) in SERIALS:
            self.notes.setdefault(SERIAL, f"{raw:.6g}" if raw % 1 else str(int(raw)))
            moment = _EPOCH + timedelta(minutes=round(raw * 1440))
            return self.field.parse(moment)
        if self.hints.year and 1 <= raw < 13 and not float(raw).is_integer():
            return self._month_and_day(str(raw))
        if self.hints.year and self.hints.month and float(raw).is_integer() and 1 <= raw <= 31:
            return self._made(self.hints.year, self.hints.month, int(raw), str(int(raw)), YEAR)
        return self.field.parse(int(raw) if float(raw).is_integer() else raw)

    def _month_and_day(self, text: str) -> Value:
        """1.5 kept as a number is the fifth of January; 1.1 may have been 1.10."""
        month, _dot, day = text.partition(".")
        if len(day) == 1 and int(day) <= 3:
            told = _("“{text}” was kept as a number and may also mean day {day}; write it as 2020-01-05.")
            raise Invalid(told.format(text=text, day=int(day) * 10))
        return self._made(self.hints.year or 0, int(month), int(day), text, YEAR)

    def _written(self, raw: str) -> Value:
        """What other ways of writing mean, None for no day."""
        text = _western(_tidied(raw))
        text, clock = _without_clock(text)
        if found := _WHOLE.fullmatch(text):
            return self._made(int(found[1]), int(found[2]), int(found[3]), raw, clock=clock)
        if found := _ENGLISH.fullmatch(text):
            month = _MONTHS.find(found[2].lower()) // 3 + 1
            year = _century(int(found[3])) if len(found[3]) == 2 else int(found[3])
            return self._made(year, month, int(found[1]), raw, clock=clock)
        if found := _SHORT_YEAR.fullmatch(text):
            return self._made(_century(int(found[1])), int(found[2]), int(found[3]), raw, clock=clock)
        if _DIGITS.fullmatch(text) and int(float(text)) in SERIALS:
            return self._number(float(text))
        if found := _THREE.fullmatch(text):
            return self._ordered((found[1], found[3], found[4]), raw, clock)
        if (found := _MONTH_DAY.fullmatch(text)) and self.hints.year:
            return self._made(self.hints.year, int(found[1]), int(found[2]), raw, YEAR, clock)
        if (found := _DAY.fullmatch(text)) and self.hints.year and self.hints.month:
            return self._made(self.hints.year, self.hints.month, int(found[1]), raw, YEAR, clock)
        return None

    def _ordered(self, parts: tuple[str, str, str], raw: str, clock: str) -> Value:
        order = self.order
        year, month, day = _sorted(parts, order.parts)
        self.notes.setdefault(ORDER, order.parts)
        return self._made(year, month, day, raw, clock=clock)

    def _made(self, year: int, month: int, day: int, raw: str, note: str = "", clock: str = "") -> Value:
        try:
            value = self.field.parse(f"{date(year, month, day).isoformat()}{clock}")
        except ValueError as wrong:
            raise Invalid(_("“{text}” is not a day in the calendar.").format(text=plain(raw))) from wrong
        if note:
            self.notes.setdefault(note, plain(raw))
        return value

    @property
    def order(self) -> Order:
        """The order of the column's days, decided when it is first needed."""
        if self._order is None:
            order = decide(self._column(), self.hints.year)
            if not order.sure:  # then what the sheet's other days say
                shared = decide(self._others(), self.hints.year)
                order = replace(shared, sample=order.sample) if shared.sure else order
            self._order = order
        return self._order


def decide(cells: Iterable[object], year: int | None) -> Order:
    """The order in which most days of the column exist; of several the one of the sheet's year, then of rising days."""
    written = [found for cell in cells if isinstance(cell, str) and (found := _three(cell))]
    first = next((parts for parts in written if parts[0] != parts[2]), ("5", "/", "1", "20"))
    sample = f"{first[0]}{first[1]}{first[2]}{first[1]}{first[3]}"
    ranked = sorted(
        ((_merits(written, order, year), order) for order in ORDERS), key=lambda pair: pair[0], reverse=True
    )
    (best, order), (second, _other) = ranked[0], ranked[1]
    return Order(order, sample, best[:3] > second[:3])


def _three(cell: str) -> tuple[str, str, str, str] | None:
    text = _without_clock(_tidied(cell))[0]
    found = _THREE.fullmatch(text)
    return (found[1], found[2], found[3], found[4]) if found else None


def _merits(written: Sequence[tuple[str, str, str, str]], order: str, year: int | None) -> tuple[int, ...]:
    """How many of the days exist in this order, lie in the sheet's year, and rise; then what is customary."""
    days = [_exists(_sorted((a, b, c), order)) for a, _mark, b, c in written]
    real = [day for day in days if day]
    in_year = sum(1 for day in real if year and day.year == year)
    spread = -len({day.year for day in real})
    rises = sum(1 for one, other in pairwise(real) if one <= other)
    dots = all(mark in ".-" for _a, mark, _b, _c in written)
    custom = {"ymd": 2 if dots else 0, "mdy": 1, "dmy": 0}[order]
    return len(real), in_year, spread, rises, custom


def _sorted(parts: tuple[str, str, str], order: str) -> tuple[int, int, int]:
    told = dict(zip(order, map(int, parts), strict=True))
    year = told["y"]
    short = len(parts[order.index("y")]) <= 2
    return _century(year) if short else year, told["m"], told["d"]


def _century(year: int) -> int:
    """A year of two digits in full."""
    return year + (2000 if year < 70 else 1900)


def _exists(parts: tuple[int, int, int]) -> date | None:
    try:
        found = date(*parts)
    except ValueError:
        return None
    return found if 1949 <= found.year <= 2099 else None


def _tidied(cell: str) -> str:
    """A day's text without its day of the week, the sign before a short year, a stop behind it and loose spaces."""
    text = _WEEKDAY.sub(" ", plain(cell)).strip().lstrip("'’‘").rstrip(".。,;")
    return _APART.sub(lambda found: found[1] or "", text)


def _western(text: str) -> str:
    """二〇二〇年一月五日 in digits; other texts as they are."""
    if not re.search(r"[一二三四五六七八九十〇零○]", text):
        return text
    text = text.translate(_CHINESE)
    return _TENS.sub(lambda m: f"{m[1] or 1}{m[2] or 0}", text)


def _without_clock(text: str) -> tuple[str, str]:
    """A day's text without its time of day, and that time as `T09:30`."""
    later = _HALF.search(text)
    bare = _HALF.sub(" ", text).strip()
    head, tail = bare, ""
    for match in _CLOCK.finditer(bare):
        if match.end() == len(bare) and match.start() and bare[match.start() - 1] in " 日号T":
            head, tail = bare[: match.start()].rstrip(" T"), match[0]
            hour, minute = int(match[1]), int(match[2] or 0)
            if later and later[1].lower() in ("下午", "晚", "晚上", "pm") and hour < 12:
                hour += 12
            if hour < 24 and minute < 60:
                return head, f"T{hour:02d}:{minute:02d}" if hour or minute else ""
    return (head, "") if not tail else (text, "")
