"""Undo and redo of what belongs to a record: its events, parties, files and documents, and the fields that follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tests.unit.test_history import unsound
from tests.unit.test_matters import PETITION
from tests.unit.test_undoing import OTHER, case, content, got, undo_all
from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import attached, attachments, editing, matters, parties, undoing
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, open_office
from tracker.schema.fields import Value


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def event(office: Office, uid: str, kind: str = "hearing", day: str = "2020-03-11", **more: Value) -> str:
    """Add an event to a case; its uid."""
    told = {"title": "开庭", **more, "kind": kind, "happened_on": day}
    before = {e["uid"] for e in attached.of_record(office.db, EVENTS, uid)}
    attached.save(office, DISPUTES, uid, EVENTS, [told])
    (new,) = {e["uid"] for e in attached.of_record(office.db, EVENTS, uid)} - before
    return str(new)


def everything(office: Office) -> dict[tuple[str, str], dict[str, Value]]:
    """The content of the file with all that belongs to its records."""
    return content(office, office.catalogue.every.values())


def there_and_back(office: Office) -> None:
    """What was done last goes back and comes again, exactly."""
    ended = everything(office)
    undoing.undo(office)
    assert everything(office) != ended
    undoing.redo(office)
    assert everything(office) == ended
    assert unsound(office.db) == []


def undo_all_but(office: Office, steps: int) -> None:
    """Take back what was done, as long as more than so many steps are left."""
    for _step in range(office.db.rows("SELECT count(*) FROM steps WHERE undone = 0")[0][0] - steps):
        undoing.undo(office)


def test_events_parties_and_files_of_one_title_stand_in_nobodys_way(office: Office) -> None:
    one, other = case(office, 1, accepted_on="2020-03-04"), case(office, 2)
    for uid in (one, other):
        event(office, uid)
        parties.save(office, DISPUTES, uid, [{"role": "applicant", "name": "张三"}])
        attachments.attach(office, DISPUTES, uid, [Incoming("笔录.txt", content=b"x")])
        there_and_back(office)
    ended = everything(office)
    count = undo_all(office)
    assert (count, everything(office)) == (8, {})
    for _step in range(count):
        undoing.redo(office)
    assert everything(office) == ended


def test_a_title_goes_back_to_one_that_another_record_has(office: Office) -> None:
    one, other = case(office, 1), case(office, 2)
    mine = event(office, one)
    attached.save(office, DISPUTES, one, EVENTS, [{"uid": mine, "title": "第二次开庭"}])
    event(Office(office.db, OTHER), other)
    undoing.undo(office)
    assert (records.get(office.db, EVENTS, mine) or {})["title"] == "开庭"


@pytest.mark.parametrize("typed", (None, 7, 10))
def test_an_event_taken_back_leaves_the_field_that_followed_it_as_it_was(
    office: Office, typed: int | None
) -> None:
    """Also where what was typed is just what the event makes of it: then the event alone was written."""
    uid = case(office, 1, accepted_on="2020-03-04", suspended_days=typed)
    before = everything(office)
    event(office, uid, "suspension", until="2020-03-20")
    assert (got(office, uid)["suspended_days"], got(office, uid)["due_on"]) == (10, "2020-04-28")
    there_and_back(office)
    undoing.undo(office)
    assert everything(office) == before


@pytest.mark.parametrize("typed", (None, "2020-03-09", "2020-03-11"))
def test_a_hearing_taken_back_leaves_the_day_of_hearing_as_it_was(office: Office, typed: str | None) -> None:
    uid = case(office, 1, accepted_on="2020-03-04", heard_on=typed)
    before = everything(office)
    added = event(office, uid, day="2020-03-11T09:30")
    assert got(office, uid)["heard_on"] == "2020-03-11"
    there_and_back(office)
    attached.save(office, DISPUTES, uid, EVENTS, [{"uid": added, "happened_on": "2020-03-13T09:30"}])
    assert got(office, uid)["heard_on"] == "2020-03-13"
    there_and_back(office)
    attached.save(office, DISPUTES, uid, EVENTS, [], [added])
    assert got(office, uid)["heard_on"] is None
    there_and_back(office)
    undo_all_but(office, 1)
    assert everything(office) == before


def test_a_day_due_follows_when_the_change_or_removal_of_an_event_is_taken_back(office: Office) -> None:
    uid = case(office, 1, accepted_on="2020-03-04")
    added = event(office, uid, "added_party", "2020-03-11")
    due = got(office, uid)["due_on"]
    attached.save(office, DISPUTES, uid, EVENTS, [{"uid": added, "happened_on": "2020-03-25"}])
    assert got(office, uid)["due_on"] != due
    there_and_back(office)
    attached.save(office, DISPUTES, uid, EVENTS, [], [added])
    there_and_back(office)
    undo_all_but(office, 2)
    assert got(office, uid)["due_on"] == due


def test_events_that_others_have_entered_since_are_kept_in_step(office: Office) -> None:
    uid = case(office, 1, accepted_on="2020-03-04")
    event(office, uid, "suspension", until="2020-03-20")
    event(Office(office.db, OTHER), uid, "suspension", "2020-03-16", until="2020-03-18", title="中止")
    ended = everything(office)
    undoing.undo(office)
    assert got(office, uid)["suspended_days"] == 3
    undoing.redo(office)
    assert everything(office) == ended


@pytest.mark.parametrize("again", (False, True))
@pytest.mark.parametrize("what", ("event", "continues", "edited"))
def test_an_entry_stays_from_which_another_clerk_went_on(office: Office, what: str, again: bool) -> None:
    """Also one that was taken back and done again in between."""
    earlier = editing.save(Office(office.db, OTHER), PETITIONS, PETITION).uid
    uid = case(office, 2)
    if again:
        there_and_back(office)
    with closing(open_office(office.db.path, OTHER)) as other:
        if what == "event":
            event(other, uid)
        elif what == "continues":
            matters.link(other, DISPUTES, uid, earlier)
        else:
            editing.save(other, DISPUTES, {"remarks": "乙"}, uid)
    before = everything(office)
    with pytest.raises(UserError, match=r"李四.*2号.*撤销会覆盖"):
        undoing.undo(office)
    assert everything(office) == before and undoing.offered(office) == undoing.Offered("", "")


def test_a_petition_stays_that_another_clerks_case_continues(office: Office) -> None:
    petition = editing.save(office, PETITIONS, PETITION).uid
    matters.link(office, DISPUTES, case(Office(office.db, OTHER), 1), petition)
    undoing.undo(office)
    matters.link(Office(office.db, OTHER), DISPUTES, case(Office(office.db, OTHER), 2), petition)
    with pytest.raises(UserError, match=r"李四.*信1号.*撤销会覆盖"):
        undoing.undo(office)


def test_an_entry_goes_whose_events_are_in_the_bin(office: Office) -> None:
    uid = case(office, 1)
    with closing(open_office(office.db.path, OTHER)) as other:
        added = event(other, uid)
        attached.save(other, DISPUTES, uid, EVENTS, [], [added])
    undoing.undo(office)
    assert everything(office) == {}


def test_what_belongs_to_a_record_is_named_with_it(office: Office) -> None:
    uid = case(office, 12, accepted_on="2020-03-04")
    told = []

    def note() -> None:
        told.append(undoing.offered(office).undo)
        undoing.undo(office)
        undoing.redo(office)

    added = event(office, uid, "suspension", until="2020-03-20", title="中止")
    note()
    attached.save(office, DISPUTES, uid, EVENTS, [{"uid": added, "until": "2020-03-21"}])
    note()
    attached.save(office, DISPUTES, uid, EVENTS, [], [added])
    note()
    parties.save(office, DISPUTES, uid, [{"role": "applicant", "name": f"工人{n}"} for n in range(35)])
    note()
    files = [Incoming(f"{n}.txt", content=str(n).encode()) for n in range(2)]
    attachments.attach(office, DISPUTES, uid, files)
    note()
    there = [file.uid for file in attachments.of_record(office.db, uid)]
    attachments.remove(office, DISPUTES, uid, there)
    note()
    attachments.restore(office, there[:1])
    note()
    noted: dict[str, Value] = {"kind": "note", "title": "电话", "happened_on": "2020-03-12"}
    attached.save(office, DISPUTES, uid, EVENTS, [noted, noted], [event(office, uid)])
    note()
    assert told == [
        "为 12号 添加进程“中止”",
        "修改 12号 的进程“中止”的截止日",
        "移除 12号 的进程“中止”",
        "为 12号 添加当事人（35 项）",
        "为 12号 添加附件（2 项）",
        "移除 12号 的附件（2 项）",
        "恢复 12号 的附件“0.txt”",
        "修改 12号 的进程（3 项）",
    ]
