"""What one side put away and the other went on with: told with where it is now, whatever it was that went on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.copies import got, held, uids
from tracker.attached.events import EVENTS
from tracker.db.put_away import Apart, Place
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, attachments, editing, merge_words, parties
from tracker.operations.attachments import Incoming
from tracker.operations.merging import merge
from tracker.operations.office import Office
from tracker.operations.verifying import verify

Deed = Callable[[Office, str], object]
NOTE = {"kind": "note", "happened_on": "2020-03-05", "title": "笔记"}


def binned(office: Office, uid: str) -> None:
    editing.bin_records(office, DISPUTES, [uid])


def restored(office: Office, uid: str) -> None:
    editing.restore_records(office, DISPUTES, [uid])


def deleted(office: Office, uid: str) -> None:
    if got(office, uid)["binned_at"] is None:
        binned(office, uid)
    editing.delete_records(office, DISPUTES, [uid])


def changed(office: Office, uid: str) -> None:
    editing.save(office, DISPUTES, {"remarks": "补正"}, uid)


def event(office: Office, uid: str) -> None:
    attached.save(office, DISPUTES, uid, EVENTS, [NOTE])


def party(office: Office, uid: str) -> None:
    parties.save(office, DISPUTES, uid, [{"role": "third", "name": "第三人"}])


def file(office: Office, uid: str) -> None:
    attachments.attach(office, DISPUTES, uid, [Incoming("证据.pdf", content=b"x")])


def apart(office: Office, other: Office) -> list[Apart]:
    found = merge(office, other.db.path, newest=True).apart
    assert verify(office).faults == ()
    return found


def told(two: tuple[Office, Office], uid: str, *deeds: tuple[int, Deed]) -> Apart | None:
    """What a merge tells of a case after these deeds at these copies."""
    for at, deed in deeds:
        deed(two[at], uid)
    (found,) = apart(*two) or [None]
    assert found is None or (found.ledger, found.uid) == ("disputes", uid)
    assert apart(two[1], two[0]) == []  # who takes it in after that has nothing new of the other
    assert held(two[0]) == held(two[1])
    return found


@pytest.mark.parametrize("work", [changed, event, party, file])
@pytest.mark.parametrize(("put", "place"), [(binned, Place.BINNED), (deleted, Place.DELETED)])
@pytest.mark.parametrize("ours", [0, 1])
@pytest.mark.parametrize("later", [False, True])
def test_whatever_was_done_with_what_the_other_side_put_away_is_told(
    two: tuple[Office, Office], work: Deed, put: Deed, place: Place, ours: int, later: bool
) -> None:
    deeds = [(ours, put), (1 - ours, work)]
    found = told(two, uids(two[0])[0], *(reversed(deeds) if later else deeds))
    assert found and (found.put, found.restored, found.now) == (place, False, place)


@pytest.mark.parametrize(("ours", "later"), [(0, False), (0, True), (1, False), (1, True)])
def test_what_is_deleted_there_and_restored_here_is_told_either_way(
    two: tuple[Office, Office], ours: int, later: bool
) -> None:
    uid = uids(two[0])[0]
    binned(two[0], uid)
    merge(two[1], two[0].db.path)
    deeds = [(ours, deleted), (1 - ours, restored)]
    found = told(two, uid, *(reversed(deeds) if later else deeds))
    assert found and (found.put, found.restored) == (Place.DELETED, True)
    assert found.now is (Place.DELETED if later else Place.LISTED)
    assert (got(two[0], uid)["binned_at"] is None) is not later


def test_nothing_is_told_of_what_both_put_away_or_one_put_back(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    first, second, third = uids(ours)
    changed(ours, first)
    for office in two:
        binned(office, first)
    event(theirs, second)
    binned(ours, second)
    restored(ours, second)
    binned(ours, third)
    assert apart(*two) == []
    assert [got(ours, uid)["binned_at"] is None for uid in (first, second, third)] == [False, True, False]


def test_each_has_its_sentence(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    first, second, third = uids(ours)
    binned(ours, third)
    merge(theirs, ours.db.path)
    binned(ours, first)
    event(theirs, first)
    file(theirs, second)
    deleted(ours, second)
    deleted(ours, third)
    restored(theirs, third)
    merged = merge(ours, theirs.db.path)
    assert list(merge_words.to_settle(ours, merged)) == [
        "劳动人事争议仲裁案件 0号：一方已移入回收站，另一方又作了修改；现在回收站中",
        "劳动人事争议仲裁案件 1号：一方已从回收站删除，另一方又作了修改；现已不在任何列表中，可查看其历史",
        "劳动人事争议仲裁案件 2号：一方已从回收站删除，另一方又从回收站恢复；现在列表中",
    ]
    (one,) = (one for one in merge_words.as_json(ours, merged)["binned_and_changed"] if one["uid"] == third)
    assert (one["put"], one["went_on"], one["now"]) == ("deleted", "restored", "listed")
