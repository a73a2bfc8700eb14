"""Lists of records: their order, pages, the bin, and what was typed before."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, filled, new_office, random_record
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.office import Office
from tracker.schema.fields import Value
from tracker.schema.filters import Filled, Is

SORTABLE = ("case_no", "applied_on", "accepted_on", "workers", "claim_amount", "channel", "closed_on", "no")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    random = Random(17)
    chosen = [random_record(DISPUTES, random) for _n in range(120)]
    return filled(tmp_path_factory.mktemp("records") / "cases.db", {DISPUTES: chosen})


def order(value: Value, *, last: bool = False) -> tuple[bool, Value]:
    """SQLite's order: nothing before everything; or `last`."""
    return ((value is None) is last, value if value is not None else 0)


@settings(max_examples=tries(30))
@given(st.lists(st.tuples(st.sampled_from(SORTABLE), st.booleans()), max_size=3, unique_by=lambda s: s[0]))
def test_sorted_by_any_columns(office: Office, sort: list[tuple[str, bool]]) -> None:
    query = Query(DISPUTES, sort=tuple(sort))
    ids = list(records.ids(office.db, query))
    rows = {row[0]: row for row in records.each(office.db, Query(DISPUTES), ["id", *SORTABLE])}
    expected = sorted(rows, reverse=sort[-1][1] if sort else True)
    for key, down in reversed(sort or [("applied_on", True)]):
        place = SORTABLE.index(key) + 1
        last = DISPUTES.field(key).derived and not down
        expected.sort(key=lambda n, place=place, last=last: order(rows[n][place], last=last), reverse=down)  # type: ignore[misc]
    assert ids == expected


@settings(max_examples=tries(20))
@given(st.integers(0, 130), st.integers(0, 130))
def test_pages_are_pieces_of_the_whole(office: Office, limit: int, offset: int) -> None:
    query = Query(DISPUTES, where=Filled("accepted_on"), sort=(("workers", False),))
    whole = list(records.ids(office.db, query))
    assert list(records.ids(office.db, query, limit, offset)) == whole[offset : offset + limit]
    assert records.count(office.db, query) == len(whole)


def test_rows_come_in_the_order_asked_for(office: Office) -> None:
    ids = list(records.ids(office.db, Query(DISPUTES)))[:5]
    wanted = [*reversed(ids), 10**9, ids[2]]
    found = records.rows(office.db, DISPUTES, ["no", "case_no"], wanted)
    assert found[5] is None and found[6] == found[2]
    assert [row[0] if row else None for row in found[:5]] == [
        (records.by_id(office.db, DISPUTES, n) or {})["no"] for n in wanted[:5]
    ]


def test_the_bin_is_a_list_of_its_own(tmp_path: Path) -> None:
    office = new_office(tmp_path / "cases.db", WHO)
    case: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
    uids = [editing.save(office, DISPUTES, {**case, "case_no": str(n)}).uid for n in range(4)]
    editing.bin_records(office, DISPUTES, uids[1:3])
    binned = Query(DISPUTES, binned=True)
    assert (records.count(office.db, Query(DISPUTES)), records.count(office.db, binned)) == (2, 2)
    assert records.count(office.db, Query(DISPUTES, where=Is("case_no", "1"))) == 0
    assert (records.get(office.db, DISPUTES, uids[1]) or {})["binned_at"]
    assert records.by_keys(office.db, DISPUTES, ["1", "9"]).keys() == {"1"}
    editing.restore_records(office, DISPUTES, uids[1:2])
    assert records.count(office.db, Query(DISPUTES)) == 3


def test_many_numbers_are_looked_up_at_once(office: Office) -> None:
    rows = list(records.each(office.db, Query(DISPUTES), ["number_key", "id"]))
    asked = [*(str(key) for key, _number in rows), *(f"x{n}" for n in range(12_000))]
    found = records.by_keys(office.db, DISPUTES, asked)
    assert {key: [record["id"] for record in same] for key, same in found.items()} == {
        k: [n] for k, n in rows
    }


def test_what_was_typed_before_is_offered(tmp_path: Path) -> None:
    office = new_office(tmp_path / "cases.db", WHO)
    for n, name in enumerate(("安居公司", "北京安居公司", "安居公司", "安%公司", "某厂")):
        record: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": name}
        editing.save(office, DISPUTES, {**record, "case_no": str(n)})
    assert records.suggestions(office.db, DISPUTES, "respondent", "安居") == ["安居公司", "北京安居公司"]
    assert records.suggestions(office.db, DISPUTES, "respondent", "安%") == ["安%公司"]
    assert records.suggestions(office.db, DISPUTES, "respondent", "", limit=2) == ["某厂", "安%公司"]
    assert records.suggestions(office.db, DISPUTES, "respondent", "张三") == []
