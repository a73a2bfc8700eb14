"""After a bulk the file's indexes and search are as if its records had come one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.db import bulk, records
from tracker.errors import Cancelled
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.office import Office
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def declared(office: Office) -> set[tuple[str, str]]:
    """Indexes and triggers as the file holds them."""
    return set(office.db.rows("SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"))


def add(office: Office, begin: int, count: int) -> None:
    with office.writing("test") as writer, writer.bulk(DISPUTES, count):
        for n in range(begin, begin + count):
            writer.insert(DISPUTES, {**CASE, "case_no": f"{n}号", "applicant": f"申请人{n:05d}"})


def found(office: Office, words: str) -> int:
    return records.count(office.db, records.Query(DISPUTES, search=words))


def whole(office: Office) -> None:
    """What SQLite says of the file, and of each search index beside its table."""
    assert office.db.rows("PRAGMA integrity_check") == [("ok",)]
    ids = "SELECT id FROM disputes_search_docsize ORDER BY id"
    assert office.db.rows(ids) == office.db.rows("SELECT id FROM disputes ORDER BY id")


@pytest.mark.parametrize("count", (bulk.MANY - 1, bulk.MANY, 6000))
def test_a_bulk_leaves_every_index(office: Office, count: int) -> None:
    before = declared(office)
    add(office, 1, 3)
    add(office, 4, count)
    assert declared(office) == before
    whole(office)
    assert [found(office, f"申请人{n:05d}") for n in (1, 4, count + 3, count + 4)] == [1, 1, 1, 0]
    assert len(records.by_number(office.db, DISPUTES, f"{count}号")) == 1
    add(office, count + 4, 1)
    assert found(office, f"申请人{count + 4:05d}") == 1


def test_few_among_many_keep_their_indexes_while_they_come(office: Office) -> None:
    add(office, 1, bulk.MANY * bulk.SHARE + 1)
    before = declared(office)
    with office.writing("test") as writer, writer.bulk(DISPUTES, bulk.MANY):
        assert {name for name, _sql in before - declared(office)} == {"disputes_search_insert"}
    assert declared(office) == before


def test_a_bulk_that_is_stopped_leaves_the_file_as_it_was(office: Office) -> None:
    add(office, 1, 3)
    before = declared(office)

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled), office.writing("test") as writer, writer.bulk(DISPUTES, bulk.MANY, stop):
        for n in range(4, 4 + bulk.MANY):
            writer.insert(DISPUTES, {**CASE, "case_no": f"{n}号"})
    assert declared(office) == before
    assert records.count(office.db, records.Query(DISPUTES)) == 3
    whole(office)
