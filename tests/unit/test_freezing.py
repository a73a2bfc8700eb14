"""Frozen figures stay as quoted, the file itself guards what they count, and what moved since is explained."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from tests.effort import tries
from tests.office import WHO, filled, new_office, random_record
from tracker.db import bulk, freezes, history, locks, migrations, records, seal
from tracker.errors import FileProblem, FrozenRecords, UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import customising, editing, freezing, listing
from tracker.operations.figures import figures
from tracker.operations.office import Office, make_office, open_office
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.schema.indicator import Count, DaySum, Sum
from tracker.schema.ledger import Ledger
from tracker.schema.operators import Filter
from tracker.schema.own import Number, OwnFigure

YEAR = Period.year(2020, date(2020, 12, 25))
CASE: dict[str, Value] = {
    "applied_on": "2020-03-02",
    "accepted_on": "2020-03-05",
    "applicant": "张三",
    "respondent": "某公司",
}


def case(number: int, **more: Value) -> dict[str, Value]:
    return {**CASE, "case_no": f"测〔2020〕{number}号", **more}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Five cases of 2020, and one of 2022 that no figure of 2020 counts."""
    made = new_office(tmp_path / "cases.db", WHO)
    for number in range(1, 6):
        editing.save(made, DISPUTES, case(number))
    editing.save(made, DISPUTES, case(9, applied_on="2022-05-01", accepted_on="2022-05-02"))
    yield made
    made.close()


def uid(office: Office, number: int) -> str:
    return str(records.by_number(office.db, DISPUTES, f"测〔2020〕{number}号")[0]["uid"])


def accepted(office: Office) -> str | None:
    return figures(office.db, YEAR, [office.catalogue.by_key["disputes.accepted"]])[0].text()


def dump(office: Office) -> list[object]:
    """Everything that the file holds."""
    names = [name for (name,) in office.db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in names if "_search" not in name]
    return [(name, office.db.rows(f"SELECT * FROM {name}")) for name in kept]


def test_a_freeze_keeps_figures_records_and_who(office: Office) -> None:
    made = freezing.freeze(office, YEAR, "年度工作报告")
    found = freezes.all_freezes(office.db)
    assert found == [made.freeze]
    assert (found[0].period, found[0].clerk, found[0].note, found[0].active) == (
        YEAR,
        "测试员",
        "年度工作报告",
        True,
    )
    assert (made.records, made.figures) == (5, len(office.catalogue.indicators))
    entry = next(iter(history.of_record(office.db, made.freeze.id)))
    assert (entry.kind, entry.action, entry.changes["records"]) == ("freeze", "freeze", 5)
    assert len(str(entry.changes["sha256"])) == 64


def test_what_is_frozen_prints_as_it_did(office: Office) -> None:
    before = listing.stats(YEAR, figures(office.db, YEAR))
    freezing.freeze(office, YEAR)
    with office.because("补录"):
        editing.save(office, DISPUTES, case(6))
    assert listing.stats(YEAR, freezing.quoted_figures(office.db, YEAR)) == before
    assert listing.stats(YEAR, figures(office.db, YEAR)) != before
    one = freezing.quoted_figures(office.db, YEAR, ["disputes.accepted"])
    assert [(figure.key, figure.value) for figure in one] == [("disputes.accepted", "5")]


def test_the_words_are_kept_in_both_languages(office: Office, english: None) -> None:
    freezing.freeze(office, YEAR)
    figure = freezing.quoted_figures(office.db, YEAR, ["disputes.accepted"])[0]
    assert figure.labels == {"zh_CN": "受理劳动争议案件", "en": figure.label}
    assert figure.definition == office.catalogue.by_key["disputes.accepted"].definition


def test_the_newest_freeze_of_just_that_period_counts(office: Office) -> None:
    freezing.freeze(office, YEAR)
    with office.because("补录"):
        editing.save(office, DISPUTES, case(6))
    freezing.freeze(office, Period.year(2020))
    second = freezing.freeze(office, YEAR).freeze
    assert freezing.newest(office.db, YEAR) == second
    assert freezing.quoted_figures(office.db, YEAR, ["disputes.accepted"])[0].value == "6"
    freezing.unfreeze(office, second, "数字有误")
    assert freezing.quoted_figures(office.db, YEAR, ["disputes.accepted"])[0].value == "5"
    with pytest.raises(
        UserError, match="2020年（截至2020-12-26）没有封账数据，已封账的有：2020年、2020年（截至2020-12-25）"
    ):
        freezing.newest(office.db, Period.year(2020, date(2020, 12, 26)))
    with pytest.raises(UserError, match=r"own_x"):
        freezing.quoted_figures(office.db, YEAR, ["disputes.own_x"])


def test_a_counted_record_changes_only_with_a_reason(office: Office) -> None:
    freezing.freeze(office, YEAR)
    before = dump(office)
    june: dict[str, Value] = {"accepted_on": "2020-06-01", "applied_on": "2020-06-01"}
    changes = (
        lambda: editing.save(office, DISPUTES, {"remarks": "没有指标看的栏"}, uid(office, 1)),
        lambda: editing.save(office, DISPUTES, {"accepted_on": None}, uid(office, 1)),
        lambda: editing.bin_records(office, DISPUTES, [uid(office, n) for n in (2, 1)]),
        lambda: editing.save(office, DISPUTES, case(7)),
        lambda: editing.save(office, DISPUTES, june, uid(office, 9)),
    )
    for change in changes:
        with pytest.raises(FrozenRecords, match="须写明更改理由"):
            change()
        assert dump(office) == before
    for change in changes:
        with office.because("来信更正"):
            change()
    assert office.reason == ""
    assert office.db.rows("SELECT * FROM reasons") == []
    assert [entry.note for entry in history.of_record(office.db, uid(office, 1))][1:] == ["来信更正"] * 3


def test_the_refusal_names_the_records(office: Office) -> None:
    freezing.freeze(office, YEAR)
    with pytest.raises(FrozenRecords) as told:
        editing.bin_records(office, DISPUTES, [uid(office, n) for n in range(1, 6)])
    assert [number for _l, _u, number in told.value.records] == [f"测〔2020〕{n}号" for n in range(1, 6)]
    assert "测〔2020〕1号、测〔2020〕2号、测〔2020〕3号" in str(told.value)
    assert "另有 2 条" in str(told.value)
    with pytest.raises(FrozenRecords) as told, office.writing("test") as writer:
        for number in (6, 7):
            writer.insert(DISPUTES, case(number))
        writer.insert(DISPUTES, case(8, applied_on="2022-05-01", accepted_on=None))
    assert [number for _l, _u, number in told.value.records] == ["测〔2020〕6号", "测〔2020〕7号"]


def test_what_no_frozen_figure_counts_is_free(office: Office) -> None:
    freezing.freeze(office, YEAR)
    editing.save(office, DISPUTES, {"remarks": "晚一年"}, uid(office, 9))
    editing.save(office, DISPUTES, case(8, applied_on="2022-05-01", accepted_on="2022-05-02"))
    editing.bin_records(office, DISPUTES, [uid(office, 8)])
    editing.restore_records(office, DISPUTES, [uid(office, 8)])


def test_restoring_what_would_be_counted_needs_a_reason(office: Office) -> None:
    editing.bin_records(office, DISPUTES, [uid(office, 1)])
    freezing.freeze(office, YEAR)
    with pytest.raises(FrozenRecords):
        editing.restore_records(office, DISPUTES, [uid(office, 1)])
    with office.because("误删"):
        editing.restore_records(office, DISPUTES, [uid(office, 1)])


def test_a_blank_reason_is_none(office: Office) -> None:
    freezing.freeze(office, YEAR)
    with pytest.raises(FrozenRecords), office.because(" 　"):
        editing.bin_records(office, DISPUTES, [uid(office, 1)])


def test_days_that_the_program_works_out_are_free(office: Office) -> None:
    """A calendar that is published later moves due days; the comparison shows what that does to rates."""
    made = freezing.freeze(office, YEAR).freeze
    with office.db.atomic():
        office.db.run(
            "UPDATE disputes SET due_on = '2020-01-01', updated_by = 'x' WHERE uid = ?", (uid(office, 1),)
        )
    assert [one.kind for one in freezing.moved(office.db, made, "disputes.on_time_rate")] == []
    with office.because("结案"):
        closed: dict[str, Value] = {"closed_on": "2020-03-20", "closing_method": "mediation"}
        editing.save(office, DISPUTES, closed, uid(office, 2))
    assert [one.number for one in freezing.moved(office.db, made, "disputes.on_time_rate")] == [
        "测〔2020〕2号"
    ]


def test_a_freeze_ends_only_with_a_reason_and_stays_on_record(office: Office) -> None:
    made = freezing.freeze(office, YEAR).freeze
    with pytest.raises(UserError, match="理由"):
        freezing.unfreeze(office, made, "  ")
    freezing.unfreeze(office, made, "统计口径有误")
    ended = freezes.all_freezes(office.db)[0]
    assert (ended.active, ended.thawed_by, ended.thawed_why) == (False, "测试员", "统计口径有误")
    assert [entry.action for entry in history.of_record(office.db, made.id)] == ["freeze", "thaw"]
    with pytest.raises(UserError, match="已被解除"):
        freezing.unfreeze(office, made, "再来")
    editing.bin_records(office, DISPUTES, [uid(office, 1)])
    assert office.db.rows("SELECT name FROM sqlite_master WHERE name LIKE 'disputes_frozen%'") == []


RAW = (
    "UPDATE disputes SET applicant = '李四' WHERE id = 1",
    "UPDATE disputes SET binned_at = '2021-01-01' WHERE id = 1",
    "UPDATE disputes SET uid = 'other' WHERE id = 1",
    "UPDATE disputes SET id = 99 WHERE id = 1",
    "UPDATE OR REPLACE disputes SET id = 1 WHERE id = 6",
    "UPDATE OR REPLACE disputes SET uid = (SELECT uid FROM disputes WHERE id = 1) WHERE id = 6",
    "UPDATE disputes SET applied_on = '2020-04-01' WHERE id = 6",
    "DELETE FROM disputes WHERE id = 1",
    "DELETE FROM disputes",
    "INSERT OR REPLACE INTO disputes(id, uid, year, no) VALUES (1, 'x', 2022, 1)",
    "INSERT OR REPLACE INTO disputes(uid, year, no) SELECT uid, 2022, 1 FROM disputes WHERE id = 1",
    "INSERT INTO disputes(uid, year, no, applied_on) VALUES ('x', 2020, 7, '2020-04-01')",
    "UPDATE frozen_figures SET content = '{}'",
    "DELETE FROM frozen_figures",
    "DELETE FROM frozen_records",
    "UPDATE frozen_records SET content = '{}'",
    "DELETE FROM frozen_counts",
    "UPDATE frozen_locks SET condition = '0'",
    "DELETE FROM freezes",
    *(
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        for table in ("freezes", "frozen_figures", "frozen_counts", "frozen_locks", "frozen_records")
    ),
    "INSERT OR REPLACE INTO frozen_figures(rowid, freeze, place, key, content) "
    "SELECT rowid, 'x', place, key, '{}' FROM frozen_figures",
    "UPDATE freezes SET note = 'x'",
    "UPDATE freezes SET \"end\" = '2020-11-30'",
)


@pytest.mark.parametrize("sql", RAW)
def test_plain_sql_from_elsewhere_is_refused(office: Office, sql: str) -> None:
    freezing.freeze(office, YEAR)
    before = dump(office)
    with closing(dbapi2.connect(office.db.path)) as other:
        with pytest.raises(dbapi2.IntegrityError, match="frozen"):
            other.execute(sql)
        other.rollback()
    assert dump(office) == before


def test_plain_sql_with_a_reason_passes(office: Office) -> None:
    freezing.freeze(office, YEAR)
    with closing(dbapi2.connect(office.db.path)) as other, other:
        with pytest.raises(dbapi2.IntegrityError):
            other.execute("INSERT INTO reasons VALUES (' ')")
        other.execute("INSERT INTO reasons VALUES ('更正')")
        other.execute("UPDATE disputes SET applicant = '李四' WHERE id = 1")
        other.execute("DELETE FROM reasons")


def test_an_encrypted_file_is_locked_too(tmp_path: Path) -> None:
    office = make_office(tmp_path / "cases.db", WHO, key="密码's")
    editing.save(office, DISPUTES, case(1))
    made = freezing.freeze(office, YEAR).freeze
    office.close()
    office = open_office(tmp_path / "cases.db", WHO, key="密码's")
    with pytest.raises(FrozenRecords):
        editing.bin_records(office, DISPUTES, [uid(office, 1)])
    assert freezing.newest(office.db, YEAR) == made
    office.close()
    with pytest.raises(FileProblem):
        open_office(tmp_path / "cases.db", WHO)


def test_opening_mends_the_lock(office: Office) -> None:
    """A trigger that was dropped comes back, and a reason left in the file ends."""
    freezing.freeze(office, YEAR)
    path, ledgers = office.db.path, office.catalogue.ledgers
    assert not migrations.pending(office.db, ledgers)
    with office.db.atomic():
        office.db.run("DROP TRIGGER disputes_frozen_update")
    assert migrations.pending(office.db, ledgers)
    again = open_office(path, WHO)
    with pytest.raises(FrozenRecords):
        editing.save(again, DISPUTES, {"remarks": "x"}, uid(again, 1))
    again.close()
    with office.db.atomic():
        office.db.run("INSERT INTO reasons VALUES ('x')")
    again = open_office(path, WHO)
    assert again.db.rows("SELECT * FROM reasons") == []
    again.close()


def test_a_bulk_is_locked_and_keeps_the_lock(office: Office) -> None:
    freezing.freeze(office, YEAR)
    numbers = count(100)

    def add(many: int, day: str) -> None:
        with office.writing("test") as writer, writer.bulk(DISPUTES, many):
            for _n in range(many):
                writer.insert(DISPUTES, case(next(numbers), applied_on=day, accepted_on=day))

    before = dump(office)
    with pytest.raises(FrozenRecords) as told:
        add(bulk.MANY, "2020-07-01")
    assert len(told.value.records) == bulk.MANY
    assert dump(office) == before
    add(bulk.MANY, "2022-07-01")
    with office.because("补录"):
        add(bulk.MANY, "2020-07-01")
    assert not locks.pending(office.db, LEDGERS)
    assert accepted(office) == str(5 + bulk.MANY)


def test_search_and_lists_follow_a_reasoned_change(office: Office) -> None:
    freezing.freeze(office, YEAR)
    with office.because("更名"):
        editing.save(office, DISPUTES, {"respondent": "雁栖餐饮管理中心"}, uid(office, 3))
    assert records.count(office.db, records.Query(DISPUTES, search="雁栖餐饮")) == 1


def test_moved_tells_what_from_what_to_what_by_whom_and_why(office: Office) -> None:
    made = freezing.freeze(office, YEAR).freeze
    with office.because("案由录错"):
        editing.save(office, DISPUTES, {"cause": "welfare"}, uid(office, 1))
    with office.because("重复登记"):
        editing.bin_records(office, DISPUTES, [uid(office, 2)])
    with office.because("补录"):
        editing.save(office, DISPUTES, case(6, cause="welfare"))
    with office.because("改备注"):
        editing.save(office, DISPUTES, {"remarks": "x"}, uid(office, 3))
    by_cause = {one.number[-2:-1]: one for one in freezing.moved(office.db, made, "disputes.by_cause")}
    assert {n: (one.kind, one.reasons) for n, one in by_cause.items()} == {
        "1": ("changed", ("案由录错",)),
        "2": ("left", ("重复登记",)),
        "6": ("joined", ("补录",)),
    }
    change = by_cause["1"].changes[0]
    assert (change.field.key, change.before, change.after) == ("cause", None, "welfare")
    assert by_cause["1"].entries[0].clerk == "测试员"
    assert "案由：空 → 福利" in by_cause["1"].sentence()
    assert [one.number[-2] for one in freezing.moved(office.db, made, "disputes.accepted")] == ["2", "6"]
    compared = {one.frozen.key: one for one in freezing.compare(office.db, made)}
    assert compared["disputes.accepted"].same  # one left, one came
    assert not compared["disputes.by_cause"].same


def test_a_figure_that_is_gone_and_a_record_that_is_gone(office: Office) -> None:
    made = freezing.freeze(office, YEAR).freeze
    with closing(dbapi2.connect(office.db.path)) as other, other:
        other.execute("INSERT INTO reasons VALUES ('清理')")
        other.execute("DELETE FROM disputes WHERE id = 1")
        other.execute("DELETE FROM reasons")
    gone = freezing.moved(office.db, made, "disputes.accepted")
    assert [(one.kind, one.gone, one.number) for one in gone] == [("left", True, "测〔2020〕1号")]
    without = [i for i in office.catalogue.indicators if i.key != "disputes.accepted"]
    office.db.catalogue = type(office.catalogue)(office.catalogue.ledgers, tuple(without))
    compared = {one.frozen.key: one for one in freezing.compare(office.db, made)}
    assert compared["disputes.accepted"].live is None
    assert not compared["disputes.accepted"].same
    assert len(freezing.moved(office.db, made, "disputes.accepted")) == 5


EDITS = st.lists(
    st.tuples(st.sampled_from(("edit", "bin", "add")), st.integers(0, 9999)), min_size=1, max_size=6
)


@settings(max_examples=tries(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), edits=EDITS)
def test_random_edits(
    tmp_path_factory: pytest.TempPathFactory, seed: int, edits: list[tuple[str, int]]
) -> None:
    """Any edit of what is counted is refused without a reason; frozen values never change; moved explains them."""
    draw = Random(seed)
    ledgers = (DISPUTES, PETITIONS)
    made = {ledger: [random_record(ledger, draw) for _n in range(12)] for ledger in ledgers}
    office = filled(tmp_path_factory.mktemp("frozen") / "cases.db", made)
    freeze = freezing.freeze(office, YEAR).freeze
    quoted = freezing.quoted_figures(office.db, YEAR)
    for n, (what, pick) in enumerate(edits):
        _edit(office, freeze, Random(pick), what, n)
    assert freezing.quoted_figures(office.db, YEAR) == quoted
    for one in freezing.compare(office.db, freeze):
        _explained(office, freeze, one)
    office.close()


def _edit(office: Office, freeze: freezing.Freeze, draw: Random, what: str, n: int) -> None:
    ledger = draw.choice((DISPUTES, PETITIONS))
    listed = [row[0] for row in office.db.rows(f"SELECT uid FROM {ledger.name} ORDER BY id")]
    target = draw.choice(listed)
    new = {**dict.fromkeys(f.key for f in ledger.inputs), **random_record(ledger, draw)}
    new[ledger.number] = f"新{n}"

    def change() -> object:
        if what == "add":
            return editing.save(office, ledger, new)
        if what == "edit":
            return editing.save(office, ledger, new, target)
        old = records.get(office.db, ledger, target) or {}
        do = editing.restore_records if old["binned_at"] else editing.bin_records
        return do(office, ledger, [target])

    before, file, old = _counted(office, ledger), dump(office), records.get(office.db, ledger, target)
    kept = freezes.kept(office.db, freeze, target) is not None and what != "add"
    try:
        change()
        refused = False
    except FrozenRecords:
        assert dump(office) == file
        refused = True
        with office.because("更正"):
            change()
    came_or_went = before ^ _counted(office, ledger)
    changed = what == "add" or records.get(office.db, ledger, target) != old
    assert refused == (changed and bool(came_or_went or kept or (target in before and what != "add")))


def _counted(office: Office, ledger: Ledger) -> set[str]:
    lock = locks.locks(office.db, (ledger,))[ledger.name]
    return set(freezes.live(office.db, ledger, lock.condition))


def _explained(office: Office, freeze: freezing.Freeze, one: freezing.Compared) -> None:
    """What the moved records bring to each number, computed in Python, is exactly the difference."""
    assert one.live is not None
    indicator = office.catalogue.by_key[one.frozen.key]
    moved = freezing.moved(office.db, freeze, one.frozen.key)
    if not moved:
        assert one.same
    numbers = ((one.frozen.numerator, one.live.numerator), (one.frozen.denominator, one.live.denominator))
    for quantity, (then, now) in zip(indicator.quantities(), numbers, strict=False):
        atom = quantity
        if isinstance(atom, Count | Sum | DaySum) and indicator.ledgers() == (indicator.ledger,):
            was = sum(_worth(atom, freezes.kept(office.db, freeze, m.uid)) for m in moved)
            ledger = office.catalogue.by_name[indicator.ledger]
            has = sum(_worth(atom, records.get(office.db, ledger, m.uid)) for m in moved)
            assert (now or 0) - (then or 0) == has - was, (one.frozen.key, atom)


def _worth(atom: Count | Sum | DaySum, record: records.Record | None) -> int:
    if record is None or record.get("binned_at") or not atom.where.at(YEAR).matches(record):
        return 0
    if isinstance(atom, Sum):
        return int(record.get(atom.field) or 0)
    if isinstance(atom, DaySum):
        first, last = (date.fromisoformat(str(record[key])[:10]) for key in (atom.first, atom.last))
        return (last - first).days
    return 1


def test_what_the_office_adds_is_locked_too(office: Office) -> None:
    """A field of the office's own, also one that is added after the freeze; and a figure of its own."""
    made = OwnFigure(
        "李四案件", "件", Number("disputes", conditions=(Filter("applicant", "contains", ("李四",)),))
    )
    key, _changed = customising.save_figure(office, made)
    freeze = freezing.freeze(office, YEAR).freeze
    assert freezing.quoted_figures(office.db, YEAR, [key])[0].value == "0"
    free = case(8, applicant="李四", applied_on="2022-05-01", accepted_on="2022-05-02")
    with pytest.raises(FrozenRecords):  # the office's figure looks at no period
        editing.save(office, DISPUTES, free)
    field, _changed = customising.add_field(office, DISPUTES, "档案位置", "text")
    ledger = office.catalogue.by_name["disputes"]
    with pytest.raises(FrozenRecords):
        editing.save(office, ledger, {field: "三楼"}, uid(office, 1))
    with office.because("归档"):
        editing.save(office, ledger, {field: "三楼", "cause": "welfare"}, uid(office, 1))
    (one,) = freezing.moved(office.db, freeze, "disputes.by_cause")
    assert [change.field.key for change in one.changes] == ["cause", field]
    customising.remove_figure(office, key)
    compared = {one.frozen.key: one.live for one in freezing.compare(office.db, freeze)}
    assert compared[key] is None
    with pytest.raises(FrozenRecords):
        editing.save(office, DISPUTES, free)


def test_the_seal_is_over_all_that_a_freeze_keeps() -> None:
    """Every table of the file with a freeze in it, and every column."""
    there = migrations.made().columns
    kept = {name: frozenset(table.columns) for name, table in seal.KEPT.items()}
    assert kept == {name: columns for name, columns in there.items() if "freeze" in columns}
    assert all(
        {*table.key} <= {*table.columns} and table.columns[0] == "freeze" for table in seal.KEPT.values()
    )
