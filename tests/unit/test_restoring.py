"""A data file taken back to a backup, and back again; what stops it, and what is left whatever stops it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from tests.apart import fork
from tests.copies import elsewhere
from tests.office import WHO, new_office
from tests.unit.test_backups import CASE, case, damage_index, held
from tracker import cli
from tracker.db import cipher, history, keys, records, snapshots
from tracker.db.database import Database, open_file
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.errors import (
    Cancelled,
    DamagedFile,
    FileInUse,
    FileProblem,
    FrozenRecords,
    UserError,
    WrongPassword,
)
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import (
    backups,
    editing,
    exports,
    freezing,
    merging,
    parting,
    passwords,
    restoring,
    undoing,
)
from tracker.operations.backups import folder, make
from tracker.operations.office import make_office, open_office
from tracker.operations.parting import Choice
from tracker.operations.progress import Silent
from tracker.operations.restoring import restore
from tracker.operations.setup import change_settings
from tracker.operations.verifying import verify
from tracker.period import Period

HEAD = Who("科长", "head")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two cases, and a backup from when it had one."""
    path = tmp_path / "cases.db"
    with closing(new_office(path, WHO)) as office:
        case(office, "1号")
        make(office.db, "day")
        case(office, "2号")
    return path


@pytest.fixture
def backup(path: Path) -> Path:
    (only,) = folder(path).glob("*-day.db")
    return only


def names(path: Path) -> list[str]:
    """What lies beside the data file, itself and the folder of backups left out."""
    return sorted(p.name for p in path.parent.iterdir() if p not in (path, folder(path)))


def last(path: Path) -> tuple[str, str, str, dict[str, object]]:
    with closing(open_office(path, WHO, readonly=True)) as office:
        assert verify(office).sound
        sql = "SELECT o.clerk, o.kind, h.action, h.changes FROM history h JOIN operations o ON o.id = h.operation "
        clerk, kind, action, changes = office.db.rows(f"{sql} ORDER BY h.id DESC LIMIT 1")[0]
        return clerk, kind, action, json.loads(changes)


def test_a_file_is_taken_back_and_its_history_tells_so(path: Path, backup: Path) -> None:
    content = backup.read_bytes()
    done = restore(path, backup, HEAD, reason="误删")
    assert held(path) == 1 and done.holding.records["disputes"] == 1
    assert last(path) == ("科长", "restored", "restored", {"backup": backup.name, "reason": "误删"})
    assert backup.read_bytes() == content and names(path) == []


def test_restoring_is_undone_by_restoring_what_was_before(path: Path, backup: Path) -> None:
    done = restore(path, backup, HEAD)
    assert done.before and not done.aside and held(done.before) == 2
    assert restore(path, done.before, HEAD).before != done.before
    assert held(path) == 2 and verify(open_office(path, WHO, readonly=True)).sound
    assert [one.why for one in backups.Place(folder(path)).backups()] == ["restore", "restore", "day"]


def test_undoing_never_goes_past_a_restore_unasked(path: Path, backup: Path) -> None:
    restore(path, backup, WHO)
    with closing(open_office(path, WHO)) as office:
        assert "备份" in undoing.offered(office).undo
        with pytest.raises(undoing.Wall, match="恢复前"):
            undoing.undo(office)
        assert records.count(office.db, Query(DISPUTES)) == 1
        undoing.undo(office)  # that is meant now
        assert records.count(office.db, Query(DISPUTES)) == 0


def rot(path: Path) -> None:
    """Damage a file as a disk does, without a trace in its size and times."""
    stat, content = path.stat(), bytearray(path.read_bytes())
    for at in range(3 * 8192, len(content), 2 * 8192):
        content[at : at + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_what_was_before_is_whole_though_the_newest_backup_is_not(path: Path, backup: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        rotten = make(office.db, "close").path
    rot(rotten)
    done = restore(path, backup, HEAD)
    assert done.before and not done.before.samefile(rotten)
    restore(path, done.before, HEAD)
    assert held(path) == 2


def test_what_was_done_since_is_told(path: Path, backup: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        uid = case(office, "3号")
        editing.save(office, DISPUTES, {**CASE, "case_no": "3号", "applicant": "李四"}, uid)
        lost = restoring.later(office, backup)
        assert (lost.operations, lost.records) == (3, {"disputes": 2})
        assert restoring.later(office, make(office.db, "asked").path).operations == 0


@pytest.mark.parametrize("which", ["file", "backup"])
def test_what_is_damaged_is_told_of_what_it_is(path: Path, backup: Path, which: str) -> None:
    """Where the file itself is, its backups are what one needs."""
    harmed = path if which == "file" else backup
    page = page_of(harmed, "sqlite_autoindex_operations_1")
    with closing(open_office(path, WHO)) as office:
        scribble(harmed, page)
        office.db.run("PRAGMA shrink_memory")
        with pytest.raises(FileProblem) as wrong:
            restoring.later(office, backup)
    assert isinstance(wrong.value, DamagedFile) is (which == "file")
    assert ("备份" in str(wrong.value).partition("损坏")[0]) is (which == "backup")


def test_rows_of_a_restored_file_come_after_all_that_was_before(path: Path, backup: Path) -> None:
    """Also where that was done on a computer whose clock was ahead."""
    elsewhere(timedelta(days=1))
    with closing(open_office(path, WHO)) as office:
        change_settings(office, {"region": "京怀"})
        newest = history.newest(office.db)
    elsewhere()
    done = restore(path, backup, HEAD)
    with closing(open_office(path, WHO)) as office:
        assert history.newest(office.db) > newest
        assert done.before
        merging.merge(office, done.before)  # what was lost can be brought in again
        assert records.count(office.db, Query(DISPUTES)) == 2 and verify(office).sound


def test_a_missing_file_is_restored(path: Path, backup: Path) -> None:
    path.unlink()
    done = restore(path, backup, HEAD)
    assert done.before is None and held(path) == 1 and names(path) == []


def test_a_damaged_file_is_kept_under_another_name(path: Path, backup: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * 4096)
    content = path.read_bytes()
    done = restore(path, backup, HEAD)
    assert done.aside and done.before and done.before.read_bytes() == content
    assert held(path) == 1 and names(path) == [done.before.name]


def page_of(path: Path, name: str = "consultations") -> tuple[int, int]:
    """Where the page of a table lies, by default one of which there will be nothing in a log or journal; its size."""
    with closing(open_file(path, readonly=True)) as db:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,), (size,) = db.rows(sql, (name,))[0], db.rows("PRAGMA page_size")[0]
    return (page - 1) * size, size


def scribble(path: Path, page: tuple[int, int]) -> None:
    with path.open("r+b") as file:
        file.seek(page[0])
        file.write(b"\xff" * page[1])


def damaged_with_log(path: Path) -> dict[str, bytes]:
    """Damage a file whose program was killed: its newest case is only in the log. What lies there then, by its end."""
    page, keep = page_of(path), path.with_name("keep")
    keep.mkdir()
    with closing(open_office(path, WHO)) as office:
        case(office, "3号")
        for mark in ("", "-wal"):
            shutil.copy(f"{path}{mark}", keep / f"x{mark}")
    for mark in ("", "-wal"):
        shutil.move(keep / f"x{mark}", f"{path}{mark}")
    keep.rmdir()
    scribble(path, page)
    return {mark: path.with_name(path.name + mark).read_bytes() for mark in ("", "-wal")}


def hot_journal(path: Path) -> dict[str, bytes]:
    """Damage a file in whose midst a program was killed that wrote through a journal, as on a network disk."""
    page, keep = page_of(path), path.with_name("keep")
    keep.mkdir()
    with closing(open_file(path)) as db:
        for word in ("journal_mode = DELETE", "cache_size = 2"):
            db.run(f"PRAGMA {word}")
        db.connection.execute("BEGIN IMMEDIATE")
        db.run("UPDATE disputes SET remarks = hex(randomblob(9000))")
        for mark in ("", "-journal"):
            shutil.copy(f"{path}{mark}", keep / f"x{mark}")
        db.connection.execute("ROLLBACK")
    for mark in ("", "-journal"):
        shutil.move(keep / f"x{mark}", f"{path}{mark}")
    keep.rmdir()
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    scribble(path, page)
    return {mark: path.with_name(path.name + mark).read_bytes() for mark in ("", "-journal")}


def lies(path: Path, content: dict[str, bytes]) -> bool:
    """Whether a file lies there with its log or journal, byte by byte."""
    files = {mark: path.with_name(path.name + mark) for mark in content}
    return all(file.exists() and file.read_bytes() == content[mark] for mark, file in files.items())


@pytest.mark.parametrize("killed", [damaged_with_log, hot_journal])
def test_with_a_damaged_file_its_log_goes_aside_and_is_not_played_into_another(
    path: Path, backup: Path, killed: Callable[[Path], dict[str, bytes]]
) -> None:
    content = killed(path)
    done = restore(path, backup, HEAD)
    assert done.aside and done.before and lies(done.before, content) and held(path) == 1
    assert names(path) == sorted(f"{done.before.name}{mark}" for mark in content)


@pytest.mark.parametrize("killed", [damaged_with_log, hot_journal])
@pytest.mark.parametrize("links", [True, False])
def test_where_the_last_step_fails_file_and_log_are_where_they_were(
    path: Path,
    backup: Path,
    killed: Callable[[Path], dict[str, bytes]],
    links: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = killed(path)
    ready = restoring.prepare(path, backup, HEAD, current=None)
    settle, again = snapshots.settle, snapshots.again

    def named(old: Path, new: Path) -> bool:  # a kill may come after each
        if new == path:
            assert all(path.with_name(path.name + mark).exists() for mark in content if mark)
        return links and again(old, new)

    def lost(made: Path, to: Path) -> None:  # what a disk that fails then has of it
        assert not to.exists(), "with a log beside it, the copy would come to it"
        made.unlink()
        settle(made, to)

    monkeypatch.setattr(snapshots, "settle", lost)
    monkeypatch.setattr(snapshots, "again", named)
    with pytest.raises(UserError):
        restoring.swap(ready)
    assert lies(path, content) and names(path) == sorted(f"cases.db{mark}" for mark in content if mark)


def test_a_log_without_its_file_is_not_played_into_another(path: Path, backup: Path) -> None:
    log = damaged_with_log(path)["-wal"]
    path.unlink()
    done = restore(path, backup, HEAD)
    (aside,) = names(path)
    assert done.before is None and held(path) == 1
    assert aside.endswith(".db-wal") and path.with_name(aside).read_bytes() == log


def test_without_room_for_a_backup_the_file_itself_is_kept(path: Path, backup: Path) -> None:
    place = folder(path)
    kept = Path(shutil.move(backup, path.parent / "b.db"))
    shutil.rmtree(place)
    place.write_text("in the way")
    done = restore(path, kept, HEAD)
    assert done.aside and done.before and done.notes
    assert (held(path), held(done.before)) == (1, 2)


def test_the_newest_sound_backup_is_found(path: Path, backup: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        later = make(office.db, "asked").path
        broken = make(office.db, "asked", new=True).path
    broken.write_bytes(b"x" * 20_000)
    best = restoring.newest_good(path, None, HEAD)
    assert best and best.path == later
    with closing(open_file(later)) as db, db.atomic():
        db.run("DELETE FROM history WHERE id = (SELECT max(id) FROM history)")
    best = restoring.newest_good(path, None, HEAD)
    assert best and best.path == backup and names(path) == []
    backup.unlink()
    assert restoring.newest_good(path, None, HEAD) is None


def test_a_good_backup_in_the_second_place_alone_is_found(path: Path, backup: Path, tmp_path: Path) -> None:
    second = tmp_path / "usb"
    second.mkdir()
    with closing(open_office(path, WHO)) as office:
        change_settings(office, {"backup_second": str(second)})
        made = make(office.db, "asked")
    shutil.rmtree(folder(path))
    best = restoring.newest_good(path, None, HEAD)
    assert best and best.path.is_relative_to(second) and best.name == made.name
    damage_index(path)
    with closing(open_file(path, readonly=True)) as db:
        assert db.rows("PRAGMA integrity_check") != [("ok",)]
    best = restoring.newest_good(path, None, HEAD)
    assert best and best.path.is_relative_to(second)
    path.write_bytes(b"x" * 20_000)
    assert restoring.newest_good(path, None, HEAD) is None


def test_permissions_stay(path: Path, backup: Path) -> None:
    path.chmod(0o600)
    restore(path, backup, HEAD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# what is refused, and changes nothing


def untouched(path: Path) -> bool:
    return held(path) == 2 and names(path) == []


def test_a_damaged_backup(path: Path, backup: Path) -> None:
    damage_index(backup)  # a copy of it would be whole: its indexes are made anew
    with open_file(backup).connection as raw:
        raw.execute("UPDATE history SET changes = '{}'")
    with pytest.raises(FileProblem, match="不完好"):
        restore(path, backup, HEAD)
    assert untouched(path)


def test_a_backup_that_was_changed_past_the_program(path: Path, backup: Path) -> None:
    with closing(open_file(backup)) as db, db.atomic():
        db.run("UPDATE disputes SET applicant = '王五'")
    with pytest.raises(FileProblem, match="不完好"):
        restore(path, backup, HEAD)
    assert untouched(path)


def test_a_backup_of_another_office(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other" / "cases.db"
    other.parent.mkdir()
    with closing(new_office(other, WHO)) as office:
        case(office, "他局1号")
        strange = make(office.db, "day").path
    with pytest.raises(FileProblem, match="没有任何共同的历史"):
        restore(path, strange, HEAD, reason="必须")
    assert cli.main(["restore", str(strange), "--file", str(path)]) == 1
    assert "没有任何共同的历史" in capsys.readouterr().err
    assert held(path) == 2 and names(path) == ["other"]
    assert len(backups.Place(folder(path)).backups()) == 1, "nothing was done"
    restore(new := tmp_path / "new.db", strange, HEAD)  # as the sentence says
    assert held(new) == 1


@pytest.mark.parametrize("content", [b"", b"something else entirely" * 400])
def test_what_is_no_backup(path: Path, content: bytes, tmp_path: Path) -> None:
    (other := folder(path) / "x.db").write_bytes(content)
    with pytest.raises(FileProblem, match=r"x\.db"):
        restore(path, other, HEAD)
    assert untouched(path)


def test_a_part_is_no_backup_but_of_itself(path: Path, backup: Path, tmp_path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        case(office, "3号")
        editing.save(office, DISPUTES, {**CASE, "case_no": "4号", "applied_on": "2024-05-06"})
        later = parting.write(office, Choice(first="2024-05-06"), tmp_path / "later.db").path
    with pytest.raises(FileProblem, match=r"部分文件.*没有恢复"):
        restore(path, later, WHO)
    assert held(path) == 4
    with closing(open_office(later, WHO)) as office:
        kept = tmp_path / "kept.db"
        snapshots.write(office.db, kept)
        mine = make(office.db, "day")
        case(office, "5号")
    restore(later, kept, WHO)
    assert held(later) == 1
    with closing(open_office(later, WHO)) as office:
        merging.merge(office, path)
    assert held(later) == 4
    restore(later, mine.path, WHO)
    assert held(later) == 1, "what a merge brought is taken back by a backup of its own"


def test_over_a_damaged_file_no_part_is_restored_but_its_own_backup(
    path: Path, backup: Path, tmp_path: Path
) -> None:
    with closing(open_office(path, WHO)) as office:
        editing.save(office, DISPUTES, {**CASE, "case_no": "4号", "applied_on": "2024-05-06"})
        part = parting.write(office, Choice(first="2024-05-06"), tmp_path / "part.db").path
    with closing(open_office(part, WHO)) as office:
        own = make(office.db, "asked").path
    for one in (path, part):
        scribble(one, page_of(one))
    content = path.read_bytes()
    with pytest.raises(FileProblem, match=r"部分文件.*没有恢复"):
        restore(path, own, WHO)
    assert path.read_bytes() == content and names(path) == ["part.db", "part.db.backups"]
    assert restore(part, own, WHO).aside and held(part) == 1
    assert restore(path, backup, WHO).aside and held(path) == 1


def test_settings_of_a_computer_stay_and_their_history_says_so(path: Path, backup: Path) -> None:
    """Who works here, when it locks and where second backups go, whatever they were as the backup was made."""
    mine = {"clerk": "李四", "lock_minutes": "7", "backup_second": "/media/盘"}
    with closing(open_office(path, WHO)) as office:
        change_settings(office, {**mine, "region": "京怀"})
    restore(path, backup, HEAD)
    with closing(open_office(path, WHO, readonly=True)) as office:
        assert office.settings == mine and verify(office).sound
    assert last(path)[1:3] == (restoring.KIND, restoring.KIND)


def test_a_backup_of_a_newer_program(path: Path, backup: Path) -> None:
    with closing(open_file(backup)) as db, db.atomic():
        columns = "(migration_set, name, applied_at)"
        sql = f"INSERT INTO _sqlite_migrations {columns} SELECT migration_set, 'later', applied_at"
        db.run(f"{sql} FROM _sqlite_migrations LIMIT 1")
    with pytest.raises(FileProblem, match="版本"):
        restore(path, backup, HEAD)
    assert untouched(path)


def test_an_older_backup_is_brought_up(path: Path, backup: Path) -> None:
    with closing(open_file(backup)) as db, db.atomic():
        db.run("DELETE FROM shapes")
    restore(path, backup, HEAD)
    assert held(path) == 1
    assert [one.why for one in backups.Place(folder(path)).backups()] == ["restore", "day"]


def test_a_wrong_password(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with closing(make_office(path, WHO, key="一个密码")) as office:
        case(office, "1号")
        backup = make(office.db, "asked").path
        case(office, "2号")
    with closing(open_office(path, WHO, key="一个密码")) as office, pytest.raises(FileProblem):
        restoring.prepare(path, backup, HEAD, current=office, key="另一个")
    assert names(path) == []
    restore(path, backup, HEAD, key="一个密码")
    assert held(path, "一个密码") == 1


@pytest.mark.parametrize("own", [None, "现在的密码一二三"], ids=["none", "another"])
def test_a_backup_under_another_password_comes_back_under_that_of_the_file(
    path: Path, backup: Path, own: str | None
) -> None:
    cipher.recode(backup, None, keys.fresh("从前的密码"))
    if own:
        passwords.change(path, None, own, WHO)
    with closing(open_office(path, WHO, key=own)) as office:
        assert restoring.later(office, backup, "从前的密码").records == {"disputes": 1}
        ready = restoring.prepare(path, backup, HEAD, current=office, key="从前的密码")
    done = restoring.swap(ready)
    assert held(path, own) == 1 and keys.is_encrypted(path) == bool(own)
    assert done.before and held(done.before, own) == 2
    assert keys.is_encrypted(backup) and held(backup, "从前的密码") == 1 and names(path) == []


def test_an_older_password_restores_nothing_where_the_file_has_another_one(
    path: Path, tmp_path: Path
) -> None:
    """Whoever once had a copy would put it in the file's place, under the password that was changed."""
    passwords.change(path, None, "从前的密码一二三", WHO)
    older = Path(shutil.copy(path, tmp_path / "older.db"))
    passwords.change(path, "从前的密码一二三", "现在的密码一二三", WHO)
    content = path.read_bytes()
    with pytest.raises(WrongPassword):
        restore(path, older, HEAD, key="从前的密码一二三")
    assert path.read_bytes() == content and names(path) == ["older.db"]
    restore(new := tmp_path / "new.db", older, HEAD, key="从前的密码一二三")
    assert held(new, "从前的密码一二三") == 2


def test_a_file_that_another_program_has_open(path: Path, backup: Path) -> None:
    with closing(open_office(path, WHO, readonly=True)), pytest.raises(FileInUse):
        restore(path, backup, HEAD)
    assert untouched(path)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open is not replaced")
def test_what_a_command_adds_while_the_files_are_exchanged_is_in_the_restored_one(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes when all has been looked at, just before the copy gets the file's name."""

    def export() -> None:
        with closing(open_office(path, WHO, readonly=True)) as office:
            exports.note(office, "表", path.with_name("a.csv"))

    command, replace = Thread(target=export), os.replace

    def late(made: Path, name: Path) -> None:
        if name == path:
            command.start()
            command.join(1.5)  # as long as it may wait for whoever holds the file
        replace(made, name)

    monkeypatch.setattr(os, "replace", late)
    restore(path, backup, HEAD)
    command.join()
    with closing(open_office(path, WHO, readonly=True)) as office:
        assert office.db.rows("SELECT count(*) FROM history WHERE action = 'export'") == [(1,)]
        assert verify(office).sound
    assert held(path) == 1 and names(path) == []


def test_a_file_that_is_changed_meanwhile(path: Path, backup: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        ready = restoring.prepare(path, backup, HEAD, current=office)
        case(office, "3号")
    with pytest.raises(FileProblem, match="在此期间"):
        restoring.swap(ready)
    assert held(path) == 3 and names(path) == []


def log_left(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"another's")


def another_put_there(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").rename(path)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open is not replaced")
@pytest.mark.parametrize("does", [log_left, another_put_there])
def test_a_file_that_another_one_comes_to_as_it_is_exchanged(
    path: Path, backup: Path, does: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it has been looked at: a log of another's would be played into the copy, another's file would be lost."""
    with closing(open_office(path, WHO)) as office:
        ready = restoring.prepare(path, backup, HEAD, current=office)
    heads, now = history.heads, list[os.stat_result]()

    def late(db: Database) -> bytes:
        found = heads(db)
        does(path)
        now.append(path.stat())
        return found

    monkeypatch.setattr(history, "heads", late)
    with pytest.raises(FileInUse):
        restoring.swap(ready)
    assert os.path.samestat(path.stat(), now[0]) and not list(path.parent.glob(f".*{snapshots.PART}"))


def test_what_was_left_half_made_beside_a_file_goes_but_not_that_of_a_longer_name(
    path: Path, backup: Path
) -> None:
    ours, others = (
        path.with_name(f".{name}.0a1b2c3d{snapshots.PART}") for name in (path.name, f"{path.name}.old")
    )
    for left in (ours, others):
        left.write_bytes(b"half")
    rot(path)  # so that nothing but the restore looks after it
    assert restore(path, backup, HEAD).aside
    assert not ours.exists() and others.read_bytes() == b"half"


class Stopping(Silent):
    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        raise Cancelled


def test_stopped_or_dropped_it_changes_nothing(path: Path, backup: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        with pytest.raises(Cancelled):
            restoring.prepare(path, backup, HEAD, current=office, progress=Stopping())
        assert names(path) == [f"cases.db{mark}" for mark in ("-shm", "-wal")]
        restoring.prepare(path, backup, HEAD, current=office).drop()
    assert untouched(path)


# frozen figures


def frozen(path: Path, *, again: bool = False) -> Path:
    """A backup, after which a case that a frozen figure counts is changed."""
    with closing(open_office(path, WHO)) as office:
        freezing.freeze(office, Period.year(2020), "年报")
        backup = make(office.db, "asked").path
        with office.because("更正"):
            (uid,) = [uid for (uid,) in office.db.rows("SELECT uid FROM disputes WHERE case_no = '1号'")]
            editing.save(office, DISPUTES, {**CASE, "case_no": "1号", "applicant": "李四"}, uid)
        if again:
            editing.save(office, DISPUTES, {**CASE, "case_no": "1号", "applicant": "李四"}, uid)
    return backup


def test_what_frozen_figures_count_needs_a_reason(path: Path) -> None:
    backup = frozen(path)
    with pytest.raises(FrozenRecords, match="1号") as refused:
        restore(path, backup, HEAD)
    assert len(refused.value.records) == 1 and names(path) == []
    restore(path, backup, HEAD, reason="更正有误")
    assert last(path)[3]["reason"] == "更正有误"


def test_a_freeze_that_would_be_lost_needs_a_reason(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        backup = make(office.db, "asked").path
        freezing.freeze(office, Period.year(2020), "年报")
    with pytest.raises(FrozenRecords, match="封账"):
        restore(path, backup, HEAD)
    restore(path, backup, HEAD, reason="重新封账")


def test_other_records_need_none(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        freezing.freeze(office, Period.year(2020), "年报")
        backup = make(office.db, "asked").path
        editing.save(office, DISPUTES, {**CASE, "case_no": "9号", "applied_on": "2021-05-06"})
    restore(path, backup, HEAD)
    assert held(path) == 2


# killed between any two steps


STEPS = {
    "prepared": (restoring, "swap"),
    "folded": (snapshots, "settle"),
    "synced": (os, "replace"),
}


def first_page(path: Path) -> dict[str, bytes]:
    with path.open("r+b") as file:
        file.write(b"\xff" * 4096)
    return {"": path.read_bytes()}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("damage", [None, first_page, damaged_with_log, hot_journal])
def test_killed_at_a_step_the_file_is_the_old_one_or_can_be_restored(
    path: Path, backup: Path, step: str, damage: Callable[[Path], dict[str, bytes]] | None
) -> None:
    content = damage(path) if damage else {}
    child = fork()
    if child == 0:
        module, name = STEPS[step]
        setattr(module, name, lambda *_args: os._exit(9))
        restore(path, backup, HEAD)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    if damage is None:
        assert held(path) == 2
    elif path.exists():
        assert lies(path, content)
    else:
        (aside,) = path.parent.glob("cases.before-*.db")
        assert len(content) > 1 and lies(aside, content)
    restore(path, backup, HEAD)
    assert held(path) == 1


# commands


def run(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[int, str, str]:
    status = cli.main(["--file", str(path), *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_backup_and_restore_by_command(
    path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _err = run(capsys, path, "backup", "--json")
    made = json.loads(out)
    assert (
        status == 0 and made["counts"]["disputes"] == 2 and Path(made["path"]).stat().st_size == made["size"]
    )
    out_file = tmp_path / "另存.db"
    assert run(capsys, path, "backup", "--out", str(out_file))[0] == 0 and held(out_file) == 2
    assert run(capsys, path, "backup", "--out", str(out_file))[0] == 1, "written over"
    _status, out, _err = run(capsys, path, "backup", "--list", "--json")
    listed = json.loads(out)
    assert [one["why"] for one in listed] == ["asked", "day"]
    status, out, _err = run(
        capsys, path, "restore", Path(listed[1]["path"]).name, "--json", "--clerk", "科长"
    )
    assert status == 0 and json.loads(out)["counts"]["disputes"] == 1 and held(path) == 1
    assert last(path)[0] == "科长"
    assert run(capsys, path, "verify")[0] == 0
    status, out, err = run(capsys, path, "restore", str(out_file))
    assert status == 0 and held(path) == 2 and "撤销" in out and not err


def test_a_backup_is_verified_by_command_and_stays_as_it_is(
    path: Path, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = backup.read_bytes()
    status, out, _err = run(capsys, path, "verify", backup.name, "--json")
    assert status == 0 and json.loads(out)["records"] == 1 and backup.read_bytes() == content
    with closing(open_file(backup)) as db, db.atomic():
        db.run("UPDATE disputes SET applicant = '王五'")
    status, _out, err = run(capsys, path, "verify", str(backup))
    assert status == 1 and f"备份 {backup} 不完好" in err and "1号：" in err
    assert run(capsys, path, "verify")[0] == 0 and names(path) == []


def test_a_backup_under_a_password_is_verified_by_command(
    path: Path, backup: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords.change(path, None, "一个密码1234", WHO)
    status, _out, err = run(capsys, path, "verify", backup.name)
    assert status == 1 and "CASE_TRACKER_PASSWORD" in err
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", "一个密码1234")
    status, out, _err = run(capsys, path, "verify", backup.name, "--json")
    assert status == 0 and json.loads(out)["records"] == 1


def test_a_command_tells_of_what_is_frozen_and_takes_a_reason(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = frozen(path)
    status, out, err = run(capsys, path, "restore", str(backup))
    assert (status, out) == (1, "") and "1号" in err and "--reason" in err
    assert run(capsys, path, "restore", str(backup), "--reason", "更正")[0] == 0


@pytest.mark.parametrize("name", ["nothing.db", "cases.db"])
def test_a_backup_that_is_not_there(path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.chdir(path.parent)
    status, _out, err = run(capsys, path, "restore", name)
    assert status == 1 and err.count("\n") == 1 and name in err
    assert untouched(path)


def test_a_command_that_writes_backs_up_first(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder(path))
    sheet = tmp_path / "s.csv"
    sheet.write_text(
        "case_no,applied_on,applicant,respondent\n8号,2020-03-03,李四,某公司\n", encoding="utf-8"
    )
    status, _out, err = run(capsys, path, "import", "disputes", str(sheet))
    assert (status, err) == (0, "")
    (made,) = folder(path).glob("*.db")
    assert made.name.endswith("-import.db") and (held(made), held(path)) == (2, 3)
