"""Plausible records made by a seeded draw, for tests and benchmarks that need many of them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.office import random_record
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.operations.office import Office
from tracker.schema.fields import Choice, Choices, Value
from tracker.schema.ledger import Ledger

Made = dict[str, Value]
FIRMS = (
    "北京怀柔建设有限公司",
    "雁栖餐饮管理中心",
    "ABC人力",
    "abc人力",
    "2020",
    "=1+1商贸",
    "汤河口*工程队",
    "长城？物业~部",
)


def fill(office: Office, years: range, disputes: int, others: int, seed: int = 7) -> None:
    """Put records into the file: so many disputes, and so many of each other ledger, spread over the years."""
    draw = random.Random(seed)
    with office.writing("entry") as writer:
        for name, made in (
            ("disputes", dispute),
            ("petitions", petition),
            ("wage_arrears", arrears),
            ("inspections", check),
        ):
            ledger = BY_NAME[name]
            for number in range(disputes if name == "disputes" else others):
                begun = date(draw.choice(years), 1, 1) + timedelta(days=draw.randrange(365))
                writer.insert(ledger, {ledger.number: f"{name}-{number + 1}", **made(draw, ledger, begun)})


CORE = ("disputes", "petitions", "wage_arrears", "inspections")


def fill_further(office: Office, number: int, seed: int = 9) -> None:
    """Put so many random records into each further ledger; officers carry the names that checks have, among others."""
    draw = random.Random(seed)
    with office.writing("entry") as writer:
        for ledger in (ledger for ledger in LEDGERS if ledger.name not in CORE):
            for n in range(number):
                made = random_record(ledger, draw)
                if ledger.name == "officers":
                    made |= {
                        "name": draw.choice(("甲", "乙", "丙", "甲乙")),
                        "post": draw.choice(("a", "a", "b")),
                    }
                writer.insert(ledger, {**made, ledger.number: f"{ledger.name}-{n + 1}"})


def later(draw: random.Random, day: date, most: int) -> str:
    """A day up to `most` days later."""
    return (day + timedelta(days=draw.randrange(most + 1))).isoformat()


def code(draw: random.Random, ledger: Ledger, key: str, empty: float = 0.1) -> str | None:
    """One code of a field, or nothing; of a field of several codes sometimes two."""
    field = ledger.field(key)
    assert isinstance(field, Choice)
    keys = [entry.key for entry in field.codes]
    if draw.random() < empty:
        return None
    return (
        ";".join(draw.sample(keys, draw.choice((1, 1, 2, 3))))
        if isinstance(field, Choices)
        else draw.choice(keys)
    )


def amount(draw: random.Random) -> int | None:
    """An amount in fen, now and then none."""
    return None if draw.random() < 0.1 else draw.randrange(1, 20_000_000)


def dispute(draw: random.Random, ledger: Ledger, begun: date) -> Made:
    made: Made = {
        "applied_on": begun.isoformat(),
        "applicant": draw.choice(("张三", "李四", "+王五", "-赵六")),
        "respondent": draw.choice(FIRMS),
    }
    made |= {
        "workers": draw.choice((1, 1, 1, 2, 12, 40)),
        "cause": code(draw, ledger, "cause"),
        "claim_amount": amount(draw),
    }
    made |= {"channel": code(draw, ledger, "channel"), "arbitrator": draw.choice(("仲裁员甲", "仲裁员乙"))}
    if draw.random() < 0.1:
        return made | {"refused_on": later(draw, begun, 5)}
    accepted = date.fromisoformat(later(draw, begun, 5))
    made["accepted_on"] = accepted.isoformat()
    if draw.random() < 0.5:
        made |= {"heard_on": later(draw, accepted, 40), "hearing_mode": code(draw, ledger, "hearing_mode")}
        made |= {"hearing_session": code(draw, ledger, "hearing_session")}
    if draw.random() < 0.9:
        made |= {
            "closed_on": later(draw, accepted, 80),
            "closing_method": code(draw, ledger, "closing_method", 0),
        }
        made |= {"settled_amount": amount(draw)}
        if made["closing_method"] in ("award", "final_award"):
            made["award_result"] = code(draw, ledger, "award_result")
    return made


def petition(draw: random.Random, ledger: Ledger, begun: date) -> Made:
    made: Made = {
        "received_on": begun.isoformat(),
        "petitioner": "钱七",
        "persons": draw.choice((1, 1, 2, 5, 9)),
    }
    made |= {key: code(draw, ledger, key, 0) for key in ("channel", "subject")}
    made |= {"repeated": draw.choice((0, 1, None)), "satisfaction": code(draw, ledger, "satisfaction", 0.3)}
    made |= {"decision": "accepted", "decided_on": later(draw, begun, 30)} if draw.random() < 0.8 else {}
    return made | ({"closed_on": later(draw, begun, 90)} if draw.random() < 0.8 else {})


def arrears(draw: random.Random, ledger: Ledger, begun: date) -> Made:
    made: Made = {
        "received_on": begun.isoformat(),
        "employer": draw.choice(FIRMS),
        "owed_amount": amount(draw),
    }
    made |= {
        "source": code(draw, ledger, "source", 0),
        "sector": code(draw, ledger, "sector"),
        "migrant": draw.choice((0, 1, None)),
    }
    made |= {"workers": draw.choice((None, 3, 25))}
    if draw.random() < 0.8:
        made |= {
            "closed_on": later(draw, begun, 120),
            "outcome": code(draw, ledger, "outcome"),
            "recovered_amount": amount(draw),
        }
    return made


def check(draw: random.Random, ledger: Ledger, begun: date) -> Made:
    clock = draw.choice(("", "T09:30", "T23:59"))
    made: Made = {
        "checked_on": begun.isoformat() + clock,
        "place": "怀柔镇",
        "officers": "甲、乙",
        "target": draw.choice(FIRMS),
        "items": "合同",
    }
    made |= {
        "kind": code(draw, ledger, "kind", 0),
        "joint": draw.choice((0, 1, None)),
        "campaign": draw.choice((None, "春季", "冬季A", "冬季a", "001", "1")),
    }
    made |= {
        "targets": draw.choice((1, 1, 30)),
        "recorded": draw.choice((0, 1, None)),
        "finding": code(draw, ledger, "finding"),
    }
    return made | {"contracts_signed": draw.choice((None, 2)), "recovered_amount": amount(draw)}
