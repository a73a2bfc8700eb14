"""Reading what people write: days, amounts, counts and numbers, from typing or from a sheet's cells."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from tracker.i18n import _

_EARLIEST, _LATEST = 1949, 2199
_DAY = re.compile(r"(\d{4}|\d{2})[-./。年\s](\d{1,2})[-./。月\s](\d{1,2})[日号]?")
_SHORT = re.compile(r"(\d{1,2})[-./。月](\d{1,2})[日号]?")
_NEAR = {"今天": 0, "今日": 0, "today": 0, "t": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}
_TIME = re.compile(
    r"(上午|下午)?(\d{1,2})(?:[:：时点](\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?秒?|分)?|[时点](半|整|钟)?)"
)
_BARE = re.compile(r"(\d{1,2})(\d{2})")
"""A time of day without any mark, which only stands behind a day."""
_MONEY = re.compile(r"[¥￥]?(-?\d+(?:\.\d+)?)(万)?元?")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\d.])\d{1,3}(?: \d{3})+(?![\d ])")
"""Digits set apart by threes; 1,2000 or 1200 500 may be a slip or two numbers."""
_LOOSE = re.compile(r"(?<!\d) +| +(?!\d)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_BRACKETS = str.maketrans("[(（［【{｛])）］】}｝", "〔〔〔〔〔〔〔〕〕〕〕〕〕〕")
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
"""Signs of no width that come with text copied from pages and chats; a name that holds one is never found again."""
_MAX = 2**53
LONGEST = 10_000
"""Characters that a text may have."""


class Invalid(ValueError):
    """A value that its field cannot hold; the text says in words what is wrong and what would do."""


def plain(text: str) -> str:
    """Full-width letters, digits and punctuation made half width, outer white space dropped."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", visible(text)).strip()


def visible(text: str) -> str:
    """Text without signs of no width."""
    return text if text.isprintable() else text.translate(_INVISIBLE)


def clean(text: str) -> str:
    """Text as it is stored: no outer white space, nothing unseen but line breaks and tabs, all fit for XML."""
    if text.isprintable():
        return text.strip()
    kept = (
        c
        for c in visible(text).replace("\r\n", "\n").replace("\r", "\n")
        if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    )
    return "".join(kept).strip()


def parse_day(raw: object, today: date | None = None) -> str:
    """An ISO day from a date, `20200105`, `2020-1-5`, `2020年1月5日`; with `today` also `1.5`, `20.1.5`, `今天`.

    Raises `Invalid`. A time of day beside the date is dropped; years outside 1949 to 2199 are refused.
    """
    return parse_moment(raw, today)[:10]


def parse_moment(raw: object, today: date | None = None) -> str:
    """A day as `parse_day`, kept with its time of day (`2020-01-05T09:30`) where one is given: `2020-01-05 09:30`,
    `20200105 0930`, `1月5日9点半`, `今天 下午2:30`.
    """
    if isinstance(raw, datetime):
        clock = raw.strftime("T%H:%M") if (raw.hour or raw.minute) else ""
        return _checked(raw.year, raw.month, raw.day, str(raw.date())) + clock
    if isinstance(raw, date):
        return _checked(raw.year, raw.month, raw.day, str(raw))
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = plain(str(raw))
    head, tail = _split_time(text)
    return _day(head, text, today) + (_clock(tail, text) if tail else "")


def parse_clock(raw: str) -> str:
    """A time of day that cannot be taken for a day, as it is stored behind one (`T09:30`), from `9:30`, `9点半`;
    empty for any other text."""
    text = plain(raw)
    return _clock(text, text) if _TIME.fullmatch(text) else ""


def _split_time(text: str) -> tuple[str, str]:
    if len(text) == 12 and text.isdigit() and text.isascii():
        return text[:8], text[8:]
    for mark, kept in (("T", ""), (" ", ""), *((mark, mark) for mark in ("日", "号", *_NEAR))):
        head, sep, tail = text.partition(mark)
        tail = tail.strip()
        if sep and (_TIME.fullmatch(tail) or (_BARE.fullmatch(tail) and not _may_be_year(head, tail))):
            return (head + kept).strip(), tail
    return text, ""


def _may_be_year(head: str, tail: str) -> bool:
    """Whether behind a day without a year there stand four digits that may be one, as in `1/5 2020`."""
    return _EARLIEST <= int(tail) <= _LATEST and not re.match(r"\d{4}\D|\d{8}", head)


def _clock(tail: str, text: str) -> str:
    match = _TIME.fullmatch(tail)
    if match:
        half, hours, minutes, seconds, part = match.groups()
        hour, minute = int(hours), 30 if part == "半" else int(minutes or 0)
    else:
        bare = _BARE.fullmatch(tail)
        assert bare  # `_split_time` found it
        half, seconds, hour, minute = None, None, int(bare[1]), int(bare[2])
    if half == "下午" and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or int(seconds or 0) > 59 or (half == "上午" and hour >= 12):
        raise Invalid(_("“{text}” has a time of day that does not exist.").format(text=text))
    return f"T{hour:02d}:{minute:02d}" if hour or minute else ""


def _day(head: str, text: str, today: date | None) -> str:
    if head.isdigit() and head.isascii():
        if len(head) == 8:
            return _checked(int(head[:4]), int(head[4:6]), int(head[6:]), text)
        if len(head) == 4 and today:
            return _checked(today.year, int(head[:2]), int(head[2:]), text)
    match = _DAY.fullmatch(head)
    if match and (today or len(match[1]) == 4):
        year = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
        return _checked(year, int(match[2]), int(match[3]), text)
    short = _SHORT.fullmatch(head)
    if short and today:
        return _checked(today.year, int(short[1]), int(short[2]), text)
    if today and head in _NEAR:
        return (today + timedelta(days=_NEAR[head])).isoformat()
    raise Invalid(_("“{text}” is not a day; write it as 2020-01-05 or 20200105.").format(text=text))


def _checked(year: int, month: int, day: int, text: str) -> str:
    try:
        value = date(year, month, day)
    except ValueError as wrong:
        raise Invalid(_("“{text}” is not a day in the calendar.").format(text=text)) from wrong
    if not _EARLIEST <= year <= _LATEST:
        raise Invalid(_("“{text}” lies outside the years 1949 to 2199.").format(text=text))
    return value.isoformat()


def parse_money(raw: object) -> int:
    """Fen from `12,000.50`, `3.5万`, `¥800元` or a number of yuan; refuses negative amounts and parts of a fen."""
    text = ungrouped(_LOOSE.sub("", plain(str(raw))))
    fen = _fen(raw) if isinstance(raw, int | float) else _written_fen(text)
    if fen is None or not fen.is_finite():
        raise Invalid(
            _("“{text}” is not an amount; write digits, such as 12000.50 or 3.5万.").format(text=_short(text))
        )
    if fen < 0:
        raise Invalid(_("An amount cannot be negative."))
    if fen > _MAX or fen != int(fen):
        raise Invalid(
            _("“{text}” is not an amount in yuan with at most two decimals.").format(text=_short(text))
        )
    return int(fen)


def ungrouped(text: str) -> str:
    """A number without what sets its thousands apart; one that is set apart otherwise stays as it is."""
    return (
        _GROUPED.sub(lambda found: re.sub("[, ]", "", found[0]), text) if "," in text or " " in text else text
    )


def _fen(number: int | float) -> Decimal | None:
    """Fen of a number of yuan; a cell's binary fraction is forgiven a thousandth of a fen."""
    if isinstance(number, bool):
        return None
    fen = Decimal(str(number)) * 100
    if not isinstance(number, float) or not fen.is_finite():
        return fen
    near = fen.to_integral_value()
    return near if abs(fen - near) < Decimal("0.001") else fen


def _written_fen(text: str) -> Decimal | None:
    match = _MONEY.fullmatch(text)
    return Decimal(match[1]) * (1_000_000 if match[2] else 100) if match else None


def _short(text: str) -> str:
    """What is quoted in a message."""
    return text if len(text) <= 40 else text[:40] + "…"


def parse_count(raw: object) -> int:
    """A whole number from digits, thousands separators allowed; refuses negative numbers and parts."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    else:
        text = ungrouped(plain(str(raw)))
        digits = text[1:] if text[:1] in "+-" and text[1:] else text
        whole, dot, rest = digits.partition(".")
        if not (whole.isdecimal() and (not dot or rest.strip("0") == "")) or len(whole) > 16:
            raise Invalid(
                _("“{text}” is not a whole number; write digits only, such as 12.").format(text=_short(text))
            )
        number = -int(whole) if text.startswith("-") else int(whole)
    if number < 0:
        raise Invalid(_("A count cannot be negative."))
    if number > _MAX:
        raise Invalid(
            _("“{text}” is not a whole number; write digits only, such as 12.").format(
                text=_short(str(number))
            )
        )
    return number


_NUMERALS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2}


def whole(text: str) -> int:
    """A number below a thousand, in digits or as 十二, 三十, 一百零五."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _NUMERALS[sign]
    return total + digit


def number_text(raw: object) -> str:
    """A case number as stored: brackets as 〔〕, digits and letters half width; 第 and leading zeros as given."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = unicodedata.normalize("NFKC", clean(str(raw))).translate(_BRACKETS)
    return "".join(text.split())


def number_key(text: str) -> str:
    """What two spellings of one number share: without leading zeros, 第 and case."""
    return _ZEROS.sub("", text).replace("第", "").casefold()


def minute(at: str) -> str:
    """A stored moment as it is shown: the day and the minute."""
    return at.replace("T", " ")[:16]


def second(at: str) -> str:
    """The same with its seconds, which tell moments of one minute apart."""
    return at.replace("T", " ")[:19]
