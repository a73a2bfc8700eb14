"""Derived days are held against the rules of the office wherever all of them were made by these, and nowhere else."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.copies import CASE
from tests.graph import unguarded
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.legal_reviews import LEGAL_REVIEWS
from tracker.operations import backups, editing, opening, recomputing, working_days
from tracker.operations.merging import merge
from tracker.operations.office import Office, open_office, save_settings
from tracker.operations.verifying import verify

FAR = "2099-01-01"
TEXT = "A day that follows from the record is not what the rules make of it: {what}"


def accepted(office: Office, number: str) -> str:
    """By the limits that the office has set."""
    told = {**CASE, "case_no": number, "accepted_on": "2020-03-04", "procedure": "simplified"}
    return editing.save(office, office.catalogue.by_name["disputes"], told).uid


def due(office: Office, uid: str) -> object:
    return office.db.rows("SELECT due_on FROM disputes WHERE uid = ?", (uid,))[0][0]


@pytest.mark.parametrize("told", (FAR, None, "2020-04-17", "x"))
def test_a_day_that_was_changed_shows(office: Office, told: str | None) -> None:
    uid = accepted(office, "1号")
    assert verify(office).faults == () and due(office, uid) not in (told, None)
    with office.db.atomic():
        office.db.run("UPDATE disputes SET due_on = ?", (told,))
    (fault,) = verify(office).faults
    assert (fault.text, fault.what, fault.uid) == (TEXT, ("due_on",), uid)


def test_what_was_computed_by_other_rules_is_computed_anew_instead(office: Office, tmp_path: Path) -> None:
    """As a file of another edition of the holidays is, before it was opened in the window or by a command."""
    uid = accepted(office, "1号")
    right = due(office, uid)
    with office.db.atomic():
        office.db.run("UPDATE disputes SET due_on = ?", (FAR,))
        office.db.run("UPDATE computed SET rules = 'other'")
    assert verify(office).faults == ()
    recomputing.follow(office)
    assert due(office, uid) == right and verify(office).faults == ()


def test_days_by_two_rules_are_by_none(office: Office) -> None:
    """A limit was changed, a case entered before all days followed, and the limit changed back."""
    first = accepted(office, "1号")
    before = due(office, first)
    save_settings(office, {"simplified_days": "20"})
    second = accepted(office, "2号")
    assert due(office, second) != before
    save_settings(office, {"simplified_days": None})
    assert [ledger.name for ledger in recomputing.stale(office)] == ["disputes"]
    assert verify(office).faults == ()
    recomputing.follow(office)
    assert due(office, first) == before == due(office, second) and verify(office).faults == ()


def test_copies_with_other_calendars_stay_sound(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = accepted(ours, "新1号")
    merge(theirs, ours.db.path)
    working_days.set_days(ours, {date.fromisoformat(str(due(ours, uid))): False})
    recomputing.follow(ours)
    editing.save(theirs, DISPUTES, {"accepted_on": "2020-03-05"}, uid)
    accepted(theirs, "新2号")
    for into, of in ((ours, theirs), (theirs, ours)):
        merge(into, of.db.path, newest=True)
        assert verify(into).faults == () and recomputing.stale(into) == ()
    assert due(ours, uid) == due(theirs, uid)


def test_days_that_came_in_from_another_edition_are_computed_anew(two: tuple[Office, Office]) -> None:
    """Also of records without proceedings of their own."""
    ours, theirs = two
    told = {"review_no": "1", "received_on": "2020-03-02", "object": "normative", "title": "办法"}
    uid = editing.save(theirs, LEGAL_REVIEWS, told).uid
    sql = "SELECT due_on FROM legal_reviews WHERE uid = ?"
    right = theirs.db.rows(sql, (uid,))
    with theirs.db.atomic():
        theirs.db.run("UPDATE legal_reviews SET due_on = ?", (FAR,))
        theirs.db.run("UPDATE computed SET rules = 'other'")
    merge(ours, theirs.db.path)
    assert ours.db.rows(sql, (uid,)) == right != [(None,)] and verify(ours).faults == ()


def test_a_backup_and_a_file_for_reading_are_judged_alike(office: Office) -> None:
    accepted(office, "1号")
    made = backups.make(office.db, "asked", new=True)
    for path in (office.db.path, made.path):
        with closing(opening.to_read(path)) as reading:
            assert verify(reading).faults == ()
    with closing(open_office(made.path, office.who)) as copy:
        unguarded(copy.db)
        with copy.db.atomic():
            copy.db.run("UPDATE disputes SET due_on = ?", (FAR,))
    with closing(opening.to_read(made.path)) as reading:
        assert not verify(reading).sound
