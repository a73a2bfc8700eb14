"""Real files and plausible random records for tests."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from tracker.db.history import Who
from tracker.ledgers import BY_NAME
from tracker.operations.office import Office, make_office, open_office
from tracker.schema.fields import (
    Choice,
    Choices,
    Count,
    CreditCode,
    Day,
    Field,
    IdNumber,
    Link,
    Money,
    Names,
    Number,
    Text,
    Value,
    YesNo,
)
from tracker.schema.ledger import Ledger

WHO = Who("测试员", "test")
FIRST, LAST = date(2018, 11, 1), date(2021, 2, 28)
WORDS = (
    "张三",
    "李四",
    "王小明",
    "北京安居建筑工程有限公司",
    "怀柔区某街道",
    "秋季专项行动",
    "Ａ＊楼?",
    "=1+1",
    "O'Neil; DROP",
)

DAYS = st.dates(FIRST, LAST).map(date.isoformat)


def strategy(field: Field) -> st.SearchStrategy[Value]:
    """Values a field may hold, None among them where it is not required."""
    values = _strategy(field)
    return values if field.required else st.none() | values


def _strategy(field: Field) -> st.SearchStrategy[Value]:
    if isinstance(field, Choices):
        keys = st.lists(st.sampled_from([c.key for c in field.codes]), min_size=1, max_size=3, unique=True)
        return keys.map(";".join)
    if isinstance(field, Choice):
        return st.sampled_from([c.key for c in field.codes])
    if isinstance(field, Day):
        return DAYS | DAYS.map(lambda day: day + "T09:30") if field.moment else DAYS
    if isinstance(field, Money):
        return st.integers(0, 10_000_000)
    if isinstance(field, YesNo):
        return st.integers(0, 1)
    if isinstance(field, Count):
        return st.integers(field.minimum, 30)
    assert isinstance(field, Text | Names | Number | Field)
    return st.sampled_from([_word(field, word) for word in WORDS])


def valid_records(ledger: Ledger) -> st.SearchStrategy[dict[str, Value]]:
    """Records that a ledger takes: random ones, with whatever breaks a wall taken out again."""
    plain = st.fixed_dictionaries({f.key: strategy(f) for f in ledger.inputs if f.key != ledger.number})
    return plain.map(lambda record: repaired(ledger, {ledger.number: "1", **record}))


def repaired(ledger: Ledger, record: dict[str, Value]) -> dict[str, Value]:
    """The record without the values that the ledger refuses."""
    for _round in range(len(record)):
        wrong = [p for p in ledger.problems(record) if not p.warning]
        if not wrong:
            return record
        for problem in wrong:
            record[problem.field] = (
                None if record.get(problem.field) is not None else _missing(ledger, problem.field)
            )
    raise AssertionError(f"cannot repair {record}")


def _missing(ledger: Ledger, key: str) -> Value:
    field = ledger.field(key)
    if isinstance(field, Choice):
        return field.codes[0].key
    if field.integer:
        return 1
    return LAST.isoformat() if isinstance(field, Day) else "x"


@cache
def _blank() -> Path:
    """A new file as `make_office` makes it, once for all tests of a process."""
    folder = TemporaryDirectory(prefix="blank-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "blank.db"
    make_office(path, WHO).close()
    return path


def new_office(path: Path, who: Who | None = None) -> Office:
    """What `make_office` gives, from a copy of such a file: a fifth of the time."""
    assert not path.exists()
    shutil.copy(_blank(), path)
    return open_office(path, who)


def filled(path: Path, records: dict[Ledger, list[dict[str, Value]]]) -> Office:
    """A new file with these records, numbered in their order."""
    office = new_office(path, WHO)
    with office.writing("test") as writer:
        for ledger, many in records.items():
            for n, record in enumerate(many, 1):
                year = str(record[ledger.day])[:4] if ledger.day else "0000"
                writer.insert(ledger, {**record, ledger.number: f"测〔{year}〕{n}号"})
    return office


def random_record(ledger: Ledger, random: Random) -> dict[str, Value]:
    """One valid random record, quicker than by strategy."""
    record = {f.key: _value(f, random) for f in ledger.inputs if f.required or random.random() < 0.6}
    return repaired(ledger, record)


def _value(field: Field, random: Random) -> Value:
    if isinstance(field, Choices):
        return ";".join(
            random.sample([c.key for c in field.codes], random.randint(1, min(3, len(field.codes))))
        )
    makers: dict[type, Callable[[], Value]] = {
        Choice: lambda: random.choice(field.codes).key,  # type: ignore[attr-defined]
        Day: lambda: (FIRST + timedelta(days=random.randrange((LAST - FIRST).days))).isoformat(),
        Money: lambda: random.randrange(10_000_000),
        YesNo: lambda: random.randrange(2),
        Count: lambda: random.randint(field.minimum, 30),  # type: ignore[attr-defined]
    }
    return makers.get(type(field), lambda: _word(field, random.choice(WORDS)))()


def _word(field: Field, word: str) -> Value:
    """A text as it is stored: identity numbers and credit codes without spaces, links as the number they name."""
    if isinstance(field, Link):
        called = BY_NAME[field.names].called if field.names in BY_NAME else field
        return called.spelled(word) if isinstance(called, Number) else word
    return field.parse(word) if isinstance(field, CreditCode | IdNumber) else word
