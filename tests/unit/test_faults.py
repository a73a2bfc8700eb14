"""The disk fills, permissions go, the file is pulled away: a sentence, nothing half done, and nothing told as saved."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.apart import apart
from tests.effort import tries
from tests.kills import NAME, Work, nothing_left, opened
from tests.kills_passwords import FIRST, SECOND
from tests.kills_works import CASE, WORKS, begin, count
from tests.office import WHO
from tests.unit.test_restoring import hot_journal
from tracker.db import cipher, examining, keys
from tracker.db.snapshots import PART
from tracker.errors import DiskFull, FileProblem, ReadOnlyFile, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, fetching, opening, restoring

STEPS = tries(4)
"""So many disks of different size, each a little larger than the one before."""
ERRORS = tries(1)
"""So many errors of a disk in each work, each at another step; TRIES=60 tries each step."""
LENIENT = ("password", "restore", "backup")
"""Works that go on where a backup, or another of them, cannot be made or encrypted, which is told."""


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[None]:
    """A disk of its own of so many KiB at the folder."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(
            "mounting a disk needs rights that this user lacks; RLIMIT_FSIZE is tried in test_database"
        )
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def moved(folder: Path, disk: Path) -> None:
    shutil.copytree(folder, disk, dirs_exist_ok=True)


@pytest.mark.skipif(os.name != "posix", reason="needs mount")
@pytest.mark.parametrize("name", [name for name in WORKS if "password" not in name])
def test_a_full_disk_stops_the_work_and_loses_nothing(name: str, tmp_path: Path) -> None:
    """Every work that is killed elsewhere, on disks that are too small for it by less and less.

    A password that is set on a full disk is tried in `test_passwords`.
    """
    work: Work = WORKS[name]
    source, disk = tmp_path / "source", tmp_path / "disk"
    source.mkdir()
    disk.mkdir()
    work.prepare(source)
    least = sum(path.stat().st_size for path in source.rglob("*") if path.is_file()) // 1024 + 8
    stopped = 0
    for step in range(STEPS):
        with small_disk(disk, least + 16 + step * step * 96):
            moved(source, disk)
            told = apart(lambda: _run(work, disk)).split("\n")
            ended = told.pop()
            assert ended in ("done", "") or ended.startswith("UserError: "), ended
            stopped += ended != "done"
            larger = tmp_path / "larger"
            shutil.rmtree(larger, ignore_errors=True)
            shutil.copytree(disk, larger)
        work.check(larger, [word for word in told if word])
    assert stopped > 0


@pytest.mark.skipif(os.name != "posix", reason="needs mount")
def test_a_full_disk_is_told_of_the_file_that_lies_on_it(path: Path, tmp_path: Path) -> None:
    """Not of the one that is read, on a stick with room enough."""
    stick, disk = tmp_path / "stick", tmp_path / "disk"
    stick.mkdir()
    disk.mkdir()
    other, unfinished = (Path(shutil.copy(path, stick / name)) for name in ("theirs.db", "unfinished.db"))
    hot_journal(unfinished)
    told = []
    with small_disk(disk, path.stat().st_size // 1024 + 400):
        ours = Path(shutil.copy(path, disk))
        with closing(opening.to_write(ours, WHO)) as office:
            for one in (other, unfinished):
                with pytest.raises(DiskFull) as merged:
                    fetching.fetch(office, one)
                told.append(str(merged.value))
        with pytest.raises(DiskFull) as restored:
            restoring.restore(ours, other, WHO)
        with (disk / "filling").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(ReadOnlyFile) as opened:
            opening.to_write(ours, WHO)
        told += [str(restored.value), str(opened.value)]
        assert sorted(one.name for one in disk.iterdir()) == [NAME, "filling"]
    for sentence in told:
        assert "满" in sentence and str(ours) in sentence and str(stick) not in sentence, sentence


def test_a_fault_of_another_disk_is_not_told_of_the_file_that_is_read_meanwhile(path: Path) -> None:
    """Also where its journal is played back in a copy."""
    hot_journal(path)
    with pytest.raises(OSError, match="another disk"), examining.reading(path, None):
        raise OSError(errno.EIO, "another disk")
    assert not list(path.parent.glob(f".*{PART}"))


def _run(work: Work, folder: Path) -> str:
    told: list[str] = []
    try:
        work.run(folder, told.append)
    except UserError as wrong:
        return "\n".join([*told, f"UserError: {wrong}".replace("\n", " ")])
    return "\n".join([*told, "done"])


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
@pytest.mark.parametrize("name", WORKS)
def test_a_disk_that_fails_at_a_step_is_told_of_and_loses_nothing(name: str, tmp_path: Path) -> None:
    """Before any file or folder is made, linked, renamed or synced."""
    work: Work = WORKS[name]
    source = tmp_path / "source"
    source.mkdir()
    work.prepare(source)
    moved(source, tmp_path / "whole")
    steps = int(apart(lambda: _run_failing(work, tmp_path / "whole", -1)).split("\n").pop())
    for at in Random(name).sample(range(steps), min(steps, ERRORS)):
        folder = tmp_path / str(at)
        moved(source, folder)
        told = apart(partial(_run_failing, work, folder, at)).split("\n")[:-1]
        ended = told.pop()
        assert ended == "done" or ended.startswith("UserError: "), (at, ended)
        words = [word for word in told if word]
        if name.startswith(LENIENT):
            former, now = _key(source / NAME), _key(folder / NAME)
            if name == "restore-damaged" and ended != "done":
                assert (folder / NAME).read_bytes() == (source / NAME).read_bytes()
            else:
                opened(folder, now).close()
            assert (former != now) is ("password" in name and ended == "done"), (
                "changed, and nobody was told the key"
            )
        else:
            work.check(folder, words)


def _key(path: Path) -> str | None:
    """Which of the passwords tried opens a file."""
    if not keys.is_encrypted(path):
        return None
    return next(word for word in (FIRST, SECOND) if cipher.opens(path, word))


def _run_failing(work: Work, folder: Path, at: int) -> str:
    """Have the disk report an error at one step, in a process that ends then; how many steps there were comes last."""
    count = 0

    def failing(does: Callable[..., object]) -> Callable[..., object]:
        def fails(*args: Any, **words: Any) -> object:
            nonlocal count
            count += 1
            if count - 1 == at:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(args[0]))
            return does(*args, **words)

        return fails

    for step in ("open", "mkdir", "link", "rename", "replace", "fsync"):
        setattr(os, step, failing(getattr(os, step)))
    return f"{_run(work, folder)}\n{count}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "file"
    folder.mkdir()
    begin(folder)
    return folder / NAME


def test_a_file_that_is_pulled_away_is_told_and_saved_to_again_when_it_is_back(path: Path) -> None:
    with closing(opening.to_write(path, WHO)) as office:
        uid = editing.save(office, DISPUTES, {**CASE, "case_no": "前"}).uid
        away = path.rename(path.with_name("away.db"))
        for _time in range(2):
            with pytest.raises(FileProblem, match="移走"):
                editing.save(office, DISPUTES, {**CASE, "case_no": "中"})
        away.rename(path)
        editing.save(office, DISPUTES, {"remarks": "后"}, uid)
    with closing(opened(path.parent)) as office:
        assert count(office) == 6
        assert office.db.rows("SELECT remarks FROM disputes WHERE case_no = '前'") == [("后",)]
    nothing_left(path.parent)


def test_a_file_that_an_older_copy_took_the_place_of_is_not_written_to(path: Path, tmp_path: Path) -> None:
    """As a synchronising program does."""
    copy = Path(shutil.copy(path, tmp_path / "older.db"))
    office = opening.to_write(path, WHO)
    editing.save(office, DISPUTES, {**CASE, "case_no": "新"})
    kept = path.rename(tmp_path / "ours.db")
    os.replace(copy, path)
    before = path.read_bytes()
    with pytest.raises(FileProblem, match="移走"):
        editing.save(office, DISPUTES, {**CASE, "case_no": "更新"})
    os.replace(path, copy)
    kept.rename(path)
    office.close()
    assert copy.read_bytes() == before
    with closing(opened(path.parent)) as office:
        assert count(office) == 6


def test_a_file_that_is_moved_in_the_middle_of_a_change_is_not_told_as_saved(path: Path) -> None:
    with closing(opening.to_write(path, WHO)) as office:
        away = path.with_name("away.db")
        with pytest.raises(FileProblem, match="移走"), office.writing("entry") as writer:
            writer.insert(DISPUTES, {**CASE, "case_no": "中"})
            path.rename(away)
        away.rename(path)
    with closing(opened(path.parent)) as office:
        assert count(office) == 5


def test_permissions_that_go_while_it_is_open_lose_nothing(path: Path) -> None:
    """What was told to be saved is there; what could not be is told."""

    def nobody() -> None:
        if os.geteuid() == 0:
            os.setegid(65534)
            os.seteuid(65534)

    for above in path.parents:
        if above.stat().st_uid == os.getuid() and above != Path("/") and above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    path.parent.chmod(0o777)
    path.chmod(0o666)

    def work() -> str:
        told = []
        office = opening.to_write(path, WHO)
        editing.save(office, DISPUTES, {**CASE, "case_no": "一"})
        told.append("一")
        os.seteuid(os.getuid()) if os.getuid() == 0 else None
        path.chmod(0o000)
        path.parent.chmod(0o555)
        nobody()
        for number in ("二", "三"):
            try:
                editing.save(office, DISPUTES, {**CASE, "case_no": number})
                told.append(number)
            except UserError as wrong:
                assert str(path) in str(wrong)
        office.close()
        return "".join(told)

    told = apart(work, nobody)
    path.parent.chmod(0o777)
    path.chmod(0o666)
    assert told.startswith("一"), told
    with closing(opened(path.parent)) as office:
        numbers = {row[0] for row in office.db.rows("SELECT case_no FROM disputes")}
    assert set(told) <= numbers
    nothing_left(path.parent)
