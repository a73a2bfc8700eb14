"""Cells as offices fill them in, brought to what fields read: names in lists, ticks, units beside numbers."""

from __future__ import annotations

import re

from tracker.schema import firm
from tracker.schema.values import plain

EMPTY = frozenset(
    {
        "-",
        "--",
        "---",
        "—",
        "——",
        "―",
        "–",
        "/",
        "//",
        "\\",
        "·",
        "…",
        "N/A",
        "n/a",
        "#N/A",
        "NULL",
        "null",
        "None",
        "空",
        "空白",
        "*",
    }
)
"""What stands in a cell where nothing is to be said."""
_NOT_YET = frozenset({"未结", "未结案", "未办结", "尚未结案", "在办", "办理中"})
NOTHING = EMPTY | _NOT_YET | {"无", "暂无", "未", "没有", "未定", "待定", "不详", "0000-00-00"}
"""The same in columns of days, amounts, counts and words."""
DITTO = frozenset({"同上", "〃", "″", '"', "''", "如上", "同前"})
_MARK = re.compile(r"(?<![0-9A-Za-z])[(（]?\d{1,3}[.、)）．](?!\d)\s*")
_LINES = re.compile(r"\s*[\n\r]+\s*")
_PERSON = re.compile(r"[\u3400-\u9fff·]{2,4}")
_SPACED = re.compile(r"[\u3400-\u9fff](?:\s+[\u3400-\u9fff]){1,3}")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱"
    "江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_BETWEEN = re.compile(r"([、;；])")
_AND_MORE = re.compile(r"等\s*\d*\s*[人名位户]?$")
_CJK = re.compile(r"(?<=[\u3400-\u9fff，。、；：）】])\s*\n\s*(?=[\u3400-\u9fff（【])")
_MONEY = re.compile(r"(?:人民币|rmb|cny|共计|合计|计|共)\s*[:：]?\s*", re.IGNORECASE)
_MONEY_END = re.compile(r"(?:元)?(?:整|正)$")
_HUNDRED_MILLIONS = re.compile(r"([\d.]+)亿元?")
_COUNT = re.compile(
    r"(?:共|合计|计)?\s*(\d[\d,]*)\s*(?:[人名位个件户家次份条场台天套笔项起]|人次|户次|家次)?$"
)
_TICKED = re.compile(r"[☑✔√■●☒✅]\s*([^\s□○☐☑✔√■●☒✅;；,，]+)")
_BOX = re.compile(r"[□○☐]")
_NUMBERED = re.compile(r"(?:^|(?<=[;；,，、\s]))\(?\d{1,2}[.、)．]\s*|[。.;；,，]+$")
_KIND = re.compile(r"(?:争议|纠纷|案件|问题|结案|类)+(?=[、,，;；]|$)")
_AT_TAIL = re.compile(r"(.+?)\s*\(([^()]*)\)$")
DAMAGED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_CUT = re.compile(r"\d{15}000")


def names(text: str) -> str:
    """Several names as `、` sets them apart, whatever did so before; one that was only broken or spaced stays one."""
    text = text.strip()
    if "\n" in text or "\r" in text:
        lines = [line for line in _LINES.split(text) if line]
        text = "、".join(lines) if _apart([_MARK.sub("", line) for line in lines]) else "".join(lines)
    if _MARK.match(text):
        text = "、".join(part for part in (p.strip(" 、;；,，") for p in _MARK.split(text)) if part)
    if "," in text or "，" in text:
        parts = [part.strip() for part in re.split("[,，]", text)]
        if _all_names(parts):
            text = "、".join(part for part in parts if part)
    return "".join(_spaces(part) for part in _BETWEEN.split(text))


def _spaces(text: str) -> str:
    """White space between names as `、`, within a name as nothing."""
    text = text.strip()
    if not re.search(r"\s", text):
        return text
    if _SPACED.fullmatch(text) and len(text.split()) <= 4 and all(len(p) == 1 for p in text.split()):
        return "".join(text.split())
    more = _AND_MORE.search(text)
    parts = (text[: more.start()] if more else text).split()
    if len(parts) > 1 and all(map(_is_person, parts)):
        return "、".join(parts) + (more[0] if more else "")
    if len(parts) > 1 and all(firm.among_names(part) and len(part) > 2 for part in parts):
        return "、".join(parts)
    return (
        re.sub(r"(?<=[\u3400-\u9fff])[ \t\u3000]+(?=[\u3400-\u9fff])", "", text)
        if not text.isascii()
        else text
    )


def _is_person(part: str) -> bool:
    """Whether it may be a person's whole name: 甲公司 is the rest of a firm's."""
    return bool(_PERSON.fullmatch(part) and (part[0] in _SURNAMES or not firm.among_names(part)))


def _apart(lines: list[str]) -> bool:
    """Whether each line is a name of its own, and not the rest of the one above."""
    if any(firm.goes_on(line) for line in lines[1:]) or not _all_names(lines):
        return False
    firms = [len(line) > 3 and firm.among_names(line) for line in lines]
    people = [line[:1] in _SURNAMES and len(line) <= 3 for line in lines]
    return all(firms) or not any(firms) or all(f or p for f, p in zip(firms, people, strict=True))


def _all_names(parts: list[str]) -> bool:
    """Whether every part is a person's or a firm's name of its own."""
    wanted = [re.sub(r"\s+", "", _AND_MORE.sub("", part)) for part in parts if part.strip()]
    return all(_PERSON.fullmatch(part) or firm.among_names(part) for part in wanted if part)


def line(text: str) -> str:
    """A text of one line, of which the sheet only broke the line."""
    return " ".join(_CJK.sub("", text.strip()).split("\n")) if "\n" in text or "\r" in text else text


def money(text: str) -> str:
    """An amount without currency's name and 整; 1.2亿 in digits."""
    text = _MONEY_END.sub("元", _MONEY.sub("", plain(text).replace("，", ","))).replace("圆", "元")
    text = text.strip("¥￥ ").removesuffix("元元")
    if (found := _HUNDRED_MILLIONS.fullmatch(text.replace(",", ""))) and found[1].count(".") < 2:
        return f"{float(found[1]) * 10_000:.4f}万" if found[1] != "." else text
    return text


def count(text: str) -> str:
    """A number without the word for what is counted."""
    found = _COUNT.fullmatch(plain(text))
    return found[1] if found else text


def yes_or_no(text: str) -> str:
    """A tick in a box as the word beside it, other signs as yes or no."""
    text = plain(text)
    if _BOX.search(text) and (found := _TICKED.search(text)):
        return found[1]
    if text and all(sign in "✔☑✅■●√是" for sign in text):
        return "是"
    if text and all(sign in "✘☐□☒×xX" for sign in text):
        return "否"
    return {"已": "是", "未": "否", "不是": "否", "非": "否"}.get(text, text)


def word(text: str) -> str:
    """A word of a code table without its number and its full stop."""
    if _BOX.search(text) and (found := _TICKED.findall(text)):
        return "、".join(found)
    return _NUMBERED.sub("", plain(text)).replace("其它", "其他")


def bracketed(word: str) -> tuple[str, str] | None:
    """A word and what stands in brackets behind it, None where nothing does."""
    found = _AT_TAIL.fullmatch(word)
    return (found[1], found[2]) if found else None


def without_kind(text: str) -> str:
    """Words of a code table without what only says of what kind they are: 劳动报酬争议."""
    return _KIND.sub("", text)


def parties(text: str) -> tuple[str, str] | None:
    """Applicant and respondent of 张三诉甲公司, 张三与甲公司劳动争议 or 张三/甲公司; None for anything else."""
    text = re.sub(r"\s*\n\s*", "", text.strip())
    text = re.sub(
        r"(?:之间)?(?:的|因)?(?:劳动人事|劳动|人事|工伤|工资|劳动报酬|经济补偿)?(?:争议|纠纷)(?:一)?案?$",
        "",
        text,
    )
    for mark in ("诉", " vs ", "VS", "vs", "——", "—", "/", "与", "和", "-"):
        first, found, second = text.partition(mark)
        if found and first.strip() and second.strip():
            return first.strip(" :："), second.strip(" :：")
    return None


def cut_short(text: str) -> bool:
    """Whether eighteen digits end as a spreadsheet leaves them that kept them as a number."""
    return _CUT.fullmatch(text) is not None
