"""Cells copied from a sheet as rows of parties: columns known by their headings, else by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from tracker.attached.parties import PARTIES
from tracker.exchange import pasted, tidy
from tracker.exchange.headings import Names, is_serial, normal
from tracker.exchange.pasted import MOST
from tracker.i18n import _, language
from tracker.operations.cells import Wrong
from tracker.operations.parties import kind_of
from tracker.schema import fields as schema_fields
from tracker.schema import identity, values
from tracker.schema.fields import Field, Value
from tracker.schema.values import Invalid

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
class Pasted:
    """Rows as texts by field, what each column was taken for, and headings that say nothing known."""

    rows: tuple[dict[str, str], ...]
    fields: tuple[Field, ...]
    unknown: tuple[str, ...] = ()
    left_out: int = 0
    """How many rows there were beyond those that a table takes."""
    totals: tuple[str, ...] = ()
    """Rows that were left out since they add up the others."""


def read(text: str) -> Pasted:
    """The rows of cells parted by tabs; a single column of names may also be one line parted by `、`."""
    found = pasted.read(text, MOST + 1, blank=False)  # the first may be headings
    cells = [[values.plain(tidy.line(cell)) for cell in row] for row in found.rows]
    if len(cells) == 1 and len(cells[0]) == 1:
        cells = [[name] for name in schema_fields.Names.split(cells[0][0])]
    if not cells:
        return Pasted((), ())
    width = max(len(row) for row in cells)
    cells = [row + [""] * (width - len(row)) for row in cells]
    headed = _headed(cells[0])
    lines = cells[1:] if headed else cells[:MOST]
    body = [row for row in lines if not _is_total(row)]
    totals = tuple(" ".join(filter(None, row)) for row in lines if _is_total(row))
    keys = _by_heading(cells[0]) if headed else [None] * width
    keys = _by_content(keys, body, cells[0] if headed else [""] * width)
    rows = tuple({key: tidied(key, row[n]) for n, key in enumerate(keys) if key and row[n]} for row in body)
    unknown = tuple(
        cells[0][n]
        for n, key in enumerate(keys)
        if headed and not key and cells[0][n] and not is_serial(cells[0][n])
        if not _counts_up([row[n] for row in body if row[n]])  # such as 编号, which elsewhere is a number
    )
    left_out = found.left_out + len(cells) - len(lines) - headed
    return Pasted(
        tuple(row for row in rows if row),
        tuple(PARTIES.field(key) for key in keys if key),
        unknown,
        left_out,
        totals,
    )


def completed(rows: Sequence[Mapping[str, str]], role: str) -> list[dict[str, str]]:
    """Rows of texts with the role and the kind that they do not say themselves."""
    kind = PARTIES.field("kind")
    made = []
    for texts in rows:
        full = with_identity({"role": role, **texts})
        if full.get("name") and not full.get("kind"):
            full["kind"] = kind.format(kind_of(full["name"]))
        made.append(full)
    return made


def _is_total(row: Sequence[str]) -> bool:
    return normal("".join(next((cell for cell in row if cell), "").split())) in _TOTALS


def tidied(key: str, text: str) -> str:
    """A cell's text without the spaces that only line up a name."""
    return "".join(text.split()) if key == "name" and _SPREAD.fullmatch(text) else text


def with_identity(row: Mapping[str, str]) -> dict[str, str]:
    """A row with sex and day of birth as a valid identity number tells them, where they are not said."""
    number = "".join(values.plain(row.get("id_number", "")).split()).upper()
    if not identity.is_id_number(number):
        return dict(row)
    sex = PARTIES.field("sex").format("male" if identity.is_male(number) else "female")
    told = {"sex": sex, "born_on": identity.born_on(number).isoformat()}
    return {**row, **{key: text for key, text in told.items() if not row.get(key)}}


@cache
def _known() -> Names:
    return Names(PARTIES)


def _meant(heading: str) -> str | None:
    """The field that a heading names, whatever stands in brackets beside it."""
    bare = re.sub(r"[(（\[].*?[)）\]]", "", heading)
    found = _known().find(bare) if bare else None
    return found[0].key if found and not found[0].system else None


def _headed(row: Sequence[str]) -> bool:
    """Whether a row is headings: most of its cells are, and none is a number."""
    said = [cell for cell in row if cell]
    hits = sum(_meant(cell) is not None or is_serial(cell) for cell in said)
    return hits * 2 >= len(said) and not any(re.fullmatch(r"\d{5,}[Xx]?", cell) for cell in said)


def _by_heading(row: Sequence[str]) -> list[str | None]:
    keys = list[str | None]()
    for cell in row:
        key = _meant(cell)
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


def examine(rows: Sequence[Mapping[str, str]]) -> list[Wrong]:
    """Everything wrong or unlikely in rows of texts; rows without a text beside role and kind are left out."""
    alone = ((n, one) for n, row in enumerate(rows) for one in in_row(row))
    return [*(Wrong(n, *one) for n, one in alone), *repeated(rows)]


def in_row(row: Mapping[str, str]) -> tuple[tuple[str, str, bool], ...]:
    """What is wrong or unlikely in one row by itself: field, sentence and whether it is only unlikely."""
    return () if is_blank(row) else _alone(tuple(row.items()), language())


def repeated(rows: Sequence[Mapping[str, str]]) -> list[Wrong]:
    """Names and identity numbers that stand in an earlier row already."""
    found: list[Wrong] = []
    seen: dict[tuple[str, str, str], int] = {}
    for n, row in enumerate(rows):
        if is_blank(row):
            continue
        for key in ("id_number", "name"):
            text = row.get(key, "")
            first = seen.setdefault((key, row.get("role", ""), text), n) if text else n
            if first != n:
                told = _("The same stands in row {row} already.").format(row=first + 1)
                found.append(Wrong(n, key, told, warning=True))
    return found


@lru_cache(maxsize=2 * MOST)  # the worker has looked before the table does
def _alone(cells: tuple[tuple[str, str], ...], _language: str) -> tuple[tuple[str, str, bool], ...]:
    record, wrong = parsed(dict(cells))
    broken = {key for key, _message in wrong}
    problems = PARTIES.problems({**record, "of": "-", "record": "-"})
    return (
        *((key, message, False) for key, message in wrong),
        *((p.field, p.message, p.warning) for p in problems if p.field not in broken),
        *(("phone", told, True) for told in _mobile(str(record.get("phone") or ""))),
    )


def _mobile(phone: str) -> Iterator[str]:
    found = _MOBILE.fullmatch(re.sub(r"[\s-]", "", phone))
    if found and len(found[1]) != 11:
        yield _("A mobile number has 11 digits, this one has {n}.").format(n=len(found[1]))


def is_blank(row: Mapping[str, str]) -> bool:
    """Whether nothing was entered in a row but what the program proposes."""
    return not any(text.strip() for key, text in row.items() if key not in ("role", "kind"))
