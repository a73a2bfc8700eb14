"""Lots: drawn by SHA-256 from a kept seed, each member alike, nobody for a case of their own, repeatable for ever."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office import WHO, new_office
from tracker.db import records
from tracker.db.history import of_record
from tracker.db.records import Query
from tracker.draws import BY_KEY
from tracker.errors import UserError
from tracker.operations import drawing, editing
from tracker.operations.office import Office, open_office
from tracker.period import Period
from tracker.schema.draw import Member, draw, in_order, lot

YEAR = Period.year(2020)
REVIEW, RANDOM = BY_KEY["file_review"], BY_KEY["double_random"]
MEMBERS = st.lists(
    st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=4), min_size=1, max_size=12, unique=True
).map(lambda names: tuple(Member(f"u{n}", name) for n, name in enumerate(names)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Twelve closed disputes of three arbitrators, one still open, five people, four employers."""
    made = new_office(tmp_path / "cases.db", WHO)
    of = made.catalogue.by_name
    for n in range(1, 14):
        case = {
            "case_no": f"{n}号",
            "applied_on": "2020-01-06",
            "accepted_on": "2020-01-07",
            "applicant": "张三",
        }
        case |= {"respondent": "某公司", "arbitrator": "甲乙丙"[n % 3]}
        closed = {"closed_on": "2020-03-01", "closing_method": "mediation"} if n < 13 else {}
        editing.save(made, of["disputes"], {**case, **closed})
    for n, name in enumerate("甲乙丙丁戊", 1):
        roles = "arbitrator" if n < 4 else "officer"
        editing.save(made, of["officers"], {"officer_no": f"{n:03d}", "name": name, "roles": roles})
    for n in range(1, 5):
        editing.save(made, of["employers"], {"name": f"第{n}公司", "address": "怀柔镇" if n > 1 else None})
    yield made
    made.close()


def test_a_lot_is_what_sha256sum_says() -> None:
    assert lot("seed", "张三") == hashlib.sha256("seed\n张三".encode()).hexdigest()


@given(
    MEMBERS,
    MEMBERS,
    st.text("0123456789abcdef", min_size=1, max_size=16),
    st.integers(1, 12),
    st.integers(0, 3),
)
def test_a_draw_repeats_and_draws_nobody_twice(
    targets: tuple[Member, ...], people: tuple[Member, ...], seed: str, count: int, each: int
) -> None:
    barred = tuple(replace(member, barred=(people[0].called,)) for member in targets)
    lots = draw(seed, barred, count, people, each)
    assert lots == draw(seed, tuple(reversed(barred)), count, tuple(reversed(people)), each)
    assert len(lots) == min(count, len(targets)) == len({one.target.uid for one in lots})
    for one in lots:
        assert len({person.uid for person in one.people}) == len(one.people) == min(each, len(people) - 1)
        assert people[0] not in one.people


def test_every_member_is_drawn_as_often() -> None:
    """One of eight, 8,000 seeds: each about 1,000 times; a deviation of 150 is less likely than one in a million."""
    members = [Member(f"u{n}", f"第{n}公司") for n in range(8)]
    first = Counter(in_order(f"{seed:x}", members)[0].uid for seed in range(8000))
    assert len(first) == 8 and all(abs(times - 1000) < 150 for times in first.values())


def test_pools_hold_what_may_be_drawn(office: Office) -> None:
    target = REVIEW.targets[0]
    found = drawing.pools(office, REVIEW, target, YEAR)
    assert len(found.targets) == 12 and {person.called for person in found.people} == set("甲乙丙丁戊")
    assert {member.barred for member in found.targets} == {("甲",), ("乙",), ("丙",)}
    assert drawing.pools(office, REVIEW, target, Period.year(2019)).targets == ()
    assert {p.called for p in drawing.pools(office, RANDOM, RANDOM.targets[0], YEAR).people} == set("丁戊")


def test_a_draw_is_kept_with_its_seed_and_repeats(office: Office) -> None:
    made = drawing.make(office, REVIEW, REVIEW.targets[0], YEAR, 5, 2, "上半年案卷评查")
    assert len(made.seed) == 16 and len(made.lots) == 5
    office.close()
    again = open_office(office.db.path, WHO)
    (kept,) = drawing.every(again)
    assert kept == made and drawing.repeats(kept)
    assert not drawing.repeats(replace(kept, seed="another"))
    assert not drawing.repeats(replace(kept, targets=kept.targets[:-1], lots=kept.lots[::-1]))
    assert [entry.action for entry in of_record(again.db, made.id)] == ["insert"]
    again.close()


def test_records_are_made_of_a_draw_once(office: Office) -> None:
    made = drawing.make(office, REVIEW, REVIEW.targets[0], YEAR, 3, 2, "评查", seed="2020101")
    changed = drawing.record(office, made, "2020-06-30", {"round": "上半年"})
    assert changed.ledgers == {"file_reviews"}
    ledger = office.catalogue.by_name["file_reviews"]
    rows = [
        records.get(office.db, ledger, str(row[0]))
        for row in records.each(office.db, Query(ledger), ("uid",))
    ]
    assert {row["dispute"] for row in rows if row} == {one.target.called for one in made.lots}
    for row in rows:
        assert row and row["draw_seed"] == "2020101" and row["drawn"] == 1 and row["round"] == "上半年"
        assert (
            str(row["handlers"]) not in str(row["reviewers"]).split("、")
            and row["reviewed_on"] == "2020-06-30"
        )
    (kept,) = drawing.every(office)
    assert len(kept.made) == 3
    with pytest.raises(UserError, match="已经生成"):
        drawing.record(office, kept, "2020-06-30", {})


def test_a_draw_whose_records_cannot_be_made_makes_none(office: Office) -> None:
    made = drawing.make(office, RANDOM, RANDOM.targets[0], YEAR, 4, 2, "双随机")
    with pytest.raises(UserError):  # the place of one employer is not known, and the matters were not asked
        drawing.record(office, made, "2020-06-30", {})
    ledger = office.catalogue.by_name["inspections"]
    assert records.count(office.db, Query(ledger)) == 0 and drawing.every(office)[0].made == ()
    drawing.record(office, made, "2020-06-30", {"items": "工资支付", "place": "现场", "campaign": "双随机"})
    rows = list(records.each(office.db, Query(ledger), ("target", "place", "officers", "kind")))
    assert {row[0]: row[1] for row in rows} == {
        "第1公司": "现场",
        "第2公司": "怀柔镇",
        "第3公司": "怀柔镇",
        "第4公司": "怀柔镇",
    }
    assert {frozenset(str(row[2]).split("、")) for row in rows} == {frozenset("丁戊")}


@pytest.mark.parametrize(("count", "each"), [(0, 2), (13, 2), (3, 5)])
def test_what_cannot_be_drawn_is_said(office: Office, count: int, each: int) -> None:
    with pytest.raises(UserError):
        drawing.make(office, REVIEW, REVIEW.targets[0], YEAR, count, each, "评查")
    assert drawing.every(office) == []
