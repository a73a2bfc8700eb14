"""A plausible sheet of disputes for the benchmarks: every column that a clerk fills in, the same rows every time."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tracker.ledgers.disputes import DISPUTES
from tracker.schema.fields import Choice

SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英玉兰建国",
)
TRADES = ("建筑工程", "餐饮管理", "物业服务", "科技发展", "商贸", "物流", "家政服务")
KINDS = ("有限公司", "有限责任公司", "股份有限公司")
CAUSES = ("remuneration", "dismissal", "compensation", "work_injury")
REMARKS = ("", "", "双方当庭和解", "被申请人未到庭，缺席审理", "证据补充后再次开庭", "已告知起诉期限")
Row = dict[str, object]


def person(chance: random.Random) -> str:
    """A Chinese name."""
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))


def firm(chance: random.Random) -> str:
    """A firm's name, one of some fifty thousand."""
    return f"北京{''.join(chance.choices(GIVEN, k=3))}{chance.choice(TRADES)}{chance.choice(KINDS)}"


def disputes(count: int, seed: int = 1) -> list[Row]:
    """Rows of field key to cell: labels for codes, days as dates, money in yuan."""
    chance = random.Random(seed)
    staff = [person(chance) for _n in range(20)]
    return [_dispute(chance, n, staff) for n in range(1, count + 1)]


def _dispute(chance: random.Random, n: int, staff: list[str]) -> Row:
    first = date(2020, 1, 1) + timedelta(days=chance.randrange(366))
    accepted, heard = (
        first + timedelta(days=chance.randint(0, 5)),
        first + timedelta(days=chance.randint(10, 30)),
    )
    closed = heard + timedelta(days=chance.randint(0, 25))
    method = chance.choice(("mediation", "mediation", "final_award", "award", "withdrawal"))
    awarded = method in ("final_award", "award")
    row: Row = {
        "case_no": f"京怀劳人仲字〔2020〕第{n}号",
        "applied_on": first,
        "accepted_on": accepted,
        "channel": chance.choice(("onsite", "online", "mail", "referral")),
        "applicant": person(chance),
        "applicant_kind": "worker",
        "respondent": firm(chance),
        "workers": chance.choice((1, 1, 1, 2, 3, 12)),
        "cause": ";".join(chance.sample(CAUSES, chance.randint(1, 2))),
        "claim_amount": chance.randrange(100_000, 20_000_000) / 100,
        "procedure": chance.choice(("ordinary", "simplified", "expedited")),
        "arbitrator": chance.choice(staff),
        "clerk": chance.choice(staff),
        "heard_on": heard,
        "hearing_session": "regular",
        "hearing_mode": chance.choice(("onsite", "digital")),
        "suspended_days": chance.choice((0, 0, 0, 10)),
        "extended": chance.choice(("否", "否", "是")),
        "closed_on": closed,
        "closing_method": method,
        "award_result": chance.choice(("worker", "employer", "partial")) if awarded else None,
        "settled_amount": chance.randrange(100_000, 10_000_000) / 100,
        "sued_on": closed + timedelta(days=10) if awarded and chance.random() < 0.3 else None,
        "archived_on": closed + timedelta(days=chance.randint(5, 40)),
        "remarks": chance.choice(REMARKS) or None,
    }
    return {key: _label(key, value) for key, value in row.items()}


def _label(key: str, value: object) -> object:
    field = DISPUTES.field(key)
    return field.format(value) if isinstance(field, Choice) and isinstance(value, str) else value


def write(path: Path, rows: list[Row]) -> None:
    """The rows as a sheet with Chinese headings for every field of the ledger, empty columns included."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(DISPUTES.title())
    fields = DISPUTES.entered
    sheet.append([field.title() for field in fields])
    for row in rows:
        sheet.append([_cell(sheet, row.get(field.key)) for field in fields])
    book.save(path)


def _cell(sheet: object, value: object) -> object:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = "yyyy-mm-dd"
    return cell
