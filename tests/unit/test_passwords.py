"""A password encrypts the file and its copies; it is set, changed and removed whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import signal
import stat
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, filled, new_office, random_record
from tracker.cli import main
from tracker.db import cipher, database, keys
from tracker.db.database import Database, open_file
from tracker.db.snapshots import PART
from tracker.errors import (
    Cancelled,
    FileInUse,
    FileProblem,
    PasswordNeeded,
    UserError,
    WrongKey,
    WrongPassword,
)
from tracker.i18n import _
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, merging, opening, passwords, restoring, second_place, undoing
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.password_words import copies_told
from tracker.operations.passwords import CHANGED, REMOVED, SET
from tracker.operations.progress import Silent
from tracker.operations.setup import change_settings
from tracker.operations.strength import FAIR, STRONG, WEAK, estimate
from tracker.operations.verifying import verify

FIRST, SECOND = "第一个 pass'word\"", "zweites;--Passwort"
CASE = {"case_no": "有密码", "applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = Random(7)
    path = tmp_path_factory.mktemp("passwords") / "office.db"
    filled(path, {ledger: [random_record(ledger, random) for _n in range(8)] for ledger in LEDGERS}).close()
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path))


def held(office: Office) -> object:
    """All rows but what tells of the password itself."""
    found = {}
    for (name,) in office.db.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
        "AND name NOT GLOB '*_search*' AND name NOT IN ('history', 'operations', 'heads')"
    ):
        found[name] = sorted(map(repr, office.db.rows(f'SELECT * FROM "{name}"')))
    return found


def what_is_in(path: Path, key: str | None) -> object:
    with closing(open_office(path, WHO, key=key)) as office:
        assert verify(office).sound
        found = held(office)
        del found["steps"]  # a restore leaves one, which says how it is taken back
        return found


def lonely(path: Path) -> bool:
    """Whether nothing lies beside the file but its backups."""
    return {each.name for each in path.parent.iterdir()} <= {path.name, backups.folder(path).name}


def test_set_changed_and_removed_it_holds_the_same(path: Path) -> None:
    before = what_is_in(path, None)
    page = path.read_bytes()[:4096]
    made = passwords.change(path, None, FIRST, WHO)
    assert (made.what, len(made.recovery)) == (SET, 16) and keys.is_encrypted(path) and lonely(path)
    assert what_is_in(path, FIRST) == before == what_is_in(path, " ".join(made.recovery))
    again = passwords.change(path, FIRST, SECOND, WHO)
    assert again.what == CHANGED and again.recovery != made.recovery
    assert what_is_in(path, SECOND) == before
    for old in (None, FIRST, " ".join(made.recovery)):
        with pytest.raises(PasswordNeeded):
            open_office(path, WHO, key=old)
    assert passwords.change(path, " ".join(again.recovery), None, WHO).what == REMOVED
    assert what_is_in(path, None) == before and path.read_bytes()[:16] == page[:16] and lonely(path)


def test_each_change_is_in_the_history_without_any_secret(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        offered = undoing.offered(office)
    passwords.change(path, None, FIRST, WHO)
    made = passwords.change(path, FIRST, SECOND, WHO)
    passwords.change(path, SECOND, None, WHO)
    with closing(open_office(path, WHO)) as office:
        rows = office.db.rows(
            "SELECT h.changes FROM history h JOIN operations o ON o.id = h.operation "
            "WHERE o.kind = 'password' ORDER BY h.id"
        )
        assert [json.loads(text) for (text,) in rows] == [
            {"password": what} for what in (SET, CHANGED, REMOVED)
        ]
        assert undoing.offered(office) == offered, "none of it can be taken back by a key"
    content = path.read_bytes()
    secrets_told = (FIRST, SECOND, *made.recovery, made.key or "")
    assert not any(secret.encode() in content for secret in secrets_told)


def test_nothing_of_a_record_is_readable_in_file_log_and_backups(path: Path, tmp_path: Path) -> None:
    """The bytes of every file are searched: of those made before the password, too, and in the second place."""
    secret, second = "欧阳查无此人".encode(), tmp_path / "stick"
    second.mkdir()

    def readable() -> set[str]:
        found = [*path.parent.rglob("*"), *second.rglob("*")]
        return {each.name for each in found if each.is_file() and secret in each.read_bytes()}

    with closing(open_office(path, WHO)) as office:
        save_settings(office, {"backup_second": str(second)})
        editing.save(office, DISPUTES, {**CASE, "applicant": "欧阳查无此人"})
        early = backups.make(office.db, "asked")
    assert readable() >= {path.name, early.name} and len(list(second.rglob(early.name))) == 1
    assert secret in next(second.rglob(early.name)).read_bytes()
    passwords.change(path, None, FIRST, WHO)
    assert readable() == set()
    with closing(open_office(path, WHO, key=FIRST)) as office:
        editing.save(office, DISPUTES, {**CASE, "case_no": "二", "applicant": "欧阳查无此人"})
        later = backups.make(office.db, "asked")
        assert list(path.parent.glob(f"{path.name}-wal")), "the log is there"
        assert later.name != early.name and len(list(second.rglob(later.name))) == 1
        assert readable() == set()
    assert readable() == set()


def test_any_tool_that_knows_sqlcipher_opens_it(path: Path, slow_keys: None) -> None:
    made = passwords.change(path, None, FIRST, WHO)
    assert cipher.opens(path, FIRST) and not cipher.opens(path, SECOND)
    assert made.key
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert office.key == made.key and office.db.rows("PRAGMA cipher_page_size") == [("4096",)]
        with closing(office.reader()) as reader:
            assert reader.rows("SELECT count(*) FROM disputes") == [(8,)]


def log_left(path: Path) -> None:
    path.with_name(f"{path.name}-wal").write_bytes(b"another's")


def written_to(path: Path) -> None:
    with closing(open_file(path)) as db, db.atomic():
        db.run("UPDATE disputes SET remarks = '别人写的'")


@pytest.mark.parametrize("does", [log_left, written_to])
def test_who_comes_to_a_file_as_its_new_one_is_ready_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, does: Callable[[Path], None]
) -> None:
    """Between the end of our hold on it and the last look, where a file that is open cannot be replaced."""
    monkeypatch.setattr(cipher, "REPLACES_OPEN", False)
    close = Database.close
    now: list[bytes] = []

    def close_and_be_followed(db: Database) -> None:
        close(db)
        if db.path == path:
            monkeypatch.undo()
            does(path)
            now.append(path.read_bytes())

    monkeypatch.setattr(Database, "close", close_and_be_followed)
    with pytest.raises(FileInUse):
        cipher.recode(path, None, keys.fresh(FIRST))
    assert now == [path.read_bytes()] and not list(path.parent.glob(f"*{PART}*"))


def test_a_copy_that_lacks_something_does_not_take_the_files_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = cipher._export

    def lossy(db: Database, made: Path, key: str | None) -> None:
        export(db, made, key)
        with closing(open_file(made, key=key)) as copy, copy.atomic():
            copy.run("DELETE FROM heads")

    monkeypatch.setattr(cipher, "_export", lossy)
    before = what_is_in(path, None)
    with pytest.raises(FileProblem, match="office"):
        passwords.change(path, None, FIRST, WHO)
    assert what_is_in(path, None) == before and not list(path.parent.glob(f"*{PART}*"))


FIT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs")), min_size=8, max_size=40)


@given(password=FIT.filter(lambda text: text == text.strip() and not keys.is_like_key(text)))
@how(max_examples=tries(6))
def test_any_fit_text_is_a_password(password: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        key = keys.fresh(password)
        with closing(open_file(path, create=True)) as db, db.atomic():
            db.run("CREATE TABLE t (x)")
        cipher.recode(path, None, key)
        assert cipher.opens(path, unicodedata.normalize("NFC", password))
        with closing(open_file(path, key=password)) as db:
            assert db.key == key
        with pytest.raises(WrongPassword):
            open_file(path, key=password + "x")


@given(st.text(max_size=200))
@how(max_examples=tries(6))
def test_no_other_text_opens_a_file(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        open_file(path, create=True).close()
        with closing(open_file(path, create=True)) as db, db.atomic():
            db.run("CREATE TABLE t (x)")
        cipher.recode(path, None, keys.fresh("the right one"))
        before = path.read_bytes()
        with pytest.raises(PasswordNeeded):
            open_file(path, key=text)
        assert path.read_bytes() == before


UNSEEN = ("acht\0acht", "zeile\nzeile", "zero\u200bwidth", "\ud800" * 9)
LIKE_KEYS = ("x'" + "ab" * 32 + "'", "x'" + "ab" * 48 + "'", "0" * 112)


@pytest.mark.parametrize("text", ["", "kurz", "1234567", " beginnt so", "endet so ", *UNSEEN, *LIKE_KEYS])
def test_what_cannot_be_a_password_changes_nothing(path: Path, text: str) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError):
        passwords.change(path, None, text, WHO)
    assert path.read_bytes() == before and lonely(path)


def test_a_text_like_a_raw_key_is_not_taken_for_one(path: Path) -> None:
    passwords.change(path, None, FIRST, WHO)
    salt = keys.salt_of(path).hex()
    for text in ("x'" + "ab" * 32 + "'", "x'" + "ab" * 32 + salt + "'"):
        with pytest.raises(WrongPassword):
            open_file(path, key=text)


def test_a_wrong_password_a_mistyped_key_and_a_key_of_before_are_told_apart(path: Path) -> None:
    made = passwords.change(path, None, FIRST, WHO)
    before = path.read_bytes()
    with pytest.raises(PasswordNeeded, match="设有密码") as asked:
        open_office(path, WHO)
    assert not isinstance(asked.value, WrongPassword)
    with pytest.raises(WrongPassword, match="密码不对"):
        open_office(path, WHO, key=SECOND)
    groups = list(made.recovery)
    groups[4] = groups[4][:3] + ("0" if groups[4][3] != "0" else "1") + groups[4][4:]
    with pytest.raises(WrongKey, match="第 5 组"):
        open_office(path, WHO, key=" ".join(groups))
    assert path.read_bytes() == before
    passwords.change(path, FIRST, SECOND, WHO)
    with pytest.raises(WrongKey, match="以前的密码"):
        open_office(path, WHO, key=" ".join(made.recovery))


def test_backups_get_the_same_password_or_are_told(path: Path) -> None:
    folder = backups.folder(path)
    with closing(open_office(path, WHO)) as office:
        plain = backups.make(office.db, "asked").path
    damaged, aside = folder / "20250102-120000-day.db", path.with_name("office.before-20250101-120000.db")
    damaged.write_bytes(path.read_bytes()[:20_000])
    shutil.copy(path, aside)
    assert (folder / ".notes").is_file()
    made = passwords.change(path, None, FIRST, WHO)
    assert made.copies.readable == (damaged,) and not (folder / ".notes").exists()
    found = {each.path for each in backups.Place(folder).backups()} - {damaged}
    assert made.copies.done == 3 and len(found) == 2 and plain in found, (
        "one was made before; they and what was aside"
    )
    with closing(open_office(path, WHO, key=FIRST)) as office:
        copy = backups.make(office.db, "asked", new=True).path
    key = " ".join(made.recovery)
    for backup in (plain, copy, aside):
        for each in (FIRST, key):
            what_is_in(backup, each)
    assert what_is_in(copy, key) == what_is_in(path, FIRST)
    stranger = folder / "20250104-120000-day.db"
    shutil.copy(copy, stranger)
    cipher.recode(stranger, FIRST, keys.fresh("ein anderes"))
    damaged.unlink()
    made = passwords.change(path, FIRST, SECOND, WHO)
    assert (made.copies.readable, made.copies.earlier) == ((), (stranger,)) and made.copies.done == 5
    what_is_in(plain, " ".join(made.recovery))
    made = passwords.change(path, SECOND, None, WHO)
    assert (made.copies.done, made.copies.readable, len(made.copies.earlier)) == (0, (), 7)
    assert all(keys.is_encrypted(each) for each in (plain, copy, stranger, aside))


def test_a_command_that_lists_backups_encrypts_those_left_plain(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_office(path, WHO)) as office:
        plain = backups.make(office.db, "asked", new=True).path
    content = plain.read_bytes()
    passwords.change(path, None, FIRST, WHO)
    plain.write_bytes(content)
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", FIRST)
    with closing(opening.to_write(path, WHO, key=FIRST)):
        assert main(["backup", "--list", "--file", str(path)]) == 0
        assert plain.name in capsys.readouterr().err and not keys.is_encrypted(plain)
    assert main(["backup", "--list", "--file", str(path)]) == 0
    assert "1 份备份" in capsys.readouterr().err and keys.is_encrypted(plain)
    what_is_in(plain, FIRST)
    assert main(["backup", "--list", "--file", str(path)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name != "posix", reason="a folder is synced there alone")
@pytest.mark.parametrize("refused", ["the folder's sync", "a backup's place"])
def test_once_the_file_has_its_key_no_disk_keeps_it_from_being_told(
    path: Path, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_office(path, WHO)) as office:
        plain = backups.make(office.db, "asked").path
    replace, sync, sealed = os.replace, os.fsync, list[str]()

    def replacing(one: str, other: str) -> None:
        if refused == "a backup's place" and Path(other) == plain:
            raise OSError(errno.EIO, "no place for a backup")
        replace(one, other)
        if Path(other) == path:
            sealed.append(str(other))

    def syncing(handle: int) -> None:
        if sealed and refused == "the folder's sync" and stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "no folder is synced any more")
        sync(handle)

    monkeypatch.setattr(os, "replace", replacing)
    monkeypatch.setattr(os, "fsync", syncing)
    made = passwords.change(path, None, FIRST, WHO)
    monkeypatch.undo()
    assert sealed and what_is_in(path, " ".join(made.recovery))
    assert (plain in made.copies.readable) is not keys.is_encrypted(plain)
    assert refused != "a backup's place" or made.copies.readable == (plain,)


def test_backups_that_are_one_file_under_several_names_stay_so(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        names = [backups.make(office.db, why).path for why in ("asked", "day", "close")]
    assert len({name.stat().st_ino for name in names}) == 1
    made = passwords.change(path, None, FIRST, WHO)
    assert made.copies.readable == () and made.copies.done == 4
    assert len({name.stat().st_ino for name in names}) == 1
    for name in names:
        what_is_in(name, FIRST)


def test_what_only_is_called_so_is_left_alone_and_a_damaged_file_set_aside_too(path: Path) -> None:
    strange, named = (path.with_name(f"office.before-{mark}.db") for mark in ("20250101-120000", "holidays"))
    new_office(strange, WHO).close()
    shutil.copy(path, named)
    damaged = path.with_name("office.before-20250102-120000.db")
    damaged.write_bytes(path.read_bytes()[:20_000])
    log = damaged.with_name(f"{damaged.name}-wal")
    log.write_bytes(b"what was in the log" * 400)
    before = {one: one.read_bytes() for one in (strange, named, damaged, log)}
    made = passwords.change(path, None, FIRST, WHO)
    assert {one: one.read_bytes() for one in before} == before
    assert made.copies.readable == (damaged,)
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert passwords.make_up(office).readable == (damaged,)
    assert {one: one.read_bytes() for one in before} == before


def test_the_backup_before_a_password_is_whole_though_the_newest_one_is_not(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        rotten = backups.make(office.db, "close").path
    stat = rotten.stat()
    rotten.write_bytes(rotten.read_bytes()[:30_000] + b"\xff" * (stat.st_size - 30_000))
    os.utime(rotten, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as a disk does, without a trace
    passwords.change(path, None, FIRST, WHO)
    (before,) = backups.folder(path).glob("*-password.db")
    what_is_in(before, FIRST)


class Stopping(Silent):
    """Stops once it is at the backups: the file itself has its password by then."""

    def __init__(self, stop: type[BaseException]) -> None:
        self.stop = stop

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        if text == _("Backups are encrypted …"):
            raise self.stop


@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_who_stops_while_backups_are_encrypted_is_still_told_the_key(
    path: Path, stop: type[BaseException]
) -> None:
    made = passwords.change(path, None, FIRST, WHO, Stopping(stop))
    assert made.copies.readable == tuple(backups.folder(path).glob("*.db")) != ()
    assert cipher.opens(path, FIRST) and cipher.opened_by(path, " ".join(made.recovery))


def test_a_password_that_would_not_open_the_file_is_not_set(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = keys.fresh
    monkeypatch.setattr(keys, "fresh", lambda password: fresh(f"{password}x"))
    with pytest.raises(FileProblem, match="新密码打不开"):
        passwords.change(path, None, FIRST, WHO)
    assert not keys.is_encrypted(path) and lonely(path)


def test_notes_of_backups_that_a_killed_change_left_readable_go_too(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        left = backups.make(office.db, "asked").path
    plain = {one: one.read_bytes() for one in (left, left.with_name(".notes"))}
    passwords.change(path, None, FIRST, WHO)
    for one, content in plain.items():
        one.write_bytes(content)
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert passwords.make_up(office).done == 1
    assert keys.is_encrypted(left) and not left.with_name(".notes").exists()


def test_what_a_killed_change_left_readable_is_encrypted_when_the_file_is_next_written(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_office(path, WHO)) as office:
        left = backups.make(office.db, "asked").path
    plain = left.read_bytes()
    made = passwords.change(path, None, FIRST, WHO)
    left.write_bytes(plain)
    damaged = left.with_name("20250102-120000-day.db")
    damaged.write_bytes(plain[:20_000])
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", FIRST)
    assert main(["freeze", "--year", "2020", "--file", str(path)]) == 0
    err = capsys.readouterr().err
    assert "1 份备份" in err and "恢复密钥" in err and str(damaged) in err and str(left) not in err
    assert what_is_in(left, " ".join(made.recovery))
    damaged.unlink()
    assert main(["freeze", "--year", "2021", "--file", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_made_by_an_import_is_said_to_have_no_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, made = tmp_path / "t.xlsx", tmp_path / "made.db"
    assert main(["template", "disputes", "--out", str(sheet), "--file", str(made)]) == 0
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", FIRST)
    assert main(["import", "disputes", str(sheet), "--file", str(made)]) == 0
    assert "password set" in capsys.readouterr().err and not keys.is_encrypted(made)


def test_backups_in_the_second_place_follow_or_it_is_named(path: Path, tmp_path: Path) -> None:
    second = tmp_path / "usb"
    second.mkdir()
    with closing(open_office(path, WHO)) as office:
        change_settings(office, {"backup_second": str(second)})
        backups.make(office.db, "asked")
    there = second_place.folder(second, path)
    made = passwords.change(path, None, FIRST, WHO)
    assert made.copies.away is None and made.copies.readable == ()
    assert list(there.glob("*.db")) and all(keys.is_encrypted(each) for each in there.glob("*.db"))
    second.rename(tmp_path / "pulled out")
    made = passwords.change(path, FIRST, SECOND, WHO)
    assert made.copies.away == second and any(str(second) in line for line in copies_told(made.copies))


def test_backups_of_another_file_or_copy_in_the_second_place_are_left_and_named(
    path: Path, tmp_path: Path
) -> None:
    (second := tmp_path / "usb").mkdir()
    copy, strange = (tmp_path / name / path.name for name in ("copy", "strange"))
    with closing(open_office(path, WHO)) as office:
        change_settings(office, {"backup_second": str(second)})
    for other in (copy, strange):
        other.parent.mkdir()
    shutil.copy(path, copy)
    new_office(strange, WHO).close()
    for other in (copy, strange):
        with closing(open_office(other, WHO)) as office:
            change_settings(office, {"backup_second": str(second)})
            backups.make(office.db, "asked")
    made = passwords.change(path, None, FIRST, WHO)
    (theirs,) = second_place.folder(second, copy).glob("*.db")
    (strangers,) = second_place.folder(second, strange).glob("*.db")
    assert not keys.is_encrypted(theirs) and not keys.is_encrypted(strangers)
    assert made.copies.readable == (theirs,)


def test_a_backup_from_before_is_restored_under_the_password_of_now(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "plain.db"
    kept.parent.mkdir()
    shutil.copy(path, kept)
    before = what_is_in(kept, None)
    made = passwords.change(path, None, FIRST, WHO)
    with closing(open_office(path, WHO, key=FIRST)) as office:
        editing.save(office, DISPUTES, CASE)
    for wrong in (None, SECOND):
        with pytest.raises(PasswordNeeded):
            restoring.restore(path, kept, WHO, key=wrong)
    done = restoring.restore(path, kept, WHO, key=FIRST)
    assert keys.is_encrypted(path) and what_is_in(path, " ".join(made.recovery)) == before
    assert done.before and keys.is_encrypted(done.before) and not keys.is_encrypted(kept)
    undone = restoring.restore(path, done.before, WHO, key=" ".join(made.recovery))
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert office.db.rows("SELECT count(*) FROM disputes WHERE case_no = '有密码'") == [(1,)]
    assert undone.before


def test_a_file_that_someone_has_open_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.db.database.BUSY_SECONDS", 0.1)
    with closing(open_office(path, WHO)) as other:
        editing.save(other, DISPUTES, CASE)
        with pytest.raises(FileProblem, match="程序"):
            passwords.change(path, None, FIRST, WHO)
    assert not keys.is_encrypted(path)
    with closing(open_office(path, WHO)) as office:
        assert office.db.rows("SELECT count(*) FROM disputes WHERE case_no = '有密码'") == [(1,)]


def test_without_a_password_there_is_nothing_to_remove(path: Path) -> None:
    with pytest.raises(FileProblem, match="没有密码"):
        passwords.change(path, None, None, WHO)


def test_a_file_can_be_made_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with closing(make_office(path, WHO, key=FIRST)) as office:
        editing.save(office, DISPUTES, CASE)
    assert cipher.opens(path, FIRST)
    with closing(open_office(path, WHO, key=FIRST)) as office:
        assert verify(office).sound


def test_another_clerks_file_comes_in_under_its_own_password(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "theirs" / "theirs.db"
    other.parent.mkdir()
    shutil.copy(path, other)
    with closing(open_office(other, WHO)) as theirs:
        editing.save(theirs, DISPUTES, CASE)
    passwords.change(path, None, FIRST, WHO)
    recovery = " ".join(passwords.change(other, None, SECOND, WHO).recovery)
    before = other.read_bytes()
    with closing(open_office(path, WHO, key=FIRST)) as office:
        for wrong in (None, FIRST):
            with pytest.raises(PasswordNeeded):
                merging.merge(office, other, wrong)
        assert merging.merge(office, other, SECOND).inserted == {"disputes": 1}
        assert merging.merge(office, other, recovery).rows == 0 and verify(office).sound
    assert other.read_bytes() == before and not [left for left in path.parent.iterdir() if PART in left.name]
    with closing(make_office(tmp_path / "plain.db", WHO)) as plain:
        assert merging.merge(plain, other, SECOND).inserted["disputes"] == 9
    assert not keys.is_encrypted(tmp_path / "plain.db")


def test_an_export_never_takes_the_place_of_a_file_with_a_password(path: Path) -> None:
    passwords.change(path, None, FIRST, WHO)
    before = path.read_bytes()
    with pytest.raises(UserError), fresh_file(path) as fresh:
        fresh.write_bytes(b"PK")
    assert path.read_bytes() == before
    sheet = path.with_suffix(".xlsx")
    for content in (b"PK\x03\x04" + secrets.token_bytes(4092), b"a;b\n" * 1024, b"%PDF" + bytes(4092)):
        sheet.write_bytes(content)
        with fresh_file(sheet) as fresh:
            fresh.write_bytes(b"PK")
        assert sheet.read_bytes() == b"PK"


@pytest.mark.parametrize("journal", ["WAL", "PERSIST"])
def test_a_wrong_password_spoils_nothing_that_a_killed_process_left(
    path: Path, tmp_path: Path, journal: str
) -> None:
    """What is to be played back is encrypted page by page: no password is needed for that, and a wrong one no harm."""
    passwords.change(path, None, FIRST, WHO)
    left = tmp_path / "left"
    left.mkdir()
    with closing(open_office(path, WHO, key=FIRST)) as office:
        office.db.connection.execute(f"PRAGMA journal_mode = {journal}")
        editing.save(office, DISPUTES, CASE)
        office.db.connection.execute("PRAGMA cache_size = 2")
        office.db.connection.execute("BEGIN IMMEDIATE")
        office.db.connection.execute("UPDATE disputes SET remarks = hex(randomblob(3000))")
        for each in path.parent.glob(f"{path.name}*"):
            if each.is_file() and not each.name.endswith("-shm"):
                shutil.copy(each, left)
        office.db.connection.execute("ROLLBACK")
    there = left / path.name
    assert there.with_name(f"{path.name}-{'wal' if journal == 'WAL' else 'journal'}").stat().st_size > 4096
    for wrong in (SECOND, FIRST + " "):
        with pytest.raises(WrongPassword):
            open_office(there, WHO, key=wrong)
    with closing(open_office(there, WHO, key=FIRST)) as office:
        assert verify(office).sound
        assert office.db.rows("SELECT remarks FROM disputes WHERE case_no = '有密码'") == [(None,)]


def test_a_full_disk_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
        with pytest.raises(UserError):
            passwords.change(path, None, FIRST, WHO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, kept)
    assert lonely(path) and what_is_in(path, None) and not keys.is_encrypted(path)


# the command line


def command(*words: str) -> int:
    return main(list(words))


def test_the_command_line_sets_changes_and_removes(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(way: str, old: str = "", new: str = "", *more: str) -> tuple[int, str, str]:
        for name, value in (("CASE_TRACKER_PASSWORD", old), ("CASE_TRACKER_NEW_PASSWORD", new)):
            monkeypatch.setenv(name, value)
        status = main([*way.split(), "--file", str(path), *more])
        out, err = capsys.readouterr()
        return status, out, err

    status, out, err = run("password change", new=FIRST)
    assert status == 1 and "password set" in err
    status, out, err = run("password set", new="kurz")
    assert status == 1 and "8" in err and not keys.is_encrypted(path)
    status, out, err = run("password set")
    assert status == 1 and "CASE_TRACKER_NEW_PASSWORD" in err
    status, out, err = run("password set", new=FIRST)
    assert status == 0 and err.startswith("新密码强度") and cipher.opens(path, FIRST)
    recovery = " ".join(re.findall(r"\b[0-9A-F]{7}\b", out))
    assert run("password set", new=SECOND)[0] == 1
    for words in ("verify", "list disputes --json", "stats --year 2020", "due"):
        assert run(words)[0] == 1 and "CASE_TRACKER_PASSWORD" in run(words)[2]
        assert run(words, SECOND)[0] == 1 and run(words, FIRST)[0] == 0 == run(words, recovery)[0]
    status, out, err = run("password change", FIRST, SECOND, "--json")
    told = json.loads(out)
    assert status == 0 and told["password"] == "changed" and told["backups"] == 2 and told["readable"] == []
    assert run("verify", told["recovery_key"])[0] == 0 and run("verify", FIRST)[0] == 1
    status, out, err = run("password remove", FIRST)
    assert status == 1 and "密码不对" in err and keys.is_encrypted(path)
    status, out, err = run("password remove", SECOND, "", "--json")
    assert status == 0 and json.loads(out)["recovery_key"] is None and not keys.is_encrypted(path)
    assert run("verify", SECOND)[0] == 0, "a password that a file does not need is no obstacle"
    assert run("password remove")[0] == 1 and run("password forget")[0] == 2


def test_a_missing_file_is_told_and_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["password", "set", "--file", str(tmp_path / "none.db")]) == 1
    assert "none.db" in capsys.readouterr().err and not list(tmp_path.iterdir())


# how strong


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("password", WEAK),
        ("woaini1314", WEAK),
        ("zhongguo2008", WEAK),
        ("laodongzhongcai", WEAK),
        ("劳动仲裁", WEAK),
        ("一二三四五六七八", WEAK),
        ("qwer1234", WEAK),
        ("13800138000", WEAK),
        ("aaaaaaaaaaaa", WEAK),
        ("zhangsan19800101", WEAK),
        ("K7$mvq2!xT", FAIR),
        ("correct horse battery", FAIR),
        ("紫色螃蟹下午修理冰箱", STRONG),
        ("K7$mvq2!xTq9P", STRONG),
    ],
)
def test_the_estimate_knows_pinyin(password: str, word: str) -> None:
    assert estimate(password).word == word


def test_the_offices_own_names_are_easy_to_guess() -> None:
    assert estimate("怀柔区劳动争议院", ["怀柔区劳动争议院"]).guesses < estimate("怀柔区劳动争议院").guesses
    assert estimate("huairouquldzcy", ["huairouquldzcy"]).word == WEAK


@given(st.text(max_size=100))
@how(max_examples=tries(30))
def test_anything_can_be_estimated(text: str) -> None:
    assert estimate(text).guesses >= 1 and estimate(text).sentence()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_on_a_terminal_passwords_are_asked_for_unseen(path: Path, slow_keys: None) -> None:
    import pty  # here: only POSIX has it

    def typed(words: str, *answers: str) -> tuple[int, str]:
        """The exit status of a command on a terminal, and all that it showed."""
        command = [sys.executable, "-m", "tracker.cli", *words.split(), "--file", str(path)]
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(sys.executable, command)
        shown, answered = b"", 0
        left = list(answers)
        while True:
            try:
                got = os.read(terminal, 4096)
            except OSError:
                got = b""
            if not got:
                break
            shown += got
            asked = (
                shown[answered:].decode(errors="ignore").strip()
            )  # what is typed before it asks is thrown away
            if left and asked.endswith((":", "：")):
                answered = len(shown)
                os.write(terminal, f"{left.pop(0)}\n".encode())
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()

    status, shown = typed("password set", FIRST, SECOND)
    assert status == 1 and "不同" in shown and not keys.is_encrypted(path)
    status, shown = typed("password set", FIRST, FIRST)
    assert status == 0 and cipher.opens(path, FIRST) and FIRST not in shown
    status, shown = typed("verify", FIRST)
    assert status == 0 and FIRST not in shown
    assert typed("verify", SECOND)[0] == 1


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open is not replaced")
def test_nobody_can_add_to_a_file_that_is_about_to_be_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, refused = os.replace, list[str]()

    def late(made: Path, name: Path) -> None:
        if name == path:
            with pytest.raises(FileInUse) as told:
                open_office(path, WHO)
            refused.append(str(told.value))
        replace(made, name)

    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(os, "replace", late)
    passwords.change(path, None, "another passphrase", WHO)
    assert len(refused) == 1
