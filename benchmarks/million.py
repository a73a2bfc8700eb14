"""A data file of very many disputes over ten years, for measuring; see `make`."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tracker.db import tables
from tracker.db.history import Who
from tracker.ids import uuid7
from tracker.ledgers.disputes import CAUSES, DISPUTES
from tracker.operations.office import make_office
from tracker.schema.values import number_key
from tracker.workdays import Calendar

FIRST, LAST = date(2016, 1, 1), date(2025, 12, 31)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文华建国玉兰红梅志海波鑫"
TRADES = ("科技", "商贸", "建筑工程", "物业管理", "餐饮管理", "劳务派遣", "教育咨询", "运输")
METHODS = ("mediation", "final_award", "award", "withdrawal", "deemed_withdrawal", "transfer", "termination")
SHARES = (60, 7, 14, 12, 4, 2, 1)
CALENDAR = Calendar()


def make(path: Path, rows: int = 1_000_000, seed: int = 1) -> None:
    """Make a file of `rows` disputes, in order of their days, nine in ten with the usual fields filled in.

    They are inserted in bulk: the search index is filled by its triggers, but no history is written.
    """
    office = make_office(path, Who("基准", "benchmark"))
    names = tuple(tables.columns(DISPUTES))
    sql = f"INSERT INTO disputes({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    with office.db.atomic():
        office.db.run_many(sql, (tuple(map(r.get, names)) for r in records(rows, seed)))
    office.close()


def records(rows: int, seed: int = 1) -> Iterator[dict[str, str | int | None]]:
    """The records one after the other; the same seed makes the same ones, but for their uids."""
    dice = random.Random(seed)
    people = [_name(dice) for _ in range(min(rows, 60_000))]
    firms = [_firm(dice) for _ in range(min(rows, 20_000))]
    officers = [_name(dice) for _ in range(15)]
    counters: dict[int, int] = {}
    span = (LAST - FIRST).days + 1
    for n in range(rows):
        applied = FIRST + timedelta(days=n * span // rows)
        counters[applied.year] = counters.get(applied.year, 0) + 1
        yield _record(dice, applied, counters[applied.year], people, firms, officers)


def _record(
    dice: random.Random, applied: date, no: int, people: list[str], firms: list[str], officers: list[str]
) -> dict[str, str | int | None]:
    number = f"京怀劳人仲字〔{applied.year}〕第{no}号"
    stamp = f"{applied}T10:00:00"
    claim = dice.randint(2_000, 90_000) * 100
    record: dict[str, str | int | None] = {
        "uid": uuid7(),
        "year": applied.year,
        "no": no,
        "number_key": number_key(number),
        "case_no": number,
        "applied_on": str(applied),
        "channel": dice.choice(("onsite", "onsite", "online", "mail")),
        "applicant": dice.choice(people),
        "applicant_kind": "employer" if dice.random() < 0.06 else "worker",
        "respondent": dice.choice(firms),
        "workers": dice.randint(10, 60) if dice.random() < 0.01 else 1,
        "cause": _causes(dice),
        "claim_amount": claim,
        "procedure": dice.choice(("ordinary", "ordinary", "simplified", "expedited")),
        "arbitrator": dice.choice(officers),
        "clerk": dice.choice(officers),
        "created_at": stamp,
        "created_by": dice.choice(officers),
        "updated_at": stamp,
        "updated_by": dice.choice(officers),
        "origin": "benchmark",
    }
    if dice.random() < 0.04:
        record["refused_on"] = str(applied + timedelta(days=dice.randint(1, 5)))
    else:
        record |= _course(dice, applied, claim)
    return record


def _course(dice: random.Random, applied: date, claim: int) -> dict[str, str | int | None]:
    accepted = applied + timedelta(days=dice.randint(0, 5))
    heard, closed = (accepted + timedelta(days=dice.randint(*r)) for r in ((7, 25), (26, 58)))
    extended = int(dice.random() < 0.1)
    course: dict[str, str | int | None] = {
        "accepted_on": str(accepted),
        "extended": extended,
        "heard_on": str(heard),
        "hearing_session": "evening" if dice.random() < 0.05 else "regular",
        "hearing_mode": "digital" if dice.random() < 0.2 else "onsite",
        "due_on": _due(str(accepted), extended),
    }
    if closed <= LAST:
        method = dice.choices(METHODS, SHARES)[0]
        award = dice.choice(("worker", "employer", "partial")) if "award" in method else None
        course |= {"closed_on": str(closed), "closing_method": method, "award_result": award}
        course["settled_amount"] = claim * dice.randint(20, 95) // 100
        if dice.random() < 0.05:
            course["remarks"] = dice.choice(("当庭履行", "分期支付，已备案", "被申请人下落不明，公告送达"))
    return course


@cache
def _due(accepted: str, extended: int) -> str | int | None:
    return DISPUTES.derive({"accepted_on": accepted, "extended": extended}, CALENDAR)["due_on"]


def _causes(dice: random.Random) -> str:
    keys = dict.fromkeys(dice.choice(CAUSES).key for _ in range(dice.choice((1, 1, 1, 2))))
    return ";".join(keys)


def _name(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))


def _firm(dice: random.Random) -> str:
    return f"北京{''.join(dice.choices(GIVEN, k=3))}{dice.choice(TRADES)}有限公司"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    begun = time.perf_counter()
    make(chosen.path, chosen.rows)
    size = chosen.path.stat().st_size / 1e6
    print(f"{chosen.rows:,} disputes in {time.perf_counter() - begun:.1f} s, {size:.0f} MB")
