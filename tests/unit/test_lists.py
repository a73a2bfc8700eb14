"""Lists of ids: the index and the walk find the same records as the conditions' own test."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.million import make
from tracker.db import records
from tracker.db.database import Database, open_file
from tracker.db.records import EARLY, Query
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.exporting import MOST_ROWS, refuse_more_than_a_sheet_holds
from tracker.schema.filters import (
    All,
    Between,
    Condition,
    Contains,
    Days,
    Empty,
    Filled,
    HasCode,
    Is,
    OneOf,
)

MANY = 2000


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A file of many disputes, one of them in capitals."""
    path = tmp_path_factory.mktemp("lists") / "lists.db"
    make(path, MANY)
    writer = open_file(path)
    with writer.atomic():
        writer.run("UPDATE disputes SET applicant = 'ABC Ümit 张' WHERE id = 7")
    writer.close()
    return open_file(path, readonly=True)


@pytest.mark.parametrize(
    "where",
    [
        Contains("respondent", "有限公司"),
        Contains("respondent", "科技"),
        Contains("respondent", "餐"),
        Contains("respondent", "司"),
        Contains("applicant", "张"),
        Contains("applicant", "abc"),
        Contains("applicant", "C Ü"),
        Contains("applicant", "ü"),
        Contains("applicant", "%"),
        Contains("case_no", "〔2020〕第1"),
        Contains("arbitrator", "查无此人"),
        Is("applicant", "ABC Ümit 张"),
        Is("applicant", "abc ümit 张"),
        OneOf("applicant", ("ABC Ümit 张", "张伟")),
        Days("closed_on", "2020-01-01", "2020-12-31"),
        Days("sued_on", "2020-01-01", None),
        Empty("closed_on"),
        Filled("refused_on"),
        Filled("remarks"),
        HasCode("cause", "personnel"),
        Between("claim_amount", 4_000_000, 4_500_000),
        All((Empty("closed_on"), Is("channel", "online"), Days("accepted_on", "2020-01-01", None))),
        All((Contains("respondent", "北京"), Contains("applicant", "李"), Is("closing_method", "award"))),
    ],
)
def test_the_index_leaves_nothing_out(db: Database, where: Condition) -> None:
    query = Query(DISPUTES, where)
    every = [records.by_id(db, DISPUTES, number) for number in range(1, MANY + 1)]
    wanted = {int(str(record["id"])) for record in every if record and where.matches(record)}
    assert set(records.ids(db, query)) == wanted
    assert set(records.first_ids(db, query, MANY + 1, 30)[0]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "北京",
        "2020",
        "张",
        "第7号",
        "有限公司",
        "2020-03",
        "张 2020",
        "张 2020-03",
        "2020-3-5",
        "2,500",
        "网上",
        "查无此人",
    ],
)
def test_the_walk_and_the_index_find_the_same_in_the_same_order(db: Database, text: str) -> None:
    query = Query(DISPUTES, search=text)
    walked, done = records.first_ids(db, query, MANY + 1, 30)
    assert done
    assert list(walked) == list(records.ids(db, query))


@pytest.mark.parametrize("few", [1, records.FEW])
def test_few_and_many_of_a_day_stand_in_the_same_order(
    db: Database, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(records, "FEW", few)
    query = Query(DISPUTES, Days("closed_on", "2020-03-01", "2020-03-31"))
    found = records.rows(db, DISPUTES, ("applied_on", "id"), records.ids(db, query))
    assert len(found) > 5 and found == sorted(found, key=lambda row: row or (), reverse=True)


def test_days_and_amounts_are_found_in_the_bin_too(tmp_path: Path) -> None:
    make(tmp_path / "bin.db", 50)
    writer = open_file(tmp_path / "bin.db")
    with writer.atomic():
        writer.run("UPDATE disputes SET binned_at = '2026-01-01', claim_amount = 4500000 WHERE id = 7")
        writer.run("UPDATE disputes SET claim_amount = 4500000 WHERE id = 8")
    assert list(records.ids(writer, Query(DISPUTES, search="45,000", binned=True))) == [7]
    assert list(records.ids(writer, Query(DISPUTES, search="45,000"))) == [8]
    assert list(records.ids(writer, Query(DISPUTES, Empty("sued_on"), binned=True))) == [7]
    writer.close()


def test_a_walk_ends_when_its_time_is_over(db: Database) -> None:
    found, done = records.first_ids(db, Query(DISPUTES, search="查无此人"), 10, 0)
    assert len(found) == 0 and not done


def test_the_first_ids_are_told_early(db: Database) -> None:
    told: list[list[int]] = []
    found = records.ids(db, Query(DISPUTES), early=lambda some: told.append(list(some)))
    assert told == [list(found[:EARLY])]


def test_order_has_several_keys_and_no_ties(db: Database) -> None:
    query = Query(
        DISPUTES, Days("applied_on", "2020-01-01", None), sort=(("channel", False), ("claim_amount", True))
    )
    rows = records.rows(db, DISPUTES, ("channel", "claim_amount"), records.ids(db, query))
    pairs = [(str(row[0]), -int(row[1])) for row in rows if row]
    assert pairs == sorted(pairs) and len(pairs) > 100


def test_more_records_than_a_sheet_holds_are_refused_in_words() -> None:
    refuse_more_than_a_sheet_holds(MOST_ROWS, DISPUTES)
    with pytest.raises(UserError, match="1,048,001"):
        refuse_more_than_a_sheet_holds(MOST_ROWS + 1, DISPUTES)
