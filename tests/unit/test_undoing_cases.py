"""Undo and redo of whatever a clerk does with cases: what belongs to them, limits, working days and sheets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office
from tests.unit.test_history import chain, unsound
from tests.unit.test_undoing import CASE, OTHER, back, content, forth, got, sheet, some_uid
from tracker.attached.events import EVENTS
from tracker.attached.parties import PARTIES
from tracker.db import events, imported, records
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.ids import uuid7
from tracker.operations import (
    attached,
    attachments,
    editing,
    importing,
    parties,
    recomputing,
    undoing,
    working_days,
)
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, open_office, save_settings
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

DAYS = ("2020-03-11", "2020-03-25", "2020-04-08")
KINDS = ("suspension", "extension", "added_party", "hearing", "note")
NAMES = ("张三", "李四", "王五")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new file, to be copied."""
    path = tmp_path_factory.mktemp("made") / "cases.db"
    new_office(path, WHO).close()
    return path


def disputes(office: Office) -> Ledger:
    """With the limits that the office has set."""
    return office.catalogue.by_name["disputes"]


def case(office: Office, n: int, **more: Value) -> str:
    return editing.save(office, disputes(office), {**CASE, "case_no": f"{n}号", **more}).uid


def one_of(*values: Value) -> st.SearchStrategy[Value]:
    return st.sampled_from(values)


CHANGES: Mapping[str, st.SearchStrategy[Value]] = {
    "accepted_on": one_of(None, "2020-03-04", "2020-03-16"),
    "suspended_days": one_of(None, 3, 10),
    "extended": one_of(None, 0, 1),
    "remarks": one_of(None, "更正"),
    "applicant": one_of(*NAMES),
}


def cases(office: Office) -> list[str]:
    return [str(uid) for (uid,) in records.each(office.db, records.Query(disputes(office)), ("uid",))]


def enter(office: Office, data: st.DataObject) -> None:
    accepted, suspended = data.draw(one_of(None, "2020-03-04")), data.draw(one_of(None, 10))
    told = {"accepted_on": accepted, "suspended_days": suspended if accepted else None}
    case(office, data.draw(st.integers(1, 4)), procedure=data.draw(one_of("ordinary", "simplified")), **told)


def edit(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "disputes"):
        key = data.draw(st.sampled_from(sorted(CHANGES)))
        editing.save(office, disputes(office), {key: data.draw(CHANGES[key])}, uid)


def put_away(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "disputes"):
        editing.bin_records(office, disputes(office), [uid])


def take_out(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "disputes", binned=True):
        editing.restore_records(office, disputes(office), [uid])


def happen(office: Office, data: st.DataObject) -> None:
    """Add an event of a title that others have too, change one, or drop one."""
    uid = some_uid(office, data, "disputes")
    if uid is None:
        return
    kind, day = data.draw(st.sampled_from(KINDS)), data.draw(st.sampled_from(DAYS))
    until = f"{day[:-2]}{int(day[-2:]) + 5:02d}" if kind == "suspension" else None
    told = {"kind": kind, "happened_on": day, "until": until, "title": data.draw(one_of("开庭", "改期"))}
    there = {str(event["uid"]): event["kind"] for event in attached.of_record(office.db, EVENTS, uid)}
    way = data.draw(st.sampled_from(("add", "change", "drop"))) if there else "add"
    of = data.draw(st.sampled_from([*there])) if way != "add" else None
    many = [] if way == "drop" else [{**told, "uid": of}]
    attached.save(office, disputes(office), uid, EVENTS, many, [of] if of and way == "drop" else [])
    left = {event["kind"] for event in attached.of_record(office.db, EVENTS, uid)}
    for key, kinds in disputes(office).following.items():
        if of and there[of] in kinds and kinds.isdisjoint(left):  # nothing tells it any more
            assert got(office, uid)[key] == disputes(office).field(key).default


def meet(office: Office, data: st.DataObject) -> None:
    """Add a party or drop one; the case's own fields follow."""
    uid = some_uid(office, data, "disputes")
    if uid is None:
        return
    there = [str(party["uid"]) for party in parties.of_record(office.db, uid)]
    if there and data.draw(st.booleans()):
        parties.save(office, disputes(office), uid, [], [data.draw(st.sampled_from(there))])
    else:
        role = data.draw(one_of("applicant", "respondent"))
        parties.save(office, disputes(office), uid, [{"role": role, "name": data.draw(one_of(*NAMES))}])


def attach(office: Office, data: st.DataObject) -> None:
    """Put a file to every case at once, or take away those of one."""
    uid = some_uid(office, data, "disputes")
    files = attachments.of_record(office.db, uid) if uid else []
    if uid and files and data.draw(st.booleans()):
        attachments.remove(office, disputes(office), uid, [file.uid for file in files])
        return
    with office.writing("papers"):
        for each in cases(office):
            attachments.attach(office, disputes(office), each, [Incoming("笔录.txt", content=b"x")])


def limit(office: Office, data: st.DataObject) -> None:
    save_settings(office, {"simplified_days": data.draw(st.sampled_from((None, "20", "30")))})
    recomputing.follow(office)


def work(office: Office, data: st.DataObject) -> None:
    day = date.fromisoformat(data.draw(st.sampled_from(("2020-04-03", "2020-04-18", "2020-04-20"))))
    working_days.set_days(office, {day: data.draw(st.sampled_from((None, True, False)))})
    recomputing.follow(office)


def bring(office: Office, data: st.DataObject) -> None:
    """Import a sheet without numbers; whatever was taken back before, its rows hold then what the sheet says."""
    words = st.sampled_from(("甲", "乙"))
    names = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    rows = [("2020-02-03", name, "某公司", data.draw(words), data.draw(words)) for name in names]
    importing.carry_out(office, sheet(office, office.db.path.parent, *rows))
    again = sheet(office, office.db.path.parent, *rows)
    assert (again.unchanged, again.inserts, again.updates) == (len(rows), (), ())


ACTIONS = (
    enter, enter, edit, put_away, take_out, happen, happen, happen, happen, meet, attach, limit, work, bring,
    back, forth,
)  # fmt: skip


def whole(office: Office) -> object:
    """All that the file holds and shows, with its settings and what sheets brought."""
    told = content(office, office.catalogue.every.values())
    return told, stored.read(office.db), imported.prints(office.db, disputes(office))[0]


def astray(office: Office) -> list[str]:
    """Cases whose days due, or fields that follow events, are not what the rules make of them."""
    ledger, found = disputes(office), []
    for uid in cases(office):
        record, told = records.get(office.db, ledger, uid) or {}, events.of_record(office.db, uid)
        due = ledger.derive(record, office.calendar, told) | ledger.in_step(record, office.calendar, told)
        found += [str(record["case_no"]) for key, day in due.items() if record[key] != day]
    return found


@how(max_examples=tries(10))
@given(st.data())
def test_whatever_is_done_with_cases_goes_back_to_nothing_and_comes_again(
    made: Path, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, closing(open_office(Path(shutil.copy(made, folder)), WHO)) as office:
        begin = whole(office)
        typed = {"accepted_on": "2020-03-04", "suspended_days": 10, "extended": 1}
        case(office, 9, **typed)  # events take the place of what was typed, which comes back without them
        for action in data.draw(st.lists(st.sampled_from(ACTIONS), max_size=12)):
            try:
                action(office, data)
            except UserError:
                continue  # as a clerk would be refused
            assert astray(office) == []
        ended, count = whole(office), 0
        while undoing.offered(office).undo:
            undoing.undo(office)
            assert astray(office) == []
            count += 1
        assert whole(office) == begin
        for _step in range(count):
            undoing.redo(office)
            assert astray(office) == []
        assert whole(office) == ended
        assert unsound(office.db) == []
        rows = office.db.rows("SELECT count(*) FROM history")[0][0]
        assert not rows or len(chain(office.db)) == rows


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Office]:
    with closing(open_office(Path(shutil.copy(made, tmp_path)), WHO)) as found:
        yield found


def suspended_late(office: Office) -> str:
    """A case in the simplified procedure, suspended on its 37th day: within 45 days, but not within 30."""
    uid = case(office, 1, procedure="simplified", accepted_on="2020-03-04", suspended_days=2)
    span = {"kind": "suspension", "happened_on": "2020-04-10", "until": "2020-04-15", "title": "中止"}
    attached.save(office, disputes(office), uid, EVENTS, [span])
    return uid


def days_of(office: Office, uid: str) -> Value:
    return got(office, uid)["suspended_days"]


def test_days_suspended_are_counted_anew_when_a_limit_changes(office: Office) -> None:
    uid = suspended_late(office)
    before = days_of(office, uid)
    assert before not in (0, 2, None)
    save_settings(office, {"simplified_days": "30"})
    assert recomputing.follow(office).changed.ledgers == {"disputes"}
    assert days_of(office, uid) == 0 and astray(office) == []
    undoing.undo(office)
    assert days_of(office, uid) == before and office.settings.get("simplified_days") is None
    undoing.redo(office)
    assert days_of(office, uid) == 0
    assert unsound(office.db) == []


def test_what_was_counted_anew_stands_in_no_ones_way(office: Office) -> None:
    """The limit is another clerk's; what this one did before can be taken back all the same, to what was typed."""
    uid = suspended_late(office)
    office.who = OTHER
    save_settings(office, {"simplified_days": "30"})
    recomputing.follow(office)
    office.who = WHO
    undoing.undo(office)
    assert days_of(office, uid) == 2 and attached.of_record(office.db, EVENTS, uid) == []
    undoing.redo(office)
    assert days_of(office, uid) == 0 and astray(office) == []


def test_days_that_no_event_tells_any_more_are_empty_and_those_typed_come_back(office: Office) -> None:
    uid = suspended_late(office)
    told = days_of(office, uid)
    (event,) = attached.of_record(office.db, EVENTS, uid)
    attached.save(office, disputes(office), uid, EVENTS, [], [str(event["uid"])])
    assert days_of(office, uid) is None
    undoing.undo(office)
    assert days_of(office, uid) == told
    undoing.undo(office)
    assert days_of(office, uid) == 2


@pytest.mark.parametrize("party_first", [False, True])
@pytest.mark.parametrize("kind", ["entry", "together"])
def test_a_step_is_named_by_the_record_not_by_what_came_with_it(
    office: Office, party_first: bool, kind: str
) -> None:
    party = {"role": "applicant", "name": "李四"}
    with office.writing(kind) as writer:
        uid = uuid7()
        if party_first:
            writer.insert(PARTIES, {**party, "of": "disputes", "record": uid})
        writer.insert(disputes(office), {**CASE, "case_no": "1号"}, uid)
        if not party_first:
            writer.insert(PARTIES, {**party, "of": "disputes", "record": uid})
    assert undoing.offered(office).undo == "登记 1号"
    undoing.undo(office)
    assert cases(office) == []
