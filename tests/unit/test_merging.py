"""Several clerks' copies of one file: whichever takes in which, all come to hold the same, and nothing is lost."""

from __future__ import annotations

import itertools
import json
import lzma
import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.copies import CLERKS, Copies, Held, case, elsewhere, got, held, read, rows_of, uids
from tests.copies_work import listed, to_be_told, worked
from tests.effort import tries
from tests.graph import rehashed
from tests.office import WHO
from tracker.attached.events import EVENTS
from tracker.cli import main
from tracker.db import history
from tracker.db import settings as stored
from tracker.errors import Cancelled, FileProblem, FrozenRecords
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.organisations import ORGANISATIONS
from tracker.operations import (
    attached,
    attachments,
    editing,
    fetching,
    freezing,
    merge_tables,
    merging,
    opening,
    parties,
    recomputing,
    twice,
    undoing,
)
from tracker.operations.attachments import Incoming
from tracker.operations.merging import Conflicts, merge
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.progress import SILENT, Silent
from tracker.operations.verifying import verify
from tracker.period import Period

EARLIER = sorted((Path(__file__).parent.parent / "earlier").glob("*.db.xz"))


def test_new_records_and_fields_of_one_side_come_in(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    first, second, _third = uids(ours)
    editing.save(ours, DISPUTES, {"applicant": "李四"}, first)
    editing.save(theirs, DISPUTES, {"remarks": "补正"}, first)
    editing.bin_records(theirs, DISPUTES, [second])
    new = case(theirs, "9号")
    attachments.attach(theirs, DISPUTES, new, [Incoming("笔录.txt", content=b"x")])
    merged = merge(ours, theirs.db.path)
    assert merged.inserted == {"disputes": 1, "attachments": 1} and merged.updated == {"disputes": 2}
    assert not (merged.conflicts or merged.apart or merged.twice or merged.broken)
    record = got(ours, first)
    assert (record["applicant"], record["remarks"]) == ("李四", "补正")
    assert got(ours, second)["binned_at"] and got(ours, new)["created_by"] == "乙"
    assert verify(ours).faults == ()
    assert [entry.clerk for entry in history.of_record(ours.db, first)] == [WHO.clerk, "甲", "乙"]


def test_the_day_of_hearing_follows_the_hearings_of_both(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    first = uids(ours)[0]
    for office, day in ((ours, "2020-04-03T09:30"), (theirs, "2020-04-01T14:00")):
        attached.save(
            office, DISPUTES, first, EVENTS, [{"kind": "hearing", "title": "开庭", "happened_on": day}]
        )
    merged = merge(ours, theirs.db.path)
    assert got(ours, first)["heard_on"] == "2020-04-01" and not merged.conflicts
    merge(theirs, ours.db.path)
    assert held(ours) == held(theirs) and verify(ours).faults == ()


def test_taking_in_twice_changes_nothing(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    case(theirs, "9号")
    case(ours, "8号")
    assert merge(ours, theirs.db.path).rows == 1
    before = ours.db.rows("SELECT id FROM history"), held(ours)
    assert merge(ours, theirs.db.path).rows == 0
    assert (ours.db.rows("SELECT id FROM history"), held(ours)) == before
    assert merge(theirs, ours.db.path).rows == 2  # the other new case, and the row that joined them
    assert merge(ours, theirs.db.path).rows == 0  # nobody signs for what he already has
    assert held(ours) == held(theirs)


def test_a_conflict_is_told_and_changes_nothing_until_it_is_decided(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = uids(ours)[0]
    editing.save(ours, DISPUTES, {"claim_amount": 100, "remarks": "同"}, uid)
    editing.save(theirs, DISPUTES, {"claim_amount": 200, "remarks": "同"}, uid)
    case(theirs, "9号")
    before = ours.db.rows("SELECT id FROM history"), held(ours)
    with pytest.raises(Conflicts) as told:
        merge(ours, theirs.db.path)
    (conflict,) = told.value.conflicts
    assert (conflict.field, conflict.ours, conflict.theirs, conflict.newest) == (
        "claim_amount",
        100,
        200,
        200,
    )
    assert (ours.db.rows("SELECT id FROM history"), held(ours)) == before
    merge(ours, theirs.db.path, chosen={("disputes", uid, "claim_amount"): 100})
    assert got(ours, uid)["claim_amount"] == 100
    merge(theirs, ours.db.path)  # what was decided once is no conflict any more
    assert held(ours) == held(theirs) and verify(ours).sound and verify(theirs).sound


def test_a_look_tells_all_and_keeps_nothing(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = uids(ours)[0]
    editing.save(ours, DISPUTES, {"claim_amount": 100}, uid)
    editing.save(theirs, DISPUTES, {"claim_amount": 200}, uid)
    save_settings(theirs, {"office": "某某局"})
    case(theirs, "9号")
    before = ours.db.rows("SELECT id FROM history"), held(ours)
    with fetching.fetched(ours, theirs.db.path, None, SILENT) as copy:
        seen = merging.look(ours, copy)
        assert (seen.inserted, seen.settings, len(seen.conflicts)) == ({"disputes": 1}, {"office"}, 1)
        assert (seen.conflicts[0].by_us.clerk, seen.conflicts[0].by_them.clerk) == ("甲", "乙")
        assert (ours.db.rows("SELECT id FROM history"), held(ours)) == before
        assert "office" not in ours.settings
        editing.save(theirs, DISPUTES, {"claim_amount": 300}, uid)  # what was looked at is what comes in
        assert merge(ours, copy, newest=True).rows == seen.rows
    assert got(ours, uid)["claim_amount"] == 200 and ours.settings["office"] == "某某局"
    assert not [p for p in ours.db.path.parent.iterdir() if p.is_dir()]


def test_a_record_is_changed_where_the_choice_is_not_what_it_was(two: tuple[Office, Office]) -> None:
    """Whichever side is the newer: counted is what becomes of ours."""
    ours, theirs = two
    uid = uids(ours)[0]
    place = ("disputes", uid, "claim_amount")
    editing.save(theirs, DISPUTES, {"claim_amount": 200}, uid)
    editing.save(ours, DISPUTES, {"claim_amount": 100}, uid)
    assert merge(ours, theirs.db.path, chosen={place: 200}).updated == {"disputes": 1}
    editing.save(ours, DISPUTES, {"claim_amount": 300}, uid)
    editing.save(theirs, DISPUTES, {"claim_amount": 400}, uid)
    assert merge(ours, theirs.db.path, chosen={place: 300}).updated == {}
    assert got(ours, uid)["claim_amount"] == 300


def test_what_one_side_binned_and_the_other_changed_is_told(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = uids(ours)[0]
    editing.bin_records(ours, DISPUTES, [uid])
    editing.save(theirs, DISPUTES, {"remarks": "补正"}, uid)
    assert [one.uid for one in merge(ours, theirs.db.path).apart] == [uid]
    assert got(ours, uid)["binned_at"] and got(ours, uid)["remarks"] == "补正"
    assert merge(theirs, ours.db.path).rows and held(ours) == held(theirs)


def test_numbers_given_twice_both_stay_and_are_told_until_one_is_changed(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    mine, other = case(ours, "9号"), case(theirs, "第9号")
    found = merge(ours, theirs.db.path).twice
    assert [(one.running, set(one.uids)) for one in found] == [(False, {mine, other}), (True, {mine, other})]
    assert got(ours, mine)["case_no"] == "9号" and got(ours, other)["case_no"] == "第9号"
    editing.save(ours, DISPUTES, {"case_no": "10号"}, other)
    assert [one.running for one in twice.of_ledger(ours.db, DISPUTES)] == [True]
    assert case(ours, "11号") and got(ours, case(ours, "12号"))["no"] == 6


def test_a_number_that_was_given_there_is_not_given_again_though_no_case_has_it_now(
    two: tuple[Office, Office],
) -> None:
    ours, theirs = two
    uid, pattern = uids(theirs)[0], theirs.patterns["disputes"]
    for number in (pattern.number(2020, 8), "0号"):
        editing.save(theirs, DISPUTES, {"case_no": number}, uid)
    case(ours, "9号")  # so that the greater running number is ours
    merge(ours, theirs.db.path)
    assert editing.propose_number(ours, DISPUTES, "2020-05-06") == pattern.number(2020, 9)


def test_parties_of_both_sides_are_all_named(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = uids(ours)[0]
    parties.save(
        ours, DISPUTES, uid, [{"role": "applicant", "name": "张三"}, {"role": "applicant", "name": "李四"}]
    )
    parties.save(theirs, DISPUTES, uid, [{"role": "applicant", "name": "王五"}])
    merge(ours, theirs.db.path)
    merge(theirs, ours.db.path)
    assert set(str(got(ours, uid)["applicant"]).split("、")) == {"张三", "李四", "王五"}
    assert held(ours) == held(theirs)


def test_a_link_made_there_follows_a_name_changed_here(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    body = editing.save(ours, ORGANISATIONS, {"name": "甲调委会", "kind": "township"}).uid
    merge(theirs, ours.db.path)
    uid = uids(theirs)[0]
    editing.save(ours, ORGANISATIONS, {"name": "乙调委会"}, body)
    editing.save(theirs, DISPUTES, {"organisation": "甲调委会"}, uid)
    merge(ours, theirs.db.path)
    assert got(ours, uid)["organisation"] == "乙调委会"
    assert merge(theirs, ours.db.path).rows and held(ours) == held(theirs)


@pytest.mark.parametrize("first", [0, 1])
def test_settings_of_a_computer_stay_on_it(two: tuple[Office, Office], first: int) -> None:
    """Each goes on as it was set there, however often the two exchange; all else is alike on both."""
    ours, theirs = two
    own = {"backup_second": "/media/我的", "lock_minutes": "5", "clerk": "甲"}
    save_settings(ours, {**own, "region": "京怀"})
    save_settings(theirs, {"backup_second": "/media/他的", "office": "某某局"})
    one, other = (two, two[::-1])[first]
    assert merge(one, other.db.path).conflicts == []
    assert merge(other, one.db.path).conflicts == []
    assert merge(one, other.db.path).rows == 0 == merge(other, one.db.path).rows
    assert ours.settings == {**own, "region": "京怀", "office": "某某局"}
    assert theirs.settings == {"backup_second": "/media/他的", "region": "京怀", "office": "某某局"}
    assert verify(ours).faults == () == verify(theirs).faults
    save_settings(theirs, {"backup_second": None})
    assert verify(theirs).faults == ()
    merge(ours, theirs.db.path)
    assert ours.settings["backup_second"] == "/media/我的" and verify(ours).faults == ()


def test_a_setting_of_a_computer_that_nobody_ever_made_is_a_fault(two: tuple[Office, Office]) -> None:
    ours, _theirs = two
    save_settings(ours, {"backup_second": "/media/我的"})
    with ours.db.atomic():
        ours.db.run("UPDATE settings SET value = '/elsewhere' WHERE key = 'backup_second'")
    assert [fault.what for fault in verify(ours).faults] == [("backup_second",)]


def test_a_setting_that_was_decided_as_ours_comes_not_in(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    save_settings(ours, {"region": "京怀"})
    save_settings(theirs, {"region": "京昌"})
    choice = {("settings", "settings", "region"): "京怀"}
    with fetching.fetched(ours, theirs.db.path, None, SILENT) as copy:
        seen = merge_tables.look(ours, copy, SILENT)
        assert seen.merged.settings == {"region"}
        assert merge_tables.as_chosen(seen, choice).settings == set()
        assert merge_tables.merge(ours, seen, choice, SILENT).merged.settings == set()
    assert ours.settings["region"] == "京怀" and verify(ours).faults == ()


def test_settings_and_own_fields_come_in(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    save_settings(ours, {"region": "京怀"})
    save_settings(theirs, {"office": "某某局"})
    merge(ours, theirs.db.path)
    assert stored.read(ours.db) == {"region": "京怀", "office": "某某局"}
    save_settings(ours, {"region": "京海"})
    save_settings(theirs, {"region": "京昌"})
    with pytest.raises(Conflicts):
        merge(ours, theirs.db.path)
    merge(ours, theirs.db.path, newest=True)
    assert stored.read(ours.db)["region"] == "京昌" and ours.settings["region"] == "京昌"


def test_what_either_froze_needs_a_reason(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    uid = uids(ours)[0]
    editing.save(ours, DISPUTES, {"remarks": "后改"}, uid)
    freezing.freeze(theirs, Period.year(2020), "年报")
    before = held(ours)
    with pytest.raises(FrozenRecords):
        merge(ours, theirs.db.path)
    assert held(ours) == before
    with ours.because("合并"):
        merge(ours, theirs.db.path)
    with pytest.raises(FrozenRecords):
        editing.save(ours, DISPUTES, {"remarks": "再改"}, uid)
    with pytest.raises(FrozenRecords):
        merge(theirs, ours.db.path)
    with theirs.because("合并"):
        merge(theirs, ours.db.path)
    assert held(ours) == held(theirs) and verify(ours).faults == () == verify(theirs).faults


def test_own_steps_can_still_be_taken_back(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    ours.keep_backups(pytest.fail)
    uid = uids(ours)[0]
    editing.save(ours, DISPUTES, {"remarks": "我的"}, uid)
    editing.save(theirs, DISPUTES, {"claim_amount": 200}, uid)
    merge(ours, theirs.db.path)
    assert "备份" in undoing.offered(ours).undo
    with pytest.raises(undoing.Wall, match="合并前"):  # rather than what was done before, unasked
        undoing.undo(ours)
    assert got(ours, uid)["remarks"] == "我的"
    undoing.undo(ours)
    assert (got(ours, uid)["remarks"], got(ours, uid)["claim_amount"]) == (None, 200)
    assert verify(ours).sound


def test_a_file_that_was_altered_or_is_this_one_is_refused(
    two: tuple[Office, Office], tmp_path: Path
) -> None:
    ours, theirs = two
    with pytest.raises(FileProblem):
        merge(ours, ours.db.path)
    with pytest.raises(FileProblem):
        merge(ours, tmp_path / "missing.db")
    with theirs.db.atomic():
        theirs.db.run("UPDATE disputes SET remarks = '改'")
    before, there = held(ours), {p.name for p in tmp_path.iterdir()}
    with pytest.raises(FileProblem, match=r"1\.db"):
        merge(ours, theirs.db.path)
    assert held(ours) == before
    assert {p.name for p in tmp_path.iterdir()} == there, "a copy of the other file was left"


def test_a_file_that_tells_otherwise_of_what_both_have_is_refused(two: tuple[Office, Office]) -> None:
    """Rewritten past the program with hashes that fit: sound in itself, but not what we have."""
    ours, theirs = two
    with theirs.db.atomic():
        theirs.db.run("UPDATE disputes SET respondent = '别家公司'")
    rehashed(theirs.db, "UPDATE history SET changes = replace(changes, '某公司', '别家公司')")
    case(theirs, "9号")
    assert verify(theirs).sound
    before = held(ours)
    with pytest.raises(FileProblem, match="记载不同"):
        merge(ours, theirs.db.path)
    assert held(ours) == before and verify(ours).sound


def test_files_of_different_passwords(two: tuple[Office, Office], tmp_path: Path) -> None:
    ours, _theirs = two
    with closing(make_office(tmp_path / "sealed.db", CLERKS[2], key="秘'密")) as sealed:
        case(sealed, "77号")
    with pytest.raises(FileProblem):
        merge(ours, tmp_path / "sealed.db")
    assert merge(ours, tmp_path / "sealed.db", "秘'密").inserted == {"disputes": 1}
    assert verify(ours).sound
    with closing(open_office(tmp_path / "sealed.db", CLERKS[2], key="秘'密")) as sealed:
        assert merge(sealed, ours.db.path).inserted["disputes"] == 3
        assert verify(sealed).sound and held(sealed) == held(ours)


def test_copies_of_a_file_that_is_ahead_of_their_clocks_lose_nothing(common: Path, tmp_path: Path) -> None:
    """Both go on from the same row, each on a computer of its own."""
    elsewhere(timedelta(hours=8))
    with closing(open_office(common, WHO)) as office:
        first, second = uids(office)[:2]
        editing.save(office, DISPUTES, {"remarks": "明天"}, first)
    paths = [Path(shutil.copy(common, tmp_path / name)) for name in ("ours.db", "theirs.db")]
    for path, uid, remarks in zip(paths, (first, second), ("甲", "乙"), strict=True):
        elsewhere()
        with closing(open_office(path, WHO)) as office:
            editing.save(office, DISPUTES, {"remarks": remarks}, uid)
    elsewhere()
    with closing(open_office(paths[0], WHO)) as office:
        assert merge(office, paths[1]).updated == {"disputes": 1}
        assert [got(office, uid)["remarks"] for uid in (first, second)] == ["甲", "乙"]
        assert verify(office).faults == ()


def test_what_was_chosen_comes_after_a_file_that_is_ahead(common: Path, tmp_path: Path) -> None:
    ours, theirs = (Path(shutil.copy(common, tmp_path / name)) for name in ("ours.db", "theirs.db"))
    elsewhere(timedelta(days=1))
    with closing(open_office(theirs, CLERKS[1])) as office:
        uid = uids(office)[0]
        editing.save(office, DISPUTES, {"remarks": "对方"}, uid)
    elsewhere()
    with closing(open_office(ours, CLERKS[0])) as office:
        editing.save(office, DISPUTES, {"remarks": "本方"}, uid)
        merge(office, theirs, chosen={("disputes", uid, "remarks"): "本方"})
        assert got(office, uid)["remarks"] == "本方" and verify(office).faults == ()


def test_what_came_in_is_told_though_the_days_are_not_computed_anew(two: tuple[Office, Office]) -> None:
    """Stopped after the merge itself: the days follow when the file is opened the next time."""

    class Impatient(Silent):
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            if "届满日" in text:
                raise Cancelled

    ours, theirs = two
    new = case(theirs, "9号")
    with theirs.db.atomic():
        theirs.db.run("UPDATE computed SET rules = 'another'")
    path, heard = ours.db.path, list[str]()
    ours.listener = heard.append
    assert merge(ours, theirs.db.path, progress=Impatient()).inserted == {"disputes": 1}
    assert len(heard) == 1 and "重新计算" in heard[0]
    assert got(ours, new) and ours.db.rows("SELECT count(*) FROM computed WHERE ledger = 'disputes'") == [
        (0,)
    ]
    ours.close()
    with closing(opening.to_write(path, WHO)) as office:
        recomputing.follow(office)
        assert verify(office).faults == ()
        assert office.db.rows("SELECT count(*) FROM computed WHERE ledger = 'disputes'") == [(1,)]


@pytest.mark.parametrize("table", ("history", "operations"))
def test_a_change_of_which_both_tell_differently_is_refused(two: tuple[Office, Office], table: str) -> None:
    """Also where nothing else would come in."""
    ours, theirs = two
    if table == "history":
        rehashed(theirs.db, "UPDATE history SET changes = replace(changes, '张三', '李四')")
        with theirs.db.atomic():
            theirs.db.run("UPDATE disputes SET applicant = '李四'")
    else:
        case(ours, "8号")
        case(theirs, "9号")
        (mine,), (other,) = (side.db.rows("SELECT max(id) FROM operations")[0] for side in (ours, theirs))
        told = f"'{mine}', at, clerk, origin, kind, note"
        with theirs.db.atomic():
            theirs.db.run(f"INSERT INTO operations SELECT {told} FROM operations WHERE id = '{other}'")
        rehashed(theirs.db, f"UPDATE history SET operation = '{mine}' WHERE operation = '{other}'")
        with theirs.db.atomic():
            theirs.db.run(f"DELETE FROM operations WHERE id = '{other}'")
    assert verify(theirs).faults == ()
    before = ours.db.rows("SELECT * FROM history"), held(ours)
    with pytest.raises(FileProblem, match="不同"):
        merge(ours, theirs.db.path)
    assert (ours.db.rows("SELECT * FROM history"), held(ours)) == before


ORDERS = tuple(itertools.permutations(range(3)))


@how(max_examples=tries(6))
@given(st.data())
def test_three_copies_converge_whoever_takes_in_whom(common: Path, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        copies = Copies(Path(folder), common)
        worked(copies, data, 4)
        orders = data.draw(st.lists(st.sampled_from(ORDERS), min_size=2, max_size=2, unique=True))
        one, another = (_taken(copies, order, Path(folder), common) for order in orders)
        assert one == another


@how(max_examples=tries(4))
@given(st.data())
def test_copies_that_go_on_between_merges_converge(common: Path, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        copies = Copies(Path(folder), common)
        for _round in range(2):
            worked(copies, data, 2)
            into, of = data.draw(st.sampled_from([(0, 1), (1, 0), (2, 0), (0, 2), (1, 2)]))
            with closing(copies.open(into)) as office, office.because("合并"):
                merge(office, copies.paths[of], newest=True)
        one, another = (_taken(copies, order, Path(folder)) for order in ((0, 1, 2), (2, 1, 0)))
        assert one == another


def _taken(copies: Copies, order: Sequence[int], folder: Path, common: Path | None = None) -> Held:
    """What a copy of the first holds once it has taken in the others in this order: with their whole history, and all
    told that is in no list any more, where these are still as `common` was but for what their clerks did."""
    path = folder / "end.db"
    path.unlink(missing_ok=True)
    shutil.copy(copies.paths[order[0]], path)
    with closing(open_office(path, WHO)) as office:
        rows = rows_of(office.db)
        for n in order[1:]:
            before = listed(office.db)
            with office.because("合并"):
                merged = merge(office, copies.paths[n], newest=True)
            with read(copies.paths[n]) as other:
                rows |= rows_of(other)
                sides = [before, listed(other)]
            if common:
                with read(common) as begin:
                    lost = to_be_told(listed(begin), sides, listed(office.db))
                assert lost <= {one.uid for one in merged.apart}
        assert verify(office).faults == () and rows <= rows_of(office.db)
        return held(office)


@pytest.mark.parametrize("earlier", EARLIER, ids=lambda path: path.name)
def test_files_of_earlier_programs_are_taken_in_and_left_as_they_are(earlier: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(lzma.decompress(earlier.read_bytes()))
    before = other.read_bytes()
    with closing(make_office(tmp_path / "ours.db", CLERKS[0])) as ours:
        case(ours, "1号")
        with ours.because("合并"):
            merged = merge(ours, other)
        assert merged.inserted["disputes"] == 4 and verify(ours).faults == ()
        with ours.because("合并"):
            assert merge(ours, other).rows == 0
    assert other.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused_in_a_sentence(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    with theirs.db.atomic():
        theirs.db.run(
            "INSERT INTO _sqlite_migrations SELECT id + 1000, migration_set, 'of_tomorrow', applied_at "
            "FROM _sqlite_migrations LIMIT 1"
        )
    before = held(ours)
    with pytest.raises(FileProblem, match=r"1\.case|1\.db") as told:
        merge(ours, theirs.db.path)
    assert "更新" in str(told.value) or "新版" in str(told.value)
    assert held(ours) == before and not [p for p in ours.db.path.parent.iterdir() if p.is_dir()]


def test_the_command_warns_of_a_file_without_shared_history_and_goes_on(
    two: tuple[Office, Office], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = two
    case(theirs, "5号")
    with closing(make_office(tmp_path / "strange.db", CLERKS[1])) as strange:
        case(strange, "77号")
        save_settings(strange, {"office": "乙市仲裁院"})
    files = theirs.db.path, tmp_path / "strange.db"
    path = str(ours.db.path)
    ours.close()
    told = []
    for file in files:
        assert main(["merge", str(file), "--file", path, "--json", "--clerk", "甲"]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["inserted"] == 1
        told.append(err.strip())
    assert told[0] == "" and "乙市仲裁院" in told[1] and "\n" not in told[1]
