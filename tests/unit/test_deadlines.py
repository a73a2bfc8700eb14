"""What is due on a day, told from what was known on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.effort import tries
from tests.office import WHO, new_office
from tracker.attached.events import EVENTS
from tracker.db import agenda, computed, events, history, records
from tracker.db.records import Query, Record
from tracker.errors import Cancelled
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.litigation import LITIGATION
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import attached, deadlines, editing, recomputing, undoing
from tracker.operations.office import Office, open_office
from tracker.schema.fields import Value
from tracker.schema.filters import ALL

CASE: dict[str, Value] = {
    "case_no": "1号",
    "applied_on": "2020-03-02",
    "accepted_on": "2020-03-04",
    "applicant": "张三",
    "respondent": "某公司",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def _award(office: Office, on: str, within: int = 30) -> list[tuple[str, int, int]]:
    found = deadlines.due(office, date.fromisoformat(on), within)
    return [(d.due_on.isoformat(), d.days_left, d.warn_left) for d in found if d.clock == "award"]


def test_a_case_is_due_from_thirty_days_before_until_it_closes(office: Office) -> None:
    closed: dict[str, Value] = {"closed_on": "2020-04-25", "closing_method": "mediation"}
    editing.save(office, DISPUTES, {**CASE, **closed})
    # 45 days after 4 March are 18 April, a Saturday: rolled to Monday the 20th
    assert _award(office, "2020-03-20") == []  # 31 days left
    assert _award(office, "2020-03-21") == [("2020-04-20", 30, 28)]
    assert _award(office, "2020-04-24") == [("2020-04-20", -4, -6)]  # the closing is not known yet
    assert _award(office, "2020-04-25") == []


def test_what_is_dated_later_is_not_known(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    assert _award(office, "2020-03-03", within=90) == []
    assert _award(office, "2020-03-04", within=90) == [("2020-04-20", 47, 45)]


def _save(office: Office, many: list[dict[str, Value]], drop: tuple[str, ...] = ()) -> Record:
    (case,) = records.each(office.db, Query(DISPUTES), ["uid"])
    attached.save(office, DISPUTES, str(case[0]), EVENTS, many, drop)
    found = records.get(office.db, DISPUTES, str(case[0]))
    assert found
    return found


def _event(kind: str, day: str, **more: Value) -> dict[str, Value]:
    return {"kind": kind, "title": kind, "happened_on": day, **more}


def test_the_record_follows_its_events_and_their_end(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    case = _save(office, [_event("suspension", "2020-03-11", until="2020-03-20")])
    assert (case["suspended_days"], case["due_on"]) == (10, "2020-04-28")
    case = _save(office, [_event("extension", "2020-04-10", days=10)])
    assert (case["extended"], case["due_on"]) == (1, "2020-05-08")
    case = _save(office, [_event("added_party", "2020-04-15")])
    assert (case["suspended_days"], case["extended"], case["due_on"]) == (0, 0, "2020-06-01")
    uids = [str(e["uid"]) for e in attached.of_record(office.db, EVENTS, str(case["uid"]))]
    case = _save(office, [], tuple(uids))
    assert (case["suspended_days"], case["extended"], case["due_on"]) == (None, None, "2020-04-20")
    actions = [
        entry.changes for entry in history.of_record(office.db, str(case["uid"])) if entry.action == "update"
    ]
    assert {"suspended_days": [None, 10]} in actions  # what is not derived is in the history


def test_a_form_or_a_sheet_does_not_overrule_the_events(office: Office) -> None:
    uid = editing.save(office, DISPUTES, CASE).uid
    _save(office, [_event("suspension", "2020-03-11", until="2020-03-20")])
    editing.save(office, DISPUTES, {**CASE, "suspended_days": 99, "respondent": "另一公司"}, uid)
    found = records.get(office.db, DISPUTES, uid)
    assert found and (found["suspended_days"], found["due_on"]) == (10, "2020-04-28")
    assert found["respondent"] == "另一公司"


def test_the_day_of_the_hearing_is_that_of_the_first_hearing_entered(office: Office) -> None:
    """What waits for a day of hearing waits no longer, and no later hearing moves a case to another year's figures."""
    uid = editing.save(office, DISPUTES, CASE).uid
    step = next(step for step in DISPUTES.agenda.waiting if step.key == "hear")
    assert step.when.matches(records.get(office.db, DISPUTES, uid) or {})
    case = _save(office, [_event("hearing", "2020-03-27T09:30"), _event("hearing", "2020-03-25T14:00")])
    assert case["heard_on"] == "2020-03-25" and not step.when.matches(case)
    assert agenda.count_waiting(office.db, DISPUTES, step, ALL) == 0
    first = attached.of_record(office.db, EVENTS, uid)[0]
    case = _save(office, [{"uid": first["uid"], "happened_on": "2020-04-01T09:00"}])  # put off
    assert case["heard_on"] == "2020-03-27"
    editing.save(office, DISPUTES, {"heard_on": "2020-03-09"}, uid)  # the events stay
    assert (records.get(office.db, DISPUTES, uid) or {})["heard_on"] == "2020-03-27"
    case = _save(office, [], tuple(str(e["uid"]) for e in attached.of_record(office.db, EVENTS, uid)))
    assert case["heard_on"] is None and agenda.count_waiting(office.db, DISPUTES, step, ALL) == 1


def test_a_day_of_hearing_without_events_stands_as_typed(office: Office) -> None:
    uid = editing.save(office, DISPUTES, {**CASE, "heard_on": "2020-03-25"}).uid
    assert _save(office, [_event("service", "2020-03-20")])["heard_on"] == "2020-03-25"
    assert _save(office, [_event("hearing", "2020-03-27")])["heard_on"] == "2020-03-27"
    assert undoing.undo(office).changed.ledgers >= {"disputes"}
    assert (records.get(office.db, DISPUTES, uid) or {})["heard_on"] == "2020-03-25"


def test_an_archived_case_waits_for_its_archiving_no_longer(office: Office) -> None:
    editing.save(office, DISPUTES, {**CASE, "closed_on": "2020-04-10", "closing_method": "mediation"})
    step = next(step for step in DISPUTES.agenda.waiting if step.key == "archive")
    assert agenda.count_waiting(office.db, DISPUTES, step, ALL) == 1
    assert _save(office, [_event("archiving", "2020-05-08")])["archived_on"] == "2020-05-08"
    assert agenda.count_waiting(office.db, DISPUTES, step, ALL) == 0


def test_hearings_of_a_suit_are_followed_too(office: Office) -> None:
    suit: dict[str, Value] = {
        "case_no": "应1号",
        "filed_on": "2020-03-02",
        "kind": "lawsuit",
        "stage": "first",
    }
    uid = editing.save(office, LITIGATION, suit).uid
    attached.save(office, LITIGATION, uid, EVENTS, [_event("hearing", "2020-05-08T09:30")])
    assert (records.get(office.db, LITIGATION, uid) or {})["heard_on"] == "2020-05-08"


def test_a_file_in_which_hearings_were_entered_before_follows_them_when_it_is_opened(tmp_path: Path) -> None:
    """As the version before wrote it: the rules noted are others, the field is empty."""
    with closing(new_office(tmp_path / "older.db", WHO)) as older:
        uid = editing.save(older, DISPUTES, CASE).uid
        attached.save(older, DISPUTES, uid, EVENTS, [_event("hearing", "2020-03-27T09:30")])
        with older.db.atomic():
            older.db.run("UPDATE disputes SET heard_on = NULL")
            computed.note(older.db, replace(DISPUTES, first_days=()), older.calendar)
    with closing(open_office(tmp_path / "older.db", WHO)) as office:
        assert DISPUTES.name in recomputing.follow(office).changed.ledgers
        assert (records.get(office.db, DISPUTES, uid) or {})["heard_on"] == "2020-03-27"
        assert recomputing.stale(office) == ()


def test_a_new_day_of_acceptance_counts_the_events_anew(office: Office) -> None:
    uid = editing.save(office, DISPUTES, CASE).uid
    _save(office, [_event("suspension", "2020-03-11", until="2020-03-20")])
    editing.save(office, DISPUTES, {"accepted_on": "2020-03-15"}, uid)
    found = records.get(office.db, DISPUTES, uid)
    assert found and (found["suspended_days"], found["due_on"]) == (5, "2020-05-06")


def test_events_dated_later_are_not_known(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    _save(office, [_event("extension", "2020-04-10"), _event("suspension", "2020-03-11", until="2020-03-20")])
    assert _award(office, "2020-03-10", within=90) == [("2020-04-20", 41, 39)]
    assert _award(office, "2020-03-15", within=90) == [("2020-04-23", 39, 39)]  # five days so far
    assert _award(office, "2020-04-09", within=90) == [("2020-04-28", 19, 19)]
    assert _award(office, "2020-04-10", within=90) == [("2020-05-13", 33, 33)]


def test_a_suspended_case_says_that_its_clock_stands(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    assert _save(office, [_event("suspension", "2020-03-11")])["due_on"] is None
    (found,) = (d for d in deadlines.due(office, date(2020, 4, 30), 60) if d.clock == "award")
    assert found.stands and found.due_on == date(2020, 6, 8)  # 39 days were left: 8 June


def test_cases_alike_but_for_their_events_are_counted_each_by_itself(office: Office) -> None:
    uids = [editing.save(office, DISPUTES, {**CASE, "case_no": f"{n}号"}).uid for n in (1, 2, 3)]
    attached.save(office, DISPUTES, uids[1], EVENTS, [_event("added_party", "2020-03-20")])  # in no field
    found = {d.uid: d.due_on for d in deadlines.due(office, date(2020, 3, 25), 60) if d.clock == "award"}
    assert [found[uid] for uid in uids] == [date(2020, 4, 20), date(2020, 5, 6), date(2020, 4, 20)]


def test_what_needs_an_event_is_told_only_where_events_are_kept(office: Office) -> None:
    editing.save(office, DISPUTES, CASE)
    on = date(2020, 3, 11)
    assert {d.clock for d in deadlines.due(office, on, 90)} == {"award"}
    _save(office, [_event("acceptance", "2020-03-04")])
    assert {d.clock for d in deadlines.due(office, on, 90)} == {"award", "copy", "tribunal"}
    _save(office, [_event("service", "2020-03-06")])
    assert {d.clock for d in deadlines.due(office, on, 90)} == {"award", "tribunal"}


def test_the_parties_time_is_never_overdue(office: Office) -> None:
    closed: dict[str, Value] = {"closed_on": "2020-04-10", "closing_method": "award"}
    editing.save(office, DISPUTES, {**CASE, **closed})
    _save(office, [_event("service", "2020-04-13")])
    told = {day: {d.clock for d in deadlines.due(office, date(2020, 4, day))} for day in (12, 13, 28, 29)}
    assert told == {12: set(), 13: {"sue"}, 28: {"sue"}, 29: set()}


def test_a_decision_is_known_from_its_notice_on(office: Office) -> None:
    petition: dict[str, Value] = {
        "petition_no": "1号",
        "received_on": "2020-03-02",
        "channel": "letter",
        "petitioner": "张三",
        "subject": "wages",
        "decision": "not_accepted",
        "decided_on": "2020-03-16",
    }
    editing.save(office, PETITIONS, petition)
    before = {d.clock for d in deadlines.due(office, date(2020, 3, 15), 90)}
    assert before == {"handling", "notice"}
    assert deadlines.due(office, date(2020, 3, 16), 90) == ()


def test_undoing_an_event_gives_the_field_back_what_was_typed(office: Office) -> None:
    uid = editing.save(office, DISPUTES, {**CASE, "suspended_days": 3}).uid
    _save(office, [_event("suspension", "2020-03-11", until="2020-03-20")])
    undoing.undo(office)
    found = records.get(office.db, DISPUTES, uid)
    assert found and (found["suspended_days"], found["due_on"]) == (3, "2020-04-21")


@settings(max_examples=tries(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_counted_together_is_told_for_each_case(
    tmp_path_factory: pytest.TempPathFactory, data: DataObject
) -> None:
    """Against every clock run for every case by itself, whatever begins late, is stopped or moved by an event."""
    office = new_office(tmp_path_factory.mktemp("due") / "cases.db", WHO)
    some = st.dates(date(2020, 1, 1), date(2020, 6, 30)).map(date.isoformat)
    for n in range(data.draw(st.integers(1, 8))):
        first = data.draw(some)
        case: dict[str, Value] = {**CASE, "case_no": f"{n}号", "applied_on": first, "accepted_on": None}
        if data.draw(st.booleans()):
            case |= {
                "accepted_on": max(first, data.draw(some)),
                "extended": data.draw(st.sampled_from([None, 1])),
            }
        uid = editing.save(office, DISPUTES, case).uid
        if data.draw(st.booleans()):
            kind = data.draw(
                st.sampled_from(["acceptance", "suspension", "added_party", "extension", "service"])
            )
            attached.save(office, DISPUTES, uid, EVENTS, [_event(kind, data.draw(some))])
    on, within = data.draw(st.dates(date(2020, 1, 1), date(2020, 9, 30))), data.draw(st.integers(0, 60))
    expected = set()
    for uid in [str(row[0]) for row in records.each(office.db, Query(DISPUTES), ["uid"])]:
        record = records.get(office.db, DISPUTES, uid)
        assert record
        known, happened = DISPUTES.known(record, on.isoformat()), events.of_record(office.db, uid)
        for clock in DISPUTES.clocks:
            run = clock.run(known, office.calendar, happened, on)
            stopped = any(known[key] for key in clock.stopped_by)
            if not run or not run.rolled or stopped or clock.ended(run, happened, on):
                continue
            if (run.rolled - on).days <= within and not (clock.lapses and run.rolled < on):
                expected.add((uid, clock.key, run.rolled))
    assert {(d.uid, d.clock, d.due_on) for d in deadlines.due(office, on, within)} == expected
    assert deadlines.count(office, on, within) == len(expected)
    office.close()


def test_a_long_reading_can_be_stopped_between_its_blocks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        editing.save(office, DISPUTES, {**CASE, "case_no": f"{n}号", "accepted_on": None})
    monkeypatch.setattr(deadlines, "AT_ONCE", 2)
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        deadlines.due(office, date(2020, 4, 1), check=check)
    assert deadlines.count(office, date(2020, 4, 1)) == 5
