"""From the headings of a sheet to the fields of a ledger."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace

from tracker.exchange import party_columns, units
from tracker.i18n import everywhere
from tracker.schema.fields import Day, Field, Money, fold
from tracker.schema.fields import Names as People
from tracker.schema.ledger import Ledger
from tracker.schema.values import visible

SEARCHED_ROWS = 30
"""Within so many first rows the headings are looked for; titles may stand above them."""
DEEPEST = 3
"""So many rows one below the other may make the headings."""
LABEL, SYNONYM, REMEMBERED, CONTENT, HAND = "label", "synonym", "remembered", "content", "hand"
"""Why a column was taken for a field, the surest first."""
_SPACE = re.compile(r"\s+")
_REQUIRED = re.compile(r"^[*＊※]+|[*＊※]+$|[(\[](?:必填|required)[)\]]$")
_UNIT = re.compile(r"^(.+)[(\[]([^()\[\]]*)[)\]]$")
_ORDINAL = re.compile(r"^(?:\(?\d{1,2}\)?[.、:)]|[①-⑳]|[一二三四五六七八九十]{1,2}[、.])")
_BRACKETS = str.maketrans("【〔〖{〈《「】〕〗}〉》」", "(((((((" + ")))))))")
_ABOUT = re.compile(r"(?:基本)?(?:情况|信息)$")
_DOUBTFUL = 100
"""By how much a heading stands behind others that says more than a field's name, in brackets."""
_SERIAL = frozenset(
    {"序号", "序", "no", "no.", "行号", "编次", "#", "顺序号", "序列", "项次", "原行号", "不能导入的原因"}
)
_OF_A_PARTY = frozenset(
    {"姓名", "名称", "名字", "单位名称", "姓名或名称", "姓名(名称)", "姓名/名称", "名单", "企业名称", "单位"}
)
"""Lower headings that say no more than the party above them."""
_OF_ANYTHING = frozenset(
    {"日期", "时间", "金额", "人数", "编号", "结果", "方式", "类型", "类别", "情况", "地点", "地址"}
)
"""Lower headings that may be of whatever stands above them."""
_OF_THE_CASE = re.compile(
    "(?:案件|案情|基本|登记|受理|收案|立案|信访|检查|调解|涉案|涉及|主要|台账|相关|办案|办理)*(?:情况|信息|内容)?"
)
"""Upper headings under which the case's own are meant."""
_PARTIES = frozenset({"当事人", "双方当事人", "争议双方", "当事人姓名", "当事人名称", "双方"})
_BLANK = ("", None)


Meant = tuple[Field, int, str, int] | None


@dataclass(frozen=True)
class Column:
    """A column of the sheet (`index` counts a row's cells from 0) that fills a field."""

    index: int
    heading: str
    field: Field
    scale: int = 1
    """By what amounts are multiplied: 10,000 under a heading such as 金额（万元）."""
    how: str = LABEL
    part: int = 0
    """1 or 2: only the first or second of two parties written into one cell, such as 张三诉甲公司."""
    unit: bool = False
    """Whether the heading itself names the unit of its amounts, whatever a title says."""


@dataclass(frozen=True)
class Mapping:
    """What each column means; the window's wizard may make one by hand."""

    row: int
    """The last row of the headings, from 0."""
    columns: tuple[Column, ...]
    """Columns that are read, at most one for each field."""
    compared: tuple[Column, ...] = ()
    """Columns of what the program computes or keeps itself: never read in, only compared."""
    unknown: tuple[str, ...] = ()
    """Headings that name no field."""
    rivals: tuple[tuple[str, Column], ...] = ()
    """Headings among the unknown that could have meant a field too, and the column that was taken for it."""
    doubled: tuple[tuple[Column, Column], ...] = ()
    """Columns for a field that an earlier column fills already, with that one."""
    headings: tuple[str, ...] = ()
    """Every column's heading, those of several rows joined by `/`; empty where there is none."""
    top: int = 0
    """The first row of the headings."""
    constants: tuple[tuple[Field, str], ...] = ()
    """What new records have in fields that no column fills, as typed."""

    def column_of(self, key: str) -> Column | None:
        """The column that fills the field of that key."""
        return next((column for column in self.columns if column.field.key == key), None)

    @property
    def is_own(self) -> bool:
        """Whether the sheet looks as this program writes one: fields' own names in its first row, and nothing else."""
        labels = all(column.how == LABEL for column in self.columns)
        return labels and self.top == self.row == 0 and not self.unknown

    @property
    def serials(self) -> frozenset[int]:
        """Columns that only count the rows."""
        return frozenset(n for n, text in enumerate(self.headings) if is_serial(text))

    @property
    def keys(self) -> frozenset[str]:
        """The fields that are filled."""
        return frozenset(column.field.key for column in self.columns)


class Names:
    """What headings name the fields of a ledger: keys and labels in each language, and other words for them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._labels = names(ledger)
        self._also: dict[str, tuple[Field, int]] = {}
        for field in ledger.inputs:
            for place, word in enumerate(field.also):
                self._also.setdefault(normal(word), (field, place))
        self._memory: dict[str, Meant] = {}

    def find(self, heading: str) -> Meant:
        """Field, scale (0: none told), why, and its place among the words for it; None for an unknown heading."""
        word = normal(heading)
        if word not in self._memory:
            self._memory[word] = self._find(word)
        return self._memory[word]

    def _find(self, word: str) -> Meant:
        found = self._word(word) or self._in_brackets(word) or self._with_unit(word)
        return found or next((found for form in _forms(word) if (found := self._word(form))), None)

    def _word(self, word: str) -> Meant:
        if word in self._labels:
            return self._labels[word], 0, LABEL, 0
        if word in self._also:
            field, place = self._also[word]
            return field, 0, SYNONYM, place + 1
        return None

    def _in_brackets(self, word: str) -> Meant:
        match = _UNIT.match(word)
        found = self.find(match[1]) if match else None
        if match is None or found is None:
            return None
        field, scale, how, place = found
        if isinstance(field, Money) and units.is_rate(match[2]):
            return None
        if not units.is_neutral(match[2]):
            how, place = SYNONYM, place + _DOUBTFUL
        return field, units.of_bracket(match[2]) if isinstance(field, Money) else scale, how, place

    def _with_unit(self, word: str) -> Meant:
        bare, scale = units.of_heading(word)
        found = self.find(bare) if scale else None
        return (found[0], scale, *found[2:]) if found and isinstance(found[0], Money) else None


def _forms(word: str) -> Iterator[str]:
    bare = _ORDINAL.sub("", word).rstrip(":")
    if bare != word and bare:
        yield bare
    if bare.count("/") == 1:  # an upper and a lower heading, as this program writes them in one cell
        upper, lower = bare.split("/")
        yield upper + lower
        yield lower + upper
    for mark in ("/", "、", "或"):
        yield from (part for part in bare.split(mark) if mark in bare and part)


def names(ledger: Ledger) -> dict[str, Field]:
    """Every heading, normalised, that names a field: its key and its label in each language; fields to fill in win."""
    found: dict[str, Field] = {}
    inputs = set(ledger.inputs)
    for field in sorted(ledger.fields, key=lambda f: f not in inputs):
        for word in (field.key, *everywhere(field.label)):
            found.setdefault(normal(word), field)
    return found


def normal(heading: object) -> str:
    """A heading as it is compared: half width, without white space, case and a mark of being required."""
    return _REQUIRED.sub("", _SPACE.sub("", fold(str(heading)).translate(_BRACKETS)))


def shown(heading: object) -> str:
    """A heading in one line."""
    return _SPACE.sub(" ", visible(str(heading))).strip() if heading not in _BLANK else ""


def is_serial(heading: str) -> bool:
    """Whether a heading is of a column that only counts the rows, or that this program itself has added."""
    return normal(heading) in _SERIAL or normal(heading.rpartition("/")[2]) in _SERIAL


def find(
    ledger: Ledger,
    first_rows: Sequence[Sequence[object]],
    spans: Sequence[tuple[int, int, int, int]] | None = None,
) -> Mapping | None:
    """The mapping of the row or rows that name the most fields (the first of equals); None where none does."""
    known = Names(ledger)
    best: tuple[tuple[int, int, int], Mapping] | None = None
    for top in range(min(SEARCHED_ROWS, len(first_rows))):
        for depth in range(1, DEEPEST + 1):
            if top + depth > len(first_rows):
                break
            parts = _parts(first_rows, top, depth, spans)
            if parts is None:
                continue
            mapping, deeper = _mapped(known, top, top + depth - 1, parts)
            if mapping is None:
                continue
            score = (len(mapping.columns) + len(mapping.compared), deeper, -depth)
            if best is None or score > best[0]:
                best = score, mapping
    return best[1] if best else None


def _parts(
    rows: Sequence[Sequence[object]],
    top: int,
    depth: int,
    spans: Sequence[tuple[int, int, int, int]] | None,
) -> list[tuple[str, ...]] | None:
    """What stands above each column in so many rows, merged cells over all that they cover; None for one blank row."""
    taken = rows[top : top + depth]
    width = max(map(len, taken), default=0)
    grid = [[shown(row[n]) if n < len(row) else "" for n in range(width)] for row in taken]
    if not all(any(row) for row in grid):
        return None
    if depth > 1 and len(set(filter(None, grid[0]))) < 2:
        return None  # a title
    if depth > 1 and any(units.of_title(text) for row in grid[:-1] for text in row):
        return None  # one that tells the unit
    below: set[tuple[int, int]] = set()
    for first, left, last, right in spans or ():
        if first <= top + depth - 1 and last >= top and first >= top and left < width:
            for r in range(first, min(last, top + depth - 1) + 1):
                for c in range(left, min(right, width - 1) + 1):
                    if r > first:
                        below.add((r - top, c))
                        grid[r - top][c] = ""
                    else:
                        grid[r - top][c] = grid[first - top][left]
    if depth > 1 and not spans:
        _spread(grid)
    if depth > 1 and not any(any(row[c] for row in grid[:-1]) and grid[-1][c] for c in range(width)):
        return None
    return [tuple(dict.fromkeys(row[n] for row in grid if row[n])) for n in range(width)]


def _spread(grid: list[list[str]]) -> None:
    """Upper headings over the columns to their right, where the file tells of no merges: as far as lower ones go."""
    for upper, lower in itertools.pairwise(grid):
        last = ""
        for n, text in enumerate(upper):
            if text:
                last = text if lower[n] else ""
            elif last and lower[n]:
                upper[n] = last
            else:
                last = ""


def _mapped(
    known: Names, top: int, bottom: int, parts: Sequence[tuple[str, ...]]
) -> tuple[Mapping | None, int]:
    """The mapping of these headings, and how many of them needed more than one row."""
    ledger = known.ledger
    rank: dict[str, int] = {}
    by_field: dict[str, Column] = {}
    compared: list[Column] = []
    unknown: dict[int, str] = {}
    rivals: list[tuple[str, str]] = []
    doubled, deeper = [], 0
    headings = tuple("/".join(part) for part in parts)
    for index, part in enumerate(parts):
        if not part:
            continue
        found, together = _resolved(known, part)
        deeper += together
        if found is None:
            unknown[index] = headings[index]
            continue
        field, scale, how, place = found
        column = Column(index, headings[index], field, scale or 1, how, unit=scale > 0)
        earlier = by_field.get(field.key)
        if field.derived or field.system:
            compared.append(column)
        elif earlier is None or place < rank[field.key]:
            if earlier:
                unknown[earlier.index] = earlier.heading
                rivals.append((earlier.heading, field.key))
            by_field[field.key], rank[field.key] = column, place
        elif how == LABEL:
            doubled.append((column, earlier))
        else:
            unknown[index] = headings[index]
            rivals.append((headings[index], field.key))
    _split_parties(ledger, by_field, unknown)
    compared = _entered_days(ledger, by_field, compared)
    if unknown or any(column.how == SYNONYM for column in by_field.values()):
        compared = [c for c in compared if c.field.key != "no" or not is_serial(c.heading)]  # they count rows
    named = sum(1 for column in by_field.values() if column.index not in unknown)
    phones = party_columns.find(
        ledger, {k: c.index for k, c in by_field.items()}, {n: parts[n] for n in unknown}
    )
    for index, phone in phones.items():
        by_field[phone.key] = Column(index, unknown.pop(index), phone, how=SYNONYM)
    enough = named + len(compared) > 1 or ledger.number in by_field
    if not enough or not by_field:
        return None, 0
    told = tuple(text for index, text in sorted(unknown.items()) if not is_serial(text))
    taken = tuple((text, by_field[key]) for text, key in rivals if key in by_field)
    return Mapping(
        bottom, tuple(by_field.values()), tuple(compared), told, taken, tuple(doubled), headings, top
    ), deeper


def scaled(mapping: Mapping, scale: int) -> Mapping:
    """The mapping of a sheet whose title tells the unit of those amounts whose headings tell none."""
    return replace(
        mapping,
        columns=tuple(
            replace(c, scale=scale) if isinstance(c.field, Money) and c.scale == 1 and not c.unit else c
            for c in mapping.columns
        ),
    )


def _resolved(known: Names, part: tuple[str, ...]) -> tuple[Meant, bool]:
    """What headings one below the other name, and whether they do so only together; a unit may stand in any of them."""
    found, together = _named(known, part)
    if found and isinstance(found[0], Money) and not found[1]:
        told = (_UNIT.match(normal(text)) for text in reversed(part))
        scale = next((size for match in told if match and (size := units.of_bracket(match[2]))), 0)
        found = (found[0], scale, *found[2:])
    return found, together


def _named(known: Names, part: tuple[str, ...]) -> tuple[Meant, bool]:
    """Together is either way round; a party goes with what only says that it is a name, and is not whom its telephone
    or address is of; else the lower one counts, unless it may be of anything and what stands above is unknown.
    """
    if len(part) == 1:
        return known.find(part[0]), False
    last = part[-1]
    uppers = ("".join(part[:-1]), part[-2])
    for above in (
        *uppers,
        *(bare for text in uppers if (bare := _ABOUT.sub("", normal(text))) != normal(text)),
    ):
        found = known.find(above + last) or known.find(last + above) or known.find(_unit_last(last, above))
        if found:
            return found, True
    upper, lower = known.find(part[-2]), known.find(last)
    if upper and normal(last) in _OF_A_PARTY:
        return upper, True
    if upper and lower and isinstance(upper[0], People) and not isinstance(lower[0], People):
        return None, False
    if upper or normal(part[-2]) in _PARTIES:
        return lower, lower is not None
    if lower and normal(last) in _OF_ANYTHING and not _OF_THE_CASE.fullmatch(normal(part[-2])):
        return None, False
    return lower, False


def _unit_last(lower: str, upper: str) -> str:
    """拖欠（万元） below 金额 as 拖欠金额（万元）."""
    match = _UNIT.match(normal(lower))
    return f"{match[1]}{normal(upper)}({match[2]})" if match else ""


def _split_parties(ledger: Ledger, by_field: dict[str, Column], unknown: dict[int, str]) -> None:
    """Take a column of both parties, where neither has one of its own, for the two of them."""
    both = [ledger.by_key.get(key) for key in ("applicant", "respondent")]
    index = next((n for n, text in unknown.items() if normal(text) in _PARTIES), None)
    if index is None or None in both or "applicant" in by_field or "respondent" in by_field:
        return
    for part, field in enumerate(both, 1):
        if field:
            by_field[field.key] = Column(index, unknown[index], field, how=SYNONYM, part=part)
    del unknown[index]


def _entered_days(ledger: Ledger, by_field: Dictionary[str, Column], compared: list[Column]) -> list[Column]:
    """A sheet of an office's own calls 登记时间 what this program calls otherwise: take it for the ledger's day."""
    day = ledger.by_key.get(ledger.day)
    entered = next((c for c in compared if c.field.key == "created_at"), None)
    ours = any(c.field.system for c in compared if c is not entered)
    if entered is None or ours or not isinstance(day, Day) or day.key in by_field:
        return compared
    by_field[day.key] = replace(entered, field=day, how=SYNONYM)  # type: ignore[index]
    return [c for c in compared if c is not entered]
