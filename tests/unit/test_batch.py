"""Many records saved at once, all or none: numbered in their order, told apart, one step of undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers import LEDGERS
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import batch, editing, undoing
from tracker.operations.batch import BatchProblems
from tracker.operations.office import Office, save_settings
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

SHARED: dict[str, Value] = {
    "checked_on": "2020-06-01",
    "place": "怀柔镇",
    "officers": "甲、乙",
    "kind": "special",
    "items": "工资支付",
    "campaign": "夏季行动",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        save_settings(made, {"region": "京怀"})
        yield made


def rows(*targets: str, **more: Value) -> list[dict[str, Value]]:
    return [{**SHARED, "target": target, **more} for target in targets]


def test_rows_are_numbered_in_their_order_and_go_back_in_one_step(office: Office) -> None:
    editing.save(office, INSPECTIONS, {**rows("零")[0], "record_no": "京怀人社检〔2020〕2号"})
    many = rows("甲公司", "乙公司", "丙公司")
    many[1]["record_no"] = "京怀人社检〔2020〕4号"
    entered = batch.save(office, INSPECTIONS, many)
    saved = [records.get(office.db, INSPECTIONS, uid) or {} for uid in entered.uids]
    assert [r["record_no"] for r in saved] == [f"京怀人社检〔2020〕{n}号" for n in (3, 4, 5)]
    assert {r["campaign"] for r in saved} == {"夏季行动"} and {r["targets"] for r in saved} == {1}
    assert undoing.offered(office).undo == "登记 3 条记录"
    undoing.undo(office)
    assert records.count(office.db, Query(INSPECTIONS)) == 1
    assert editing.propose_number(office, INSPECTIONS, "2020-06-01") == "京怀人社检〔2020〕3号"


def test_one_bad_row_keeps_all_out_and_each_fault_has_its_place(office: Office) -> None:
    many = rows("甲公司", "乙公司", "丙公司", officers="甲")
    many[0]["record_no"] = many[2]["record_no"] = "1号"
    del many[1]["target"]
    with pytest.raises(BatchProblems, match="2 行有问题") as refused:
        batch.save(office, INSPECTIONS, many)
    walls = [(one.row, one.field) for one in refused.value.wrong if not one.warning]
    assert walls == [(2, "record_no"), (1, "target")]
    warned = [(one.row, one.field) for one in refused.value.wrong if one.warning]
    assert {(n, "officers") for n in range(3)} <= set(warned)
    assert records.count(office.db, Query(INSPECTIONS)) == 0 and undoing.offered(office).undo.startswith(
        "设置"
    )


def test_a_number_of_the_file_is_taken(office: Office) -> None:
    editing.save(office, INSPECTIONS, {**rows("零")[0], "record_no": "1号"})
    with pytest.raises(BatchProblems) as refused:
        batch.save(office, INSPECTIONS, [{**rows("甲公司")[0], "record_no": "第1号"}])
    assert [one.field for one in refused.value.wrong if not one.warning] == ["record_no"]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_ledger_can_be_typed_as_a_table(ledger: Ledger) -> None:
    keys = {field.key for field in batch.columns(ledger)}
    assert {f.key for f in ledger.inputs if f.required} <= keys
    assert {f.key for f in batch.shared(ledger)} <= keys
