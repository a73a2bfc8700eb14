"""Undo and redo: whatever was done is taken back and done again, exactly, by operations that the history keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.effort import tries
from tests.linked import BODIES, FIRMS, SUITS, firm, linked_office, suit
from tests.office import WHO, new_office
from tests.sheet_makers import xlsx
from tests.unit.test_history import chain, unsound
from tracker.db import draws, history, imported, records, steps
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.draws import BY_KEY
from tracker.errors import Cancelled, FrozenRecords, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import (
    customising,
    drawing,
    editing,
    freezing,
    importing,
    recomputing,
    sheets,
    undoing,
    working_days,
)
from tracker.operations.combining import combine
from tracker.operations.office import Changed, Office, open_office, save_settings
from tracker.operations.progress import Silent
from tracker.operations.sheet_rows import Intent
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.schema.own import Number, OwnFigure

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
STAMPS = {"updated_at", "updated_by", "binned_at"}
OTHER = Who("李四", "elsewhere")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def case(office: Office, n: int, **more: Value) -> str:
    return editing.save(office, DISPUTES, {**CASE, "case_no": f"{n}号", **more}).uid


def got(office: Office, uid: str) -> records.Record:
    record = records.get(office.db, DISPUTES, uid)
    assert record is not None
    return record


def content(
    office: Office, ledgers: Iterable[Ledger] | None = None
) -> dict[tuple[str, str], dict[str, Value]]:
    """All that the lists show: every record that is not in the bin, without its stamps."""
    found = {}
    for ledger in ledgers or office.catalogue.ledgers:
        for (uid,) in records.each(office.db, Query(ledger), ("uid",)):
            record = records.get(office.db, ledger, uid) or {}
            found[ledger.name, str(uid)] = {k: v for k, v in record.items() if k not in STAMPS}
    return found


def undo_all(office: Office) -> int:
    """Take everything back; how many steps that were."""
    count = 0
    while undoing.offered(office).undo:
        undoing.undo(office)
        count += 1
    return count


def redo_all(office: Office) -> None:
    while undoing.offered(office).redo:
        undoing.redo(office)


def test_an_edit_is_taken_back_and_done_again_in_words(office: Office) -> None:
    uid = case(office, 12)
    editing.save(office, DISPUTES, {"closed_on": "2020-05-01", "closing_method": "mediation"}, uid)
    assert undoing.offered(office) == undoing.Offered("修改 12号 的结案日期、结案方式", "")
    turned = undoing.undo(office)
    assert turned.words == "修改 12号 的结案日期、结案方式"
    assert turned.changed == Changed(frozenset({"disputes"}))
    assert (got(office, uid)["closed_on"], got(office, uid)["closing_method"]) == (None, None)
    assert undoing.offered(office) == undoing.Offered("登记 12号", "修改 12号 的结案日期、结案方式")
    undoing.redo(office)
    assert got(office, uid)["closed_on"] == "2020-05-01"
    kinds = [(entry.kind, steps.about(entry.note)) for entry in history.of_record(office.db, uid)]
    edit = [*history.of_record(office.db, uid)][1].operation
    assert kinds == [("entry", ""), ("edit", ""), ("undo", edit), ("redo", edit)]
    assert unsound(office.db) == [] and len(chain(office.db)) == 4


def test_nothing_to_take_back_is_said(office: Office) -> None:
    for turn, words in ((undoing.undo, "没有可以撤销"), (undoing.redo, "没有可以重做")):
        with pytest.raises(UserError, match=words):
            turn(office)


def test_what_is_new_ends_what_could_be_done_again(office: Office) -> None:
    case(office, 1)
    undoing.undo(office)
    assert undoing.offered(office).redo
    case(office, 2)
    assert undoing.offered(office).redo == ""


def test_steps_outlive_the_program_and_are_this_clerks_own(office: Office, tmp_path: Path) -> None:
    uid = case(office, 1)
    for n in range(105):
        editing.save(office, DISPUTES, {"remarks": str(n)}, uid)
    with closing(open_office(office.db.path, OTHER)) as other:
        assert undoing.offered(other).undo == ""
        case(other, 2)
        assert undo_all(other) == 1
    with closing(open_office(office.db.path, WHO)) as again:
        assert undo_all(again) == 106
        assert content(again) == {}
        redo_all(again)
        assert got(again, uid)["remarks"] == "104"
        assert unsound(again.db) == []


def test_what_somebody_else_went_on_with_stays_and_the_step_is_left_out(office: Office) -> None:
    uid, first = case(office, 1), case(office, 2)
    editing.save(office, DISPUTES, {"remarks": "甲"}, uid)
    with closing(open_office(office.db.path, OTHER)) as other:
        editing.save(other, DISPUTES, {"remarks": "乙"}, uid)
    before = history.heads(office.db)
    with pytest.raises(UserError, match=r"李四.*1号.*撤销会覆盖"):
        undoing.undo(office)
    assert history.heads(office.db) == before and got(office, uid)["remarks"] == "乙"
    undoing.undo(office)
    assert got(office, first)["binned_at"]
    with pytest.raises(UserError, match="李四"):
        undoing.undo(office)
    assert undoing.offered(office).undo == "" and got(office, uid)["binned_at"] is None


def test_a_number_taken_back_is_free_and_proposed_again(office: Office) -> None:
    def proposed() -> str:
        return editing.propose_number(office, DISPUTES, "2020-03-02")

    number = proposed()
    uid = editing.save(office, DISPUTES, {**CASE, "case_no": number}).uid
    assert proposed() != number
    undoing.undo(office)
    assert proposed() == number
    undoing.redo(office)
    assert proposed() != number and got(office, uid)["number_key"]
    undoing.undo(office)
    other = editing.save(office, DISPUTES, {**CASE, "case_no": number}).uid
    assert other != uid
    with pytest.raises(UserError, match="已被另一条记录使用"):
        editing.restore_records(office, DISPUTES, [uid])
    editing.bin_records(office, DISPUTES, [other])
    with pytest.raises(UserError, match="已被另一条记录使用"):
        editing.restore_records(office, DISPUTES, [uid])


def test_restoring_what_was_taken_back_takes_its_number_again(office: Office) -> None:
    uid = case(office, 1)
    undoing.undo(office)
    editing.restore_records(office, DISPUTES, [uid])
    assert got(office, uid)["number_key"]
    with pytest.raises(UserError, match="已被另一条记录使用"):
        case(office, 1)
    undoing.undo(office)
    assert got(office, uid)["number_key"] is None


def test_redo_asks_whether_the_number_is_still_free(office: Office) -> None:
    uid = case(office, 1)
    undoing.undo(office)
    with closing(open_office(office.db.path, OTHER)) as other:
        case(other, 1)
    with pytest.raises(UserError, match=r"1号 已另给.*回收站"):
        undoing.redo(office)
    assert undoing.offered(office).redo == "" and got(office, uid)["binned_at"]


def test_frozen_figures_ask_for_a_reason_and_keep_the_step(office: Office) -> None:
    uid = case(office, 1, accepted_on="2020-03-04")
    editing.save(office, DISPUTES, {"remarks": "甲"}, uid)
    freezing.freeze(office, Period.year(2020))
    for _again in range(2):
        with pytest.raises(FrozenRecords) as refused:
            undoing.undo(office)
        assert refused.value.records == (("disputes", uid, "1号"),)
    with office.because("更正"):
        undoing.undo(office)
    assert got(office, uid)["remarks"] is None
    last = [*history.of_record(office.db, uid)][-1]
    assert last.note.endswith(" — 更正")
    assert history.kind_of(office.db, steps.about(last.note))[0] == "edit"


def test_a_rename_goes_back_with_the_links_that_followed(tmp_path: Path) -> None:
    with closing(linked_office(tmp_path / "cases.db")) as office:
        one = firm(office, "甲公司")
        early, binned = suit(office, 1, payer="甲公司"), suit(office, 2, payer="甲公司")
        stranger = suit(office, 3, payer="乙公司")
        editing.bin_records(office, SUITS, [binned])
        before = content(office)
        editing.save(office, FIRMS, {"name": "乙公司"}, one)
        late = suit(Office(office.db, OTHER), 4, payer="乙公司")
        assert undoing.offered(office).undo == "修改 乙公司 的Firm name、曾用名"
        assert undoing.undo(office).changed.ledgers == {"firms", "suits"}
        after = content(office)
        assert after.pop(("suits", late))["payer"] == "甲公司"
        assert after == before
        assert (records.get(office.db, SUITS, binned) or {})["payer"] == "甲公司"
        undoing.redo(office)
        payers = [
            (records.get(office.db, SUITS, uid) or {})["payer"] for uid in (early, binned, stranger, late)
        ]
        assert payers == ["乙公司"] * 4


def test_a_name_that_stood_before_a_rename_stays_however_it_followed_since(tmp_path: Path) -> None:
    """A suit may name a firm that is entered or called so only later; a second rename took the name along and back."""
    with closing(linked_office(tmp_path / "cases.db")) as office:
        uid = firm(office, "甲公司")
        suit(office, 1, payer="乙公司")
        before = content(office)
        editing.save(office, FIRMS, {"name": "乙公司"}, uid)
        editing.save(office, FIRMS, {"name": "丙公司"}, uid)
        ended = content(office)
        undoing.undo(office)
        undoing.undo(office)
        assert content(office) == before
        undoing.redo(office)
        undoing.redo(office)
        assert content(office) == ended
        assert undo_all(office) == 4 and content(office) == {}


def test_combining_goes_back_and_can_still_be_restored_from_the_bin(tmp_path: Path) -> None:
    with closing(linked_office(tmp_path / "cases.db")) as office:
        keep, drop = firm(office, "甲公司"), firm(office, "乙公司", town="怀柔镇")
        suit(office, 1, payer="乙公司")
        before = content(office)
        combine(office, FIRMS, keep, drop)
        combined = content(office)
        undoing.undo(office)
        assert content(office) == before
        undoing.redo(office)
        assert content(office) == combined
        editing.restore_records(office, FIRMS, [drop])
        assert content(office) == before


def test_settings_and_own_fields_go_back(office: Office) -> None:
    save_settings(office, {"region": "京怀"})
    assert undoing.offered(office).undo == "设置 地区简称"
    key, _changed = customising.add_field(office, DISPUTES, "街道", "text")
    extended = office.catalogue.by_name["disputes"]
    uid = editing.save(office, extended, {**CASE, "case_no": "1号", key: "怀柔镇"}).uid
    undoing.undo(office)
    assert undoing.offered(office).undo == "设置 街道"
    assert undoing.undo(office).changed == Changed(settings=True, structure=True)
    assert key not in office.catalogue.by_name["disputes"].by_key
    known = office.catalogue
    assert undoing.undo(office).changed == Changed(settings=True)
    assert office.catalogue is known and office.settings == {}
    redo_all(office)
    assert office.setting("region") == "京怀"
    assert (records.get(office.db, office.catalogue.by_name["disputes"], uid) or {})[key] == "怀柔镇"


def test_who_changed_a_setting_since_is_told_and_not_who_changed_another(office: Office) -> None:
    save_settings(office, {"region": "京怀"})
    with closing(open_office(office.db.path, OTHER)) as other:
        save_settings(other, {"region": "京密"})
    with closing(open_office(office.db.path, Who("王五", "third"))) as third:
        save_settings(third, {"simplified_days": "30"})
    with pytest.raises(UserError, match="李四"):
        undoing.undo(office)


def test_days_due_follow_a_limit_and_a_working_day_that_go_back(office: Office) -> None:
    uid = case(office, 1, accepted_on="2020-03-04", procedure="simplified")
    days = [got(office, uid)["due_on"]]
    save_settings(office, {"simplified_days": "30"})
    recomputing.follow(office)
    days.append(got(office, uid)["due_on"])
    working_days.set_days(office, {date.fromisoformat(str(days[1])): False})
    recomputing.follow(office)
    days.append(got(office, uid)["due_on"])
    assert days == ["2020-04-20", "2020-04-03", "2020-04-07"]
    for turn, told in ((undoing.undo, days[1::-1]), (undoing.redo, days[1:])):
        for due in told:
            assert turn(office).changed.ledgers == {"disputes"}
            assert got(office, uid)["due_on"] == due and recomputing.stale(office) == ()


def test_a_field_that_a_figure_needs_does_not_go(office: Office) -> None:
    customising.add_field(office, DISPUTES, "人数", "count")
    with closing(open_office(office.db.path, OTHER)) as other:
        field = other.catalogue.by_name["disputes"].typed[-1]
        figure = OwnFigure("合计", "人", Number("disputes", "sum", field.key))
        customising.save_figure(other, figure)
    office.renew()
    with pytest.raises(UserError, match="合计"):
        undoing.undo(office)
    assert office.catalogue.by_name["disputes"].typed[-1].label == "人数"


def test_records_of_a_draw_go_back_together_and_may_be_made_again(office: Office) -> None:
    of = office.catalogue.by_name
    for n, name in enumerate("甲乙", 1):
        editing.save(office, of["officers"], {"officer_no": str(n), "name": name, "roles": "officer"})
        editing.save(office, of["employers"], {"name": f"第{n}公司", "address": "怀柔镇"})
    kind = BY_KEY["double_random"]
    made = drawing.make(office, kind, kind.targets[0], Period.year(2020), 2, 2, "抽查")
    before = content(office)
    asked = {"items": "工资", "kind": "double_random"}
    drawing.record(office, made, "2020-06-30", asked)
    assert undoing.offered(office).undo == "抽签“抽查”的记录"
    undoing.undo(office)
    assert content(office) == before and draws.made(office.db, made.id) == ()
    undoing.redo(office)
    assert len(draws.made(office.db, made.id) or ()) == 2
    undoing.undo(office)
    drawing.record(office, drawing.every(office)[0], "2020-06-30", asked)
    assert records.count(office.db, Query(INSPECTIONS)) == 2


def test_a_step_that_is_stopped_is_still_there(office: Office) -> None:
    with office.writing("import", "a.xlsx") as writer:
        for n in range(1200):
            writer.insert(DISPUTES, {**CASE, "case_no": str(n)})

    class Stopping(Silent):
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            if done > 600:
                raise Cancelled

    assert undoing.offered(office).undo == "导入 a.xlsx（1,200 条）"
    with pytest.raises(Cancelled):
        undoing.undo(office, Stopping())
    assert records.count(office.db, Query(DISPUTES)) == 1200
    undoing.undo(office)
    assert records.count(office.db, Query(DISPUTES)) == 0
    undoing.redo(office)
    assert records.count(office.db, Query(DISPUTES)) == 1200


def sheet(office: Office, folder: Path, *rows: tuple[str, ...]) -> importing.Plan:
    """What importing a sheet without numbers would do; each row a day of application, applicant and respondent."""
    path = xlsx(folder / "a.xlsx", [["申请日期", "申请人", "被申请人", "备注", "仲裁员"], *map(list, rows)])
    seen = sheets.survey(office, DISPUTES, path)
    return importing.make_plan(office, DISPUTES, seen, Intent(invent=True))


def test_a_sheet_comes_in_again_after_its_import_was_taken_back(office: Office, tmp_path: Path) -> None:
    first, second = ("2020-03-02", "张三", "某公司", "甲"), ("2020-03-02", "张三", "某公司", "乙")
    typed = editing.save(office, DISPUTES, {**CASE, "case_no": "手写1号", "applicant": "李四"}).uid
    theirs = ("2020-03-02", "李四", "某公司", "丙")
    importing.carry_out(office, sheet(office, tmp_path, first))
    importing.carry_out(office, sheet(office, tmp_path, second, theirs))
    ended = content(office)
    undoing.undo(office)
    assert got(office, typed)["remarks"] is None
    assert sheet(office, tmp_path, first).unchanged == 1
    assert len(sheet(office, tmp_path, second, theirs).updates) == 2
    undoing.redo(office)
    assert content(office) == ended
    assert sheet(office, tmp_path, second, theirs).unchanged == 2
    undo_all(office)
    assert len(sheet(office, tmp_path, second).inserts) == 1
    redo_all(office)
    assert content(office) == ended
    editing.save(office, DISPUTES, {"remarks": "更正"}, typed)
    assert sheet(office, tmp_path, second, theirs).unchanged == 2


def test_what_a_later_import_brought_stays_known_when_an_earlier_one_is_taken_back(
    office: Office, tmp_path: Path
) -> None:
    head, other = ("2020-03-02", "张三", "某公司"), Office(office.db, OTHER)
    importing.carry_out(other, sheet(other, tmp_path, (*head, "甲", "")))
    importing.carry_out(office, sheet(office, tmp_path, (*head, "乙", "")))
    importing.carry_out(other, sheet(other, tmp_path, (*head, "乙", "陈立新")))
    undoing.undo(office)
    plan = sheet(office, tmp_path, (*head, "乙", "王五"))
    assert [changes for _old, changes in plan.updates] == [{"remarks": "乙", "arbitrator": "王五"}]
    uid = str(plan.updates[0][0]["uid"])
    editing.save(other, DISPUTES, {"arbitrator": "赵六"}, uid)
    plan = sheet(office, tmp_path, (*head, "乙", "陈立新"))
    assert [changes for _old, changes in plan.updates] == [{"remarks": "乙"}]


NAMES = ("甲公司", "乙公司", "丙公司")


def some_uid(office: Office, data: st.DataObject, ledger: str, *, binned: bool = False) -> str | None:
    of = office.catalogue.by_name[ledger]
    found = [str(row[0]) for row in records.each(office.db, Query(of, binned=binned), ("uid",))]
    return data.draw(st.sampled_from(sorted(found))) if found else None


def enter(office: Office, data: st.DataObject) -> None:
    name, number = data.draw(st.sampled_from(NAMES)), data.draw(st.integers(1, 8))
    if data.draw(st.booleans()):
        firm(office, name)
    else:
        suit(office, number, payer=name)


def rename(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "firms"):
        editing.save(office, FIRMS, {"name": data.draw(st.sampled_from(NAMES)), "town": "镇"}, uid)


def renumber(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "suits"):
        editing.save(office, SUITS, {SUITS.number: f"{data.draw(st.integers(1, 8))}号"}, uid)


def relink(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "suits"):
        editing.save(office, SUITS, {"payer": data.draw(st.none() | st.sampled_from(NAMES))}, uid)


def put_away(office: Office, data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from((FIRMS, SUITS)))
    if uid := some_uid(office, data, ledger.name):
        editing.bin_records(office, ledger, [uid])


def take_out(office: Office, data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from((FIRMS, SUITS)))
    if uid := some_uid(office, data, ledger.name, binned=True):
        editing.restore_records(office, ledger, [uid])


def join(office: Office, data: st.DataObject) -> None:
    one, other = (some_uid(office, data, "firms") for _n in range(2))
    if one and other:
        combine(office, FIRMS, one, other)


def many(office: Office, data: st.DataObject) -> None:
    with office.writing("import", "a.xlsx") as writer:
        for n in data.draw(st.lists(st.integers(20, 40), max_size=4, unique=True)):
            if not records.by_number(office.db, BODIES, f"B{n}"):
                writer.insert(BODIES, {"body_no": f"B{n}", "title": f"调委会{n}"})


def back(office: Office, data: st.DataObject) -> None:
    undoing.undo(office)


def forth(office: Office, data: st.DataObject) -> None:
    undoing.redo(office)


ACTIONS = (enter, enter, enter, rename, renumber, relink, put_away, take_out, join, many, back, forth)


@how(max_examples=tries(12))
@given(st.data())
def test_whatever_is_done_goes_back_to_nothing_and_comes_again(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, closing(linked_office(Path(folder) / "cases.db")) as office:
        begin = content(office)
        counters = office.db.rows("SELECT ledger, year, number FROM counters WHERE number > 0 ORDER BY 1, 2")
        for action in data.draw(st.lists(st.sampled_from(ACTIONS), max_size=14)):
            try:
                action(office, data)
            except UserError:
                continue  # as a clerk would be refused
        ended = content(office)
        count = undo_all(office)
        assert content(office) == begin
        assert counters == office.db.rows(
            "SELECT ledger, year, number FROM counters WHERE number > 0 ORDER BY 1, 2"
        )
        for _step in range(count):
            undoing.redo(office)
        assert content(office) == ended
        assert unsound(office.db) == []
        rows = office.db.rows("SELECT count(*) FROM history")[0][0]
        assert not rows or len(chain(office.db)) == rows


def test_what_a_row_held_goes_back_cell_by_cell_where_it_still_holds_that(office: Office) -> None:
    """A sheet that was taken in since may have told another cell, which changed no record and is no step."""

    def held() -> dict[str, str]:
        return imported.prints(office.db, DISPUTES)[0].get(uid, {})

    uid = case(office, 1)
    with office.db.atomic():
        imported.write(office.db, DISPUTES, [(uid, {"a": "1", "b": "1", "c": "1"})])
    with office.writing("import") as writer:
        writer.update(DISPUTES, records.get(office.db, DISPUTES, uid) or {}, {"remarks": "x"})
        imported.renew(office.db, DISPUTES, [(uid, {"a": "2", "b": "2", "d": "2"})], writer.journal.operation)
        step = writer.journal.operation
    with office.db.atomic():
        imported.write(office.db, DISPUTES, [(uid, {"a": "2", "b": "3", "d": "2"})])  # b told anew
        imported.turn(office.db, step, again=False)
    assert held() == {"a": "1", "b": "3", "c": "1"}
    with office.db.atomic():
        imported.write(office.db, DISPUTES, [(uid, {"a": "4", "b": "3", "c": "1"})])
        imported.turn(office.db, step, again=True)
    assert held() == {"a": "4", "b": "3", "d": "2"}
    with office.db.atomic():
        imported.write(office.db, DISPUTES, [(uid, {"d": "2"})])
        imported.turn(office.db, step, again=False)
    assert held() == {"c": "1"}
