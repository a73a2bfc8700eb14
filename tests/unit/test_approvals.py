"""An extension without approver is told, and nothing is refused for it."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.attached.events import EVENTS
from tracker.db.records import Record
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations.approvals import unapproved
from tracker.schema.ledger import Ledger

TODAY = date(2020, 7, 1)
EXTENDED: Record = {"extended": 1}


def event(kind: str = "extension", by: str | None = None) -> Record:
    return {"uid": "1", "kind": kind, "happened_on": "2020-06-30", "title": "x", "approved_by": by}


@pytest.mark.parametrize("ledger", (DISPUTES, PETITIONS))
def test_an_event_without_approver_is_told_whatever_the_field_says(ledger: Ledger) -> None:
    for record in ({}, EXTENDED, {"closed_on": "2020-07-01"}):
        found = unapproved(ledger, record, [event(by="某局长"), event()], TODAY)
        assert found and found.event["uid"] == "1" and "2020-06-30" in found.text
        assert unapproved(ledger, record, [event(by="某局长"), event("note")], TODAY) is None


@pytest.mark.parametrize("ledger", (DISPUTES, PETITIONS))
def test_a_mere_yes_offers_an_event_while_the_clock_runs(ledger: Ledger) -> None:
    found = unapproved(ledger, EXTENDED, [event("note")], TODAY)
    assert found and found.event == {"kind": "extension", "happened_on": "2020-07-01"}
    assert unapproved(ledger, {**EXTENDED, "closed_on": "2020-07-01"}, [], TODAY) is None
    assert unapproved(ledger, {"extended": 0}, [], TODAY) is None


def test_the_event_itself_has_a_warning_and_no_wall() -> None:
    whole = {**event(), "of": "disputes", "record": "1"}
    (found,) = EVENTS.problems(whole)
    assert (found.field, found.warning) == ("approved_by", True)
    assert EVENTS.problems({**whole, "approved_by": "某局长"}) == ()
    assert EVENTS.problems({**whole, "kind": "note"}) == ()


def test_a_suspension_that_goes_on_without_a_reason_is_told() -> None:
    held: Record = {
        "uid": "2",
        "kind": "suspension",
        "happened_on": "2020-06-30",
        "until": None,
        "title": "x",
    }
    found = unapproved(DISPUTES, {}, [held], TODAY)
    assert found and (found.field, found.event["uid"]) == ("reason", "2") and "2020-06-30" in found.text
    assert unapproved(DISPUTES, {}, [{**held, "reason": "等待工伤认定"}], TODAY) is None
    assert (
        unapproved(DISPUTES, {}, [{**held, "until": "2020-06-30"}], TODAY) is None
    )  # over: nobody waits for it
    assert unapproved(DISPUTES, {}, [{**held, "kind": "announcement"}], TODAY) is None
    first = unapproved(DISPUTES, {}, [event(), held], TODAY)
    assert first and first.field == "approved_by"


def test_the_suspension_itself_has_a_warning_and_no_wall() -> None:
    whole = {**event("suspension"), "of": "disputes", "record": "1"}
    (found,) = EVENTS.problems(whole)
    assert (found.field, found.warning) == ("reason", True)
    assert EVENTS.problems({**whole, "reason": "等待工伤认定"}) == ()
