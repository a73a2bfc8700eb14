"""Undo and redo of whatever a clerk does with cases: what belongs to them, limits, working days and sheets."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.office import WHO
from tests.unit.test_history import chain, unsound
from tests.unit.test_undoing import back, case, content, forth, sheet, some_uid
from tracker.attached.events import EVENTS
from tracker.db import events, imported, records
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
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
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.schema.fields import Value

DAYS = ("2020-03-11", "2020-03-25", "2020-04-08")
KINDS = ("suspension", "extension", "added_party", "hearing", "note")
NAMES = ("张三", "李四", "王五")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new file, to be copied."""
    path = tmp_path_factory.mktemp("made") / "cases.db"
    make_office(path, WHO).close()
    return path


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
    return [str(uid) for (uid,) in records.each(office.db, records.Query(DISPUTES), ("uid",))]


def enter(office: Office, data: st.DataObject) -> None:
    accepted, suspended = data.draw(one_of(None, "2020-03-04")), data.draw(one_of(None, 10))
    told = {"accepted_on": accepted, "suspended_days": suspended if accepted else None}
    case(office, data.draw(st.integers(1, 4)), procedure=data.draw(one_of("ordinary", "simplified")), **told)


def edit(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "disputes"):
        key = data.draw(st.sampled_from(sorted(CHANGES)))
        editing.save(office, DISPUTES, {key: data.draw(CHANGES[key])}, uid)


def put_away(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "disputes"):
        editing.bin_records(office, DISPUTES, [uid])


def take_out(office: Office, data: st.DataObject) -> None:
    if uid := some_uid(office, data, "disputes", binned=True):
        editing.restore_records(office, DISPUTES, [uid])


def happen(office: Office, data: st.DataObject) -> None:
    """Add an event of a title that others have too, change one, or drop one."""
    uid = some_uid(office, data, "disputes")
    if uid is None:
        return
    kind, day = data.draw(st.sampled_from(KINDS)), data.draw(st.sampled_from(DAYS))
    until = f"{day[:-2]}{int(day[-2:]) + 5:02d}" if kind == "suspension" else None
    told = {"kind": kind, "happened_on": day, "until": until, "title": data.draw(one_of("开庭", "改期"))}
    there = [str(event["uid"]) for event in attached.of_record(office.db, EVENTS, uid)]
    way = data.draw(st.sampled_from(("add", "change", "drop"))) if there else "add"
    of = data.draw(st.sampled_from(there)) if way != "add" else None
    many = [] if way == "drop" else [{**told, "uid": of}]
    attached.save(office, DISPUTES, uid, EVENTS, many, [of] if of and way == "drop" else [])


def meet(office: Office, data: st.DataObject) -> None:
    """Add a party or drop one; the case's own fields follow."""
    uid = some_uid(office, data, "disputes")
    if uid is None:
        return
    there = [str(party["uid"]) for party in parties.of_record(office.db, uid)]
    if there and data.draw(st.booleans()):
        parties.save(office, DISPUTES, uid, [], [data.draw(st.sampled_from(there))])
    else:
        role = data.draw(one_of("applicant", "respondent"))
        parties.save(office, DISPUTES, uid, [{"role": role, "name": data.draw(one_of(*NAMES))}])


def attach(office: Office, data: st.DataObject) -> None:
    """Put a file to every case at once, or take away those of one."""
    uid = some_uid(office, data, "disputes")
    files = attachments.of_record(office.db, uid) if uid else []
    if uid and files and data.draw(st.booleans()):
        attachments.remove(office, DISPUTES, uid, [file.uid for file in files])
        return
    with office.writing("papers"):
        for each in cases(office):
            attachments.attach(office, DISPUTES, each, [Incoming("笔录.txt", content=b"x")])


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
    enter, enter, edit, put_away, take_out, happen, happen, meet, attach, limit, work, bring, back, forth,
)  # fmt: skip


def whole(office: Office) -> object:
    """All that the file holds and shows, with its settings and what sheets brought."""
    told = content(office, office.catalogue.every.values())
    return told, stored.read(office.db), imported.prints(office.db, DISPUTES)[0]


def astray(office: Office) -> list[str]:
    """Cases whose days due are not what the rules make of them."""
    ledger, found = office.catalogue.by_name["disputes"], []
    for uid in cases(office):
        record = records.get(office.db, ledger, uid) or {}
        due = ledger.derive(record, office.calendar, events.of_record(office.db, uid))
        found += [str(record["case_no"]) for key, day in due.items() if record[key] != day]
    return found


@how(max_examples=25)
@given(st.data())
def test_whatever_is_done_with_cases_goes_back_to_nothing_and_comes_again(
    made: Path, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, closing(open_office(Path(shutil.copy(made, folder)), WHO)) as office:
        begin = whole(office)
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
