"""Who only reads a file changes nothing of it; who may not write to it, damaged or in other hands, neither."""

from __future__ import annotations

import lzma
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.left_open import CASE, as_after_a_kill, content, damage, with_journal, with_log
from tests.office import WHO, filled, random_record
from tracker.cli import main
from tracker.db import cipher, holding, keys
from tracker.errors import Cancelled, DamagedFile, FileProblem, UnfinishedFile
from tracker.ledgers import LEDGERS
from tracker.operations import backups, exports, merging, opening, passwords, restoring, verifying
from tracker.operations.office import open_office
from tracker.operations.opening import InUse
from tracker.operations.progress import Silent
from tracker.paths import itself

PASSWORD = "a long passphrase"
EARLIER = Path(__file__).parent.parent / "earlier" / "3-clerks-day.db.xz"


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = Random(5)
    path = tmp_path_factory.mktemp("untouched") / "cases.db"
    filled(path, {ledger: [random_record(ledger, random) for _n in range(4)] for ledger in LEDGERS}).close()
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path))


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older.db"
    path.write_bytes(lzma.decompress(EARLIER.read_bytes()))
    return path


COMMANDS = {
    "list": (0, ["list", "disputes", "--json"]),
    "stats": (None, ["stats", "--year", "2020"]),
    "verify": (1, ["verify"]),
    "backup": (None, ["backup", "--list"]),
    "report": (0, ["report", "--year", "2020", "--out", "{folder}/report.docx"]),
    "password": (1, ["password", "set"]),
    "merge": (1, ["merge", "{folder}/../cases.db"]),
    "restore": (1, ["restore", "{folder}/none.db"]),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("killed", [False, True])
def test_no_command_changes_a_damaged_file(
    name: str, killed: bool, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = with_log(path, tmp_path / "left")
    damage(left)
    if killed:
        as_after_a_kill(left)
    before = content(left)
    monkeypatch.setenv("CASE_TRACKER_NEW_PASSWORD", PASSWORD)
    status, words = COMMANDS[name]
    told = main([word.format(folder=left.parent) for word in words] + ["--file", str(left)])
    assert status in (None, told)
    assert content(left)[:3] == before[:3]
    assert (content(left)[3] == b"-") <= (not killed)
    with pytest.raises(DamagedFile):
        opening.to_write(left, WHO)


def test_asking_for_the_password_touches_nothing(path: Path, tmp_path: Path) -> None:
    passwords.change(path, None, PASSWORD, WHO)
    for left in (
        with_log(path, tmp_path / "log", PASSWORD),
        with_journal(path, tmp_path / "journal", PASSWORD),
    ):
        before = content(left)
        raw = passwords.key_of(left, PASSWORD)
        assert raw == keys.raw(left, PASSWORD)
        cipher.opened_by(left, raw)
        with pytest.raises(FileProblem, match=r"cases\.db") as wrong:
            passwords.key_of(left, "another passphrase")
        assert ".part" not in str(wrong.value)
        assert content(left) == before and {each.name for each in left.parent.glob(".*")} == set()


def test_what_reading_made_beside_a_file_is_gone_afterwards(path: Path) -> None:
    with closing(open_office(path, WHO)) as office, closing(open_office(path, WHO, readonly=True)):
        assert office.db.rows("PRAGMA journal_mode") == [("wal",)]
    before = path.read_bytes()
    with closing(open_office(path, WHO, readonly=True)) as office, closing(office.reader()):
        assert office.db.rows("SELECT count(*) FROM disputes") == [(4,)]
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == ["cases.db"]
    assert path.read_bytes() == before


def test_a_journal_is_played_back_before_a_command_reads(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = with_journal(path, tmp_path / "left")
    with pytest.raises(UnfinishedFile):
        open_office(left, WHO, readonly=True)
    assert main(["verify", "--file", str(left)]) == 0
    assert capsys.readouterr().err == "" and content(left)[1:] == (b"-", b"-", b"-")
    damaged = with_journal(path, tmp_path / "damaged")
    damage(damaged, path)
    before = content(damaged)
    assert main(["list", "disputes", "--file", str(damaged)]) == 1
    assert content(damaged)[:3] == before[:3]


# the sign of an unclean end


class Stopped(Silent):
    """Stops whatever asks."""

    def check(self) -> None:
        raise Cancelled

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        raise Cancelled


def test_the_sign_of_an_unclean_end_outlives_what_fails(path: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"x" * 9000)
    as_after_a_kill(path)
    with pytest.raises(FileProblem):
        restoring.restore(path, bad, WHO)
    with pytest.raises(Cancelled):
        passwords.change(path, None, PASSWORD, WHO, Stopped())
    with pytest.raises(Cancelled):
        opening.to_write(path, WHO, progress=Stopped())
    damage(path)
    with pytest.raises(DamagedFile):
        passwords.change(path, None, PASSWORD, WHO)
    with opening.taken(path, WHO) as one:
        assert one.unclean and one.hold.left
    with opening.taken(path, WHO) as one:
        assert not one.unclean


def test_what_succeeds_takes_the_sign_away(path: Path, tmp_path: Path) -> None:
    backup = Path(shutil.copy(path, tmp_path / "backup.db"))
    as_after_a_kill(path)
    passwords.change(path, None, PASSWORD, WHO)
    assert not holding.lock_path(path).exists()
    as_after_a_kill(path)
    restoring.restore(path, backup, WHO, key=PASSWORD)
    assert not holding.lock_path(path).exists()
    opening.to_write(path, WHO, key=PASSWORD).close()


def test_a_hold_that_somebody_else_took_stays_theirs(path: Path) -> None:
    held = opening.hold(path, WHO)
    passwords.change(path, None, PASSWORD, WHO, held=held)
    with pytest.raises(FileProblem):
        passwords.change(path, "wrong password", None, WHO, held=held)
    with pytest.raises(InUse):
        opening.hold(path, WHO, 0)
    held.release()


# files of earlier programs


def test_an_older_file_in_other_hands_is_not_brought_up(
    older: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "COMMAND_WAITS", 0.1)
    before = older.read_bytes()
    held = holding.take(older, "李四", "窗口电脑")
    for words in (["list", "disputes"], ["verify"], ["backup"]):
        assert main([*words, "--file", str(older)]) == 1
        assert "李四" in capsys.readouterr().err
    with pytest.raises(UnfinishedFile, match="李四"):
        opening.to_read(older, WHO, why="只读")
    assert older.read_bytes() == before and not backups.folder(older).exists()
    held.release()
    with pytest.raises(UnfinishedFile, match="较早"):
        opening.to_read(older, WHO, why="只读")
    assert older.read_bytes() == before
    assert main(["list", "disputes", "--file", str(older)]) == 0
    opening.to_read(older, WHO).close()
    assert [backup.why for backup in backups.listed(older, None)] == ["migration"]
    assert not holding.lock_path(older).exists()


def test_a_damaged_older_file_is_not_brought_up(older: Path) -> None:
    damage(older)
    before = content(older)
    assert main(["list", "disputes", "--file", str(older)]) == 1
    assert content(older) == before and not backups.folder(older).exists()


# another clerk's file


@pytest.mark.parametrize("make", [with_log, with_journal])
def test_merging_leaves_the_other_file_as_it_was(
    path: Path, tmp_path: Path, make: Callable[[Path, Path], Path]
) -> None:
    ours = Path(shutil.copy(path, tmp_path / "ours.db"))
    other = make(path, tmp_path / "other")
    before = content(other)
    with closing(opening.to_write(ours, WHO)) as office:
        merged = merging.merge(office, other)
        assert verifying.verify(office).sound
        assert merged.rows == (1 if make is with_log else 0)
    assert content(other) == before and list(other.parent.glob(".*")) == []
    assert list(ours.parent.glob(".*")) == []


# links


def test_a_link_leads_to_the_file_itself(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    link = desk / "link.db"
    link.symlink_to(path)
    assert itself(link) == path.resolve() and itself(path) == path
    backup = Path(shutil.copy(path, tmp_path / "backup.db"))
    monkeypatch.setenv("CASE_TRACKER_NEW_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", PASSWORD)
    assert main(["password", "set", "--file", str(link)]) == 0
    assert link.is_symlink() and keys.is_encrypted(path)
    assert main(["restore", str(backup), "--file", str(link)]) == 0
    assert [each.name for each in desk.iterdir()] == ["link.db"] and link.is_symlink()
    with closing(open_office(path, WHO, key=PASSWORD)) as office:
        assert office.db.rows("SELECT count(*) FROM history WHERE action = 'restored'") == [(1,)]


def test_links_that_lead_nowhere_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "round.db").symlink_to(tmp_path / "round.db")
    (tmp_path / "gone.db").symlink_to(tmp_path / "none.db")
    for name, named in (("round.db", "round.db"), ("gone.db", "none.db")):
        assert main(["list", "disputes", "--file", str(tmp_path / name)]) == 1
        assert named in capsys.readouterr().err


# what is noted of an export


def test_an_export_is_noted_only_where_the_file_may_be_written(path: Path, tmp_path: Path) -> None:
    left = with_log(path, tmp_path / "left")
    damage(left)
    before = content(left)
    for file in (path, left):
        held = opening.hold(path, WHO)
        with closing(open_office(file, WHO, readonly=True)) as office:
            exports.note(office, "列表", tmp_path / "list.csv", 1)
        held.release()
    assert content(left)[:3] == before[:3]
    with closing(open_office(path, WHO, readonly=True)) as office:
        count = "SELECT count(*) FROM history WHERE action = 'export'"
        assert office.db.rows(count) == [(1,)], "whoever has it has looked it through"
        assert office.db.rows("SELECT count(*) FROM disputes WHERE case_no = ?", (CASE["case_no"],)) == [(1,)]
        exports.note(office, "列表", tmp_path / "list.csv", 1)
        assert office.db.rows(count) == [(2,)]


# what is left half made


def test_what_was_left_half_made_goes_at_each_opening(path: Path, tmp_path: Path) -> None:
    folder, file = tmp_path / ".cases.db.a_b1c2d3.part", tmp_path / ".cases.db.0123abcd.part-journal"
    others = [tmp_path / ".cases.db.copy.0123abcd.part", tmp_path / ".other.db.0123abcd.part"]
    folder.mkdir()
    for each in (folder / "theirs.db", file, *others):
        each.write_text("x", encoding="utf-8")
    held = opening.hold(path, WHO)
    with pytest.raises(InUse):
        opening.to_write(path, WHO, wait=0)
    assert folder.exists() and file.exists()
    held.release()
    with closing(open_office(path, WHO, readonly=True)):
        assert folder.exists()
    opening.to_write(path, WHO).close()
    assert not folder.exists() and not file.exists() and all(other.exists() for other in others)


@pytest.mark.parametrize("make", [with_log, with_journal])
def test_nothing_of_a_lost_file_comes_into_a_new_one_of_its_name(
    path: Path, tmp_path: Path, make: Callable[[Path, Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lost = make(path, tmp_path / "left")
    lost.unlink()
    sheet = tmp_path / "new.csv"
    sheet.write_text(
        "case_no,applied_on,applicant,respondent\n8号,2020-03-03,李四,某公司\n", encoding="utf-8"
    )
    assert main(["import", "disputes", str(sheet), "--file", str(lost)]) == 0
    assert main(["verify", "--file", str(lost)]) == 0
    with closing(open_office(lost, WHO, readonly=True)) as office:
        assert office.db.rows("SELECT case_no FROM disputes") == [("8号",)]
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_a_journal_in_a_folder_that_cannot_be_written_is_not_passed_over(path: Path, tmp_path: Path) -> None:
    left = with_journal(path, tmp_path / "left")
    before = content(left)
    left.parent.chmod(0o555)
    try:
        with pytest.raises(UnfinishedFile):
            open_office(left, WHO, readonly=True)
    finally:
        left.parent.chmod(0o755)
    assert content(left) == before
