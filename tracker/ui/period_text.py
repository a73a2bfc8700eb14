"""Periods as people type them, and the next one; without Qt."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Literal

from tracker.errors import UserError
from tracker.i18n import _
from tracker.period import Period
from tracker.schema.values import Invalid, parse_day, plain

Kind = Literal["year", "quarter", "month", "range"]
KINDS: tuple[Kind, ...] = ("year", "quarter", "month", "range")
LENGTHS = {"year": 12, "quarter": 3, "month": 1, "range": 12}
"""By how many months a step moves; days of one's own move by a year, for the comparison."""

_YEAR = re.compile(r"(\d{4})\s*年?(?:度|全年)?")
_QUARTER = re.compile(r"(\d{4})\s*(?:年|[-./])?\s*(?:[qQ]\s*([1-4])|第?([1-4一二三四])季度?)")
_MONTH = re.compile(r"(\d{4})(?:[-./年]\s*(\d{1,2})|(\d{2}))\s*月?(?:份)?")
_BETWEEN = re.compile(r"\s*(?:~|至|到|—+|–|\.\.+|\bto\b|\s-\s)\s*")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}


def parse_period(text: str, today: date, as_of: date | None = None) -> Period:
    """A period from `2020`, `2020Q2`, `2020年一季度`, `2020-3`, `202003`, `2020-01-05 ~ 3.31` or one day.

    Days without a year belong to the year of `today`, or of the first day. Raises Invalid or UserError in words.
    """
    text = plain(text)
    if not text:
        raise Invalid(_("Type a period, such as 2020, 2020Q1, 2020-03 or 2020-01-05 ~ 2020-03-31."))
    ends = [end for end in _BETWEEN.split(text) if end]
    if len(ends) == 2:
        first = _one(ends[0], today)
        last = _one(ends[1], first.begin)
        return Period.of(first.begin, last.end, as_of)
    whole = _one(text, today)
    return Period.of(whole.begin, whole.end, as_of)


def _one(text: str, today: date) -> Period:
    try:
        if match := _QUARTER.fullmatch(text):
            quarter = match[2] or match[3]
            return Period.quarter(_year(match[1]), _DIGITS.get(quarter) or int(quarter))
        if (match := _YEAR.fullmatch(text)) and 1949 <= int(match[1]) <= 2199:
            return Period.year(int(match[1]))
        if (match := _MONTH.fullmatch(text)) and 1 <= int(match[2] or match[3]) <= 12:
            return Period.month(_year(match[1]), int(match[2] or match[3]))
        day = date.fromisoformat(parse_day(text, today))
    except Invalid as wrong:
        raise Invalid(
            _("“{text}” is not a period; type 2020, 2020Q1, 2020-03 or 2020-01-05 ~ 2020-03-31.").format(
                text=text
            )
        ) from wrong
    return Period.of(day, day)


def _year(text: str) -> int:
    if not 1949 <= int(text) <= 2199:
        raise Invalid(_("“{text}” lies outside the years 1949 to 2199.").format(text=text))
    return int(text)


def kind_of(period: Period) -> Kind:
    """Which kind of period it is."""
    for kind in KINDS[:3]:
        whole = containing(kind, period.begin)
        if (whole.begin, whole.end) == (period.begin, period.end):
            return kind
    return "range"


def containing(kind: Kind, day: date) -> Period:
    """The year, quarter or month of a day; for days of one's own the month up to that day."""
    if kind == "year":
        return Period.year(day.year)
    if kind == "quarter":
        return Period.quarter(day.year, (day.month + 2) // 3)
    month = Period.month(day.year, day.month)
    return month if kind == "month" else Period.of(month.begin, day)


def typed_form(period: Period) -> str:
    """The period as one would type it."""
    kind, begin = kind_of(period), period.begin
    if kind == "year":
        return str(begin.year)
    if kind == "quarter":
        return f"{begin.year}Q{period.end.month // 3}"
    if kind == "month":
        return f"{begin:%Y-%m}"
    return f"{begin.isoformat()} ~ {period.end.isoformat()}"


def stepped(period: Period, steps: int) -> Period:
    """The period so many steps later (earlier where negative), its as-of day with it; UserError beyond the calendar."""
    months = steps * LENGTHS[kind_of(period)]
    return Period.of(*(shifted(day, months) for day in (period.begin, period.end, period.as_of)))


def shifted(day: date, months: int) -> date:
    """The same day some months later; a month's last day maps to that month's last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    if not 1949 <= year <= 2199:
        raise UserError(_("Periods lie in the years 1949 to 2199."))
    last = calendar.monthrange(year, month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))
