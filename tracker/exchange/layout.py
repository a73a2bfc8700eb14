"""What an office's sheet says beside its rows: titles, months, units, totals, repeated headings and footers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.exchange import units
from tracker.exchange.headings import Mapping, is_serial, normal
from tracker.schema.values import plain

TOTAL, HEADING, SECTION, FOOTER, OTHER = "total", "heading", "section", "footer", "other"
_BLANK = ("", None)
_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20\d)\d)(?=\s*年|[^\d]|$)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})\s*年")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./年]?\s*(1[0-2]|0?[1-9])(?!\d)")
_BARE_MONTH = re.compile(r"\s*(1[0-2]|0?[1-9])\s*")
_CHINESE_MONTHS = {
    word + "月": 12 - n
    for n, word in enumerate(["十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一"])
}
"""The longer first."""
_TOTAL = re.compile(
    r"(?:[本当全]?(?:月|季度?|年度?|页|周|期)|\d{1,2}月份?|(?:19|20)\d\d年(?:\d{1,2}月)?份?|[一二三四1-4]季度|第[一二三四]季度|[上下]半年|以上|年度?|"
    r"[一二三四五六七八九十]{1,2}月份?)*"
    r"(?:合计|小计|总计|累计|共计|总数|合計|小計|计|过次页|承前页)(?:数|人数|件数|金额)?[:：]?(?:[(（][^)）]*[)）])?[:：]?\d*(?:件|人|元|起|次)?"
)
_FOOTER = re.compile(
    r"(?:制表|填表|填报|审核|复核|负责|报送|统计|校对|领导|单位负责|分管领导|科室负责|部门负责|主管|经手|报表|打印|联系)"
    r"(?:人|单位|科室|部门|日期|时间|签字|签名|人员|电话|人签字|领导)?(?:[(（][^)）]*[)）])?[:：].*"
    r"|(?:注|备注|说明|填表说明|填报说明|附注|备注说明)\s*\d?[:：].*|(?:填表|填报|编制|使用)?说明|填表须知|[(（]?(?:盖章|公章)[)）]?|第\d+页.*|.*共\d+页"
    r"|(?:示|样|举)?例(?:如|子|行)?[:：]?|(?:填写|填报)(?:示例|样例)[:：]?"
    r"|[(（]?(?:以下(?:空白|无正文|无内容)|(?:转|接)[上下]页|续[上下]?[页表]|此页无正文)[)）]?",
    re.DOTALL,
)
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．].*|[(（][一二三四五六七八九十]{1,3}[)）].*|(?:(?:19|20)?\d\d年度?)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
    r"|(?:19|20)\d\d年度?|第[一二三四]季度"
)
_LONGEST = 400
_SIGNS = re.compile(r"[计計数:：页章月年季、.．)）说须白文续例]")
"""Whatever is no record has one of these in its first words; most records have none."""


@dataclass(frozen=True)
class Hints:
    """What stands above or beside the rows: the year and month of days written without them, and the unit of money."""

    year: int | None = None
    month: int | None = None
    scale: int = 1

    def read(self, text: str) -> Hints:
        """It with what one more text tells."""
        folded = plain(text)
        year, month = year_of(folded), month_of(folded)
        scale = units.of_title(folded) or self.scale
        return replace(self, year=year or self.year, month=month or self.month, scale=scale)


def year_of(text: str) -> int | None:
    """The year that a title or the name of a sheet tells, None for none or several."""
    found = {int(year) for year in _YEAR.findall(text)}
    if not found:
        found = {2000 + int(short) for short in _SHORT_YEAR.findall(text) if int(short) < 60}
    return found.pop() if len(found) == 1 else None


def month_of(text: str) -> int | None:
    """The month that a title or the name of a sheet tells, None for none or several."""
    found = {int(month) for month in _MONTH.findall(text)}
    if not found:
        word = next((word for word in _CHINESE_MONTHS if word in text), None)
        found = {_CHINESE_MONTHS[word]} if word else {int(m) for _y, m in _YEAR_MONTH.findall(text)}
    return found.pop() if len(found) == 1 else None


def hints(book: str, sheet: str, rows: Sequence[Sequence[object]], headings: Mapping) -> Hints:
    """What the file's name, the titles above the headings and the sheet's name tell, the last of them surest."""
    found = Hints(year=year_of(plain(book)))
    for row in rows[: headings.top]:
        for cell in row:
            if isinstance(cell, str) and cell.strip():
                found = found.read(cell)
    named = plain(sheet)
    bare = _BARE_MONTH.fullmatch(named)
    found = found.read(named)
    return replace(found, month=int(bare[1])) if bare else found


class Sorter:
    """Tells rows that are no records by their first words, each word looked at once."""

    def __init__(self, mapping: Mapping) -> None:
        told = dict(enumerate(mapping.headings)) | {c.index: c.heading for c in mapping.columns}
        self._headings = {
            n: {normal(part) for part in (text, *text.split("/"))} for n, text in told.items() if text
        }
        self._words = frozenset().union(*self._headings.values())
        self._serials = [n for n, text in enumerate(mapping.headings) if is_serial(text)]
        self._longest = 4 + max(map(len, self._words), default=0)
        self._memory: dict[str, str] = {}

    def kind(self, row: Sequence[object]) -> str:
        """Why the row is no record, empty for one that may be."""
        seen = 0
        for index, cell in enumerate(row):
            if cell in _BLANK:
                continue
            if isinstance(cell, str):
                kind = self._memory.get(cell)
                if kind is None:
                    kind = self._memory[cell] = self._word(cell)
                if kind == TOTAL or (kind == FOOTER and seen == 0):
                    return kind
                if kind == SECTION and seen == 0 and _alone(row, index):
                    return kind
                if kind == HEADING and (found := self._heading(row)):
                    return found
            seen += index not in self._serials
            if seen > 1:
                break
        if len(self._memory) > 50_000:
            self._memory.clear()
        return ""

    def _word(self, cell: str) -> str:
        if len(cell) <= self._longest and normal(cell) in self._words:
            return HEADING
        if len(cell) > _LONGEST or not _SIGNS.search(cell):
            return ""
        text = "".join(plain(cell).split())
        if _TOTAL.fullmatch(text):
            return TOTAL
        if _FOOTER.fullmatch(text):
            return FOOTER
        return SECTION if _SECTION.fullmatch(text) else ""

    def _heading(self, row: Sequence[object]) -> str:
        """Whether at least two cells, and half of those filled, only repeat headings: their own, or those of others."""
        filled = {n: row[n] for n in self._headings if n < len(row) and row[n] not in _BLANK}
        texts = {n: normal(cell) for n, cell in filled.items() if isinstance(cell, str)}
        known = [n for n, text in texts.items() if text in self._words]
        same = sum(1 for n in known if texts[n] in self._headings[n])
        if len(known) < 2 or len(known) * 2 <= len(filled):
            return ""
        return HEADING if same == len(known) else OTHER if len(known) > 2 else ""


_NUMBERS = re.compile(r"[(（]?(?:\d{1,2}(?:\.0)?|[甲乙丙丁戊己庚辛壬癸A-Za-z])[)）]?")
_UNITS = frozenset("元人件个天次户份名家分—-/")


def is_below_headings(row: Sequence[object]) -> bool:
    """Whether the first row below the headings only numbers the columns, or names the units they are in."""
    texts = [str(cell).strip() for cell in row if cell not in _BLANK]
    numbered = len(texts) > 3 and len(set(texts)) == len(texts) and all(map(_NUMBERS.fullmatch, texts))
    return numbered or bool(texts and all(text in _UNITS for text in texts))


def _alone(row: Sequence[object], index: int) -> bool:
    """Whether no other text than this one's stands in the row."""
    return all(cell in _BLANK or cell == row[index] for cell in row)


def words(rows: Iterable[Sequence[object]]) -> list[str]:
    """Every text of some rows, in order."""
    return [cell for row in rows for cell in row if isinstance(cell, str) and cell.strip()]
