"""What brackets and units in headings and titles say of the amounts below them."""

from __future__ import annotations

import re

_POWERS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_SIZE = "十万|百万|千万|[十百千万亿]"
_UNIT = re.compile(
    rf"(?:金额)?(?:单位)?:?(?:人民币)?((?:{_SIZE})?)元(?:人民币)?|(?:金额)?(?:单位)?:?(万|亿)|(10,000)yuan|yuan|人民币|¥|rmb"
)
_AT_END = re.compile(rf"(.+?)[:/,_-]?((?:{_SIZE})元)")
_TITLE = re.compile(
    r"单位\s*[:：]?\s*[(（]?\s*(?:(?:人民币|[\u3400-\u9fff]{1,2})\s*[、,，/;；]\s*)*(?:人民币)?\s*"
    rf"({_SIZE})元(?=$|[\s)）、,，/;；。])"
    rf"|以({_SIZE})元为单位|^[(（]?\s*(?:金额)?\s*[:：]?\s*({_SIZE})元\s*[)）]?$"
)
_NEUTRAL = re.compile(
    r"单位:?.{0,3}|[人件次户名个天日家份分项起]|人次|户次|小时|工作日|(?:姓名|名称|单位|单位名称|全称|企业|公司|个人|劳动者|用人单位|或|和|及|/|、|,)+"
    r"|年.?月.?日|yyyy.?mm.?dd|(?:请?下拉|请?勾选|单选|多选|选填|选择|可选|请?选).{0,4}|(?:请?填?写?)(?:是|有|√)[/或、]?(?:否|无|×)|是否|大写|小写|公历|盖章|签字|签名"
)


def of_heading(word: str) -> tuple[str, int]:
    """A heading without the unit at its end, and how many yuan that is; (the heading, 0) where it names none."""
    found = _AT_END.fullmatch(word)
    return (found[1], _POWERS[found[2][:-1]]) if found else (word, 0)


def of_bracket(text: str) -> int:
    """How many yuan the unit in a heading's brackets is: 1 for 元, 10,000 for 单位:万元, 0 where it is none."""
    found = _UNIT.fullmatch(text)
    if not found:
        return 0
    return _POWERS.get(found[1] or found[2] or ("万" if found[3] else ""), 1)


def of_title(text: str) -> int:
    """How many yuan the unit is that a title tells, 0 where it tells none."""
    found = _TITLE.search(text)
    return _POWERS[found[1] or found[2] or found[3]] if found else 0


def is_rate(text: str) -> bool:
    """Whether brackets make of an amount another thing: 元/人, 美元."""
    return "元" in text and not of_bracket(text)


def is_neutral(text: str) -> bool:
    """Whether what stands in a heading's brackets only says how to fill the column in."""
    return text.isascii() or bool(_NEUTRAL.fullmatch(text)) or of_bracket(text) > 0
