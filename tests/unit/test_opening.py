"""Opening a file to work in it: held by one at a time, whole, and never written to where it is damaged."""

from __future__ import annotations

import json
import os
import signal
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.apart import apart
from tests.elsewhere import held_elsewhere
from tests.office import WHO, filled, random_record
from tracker.cli import main
from tracker.db import examining, holding, places
from tracker.db.database import PAGE_BYTES, open_file
from tracker.db.holding import Held, Holder
from tracker.db.places import Place
from tracker.errors import Cancelled, DamagedFile, FileProblem, ReadOnlyFile, WrongPassword
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, opening, passwords
from tracker.operations.office import make_office
from tracker.operations.opening import InUse
from tracker.operations.progress import Silent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    random = Random(4)
    path = tmp_path / "cases.db"
    filled(path, {ledger: [random_record(ledger, random) for _n in range(12)] for ledger in LEDGERS}).close()
    return path


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir())


def test_the_second_one_is_told_who_has_it_and_can_read(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "COMMAND_WAITS", 0.2)
    with held_elsewhere(path) as other:
        with pytest.raises(InUse) as refused:
            opening.to_write(path, WHO, wait=0.1)
        assert refused.value.holder.clerk == "李四" and refused.value.holder.pid == other.pid
        assert "李四" in str(refused.value) and "窗口电脑" in str(refused.value)
        assert main(["merge", str(path), "--file", str(path)]) == 1
        assert "李四" in capsys.readouterr().err
        read = opening.to_read(path, WHO, why=str(refused.value))
        with closing(read) as office, pytest.raises(ReadOnlyFile, match="李四"):
            editing.save(office, DISPUTES, {**random_record(DISPUTES, Random(8)), "case_no": "2"})
        assert main(["list", "disputes", "--search", "开着", "--json", "--file", str(path)]) == 0
        assert len(json.loads(capsys.readouterr().out)) == 1
        other.communicate("\n", timeout=30)
        assert beside(path) == ["cases.db"]
    opening.to_write(path, WHO).close()
    assert beside(path) == ["cases.db"]


def test_a_killed_holder_is_followed_by_a_look_through_the_whole_file(path: Path) -> None:
    with held_elsewhere(path) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    assert holding.holder(path) is None
    said: list[str] = []

    class Told(Silent):
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            said.append(text)

    with closing(opening.to_write(path, WHO, progress=Told())) as office:
        assert office.hold and office.hold.left and office.hold.left.clerk == "李四"
        assert office.db.one("SELECT 1 FROM disputes WHERE case_no = '开着'")
    assert len(said) == 1
    opening.to_write(path, WHO, progress=Told()).close()
    assert len(said) == 1
    assert beside(path) == ["cases.db"]


def test_looking_through_can_be_stopped_and_is_made_up_for(path: Path) -> None:
    class Stopped(Silent):
        def check(self) -> None:
            raise Cancelled

    with held_elsewhere(path) as other:
        other.kill()
    before = path.read_bytes()
    with pytest.raises(Cancelled):
        opening.to_write(path, WHO, progress=Stopped())
    assert path.read_bytes() == before
    with closing(opening.to_write(path, WHO)) as office:
        assert office.hold and office.hold.left


def test_a_damaged_file_is_not_written_to(path: Path) -> None:
    """A page in the middle is scribbled over, after an unclean end: the log beside it is not folded into it either."""
    with held_elsewhere(path) as other:
        other.kill()
    data = bytearray(path.read_bytes())
    at = len(data) // 2 // 8192 * 8192
    data[at : at + 8192] = Random(1).randbytes(8192)
    path.write_bytes(data)
    log = path.with_name("cases.db-wal")
    before = path.read_bytes(), log.read_bytes()
    assert before[1]
    for _time in range(2):
        with pytest.raises(DamagedFile, match="损坏"):
            opening.to_write(path, WHO)
        assert (path.read_bytes(), log.read_bytes()) == before


@pytest.mark.parametrize("beginning", [b"", bytes(100), Random(1).randbytes(8192)])
def test_an_older_password_is_wrong_although_the_newest_backup_has_it(path: Path, beginning: bytes) -> None:
    """Only where the pages after its beginning are under the backup's key the file is damaged there."""
    older, present = "从前的密码一二三", "现在的密码一二三"
    passwords.change(path, None, older, WHO)
    with closing(opening.to_write(path, WHO, key=older)) as office:
        backup = backups.make(office.db, "asked").path
    kept = backup.read_bytes()
    passwords.change(path, older, present, WHO)
    newest = backup.with_name("20991231-235959-close.db")
    newest.write_bytes(kept)
    data = beginning + path.read_bytes()[len(beginning) :]
    path.write_bytes(data)
    with pytest.raises(WrongPassword):
        opening.to_write(path, WHO, key=older)
    newest.unlink()
    if beginning:
        with pytest.raises(DamagedFile):
            opening.to_write(path, WHO, key=present)
    else:
        opening.to_write(path, WHO, key=present).close()


@pytest.mark.parametrize("key", [None, "一个密码1234"])
def test_one_that_is_found_damaged_at_work_is_closed_as_it_is(tmp_path: Path, key: str | None) -> None:
    """And so looked through, with its log, the next time."""
    path = tmp_path / "cases.db"
    with closing(make_office(path, WHO, key=key)) as office:
        editing.save(office, DISPUTES, {**random_record(DISPUTES, Random(1)), "case_no": "前"})
    office = opening.to_write(path, WHO, key=key)
    editing.save(office, DISPUTES, {**random_record(DISPUTES, Random(2)), "case_no": "后"})
    log = path.with_name("cases.db-wal")
    before = path.read_bytes(), log.read_bytes()
    office.db.damaged = True
    office.close()
    assert before[1] and (path.read_bytes(), log.read_bytes()) == before
    with closing(opening.to_write(path, WHO, key=key)) as office:
        assert office.db.rows("SELECT count(*) FROM disputes") == [(2,)]
        assert office.hold and office.hold.left
    assert not log.exists()


def test_one_that_is_found_damaged_and_gone_is_closed_all_the_same(path: Path, tmp_path: Path) -> None:
    office = opening.to_write(path, WHO)
    office.db.damaged = True
    path.parent.rename(tmp_path.parent / f"{tmp_path.name}-away")
    office.close()


def test_an_index_that_tells_of_other_records_is_found_after_an_unclean_end(path: Path) -> None:
    """No page of it is damaged, so that a quick look finds nothing."""
    with closing(open_file(path)) as db, db.atomic():
        names = ("disputes_by_number_key", "disputes_by_year_no")
        one, other = (
            db.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))[0][0] for name in names
        )
        db.run("PRAGMA writable_schema = ON")
        db.run_many(
            "UPDATE sqlite_master SET rootpage = ? WHERE name = ?", zip((other, one), names, strict=True)
        )
    opening.examine(path, whole=False)
    with pytest.raises(DamagedFile):
        opening.examine(path, whole=True)


@pytest.mark.parametrize("share", [1, 2, 3, 7])
def test_a_file_that_lost_its_end_is_found_at_once(path: Path, share: int) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - share * 8192])
    with pytest.raises(DamagedFile):
        opening.examine(path, whole=False)


@pytest.mark.parametrize("key", [None, "一个密码1234"])
def test_a_large_file_is_opened_and_its_lost_end_found(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "large.db"
    with closing(make_office(path, WHO, key=key)) as office, office.db.atomic():
        office.db.run("INSERT INTO contents VALUES ('large', 0, zeroblob(?))", (examining.SMALL,))
    opening.to_write(path, WHO, key=key).close()
    os.truncate(path, path.stat().st_size - 5 * 4096)
    with pytest.raises(DamagedFile):
        opening.to_write(path, WHO, key=key)


@pytest.mark.parametrize("spoiled", ["首", "末", "disputes_by_number_key", "disputes_by_binned_at"])
def test_of_a_large_file_the_ends_of_tables_and_indexes_are_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: str
) -> None:
    """The page of the first or last record, or the index's own, says that it has more entries than it can have."""
    monkeypatch.setattr(examining, "SMALL", 0)
    with closing(open_file(path)) as db, db.atomic():
        numbers = [n for (n,) in db.rows("SELECT rowid FROM disputes ORDER BY rowid")]
        marks = ("首", *"中" * (len(numbers) - 2), "末")
        long = [mark * 2000 for mark in marks]  # a page holds one
        db.run_many("UPDATE disputes SET remarks = ? WHERE rowid = ?", zip(long, numbers, strict=True))
        ((root,),) = db.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (spoiled,)) or [(0,)]
    opening.examine(path, whole=False)
    data = bytearray(path.read_bytes())
    pages = [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]
    found = [n for n, page in enumerate(pages) if page.count(spoiled.encode()) == 2000]
    (page,) = found or [root - 1]
    data[page * PAGE_BYTES + 3 : page * PAGE_BYTES + 5] = b"\xff\xff"
    path.write_bytes(data)
    with pytest.raises(DamagedFile):
        opening.examine(path, whole=False)


def test_nothing_is_left_beside_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "none.db", tmp_path):
        with pytest.raises(FileProblem):
            opening.to_write(path, WHO)
    text = tmp_path / "text.db"
    text.write_text("案号,申请人\n", encoding="utf-8")
    with pytest.raises(FileProblem):
        opening.to_write(text, WHO)
    assert beside(text) == ["text.db"]


def test_a_folder_that_cannot_be_written_is_said_to_be(path: Path) -> None:
    def as_another_user() -> None:
        if os.geteuid() == 0:  # who may write everywhere
            os.setegid(65534)
            os.seteuid(65534)

    def work() -> str:
        opening.to_write(path, WHO)
        return "opened"

    above = [path.parent, *path.parent.parents]
    for folder in above:
        if (
            folder.stat().st_uid == os.getuid()
            and folder.stat().st_mode & 0o005 != 0o005
            and folder != Path("/")
        ):
            folder.chmod(0o755)
    path.chmod(0o666)
    path.parent.chmod(0o555)
    try:
        assert apart(work, as_another_user).startswith("UserError: ") and beside(path) == ["cases.db"]
    finally:
        path.parent.chmod(0o700)


def test_a_lock_that_says_nothing_sensible_still_holds(path: Path) -> None:
    held = holding.take(path, "张三", "电脑")
    try:
        for said in (b"", b"{", b"[1]", b'{"clerk": 1}', b"\xff\xfe", b"x" * 9000):
            holding.lock_path(path).write_bytes(said)
            with pytest.raises(Held) as found:
                holding.take(path, "李四", "电脑")
            assert found.value.holder == Holder()
            assert opening.in_use(path, found.value.holder)
    finally:
        held.release()
    assert beside(path) == ["cases.db"]


def test_the_lock_is_found_by_every_name_of_a_file(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "desk"
    other.mkdir()
    (other / "link.db").symlink_to(path)
    held = holding.take(path, "张三", "电脑")
    with pytest.raises(Held):
        holding.take(other / "link.db", "李四", "电脑")
    held.release()


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("D/我的坚果云/台账", Place.SYNCHRONISED),
        ("Users/zhang/OneDrive - 人社局/cases", Place.SYNCHRONISED),
        ("BaiduSyncdisk", Place.SYNCHRONISED),
        ("home/zhang/台账", None),
        ("home/onedriver's/x", Place.SYNCHRONISED),
        ("home/my onedrive notes", None),
    ],
)
def test_folders_that_are_not_safe(folder: str, place: Place | None) -> None:
    path = Path("/") / folder / "cases.db"
    assert places.of(path) is place
    assert bool(opening.unsafe(path)) is (place is not None)


def test_a_disk_of_another_computer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The system's own list of disks stands in for a mounted share, which a test cannot have."""
    import psutil

    class Disk:
        def __init__(self, mountpoint: str, fstype: str) -> None:
            self.mountpoint, self.fstype, self.opts = mountpoint, fstype, "rw"

    disks = [Disk("/", "ext4"), Disk(str(path.parent), "cifs")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: disks)
    assert places.of(path) is Place.NETWORK and "另一台" in opening.unsafe(path)
    with closing(opening.to_write(path, WHO)) as office:
        assert office.db.rows("PRAGMA journal_mode") == [("delete",)]
        assert office.db.rows("PRAGMA synchronous") == [(3,)], "EXTRA: the folder too"
        assert editing.save(office, DISPUTES, {**random_record(DISPUTES, Random(9)), "case_no": "网"}).uid
        assert not path.with_name("cases.db-wal").exists()
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: disks[:1])
    with closing(opening.to_write(path, WHO)) as office:
        assert office.db.rows("PRAGMA journal_mode") == [("wal",)]
