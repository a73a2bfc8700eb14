"""Frozen figures of several copies: the reason for a merge holds throughout it, and all come to know one end."""

from __future__ import annotations

import pytest

from tests.copies import case, held, uids
from tracker.db.freezes import all_freezes
from tracker.errors import FrozenRecords
from tracker.operations import customising, editing, freezing
from tracker.operations.merging import merge
from tracker.operations.office import Office, save_settings
from tracker.operations.verifying import verify
from tracker.period import Period

YEAR = Period.year(2020)


def test_one_reason_is_enough_for_a_merge_that_brings_settings_too(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    freezing.freeze(ours, YEAR)
    new = case(theirs, "9号")
    save_settings(theirs, {"office_phone": "010-1"})
    with ours.because("补录"):
        assert merge(ours, theirs.db.path).inserted == {"disputes": 1}
    assert ours.settings["office_phone"] == "010-1" and new in uids(ours)
    assert ours.db.rows("SELECT * FROM reasons") == [] and verify(ours).faults == ()


def test_one_reason_is_enough_for_a_merge_that_brings_fields_too(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    freezing.freeze(ours, YEAR)
    ledger = theirs.catalogue.by_name["disputes"]
    key, _changed = customising.add_field(theirs, ledger, "自填", "text")
    editing.save(theirs, theirs.catalogue.by_name["disputes"], {key: "有"}, uids(theirs)[0])
    with ours.because("补录"):
        merge(ours, theirs.db.path)
    with theirs.because("补录"):
        merge(theirs, ours.db.path)
    assert held(ours) == held(theirs) and verify(ours).faults == ()


def test_what_both_have_ended_has_ended_once_in_all_copies(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    freezing.freeze(ours, YEAR, "年报")
    merge(theirs, ours.db.path)
    for office, why in ((theirs, "乙的理由"), (ours, "甲的理由")):
        freezing.unfreeze(office, all_freezes(office.db)[0], why)
    merge(ours, theirs.db.path)
    merge(theirs, ours.db.path)
    for office in two:
        (one,) = all_freezes(office.db)
        assert (one.thawed_by, one.thawed_why) == ("乙", "乙的理由") and verify(office).faults == ()
        with pytest.raises(FrozenRecords), office.db.atomic():
            office.db.run("UPDATE freezes SET thawed_why = '另一个'")
