"""A part of a file: it opens as any file, tells its whole history of what it holds, and comes back by merging."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.copies import CLERKS, Copies, Held, case, got, held, read, rows_of, uids
from tests.copies_work import worked
from tests.effort import tries
from tests.left_open import damage
from tests.office import WHO
from tracker.cli import main
from tracker.db import gaps, history
from tracker.errors import FileProblem, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.organisations import ORGANISATIONS
from tracker.operations import attachments, backups, editing, freezing, partial, parting
from tracker.operations.attachments import Incoming
from tracker.operations.merging import merge
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.parting import Choice
from tracker.operations.verifying import gap_told, verify
from tracker.period import Period

YEAR = Choice(first="2021-01-01", last="2021-12-31")


def later(office: Office, number: str, **more: str) -> str:
    return case(office, number, applied_on="2021-05-06", **more)


@pytest.fixture
def parted(two: tuple[Office, Office], tmp_path: Path) -> Iterator[tuple[Office, Office, Path]]:
    """Two copies, and a part of the first: its cases of 2021 with a file and a named body, changed in between."""
    ours, theirs = two
    save_settings(ours, {"region": "京怀"})
    editing.save(ours, ORGANISATIONS, {"name": "甲调委会", "kind": "township"})
    editing.save(ours, ORGANISATIONS, {"name": "乙调委会", "kind": "township"})
    uid = later(ours, "21号", organisation="甲调委会")
    case(ours, "旁的")
    attachments.attach(ours, DISPUTES, uid, [Incoming("笔录.txt", content=b"x")])
    editing.save(ours, DISPUTES, {"remarks": "补正"}, uid)
    yield ours, theirs, parting.write(ours, YEAR, tmp_path / "part.case").path


def test_a_part_opens_as_any_file_and_is_sound(parted: tuple[Office, Office, Path]) -> None:
    ours, _theirs, path = parted
    with closing(open_office(path, WHO)) as part:
        assert verify(part).faults == ()
        (uid,) = uids(part)
        assert part.settings["region"] == "京怀"
        assert [r[0] for r in part.db.rows("SELECT name FROM organisations")] == ["甲调委会"]
        (file,) = attachments.of_record(part.db, uid)
        assert attachments.content(part.db, file) == b"x"
        assert list(history.of_record(part.db, uid)) == list(history.of_record(ours.db, uid))
        editing.save(part, DISPUTES, {"remarks": "在别处改"}, uid)
        assert got(part, later(part, "22号"))["no"] == got(ours, uid)["no"] + 1
        assert verify(part).faults == ()


def test_settings_of_a_computer_do_not_go_into_a_part(two: tuple[Office, Office], tmp_path: Path) -> None:
    ours, _theirs = two
    save_settings(
        ours, {"backup_second": "/media/我的", "lock_minutes": "5", "clerk": "甲", "region": "京怀"}
    )
    later(ours, "21号")
    with closing(open_office(parting.write(ours, YEAR, tmp_path / "part.db").path, WHO)) as part:
        assert part.settings == {"region": "京怀"} and verify(part).faults == ()


def test_a_part_is_called_one_until_the_whole_file_is_in_it(
    parted: tuple[Office, Office, Path], tmp_path: Path
) -> None:
    ours, _theirs, path = parted
    year = Period.year(2021)
    assert partial.told(ours.db) == ""
    with closing(open_office(path, WHO)) as part:
        told = partial.told(part.db)
        assert "甲" in told and "部分文件" in told
        later(part, "22号")
        assert partial.told(part.db) == told
        with pytest.raises(UserError, match="完整的数据文件"):
            freezing.freeze(part, year)
        other = Choice(first="2019-01-01", last="2020-12-31")
        merge(part, parting.write(ours, other, tmp_path / "other.db").path)
        assert partial.told(part.db) != "", "some of the other rows are in no part"
        smaller = parting.write(part, YEAR, tmp_path / "smaller.db").path
        with closing(open_office(smaller, WHO)) as again:
            assert partial.told(again.db) != ""
        merge(part, ours.db.path)
        assert partial.told(part.db) == ""
        freezing.freeze(part, year)


def test_two_parts_in_one_are_a_part_while_a_record_is_in_neither(tmp_path: Path) -> None:
    """Also where the second one's own gaps are all filled by the first."""
    with closing(make_office(tmp_path / "whole.db", WHO)) as whole:
        for number, year in (("1", 2021), ("2", 2020), ("3", 2019), ("4", 2020)):
            case(whole, number, applied_on=f"{year}-05-06")
        parts = [
            parting.write(whole, Choice(first=f"{n}-01-01", last=f"{n}-12-31"), tmp_path / f"{n}.db").path
            for n in (2021, 2020)
        ]
    with closing(open_office(parts[0], WHO)) as part:
        merge(part, parts[1])
        assert partial.told(part.db) != "" and len(uids(part)) == 3
        merge(part, tmp_path / "whole.db")
        assert partial.told(part.db) == "" and len(uids(part)) == 4


@pytest.mark.parametrize("words", [["list", "disputes"], ["stats", "--year", "2021"]])
def test_damage_in_the_history_keeps_nobody_from_reading_the_records(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.db"
    with closing(make_office(path, WHO)) as office:
        for n in range(3):
            case(office, str(n))
    damage(path, table="operations")
    assert main([*words, "--file", str(path)]) == 0, capsys.readouterr().err


def test_a_whole_file_that_took_a_part_in_is_no_part(
    parted: tuple[Office, Office, Path], tmp_path: Path
) -> None:
    ours, theirs, path = parted
    merge(theirs, path)
    assert gaps.gaps(theirs.db) and partial.told(theirs.db) == ""
    case(ours, "后来的")
    new = parting.write(ours, Choice(first="2021-05-06", last="2021-05-06"), tmp_path / "new.db").path
    with closing(make_office(tmp_path / "apart.db", WHO)) as apart:
        case(apart, "自己的")
        merge(apart, new)
        assert gaps.gaps(apart.db) and partial.told(apart.db) == ""
        freezing.freeze(apart, Period.year(2021))


def test_commands_say_that_a_file_is_a_part(
    parted: tuple[Office, Office, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _ours, _theirs, path = parted
    year = ("--year", "2021", "--file", str(path))
    assert main(["stats", *year]) == 0 and "这是甲于" in capsys.readouterr().err
    assert main(["freeze", *year]) == 1 and "不能封账" in capsys.readouterr().err


def test_what_was_done_in_a_part_comes_back(parted: tuple[Office, Office, Path]) -> None:
    ours, theirs, path = parted
    ours.keep_backups(print)
    assert merge(ours, path).rows == 0
    assert "merge" not in [one.why for one in backups.of(ours.db)], "nothing comes"
    with closing(open_office(path, WHO)) as part:
        (uid,) = uids(part)
        editing.save(part, DISPUTES, {"remarks": "在别处改"}, uid)
    assert merge(ours, path).updated == {"disputes": 1}
    assert got(ours, uid)["remarks"] == "在别处改" and verify(ours).faults == ()
    assert merge(theirs, path).inserted == {"organisations": 1, "disputes": 1, "attachments": 1}
    assert verify(theirs).faults == ()
    merge(theirs, ours.db.path)
    merge(ours, theirs.db.path)
    assert held(ours) == held(theirs) and verify(ours).faults == () == verify(theirs).faults


def test_a_part_of_a_file_that_took_in_a_part(parted: tuple[Office, Office, Path], tmp_path: Path) -> None:
    ours, theirs, path = parted
    merge(theirs, path)
    again = parting.write(theirs, YEAR, tmp_path / "again.case").path
    with closing(open_office(again, WHO)) as part:
        assert verify(part).faults == ()
    assert merge(ours, again).rows == 0
    case(ours, "还有")
    assert merge(theirs, ours.db.path).inserted == {"disputes": 2, "organisations": 1}
    assert verify(theirs).faults == ()


def test_a_part_goes_on_from_a_row_that_its_receiver_has_and_it_left_out(
    two: tuple[Office, Office],
    tmp_path: Path,
) -> None:
    """The end of the receiver's history is then no end any more, although the part has not that row."""
    ours, theirs = two
    case(ours, "旁的")
    merge(theirs, ours.db.path)
    later(ours, "21号")
    assert merge(theirs, parting.write(ours, YEAR, tmp_path / "part.case").path).stranger is None
    assert verify(theirs).faults == ()
    assert merge(theirs, ours.db.path).rows == 1  # the line that the part was written
    assert verify(theirs).faults == ()


def test_whose_records_are_chosen(two: tuple[Office, Office]) -> None:
    ours, theirs = two
    handled, entered = case(ours, "一", arbitrator="丁"), case(theirs, "二")
    merge(ours, theirs.db.path)
    assert parting.choose(ours, Choice(person="丁")).records == {"disputes": {handled}}
    assert parting.choose(ours, Choice(person="乙")).records == {"disputes": {entered}}
    assert parting.choose(ours, Choice(("petitions",), person="乙")).records == {}
    whole = parting.choose(ours, Choice()).counts()
    assert whole == {"disputes": 5}


def test_registers_are_whole_only_where_they_are_named(two: tuple[Office, Office]) -> None:
    ours, _theirs = two
    editing.save(ours, ORGANISATIONS, {"name": "甲调委会", "kind": "township"})
    later(ours, "21号")
    assert parting.choose(ours, YEAR).counts() == {"disputes": 1}
    named = Choice(("disputes", "organisations"), YEAR.first, YEAR.last)
    assert parting.choose(ours, named).counts() == {"disputes": 1, "organisations": 1}


def test_a_part_is_noted_and_never_takes_a_files_place(
    parted: tuple[Office, Office, Path], tmp_path: Path
) -> None:
    ours, _theirs, path = parted
    (told,) = ours.db.rows("SELECT changes FROM history WHERE action = 'export'")
    assert "part.case" in told[0]
    with pytest.raises(FileProblem):
        parting.write(ours, YEAR, path)
    with pytest.raises(UserError):
        parting.write(ours, Choice(person="无此人"), tmp_path / "none.case")
    with pytest.raises(UserError):
        parting.write(ours, YEAR, tmp_path / "none" / "part.case")
    assert not [p for p in tmp_path.iterdir() if ".part" in p.name or p.name == "none.case"]


def test_what_a_part_leaves_out_and_what_it_holds_are_the_whole_file(
    parted: tuple[Office, Office, Path], tmp_path: Path
) -> None:
    """Counted alike, with what belongs to the records; also of a part of a part. Of two parts together no number is
    told, since some may have what the other left out."""
    ours, _theirs, path = parted
    attachments.attach(ours, DISPUTES, case(ours, "附件在外"), [Incoming("笔录.txt", content=b"y")])
    editing.bin_records(ours, DISPUTES, [case(ours, "作废")])
    whole = verify(ours).records
    path = parting.write(ours, Choice(first="2020-01-01"), tmp_path / "wide.db").path
    smaller = tmp_path / "smaller.db"
    with closing(open_office(path, WHO)) as part:
        parting.write(part, YEAR, smaller)
    for one in (path, smaller):
        with closing(open_office(one, WHO)) as part:
            found = verify(part)
            (gap,) = found.gaps
            assert found.records + gap.records == whole, one.name
            assert gap.part and f" {gap.records:,} 条" in gap_told(gap)
    other = Choice(first="2019-01-01", last="2020-12-31")
    with closing(open_office(smaller, WHO)) as part:
        merge(part, parting.write(ours, other, tmp_path / "other.db").path)
        for gap in verify(part).gaps:
            assert gap.part and not gap.records and "完整文件中的" not in gap_told(gap)


def test_a_whole_file_that_took_a_part_in_tells_of_rows_only(parted: tuple[Office, Office, Path]) -> None:
    """It may have every record: which of those that the part left out it has, it cannot know."""
    _ours, theirs, path = parted
    merge(theirs, path)
    found = verify(theirs)
    (gap,) = found.gaps
    assert not gap.part and not gap.records
    assert "并入过" in gap_told(gap) and "完整文件中的" not in gap_told(gap)


def test_a_part_of_a_sealed_file_is_sealed(tmp_path: Path, two: tuple[Office, Office]) -> None:
    ours, _theirs = two
    sealed = tmp_path / "sealed.case"
    with closing(make_office(sealed, WHO, key="密'码")) as office:
        later(office, "21号")
        path = parting.write(office, YEAR, tmp_path / "part.case").path
    assert not path.read_bytes().startswith(b"SQLite")
    assert merge(ours, path, "密'码").inserted == {"disputes": 1}


NO = (Phase.generate,)
CHOICES = st.builds(
    Choice,
    ledgers=st.sampled_from([(), ("disputes",)]),
    first=st.sampled_from([None, "2020-02-15", "2020-03-01"]),
    person=st.sampled_from(["", "", *(who.clerk for who in CLERKS), WHO.clerk]),
)


@how(max_examples=tries(3), phases=NO)
@given(st.data())
def test_parts_in_any_order_do_for_their_records_what_whole_files_do(
    common: Path, data: st.DataObject
) -> None:
    """And the whole files that come after them find nothing amiss and bring the rest."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        copies = Copies(folder, common)
        worked(copies, data, 3)
        parts = {n: sent(copies, n, data.draw(CHOICES), folder) for n in (1, 2)}
        orders = [[path for n in order if (path := parts[n])] for order in ((1, 2), (2, 1))]
        ends = [taken(copies, folder, order) for order in orders]
        assert ends[0] == ends[1]
        for n, path in parts.items():
            if path:
                with closing(open_office(path, WHO)) as part:
                    inside = [key for key in held(part)[0] if key[0] != "attachments"]
                here, there = (taken(copies, folder, [other])[0] for other in (path, copies.paths[n]))
                assert {key: here[key] for key in inside} == {key: there[key] for key in inside}
        whole = taken(copies, folder, [copies.paths[1], copies.paths[2]])
        after = taken(copies, folder, [*orders[1], copies.paths[2], copies.paths[1]])
        assert after == whole


def sent(copies: Copies, n: int, choice: Choice, folder: Path) -> Path | None:
    """A part of a copy, None where it has nothing of the choice."""
    with closing(copies.open(n)) as office:
        try:
            return parting.write(office, choice, folder / f"part{n}.case").path
        except UserError:
            return None


def taken(copies: Copies, folder: Path, order: list[Path]) -> Held:
    """What a copy of the first holds once it has taken these in: with their whole history, and sound each time."""
    path = folder / "end.db"
    path.unlink(missing_ok=True)
    shutil.copy(copies.paths[0], path)
    with closing(open_office(path, WHO)) as office:
        for other in order:
            with office.because("合并"):
                merge(office, other, newest=True)
            with read(other) as there:
                assert verify(office).faults == () and rows_of(there) <= rows_of(office.db)
        return held(office)


def test_the_command_writes_what_it_is_asked_for(
    parted: tuple[Office, Office, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, _theirs, _path = parted
    words = ["part", str(tmp_path / "sent.case"), "--ledger", "disputes", "--file", str(ours.db.path)]
    assert main([*words, "--year", "2021", "--as-of", "2022-01-31"]) == 2
    assert main([*words, "--year", "1999"]) == 1
    assert not (tmp_path / "sent.case").exists()
    capsys.readouterr()
    assert main([*words, "--year", "2021", "--handled-by", "甲", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["records"] == {"disputes": 1, "organisations": 1}
    assert main(["verify", "--file", told["path"]]) == 0
    assert main(words) == 1  # never over a file that is there
    capsys.readouterr()


def test_names_changed_on_either_side_are_followed(parted: tuple[Office, Office, Path]) -> None:
    ours, _theirs, path = parted
    (first, second) = (str(row[0]) for row in ours.db.rows("SELECT uid FROM organisations ORDER BY id"))
    (case_,) = (
        str(row[0]) for row in ours.db.rows("SELECT uid FROM disputes WHERE organisation = '甲调委会'")
    )
    other = case(ours, "本处的", organisation="甲调委会")
    with closing(open_office(path, WHO)) as part:
        editing.save(part, ORGANISATIONS, {"name": "甲区调委会"}, first)
        there = later(part, "22号", organisation="乙调委会")
    editing.save(ours, ORGANISATIONS, {"name": "乙区调委会"}, second)
    merge(ours, path)
    assert [got(ours, uid)["organisation"] for uid in (case_, other, there)] == [
        "甲区调委会", "甲区调委会", "乙区调委会",
    ]  # fmt: skip
    assert verify(ours).faults == ()
