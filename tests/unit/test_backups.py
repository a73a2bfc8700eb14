"""Backups of real files: when they are made, what they hold, which are taken away, and what if they cannot be."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.apart import apart
from tests.effort import tries
from tests.needs import lacking
from tests.office import WHO, new_office
from tests.unit.test_database import nobody
from tracker.db import examining, records, snapshots, spelling
from tracker.db import settings as stored
from tracker.db.database import Database, open_file
from tracker.db.records import Query
from tracker.errors import Cancelled, DamagedFile, FileProblem, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import (
    backups,
    editing,
    importing,
    keeping,
    merging,
    opening,
    restoring,
    retention,
    second_place,
)
from tracker.operations.backups import Backup, Place, folder, make
from tracker.operations.keeping import Keeper
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.progress import Silent
from tracker.operations.retention import Retention
from tracker.operations.verifying import verify

CASE = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}


def case(office: Office, number: str) -> str:
    return editing.save(office, DISPUTES, {**CASE, "case_no": number}).uid


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    case(made, "1号")
    yield made
    made.close()


def found(office: Office) -> list[Backup]:
    return Place(folder(office.db.path)).backups()


def whys(office: Office) -> list[str]:
    return [one.why for one in found(office)]


def held(path: Path, key: str | None = None) -> int:
    with closing(open_office(path, WHO, readonly=True, key=key)) as opened:
        return records.count(opened.db, Query(DISPUTES))


# making


def test_a_backup_is_the_whole_file_with_its_history_and_tells_what_it_holds(office: Office) -> None:
    made = make(office.db, "asked")
    assert made.path.parent == office.db.path.with_name("cases.db.backups")
    assert made.name == f"{made.made:%Y%m%d-%H%M%S}-asked.db"
    assert made.holding and made.holding.records["disputes"] == 1
    assert made.holding.changed_by == WHO.clerk
    with closing(open_office(made.path, WHO)) as copy:
        assert verify(copy).sound and records.count(copy.db, Query(DISPUTES)) == 1
    assert not [p.name for p in made.path.parent.iterdir() if p.name.endswith(snapshots.PART)]


def test_nobody_may_read_more_of_a_backup_than_of_the_file(office: Office) -> None:
    office.db.path.chmod(0o600)
    made = make(office.db, "asked")
    modes = [
        stat.S_IMODE(p.stat().st_mode) for p in (made.path, made.path.parent, made.path.parent / ".notes")
    ]
    assert modes == [0o600, 0o700, 0o600]


def test_what_has_not_changed_is_not_copied_again_but_has_the_name_that_was_asked_for(office: Office) -> None:
    one = make(office.db, "close")
    same = make(office.db, "import")
    assert same.path.samefile(one.path) and same.why == "import" and same.made > one.made
    assert not make(office.db, "asked", new=True).path.samefile(one.path)
    case(office, "2号")
    later = make(office.db, "merge")
    assert not later.path.samefile(one.path)
    assert (held(later.path), held(one.path)) == (2, 1)


def test_a_backup_that_was_exchanged_is_not_taken_for_what_was_noted_of_it(office: Office) -> None:
    made = make(office.db, "close")
    shutil.copy(new_office(office.db.path.with_name("other.db"), WHO).db.path, made.path)
    assert backups.is_changed(office.db)
    later = make(office.db, "close")
    assert not later.path.samefile(made.path) and held(later.path) == 1


def test_a_backup_is_protected_as_the_file_is(tmp_path: Path) -> None:
    with closing(make_office(tmp_path / "p.db", WHO, key="短语 长一点")) as office:
        case(office, "1号")
        made = make(office.db, "asked")
        for path in (made.path, made.path.parent / ".notes"):
            assert not path.read_bytes().startswith(b"SQLite"), "anyone can read it"
        assert make(office.db, "import").path.samefile(made.path)
    (first, *_rest) = backups.listed(tmp_path / "p.db", "短语 长一点")
    assert first.holding and first.holding.records["disputes"] == 1
    (first, *_rest) = backups.looked_at(backups.listed(tmp_path / "p.db", "falsch"), "falsch")
    assert first.holding is None
    assert held(made.path, "短语 长一点") == 1


def test_what_each_holds_is_looked_up_once(office: Office) -> None:
    for n in range(2, 5):
        case(office, f"{n}号")
        make(office.db, "asked")
    (folder(office.db.path) / ".notes").unlink()
    listed = backups.listed(office.db.path, None)
    assert [one.holding for one in listed] == [None] * 3
    looked = backups.looked_at(listed, None)
    assert [one.holding.records["disputes"] for one in looked if one.holding] == [4, 3, 2]
    assert backups.listed(office.db.path, None) == looked
    backups.forget_notes(office.db.path)
    assert [one.holding for one in backups.listed(office.db.path, None)] == [None] * 3
    looked[0].path.write_bytes(b"x")  # another file under the same name
    assert backups.looked_at(backups.listed(office.db.path, None), None)[0].holding is None


class Stopping(Silent):
    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        raise Cancelled


def test_a_backup_that_is_stopped_leaves_nothing(office: Office) -> None:
    with office.writing("test") as writer:
        for n in range(3_000):
            writer.insert(DISPUTES, {**CASE, "case_no": f"第{n}案"})
    with pytest.raises(Cancelled):
        make(office.db, "asked", progress=Stopping())
    assert not list(folder(office.db.path).iterdir())
    assert make(office.db, "asked").path.exists()


# when


def test_before_the_first_change_of_a_day_and_only_then(office: Office, told: list[str]) -> None:
    day = [date(2026, 3, 2)]
    office.db.before_writing = Keeper(office.db, told.append, today=lambda: day[0])
    case(office, "2号")
    (first,) = found(office)
    assert first.why == "day" and held(first.path) == 1, "not as it was before the change"
    case(office, "3号")
    assert len(found(office)) == 1
    day[0] += timedelta(days=1)
    case(office, "4号")
    assert [held(one.path) for one in found(office)] == [3, 1]
    assert not told


def test_a_day_that_has_a_backup_needs_no_other(office: Office, told: list[str]) -> None:
    make(office.db, "close")
    office.keep_backups(told.append)
    case(office, "2号")
    assert whys(office) == ["close"]


def test_spelling_names_is_no_change_that_is_backed_up(office: Office, told: list[str]) -> None:
    with office.db.atomic():
        office.db.run("UPDATE names SET spelled = 0")
    office.keep_backups(told.append)
    spelling.spell(office.db)
    assert not spelling.waiting(office.db) and found(office) == []


def test_what_can_wait_is_left_for_later(office: Office, told: list[str], tmp_path: Path) -> None:
    (usb := tmp_path / "usb").mkdir()
    save_settings(office, {"backup_second": str(usb)})
    waiting: list[int] = []
    office.keep_backups(told.append, lambda: waiting.append(1))
    case(office, "2号")
    assert waiting == [1] and not list(usb.iterdir())
    assert backups.spread(office.db) == ()
    assert len(list(usb.rglob("*-day.db"))) == 1


def test_before_an_import_and_a_merge(office: Office, told: list[str], tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(open_file(office.db.path, readonly=True)) as reader:
        reader.copy_to(other)
    with closing(open_office(other, WHO)) as theirs:
        case(theirs, "9号")
    sheet = tmp_path / "s.csv"
    sheet.write_text(
        "case_no,applied_on,applicant,respondent\n8号,2020-03-03,李四,某公司\n", encoding="utf-8"
    )
    office.keep_backups(told.append)
    importing.carry_out(office, importing.read_plan(office, DISPUTES, sheet))
    assert whys(office) == ["import"] and held(found(office)[0].path) == 1
    merging.merge(office, other)
    assert whys(office) == ["merge", "import"] and held(found(office)[0].path) == 2
    assert records.count(office.db, Query(DISPUTES)) == 3 and not told
    merging.merge(office, other)
    assert whys(office) == ["merge", "import"], "nothing came in"


def test_before_a_file_is_brought_to_a_newer_program(office: Office) -> None:
    path = office.db.path
    with office.db.atomic():
        office.db.run("DELETE FROM shapes WHERE ledger = 'disputes'")
    office.close()
    with closing(opening.for_command(path, WHO)) as opened:
        assert opened.notes == [] and whys(opened) == ["migration"]
    with closing(open_office(path, WHO)) as opened:
        assert whys(opened) == ["migration"], "though nothing was pending"


def test_locking_again_and_again_makes_no_more_than_one_in_an_hour(office: Office) -> None:
    keeping.on_closing(office.db)
    made = backups.of(office.db)[0].made
    for minutes in (5, 30, 59):
        case(office, f"{minutes}号")
        assert keeping.on_locking(office.db, now=lambda m=minutes: made + timedelta(minutes=m)) == ()
    assert whys(office) == ["close"]
    keeping.on_locking(office.db, now=lambda: made + timedelta(minutes=61))
    assert whys(office) == ["close", "close"]
    keeping.on_closing(office.db)
    assert whys(office) == ["close", "close"], "nothing has changed since"


def test_a_backup_before_the_work_of_the_day_is_none_of_it(office: Office, told: list[str]) -> None:
    office.keep_backups(told.append)
    case(office, "早上的")
    assert whys(office) == ["day"]
    keeping.on_locking(office.db)
    assert whys(office) == ["close", "day"]


def test_a_backup_of_a_clock_that_was_ahead_keeps_no_locked_window_without_one(office: Office) -> None:
    keeping.on_closing(office.db)
    made = backups.of(office.db)[0].made
    case(office, "后来的")
    keeping.on_locking(office.db, now=lambda: made - timedelta(days=1))
    assert len(whys(office)) == 2


def test_on_closing_what_has_changed_since_the_newest(office: Office) -> None:
    assert keeping.on_closing(office.db) == () and whys(office) == ["close"]
    keeping.on_closing(office.db)
    assert whys(office) == ["close"]
    case(office, "2号")
    keeping.on_closing(office.db)
    assert whys(office) == ["close", "close"] and held(found(office)[0].path) == 2


def test_a_file_without_a_change_needs_no_backup(tmp_path: Path) -> None:
    with closing(new_office(tmp_path / "n.db", WHO)) as office:
        office.keep_backups(pytest.fail)
        keeping.on_closing(office.db)
        case(office, "1号")
        assert not folder(office.db.path).exists()


# the second place


def test_the_second_place_has_each_backup_too(office: Office, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    save_settings(office, {"backup_second": str(usb)})
    made = make(office.db, "asked")
    assert len(made.notes) == 1 and str(usb) in made.notes[0], "its absence is not noted"
    usb.mkdir()
    assert keeping.on_closing(office.db) == ()
    (copy,) = usb.rglob("*.db")
    assert copy.name == made.name and copy.read_bytes() == made.path.read_bytes()
    listed = backups.looked_at(backups.listed(office.db.path, None, usb), None)
    assert [(one.second, one.holding is not None) for one in listed] == [(False, True), (True, True)]


def test_a_second_place_that_is_the_first_is_refused(office: Office, tmp_path: Path) -> None:
    make(office.db, "asked")
    first = folder(office.db.path)
    (link := tmp_path / "link").symlink_to(first.parent, target_is_directory=True)
    (inside := first / "in").mkdir()
    for place in (first.parent, first, inside, link, first.parent / "x" / ".."):
        with pytest.raises(UserError, match="另一块磁盘"):
            save_settings(office, {"backup_second": str(place)})
    assert second_place.named(office.db) is None
    save_settings(office, {"backup_second": str(tmp_path / "usb")})
    save_settings(office, {"backup_second": None})


def test_the_second_place_serves_where_the_first_cannot(office: Office, tmp_path: Path) -> None:
    (usb := tmp_path / "usb").mkdir()
    save_settings(office, {"backup_second": str(usb)})
    folder(office.db.path).write_text("in the way")
    made = make(office.db, "asked")
    assert made.second and made.path.parent.parent == usb and made.notes
    assert held(made.path) == 1


def second_of(number: str, path: Path, usb: Path) -> Office:
    """Another file, with its backups in the same second place."""
    path.parent.mkdir(exist_ok=True)
    office = new_office(path, WHO)
    case(office, number)
    save_settings(office, {"backup_second": str(usb)})
    return office


def cases(place: Path) -> set[str]:
    """The numbers of all cases in the backups of a folder."""
    found: set[str] = set()
    for one in place.glob("*.db"):
        with closing(open_office(one, WHO, readonly=True)) as copy:
            found.update(str(number) for (number,) in copy.db.rows("SELECT case_no FROM disputes"))
    return found


def test_files_of_one_name_and_copies_of_a_file_do_not_share_the_second_place(tmp_path: Path) -> None:
    (usb := tmp_path / "usb").mkdir()
    ours, theirs, copy = (tmp_path / name / "cases.db" for name in ("ours", "theirs", "copy"))
    with closing(second_of("甲", ours, usb)) as office, closing(second_of("乙", theirs, usb)) as other:
        office.db.rows("PRAGMA journal_mode = DELETE")
        copy.parent.mkdir()
        shutil.copy(ours, copy)
        with closing(open_office(copy, WHO)) as third:
            case(third, "丙")
            for each in (office, other, third):
                make(each.db, "asked")
            for each, numbers in ((office, {"甲"}), (other, {"乙"}), (third, {"甲", "丙"})):
                assert cases(second_place.folder(usb, each.db.path)) == numbers
                assert len(backups.of(each.db)) == 2
        save_settings(office, {"backup_daily": "0", "backup_weekly": "0", "backup_monthly": "0"})
        for one in usb.rglob("*-asked.db"):
            one.rename(one.with_name("20200101-120000-day.db"))
        make(office.db, "asked", new=True)
        left = [one.parent for one in usb.rglob("20200101-*.db")]
        assert sorted(left) == sorted(second_place.folder(usb, path) for path in (theirs, copy))


def test_what_lies_in_the_folder_that_a_name_shared_before_is_taken_over_by_whose_it_is(
    tmp_path: Path,
) -> None:
    (usb := tmp_path / "usb").mkdir()
    shared = usb / "cases.db.backups"
    ours, theirs = (tmp_path / name / "cases.db" for name in ("ours", "theirs"))
    with closing(second_of("甲", ours, usb)) as office, closing(second_of("乙", theirs, usb)) as other:
        made = [make(each.db, "asked").path for each in (office, other)]
        shared.mkdir()
        for n, path in enumerate(made):
            shutil.copy(path, shared / f"2026010{n + 1}-120000-day.db")
        (shared / ".notes").write_bytes(b"")
        assert [one.made.day for one in backups.of(office.db) if one.second][1:] == [1]
        assert [one.name for one in shared.glob("*.db")] == ["20260102-120000-day.db"]
        assert [one.made.day for one in backups.of(other.db) if one.second][1:] == [2]
        assert not shared.exists()
        assert cases(second_place.folder(usb, ours)) == {"甲"}


def test_backups_beside_a_file_that_lies_in_the_second_place_are_its_own(office: Office) -> None:
    """As copies of the file made before such a place was refused may name it."""
    stored.write(office.db, WHO, {"backup_second": str(office.db.path.parent)})
    make(office.db, "asked")
    assert len(found(office)) == 1 and [one.second for one in backups.of(office.db)] == [False, True]


# a clock that is wrong


def test_a_backup_of_a_clock_that_was_ahead_hides_no_later_one(office: Office, tmp_path: Path) -> None:
    (usb := tmp_path / "usb").mkdir()
    save_settings(office, {"backup_second": str(usb)})
    make(office.db, "asked")
    for one in (found(office)[0].path, next(usb.rglob("*.db"))):
        one.rename(one.with_name("20991231-120000-asked.db"))
    case(office, "2号")
    made = make(office.db, "asked")
    assert (second_place.folder(usb, office.db.path) / made.name).exists()
    assert found(office)[0].name == made.name == backups.of(office.db)[0].name
    assert not backups.is_changed(office.db) and make(office.db, "close").path.samefile(made.path)


def test_without_a_later_one_the_backup_of_a_clock_that_was_ahead_is_the_newest(office: Office) -> None:
    early = make(office.db, "asked").path
    early.rename(early.with_name("20200101-120000-asked.db"))
    case(office, "2号")
    ahead = make(office.db, "asked").path
    ahead = ahead.rename(ahead.with_name("20991231-120000-asked.db"))
    (folder(office.db.path) / ".notes").unlink()
    best = restoring.newest_good(office.db.path, None, WHO)
    assert best and best.path == ahead and best.holding and best.holding.records["disputes"] == 2


# taking away

AGES = st.lists(st.integers(0, 800 * 24), max_size=25, unique=True)
RULES = st.builds(Retention, st.integers(1, 4), st.integers(0, 6), st.integers(0, 5), st.integers(0, 5))


@given(AGES, RULES)
@how(max_examples=tries(12))
def test_of_real_files_exactly_those_go_that_the_office_no_longer_keeps(
    hours: list[int], rule: Retention
) -> None:
    with TemporaryDirectory() as name, closing(new_office(Path(name) / "a.db", WHO)) as office:
        keys = ("backup_days", "backup_daily", "backup_weekly", "backup_monthly")
        numbers = (rule.whole_days, rule.daily, rule.weekly, rule.monthly)
        save_settings(office, dict(zip(keys, map(str, numbers), strict=True)))
        whole = make(office.db, "asked")
        times = [whole.made - timedelta(hours=n, minutes=1) for n in hours]
        for at in times:
            os.link(whole.path, whole.path.with_name(f"{at:%Y%m%d-%H%M%S}-day.db"))
        strange = whole.path.with_name("keep me.db")
        strange.write_text("not ours")
        now = datetime.now()
        assert backups.spread(office.db) == ()
        assert {one.made for one in found(office)} == retention.kept([*times, whole.made], now, rule)
        assert strange.exists()


def aged(office: Office) -> Path:
    """A backup so old that it would be taken away."""
    save_settings(office, {"backup_daily": "0", "backup_weekly": "0", "backup_monthly": "0"})
    made = make(office.db, "asked")
    return Path(shutil.copy(made.path, made.path.with_name("20200102-030405-day.db")))


def test_an_old_backup_goes_when_another_is_made(office: Office) -> None:
    old = aged(office)
    make(office.db, "asked")
    assert not old.exists()


def test_where_there_is_no_room_an_old_backup_goes_first(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk on which there is room only once the old one is gone."""
    old, usage = aged(office), shutil.disk_usage

    def nearly_full(place: Path) -> object:
        found = usage(place)
        return found._replace(free=0) if old.exists() else found

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    made = make(office.db, "asked", new=True)
    assert held(made.path) == 1 and not old.exists()


def damage_index(path: Path) -> None:
    """What SQLite finds only on a whole check."""
    with closing(open_file(path)) as db:
        (page, size) = db.rows("SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master "
                               "WHERE name LIKE 'disputes%' AND type = 'index' ORDER BY name LIMIT 1")[0]  # fmt: skip
    with path.open("r+b") as file:
        file.seek((page - 1) * size + 3)
        file.write(b"\0\0")  # the number of its cells


def test_nothing_is_taken_away_while_the_file_is_damaged(office: Office) -> None:
    old, path = aged(office), office.db.path
    office.close()
    damage_index(path)
    with closing(open_office(path, WHO)) as damaged:
        notes = backups.spread(damaged.db)
        assert len(notes) == 1 and str(path) in notes[0] and old.exists()


def test_nothing_is_taken_away_while_the_newest_backup_is_damaged(office: Office) -> None:
    old = aged(office)
    damage_index(found(office)[0].path)
    notes = backups.spread(office.db)
    assert len(notes) == 1 and found(office)[0].name in notes[0] and old.exists()


# faults


def test_a_backup_that_the_disk_cannot_tell_of_hides_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, iterdir = make(office.db, "asked").path, Path.iterdir
    good.with_name("20200101-120000-day.db").symlink_to("x" * 300)  # no disk has such a name
    monkeypatch.setattr(Path, "iterdir", lambda place: iter(sorted(iterdir(place))))
    assert [one.path for one in found(office)] == [good]
    best = restoring.newest_good(office.db.path, None, WHO)
    assert best and best.path == good


def test_a_damaged_file_gives_no_backup(office: Office, told: list[str]) -> None:
    path = office.db.path
    good = make(office.db, "asked")
    with office.writing("test") as writer:
        for n in range(500):
            writer.insert(DISPUTES, {**CASE, "case_no": f"第{n}案", "remarks": "长" * 200})
    office.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 20 * 8192)
        file.write(b"\xff" * (20 * 8192))  # the records that came last
    with closing(open_file(path)) as db:
        with pytest.raises(FileProblem):
            make(db, "asked")
        assert [one.name for one in Place(folder(path)).backups()] == [good.name]


def test_what_a_backup_finds_damaged_is_not_written_to_and_looked_through_at_the_next_opening(
    office: Office, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.db.path
    with office.writing("test") as writer:
        for n in range(500):
            writer.insert(DISPUTES, {**CASE, "case_no": f"第{n}案", "remarks": "长" * 200})
    office.close()
    monkeypatch.setattr(examining, "SMALL", 0)  # of a large file only the ends are read at each opening
    content = bytearray(path.read_bytes())
    size = 8192
    leaves = [at for at in range(0, len(content), size) if content[at : at + size].count("长".encode()) > 600]
    leaf = leaves[len(leaves) // 2]
    content[leaf + 3 : leaf + 5] = b"\xff\xff"  # the number of its cells
    path.write_bytes(content)
    with closing(opening.to_write(path, WHO)) as opened:
        opened.keep_backups(told.append)
        for _try in range(2):
            with pytest.raises(DamagedFile, match="不再写入"):
                case(opened, "2号")
        assert not told and not Place(folder(path)).backups()
    assert path.read_bytes() == content
    with pytest.raises(DamagedFile):
        opening.to_write(path, WHO)


def full(folder_of: Path) -> str:
    """What is told, and whether the clerk's work was saved, where there is no room for a backup."""
    with closing(open_office(folder_of / "cases.db", WHO)) as office:
        told: list[str] = []
        office.keep_backups(told.append)
        case(office, "2号")
        return f"{told} {records.count(office.db, Query(DISPUTES))} {whys(office)}"


@pytest.fixture
def little_disk(office: Office) -> Iterator[Path]:
    """The folder of backups on a disk of its own with hardly any room."""
    office.close()
    place = folder(office.db.path)
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        lacking("the right to mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("room", [backups.ROOM, -(10**9)], ids=["known before", "filled meanwhile"])
def test_a_full_disk_for_backups_stops_no_work(
    little_disk: Path, tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "ROOM", room)
    text = full(tmp_path)
    assert "备份没有成功" in text and text.endswith(" 2 []"), text
    assert not list(little_disk.iterdir())


def test_a_folder_that_nobody_may_write_stops_no_work() -> None:
    with TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        path = Path(name) / "cases.db"
        with closing(new_office(path, WHO)) as office:
            case(office, "1号")
        folder(path).mkdir(mode=0o555)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
        text = apart(lambda: full(Path(name)), nobody)
        assert "备份没有成功" in text and text.endswith(" 2 []"), text


def test_a_copy_that_the_disk_gives_back_otherwise_is_refused(office: Office, tmp_path: Path) -> None:
    """The first byte of the copy is another one as soon as all is written."""
    made = make(office.db, "asked").path

    def spoil(done: int, total: int | None) -> None:
        if done == total:
            (part,) = tmp_path.glob(".copy.db.*")
            with part.open("r+b") as file:
                file.write(b"\0")

    with pytest.raises(FileProblem, match=r"copy\.db"):
        snapshots.copy_file(made, tmp_path / "copy.db", spoil)
    assert not list(tmp_path.glob("*copy.db*"))
    snapshots.copy_file(made, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == made.read_bytes()


def test_what_an_earlier_attempt_left_half_made_is_cleared_away(office: Office) -> None:
    make(office.db, "asked")
    place = folder(office.db.path)
    old, new = (place / f".20260101-000000-day.db.{n}{snapshots.PART}" for n in ("aaaa", "bbbb"))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    make(office.db, "asked")
    assert not old.exists() and new.exists(), "someone may be at it"


class Forgetful(Database):
    """Whose copies lack a record, as a disk might."""

    def copy_to(self, path: Path) -> None:
        super().copy_to(path)
        with closing(open_file(path)) as copy, copy.atomic():
            copy.run("DELETE FROM disputes")


class Overtaken(Database):
    """Before whose first copy another program writes."""

    overtaken = False

    def copy_to(self, path: Path) -> None:
        if not self.overtaken:
            self.overtaken = True
            with closing(open_office(self.path, WHO)) as other:
                case(other, "2号")
        super().copy_to(path)


def test_what_another_program_writes_meanwhile_is_in_the_copy(office: Office, tmp_path: Path) -> None:
    db = Overtaken(office.db.path, office.db.connection, readonly=False)
    snapshots.write(db, tmp_path / "x.db")
    assert db.overtaken and held(tmp_path / "x.db") == 2


def test_a_copy_that_is_not_what_was_copied_is_refused(office: Office, tmp_path: Path) -> None:
    db = Forgetful(office.db.path, office.db.connection, readonly=False)
    with pytest.raises(FileProblem, match=r"x\.db"):
        snapshots.write(db, tmp_path / "x.db")
    assert not [p.name for p in tmp_path.iterdir() if "x.db" in p.name]
