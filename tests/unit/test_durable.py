"""What a clerk was told is written is on the disk with its name; what a killed process has left nobody else reads."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.apart import fork
from tests.office import WHO, new_office
from tests.unit.test_backups import case
from tracker.cli import main
from tracker.db import snapshots
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, exporting, opening, parting, passwords, rescuing, verifying
from tracker.operations.fresh import fresh_file
from tracker.operations.office import open_office

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="needs fork, permissions and folders that are synced"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "office").mkdir()
    with closing(new_office(tmp_path / "office" / "cases.db", WHO)) as office:
        case(office, "1号")
    return tmp_path / "office" / "cases.db"


class Watch:
    """Follows which folders have names that the disk may not hold yet, and which names were given to a file that it
    did not hold yet."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.named: list[Path] = []
        self.unsynced: set[Path] = set()
        self.too_early: list[Path] = []
        self._held: dict[int, int] = {}
        """When each file was changed that the disk holds as it was then."""
        for name in ("replace", "rename", "link", "mkdir"):
            monkeypatch.setattr(os, name, self._naming(getattr(os, name), name))
        sync = os.fsync

        def synced(handle: int) -> None:
            sync(handle)
            told = os.fstat(handle)
            self._held[told.st_ino] = told.st_mtime_ns
            self.unsynced.discard(Path(os.readlink(f"/proc/self/fd/{handle}")))

        monkeypatch.setattr(os, "fsync", synced)

    def _naming(self, act: Any, name: str) -> Any:
        def done(*words: Any, **options: Any) -> None:
            before = None if name == "mkdir" else os.stat(words[0])
            act(*words, **options)
            made = Path(words[0] if name == "mkdir" else words[1])
            if not made.name.startswith("."):
                self.named.append(made)
                self.unsynced.add(made.parent.resolve())
                if before and self._held.get(before.st_ino) != before.st_mtime_ns:
                    self.too_early.append(made)

        return done


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("which file is synced is only told on Linux")
    return Watch(monkeypatch)


WORKS = {
    "import into a new file": ("import", "disputes", "s.csv", "--file", "new.db"),
    "first backup": ("backup", "--file", "cases.db"),
    "backup to a name": ("backup", "--out", "copy.db", "--file", "cases.db"),
    "workbook": ("workbook", "--year", "2020", "--out", "w.xlsx", "--file", "cases.db"),
    "part": ("part", "part.db", "--file", "cases.db"),
    "rescue": ("rescue", "rescued.db", "--file", "cases.db"),
}


@pytest.mark.parametrize("work", WORKS)
def test_the_disk_holds_each_new_file_and_its_name_before_it_is_told(
    work: str, path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    (path.parent / "s.csv").write_text(
        "案号,申请日期,申请人,被申请人\n2,2020-03-02,张三,某公司\n", encoding="utf-8"
    )
    assert main([*WORKS[work]]) == 0
    assert watch.named and not watch.unsynced and not watch.too_early


def export(path: Path, to: Path, key: str | None = None) -> None:
    with closing(open_office(path, WHO, readonly=True, key=key)) as office:
        query = exporting.Query(DISPUTES)
        exporting.export_list(office, query, ("case_no", "applicant"), to, whole_numbers=True)


@pytest.fixture
def left(path: Path) -> Iterator[Path]:
    """What an export was killed over, beside a file with a password."""
    passwords.change(path, None, "a long passphrase", WHO)
    child = fork()
    if child == 0:
        snapshots.settle = lambda *_names: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        export(path, path.with_name("list.csv"), "a long passphrase")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    (sheet,) = path.parent.rglob("list.csv")
    assert "张三" in sheet.read_text("utf-8-sig")
    yield sheet


def test_of_an_export_that_was_killed_nobody_else_reads_anything(left: Path, path: Path) -> None:
    assert left.parent.parent == path.parent and stat.S_IMODE(left.parent.stat().st_mode) == 0o700
    passwords.change(path, "a long passphrase", "another passphrase", WHO)
    assert not left.parent.exists()


def test_the_next_export_into_a_folder_takes_away_what_a_killed_one_left(left: Path, path: Path) -> None:
    export(path, path.with_name("list.csv"), "a long passphrase")
    assert not left.parent.exists() and path.with_name("list.csv").exists()


def rescued(path: Path) -> None:
    rescuing.rescue(path, path.with_name("rescued.db"))


def parted(path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        parting.write(office, parting.Choice(), path.with_name("part.db"))


@pytest.mark.parametrize("work", [rescued, parted])
def test_the_copy_that_a_killed_rescue_or_part_leaves_is_closed_to_others_and_goes(
    work: Callable[[Path], None], path: Path
) -> None:
    """It is under no file's name, so it must go whichever file of the folder is opened next."""
    child = fork()
    if child == 0:
        verifying.refuse_unsound = lambda *_words: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        work(path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    readable = [
        one for one in path.parent.rglob("*") if one.is_file() and "张三".encode() in one.read_bytes()
    ]
    assert len(readable) >= 2
    for one in readable:
        assert one == path or stat.S_IMODE(one.parent.stat().st_mode) == 0o700
    opening.to_write(path, WHO).close()
    assert {one.name for one in path.parent.iterdir()} == {path.name}


def test_an_export_under_way_is_left_alone_and_leaves_nothing(path: Path) -> None:
    with fresh_file(path.with_name("a.csv")) as fresh:
        fresh.write_text("a")
        snapshots.clear_left(path)
        assert fresh.exists()
    assert path.with_name("a.csv").read_text() == "a"
    with pytest.raises(UserError), fresh_file(path.with_name("a.csv")) as fresh:
        fresh.write_text("b")
        raise OSError
    assert path.with_name("a.csv").read_text() == "a"
    assert not [one.name for one in path.parent.iterdir() if one.name.startswith(".")]


def test_what_is_made_of_a_file_is_as_closed_to_others_as_it(path: Path) -> None:
    path.chmod(0o600)
    done = rescuing.rescue(path, path.with_name("rescued.db"))
    with closing(open_office(path, WHO)) as office:
        part = parting.write(office, parting.Choice(), path.with_name("part.db"))
        backup = backups.make(office.db, "asked")
    assert done.list_path
    made = (done.new, done.list_path, part.path, backup.path)
    assert [stat.S_IMODE(one.stat().st_mode) for one in made] == [0o600] * 4
