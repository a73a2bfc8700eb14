"""A disk without room even for the index of a log: what is on it can be read, and is told to be full."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.copies import case, uids
from tests.left_open import with_log
from tests.office import WHO, new_office
from tests.unit.test_faults import small_disk
from tracker.cli import main
from tracker.db import examining
from tracker.db.database import LOG
from tracker.errors import DiskFull, UserError
from tracker.operations import fetching, opening, passwords, restoring
from tracker.operations.office import open_office

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs mount")


@contextmanager
def full(folder: Path, *files: Path, left: int = 0) -> Iterator[Path]:
    """A disk that these files fill but for so many KiB; the first of them on it."""
    folder.mkdir()
    size = sum(-(-one.stat().st_size // 4096) * 4 for one in files)
    with small_disk(folder, size + left + 64):
        copies = [Path(shutil.copy(one, folder)) for one in files]
        with (folder / "filling").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        os.truncate(folder / "filling", (folder / "filling").stat().st_size - left * 1024)
        yield copies[0]


def beside(path: Path) -> dict[str, int]:
    return {one.name: one.stat().st_size for one in path.parent.iterdir()}


def one_case(folder: Path) -> Path:
    """A file with a case in it."""
    path = folder / "台账.db"
    with closing(new_office(path, WHO)) as office:
        case(office, "1", applied_on="2021-05-06")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return one_case(tmp_path)


@pytest.mark.parametrize("left", [0, 8, 32])
def test_whatever_only_reads_goes_on(
    path: Path, left: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    with full(tmp_path / "disk", path, left=left) as file:
        before = beside(file)
        for words in (
            ["list", "disputes"],
            ["stats", "--year", "2021"],
            ["verify"],
            ["part", str(tmp_path / "part.db")],
            ["backup", "--out", str(tmp_path / "backup.db")],
            ["rescue", str(tmp_path / "rescued.db")],
        ):
            assert main([*words, "--file", str(file)]) == 0, (words, capsys.readouterr().err)
            assert beside(file) == before, words
        shutil.copy(path, elsewhere)
        assert main(["merge", str(file), "--file", str(elsewhere)]) == 0
        assert beside(file) == before
        told = capsys.readouterr().err
        assert "满" in told and str(file) in told and "读写出错" not in told  # that it is in no history


@pytest.mark.parametrize("left", [0, 8, 32])
def test_a_full_disk_is_told_as_such_where_a_file_is_opened_for_long(
    path: Path, left: int, tmp_path: Path
) -> None:
    with full(tmp_path / "disk", path, left=left) as file:
        before = beside(file)
        for opened in (opening.to_write, opening.to_read):
            with pytest.raises(UserError) as wrong:
                opened(file, WHO)
            assert "满" in str(wrong.value) and str(file) in str(wrong.value)
        assert beside(file) == before


def test_where_a_backup_finds_no_room_to_be_sealed_the_data_file_is_named(path: Path, tmp_path: Path) -> None:
    """Not what it is called while it is made, however far that comes."""
    plain = Path(shutil.copy(path, tmp_path / "plain.db"))
    passwords.change(path, None, "我们的密码很长1234", WHO)
    size, told = plain.stat().st_size // 1024, []
    for share in range(2, 16, 2):
        with full(tmp_path / f"disk{share}", path, left=size * share // 8) as file:
            before = beside(file)
            try:
                restoring.restore(file, plain, WHO, key="我们的密码很长1234")
                break
            except UserError as wrong:
                assert beside(file) == before
                told.append(str(wrong).replace(str(file), "FILE"))
    assert len({*told}) > 1 and all("满" in text and "FILE" in text and ".part" not in text for text in told)


def test_a_log_that_cannot_be_read_there_is_read_in_a_copy(path: Path, tmp_path: Path) -> None:
    """By whoever only looks a file through, or takes it into another one; else the disk is told to be full."""
    left = with_log(path, tmp_path / "left")
    log = left.with_name(f"{left.name}{LOG}")
    with closing(new_office(tmp_path / "ours.db", WHO)) as ours, full(tmp_path / "disk", left, log) as file:
        before = beside(file)
        with pytest.raises(DiskFull, match="满"):
            opening.for_command(file, WHO)
        assert examining.faults(file, whole=True) == ()
        with closing(open_office(fetching.fetch(ours, file).copy, WHO)) as copy:
            assert len(uids(copy)) == 2
        assert beside(file) == before


def test_a_disk_that_tells_no_size_is_not_full(path: Path, tmp_path: Path) -> None:
    """As one in memory does that may grow without end, and some that are served."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 0):
        copy = Path(shutil.copy(path, disk))
        with closing(opening.to_write(copy, WHO)) as office:
            assert uids(office)
