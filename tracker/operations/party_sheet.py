"""Cells copied from a sheet as rows of parties: columns known by their headings, else by what stands in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from itertools import pairwise

from tracker.attached.parties import PARTIES
from tracker.exchange.headings import names as heading_names
from tracker.exchange.headings import normal
from tracker.i18n import _, language
from tracker.schema import identity, values
from tracker.schema.fields import Field, Names, Value
from tracker.schema.values import Invalid

MOST = 2000
_WORDS = {
    "name": "姓名 名称 单位 单位名称 公司 公司名称 申请人 申请人姓名 工人姓名 劳动者 职工姓名 员工姓名 信访人",
    "id_number": "身份证 身份证号 身份证号码 公民身份号码 证件号 证件号码 身份号码 身份证件号码",
    "credit_code": "信用代码 统一信用代码 统一社会信用代码 社会信用代码 机构代码",
    "phone": "电话 手机 手机号 手机号码 联系电话 联系方式 电话号码",
    "address": "地址 住址 家庭住址 家庭地址 联系地址 住所 住所地 户籍地址 送达地址 身份证地址 现住址",
    "claim_amount": "金额 欠薪金额 拖欠金额 欠发工资 拖欠工资 请求金额 标的 标的额 主张金额 诉求金额 工资 应付工资",
    "sex": "性别",
    "born_on": "出生日期 出生年月 生日 出生年月日",
    "representative": "法人 法定代表人 负责人 法人代表",
    "agent": "代理人 委托代理人",
    "agent_phone": "代理人电话 委托代理人电话",
    "role": "身份 角色 诉讼地位 当事人类型",
    "remarks": "备注",
}  # fmt: skip
"""Other words that headings use for a field."""
_SERIAL = ("序号", "编号", "no", "no.", "序")
_SPOILT = re.compile(r"\d(?:\.\d+)?E\+1[4-8]", re.IGNORECASE)
"""An identity number that a spreadsheet took for a quantity; its last digits are lost."""
_ADDRESS = re.compile(r"[省市区县镇乡村路街道巷弄号室]")
_PERSON = re.compile(r"[\u3400-\u9fff·]{2,12}")
_FORMS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("id_number", lambda t: bool(re.fullmatch(r"\d{17}[\dXx]|\d{15}", t) or _SPOILT.fullmatch(t))),
    ("phone", lambda t: bool(re.fullmatch(r"(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}", t.replace(" ", "")))),
    ("credit_code", lambda t: bool(re.fullmatch(r"[0-9A-HJ-NP-RTUWXY]{18}", t.upper()))),
    ("sex", lambda t: t in ("男", "女")),
    ("born_on", lambda t: bool(re.fullmatch(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?", t))),
    ("claim_amount", lambda t: len(t) < 15 and bool(re.fullmatch(r"[¥￥]?[\d,]+(?:\.\d+)?[万]?元?", t))),
    ("address", lambda t: len(t) >= 6 and bool(_ADDRESS.search(t))),
    ("name", lambda t: bool(_PERSON.fullmatch(t)) or (len(t) >= 2 and not t[0].isdigit())),
)  # fmt: skip
"""How values of each field look, the surest first."""
_SURE = ("id_number", "phone", "credit_code")


_TOTALS = ("合计", "总计", "小计", "共计", "total")
_SPREAD = re.compile(r"[\u3400-\u9fff](?:\s+[\u3400-\u9fff]){1,3}")
"""A name whose characters were set apart so that it lines up with longer ones."""
_MOBILE = re.compile(r"(?:\+?86)?(1\d{7,})")


@dataclass(frozen=True)
class Doubt:
    """What is wrong or unlikely about a cell; `wall` where it cannot be saved so."""

    row: int
    field: str
    message: str
    wall: bool = False


@dataclass(frozen=True)
class Pasted:
    """Rows as texts by field, what each column was taken for, and headings that say nothing known."""

    rows: tuple[dict[str, str], ...]
    fields: tuple[Field, ...]
    unknown: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    """Rows that were left out since they add up the others."""


def read(text: str) -> Pasted:
    """The rows of cells parted by tabs; a single column of names may also be one line parted by `、`."""
    cells = [row for row in ([values.plain(cell) for cell in row] for row in _lines(text)) if any(row)][:MOST]
    if len(cells) == 1 and len(cells[0]) == 1:
        cells = [[name] for name in Names.split(cells[0][0])]
    if not cells:
        return Pasted((), ())
    width = max(len(row) for row in cells)
    cells = [row + [""] * (width - len(row)) for row in cells]
    headed = _headed(cells[0])
    lines = cells[1:] if headed else cells
    body = [row for row in lines if not _is_total(row)]
    totals = tuple(" ".join(filter(None, row)) for row in lines if _is_total(row))
    keys = _by_heading(cells[0]) if headed else [None] * width
    keys = _by_content(keys, body, cells[0] if headed else [""] * width)
    rows = tuple({key: tidied(key, row[n]) for n, key in enumerate(keys) if key and row[n]} for row in body)
    unknown = tuple(
        cells[0][n]
        for n, key in enumerate(keys)
        if headed and not key and cells[0][n] and not _serial(cells[0][n])
    )
    return Pasted(
        tuple(row for row in rows if row), tuple(PARTIES.field(key) for key in keys if key), unknown, totals
    )


def _is_total(row: Sequence[str]) -> bool:
    return normal("".join(next((cell for cell in row if cell), "").split())) in _TOTALS


def tidied(key: str, text: str) -> str:
    """A cell's text without the spaces that only line up a name."""
    return "".join(text.split()) if key == "name" and _SPREAD.fullmatch(text) else text


def completed(row: Mapping[str, str]) -> dict[str, str]:
    """A row with sex and day of birth as a valid identity number tells them, where they are not said."""
    number = "".join(values.plain(row.get("id_number", "")).split()).upper()
    if not identity.is_id_number(number):
        return dict(row)
    sex = PARTIES.field("sex").format("male" if identity.is_male(number) else "female")
    told = {"sex": sex, "born_on": identity.born_on(number).isoformat()}
    return {**row, **{key: text for key, text in told.items() if not row.get(key)}}


def _lines(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text), delimiter="\t"))
    except csv.Error:  # a cell of more than 131,072 characters
        return [line.split("\t") for line in text.splitlines()]


def _known() -> dict[str, str]:
    known = {word: field.key for word, field in heading_names(PARTIES).items() if not field.system}
    return known | {normal(word): key for key, words in _WORDS.items() for word in words.split()}


def _serial(heading: str) -> bool:
    return normal(heading) in _SERIAL


def _headed(row: Sequence[str]) -> bool:
    """Whether a row is headings: most of its cells are, and none is a number."""
    known, said = _known(), [cell for cell in row if cell]
    hits = sum(_bare(cell) in known or _serial(cell) for cell in said)
    return hits * 2 >= len(said) and not any(re.fullmatch(r"\d{5,}[Xx]?", cell) for cell in said)


def _bare(heading: str) -> str:
    return normal(re.sub(r"[(（\[].*?[)）\]]", "", heading))


def _by_heading(row: Sequence[str]) -> list[str | None]:
    known, keys = _known(), list[str | None]()
    for cell in row:
        key = known.get(_bare(cell))
        keys.append(key if key not in keys else None)
    return keys


def _by_content(
    keys: Sequence[str | None], body: Sequence[Sequence[str]], headings: Sequence[str]
) -> list[str | None]:
    """What is not known by its heading, by what most of its cells look like; columns without any heading only."""
    found = list(keys)
    for key, fits in _FORMS:
        for n, known in enumerate(found):
            cells = [row[n] for row in body if row[n]]
            if known or headings[n] or key in found or not cells or _counts_up(cells):
                continue
            least = 4 if key in _SURE else 6
            if sum(map(fits, cells)) * 10 >= len(cells) * least:
                found[n] = key
    return found


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether it is the column of running numbers."""
    if len(cells) < 2 or not all(cell.isdecimal() and len(cell) < 6 for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    return all(after - before == 1 for before, after in pairwise(numbers))


def parsed(row: Mapping[str, str]) -> tuple[dict[str, Value], list[tuple[str, str]]]:
    """A row's values, and for each cell that its field cannot hold a sentence."""
    record: dict[str, Value] = {}
    wrong: list[tuple[str, str]] = []
    for key, text in row.items():
        try:
            if key == "id_number" and _SPOILT.fullmatch(values.plain(text)):
                raise Invalid(_("A spreadsheet has cut this identity number short; type it from the card."))
            record[key] = PARTIES.field(key).parse(text)
        except Invalid as fault:
            record[key] = None
            wrong.append((key, str(fault)))
    return record, wrong


def examine(rows: Sequence[Mapping[str, str]]) -> list[Doubt]:
    """Everything wrong or unlikely in rows of texts; rows without a text beside role and kind are left out."""
    found: list[Doubt] = []
    seen: dict[tuple[str, str, str], int] = {}
    for n, row in enumerate(rows):
        if is_blank(row):
            continue
        alone = _alone(tuple(row.items()), language())
        found += [Doubt(n, field, message, wall) for field, message, wall in alone]
        for key in ("id_number", "name"):
            text = row.get(key, "")
            first = seen.setdefault((key, row.get("role", ""), text), n) if text else n
            if first != n:
                told = _("The same stands in row {row} already.").format(row=first + 1)
                found.append(Doubt(n, key, told))
    return found


@lru_cache(maxsize=2 * MOST)  # every keystroke looks at all rows
def _alone(cells: tuple[tuple[str, str], ...], _language: str) -> tuple[tuple[str, str, bool], ...]:
    """What is wrong or unlikely in one row by itself: field, sentence and whether it is a wall."""
    record, wrong = parsed(dict(cells))
    broken = {key for key, _message in wrong}
    problems = PARTIES.problems({**record, "of": "-", "record": "-"})
    return (
        *((key, message, True) for key, message in wrong),
        *((p.field, p.message, not p.warning) for p in problems if p.field not in broken),
        *(("phone", told, False) for told in _mobile(str(record.get("phone") or ""))),
    )


def _mobile(phone: str) -> Iterator[str]:
    found = _MOBILE.fullmatch(re.sub(r"[\s-]", "", phone))
    if found and len(found[1]) != 11:
        yield _("A mobile number has 11 digits, this one has {n}.").format(n=len(found[1]))


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing was entered in a row but what the program proposes."""
    return not any(text.strip() for key, text in row.items() if key not in ("role", "kind"))
